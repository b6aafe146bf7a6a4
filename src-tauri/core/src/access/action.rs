//! Every action of the studio and who may do it: the one list. Handlers, journal names, the golden table and the
//! desk's types all come from here. A pair that is not in the list cannot be named, so it is denied (T006, T008).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::matrix::{Policy, Role};

macro_rules! actions {
    ($($name:literal $action:ident: $owner:ident $admin:ident $assistant:ident $artist:ident $apprentice:ident, $rule:literal, $about:literal;)*) => {
        /// Something a member can do. The comment beside each names the rule it comes from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
        pub enum Action {
            $(#[doc = concat!($rule, ": ", $about)] #[serde(rename = $name)] $action,)*
        }

        impl Action {
            pub const ALL: &'static [Action] = &[$(Action::$action),*];

            /// The wire name, `noun.verb`.
            pub const fn name(self) -> &'static str {
                match self { $(Action::$action => $name,)* }
            }

            /// The rule the row comes from.
            pub const fn rule(self) -> &'static str {
                match self { $(Action::$action => $rule,)* }
            }

            pub const fn about(self) -> &'static str {
                match self { $(Action::$action => $about,)* }
            }

            /// The matrix (T009): what the role alone answers. Nothing else defines a right.
            pub const fn policy(self, role: Role) -> Policy {
                let row = match self {
                    $(Action::$action => [Policy::$owner, Policy::$admin, Policy::$assistant, Policy::$artist, Policy::$apprentice],)*
                };
                row[role as usize]
            }
        }
    };
}

actions! {
    "agenda.view" AgendaView: Allow Allow Allow Allow Allow, "T010", "see the whole studio's schedule; an artist sees a colleague's appointment as time + client's name only";
    "agenda.create" AgendaCreate: Allow Allow Allow Own Own, "T011", "book an appointment";
    "agenda.edit" AgendaEdit: Allow Allow Allow Own Own, "T012", "move or change an appointment; the old and the new artist are both checked";
    "agenda.cancel" AgendaCancel: Allow Allow Allow Own Own, "T013", "cancel";
    "agenda.complete" AgendaComplete: Allow Allow Allow Own Own, "T014", "mark complete";
    "agenda.no_show" AgendaNoShow: Allow Allow Allow Own Own, "T015", "mark no-show";
    "agenda.block" AgendaBlock: Allow Allow Allow Own Own, "T016", "time off and other schedule blocks";
    "agenda.export" AgendaExport: Allow Allow Allow Own Own, "T017", "export the schedule (CSV and ICS)";
    "clients.view" ClientsView: Allow Allow Allow Allow Allow, "T019", "search and open client files";
    "clients.create" ClientsCreate: Allow Allow Allow Allow Allow, "T020", "add a client";
    "clients.edit" ClientsEdit: Allow Allow Locked Deny Deny, "T021", "change contact data";
    "clients.delete" ClientsDelete: Allow Allow Locked Deny Deny, "T022", "delete or erase a client";
    "clients.consent" ClientsConsent: Allow Allow Allow Own Own, "T023", "see and attach consent forms; own = the artist's appointments";
    "clients.notes" ClientsNotes: Allow Allow Allow Own Own, "T024", "write session notes; own = the artist's appointments";
    "clients.export" ClientsExport: Allow Allow Locked Deny Deny, "T025", "export the client list";
    "staff.view" StaffView: Allow Allow Allow Allow Allow, "T027", "see the directory";
    "staff.manage_users" StaffManageUsers: Allow Allow Deny Deny Deny, "T028", "create and change accounts and roles and per-member switches";
    "staff.toggle_active" StaffToggleActive: Allow Allow Deny Deny Deny, "T029", "archive or reactivate an account";
    "portfolio.view" PortfolioView: Allow Allow Allow Allow Allow, "T031", "see every portfolio";
    "portfolio.edit" PortfolioEdit: Allow Allow Deny Own Own, "T032", "edit or feature or delete pictures";
    "portfolio.upload" PortfolioUpload: Allow Allow Deny Own Own, "T033", "add pictures";
    "reports.view" ReportsView: Allow Allow Allow Own Own, "T037", "money reports";
    "reports.export" ReportsExport: Allow Allow Locked Deny Deny, "T038", "export money data";
    "reports.view_tx" ReportsViewTx: Allow Allow Allow Own Own, "T039", "single transactions";
    "reports.refund_void" ReportsRefundVoid: Allow Allow Locked Deny Deny, "T040", "refund or void a sale";
    "reports.cash_close" ReportsCashClose: Allow Allow Locked Deny Deny, "T041", "close the cash drawer";
    "inventory.view" InventoryView: Allow Allow Allow Allow Allow, "T044", "see stock and costs and alerts";
    "inventory.create_item" InventoryCreateItem: Allow Allow Locked Deny Deny, "T045", "add an item";
    "inventory.edit_item" InventoryEditItem: Allow Allow Locked Deny Deny, "T046", "change an item";
    "inventory.stock_in" InventoryStockIn: Allow Allow Locked Deny Deny, "T047", "book a delivery";
    "inventory.stock_adj" InventoryStockAdj: Allow Allow Locked Deny Deny, "T048", "adjust a quantity";
    "inventory.cycle_count" InventoryCycleCount: Allow Allow Locked Deny Deny, "T049", "physical count";
    "inventory.export" InventoryExport: Allow Allow Locked Deny Deny, "T050", "export inventory";
    "security.settings" SecuritySettings: Allow Allow Deny Deny Deny, "T052", "studio settings";
    "security.audit" SecurityAudit: Allow Allow Deny Deny Deny, "T053", "read and filter and export the activity log";
    "security.backup" SecurityBackup: Allow Allow Deny Deny Deny, "T054", "back up and restore and verify";
    "security.rotate_code" SecurityRotateCode: Allow Allow Deny Deny Deny, "T055", "rotate the master code";
    "agenda.board" AgendaBoard: Allow Allow Allow Deny Deny, "A014", "the reception board: check-in and walk-ins and visits";
    "clients.merge" ClientsMerge: Allow Allow Locked Deny Deny, "T094", "merge duplicates";
    "clients.reassign" ClientsReassign: Allow Allow Locked Deny Deny, "A004", "move a client to another artist";
    "clients.import" ClientsImport: Allow Allow Deny Deny Deny, "peers", "import clients from a file";
    "consent.templates" ConsentTemplates: Allow Allow Deny Deny Deny, "A004", "edit consent templates";
    "consent.waive" ConsentWaive: Allow Allow Locked Deny Deny, "peers", "go on although paperwork is missing";
    "till.sell" TillSell: Allow Allow Allow Own Own, "A002", "take a payment; own = the artist's appointments";
    "till.deposit" TillDeposit: Allow Allow Allow Own Own, "A002", "take or apply a deposit";
    "till.discount" TillDiscount: Allow Allow Locked Deny Deny, "peers", "give a discount";
    "till.price_override" TillPriceOverride: Allow Allow Locked Deny Deny, "peers", "change a price at checkout";
    "till.open_session" TillOpenSession: Allow Allow Allow Deny Deny, "peers", "open the drawer for the day with a float";
    "till.cash_move" TillCashMove: Allow Allow Locked Deny Deny, "peers", "pay in or pay out";
    "till.open_drawer" TillOpenDrawer: Allow Allow Locked Deny Deny, "peers", "open the drawer without a sale";
    "payouts.settle" PayoutsSettle: Allow Allow Deny Deny Deny, "T097", "mark an artist's commission as paid";
    "inventory.request" InventoryRequest: Allow Allow Allow Allow Allow, "T072", "ask for a stock change";
    "staff.edit_profile" StaffEditProfile: Allow Allow Own Own Own, "S010", "edit a profile; own = the member's own";
    "staff.availability" StaffAvailability: Allow Allow Deny Own Own, "S008", "working hours; own = the member's own";
    "studio.transfer" StudioTransfer: Allow Deny Deny Deny Deny, "A005", "hand ownership to another member";
    "studio.delete" StudioDelete: Allow Deny Deny Deny Deny, "A005", "delete the studio";
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
