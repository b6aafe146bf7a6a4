//! The rows of drawer sessions, cash moves and closings.

use super::{CashMove, Count, ZLine, ZReport};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Writer};
use crate::till::{REGISTER, Tender};

#[derive(Debug)]
pub(crate) struct Session {
    pub id: String,
    pub opened_at: Millis,
    pub opened_by: String,
    pub float: Money,
}

pub(crate) fn open_session(db: Reader<'_>, register: i64) -> Result<Option<Session>> {
    db.maybe(
        "SELECT id, opened_at, opened_by, float FROM drawer_sessions WHERE register = ?1 AND is_open = 1",
        [register],
        |row| {
            Ok(Session {
                id: row.get(0)?,
                opened_at: row.get(1)?,
                opened_by: row.get(2)?,
                float: row.get(3)?,
            })
        },
    )
}

pub(crate) fn add_session(db: Writer<'_>, session: &Session) -> Result<()> {
    db.run(
        "INSERT INTO drawer_sessions (id, register, opened_at, opened_by, float, is_open)
         VALUES (?1, ?2, ?3, ?4, ?5, 1)",
        (&session.id, REGISTER, session.opened_at, &session.opened_by, session.float),
    )?;
    Ok(())
}

pub(crate) fn close_session(db: Writer<'_>, id: &str) -> Result<()> {
    db.run("UPDATE drawer_sessions SET is_open = 0 WHERE id = ?1", [id])?;
    Ok(())
}

/// Cash that must be in the drawer now, by the ledger.
pub(crate) fn cash_in(db: Reader<'_>, session: &str) -> Result<Money> {
    db.one(
        "SELECT coalesce(sum(l.amount), 0) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
         WHERE e.session_id = ?1 AND l.account = 'cash_drawer'",
        [session],
        |row| row.get(0),
    )
}

pub(crate) fn last_receipt_closed(db: Reader<'_>, register: i64) -> Result<i64> {
    db.one(
        "SELECT coalesce(max(last_receipt), 0) FROM drawer_closings WHERE register = ?1",
        [register],
        |row| row.get(0),
    )
}

/// What the last close left in the drawer, and its number.
pub(crate) fn last_close(db: Reader<'_>, register: i64) -> Result<Option<(Money, i64)>> {
    db.maybe(
        "SELECT float_left, z FROM drawer_closings WHERE register = ?1 ORDER BY z DESC LIMIT 1",
        [register],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

#[derive(Debug)]
pub(crate) struct NewMove<'a> {
    pub id: &'a str,
    pub session: &'a str,
    pub direction: &'a str,
    pub amount: Money,
    pub reason: &'a str,
    pub member: &'a str,
}

pub(crate) fn add_move(db: Writer<'_>, new: &NewMove<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO cash_moves (id, session_id, direction, amount, reason, at, member_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (new.id, new.session, new.direction, new.amount, new.reason, at, new.member),
    )?;
    Ok(())
}

/// Every movement of cash in a session, newest first.
pub(crate) fn moves(db: Reader<'_>, session: &str) -> Result<Vec<CashMove>> {
    db.all(
        "SELECT at, kind, receipt, sale_id, amount, name, reason FROM (
             SELECT s.at AS at, s.kind AS kind, s.receipt AS receipt, s.id AS sale_id, sum(t.amount) AS amount,
                    m.name AS name, s.reason AS reason, s.id AS id
             FROM sales s JOIN sale_tenders t ON t.sale_id = s.id AND t.tender = 'cash' JOIN members m ON m.id = s.member_id
             WHERE s.session_id = ?1 GROUP BY s.id
             UNION ALL
             SELECT c.at, c.direction, NULL, NULL, CASE c.direction WHEN 'in' THEN c.amount ELSE -c.amount END,
                    m.name, c.reason, c.id
             FROM cash_moves c JOIN members m ON m.id = c.member_id WHERE c.session_id = ?1
             UNION ALL
             SELECT p.at, 'payout', p.number, NULL, -p.amount, m.name, a.name, p.id
             FROM payouts p JOIN members m ON m.id = p.member_id JOIN artists a ON a.id = p.artist_id
             WHERE p.session_id = ?1)
         ORDER BY at DESC, id DESC",
        [session],
        |row| {
            Ok(CashMove {
                at: row.get(0)?,
                kind: row.get(1)?,
                receipt: row.get(2)?,
                sale_id: row.get(3)?,
                amount: row.get(4)?,
                by: row.get(5)?,
                reason: row.get(6)?,
            })
        },
    )
}

/// The first and last receipt since the last close.
pub(crate) fn receipts_since(
    db: Reader<'_>,
    register: i64,
    after: i64,
) -> Result<(Option<i64>, Option<i64>)> {
    db.one(
        "SELECT min(receipt), max(receipt) FROM sales WHERE register = ?1 AND receipt > ?2",
        (register, after),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// All sales ever, before refunds: what the last close said and what came after it.
pub(crate) fn perpetual(db: Reader<'_>, register: i64, after: i64) -> Result<Money> {
    let before: Money = db.one(
        "SELECT coalesce(max(perpetual), 0) FROM drawer_closings WHERE register = ?1",
        [register],
        |row| row.get(0),
    )?;
    let since: Money = db.one(
        "SELECT coalesce(sum(total), 0) FROM sales WHERE register = ?1 AND receipt > ?2 AND kind = 'sale'",
        (register, after),
        |row| row.get(0),
    )?;
    before.plus(since)
}

/// A closing about to be written.
#[derive(Debug)]
pub(crate) struct Closing<'a> {
    pub id: &'a str,
    pub session: &'a str,
    pub z: i64,
    pub member: &'a str,
    pub counts: &'a [Count],
    pub counted: Money,
    pub expected: Money,
    pub difference: Money,
    pub reason: Option<&'a str>,
    pub float_left: Money,
    pub receipts: (Option<i64>, Option<i64>),
    pub perpetual: Money,
    pub head: &'a str,
}

pub(crate) fn add_closing(db: Writer<'_>, closing: &Closing<'_>, at: Millis) -> Result<()> {
    let counts = serde_json::to_string(closing.counts).map_err(Error::internal)?;
    db.run(
        "INSERT INTO drawer_closings (id, session_id, register, z, at, member_id, counts, counted, expected, difference,
             reason, float_left, first_receipt, last_receipt, perpetual, head)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        (
            closing.id,
            closing.session,
            REGISTER,
            closing.z,
            at,
            closing.member,
            counts,
            closing.counted,
            closing.expected,
            closing.difference,
            closing.reason,
            closing.float_left,
            closing.receipts.0,
            closing.receipts.1,
            closing.perpetual,
            closing.head,
        ),
    )?;
    Ok(())
}

pub(crate) fn z_lines(db: Reader<'_>, limit: i64) -> Result<Vec<ZLine>> {
    db.all(
        "SELECT c.z, c.at, m.name, c.counted, c.difference FROM drawer_closings c JOIN members m ON m.id = c.member_id
         ORDER BY c.z DESC LIMIT ?1",
        [limit],
        |row| {
            Ok(ZLine {
                z: row.get(0)?,
                closed_at: row.get(1)?,
                closed_by: row.get(2)?,
                counted: row.get(3)?,
                difference: row.get(4)?,
            })
        },
    )
}

/// A Z report as it was sealed, with its sums worked out from the receipts it covers.
pub(crate) fn z_report(db: Reader<'_>, z: i64) -> Result<Option<ZReport>> {
    let head = db.maybe(
        "SELECT c.z, c.session_id, s.opened_at, o.name, c.at, m.name, s.float, c.counts, c.counted, c.expected,
                c.difference, c.reason, c.float_left, c.first_receipt, c.last_receipt, c.perpetual, c.head
         FROM drawer_closings c JOIN drawer_sessions s ON s.id = c.session_id
             JOIN members o ON o.id = s.opened_by JOIN members m ON m.id = c.member_id
         WHERE c.register = ?1 AND c.z = ?2",
        (REGISTER, z),
        |row| {
            let counts: String = row.get(7)?;
            let report = ZReport {
                z: row.get(0)?,
                session_id: row.get(1)?,
                opened_at: row.get(2)?,
                opened_by: row.get(3)?,
                closed_at: row.get(4)?,
                closed_by: row.get(5)?,
                float: row.get(6)?,
                counts: Vec::new(),
                counted: row.get(8)?,
                expected: row.get(9)?,
                difference: row.get(10)?,
                reason: row.get(11)?,
                float_left: row.get(12)?,
                to_safe: Money::ZERO,
                first_receipt: row.get(13)?,
                last_receipt: row.get(14)?,
                sales: 0,
                refunds: 0,
                voids: 0,
                goods: Money::ZERO,
                discount: Money::ZERO,
                tax: Money::ZERO,
                tips: Money::ZERO,
                total: Money::ZERO,
                tenders: Vec::new(),
                moves: Vec::new(),
                perpetual: row.get(15)?,
                head: row.get(16)?,
            };
            Ok((report, counts))
        },
    )?;
    let Some((mut report, counts)) = head else { return Ok(None) };
    report.counts = serde_json::from_str(&counts).map_err(|_| Error::Damaged("z counts".to_owned()))?;
    report.to_safe = report.counted.minus(report.float_left)?;
    report.moves = moves(db, &report.session_id)?;
    let (first, last) = (report.first_receipt.unwrap_or(0), report.last_receipt.unwrap_or(-1));
    db.one(
        "SELECT coalesce(sum(kind = 'sale'), 0), coalesce(sum(kind = 'refund'), 0), coalesce(sum(kind = 'void'), 0),
                coalesce(sum(goods), 0), coalesce(sum(discount), 0), coalesce(sum(tax), 0), coalesce(sum(tips), 0),
                coalesce(sum(total), 0)
         FROM sales WHERE register = ?1 AND receipt BETWEEN ?2 AND ?3",
        (REGISTER, first, last),
        |row| {
            report.sales = row.get(0)?;
            report.refunds = row.get(1)?;
            report.voids = row.get(2)?;
            report.goods = row.get(3)?;
            report.discount = row.get(4)?;
            report.tax = row.get(5)?;
            report.tips = row.get(6)?;
            report.total = row.get(7)?;
            Ok(())
        },
    )?;
    let tenders: Vec<(String, Money, Money)> = db.all(
        "SELECT t.tender, coalesce(sum(CASE WHEN t.amount > 0 THEN t.amount ELSE 0 END), 0),
                coalesce(sum(CASE WHEN t.amount < 0 THEN t.amount ELSE 0 END), 0)
         FROM sales s JOIN sale_tenders t ON t.sale_id = s.id
         WHERE s.register = ?1 AND s.receipt BETWEEN ?2 AND ?3 GROUP BY t.tender ORDER BY t.tender",
        (REGISTER, first, last),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for (tender, sales, refunds) in tenders {
        report.tenders.push(super::TenderTotal {
            tender: Tender::parse(&tender)?,
            sales,
            refunds,
            net: sales.plus(refunds)?,
        });
    }
    Ok(Some(report))
}
