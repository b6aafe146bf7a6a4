//! The rows of drawer sessions, cash moves and closings.

use super::{
    ArtistTips, CashMove, Count, DayFigures, DepositFigures, Reversal, Takeover, TenderTotal, ZLine, ZReport,
};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Writer};
use crate::till::{REGISTER, SaleKind, TaxSum, Tender};

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
             SELECT d.at, 'deposit_taken', d.receipt, NULL, sum(t.amount), m.name, NULL, d.id
             FROM deposits d JOIN deposit_tenders t ON t.deposit_id = d.id AND t.move_id IS NULL AND t.tender = 'cash'
                 JOIN members m ON m.id = d.member_id
             WHERE d.session_id = ?1 GROUP BY d.id
             UNION ALL
             SELECT v.at, 'deposit_returned', v.receipt, NULL, sum(t.amount), m.name, v.reason, v.id
             FROM deposit_moves v JOIN deposit_tenders t ON t.move_id = v.id AND t.tender = 'cash'
                 JOIN members m ON m.id = v.member_id
             WHERE v.session_id = ?1 GROUP BY v.id
             UNION ALL
             SELECT p.at, CASE WHEN p.reverses IS NULL THEN 'payout' ELSE 'payout_back' END, p.number, NULL, -p.amount, m.name, a.name, p.id
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
        // Sales and deposits are numbered together, without a gap.
        "SELECT CASE WHEN value > ?2 THEN ?2 + 1 END, CASE WHEN value > ?2 THEN value END
         FROM (SELECT coalesce((SELECT value FROM counters WHERE register = ?1 AND name = 'receipt'), 0) AS value)",
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
    /// Who else stood for the difference, and whether the rule gave way (D27).
    pub approved_by: Option<&'a str>,
    pub waived: bool,
}

pub(crate) fn add_closing(db: Writer<'_>, closing: &Closing<'_>, at: Millis) -> Result<()> {
    let counts = serde_json::to_string(closing.counts).map_err(Error::internal)?;
    db.run(
        "INSERT INTO drawer_closings (id, session_id, register, z, at, member_id, counts, counted, expected, difference,
             reason, float_left, first_receipt, last_receipt, perpetual, head,
             approved_by, waived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        rusqlite::params![
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
            closing.approved_by,
            closing.waived,
        ],
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
                c.difference, c.reason, c.float_left, c.first_receipt, c.last_receipt, c.perpetual, c.head, a.name,
                coalesce(c.waived, 0)
         FROM drawer_closings c JOIN drawer_sessions s ON s.id = c.session_id
             JOIN members o ON o.id = s.opened_by JOIN members m ON m.id = c.member_id
             LEFT JOIN members a ON a.id = c.approved_by
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
                approved_by: row.get(17)?,
                waived: row.get(18)?,
                takeovers: Vec::new(),
                figures: DayFigures {
                    first_receipt: row.get(13)?,
                    last_receipt: row.get(14)?,
                    perpetual: row.get(15)?,
                    ..DayFigures::default()
                },
                head: row.get(16)?,
            };
            Ok((report, counts))
        },
    )?;
    let Some((mut report, counts)) = head else { return Ok(None) };
    report.counts = serde_json::from_str(&counts).map_err(|_| Error::Damaged("z counts".to_owned()))?;
    report.to_safe = report.counted.minus(report.float_left)?;
    report.takeovers = takeovers(db, &report.session_id)?;
    report.figures = figures(db, &report.session_id, report.figures)?;
    Ok(Some(report))
}

/// Works a day out from the receipts it covers and the drawer it was taken in.
pub(crate) fn figures(db: Reader<'_>, session: &str, known: DayFigures) -> Result<DayFigures> {
    let mut day = known;
    let (first, last) = (day.first_receipt.unwrap_or(0), day.last_receipt.unwrap_or(-1));
    let range = (REGISTER, first, last);
    day.moves = moves(db, session)?;
    db.one(
        "SELECT coalesce(sum(kind = 'sale'), 0), coalesce(sum(kind = 'refund'), 0), coalesce(sum(kind = 'void'), 0),
                coalesce(sum(goods), 0), coalesce(sum(discount), 0), coalesce(sum(tax), 0), coalesce(sum(tips), 0),
                coalesce(sum(total), 0), coalesce(sum(rounding), 0)
         FROM sales WHERE register = ?1 AND receipt BETWEEN ?2 AND ?3",
        range,
        |row| {
            day.sales = row.get(0)?;
            day.refunds = row.get(1)?;
            day.voids = row.get(2)?;
            day.goods = row.get(3)?;
            day.discount = row.get(4)?;
            day.tax = row.get(5)?;
            day.tips = row.get(6)?;
            day.total = row.get(7)?;
            day.rounding = row.get(8)?;
            Ok(())
        },
    )?;
    day.taxes = db.all(
        "SELECT l.tax_name, l.tax_bp, sum(l.amount - l.tax), sum(l.tax)
         FROM sales s JOIN sale_lines l ON l.sale_id = s.id
         WHERE s.register = ?1 AND s.receipt BETWEEN ?2 AND ?3
         GROUP BY l.tax_name, l.tax_bp ORDER BY l.tax_bp DESC, l.tax_name",
        range,
        |row| Ok(TaxSum { name: row.get(0)?, bp: row.get(1)?, net: row.get(2)?, tax: row.get(3)? }),
    )?;
    day.tips_by_artist = db.all(
        "SELECT a.id, a.name, sum(t.amount) FROM sales s JOIN sale_tips t ON t.sale_id = s.id
             JOIN artists a ON a.id = t.artist_id
         WHERE s.register = ?1 AND s.receipt BETWEEN ?2 AND ?3 GROUP BY a.id ORDER BY a.position",
        range,
        |row| Ok(ArtistTips { artist_id: row.get(0)?, name: row.get(1)?, amount: row.get(2)? }),
    )?;
    let tenders: Vec<(String, Money, Money)> = db.all(
        "SELECT tender, sum(max(amount, 0)), sum(min(amount, 0)) FROM (
             SELECT t.tender AS tender, t.amount AS amount FROM sales s JOIN sale_tenders t ON t.sale_id = s.id
             WHERE s.register = ?1 AND s.receipt BETWEEN ?2 AND ?3
             UNION ALL
             SELECT t.tender, t.amount FROM deposits d JOIN deposit_tenders t ON t.deposit_id = d.id AND t.move_id IS NULL
             WHERE d.register = ?1 AND d.receipt BETWEEN ?2 AND ?3
             UNION ALL
             SELECT t.tender, t.amount FROM deposit_moves v JOIN deposit_tenders t ON t.move_id = v.id
             WHERE v.register = ?1 AND v.receipt BETWEEN ?2 AND ?3)
         GROUP BY tender ORDER BY tender",
        range,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for (tender, sales, refunds) in tenders {
        let net = sales.plus(refunds)?;
        day.tenders.push(TenderTotal { tender: Tender::parse(&tender)?, sales, refunds, net });
    }
    day.reversals = reversals(db, range)?;
    let taken: Money = db.one(
        "SELECT coalesce(sum(amount), 0) FROM deposits WHERE register = ?1 AND receipt BETWEEN ?2 AND ?3",
        range,
        |row| row.get(0),
    )?;
    let returned: Money = db.one(
        "SELECT coalesce(sum(amount), 0) FROM deposit_moves WHERE register = ?1 AND receipt BETWEEN ?2 AND ?3",
        range,
        |row| row.get(0),
    )?;
    // A void of a kept deposit takes it back as kept, not as applied.
    let (applied, kept) = db.one(
        "SELECT coalesce(sum(CASE WHEN m.kind = 'applied' OR (m.kind = 'restored' AND k.id IS NULL) THEN m.amount END), 0),
                coalesce(sum(CASE WHEN m.kind = 'kept' OR (m.kind = 'restored' AND k.id IS NOT NULL) THEN m.amount END), 0)
         FROM sales s JOIN deposit_moves m ON m.sale_id = s.id
             LEFT JOIN deposit_moves k ON k.sale_id = s.original_id AND k.deposit_id = m.deposit_id AND k.kind = 'kept'
         WHERE s.register = ?1 AND s.receipt BETWEEN ?2 AND ?3",
        range,
        |row| Ok((row.get::<_, Money>(0)?, row.get::<_, Money>(1)?)),
    )?;
    day.deposits = DepositFigures {
        taken,
        returned: returned.negated(),
        applied: applied.negated(),
        kept: kept.negated(),
    };
    Ok(day)
}

/// The refunds and voids among some receipts.
fn reversals(db: Reader<'_>, range: (i64, i64, i64)) -> Result<Vec<Reversal>> {
    let rows: Vec<(Reversal, String)> = db.all(
        "SELECT s.id, s.receipt, s.kind, s.at, m.name, s.total, s.reason, o.receipt
         FROM sales s JOIN members m ON m.id = s.member_id JOIN sales o ON o.id = s.original_id
         WHERE s.register = ?1 AND s.receipt BETWEEN ?2 AND ?3 ORDER BY s.receipt",
        range,
        |row| {
            let reversal = Reversal {
                sale_id: row.get(0)?,
                receipt: row.get(1)?,
                kind: SaleKind::Refund,
                at: row.get(3)?,
                by: row.get(4)?,
                total: row.get(5)?,
                reason: row.get(6)?,
                original_receipt: row.get(7)?,
            };
            Ok((reversal, row.get(2)?))
        },
    )?;
    rows.into_iter().map(|(row, kind)| Ok(Reversal { kind: SaleKind::parse(&kind)?, ..row })).collect()
}

pub(crate) fn add_takeover(
    db: Writer<'_>,
    id: &str,
    session: &str,
    at: Millis,
    member: &str,
    reason: &str,
) -> Result<()> {
    db.run(
        "INSERT INTO drawer_takeovers (id, session_id, at, member_id, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
        (id, session, at, member, reason),
    )?;
    Ok(())
}

/// Who took a drawer over, in order.
pub(crate) fn takeovers(db: Reader<'_>, session: &str) -> Result<Vec<Takeover>> {
    db.all(
        "SELECT t.at, t.member_id, m.name, t.reason FROM drawer_takeovers t JOIN members m ON m.id = t.member_id
         WHERE t.session_id = ?1 ORDER BY t.at, t.rowid",
        [session],
        |row| {
            Ok(Takeover { at: row.get(0)?, member_id: row.get(1)?, by: row.get(2)?, reason: row.get(3)? })
        },
    )
}

/// Whose drawer it is now: whoever opened it, or took it over last.
pub(crate) fn holder(db: Reader<'_>, session: &Session) -> Result<String> {
    let last = db.maybe(
        "SELECT member_id FROM drawer_takeovers WHERE session_id = ?1 ORDER BY at DESC, rowid DESC LIMIT 1",
        [&session.id],
        |row| row.get(0),
    )?;
    Ok(last.unwrap_or_else(|| session.opened_by.clone()))
}

/// Members who had a hand in a drawer: opened it, took it over, opened it without a sale, or moved cash in or out of it
/// by whatever means.
pub(crate) fn hands(db: Reader<'_>, session: &Session) -> Result<Vec<String>> {
    db.all(
        "SELECT opened_by FROM drawer_sessions WHERE id = ?1
         UNION SELECT member_id FROM drawer_takeovers WHERE session_id = ?1
         UNION SELECT member_id FROM cash_moves WHERE session_id = ?1
         UNION SELECT s.member_id FROM sales s JOIN sale_tenders t ON t.sale_id = s.id AND t.tender = 'cash'
             WHERE s.session_id = ?1
         UNION SELECT d.member_id FROM deposits d
             JOIN deposit_tenders t ON t.deposit_id = d.id AND t.move_id IS NULL AND t.tender = 'cash'
             WHERE d.session_id = ?1
         UNION SELECT v.member_id FROM deposit_moves v JOIN deposit_tenders t ON t.move_id = v.id AND t.tender = 'cash'
             WHERE v.session_id = ?1
         UNION SELECT member_id FROM payouts WHERE session_id = ?1 AND tender = 'cash'
         UNION SELECT member_id FROM journal
             WHERE at >= ?2 AND command = 'till.open_drawer' AND outcome = 'done'
                 AND json_extract(details, '$.session') = ?1",
        (&session.id, session.opened_at),
        |row| row.get(0),
    )
}
