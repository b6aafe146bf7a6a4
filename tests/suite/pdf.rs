//! Reads the text back out of a document: letters by the table that each font brings, one line a placed text.

use std::collections::BTreeMap;
use std::io::Read;

type Letters = BTreeMap<u16, String>;

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes[from..].windows(what.len()).position(|window| window == what).map(|at| at + from)
}

/// The objects by number: what their dictionary says, and their stream unpacked.
fn objects(bytes: &[u8]) -> BTreeMap<u32, (String, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let Some(begin) = find(bytes, b" 0 obj", at) {
        let digits = bytes[..begin].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&bytes[begin - digits..begin]).unwrap().parse().unwrap();
        let end = find(bytes, b"endobj", begin).unwrap();
        let body = &bytes[begin + 6..end];
        let stream = find(body, b"stream\n", 0);
        let dictionary = String::from_utf8_lossy(&body[..stream.unwrap_or(body.len())]).into_owned();
        let unpacked = stream.map_or_else(Vec::new, |stream| {
            let packed = &body[stream + 7..];
            let mut plain = Vec::new();
            // What is no Flate stream is no text either.
            match flate2::read::ZlibDecoder::new(packed).read_to_end(&mut plain) {
                Ok(_) => plain,
                Err(_) => packed.to_vec(),
            }
        });
        found.insert(number, (dictionary, unpacked));
        at = end;
    }
    found
}

/// The number in "/Name 12 0 R".
fn reference(text: &str, name: &str) -> Option<u32> {
    let after = &text[text.find(name)? + name.len()..];
    after.trim_start().split(' ').next()?.parse().ok()
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn pairs(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

/// Which letter a glyph is: the table that lets text be copied out of a document.
fn letters(table: &str) -> Letters {
    let mut known = Letters::new();
    for block in table.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap();
        let parts: Vec<&str> = block.split(['<', '>']).collect();
        for pair in parts.chunks(4).filter(|pair| pair.len() == 4) {
            let text = String::from_utf16(&pairs(&hex(pair[3]))).unwrap();
            known.insert(pairs(&hex(pair[1]))[0], text);
        }
    }
    for block in table.split("beginbfrange").skip(1) {
        let block = block.split("endbfrange").next().unwrap();
        let parts: Vec<&str> = block.split(['<', '>']).collect();
        for line in parts.chunks(6).filter(|line| line.len() == 6) {
            let [first, last] = [line[1], line[3]].map(|code| pairs(&hex(code))[0]);
            let letter = pairs(&hex(line[5]))[0];
            for code in first..=last {
                known.insert(code, String::from_utf16(&[letter + (code - first)]).unwrap());
            }
        }
    }
    known
}

/// All text of a document, in the order in which it was placed.
pub fn text(bytes: &[u8]) -> String {
    assert!(bytes.starts_with(b"%PDF-"));
    let objects = objects(bytes);
    let mut said = String::new();
    for (page, _) in objects.values().filter(|(dictionary, _)| is_page(dictionary)) {
        let resources = match reference(page, "/Resources") {
            Some(number) => objects[&number].0.clone(),
            None => page.clone(),
        };
        let mut fonts: BTreeMap<String, Letters> = BTreeMap::new();
        let listed = resources.split("/Font").nth(1).unwrap_or_default();
        let listed = listed.split(">>").next().unwrap_or_default();
        for entry in listed.split('/').skip(1) {
            let mut parts = entry.split_whitespace();
            let (Some(name), Some(number)) = (parts.next(), parts.next()) else { continue };
            let Some((font, _)) = number.parse().ok().and_then(|number: u32| objects.get(&number)) else {
                continue;
            };
            let Some(table) = reference(font, "/ToUnicode") else { continue };
            fonts.insert(name.to_owned(), letters(&String::from_utf8_lossy(&objects[&table].1)));
        }
        let content = &objects[&reference(page, "/Contents").unwrap()].1;
        placed(content, &fonts, &mut said);
    }
    said
}

fn is_page(dictionary: &str) -> bool {
    ["/Type/Page/", "/Type/Page\n", "/Type /Page\n", "/Type /Page/"]
        .iter()
        .any(|kind| dictionary.contains(kind))
}

fn placed(content: &[u8], fonts: &BTreeMap<String, Letters>, said: &mut String) {
    let mut letters = None;
    let mut name = String::new();
    let mut at = 0;
    let say = |said: &mut String, bytes: &[u8], letters: Option<&Letters>| {
        let Some(letters) = letters else { return };
        for code in pairs(bytes) {
            said.push_str(letters.get(&code).map_or("", String::as_str));
        }
    };
    while at < content.len() {
        match content[at] {
            b'/' => {
                let end = content[at + 1..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap();
                name = String::from_utf8_lossy(&content[at + 1..at + 1 + end]).into_owned();
                at += end;
            }
            b'T' if content[at..].starts_with(b"Tf") => letters = fonts.get(&name),
            b'<' if content.get(at + 1) != Some(&b'<') => {
                let end = find(content, b">", at).unwrap();
                say(said, &hex(std::str::from_utf8(&content[at + 1..end]).unwrap()), letters);
                at = end;
            }
            b'(' => {
                let mut bytes = Vec::new();
                at += 1;
                // Brackets in pairs stand as they are.
                let mut depth = 0;
                while content[at] != b')' || depth > 0 {
                    match content[at] {
                        b'(' => depth += 1,
                        b')' => depth -= 1,
                        _ => {}
                    }
                    if content[at] == b'\\' {
                        at += 1;
                        bytes.push(match content[at] {
                            b'n' => b'\n',
                            b'r' => b'\r',
                            b't' => b'\t',
                            b'b' => 8,
                            b'f' => 12,
                            digit @ b'0'..=b'7' => {
                                let rest =
                                    content[at + 1..].iter().take(2).take_while(|byte| byte.is_ascii_digit());
                                let octal = rest.fold(u32::from(digit - b'0'), |sum, byte| {
                                    at += 1;
                                    sum * 8 + u32::from(byte - b'0')
                                });
                                u8::try_from(octal).unwrap()
                            }
                            other => other,
                        });
                    } else {
                        bytes.push(content[at]);
                    }
                    at += 1;
                }
                say(said, &bytes, letters);
            }
            b'E' if content[at..].starts_with(b"ET") => said.push('\n'),
            _ => {}
        }
        at += 1;
    }
}
