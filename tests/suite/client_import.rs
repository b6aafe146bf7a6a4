//! Lists of clients from other tools: what comes in, how, and what is refused.

use inkpoint_core::ImportOptions;
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

fn dry_run() -> ImportOptions {
    ImportOptions { dry_run: true, ..ImportOptions::default() }
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
    let dry = house.leaves_no_trace(|| inkpoint_core::import_clients(&house.desk, raw, &dry_run()).unwrap());
    assert_eq!((dry.ready, dry.imported), (2, 0));
    let done = inkpoint_core::import_clients(&house.desk, raw, &ImportOptions::default()).unwrap();
    assert_eq!(done.imported, 2);
    let again = inkpoint_core::import_clients(&house.desk, raw, &ImportOptions::default()).unwrap();
    assert_eq!((again.imported, again.duplicate_lines), (0, 2), "the same file twice adds nobody twice");
    let broken = "Name;Phone\nEva;1\n;2\n".as_bytes();
    let refused = house.leaves_no_trace(|| {
        inkpoint_core::import_clients(&house.desk, broken, &ImportOptions::default()).unwrap()
    });
    assert_eq!((refused.imported, refused.refused_lines), (0, 1));
    let log = house.owner().done("activity.list", json!({"kind": "clients", "limit": 10}));
    assert_eq!((&log[0]["role"], &log[0]["member_id"]), (&json!("command line"), &Value::Null));
    house.assert_holds();
}

#[test]
fn ask_15_address_books_and_tables_in_seven_languages_keep_every_phone_and_mail() {
    let house = House::staffed();
    let owner = house.owner();
    let whole = ["Joana Melo", "+52 55 1234 5678", "jo@x.mx", "1990-05-04"];
    for table in [
        // Google, as it was and as it is; Outlook.
        "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Birthday,Organization 1 - Name\n\
         Joana Melo,Joana,Melo,* ,jo@x.mx,Mobile,+52 55 1234 5678,1990-05-04,Casa",
        "First Name,Last Name,Organization Name,Birthday,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n\
         Joana,Melo,,1990-05-04,,jo@x.mx ::: b@x.mx,Mobile,+52 55 1234 5678 ::: 55 1",
        "First Name,Last Name,E-mail Address,Mobile Phone,Birthday\nJoana,Melo,jo@x.mx,+52 55 1234 5678,4.5.1990",
        "Nom;Prénom;Courriel;Portable;Date de naissance\nMelo;Joana;jo@x.mx;+52 55 1234 5678;04/05/1990",
        "Nom;Prénom;E-mail;Téléphone;Date de naissance\nMelo;Joana;jo@x.mx;+52 55 1234 5678;4 mai 1990",
        "Förnamn;Efternamn;Mobil;E-post;Födelsedatum\nJoana;Melo;+52 55 1234 5678;jo@x.mx;1990-05-04",
        "Nome;Cognome;Cellulare;Email;Data di nascita\nJoana;Melo;+52 55 1234 5678;jo@x.mx;04/05/1990",
        "Nome;Sobrenome;Telemóvel;E-mail;Data de nascimento\nJoana;Melo;+52 55 1234 5678;jo@x.mx;04/05/1990",
        // The name is known, the rest is seen by what it holds.
        "Name;Puhelin;Sähköposti;Birthday\nJoana Melo;+52 55 1234 5678;jo@x.mx;1990-05-04",
    ] {
        let report = preview(&owner, table);
        assert_eq!(report["refused"], json!([]), "{table}");
        assert_eq!(read(&report, &["name", "phone", "email", "birth_date"]), [whole], "{table}");
    }
    // A company stands in for a name, and only where there is none.
    let report = preview(
        &owner,
        "First Name,Last Name,Organization Name,Phone 1 - Value\nJoana,Melo,Casa,55 1\n,,Tinta GmbH,55 2",
    );
    assert_eq!(read(&report, &["name"]), [["Joana Melo"], ["Tinta GmbH"]]);
}

#[test]
fn a_header_in_an_unknown_language_is_no_client_and_its_names_are_asked_for() {
    let house = House::staffed();
    let owner = house.owner();
    let table = "Imię;Komórka;Poczta\nJoana Melo;+52 55 1234 5678;jo@x.mx\nPilar;55 9999 0001;\n";
    let report = owner.done("clients.import", json!({"text": table}));
    assert_eq!(
        (&report["imported"], &report["header"], &report["refused_lines"]),
        (&json!(0), &json!(true), &json!(1))
    );
    assert_eq!(
        (&report["refused"][0]["line"], &report["refused"][0]["reason"]),
        (&json!(1), &json!("no name column"))
    );
    let mapped = json!({"text": table, "mapping": ["name", "phone", "email"]});
    assert_eq!(read(&owner.done("clients.import_preview", mapped), &["name"]), [["Joana Melo"], ["Pilar"]]);
    // A first client without a phone is no header.
    let bare = preview(&owner, "Joana Melo,\nPilar Ruiz,55 9999 0001\nEva Paz,55 9999 0002\n");
    assert_eq!((&bare["header"], &bare["ready"]), (&json!(false), &json!(3)));

    let named = |columns: &[(&str, &str)]| ImportOptions {
        columns: columns
            .iter()
            .map(|(field, column)| (serde_json::from_value(json!(field)).ok(), (*column).to_owned()))
            .collect(),
        ..dry_run()
    };
    let import = |columns: &[(&str, &str)]| {
        inkpoint_core::import_clients(&house.desk, table.as_bytes(), &named(columns))
    };
    assert_eq!(import(&[("name", "imie")]).unwrap().ready, 2);
    let report = import(&[("name", "1"), ("out", "Komórka")]).unwrap();
    assert!(report.preview[0].client.phone.is_none() && report.preview[0].client.email.is_some());
    for wrong in ["Nazwisko", "0", "4"] {
        assert_eq!(import(&[("name", wrong)]).unwrap_err().to_string(), "invalid mapping: no such column");
    }
}

#[test]
fn what_is_no_list_of_clients_says_what_it_is() {
    let house = House::staffed();
    let owner = house.owner();
    for (text, told) in [
        ("{\"name\": \"Joana\"}", "JSON, no table"),
        ("\u{FEFF} [ {\"name\": \"Joana\"} ]", "JSON, no table"),
        ("<html><table><tr><td>Name</td></tr></table>", "a web page or XML, no table"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Joana\nEND:VCARD", "contact cards (vCard), no table"),
        ("%PDF-1.7\n", "a PDF, no table"),
        ("{\\rtf1\\ansi Joana}", "a formatted document (RTF), no table"),
    ] {
        let why = owner.why("clients.import_preview", json!({"text": text}));
        assert_eq!(why, "invalid: base64", "{text}");
        let told_too = inkpoint_core::import_clients(&house.desk, text.as_bytes(), &dry_run()).unwrap_err();
        assert_eq!(told_too.to_string(), format!("invalid base64: {told}"));
    }
    let tell =
        |bytes: &[u8]| inkpoint_core::import_clients(&house.desk, bytes, &dry_run()).unwrap_err().to_string();
    assert_eq!(tell(b"PK\x03\x04\x14\0"), "invalid base64: a workbook or packed file, no table of text");
    assert_eq!(tell(b""), "invalid base64: nothing in it");
    let odd: Vec<u8> =
        "Name,Phone\nAna,5\n".encode_utf16().flat_map(u16::to_le_bytes).chain([b'x']).collect();
    assert_eq!(tell(&odd), "invalid base64: cut off in the middle of a letter");
    let large = preview(&owner, &format!("Name,Notes\nAna,x\nEva,{}\nLu,", "x".repeat(70_000)));
    assert_eq!(
        (&large["refused"][0]["line"], &large["refused"][0]["reason"]),
        (&json!(3), &json!("cell too long"))
    );
    // Letters as a Mac of old writes them.
    let mac = inkpoint_core::import_clients(
        &house.desk,
        b"Nombre;Tel\x8Efono\rJos\x8E \x84\x96ez;55 1\r",
        &dry_run(),
    );
    let mac = mac.unwrap();
    assert_eq!((mac.encoding.as_str(), &*mac.preview[0].client.name), ("macintosh", "José Ññez"));
}

/// What was remarked of the lines of a report.
fn remarks(report: &Value) -> Vec<Value> {
    let remarks = report["remarks"].as_array().unwrap();
    remarks.iter().map(|each| json!([each["line"], each["reason"], each["left_out"]])).collect()
}

#[test]
fn titles_totals_and_lines_that_name_nobody_stay_out_and_are_told() {
    let house = House::staffed();
    let owner = house.owner();
    let table = "Client List Report\nLocation: Main, Berlin\n\nName;Phone;Email;Visits\nJoana;55 1234 5678;;3\n;;;2\n\
                 Total Tattoo;;;1\nTotal;2;;4\n2 clients;;;\n";
    let report = owner.done("clients.import", json!({"text": table}));
    assert_eq!(
        remarks(&report),
        [
            json!([1, "above_header", true]),
            json!([2, "above_header", true]),
            json!([6, "nobody", true]),
            json!([8, "totals", true]),
            json!([9, "totals", true]),
        ]
    );
    assert_eq!((&report["imported"], &report["left_out_lines"]), (&json!(2), &json!(5)));
    assert_eq!(report["lines"], 5);
    assert_eq!(house.count("SELECT count(*) FROM clients WHERE name IN ('Joana', 'Total Tattoo')"), 2);
    // Whoever is called so and can be reached is somebody.
    let called = preview(&owner, "Name,Phone\nJoana,55 1\nTotal,55 1234 5678");
    assert_eq!((&called["ready"], remarks(&called)), (&json!(2), vec![]));
}

#[test]
fn a_part_of_a_birth_date_refuses_nobody_and_every_way_to_write_a_whole_one_is_read() {
    let house = House::staffed();
    let owner = house.owner();
    let table = |dates: &[&str]| {
        let lines: Vec<String> =
            dates.iter().enumerate().map(|(at, date)| format!("Ana {at};\"{date}\"")).collect();
        format!("Name;Birthday\n{}", lines.join("\n"))
    };
    let whole = [
        "15 Mar 1990",
        "March 15, 1990",
        "March 15th, 1990",
        "15-Mar-90",
        "15 de marzo de 1990",
        "15. März 1990",
        "15 mars 1990",
        "15 marzo 1990",
        "32947",
        "19900315",
        "1990 March 15",
    ];
    let report = preview(&owner, &table(&whole));
    assert_eq!(report["refused"], json!([]));
    assert_eq!(read(&report, &["birth_date"]).concat(), ["1990-03-15"; 11]);
    let part =
        ["--05-17", "05-04", "5/4", "March 5", "5 de mayo", "1604-05-17", "0000-05-17", "1990", "May 1990"];
    let report = owner.done("clients.import", json!({"text": table(&part)}));
    assert_eq!((&report["imported"], report["remarks"].as_array().unwrap().len()), (&json!(9), 9));
    assert_eq!(remarks(&report)[0], json!([2, "birth_in_part", false]));
    assert_eq!(house.count("SELECT count(*) FROM clients WHERE birth_date IS NULL"), 9);
    let wrong = preview(
        &owner,
        &table(&["31 Feb 1990", "soon", "13-32", "Mar Apr 1990", "61000", "29.02.1991", "March 45"]),
    );
    assert_eq!(wrong["refused_lines"], 7);
}

#[test]
fn ask_15_the_same_file_twice_doubles_nobody_and_a_shared_phone_drops_nobody() {
    let house = House::staffed();
    let import = |table: &str| {
        inkpoint_core::import_clients(&house.desk, table.as_bytes(), &ImportOptions::default()).unwrap()
    };
    let table = "Name;Phone;Email;Birthday\nAna;;;\nÁNA;;;\nLu;;;1990-05-04\nLu;;;1991-05-04\n\
        Eva;55 1234 5678;;\nPía;55 1234 5678;;\nSol;55 1234 5678;;\nRosa Ruiz;55 2222 3333;;\nIvo Ruiz;55 2222 3333;;\n\
        Max;;no@mail.com;\nKim;000000;no@mail.com;\nJo;1234567890;;\nMay;1234567890;;\n";
    let first = import(table);
    let told: Vec<(u64, bool)> = first.duplicates.iter().map(|twin| (twin.line, twin.comes_in)).collect();
    assert_eq!(told, [(3, false), (7, true), (8, true), (10, true), (12, true), (14, true)]);
    assert_eq!((first.imported, first.duplicate_lines, first.possible_lines), (12, 1, 5));
    let again = import(table);
    assert_eq!((again.imported, again.duplicate_lines), (0, 13), "{:?}", again.duplicates);
    // A phone or a birth date tells apart what a name does not.
    assert_eq!(import("Name;Phone;Birthday\nAna;55 7777 8888;\nLu;;1992-05-04\n").imported, 2);
}

#[test]
fn ask_15_the_zero_in_brackets_is_not_part_of_a_number() {
    let house = House::staffed();
    let owner = house.owner();
    let here = owner.done("clients.create", json!({"name": "Uwe", "phone": "+49 (0)171 555 0005"}));
    for phone in ["+49 171 5550005", "0049 (0)171 5550005", "0171 5550005"] {
        let twin = owner.done("clients.create", json!({"name": "Uwe", "phone": phone}));
        let same = twin["same_phone"].as_array().unwrap();
        assert!(same.contains(&here["client"]["id"]), "{phone}");
    }
    let report =
        preview(&owner, "Name;Phone\nUwe;0049 171 5550005\nKai;+44 (0)20 7946 0000\nKai;+44 20 7946 0000\n");
    assert_eq!(report["duplicate_lines"], 2);
}

#[test]
fn a_no_about_health_is_no_alert_and_a_state_is_no_address() {
    let house = House::staffed();
    let owner = house.owner();
    let nos = ["No", "None", "Keine", "Ninguna", "Nein", "Ningún", "N/A", "-", "no.", "Aucune", "nej"];
    let lines: String = nos.iter().enumerate().map(|(at, no)| format!("Ana {at};{no};Activo\n")).collect();
    let report = preview(&owner, &format!("Nombre;Alergias;Estado\n{lines}Eva;No latex please;Inactivo\n"));
    let read = read(&report, &["alerts", "address"]);
    assert!(read[..11].iter().all(|cells| cells == &["", ""]), "{read:?}");
    assert_eq!(read[11], ["No latex please", ""]);
    let lives = preview(&owner, "Nombre;Estado\nAna;Jalisco\n");
    assert_eq!(lives["preview"][0]["client"]["address"], "Jalisco");
}
