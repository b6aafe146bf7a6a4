//! What stands on each slip: the core's figures in the studio's words, whoever is at the desk.

use super::slip::{Row, Slip, Weight};
use crate::door::Look;
use crate::drawer::{CashMove, DayFigures, Takeover, XReport, ZReport};
use crate::error::Result;
use crate::money::Money;
use crate::paper::figures::Figures;
use crate::studio::{Language, Settings, store as studio};
use crate::till::deposits::{DepositPaper, DepositReceipt};
use crate::till::{Receipt, ReceiptTender, SaleKind, TaxSum, Tender};

use Weight::{Large, Minor, Plain, Strong};

/// Writes slips for one studio.
pub(crate) struct Pen {
    settings: Settings,
    figures: Figures,
    demo: bool,
}

impl Pen {
    pub(crate) fn new(look: &Look<'_>) -> Result<Pen> {
        let settings = look.settings()?;
        Ok(Pen { figures: Figures::new(&settings)?, demo: studio::is_demo(look.db())?, settings })
    }

    /// With another note, where there is one.
    pub(crate) fn noting(mut self, note: Option<String>) -> Pen {
        self.settings.receipt_note = note.unwrap_or(self.settings.receipt_note);
        self
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    fn say<'t>(&self, english: &'t str, spanish: &'t str) -> &'t str {
        self.figures.say(english, spanish)
    }

    fn numbered(&self, english: &str, spanish: &str, number: i64) -> String {
        format!("{} {number}", self.say(english, spanish))
    }

    /// The studio's name, the note where clients read it, and what the slip is called.
    fn begin(&self, title: String, note: bool) -> Slip {
        let mut slip = Slip::new(title.clone());
        slip.centre(&self.settings.name, Strong);
        if note && !self.settings.receipt_note.trim().is_empty() {
            slip.centre(self.settings.receipt_note.trim(), Plain);
        }
        slip.rows.push(Row::Space);
        slip.centre(title, Large);
        slip
    }

    fn end(&self, slip: &mut Slip) {
        if self.demo {
            slip.rows.push(Row::Space);
            slip.centre(
                self.say("Demo studio: not a real receipt", "Estudio de demostración: no es un recibo real"),
                Minor,
            );
        }
    }

    fn money(&self, slip: &mut Slip, label: impl Into<String>, amount: Money, weight: Weight) {
        slip.pair(label, self.figures.money(amount), weight);
    }

    /// Left out where there is nothing to say.
    fn some(&self, slip: &mut Slip, label: &str, amount: Money) {
        if amount != Money::ZERO {
            self.money(slip, label, amount, Plain);
        }
    }

    fn tender(&self, tender: Tender) -> &'static str {
        match tender {
            Tender::Cash => self.figures.say("Cash", "Efectivo"),
            Tender::Card => self.figures.say("Card", "Tarjeta"),
            Tender::Transfer => self.figures.say("Transfer", "Transferencia"),
        }
    }

    fn tax(&self, tax: &TaxSum, inside: bool) -> String {
        let name = tax.name.as_deref().unwrap_or(self.say("Tax", "Impuesto"));
        let share = tax.bp.map(|bp| format!(" {}", self.figures.share(bp))).unwrap_or_default();
        let inside = if inside { self.say(" included", " incluido") } else { "" };
        format!("{name}{share}{inside}")
    }

    fn tenders(&self, slip: &mut Slip, tenders: &[ReceiptTender], change: Money) {
        for tender in tenders {
            self.money(slip, self.tender(tender.tender), tender.amount, Plain);
            if tender.change != Money::ZERO {
                let given = self.figures.money(tender.given);
                slip.text(format!("  {} {given}", self.say("given", "recibido")), Minor);
            }
        }
        if change != Money::ZERO {
            self.money(slip, self.say("Change", "Cambio"), change, Strong);
        }
    }

    /// A receipt of a sale, a refund or a void.
    pub(crate) fn receipt(&self, receipt: &Receipt) -> Result<Slip> {
        let figures = &self.figures;
        let title = match receipt.kind {
            _ if receipt.kept_deposit => ("Deposit kept", "Anticipo no devuelto"),
            SaleKind::Sale => ("Receipt", "Recibo"),
            SaleKind::Refund => ("Refund", "Reembolso"),
            SaleKind::Void => ("Void", "Anulación"),
        };
        let mut slip = self.begin(self.numbered(title.0, title.1, receipt.receipt), true);
        self.copied(&mut slip, receipt.copy);
        slip.centre(figures.moment(receipt.at)?, Plain);
        slip.centre(format!("{} {}", self.say("Served by", "Atendió"), receipt.by), Plain);
        if let Some(client) = &receipt.client_name {
            slip.centre(format!("{} {client}", self.say("For", "Para")), Plain);
        }
        if let Some(original) = &receipt.original {
            slip.centre(self.numbered("Takes back receipt", "Devuelve el recibo", original.receipt), Plain);
        }
        if let Some(reason) = &receipt.reason {
            slip.centre(format!("{}: {reason}", self.say("Reason", "Motivo")), Plain);
        }
        slip.rule();
        for line in &receipt.lines {
            let count = line.quantity.unsigned_abs();
            let label = if count > 1 { format!("{count} x {}", line.label) } else { line.label.clone() };
            self.money(&mut slip, label, line.before_tax, Plain);
            if let Some(artist) = &line.artist_name {
                slip.text(format!("  {} {artist}", self.say("with", "con")), Minor);
            }
            if line.discount != Money::ZERO {
                let off = figures.money(line.discount.negated());
                slip.text(format!("  {} {off}", self.say("Discount", "Descuento")), Minor);
            }
        }
        let added = receipt.tax_added != Money::ZERO;
        let taxes = || receipt.taxes.iter().filter(|tax| tax.tax != Money::ZERO);
        if added {
            for tax in taxes() {
                self.money(&mut slip, self.tax(tax, false), tax.tax, Plain);
            }
        }
        for tip in &receipt.tips {
            let label = format!("{} {}", self.say("Tip for", "Propina para"), tip.artist_name);
            self.money(&mut slip, label, tip.amount, Plain);
        }
        slip.rule();
        self.money(&mut slip, "Total", receipt.total, Large);
        if !added {
            for tax in taxes() {
                self.money(&mut slip, self.tax(tax, true), tax.tax, Minor);
            }
        }
        for deposit in &receipt.deposits {
            let day = figures.short_day(deposit.taken_at)?;
            let label = format!(
                "{} {day}, {}",
                self.say("Deposit", "Anticipo del"),
                self.numbered("receipt", "recibo", deposit.receipt)
            );
            self.money(&mut slip, label, deposit.amount.negated(), Plain);
        }
        if receipt.rounding != Money::ZERO {
            slip.pair(self.say("Rounding", "Redondeo"), figures.signed(receipt.rounding), Plain);
        }
        if !receipt.deposits.is_empty() || receipt.rounding != Money::ZERO {
            self.money(&mut slip, self.say("Paid", "Pagado"), receipt.paid, Strong);
        }
        if !receipt.tenders.is_empty() {
            slip.rule();
            self.tenders(&mut slip, &receipt.tenders, receipt.change);
        }
        if !receipt.reversals.is_empty() {
            slip.rule();
            for back in &receipt.reversals {
                let words = if back.kind == SaleKind::Void {
                    ("Void", "Anulación")
                } else {
                    ("Refund", "Reembolso")
                };
                self.money(&mut slip, self.numbered(words.0, words.1, back.receipt), back.total, Plain);
                if let Some(reason) = &back.reason {
                    slip.text(format!("  {reason}"), Minor);
                }
            }
        }
        self.end(&mut slip);
        Ok(slip)
    }

    fn copied(&self, slip: &mut Slip, copy: bool) {
        if copy {
            slip.centre(self.say("*** COPY ***", "*** COPIA ***"), Strong);
        }
    }

    /// The receipt of a deposit that was taken or given back.
    pub(crate) fn deposit(&self, paper: &DepositReceipt, copy: bool) -> Result<Slip> {
        let figures = &self.figures;
        let deposit = &paper.deposit;
        let (title, what) = match paper.kind {
            DepositPaper::Taken => {
                (("Deposit receipt", "Recibo de anticipo"), self.say("Deposit", "Anticipo"))
            }
            DepositPaper::Returned => {
                (("Deposit returned", "Anticipo devuelto"), self.say("Returned", "Devuelto"))
            }
        };
        let mut slip = self.begin(self.numbered(title.0, title.1, paper.receipt), true);
        self.copied(&mut slip, copy);
        slip.centre(figures.moment(paper.at)?, Plain);
        slip.centre(format!("{} {}", self.say("Served by", "Atendió"), paper.by), Plain);
        slip.centre(format!("{} {}", self.say("For", "Para"), deposit.client_name), Plain);
        if let Some(reason) = &paper.reason {
            slip.centre(format!("{}: {reason}", self.say("Reason", "Motivo")), Plain);
        }
        slip.rule();
        self.money(&mut slip, what, paper.amount, Large);
        let with = self.say("with", "con");
        slip.text(format!("{} {with} {}", deposit.service_name, deposit.artist_name), Plain);
        slip.text(format!("  {}", figures.moment(deposit.starts_at)?), Minor);
        slip.rule();
        self.tenders(&mut slip, &paper.tenders, paper.change);
        if paper.kind == DepositPaper::Taken {
            let hours = self.settings.deposit_cancel_hours;
            slip.rows.push(Row::Space);
            slip.text(
                match figures.language {
                    Language::English => format!(
                        "Counts towards the visit. It stays with the studio when the visit is missed or \
                         cancelled less than {hours} hours before."
                    ),
                    Language::Spanish => format!(
                        "Cuenta para la visita. Se queda en el estudio si no llegan o cancelan con menos de \
                         {hours} horas."
                    ),
                },
                Minor,
            );
        }
        self.end(&mut slip);
        Ok(slip)
    }

    /// The open drawer's day so far.
    pub(crate) fn x(&self, x: &XReport) -> Result<Slip> {
        let figures = &self.figures;
        let mut slip = self.begin(self.say("X report", "Corte X").to_owned(), false);
        slip.centre(figures.moment(x.at)?, Plain);
        slip.rule();
        slip.pair(self.say("Opened", "Abierta"), self.by(x.opened_at, &x.opened_by)?, Plain);
        if x.held_by != x.opened_by {
            slip.pair(self.say("Held by", "A cargo de"), &x.held_by, Plain);
        }
        self.money(&mut slip, self.say("Float at opening", "Fondo al abrir"), x.float, Plain);
        self.money(&mut slip, self.say("Expected", "Esperado"), x.expected, Strong);
        self.day(&mut slip, &x.figures)?;
        self.moves(&mut slip, &x.figures.moves)?;
        self.perpetual(&mut slip, x.figures.perpetual);
        slip.text(
            self.say(
                "The day so far. It has no number and is not sealed; the Z report is.",
                "El día hasta ahora. No lleva número ni sello; el corte Z sí.",
            ),
            Minor,
        );
        self.end(&mut slip);
        Ok(slip)
    }

    /// A closed drawer.
    pub(crate) fn z(&self, z: &ZReport) -> Result<Slip> {
        let figures = &self.figures;
        let mut slip = self.begin(self.numbered("Z report", "Corte Z", z.z), false);
        slip.centre(figures.long_day(z.closed_at)?, Plain);
        slip.rule();
        slip.pair(self.say("Opened", "Abierta"), self.by(z.opened_at, &z.opened_by)?, Plain);
        slip.pair(self.say("Closed", "Cerrada"), self.by(z.closed_at, &z.closed_by)?, Plain);
        for Takeover { at, by, reason, .. } in &z.takeovers {
            slip.pair(self.say("Taken over", "Tomada por otra persona"), self.by(*at, by)?, Plain);
            slip.text(format!("  {reason}"), Minor);
        }
        self.day(&mut slip, &z.figures)?;
        slip.rule();
        self.money(&mut slip, self.say("Float at opening", "Fondo al abrir"), z.float, Plain);
        self.money(&mut slip, self.say("Expected", "Esperado"), z.expected, Plain);
        self.money(&mut slip, self.say("Counted", "Contado"), z.counted, Plain);
        slip.pair(self.say("Difference", "Diferencia"), figures.signed(z.difference), Strong);
        if let Some(reason) = &z.reason {
            slip.text(format!("  {}: {reason}", self.say("Reason", "Motivo")), Minor);
        }
        let gave_way = match (&z.approved_by, z.waived) {
            (Some(_), true) => self.say(
                "who had a hand in the drawer too, as everybody who could",
                "que también intervino en la caja, como todos los que podían",
            ),
            (None, true) => {
                self.say("nobody: nobody else here closes a drawer", "nadie: aquí nadie más cierra la caja")
            }
            _ => "",
        };
        let approved = z.approved_by.as_deref().into_iter().chain((!gave_way.is_empty()).then_some(gave_way));
        let approved = approved.collect::<Vec<_>>().join(", ");
        if !approved.is_empty() {
            slip.text(format!("  {}: {approved}", self.say("Confirmed by", "Confirmó")), Minor);
        }
        self.money(&mut slip, self.say("Float left", "Fondo que queda"), z.float_left, Plain);
        self.money(&mut slip, self.say("To the safe", "A la caja fuerte"), z.to_safe, Plain);
        if !z.counts.is_empty() {
            slip.rule();
            slip.text(self.say("Counted by coin and note", "Conteo por moneda y billete"), Strong);
            for count in &z.counts {
                let label = format!("{} x {}", count.count, figures.money(count.value));
                self.money(&mut slip, label, count.value.times(count.count)?, Plain);
            }
        }
        self.moves(&mut slip, &z.figures.moves)?;
        self.perpetual(&mut slip, z.figures.perpetual);
        slip.text(format!("{}: {}", self.say("Journal at the close", "Diario al cerrar"), z.head), Minor);
        slip.text(
            self.say("Sealed. A Z report is never changed.", "Sellado. Un corte Z nunca se cambia."),
            Minor,
        );
        self.end(&mut slip);
        Ok(slip)
    }

    fn by(&self, at: crate::clock::Millis, who: &str) -> Result<String> {
        Ok(format!("{}, {who}", self.figures.time(at)?))
    }

    fn perpetual(&self, slip: &mut Slip, amount: Money) {
        slip.rule();
        let words = self.say("Sales since the studio began", "Ventas desde que empezó el estudio");
        self.money(slip, words, amount, Plain);
    }

    /// What a day's receipts come to.
    fn day(&self, slip: &mut Slip, day: &DayFigures) -> Result<()> {
        let figures = &self.figures;
        slip.rule();
        let receipts = match (day.first_receipt, day.last_receipt) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (Some(first), Some(last)) => format!("{first} {} {last}", self.say("to", "a")),
            _ => self.say("none", "ninguno").to_owned(),
        };
        slip.pair(self.say("Receipts", "Recibos"), receipts, Plain);
        slip.pair(self.say("Sales", "Ventas"), day.sales.to_string(), Plain);
        slip.pair(self.say("Refunds", "Reembolsos"), day.refunds.to_string(), Plain);
        slip.pair(self.say("Voids", "Anulaciones"), day.voids.to_string(), Plain);
        slip.rule();
        self.money(slip, self.say("Goods and services", "Productos y servicios"), day.goods, Plain);
        if day.discount != Money::ZERO {
            self.money(slip, self.say("  Discounts", "  Descuentos"), day.discount.negated(), Minor);
        }
        self.money(slip, self.say("Tips", "Propinas"), day.tips, Plain);
        for tip in &day.tips_by_artist {
            self.money(slip, format!("  {}", tip.name), tip.amount, Minor);
        }
        self.money(slip, "Total", day.total, Large);
        self.some(slip, self.say("Rounding of cash", "Redondeo del efectivo"), day.rounding);
        if !day.taxes.is_empty() {
            slip.rule();
            slip.text(self.say("Taxes", "Impuestos"), Strong);
            for tax in &day.taxes {
                self.money(slip, self.tax(tax, false), tax.tax, Plain);
                let of = figures.money(tax.net);
                slip.text(format!("  {} {of}", self.say("of", "de")), Minor);
            }
        }
        if !day.tenders.is_empty() {
            slip.rule();
            slip.text(self.say("Paid with", "Formas de pago"), Strong);
            for tender in &day.tenders {
                self.money(slip, self.tender(tender.tender), tender.net, Plain);
                if tender.refunds != Money::ZERO {
                    let (taken, back) = (figures.money(tender.sales), figures.money(tender.refunds));
                    let (taken_is, back_is) = (self.say("in", "entró"), self.say("back", "devuelto"));
                    slip.text(format!("  {taken_is} {taken}, {back_is} {back}"), Minor);
                }
            }
        }
        let deposits = &day.deposits;
        if *deposits != crate::drawer::DepositFigures::default() {
            slip.rule();
            slip.text(self.say("Deposits", "Anticipos"), Strong);
            self.some(slip, self.say("Taken", "Cobrados"), deposits.taken);
            self.some(slip, self.say("Given back", "Devueltos"), deposits.returned);
            self.some(slip, self.say("Used by sales", "Usados en ventas"), deposits.applied);
            self.some(slip, self.say("Kept", "No devueltos"), deposits.kept);
        }
        if !day.reversals.is_empty() {
            slip.rule();
            slip.text(self.say("Refunds and voids", "Reembolsos y anulaciones"), Strong);
            for back in &day.reversals {
                let words = if back.kind == SaleKind::Void {
                    ("Void", "Anulación")
                } else {
                    ("Refund", "Reembolso")
                };
                self.money(slip, self.numbered(words.0, words.1, back.receipt), back.total, Plain);
                let of = self.numbered("Takes back receipt", "Devuelve el recibo", back.original_receipt);
                slip.text(format!("  {of}; {}", self.by(back.at, &back.by)?), Minor);
                if let Some(reason) = &back.reason {
                    slip.text(format!("  {reason}"), Minor);
                }
            }
        }
        Ok(())
    }

    fn moves(&self, slip: &mut Slip, moves: &[CashMove]) -> Result<()> {
        let loose: Vec<&CashMove> = moves.iter().filter(|one| one.sale_id.is_none()).collect();
        if loose.is_empty() {
            return Ok(());
        }
        slip.rule();
        slip.text(self.say("Movements without a sale", "Movimientos sin venta"), Strong);
        for one in loose {
            let kind = match one.kind.as_str() {
                "deposit_taken" => self.say("Deposit", "Anticipo"),
                "deposit_returned" => self.say("Deposit returned", "Anticipo devuelto"),
                "payout" => self.say("Payout", "Pago a artista"),
                "payout_back" => self.say("Payout taken back", "Pago revertido"),
                "in" => self.say("Pay-in", "Entrada"),
                "out" => self.say("Pay-out", "Salida"),
                "drop" => self.say("To the safe", "A la caja fuerte"),
                other => other,
            };
            slip.pair(
                format!("{} {kind}", self.figures.time(one.at)?),
                self.figures.signed(one.amount),
                Plain,
            );
            slip.text(format!("  {}", one.reason.as_ref().unwrap_or(&one.by)), Minor);
        }
        Ok(())
    }

    /// What a test prints, and the settings show: a receipt of a sale that never was, with every letter that matters.
    pub(crate) fn sample(&self, test: bool) -> Result<Slip> {
        let title = if test {
            self.say("Test print", "Prueba de impresión").to_owned()
        } else {
            self.numbered("Receipt", "Recibo", 1204)
        };
        let mut slip = self.begin(title, true);
        let money = |minor: i64| -> Result<Money> {
            Money::new(minor * 10_i64.pow(u32::try_from(self.settings.exponent).unwrap_or(2)))
        };
        slip.centre(format!("{} José Núñez", self.say("For", "Para")), Plain);
        slip.rule();
        let tattoo = self.say("Small lettering", "Letras pequeñas");
        self.money(&mut slip, tattoo, money(1_600)?, Plain);
        slip.text(format!("  {} Zoë", self.say("with", "con")), Minor);
        self.money(&mut slip, self.say("2 x Aftercare balm", "2 x Bálsamo"), money(300)?, Plain);
        slip.rule();
        self.money(&mut slip, "Total", money(1_900)?, Large);
        let usual = TaxSum { name: None, bp: Some(self.settings.tax_bp), net: Money::ZERO, tax: Money::ZERO };
        if self.settings.tax_bp > 0 && self.settings.prices_include_tax {
            let tax = money(1_900)?.tax_inside(self.settings.tax_bp)?;
            self.money(&mut slip, self.tax(&usual, true), tax, Minor);
        }
        slip.rule();
        self.money(&mut slip, self.tender(Tender::Cash), money(1_900)?, Plain);
        slip.text(
            format!("  {} {}", self.say("given", "recibido"), self.figures.money(money(2_000)?)),
            Minor,
        );
        self.money(&mut slip, self.say("Change", "Cambio"), money(100)?, Strong);
        if test {
            slip.rule();
            slip.text("áéíóú ñ Ñ ü ç ß ¿? ¡! € £ $", Plain);
            slip.text(
                self.say(
                    "If this line can be read, the letters are right.",
                    "Si este renglón se lee bien, las letras están bien.",
                ),
                Minor,
            );
        }
        self.end(&mut slip);
        Ok(slip)
    }
}
