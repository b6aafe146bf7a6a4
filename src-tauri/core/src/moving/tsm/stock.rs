//! Products become items with what is on the shelf; pictures of the portfolio stay where they are, and are told.

use std::collections::BTreeSet;

use serde_json::json;

use super::house::House;
use super::people::text;
use super::report::{Told, TsmReason};
use super::source::Record;
use super::values::{self, NoAmount};
use crate::clock::Clock;
use crate::error::Result;
use crate::money::Money;
use crate::storage::foreign::Cell;
use crate::text::{Mark, fold_code};

/// No shelf holds more.
const MOST: i64 = 1_000_000;

impl House {
    fn worth(&self, row: &Record, column: &'static str, told: &mut Told) -> Money {
        let cell = row.get(column);
        match values::amount(cell, self.exponent) {
            Ok(amount) if !amount.money.is_negative() => {
                if amount.text {
                    told.changed(TsmReason::NumberAsText, column, cell.shown());
                }
                if amount.is_rounded() {
                    told.changed(TsmReason::Rounded, column, cell.shown());
                }
                amount.money
            }
            Err(NoAmount::Nothing) => Money::ZERO,
            _ => {
                told.changed(TsmReason::NumberUnread, column, cell.shown());
                Money::ZERO
            }
        }
    }

    fn count(&self, row: &Record, column: &'static str, told: &mut Told) -> i64 {
        let cell = row.get(column);
        match values::whole(cell) {
            Some(number) if (0..=MOST).contains(&number) => {
                if matches!(cell, Cell::Text(_)) {
                    told.changed(TsmReason::NumberAsText, column, cell.shown());
                }
                if matches!(cell, Cell::Real(real) if real.fract() != 0.0) {
                    told.changed(TsmReason::NumberUnread, column, cell.shown());
                }
                number
            }
            None if matches!(cell, Cell::Nothing) => 0,
            _ => {
                told.changed(TsmReason::NumberUnread, column, cell.shown());
                0
            }
        }
    }

    pub(super) fn take_stock(&mut self, rows: &[Record]) -> Result<()> {
        let again = self.once(rows);
        let mut taken = BTreeSet::new();
        for (at, row) in rows.iter().enumerate() {
            let mut told = Told::new("products", row);
            if again.contains(&at) {
                self.account.left_out(&told, TsmReason::Twice, None);
                continue;
            }
            let given = text(row.get("sku"), 50, "sku", &mut told)
                // Of signs that nobody sees no code is made.
                .filter(|sku| Mark::<64>::try_from(sku.clone()).is_ok());
            let wanted =
                given.clone().unwrap_or_else(|| format!("TSM-{}", row.label.trim_start_matches('#')));
            let wanted: String = wanted.chars().take(54).collect();
            let mut sku = wanted.clone();
            let mut number = 2;
            // The same word in other letters is the same SKU here.
            while !taken.insert(fold_code(&sku)) {
                sku = format!("{wanted}-{number}");
                number += 1;
            }
            if given.as_ref() != Some(&sku) {
                told.changed(TsmReason::SkuChanged, "sku", given.unwrap_or_default());
            }
            let name = text(row.get("name"), 120, "name", &mut told).unwrap_or_else(|| {
                told.changed(TsmReason::NoName, "name", "");
                format!("{} {}", self.said("Item", "Artículo"), row.label)
            });
            let category = text(row.get("category"), 120, "category", &mut told);
            let unit = text(row.get("unidad"), 20, "unidad", &mut told);
            let (cost, price) = (self.worth(row, "cost", &mut told), self.worth(row, "price", &mut told));
            let minimum = self.count(row, "min_stock", &mut told);
            let on_hand = self.count(row, "stock", &mut told);
            let used = super::people::in_use(row, "activo", &mut told) != Some(false);
            if !used {
                told.changed(TsmReason::NotUsed, "activo", "");
            }
            let supplier = text(row.get("proveedor"), 120, "proveedor", &mut told);
            let stood = row.get("fechacaducidad");
            let expires = values::day(stood, None);
            match (expires, stood) {
                (None, Cell::Nothing) => {}
                (None, _) => told.changed(TsmReason::DateUnread, "fechacaducidad", stood.shown()),
                // Of what is not on the shelf nothing goes off.
                (Some(_), _) if on_hand == 0 => {
                    told.changed(TsmReason::NoPlace, "fechacaducidad", stood.shown());
                }
                (Some(_), _) => {}
            }
            let expires = expires.filter(|_| on_hand > 0);
            // Without a price it is used up in the studio.
            let form = json!({"sku": sku, "name": name, "category": category, "unit": unit, "cost": cost,
                "price": price, "minimum": minimum, "supplier": supplier, "for_sale": used && price > Money::ZERO});
            // What has gone off lies on the shelf all the same; a new label never says so, one that is put right may.
            let today = self.zone.day_of(self.clock.now().wall)?;
            let gone_off = expires.filter(|expires| *expires < today);
            let labelled = expires.map(|expires| expires.max(today));
            let item = self.have(
                "inventory.create_item",
                json!({"form": form, "on_hand": on_hand, "expires": labelled}),
            )?;
            if let Some(expires) = gone_off {
                let lots = self.have("inventory.lots", json!({"item_id": item["id"]}))?;
                let lot = json!({"lot_id": lots[0]["id"], "expires": expires});
                self.have("inventory.edit_lot", lot)?;
            }
            if !used {
                let archived = json!({"item_id": item["id"], "form": {}, "active": false});
                self.have("inventory.edit_item", archived)?;
            }
            self.account.imported(told);
        }
        Ok(())
    }

    /// The database only says where on the old computer a picture lay.
    pub(super) fn take_portfolio(&mut self, rows: &[Record]) {
        for row in rows {
            let told = Told::new("portfolio_items", row);
            let path = match row.get("path") {
                Cell::Text(path) => Some(path.clone()),
                _ => None,
            };
            self.account.left_out(&told, TsmReason::PictureElsewhere, path);
        }
    }
}
