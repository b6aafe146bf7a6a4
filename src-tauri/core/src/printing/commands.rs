//! What the desk can ask to be handed out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::encode::{CodePage, job};
use super::slip::{Slip, SlipLine};
use super::store::{self, NewPaper};
use super::written::Pen;
use super::{Address, COLUMNS, Job, Setup, Trouble, Way, check};
use crate::access::{Action, Permit};
use crate::clients::{commands::contacts, store as clients};
use crate::door::{Call, Change, Desk, Look};
use crate::drawer::commands::{ZArgs, x_report, z_report};
use crate::error::{Code, Error, Result};
use crate::paper::{PaperFile, roll};
use crate::studio::Settings;
use crate::studio::commands::Nothing;
use crate::till::deposits::{DepositReceipt, commands as deposits};
use crate::till::{REGISTER, Receipt, receipts, store as till};

/// The text of a mail, for the computer's own program to send.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Letter {
    /// Empty where the caller may not know it, or nobody does.
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// What was handed out.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct HandedOut {
    /// The paper says that it is a copy: the original is about already.
    pub copy: bool,
    /// How many copies of it are about now.
    pub copies: i64,
    /// The document that was asked for.
    pub file: Option<PaperFile>,
    pub letter: Option<Letter>,
}

/// A report that was printed, or the document to save.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Printed {
    pub file: Option<PaperFile>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PrintArgs {
    /// The number on it: of a sale, a refund, a void, or of a deposit.
    pub receipt: i64,
    pub way: Way,
}

/// What a number is of.
enum Paper {
    Sale(Box<Receipt>),
    Deposit(Box<DepositReceipt>),
}

impl Paper {
    fn slip(&mut self, pen: &Pen, copy: bool) -> Result<Slip> {
        match self {
            Paper::Sale(receipt) => {
                receipt.copy = copy;
                pen.receipt(receipt)
            }
            Paper::Deposit(receipt) => pen.deposit(receipt, copy),
        }
    }

    fn client(&self) -> Option<&str> {
        match self {
            Paper::Sale(receipt) => receipt.client_id.as_deref(),
            Paper::Deposit(receipt) => Some(&receipt.deposit.client_id),
        }
    }
}

/// The paper of a number, and the right to it: an artist has that of the own work alone.
fn find(look: &Look<'_>, number: i64) -> Result<(Permit, Paper)> {
    if let Some(sale) = till::sale_numbered(look.db(), REGISTER, number)? {
        let owner = receipts::owner_of(look, &sale)?;
        let permit = look.grant().over(Some(owner), "receipt")?;
        return Ok((permit, Paper::Sale(Box::new(receipts::receipt_of(look, &sale)?))));
    }
    let found = deposits::numbered(look, number)?;
    let permit = look.grant().over(found.as_ref().map(|(owner, ..)| owner.clone()), "receipt")?;
    let (_, id, moved) = found.ok_or(Error::NotFound { what: "receipt" })?;
    Ok((permit, Paper::Deposit(Box::new(deposits::paper(look, &id, moved.as_deref())?))))
}

/// Hands a receipt out. The first paper of a number is the original; every later one says that it is a copy.
pub(crate) fn print(desk: &Desk, call: &Call<'_>, args: PrintArgs) -> Result<HandedOut> {
    let mut paper_id = String::new();
    let (slip, settings, mut handed) = desk.change_once(call, |cx| {
        let (permit, mut paper) = find(cx, args.receipt)?;
        let before = store::papers(cx.db(), REGISTER, args.receipt)?;
        let pen = Pen::new(cx)?;
        if args.way == Way::Printer {
            setup(pen.settings())?;
        }
        let copy = before > 0;
        let slip = paper.slip(&pen, copy)?;
        paper_id = note_paper(cx, &permit, &args, None)?;
        cx.note("receipt", args.receipt);
        cx.note("copy", copy);
        let letter = match args.way {
            Way::Mail => Some(Letter {
                to: address(cx, paper.client())?,
                subject: format!("{}: {}", pen.settings().name, slip.title),
                text: slip.letter(),
            }),
            _ => None,
        };
        let settings = pen.settings().clone();
        Ok((slip, settings, HandedOut { copy, copies: before, file: None, letter }))
    })?;
    match leave(desk, &settings, &slip, args.way, &format!("receipt-{}", args.receipt)) {
        Ok(file) => handed.file = file,
        Err(error) => {
            desk.change_once(call, |cx| {
                let (permit, _) = find(cx, args.receipt)?;
                note_paper(cx, &permit, &args, Some(&paper_id))?;
                cx.note("receipt", args.receipt);
                cx.refuse(Code::Conflict);
                Ok(())
            })?;
            return Err(error);
        }
    }
    Ok(handed)
}

fn note_paper(
    cx: &mut Change<'_>,
    permit: &Permit,
    args: &PrintArgs,
    undone: Option<&str>,
) -> Result<String> {
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let new = NewPaper {
        id: &id,
        register: REGISTER,
        receipt: args.receipt,
        way: args.way,
        member: &member,
        undone,
    };
    store::add_paper(cx.write(permit), &new, cx.now())?;
    cx.seal("receipt_papers", &id);
    cx.note("way", args.way.name());
    Ok(id)
}

/// Where a client's mail goes, for whoever is shown how to reach them (D03).
fn address(look: &Look<'_>, client: Option<&str>) -> Result<String> {
    let Some(client) = client else { return Ok(String::new()) };
    if look.may(Action::ClientsView).is_err() || !contacts(look)? {
        return Ok(String::new());
    }
    Ok(clients::client_by_id(look.db(), client)?.and_then(|client| client.email).unwrap_or_default())
}

fn setup(settings: &Settings) -> Result<Setup> {
    Setup::of(settings).ok_or(Error::Printer(Trouble::NotSet))
}

/// Sends a slip where it is to go; it was written down by now.
fn leave(desk: &Desk, settings: &Settings, slip: &Slip, way: Way, name: &str) -> Result<Option<PaperFile>> {
    match way {
        Way::Page | Way::Mail => Ok(None),
        Way::Pdf => Ok(Some(roll(settings, slip, format!("{name}.pdf"))?)),
        Way::Printer => {
            let setup = setup(settings)?;
            let bytes = job(&slip.lines(setup.columns, setup.letters), setup.letters)?;
            send(desk, &setup.address, bytes)?;
            Ok(None)
        }
    }
}

fn send(desk: &Desk, to: &Address, bytes: Vec<u8>) -> Result<()> {
    let job = Job { bytes, prints: true };
    desk.studio()?.printing.send(&*desk.tools().printer, to, &job).map_err(Error::Printer)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PrintZArgs {
    pub z: i64,
    pub way: Way,
}

/// A Z report on paper, for whoever may read it.
pub(crate) fn print_z(desk: &Desk, call: &Call<'_>, args: PrintZArgs) -> Result<Printed> {
    let name = format!("z-report-{}", args.z);
    report(desk, call, args.way, &name, |cx| {
        cx.note("z", args.z);
        let z = z_report(cx, ZArgs { z: args.z })?;
        Pen::new(cx)?.z(&z)
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PrintXArgs {
    pub way: Way,
}

/// The day so far on paper, for whoever may read it.
pub(crate) fn print_x(desk: &Desk, call: &Call<'_>, args: PrintXArgs) -> Result<Printed> {
    report(desk, call, args.way, "x-report", |cx| {
        let x = x_report(cx, Nothing {})?;
        Pen::new(cx)?.x(&x)
    })
}

fn report(
    desk: &Desk,
    call: &Call<'_>,
    way: Way,
    name: &str,
    write: impl FnOnce(&mut Change<'_>) -> Result<Slip>,
) -> Result<Printed> {
    let (slip, settings) = desk.change_once(call, |cx| {
        let settings = cx.settings()?;
        let slip = write(cx)?;
        if way == Way::Printer {
            setup(&settings)?;
        }
        cx.note("way", way.name());
        Ok((slip, settings))
    })?;
    match leave(desk, &settings, &slip, way, name) {
        Ok(file) => Ok(Printed { file }),
        Err(error) => {
            desk.change_once(call, |cx| {
                cx.note("way", way.name());
                cx.refuse(Code::Conflict);
                Ok(())
            })?;
            Err(error)
        }
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PreviewArgs {
    /// 32, 42 or 48.
    pub columns: i64,
    pub letters: CodePage,
    /// Another note than the studio's, at most 500 characters.
    pub note: Option<String>,
}

/// A receipt as it would come off the roll.
pub(crate) fn preview(look: &Look<'_>, args: PreviewArgs) -> Result<Vec<SlipLine>> {
    look.grant().whole()?;
    if !COLUMNS.contains(&args.columns) {
        return Err(Error::invalid("columns", "out of range"));
    }
    if args.note.as_ref().is_some_and(|note| note.chars().count() > 500) {
        return Err(Error::invalid("note", "too long"));
    }
    let columns = usize::try_from(args.columns).map_err(Error::internal)?;
    Ok(Pen::new(look)?.noting(args.note).sample(false)?.lines(columns, args.letters))
}

/// A printer to try, before or after it is kept in the settings.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TestPrintArgs {
    pub host: crate::text::Line<253>,
    pub port: i64,
    pub columns: i64,
    pub letters: CodePage,
}

/// Prints a page that shows whether all is well; what is not, is told.
pub(crate) fn test(desk: &Desk, call: &Call<'_>, args: TestPrintArgs) -> Result<Nothing> {
    check(&args.host, args.port, args.columns)?;
    let slip = desk.query(call.command, |look| {
        look.grant().whole()?;
        Pen::new(look)?.sample(true)
    })?;
    let columns = usize::try_from(args.columns).map_err(Error::internal)?;
    let port = u16::try_from(args.port).map_err(Error::internal)?;
    let bytes = job(&slip.lines(columns, args.letters), args.letters)?;
    send(desk, &Address { host: args.host.to_string(), port }, bytes)?;
    Ok(Nothing {})
}

#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct DrawerOpenedArgs {
    /// Try once more what failed.
    pub again: Option<bool>,
}

/// Whether the drawer opened for the cash that this member moved last; why not is the error.
pub(crate) fn drawer(desk: &Desk, call: &Call<'_>, args: DrawerOpenedArgs) -> Result<Nothing> {
    let member = desk.query(call.command, |look| Ok(look.caller()?.id.clone()))?;
    let studio = desk.studio()?;
    let printer = &*desk.tools().printer;
    studio.printing.drawer(printer, &member, args.again.unwrap_or(false)).map_err(Error::Printer)?;
    Ok(Nothing {})
}
