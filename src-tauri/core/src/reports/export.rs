//! Money figures as a file (T038): receipts, a period, payouts, a statement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::commands::period;
use super::period::{PeriodArgs, PeriodReport, Whose, build};
use super::table::{Cell, Table, TableFile, TableFormat, file};
use super::{Transaction, TransactionKind, store};
use crate::access::Owner;
use crate::calendar::{Day, Zone};
use crate::clock::Millis;
use crate::door::{Facts, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::payouts::statement::{self, Statement, StatementKind};
use crate::payouts::{PayoutTender, store as payouts};
use crate::staff::store as staff;
use crate::studio::{Language, Settings};
use crate::text::Id;
use crate::till::{SaleKind, Tender};

/// The longest list of single receipts or payouts.
const MOST_DAYS: i64 = 366;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportWhat {
    /// Every receipt.
    Transactions,
    /// The figures of the period.
    Period,
    /// What was paid to the artists.
    Payouts,
    /// One artist's statement.
    Statement,
}

impl ReportWhat {
    const NAMES: [(ReportWhat, &'static str); 4] = [
        (ReportWhat::Transactions, "transactions"),
        (ReportWhat::Period, "period"),
        (ReportWhat::Payouts, "payouts"),
        (ReportWhat::Statement, "statement"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(what, _)| *what == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> Result<ReportWhat> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(what, _)| *what)
            .ok_or_else(|| Error::Damaged(format!("no such report: {name}")))
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ExportReportArgs {
    pub what: ReportWhat,
    pub format: TableFormat,
    /// First and last day: at most a year, of a period's figures five.
    pub from: Day,
    pub to: Day,
    /// One artist's rows alone; a statement needs one.
    pub artist_id: Option<Id>,
}

pub(crate) fn export(look: &Look<'_>, args: ExportReportArgs, facts: &mut Facts) -> Result<TableFile> {
    look.grant().whole()?;
    let artist = args.artist_id.map(String::from);
    check(args.what, args.from, args.to, artist.as_deref())?;
    if let Some(artist) = &artist {
        let found = staff::artist_exists(look.db(), artist)?;
        look.grant().over(found.then_some(Owner::Nobody), "artist")?;
    }
    let file = write(look, args.what, args.format, (args.from, args.to), artist.as_deref())?;
    facts.insert("report".to_owned(), args.what.name().into());
    facts.insert("format".to_owned(), args.format.name().into());
    facts.insert("rows".to_owned(), file.rows().into());
    facts.insert("artist".to_owned(), artist.into());
    Ok(file)
}

pub(crate) fn check(what: ReportWhat, from: Day, to: Day, artist: Option<&str>) -> Result<()> {
    if what != ReportWhat::Period && from.until(to) >= MOST_DAYS {
        return Err(Error::invalid("to", "more than a year"));
    }
    if what == ReportWhat::Statement && artist.is_none() {
        return Err(Error::invalid("artist_id", "missing"));
    }
    Ok(())
}

/// The file, for whoever was found to have the right to all of it.
pub(crate) fn write(
    look: &Look<'_>,
    what: ReportWhat,
    format: TableFormat,
    (from, to): (Day, Day),
    artist: Option<&str>,
) -> Result<TableFile> {
    let settings = look.settings()?;
    let zone = settings.zone()?;
    let (from_at, to_at) = period(look, from, to)?;
    let words = Words(settings.language);
    let tables = match what {
        ReportWhat::Transactions => {
            vec![transactions(look, &settings, from_at, to_at, artist)?]
        }
        ReportWhat::Payouts => vec![paid(look, &words, zone, from_at, to_at, artist)?],
        ReportWhat::Statement => {
            let artist = artist.ok_or_else(|| Error::invalid("artist_id", "missing"))?;
            let statement = statement::build(look, artist.to_owned(), from, to)?;
            vec![lines(&words, zone, &statement)?]
        }
        ReportWhat::Period => {
            let args = PeriodArgs { from, to, artist_id: None };
            let whose = Whose { artist: artist.map(str::to_owned), colleague: false, mine: None };
            figures(&words, &build(look, &args, &whose)?)
        }
    };
    let name = format!("{}-{}-{}", what.name(), String::from(from), String::from(to));
    file(&tables, format, &name, settings.exponent, look.now())
}

/// The words of a table: in the studio's language, whoever asks.
#[derive(Debug, Clone, Copy)]
struct Words(Language);

impl Words {
    fn say(self, english: &'static str, spanish: &'static str) -> &'static str {
        match self.0 {
            Language::English => english,
            Language::Spanish => spanish,
        }
    }

    fn kind(self, kind: SaleKind) -> &'static str {
        match kind {
            SaleKind::Sale => self.say("sale", "venta"),
            SaleKind::Refund => self.say("refund", "reembolso"),
            SaleKind::Void => self.say("void", "anulación"),
        }
    }

    fn tender(self, tender: Tender) -> &'static str {
        match tender {
            Tender::Cash => self.say("cash", "efectivo"),
            Tender::Card => self.say("card", "tarjeta"),
            Tender::Transfer => self.say("transfer", "transferencia"),
        }
    }
}

fn transactions(
    look: &Look<'_>,
    settings: &Settings,
    from: Millis,
    to: Millis,
    artist: Option<&str>,
) -> Result<Table> {
    let (words, zone) = (Words(settings.language), settings.zone()?);
    let mut rows = Vec::new();
    let mut before = None;
    loop {
        let page = store::transactions(look.db(), store::Page { from, to, artist, before, limit: 500 })?;
        let Some(last) = page.last() else { break };
        before = Some(last.receipt);
        for receipt in &page {
            rows.push(transaction(words, zone, receipt)?);
        }
    }
    rows.reverse();
    Ok(Table {
        title: words.say("Receipts", "Recibos").to_owned(),
        headers: vec![
            words.say("receipt", "recibo"),
            words.say("time", "hora"),
            words.say("kind", "tipo"),
            words.say("by", "por"),
            words.say("client", "cliente"),
            words.say("what", "concepto"),
            words.say("goods", "ventas"),
            words.say("tips", "propinas"),
            words.say("total", "total"),
            words.say("paid by", "pagado con"),
            words.say("taken back", "devuelto"),
            words.say("deposit", "anticipo"),
        ],
        rows,
    })
}

fn transaction(words: Words, zone: Zone, receipt: &Transaction) -> Result<Vec<Cell>> {
    let more = if receipt.more_lines > 0 { format!(" +{}", receipt.more_lines) } else { String::new() };
    let tenders: Vec<&str> = receipt.tenders.iter().map(|tender| words.tender(*tender)).collect();
    Ok(vec![
        if receipt.kind == TransactionKind::DepositMoved { Cell::Nothing } else { receipt.receipt.into() },
        zone.written(receipt.at)?.into(),
        match receipt.kind {
            TransactionKind::Sale if receipt.deposit.is_some() => {
                words.say("kept deposit", "anticipo retenido")
            }
            TransactionKind::Sale => words.kind(SaleKind::Sale),
            TransactionKind::Refund => words.kind(SaleKind::Refund),
            TransactionKind::Void => words.kind(SaleKind::Void),
            TransactionKind::DepositTaken => words.say("deposit", "anticipo"),
            TransactionKind::DepositReturned => words.say("deposit returned", "anticipo devuelto"),
            TransactionKind::DepositMoved => words.say("deposit moved", "anticipo movido"),
        }
        .into(),
        receipt.by.as_str().into(),
        receipt.client_name.clone().into(),
        format!("{}{more}", receipt.label).into(),
        receipt.goods.into(),
        receipt.tips.into(),
        receipt.total.into(),
        tenders.join(", ").into(),
        receipt.reversed.into(),
        receipt.deposit.as_ref().map(|deposit| deposit.amount).into(),
    ])
}

fn paid(
    look: &Look<'_>,
    words: &Words,
    zone: Zone,
    from: Millis,
    to: Millis,
    artist: Option<&str>,
) -> Result<Table> {
    let mut rows = Vec::new();
    for payout in payouts::payouts(look.db(), artist, from, to, i64::MAX)?.into_iter().rev() {
        rows.push(vec![
            payout.number.into(),
            zone.written(payout.at)?.into(),
            payout.artist_name.into(),
            String::from(payout.until).into(),
            match payout.tender {
                PayoutTender::Cash => words.say("cash", "efectivo"),
                PayoutTender::Transfer => words.say("transfer", "transferencia"),
                PayoutTender::Earlier => words.say("paid earlier", "pagado antes"),
            }
            .into(),
            payout.commission.into(),
            payout.tips.into(),
            payout.amount.into(),
            payout.by.into(),
            payout.note.into(),
        ]);
    }
    Ok(Table {
        title: words.say("Payouts", "Pagos").to_owned(),
        headers: vec![
            words.say("number", "número"),
            words.say("time", "hora"),
            words.say("artist", "artista"),
            words.say("until", "hasta"),
            words.say("paid by", "pagado con"),
            words.say("commission", "comisión"),
            words.say("tips", "propinas"),
            words.say("amount", "importe"),
            words.say("by", "por"),
            words.say("note", "nota"),
        ],
        rows,
    })
}

fn lines(words: &Words, zone: Zone, statement: &Statement) -> Result<Table> {
    let balance = |label: &'static str, amount: Money| {
        let mut row = vec![Cell::Nothing; 12];
        row.push(Cell::Money(amount));
        if let Some(cell) = row.get_mut(4) {
            *cell = label.into();
        }
        row
    };
    let mut rows = vec![balance(words.say("opening balance", "saldo inicial"), statement.opening)];
    for line in &statement.lines {
        rows.push(vec![
            zone.written(line.at)?.into(),
            match line.kind {
                StatementKind::Sale => words.kind(SaleKind::Sale),
                StatementKind::Refund => words.kind(SaleKind::Refund),
                StatementKind::Void => words.kind(SaleKind::Void),
                StatementKind::Mentor => words.say("as mentor", "como mentor"),
                StatementKind::Deposit => words.say("kept deposit", "anticipo retenido"),
                StatementKind::Payout => words.say("payout", "pago"),
                StatementKind::PayoutBack => words.say("payout taken back", "pago revertido"),
            }
            .into(),
            line.number.into(),
            line.client_name.clone().into(),
            line.label.clone().into(),
            line.gross.into(),
            line.discount.into(),
            line.basis.into(),
            line.bp.map_or(Cell::Nothing, Cell::Share),
            line.commission.into(),
            line.tips.into(),
            line.payout.into(),
            line.balance.into(),
        ]);
    }
    rows.push(balance(words.say("closing balance", "saldo final"), statement.closing));
    Ok(Table {
        title: statement.artist_name.clone(),
        headers: vec![
            words.say("time", "hora"),
            words.say("kind", "tipo"),
            words.say("number", "número"),
            words.say("client", "cliente"),
            words.say("what", "concepto"),
            words.say("price", "precio"),
            words.say("discount", "descuento"),
            words.say("share of", "base"),
            words.say("share %", "parte %"),
            words.say("commission", "comisión"),
            words.say("tips", "propinas"),
            words.say("paid out", "pagado"),
            words.say("balance", "saldo"),
        ],
        rows,
    })
}

/// Every part of a period in the same columns, so that a table below another is read the same way.
fn figures(words: &Words, report: &PeriodReport) -> Vec<Table> {
    let headers = || {
        vec![
            words.say("name", "nombre"),
            words.say("count", "cantidad"),
            words.say("before discounts", "antes de descuentos"),
            words.say("discounts", "descuentos"),
            words.say("taken back", "devuelto"),
            words.say("sold", "vendido"),
            words.say("tax", "impuesto"),
            words.say("tips", "propinas"),
            words.say("commission", "comisión"),
            words.say("period before", "periodo anterior"),
        ]
    };
    let table = |title: &'static str, rows: Vec<Vec<Cell>>| Table {
        title: title.to_owned(),
        headers: headers(),
        rows,
    };
    let totals = |name: &'static str, totals: &super::period::Totals, before: Cell| -> Vec<Cell> {
        vec![
            name.into(),
            totals.sales.into(),
            totals.gross.into(),
            totals.discount.into(),
            totals.returned.into(),
            totals.goods.into(),
            totals.tax.into(),
            totals.tips.into(),
            totals.commission.into(),
            before,
        ]
    };
    let things = |parts: &[super::period::ThingPart]| -> Vec<Vec<Cell>> {
        parts
            .iter()
            .map(|part| {
                vec![
                    part.name.as_str().into(),
                    part.quantity.into(),
                    part.gross.into(),
                    part.discount.into(),
                    part.returned.into(),
                    part.goods.into(),
                    part.tax.into(),
                    Cell::Nothing,
                    Cell::Nothing,
                    part.before.into(),
                ]
            })
            .collect()
    };
    let days = report.series.iter().map(|point| {
        vec![
            String::from(point.day).into(),
            point.sales.into(),
            Cell::Nothing,
            Cell::Nothing,
            point.returned.into(),
            point.goods.into(),
            Cell::Nothing,
            point.tips.into(),
        ]
    });
    let artists = report.artists.iter().map(|part| {
        vec![
            part.name
                .clone()
                .unwrap_or_else(|| words.say("without an artist", "sin artista").to_owned())
                .into(),
            part.sales.into(),
            part.gross.into(),
            part.discount.into(),
            part.returned.into(),
            part.goods.into(),
            part.tax.into(),
            part.tips.into(),
            Cell::Money(Money::new(part.commission.minor() + part.mentoring.minor()).unwrap_or_default()),
            part.before.into(),
        ]
    });
    let tenders = report.tenders.iter().map(|part| {
        let name = words.tender(part.tender);
        vec![
            name.into(),
            Cell::Nothing,
            part.taken.into(),
            Cell::Nothing,
            part.returned.into(),
            part.net.into(),
        ]
    });
    let taxes = report.taxes.iter().map(|part| {
        let name = part.bp.map_or(Cell::Nothing, Cell::Share);
        vec![
            name,
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
            part.net.into(),
            part.tax.into(),
        ]
    });
    let members = report.members.iter().map(|part| {
        vec![
            part.name.as_str().into(),
            part.sales.into(),
            part.sold.into(),
            part.discount.into(),
            Cell::Money(Money::new(part.refunded.minor() + part.voided.minor()).unwrap_or_default()),
        ]
    });
    vec![
        table(
            words.say("Totals", "Totales"),
            vec![
                totals(words.say("this period", "este periodo"), &report.totals, report.before.goods.into()),
                totals(words.say("period before", "periodo anterior"), &report.before, Cell::Nothing),
            ],
        ),
        table(
            if report.by_month { words.say("Months", "Meses") } else { words.say("Days", "Días") },
            days.collect(),
        ),
        table(words.say("Artists", "Artistas"), artists.collect()),
        table(words.say("Services", "Servicios"), things(&report.services)),
        table(words.say("Products", "Productos"), things(&report.items)),
        table(words.say("Paid by", "Pagado con"), tenders.collect()),
        table(words.say("Tax", "Impuesto"), taxes.collect()),
        table(words.say("At the till", "En la caja"), members.collect()),
    ]
}
