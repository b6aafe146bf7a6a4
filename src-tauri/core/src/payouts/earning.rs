//! Commission as it is earned and taken back, inside the transaction of the sale that it comes from.

use super::store;
use crate::access::Permit;
use crate::door::Change;
use crate::error::Result;
use crate::money::Money;
use crate::reports::daily::Days;
use crate::till::ledger::{Account, Entry};

/// Work that brought money in, as commission sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work<'a> {
    /// Who did it.
    pub artist: &'a str,
    /// None: an item.
    pub service: Option<&'a str>,
    /// What may have been agreed for one visit.
    pub appointment: Option<&'a str>,
    pub source: Source<'a>,
    /// What the share is of: without tax, after or before discounts as the studio chose.
    pub basis: Money,
    /// The share and the amount, where another program reckoned them; otherwise the artist's terms say.
    pub earned: Option<(i64, Money)>,
}

/// The line of a sale or refund that a row comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub sale: &'a str,
    pub line: &'a str,
}

/// The row of what one artist earned by one piece of work.
#[derive(Debug, Clone)]
pub(crate) struct Commission {
    pub id: String,
    pub artist: String,
    pub worker: String,
    pub basis: Money,
    pub bp: i64,
    pub amount: Money,
    pub original: Option<String>,
}

/// Commission being put together beside a sale: rows, one ledger entry, the day's sums.
#[derive(Debug)]
pub(crate) struct Earnings<'a> {
    entry: Entry<'a>,
}

impl<'a> Earnings<'a> {
    pub(crate) fn new(sale: Option<&'a str>) -> Earnings<'a> {
        Earnings { entry: Entry::new("commission", sale, None) }
    }

    /// The artist's share of a piece of work, and the mentor's part of that share.
    pub(crate) fn earn(
        &mut self,
        cx: &mut Change<'_>,
        permit: &Permit,
        days: &mut Days,
        work: &Work<'_>,
    ) -> Result<()> {
        let terms = store::terms(cx.db(), work.artist, work.service, work.appointment)?;
        if terms.bp == 0 && work.service.is_none() {
            return Ok(());
        }
        let (bp, whole) = match work.earned {
            Some(earned) => earned,
            None => (terms.bp, work.basis.share(terms.bp)?),
        };
        let mentor = terms.mentor.filter(|(mentor, part)| *part > 0 && mentor != work.artist);
        let parts = whole.split(&match &mentor {
            Some((_, part)) => vec![10_000 - part, *part],
            None => vec![1],
        })?;
        let earners = std::iter::once(work.artist).chain(mentor.as_ref().map(|(mentor, _)| mentor.as_str()));
        for (artist, amount) in earners.zip(parts) {
            let row = Commission {
                id: cx.id()?,
                artist: artist.to_owned(),
                worker: work.artist.to_owned(),
                basis: work.basis,
                bp,
                amount,
                original: None,
            };
            self.add(cx, permit, days, work.source, &row)?;
        }
        Ok(())
    }

    /// Takes back what a line earned, as `part` is to `whole` of what the line brought; both count all that came back so
    /// far, so that the last refund leaves nothing.
    pub(crate) fn take_back(
        &mut self,
        cx: &mut Change<'_>,
        permit: &Permit,
        days: &mut Days,
        original_line: &str,
        source: Source<'_>,
        (part, whole): (i64, i64),
    ) -> Result<()> {
        for (earned, basis_back, amount_back) in store::earned_by(cx.db(), original_line)? {
            let due = |of: Money| -> Result<Money> {
                let parts = of.split(&[part, whole - part])?;
                Ok(parts.first().copied().unwrap_or_default())
            };
            let row = Commission {
                id: cx.id()?,
                basis: due(earned.basis)?.plus(basis_back)?.negated(),
                amount: due(earned.amount)?.plus(amount_back)?.negated(),
                original: Some(earned.id.clone()),
                ..earned
            };
            if row.basis != Money::ZERO || row.amount != Money::ZERO {
                self.add(cx, permit, days, source, &row)?;
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        cx: &mut Change<'_>,
        permit: &Permit,
        days: &mut Days,
        source: Source<'_>,
        row: &Commission,
    ) -> Result<()> {
        store::add_commission(cx.write(permit), row, source, cx.now())?;
        cx.seal("commissions", &row.id);
        self.entry.add(Account::CommissionExpense, Some(&row.artist), row.amount)?;
        self.entry.add(Account::CommissionPayable, Some(&row.artist), row.amount.negated())?;
        days.commission(&row.artist, row.artist != row.worker, row.amount.minor());
        Ok(())
    }

    pub(crate) fn post(self, cx: &mut Change<'_>, permit: &Permit) -> Result<()> {
        self.entry.post(cx, permit)?;
        Ok(())
    }
}
