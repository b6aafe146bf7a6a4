//! What an export says of each table and column, and what it leaves out on purpose.
//!
//! Tables and columns come from the file's schema, so a new one comes along by itself. Whoever adds one says here what it
//! is, or why it stays; a test asks for it.

use crate::storage::tables::{Column, Table};

/// Every table that comes along, in the words of whoever reads it years from now.
const TABLES: &[(&str, &str)] = &[
    ("appointments", "Visits, with their state. Who came, to whom, for what, when and at which price."),
    ("artist_hours", "The weekly working hours of each artist; a weekday without a row is a day off."),
    ("artists", "Artist profiles: the columns of the agenda. Who left keeps theirs."),
    ("blocks", "Time off and other time that an artist cannot be booked."),
    ("cash_moves", "Cash paid into the drawer, out of it, or dropped into the safe."),
    ("checklist_ticks", "What was ticked off on somebody's first or last day."),
    ("client_merges", "Duplicate clients that were made one, with what each was before."),
    ("client_notes", "Session notes."),
    (
        "clients",
        "Clients. Who was merged into another names the other in merged_into; an erased one has a pseudonym.",
    ),
    (
        "commission_rates",
        "An artist's rate for one kind of work, where it is another than their usual share.",
    ),
    ("commission_start", "From when on commission was kept. Zero: always."),
    ("commissions", "What an artist earned by each line of a sale, and what a refund took back of it."),
    (
        "consent_papers",
        "What was signed, word for word, by whom, with the answers and the signature as points.",
    ),
    (
        "consent_template_services",
        "Which services ask for which paper; a paper without a row is for all of them.",
    ),
    ("consent_templates", "The papers that the studio has people sign."),
    ("consent_versions", "What each paper said over time."),
    ("consent_waivers", "Visits that went on although a paper was missing, and why."),
    ("consent_withdrawals", "Image use that was taken back."),
    ("consents", "That something was signed: when, for which visit, in which version."),
    ("counters", "The last number of each kind of paper: receipts, Z reports, payouts."),
    ("deposit_moves", "What became of each deposit: used, kept, given back, moved to another visit."),
    ("deposit_tenders", "How deposits were paid and given back."),
    ("deposits", "Money taken in advance for a visit."),
    ("deposits_now", "Where each deposit stands today."),
    ("different_clients", "Clients that look like one person and are two."),
    ("drawer_closings", "Closings of the cash drawer: the Z reports."),
    ("drawer_sessions", "Each time the cash drawer was opened for the day."),
    ("drawer_takeovers", "Drawers that somebody else took over."),
    ("erased_clients", "Which clients were erased, and when. Nothing else of them is kept."),
    ("items", "What the studio has in stock or sells at the counter."),
    (
        "journal",
        "The activity log: one row for each change and refusal. Each row's hash covers the one before it.",
    ),
    ("journal_reasons", "The reason somebody gave for a row of the journal."),
    ("ledger_entries", "Double entry: every movement of money."),
    (
        "ledger_lines",
        "The lines of each entry. Debits are positive, credits negative; an entry's lines add up to zero.",
    ),
    ("lent_roles", "Roles that somebody has for a time."),
    ("lots", "Batches of an item, as their maker numbered them, and until when they are good."),
    ("members", "The people with an account, without anything that would let somebody sign in."),
    ("notices", "What members were told inside Inkpoint."),
    ("payouts", "What was paid to the artists."),
    ("pictures", "Pictures of work. The file of each is pictures/<hash>.jpg."),
    (
        "portfolio_items",
        "Finished work in the artists' portfolios. The file of each is pictures/<hash>.jpg, and pictures/<original_hash>.jpg what it was cut from; removed_at says since when it is out of sight.",
    ),
    ("projects", "Tattoos of several sessions."),
    ("receipt_copies", "Receipts that were handed out again, as older versions kept it."),
    ("receipt_papers", "Each paper of a receipt that was handed out; the first is the original."),
    ("refusal_counts", "How often the same refusal came again within its minute."),
    ("reviews", "Monthly reviews that were signed."),
    ("sale_lines", "The lines of each sale, refund or void."),
    ("sale_tenders", "How each sale was paid."),
    ("sale_tips", "Tips, and whose they are."),
    ("sales", "Receipts: sales, refunds and voids. What takes a sale back names it in original_id."),
    ("saved_reports", "Reports that are kept by a name."),
    ("services", "What the studio does for a price."),
    (
        "settings",
        "The studio's settings. Amounts in them are in minor units, times of day in minutes since midnight.",
    ),
    ("settings_history", "What a setting was before."),
    ("stock_count_lines", "What was expected and counted of each item in a count."),
    ("stock_counts", "Counts of the shelf."),
    ("stock_moves", "Every movement of stock. An item's quantity is the sum of its movements."),
    ("studio", "The studio itself."),
    ("supply_requests", "What somebody asked the desk to order or to look at."),
    ("switches", "Rights that were switched on or off for one member."),
    ("tax_rates", "Tax rates beside the usual one."),
    ("visit_supplies", "What each visit used, by lot: a client's ink passport."),
    ("wait_list", "Who would come if there were time."),
    ("walk_ins", "Who came without an appointment."),
];

/// Tables that stay, and why.
const STAYS: &[(&str, &str)] = &[
    ("client_lookup", "an index for the search, made from the clients"),
    ("day_artists", "sums that follow from the sales"),
    ("day_lines", "sums that follow from the sales"),
    ("day_members", "sums that follow from the sales"),
    ("day_tenders", "sums that follow from the sales"),
    ("day_zone", "belongs to the sums of the days"),
    ("gone_pictures", "pictures of erased people that are still to be taken off the disk"),
    ("month_lines", "sums that follow from the sales"),
    ("password_history", "hashes of passwords"),
    ("request_keys", "keys of requests, and replies that were given before"),
    ("secrets", "hashes of the master code and the recovery code"),
    ("standing", "sums over the rows of other tables, against changes from outside"),
    ("stock_now", "follows from the movements of stock"),
    ("throttles", "counts of wrong passwords"),
];

const SALT: &str = "keeps words that are erased from being guessed";

/// Columns that stay although their table comes along, and why.
const HIDDEN: &[(&str, &str, &str)] = &[
    ("appointments", "salt", SALT),
    ("blocks", "salt", SALT),
    ("client_merges", "salt", SALT),
    ("client_notes", "salt", SALT),
    ("clients", "salt", SALT),
    ("consent_waivers", "salt", SALT),
    ("lent_roles", "salt", SALT),
    ("pictures", "salt", SALT),
    ("portfolio_items", "salt", SALT),
    ("projects", "salt", SALT),
    ("reviews", "salt", SALT),
    ("supply_requests", "salt", SALT),
    ("switches", "salt", SALT),
    ("wait_list", "salt", SALT),
    ("walk_ins", "salt", SALT),
    ("clients", "digits", "made from the phone number, for the search"),
    ("clients", "search", "made from name, handle and mail, for the search"),
    ("clients", "search_name", "made from the name, for the search"),
    ("journal_reasons", "salt", SALT),
    ("members", "password_epoch", "only for signing in"),
    ("members", "password_hash", "would let somebody try passwords"),
    ("members", "pin_hash", "would let somebody try PINs"),
    ("members", "rights_epoch", "only for signing in"),
];

/// Columns whose name sounds like a secret and that are none.
const NO_SECRETS: &[(&str, &str)] = &[
    // Over facts that stand beside them.
    ("consent_papers", "text_hash"),
    ("consents", "paper_hash"),
    ("journal", "hash"),
    ("pictures", "hash"),
    ("pictures", "thumb_hash"),
    ("portfolio_items", "hash"),
    ("portfolio_items", "thumb_hash"),
    ("portfolio_items", "original_hash"),
    ("portfolio_items", "original_thumb_hash"),
    // Goes into paper_hash, so that whoever has the paper can check it.
    ("consent_papers", "salt"),
    ("members", "password_changed_at"),
    ("members", "pin_set_at"),
    ("members", "former_artist_id"),
];

/// Parts of a column's name that make it a secret until somebody says that it is none.
const SECRETIVE: [&str; 8] = ["password", "hash", "secret", "salt", "token", "pin_", "_pin", "private"];

/// JSON that the file does not insist on being JSON.
const JSON: &[(&str, &str)] = &[("journal", "details"), ("journal", "seals")];

/// Names of columns that hold an amount of money in minor units, in any table.
const MONEY: &[&str] = &[
    "added",
    "amount",
    "basis",
    "commission",
    "cost",
    "counted",
    "deposit_minimum",
    "difference",
    "discount",
    "expected",
    "float",
    "float_left",
    "given",
    "goods",
    "left_over",
    "list_price",
    "perpetual",
    "price",
    "rounding",
    "tax",
    "tax_added",
    "taken",
    "tips",
    "total",
    "unit_cost",
    "unit_price",
];

/// Columns called like money that count something else.
const NO_MONEY: &[(&str, &str)] = &[("stock_count_lines", "counted"), ("stock_count_lines", "expected")];

/// Names of columns that hold a moment and do not end in "_at".
const MOMENTS: &[&str] = &["at", "until", "required_since"];

/// Names of columns that hold a number of something else, and of what.
const NUMBERS: &[(&str, &str)] = &[
    ("active", "1 yes, 0 no"),
    ("all_day", "1 yes, 0 no"),
    ("blind", "1 yes, 0 no"),
    ("bp", "basis points: 10000 is the whole"),
    ("closes", "minutes since midnight, on the studio's clock"),
    ("cleanup_minutes", "minutes"),
    ("commission_bp", "basis points: 10000 is the whole"),
    ("count", "a count"),
    ("counted", "in the item's unit"),
    ("crop_x", "pixels"),
    ("crop_y", "pixels"),
    ("demo", "1 yes, 0 no"),
    ("deposit_value", "minor units when deposit_kind is fixed, basis points when it is percent"),
    ("expected", "in the item's unit"),
    ("failed", "1 yes, 0 no"),
    ("featured", "1 yes, 0 no"),
    ("first_receipt", "a receipt's number"),
    ("for_sale", "1 yes, 0 no"),
    ("generation", "a count"),
    ("guardian", "1 yes, 0 no"),
    ("guardian_below", "years of age; 0: never"),
    ("height", "pixels"),
    ("image_use", "1 allowed, 0 not"),
    ("is_on", "1 yes, 0 no"),
    ("is_open", "1 yes, 0 no"),
    ("last_receipt", "a receipt's number"),
    ("mentor_bp", "basis points: 10000 is the whole"),
    ("minimum", "in the item's unit"),
    ("minimum_age", "years of age; 0: no limit"),
    ("minutes", "minutes"),
    ("must_change", "1 yes, 0 no"),
    ("number", "a number in a row without gaps"),
    ("opens", "minutes since midnight, on the studio's clock"),
    ("original_height", "pixels"),
    ("original_width", "pixels"),
    ("planned", "sessions"),
    ("position", "the order in which they stand"),
    ("published", "1 clients may see it, 0 not"),
    ("quantity", "in the item's unit"),
    ("receipt", "a receipt's number"),
    ("register", "the counter; there is one"),
    ("required", "1 yes, 0 no"),
    ("rev", "how often it was changed"),
    ("seq", "the row's number in the journal"),
    ("setup_minutes", "minutes"),
    ("target", "in the item's unit"),
    ("tax_bp", "basis points: 10000 is the whole"),
    ("valid_days", "days"),
    ("value", "a count"),
    ("waived", "1 yes, 0 no"),
    ("weekday", "1 is Monday, 7 is Sunday"),
    ("width", "pixels"),
    ("z", "a Z report's number"),
];

/// What stands in a column, as far as writing it down goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Json,
    /// Hexadecimal in the export.
    Bytes,
    /// Minor units: written twice, as they are and to be read.
    Money,
    /// UTC milliseconds: written twice, in UTC and on the studio's clock.
    Moment,
    Number,
}

pub(super) fn kind(table: &Table, column: &Column) -> Kind {
    let name = column.name.as_str();
    match column.declared.as_str() {
        "BLOB" => Kind::Bytes,
        "INTEGER" if name.ends_with("_at") || MOMENTS.contains(&name) => Kind::Moment,
        "INTEGER" if NO_MONEY.contains(&(table.name.as_str(), name)) => Kind::Number,
        "INTEGER" if MONEY.contains(&name) || name.ends_with("_price") || name.ends_with("_cost") => {
            Kind::Money
        }
        "INTEGER" | "REAL" => Kind::Number,
        _ if column.json || JSON.contains(&(table.name.as_str(), name)) => Kind::Json,
        _ => Kind::Text,
    }
}

/// What a number counts, where somebody said so.
pub(super) fn unit(column: &str) -> Option<&'static str> {
    NUMBERS.iter().find(|(name, _)| *name == column).map(|(_, unit)| *unit)
}

/// Why a table stays, if it does.
pub(super) fn stays(table: &str) -> Option<&'static str> {
    STAYS.iter().find(|(name, _)| *name == table).map(|(_, why)| *why)
}

/// What a table is.
pub(super) fn told(table: &str) -> Option<&'static str> {
    TABLES.iter().find(|(name, _)| *name == table).map(|(_, words)| *words)
}

/// Why a column stays, if it does: because it says so here, or because its name sounds like a secret.
pub(super) fn hidden(table: &str, column: &str) -> Option<&'static str> {
    let said = HIDDEN.iter().find(|(of, name, _)| (*of, *name) == (table, column)).map(|(_, _, why)| *why);
    said.or_else(|| {
        let sounds = SECRETIVE.iter().any(|part| column.contains(part));
        (sounds && !NO_SECRETS.contains(&(table, column))).then_some("may be a secret")
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::storage::tables;
    use crate::storage::{OpenOptions, Reader, StudioFile};

    fn schema() -> Vec<Table> {
        let home = tempfile::tempdir().unwrap();
        let file = StudioFile::create(&home.path().join("empty"), OpenOptions { unsynced: true }).unwrap();
        file.read(|conn| tables::tables(Reader::new(conn))).unwrap()
    }

    #[test]
    fn of_every_table_somebody_says_that_it_leaves_or_why_it_stays() {
        let schema = schema();
        assert!(schema.len() > 50, "{}", schema.len());
        let mut undecided = Vec::new();
        for table in &schema {
            if told(&table.name).is_some() == stays(&table.name).is_some() {
                undecided.push(&table.name);
            }
        }
        assert!(
            undecided.is_empty(),
            "say in moving/words.rs what these are, or why they stay: {undecided:?}"
        );
        let known = |name: &str| schema.iter().any(|table| table.name == name);
        let gone = TABLES.iter().chain(STAYS).filter(|(name, _)| !known(name)).collect::<Vec<_>>();
        assert!(gone.is_empty(), "no such tables: {gone:?}");
    }

    #[test]
    fn of_every_column_it_is_said_what_it_counts_and_whether_it_is_a_secret() {
        let (mut numbers, mut secrets) = (Vec::new(), Vec::new());
        let schema = schema();
        for table in schema.iter().filter(|table| stays(&table.name).is_none()) {
            for column in &table.columns {
                let name = format!("{}.{}", table.name, column.name);
                if hidden(&table.name, &column.name) == Some("may be a secret") {
                    secrets.push(name);
                } else if hidden(&table.name, &column.name).is_none()
                    && kind(table, column) == Kind::Number
                    && column.points_at.is_none()
                    && unit(&column.name).is_none()
                {
                    numbers.push(name);
                }
            }
        }
        assert!(secrets.is_empty(), "in moving/words.rs, HIDDEN or NO_SECRETS: {secrets:?}");
        assert!(numbers.is_empty(), "say in moving/words.rs what these count: {numbers:?}");
        let known = |table: &str, column: &str| {
            let table = schema.iter().find(|known| known.name == table);
            table.is_some_and(|table| table.columns.iter().any(|known| known.name == column))
        };
        for (table, column) in HIDDEN
            .iter()
            .map(|(table, column, _)| (table, column))
            .chain(NO_SECRETS.iter().map(|(a, b)| (a, b)))
        {
            assert!(known(table, column), "no such column: {table}.{column}");
        }
    }

    #[test]
    fn nothing_that_opens_a_door_leaves() {
        for (table, column) in [("members", "password_hash"), ("members", "pin_hash")] {
            assert!(hidden(table, column).is_some(), "{table}.{column}");
        }
        for table in ["password_history", "secrets", "request_keys", "throttles"] {
            assert!(stays(table).is_some(), "{table}");
        }
        assert!(hidden("a_table_to_come", "api_token").is_some());
    }
}
