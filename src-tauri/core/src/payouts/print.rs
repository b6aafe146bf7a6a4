//! An artist's statement as a document: to hand over with the money, and to file.

use super::statement::{Statement, StatementArgs, StatementKind, StatementLine, StatementPart, statement};
use crate::door::{Facts, Look};
use crate::error::Result;
use crate::money::Money;
use crate::paper::figures::Figures;
use crate::paper::{Align, Paper, PaperFile, words};
use crate::studio::Settings;

use Align::{Left, Right};

const SUM_WIDTHS: [f32; 3] = [3.0, 3.0, 1.6];
const SUM_ALIGN: [Align; 3] = [Left, Right, Right];
const WIDTHS: [f32; 9] = [42.0, 38.0, 118.0, 62.0, 32.0, 60.0, 54.0, 70.0, 64.0];
const ALIGN: [Align; 9] = [Left, Right, Left, Right, Right, Right, Right, Right, Right];

/// The statement of [`statement`], behind the same gate, as a PDF.
pub(crate) fn paper(look: &Look<'_>, args: StatementArgs, facts: &mut Facts) -> Result<PaperFile> {
    let statement = statement(look, args)?;
    let settings = look.settings()?;
    let (from, to) = (String::from(statement.from), String::from(statement.to));
    facts.insert("artist".to_owned(), statement.artist_id.as_str().into());
    facts.insert("from".to_owned(), from.as_str().into());
    facts.insert("to".to_owned(), to.as_str().into());
    written(&settings, &statement)?.file(format!("statement-{from}-{to}.pdf"))
}

fn written(settings: &Settings, statement: &Statement) -> Result<Paper> {
    let figures = Figures::new(settings)?;
    let say = |english, spanish| figures.say(english, spanish);
    let name = &statement.artist_name;
    let title = format!("{} · {name}", say("Statement", "Estado de cuenta"));
    let mut paper = Paper::wide(settings, &title)?;
    let [from, to] = [statement.from, statement.to].map(|day| words::day(figures.language, day));
    paper.text(&format!("{from} – {to}"));
    if let Some(since) = statement.since {
        let day = figures.long_day(since)?;
        paper.small(&match figures.language {
            crate::studio::Language::English => format!("Commission is kept since {day}."),
            crate::studio::Language::Spanish => format!("Las comisiones se llevan desde el {day}."),
        });
    }
    sums(&mut paper, &figures, statement);
    lines(&mut paper, &figures, statement)?;
    Ok(paper)
}

fn sums(paper: &mut Paper, figures: &Figures, statement: &Statement) {
    let say = |english, spanish| figures.say(english, spanish);
    let mut row = |label: &str, note: &str, amount: Money| {
        paper.row(&[label, note, &figures.money(amount)], &SUM_WIDTHS, &SUM_ALIGN);
    };
    row(say("Owed before", "Se debía antes"), "", statement.opening);
    let of = |part: &StatementPart| {
        let basis = figures.money(part.basis);
        format!("{} · {} {basis}", part.count, say("of", "de"))
    };
    for (label, part) in [
        (say("Services", "Servicios"), &statement.services),
        (say("Products", "Productos"), &statement.items),
        (say("Deposits kept", "Anticipos no devueltos"), &statement.deposits),
    ] {
        if part.count > 0 {
            row(label, &of(part), part.commission);
        }
    }
    for (label, amount) in [
        (say("From teaching", "Por enseñar"), statement.mentoring),
        (say("Taken back by refunds", "Descontado por reembolsos"), statement.taken_back),
        (say("Tips", "Propinas"), statement.tips),
        (say("Paid out", "Pagado"), statement.payouts),
    ] {
        if amount != Money::ZERO {
            row(label, "", amount);
        }
    }
    paper.rule();
    let owed = say("Owed now", "Se debe al final");
    paper.sum(&[owed, "", &figures.money(statement.closing)], &SUM_WIDTHS, &SUM_ALIGN);
    if statement.deposits_held != Money::ZERO {
        let held = figures.money(statement.deposits_held);
        let label = say(
            "Deposits that clients have with the studio for visits ahead",
            "Anticipos que el estudio guarda para visitas por venir",
        );
        paper.space(2.0);
        paper.small(&format!("{label}: {held}"));
    }
}

fn lines(paper: &mut Paper, figures: &Figures, statement: &Statement) -> Result<()> {
    let say = |english, spanish| figures.say(english, spanish);
    if statement.lines.is_empty() {
        paper.space(8.0);
        paper.text(say("Nothing happened in these days.", "No hubo movimientos en estos días."));
        return Ok(());
    }
    paper.heading(say("Line by line", "Renglón por renglón"));
    let money = |amount: Money| if amount == Money::ZERO { String::new() } else { figures.money(amount) };
    // The heading says which year it is, unless there are two.
    let one_year = statement.from.parts().0 == statement.to.parts().0;
    let mut rows = Vec::with_capacity(statement.lines.len());
    for line in &statement.lines {
        let day = figures.day_of(line.at)?;
        rows.push(vec![
            words::short_day(figures.language, day, !one_year),
            line.number.map(|number| number.to_string()).unwrap_or_default(),
            what(figures, line),
            money(line.basis),
            line.bp.map(|bp| figures.share(bp)).unwrap_or_default(),
            money(line.commission),
            money(line.tips),
            money(line.payout),
            figures.money(line.balance),
        ]);
    }
    let head = [
        say("Day", "Día"),
        say("No.", "N.º"),
        say("What", "Concepto"),
        say("Share of", "Base"),
        "%",
        say("Earned", "Ganado"),
        say("Tips", "Propinas"),
        say("Paid out", "Pagado"),
        say("Owed", "Se debe"),
    ];
    paper.table(&head, &rows, &WIDTHS, &ALIGN);
    Ok(())
}

fn what(figures: &Figures, line: &StatementLine) -> String {
    let kind = match line.kind {
        StatementKind::Sale => None,
        StatementKind::Refund => Some(figures.say("Refund", "Reembolso")),
        StatementKind::Void => Some(figures.say("Void", "Anulación")),
        StatementKind::Mentor => Some(figures.say("From teaching", "Por enseñar")),
        StatementKind::Deposit => Some(figures.say("Deposit kept", "Anticipo no devuelto")),
        StatementKind::Payout => Some(figures.say("Payout", "Pago")),
        StatementKind::PayoutBack => Some(figures.say("Payout taken back", "Pago revertido")),
    };
    let label = line.label.as_deref().or(if line.tips != Money::ZERO && kind.is_none() {
        Some(figures.say("Tip", "Propina"))
    } else {
        None
    });
    let parts = [kind, label, line.client_name.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
