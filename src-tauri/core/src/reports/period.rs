//! A period looked back on: what came in, from whom, for what, when; beside the period before it (T128, T129).

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::commands::{blind as blind_until, period};
use super::daily::store as days;
use super::daily::{ArtistSums, Calendar};
use super::store;
use crate::access::Scope;
use crate::agenda::{VisitStatus, store as agenda};
use crate::calendar::{Day, Month, Zone};
use crate::clock::Millis;
use crate::door::Look;
use crate::error::{Error, Result, Why};
use crate::money::Money;
use crate::studio::store as studio;
use crate::text::Id;
use crate::till::Tender;

/// The longest period: five years.
const MOST_DAYS: i64 = 1_830;
const DAY: Millis = 24 * 60 * 60_000;
/// Longer ones are drawn by month.
const MOST_POINTS: i64 = 62;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PeriodArgs {
    /// First and last day in the studio's zone, at most five years.
    pub from: Day,
    pub to: Day,
    /// One artist's work alone; an artist's own, whatever is asked for.
    pub artist_id: Option<Id>,
}

/// The sums of a period. For one artist, of their lines and tips alone.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct Totals {
    /// Receipts, and refunds and voids among them.
    pub sales: i64,
    pub reversals: i64,
    /// Before discounts.
    pub gross: Money,
    pub discount: Money,
    /// After discounts, refunds taken off.
    pub goods: Money,
    /// What refunds and voids took off the goods, negative.
    pub returned: Money,
    pub tax: Money,
    /// Of the tax, put on top of prices without it.
    pub tax_added: Money,
    /// Goods without the tax.
    pub net: Money,
    pub tips: Money,
    /// Goods and tips.
    pub total: Money,
    /// The artists' part, with what mentors get of it. Null where it would tell a colleague's.
    pub commission: Option<Money>,
    pub visits: VisitCounts,
    pub new_clients: i64,
}

/// Visits that were to begin in the period, by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct VisitCounts {
    /// Still to come or going on.
    pub open: i64,
    pub completed: i64,
    pub no_show: i64,
    pub cancelled: i64,
}

/// One day, or one month of a long period.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Point {
    /// The day, or the month's first.
    pub day: Day,
    pub goods: Money,
    pub tips: Money,
    pub returned: Money,
    pub sales: i64,
    pub visits: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ArtistPart {
    /// Null: sold without an artist.
    pub artist_id: Option<String>,
    pub name: Option<String>,
    pub sales: i64,
    pub gross: Money,
    pub discount: Money,
    pub goods: Money,
    pub returned: Money,
    pub tax: Money,
    pub tips: Money,
    /// For own work; and of the work of those they teach.
    pub commission: Money,
    pub mentoring: Money,
    pub visits: VisitCounts,
    pub booked_minutes: i64,
    /// Working time without blocks.
    pub open_minutes: i64,
    /// Goods of the period before.
    pub before: Money,
}

/// A service or an item.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ThingPart {
    pub id: String,
    pub name: String,
    /// Refunds taken off.
    pub quantity: i64,
    pub gross: Money,
    pub discount: Money,
    pub goods: Money,
    pub returned: Money,
    pub tax: Money,
    /// Goods of the period before.
    pub before: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TenderPart {
    pub tender: Tender,
    pub taken: Money,
    /// Negative.
    pub returned: Money,
    pub net: Money,
    /// Of what was taken and of what went back: as deposits.
    pub deposits_taken: Money,
    pub deposits_returned: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TaxPart {
    /// Null: receipts that did not keep their rate.
    pub bp: Option<i64>,
    /// Without the tax.
    pub net: Money,
    pub tax: Money,
}

/// What somebody did at the till.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct MemberPart {
    pub member_id: String,
    pub name: String,
    pub sales: i64,
    pub sold: Money,
    pub discount: Money,
    pub refunds: i64,
    /// Negative.
    pub refunded: Money,
    pub voids: i64,
    /// Negative.
    pub voided: Money,
}

/// How many visits begin in an hour of a weekday.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HourLoad {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i64,
    /// 0 to 23.
    pub hour: i64,
    pub visits: i64,
}

/// Completed visits that nobody has paid for.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct Outstanding {
    pub visits: i64,
    pub amount: Money,
}

/// What came and went as deposits in the period.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct DepositSums {
    pub taken: Money,
    /// To sales; those of sales that were voided since taken off.
    pub applied: Money,
    pub kept: Money,
    pub returned: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PeriodReport {
    pub from: Day,
    pub to: Day,
    /// The period of the same length before it.
    pub before_from: Day,
    pub before_to: Day,
    /// The studio's sums; otherwise of one artist's rows alone.
    pub whole: bool,
    /// The points are months.
    pub by_month: bool,
    pub totals: Totals,
    pub before: Totals,
    pub series: Vec<Point>,
    pub before_series: Vec<Point>,
    /// For an artist the own part alone.
    pub artists: Vec<ArtistPart>,
    pub services: Vec<ThingPart>,
    pub items: Vec<ThingPart>,
    /// Empty for one artist, as the two that follow.
    pub tenders: Vec<TenderPart>,
    /// A blind count is due, and this caller may not know what should be in the drawer: no tenders are told (D27).
    pub blind: bool,
    pub taxes: Vec<TaxPart>,
    pub members: Vec<MemberPart>,
    pub hours: Vec<HourLoad>,
    pub outstanding: Outstanding,
    pub deposits: DepositSums,
    /// Deposits that clients have with the studio now.
    pub deposits_held: Money,
    pub booked_minutes: i64,
    pub open_minutes: i64,
}

/// A period with its bounds, and whose rows of it count.
#[derive(Debug)]
struct Span<'a> {
    from: Day,
    to: Day,
    from_at: Millis,
    to_at: Millis,
    zone: Zone,
    artist: Option<&'a str>,
    by_month: bool,
}

/// What the visits of a period come to.
#[derive(Debug, Default)]
struct Visits {
    all: VisitCounts,
    by_artist: HashMap<String, (VisitCounts, i64)>,
    by_point: BTreeMap<Day, i64>,
    hours: BTreeMap<(i64, i64), i64>,
    minutes: i64,
}

pub(crate) fn report(look: &Look<'_>, args: PeriodArgs) -> Result<PeriodReport> {
    period(look, args.from, args.to)?;
    let scope = scope_of(look, args.artist_id.clone())?;
    build(look, &args, &scope)
}

/// The report of whose rows count.
pub(crate) fn build(look: &Look<'_>, args: &PeriodArgs, scope: &Whose) -> Result<PeriodReport> {
    let (from_at, to_at) = period(look, args.from, args.to)?;
    let length = args.from.until(args.to) + 1;
    if length > MOST_DAYS {
        return Err(Error::invalid("to", "more than five years"));
    }
    let artist = scope.artist.as_deref();
    let zone = studio::zone(look.db())?;
    let days_back = u64::try_from(length).map_err(Error::internal)?;
    let by_month = length > MOST_POINTS;
    let this = Span { from: args.from, to: args.to, from_at, to_at, zone, artist, by_month };
    let before_from = args.from.minus(days_back)?;
    let before = Span {
        from: before_from,
        to: args.from.minus(1)?,
        from_at: zone.bounds(before_from, 1)?.0,
        to_at: from_at,
        ..this
    };

    let visits = count_visits(look, &this)?;
    let visits_before = sum_visits(look, &before)?;
    let sums = days::by_artist(look.db(), this.from, this.to, artist)?;
    let sums_before = days::by_artist(look.db(), before.from, before.to, artist)?;
    // A receipt may name several artists; counted by who made it out it counts once.
    let whole = artist.is_none();
    let till = if whole { Some(days::by_member(look.db(), this.from, this.to)?) } else { None };
    let till_before = if whole { Some(days::by_member(look.db(), before.from, before.to)?) } else { None };
    // A colleague's commission is theirs to know, so an artist who sees the studio's totals sees them without.
    let commission = !scope.colleague || artist.is_some();
    let blind = whole && blind_until(look, to_at)?;
    let (services, items, taxes) = things(look, &this, &before)?;
    let open = open_minutes(look, &this)?;
    Ok(PeriodReport {
        from: this.from,
        to: this.to,
        before_from: before.from,
        before_to: before.to,
        whole,
        by_month,
        totals: totals(look, &this, &sums, till.as_deref(), &visits, commission)?,
        before: totals(look, &before, &sums_before, till_before.as_deref(), &visits_before, commission)?,
        series: series(&this, &sums, &visits)?,
        before_series: series(&before, &sums_before, &visits_before)?,
        artists: artists(look, scope, &sums, &sums_before, &visits, &open)?,
        services,
        items,
        tenders: if whole && !blind { tenders(look, &this)? } else { Vec::new() },
        blind,
        taxes: if whole { taxes } else { Vec::new() },
        members: match till {
            Some(till) if !scope.colleague => members(look, till)?,
            _ => Vec::new(),
        },
        hours: visits
            .hours
            .iter()
            .map(|(&(weekday, hour), &visits)| HourLoad { weekday, hour, visits })
            .collect(),
        outstanding: store::outstanding(look.db(), from_at, to_at, artist)?,
        deposits: store::deposits(look.db(), from_at, to_at, artist)?,
        deposits_held: store::deposits_held(look.db(), artist)?,
        booked_minutes: visits.minutes,
        open_minutes: open.values().sum(),
    })
}

/// Whose rows of a report count.
#[derive(Debug)]
pub(crate) struct Whose {
    /// One artist's alone; none: the studio's.
    pub artist: Option<String>,
    /// The caller tattoos, and so sees no colleague's part of the whole.
    pub colleague: bool,
    pub mine: Option<String>,
}

impl Span<'_> {
    /// The point that a day belongs to.
    fn point(&self, day: Day) -> Day {
        if self.by_month { Month::of(day).first().max(self.from) } else { day }
    }

    fn points(&self) -> Result<Vec<Day>> {
        let mut points = Vec::new();
        let mut day = self.from;
        while day <= self.to {
            let point = self.point(day);
            if points.last() != Some(&point) {
                points.push(point);
            }
            day = day.plus(1)?;
        }
        Ok(points)
    }
}

fn money(minor: i64) -> Result<Money> {
    Money::new(minor)
}

fn add(sums: &mut ArtistSums, more: &ArtistSums) {
    sums.sales += more.sales;
    sums.reversals += more.reversals;
    sums.gross += more.gross;
    sums.discount += more.discount;
    sums.tax += more.tax;
    sums.added += more.added;
    sums.goods += more.goods;
    sums.returned += more.returned;
    sums.tips += more.tips;
    sums.commission += more.commission;
    sums.mentoring += more.mentoring;
}

type ArtistDays = [(Day, String, ArtistSums)];

fn totals(
    look: &Look<'_>,
    span: &Span<'_>,
    days: &ArtistDays,
    till: Option<&[days::MemberRow]>,
    visits: &Visits,
    commission: bool,
) -> Result<Totals> {
    let mut sums = ArtistSums::default();
    for (_, _, more) in days {
        add(&mut sums, more);
    }
    if let Some(till) = till {
        (sums.sales, sums.reversals) = (0, 0);
        for (_, kind, member) in till {
            *(if kind == "sale" { &mut sums.sales } else { &mut sums.reversals }) += member.receipts;
        }
    }
    Ok(Totals {
        sales: sums.sales,
        reversals: sums.reversals,
        gross: money(sums.gross)?,
        discount: money(sums.discount)?,
        goods: money(sums.goods)?,
        returned: money(sums.returned)?,
        tax: money(sums.tax)?,
        tax_added: money(sums.added)?,
        net: money(sums.goods - sums.tax)?,
        tips: money(sums.tips)?,
        total: money(sums.goods + sums.tips)?,
        commission: if commission { Some(money(sums.commission + sums.mentoring)?) } else { None },
        visits: visits.all,
        new_clients: store::new_clients(look.db(), span.from_at, span.to_at, span.artist)?,
    })
}

fn series(span: &Span<'_>, days: &ArtistDays, visits: &Visits) -> Result<Vec<Point>> {
    let mut points: BTreeMap<Day, ArtistSums> =
        span.points()?.into_iter().map(|day| (day, ArtistSums::default())).collect();
    for (day, _, sums) in days {
        if let Some(point) = points.get_mut(&span.point(*day)) {
            add(point, sums);
        }
    }
    points
        .into_iter()
        .map(|(day, sums)| {
            Ok(Point {
                day,
                goods: money(sums.goods)?,
                tips: money(sums.tips)?,
                returned: money(sums.returned)?,
                sales: sums.sales,
                visits: visits.by_point.get(&day).copied().unwrap_or(0),
            })
        })
        .collect()
}

fn artists(
    look: &Look<'_>,
    scope: &Whose,
    days: &ArtistDays,
    days_before: &ArtistDays,
    visits: &Visits,
    open: &HashMap<String, i64>,
) -> Result<Vec<ArtistPart>> {
    let mut by_artist: HashMap<&str, (ArtistSums, i64)> = HashMap::new();
    for (_, artist, sums) in days {
        add(&mut by_artist.entry(artist).or_default().0, sums);
    }
    for (_, artist, sums) in days_before {
        by_artist.entry(artist).or_default().1 += sums.goods;
    }
    for artist in visits.by_artist.keys().chain(open.keys()) {
        by_artist.entry(artist).or_default();
    }
    let mut parts = Vec::new();
    let nobody = (String::new(), None);
    let names = store::artists(look.db())?;
    for (id, name) in names.iter().map(|(id, name)| (id.clone(), Some(name.clone()))).chain([nobody]) {
        // Of the studio's totals an artist sees the own part alone (A015).
        if scope.colleague && scope.mine.as_ref() != Some(&id) {
            continue;
        }
        let Some((sums, before)) = by_artist.get(id.as_str()) else { continue };
        let (counts, booked_minutes) = visits.by_artist.get(&id).copied().unwrap_or_default();
        parts.push(ArtistPart {
            name,
            sales: sums.sales,
            gross: money(sums.gross)?,
            discount: money(sums.discount)?,
            goods: money(sums.goods)?,
            returned: money(sums.returned)?,
            tax: money(sums.tax)?,
            tips: money(sums.tips)?,
            commission: money(sums.commission)?,
            mentoring: money(sums.mentoring)?,
            visits: counts,
            booked_minutes,
            open_minutes: open.get(&id).copied().unwrap_or(0),
            before: money(*before)?,
            artist_id: Some(id).filter(|id| !id.is_empty()),
        });
    }
    Ok(parts)
}

type Things = (Vec<ThingPart>, Vec<ThingPart>, Vec<TaxPart>);

/// Services, items, and the tax by its rate; the best first.
fn things(look: &Look<'_>, span: &Span<'_>, before: &Span<'_>) -> Result<Things> {
    let mut parts: HashMap<(bool, String), ThingPart> = HashMap::new();
    let mut rates: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    let names: HashMap<String, String> = store::things(look.db())?.into_iter().collect();
    let blank = |id: &String| ThingPart {
        name: names.get(id).cloned().unwrap_or_default(),
        id: id.clone(),
        quantity: 0,
        gross: Money::ZERO,
        discount: Money::ZERO,
        goods: Money::ZERO,
        returned: Money::ZERO,
        tax: Money::ZERO,
        before: Money::ZERO,
    };
    for (item, id, bp, sums) in days::by_thing(look.db(), span.from, span.to, span.artist)? {
        let rate = rates.entry(bp).or_default();
        rate.0 += sums.goods - sums.tax;
        rate.1 += sums.tax;
        let part = parts.entry((item, id.clone())).or_insert_with(|| blank(&id));
        part.quantity += sums.quantity;
        part.gross = part.gross.plus(money(sums.gross)?)?;
        part.discount = part.discount.plus(money(sums.discount)?)?;
        part.goods = part.goods.plus(money(sums.goods)?)?;
        part.returned = part.returned.plus(money(sums.returned)?)?;
        part.tax = part.tax.plus(money(sums.tax)?)?;
    }
    for (item, id, _, sums) in days::by_thing(look.db(), before.from, before.to, before.artist)? {
        let part = parts.entry((item, id.clone())).or_insert_with(|| blank(&id));
        part.before = part.before.plus(money(sums.goods)?)?;
    }
    let (mut items, mut services) = (Vec::new(), Vec::new());
    for ((item, _), part) in parts {
        if item { items.push(part) } else { services.push(part) }
    }
    for list in [&mut items, &mut services] {
        list.sort_by(|one, other| other.goods.cmp(&one.goods).then_with(|| one.name.cmp(&other.name)));
    }
    let taxes = rates
        .into_iter()
        .map(|(bp, (net, tax))| {
            Ok(TaxPart { bp: Some(bp).filter(|bp| *bp >= 0), net: money(net)?, tax: money(tax)? })
        })
        .collect::<Result<_>>()?;
    Ok((services, items, taxes))
}

fn tenders(look: &Look<'_>, span: &Span<'_>) -> Result<Vec<TenderPart>> {
    let mut parts = Vec::new();
    let deposits = store::deposit_tenders(look.db(), span.from_at, span.to_at)?;
    for (tender, sums) in days::by_tender(look.db(), span.from, span.to)? {
        let held = deposits.iter().find(|(paid, _, _)| *paid == tender);
        parts.push(TenderPart {
            tender,
            taken: money(sums.taken)?,
            returned: money(sums.returned)?,
            net: money(sums.taken + sums.returned)?,
            deposits_taken: held.map_or(Money::ZERO, |(_, taken, _)| *taken),
            deposits_returned: held.map_or(Money::ZERO, |(_, _, back)| *back),
        });
    }
    Ok(parts)
}

fn members(look: &Look<'_>, till: Vec<days::MemberRow>) -> Result<Vec<MemberPart>> {
    let mut parts: HashMap<String, MemberPart> = HashMap::new();
    for (member, kind, sums) in till {
        let part = parts.entry(member).or_default();
        let (count, amount) = match kind.as_str() {
            "sale" => (&mut part.sales, &mut part.sold),
            "refund" => (&mut part.refunds, &mut part.refunded),
            _ => (&mut part.voids, &mut part.voided),
        };
        *count += sums.receipts;
        *amount = amount.plus(money(sums.total)?)?;
        part.discount = part.discount.plus(money(sums.discount)?)?;
    }
    let names: HashMap<String, String> = store::members(look.db())?.into_iter().collect();
    let mut parts: Vec<MemberPart> = parts
        .into_iter()
        .map(|(member_id, part)| MemberPart {
            name: names.get(&member_id).cloned().unwrap_or_default(),
            member_id,
            ..part
        })
        .collect();
    parts.sort_by(|one, other| other.sold.cmp(&one.sold).then_with(|| one.name.cmp(&other.name)));
    Ok(parts)
}

/// Beyond every list where the number is none.
fn index(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn count_visits(look: &Look<'_>, span: &Span<'_>) -> Result<Visits> {
    let mut visits = Visits::default();
    let mut calendar = Calendar::new(span.zone);
    // They come in order, a year has tens of thousands: what is the same for those of a day is asked once.
    let mut today: Option<(Day, Day, i64)> = None;
    let mut points: Vec<(Day, i64)> = Vec::new();
    let mut hours = [[0_i64; 24]; 8];
    store::each_visit(look.db(), span.from_at, span.to_at, span.artist, |visit| {
        let (day, hour) = calendar.hour_of(visit.starts_at)?;
        let minutes = if visit.status.holds_time() { (visit.ends_at - visit.starts_at) / 60_000 } else { 0 };
        let known = visits.by_artist.get_mut(visit.artist);
        let (counts, booked) = match known {
            Some(known) => (&mut known.0, &mut known.1),
            None => {
                let new = visits.by_artist.entry(visit.artist.to_owned()).or_default();
                (&mut new.0, &mut new.1)
            }
        };
        *booked += minutes;
        visits.minutes += minutes;
        for counts in [counts, &mut visits.all] {
            *match visit.status {
                VisitStatus::Completed => &mut counts.completed,
                VisitStatus::NoShow => &mut counts.no_show,
                VisitStatus::Cancelled => &mut counts.cancelled,
                _ => &mut counts.open,
            } += 1;
        }
        if visit.status.holds_time() {
            let (_, point, weekday) = match today {
                Some(known) if known.0 == day => known,
                _ => *today.insert((day, span.point(day), day.weekday())),
            };
            match points.last_mut() {
                Some((last, visits)) if *last == point => *visits += 1,
                _ => points.push((point, 1)),
            }
            let hour = hours.get_mut(index(weekday)).and_then(|hours| hours.get_mut(index(hour)));
            *hour.ok_or_else(|| Error::internal("an hour of no day"))? += 1;
        }
        Ok(())
    })?;
    for (point, count) in points {
        *visits.by_point.entry(point).or_default() += count;
    }
    for (weekday, hours) in (0..).zip(hours) {
        let busy = (0..).zip(hours).filter(|(_, visits)| *visits > 0);
        visits.hours.extend(busy.map(|(hour, visits)| ((weekday, hour), visits)));
    }
    Ok(visits)
}

/// The visits of a period that another is held against: how many, no more.
fn sum_visits(look: &Look<'_>, span: &Span<'_>) -> Result<Visits> {
    let mut visits = Visits::default();
    let points = span.points()?;
    for (at, point) in points.iter().enumerate() {
        let from = span.zone.bounds(*point, 1)?.0;
        let to = match points.get(at + 1) {
            Some(next) => span.zone.bounds(*next, 1)?.0,
            None => span.to_at,
        };
        let counts = store::visit_counts(look.db(), from, to, span.artist)?;
        visits.by_point.insert(*point, counts.open + counts.completed);
        visits.all.open += counts.open;
        visits.all.completed += counts.completed;
        visits.all.no_show += counts.no_show;
        visits.all.cancelled += counts.cancelled;
    }
    Ok(visits)
}

/// Working time of each artist, blocks taken off, in minutes.
fn open_minutes(look: &Look<'_>, span: &Span<'_>) -> Result<HashMap<String, i64>> {
    let mut minutes: HashMap<String, i64> = HashMap::new();
    let mut blocks = agenda::block_spans(look.db(), span.artist, span.from_at, span.to_at)?;
    let mut day = span.from;
    let hours = store::working_hours(look.db(), span.artist)?;
    while day <= span.to {
        let (start, end) = span.zone.bounds(day, 1)?;
        blocks.retain(|(_, _, to)| *to > start);
        for (artist, weekday, opens, closes) in &hours {
            if *weekday != day.weekday() {
                continue;
            }
            // Where the clocks change, a minute of the day is not that far from its beginning.
            let at = |minute: i64| {
                if end - start == DAY { Ok(start + minute * 60_000) } else { span.zone.instant(day, minute) }
            };
            let (from, to) = (at(*opens)?, at(*closes)?);
            let mut free = to - from;
            let mut reached = from;
            for (_, off_from, off_to) in
                blocks.iter().filter(|(owner, off_from, _)| owner == artist && *off_from < end)
            {
                let (off_from, off_to) = ((*off_from).max(reached), (*off_to).min(to));
                if off_from < off_to {
                    free -= off_to - off_from;
                    reached = off_to;
                }
            }
            *minutes.entry(artist.clone()).or_default() += free / 60_000;
        }
        day = day.plus(1)?;
    }
    Ok(minutes)
}

/// Whose rows count: an artist's own whatever was asked for, with the switch the studio's; otherwise those asked for.
pub(crate) fn scope_of(look: &Look<'_>, asked: Option<Id>) -> Result<Whose> {
    let caller = look.caller()?;
    let (colleague, mine) = (caller.role.tattoos(), caller.artist.clone());
    let artist = match look.grant().scope() {
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
        Scope::All if colleague && asked.as_deref().is_some_and(|asked| Some(asked) != mine.as_deref()) => {
            return Err(Error::denied(if mine.is_some() { Why::NotYours } else { Why::NotLinked }));
        }
        Scope::All => asked.map(String::from),
    };
    Ok(Whose { artist, colleague, mine })
}
