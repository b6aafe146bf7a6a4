//! Sums over sales. Every query takes the artist whose rows alone may be counted, or none.

use std::collections::HashMap;

use super::export::ReportWhat;
use super::period::{DepositSums, Outstanding, VisitCounts};
use super::saved::{Kept, SavedPeriod};
use super::table::TableFormat;
use super::{ArtistTotal, Summary, TenderSum, Transaction, TransactionDeposit, TransactionKind};
use crate::agenda::VisitStatus;
use crate::calendar::Month;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};
use crate::till::{SaleKind, Tender};

pub(crate) fn summary(db: Reader<'_>, from: Millis, to: Millis, artist: Option<&str>) -> Result<Summary> {
    let lines: (Money, Money, Money) = db.one(
        "SELECT coalesce(sum(l.amount), 0), coalesce(sum(l.discount), 0), coalesce(sum(l.tax), 0)
         FROM sales s JOIN sale_lines l ON l.sale_id = s.id
         WHERE s.at >= ?1 AND s.at < ?2 AND (?3 IS NULL OR l.artist_id = ?3)",
        (from, to, artist),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let tips: Money = db.one(
        "SELECT coalesce(sum(t.amount), 0) FROM sales s JOIN sale_tips t ON t.sale_id = s.id
         WHERE s.at >= ?1 AND s.at < ?2 AND (?3 IS NULL OR t.artist_id = ?3)",
        (from, to, artist),
        |row| row.get(0),
    )?;
    let (sales, reversals) = db.one(
        "SELECT coalesce(sum(kind = 'sale'), 0), coalesce(sum(kind <> 'sale'), 0) FROM sales s
         WHERE s.at >= ?1 AND s.at < ?2
             AND (?3 IS NULL OR EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.artist_id = ?3))",
        (from, to, artist),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let artists = db.all(
        "SELECT x.artist_id, a.name, sum(x.goods), sum(x.tips) FROM (
             SELECT l.artist_id AS artist_id, l.amount AS goods, 0 AS tips
             FROM sales s JOIN sale_lines l ON l.sale_id = s.id WHERE s.at >= ?1 AND s.at < ?2
             UNION ALL
             SELECT t.artist_id, 0, t.amount
             FROM sales s JOIN sale_tips t ON t.sale_id = s.id WHERE s.at >= ?1 AND s.at < ?2) x
         LEFT JOIN artists a ON a.id = x.artist_id
         WHERE ?3 IS NULL OR x.artist_id = ?3 GROUP BY x.artist_id ORDER BY a.position",
        (from, to, artist),
        |row| {
            Ok(ArtistTotal {
                artist_id: row.get(0)?,
                name: row.get(1)?,
                goods: row.get(2)?,
                tips: row.get(3)?,
            })
        },
    )?;
    let mut tenders = Vec::new();
    if artist.is_none() {
        let sums: Vec<(String, Money)> = db.all(
            "SELECT tender, sum(amount) FROM (
                 SELECT t.tender AS tender, t.amount AS amount FROM sales s JOIN sale_tenders t ON t.sale_id = s.id
                 WHERE s.at >= ?1 AND s.at < ?2
                 UNION ALL
                 SELECT t.tender, t.amount FROM deposits d JOIN deposit_tenders t ON t.deposit_id = d.id
                 WHERE d.at >= ?1 AND d.at < ?2 AND t.move_id IS NULL
                 UNION ALL
                 SELECT t.tender, t.amount FROM deposit_moves m JOIN deposit_tenders t ON t.move_id = m.id
                 WHERE m.at >= ?1 AND m.at < ?2)
             GROUP BY tender ORDER BY tender",
            (from, to),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (tender, amount) in sums {
            tenders.push(TenderSum { tender: Tender::parse(&tender)?, amount });
        }
    }
    Ok(Summary {
        from,
        to,
        sales,
        reversals,
        goods: lines.0,
        discount: lines.1,
        tax: lines.2,
        tips,
        total: lines.0.plus(tips)?,
        artists,
        tenders,
        blind: false,
    })
}

/// Which lines of the list of receipts are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    pub from: Millis,
    pub to: Millis,
    pub artist: Option<&'a str>,
    /// Only receipts below this number.
    pub before: Option<i64>,
    /// How many numbered papers; moves of deposits come beside them.
    pub limit: i64,
}

/// Sales, and the papers of deposits between them; the newest first.
pub(crate) fn transactions(db: Reader<'_>, page: Page<'_>) -> Result<Vec<Transaction>> {
    let mut rows = sales_of(db, page)?;
    rows.extend(deposit_papers(db, page)?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.receipt));
    let all = i64::try_from(rows.len()).map_err(Error::internal)? < page.limit;
    rows.truncate(usize::try_from(page.limit).map_err(Error::internal)?);
    // The next page begins below the last paper of this one, with the moves that came before that paper.
    let since = if all { page.from } else { rows.last().map_or(page.from, |row| row.at) };
    rows.extend(deposit_moves(db, Page { from: since, ..page })?);
    rows.sort_by_key(|row| {
        std::cmp::Reverse((row.receipt, row.kind == TransactionKind::DepositMoved, row.at))
    });
    Ok(rows)
}

type DepositPaperRow = (Transaction, bool, String);

fn deposit_row(row: &Row<'_>) -> rusqlite::Result<DepositPaperRow> {
    let paper = Transaction {
        sale_id: None,
        receipt: row.get(0)?,
        kind: TransactionKind::DepositMoved,
        at: row.get(2)?,
        by: row.get(3)?,
        client_name: row.get(4)?,
        label: row.get(5)?,
        more_lines: 0,
        goods: Money::ZERO,
        tips: Money::ZERO,
        total: Money::ZERO,
        tenders: Vec::new(),
        reversed: Money::ZERO,
        deposit: Some(TransactionDeposit { deposit_id: row.get(6)?, amount: row.get(7)? }),
    };
    Ok((paper, row.get(1)?, row.get(8)?))
}

/// Deposits that were taken or given back; one artist's are those of visits that are theirs now.
fn deposit_papers(db: Reader<'_>, page: Page<'_>) -> Result<Vec<Transaction>> {
    let rows = db.all(
        "SELECT x.receipt, x.taken, x.at, m.name, c.name, s.name, x.id, x.amount,
                (SELECT coalesce(group_concat(DISTINCT t.tender), '') FROM deposit_tenders t
                 WHERE t.deposit_id = x.id AND t.move_id IS x.move_id)
         FROM (SELECT d.receipt, 1 AS taken, d.at, d.member_id, d.id, d.amount, NULL AS move_id
               FROM deposits d WHERE d.at >= ?1 AND d.at < ?2
               UNION ALL
               SELECT v.receipt, 0, v.at, v.member_id, v.deposit_id, v.amount, v.id
               FROM deposit_moves v WHERE v.at >= ?1 AND v.at < ?2 AND v.receipt IS NOT NULL) x
             JOIN deposits_now n ON n.id = x.id JOIN members m ON m.id = x.member_id
             JOIN clients c ON c.id = n.client_id JOIN appointments p ON p.id = n.appointment_id
             JOIN services s ON s.id = p.service_id
         WHERE (?3 IS NULL OR n.artist_id = ?3) AND (?4 IS NULL OR x.receipt < ?4)
         ORDER BY x.receipt DESC LIMIT ?5",
        (page.from, page.to, page.artist, page.before, page.limit),
        deposit_row,
    )?;
    rows.into_iter()
        .map(|(row, taken, tenders)| {
            let kind = if taken { TransactionKind::DepositTaken } else { TransactionKind::DepositReturned };
            let tenders = if page.artist.is_some() { Vec::new() } else { named(&tenders)? };
            Ok(Transaction { kind, tenders, ..row })
        })
        .collect()
}

/// Deposits that went to another visit or artist, each after the paper that came before it.
fn deposit_moves(db: Reader<'_>, page: Page<'_>) -> Result<Vec<Transaction>> {
    let rows = db.all(
        "SELECT x.place, 0, x.at, m.name, c.name, s.name, x.deposit_id, d.amount, '' FROM (
             SELECT v.at, v.member_id, v.deposit_id, v.appointment_id, max(
                 coalesce((SELECT receipt FROM sales WHERE at <= v.at ORDER BY at DESC, receipt DESC LIMIT 1), 0),
                 coalesce((SELECT receipt FROM deposits WHERE at <= v.at ORDER BY at DESC, receipt DESC LIMIT 1), 0),
                 coalesce((SELECT receipt FROM deposit_moves WHERE at <= v.at AND receipt IS NOT NULL
                           ORDER BY at DESC, receipt DESC LIMIT 1), 0)) AS place
             FROM deposit_moves v WHERE v.kind = 'moved' AND v.at >= ?1 AND v.at < ?2) x
             JOIN deposits d ON d.id = x.deposit_id JOIN deposits_now n ON n.id = d.id
             JOIN members m ON m.id = x.member_id JOIN clients c ON c.id = n.client_id
             JOIN appointments p ON p.id = x.appointment_id JOIN services s ON s.id = p.service_id
         WHERE (?3 IS NULL OR n.artist_id = ?3) AND (?4 IS NULL OR x.place < ?4)",
        (page.from, page.to, page.artist, page.before),
        deposit_row,
    )?;
    Ok(rows.into_iter().map(|(row, _, _)| row).collect())
}

fn named(tenders: &str) -> Result<Vec<Tender>> {
    tenders.split(',').filter(|name| !name.is_empty()).map(Tender::parse).collect()
}

fn sales_of(db: Reader<'_>, page: Page<'_>) -> Result<Vec<Transaction>> {
    let rows: Vec<(Transaction, String, String)> = db.all(
        "SELECT s.id, s.receipt, s.kind, s.at, m.name, coalesce(k.name, c.name),
                (SELECT l.label FROM sale_lines l WHERE l.sale_id = s.id AND (?3 IS NULL OR l.artist_id = ?3)
                 ORDER BY l.position LIMIT 1),
                (SELECT count(*) FROM sale_lines l WHERE l.sale_id = s.id AND (?3 IS NULL OR l.artist_id = ?3)),
                (SELECT coalesce(sum(l.amount), 0) FROM sale_lines l
                 WHERE l.sale_id = s.id AND (?3 IS NULL OR l.artist_id = ?3)),
                (SELECT coalesce(sum(t.amount), 0) FROM sale_tips t
                 WHERE t.sale_id = s.id AND (?3 IS NULL OR t.artist_id = ?3)),
                (SELECT coalesce(group_concat(DISTINCT t.tender), '') FROM sale_tenders t WHERE t.sale_id = s.id),
                (SELECT coalesce(sum(l.amount), 0) FROM sales r JOIN sale_lines l ON l.sale_id = r.id
                 WHERE r.original_id = s.id AND (?3 IS NULL OR l.artist_id = ?3))
                + (SELECT coalesce(sum(t.amount), 0) FROM sales r JOIN sale_tips t ON t.sale_id = r.id
                   WHERE r.original_id = s.id AND (?3 IS NULL OR t.artist_id = ?3)),
                (SELECT d.deposit_id FROM deposit_moves d WHERE d.sale_id = s.id AND d.kind = 'kept')
         FROM sales s JOIN members m ON m.id = s.member_id LEFT JOIN clients c ON c.id = s.client_id
             LEFT JOIN clients k ON k.id = c.merged_into
         WHERE s.at >= ?1 AND s.at < ?2 AND (?4 IS NULL OR s.receipt < ?4)
             AND (?3 IS NULL OR EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.artist_id = ?3)
                  OR EXISTS (SELECT 1 FROM sale_tips t WHERE t.sale_id = s.id AND t.artist_id = ?3))
         ORDER BY s.receipt DESC LIMIT ?5",
        (page.from, page.to, page.artist, page.before, page.limit),
        |row| {
            let (goods, tips): (Money, Money) = (row.get(8)?, row.get(9)?);
            let lines: i64 = row.get(7)?;
            let label: Option<String> = row.get(6)?;
            Ok((
                Transaction {
                    sale_id: row.get(0)?,
                    receipt: row.get(1)?,
                    kind: TransactionKind::Sale,
                    at: row.get(3)?,
                    by: row.get(4)?,
                    client_name: row.get(5)?,
                    label: label.unwrap_or_default(),
                    more_lines: (lines - 1).max(0),
                    goods,
                    tips,
                    total: Money::ZERO,
                    tenders: Vec::new(),
                    reversed: row.get(11)?,
                    deposit: row
                        .get::<_, Option<String>>(12)?
                        .map(|deposit_id| TransactionDeposit { deposit_id, amount: goods }),
                },
                row.get(2)?,
                row.get(10)?,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(row, kind, tenders)| {
            Ok(Transaction {
                kind: SaleKind::parse(&kind)?.into(),
                total: row.goods.plus(row.tips)?,
                // How a mixed sale was paid tells an artist about the others in it.
                tenders: if page.artist.is_some() { Vec::new() } else { named(&tenders)? },
                ..row
            })
        })
        .collect()
}

/// A visit as a report counts it.
#[derive(Debug)]
pub(crate) struct CountedVisit<'r> {
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub artist: &'r str,
    pub status: VisitStatus,
}

/// Every visit that begins in a period, in order.
pub(crate) fn each_visit(
    db: Reader<'_>,
    from: Millis,
    to: Millis,
    artist: Option<&str>,
    mut each: impl FnMut(&CountedVisit<'_>) -> Result<()>,
) -> Result<()> {
    let text = |_| Error::Damaged("a visit".to_owned());
    db.each(
        "SELECT starts_at, ends_at, artist_id, status FROM appointments INDEXED BY appointments_for_reports
         WHERE starts_at >= ?1 AND starts_at < ?2 AND (?3 IS NULL OR artist_id = ?3) ORDER BY starts_at",
        (from, to, artist),
        |row| {
            each(&CountedVisit {
                starts_at: row.get(0)?,
                ends_at: row.get(1)?,
                artist: row.get_ref(2)?.as_str().map_err(text)?,
                status: VisitStatus::parse(row.get_ref(3)?.as_str().map_err(text)?)?,
            })
        },
    )
}

/// How many visits begin in a time, by what became of them.
pub(crate) fn visit_counts(
    db: Reader<'_>,
    from: Millis,
    to: Millis,
    artist: Option<&str>,
) -> Result<VisitCounts> {
    db.one(
        "SELECT coalesce(sum(status NOT IN ('completed', 'no_show', 'cancelled')), 0),
                coalesce(sum(status = 'completed'), 0), coalesce(sum(status = 'no_show'), 0),
                coalesce(sum(status = 'cancelled'), 0)
         FROM appointments INDEXED BY appointments_for_reports
         WHERE starts_at >= ?1 AND starts_at < ?2 AND (?3 IS NULL OR artist_id = ?3)",
        (from, to, artist),
        |row| {
            Ok(VisitCounts {
                open: row.get(0)?,
                completed: row.get(1)?,
                no_show: row.get(2)?,
                cancelled: row.get(3)?,
            })
        },
    )
}

/// Completed visits that were to cost something and that no sale paid for.
pub(crate) fn outstanding(
    db: Reader<'_>,
    from: Millis,
    to: Millis,
    artist: Option<&str>,
) -> Result<Outstanding> {
    db.one(
        "SELECT count(*), coalesce(sum(price), 0) FROM appointments INDEXED BY appointments_unpaid
         WHERE status = 'completed' AND paid_by IS NULL AND price > 0 AND starts_at >= ?1 AND starts_at < ?2
             AND (?3 IS NULL OR artist_id = ?3)",
        (from, to, artist),
        |row| Ok(Outstanding { visits: row.get(0)?, amount: row.get(1)? }),
    )
}

/// Deposits of a period; one artist's are those of visits that are theirs now.
pub(crate) fn deposits(
    db: Reader<'_>,
    from: Millis,
    to: Millis,
    artist: Option<&str>,
) -> Result<DepositSums> {
    let taken = db.one(
        "SELECT coalesce(sum(d.amount), 0) FROM deposits d JOIN deposits_now n ON n.id = d.id
         WHERE d.at >= ?1 AND d.at < ?2 AND (?3 IS NULL OR n.artist_id = ?3)",
        (from, to, artist),
        |row| row.get(0),
    )?;
    db.one(
        "SELECT -coalesce(sum(m.amount) FILTER (WHERE m.kind IN ('applied', 'restored')), 0),
                -coalesce(sum(m.amount) FILTER (WHERE m.kind = 'kept'), 0),
                -coalesce(sum(m.amount) FILTER (WHERE m.kind = 'returned'), 0)
         FROM deposit_moves m JOIN deposits_now n ON n.id = m.deposit_id
         WHERE m.at >= ?1 AND m.at < ?2 AND (?3 IS NULL OR n.artist_id = ?3)",
        (from, to, artist),
        |row| Ok(DepositSums { taken, applied: row.get(0)?, kept: row.get(1)?, returned: row.get(2)? }),
    )
}

/// What came in and went out as deposits over some days, by tender.
pub(crate) fn deposit_tenders(
    db: Reader<'_>,
    from: Millis,
    to: Millis,
) -> Result<Vec<(Tender, Money, Money)>> {
    let rows: Vec<(String, Money, Money)> = db.all(
        "SELECT tender, sum(max(amount, 0)), sum(min(amount, 0)) FROM (
             SELECT t.tender AS tender, t.amount AS amount FROM deposits d JOIN deposit_tenders t ON t.deposit_id = d.id
             WHERE d.at >= ?1 AND d.at < ?2 AND t.move_id IS NULL
             UNION ALL
             SELECT t.tender, t.amount FROM deposit_moves m JOIN deposit_tenders t ON t.move_id = m.id
             WHERE m.at >= ?1 AND m.at < ?2)
         GROUP BY tender",
        (from, to),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    rows.into_iter().map(|(tender, taken, back)| Ok((Tender::parse(&tender)?, taken, back))).collect()
}

/// Deposits that the studio holds now.
pub(crate) fn deposits_held(db: Reader<'_>, artist: Option<&str>) -> Result<Money> {
    db.one(
        "SELECT coalesce(sum(left_over), 0) FROM deposits_now
         WHERE left_over > 0 AND (?1 IS NULL OR artist_id = ?1)",
        [artist],
        |row| row.get(0),
    )
}

/// Clients entered in a period; of one artist, those who are theirs.
pub(crate) fn new_clients(db: Reader<'_>, from: Millis, to: Millis, artist: Option<&str>) -> Result<i64> {
    db.one(
        "SELECT count(*) FROM clients WHERE created_at >= ?1 AND created_at < ?2 AND (?3 IS NULL OR artist_id = ?3)",
        (from, to, artist),
        |row| row.get(0),
    )
}

/// Artists in the order of the agenda, those who left too.
pub(crate) fn artists(db: Reader<'_>) -> Result<Vec<(String, String)>> {
    db.all("SELECT id, name FROM artists ORDER BY position", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What services and items are called.
pub(crate) fn things(db: Reader<'_>) -> Result<Vec<(String, String)>> {
    db.all("SELECT id, name FROM services UNION ALL SELECT id, name FROM items", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn members(db: Reader<'_>) -> Result<Vec<(String, String)>> {
    db.all("SELECT id, name FROM members", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Weekly hours of the active artists: artist, weekday, from and to minute.
pub(crate) fn working_hours(db: Reader<'_>, artist: Option<&str>) -> Result<Vec<(String, i64, i64, i64)>> {
    db.all(
        "SELECT h.artist_id, h.weekday, h.opens, h.closes FROM artist_hours h JOIN artists a ON a.id = h.artist_id
         WHERE a.active = 1 AND (?1 IS NULL OR a.id = ?1)",
        [artist],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

fn kept(row: &Row<'_>) -> Result<Kept> {
    let word = |at: usize| -> Result<String> { Ok(row.get(at)?) };
    Ok(Kept {
        id: row.get(0)?,
        name: row.get(1)?,
        what: ReportWhat::parse(&word(2)?)?,
        format: if word(3)? == "xlsx" { TableFormat::Xlsx } else { TableFormat::Csv },
        period: SavedPeriod::parse(&word(4)?)?,
        artist: row.get(5)?,
        folder: row.get(6)?,
        written: row.get(7)?,
        failed: row.get(8)?,
    })
}

/// Kept reports, by name.
pub(crate) fn saved(db: Reader<'_>) -> Result<Vec<Kept>> {
    let mut all = Vec::new();
    db.each(
        "SELECT id, name, what, format, period, artist_id, folder, written, failed FROM saved_reports ORDER BY name, id",
        [],
        |row| {
            all.push(kept(row)?);
            Ok(())
        },
    )?;
    Ok(all)
}

/// When a file of each kept report last came into its folder, as the journal has it; the desk does that by itself, so
/// nobody's name is on it.
pub(crate) fn last_written(db: Reader<'_>) -> Result<HashMap<String, Millis>> {
    let rows: Vec<(String, Millis)> = db.all(
        "SELECT json_extract(details, '$.saved'), max(at) FROM journal
         WHERE member_id IS NULL AND command = 'reports.write' AND json_extract(details, '$.rows') IS NOT NULL
         GROUP BY json_extract(details, '$.saved')",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

pub(crate) fn put_saved(db: Writer<'_>, kept: &Kept, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO saved_reports (id, name, what, format, period, artist_id, folder, written, failed, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, what = excluded.what, format = excluded.format,
             period = excluded.period, artist_id = excluded.artist_id, folder = excluded.folder,
             written = excluded.written, failed = excluded.failed, changed_at = excluded.changed_at",
        (
            &kept.id,
            &kept.name,
            kept.what.name(),
            kept.format.name(),
            kept.period.name(),
            &kept.artist,
            &kept.folder,
            kept.written,
            kept.failed,
            at,
        ),
    )?;
    Ok(())
}

pub(crate) fn drop_saved(db: Writer<'_>, id: &str) -> Result<()> {
    db.run("DELETE FROM saved_reports WHERE id = ?1", [id])?;
    Ok(())
}

/// Keeps that a month was written, or that it could not be.
pub(crate) fn put_written(db: Writer<'_>, id: &str, month: Option<Month>, failed: bool) -> Result<()> {
    db.run(
        "UPDATE saved_reports SET written = coalesce(?2, written), failed = ?3 WHERE id = ?1",
        (id, month, failed),
    )?;
    Ok(())
}
