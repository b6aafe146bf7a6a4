//! Which currencies there are (ISO 4217), and how many decimals each counts in.

use iso_currency::Currency;

/// Decimal places of a currency; none for what is none, or none that anybody pays in: metals, units of account, tests.
pub(crate) fn exponent(code: &str) -> Option<i64> {
    let known = Currency::from_code(code).filter(|known| !known.is_special())?;
    known.exponent().map(i64::from)
}

/// The currencies that a studio can choose from, with their decimals; the units that funds are kept in are none of them.
pub(crate) fn to_choose() -> Vec<(&'static str, i64)> {
    let mut all: Vec<_> = (0..1_000)
        .filter_map(Currency::from_numeric)
        .filter(|known| !known.is_fund())
        .filter_map(|known| Some((known.code(), exponent(known.code())?)))
        .collect();
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_counts_in_its_own_decimals() {
        for (decimals, codes) in [
            (
                0,
                &["BIF", "CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"]
                    [..],
            ),
            (2, &["ARS", "BRL", "CAD", "CHF", "COP", "EUR", "GBP", "MXN", "MXV", "USD", "VES", "ZWG", "XCG"]),
            (3, &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]),
            (4, &["CLF", "UYW"]),
        ] {
            for code in codes {
                assert_eq!(exponent(code), Some(decimals), "{code}");
            }
        }
        for none in ["ZZZ", "XXQ", "XXX", "XTS", "XAU", "XDR", "XAD", "mxn", "", "EURO", "€€€"] {
            assert_eq!(exponent(none), None, "{none}");
        }
    }

    #[test]
    fn what_can_be_chosen_is_known_and_no_fund() {
        let all = to_choose();
        assert!(all.len() > 150, "{}", all.len());
        assert!(all.contains(&("MXN", 2)) && !all.iter().any(|(code, _)| *code == "CLF"));
    }
}
