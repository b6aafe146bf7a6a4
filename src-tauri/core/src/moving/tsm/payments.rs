//! Transactions become receipts: sales on the day they were paid, deposits for visits to come, refunds and returned
//! deposits for what is negative. One drawer holds all of them and is closed at the end, so that the studio's own first Z
//! report begins anew.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::house::House;
use super::report::{Told, TsmReason, TsmSumOf};
use super::source::Record;
use super::values::{self, Amount, NoAmount};
use super::visits::Visit;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::{LIMIT, Money};
use crate::payouts::store as payouts;
use crate::storage::foreign::Cell;
use crate::text::fold;
use crate::till::commands::{Posting, record};
use crate::till::store::{Sale, next_number};
use crate::till::{CartLine, REGISTER, SaleKind, Tender};

const COMMISSION: &str = "commission_amount";

/// A payment that can be booked, once it is its turn.
struct Payment {
    told: Told,
    at: Millis,
    /// When it was, as it stood there.
    stood: String,
    amount: Amount,
    tender: Tender,
    label: Option<String>,
    visit: Option<(String, Visit)>,
    artist: Option<String>,
    commission: Option<Amount>,
    /// The visit to come that it was paid for in advance.
    ahead: Option<String>,
}

fn tender(cell: &Cell) -> Option<Tender> {
    let Cell::Text(text) = cell else { return None };
    let text = fold(text.trim());
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    if has(&["efectivo", "cash", "contado"]) {
        Some(Tender::Cash)
    } else if text == "pos"
        || has(&[
            "tarjeta", "card", "credit", "debit", "terminal", "visa", "master", "amex", "tpv", "datafono",
        ])
    {
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
        let steps = plan(&payments)?;
        let float = float_for(&payments, &steps)?;
        self.have("till.open_session", json!({"float": float}))?;
        let mut payments: Vec<Option<Payment>> = payments.into_iter().map(Some).collect();
        let mut booked = BTreeMap::new();
        let mut drawer = float.minor();
        for step in &steps {
            let Some(payment) = payments.get_mut(step.payment).and_then(Option::take) else { continue };
            let cash = if payment.tender == Tender::Cash { payment.amount.money.minor() } else { 0 };
            match &step.what {
                What::Take => {
                    self.clock.set(step.at);
                    booked.insert(step.payment, self.take(payment)?);
                    drawer = self.keep_in_bounds(drawer + cash, 0)?;
                }
                What::GiveBack(back) => {
                    self.clock.set(step.at);
                    drawer = self.keep_in_bounds(drawer, -cash)? + cash;
                    self.give_back(payment, back, &booked)?;
                }
                What::Refuse => self.nothing_to_refund(&payment),
            }
        }
        self.clock.set(self.now);
        let mut left = drawer;
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

    /// A drawer is counted in one amount, and years of cash may be more: what is above half of that goes to the safe, and
    /// comes back when more than is left is given back. What is in the drawer then.
    fn keep_in_bounds(&mut self, drawer: i64, needed: i64) -> Result<i64> {
        let reason = self.said("Past years", "Años anteriores");
        if drawer > LIMIT / 2 {
            let away = (drawer - LIMIT / 4).min(LIMIT);
            self.have("till.cash_move", json!({"direction": "drop", "amount": away, "reason": reason}))?;
            return Ok(drawer - away);
        }
        if drawer < needed {
            let back = needed - drawer;
            self.have("till.cash_move", json!({"direction": "in", "amount": back, "reason": reason}))?;
            return Ok(needed);
        }
        Ok(drawer)
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
        let commission = row.get(COMMISSION);
        let earned = match values::amount(commission, self.exponent) {
            Ok(earned) => Some(earned),
            Err(NoAmount::Nothing) => None,
            Err(_) => {
                told.changed(TsmReason::NumberUnread, COMMISSION, commission.shown());
                None
            }
        };
        let deleted = super::people::flag(row, "deleted_flag", &mut told, values::is_gone);
        let read = amount.ok();
        let out = match amount {
            _ if twice => Some(TsmReason::Twice),
            _ if deleted == Some(true) => Some(TsmReason::Deleted),
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
        if values::is_hour_unsure(when, self.zone) {
            told.changed(TsmReason::DateUnread, "date", when.shown());
        }
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
        let coming =
            |visit: &&Visit| visit.starts_at.is_some_and(|at| at > self.now) && visit.status.is_open();
        let ahead = visit.as_ref().map(|(_, visit)| visit).filter(coming).and_then(|visit| visit.id.clone());
        let stood = when.shown();
        Some(Payment { told, at, stood, amount, tender, label, visit, artist, commission: earned, ahead })
    }

    /// A deposit for a visit to come, a sale otherwise.
    fn take(&mut self, mut payment: Payment) -> Result<Booked> {
        let booked = match payment.ahead.take() {
            Some(visit) => {
                let amount = payment.amount.money;
                let args = json!({"appointment_id": visit, "amount": amount,
                    "tenders": [{"tender": payment.tender, "amount": amount}]});
                let paper = self.have("till.take_deposit", args)?;
                payment.told.changed(TsmReason::Deposit, "session_id", "");
                self.not_earned(&mut payment, TsmReason::CommissionLater);
                Booked::Deposit(id_in(&paper["deposit"]["id"])?)
            }
            None => {
                let earned = self.earned(&mut payment)?;
                let (sale, here) = self.sell(&payment, earned)?;
                if earned.is_none() && here != Money::ZERO {
                    payment.told.changed(TsmReason::CommissionReckoned, COMMISSION, "");
                    self.account.reckoned(TsmSumOf::Commission, here);
                }
                Booked::Sale(sale)
            }
        };
        self.came_in(payment.tender, payment.amount);
        self.account.imported(payment.told);
        Ok(booked)
    }

    /// A commission that stood there stays behind.
    fn not_earned(&mut self, payment: &mut Payment, reason: TsmReason) {
        let Some(commission) = payment.commission.filter(|commission| commission.exact != 0) else { return };
        payment.told.changed(reason, COMMISSION, values::exactly(commission.exact, self.exponent));
        self.account.stayed(TsmSumOf::Commission, commission);
    }

    /// The commission that was reckoned there: its share of the amount, and the amount itself.
    fn earned(&mut self, payment: &mut Payment) -> Result<Option<(i64, Money)>> {
        let Some(commission) = payment.commission else { return Ok(None) };
        if payment.artist.is_none() {
            self.not_earned(payment, TsmReason::CommissionOfNobody);
            return Ok(None);
        }
        let whole = payment.amount.money;
        let part = commission.money.clamp(Money::ZERO, whole);
        if part != commission.money {
            payment.told.changed(
                TsmReason::CommissionLimited,
                COMMISSION,
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
                payment.told.changed(TsmReason::Rounded, COMMISSION, stood);
            }
            self.account.came(TsmSumOf::Commission, commission, part);
        }
        let bp =
            (i128::from(part.minor()) * 10_000 + i128::from(whole.minor()) / 2) / i128::from(whole.minor());
        Ok(Some((i64::try_from(bp).map_err(Error::internal)?, part)))
    }

    /// The sale, and what its artist earned by it.
    fn sell(&mut self, payment: &Payment, earned: Option<(i64, Money)>) -> Result<(String, Money)> {
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
            let earned = payouts::earned_with(cx.db(), &sale.id)?;
            Ok((sale.id, earned))
        })
    }

    /// A negative payment gives back what was paid, part by part.
    fn give_back(
        &mut self,
        mut payment: Payment,
        back: &Back,
        booked: &BTreeMap<usize, Booked>,
    ) -> Result<()> {
        let reason = payment.label.clone().unwrap_or_else(|| self.said("Refund", "Devolución").to_owned());
        let (mut clawed, mut sales, mut deposits) = (Money::ZERO, false, false);
        for (paid, part) in &back.parts {
            match booked.get(paid) {
                Some(Booked::Sale(sale)) => {
                    let receipt = self.have("till.receipt", json!({"sale_id": sale}))?;
                    let line = &receipt["lines"][0]["id"];
                    let args = json!({"sale_id": sale, "lines": [{"line_id": line, "amount": part}],
                        "tender": payment.tender, "reason": reason});
                    let refund = self.have("till.refund", args)?;
                    clawed = clawed.plus(self.earned_with(&id_in(&refund["sale_id"])?)?)?;
                    sales = true;
                }
                Some(Booked::Deposit(deposit)) => {
                    let args = json!({"deposit_id": deposit, "amount": part, "tender": payment.tender, "reason": reason});
                    self.have("till.return_deposit", args)?;
                    deposits = true;
                }
                None => return Err(Error::internal("a refund of what was not booked")),
            }
        }
        if sales {
            payment.told.changed(TsmReason::Refunded, "amount", "");
        }
        if deposits {
            payment.told.changed(TsmReason::DepositReturned, "amount", "");
        }
        if back.elsewhere {
            payment.told.changed(TsmReason::RefundElsewhere, "session_id", "");
        }
        if back.another {
            payment.told.changed(TsmReason::RefundArtist, "artist_id", "");
        }
        if back.later {
            payment.told.changed(TsmReason::RefundMoved, "date", payment.stood.as_str());
        }
        self.clawed_back(&mut payment, sales.then_some(clawed))?;
        self.came_in(payment.tender, payment.amount);
        self.account.imported(payment.told);
        Ok(())
    }

    fn earned_with(&self, sale: &str) -> Result<Money> {
        self.front.peek(|db| payouts::earned_with(db, sale))
    }

    /// Commission goes back in the proportion of the sale, whatever stood there; the difference is told. None: it was a
    /// deposit, which earned nothing.
    fn clawed_back(&mut self, payment: &mut Payment, clawed: Option<Money>) -> Result<()> {
        let Some(clawed) = clawed else {
            self.not_earned(payment, TsmReason::CommissionLater);
            return Ok(());
        };
        let stood = payment.commission.map(|there| values::exactly(there.exact, self.exponent));
        if let Some(there) = payment.commission {
            self.account.came(TsmSumOf::Commission, there, there.money);
            if there.is_rounded() {
                payment.told.changed(TsmReason::Rounded, COMMISSION, stood.clone().unwrap_or_default());
            }
        }
        let more = clawed.minus(payment.commission.map_or(Money::ZERO, |there| there.money))?;
        if more != Money::ZERO {
            payment.told.changed(TsmReason::CommissionReckoned, COMMISSION, stood.unwrap_or_default());
            self.account.reckoned(TsmSumOf::Commission, more);
        }
        Ok(())
    }

    fn nothing_to_refund(&mut self, payment: &Payment) {
        let stood = values::exactly(payment.amount.exact, self.exponent);
        self.account.left_out(&payment.told, TsmReason::NothingToRefund, Some(stood));
        self.stayed_out(payment.tender, Some(payment.amount), payment.commission);
    }
}

/// What a payment became.
enum Booked {
    Sale(String),
    Deposit(String),
}

fn id_in(reply: &Value) -> Result<String> {
    reply.as_str().map(str::to_owned).ok_or_else(|| Error::internal("a reply without its id"))
}

/// What becomes of a payment.
struct Step {
    payment: usize,
    /// When it is booked.
    at: Millis,
    what: What,
}

enum What {
    Take,
    GiveBack(Back),
    /// More than was ever paid.
    Refuse,
}

struct Back {
    /// Which payments, and how much of each.
    parts: Vec<(usize, Money)>,
    /// Part of it was paid for another visit of the client.
    elsewhere: bool,
    /// Part of it was paid under another artist.
    another: bool,
    /// Written before what it gives back: it comes right behind it.
    later: bool,
}

/// Who paid: a client, or somebody unknown at an artist's.
type Payer<'a> = (Option<&'a str>, Option<&'a str>);

fn payer(payment: &Payment) -> Payer<'_> {
    match &payment.visit {
        Some((_, visit)) => (Some(&visit.client), None),
        None => (None, payment.artist.as_deref()),
    }
}

fn visit_key(payment: &Payment) -> Option<&str> {
    payment.visit.as_ref().map(|(key, _)| key.as_str())
}

/// Which payments of its payer a refund gives back. What was paid for its own visit comes first: one payment that is large
/// enough, or else all from the newest on; then, unless it has to be `own`, the payer's others, deposits last. What came in
/// later than the refund only where the earlier is not enough. None: all of it is not enough.
fn cover(
    (now, refund): (usize, &Payment),
    payments: &[Payment],
    open: &BTreeMap<usize, Money>,
    own: bool,
) -> Result<Option<Vec<(usize, Money)>>> {
    let mut missing = refund.amount.money.negated();
    let same = |at: usize| payments.get(at).is_some_and(|payment| visit_key(payment) == visit_key(refund));
    let held = |at: usize| payments.get(at).is_some_and(|payment| payment.ahead.is_some());
    let in_turn = || open.range(..now).rev().chain(open.range(now..)).map(|(at, left)| (*at, *left));
    if let Some((at, _)) = in_turn().find(|(at, left)| *at < now && same(*at) && *left >= missing) {
        return Ok(Some(vec![(at, missing)]));
    }
    let of_visit = in_turn().filter(|(at, _)| same(*at));
    let sales = in_turn().filter(|(at, _)| !own && !same(*at) && !held(*at));
    let deposits = in_turn().filter(|(at, _)| !own && !same(*at) && held(*at));
    let mut parts = Vec::new();
    for (at, left) in of_visit.chain(sales).chain(deposits) {
        let part = left.min(missing);
        parts.push((at, part));
        missing = missing.minus(part)?;
        if missing == Money::ZERO {
            return Ok(Some(parts));
        }
    }
    Ok(None)
}

/// The order of booking: as the payments lie in time, but no refund before what it gives back. Refunds of a visit's own
/// payments are seen to first, so that none of them is left with what another took away.
fn plan(payments: &[Payment]) -> Result<Vec<Step>> {
    let mut open: BTreeMap<Payer<'_>, BTreeMap<usize, Money>> = BTreeMap::new();
    let (paid, refunds): (Vec<_>, Vec<_>) =
        payments.iter().enumerate().partition(|(_, payment)| !payment.amount.money.is_negative());
    for (at, payment) in &paid {
        open.entry(payer(payment)).or_default().insert(*at, payment.amount.money);
    }
    let mut backs: BTreeMap<usize, Vec<(usize, Money)>> = BTreeMap::new();
    for own in [true, false] {
        for (now, refund) in &refunds {
            let Some(open) = open.get_mut(&payer(refund)).filter(|_| !backs.contains_key(now)) else {
                continue;
            };
            let Some(parts) = cover((*now, refund), payments, open, own)? else { continue };
            for (at, part) in &parts {
                let left = open.remove(at).unwrap_or_default().minus(*part)?;
                if left != Money::ZERO {
                    open.insert(*at, left);
                }
            }
            backs.insert(*now, parts);
        }
    }
    let mut steps: Vec<(usize, Step)> = Vec::new();
    for (at, payment) in paid {
        steps.push((at, Step { payment: at, at: payment.at, what: What::Take }));
    }
    for (now, refund) in refunds {
        let Some(parts) = backs.remove(&now) else {
            steps.push((now, Step { payment: now, at: refund.at, what: What::Refuse }));
            continue;
        };
        let paid = || parts.iter().filter_map(|(at, _)| payments.get(*at));
        let last = parts.iter().map(|(at, _)| *at).max().unwrap_or(now).max(now);
        let back = Back {
            elsewhere: paid().any(|paid| visit_key(paid) != visit_key(refund)),
            another: paid().any(|paid| paid.artist != refund.artist),
            later: last != now,
            parts,
        };
        let at = payments.get(last).map_or(refund.at, |payment| payment.at);
        steps.push((last, Step { payment: now, at, what: What::GiveBack(back) }));
    }
    // A payment stands before what is given back of it.
    steps.sort_by_key(|(place, _)| *place);
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}

/// Cash that must have lain in the drawer before the first payment, so that each refund in cash had it there.
fn float_for(payments: &[Payment], steps: &[Step]) -> Result<Money> {
    let (mut cash, mut least) = (0_i64, 0);
    for step in steps {
        let moves = !matches!(step.what, What::Refuse);
        if let Some(payment) = payments.get(step.payment)
            && moves
            && payment.tender == Tender::Cash
        {
            cash = cash.saturating_add(payment.amount.money.minor());
            least = cash.min(least);
        }
    }
    Money::new(least.saturating_neg())
}
