//! The sums of each day, so that a report over years reads days and not sales.
//!
//! Written in the transaction of the sale they sum up, and made anew from the sales where the studio's zone, and with it
//! the day that a sale belongs to, changes. `verify` makes them anew too and compares.

pub(crate) mod store;

use std::collections::BTreeMap;

use crate::access::Permit;
use crate::calendar::{Day, Zone};
use crate::clients::store as clients;
use crate::clock::Millis;
use crate::door::Change;
use crate::error::Result;
use crate::storage::{Reader, StudioFile, Writer};
use crate::till::SaleKind;

/// One line of a sale, refund or void, in minor units; what comes back is negative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sold<'a> {
    pub artist: &'a str,
    pub item: bool,
    pub thing: &'a str,
    pub quantity: i64,
    pub discount: i64,
    /// The rate, where the receipt kept it.
    pub tax_bp: Option<i64>,
    pub tax: i64,
    /// Of the tax, put on top of the price.
    pub added: i64,
    pub amount: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LineSums {
    pub quantity: i64,
    pub gross: i64,
    pub discount: i64,
    pub tax: i64,
    pub added: i64,
    pub goods: i64,
    pub returned: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ArtistSums {
    pub sales: i64,
    pub reversals: i64,
    pub gross: i64,
    pub discount: i64,
    pub tax: i64,
    pub added: i64,
    pub goods: i64,
    pub returned: i64,
    pub tips: i64,
    pub commission: i64,
    pub mentoring: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MemberSums {
    pub receipts: i64,
    pub discount: i64,
    pub tips: i64,
    pub total: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TenderSums {
    pub taken: i64,
    pub returned: i64,
}

type LineKey = (Day, String, bool, String, i64);

/// The rate of receipts that did not keep it.
const NO_RATE: i64 = -1;

/// Sums of some days, being put together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Days {
    /// The day that is added to.
    day: Day,
    /// By artist, whether it is an item, the service or item, and the tax rate.
    lines: BTreeMap<LineKey, LineSums>,
    artists: BTreeMap<(Day, String), ArtistSums>,
    members: BTreeMap<(Day, String, &'static str), MemberSums>,
    tenders: BTreeMap<(Day, String), TenderSums>,
}

impl Days {
    pub(crate) fn on(day: Day) -> Days {
        Days {
            day,
            lines: BTreeMap::new(),
            artists: BTreeMap::new(),
            members: BTreeMap::new(),
            tenders: BTreeMap::new(),
        }
    }

    /// The day of a command that is going on.
    pub(crate) fn today(cx: &Change<'_>) -> Result<Days> {
        Ok(Days::on(crate::studio::store::zone(cx.db())?.day_of(cx.now())?))
    }

    fn turn_to(&mut self, day: Day) {
        self.day = day;
    }

    fn artist(&mut self, artist: &str) -> &mut ArtistSums {
        self.artists.entry((self.day, artist.to_owned())).or_default()
    }

    pub(crate) fn receipt(&mut self, member: &str, kind: SaleKind, discount: i64, tips: i64, total: i64) {
        let sums = self.members.entry((self.day, member.to_owned(), kind.name())).or_default();
        sums.receipts += 1;
        sums.discount += discount;
        sums.tips += tips;
        sums.total += total;
    }

    pub(crate) fn line(&mut self, kind: SaleKind, sold: &Sold<'_>) {
        let sale = kind == SaleKind::Sale;
        let gross = if sale { sold.amount + sold.discount } else { 0 };
        let returned = if sale { 0 } else { sold.amount };
        let rate = sold.tax_bp.unwrap_or(NO_RATE);
        let key = (self.day, sold.artist.to_owned(), sold.item, sold.thing.to_owned(), rate);
        let sums = self.lines.entry(key).or_default();
        sums.quantity += sold.quantity;
        sums.gross += gross;
        sums.discount += sold.discount;
        sums.tax += sold.tax;
        sums.added += sold.added;
        sums.goods += sold.amount;
        sums.returned += returned;
        let sums = self.artist(sold.artist);
        sums.gross += gross;
        sums.discount += sold.discount;
        sums.tax += sold.tax;
        sums.added += sold.added;
        sums.goods += sold.amount;
        sums.returned += returned;
    }

    pub(crate) fn tip(&mut self, artist: &str, amount: i64) {
        self.artist(artist).tips += amount;
    }

    /// A receipt that names an artist, on a line or with a tip.
    pub(crate) fn named(&mut self, artist: &str, kind: SaleKind) {
        let sums = self.artist(artist);
        match kind {
            SaleKind::Sale => sums.sales += 1,
            SaleKind::Refund | SaleKind::Void => sums.reversals += 1,
        }
    }

    pub(crate) fn tender(&mut self, tender: &str, amount: i64) {
        let sums = self.tenders.entry((self.day, tender.to_owned())).or_default();
        if amount < 0 {
            sums.returned += amount;
        } else {
            sums.taken += amount;
        }
    }

    pub(crate) fn commission(&mut self, artist: &str, mentoring: bool, amount: i64) {
        let sums = self.artist(artist);
        if mentoring {
            sums.mentoring += amount;
        } else {
            sums.commission += amount;
        }
    }

    /// What is in one of the two and not the same in the other, at most twenty.
    pub(crate) fn differences(&self, other: &Days) -> Vec<String> {
        fn compare<K: Ord, V: Default + PartialEq>(
            found: &mut Vec<String>,
            one: &BTreeMap<K, V>,
            other: &BTreeMap<K, V>,
            say: impl Fn(&K) -> String,
        ) {
            // What comes to nothing may stand there or not.
            let nothing = V::default();
            for key in one.keys().chain(other.keys().filter(|key| !one.contains_key(key))) {
                if found.len() < 20 && one.get(key).unwrap_or(&nothing) != other.get(key).unwrap_or(&nothing)
                {
                    found.push(say(key));
                }
            }
        }
        let mut found = Vec::new();
        let day = |day: &Day| String::from(*day);
        compare(&mut found, &self.lines, &other.lines, |(on, artist, item, thing, rate)| {
            let kind = if *item { "item" } else { "service" };
            let thing = if thing.is_empty() { "none".to_owned() } else { thing.clone() };
            let artist =
                if artist.is_empty() { "of no artist".to_owned() } else { format!("artist {artist}") };
            let rate = if *rate == NO_RATE {
                "an unknown rate of tax".to_owned()
            } else {
                format!("{}.{:02} % tax", rate / 100, rate % 100)
            };
            format!("{}, {artist}, {kind} {thing}, {rate}", day(on))
        });
        compare(&mut found, &self.artists, &other.artists, |(on, artist)| {
            format!("{}, artist {artist}", day(on))
        });
        compare(&mut found, &self.members, &other.members, |(on, member, kind)| {
            format!("{}, member {member}, {kind}", day(on))
        });
        compare(&mut found, &self.tenders, &other.tenders, |(on, tender)| format!("{}, {tender}", day(on)));
        found
    }

    /// Adds to what the file holds.
    pub(crate) fn keep(self, cx: &Change<'_>, permit: &Permit) -> Result<()> {
        store::add(cx.write(permit), &self)
    }
}

/// Makes the days of a file that came from an older Inkpoint.
pub(crate) fn make_ready(file: &StudioFile) -> Result<()> {
    let due = file.read(|conn| store::zone_due(Reader::new(conn)))?;
    match due {
        None => Ok(()),
        Some(zone) => file.write(|conn| store::cut(Writer::new(conn), Reader::new(conn), &zone)),
    }
}

/// Makes all days anew from sales that were found to hold, and what the search goes by from the clients where that is
/// wrong, for whoever found this many things wrong with them.
pub(crate) fn make_anew(cx: &mut Change<'_>, wrong: usize) -> Result<()> {
    let permit = cx.grant().whole()?;
    let zone = crate::studio::store::settings(cx.db())?.zone;
    store::make_anew(cx.write(&permit), cx.db(), &zone)?;
    if clients::is_search_wrong(cx.db())? {
        clients::index_anew(cx.write(&permit), cx.db())?;
    }
    cx.note("sums_wrong", wrong);
    Ok(())
}

const HOUR: Millis = 60 * 60_000;
const DAY: Millis = 24 * HOUR;

/// Finds the day of one moment after another; they mostly come in order.
#[derive(Debug)]
pub(crate) struct Calendar {
    zone: Zone,
    today: Option<(Millis, Millis, Day)>,
}

impl Calendar {
    pub(crate) fn new(zone: Zone) -> Calendar {
        Calendar { zone, today: None }
    }

    pub(crate) fn day_of(&mut self, at: Millis) -> Result<Day> {
        if let Some((from, to, day)) = self.today
            && (from..to).contains(&at)
        {
            return Ok(day);
        }
        let day = self.zone.day_of(at)?;
        let (from, to) = self.zone.bounds(day, 1)?;
        self.today = Some((from, to, day));
        Ok(day)
    }

    /// The day of a moment, and the hour on its clock.
    pub(crate) fn hour_of(&mut self, at: Millis) -> Result<(Day, i64)> {
        let day = self.day_of(at)?;
        match self.today {
            Some((from, to, _)) if to - from == DAY => Ok((day, (at - from) / HOUR)),
            _ => Ok((day, self.zone.minute_of(at)? / 60)),
        }
    }
}
