//! Everything that moves money, in any order, against a plain book that knows the rules and nothing of the core:
//! each answer is the one the book expects, and whatever the core adds up is what the book adds up (F26, P3, P4).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::studio_house::{Dice, HOUR, House, Seat, text};
use crate::tally::{grouped, tell, times};

const COIN: i64 = 50;
const VISIT: i64 = 160_000;
/// Of Mara and of Dario, whom Mara teaches.
const SHARES: [i64; 2] = [4_711, 3_333];
const MENTOR: i64 = 1_234;

#[derive(Clone)]
struct Line {
    id: Value,
    amount: i64,
    /// Who earned how much by it.
    earned: Vec<(usize, i64)>,
    back: bool,
}

struct Sale {
    id: Value,
    receipt: i64,
    lines: Vec<Line>,
    tip: Option<(usize, i64)>,
    /// Still to be given back of what was paid, rounding and deposits too.
    paid: i64,
    cash: i64,
    card: i64,
    used: Vec<(usize, i64)>,
    visit: Option<usize>,
    touched: bool,
}

impl Sale {
    fn left(&self) -> i64 {
        let lines: i64 = self.lines.iter().filter(|line| !line.back).map(|line| line.amount).sum();
        lines + self.tip.map_or(0, |(_, amount)| amount)
    }
}

struct Visit {
    id: String,
    artist: usize,
    cancelled: bool,
    sale: Option<usize>,
}

struct Deposit {
    id: Value,
    visit: usize,
    left: i64,
}

struct Payout {
    id: Value,
    artist: usize,
    tender: &'static str,
    commission: i64,
    tips: i64,
    back: bool,
}

#[derive(Default)]
struct Day {
    goods: i64,
    tips: i64,
    /// By tender: taken and returned.
    tenders: BTreeMap<&'static str, (i64, i64)>,
}

#[derive(Default)]
struct Book {
    visits: Vec<Visit>,
    deposits: Vec<Deposit>,
    sales: Vec<Sale>,
    payouts: Vec<Payout>,
    days: BTreeMap<String, Day>,
    /// By artist: commission and tips that are owed.
    owed: [(i64, i64); 2],
    receipts: i64,
    closed_to: i64,
    z: i64,
    perpetual: i64,
    /// What is in the open drawer, and whether it is Bea's.
    drawer: Option<(i64, bool)>,
    /// How often each thing was done, and refused.
    tally: BTreeMap<String, (u32, u32)>,
}

/// Nearest unit, halves up: nothing here is negative.
fn part(amount: i64, of: i64, whole: i64) -> i64 {
    (amount * of + whole / 2) / whole
}

fn rounded(amount: i64) -> i64 {
    (amount + COIN / 2) / COIN * COIN
}

/// Who earns what by a line: the price without its tax, the artist's share of it, the mentor's part of that.
fn earned(artist: usize, amount: i64) -> Vec<(usize, i64)> {
    let whole = part(amount - part(amount, 1_600, 11_600), SHARES[artist], 10_000);
    if artist == 0 {
        return vec![(0, whole)];
    }
    let (mine, hers) = (whole * (10_000 - MENTOR), whole * MENTOR);
    let missing = whole - mine / 10_000 - hers / 10_000;
    let to_me = if mine % 10_000 >= hers % 10_000 { missing } else { 0 };
    vec![(1, mine / 10_000 + to_me), (0, hers / 10_000 + missing - to_me)]
}

/// The day in Mexico City, which has had no summer time since 2022.
fn day_of(at: i64) -> String {
    let raw = rusqlite::Connection::open_in_memory().unwrap();
    raw.query_row("SELECT date(?1 / 1000 - 6 * 3600, 'unixepoch')", [at], |row| row.get(0)).unwrap()
}

struct Walk {
    house: House,
    owner: Seat,
    bea: Seat,
    dice: Dice,
    book: Book,
    today: String,
}

impl Walk {
    /// Asks, and holds the answer to what the book expects. The reply, where it went through.
    #[track_caller]
    fn ask(&mut self, command: &str, args: Value, expected: Option<&str>) -> Option<Value> {
        self.ask_as(false, command, args, expected)
    }

    #[track_caller]
    fn ask_as(&mut self, bea: bool, command: &str, args: Value, expected: Option<&str>) -> Option<Value> {
        let seat = if bea { &self.bea } else { &self.owner };
        let tally = self.book.tally.entry(command.to_owned()).or_default();
        match (seat.ask(command, args.clone()), expected) {
            (Ok(reply), None) => {
                tally.0 += 1;
                Some(reply)
            }
            (Err(fault), Some(reason)) => {
                assert_eq!(fault["params"]["reason"], reason, "{command} {args}: {fault}");
                tally.1 += 1;
                None
            }
            (Ok(reply), Some(reason)) => panic!("{command} {args} went through, although {reason}: {reply}"),
            (Err(fault), None) => panic!("{command} {args}: {fault}"),
        }
    }

    fn cash(&self) -> Option<i64> {
        self.book.drawer.map(|(cash, _)| cash)
    }

    fn moved(&mut self, tender: &'static str, amount: i64) {
        let day = self.book.days.entry(self.today.clone()).or_default();
        let sums = day.tenders.entry(tender).or_default();
        *(if amount < 0 { &mut sums.1 } else { &mut sums.0 }) += amount;
        if tender == "cash" && amount != 0 {
            self.book.drawer.as_mut().unwrap().0 += amount;
        }
    }

    /// Why cash cannot go out, if it cannot.
    fn no_cash(&self, out: i64) -> Option<&'static str> {
        match self.cash() {
            None => Some("drawer_closed"),
            Some(cash) if cash < out => Some("not_enough_cash"),
            _ => None,
        }
    }

    fn earn(&mut self, lines: &[Line], tip: Option<(usize, i64)>, sign: i64) {
        for (artist, amount) in lines.iter().flat_map(|line| &line.earned) {
            self.book.owed[*artist].0 += sign * amount;
        }
        if let Some((artist, amount)) = tip {
            self.book.owed[artist].1 += sign * amount;
        }
        let goods: i64 = lines.iter().map(|line| line.amount).sum();
        let day = self.book.days.entry(self.today.clone()).or_default();
        day.goods += sign * goods;
        day.tips += sign * tip.map_or(0, |(_, amount)| amount);
    }

    fn sell(&mut self) {
        let visit = (self.dice.below(2) == 0).then(|| self.dice.below(self.book.visits.len()));
        let (mut asked, mut lines) = (Vec::new(), Vec::new());
        let mut add = |artist: usize, amount: i64, line: Value| {
            asked.push(line);
            lines.push(Line { id: Value::Null, amount, earned: earned(artist, amount), back: false });
        };
        let service = self.house.services[0].clone();
        if let Some(at) = visit {
            add(self.book.visits[at].artist, VISIT, json!({"service_id": service}));
        } else {
            for _ in 0..=self.dice.below(2) {
                let (artist, price) = (self.dice.below(2), self.dice.between(2, 300_000));
                let off = self.dice.between(0, price - 1);
                let id = &self.house.artists[artist];
                let mut line = json!({"service_id": service, "artist_id": id, "unit_price": price});
                if off > 0 {
                    line["discount"] = json!({"amount": off});
                }
                add(artist, price - off, line);
            }
        }
        let tip = (self.dice.below(3) == 0).then(|| (self.dice.below(2), self.dice.between(1, 20_000)));
        let mut args = json!({"lines": asked});
        if let Some((artist, amount)) = tip {
            args["tips"] = json!([{"artist_id": self.house.artists[artist], "amount": amount}]);
        }
        let goods: i64 = lines.iter().map(|line| line.amount).sum();
        let total = goods + tip.map_or(0, |(_, amount)| amount);
        let mut due = total;
        let mut used = Vec::new();
        if let Some(at) = visit {
            args["appointment_id"] = json!(self.book.visits[at].id);
            for (number, deposit) in self.book.deposits.iter().enumerate() {
                let part = if deposit.visit == at { deposit.left.min(due) } else { 0 };
                if part > 0 {
                    due -= part;
                    used.push((number, part));
                }
            }
        }
        let exact = due;
        let (cash, card) = match self.dice.below(3) {
            0 => (rounded(due), 0),
            1 if due > 1 => {
                let cash = self.dice.between(1, due - 1);
                (cash, due - cash)
            }
            _ => (0, due),
        };
        // With nothing left to pay there is nothing to round either.
        let paid = cash + card;
        let tenders: Vec<Value> = [("cash", cash), ("card", card)]
            .iter()
            .filter(|(_, amount)| *amount > 0)
            .map(|(tender, amount)| json!({"tender": tender, "amount": amount}))
            .collect();
        args["tenders"] = json!(tenders);
        let state = visit.map(|at| (self.book.visits[at].cancelled, self.book.visits[at].sale.is_some()));
        let expected = match state {
            Some((true, _)) => Some("closed_appointment"),
            Some((_, true)) => Some("already_paid"),
            _ if cash > 0 && self.cash().is_none() => Some("drawer_closed"),
            _ => None,
        };
        let Some(receipt) = self.ask("till.sell", args, expected) else { return };
        self.book.receipts += 1;
        self.book.perpetual += total;
        assert_eq!((&receipt["receipt"], &receipt["total"]), (&json!(self.book.receipts), &json!(total)));
        assert_eq!((&receipt["paid"], &receipt["rounding"]), (&json!(paid), &json!(paid - exact)));
        for (line, made) in lines.iter_mut().zip(receipt["lines"].as_array().unwrap()) {
            line.id = made["id"].clone();
            assert_eq!(made["amount"], line.amount);
        }
        self.earn(&lines, tip, 1);
        self.moved("cash", cash);
        self.moved("card", card);
        for (number, part) in &used {
            self.book.deposits[*number].left -= part;
        }
        if let Some(at) = visit {
            self.book.visits[at].sale = Some(self.book.sales.len());
        }
        let whole = paid + used.iter().map(|(_, part)| part).sum::<i64>();
        let id = receipt["sale_id"].clone();
        let receipt = self.book.receipts;
        self.book.sales.push(Sale {
            id,
            receipt,
            lines,
            tip,
            paid: whole,
            cash,
            card,
            used,
            visit,
            touched: false,
        });
    }

    /// One line of a sale, or all that is left of it.
    fn refund(&mut self) {
        let Some(at) = (!self.book.sales.is_empty()).then(|| self.dice.below(self.book.sales.len())) else {
            return;
        };
        let tender = *self.dice.pick(&["cash", "card", "transfer"]);
        let sale = &self.book.sales[at];
        let line = self.dice.below(sale.lines.len());
        let one = !sale.lines[line].back && self.dice.below(2) == 0;
        let due = if one { sale.lines[line].amount } else { sale.left() };
        let exact = if due == sale.left() { sale.paid } else { due.min(sale.paid) };
        let out = match tender {
            "cash" => rounded(exact).min(sale.paid / COIN * COIN),
            _ => exact,
        };
        let mut args = json!({"sale_id": sale.id, "tender": tender, "reason": "x"});
        if one {
            args["lines"] = json!([{"line_id": sale.lines[line].id}]);
        }
        let expected = match () {
            () if due == 0 => Some("nothing_to_refund"),
            () if tender == "cash" => self.no_cash(out),
            () => None,
        };
        let Some(receipt) = self.ask("till.refund", args, expected) else { return };
        self.book.receipts += 1;
        assert_eq!((&receipt["receipt"], &receipt["total"]), (&json!(self.book.receipts), &json!(-due)));
        assert_eq!(receipt["paid"], -out);
        let sale = &mut self.book.sales[at];
        let mut back = Vec::new();
        for (number, each) in sale.lines.iter_mut().enumerate() {
            if !each.back && (!one || number == line) {
                each.back = true;
                back.push(each.clone());
            }
        }
        let tip = if one { None } else { sale.tip.take() };
        sale.paid -= out;
        sale.touched = true;
        if sale.left() == 0
            && let Some(visit) = sale.visit
        {
            self.book.visits[visit].sale = None;
        }
        self.earn(&back, tip, -1);
        self.moved(tender, -out);
    }

    fn void(&mut self) {
        let Some(at) = (!self.book.sales.is_empty()).then(|| self.dice.below(self.book.sales.len())) else {
            return;
        };
        // Of the newest, most of the time: the others are behind a close.
        let at = if self.dice.below(3) == 0 { at } else { self.book.sales.len() - 1 };
        let sale = &self.book.sales[at];
        let expected = match () {
            () if sale.touched => Some("already_taken_back"),
            () if sale.receipt <= self.book.closed_to => Some("after_z"),
            () if sale.cash > 0 => self.no_cash(sale.cash),
            () => None,
        };
        let args = json!({"sale_id": sale.id, "reason": "x"});
        if self.ask("till.void", args, expected).is_none() {
            return;
        }
        self.book.receipts += 1;
        let sale = &mut self.book.sales[at];
        let (lines, tip, cash, card) = (sale.lines.clone(), sale.tip.take(), sale.cash, sale.card);
        sale.lines.iter_mut().for_each(|line| line.back = true);
        (sale.touched, sale.paid) = (true, 0);
        let (used, visit) = (std::mem::take(&mut sale.used), sale.visit);
        for (number, part) in used {
            self.book.deposits[number].left += part;
        }
        if let Some(visit) = visit {
            self.book.visits[visit].sale = None;
        }
        self.earn(&lines, tip, -1);
        self.moved("cash", -cash);
        self.moved("card", -card);
    }

    /// Why a visit takes no more money, if it takes none.
    fn closed(&self, visit: usize) -> Option<&'static str> {
        match &self.book.visits[visit] {
            Visit { cancelled: true, .. } => Some("closed_appointment"),
            Visit { sale: Some(_), .. } => Some("already_paid"),
            _ => None,
        }
    }

    fn take_deposit(&mut self) {
        let visit = self.dice.below(self.book.visits.len());
        let tender = *self.dice.pick(&["cash", "card", "transfer"]);
        let amount = self.dice.between(1, 120_000);
        let shut = (tender == "cash" && self.cash().is_none()).then_some("drawer_closed");
        let args = json!({"appointment_id": self.book.visits[visit].id, "amount": amount,
            "tenders": [{"tender": tender, "amount": amount}]});
        let Some(paper) = self.ask("till.take_deposit", args, self.closed(visit).or(shut)) else { return };
        self.book.receipts += 1;
        assert_eq!(paper["receipt"], self.book.receipts);
        self.moved(tender, amount);
        self.book.deposits.push(Deposit { id: paper["deposit"]["id"].clone(), visit, left: amount });
    }

    fn return_deposit(&mut self) {
        let Some(at) = (!self.book.deposits.is_empty()).then(|| self.dice.below(self.book.deposits.len()))
        else {
            return;
        };
        let tender = *self.dice.pick(&["cash", "transfer"]);
        let left = self.book.deposits[at].left;
        let amount = self.dice.between(1, left.max(1));
        let expected = match () {
            () if left == 0 => Some("deposit_used"),
            () if tender == "cash" => self.no_cash(amount),
            () => None,
        };
        let id = &self.book.deposits[at].id;
        let args = json!({"deposit_id": id, "amount": amount, "tender": tender, "reason": "x"});
        let Some(paper) = self.ask("till.return_deposit", args, expected) else { return };
        self.book.receipts += 1;
        assert_eq!((&paper["receipt"], &paper["amount"]), (&json!(self.book.receipts), &json!(-amount)));
        self.book.deposits[at].left -= amount;
        self.moved(tender, -amount);
    }

    fn move_deposit(&mut self) {
        let Some(at) = (!self.book.deposits.is_empty()).then(|| self.dice.below(self.book.deposits.len()))
        else {
            return;
        };
        let to = self.dice.below(self.book.visits.len());
        let used = (self.book.deposits[at].left == 0).then_some("deposit_used");
        let args =
            json!({"deposit_id": self.book.deposits[at].id, "appointment_id": self.book.visits[to].id});
        if self.ask("till.move_deposit", args, used.or(self.closed(to))).is_some() {
            self.book.deposits[at].visit = to;
        }
    }

    /// A deposit is kept, whose visit was called off for it if it still stood.
    fn keep_deposit(&mut self) {
        let Some(at) = (!self.book.deposits.is_empty()).then(|| self.dice.below(self.book.deposits.len()))
        else {
            return;
        };
        let Deposit { visit, left, .. } = self.book.deposits[at];
        let Visit { cancelled, artist, sale, .. } = self.book.visits[visit];
        if !cancelled && left > 0 && sale.is_none() && self.dice.below(2) == 0 {
            let args = json!({"appointment_id": self.book.visits[visit].id});
            self.ask("agenda.cancel", args, None);
            self.book.visits[visit].cancelled = true;
        }
        let expected = match () {
            () if left == 0 => Some("deposit_used"),
            () if !self.book.visits[visit].cancelled => Some("visit_stands"),
            () => None,
        };
        let args = json!({"deposit_id": self.book.deposits[at].id});
        let Some(receipt) = self.ask("till.keep_deposit", args, expected) else { return };
        self.book.receipts += 1;
        self.book.perpetual += left;
        assert_eq!((&receipt["receipt"], &receipt["total"]), (&json!(self.book.receipts), &json!(left)));
        let id = receipt["lines"][0]["id"].clone();
        let lines = vec![Line { id, amount: left, earned: earned(artist, left), back: false }];
        self.earn(&lines, None, 1);
        self.book.deposits[at].left = 0;
        self.book.sales.push(Sale {
            id: receipt["sale_id"].clone(),
            receipt: self.book.receipts,
            lines,
            tip: None,
            paid: left,
            cash: 0,
            card: 0,
            used: vec![(at, left)],
            visit: None,
            touched: false,
        });
    }

    fn settle(&mut self) {
        let artist = self.dice.below(2);
        let (commission, tips) = self.book.owed[artist];
        let owed = commission + tips;
        let tender = *self.dice.pick(&["cash", "transfer", "earlier"]);
        let amount = self.dice.between(1, (owed + owed / 4).max(10));
        let expected = match () {
            () if amount > owed => Some("more_than_owed"),
            () if tender == "cash" => self.no_cash(amount),
            () => None,
        };
        let args = json!({"artist_id": self.house.artists[artist], "until": self.today, "amount": amount, "tender": tender});
        let Some(paid) = self.ask("payouts.settle", args, expected) else { return };
        let of_tips = if commission < 0 { amount - commission } else { tips.min(amount) };
        let commission = amount - of_tips;
        assert_eq!((&paid["commission"], &paid["tips"]), (&json!(commission), &json!(of_tips)));
        self.pay(
            Payout { id: paid["id"].clone(), artist, tender, commission, tips: of_tips, back: false },
            &paid,
        );
    }

    /// Puts a payout down, one that takes another back among them.
    fn pay(&mut self, payout: Payout, told: &Value) {
        let owed = &mut self.book.owed[payout.artist];
        *owed = (owed.0 - payout.commission, owed.1 - payout.tips);
        if let (true, Some((cash, _))) = (payout.tender == "cash", self.book.drawer.as_mut()) {
            *cash -= payout.commission + payout.tips;
        }
        self.book.payouts.push(payout);
        assert_eq!(told["number"], self.book.payouts.len());
    }

    fn take_back(&mut self) {
        let Some(at) = (!self.book.payouts.is_empty()).then(|| self.dice.below(self.book.payouts.len()))
        else {
            return;
        };
        let paid = &self.book.payouts[at];
        let expected = match () {
            () if paid.commission + paid.tips < 0 => Some("not_a_payout"),
            () if paid.back => Some("payout_is_back"),
            () if paid.tender == "cash" && self.cash().is_none() => Some("drawer_closed"),
            () => None,
        };
        let args = json!({"payout_id": paid.id, "reason": "x"});
        let Some(back) = self.ask("payouts.take_back", args, expected) else { return };
        let paid = &mut self.book.payouts[at];
        paid.back = true;
        let (artist, tender) = (paid.artist, paid.tender);
        let (commission, tips) = (-paid.commission, -paid.tips);
        assert_eq!((&back["reverses"], &back["amount"]), (&json!(at + 1), &json!(commission + tips)));
        self.pay(Payout { id: back["id"].clone(), artist, tender, commission, tips, back: false }, &back);
    }

    fn cash_move(&mut self) {
        let direction = *self.dice.pick(&["in", "out", "drop"]);
        let amount = self.dice.between(1, 200_000);
        let signed = if direction == "in" { amount } else { -amount };
        let expected = self.no_cash(-signed);
        let args = json!({"direction": direction, "amount": amount, "reason": "x"});
        if self.ask("till.cash_move", args, expected).is_some() {
            self.book.drawer.as_mut().unwrap().0 += signed;
        }
    }

    fn open_or_take_over(&mut self) {
        let bea = self.dice.below(2) == 0;
        if self.dice.below(2) == 0 {
            let float = self.dice.between(0, 100_000);
            let expected = self.cash().map(|_| "drawer_open");
            if self.ask_as(bea, "till.open_session", json!({"float": float}), expected).is_some() {
                self.book.drawer = Some((float, bea));
            }
            return;
        }
        let expected = match self.book.drawer {
            None => Some("drawer_closed"),
            Some((_, holder)) if holder == bea => Some("drawer_yours"),
            Some(_) => None,
        };
        if self.ask_as(bea, "till.take_over", json!({"reason": "x"}), expected).is_some() {
            self.book.drawer.as_mut().unwrap().1 = bea;
        }
    }

    /// A blind count: one that differs is not told by how much, and then has its reason.
    fn close(&mut self) {
        let off = if self.dice.below(2) == 0 { 0 } else { self.dice.between(-200, 200) };
        let counted = (self.cash().unwrap_or(0) + off).max(0);
        let counts = if counted == 0 { json!([]) } else { json!([{"value": counted, "count": 1}]) };
        let mut args = json!({"counts": counts});
        let Some(cash) = self.cash() else {
            self.ask("till.close_session", args, Some("drawer_closed"));
            return;
        };
        if self.book.drawer.is_some_and(|(_, beas)| beas) {
            self.ask("till.close_session", args.clone(), Some("drawer_not_yours"));
            self.ask("till.take_over", json!({"reason": "x"}), None);
        }
        if counted != cash {
            self.ask("till.close_session", args.clone(), Some("count_differs"));
            args["reason"] = json!("Miscounted");
        }
        let z = self.ask("till.close_session", args, None).unwrap();
        self.book.z += 1;
        assert_eq!((&z["z"], &z["expected"]), (&json!(self.book.z), &json!(cash)));
        assert_eq!(
            (&z["difference"], &z["perpetual"]),
            (&json!(counted - cash), &json!(self.book.perpetual))
        );
        let any = self.book.receipts > self.book.closed_to;
        assert_eq!(z["first_receipt"], json!(any.then_some(self.book.closed_to + 1)));
        assert_eq!(z["last_receipt"], json!(any.then_some(self.book.receipts)));
        self.book.closed_to = self.book.receipts;
        self.book.drawer = None;
    }

    fn time_goes_by(&mut self) {
        self.house.clock.pass(u64::try_from(self.dice.between(1, 20) * HOUR).unwrap());
        (self.owner, self.bea) = (self.house.owner(), self.house.seat("bea"));
        self.today = day_of(self.house.now());
    }

    fn compare(&mut self) {
        let (house, owner, book) = (&self.house, &self.owner, &self.book);
        let sum = |account: &str, more: &str| {
            house.count(&format!(
                "SELECT coalesce(sum(amount), 0) FROM ledger_lines WHERE account = '{account}' {more}"
            ))
        };
        assert_eq!(house.count("SELECT coalesce(sum(amount), 0) FROM ledger_lines"), 0);
        assert_eq!(sum("cash_drawer", ""), self.cash().unwrap_or(0));
        if let Some((cash, _)) = book.drawer {
            assert_eq!(owner.done("reports.x_report", json!({}))["expected"], cash);
        }
        let counter = |name: &str| {
            house.count(&format!("SELECT coalesce(sum(value), 0) FROM counters WHERE name = '{name}'"))
        };
        let payouts = i64::try_from(book.payouts.len()).unwrap();
        assert_eq!([counter("receipt"), counter("z"), counter("payout")], [book.receipts, book.z, payouts]);
        let owed = owner.done("payouts.owed", json!({}));
        for (at, artist) in house.artists.iter().enumerate() {
            let (commission, tips) = book.owed[at];
            let one =
                owed.as_array().unwrap().iter().find(|one| one["artist_id"] == artist.as_str()).unwrap();
            assert_eq!((&one["commission"], &one["tips"]), (&json!(commission), &json!(tips)));
            let args = json!({"artist_id": artist, "from": "2026-11-20", "to": self.today});
            let statement = owner.done("payouts.statement", args);
            assert_eq!(statement["closing"], commission + tips);
            let mine = format!("AND artist_id = '{artist}'");
            assert_eq!(-sum("commission_payable", &mine), commission);
            assert_eq!(-sum("tips_payable", &mine), tips);
            let held = |deposit: &&Deposit| book.visits[deposit.visit].artist == at;
            let held: i64 = book.deposits.iter().filter(held).map(|deposit| deposit.left).sum();
            assert_eq!((&statement["deposits_held"], -sum("deposits_held", &mine)), (&json!(held), held));
        }
        for (day, known) in &book.days {
            let report = owner.done("reports.period", json!({"from": day, "to": day}));
            let totals = &report["totals"];
            assert_eq!(
                (&totals["goods"], &totals["tips"]),
                (&json!(known.goods), &json!(known.tips)),
                "{day}"
            );
            for part in report["tenders"].as_array().unwrap() {
                let sums = known.tenders.get(text(&part["tender"]).as_str()).copied().unwrap_or_default();
                let told = (part["taken"].as_i64().unwrap(), part["returned"].as_i64().unwrap());
                assert_eq!(told, sums, "{day}: {part}");
            }
            let told = |tender: &str| {
                report["tenders"].as_array().unwrap().iter().any(|part| part["tender"] == tender)
            };
            assert!(known.tenders.iter().all(|(tender, sums)| *sums == (0, 0) || told(tender)), "{day}");
        }
    }
}

#[test]
fn f26_p03_p04_any_sequence_of_money_is_what_a_plain_book_says() {
    let mut dice = Dice::new("any_sequence_of_money");
    let steps: usize = (0..times()).map(|_| walk(dice.another())).sum();
    tell("F26", &format!("{} random steps of money against a plain book, 0 differences", grouped(steps)));
}

/// How many steps there were.
fn walk(dice: Dice) -> usize {
    const STEPS: usize = 480;
    let house = House::staffed();
    let owner = house.owner();
    owner.done(
        "security.settings",
        json!({"idle_minutes": 30, "cash_rounding": COIN, "blind_count": true, "paperwork_gate": "off"}),
    );
    let (mara, dario) = (&house.artists[0], &house.artists[1]);
    owner.done("payouts.set_rates", json!({"artist_id": mara, "base_bp": SHARES[0]}));
    owner.done(
        "payouts.set_rates",
        json!({"artist_id": dario, "base_bp": SHARES[1], "mentor": {"artist_id": mara, "bp": MENTOR}}),
    );
    let client = house.client("Joana");
    let visit = |at: usize| {
        let id = house.book(at % 2, &client, 24 * 40 + 2 * i64::try_from(at).unwrap());
        Visit { id, artist: at % 2, cancelled: false, sale: None }
    };
    let book = Book { visits: (0..16).map(visit).collect(), ..Book::default() };
    let (today, bea) = (day_of(house.now()), house.seat("bea"));
    let mut walk = Walk { owner, bea, house, dice, book, today };
    for step in 0..STEPS {
        walk.house.clock.pass(u64::try_from(walk.dice.between(1, 3_000)).unwrap());
        match walk.dice.below(24) {
            0..=5 => walk.sell(),
            6..=7 => walk.refund(),
            8 => walk.void(),
            9..=11 => walk.take_deposit(),
            12 => walk.return_deposit(),
            13 => walk.move_deposit(),
            14 => walk.keep_deposit(),
            15..=16 => walk.settle(),
            17..=18 => walk.take_back(),
            19 => walk.cash_move(),
            20..=21 => walk.open_or_take_over(),
            22 => walk.close(),
            _ => walk.time_goes_by(),
        }
        if step % 40 == 39 {
            walk.compare();
            walk.house.assert_holds();
        }
    }
    println!("done and refused: {:?}", walk.book.tally);
    assert!(
        walk.book.receipts > 40 && walk.book.z > 0 && walk.book.payouts.len() > 1,
        "the dice made too dull a day"
    );
    STEPS
}
