//! Checking a studio's file from the outside in: pages, chain, seals, sums, numbers.
//!
//! Recomputes everything from the rows; trusts no total that is written down.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::thread::Builder;

use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::migrate;
use super::pictures::{Copy, GONE, Named, Pictures, named};
use super::seal::{SEALED, WIDE, half, hash_row, hex, rehash, sha256};
use super::standing::{COUNTED, Said};
use super::{Reader, StudioFile};
use crate::clients::store::{UNFOUND, UNKNOWN_WORDS};
use crate::consent::store::PAPER;
use crate::door::journal;
use crate::error::{Error, Result};
use crate::reports::daily::store as daily;

/// What was found. The file holds when `problems` is empty.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub journal_rows: i64,
    pub sealed_rows: i64,
    pub sales: i64,
    pub z_reports: i64,
    /// Signed papers that are still kept.
    pub papers: i64,
    pub pictures: i64,
    /// The chain's head: sequence and hash.
    pub head: (i64, String),
    /// Whether the head kept outside the file lies in its chain (D26).
    pub anchor: String,
    /// Pictures that a backup was made without: there were none to copy.
    pub left_out: Vec<String>,
    pub problems: Vec<String>,
    /// Pictures that are lost, by their hashes; each is among the problems too.
    #[serde(skip)]
    pub(crate) lost: Vec<String>,
    /// The file itself is not as it was written.
    #[serde(skip)]
    pub(crate) damaged: bool,
}

/// How a problem begins that a picture has.
const OF_PICTURES: &str = "pictures: ";
/// And one that the sums of days have, or what the search goes by: either is made from the rest.
const DERIVED: [&str; 2] = ["days: ", "search: "];

fn is_derived(problem: &str) -> bool {
    DERIVED.iter().any(|of| problem.starts_with(of))
}

impl Report {
    pub fn holds(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether something in the file is not as it was written. A lost picture takes nothing else with it, and sums that
    /// reports read and what the search goes by are made from the rest: none of them is a reason to have no backup.
    pub(crate) fn is_damaged(&self) -> bool {
        self.problems.iter().any(|problem| !problem.starts_with(OF_PICTURES) && !is_derived(problem))
    }

    /// How many things are wrong with the sums of days that reports read, and with what the search goes by.
    pub(crate) fn wrong_figures(&self) -> usize {
        self.problems.iter().filter(|problem| is_derived(problem)).count()
    }

    /// Takes pictures that were known to be lost when a backup was made from what is wrong with it.
    pub(crate) fn allow(&mut self, known: &BTreeSet<String>) {
        let lost = std::mem::take(&mut self.lost);
        let mut lost = lost.iter();
        let problems = std::mem::take(&mut self.problems);
        for problem in problems {
            let allowed =
                problem.starts_with(OF_PICTURES) && lost.next().is_some_and(|hash| known.contains(hash));
            if allowed { self.left_out.push(problem) } else { self.problems.push(problem) }
        }
    }
}

/// How much of a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Its pages and where its chain ends.
    Pages,
    /// Everything but what is in the pictures.
    Sums,
    Whole,
}

/// Reads the whole file: its pages, and everything in them on one snapshot.
pub fn verify(file: &StudioFile) -> Result<Report> {
    let beside = file.connect_beside()?;
    file.read(|conn| check_with(conn, beside, &file.pictures(), Depth::Whole))
}

/// What a connection sees, and its pictures in this folder.
pub(crate) fn check(conn: &Connection, folder: &Pictures, depth: Depth) -> Result<Report> {
    let mut report = Report { problems: pages(conn, depth)?, ..Report::default() };
    contents(conn, folder, depth, &mut report)?;
    Ok(report)
}

/// As [`check`], in half the time: the pages are looked at on a connection of their own while the contents are made
/// anew.
pub(crate) fn check_with(
    conn: &Connection,
    beside: Connection,
    folder: &Pictures,
    depth: Depth,
) -> Result<Report> {
    std::thread::scope(|scope| {
        let looking = Builder::new().name("pages".to_owned()).spawn_scoped(scope, move || {
            beside.execute_batch("BEGIN")?;
            pages(&beside, depth)
        })?;
        let mut report = Report::default();
        let read = contents(conn, folder, depth, &mut report);
        let pages = looking.join().map_err(|_| Error::internal("looking at the pages panicked"))?;
        // Damaged pages come first: what is read from them is no use.
        report.problems.splice(0..0, pages?);
        read.map(|()| report)
    })
}

fn contents(conn: &Connection, folder: &Pictures, depth: Depth, report: &mut Report) -> Result<()> {
    if depth == Depth::Pages {
        return chain_end(conn, report);
    }
    if migrate::check_schema(conn).is_err() {
        report.problems.push("schema: there is more or other in the file than Inkpoint put there".to_owned());
    }
    let chain = chain(conn, report);
    if let Some(Chain { seals, let_go, said }) = told(report, "journal", chain)? {
        let read = sealed_rows(conn, seals, report);
        told(report, "sealed rows", read)?;
        for table in told(report, "rows", said.broken(conn))?.unwrap_or_default() {
            report.problems.push(format!("{table}: a row was changed outside Inkpoint"));
        }
        let read = papers(conn, &let_go, report);
        told(report, "consent_papers", read)?;
    }
    for (area, look) in [
        ("ledger_lines", sums as fn(&Connection, &mut Report) -> Result<()>),
        ("counters", numbers),
        ("days", days),
    ] {
        let read = look(conn, report);
        told(report, area, read)?;
    }
    let read = pictures(conn, folder, depth, report);
    told(report, "portfolio_items", read).map(|_| ())
}

/// What is in the file and cannot be read is a problem like others, and the rest is looked at all the same.
fn told<T>(report: &mut Report, area: &str, read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Error::Damaged(why)) => {
            report.problems.push(format!("{area}: cannot be read: {why}"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What is wrong with the pages, and which rows point at one that is not there.
fn pages(conn: &Connection, depth: Depth) -> Result<Vec<String>> {
    // The check of a word index goes by what this connection knew of it when it last searched, and would take what was
    // written since for damage. A search first looks at the index as it is now.
    conn.query_row("SELECT count(*) FROM client_words WHERE client_words MATCH 'x'", [], |_| Ok(()))?;
    let pragma = if depth == Depth::Pages { "PRAGMA quick_check(20)" } else { "PRAGMA integrity_check(20)" };
    let mut problems = Vec::new();
    let mut statement = conn.prepare(pragma)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        let line = line?;
        if line != "ok" {
            problems.push(format!("pages: {line}"));
        }
    }
    if depth == Depth::Pages {
        return Ok(problems);
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    for table in lines {
        problems.push(format!("{}: a row points at one that is not there", table?));
    }
    Ok(problems)
}

/// Whether the last row of the chain is as it was written.
fn chain_end(conn: &Connection, report: &mut Report) -> Result<()> {
    let sql = format!("SELECT {} FROM journal ORDER BY seq DESC LIMIT 1", journal::COLUMNS);
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut head = journal::Head::start();
    if let Some(row) = rows.next()? {
        let last = journal::Entry::read(row)?;
        if last.hash != last.digest() {
            report.problems.push(format!("journal: row {} was changed", last.seq));
        }
        head = journal::Head { seq: last.seq, hash: last.hash };
    }
    report.head = (head.seq, hex(&head.hash));
    Ok(())
}

/// The seals that the chain keeps: by their name, the row's id and the first half of its hash. Half of it is as far out
/// of a forger's reach as the whole, and a million sales have ten million of these.
type Seals = HashMap<String, SealsOf>;
type SealsOf = HashMap<u128, u128, BuildHasherDefault<ById>>;

/// Ids are spread well enough as they are: their last half is chance, or counts.
#[derive(Debug, Default)]
struct ById(u64);

impl Hasher for ById {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u128(u128::from(*byte));
        }
    }

    #[allow(clippy::cast_possible_truncation)] // Both halves go in.
    fn write_u128(&mut self, id: u128) {
        let mixed = (self.0 ^ (id >> 64) as u64).rotate_left(32) ^ id as u64;
        self.0 = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What the chain says of the rest of the file.
#[derive(Debug, Default)]
struct Chain {
    seals: Seals,
    /// Signed papers that were let go (D29).
    let_go: HashSet<String>,
    /// What tables whose rows change came to.
    said: Said,
}

fn chain(conn: &Connection, report: &mut Report) -> Result<Chain> {
    let Chain { seals: mut sealed, mut let_go, mut said } = Chain::default();
    let mut statement = conn.prepare(&format!("SELECT {} FROM journal ORDER BY seq", journal::COLUMNS))?;
    let mut rows = statement.query([])?;
    let mut last = journal::Head::start();
    let mut last_at = i64::MIN;
    while let Some(row) = rows.next()? {
        let entry = journal::Entry::read(row)?;
        if entry.seq != last.seq + 1 {
            report.problems.push(format!("journal: row {} is missing", last.seq + 1));
        }
        if entry.prev != last.hash || entry.hash != entry.digest() {
            report.problems.push(format!("journal: row {} was changed", entry.seq));
        }
        if entry.at < last_at {
            report.problems.push(format!("journal: row {} is out of order", entry.seq));
        }
        for (name, id, hash) in entry.sealed()? {
            if let Some((table, version)) = name.split_once(COUNTED) {
                if !said.follow(table, version, id.as_u128(), hash) {
                    let seq = entry.seq;
                    report.problems.push(format!(
                        "{table}: a row was changed outside Inkpoint before journal row {seq}"
                    ));
                }
                continue;
            }
            let rows = match sealed.get_mut(name) {
                Some(rows) => rows,
                None => sealed.entry(name.to_owned()).or_default(),
            };
            if rows.insert(id.as_u128(), hash).is_some() {
                let table = name.trim_end_matches(WIDE);
                report.problems.push(format!("journal: {table} {id} was sealed twice"));
            }
        }
        if entry.details.contains("papers_gone") {
            let details: serde_json::Value = serde_json::from_str(entry.details).unwrap_or_default();
            let ids = details["papers_gone"].as_array().into_iter().flatten();
            let_go.extend(ids.filter_map(|id| id.as_str().map(str::to_owned)));
        }
        last_at = entry.at;
        last = journal::Head { seq: entry.seq, hash: entry.hash };
        report.journal_rows += 1;
    }
    report.head = (last.seq, hex(&last.hash));
    Ok(Chain { seals: sealed, let_go, said })
}

/// Every signed paper is as it was signed, and none went that was not let go.
fn papers(conn: &Connection, let_go: &HashSet<String>, report: &mut Report) -> Result<()> {
    let mut statement = conn.prepare(&format!(
        "SELECT {PAPER}, s.id, s.paper_hash FROM consents s LEFT JOIN consent_papers p ON p.consent_id = s.id"
    ))?;
    let columns = statement.column_count() - 2;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(columns)?;
        let expected: String = row.get(columns + 1)?;
        if row.get::<_, Option<String>>(0)?.is_none() {
            if !let_go.contains(&id) {
                report.problems.push(format!("consent_papers: {id} is gone"));
            }
            continue;
        }
        let (text, text_hash): (String, String) = (row.get(3)?, row.get(4)?);
        if hex(&hash_row("consent_papers", row, columns)?) != expected
            || hex(&sha256(text.as_bytes())) != text_hash
        {
            report.problems.push(format!("consent_papers: {id} was changed"));
        }
        report.papers += 1;
    }
    Ok(())
}

fn sealed_rows(conn: &Connection, mut seals: Seals, report: &mut Report) -> Result<()> {
    for sealed in SEALED {
        let table = sealed.table;
        let wide = format!("{table}{WIDE}");
        let mut narrow = seals.remove(table).unwrap_or_default();
        let mut widened = seals.remove(&wide).unwrap_or_default();
        let mut statement = conn.prepare(&format!("SELECT {} FROM {table}", sealed.all()))?;
        let count = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            report.sealed_rows += 1;
            let written = row.get_ref(0)?.as_str().unwrap_or_default();
            let id = Uuid::try_parse(written).ok().map(|id| id.as_u128());
            let of_now = id.and_then(|id| widened.remove(&id)).map(|hash| (wide.as_str(), hash));
            let kept = of_now.or_else(|| Some((table, narrow.remove(&id?)?)));
            match kept {
                Some((name, hash))
                    if rehash(sealed, name, row, count)?.is_some_and(|now| half(&now) == hash) => {}
                Some(_) => report.problems.push(format!("{table}: {written} was changed")),
                None => report.problems.push(format!("{table}: {written} was never journaled")),
            }
        }
        for id in narrow.keys().chain(widened.keys()).copied().map(Uuid::from_u128) {
            report.problems.push(format!("{table}: {id} is gone"));
        }
    }
    for (name, rows) in seals {
        for id in rows.into_keys().map(Uuid::from_u128) {
            report.problems.push(format!("{name}: {id} is gone"));
        }
    }
    Ok(())
}

/// Sums that must hold, each as a query that lists what breaks it.
const SUMS: &[(&str, &str)] = &[
    (
        "ledger: an entry does not balance",
        "SELECT e.id FROM ledger_entries e LEFT JOIN ledger_lines l ON l.entry_id = e.id
         GROUP BY e.id HAVING coalesce(sum(l.amount), 0) <> 0",
    ),
    (
        "sales: the lines do not add up",
        "SELECT s.id FROM sales s WHERE s.goods <> (SELECT coalesce(sum(l.amount), 0) FROM sale_lines l WHERE l.sale_id = s.id)",
    ),
    (
        "sales: the tips do not add up",
        "SELECT s.id FROM sales s WHERE s.tips <> (SELECT coalesce(sum(t.amount), 0) FROM sale_tips t WHERE t.sale_id = s.id)",
    ),
    (
        "sales: the tenders and deposits do not add up",
        "SELECT s.id FROM sales s WHERE s.total + coalesce(s.rounding, 0)
             <> (SELECT coalesce(sum(t.amount), 0) FROM sale_tenders t WHERE t.sale_id = s.id)
                - (SELECT coalesce(sum(m.amount), 0) FROM deposit_moves m WHERE m.sale_id = s.id)",
    ),
    (
        "sales: more was given back than was paid",
        "SELECT o.id FROM sales o JOIN sales r ON r.original_id = o.id GROUP BY o.id HAVING o.total + sum(r.total) < 0
             OR o.total + coalesce(o.rounding, 0) + sum(r.total + coalesce(r.rounding, 0)) < 0",
    ),
    (
        "sale lines: more was given back than was sold",
        "SELECT o.id FROM sale_lines o JOIN sale_lines r ON r.original_id = o.id GROUP BY o.id
         HAVING o.amount + sum(r.amount) < 0 OR o.quantity + sum(r.quantity) < 0 OR o.tax + sum(r.tax) < 0",
    ),
    (
        "sales: the tax does not add up",
        "SELECT s.id FROM sales s WHERE s.tax <> (SELECT coalesce(sum(l.tax), 0) FROM sale_lines l WHERE l.sale_id = s.id)",
    ),
    (
        "sale lines: an amount does not follow from its price",
        "SELECT id FROM sale_lines
         WHERE amount <> quantity * unit_price - discount + coalesce(tax_added, 0) AND original_id IS NULL",
    ),
    (
        "sale lines: a tax does not follow from its rate",
        "SELECT id FROM sale_lines WHERE original_id IS NULL AND tax <> CASE
             WHEN tax_added <> 0 THEN ((amount - tax_added) * tax_bp + 5000) / 10000
             ELSE (amount * tax_bp + (10000 + tax_bp) / 2) / (10000 + tax_bp) END
             AND NOT (tax = 0 AND tax_added = 0 AND (amount * tax_bp + 5000) / 10000 = 0)",
    ),
    (
        "deposits: the tenders do not add up",
        "SELECT d.id FROM deposits d WHERE d.amount <> (
             SELECT coalesce(sum(t.amount), 0) FROM deposit_tenders t WHERE t.deposit_id = d.id AND t.move_id IS NULL)",
    ),
    (
        "deposits: what was given back does not add up",
        "SELECT m.id FROM deposit_moves m WHERE m.kind = 'returned' AND m.amount <> (
             SELECT coalesce(sum(t.amount), 0) FROM deposit_tenders t WHERE t.move_id = m.id)",
    ),
    (
        "deposits: one has no ledger entry of its size",
        "SELECT d.id FROM deposits d WHERE -d.amount <> (
             SELECT coalesce(sum(l.amount), 0) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
             WHERE e.id = d.entry_id AND e.kind = 'deposit_taken' AND e.session_id IS d.session_id
                 AND l.account = 'deposits_held' AND l.artist_id = d.artist_id)
         UNION ALL
         SELECT m.id FROM deposit_moves m WHERE m.kind = 'returned' AND -m.amount <> (
             SELECT coalesce(sum(l.amount), 0) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
             WHERE e.id = m.entry_id AND e.kind = 'deposit_returned' AND e.session_id IS m.session_id
                 AND l.account = 'deposits_held')",
    ),
    (
        "deposits: one stands elsewhere than its moves say",
        "SELECT d.id FROM deposits d LEFT JOIN deposits_now n ON n.id = d.id JOIN clients c ON c.id = d.client_id
         WHERE n.id IS NULL
             OR n.left_over <> d.amount + (SELECT coalesce(sum(m.amount), 0) FROM deposit_moves m WHERE m.deposit_id = d.id)
             OR n.client_id NOT IN (d.client_id, coalesce(c.merged_into, d.client_id))
             OR n.appointment_id <> coalesce((SELECT m.appointment_id FROM deposit_moves m
                 WHERE m.deposit_id = d.id AND m.kind = 'moved' ORDER BY m.at DESC, m.rowid DESC LIMIT 1), d.appointment_id)
             OR n.artist_id <> coalesce((SELECT m.artist_id FROM deposit_moves m
                 WHERE m.deposit_id = d.id AND m.kind = 'moved' ORDER BY m.at DESC, m.rowid DESC LIMIT 1), d.artist_id)
             OR n.state <> CASE WHEN n.left_over > 0 THEN 'held' ELSE coalesce((SELECT m.kind FROM deposit_moves m
                 WHERE m.deposit_id = d.id AND m.kind <> 'moved' ORDER BY m.at DESC, m.rowid DESC LIMIT 1), '') END",
    ),
    (
        "deposits: the ledger holds another sum for an artist",
        "SELECT a.id FROM artists a WHERE
             (SELECT coalesce(sum(n.left_over), 0) FROM deposits_now n WHERE n.artist_id = a.id)
             <> -(SELECT coalesce(sum(l.amount), 0) FROM ledger_lines l WHERE l.artist_id = a.id AND l.account = 'deposits_held')",
    ),
    (
        "drawer: the expected cash is not what the ledger says",
        "SELECT c.id FROM drawer_closings c WHERE c.expected <> (
             SELECT coalesce(sum(l.amount), 0) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
             WHERE e.session_id = c.session_id AND l.account = 'cash_drawer' AND e.kind NOT IN ('over_short', 'to_safe'))",
    ),
    (
        "drawer: the receipts of a close are not those since the one before",
        "SELECT id FROM (SELECT id, first_receipt, last_receipt, max(last_receipt) OVER (
                 PARTITION BY register ORDER BY z ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
             FROM drawer_closings)
         WHERE first_receipt <> 1 + coalesce(before, 0) OR (first_receipt IS NULL) <> (last_receipt IS NULL)",
    ),
    (
        "drawer: the perpetual total is not that of all sales",
        "SELECT c.id FROM (SELECT id, register, first_receipt, last_receipt,
                 perpetual - coalesce(lag(perpetual) OVER (PARTITION BY register ORDER BY z), 0) AS grown
             FROM drawer_closings) c
         WHERE c.grown <> (SELECT coalesce(sum(s.total), 0) FROM sales s WHERE s.register = c.register
             AND s.kind = 'sale' AND s.receipt BETWEEN c.first_receipt AND c.last_receipt)",
    ),
    (
        "days: a month is not the sum of its days",
        "WITH summed AS MATERIALIZED (
             SELECT substr(day, 1, 7) AS month, artist_id, kind, thing_id, tax_bp, sum(quantity), sum(gross),
                 sum(discount), sum(tax), sum(added), sum(goods), sum(returned)
             FROM day_lines GROUP BY substr(day, 1, 7), artist_id, kind, thing_id, tax_bp)
         SELECT month FROM (SELECT * FROM summed EXCEPT SELECT * FROM month_lines)
         UNION SELECT month FROM (SELECT * FROM month_lines EXCEPT SELECT * FROM summed)",
    ),
    (
        "commission: a sale's rows are not what the ledger says",
        "WITH earned AS (
             SELECT sale_id, artist_id, sum(amount) FROM commissions
             GROUP BY sale_id, artist_id HAVING sum(amount) <> 0),
         posted AS (
             SELECT e.sale_id, l.artist_id, -sum(l.amount) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
             WHERE e.kind = 'commission' AND l.account = 'commission_payable'
             GROUP BY e.sale_id, l.artist_id HAVING sum(l.amount) <> 0)
         SELECT sale_id FROM (SELECT * FROM earned EXCEPT SELECT * FROM posted)
         UNION SELECT sale_id FROM (SELECT * FROM posted EXCEPT SELECT * FROM earned)",
    ),
    (
        "commission: more was taken back than was earned",
        "SELECT o.id FROM commissions o JOIN commissions b ON b.original_id = o.id
         GROUP BY o.id HAVING abs(sum(b.amount)) > abs(o.amount)",
    ),
    (
        "payouts: what an artist is owed is not what the ledger says",
        "SELECT a.id FROM artists a WHERE
             (SELECT coalesce(sum(l.amount), 0) FROM ledger_lines l
              WHERE l.artist_id = a.id AND l.account = 'commission_payable')
             <> (SELECT coalesce(sum(p.commission), 0) FROM payouts p WHERE p.artist_id = a.id)
                - (SELECT coalesce(sum(c.amount), 0) FROM commissions c WHERE c.artist_id = a.id)
             OR (SELECT coalesce(sum(l.amount), 0) FROM ledger_lines l
                 WHERE l.artist_id = a.id AND l.account = 'tips_payable')
             <> (SELECT coalesce(sum(p.tips), 0) FROM payouts p WHERE p.artist_id = a.id)
                - (SELECT coalesce(sum(t.amount), 0) FROM sale_tips t WHERE t.artist_id = a.id)",
    ),
    (
        "payouts: one was not taken back as it was paid",
        "SELECT r.id FROM payouts r JOIN payouts p ON p.id = r.reverses
         WHERE p.reverses IS NOT NULL OR r.artist_id <> p.artist_id OR r.tender <> p.tender
             OR r.commission <> -p.commission OR r.tips <> -p.tips",
    ),
    (
        "appointments: what paid for a visit is not what the sales say",
        "SELECT p.id FROM appointments p
         WHERE (p.paid_by IS NOT NULL OR EXISTS (SELECT 1 FROM sales s WHERE s.appointment_id = p.id))
             AND p.paid_by IS NOT (
                 SELECT s.id FROM sales s WHERE s.appointment_id = p.id AND s.kind = 'sale'
                     AND EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.service_id IS NOT NULL)
                     AND s.total + (SELECT coalesce(sum(r.total), 0) FROM sales r WHERE r.original_id = s.id) > 0
                 ORDER BY s.receipt LIMIT 1)",
    ),
    (
        "stock: what is on hand is not what the movements come to",
        "WITH moved AS (
             SELECT item_id, lot_id, sum(quantity) FROM stock_moves GROUP BY item_id, lot_id HAVING sum(quantity) <> 0),
         kept AS (SELECT item_id, lot_id, on_hand FROM stock_now)
         SELECT item_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM moved)
         UNION SELECT item_id FROM (SELECT * FROM moved EXCEPT SELECT * FROM kept)",
    ),
    (
        "stock: less than nothing is on hand",
        "SELECT item_id FROM stock_now WHERE on_hand < 0",
    ),
    (
        "stock: a movement is of another item's lot",
        "SELECT m.id FROM stock_moves m JOIN lots l ON l.id = m.lot_id WHERE l.item_id <> m.item_id",
    ),
    (
        "stock: a count's differences are not what it moved",
        "WITH moved AS (SELECT count_id, item_id, sum(quantity) AS quantity FROM stock_moves
             WHERE count_id IS NOT NULL GROUP BY count_id, item_id)
         SELECT l.count_id FROM stock_count_lines l
             LEFT JOIN moved m ON m.count_id = l.count_id AND m.item_id = l.item_id
         WHERE l.counted - l.expected <> coalesce(m.quantity, 0)
         UNION SELECT m.count_id FROM moved m WHERE NOT EXISTS (
             SELECT 1 FROM stock_count_lines l WHERE l.count_id = m.count_id AND l.item_id = m.item_id)",
    ),
    (
        "stock: what a visit used is not what left the shelf",
        "SELECT s.id FROM visit_supplies s LEFT JOIN (
             SELECT supply_id, sum(quantity) AS quantity FROM stock_moves WHERE supply_id IS NOT NULL GROUP BY supply_id) m
             ON m.supply_id = s.id
         WHERE coalesce(m.quantity, 0) <> CASE WHEN s.undoes IS NULL THEN -s.quantity ELSE s.quantity END",
    ),
    ("search: a client is not found as they are", UNFOUND),
    ("search: words stand there of nobody", UNKNOWN_WORDS),
    (
        "drawer: a closed drawer still counts as open",
        "SELECT s.id FROM drawer_sessions s LEFT JOIN drawer_closings c ON c.session_id = s.id
         WHERE (s.is_open = 1) <> (c.id IS NULL)",
    ),
];

/// What the ledger must have for each sale, in the order of the columns of [`POSTED`].
const POSTED_PROBLEMS: [&str; 4] = [
    "sales: a sale has no ledger entry of its size",
    "sales: the ledger has other tips for it",
    "sales: the ledger has another tax for it",
    "deposits: one has no ledger entry of its size",
];

/// Goes through the ledger once for all of them: it is the longest table there is.
const POSTED: &str = "WITH posted AS MATERIALIZED (
         SELECT e.sale_id,
             sum(l.amount) FILTER (WHERE l.account IN
                 ('cash_drawer', 'card_clearing', 'bank', 'deposits_held', 'rounding')) AS paid,
             sum(l.amount) FILTER (WHERE e.kind <> 'payout' AND l.account = 'tips_payable') AS tips,
             sum(l.amount) FILTER (WHERE l.account = 'tax_payable') AS tax,
             sum(l.amount) FILTER (WHERE l.account = 'deposits_held') AS held
         FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
         WHERE e.sale_id IS NOT NULL GROUP BY e.sale_id),
     wrong AS (
         SELECT s.id, s.total <> coalesce(p.paid, 0) AS paid, -s.tips <> coalesce(p.tips, 0) AS tips,
             -s.tax <> coalesce(p.tax, 0) AS tax, -(SELECT coalesce(sum(m.amount), 0) FROM deposit_moves m
                 WHERE m.sale_id = s.id) <> coalesce(p.held, 0) AS held
         FROM sales s LEFT JOIN posted p ON p.sale_id = s.id)
     SELECT * FROM wrong WHERE paid OR tips OR tax OR held";

fn sums(conn: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = conn.prepare(POSTED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        for (column, problem) in POSTED_PROBLEMS.iter().enumerate() {
            if row.get(column + 1)? {
                report.problems.push(format!("{problem}: {id}"));
            }
        }
    }
    for (problem, sql) in SUMS {
        let mut statement = conn.prepare(sql)?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        for id in ids {
            report.problems.push(format!("{problem}: {}", id?));
        }
    }
    report.sales = conn.query_row("SELECT count(*) FROM sales", [], |row| row.get(0))?;
    report.z_reports = conn.query_row("SELECT count(*) FROM drawer_closings", [], |row| row.get(0))?;
    Ok(())
}

/// The days' sums against the sales that they sum up.
fn days(conn: &Connection, report: &mut Report) -> Result<()> {
    let reader = Reader::new(conn);
    if !daily::is_cut_in_zone(reader)? {
        report.problems.push("days: they are cut in another time zone than the studio's".to_owned());
    }
    let zone = crate::studio::store::zone(reader)?;
    let sums = daily::recomputed(reader, zone).and_then(|sales| Ok((sales, daily::kept(reader, zone)?)));
    match sums {
        Ok((from_sales, kept)) => {
            for difference in from_sales.differences(&kept) {
                report.problems.push(format!("days: the sums are not what the sales come to: {difference}"));
            }
        }
        // What cannot be summed up was not written here.
        Err(error) => report.problems.push(format!("days: {error}")),
    }
    Ok(())
}

fn numbers(conn: &Connection, report: &mut Report) -> Result<()> {
    // Sales and deposits are numbered together.
    let papers = "(SELECT register, receipt FROM sales UNION ALL SELECT register, receipt FROM deposits
                   UNION ALL SELECT register, receipt FROM deposit_moves WHERE receipt IS NOT NULL)";
    for (name, table, column) in [
        ("receipt", papers, "receipt"),
        ("z", "drawer_closings", "z"),
        ("payout", "payouts", "number"),
        ("count", "stock_counts", "number"),
    ] {
        let mut statement = conn.prepare(&format!(
            "SELECT register, count(*), count(DISTINCT {column}), coalesce(min({column}), 1), coalesce(max({column}), 0),
                    coalesce((SELECT value FROM counters c WHERE c.register = t.register AND c.name = '{name}'), 0)
             FROM {table} t GROUP BY register"
        ))?;
        let rows = statement.query_map([], |row| {
            let figure = |at: usize| row.get::<_, i64>(at);
            Ok((figure(1)?, figure(2)?, figure(3)?, figure(4)?, figure(5)?))
        })?;
        for row in rows {
            let (count, different, first, last, counter) = row?;
            if first != 1 || last != count || different != count || counter != last {
                let table = if name == "z" { "drawer_closings" } else { "sales" };
                report.problems.push(format!("{table}: {name} numbers have a gap"));
            }
        }
    }
    let mut statement = conn.prepare("SELECT perpetual FROM drawer_closings ORDER BY register, z")?;
    let totals =
        statement.query_map([], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    if totals.windows(2).any(|pair| pair[1] < pair[0]) {
        report.problems.push("drawer: the perpetual total shrank".to_owned());
    }
    Ok(())
}

/// Each picture that a row names lies in its folder, and its bytes are the ones that were put there.
fn pictures(conn: &Connection, pictures: &Pictures, depth: Depth, report: &mut Report) -> Result<()> {
    for Named { id, hash, thumb_hash } in named(conn)? {
        report.pictures += 1;
        let whole = match depth {
            Depth::Whole => pictures
                .read(&hash, Copy::Full, &hash)
                .and_then(|_| pictures.read(&hash, Copy::Thumb, &thumb_hash))
                .map(|_| ()),
            _ => pictures.has(&hash).and_then(|has| if has { Ok(()) } else { Err(Error::PictureLost(GONE)) }),
        };
        match whole {
            Ok(()) => {}
            Err(Error::PictureLost(what)) => {
                report.problems.push(format!("{OF_PICTURES}{what}: {id}"));
                report.lost.push(hash);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
