//! The rows of sales and of the ledger.

use super::{CartLine, ReceiptLine, ReceiptLink, ReceiptTender, ReceiptTip, SaleKind, Tender};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};

/// The next number, taken in the transaction that uses it: no gap, no repeat.
pub(crate) fn next_number(db: Writer<'_>, register: i64, name: &str) -> Result<i64> {
    db.returning(
        "INSERT INTO counters (register, name, value) VALUES (?1, ?2, 1)
         ON CONFLICT (register, name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        (register, name),
        |row| row.get(0),
    )
}

/// The row of a sale, refund or void.
#[derive(Debug, Clone)]
pub(crate) struct Sale {
    pub id: String,
    pub receipt: i64,
    pub kind: SaleKind,
    pub at: Millis,
    pub member: String,
    pub client: Option<String>,
    pub appointment: Option<String>,
    pub session: Option<String>,
    pub original: Option<String>,
    pub reason: Option<String>,
    pub goods: Money,
    pub discount: Money,
    pub tax: Money,
    pub tips: Money,
    pub total: Money,
    pub rounding: Money,
    pub currency: String,
}

pub(crate) fn add_sale(db: Writer<'_>, sale: &Sale) -> Result<()> {
    db.run(
        "INSERT INTO sales (id, register, receipt, kind, at, member_id, client_id, appointment_id, session_id,
             original_id, reason, goods, discount, tax, tips, total, currency, rounding)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        rusqlite::params![
            &sale.id,
            super::REGISTER,
            sale.receipt,
            sale.kind.name(),
            sale.at,
            &sale.member,
            &sale.client,
            &sale.appointment,
            &sale.session,
            &sale.original,
            &sale.reason,
            sale.goods,
            sale.discount,
            sale.tax,
            sale.tips,
            sale.total,
            &sale.currency,
            sale.rounding,
        ],
    )?;
    Ok(())
}

fn sale(row: &Row<'_>) -> rusqlite::Result<(Sale, String)> {
    let kind: String = row.get(2)?;
    let sale = Sale {
        id: row.get(0)?,
        receipt: row.get(1)?,
        kind: SaleKind::Sale,
        at: row.get(3)?,
        member: row.get(4)?,
        client: row.get(5)?,
        appointment: row.get(6)?,
        session: row.get(7)?,
        original: row.get(8)?,
        reason: row.get(9)?,
        goods: row.get(10)?,
        discount: row.get(11)?,
        tax: row.get(12)?,
        tips: row.get(13)?,
        total: row.get(14)?,
        currency: row.get(15)?,
        rounding: row.get(16)?,
    };
    Ok((sale, kind))
}

pub(crate) fn sale_by_id(db: Reader<'_>, id: &str) -> Result<Option<Sale>> {
    let found = db.maybe(
        "SELECT id, receipt, kind, at, member_id, client_id, appointment_id, session_id, original_id, reason, goods,
             discount, tax, tips, total, currency, coalesce(rounding, 0) FROM sales WHERE id = ?1",
        [id],
        sale,
    )?;
    found.map(|(sale, kind)| Ok(Sale { kind: SaleKind::parse(&kind)?, ..sale })).transpose()
}

/// The sale, refund or void of a number.
pub(crate) fn sale_numbered(db: Reader<'_>, register: i64, receipt: i64) -> Result<Option<String>> {
    let sql = "SELECT id FROM sales WHERE register = ?1 AND receipt = ?2";
    db.maybe(sql, (register, receipt), |row| row.get(0))
}

pub(crate) fn add_line(
    db: Writer<'_>,
    id: &str,
    sale: &str,
    position: i64,
    line: &CartLine,
    original: Option<&str>,
) -> Result<()> {
    db.run(
        "INSERT INTO sale_lines (id, sale_id, position, kind, service_id, item_id, artist_id, label, quantity,
             list_price, unit_price, discount, tax, amount, original_id, tax_rate_id, tax_name, tax_bp, tax_added)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        rusqlite::params![
            id,
            sale,
            position,
            if line.item_id.is_some() { "item" } else { "service" },
            &line.service_id,
            &line.item_id,
            &line.artist_id,
            &line.label,
            line.quantity,
            line.list_price,
            line.unit_price,
            line.discount,
            line.tax,
            line.amount,
            original,
            &line.tax_rate_id,
            &line.tax_name,
            line.tax_bp,
            line.tax_added,
        ],
    )?;
    Ok(())
}

pub(crate) fn add_tip(db: Writer<'_>, id: &str, sale: &str, artist: &str, amount: Money) -> Result<()> {
    db.run(
        "INSERT INTO sale_tips (id, sale_id, artist_id, amount) VALUES (?1, ?2, ?3, ?4)",
        (id, sale, artist, amount),
    )?;
    Ok(())
}

pub(crate) fn add_tender(
    db: Writer<'_>,
    id: &str,
    sale: &str,
    position: i64,
    tender: Tender,
    amount: Money,
    given: Money,
) -> Result<()> {
    db.run(
        "INSERT INTO sale_tenders (id, sale_id, position, tender, amount, given) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (id, sale, position, tender.name(), amount, given),
    )?;
    Ok(())
}

pub(crate) fn add_entry(
    db: Writer<'_>,
    id: &str,
    at: Millis,
    kind: &str,
    sale: Option<&str>,
    session: Option<&str>,
) -> Result<()> {
    db.run(
        "INSERT INTO ledger_entries (id, at, kind, sale_id, session_id) VALUES (?1, ?2, ?3, ?4, ?5)",
        (id, at, kind, sale, session),
    )?;
    Ok(())
}

pub(crate) fn add_entry_line(
    db: Writer<'_>,
    id: &str,
    entry: &str,
    account: &str,
    artist: Option<&str>,
    amount: Money,
) -> Result<()> {
    db.run(
        "INSERT INTO ledger_lines (id, entry_id, account, artist_id, amount) VALUES (?1, ?2, ?3, ?4, ?5)",
        (id, entry, account, artist, amount),
    )?;
    Ok(())
}

pub(crate) fn lines(db: Reader<'_>, sale: &str) -> Result<Vec<ReceiptLine>> {
    db.all(
        "SELECT l.id, l.label, l.artist_id, a.name, l.service_id, l.item_id, l.quantity, l.list_price, l.unit_price,
                l.discount, l.tax, l.amount,
                l.amount + (SELECT coalesce(sum(r.amount), 0) FROM sale_lines r WHERE r.original_id = l.id),
                l.quantity + (SELECT coalesce(sum(r.quantity), 0) FROM sale_lines r WHERE r.original_id = l.id),
                l.tax_rate_id, l.tax_name, l.tax_bp, coalesce(l.tax_added, 0),
                l.amount - coalesce(l.tax_added, 0)
         FROM sale_lines l LEFT JOIN artists a ON a.id = l.artist_id WHERE l.sale_id = ?1 ORDER BY l.position",
        [sale],
        |row| {
            Ok(ReceiptLine {
                id: row.get(0)?,
                label: row.get(1)?,
                artist_id: row.get(2)?,
                artist_name: row.get(3)?,
                service_id: row.get(4)?,
                item_id: row.get(5)?,
                quantity: row.get(6)?,
                list_price: row.get(7)?,
                unit_price: row.get(8)?,
                discount: row.get(9)?,
                tax: row.get(10)?,
                amount: row.get(11)?,
                amount_left: row.get(12)?,
                quantity_left: row.get(13)?,
                tax_rate_id: row.get(14)?,
                tax_name: row.get(15)?,
                tax_bp: row.get(16)?,
                tax_added: row.get(17)?,
                before_tax: row.get(18)?,
            })
        },
    )
}

/// Tax of a line that was already given back, as a negative amount.
pub(crate) fn tax_taken_back(db: Reader<'_>, line: &str) -> Result<Money> {
    db.one("SELECT coalesce(sum(tax), 0) FROM sale_lines WHERE original_id = ?1", [line], |row| row.get(0))
}

pub(crate) fn tips(db: Reader<'_>, sale: &str) -> Result<Vec<ReceiptTip>> {
    db.all(
        "SELECT t.artist_id, a.name, t.amount,
                t.amount + (SELECT coalesce(sum(b.amount), 0) FROM sales r JOIN sale_tips b ON b.sale_id = r.id
                            WHERE r.original_id = t.sale_id AND b.artist_id = t.artist_id)
         FROM sale_tips t JOIN artists a ON a.id = t.artist_id WHERE t.sale_id = ?1 ORDER BY a.position",
        [sale],
        |row| {
            Ok(ReceiptTip {
                artist_id: row.get(0)?,
                artist_name: row.get(1)?,
                amount: row.get(2)?,
                amount_left: row.get(3)?,
            })
        },
    )
}

pub(crate) fn tenders(db: Reader<'_>, sale: &str) -> Result<Vec<ReceiptTender>> {
    let rows: Vec<(String, Money, Money)> = db.all(
        "SELECT tender, amount, given FROM sale_tenders WHERE sale_id = ?1 ORDER BY position",
        [sale],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    rows.into_iter()
        .map(|(tender, amount, given)| {
            Ok(ReceiptTender { tender: Tender::parse(&tender)?, amount, given, change: given.minus(amount)? })
        })
        .collect()
}

/// What was paid for a sale in every way, less what was already given back.
pub(crate) fn paid_left(db: Reader<'_>, sale: &str) -> Result<Money> {
    let tenders: Money = db.one(
        "SELECT coalesce(sum(t.amount), 0) FROM sales s JOIN sale_tenders t ON t.sale_id = s.id
         WHERE s.id = ?1 OR s.original_id = ?1",
        [sale],
        |row| row.get(0),
    )?;
    let held: Money = db.one(
        "SELECT coalesce(sum(m.amount), 0) FROM deposit_moves m WHERE m.sale_id = ?1",
        [sale],
        |row| row.get(0),
    )?;
    tenders.minus(held)
}

type LinkRow = (String, i64, String, Millis, Money, Option<String>);

fn link_row(row: &Row<'_>) -> rusqlite::Result<LinkRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn link((sale_id, receipt, kind, at, total, reason): LinkRow) -> Result<ReceiptLink> {
    Ok(ReceiptLink { sale_id, receipt, kind: SaleKind::parse(&kind)?, at, total, reason })
}

pub(crate) fn reversals(db: Reader<'_>, sale: &str) -> Result<Vec<ReceiptLink>> {
    let rows = db.all(
        "SELECT id, receipt, kind, at, total, reason FROM sales WHERE original_id = ?1 ORDER BY receipt",
        [sale],
        link_row,
    )?;
    rows.into_iter().map(link).collect()
}

pub(crate) fn link_to(db: Reader<'_>, sale: &str) -> Result<Option<ReceiptLink>> {
    db.maybe("SELECT id, receipt, kind, at, total, reason FROM sales WHERE id = ?1", [sale], link_row)?
        .map(link)
        .transpose()
}

const PAYING: &str = "SELECT s.id FROM sales s WHERE s.appointment_id = ?1 AND s.kind = 'sale'
        AND EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.service_id IS NOT NULL)
        AND s.total + (SELECT coalesce(sum(r.total), 0) FROM sales r WHERE r.original_id = s.id) > 0
    ORDER BY s.receipt LIMIT 1";

/// Receipts of a client, also as a duplicate, that are about no visit, newest first.
pub(crate) fn without_visit(db: Reader<'_>, client: &str) -> Result<Vec<ReceiptLink>> {
    let rows = db.all(
        "SELECT id, receipt, kind, at, total, reason FROM sales
         WHERE (client_id = ?1 OR client_id IN (SELECT id FROM clients WHERE merged_into = ?1))
             AND appointment_id IS NULL
         ORDER BY receipt DESC LIMIT 100",
        [client],
        link_row,
    )?;
    rows.into_iter().map(link).collect()
}

/// The sale that paid for an appointment and still stands.
pub(crate) fn paying_sale(db: Reader<'_>, appointment: &str) -> Result<Option<String>> {
    db.maybe(PAYING, [appointment], |row| row.get(0))
}

/// Keeps with a visit which sale paid for it, now that one was made or taken back.
pub(crate) fn settle_visit(db: Writer<'_>, appointment: &str) -> Result<()> {
    db.run(&format!("UPDATE appointments SET paid_by = ({PAYING}) WHERE id = ?1"), [appointment])?;
    Ok(())
}

/// What was paid in each way, deposits too, less what was given back.
pub(crate) fn tendered(db: Reader<'_>) -> Result<Vec<(String, i64)>> {
    db.all(
        "SELECT tender, sum(amount) FROM (SELECT tender, amount FROM sale_tenders
             UNION ALL SELECT tender, amount FROM deposit_tenders) GROUP BY tender",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How much of a line came back so far, and how much there was: of its amount, or of its quantity where it cost nothing.
pub(crate) fn given_back(db: Reader<'_>, line: &str) -> Result<(i64, i64)> {
    db.one(
        "SELECT CASE WHEN o.amount <> 0 THEN -coalesce(sum(b.amount), 0) ELSE -coalesce(sum(b.quantity), 0) END,
                CASE WHEN o.amount <> 0 THEN o.amount ELSE o.quantity END
         FROM sale_lines o LEFT JOIN sale_lines b ON b.original_id = o.id WHERE o.id = ?1",
        [line],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn artist_name(db: Reader<'_>, artist: &str) -> Result<String> {
    db.maybe("SELECT name FROM artists WHERE id = ?1", [artist], |row| row.get(0))?
        .ok_or(Error::NotFound { what: "artist" })
}

pub(crate) fn member_name(db: Reader<'_>, member: &str) -> Result<String> {
    db.one("SELECT name FROM members WHERE id = ?1", [member], |row| row.get(0))
}

/// What the client is called, who may be the duplicate of another by now.
pub(crate) fn client_name(db: Reader<'_>, client: &str) -> Result<String> {
    let sql = "SELECT coalesce(k.name, c.name) FROM clients c LEFT JOIN clients k ON k.id = c.merged_into WHERE c.id = ?1";
    db.maybe(sql, [client], |row| row.get(0))?.ok_or(Error::NotFound { what: "client" })
}
