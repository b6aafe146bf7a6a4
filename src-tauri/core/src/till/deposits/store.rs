//! The rows of deposits, of what became of them, and of where each stands.

use super::{Deposit, DepositPaper, DepositReceipt, DepositState, REGISTER, Use, suggestion};
use crate::agenda::VisitStatus;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};
use crate::till::{ReceiptDeposit, ReceiptTender, Tender};

/// A deposit about to be written.
#[derive(Debug)]
pub(crate) struct Taken<'a> {
    pub id: &'a str,
    pub receipt: i64,
    pub member: &'a str,
    pub client: &'a str,
    pub appointment: &'a str,
    pub artist: &'a str,
    pub session: Option<&'a str>,
    pub entry: &'a str,
    pub amount: Money,
    pub currency: &'a str,
}

pub(crate) fn add(db: Writer<'_>, new: &Taken<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO deposits (id, register, receipt, at, member_id, client_id, appointment_id, artist_id, session_id,
             entry_id, amount, currency)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (
            new.id,
            REGISTER,
            new.receipt,
            at,
            new.member,
            new.client,
            new.appointment,
            new.artist,
            new.session,
            new.entry,
            new.amount,
            new.currency,
        ),
    )?;
    db.run(
        "INSERT INTO deposits_now (id, client_id, appointment_id, artist_id, left_over, state)
         VALUES (?1, ?2, ?3, ?4, ?5, 'held')",
        (new.id, new.client, new.appointment, new.artist, new.amount),
    )?;
    Ok(())
}

/// What becomes of a deposit.
#[derive(Debug, Default)]
pub(crate) struct Move<'a> {
    pub deposit: &'a str,
    pub kind: &'a str,
    pub amount: Money,
    pub sale: Option<&'a str>,
    pub appointment: Option<&'a str>,
    pub artist: Option<&'a str>,
    pub receipt: Option<i64>,
    pub session: Option<&'a str>,
    pub entry: Option<&'a str>,
    pub reason: Option<&'a str>,
}

pub(crate) fn add_move(db: Writer<'_>, id: &str, new: &Move<'_>, at: Millis, member: &str) -> Result<()> {
    db.run(
        "INSERT INTO deposit_moves (id, deposit_id, kind, amount, sale_id, appointment_id, artist_id, register, receipt,
             session_id, entry_id, at, member_id, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        (
            id,
            new.deposit,
            new.kind,
            new.amount,
            new.sale,
            new.appointment,
            new.artist,
            new.receipt.map(|_| REGISTER),
            new.receipt,
            new.session,
            new.entry,
            at,
            member,
            new.reason,
        ),
    )?;
    Ok(())
}

/// Brings a deposit's standing up to its newest move.
pub(crate) fn stand(db: Writer<'_>, new: &Move<'_>) -> Result<()> {
    db.run(
        "UPDATE deposits_now SET left_over = left_over + ?2,
             state = CASE WHEN left_over + ?2 > 0 THEN 'held' WHEN ?3 = 'moved' THEN state ELSE ?3 END,
             appointment_id = coalesce(?4, appointment_id), artist_id = coalesce(?5, artist_id)
         WHERE id = ?1",
        (new.deposit, new.amount, new.kind, new.appointment, new.artist),
    )?;
    Ok(())
}

pub(crate) fn add_tender(
    db: Writer<'_>,
    id: &str,
    deposit: &str,
    moved: Option<&str>,
    position: i64,
    (tender, amount, given): (Tender, Money, Money),
) -> Result<()> {
    db.run(
        "INSERT INTO deposit_tenders (id, deposit_id, move_id, position, tender, amount, given)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (id, deposit, moved, position, tender.name(), amount, given),
    )?;
    Ok(())
}

/// A deposit as rules need it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub id: String,
    pub client: String,
    pub appointment: String,
    pub artist: String,
    pub left: Money,
    pub taken_at: Millis,
}

const HELD: &str = "SELECT n.id, n.client_id, n.appointment_id, n.artist_id, n.left_over, d.at
    FROM deposits_now n JOIN deposits d ON d.id = n.id";

fn held(row: &Row<'_>) -> rusqlite::Result<Held> {
    Ok(Held {
        id: row.get(0)?,
        client: row.get(1)?,
        appointment: row.get(2)?,
        artist: row.get(3)?,
        left: row.get(4)?,
        taken_at: row.get(5)?,
    })
}

pub(crate) fn by_id(db: Reader<'_>, id: &str) -> Result<Option<Held>> {
    db.maybe(&format!("{HELD} WHERE n.id = ?1"), [id], held)
}

/// What is held for a visit, the oldest first.
pub(crate) fn held_for(db: Reader<'_>, appointment: &str) -> Result<Vec<Held>> {
    let sql = format!("{HELD} WHERE n.appointment_id = ?1 AND n.left_over > 0 ORDER BY d.receipt");
    db.all(&sql, [appointment], held)
}

/// Every deposit of a visit, used up or not.
pub(crate) fn standing_with(db: Reader<'_>, appointment: &str) -> Result<Vec<Held>> {
    db.all(&format!("{HELD} WHERE n.appointment_id = ?1 ORDER BY d.receipt"), [appointment], held)
}

/// Whether something is held for a client, also as a duplicate of theirs.
pub(crate) fn held_of_client(db: Reader<'_>, client: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM deposits_now WHERE left_over > 0
             AND (client_id = ?1 OR client_id IN (SELECT id FROM clients WHERE merged_into = ?1)))",
        [client],
        |row| row.get(0),
    )
}

/// What a void gives back to be held.
pub(crate) fn restorable(db: Reader<'_>, sale: &str) -> Result<Vec<Use>> {
    db.all(
        "SELECT m.deposit_id, n.artist_id, -m.amount FROM deposit_moves m JOIN deposits_now n ON n.id = m.deposit_id
         WHERE m.sale_id = ?1 ORDER BY m.deposit_id",
        [sale],
        |row| {
            Ok(Use { deposit: row.get(0)?, artist: row.get(1)?, kind: "restored", amount: row.get(2)? })
        },
    )
}

/// The deposits that paid for a sale, or that a void gave back, and how.
pub(crate) fn of_sale(db: Reader<'_>, sale: &str) -> Result<Vec<(ReceiptDeposit, String)>> {
    db.all(
        "SELECT d.id, d.receipt, d.at, -m.amount, m.kind FROM deposit_moves m JOIN deposits d ON d.id = m.deposit_id
         WHERE m.sale_id = ?1 ORDER BY d.receipt",
        [sale],
        |row| {
            let deposit = ReceiptDeposit {
                deposit_id: row.get(0)?,
                receipt: row.get(1)?,
                taken_at: row.get(2)?,
                amount: row.get(3)?,
            };
            Ok((deposit, row.get(4)?))
        },
    )
}

/// Which deposits are asked for.
#[derive(Debug, Default)]
pub(crate) struct Narrow<'a> {
    pub id: Option<&'a str>,
    pub client: Option<&'a str>,
    pub appointment: Option<&'a str>,
    pub artist: Option<&'a str>,
    pub open_only: bool,
}

type DepositRow = (Deposit, String, String, Option<Millis>);

fn deposit(row: &Row<'_>) -> rusqlite::Result<DepositRow> {
    let shown = Deposit {
        id: row.get(0)?,
        client_id: row.get(1)?,
        client_name: row.get(2)?,
        appointment_id: row.get(3)?,
        artist_id: row.get(4)?,
        artist_name: row.get(5)?,
        service_name: row.get(6)?,
        starts_at: row.get(7)?,
        status: VisitStatus::Booked,
        amount: row.get(10)?,
        left: row.get(11)?,
        state: DepositState::Held,
        taken_at: row.get(13)?,
        taken_by: row.get(14)?,
        receipt: row.get(15)?,
        suggestion: None,
    };
    Ok((shown, row.get(8)?, row.get(12)?, row.get(9)?))
}

/// Deposits, the newest first. `hours` is the studio's rule for a late cancellation.
pub(crate) fn deposits(db: Reader<'_>, narrow: &Narrow<'_>, hours: i64) -> Result<Vec<Deposit>> {
    // Each way of asking has an index of its own.
    let mut conditions = vec!["1 = 1"];
    if narrow.id.is_some() {
        conditions.push("n.id = ?1");
    }
    if narrow.client.is_some() {
        conditions.push("n.client_id = ?2");
    }
    if narrow.appointment.is_some() {
        conditions.push("n.appointment_id = ?3");
    }
    if narrow.artist.is_some() {
        conditions.push("p.artist_id = ?4");
    }
    if narrow.open_only {
        conditions.push("n.left_over > 0");
    }
    let rows = db.all(
        &format!(
            "SELECT n.id, n.client_id, c.name, n.appointment_id, p.artist_id, a.name, s.name, p.starts_at, p.status,
                    p.cancelled_at, d.amount, n.left_over, n.state, d.at, m.name, d.receipt
             FROM deposits_now n JOIN deposits d ON d.id = n.id JOIN clients c ON c.id = n.client_id
                 JOIN appointments p ON p.id = n.appointment_id JOIN artists a ON a.id = p.artist_id
                 JOIN services s ON s.id = p.service_id JOIN members m ON m.id = d.member_id
             WHERE {} AND coalesce(?1, ?2, ?3, ?4, '') IS NOT NULL ORDER BY d.receipt DESC LIMIT 1000",
            conditions.join(" AND ")
        ),
        (narrow.id, narrow.client, narrow.appointment, narrow.artist),
        deposit,
    )?;
    rows.into_iter()
        .map(|(shown, status, state, cancelled_at)| {
            let status = VisitStatus::parse(&status)?;
            let state = DepositState::parse(&state)?;
            let open = state == DepositState::Held;
            let suggestion = suggestion(status, shown.starts_at, cancelled_at, hours).filter(|_| open);
            Ok(Deposit { status, state, suggestion, ..shown })
        })
        .collect()
}

/// The paper under a number, of a deposit that was taken or given back; its artist now.
pub(crate) fn paper(db: Reader<'_>, receipt: i64) -> Result<Option<(String, Option<String>)>> {
    db.maybe(
        "SELECT id, NULL FROM deposits WHERE register = ?1 AND receipt = ?2
         UNION ALL SELECT deposit_id, id FROM deposit_moves WHERE register = ?1 AND receipt = ?2",
        (REGISTER, receipt),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

type PaperRow = (i64, Millis, String, Money, Option<String>);

pub(crate) fn deposit_receipt(
    db: Reader<'_>,
    deposit: Deposit,
    moved: Option<&str>,
) -> Result<DepositReceipt> {
    let read = |row: &Row<'_>| -> rusqlite::Result<PaperRow> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    };
    let (receipt, at, by, amount, reason) = match moved {
        None => db.one(
            "SELECT d.receipt, d.at, m.name, d.amount, NULL FROM deposits d JOIN members m ON m.id = d.member_id
             WHERE d.id = ?1",
            [&deposit.id],
            read,
        )?,
        Some(moved) => db.one(
            "SELECT v.receipt, v.at, m.name, v.amount, v.reason FROM deposit_moves v JOIN members m ON m.id = v.member_id
             WHERE v.id = ?1",
            [moved],
            read,
        )?,
    };
    let rows: Vec<(String, Money, Money)> = db.all(
        "SELECT tender, amount, given FROM deposit_tenders WHERE deposit_id = ?1 AND move_id IS ?2 ORDER BY position",
        (&deposit.id, moved),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let tenders = rows
        .into_iter()
        .map(|(tender, amount, given)| {
            Ok(ReceiptTender { tender: Tender::parse(&tender)?, amount, given, change: given.minus(amount)? })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(DepositReceipt {
        receipt,
        kind: if moved.is_none() { DepositPaper::Taken } else { DepositPaper::Returned },
        at,
        by,
        amount,
        change: Money::sum(tenders.iter().map(|line| line.change))?,
        tenders,
        reason,
        deposit,
    })
}

/// The one deposit of this id as it is shown.
pub(crate) fn shown(db: Reader<'_>, id: &str, hours: i64) -> Result<Deposit> {
    let narrow = Narrow { id: Some(id), ..Narrow::default() };
    deposits(db, &narrow, hours)?.pop().ok_or(Error::NotFound { what: "deposit" })
}
