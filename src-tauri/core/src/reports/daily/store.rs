//! The rows of the days' sums.

use super::{ArtistSums, Calendar, Days, LineSums, MemberSums, Sold, TenderSums};
use crate::calendar::{Day, Month, Zone};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::{Reader, Row, Writer};
use crate::till::{SaleKind, Tender};

pub(super) fn add(db: Writer<'_>, days: &Days) -> Result<()> {
    for ((day, artist, item, thing, tax_bp), sums) in &days.lines {
        let month = Month::of(*day).to_string();
        for (table, column, when) in
            [("day_lines", "day", String::from(*day)), ("month_lines", "month", month)]
        {
            db.run(
                &format!(
                    "INSERT INTO {table} ({column}, artist_id, kind, thing_id, tax_bp, quantity, gross, discount, tax,
                         added, goods, returned)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                     ON CONFLICT ({column}, artist_id, kind, thing_id, tax_bp) DO UPDATE SET
                         quantity = quantity + excluded.quantity, gross = gross + excluded.gross,
                         discount = discount + excluded.discount, tax = tax + excluded.tax,
                         added = added + excluded.added, goods = goods + excluded.goods,
                         returned = returned + excluded.returned"
                ),
                (
                    when,
                    artist,
                    if *item { "item" } else { "service" },
                    thing,
                    tax_bp,
                    sums.quantity,
                    sums.gross,
                    sums.discount,
                    sums.tax,
                    sums.added,
                    sums.goods,
                    sums.returned,
                ),
            )?;
        }
    }
    for ((day, artist), sums) in &days.artists {
        db.run(
            "INSERT INTO day_artists (day, artist_id, sales, reversals, gross, discount, tax, added, goods, returned,
                 tips, commission, mentoring)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (day, artist_id) DO UPDATE SET sales = sales + excluded.sales,
                 reversals = reversals + excluded.reversals, gross = gross + excluded.gross,
                 discount = discount + excluded.discount, tax = tax + excluded.tax, added = added + excluded.added,
                 goods = goods + excluded.goods, returned = returned + excluded.returned, tips = tips + excluded.tips,
                 commission = commission + excluded.commission, mentoring = mentoring + excluded.mentoring",
            (
                day,
                artist,
                sums.sales,
                sums.reversals,
                sums.gross,
                sums.discount,
                sums.tax,
                sums.added,
                sums.goods,
                sums.returned,
                sums.tips,
                sums.commission,
                sums.mentoring,
            ),
        )?;
    }
    for ((day, member, kind), sums) in &days.members {
        db.run(
            "INSERT INTO day_members (day, member_id, kind, receipts, discount, tips, total)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (day, member_id, kind) DO UPDATE SET receipts = receipts + excluded.receipts,
                 discount = discount + excluded.discount, tips = tips + excluded.tips, total = total + excluded.total",
            (day, member, kind, sums.receipts, sums.discount, sums.tips, sums.total),
        )?;
    }
    for ((day, tender), sums) in &days.tenders {
        db.run(
            "INSERT INTO day_tenders (day, tender, taken, returned) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (day, tender) DO UPDATE SET taken = taken + excluded.taken,
                 returned = returned + excluded.returned",
            (day, tender, sums.taken, sums.returned),
        )?;
    }
    Ok(())
}

fn kind(row: &Row<'_>, at: usize) -> Result<SaleKind> {
    SaleKind::parse(row.get_ref(at)?.as_str().map_err(|_| Error::Damaged("a kind of sale".to_owned()))?)
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> Result<&'r str> {
    row.get_ref(at)?.as_str().map_err(|_| Error::Damaged("a text".to_owned()))
}

/// Every day's sums from the sales themselves.
pub(crate) fn recomputed(db: Reader<'_>, zone: Zone) -> Result<Days> {
    let mut calendar = Calendar::new(zone);
    let mut days = Days::on(calendar.day_of(0)?);
    db.each("SELECT at, kind, member_id, discount, tips, total FROM sales ORDER BY at", [], |row| {
        days.turn_to(calendar.day_of(row.get::<_, Millis>(0)?)?);
        days.receipt(text(row, 2)?, kind(row, 1)?, row.get(3)?, row.get(4)?, row.get(5)?);
        Ok(())
    })?;
    // The artists that the lines of one sale named so far.
    let mut sale = 0_i64;
    let mut named: Vec<String> = Vec::new();
    db.each("SELECT s.at, s.kind, s.rowid, coalesce(l.artist_id, ''), l.kind = 'item', coalesce(l.item_id, l.service_id),
                l.quantity, l.discount, l.tax_bp, l.tax, coalesce(l.tax_added, 0), l.amount
         FROM sales s CROSS JOIN sale_lines l ON l.sale_id = s.id ORDER BY s.at, s.rowid", [], |row| {
            days.turn_to(calendar.day_of(row.get::<_, Millis>(0)?)?);
            let (kind, this, artist) = (kind(row, 1)?, row.get(2)?, text(row, 3)?);
            if this != sale {
                sale = this;
                named.clear();
            }
            if !named.iter().any(|known| known == artist) {
                named.push(artist.to_owned());
                days.named(artist, kind);
            }
            let sold = Sold {
                artist,
                item: row.get(4)?,
                thing: text(row, 5)?,
                quantity: row.get(6)?,
                discount: row.get(7)?,
                tax_bp: row.get(8)?,
                tax: row.get(9)?,
                added: row.get(10)?,
                amount: row.get(11)?,
            };
            days.line(kind, &sold);
            Ok(())
        },
    )?;
    db.each(
        "SELECT s.at, s.kind, t.artist_id, t.amount,
                EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id AND l.artist_id = t.artist_id)
         FROM sales s CROSS JOIN sale_tips t ON t.sale_id = s.id ORDER BY s.at",
        [],
        |row| {
            days.turn_to(calendar.day_of(row.get::<_, Millis>(0)?)?);
            if !row.get::<_, bool>(4)? {
                days.named(text(row, 2)?, kind(row, 1)?);
            }
            days.tip(text(row, 2)?, row.get(3)?);
            Ok(())
        },
    )?;
    db.each("SELECT s.at, t.tender, t.amount FROM sales s CROSS JOIN sale_tenders t ON t.sale_id = s.id ORDER BY s.at", [], |row| {
            days.turn_to(calendar.day_of(row.get::<_, Millis>(0)?)?);
            days.tender(text(row, 1)?, row.get(2)?);
            Ok(())
        },
    )?;
    db.each(
        "SELECT at, artist_id, artist_id <> worker_id, amount FROM commissions ORDER BY at",
        [],
        |row| {
            days.turn_to(calendar.day_of(row.get::<_, Millis>(0)?)?);
            days.commission(text(row, 1)?, row.get(2)?, row.get(3)?);
            Ok(())
        },
    )?;
    db.each(
        "SELECT coalesce(m.at, d.at), t.tender, t.amount
         FROM deposit_tenders t JOIN deposits d ON d.id = t.deposit_id LEFT JOIN deposit_moves m ON m.id = t.move_id
         ORDER BY 1",
        [],
        |row| {
            days.turn_to(calendar.day_of(row.get::<_, Millis>(0)?)?);
            days.tender(text(row, 1)?, row.get(2)?);
            Ok(())
        },
    )?;
    Ok(days)
}

/// Every day's sums as the file has them.
pub(crate) fn kept(db: Reader<'_>, zone: Zone) -> Result<Days> {
    let mut days = Days::on(zone.day_of(0)?);
    db.each("SELECT day, artist_id, kind = 'item', thing_id, tax_bp, quantity, gross, discount, tax, added, goods, returned FROM day_lines", [], |row| {
        let sums = LineSums {
            quantity: row.get(5)?,
            gross: row.get(6)?,
            discount: row.get(7)?,
            tax: row.get(8)?,
            added: row.get(9)?,
            goods: row.get(10)?,
            returned: row.get(11)?,
        };
        days.lines.insert((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?), sums);
        Ok(())
    })?;
    db.each(&format!("SELECT day, artist_id, {ARTIST_SUMS} FROM day_artists"), [], |row| {
        days.artists.insert((row.get(0)?, row.get(1)?), artist_sums(row)?);
        Ok(())
    })?;
    db.each("SELECT day, member_id, kind, receipts, discount, tips, total FROM day_members", [], |row| {
        let sums = MemberSums {
            receipts: row.get(3)?,
            discount: row.get(4)?,
            tips: row.get(5)?,
            total: row.get(6)?,
        };
        days.members.insert((row.get(0)?, row.get(1)?, kind(row, 2)?.name()), sums);
        Ok(())
    })?;
    db.each("SELECT day, tender, taken, returned FROM day_tenders", [], |row| {
        days.tenders
            .insert((row.get(0)?, row.get(1)?), TenderSums { taken: row.get(2)?, returned: row.get(3)? });
        Ok(())
    })?;
    Ok(days)
}

/// The studio's zone, where the days are not cut in it. None too while a studio is being made.
pub(crate) fn zone_due(db: Reader<'_>) -> Result<Option<String>> {
    let zone: Option<String> = db.maybe(
        "SELECT json_extract(value, '$') FROM settings WHERE name = 'zone'
             AND json_extract(value, '$') NOT IN (SELECT zone FROM day_zone)",
        [],
        |row| row.get(0),
    )?;
    Ok(zone)
}

/// Whether the days say no other zone than the studio's. Those that say none were never cut.
pub(crate) fn is_cut_in_zone(db: Reader<'_>) -> Result<bool> {
    db.one(
        "SELECT NOT EXISTS (SELECT 1 FROM day_zone
             WHERE zone NOT IN (SELECT json_extract(value, '$') FROM settings WHERE name = 'zone'))",
        [],
        |row| row.get(0),
    )
}

/// Cuts the days anew when that was never done, or in another zone.
pub(crate) fn cut(db: Writer<'_>, reader: Reader<'_>, zone_name: &str) -> Result<()> {
    let known: Option<String> = reader.maybe("SELECT zone FROM day_zone", [], |row| row.get(0))?;
    if known.as_deref() == Some(zone_name) {
        return Ok(());
    }
    make_anew(db, reader, zone_name)
}

/// Throws the days away and makes them from the sales.
pub(crate) fn make_anew(db: Writer<'_>, reader: Reader<'_>, zone_name: &str) -> Result<()> {
    for table in ["day_lines", "month_lines", "day_artists", "day_members", "day_tenders", "day_zone"] {
        db.run(&format!("DELETE FROM {table}"), [])?;
    }
    add(db, &recomputed(reader, Zone::parse(zone_name)?)?)?;
    db.run("INSERT INTO day_zone (zone) VALUES (?1)", [zone_name])?;
    Ok(())
}

const ARTIST_SUMS: &str =
    "sales, reversals, gross, discount, tax, added, goods, returned, tips, commission, mentoring";

fn artist_sums(row: &Row<'_>) -> rusqlite::Result<ArtistSums> {
    Ok(ArtistSums {
        sales: row.get(2)?,
        reversals: row.get(3)?,
        gross: row.get(4)?,
        discount: row.get(5)?,
        tax: row.get(6)?,
        added: row.get(7)?,
        goods: row.get(8)?,
        returned: row.get(9)?,
        tips: row.get(10)?,
        commission: row.get(11)?,
        mentoring: row.get(12)?,
    })
}

/// Days by artist, of one artist or of all, in the order of days.
pub(crate) fn by_artist(
    db: Reader<'_>,
    from: Day,
    to: Day,
    artist: Option<&str>,
) -> Result<Vec<(Day, String, ArtistSums)>> {
    db.all(
        &format!(
            "SELECT day, artist_id, {ARTIST_SUMS} FROM day_artists
             WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR artist_id = ?3) ORDER BY day"
        ),
        (from, to, artist),
        |row| Ok((row.get(0)?, row.get(1)?, artist_sums(row)?)),
    )
}

/// What was sold over some days: whether it is an item, which, the tax rate, and its sums.
pub(crate) type ThingRow = (bool, String, i64, LineSums);

pub(crate) fn by_thing(db: Reader<'_>, from: Day, to: Day, artist: Option<&str>) -> Result<Vec<ThingRow>> {
    // Whole months by their own sums, the days before and after them one by one.
    let first = Month::of(from.minus(1)?).after();
    let last = Month::of(to.plus(1)?).before();
    let (head, tail) =
        if first <= last { (first.first().minus(1)?, last.after().first()) } else { (to, to.plus(1)?) };
    db.all(
        "SELECT kind = 'item', thing_id, tax_bp, sum(quantity), sum(gross), sum(discount), sum(tax), sum(added),
                sum(goods), sum(returned)
         FROM (SELECT kind, thing_id, tax_bp, artist_id, quantity, gross, discount, tax, added, goods, returned
               FROM day_lines WHERE day BETWEEN ?1 AND ?2
               UNION ALL
               SELECT kind, thing_id, tax_bp, artist_id, quantity, gross, discount, tax, added, goods, returned
               FROM month_lines WHERE month BETWEEN ?3 AND ?4
               UNION ALL
               SELECT kind, thing_id, tax_bp, artist_id, quantity, gross, discount, tax, added, goods, returned
               FROM day_lines WHERE day BETWEEN ?5 AND ?6)
         WHERE ?7 IS NULL OR artist_id = ?7 GROUP BY kind, thing_id, tax_bp",
        (from, head, first, last, tail, to, artist),
        |row| {
            let sums = LineSums {
                quantity: row.get(3)?,
                gross: row.get(4)?,
                discount: row.get(5)?,
                tax: row.get(6)?,
                added: row.get(7)?,
                goods: row.get(8)?,
                returned: row.get(9)?,
            };
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, sums))
        },
    )
}

/// What somebody did at the till over some days: the member, the kind of receipt, their sums.
pub(crate) type MemberRow = (String, String, MemberSums);

pub(crate) fn by_member(db: Reader<'_>, from: Day, to: Day) -> Result<Vec<MemberRow>> {
    db.all(
        "SELECT member_id, kind, sum(receipts), sum(discount), sum(tips), sum(total) FROM day_members
         WHERE day BETWEEN ?1 AND ?2 GROUP BY member_id, kind",
        (from, to),
        |row| {
            let sums = MemberSums {
                receipts: row.get(2)?,
                discount: row.get(3)?,
                tips: row.get(4)?,
                total: row.get(5)?,
            };
            Ok((row.get(0)?, row.get(1)?, sums))
        },
    )
}

pub(crate) fn by_tender(db: Reader<'_>, from: Day, to: Day) -> Result<Vec<(Tender, TenderSums)>> {
    let rows: Vec<(String, TenderSums)> = db.all(
        "SELECT tender, sum(taken), sum(returned) FROM day_tenders WHERE day BETWEEN ?1 AND ?2
         GROUP BY tender ORDER BY tender",
        (from, to),
        |row| Ok((row.get(0)?, TenderSums { taken: row.get(1)?, returned: row.get(2)? })),
    )?;
    rows.into_iter().map(|(tender, sums)| Ok((Tender::parse(&tender)?, sums))).collect()
}
