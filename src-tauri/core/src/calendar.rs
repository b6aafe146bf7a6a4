//! Days and minutes in the studio's zone; instants are UTC milliseconds everywhere else.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, offset::LocalResult};
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};

/// A calendar day in the studio's zone, "2026-11-20".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Day(#[schemars(with = "String")] NaiveDate);

impl TryFrom<String> for Day {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Day, &'static str> {
        // Four digits exactly: chrono would take more, and a day sorts as text.
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(|_| "not a day")?;
        if text.len() == 10 && (1900..=2200).contains(&date.year()) {
            Ok(Day(date))
        } else {
            Err("not a day")
        }
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.0.format("%Y-%m-%d").to_string()
    }
}

impl Day {
    /// 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> i64 {
        i64::from(self.0.weekday().number_from_monday())
    }

    /// Year, month and day of the month, each counted from one.
    pub fn parts(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// Whole years that somebody born on this day has lived on another; none when that comes first. Who was born on
    /// 29 February has their birthday on 1 March of other years.
    pub fn age_on(self, day: Day) -> Option<i64> {
        day.0.years_since(self.0).map(i64::from)
    }

    /// The same day of an earlier year.
    pub fn years_before(self, years: u32) -> Day {
        Day(self.0.checked_sub_months(Months::new(years * 12)).unwrap_or(self.0))
    }

    /// So many days earlier.
    pub fn minus(self, days: u64) -> Result<Day> {
        self.0.checked_sub_days(Days::new(days)).map(Day).ok_or_else(|| Error::invalid("day", "out of range"))
    }

    /// Days from this one to a later one.
    pub fn until(self, later: Day) -> i64 {
        later.0.signed_duration_since(self.0).num_days()
    }

    pub fn plus(self, days: u64) -> Result<Day> {
        self.0.checked_add_days(Days::new(days)).map(Day).ok_or_else(|| Error::invalid("day", "out of range"))
    }
}

/// A calendar month, "2026-11".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Month(#[schemars(with = "String")] NaiveDate);

impl TryFrom<String> for Month {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Month, &'static str> {
        if text.len() != 7 {
            return Err("not a month");
        }
        Day::try_from(format!("{text}-01")).map(|day| Month(day.0)).map_err(|_| "not a month")
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

impl Month {
    pub fn of(day: Day) -> Month {
        Month(day.0.with_day(1).unwrap_or(day.0))
    }

    pub fn first(self) -> Day {
        Day(self.0)
    }

    pub fn after(self) -> Month {
        self.later(1)
    }

    /// So many months later.
    pub fn later(self, months: u32) -> Month {
        Month(self.0.checked_add_months(Months::new(months)).unwrap_or(self.0))
    }

    /// The first month of its quarter.
    pub fn quarter(self) -> Month {
        Month(self.0.with_month(self.0.month0() / 3 * 3 + 1).unwrap_or(self.0))
    }

    /// The first month of its year.
    pub fn year(self) -> Month {
        Month(self.0.with_month(1).unwrap_or(self.0))
    }

    pub fn before(self) -> Month {
        Month(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    pub fn days(self) -> impl Iterator<Item = Day> {
        self.0.iter_days().take_while(move |day| day.month() == self.0.month()).map(Day)
    }

    /// Its first instant and the next month's first.
    pub fn bounds(self, zone: Zone) -> Result<(Millis, Millis)> {
        let days = u64::from(self.0.num_days_in_month());
        zone.bounds(Day(self.0), days)
    }
}

/// The studio's time zone.
#[derive(Debug, Clone, Copy)]
pub struct Zone(Tz);

impl Zone {
    pub fn parse(name: &str) -> Result<Zone> {
        name.parse().map(Zone).map_err(|_| Error::invalid("zone", "no such time zone"))
    }

    pub fn day_of(self, at: Millis) -> Result<Day> {
        Ok(Day(self.local(at)?.date()))
    }

    /// "2026-11-20 09:30:15": a moment as it stands in a table.
    pub fn written(self, at: Millis) -> Result<String> {
        Ok(self.local(at)?.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    /// Minutes since local midnight.
    pub fn minute_of(self, at: Millis) -> Result<i64> {
        let local = self.local(at)?;
        let midnight = local.date().and_time(chrono::NaiveTime::MIN);
        Ok((local - midnight).num_minutes())
    }

    fn local(self, at: Millis) -> Result<NaiveDateTime> {
        match self.0.timestamp_millis_opt(at) {
            LocalResult::Single(time) => Ok(time.naive_local()),
            _ => Err(Error::invalid("time", "out of range")),
        }
    }

    /// The instant of a local minute. A minute that the clocks skip is the first one after the gap; one that comes
    /// twice is the first.
    pub fn instant(self, day: Day, minute: i64) -> Result<Millis> {
        let midnight = day.0.and_time(chrono::NaiveTime::MIN);
        let mut local = midnight + TimeDelta::minutes(minute);
        // No gap on record is longer than a day.
        for _ in 0..=(24 * 60) {
            match self.0.from_local_datetime(&local) {
                LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => {
                    return Ok(time.timestamp_millis());
                }
                LocalResult::None => local += TimeDelta::minutes(1),
            }
        }
        Err(Error::invalid("time", "out of range"))
    }

    /// A zone of one offset that says the same as this one from a year before `now` to a year after, if there is one.
    ///
    /// Web engines carry zone data that can be years old; where the clocks no longer change, such a zone cannot be wrong.
    pub fn steady(self, now: Millis) -> Result<Option<String>> {
        const MONTH: Millis = 30 * 24 * 60 * 60_000;
        let offset = |at: Millis| -> Result<i64> { Ok(self.local(at)?.and_utc().timestamp_millis() - at) };
        let here = offset(now)?;
        for month in -13..=13 {
            if offset(now + month * MONTH)? != here {
                return Ok(None);
            }
        }
        let hours = here / 3_600_000;
        // These zones are named for what to add to get back to UTC.
        Ok((here % 3_600_000 == 0 && (-12..=14).contains(&hours)).then(|| match -hours {
            0 => "Etc/GMT".to_owned(),
            back => format!("Etc/GMT{back:+}"),
        }))
    }

    /// The day's first instant and the next day's first.
    pub fn bounds(self, day: Day, days: u64) -> Result<(Millis, Millis)> {
        Ok((self.instant(day, 0)?, self.instant(day.plus(days)?, 0)?))
    }
}
