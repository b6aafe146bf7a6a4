//! One description of what stands on a slip, whatever it becomes: lines for a roll of so many characters, a page, the
//! text of a mail.

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use super::encode::CodePage;

/// How much a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A remark.
    Minor,
    Plain,
    Strong,
    /// Strong, and twice as high.
    Large,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Row {
    Centre(String, Weight),
    Text(String, Weight),
    /// What, and how much.
    Pair(String, String, Weight),
    Rule,
    /// So many turn blank paper into room to write on or to cut.
    Space,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    /// What it is called: "Receipt 12".
    pub title: String,
    pub rows: Vec<Row>,
}

/// A line of a slip as it comes off the roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct SlipLine {
    pub text: String,
    pub weight: Weight,
}

impl Slip {
    pub(crate) fn new(title: String) -> Slip {
        Slip { title, rows: Vec::new() }
    }

    pub(crate) fn centre(&mut self, text: impl Into<String>, weight: Weight) {
        self.rows.push(Row::Centre(text.into(), weight));
    }

    pub(crate) fn text(&mut self, text: impl Into<String>, weight: Weight) {
        self.rows.push(Row::Text(text.into(), weight));
    }

    pub(crate) fn pair(&mut self, label: impl Into<String>, value: impl Into<String>, weight: Weight) {
        self.rows.push(Row::Pair(label.into(), value.into(), weight));
    }

    pub(crate) fn rule(&mut self) {
        self.rows.push(Row::Rule);
    }

    /// The lines of a roll so many characters wide, in the letters that the printer has.
    pub(crate) fn lines(&self, columns: usize, page: CodePage) -> Vec<SlipLine> {
        let mut lines = Vec::new();
        for row in &self.rows {
            match row {
                Row::Centre(text, weight) => {
                    for line in wrapped(text, columns, page) {
                        let left = (columns - length(&line)) / 2;
                        lines.push(SlipLine { text: format!("{:left$}{line}", ""), weight: *weight });
                    }
                }
                Row::Text(text, weight) => {
                    let texts = wrapped(text, columns, page);
                    lines.extend(texts.into_iter().map(|text| SlipLine { text, weight: *weight }));
                }
                Row::Pair(label, value, weight) => {
                    let texts = pair(label, value, columns, page);
                    lines.extend(texts.into_iter().map(|text| SlipLine { text, weight: *weight }));
                }
                Row::Rule => lines.push(SlipLine { text: "-".repeat(columns), weight: Weight::Plain }),
                Row::Space => lines.push(SlipLine { text: String::new(), weight: Weight::Plain }),
            }
        }
        lines
    }

    /// As the text of a mail, where no column stands under another.
    pub(crate) fn letter(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            match row {
                Row::Centre(line, _) | Row::Text(line, _) => text.push_str(line.trim()),
                Row::Pair(label, value, _) => {
                    text.push_str(label.trim());
                    text.push_str(": ");
                    text.push_str(value.trim());
                }
                Row::Rule | Row::Space if text.ends_with("\n\n") => continue,
                Row::Rule | Row::Space => {}
            }
            text.push('\n');
        }
        text.replace('\u{A0}', " ").trim().to_owned()
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Breaks a text into lines that fit, paragraph by paragraph; what leads a paragraph indents all of it. A word that is
/// longer than a line is broken where it must be.
fn wrapped(text: &str, columns: usize, page: CodePage) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let paragraph = page.readable(paragraph);
        let indent = paragraph.len() - paragraph.trim_start_matches(' ').len();
        let indent = indent.min(columns / 2);
        let mut line = " ".repeat(indent);
        let mut empty = true;
        for word in paragraph.split_whitespace() {
            if !empty && length(&line) + 1 + length(word) > columns {
                lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            for c in word.chars() {
                if length(&line) == columns {
                    lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
                }
                line.push(c);
            }
            empty = false;
        }
        lines.push(line);
    }
    lines
}

/// What on the left, how much on the right of its first line.
fn pair(label: &str, value: &str, columns: usize, page: CodePage) -> Vec<String> {
    let value = page.readable(value);
    let value = value.trim();
    let wide = length(value);
    // Figures have a line of their own where they leave no room for what they are of.
    if wide + 9 > columns {
        let mut lines = wrapped(label, columns, page);
        lines.extend(wrapped(value, columns, page).into_iter().map(|line| {
            let left = columns - length(&line);
            format!("{:left$}{line}", "")
        }));
        return lines;
    }
    let room = columns - wide - 1;
    let mut lines = wrapped(label, room, page);
    if lines.is_empty() {
        lines.push(String::new());
    }
    if let Some(first) = lines.first_mut() {
        let gap = columns - wide - length(first);
        *first = format!("{first}{:gap$}{value}", "");
    }
    lines
}
