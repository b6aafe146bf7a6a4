//! A desk on two pipes: one request a line in, one reply a line out.

use std::io::{BufRead, Read, Write};

use inkpoint_core::{Code, Desk, Error, Fault, Result};
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A longer line is read to its end and refused.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    command: String,
    #[serde(default)]
    key: Option<String>,
    #[serde(borrow, default)]
    args: Option<&'a RawValue>,
}

/// The id of a line whose rest cannot be read.
fn id_of(line: &[u8]) -> Option<&RawValue> {
    struct Finder<'s, 'a>(&'s mut Option<&'a RawValue>);

    impl<'a> Visitor<'a> for Finder<'_, 'a> {
        type Value = ();

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a request")
        }

        fn visit_map<M: MapAccess<'a>>(self, mut fields: M) -> Result<(), M::Error> {
            while let Some(name) = fields.next_key::<String>()? {
                if name == "id" && self.0.is_none() {
                    *self.0 = Some(fields.next_value()?);
                } else {
                    fields.next_value::<IgnoredAny>()?;
                }
            }
            Ok(())
        }
    }

    let mut id = None;
    // What comes after it, or why it does not come, is told already.
    let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Finder(&mut id));
    id
}

#[derive(Serialize)]
struct Reply<'a> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    answer: Answer,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Ok(Box<RawValue>),
    Error(Fault),
}

/// Answers every line until the input ends. `closed` is why no studio is open, if none is.
pub fn serve(
    desk: &Desk,
    closed: Option<Error>,
    mut input: impl BufRead,
    mut output: impl Write,
) -> Result<()> {
    // A file that is missing can still be made; one that is refused answers everything with why.
    let closed = closed.filter(|error| error.code() != Code::NotFound).map(|error| desk.fault(error));
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let whole =
            line.last() == Some(&b'\n') || u64::try_from(line.len()).is_ok_and(|read| read < LONGEST_LINE);
        if !whole {
            skip_line(&mut input)?;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        answer_line(desk, closed.as_ref(), if whole { &line } else { b"" }, &mut output)?;
    }
    desk.close();
    Ok(())
}

fn skip_line(input: &mut impl BufRead) -> Result<()> {
    loop {
        let read = input.fill_buf()?;
        if read.is_empty() {
            return Ok(());
        }
        match read.iter().position(|byte| *byte == b'\n') {
            Some(at) => {
                input.consume(at + 1);
                return Ok(());
            }
            None => {
                let all = read.len();
                input.consume(all);
            }
        }
    }
}

fn answer_line(desk: &Desk, closed: Option<&Fault>, line: &[u8], output: &mut impl Write) -> Result<()> {
    let malformed = |reason| Answer::Error(desk.fault(Error::invalid("request", reason)));
    let (id, answer) = match serde_json::from_slice::<Request<'_>>(line) {
        Ok(request) => {
            let answer = match closed {
                Some(fault) => Answer::Error(fault.clone()),
                None => {
                    let nothing = RawValue::NULL;
                    match desk.dispatch(
                        &request.command,
                        request.key.as_deref(),
                        request.args.unwrap_or(nothing),
                    ) {
                        Ok(reply) => Answer::Ok(reply),
                        Err(fault) => Answer::Error(fault),
                    }
                }
            };
            (request.id, answer)
        }
        Err(error) => (id_of(line), malformed(if error.is_data() { "not a request" } else { "not JSON" })),
    };
    serde_json::to_writer(&mut *output, &Reply { id, answer }).map_err(Error::internal)?;
    output.write_all(b"\n")?;
    output.flush()?;
    Ok(())
}
