//! Which backups are kept: all of the last hour, then one an hour for a day, one a day for a month, one a month for a
//! year.

use std::collections::BTreeSet;

use crate::calendar::Zone;
use crate::clock::Millis;
use crate::error::Result;

const HOUR: Millis = 60 * 60_000;
const DAY: Millis = 24 * HOUR;

/// The span of time that a backup stands for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Itself(usize),
    Hour(i64),
    Day(String),
    Month(String),
}

/// The places of those that go, of backups made at these times, newest first. The newest always stays, and so do those
/// that a clock set back has put in the future.
pub(super) fn outlived(made: &[Millis], now: Millis, zone: Zone) -> Result<Vec<usize>> {
    let mut taken = BTreeSet::new();
    let mut gone = Vec::new();
    for (place, at) in made.iter().enumerate() {
        let age = now.saturating_sub(*at);
        let stands = if age <= HOUR {
            Stands::Itself(place)
        } else if age <= DAY {
            Stands::Hour(at.div_euclid(HOUR))
        } else {
            let day = String::from(zone.day_of(*at)?);
            match age {
                _ if age <= 30 * DAY => Stands::Day(day),
                // A month that has only just begun a year ago still counts.
                _ if age <= 366 * DAY => Stands::Month(day.chars().take(7).collect()),
                _ if place == 0 => Stands::Itself(place),
                _ => {
                    gone.push(place);
                    continue;
                }
            }
        };
        if !taken.insert(stands) {
            gone.push(place);
        }
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p11_a_year_of_backups_thins_to_a_day_a_month_and_a_year() -> Result<()> {
        let zone = Zone::parse("America/Mexico_City")?;
        let start = 1_795_186_800_000;
        let mut made: Vec<Millis> = Vec::new();
        let mut most = 0;
        let quarter = 15 * 60_000;
        let slow = (0..398 * 4).map(|step| start + step * 6 * HOUR);
        let fast = (1..2 * 24 * 4).map(|step| start + 398 * DAY - 6 * HOUR + step * quarter);
        for now in slow.chain(fast) {
            made.insert(0, now);
            for place in outlived(&made, now, zone)?.into_iter().rev() {
                made.remove(place);
            }
            most = most.max(made.len());
        }
        let now = made[0];
        let within =
            |from: Millis, to: Millis| made.iter().filter(|at| (from..to).contains(&(now - **at))).count();
        assert_eq!(within(0, HOUR + 1), 5);
        assert!((22..=24).contains(&within(HOUR + 1, DAY + 1)), "{}", within(HOUR + 1, DAY + 1));
        assert!((28..=30).contains(&within(DAY + 1, 30 * DAY + 1)), "{}", within(DAY + 1, 30 * DAY + 1));
        assert!((11..=13).contains(&within(30 * DAY + 1, 400 * DAY)), "{}", within(30 * DAY, 400 * DAY));
        assert!(most <= 73, "{most}");
        Ok(())
    }

    #[test]
    fn the_newest_stays_however_old_and_so_does_what_a_clock_put_in_the_future() -> Result<()> {
        let zone = Zone::parse("UTC")?;
        assert_eq!(outlived(&[0], 900 * DAY, zone)?, Vec::<usize>::new());
        assert_eq!(outlived(&[5 * DAY, 5 * DAY - 1, 0], DAY, zone)?, Vec::<usize>::new());
        assert_eq!(outlived(&[800 * DAY, 0], 900 * DAY, zone)?, vec![1]);
        Ok(())
    }
}
