//! Arithmetic that must hold for every amount: sums, shares, splits, tax.

use inkpoint_core::money::{LARGEST_SUM, LIMIT, Money};

use crate::studio_house::Dice;

fn money(minor: i64) -> Money {
    Money::new(minor).unwrap()
}

/// An amount of any size, mostly a small one.
fn amount(dice: &mut Dice) -> i64 {
    let most = *dice.pick(&[10, 1_000, 1_000_000, LIMIT]);
    dice.between(-most, most)
}

#[test]
fn attack_33_amounts_stop_at_the_limit_and_never_wrap() {
    // What a caller sends is a single amount.
    for wrong in [LIMIT + 1, -LIMIT - 1, LARGEST_SUM, i64::MAX, i64::MIN] {
        assert!(serde_json::from_value::<Money>(serde_json::json!(wrong)).is_err(), "{wrong}");
    }
    for wrong in [LARGEST_SUM + 1, -LARGEST_SUM - 1, i64::MAX, i64::MIN] {
        assert!(Money::new(wrong).is_err(), "{wrong}");
    }
    let (most, least) = (money(LIMIT), money(-LIMIT));
    assert!(most.single().is_ok() && least.single().is_ok());
    assert!(most.plus(money(1)).unwrap().single().is_err());
    assert!(least.minus(money(1)).unwrap().single().is_err());
    assert!(most.times(9_008).is_err());
    assert!(most.times(i64::MAX).is_err());
    assert!(most.share(i64::MAX).is_err());
    assert!(money(LARGEST_SUM).plus(money(1)).is_err());
    assert!(money(-LARGEST_SUM).minus(money(1)).is_err());
    assert!(Money::sum([money(LARGEST_SUM), most]).is_err());
    assert_eq!(most.negated(), least);
    for wrong in ["1.5", "1e3", "\"1\"", "null", "true", "[1]"] {
        assert!(serde_json::from_str::<Money>(wrong).is_err(), "{wrong} is not a whole number");
    }
}

#[test]
fn a_split_adds_up_and_nobody_is_a_unit_away_from_their_share() {
    let mut dice = Dice::new("a_split_adds_up");
    for _ in 0..20_000 {
        let whole = amount(&mut dice);
        let weights: Vec<i64> = (0..=dice.below(8)).map(|_| dice.between(0, 10_000)).collect();
        let total: i64 = weights.iter().sum();
        let Ok(parts) = money(whole).split(&weights) else {
            assert!(total == 0 && whole != 0, "{whole} over {weights:?}");
            continue;
        };
        assert_eq!(parts.len(), weights.len());
        assert_eq!(Money::sum(parts.iter().copied()).unwrap(), money(whole), "{whole} over {weights:?}");
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = i128::from(whole) * i128::from(*weight);
            let off = (i128::from(part.minor()) * i128::from(total.max(1)) - exact).abs();
            assert!(off < i128::from(total.max(1)), "{part:?} of {whole} over {weights:?}");
            assert!(*weight != 0 || *part == Money::ZERO);
        }
    }
    assert!(money(5).split(&[1, -1]).is_err());
    assert_eq!(money(100).split(&[1, 1, 1]).unwrap(), [money(34), money(33), money(33)]);
    assert_eq!(money(-100).split(&[1, 1, 1]).unwrap(), [money(-34), money(-33), money(-33)]);
}

#[test]
fn a_share_is_the_nearest_unit_with_halves_away_from_zero() {
    let mut dice = Dice::new("a_share_is_the_nearest_unit");
    for _ in 0..20_000 {
        let (whole, bp) = (amount(&mut dice), dice.between(0, 10_000));
        let share = money(whole).share(bp).unwrap().minor();
        let off = i128::from(share) * 10_000 - i128::from(whole) * i128::from(bp);
        assert!(off.abs() <= 5_000, "{bp} of {whole} is {share}");
        assert_eq!(money(-whole).share(bp).unwrap().minor(), -share, "a refund gives back the same");
    }
    let halves = [(1, 5_000, 1), (-1, 5_000, -1), (3, 5_000, 2), (1, 4_999, 0), (199, 10_000, 199)];
    for (whole, bp, share) in halves {
        assert_eq!(money(whole).share(bp).unwrap().minor(), share, "{bp} of {whole}");
    }
}

#[test]
fn the_tax_inside_is_the_nearest_unit_and_never_more_than_the_amount() {
    let mut dice = Dice::new("the_tax_inside");
    for _ in 0..20_000 {
        let (whole, bp) = (amount(&mut dice), dice.between(0, 9_999));
        let tax = money(whole).tax_inside(bp).unwrap().minor();
        let base = i128::from(10_000 + bp);
        let off = i128::from(tax) * base - i128::from(whole) * i128::from(bp);
        assert!(off.abs() * 2 <= base, "{bp} inside {whole} is {tax}");
        assert!(tax.abs() <= whole.abs() && tax.signum() * whole.signum() >= 0);
        assert_eq!(money(-whole).tax_inside(bp).unwrap().minor(), -tax);
    }
    assert_eq!(money(11_600).tax_inside(1_600).unwrap(), money(1_600));
    assert_eq!(money(160_000).tax_inside(1_600).unwrap(), money(22_069));
}
