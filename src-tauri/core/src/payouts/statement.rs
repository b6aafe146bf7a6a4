//! An artist's statement: what came in for them, what was paid, and what is left, line by line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Payout;
use super::commands::whose;
use super::rates::ArtistRates;
use super::store::{self, EarnedLine, TipRow};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::door::Look;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::reports::commands::period;
use crate::text::Id;
use crate::till::SaleKind;

/// The longest statement.
const MOST_DAYS: i64 = 366;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct StatementArgs {
    /// An artist's own when left out.
    pub artist_id: Option<Id>,
    /// First and last day, at most a year.
    pub from: Day,
    pub to: Day,
}

/// What was sold, and what of it is the artist's.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct StatementPart {
    pub count: i64,
    /// Before discounts.
    pub gross: Money,
    pub discount: Money,
    pub tax: Money,
    /// What the share is of.
    pub basis: Money,
    pub commission: Money,
}

impl StatementPart {
    fn add(&mut self, line: &EarnedLine) -> Result<()> {
        self.count += 1;
        self.gross = self.gross.plus(line.gross)?;
        self.discount = self.discount.plus(line.discount)?;
        self.tax = self.tax.plus(line.tax)?;
        self.basis = self.basis.plus(line.basis)?;
        self.commission = self.commission.plus(line.amount)?;
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    Sale,
    Refund,
    Void,
    /// A part of what an apprentice earned.
    Mentor,
    /// A deposit that the studio kept (D29).
    Deposit,
    Payout,
    /// A payout that was taken back.
    PayoutBack,
}

impl From<SaleKind> for StatementKind {
    fn from(kind: SaleKind) -> StatementKind {
        match kind {
            SaleKind::Sale => StatementKind::Sale,
            SaleKind::Refund => StatementKind::Refund,
            SaleKind::Void => StatementKind::Void,
        }
    }
}

/// One line of a statement.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct StatementLine {
    pub at: Millis,
    pub kind: StatementKind,
    pub sale_id: Option<String>,
    /// Of the receipt or of the payout.
    pub number: Option<i64>,
    pub client_name: Option<String>,
    pub label: Option<String>,
    pub gross: Money,
    pub discount: Money,
    pub tax: Money,
    pub basis: Money,
    pub bp: Option<i64>,
    pub commission: Money,
    pub tips: Money,
    /// Negative; positive where one was taken back.
    pub payout: Money,
    /// What is owed after it.
    pub balance: Money,
}

/// An artist's money over some days. The closing balance is what the ledger owes them then.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Statement {
    pub artist_id: String,
    pub artist_name: String,
    pub from: Day,
    pub to: Day,
    /// From when on commission is kept, where sales are older than that.
    pub since: Option<Millis>,
    pub rates: ArtistRates,
    pub opening: Money,
    pub services: StatementPart,
    pub items: StatementPart,
    /// Of kept deposits.
    pub deposits: StatementPart,
    /// From the work of those they teach.
    pub mentoring: Money,
    /// What refunds took back, negative.
    pub taken_back: Money,
    /// Tips that went back taken off.
    pub tips: Money,
    /// Paid out, negative; what was taken back is off it.
    pub payouts: Money,
    pub closing: Money,
    /// Deposits that clients have with the studio for this artist's visits, now.
    pub deposits_held: Money,
    pub lines: Vec<StatementLine>,
}

/// An artist's statement; their own, for whoever tattoos (T128, T130).
pub(crate) fn statement(look: &Look<'_>, args: StatementArgs) -> Result<Statement> {
    period(look, args.from, args.to)?;
    if args.from.until(args.to) >= MOST_DAYS {
        return Err(Error::invalid("to", "more than a year"));
    }
    let artist = whose(look, args.artist_id)?.ok_or_else(|| Error::invalid("artist_id", "missing"))?;
    build(look, artist, args.from, args.to)
}

/// The statement of an artist whom the caller may look at.
pub(crate) fn build(look: &Look<'_>, artist: String, from: Day, to: Day) -> Result<Statement> {
    let (from_at, to_at) = period(look, from, to)?;
    let rates = store::rates_of(look.db(), &artist)?.ok_or(Error::NotFound { what: "artist" })?;
    let since = store::since(look.db())?;
    let opening = store::balance_before(look.db(), &artist, from, from_at)?.total()?;
    let mut statement = Statement {
        artist_id: artist.clone(),
        artist_name: rates.name.clone(),
        from,
        to,
        since: (since > 0).then_some(since),
        rates,
        opening,
        services: StatementPart::default(),
        items: StatementPart::default(),
        deposits: StatementPart::default(),
        mentoring: Money::ZERO,
        taken_back: Money::ZERO,
        tips: Money::ZERO,
        payouts: Money::ZERO,
        closing: opening,
        deposits_held: crate::reports::store::deposits_held(look.db(), Some(&artist))?,
        lines: Vec::new(),
    };
    for line in store::earned_lines(look.db(), &artist, from_at, to_at)? {
        statement.earned(line)?;
    }
    for tip in store::tips(look.db(), &artist, from_at, to_at)? {
        statement.tipped(tip)?;
    }
    for payout in store::payouts(look.db(), Some(&artist), from_at, to_at, i64::MAX)? {
        statement.paid(payout)?;
    }
    statement.balance()?;
    Ok(statement)
}

impl Statement {
    fn earned(&mut self, line: EarnedLine) -> Result<()> {
        if line.taken_back {
            self.taken_back = self.taken_back.plus(line.amount)?;
        } else if line.mentoring {
            self.mentoring = self.mentoring.plus(line.amount)?;
        } else if line.deposit {
            self.deposits.add(&line)?;
        } else if line.item {
            self.items.add(&line)?;
        } else {
            self.services.add(&line)?;
        }
        let kind = match SaleKind::parse(&line.kind)? {
            _ if line.mentoring => StatementKind::Mentor,
            SaleKind::Sale if line.deposit => StatementKind::Deposit,
            other => other.into(),
        };
        // What a colleague sold to whom for how much is theirs to know (D28).
        let mine = |amount: Money| if line.mentoring { Money::ZERO } else { amount };
        self.lines.push(StatementLine {
            at: line.at,
            kind,
            sale_id: Some(line.sale).filter(|_| !line.mentoring),
            number: Some(line.receipt).filter(|_| !line.mentoring),
            client_name: line.client.filter(|_| !line.mentoring),
            label: Some(line.label).filter(|_| !line.mentoring),
            gross: mine(line.gross),
            discount: mine(line.discount),
            tax: mine(line.tax),
            basis: mine(line.basis),
            bp: Some(line.bp).filter(|_| !line.mentoring),
            commission: line.amount,
            tips: Money::ZERO,
            payout: Money::ZERO,
            balance: Money::ZERO,
        });
        Ok(())
    }

    /// A tip stands beside the work of its sale, or alone where there is none.
    fn tipped(&mut self, (at, sale, receipt, kind, client, amount): TipRow) -> Result<()> {
        self.tips = self.tips.plus(amount)?;
        if let Some(line) = self
            .lines
            .iter_mut()
            .find(|line| line.sale_id.as_ref() == Some(&sale) && line.tips == Money::ZERO)
        {
            line.tips = amount;
            return Ok(());
        }
        let kind = SaleKind::parse(&kind)?.into();
        self.lines.push(StatementLine {
            client_name: client,
            sale_id: Some(sale),
            number: Some(receipt),
            tips: amount,
            ..StatementLine::empty(at, kind)
        });
        Ok(())
    }

    fn paid(&mut self, payout: Payout) -> Result<()> {
        self.payouts = self.payouts.minus(payout.amount)?;
        let kind = if payout.reverses.is_some() { StatementKind::PayoutBack } else { StatementKind::Payout };
        self.lines.push(StatementLine {
            number: Some(payout.number),
            label: payout.note,
            payout: payout.amount.negated(),
            ..StatementLine::empty(payout.at, kind)
        });
        Ok(())
    }

    /// Puts the lines in order and carries the balance through them.
    fn balance(&mut self) -> Result<()> {
        let paid = |kind| matches!(kind, StatementKind::Payout | StatementKind::PayoutBack);
        // A payout after what it is of, and before the one that took it back.
        self.lines.sort_by_key(|line| {
            let number = line.number.filter(|_| paid(line.kind));
            (line.at, paid(line.kind), number)
        });
        for line in &mut self.lines {
            self.closing = self.closing.plus(line.commission)?.plus(line.tips)?.plus(line.payout)?;
            line.balance = self.closing;
        }
        Ok(())
    }
}

impl StatementLine {
    fn empty(at: Millis, kind: StatementKind) -> StatementLine {
        StatementLine {
            at,
            kind,
            sale_id: None,
            number: None,
            client_name: None,
            label: None,
            gross: Money::ZERO,
            discount: Money::ZERO,
            tax: Money::ZERO,
            basis: Money::ZERO,
            bp: None,
            commission: Money::ZERO,
            tips: Money::ZERO,
            payout: Money::ZERO,
            balance: Money::ZERO,
        }
    }
}
