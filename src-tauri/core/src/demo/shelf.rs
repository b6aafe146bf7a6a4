//! What lies on the demo's shelves: items with their suppliers and lots, deliveries, a count, what visits used, what the
//! team asks for.

use serde_json::{Value, json};

use super::people::Account;
use super::{PASSWORD, ask, text};
use crate::access::Role;
use crate::calendar::{Day, Zone};
use crate::clock::Millis;
use crate::door::Desk;
use crate::error::Result;

/// How far back visits say what they used, in days.
const TOLD: i64 = 45;

/// An item and how it is bought and used.
#[derive(Debug, Clone, Copy)]
struct Ware {
    sku: &'static str,
    barcode: Option<&'static str>,
    name: &'static str,
    category: &'static str,
    unit: &'static str,
    cost: i64,
    price: i64,
    minimum: i64,
    supplier: &'static str,
    session_use: &'static str,
    /// For how many days a new one is good; none: it has no lots.
    life: Option<u64>,
}

const fn sold(
    sku: &'static str,
    barcode: &'static str,
    (name, category, unit): (&'static str, &'static str, &'static str),
    (cost, price, minimum): (i64, i64, i64),
    supplier: &'static str,
    life: Option<u64>,
) -> Ware {
    let barcode = Some(barcode);
    Ware { sku, barcode, name, category, unit, cost, price, minimum, supplier, session_use: "none", life }
}

const fn used(
    sku: &'static str,
    (name, category, unit): (&'static str, &'static str, &'static str),
    (cost, minimum): (i64, i64),
    supplier: &'static str,
    session_use: &'static str,
    life: u64,
) -> Ware {
    Ware {
        sku,
        barcode: None,
        name,
        category,
        unit,
        cost,
        price: 0,
        minimum,
        supplier,
        session_use,
        life: Some(life),
    }
}

const CARE: &str = "Piel Sana";
const INKS: &str = "Northline Inks";
const NEEDLES: &str = "Kuro Supply";
const PAPER: &str = "Taller Gráfico Luna";

/// What is sold at the counter.
pub(super) const SOLD: usize = 6;
const FILM: usize = 2;
const LINERS: usize = 6;
const MAGNUMS: usize = 7;
const BLACK: usize = 8;
const GLOVES: usize = 9;
const RED: usize = 11;
const STENCILS: usize = 14;
const COLOURS: [usize; 4] = [10, 11, 12, 13];

const WARES: [Ware; 15] = [
    sold(
        "BALM-50",
        "7503021570014",
        ("Aftercare balm 50 ml", "Aftercare", "piece"),
        (7_500, 18_000, 12),
        CARE,
        Some(540),
    ),
    sold(
        "SOAP-200",
        "7503021570021",
        ("Gentle soap 200 ml", "Aftercare", "piece"),
        (5_200, 12_000, 10),
        CARE,
        None,
    ),
    sold(
        "FILM-10",
        "7503021570038",
        ("Second-skin film, 10 sheets", "Aftercare", "pack"),
        (11_000, 24_000, 8),
        CARE,
        Some(720),
    ),
    sold(
        "TEE-INK",
        "7503098100016",
        ("Studio shirt", "Merchandise", "piece"),
        (14_000, 35_000, 6),
        PAPER,
        None,
    ),
    sold(
        "PRINT-A3",
        "7503098100023",
        ("Flash print A3", "Merchandise", "piece"),
        (4_000, 22_000, 5),
        PAPER,
        None,
    ),
    sold(
        "RING-TI",
        "7503044210019",
        ("Titanium ring 1.2 mm", "Jewellery", "piece"),
        (9_000, 38_000, 10),
        NEEDLES,
        None,
    ),
    used("NEEDLE-3RL", ("Cartridges 3RL", "Needles", "piece"), (1_150, 120), NEEDLES, "whole", 1_500),
    used("NEEDLE-7M", ("Cartridges 7 magnum", "Needles", "piece"), (1_300, 80), NEEDLES, "whole", 1_500),
    used("INK-BLACK", ("Black ink 250 ml", "Ink", "bottle"), (62_000, 4), INKS, "part", 720),
    used("GLOVES-M", ("Nitrile gloves M", "Hygiene", "box"), (16_000, 10), CARE, "none", 1_400),
    used("INK-WHITE", ("White ink 60 ml", "Ink", "bottle"), (28_000, 2), INKS, "part", 540),
    used("INK-RED", ("Red ink 60 ml", "Ink", "bottle"), (29_500, 2), INKS, "part", 540),
    used("INK-GREY", ("Grey wash set 60 ml", "Ink", "bottle"), (26_000, 2), INKS, "part", 540),
    used("INK-BLUE", ("Ultramarine ink 60 ml", "Ink", "bottle"), (29_500, 2), INKS, "part", 540),
    used("STENCIL-100", ("Stencil paper, 100 sheets", "Studio", "box"), (18_500, 3), PAPER, "none", 1_000),
];

/// Something that happens to the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Delivery,
    Count,
    /// What was cheap because it is not good for long.
    ShortDated,
    Requests,
    Answers,
    RunsLow,
}

/// What happens on a day, by the minute; `back` days before the last.
pub(super) fn turns(day: u64, back: u64) -> Vec<(i64, Turn)> {
    let mut turns = Vec::new();
    // The last one is a while ago, so that some things run low.
    if day % 21 == 10 && back > 6 {
        turns.push((660, Turn::Delivery));
    }
    match back {
        12 => turns.push((1_215, Turn::Count)),
        5 => turns.push((640, Turn::ShortDated)),
        2 => turns.push((1_190, Turn::Requests)),
        1 => turns.extend([(655, Turn::Answers), (1_200, Turn::RunsLow)]),
        _ => {}
    }
    turns
}

/// The shelves, and who sees to them.
#[derive(Debug)]
pub(super) struct Shelf {
    items: Vec<String>,
    zone: Zone,
    /// Today, when the story is over.
    end: Millis,
}

/// Those who are asked to do it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hands<'a> {
    pub front: &'a Desk,
    pub owner: &'a Desk,
    pub desk: &'a Desk,
    pub accounts: &'a [Account],
    pub now: Millis,
}

impl Shelf {
    /// Enters every item with what the studio opens with.
    pub(super) fn stock(owner: &Desk, zone: Zone, now: Millis, end: Millis) -> Result<Shelf> {
        let mut shelf = Shelf { items: Vec::new(), zone, end };
        for ware in WARES {
            let Ware { sku, barcode, name, category, unit, cost, price, minimum, supplier, .. } = ware;
            let form = json!({"sku": sku, "barcode": barcode, "name": name, "category": category, "unit": unit,
                "cost": cost, "price": price, "minimum": minimum, "supplier": supplier, "for_sale": price > 0,
                "session_use": ware.session_use});
            let (lot, expires) = shelf.label(&ware, now, 1)?;
            let made = json!({"form": form, "on_hand": minimum * 3, "lot": lot, "expires": expires});
            shelf.items.push(text(&ask(owner, "inventory.create_item", None, made)?, "id")?);
        }
        Ok(shelf)
    }

    /// The id of something that is sold.
    pub(super) fn sold(&self, at: usize) -> &str {
        &self.items[at]
    }

    /// What stands on the label of something that comes now.
    fn label(&self, ware: &Ware, now: Millis, batch: u64) -> Result<(Option<String>, Option<Day>)> {
        let Some(life) = ware.life else { return Ok((None, None)) };
        let day = self.zone.day_of(now)?;
        let (year, month, of_month) = day.parts();
        let maker: String = ware.supplier.chars().filter(|c| c.is_uppercase()).collect();
        let lot = format!("{maker}{:02}{month:02}-{}", year % 100, u64::from(of_month) * 10 + batch);
        Ok((Some(lot), Some(day.plus(life)?)))
    }

    pub(super) fn on_hand(&self, desk: &Desk, at: usize) -> Result<i64> {
        let items = ask(desk, "inventory.list", None, json!({}))?;
        let found = items.as_array().into_iter().flatten().find(|one| one["id"] == self.items[at].as_str());
        Ok(found.and_then(|one| one["on_hand"].as_i64()).unwrap_or(0))
    }

    pub(super) fn happen(&self, hands: Hands<'_>, turn: Turn) -> Result<()> {
        match turn {
            Turn::Delivery => self.delivery(hands),
            Turn::Count => self.count(hands),
            Turn::ShortDated => self.short_dated(hands),
            Turn::Requests => self.requests(hands),
            Turn::Answers => self.answers(hands),
            Turn::RunsLow => self.runs_low(hands),
        }
    }

    fn delivery(&self, hands: Hands<'_>) -> Result<()> {
        for (at, ware) in WARES.iter().enumerate() {
            // What tattoos take goes faster than what is sold: enough until the next delivery and some days more.
            let wanted = if at < SOLD { ware.minimum * 3 } else { ware.minimum * 4 };
            let missing = wanted - self.on_hand(hands.owner, at)?;
            if missing > 0 {
                let (lot, expires) = self.label(ware, hands.now, 2)?;
                let came = json!({"item_id": self.items[at], "quantity": missing, "unit_cost": ware.cost, "lot": lot,
                    "expires": expires});
                ask(hands.owner, "inventory.stock_in", None, came)?;
            }
        }
        Ok(())
    }

    fn short_dated(&self, hands: Hands<'_>) -> Result<()> {
        let today = self.zone.day_of(self.end)?;
        for (at, quantity, days, lot) in [(RED, 2, 18, "NI2505-77"), (FILM, 4, 26, "PS2412-310")] {
            let came = json!({"item_id": self.items[at], "quantity": quantity, "unit_cost": WARES[at].cost / 2,
                "lot": lot, "expires": today.plus(days)?, "reason": "Half price: short-dated"});
            ask(hands.owner, "inventory.stock_in", None, came)?;
        }
        Ok(())
    }

    /// The aftercare was counted, and a pack of film was not there.
    fn count(&self, hands: Hands<'_>) -> Result<()> {
        let mut lines = Vec::new();
        for (at, ware) in WARES.iter().enumerate().filter(|(_, ware)| ware.category == "Aftercare") {
            let there = self.on_hand(hands.owner, at)?;
            let counted = if ware.sku == WARES[FILM].sku { (there - 1).max(0) } else { there };
            lines.push(json!({"item_id": self.items[at], "counted": counted, "expected": there}));
        }
        let count =
            json!({"lines": lines, "category": "Aftercare", "blind": true, "reason": "Monthly count"});
        ask(hands.owner, "inventory.cycle_count", None, count).map(drop)
    }

    fn requests(&self, hands: Hands<'_>) -> Result<()> {
        let wishes = [
            json!({"kind": "need", "item_id": self.items[BLACK], "quantity": 4, "note": "Two back pieces next month"}),
            json!({"kind": "need", "what": "Cartridges 9 round shader, one box", "note": "To try"}),
            json!({"kind": "wrong", "item_id": self.items[GLOVES], "quantity": 3}),
        ];
        let artists = hands.accounts.iter().filter(|account| account.role == Role::Artist);
        for (account, wish) in artists.cycle().zip(wishes) {
            let own = hands.front.beside().unattended();
            ask(&own, "session.sign_in", None, json!({"username": account.username, "password": PASSWORD}))?;
            ask(&own, "inventory.request", None, wish)?;
            ask(&own, "session.sign_out", None, json!({}))?;
        }
        Ok(())
    }

    /// The desk ordered the ink; the rest still waits.
    fn answers(&self, hands: Hands<'_>) -> Result<()> {
        let all = ask(hands.desk, "inventory.requests", None, json!({}))?;
        let ink =
            all.as_array().into_iter().flatten().find(|one| one["item_id"] == self.items[BLACK].as_str());
        let Some(ink) = ink else { return Ok(()) };
        let said = json!({"request_id": ink["id"], "answer": "ordered", "note": "Comes on Thursday"});
        ask(hands.desk, "inventory.answer_request", None, said).map(drop)
    }

    fn runs_low(&self, hands: Hands<'_>) -> Result<()> {
        for (at, left, reason) in
            [(GLOVES, 4, "Used by the piercing course"), (STENCILS, 1, "Two boxes got wet")]
        {
            let gone = self.on_hand(hands.owner, at)? - left;
            if gone > 0 {
                let adjusted = json!({"item_id": self.items[at], "quantity": -gone, "reason": reason});
                ask(hands.owner, "inventory.stock_adj", None, adjusted)?;
            }
        }
        Ok(())
    }

    /// What a tattoo took: black, now and then a colour, and cartridges. `n` counts the visits.
    pub(super) fn used(&self, hands: Hands<'_>, visit: &str, n: usize) -> Result<()> {
        if self.end - hands.now > TOLD * 24 * 60 * 60_000 {
            return Ok(());
        }
        let needles = if n.is_multiple_of(3) { MAGNUMS } else { LINERS };
        let mut wanted = vec![(BLACK, i64::from(n % 40 == 7)), (needles, 1 + i64::from(n.is_multiple_of(2)))];
        if n % 5 < COLOURS.len() && n.is_multiple_of(2) {
            wanted.push((COLOURS[n % 5], i64::from(n % 60 == 2)));
        }
        let mut lines: Vec<Value> = Vec::new();
        for (at, quantity) in wanted {
            let lots = ask(hands.desk, "inventory.lots", None, json!({"item_id": self.items[at]}))?;
            let lot = &lots[0];
            let there = lot["on_hand"].as_i64().unwrap_or(0);
            lines.push(
                json!({"item_id": self.items[at], "lot_id": lot["id"], "quantity": quantity.min(there)}),
            );
        }
        let used = json!({"appointment_id": visit, "supplies": lines});
        ask(hands.desk, "inventory.use_supplies", None, used).map(drop)
    }
}
