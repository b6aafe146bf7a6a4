//! Transactions become receipts: sales on the day they were paid, deposits for visits to come, refunds for what is
//! negative. One drawer holds all of them and is closed at the end, so that the studio's own first Z report begins anew.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::house::House;
use super::report::{Told, TsmReason, TsmSumOf};
use super::source::Record;
use super::values::{self, Amount, NoAmount};
use super::visits::Visit;
use crate::clock::Millis;
use crate::error::{Code, Error, Result};
use crate::money::Money;
use crate::storage::foreign::Cell;
use crate::text::fold;
use crate::till::commands::{Posting, record};
use crate::till::store::{Sale, next_number};
use crate::till::{CartLine, REGISTER, SaleKind, Tender};

/// A payment that can be booked, once it is its turn.
struct Payment {
    told: Told,
    at: Millis,
    amount: Amount,
    tender: Tender,
    label: Option<String>,
    visit: Option<(String, Visit)>,
    artist: Option<String>,
    commission: Option<Amount>,
}

fn tender(cell: &Cell) -> Option<Tender> {
    let Cell::Text(text) = cell else { return None };
    let text = fold(text.trim());
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    if has(&["efectivo", "cash", "contado"]) {
        Some(Tender::Cash)
    } else if has(&["tarjeta", "card", "credito", "debito", "terminal"]) {
        Some(Tender::Card)
    } else if has(&["transfer", "spei", "deposito", "bank", "banco"]) {
        Some(Tender::Transfer)
    } else {
        None
    }
}

fn sum_of(tender: Tender) -> TsmSumOf {
    match tender {
        Tender::Cash => TsmSumOf::Cash,
        Tender::Card => TsmSumOf::Card,
        Tender::Transfer => TsmSumOf::Transfer,
    }
}

impl House {
    fn came_in(&mut self, of: Tender, amount: Amount) {
        self.account.came(sum_of(of), amount, amount.money);
        self.account.came(TsmSumOf::Payments, amount, amount.money);
    }

    fn stayed_out(&mut self, of: Tender, amount: Option<Amount>, commission: Option<Amount>) {
        if let Some(amount) = amount {
            self.account.stayed(sum_of(of), amount);
            self.account.stayed(TsmSumOf::Payments, amount);
        }
        if let Some(commission) = commission {
            self.account.stayed(TsmSumOf::Commission, commission);
        }
    }

    pub(super) fn take_payments(&mut self, rows: &[Record]) -> Result<()> {
        let again = self.once(rows);
        let mut payments = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            payments.extend(self.payment(row, again.contains(&at)));
        }
        payments.sort_by_key(|payment| payment.at);
        let Some(first) = payments.first() else { return Ok(()) };
        self.clock.set(first.at);
        self.have("till.open_session", json!({"float": 0}))?;
        let mut sold = Sold::default();
        for payment in payments {
            self.clock.set(payment.at);
            self.book(payment, &mut sold)?;
        }
        self.clock.set(self.now);
        let mut left = i64::try_from(self.account.imported_sum(TsmSumOf::Cash)).map_err(Error::internal)?;
        let mut counts = Vec::new();
        for power in (0..12).rev() {
            let value = 10_i64.pow(power);
            if left / value > 0 {
                counts.push(json!({"value": value, "count": left / value}));
            }
            left %= value;
        }
        self.have("till.close_session", json!({"counts": counts, "float_left": 0}))?;
        Ok(())
    }

    /// Reads a transaction; none when it stays behind, which is told.
    fn payment(&mut self, row: &Record, twice: bool) -> Option<Payment> {
        let mut told = Told::new("transactions", row);
        let stood = row.get("amount");
        let amount = values::amount(stood, self.exponent);
        let method = row.get("method");
        let tender = tender(method).unwrap_or_else(|| {
            told.changed(TsmReason::TenderUnknown, "method", method.shown());
            Tender::Transfer
        });
        let commission = row.get("commission_amount");
        let earned = match values::amount(commission, self.exponent) {
            Ok(earned) => Some(earned),
            Err(NoAmount::Nothing) => None,
            Err(_) => {
                told.changed(TsmReason::NumberUnread, "commission_amount", commission.shown());
                None
            }
        };
        let read = amount.ok();
        let out = match amount {
            _ if twice => Some(TsmReason::Twice),
            _ if values::flag(row.get("deleted_flag")) == Some(true) => Some(TsmReason::Deleted),
            Err(NoAmount::TooLarge) => Some(TsmReason::TooMuch),
            Err(_) => Some(TsmReason::NotMoney),
            Ok(amount) if amount.money == Money::ZERO => Some(TsmReason::NothingPaid),
            Ok(_) => None,
        };
        if let Some(reason) = out {
            self.account.left_out(&told, reason, Some(stood.shown()));
            self.stayed_out(tender, read, earned);
            return None;
        }
        let amount = read?;
        let link = values::id(row.get("session_id"));
        let visit = link.as_ref().and_then(|id| Some((id.clone(), self.visits.get(id)?.clone())));
        match (&link, &visit) {
            (Some(id), None) => told.changed(TsmReason::LinkMissing, "session_id", id.as_str()),
            (Some(id), Some((_, visit))) if visit.id.is_none() => {
                told.changed(TsmReason::LinkMissing, "session_id", id.as_str());
            }
            _ => {}
        }
        let artist = values::id(row.get("artist_id"));
        let artist = match artist {
            Some(id) => {
                if self.stand_in_artists.contains(&id) {
                    told.changed(TsmReason::LinkMissing, "artist_id", id.as_str());
                }
                self.artists.get(&id).cloned()
            }
            None => visit.as_ref().map(|(_, visit)| visit.artist.clone()),
        };
        let when = row.get("date");
        let Some(at) = values::moment(when, self.zone).or_else(|| {
            told.changed(TsmReason::DateUnread, "date", when.shown());
            let visit = visit.as_ref().and_then(|(_, visit)| visit.ends_at.or(visit.starts_at));
            visit.or_else(|| values::moment(row.get("created_at"), self.zone))
        }) else {
            self.account.left_out(&told, TsmReason::NoDate, Some(when.shown()));
            self.stayed_out(tender, Some(amount), earned);
            return None;
        };
        if at > self.now {
            told.changed(TsmReason::DateAhead, "date", when.shown());
        }
        if amount.text {
            told.changed(TsmReason::NumberAsText, "amount", stood.shown());
        }
        if amount.is_rounded() {
            told.changed(TsmReason::Rounded, "amount", stood.shown());
        }
        let label = super::people::text(row.get("concept"), 120, "concept", &mut told);
        let at = at.clamp(self.founded, self.now);
        Some(Payment { told, at, amount, tender, label, visit, artist, commission: earned })
    }

    fn book(&mut self, mut payment: Payment, sold: &mut Sold) -> Result<()> {
        let key = payment.visit.as_ref().map(|(key, _)| key.clone());
        if payment.amount.money.is_negative() {
            return self.take_back(payment, key.as_deref(), sold);
        }
        let ahead = payment.visit.as_ref().filter(|(key, visit)| {
            let coming = visit.starts_at.is_some_and(|at| at > self.now);
            coming && visit.status.is_open() && visit.id.is_some() && !sold.paid.contains(key)
        });
        if let Some((_, visit)) = ahead {
            let amount = payment.amount.money;
            let args = json!({"appointment_id": visit.id, "amount": amount,
                "tenders": [{"tender": payment.tender, "amount": amount}]});
            self.have("till.take_deposit", args)?;
            payment.told.changed(TsmReason::Deposit, "session_id", "");
            if let Some(commission) = payment.commission {
                // Earned when the visit is.
                self.account.stayed(TsmSumOf::Commission, commission);
            }
        } else {
            let earned = self.earned(&mut payment)?;
            let sale = self.sell(&payment, earned)?;
            if let Some(key) = key {
                sold.paid.insert(key.clone());
                sold.sales.entry(key).or_default().push((sale, payment.amount.money));
            }
        }
        self.came_in(payment.tender, payment.amount);
        self.account.imported(payment.told);
        Ok(())
    }

    /// The commission that was reckoned there: its share of the amount, and the amount itself.
    fn earned(&mut self, payment: &mut Payment) -> Result<Option<(i64, Money)>> {
        let Some(commission) = payment.commission else { return Ok(None) };
        if payment.artist.is_none() {
            self.account.stayed(TsmSumOf::Commission, commission);
            return Ok(None);
        }
        let whole = payment.amount.money;
        let part = commission.money.clamp(Money::ZERO, whole);
        if part != commission.money {
            payment.told.changed(
                TsmReason::CommissionLimited,
                "commission_amount",
                values::exactly(commission.exact, self.exponent),
            );
            self.account.stayed(
                TsmSumOf::Commission,
                Amount {
                    money: Money::ZERO,
                    exact: commission.exact - i128::from(part.minor()) * values::FINE,
                    text: false,
                },
            );
            let kept = Amount { money: part, exact: i128::from(part.minor()) * values::FINE, text: false };
            self.account.came(TsmSumOf::Commission, kept, part);
        } else {
            if commission.is_rounded() {
                let stood = values::exactly(commission.exact, self.exponent);
                payment.told.changed(TsmReason::Rounded, "commission_amount", stood);
            }
            self.account.came(TsmSumOf::Commission, commission, part);
        }
        let bp =
            (i128::from(part.minor()) * 10_000 + i128::from(whole.minor()) / 2) / i128::from(whole.minor());
        Ok(Some((i64::try_from(bp).map_err(Error::internal)?, part)))
    }

    fn sell(&mut self, payment: &Payment, earned: Option<(i64, Money)>) -> Result<String> {
        let amount = payment.amount.money;
        let visit = payment.visit.as_ref().map(|(_, visit)| visit);
        let appointment = visit.and_then(|visit| visit.id.clone());
        let (service, usual) = match &visit {
            Some(_) => (self.tattoo.clone(), self.said("Tattoo", "Tatuaje")),
            None => (self.other.clone(), self.said("Payment", "Cobro")),
        };
        let label = payment.label.clone().unwrap_or_else(|| usual.to_owned());
        let (member, currency) = (self.owner.clone(), self.currency.clone());
        let client = visit.map(|visit| visit.client.clone());
        self.change(|cx| {
            let permit = cx.grant().whole()?;
            let session = crate::drawer::store::open_session(cx.db(), REGISTER)?.map(|open| open.id);
            let line = CartLine {
                service_id: Some(service),
                artist_id: payment.artist.clone(),
                label,
                quantity: 1,
                list_price: amount,
                unit_price: amount,
                before_tax: amount,
                tax_bp: Some(0),
                amount,
                ..CartLine::default()
            };
            let sale = Sale {
                id: cx.id()?,
                receipt: next_number(cx.write(&permit), REGISTER, "receipt")?,
                kind: SaleKind::Sale,
                at: cx.now(),
                member,
                client,
                appointment,
                session,
                original: None,
                reason: None,
                goods: amount,
                discount: Money::ZERO,
                tax: Money::ZERO,
                tips: Money::ZERO,
                total: amount,
                rounding: Money::ZERO,
                currency,
            };
            let tenders = [(payment.tender, amount, amount)];
            let lines = [(line, None)];
            let posting = Posting { lines: &lines, tenders: &tenders, earned, ..Posting::default() };
            record(cx, &permit, &sale, &posting)?;
            Ok(sale.id)
        })
    }

    /// A negative payment gives back what was paid for the same visit; without that it stays behind.
    fn take_back(&mut self, mut payment: Payment, key: Option<&str>, sold: &mut Sold) -> Result<()> {
        let back = payment.amount.money.negated();
        let sales = key.and_then(|key| sold.sales.get_mut(key));
        let sale = sales.and_then(|sales| sales.iter_mut().rev().find(|(_, left)| *left >= back));
        let Some((sale, left)) = sale else {
            return self.nothing_to_refund(payment);
        };
        let receipt = self.have("till.receipt", json!({"sale_id": &*sale}))?;
        let line = &receipt["lines"][0]["id"];
        let reason = payment.label.clone().unwrap_or_else(|| self.said("Refund", "Devolución").to_owned());
        let args = json!({"sale_id": &*sale, "lines": [{"line_id": line, "amount": back}], "tender": payment.tender,
            "reason": reason});
        match self.ask("till.refund", args)? {
            Ok(_) => {
                *left = left.minus(back)?;
                payment.told.changed(TsmReason::Refunded, "amount", "");
                if let Some(commission) = payment.commission {
                    // Taken back in the proportion of the sale.
                    self.account.stayed(TsmSumOf::Commission, commission);
                }
                self.came_in(payment.tender, payment.amount);
                self.account.imported(payment.told);
                Ok(())
            }
            // Not so much cash in the drawer.
            Err(fault) if fault.code == Code::Conflict => self.nothing_to_refund(payment),
            Err(fault) => Err(Error::Internal(format!("a refund: {:?} {:?}", fault.code, fault.params))),
        }
    }

    fn nothing_to_refund(&mut self, payment: Payment) -> Result<()> {
        let stood = values::exactly(payment.amount.exact, self.exponent);
        self.account.left_out(&payment.told, TsmReason::NothingToRefund, Some(stood));
        self.stayed_out(payment.tender, Some(payment.amount), payment.commission);
        Ok(())
    }
}

/// What was sold for each visit so far.
#[derive(Default)]
struct Sold {
    paid: BTreeSet<String>,
    /// By the visit's id there: the sales, and what of each was not given back.
    sales: BTreeMap<String, Vec<(String, Money)>>,
}
