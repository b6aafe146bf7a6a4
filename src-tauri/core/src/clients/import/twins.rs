//! Which lines are somebody who is here already, or an earlier line: the phone decides, then the mail, then a name with its
//! birth date. A phone or mail that says nothing of who it is decides nothing.

use std::collections::{HashMap, HashSet};

use super::{DuplicateLine, ImportLine};
use crate::clients::merge::Likeness;
use crate::clients::store::{self, number_of, same_number};
use crate::error::Result;
use crate::storage::Reader;
use crate::text::fold;

/// So many names on one phone or mail: it is a family's, the studio's, or made up.
const MANY: usize = 3;
/// Of more who share a name or a number the rest is not compared.
const COMPARED: usize = 1_000;

/// Somebody as they are compared.
struct Known {
    client_id: Option<String>,
    line: u64,
    name: String,
    number: String,
    mail: String,
    handle: String,
    birth: Option<String>,
}

impl Known {
    fn of([name, phone, mail, handle, birth]: [Option<&str>; 5], line: u64) -> Known {
        Known {
            client_id: None,
            line,
            name: fold(name.unwrap_or("")),
            number: number_of(phone.unwrap_or("")),
            mail: mail.unwrap_or("").to_lowercase(),
            handle: handle.unwrap_or("").to_lowercase().trim_start_matches('@').to_owned(),
            birth: birth.map(str::to_owned),
        }
    }

    fn coming(line: &ImportLine) -> Known {
        let form = &line.client;
        let birth = form.birth_date.map(String::from);
        let texts = [
            Some(&*form.name),
            form.phone.as_deref(),
            form.email.as_deref(),
            form.instagram.as_deref(),
            birth.as_deref(),
        ];
        Known::of(texts, line.line)
    }
}

fn tail(number: &str) -> &str {
    &number[number.len().saturating_sub(8)..]
}

/// 0000000, +1 555 555 5555, 1234567890.
fn is_made_up_number(number: &str) -> bool {
    let mut last = number.bytes().rev().take(7);
    let first = last.next();
    "12345678901234567890".contains(number)
        || "98765432109876543210".contains(number)
        || last.all(|byte| Some(byte) == first)
}

fn is_made_up_mail(mail: &str) -> bool {
    let plain: String =
        mail.split('@').next().unwrap_or("").chars().filter(char::is_ascii_alphanumeric).collect();
    matches!(
        plain.as_str(),
        "" | "no"
            | "na"
            | "none"
            | "nomail"
            | "noemail"
            | "nothing"
            | "nocorreo"
            | "sincorreo"
            | "sinemail"
            | "notiene"
            | "notienecorreo"
            | "keine"
            | "keinemail"
            | "nao"
            | "naotem"
            | "x"
            | "xx"
            | "xxx"
            | "noreply"
    )
}

/// Whether two whole names are plainly two people's: "Ana Ruiz" and "Eva Ruiz" are, "J. Melo" and "Joana Melo" are not.
fn differ(one: &str, other: &str) -> bool {
    fn words(name: &str) -> Vec<&str> {
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
    }
    let (one, other) = (words(one), words(other));
    let ([first, _, ..], [second, _, ..]) = (one.as_slice(), other.as_slice()) else { return false };
    !first.starts_with(second)
        && !second.starts_with(first)
        && !one.iter().all(|word| other.contains(word))
        && !other.iter().all(|word| one.contains(word))
}

/// Everybody who is here and every line so far, by what makes two look like one.
#[derive(Default)]
pub(super) struct Seen {
    all: Vec<Known>,
    numbers: HashMap<String, Vec<usize>>,
    mails: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    /// Ends of numbers, and mails, that tell nobody apart.
    shared: HashSet<String>,
}

impl Seen {
    pub(super) fn before(db: Reader<'_>, lines: &[ImportLine]) -> Result<Seen> {
        let mut seen = Seen::default();
        for [id, texts @ ..] in store::comparable(db)? {
            seen.add(Known { client_id: id, ..Known::of(texts.each_ref().map(Option::as_deref), 0) });
        }
        let mut names: HashMap<String, HashSet<String>> = HashMap::new();
        let coming: Vec<Known> = lines.iter().map(Known::coming).collect();
        for known in seen.all.iter().chain(&coming) {
            for contact in
                [tail(&known.number), &known.mail].into_iter().filter(|contact| !contact.is_empty())
            {
                names.entry(contact.to_owned()).or_default().insert(known.name.clone());
            }
        }
        seen.shared =
            names.into_iter().filter(|(_, names)| names.len() >= MANY).map(|(contact, _)| contact).collect();
        Ok(seen)
    }

    fn add(&mut self, known: Known) {
        let at = self.all.len();
        if !known.number.is_empty() {
            self.numbers.entry(tail(&known.number).to_owned()).or_default().push(at);
        }
        if !known.mail.is_empty() {
            self.mails.entry(known.mail.clone()).or_default().push(at);
        }
        self.names.entry(known.name.clone()).or_default().push(at);
        self.all.push(known);
    }

    fn tells_number(&self, known: &Known) -> bool {
        !known.number.is_empty()
            && !is_made_up_number(&known.number)
            && !self.shared.contains(tail(&known.number))
    }

    fn tells_mail(&self, known: &Known) -> bool {
        !known.mail.is_empty() && !is_made_up_mail(&known.mail) && !self.shared.contains(&known.mail)
    }

    /// Who a line looks like; what comes in although it does stands under another name.
    pub(super) fn duplicate(&mut self, line: &ImportLine) -> Option<DuplicateLine> {
        let known = Known::coming(line);
        let found = self.find(&known).map(|(other, because, comes_in)| DuplicateLine {
            line: line.line,
            name: line.client.name.to_string(),
            because,
            comes_in,
            client_id: other.client_id.clone(),
            earlier_line: other.client_id.is_none().then_some(other.line),
        });
        self.add(known);
        found
    }

    fn find(&self, known: &Known) -> Option<(&Known, Likeness, bool)> {
        let of = |index: &HashMap<String, Vec<usize>>, key: &str| -> Vec<&Known> {
            let places = index.get(key).map(Vec::as_slice).unwrap_or_default();
            places.iter().take(COMPARED).filter_map(|at| self.all.get(*at)).collect()
        };
        let same_name = of(&self.names, &known.name);
        let on_number: Vec<&Known> = match known.number.as_str() {
            "" => Vec::new(),
            number => of(&self.numbers, tail(number))
                .into_iter()
                .filter(|other| same_number(&other.number, number))
                .collect(),
        };
        let on_mail = if known.mail.is_empty() { Vec::new() } else { of(&self.mails, &known.mail) };

        for (tells, alike, because) in [
            (self.tells_number(known), &on_number, Likeness::Phone),
            (self.tells_mail(known), &on_mail, Likeness::Mail),
        ] {
            if tells && let Some(other) = alike.iter().find(|other| !differ(&other.name, &known.name)) {
                return Some((other, because, false));
            }
        }
        let born = |other: &&&Known| known.birth.is_some() && other.birth == known.birth;
        if let Some(other) = same_name.iter().find(born) {
            return Some((other, Likeness::NameAndBirth, false));
        }
        let fits = |other: &Known| {
            let one = |mine: &str, theirs: &str| mine.is_empty() || theirs.is_empty() || mine == theirs;
            let clash = self.tells_number(known) && self.tells_number(other)
                || self.tells_mail(known) && self.tells_mail(other)
                || known.birth.is_some() && other.birth.is_some()
                || !one(&known.handle, &other.handle);
            !clash
        };
        let by_number = |other: &Known| !known.number.is_empty() && same_number(&known.number, &other.number);
        let by_mail = |other: &Known| !known.mail.is_empty() && known.mail == other.mail;
        let bare = |known: &Known| !self.tells_number(known) && !self.tells_mail(known);
        if let Some(other) = same_name
            .iter()
            .find(|other| fits(other) && (by_number(other) || by_mail(other) || bare(known) && bare(other)))
        {
            let because = match (by_number(other), by_mail(other)) {
                (true, _) => Likeness::Phone,
                (_, true) => Likeness::Mail,
                _ => Likeness::Name,
            };
            return Some((other, because, false));
        }
        let number = on_number.first().map(|other| (*other, Likeness::Phone, true));
        number.or_else(|| on_mail.first().map(|other| (*other, Likeness::Mail, true)))
    }
}
