//! Lists of clients from other tools: what comes in, how, and what is refused.

use serde_json::{Value, json};

use crate::studio_house::{House, Seat, text};

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, at| word << 8 | u32::from(*chunk.get(at).unwrap_or(&0)));
        for at in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn preview(seat: &Seat, table: &str) -> Value {
    seat.done("clients.import_preview", json!({"text": table}))
}

/// What the lines of a table would become: these fields, "" where there is nothing.
fn read(report: &Value, fields: &[&str]) -> Vec<Vec<String>> {
    let lines = report["preview"].as_array().unwrap();
    let cell = |line: &Value, field: &&str| line["client"][*field].as_str().unwrap_or("").to_owned();
    lines.iter().map(|line| fields.iter().map(|field| cell(line, field)).collect()).collect()
}

#[test]
fn peers_only_owner_and_admin_import() {
    let house = House::staffed();
    let table = json!({"text": "Name\nJoana"});
    for (username, code) in [("sam", "denied"), ("mara", "denied"), ("pia", "denied")] {
        let seat = house.seat(username);
        for command in ["clients.import_preview", "clients.import"] {
            let told = house.leaves_no_trace(|| seat.refused(command, table.clone()));
            assert_eq!(told, code, "{username} {command}");
        }
    }
    assert_eq!(house.elevated("sam").refused("clients.import", table.clone()), "denied");
    assert_eq!(house.seat("bea").done("clients.import", table)["imported"], 1);
}

#[test]
fn tables_of_many_tools_are_read_right() {
    let house = House::staffed();
    let owner = house.owner();
    let cases: [(&str, &str, &[&str]); 8] = [
        (
            "First Name,Last Name,Mobile,Email\nJoana,Melo,+52 55 1234 5678,jo@x.mx",
            ",",
            &["Joana Melo", "+52 55 1234 5678", "jo@x.mx"],
        ),
        (
            "Nombre;Apellidos;Teléfono;Correo electrónico\nJoana;Melo;5512345678;jo@x.mx",
            ";",
            &["Joana Melo", "5512345678", "jo@x.mx"],
        ),
        (
            "Nome\tTelemóvel\tE-mail\nJoana Melo\t912 345 678\tjo@x.pt",
            "\t",
            &["Joana Melo", "912 345 678", "jo@x.pt"],
        ),
        (
            "Vorname;Name;Handy;E-Mail-Adresse\nJürgen;Groß;0151/2345678;j@x.de",
            ";",
            &["Jürgen Groß", "0151/2345678", "j@x.de"],
        ),
        (
            "\u{FEFF}\"Full name\";\"First name\";\"Last name\";\"Phone\"\r\n\"Joana Melo\";\"Joana\";\"Melo\";\"55\"\r\n",
            ";",
            &["Joana Melo", "55", ""],
        ),
        ("sep=|\r\nName|Phone\r\n\"Melo, Joana\"|=\"0551\"\r\n", "|", &["Joana Melo", "0551", ""]),
        (
            "Joana Melo,+52 55 1234 5678,jo@x.mx\nPilar Ruiz,55 9999 0001,pi@x.mx",
            ",",
            &["Joana Melo", "+52 55 1234 5678", "jo@x.mx"],
        ),
        (
            "Name;Phone;Notes\n\"Joana\nMelo\";\"'+52 55\";\"Line one\nLine; two\"\n",
            ";",
            &["Joana Melo", "+52 55", ""],
        ),
    ];
    for (table, delimiter, expected) in cases {
        let report = house.leaves_no_trace(|| preview(&owner, table));
        assert_eq!(report["refused"], json!([]), "{table}");
        assert_eq!(report["delimiter"], delimiter, "{table}");
        assert_eq!(read(&report, &["name", "phone", "email"])[0], expected, "{table}");
    }
    let report = preview(&owner, "Name;Street;City;Zip;Notes\nJoana;Calle 1;CDMX;06700;\"One\nTwo\"");
    assert_eq!(read(&report, &["address", "preferences"]), [["Calle 1, CDMX, 06700", "One\nTwo"]]);
}

#[test]
fn every_encoding_keeps_its_letters() {
    let house = House::staffed();
    let owner = house.owner();
    let table = "Nombre;Teléfono\r\nJosé Ñúñez;55 1\r\nZoë “Z” Müller;55 2\r\n";
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(table.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let windows: Vec<u8> = table
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    for (bytes, encoding) in [
        (table.as_bytes().to_vec(), "UTF-8"),
        ([b"\xEF\xBB\xBF", table.as_bytes()].concat(), "UTF-8"),
        (windows, "windows-1252"),
        (utf16(false, true), "UTF-16LE"),
        (utf16(true, true), "UTF-16BE"),
        (utf16(false, false), "UTF-16LE"),
        (utf16(true, false), "UTF-16BE"),
    ] {
        let report = owner.done("clients.import_preview", json!({"base64": base64(&bytes)}));
        assert_eq!(report["encoding"], encoding);
        assert_eq!(read(&report, &["name"]), [["José Ñúñez"], ["Zoë “Z” Müller"]], "{encoding}");
    }
    for args in [
        json!({}),
        json!({"base64": "%%%"}),
        json!({"base64": "", "text": "Name\nX"}),
        json!({"text": " \n\n  \n"}),
        json!({"text": "Name\nX", "mapping": ["name", "phone"]}),
    ] {
        assert_eq!(owner.refused("clients.import_preview", args.clone()), "invalid", "{args}");
    }
}

#[test]
fn dates_are_read_by_a_rule_that_is_told() {
    let house = House::staffed();
    let owner = house.owner();
    let table = |dates: &[&str]| {
        let lines: Vec<String> =
            dates.iter().enumerate().map(|(at, date)| format!("Ana {at};{date}")).collect();
        format!("Name;Date of birth\n{}", lines.join("\n"))
    };
    let days = |report: &Value| read(report, &["birth_date"]).concat();
    for (dates, order, proof, expected) in [
        (
            vec!["1990-05-04", "1990-05-04 00:00:00", "1990/5/4"],
            "day_first",
            "unneeded",
            vec!["1990-05-04"; 3],
        ),
        (vec!["04/05/1990", "25/12/1985"], "day_first", "shown", vec!["1990-05-04", "1985-12-25"]),
        (vec!["05/04/1990", "12/25/1985"], "month_first", "shown", vec!["1990-05-04", "1985-12-25"]),
        (
            vec!["4.5.90", "04.05.26", "00/00/0000", ""],
            "day_first",
            "assumed",
            vec!["1990-05-04", "2026-05-04", "", ""],
        ),
    ] {
        let report = preview(&owner, &table(&dates));
        assert_eq!((&report["dates"], &report["dates_proof"]), (&json!(order), &json!(proof)), "{dates:?}");
        assert_eq!(days(&report), expected, "{dates:?}");
    }
    let mixed = preview(&owner, &table(&["25/12/1985", "12/25/1985", "31/02/1990", "soon"]));
    assert_eq!(mixed["dates_proof"], "mixed");
    let refused: Vec<Value> = mixed["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!([line["line"], line["reason"]]))
        .collect();
    assert_eq!(refused, [json!([3, "not a day"]), json!([4, "not a day"]), json!([5, "not a day"])]);
    let given = json!({"text": table(&["04/05/1990"]), "dates": "month_first"});
    let report = owner.done("clients.import_preview", given);
    assert_eq!((&report["dates_proof"], days(&report)), (&json!("given"), vec!["1990-04-05".to_owned()]));
}

#[test]
fn one_refused_line_keeps_all_of_them_out() {
    let house = House::staffed();
    let owner = house.owner();
    let table = format!(
        "Name;Phone;Birthday\nJoana;55 1;1990-05-04\n;55 2;\nPilar;5,21555E+11;\nAna;call mum;\n{};;\nEva;55;;too;many\nLu;55 3;32/01/1990",
        "x".repeat(121)
    );
    let report = owner.done("clients.import", json!({"text": table}));
    assert_eq!(house.count("SELECT count(*) FROM clients"), 0);
    assert_eq!(
        (&report["imported"], &report["lines"], &report["refused_lines"]),
        (&json!(0), &json!(7), &json!(6))
    );
    let refused: Vec<Value> = report["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!([line["line"], line["field"], line["reason"]]))
        .collect();
    assert_eq!(
        refused,
        [
            json!([3, "name", "missing"]),
            json!([4, "phone", "not a phone"]),
            json!([5, "phone", "not a phone"]),
            json!([6, "name", "too long"]),
            json!([7, null, "too many cells"]),
            json!([8, "birth_date", "not a day"]),
        ]
    );
    let fixed = owner.done("clients.import", json!({"text": table, "mapping": ["name"], "header": false}));
    assert_eq!(fixed["imported"], 0, "a mapping is no way around a refusal");
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_nobody() {
    let house = House::staffed();
    let owner = house.owner();
    let long = "Lu,9\n".repeat(20_000);
    // The table, the line of the mark, how many lines before it would come in.
    for (table, line, ready) in [
        ("Name,Phone\n\"A,1\nB,2\nC,3\n".to_owned(), 2, 0),
        ("Name;Phone\nA;1\nB;\"2\nC;3".to_owned(), 3, 1),
        ("Name,Phone,Notes\r\nA,1,\"x\r\ny\"\r\nB,2,\"z\r\n\r\nC,3,\r\n".to_owned(), 4, 1),
        ("sep=;\nName;Phone\nA;1\n\n\"B;2\n".to_owned(), 5, 1),
        ("Name,Notes\rA,\"x\"\"y\"\rB,\"z\"\"\r".to_owned(), 3, 1),
        ("\"Name,Phone\nA,1\n".to_owned(), 1, 0),
        (format!("Name,Phone\nA,1\n\"B,2\n{long}"), 3, 1),
        ("Name,Phone\nA,1\nB,\"".to_owned(), 3, 1),
    ] {
        let shown = table.get(..60).unwrap_or(&table).to_owned();
        let report = preview(&owner, &table);
        assert_eq!(report["refused_lines"], 1, "{shown:?}");
        let refused = &report["refused"][0];
        assert_eq!(
            (&refused["line"], &refused["reason"]),
            (&json!(line), &json!("quote not closed")),
            "{shown:?}"
        );
        assert_eq!(report["ready"], ready, "{shown:?}");
        assert_eq!(owner.done("clients.import", json!({"text": table}))["imported"], 0, "{shown:?}");
    }
    assert_eq!(house.count("SELECT count(*) FROM clients"), 0);
    let closed = "Name,Phone,Notes\nA,1,\"x\n\"\"y\"\"\"\n\"B\",2,";
    assert_eq!(owner.done("clients.import", json!({"text": closed}))["imported"], 2);
}

#[test]
fn ask_15_who_is_here_already_is_told_and_can_be_left_out() {
    let house = House::staffed();
    let owner = house.owner();
    let here = owner
        .done("clients.create", json!({"name": "Joana", "phone": "+52 55 1234 5678", "email": "jo@x.mx"}));
    let table = "Name;Phone;Email;Birthday\nJ. Melo;5512345678;;\nJo;;JO@x.mx;\nAna;;;1990-05-04\nana;;;1990-05-04\nJoana;;;\n";
    let report = preview(&owner, table);
    let because: Vec<Value> = report["duplicates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|twin| json!([twin["line"], twin["because"], twin["client_id"], twin["earlier_line"]]))
        .collect();
    let id = &here["client"]["id"];
    assert_eq!(
        because,
        [json!([2, "phone", id, null]), json!([3, "mail", id, null]), json!([5, "name_and_birth", null, 4])]
    );
    let done = owner.done("clients.import", json!({"text": table, "skip_duplicates": true}));
    assert_eq!((&done["imported"], &done["duplicate_lines"]), (&json!(2), &json!(3)));
    let found = owner.done("clients.search", json!({"text": "ana"}));
    assert_eq!(text(&found[0]["birth_date"]), "1990-05-04");
    let log = owner.done("activity.list", json!({"limit": 1}));
    assert_eq!(
        log[0]["details"],
        json!({"rows": 2, "refused": 0, "duplicates": 3}),
        "P16: counts, nobody's name"
    );
    assert_eq!(
        owner.done("clients.import", json!({"text": table}))["imported"],
        5,
        "unless they are to come twice"
    );
}

#[test]
fn a_large_list_comes_through_the_window_and_nothing_else_that_large_does() {
    let house = House::staffed();
    let owner = house.owner();
    let lines: String = (0..20_000)
        .map(|at| format!("Client Number {at};55 {at:08};client{at}@correo.example.mx\n"))
        .collect();
    let table = format!("Name;Phone;Email\n{lines}");
    assert!(table.len() > 1024 * 1024);
    let report = owner.done("clients.import_preview", json!({"text": table}));
    assert_eq!((&report["lines"], &report["refused_lines"]), (&json!(20_000), &json!(0)));
    assert_eq!(owner.why("clients.search", json!({"text": table})), "invalid: args");
}

#[test]
fn the_operators_import_is_whole_or_not_at_all_and_journaled_as_such() {
    let house = House::staffed();
    let raw = "Name;Phone\nJoana;55 1234 5678\nPilar;55 8765 4321\n".as_bytes();
    let dry = house.leaves_no_trace(|| inkpoint_core::import_clients(&house.desk, raw, true).unwrap());
    assert_eq!((dry.ready, dry.imported), (2, 0));
    let done = inkpoint_core::import_clients(&house.desk, raw, false).unwrap();
    assert_eq!(done.imported, 2);
    let again = inkpoint_core::import_clients(&house.desk, raw, false).unwrap();
    assert_eq!((again.imported, again.duplicate_lines), (0, 2), "the same file twice adds nobody twice");
    let broken = "Name;Phone\nEva;1\n;2\n".as_bytes();
    let refused =
        house.leaves_no_trace(|| inkpoint_core::import_clients(&house.desk, broken, false).unwrap());
    assert_eq!((refused.imported, refused.refused_lines), (0, 1));
    let log = house.owner().done("activity.list", json!({"kind": "clients", "limit": 10}));
    assert_eq!((&log[0]["role"], &log[0]["member_id"]), (&json!("command line"), &Value::Null));
    house.assert_holds();
}
