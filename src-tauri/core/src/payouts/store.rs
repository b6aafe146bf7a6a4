//! The rows of rates, commission and payouts.

use super::earning::{Commission, Source};
use super::rates::{ArtistRates, Rate, RateKind};
use super::{Balance, Payout, PayoutTender};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

impl FromSql for PayoutTender {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<PayoutTender> {
        PayoutTender::parse(value.as_str()?).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// What counts for one piece of work.
#[derive(Debug)]
pub(crate) struct Terms {
    pub bp: i64,
    /// The mentor and their part.
    pub mentor: Option<(String, i64)>,
}

/// A visit's own share, else the artist's rate for the kind, else the artist's base; an item without a rate has none.
pub(crate) fn terms(
    db: Reader<'_>,
    artist: &str,
    service: Option<&str>,
    appointment: Option<&str>,
) -> Result<Terms> {
    db.one(
        "SELECT coalesce(
             CASE WHEN ?2 IS NOT NULL THEN
                 (SELECT p.commission_bp FROM appointments p WHERE p.id = ?3 AND p.artist_id = a.id) END,
             (SELECT r.bp FROM commission_rates r WHERE r.artist_id = a.id
                 AND r.kind = coalesce((SELECT s.kind FROM services s WHERE s.id = ?2), 'item')),
             CASE WHEN ?2 IS NULL THEN 0 ELSE a.commission_bp END), a.mentor_id, a.mentor_bp
         FROM artists a WHERE a.id = ?1",
        (artist, service, appointment),
        |row| {
            let mentor: Option<String> = row.get(1)?;
            let part: i64 = row.get(2)?;
            Ok(Terms { bp: row.get(0)?, mentor: mentor.map(|mentor| (mentor, part)) })
        },
    )
}

pub(crate) fn add_commission(db: Writer<'_>, row: &Commission, source: Source<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO commissions (id, at, artist_id, worker_id, sale_id, line_id, basis, bp, amount, original_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (
            &row.id,
            at,
            &row.artist,
            &row.worker,
            source.sale,
            source.line,
            row.basis,
            row.bp,
            row.amount,
            &row.original,
        ),
    )?;
    Ok(())
}

/// What a line earned, and what of its basis and amount was taken back so far, negative.
pub(crate) fn earned_by(db: Reader<'_>, line: &str) -> Result<Vec<(Commission, Money, Money)>> {
    db.all(
        "SELECT c.id, c.artist_id, c.worker_id, c.basis, c.bp, c.amount,
                (SELECT coalesce(sum(b.basis), 0) FROM commissions b WHERE b.original_id = c.id),
                (SELECT coalesce(sum(b.amount), 0) FROM commissions b WHERE b.original_id = c.id)
         FROM commissions c WHERE c.line_id = ?1 AND c.original_id IS NULL ORDER BY c.artist_id <> c.worker_id",
        [line],
        |row| {
            let earned = Commission {
                id: row.get(0)?,
                artist: row.get(1)?,
                worker: row.get(2)?,
                basis: row.get(3)?,
                bp: row.get(4)?,
                amount: row.get(5)?,
                original: None,
            };
            Ok((earned, row.get(6)?, row.get(7)?))
        },
    )
}

/// What a sale brought its artists, or a refund took back.
pub(crate) fn earned_with(db: Reader<'_>, sale: &str) -> Result<Money> {
    db.one(
        "SELECT coalesce(sum(amount), 0) FROM commissions
         WHERE line_id IN (SELECT id FROM sale_lines WHERE sale_id = ?1)",
        [sale],
        |row| row.get(0),
    )
}

/// All commission that was earned and not taken back.
pub(crate) fn earned_in_all(db: Reader<'_>) -> Result<i64> {
    db.one("SELECT coalesce(sum(amount), 0) FROM commissions", [], |row| row.get(0))
}

/// From when on commission is kept; zero: since the studio began.
pub(crate) fn since(db: Reader<'_>) -> Result<Millis> {
    db.one("SELECT at FROM commission_start", [], |row| row.get(0))
}

pub(crate) fn after_discount(db: Reader<'_>) -> Result<bool> {
    let value: String =
        db.one("SELECT value FROM settings WHERE name = 'commission_after_discount'", [], |row| row.get(0))?;
    serde_json::from_str(&value).map_err(|_| Error::Damaged("setting commission_after_discount".to_owned()))
}

/// What was earned before a day, or ever, by the days' sums.
fn earned(db: Reader<'_>, artist: &str, before: Option<Day>) -> Result<Balance> {
    db.one(
        "SELECT coalesce(sum(commission + mentoring), 0), coalesce(sum(tips), 0) FROM day_artists
         WHERE artist_id = ?1 AND (?2 IS NULL OR day < ?2)",
        (artist, before),
        |row| Ok(Balance { commission: row.get(0)?, tips: row.get(1)? }),
    )
}

/// What was paid out before a moment, or ever.
fn paid(db: Reader<'_>, artist: &str, before: Option<Millis>) -> Result<Balance> {
    db.one(
        "SELECT coalesce(sum(commission), 0), coalesce(sum(tips), 0) FROM payouts
         WHERE artist_id = ?1 AND (?2 IS NULL OR at < ?2)",
        (artist, before),
        |row| Ok(Balance { commission: row.get(0)?, tips: row.get(1)? }),
    )
}

/// What the studio owed an artist when a day began. `at` is that day's first instant.
pub(crate) fn balance_before(db: Reader<'_>, artist: &str, day: Day, at: Millis) -> Result<Balance> {
    let (earned, paid) = (earned(db, artist, Some(day))?, paid(db, artist, Some(at))?);
    Ok(Balance { commission: earned.commission.minus(paid.commission)?, tips: earned.tips.minus(paid.tips)? })
}

/// What was earned before a day and is not paid by now.
pub(crate) fn unpaid_before(db: Reader<'_>, artist: &str, day: Option<Day>) -> Result<Balance> {
    let (earned, paid) = (earned(db, artist, day)?, paid(db, artist, None)?);
    Ok(Balance { commission: earned.commission.minus(paid.commission)?, tips: earned.tips.minus(paid.tips)? })
}

/// Artist, name, active, commission and tips owed: everybody who is active or has something between them and the studio.
pub(crate) fn owed(db: Reader<'_>) -> Result<Vec<(String, String, bool, Balance)>> {
    db.all(
        "SELECT a.id, a.name, a.active, coalesce(e.commission, 0) - coalesce(p.commission, 0),
                coalesce(e.tips, 0) - coalesce(p.tips, 0)
         FROM artists a
             LEFT JOIN (SELECT artist_id, sum(commission + mentoring) AS commission, sum(tips) AS tips
                        FROM day_artists GROUP BY artist_id) e ON e.artist_id = a.id
             LEFT JOIN (SELECT artist_id, sum(commission) AS commission, sum(tips) AS tips
                        FROM payouts GROUP BY artist_id) p ON p.artist_id = a.id
         WHERE a.active = 1 OR e.commission - coalesce(p.commission, 0) <> 0 OR e.tips - coalesce(p.tips, 0) <> 0
         ORDER BY a.active DESC, a.position",
        [],
        |row| {
            let balance = Balance { commission: row.get(3)?, tips: row.get(4)? };
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, balance))
        },
    )
}

/// A payout about to be written.
#[derive(Debug)]
pub(crate) struct NewPayout<'a> {
    pub id: &'a str,
    pub number: i64,
    pub member: &'a str,
    pub artist: &'a str,
    pub until: Day,
    pub session: Option<&'a str>,
    pub tender: PayoutTender,
    pub amount: Money,
    pub part: Balance,
    pub note: Option<&'a str>,
    /// The payout that it takes back.
    pub reverses: Option<&'a str>,
}

pub(crate) fn add_payout(db: Writer<'_>, new: &NewPayout<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO payouts (id, register, number, at, member_id, artist_id, until, session_id, tender, amount,
             commission, tips, note, reverses)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        (
            new.id,
            crate::till::REGISTER,
            new.number,
            at,
            new.member,
            new.artist,
            new.until,
            new.session,
            new.tender.name(),
            new.amount,
            new.part.commission,
            new.part.tips,
            new.note,
            new.reverses,
        ),
    )?;
    Ok(())
}

const PAYOUT: &str = "SELECT p.id, p.number, p.at, m.name, p.artist_id, a.name, p.until, p.tender, p.amount,
        p.commission, p.tips, p.note, o.number, b.number
    FROM payouts p JOIN members m ON m.id = p.member_id JOIN artists a ON a.id = p.artist_id
        LEFT JOIN payouts o ON o.id = p.reverses LEFT JOIN payouts b ON b.reverses = p.id";

fn payout(row: &Row<'_>) -> rusqlite::Result<Payout> {
    Ok(Payout {
        id: row.get(0)?,
        number: row.get(1)?,
        at: row.get(2)?,
        by: row.get(3)?,
        artist_id: row.get(4)?,
        artist_name: row.get(5)?,
        until: row.get(6)?,
        tender: row.get(7)?,
        amount: row.get(8)?,
        commission: row.get(9)?,
        tips: row.get(10)?,
        note: row.get(11)?,
        reverses: row.get(12)?,
        reversed_by: row.get(13)?,
    })
}

/// Newest first, at most `limit`.
pub(crate) fn payouts(
    db: Reader<'_>,
    artist: Option<&str>,
    from: Millis,
    to: Millis,
    limit: i64,
) -> Result<Vec<Payout>> {
    db.all(
        &format!(
            "{PAYOUT} WHERE (?1 IS NULL OR p.artist_id = ?1) AND p.at >= ?2 AND p.at < ?3
             ORDER BY p.number DESC LIMIT ?4"
        ),
        (artist, from, to, limit),
        payout,
    )
}

/// The last payout of each artist that stands.
pub(crate) fn last_payouts(db: Reader<'_>) -> Result<Vec<Payout>> {
    db.all(
        &format!(
            "{PAYOUT} WHERE p.number = (SELECT max(n.number) FROM payouts n WHERE n.artist_id = p.artist_id
                 AND n.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM payouts r WHERE r.reverses = n.id))"
        ),
        [],
        payout,
    )
}

pub(crate) fn payout_by_id(db: Reader<'_>, id: &str) -> Result<Option<Payout>> {
    db.maybe(&format!("{PAYOUT} WHERE p.id = ?1"), [id], payout)
}

/// What one artist earned by one line, or a mentor by an apprentice's.
#[derive(Debug)]
pub(crate) struct EarnedLine {
    pub at: Millis,
    pub mentoring: bool,
    pub sale: String,
    /// It is a deposit that the studio kept (D29).
    pub deposit: bool,
    pub taken_back: bool,
    pub receipt: i64,
    pub kind: String,
    pub item: bool,
    pub label: String,
    pub client: Option<String>,
    pub gross: Money,
    pub discount: Money,
    pub tax: Money,
    pub basis: Money,
    pub bp: i64,
    pub amount: Money,
}

pub(crate) fn earned_lines(
    db: Reader<'_>,
    artist: &str,
    from: Millis,
    to: Millis,
) -> Result<Vec<EarnedLine>> {
    db.all(
        "SELECT c.at, c.worker_id <> c.artist_id, c.sale_id,
                EXISTS (SELECT 1 FROM deposit_moves d WHERE d.sale_id = c.sale_id AND d.kind = 'kept'),
                c.original_id IS NOT NULL, s.receipt, s.kind, l.kind = 'item', l.label, coalesce(k.name, t.name),
                l.amount + l.discount, l.discount, l.tax, c.basis, c.bp, c.amount
         FROM commissions c JOIN sale_lines l ON l.id = c.line_id JOIN sales s ON s.id = c.sale_id
             LEFT JOIN clients t ON t.id = s.client_id LEFT JOIN clients k ON k.id = t.merged_into
         WHERE c.artist_id = ?1 AND c.at >= ?2 AND c.at < ?3 ORDER BY c.at, s.receipt, l.position, c.id",
        (artist, from, to),
        |row| {
            Ok(EarnedLine {
                at: row.get(0)?,
                mentoring: row.get(1)?,
                sale: row.get(2)?,
                deposit: row.get(3)?,
                taken_back: row.get(4)?,
                receipt: row.get(5)?,
                kind: row.get(6)?,
                item: row.get(7)?,
                label: row.get(8)?,
                client: row.get(9)?,
                gross: row.get(10)?,
                discount: row.get(11)?,
                tax: row.get(12)?,
                basis: row.get(13)?,
                bp: row.get(14)?,
                amount: row.get(15)?,
            })
        },
    )
}

/// A tip, or one that went back: when, of which sale, receipt, kind, client, how much.
pub(crate) type TipRow = (Millis, String, i64, String, Option<String>, Money);

pub(crate) fn tips(db: Reader<'_>, artist: &str, from: Millis, to: Millis) -> Result<Vec<TipRow>> {
    db.all(
        "SELECT s.at, s.id, s.receipt, s.kind, coalesce(k.name, t.name), p.amount
         FROM sale_tips p JOIN sales s ON s.id = p.sale_id
             LEFT JOIN clients t ON t.id = s.client_id LEFT JOIN clients k ON k.id = t.merged_into
         WHERE p.artist_id = ?1 AND s.at >= ?2 AND s.at < ?3 ORDER BY s.receipt",
        (artist, from, to),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)),
    )
}

const RATES: &str = "SELECT a.id, a.name, a.active, m.id, a.commission_bp, a.mentor_id, t.name, a.mentor_bp
    FROM artists a LEFT JOIN members m ON m.artist_id = a.id LEFT JOIN artists t ON t.id = a.mentor_id";

fn artist_rates(row: &Row<'_>) -> rusqlite::Result<ArtistRates> {
    Ok(ArtistRates {
        artist_id: row.get(0)?,
        name: row.get(1)?,
        active: row.get(2)?,
        member_id: row.get(3)?,
        base_bp: row.get(4)?,
        rates: Vec::new(),
        mentor_id: row.get(5)?,
        mentor_name: row.get(6)?,
        mentor_bp: row.get(7)?,
    })
}

fn kind_rates(db: Reader<'_>, artist: &str) -> Result<Vec<Rate>> {
    let rows: Vec<(String, i64)> = db.all(
        "SELECT kind, bp FROM commission_rates WHERE artist_id = ?1 ORDER BY kind",
        [artist],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    rows.into_iter().map(|(kind, bp)| Ok(Rate { kind: RateKind::parse(&kind)?, bp })).collect()
}

pub(crate) fn rates_of(db: Reader<'_>, artist: &str) -> Result<Option<ArtistRates>> {
    let found = db.maybe(&format!("{RATES} WHERE a.id = ?1"), [artist], artist_rates)?;
    found.map(|found| Ok(ArtistRates { rates: kind_rates(db, artist)?, ..found })).transpose()
}

/// Active artists first, in the order of the agenda.
pub(crate) fn all_rates(db: Reader<'_>) -> Result<Vec<ArtistRates>> {
    let artists = db.all(&format!("{RATES} ORDER BY a.active DESC, a.position"), [], artist_rates)?;
    artists
        .into_iter()
        .map(|artist| Ok(ArtistRates { rates: kind_rates(db, &artist.artist_id)?, ..artist }))
        .collect()
}

pub(crate) fn put_rates(db: Writer<'_>, rates: &ArtistRates) -> Result<()> {
    db.run(
        "UPDATE artists SET commission_bp = ?2, mentor_id = ?3, mentor_bp = ?4 WHERE id = ?1",
        (&rates.artist_id, rates.base_bp, &rates.mentor_id, rates.mentor_bp),
    )?;
    db.run("DELETE FROM commission_rates WHERE artist_id = ?1", [&rates.artist_id])?;
    for rate in &rates.rates {
        db.run(
            "INSERT INTO commission_rates (artist_id, kind, bp) VALUES (?1, ?2, ?3)",
            (&rates.artist_id, rate.kind.name(), rate.bp),
        )?;
    }
    Ok(())
}

/// What was agreed for one visit alone.
pub(crate) fn share_of(db: Reader<'_>, appointment: &str) -> Result<Option<i64>> {
    db.one("SELECT commission_bp FROM appointments WHERE id = ?1", [appointment], |row| row.get(0))
}

pub(crate) fn put_share(db: Writer<'_>, appointment: &str, bp: Option<i64>) -> Result<()> {
    db.run("UPDATE appointments SET commission_bp = ?2 WHERE id = ?1", (appointment, bp))?;
    Ok(())
}
