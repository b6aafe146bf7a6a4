//! Double entry: every movement of money is an entry whose lines sum to nothing.

use crate::access::Permit;
use crate::door::Change;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::printing::Opens;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Account {
    CashDrawer,
    CardClearing,
    Bank,
    Safe,
    ServiceRevenue,
    ProductRevenue,
    Discounts,
    TaxPayable,
    TipsPayable,
    DepositsHeld,
    Rounding,
    CommissionExpense,
    CommissionPayable,
    CashOverShort,
    PayIns,
    PayOuts,
}

impl Account {
    fn name(self) -> &'static str {
        match self {
            Account::CashDrawer => "cash_drawer",
            Account::CardClearing => "card_clearing",
            Account::Bank => "bank",
            Account::Safe => "safe",
            Account::ServiceRevenue => "service_revenue",
            Account::ProductRevenue => "product_revenue",
            Account::Discounts => "discounts",
            Account::TaxPayable => "tax_payable",
            Account::TipsPayable => "tips_payable",
            Account::DepositsHeld => "deposits_held",
            Account::Rounding => "rounding",
            Account::CommissionExpense => "commission_expense",
            Account::CommissionPayable => "commission_payable",
            Account::CashOverShort => "cash_over_short",
            Account::PayIns => "pay_ins",
            Account::PayOuts => "pay_outs",
        }
    }

    pub(crate) fn of(tender: super::Tender) -> Account {
        match tender {
            super::Tender::Cash => Account::CashDrawer,
            super::Tender::Card => Account::CardClearing,
            super::Tender::Transfer => Account::Bank,
        }
    }
}

/// An entry being put together. Debits positive, credits negative.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub kind: &'static str,
    pub sale: Option<&'a str>,
    pub session: Option<&'a str>,
    lines: Vec<(Account, Option<String>, Money)>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(kind: &'static str, sale: Option<&'a str>, session: Option<&'a str>) -> Entry<'a> {
        Entry { kind, sale, session, lines: Vec::new() }
    }

    /// Adds to an account; amounts of the same account and artist become one line.
    pub(crate) fn add(&mut self, account: Account, artist: Option<&str>, amount: Money) -> Result<()> {
        let same =
            self.lines.iter_mut().find(|(known, owner, _)| *known == account && owner.as_deref() == artist);
        match same {
            Some((_, _, sum)) => *sum = sum.plus(amount)?,
            None => self.lines.push((account, artist.map(str::to_owned), amount)),
        }
        Ok(())
    }

    /// Writes the entry and seals it; its id, unless there was nothing to write. One that does not balance is a fault
    /// of ours and stops the command.
    pub(crate) fn post(mut self, cx: &mut Change<'_>, permit: &Permit) -> Result<Option<String>> {
        self.lines.retain(|(_, _, amount)| *amount != Money::ZERO);
        if self.lines.is_empty() {
            return Ok(None);
        }
        if Money::sum(self.lines.iter().map(|(_, _, amount)| *amount))? != Money::ZERO {
            return Err(Error::internal(format!("a {} entry does not balance", self.kind)));
        }
        // Neither a float nor a count moves cash over the counter.
        if !matches!(self.kind, "float" | "over_short" | "to_safe")
            && self.lines.iter().any(|(account, ..)| *account == Account::CashDrawer)
        {
            cx.open_drawer(Opens::Cash);
        }
        let entry = cx.id()?;
        let db = cx.write(permit);
        super::store::add_entry(db, &entry, cx.now(), self.kind, self.sale, self.session)?;
        cx.seal("ledger_entries", &entry);
        for (account, artist, amount) in &self.lines {
            amount.single()?;
            let line = cx.id()?;
            super::store::add_entry_line(db, &line, &entry, account.name(), artist.as_deref(), *amount)?;
            cx.seal("ledger_lines", &line);
        }
        Ok(Some(entry))
    }
}
