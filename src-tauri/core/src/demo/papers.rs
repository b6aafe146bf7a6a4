//! What the demo's clients sign when they come.

use serde_json::{Value, json};

use super::script::Script;
use super::{ask, text};
use crate::clock::Millis;
use crate::door::Desk;
use crate::error::Result;

/// For how many days people have signed on the screen: before that, no visit needed it.
pub(super) const DAYS: u64 = 45;

/// Takes required papers into use, or out of it, as they are.
pub(super) fn require(owner: &Desk, required: bool) -> Result<()> {
    let templates = ask(owner, "consent.templates", None, json!({}))?;
    for template in templates.as_array().into_iter().flatten().filter(|one| one["kind"] != "image") {
        let version = &template["version"];
        ask(
            owner,
            "consent.set_template",
            None,
            json!({"template_id": template["id"], "name": template["name"], "kind": template["kind"],
                "required": required, "valid_days": template["valid_days"],
                "service_ids": template["service_ids"], "active": true, "title": version["title"],
                "body": version["body"], "questions": version["questions"]}),
        )?;
    }
    Ok(())
}

/// A name with a pen: some loops from left to right, no two alike.
fn signature(dice: &Script, at: Millis) -> Value {
    let number = |least: i64, most: i64| dice.minutes(least, most) / 60_000;
    let (loops, rise, slant) = (number(3, 6), number(18, 44), number(2, 9));
    let mut t = at;
    let mut stroke = |from: i64, points: i64, rise: i64| -> Value {
        (0..points)
            .map(|step| {
                t += number(9, 22);
                let turn = f64::from(i32::try_from(step).unwrap_or(0)) * 0.55;
                let swing = f64::from(i32::try_from(rise).unwrap_or(20));
                let x = f64::from(i32::try_from(from + step * slant).unwrap_or(0)) + turn.cos() * 9.0;
                let y = 70.0 - turn.sin() * swing;
                json!({"x": (x * 10.0).round() / 10.0, "y": (y * 10.0).round() / 10.0, "t": t, "p": 0.5})
            })
            .collect()
    };
    let name = stroke(24, loops * 11, rise);
    let line = stroke(40, 6, 4);
    json!({"width": 480, "height": 140, "strokes": [name, line]})
}

/// What one visit's client is handed.
#[derive(Debug)]
pub(super) struct Arrival<'a> {
    pub visit: &'a str,
    pub at: Millis,
    /// Somebody of sixteen, with their mother.
    pub minor: bool,
    /// Some forget one of the papers.
    pub complete: bool,
}

/// Signs what is missing. Whether it was a minor's: only somebody whose age nobody knew yet can be one.
pub(super) fn sign(desk: &Desk, dice: &Script, arrival: &Arrival<'_>) -> Result<bool> {
    let born = if arrival.minor {
        "2010-06-09".to_owned()
    } else {
        format!("{}-{:02}-{:02}", 1962 + dice.roll(44), 1 + dice.roll(12), 1 + dice.roll(28))
    };
    let look = json!({"appointment_id": arrival.visit});
    let mut needed = ask(desk, "consent.needed", None, look)?;
    let unknown = needed["birth_date"].is_null();
    let minor = arrival.minor && unknown;
    let name = text(&needed, "client_name")?;
    let last = name.split(' ').next_back().unwrap_or_default();
    let mother = format!("Carmen {last}");
    let guarded = minor || needed["guardian"] == true;
    if unknown || guarded {
        let mut look = json!({"appointment_id": arrival.visit});
        if unknown {
            look["birth_date"] = json!(born);
        }
        if guarded {
            look["guardian_name"] = json!(mother);
        }
        needed = ask(desk, "consent.needed", None, look)?;
    }
    let mut first = true;
    for paper in needed["papers"].as_array().into_iter().flatten() {
        let image = paper["kind"] == "image";
        let wanted = if image { dice.chance(40) } else { paper["required"] == true };
        if !paper["done"].is_null() || !wanted {
            continue;
        }
        if !arrival.complete && !image && !first {
            break;
        }
        first = false;
        let questions = paper["questions"].as_array().into_iter().flatten();
        let answers: Vec<Value> = questions
            .map(|question| match question["kind"].as_str() {
                Some("yes_no") => {
                    let usual = if question["alert"].is_null() { 30 } else { 2 };
                    json!({"question_id": question["id"], "yes": dice.chance(usual)})
                }
                _ => json!({"question_id": question["id"], "text": "—"}),
            })
            .collect();
        let method = match dice.roll(20) {
            0 => "on_paper",
            1 | 2 => "typed",
            _ => "drawn",
        };
        let mut args = json!({
            "appointment_id": arrival.visit, "version_id": paper["version_id"], "text_hash": paper["text_hash"],
            "answers": answers, "signer_name": name, "method": method,
        });
        if method == "drawn" {
            args["signature"] = signature(dice, arrival.at);
        }
        if unknown {
            args["birth_date"] = json!(born);
        }
        if guarded {
            args["guardian"] = json!({"name": mother, "relation": "Mother", "id_seen": true});
        }
        if image {
            args["image_use"] = json!(dice.chance(75));
        }
        ask(desk, "consent.sign", None, args)?;
    }
    Ok(minor)
}
