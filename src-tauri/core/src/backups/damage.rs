//! What the problems of a check are about, as a receptionist would say it.

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// A part of a studio's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The file itself: its pages cannot be read as they were written.
    File,
    /// The journal and its chain.
    Journal,
    /// Sales, tenders, deposits, the drawer and the ledger.
    Money,
    /// Commissions and payouts.
    Payouts,
    Stock,
    /// Signed papers.
    Papers,
    Pictures,
    /// Sums that reports read, and what the search goes by; they are made anew from the sales and the clients.
    Figures,
    /// Anything else: people, appointments, settings.
    Rest,
}

impl Area {
    pub(super) const ALL: [Area; 9] = [
        Area::File,
        Area::Journal,
        Area::Money,
        Area::Payouts,
        Area::Stock,
        Area::Papers,
        Area::Pictures,
        Area::Figures,
        Area::Rest,
    ];

    fn of(problem: &str) -> Area {
        match problem.split(':').next().unwrap_or_default() {
            "pages" | "schema" => Area::File,
            "journal" | "log" => Area::Journal,
            table if table.starts_with("commission") || table == "payouts" => Area::Payouts,
            "pictures" | "portfolio_items" => Area::Pictures,
            "days" | "search" => Area::Figures,
            table if table.starts_with("consent") => Area::Papers,
            table
                if ["stock", "item", "lot", "suppl", "usage"]
                    .iter()
                    .any(|stock| table.starts_with(stock)) =>
            {
                Area::Stock
            }
            table
                if ["sale", "ledger", "deposit", "drawer", "cash", "receipt"]
                    .iter()
                    .any(|money| table.starts_with(money)) =>
            {
                Area::Money
            }
            _ => Area::Rest,
        }
    }
}

/// What these problems are about, each once.
pub(super) fn areas(problems: &[String]) -> Vec<Area> {
    let mut areas: Vec<Area> = problems.iter().map(|problem| Area::of(problem)).collect();
    areas.sort();
    areas.dedup();
    areas
}
