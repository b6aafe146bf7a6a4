//! The one list of commands. A command that names no gate does not compile.

use serde_json::value::RawValue;

use super::{Call, Desk};
use crate::access::{Action, Caller};
use crate::clock::Millis;
use crate::error::{Code, Result};
use crate::{
    activity, agenda, backups, board, clients, consent, demo, drawer, inventory, moving, notices, payouts,
    pictures, portfolio, printing, projects, reports, security, session, staff, studio, till, waitlist,
};

/// Who may come to a command at all (D17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Anybody at the desk, signed in or not.
    Public,
    /// Any member who is signed in.
    Session,
    /// Whoever the matrix lets do the first action; the others may be asked for by what is sent.
    Action(&'static [Action]),
}

/// What a command does to the file, and what is kept of its reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Query,
    Change,
    /// A change of money: carries a key.
    Money,
    /// A change whose reply is shown once and never stored (D19).
    Secret,
    /// A sign-in and the like: counts wrong entries and journals them with the count.
    Counted,
}

type Run = fn(&Desk, &Call<'_>) -> Result<Box<RawValue>>;

/// One entry of the list.
#[derive(Clone, Copy)]
pub struct Command {
    pub name: &'static str,
    pub gate: Gate,
    pub kind: Kind,
    pub summary: &'static str,
    /// What a session's command asks of its caller before it looks at what was sent (D18).
    pub(super) guard: fn(&Caller, Millis) -> Result<()>,
    pub(super) run: Run,
    /// JSON Schema of the arguments and of the reply.
    pub args_schema: fn() -> schemars::Schema,
    pub reply_schema: fn() -> schemars::Schema,
    pub(crate) types: fn(&mut crate::bindings::Book) -> (String, String),
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Command").field("name", &self.name).field("gate", &self.gate).finish_non_exhaustive()
    }
}

impl Command {
    pub(crate) fn is_money(&self) -> bool {
        self.kind == Kind::Money
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.kind == Kind::Secret
    }

    /// Whether the command itself already journaled this refusal, together with the count of wrong entries.
    pub(crate) fn counted(&self, code: Code) -> bool {
        matches!(self.kind, Kind::Counted | Kind::Money)
            && matches!(code, Code::BadCredentials | Code::BadCode | Code::Throttled)
    }

    /// Whether it shows that somebody is at the desk: looking at who is there does not.
    pub(crate) fn acts(&self) -> bool {
        self.name != "session.whoami"
    }

    /// Whether it goes on while the studio's file takes no change: what it writes concerns nobody later.
    pub(crate) fn runs_halted(&self) -> bool {
        let kept =
            ["session.recover", "session.change_password", "session.set_pin", "session.renew_recovery"];
        (self.name.starts_with("session.") && !kept.contains(&self.name))
            // What can be read may leave: there may be no other copy of it.
            || self.name.ends_with(".export")
            || matches!(
                self.name,
                "portfolio.begin_view"
                    | "portfolio.end_view"
                    | "backups.test"
                    | "backups.restore"
                    | "clients.personal_data"
                    | "consent.paper"
                    | "payouts.statement_paper"
                    | "inventory.reorder_paper"
            )
    }

    /// Whether a file may come beside its arguments.
    pub(crate) fn takes_file(&self) -> bool {
        matches!(self.name, "pictures.add" | "portfolio.add")
    }

    /// How long its request may be: a table of clients is longer than anything that is typed, a picture longer still.
    pub(crate) fn largest(&self) -> usize {
        match self.name {
            "clients.import" | "clients.import_preview" => clients::import::LARGEST_TABLE,
            _ if self.takes_file() => pictures::LARGEST_REQUEST,
            "studio.import_tsm" | "studio.import_tsm_preview" => moving::LARGEST_DATABASE,
            _ => super::LARGEST_REQUEST,
        }
    }

    /// "query" or "change", as callers are told.
    pub fn kind_name(&self) -> &'static str {
        if self.kind == Kind::Query { "query" } else { "change" }
    }
}

macro_rules! gate {
    (public) => {
        Gate::Public
    };
    ([$($action:ident),+]) => {
        Gate::Action(&[$(Action::$action),+])
    };
    // Any session, some of them for whoever its guard lets through.
    ($session:ident) => {
        Gate::Session
    };
}

macro_rules! guard {
    (settled) => {
        session_::settled
    };
    (asked) => {
        session_::asked_for_the_code
    };
    (owner) => {
        session_::is_owner
    };
    ($gate:tt) => {
        |_, _| Ok(())
    };
}

macro_rules! kind {
    (query) => {
        Kind::Query
    };
    (change) => {
        Kind::Change
    };
    (money) => {
        Kind::Money
    };
    // Money after a second person's password: slow work before its transaction.
    (money_here) => {
        Kind::Money
    };
    (export) => {
        Kind::Change
    };
    (prepared) => {
        Kind::Change
    };
    (staged) => {
        Kind::Secret
    };
    (here_query) => {
        Kind::Query
    };
    (here_change) => {
        Kind::Change
    };
    (here_secret) => {
        Kind::Secret
    };
    (counted) => {
        Kind::Counted
    };
}

macro_rules! run {
    (query, $handler:path) => {
        |desk, call| desk.run_query(call, $handler)
    };
    (change, $handler:path) => {
        |desk, call| desk.run_change(call, $handler)
    };
    (money, $handler:path) => {
        |desk, call| desk.run_change(call, $handler)
    };
    (export, $handler:path) => {
        |desk, call| desk.run_export(call, $handler)
    };
    (staged, $handler:path) => {
        |desk, call| desk.run_staged(call, $handler)
    };
    (prepared, $handler:path) => {
        |desk, call| desk.run_prepared(call, $handler)
    };
    // The rest are about the desk itself.
    ($kind:ident, $handler:path) => {
        |desk, call| desk.run_here(call, $handler)
    };
}

macro_rules! commands {
    ($($name:literal $gate:tt $kind:ident $handler:path, $args:ty => $reply:ty, $summary:literal;)*) => {
        /// Every command, in the order of the day.
        pub const COMMANDS: &[Command] = &[$(
            Command {
                name: $name,
                gate: gate!($gate),
                kind: kind!($kind),
                guard: guard!($gate),
                summary: $summary,
                run: run!($kind, $handler),
                args_schema: || schemars::schema_for!($args),
                reply_schema: || schemars::schema_for!($reply),
                types: |book| (book.name::<$args>(), book.name::<$reply>()),
            },
        )*];
    };
}

use agenda::commands as agenda_;
use backups::commands as backups_;
use clients::commands as clients_;
use drawer::commands as drawer_;
use inventory::commands as inventory_;
use inventory::requests::commands as requests_;
use inventory::shelf as shelf_;
use pictures::commands as pictures_;
use portfolio::client_view;
use portfolio::commands as portfolio_;
use security::commands as security_;
use session::commands as session_;
use staff::commands as staff_;
use studio::commands as studio_;
use till::commands as till_;
use till::deposits::commands as deposits_;

type Nothing = studio_::Nothing;

commands! {
    "desk.status" public here_query studio_::status, Nothing => studio_::DeskStatus, "what is open at this desk, and which studios it knows";
    "studio.create" public here_secret studio_::create, studio_::CreateArgs => studio_::Created, "first run: make a studio, its owner and its codes";
    "studio.demo" public here_secret demo::create, demo::DemoArgs => demo::Demo, "make a demo studio with a year of believable data";
    "studio.import_tsm_preview" public here_query moving::import_tsm_preview, moving::ImportTsmArgs => moving::TsmReport, "what bringing a studio of Tattoo Studio Manager over would do";
    "studio.import_tsm" public here_secret moving::import_tsm_here, moving::ImportTsmArgs => moving::TsmImported, "bring a studio over from Tattoo Studio Manager";
    "studio.open" public here_change studio_::open, studio_::FileArgs => studio_::DeskStatus, "open a studio's file";
    "studio.forget" public here_change studio_::forget, studio_::FileArgs => studio_::DeskStatus, "take a studio off this computer's list";
    "studio.leave" public here_change studio_::leave, Nothing => studio_::DeskStatus, "sign out and go back to the picker";

    "session.tiles" public here_query session_::tiles, Nothing => Vec<session_::Tile>, "names for the sign-in screen";
    "session.sign_in" public counted session_::sign_in, session_::SignInArgs => session_::Whoami, "sign in with a password";
    "session.sign_in_pin" public counted session::pin::sign_in_pin, session::pin::PinArgs => session_::Whoami, "sign in with the PIN, where the password was typed today";
    "session.recover" public counted session_::recover, session_::RecoverArgs => session_::Recovered, "set the owner's password with the recovery code";
    "session.sign_out" session here_change session_::sign_out, Nothing => Nothing, "end the session";
    "session.lock" session here_change session_::sign_out, Nothing => Nothing, "lock the desk; the next sign-in may be anybody's";
    "session.whoami" session query session_::whoami, Nothing => session_::Whoami, "who is signed in and what they may do now";
    "session.change_password" session counted session_::change_password, session_::ChangePasswordArgs => session_::Whoami, "change the own password";
    "session.set_pin" settled counted session::pin::set_pin, session::pin::SetPinArgs => session_::Whoami, "set or take away the own PIN";
    "session.renew_recovery" owner counted session_::renew_recovery, session_::RenewRecoveryArgs => session_::RecoveryCode, "a new recovery code, shown once";
    "session.elevate" asked counted session_::elevate, session_::ElevateArgs => session_::Whoami, "open the locked actions with the master code or an approver";
    "session.drop_elevation" session here_change session_::drop_elevation, Nothing => session_::Whoami, "close the locked actions again";
    "session.keep_draft" settled here_change session::drafts::keep, session::drafts::KeepDraftArgs => Nothing, "keep unfinished work for its owner";
    "session.drafts" settled here_query session::drafts::list, Nothing => Vec<session::drafts::Draft>, "the own unfinished work";
    "session.drop_draft" settled here_change session::drafts::drop_one, session::drafts::DropDraftArgs => Nothing, "unfinished work that is done or given up";

    "session.notices" session query notices::commands::list, Nothing => Vec<notices::Notice>, "what the member was told, newest first";
    "session.read_notices" session change notices::commands::read, Nothing => Nothing, "the member has read their notices";

    "studio.transfer" [StudioTransfer] counted studio::ownership::transfer, studio::ownership::TransferArgs => Nothing, "hand the studio to another member";
    "studio.export" [SecurityBackup] counted moving::export_here, moving::ExportStudioArgs => moving::Exported, "write everything to a new folder, for another program";
    "studio.delete" [StudioDelete] counted studio::ownership::delete, studio::ownership::DeleteArgs => studio::ownership::Deleted, "back the studio up and move its file to the trash";

    "studio.services" [AgendaView] query studio_::services, Nothing => Vec<studio::Service>, "services with length and price";
    "studio.set_service" [SecuritySettings] change studio_::set_service, studio_::ServiceArgs => studio::Service, "add or change a service";
    "studio.tax_rates" [AgendaView] query studio_::tax_rates, Nothing => Vec<studio::TaxRate>, "the tax rates beside the usual one";
    "studio.set_tax_rate" [SecuritySettings] change studio_::set_tax_rate, studio_::TaxRateArgs => studio::TaxRate, "add or change a tax rate";
    "studio.amount" session query studio_::amount, studio_::AmountArgs => studio_::Amount, "read an amount as it was typed";

    "agenda.list" [AgendaView] query agenda_::list, agenda_::AgendaArgs => agenda::Agenda, "some days of the agenda";
    "agenda.book" [AgendaCreate] change agenda_::book, agenda_::BookArgs => agenda_::Booked, "book an appointment";
    "agenda.edit" [AgendaEdit, TillPriceOverride] change agenda_::edit, agenda_::EditAppointmentArgs => agenda_::Booked, "move or change an appointment";
    "agenda.confirm" [AgendaEdit] change agenda_::confirm, agenda_::StepArgs => agenda::Card, "the client confirmed";
    "agenda.arrive" [AgendaEdit] change agenda_::arrive, agenda_::StepArgs => agenda::Card, "check in: the client is here";
    "agenda.start" [AgendaEdit] change agenda_::start, agenda_::StepArgs => agenda::Card, "the session begins";
    "agenda.complete" [AgendaComplete] change agenda_::complete, agenda_::StepArgs => agenda::Card, "the session is done";
    "agenda.no_show" [AgendaNoShow] change agenda_::no_show, agenda_::StepArgs => agenda::Card, "the client did not come";
    "agenda.cancel" [AgendaCancel] change agenda_::cancel, agenda_::CancelArgs => agenda::Card, "cancel an appointment";
    "agenda.reopen" [AgendaEdit, AgendaComplete, AgendaNoShow, AgendaCancel] change agenda_::reopen, agenda_::ReopenArgs => agenda::Card, "take the last step of a visit back";
    "agenda.block" [AgendaBlock] change agenda_::block, agenda_::BlockArgs => agenda_::Blocked, "time off and other blocks";
    "agenda.unblock" [AgendaBlock] change agenda_::unblock, agenda_::UnblockArgs => Nothing, "take a block away";
    "agenda.remind" [AgendaEdit] change agenda_::remind, agenda_::RemindArgs => agenda::Card, "keep that the client was reminded";
    "agenda.visit" [AgendaView] query agenda_::visit, agenda_::StepArgs => agenda::Card, "one appointment";
    "agenda.find" [AgendaView] query agenda_::find, agenda_::FindArgs => Vec<agenda::Card>, "visits as a list, by name and state";
    "agenda.openings" [AgendaView] query agenda::openings::openings, agenda::openings::OpeningsArgs => Vec<agenda::openings::Opening>, "the next free times that are long enough";
    "agenda.month" [AgendaView] query agenda::openings::month, agenda::openings::MonthArgs => Vec<agenda::openings::MonthDay>, "how full the days of a month are";
    "agenda.export" [AgendaExport] export agenda::export::export, agenda::export::ExportScheduleArgs => crate::sheet::SheetFile, "the schedule as a table or a calendar file";

    "projects.list" [AgendaView] query projects::commands::list, projects::commands::ProjectsArgs => Vec<projects::Project>, "tattoos of several sessions";
    "projects.start" [AgendaCreate] change projects::commands::start, projects::commands::StartProjectArgs => projects::Project, "begin a project";
    "projects.edit" [AgendaEdit] change projects::commands::edit, projects::commands::EditProjectArgs => projects::Project, "change, close or hand over a project";

    "waitlist.list" [AgendaView] query waitlist::commands::list, Nothing => Vec<waitlist::Waiting>, "who would come if there were time";
    "waitlist.fits" [AgendaView] query waitlist::commands::fits, waitlist::commands::FitsArgs => Vec<waitlist::Waiting>, "who could come into a freed slot";
    "waitlist.add" [AgendaCreate] change waitlist::commands::add, waitlist::commands::WaitArgs => Vec<waitlist::Waiting>, "put somebody on the wait-list";
    "waitlist.settle" [AgendaEdit] change waitlist::commands::settle, waitlist::commands::SettleWaitArgs => Vec<waitlist::Waiting>, "take somebody off the wait-list";

    "board.today" [AgendaBoard] query board::commands::today, Nothing => board::Board, "today at the reception";
    "board.step" [AgendaBoard] change board::commands::step, board::commands::BoardStepArgs => agenda::Card, "confirm, check in or begin a visit from the board";
    "board.walk_in" [AgendaBoard] change board::commands::walk_in, board::commands::WalkInArgs => board::Board, "somebody came without an appointment";
    "board.seat" [AgendaBoard] change board::commands::seat, board::commands::SeatArgs => board::Board, "a walk-in's turn: a visit that begins now";
    "board.leave" [AgendaBoard] change board::commands::leave, board::commands::LeaveArgs => board::Board, "a walk-in did not want to wait";

    "clients.search" [ClientsView] query clients_::search, clients_::SearchArgs => Vec<clients::Client>, "find clients by name, handle, mail or phone";
    "clients.open" [ClientsView] query clients_::open, clients_::ClientArgs => clients::ClientFile, "one client with visits, notes and spend";
    "clients.create" [ClientsCreate] change clients_::create, clients::ClientForm => clients_::Saved, "add a client";
    "clients.edit" [ClientsEdit] change clients_::edit, clients_::EditClientArgs => clients_::Saved, "change a client's data";
    "clients.delete" [ClientsDelete] change clients_::delete, clients_::ClientArgs => clients::Client, "archive a client";
    "clients.restore" [ClientsDelete] change clients_::restore, clients_::ClientArgs => clients::Client, "bring an archived client back";
    "clients.reassign" [ClientsReassign] change clients_::reassign, clients_::ReassignArgs => clients::Client, "hand a client to another artist";
    "clients.duplicates" [ClientsMerge] query clients::merge::duplicates, clients::merge::DuplicatesArgs => Vec<clients::merge::Twins>, "clients that may be one person";
    "clients.not_same" [ClientsMerge] change clients::merge::not_same, clients::merge::NotSameArgs => Vec<clients::merge::Twins>, "keep that two clients are different people";
    "clients.merge_preview" [ClientsMerge] query clients::merge::preview, clients::merge::MergePreviewArgs => clients::merge::MergePreview, "what merging two clients would do";
    "clients.merge" [ClientsMerge] change clients::merge::merge, clients::merge::MergeArgs => clients::Client, "make one client of two";
    "clients.unmerge" [ClientsMerge] change clients::merge::unmerge, clients::merge::UnmergeArgs => clients::merge::Unmerged, "take a merge back";
    "clients.erase" [ClientsDelete] change clients::erase::erase, clients::erase::EraseArgs => clients::Client, "forget a person; their money stays";
    "clients.export" [ClientsExport] export clients::export::list, clients::export::ExportArgs => crate::sheet::SheetFile, "the list of clients as a table";
    "clients.personal_data" [ClientsExport] export clients::export::personal_data, clients_::ClientArgs => crate::sheet::SheetFile, "everything about one person, for them";
    "clients.import_preview" [ClientsImport] query clients::import::preview, clients::import::ImportArgs => clients::import::ImportReport, "what importing a table would do";
    "clients.import" [ClientsImport] staged clients::import::import, clients::import::ImportArgs => clients::import::ImportReport, "take another tool's list of clients in";
    "clients.note" [ClientsNotes] change clients_::note, clients_::NoteArgs => clients::ClientNote, "write a session note";

    "consent.templates" [ClientsConsent] query consent::templates::templates, Nothing => Vec<consent::Template>, "what the studio has people sign";
    "consent.template_versions" [ConsentTemplates] query consent::templates::versions, consent::templates::TemplateArgs => Vec<consent::TemplateVersion>, "what a template said over time";
    "consent.set_template" [ConsentTemplates] change consent::templates::set_template, consent::templates::SetTemplateArgs => consent::Template, "add or change a paper that people sign";
    "consent.needed" [ClientsConsent] query consent::needed::needed, consent::needed::NeededArgs => consent::Needed, "what is to be signed for a visit, as it will be read";
    "consent.sign" [ClientsConsent] change consent::sign::sign, consent::sign::SignArgs => consent::SignedConsent, "take a signature under a paper";
    "consent.list" [ClientsConsent] query consent::commands::list, clients_::ClientArgs => Vec<consent::SignedConsent>, "what a client signed";
    "consent.open" [ClientsConsent] query consent::commands::open, consent::commands::ConsentArgs => consent::ConsentPaper, "a signed paper, whole";
    "consent.paper" [ClientsConsent] export consent::print::paper, consent::commands::ConsentArgs => crate::paper::PaperFile, "a signed paper as a document";
    "consent.withdraw" [ClientsConsent] change consent::commands::withdraw, consent::commands::WithdrawArgs => consent::SignedConsent, "take image use back";
    "consent.waive" [ConsentWaive] change consent::commands::waive, consent::commands::WaiveArgs => agenda::Card, "let a visit go on although paperwork is missing";
    "pictures.add" [ClientsNotes] prepared pictures_::add, pictures_::AddPictureArgs => pictures::Picture, "keep a picture of a visit or a client";
    "pictures.list" [ClientsView] query pictures_::list, pictures_::PicturesArgs => Vec<pictures::Picture>, "the pictures of a client or of a visit";
    "pictures.show" [ClientsView, ClientsNotes] here_query pictures_::show, pictures_::ShowPictureArgs => pictures::PictureData, "the bytes of a picture";
    "pictures.edit" [ClientsNotes] change pictures_::edit, pictures_::EditPictureArgs => pictures::Picture, "change what a picture is called or shows";
    "pictures.remove" [ClientsNotes] change pictures_::remove, pictures_::PictureArgs => pictures::Picture, "take a picture out of sight";
    "pictures.restore" [ClientsNotes] change pictures_::restore, pictures_::PictureArgs => pictures::Picture, "bring a removed picture back";

    "portfolio.list" [PortfolioView] query portfolio_::list, portfolio_::PortfolioArgs => portfolio::Portfolio, "the artists' portfolios, narrowed down";
    "portfolio.show" [PortfolioView] here_query portfolio_::show, portfolio_::ShowItemArgs => pictures::PictureData, "the bytes of a portfolio's picture";
    "portfolio.add" [PortfolioUpload] prepared portfolio_::add, portfolio_::AddItemArgs => portfolio::PortfolioItem, "add a picture to a portfolio";
    "portfolio.from_visit" [PortfolioUpload] change portfolio_::from_visit, portfolio_::FromVisitArgs => portfolio::PortfolioItem, "put a visit's picture into its artist's portfolio";
    "portfolio.edit" [PortfolioEdit] change portfolio_::edit, portfolio_::EditItemsArgs => Vec<portfolio::PortfolioItem>, "change what is said of pictures, or who may see them";
    "portfolio.crop" [PortfolioEdit] here_change portfolio_::crop, portfolio_::CropArgs => portfolio::PortfolioItem, "show a part of a picture, or all of it again";
    "portfolio.reorder" [PortfolioEdit] change portfolio_::reorder, portfolio_::ReorderArgs => portfolio::PortfolioItem, "move a picture within its portfolio";
    "portfolio.remove" [PortfolioEdit] change portfolio_::remove, portfolio_::ItemsArgs => Vec<portfolio::PortfolioItem>, "take pictures out of a portfolio";
    "portfolio.restore" [PortfolioEdit] change portfolio_::restore, portfolio_::ItemsArgs => Vec<portfolio::PortfolioItem>, "bring removed pictures back";
    "portfolio.begin_view" [PortfolioView] here_change client_view::begin, Nothing => session_::Whoami, "hand the desk to a client, who looks at portfolios";
    "portfolio.view" [PortfolioView] query client_view::view, Nothing => client_view::PortfolioView, "what clients see of the portfolios";
    "portfolio.end_view" [PortfolioView] counted client_view::end, client_view::EndViewArgs => session_::Whoami, "take the desk back with the own password";

    "till.quote" [TillSell] query till_::quote, till_::QuoteArgs => till::Cart, "what a sale would cost";
    "till.sell" [TillSell, TillDiscount, TillPriceOverride, TillDeposit] money till_::sell, till_::SellArgs => till::Receipt, "sell and take the payment";
    "till.receipt" [ReportsViewTx] query till::receipts::receipt, till::receipts::ReceiptArgs => till::Receipt, "a receipt again";
    "till.print" [ReportsViewTx] here_change printing::commands::print, printing::commands::PrintArgs => printing::commands::HandedOut, "hand a receipt out: the first is the original, every later one a copy";
    "till.refund" [ReportsRefundVoid] money till::taking_back::refund, till::taking_back::RefundArgs => till::Receipt, "give money back for a sale or part of it";
    "till.void" [ReportsRefundVoid] money till::taking_back::void, till::taking_back::VoidArgs => till::Receipt, "take a whole sale back before its Z";
    "till.take_deposit" [TillDeposit] money deposits_::take, deposits_::TakeDepositArgs => till::deposits::DepositReceipt, "take a deposit for a visit";
    "till.deposits" [TillDeposit] query deposits_::list, deposits_::DepositsArgs => Vec<till::deposits::Deposit>, "deposits and where they stand";
    "till.deposit_receipt" [ReportsViewTx] query deposits_::receipt, deposits_::DepositReceiptArgs => till::deposits::DepositReceipt, "the receipt of a deposit again";
    "till.move_deposit" [TillDeposit] change deposits_::move_to, deposits_::MoveDepositArgs => till::deposits::Deposit, "let a deposit count for another visit";
    "till.keep_deposit" [TillDeposit] money deposits_::keep, deposits_::KeepDepositArgs => till::Receipt, "keep the deposit of a visit that did not happen";
    "till.return_deposit" [ReportsRefundVoid] money deposits_::give_back, deposits_::ReturnDepositArgs => till::deposits::DepositReceipt, "give a deposit back";
    "till.drawer" [TillOpenSession] query drawer_::state, Nothing => drawer::Drawer, "the cash drawer and what moved in it";
    "till.open_session" [TillOpenSession] money drawer_::open_session, drawer_::OpenArgs => drawer::Drawer, "open the drawer with a float";
    "till.cash_move" [TillCashMove] money drawer_::cash_move, drawer_::CashMoveArgs => drawer::Drawer, "pay in, pay out, or drop into the safe";
    "till.open_drawer" [TillOpenDrawer] change drawer_::open_without_sale, drawer_::OpenDrawerArgs => Nothing, "open the drawer without a sale";
    "till.take_over" [SecuritySettings] change drawer_::take_over, drawer_::TakeOverArgs => drawer::Drawer, "take over a drawer that somebody left open";
    "till.close_session" [ReportsCashClose] money_here drawer_::close_session, drawer_::CloseArgs => drawer::ZReport, "count the drawer and seal the day with a Z report";

    "reports.summary" [ReportsView] query reports::commands::summary, reports::commands::SummaryArgs => reports::Summary, "a period's totals";
    "reports.period" [ReportsView] query reports::period::report, reports::period::PeriodArgs => reports::period::PeriodReport, "a period in figures, beside the one before it";
    "reports.export" [ReportsExport] export reports::export::export, reports::export::ExportReportArgs => reports::table::TableFile, "receipts, a period, payouts or a statement as a table or workbook";
    "reports.saved" [ReportsView] query reports::saved::list, Nothing => Vec<reports::saved::SavedReport>, "reports kept by a name";
    "reports.save" [ReportsView, ReportsExport] change reports::saved::save, reports::saved::SaveReportArgs => Vec<reports::saved::SavedReport>, "keep a report by a name";
    "reports.forget" [ReportsView, ReportsExport] change reports::saved::forget, reports::saved::ForgetReportArgs => Vec<reports::saved::SavedReport>, "keep a report no longer";
    "reports.transactions" [ReportsViewTx] query reports::commands::transactions, reports::commands::TransactionsArgs => Vec<reports::Transaction>, "receipts of a period";
    "reports.z_reports" [ReportsView] query drawer_::z_reports, Nothing => Vec<drawer::ZLine>, "the closings of the drawer";
    "reports.x_report" [TillOpenSession, ReportsCashClose] query drawer_::x_report, Nothing => drawer::XReport, "the open drawer's day so far";
    "reports.z_report" [ReportsCashClose] query drawer_::z_report, drawer_::ZArgs => drawer::ZReport, "a Z report again";

    "reports.print_x" [TillOpenSession, ReportsCashClose] here_change printing::commands::print_x, printing::commands::PrintXArgs => printing::commands::Printed, "print the open drawer's day so far, or make a document of it";
    "reports.print_z" [ReportsCashClose] here_change printing::commands::print_z, printing::commands::PrintZArgs => printing::commands::Printed, "print a Z report, or make a document of it";

    "printing.drawer" settled here_query printing::commands::drawer, printing::commands::DrawerOpenedArgs => Nothing, "whether the drawer opened for the last cash, and once more if not";
    "printing.preview" [SecuritySettings] query printing::commands::preview, printing::commands::PreviewArgs => Vec<printing::slip::SlipLine>, "a receipt as it comes off the roll";
    "printing.test" [SecuritySettings] here_query printing::commands::test, printing::commands::TestPrintArgs => Nothing, "print a test page, or say why not";

    "payouts.statement" [ReportsView] query payouts::statement::statement, payouts::statement::StatementArgs => payouts::statement::Statement, "an artist's earnings, tips and payouts, line by line";
    "payouts.statement_paper" [ReportsView] export payouts::print::paper, payouts::statement::StatementArgs => crate::paper::PaperFile, "an artist's statement as a document";
    "payouts.owed" [ReportsView] query payouts::commands::owed, Nothing => Vec<payouts::Owed>, "what the studio owes each artist";
    "payouts.list" [ReportsView] query payouts::commands::list, payouts::commands::PayoutsArgs => Vec<payouts::Payout>, "what was paid to the artists";
    "payouts.settle" [PayoutsSettle] money payouts::commands::settle, payouts::commands::SettleArgs => payouts::Payout, "pay an artist what is owed";
    "payouts.take_back" [PayoutsSettle] money payouts::commands::take_back, payouts::commands::TakeBackArgs => payouts::Payout, "take back a payout that was wrong";
    "payouts.rates" [StaffManageUsers] query payouts::rates::rates, Nothing => Vec<payouts::rates::ArtistRates>, "every artist's commission terms";
    "payouts.set_rates" [StaffManageUsers] change payouts::rates::set_rates, payouts::rates::SetRatesArgs => payouts::rates::ArtistRates, "set an artist's commission terms";
    "payouts.share" [StaffManageUsers] query payouts::rates::share_of, payouts::rates::ShareArgs => payouts::rates::VisitShare, "the share agreed for one visit";
    "payouts.set_share" [StaffManageUsers] change payouts::rates::set_share, payouts::rates::SetShareArgs => payouts::rates::VisitShare, "agree on another share for one visit";

    "inventory.list" [InventoryView] query inventory_::list, Nothing => Vec<inventory::Item>, "items with what is on hand";
    "inventory.create_item" [InventoryCreateItem] change inventory_::create_item, inventory_::CreateItemArgs => inventory::Item, "add an item";
    "inventory.edit_item" [InventoryEditItem] change inventory_::edit_item, inventory_::EditItemArgs => inventory::Item, "change an item";
    "inventory.stock_in" [InventoryStockIn] change inventory_::stock_in, inventory_::StockInArgs => inventory::Item, "book a delivery; with a unit cost, the item's cost becomes the average of what is on hand";
    "inventory.stock_adj" [InventoryStockAdj] change inventory_::stock_adj, inventory_::StockAdjArgs => inventory::Item, "adjust a quantity";
    "inventory.cycle_count" [InventoryCycleCount] change inventory::counting::cycle_count, inventory::counting::CycleCountArgs => Vec<inventory::Item>, "physical count";
    "inventory.counts" [InventoryView] query inventory::counting::counts, Nothing => Vec<inventory::StockCount>, "counts that were posted";
    "inventory.count" [InventoryView] query inventory::counting::count, inventory::counting::CountArgs => inventory::CountSheet, "one count with its lines";
    "inventory.lots" [InventoryView] query shelf_::lots, shelf_::LotsArgs => Vec<inventory::Lot>, "the lots of an item, or what goes off soon";
    "inventory.edit_lot" [InventoryEditItem] change shelf_::edit_lot, shelf_::EditLotArgs => inventory::Lot, "put right what was misread from a label";
    "inventory.movements" [InventoryView] query shelf_::movements, shelf_::MovementsArgs => Vec<inventory::Movement>, "an item's ledger";
    "inventory.recall" [InventoryView] query shelf_::recall, shelf_::LotArgs => shelf_::Recall, "which visits used a lot";
    "inventory.usable" [InventoryView] query inventory::visits::commands::lots, Nothing => Vec<inventory::Lot>, "the lots that a visit may have used";
    "inventory.supplies" [ClientsView] query inventory::visits::commands::supplies, inventory::visits::commands::SuppliesArgs => Vec<inventory::visits::VisitSupply>, "what a visit used, or all visits of a client";
    "inventory.use_supplies" [ClientsNotes] change inventory::visits::commands::use_supplies, inventory::visits::commands::UseArgs => Vec<inventory::visits::VisitSupply>, "write down what a visit used";
    "inventory.undo_use" [ClientsNotes] change inventory::visits::commands::undo_use, inventory::visits::commands::UndoUseArgs => Vec<inventory::visits::VisitSupply>, "take back what was written down by mistake";
    "inventory.requests" [InventoryRequest] query requests_::list, Nothing => Vec<inventory::requests::SupplyRequest>, "what the team asked the desk for";
    "inventory.request" [InventoryRequest] change requests_::request, requests_::RequestArgs => inventory::requests::SupplyRequest, "ask the desk for something, or say that a quantity is wrong";
    "inventory.drop_request" [InventoryRequest] change requests_::withdraw, requests_::WithdrawRequestArgs => inventory::requests::SupplyRequest, "take an own request back that nobody answered";
    "inventory.answer_request" [AgendaBoard] change requests_::answer, requests_::AnswerRequestArgs => inventory::requests::SupplyRequest, "say what becomes of a request";
    "inventory.reorder" [InventoryView] query inventory::ordering::reorder, Nothing => Vec<inventory::ordering::OrderLine>, "what to order, by supplier";
    "inventory.reorder_paper" [InventoryExport] export inventory::ordering::paper, Nothing => crate::paper::PaperFile, "what to order as a document";
    "inventory.export" [InventoryExport] export inventory::ordering::export, inventory::ordering::ExportStockArgs => crate::sheet::SheetFile, "items, lots or what to order as a table";

    "staff.list" [StaffView] query staff_::list, Nothing => Vec<staff::Member>, "the directory";
    "staff.create_user" [StaffManageUsers] staged staff_::create_user, staff_::CreateUserArgs => staff_::CreatedUser, "make an account with a one-time password";
    "staff.reset_password" [StaffManageUsers] staged staff_::reset_password, staff_::MemberArgs => staff_::CreatedUser, "a new one-time password for a member";
    "staff.change_role" [StaffManageUsers] change staff_::change_role, staff_::ChangeRoleArgs => staff::Member, "change a member's role";
    "staff.set_active" [StaffToggleActive] change staff::leaving::set_active, staff::leaving::SetActiveArgs => staff::leaving::SetActive, "archive or reactivate an account";
    "staff.leaving" [StaffToggleActive] query staff::leaving::leaving, staff::leaving::LeavingArgs => staff::leaving::Leaving, "what archiving a member would leave to be done";
    "staff.hand_over" [StaffToggleActive, AgendaEdit, AgendaCancel, ClientsReassign] change staff::leaving::hand_over, staff::leaving::HandOverArgs => staff::leaving::Settled, "give an artist's appointments to another, or cancel them";
    "staff.rights" [StaffView] query staff::rights::rights, staff::rights::RightsArgs => staff::rights::Rights, "every action with its answer and why";
    "staff.edit_profile" [StaffEditProfile] change staff::profile::edit, staff::profile::EditProfileArgs => staff::Member, "change a member's profile";
    "staff.availability" [StaffAvailability] change staff::profile::availability, staff::profile::AvailabilityArgs => Vec<studio::Hours>, "set an artist's weekly hours";
    "staff.set_terms" [StaffManageUsers] change staff::profile::set_terms, staff::profile::TermsArgs => staff::Member, "set a member's employment and share";
    "staff.profiles" [StaffManageUsers] query staff::profile::free, Nothing => Vec<staff::profile::FreeProfile>, "artist profiles without an account";
    "staff.checklist" [StaffManageUsers] query staff::checklist::checklist, staff::checklist::ChecklistArgs => staff::checklist::Checklist, "what is done for somebody who comes or leaves";
    "staff.tick" [StaffManageUsers] change staff::checklist::tick, staff::checklist::TickArgs => staff::checklist::Checklist, "tick something off a member's list";
    "staff.set_switch" [StaffManageUsers] change staff_::set_switch, staff_::SetSwitchArgs => staff::Member, "set or clear a member's switch";

    "security.settings" [SecuritySettings] change studio_::set_settings, studio::SettingsArgs => studio::Settings, "change the studio's settings";
    "security.history" [SecuritySettings] query studio_::history, Nothing => Vec<studio_::SettingChange>, "what the settings were before";
    "security.restore_setting" [SecuritySettings] change studio_::restore_setting, studio_::RestoreSettingArgs => studio::Settings, "put a setting back to what it was";
    "security.code_state" [SecurityRotateCode] query security_::code_state, Nothing => security_::CodeState, "how old the master code is and who knows it";
    "security.report_suspicion" [SecurityRotateCode] change security_::report_suspicion, security_::SuspicionArgs => security_::CodeState, "say that the master code may be known: it is due at once";
    "security.rotate_code" [SecurityRotateCode] staged security_::rotate_code, Nothing => security_::Rotated, "make a new master code, shown once";
    "security.confirm_clock" [SecuritySettings] change security_::confirm_clock, Nothing => security_::ClockBehind, "say that a clock set back by more than a day is right";
    "backups.state" [SecurityBackup] here_query backups_::state, Nothing => backups_::BackupsState, "where the backups are, when the next is due, what each holds";
    "backups.make" [SecurityBackup] here_change backups_::make, Nothing => backups_::BackupsState, "make a backup now";
    "backups.mend_figures" [SecurityBackup] here_change backups_::mend_figures, Nothing => backups_::BackupsState, "make the sums that reports read anew from sales that hold";
    "backups.set_second" [SecurityBackup] here_change backups_::set_second, backups_::SecondArgs => backups_::BackupsState, "keep each backup in a second folder as well";
    "backups.test" [SecurityBackup] here_change backups_::test, backups_::BackupArgs => backups_::BackupTest, "try a backup out without putting it in anybody's place";
    "backups.preview" [SecurityBackup] here_query backups_::preview, backups_::BackupArgs => backups_::RestorePreview, "what would be gone if a backup took the file's place";
    "backups.restore" [SecurityBackup] counted backups_::restore, backups_::RestoreBackupArgs => backups_::Restored, "put a backup in the file's place";
    "backups.check" [SecurityBackup] here_query backups_::check, Nothing => backups_::FileCheck, "check the whole file, and what to do about what is found";
    "activity.list" [SecurityAudit] query activity::commands::list, activity::commands::ActivityArgs => Vec<activity::Activity>, "the activity log";
    "activity.export" [SecurityAudit] export activity::commands::export, activity::commands::ActivityArgs => crate::sheet::SheetFile, "the activity log as a table";
    "activity.chain" [SecurityAudit] here_query activity::commands::chain, Nothing => activity::Chain, "where the journal's chain stands";
    "activity.verify" [SecurityBackup] here_query activity::commands::verify, Nothing => activity::Verified, "check the whole file";
    "activity.review" [SecurityAudit] here_query activity::review::review, activity::review::ReviewArgs => activity::review::Review, "a month's review, filled in";
    "activity.sign_review" [SecurityAudit] change activity::review::sign, activity::review::SignReviewArgs => activity::review::SignedReview, "sign a month's review";
}

pub(crate) fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
