//! Studios of Tattoo Studio Manager: what becomes of every row, whatever stands in it.

use std::path::PathBuf;
use std::sync::Arc;

use inkpoint_core::{
    Desk, Error, Place, TsmImported, TsmOptions, TsmReason, TsmReport, TsmSumOf, import_tsm,
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::studio_house::{Dice, StillClock, ask, assert_untouched, bytes_in, folder, fresh_key, tools};

/// The newest schema, as its SQLAlchemy models make it.
const NEWEST: &str = r#"
    CREATE TABLE artists (id INTEGER NOT NULL, name VARCHAR(120) NOT NULL, rate_commission FLOAT NOT NULL,
        active BOOLEAN NOT NULL, PRIMARY KEY (id));
    CREATE TABLE users (id INTEGER NOT NULL, username VARCHAR(64) NOT NULL, password_hash VARCHAR(255) NOT NULL,
        role VARCHAR(16) NOT NULL, artist_id INTEGER, is_active BOOLEAN NOT NULL, name VARCHAR(120), birthdate DATE,
        email VARCHAR(120), phone VARCHAR(32), instagram VARCHAR(64), created_at DATETIME, last_login DATETIME,
        PRIMARY KEY (id), UNIQUE (username));
    CREATE TABLE clients (id INTEGER NOT NULL, name VARCHAR(120) NOT NULL, phone VARCHAR(40), email VARCHAR(120),
        notes TEXT, created_at DATETIME NOT NULL, instagram TEXT, city TEXT, state TEXT, gender TEXT, birthdate DATE,
        consent_info INTEGER, consent_image INTEGER, consent_data INTEGER, emergency_name TEXT, emergency_relation TEXT,
        emergency_phone TEXT, preferred_artist_id INTEGER, health_allergies INTEGER, health_diabetes INTEGER,
        health_coagulation INTEGER, health_epilepsy INTEGER, health_cardiac INTEGER, health_anticoagulants INTEGER,
        health_preg_lact INTEGER, health_substances INTEGER, health_derm INTEGER, health_obs TEXT,
        is_active INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (id));
    CREATE TABLE sessions (id INTEGER NOT NULL, client_id INTEGER NOT NULL, artist_id INTEGER NOT NULL,
        start DATETIME NOT NULL, "end" DATETIME NOT NULL, status VARCHAR(10) NOT NULL, price FLOAT NOT NULL, notes TEXT,
        commission_override FLOAT, PRIMARY KEY (id));
    CREATE TABLE transactions (id INTEGER NOT NULL, session_id INTEGER, artist_id INTEGER NOT NULL,
        amount FLOAT NOT NULL, method VARCHAR(30) NOT NULL, concept TEXT NOT NULL DEFAULT '', date DATETIME NOT NULL,
        commission_amount FLOAT, deleted_flag BOOLEAN NOT NULL, created_at TEXT, updated_at TEXT, PRIMARY KEY (id));
    CREATE TABLE products (id INTEGER NOT NULL, name VARCHAR(120) NOT NULL, category VARCHAR(60), cost FLOAT NOT NULL,
        stock INTEGER NOT NULL, min_stock INTEGER NOT NULL, sku TEXT, unidad TEXT, caduca INTEGER, proveedor TEXT,
        activo INTEGER, fechacaducidad TEXT, PRIMARY KEY (id));
    CREATE TABLE portfolio_items (id INTEGER PRIMARY KEY, artist_id INTEGER, path VARCHAR(255) NOT NULL, caption TEXT,
        created_at DATETIME NOT NULL, client_id INTEGER, is_public INTEGER NOT NULL DEFAULT 1, style TEXT);
    CREATE TABLE settings (key VARCHAR(60) NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key));
"#;

/// A believable studio of two artists in the newest schema.
const STUDIO: &str = r#"
    INSERT INTO artists VALUES (1, 'Dalia Cruz', 0.55, 1), (2, 'Karla Vega', 0.5, 1), (3, 'Luis Prado', 0.45, 0);
    INSERT INTO users VALUES
        (1, 'admin', '$2b$12$Ls9tJrAhCUpzeDkDDhEN5uw/Epq5XwrvqXXXXXXXXXXXXXXXXXXXXXX', 'admin', NULL, 1, 'Rosa Ortega',
            '1980-02-03', 'rosa@example.org', '5550001', NULL, '2025-01-02 10:00:00', '2025-10-30 22:30:07.551676'),
        (2, 'Recepción 1', 'x', 'assistant', NULL, 1, NULL, NULL, NULL, NULL, NULL, '2025-01-02 10:00:00', NULL),
        (3, 'dalia', 'x', 'artist', 1, 1, 'Dalia Cruz Mora', NULL, NULL, NULL, '@dalia.ink', '2025-01-02 10:00:00', NULL),
        (4, 'luis', 'x', 'artist', 3, 0, NULL, NULL, NULL, NULL, NULL, '2025-01-02 10:00:00', NULL),
        (5, 'nueva', 'x', 'artist', NULL, 1, 'Nadia Sol', NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO clients (id, name, phone, email, notes, created_at, instagram, city, state, gender, birthdate,
            consent_image, emergency_name, emergency_relation, preferred_artist_id, health_allergies, health_obs, is_active)
        VALUES (1, 'Hermelinda García', '(917)639-3394', 'h@example.org', 'Prefiere tardes', '2025-03-01 18:35:59.838013',
            'herme', 'Hermosillo', 'Sonora', 'F', '1990-05-17', 1, 'Pedro', 'esposo', 1, 1, 'Níquel', 1),
        (2, 'Rodrigo Corona', NULL, NULL, NULL, '2025-03-02 18:35:59', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2,
            0, NULL, 1),
        (3, 'Cliente viejo', NULL, NULL, NULL, '2025-03-03', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, 0);
    INSERT INTO sessions VALUES
        (1, 1, 1, '2025-08-27 19:35:59.838872', '2025-08-27 21:35:59.838872', 'Completada', 600.0, 'Sin color', NULL),
        (2, 2, 1, '2025-08-28 12:00:00.000000', '2025-08-28 15:00:00.000000', 'Completada', 1200.1, NULL, 0.6),
        (3, 2, 2, '2025-09-01 12:00:00.000000', '2025-09-01 13:00:00.000000', 'Cancelada', 900.0, '[No-show] no llegó', NULL),
        (4, 1, 2, '2025-09-02 12:00:00.000000', '2025-09-02 13:00:00.000000', 'Cancelada', 900.0, NULL, NULL),
        (5, 1, 3, '2025-09-03 12:00:00.000000', '2025-09-03 13:00:00.000000', 'Activa', 500.0, NULL, NULL),
        (6, 1, 1, '2026-12-01 12:00:00.000000', '2026-12-01 14:00:00.000000', 'Activa', 3000.0, 'Brazo', NULL),
        (7, 2, 2, '2026-12-02 12:00:00.000000', '2026-12-02 14:00:00.000000', 'En espera', 800.0, NULL, NULL);
    INSERT INTO transactions VALUES
        (1, 1, 1, 600.0, 'Tarjeta', '', '2025-08-27 21:35:59.838872', 330.0, 0, NULL, NULL),
        (2, 2, 1, 1200.1, 'Efectivo', '', '2025-08-28 15:00:00.000000', 720.06, 0, NULL, NULL),
        (3, NULL, 2, 350.5, 'Transferencia', 'Playeras', '2025-09-05 10:00:00.000000', NULL, 0, NULL, NULL),
        (4, 6, 1, 500.0, 'Efectivo', 'Anticipo', '2026-11-01 10:00:00.000000', NULL, 0, NULL, NULL),
        (5, 1, 1, 99.0, 'Tarjeta', '', '2025-08-29 10:00:00.000000', NULL, 1, NULL, NULL);
    INSERT INTO products VALUES
        (1, 'Tinta Negra', 'Tinta', 180.0, 12, 5, 'TIN-01', 'pieza', 1, 'Eternal', 1, '2027-01-01'),
        (2, 'Guantes', 'Insumo', 90.0, 50, 20, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, 'Agujas 5RL', 'Agujas', 150.0, 0, 10, 'TIN-01', 'caja', 0, NULL, 0, NULL);
    INSERT INTO portfolio_items (id, path, created_at) VALUES (1, 'C:\TattoStudio\assets\uploads\a.png', '2025-10-16');
    INSERT INTO settings VALUES ('theme', 'dark'), ('lang', 'es');
"#;

/// The first version: fewer tables' columns, and one transaction a session at most.
const OLDEST: &str = r#"
    CREATE TABLE artists (id INTEGER PRIMARY KEY, name VARCHAR(120), rate_commission FLOAT, active BOOLEAN);
    CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR(60), role VARCHAR(20), password_hash VARCHAR(200));
    CREATE TABLE clients (id INTEGER PRIMARY KEY, name VARCHAR(120), phone VARCHAR(40), email VARCHAR(120), notes TEXT,
        created_at DATETIME);
    CREATE TABLE products (id INTEGER PRIMARY KEY, name VARCHAR(120), category VARCHAR(60), cost FLOAT, stock INTEGER,
        min_stock INTEGER);
    CREATE TABLE sessions (id INTEGER PRIMARY KEY, client_id INTEGER, artist_id INTEGER, start DATETIME, "end" DATETIME,
        status VARCHAR(10), price FLOAT, notes TEXT);
    CREATE TABLE transactions (id INTEGER PRIMARY KEY, session_id INTEGER UNIQUE, artist_id INTEGER, amount FLOAT,
        method VARCHAR(30), date DATETIME);
    INSERT INTO artists VALUES (1, 'Dalia Cruz', 0.5, 1);
    INSERT INTO users VALUES (1, 'jefa', 'admin', 'x');
    INSERT INTO clients VALUES (1, 'Ana', '5551', NULL, NULL, '2024-02-01 10:00:00');
    INSERT INTO sessions VALUES (1, 1, 1, '2024-02-03 10:00', '2024-02-03 12:00', 'Completada', 1000, NULL);
    INSERT INTO transactions VALUES (1, 1, 1, 1000.0, 'Efectivo', '2024-02-03 12:00');
    INSERT INTO products VALUES (1, 'Tinta', NULL, 12.345, 3, 1);
"#;

/// A copy that somebody translated, with dates as people write them and amounts as text.
const RENAMED: &str = r#"
    CREATE TABLE artistas (id INTEGER PRIMARY KEY, nombre TEXT, comision TEXT, activo TEXT);
    CREATE TABLE usuarios (id INTEGER PRIMARY KEY, usuario TEXT, rol TEXT, artista_id INTEGER, activo TEXT);
    CREATE TABLE clientes (id INTEGER PRIMARY KEY, nombre TEXT, telefono TEXT, correo TEXT, notas TEXT, fecha_nacimiento TEXT);
    CREATE TABLE sesiones (id INTEGER PRIMARY KEY, cliente_id INTEGER, artista_id INTEGER, inicio TEXT, fin TEXT, estado TEXT,
        precio TEXT, notas TEXT);
    CREATE TABLE pagos (id INTEGER PRIMARY KEY, sesion_id INTEGER, artista_id INTEGER, monto TEXT, metodo TEXT, fecha TEXT,
        concepto TEXT);
    CREATE TABLE productos (id INTEGER PRIMARY KEY, codigo TEXT, nombre TEXT, costo TEXT, precio TEXT, existencia TEXT,
        minimo TEXT);
    INSERT INTO artistas VALUES (1, 'Dalia Cruz', '55%', 'Sí');
    INSERT INTO usuarios VALUES (1, 'jefa', 'Administrador', NULL, 'Sí'), (2, 'mesa', 'Recepción', NULL, 'No');
    INSERT INTO clientes VALUES (1, 'Ana', '5551', 'a@x.mx', 'Hola', '17/05/1990');
    INSERT INTO sesiones VALUES (1, 1, 1, '03/02/2024 10:00', '03/02/2024 12:00', 'completada', '$1,000.50', NULL);
    INSERT INTO pagos VALUES (1, 1, 1, '$1,000.50', 'efectivo', '03/02/2024 12:00', 'Pago final');
    INSERT INTO productos VALUES (1, 'P-1', 'Crema', '50', '120.5', '7', '2');
"#;

struct Move {
    home: tempfile::TempDir,
    desk: Desk,
    source: PathBuf,
    file: PathBuf,
}

impl Move {
    /// A database of these statements, and a desk to bring it to.
    fn of(sql: &[&str]) -> Move {
        let made = Move::to_bring();
        let db = Connection::open(&made.source).unwrap();
        for part in sql {
            db.execute_batch(part).unwrap();
        }
        made
    }

    fn to_bring() -> Move {
        let home = folder();
        std::fs::create_dir(home.path().join("there")).unwrap();
        let (source, file) = (home.path().join("there/tsm.db"), home.path().join("here/studio.inkpoint"));
        let desk = Desk::with(Place::under(&home.path().join("home")), tools(StillClock::new()));
        Move { home, desk, source, file }
    }

    fn there(&self) -> PathBuf {
        self.home.path().join("there")
    }

    fn go(&self) -> TsmImported {
        let before = bytes_in(&self.there());
        let made = import_tsm(&self.desk, &self.source, &self.file, &TsmOptions::default(), false).unwrap();
        assert_untouched(&self.there(), &before);
        self.nothing_left();
        adds_up(&made.report);
        let earned = self.count("SELECT coalesce(sum(amount), 0) FROM commissions");
        assert_eq!(sum(&made.report, TsmSumOf::Commission), earned, "the report says what the studio owes");
        made
    }

    fn refused(&self) -> Error {
        let before = bytes_in(&self.there());
        let refused =
            import_tsm(&self.desk, &self.source, &self.file, &TsmOptions::default(), false).unwrap_err();
        assert_untouched(&self.there(), &before);
        assert!(!self.file.exists(), "whole or not at all");
        self.nothing_left();
        refused
    }

    /// No part of what is begun stays, and no copy of anybody's data.
    fn nothing_left(&self) {
        let data = self.home.path().join("home/data");
        let left: Vec<_> =
            std::fs::read_dir(&data).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        assert!(left.is_empty(), "{left:?}");
        let here = std::fs::read_dir(self.home.path().join("here")).into_iter().flatten();
        let names: Vec<_> = here.map(|entry| entry.unwrap().file_name()).collect();
        assert!(names.iter().all(|name| name == "studio.inkpoint"), "{names:?}");
    }

    fn raw(&self) -> Connection {
        Connection::open(&self.file).unwrap()
    }

    /// The source's application id.
    fn mark(&self) -> i64 {
        let db = Connection::open(&self.source).unwrap();
        db.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        self.raw().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn text(&self, sql: &str) -> String {
        self.raw().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// The new studio, opened as its owner: past the password that was shown once.
    fn owner(&self, made: &TsmImported) -> Desk {
        self.owner_at(made, StillClock::new())
    }

    fn owner_at(&self, made: &TsmImported, clock: Arc<StillClock>) -> Desk {
        let desk = Desk::with(Place::under(&self.home.path().join("owner")), tools(clock));
        desk.open(&self.file).unwrap();
        let owner = made.accounts.iter().find(|account| account.username == made.report.owner).unwrap();
        let given = owner.password.as_deref().unwrap();
        let me = done(&desk, "session.sign_in", json!({"username": owner.username, "password": given}));
        assert_eq!(me["must_change_password"], true, "T087");
        done(&desk, "session.change_password", json!({"current": given, "new": "Violet-Stencil-9"}));
        desk
    }
}

fn base64_of(file: &std::path::Path) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(std::fs::read(file).unwrap())
}

fn done(desk: &Desk, command: &str, args: Value) -> Value {
    ask(desk, command, Some(&fresh_key()), args).unwrap_or_else(|fault| panic!("{command}: {fault}"))
}

/// Rows in are rows out, table by table, and so is the money.
fn adds_up(report: &TsmReport) {
    for table in &report.tables {
        assert_eq!(table.rows, table.imported + table.left_out, "{}", table.table);
        assert!(table.changed <= table.imported, "{}", table.table);
        let left: i64 = table.counts.iter().filter(|count| count.left_out).map(|count| count.rows).sum();
        assert_eq!(left, table.left_out, "{}: one reason each", table.table);
    }
    let exact = |text: &str| -> i128 {
        let (sign, body) = text.strip_prefix('-').map_or((1, text), |body| (-1, body));
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        sign * format!("{whole}{fraction:0<8}").parse::<i128>().unwrap()
    };
    for sum in &report.sums {
        let imported = i128::from(sum.imported.minor()) * 1_000_000;
        assert_eq!(
            exact(&sum.there) + i128::from(sum.reckoned.minor()) * 1_000_000,
            imported + exact(&sum.left_out) + exact(&sum.rounding),
            "{:?}: {} {} {} {}",
            sum.of,
            sum.there,
            sum.imported.minor(),
            sum.left_out,
            sum.rounding
        );
    }
}

fn table<'a>(report: &'a TsmReport, name: &str) -> &'a inkpoint_core::TsmTable {
    report.tables.iter().find(|table| table.table == name).unwrap()
}

fn sum(report: &TsmReport, of: TsmSumOf) -> i64 {
    report.sums.iter().find(|sum| sum.of == of).map_or(0, |sum| sum.imported.minor())
}

/// How many rows of a table this was done to.
fn times(report: &TsmReport, name: &str, reason: TsmReason) -> i64 {
    table(report, name).counts.iter().filter(|count| count.reason == reason).map(|count| count.rows).sum()
}

fn assert_verified(made: &Move) {
    let desk = Desk::with(Place::under(&made.home.path().join("verify")), tools(StillClock::new()));
    desk.open(&made.file).unwrap();
    let report = desk.verify().unwrap();
    assert!(report.holds(), "{:?}", report.problems);
}

#[test]
fn a_studio_comes_over_with_everything_it_has() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let made = studio.go();
    let report = &made.report;
    assert_verified(&studio);
    for (name, rows, imported) in [
        ("users", 5, 5),
        ("artists", 3, 3),
        ("clients", 3, 3),
        ("sessions", 7, 7),
        ("transactions", 5, 4),
        ("products", 3, 3),
        ("portfolio_items", 1, 0),
    ] {
        let found = table(report, name);
        assert_eq!((found.rows, found.imported), (rows, imported), "{name}");
    }
    assert_eq!(
        report.others.iter().map(|other| (other.table.as_str(), other.rows)).collect::<Vec<_>>(),
        [("settings", 2)]
    );
    assert_eq!(sum(report, TsmSumOf::Payments), 60_000 + 120_010 + 35_050 + 50_000);
    assert_eq!(sum(report, TsmSumOf::Cash), 120_010 + 50_000);
    assert_eq!(sum(report, TsmSumOf::Commission), 33_000 + 72_006 + 17_525);
    assert_eq!(times(report, "transactions", TsmReason::CommissionReckoned), 1, "it stood nowhere");
    assert_eq!(times(report, "transactions", TsmReason::Deleted), 1);
    assert_eq!(times(report, "transactions", TsmReason::Deposit), 1);
    assert_eq!(times(report, "sessions", TsmReason::OnHold), 1);
    assert_eq!((report.open_visits, report.overlaps), (1, 0));

    // The people: the first administrator owns it, everybody gets a password to change, who was inactive is archived.
    assert_eq!((report.owner.as_str(), report.owner_made), ("admin", false));
    let roles = "SELECT group_concat(username || ':' || role || ':' || active || ':' || must_change, ' ')
        FROM (SELECT * FROM members ORDER BY username)";
    assert_eq!(
        studio.text(roles),
        "admin:owner:1:1 dalia:artist:1:1 luis:artist:0:1 nueva:artist:1:1 recepcion.1:assistant:1:1"
    );
    assert_eq!(studio.count("SELECT count(*) FROM members WHERE password_hash LIKE '%Ls9tJrAh%'"), 0);
    assert_eq!(made.accounts.iter().filter(|account| account.password.is_some()).count(), 4);
    let linked =
        "SELECT group_concat(m.username || ':' || a.name || ':' || a.commission_bp || ':' || a.active, ' ')
        FROM (SELECT * FROM members ORDER BY username) m JOIN artists a ON a.id = m.artist_id";
    assert_eq!(studio.text(linked), "dalia:Dalia Cruz:5500:1 luis:Luis Prado:4500:0 nueva:Nadia Sol:5000:1");
    assert_eq!(
        studio.count("SELECT count(*) FROM artists WHERE name = 'Karla Vega'"),
        1,
        "without an account"
    );

    // The clients, with their health where everybody sees it.
    let told =
        "SELECT alerts || '|' || preferences || '|' || address || '|' || birth_date || '|' || emergency_name
        FROM clients WHERE name = 'Hermelinda García'";
    assert_eq!(
        studio.text(told),
        "Alergias\nNíquel|Prefiere tardes\nGénero: F\nMarcado en Tattoo Studio Manager: permite imágenes|Hermosillo, Sonora\
         |1990-05-17|Pedro (esposo)"
    );
    assert_eq!(studio.count("SELECT count(*) FROM clients WHERE archived_at IS NOT NULL"), 1);
    assert_eq!(
        studio.count("SELECT count(*) FROM clients WHERE created_at = 1740875759838"),
        1,
        "on the studio's clock"
    );

    // The visits in their states; what paid for them; the deposit that waits.
    let states = "SELECT group_concat(status || ':' || (paid_by IS NOT NULL), ' ')
        FROM (SELECT * FROM appointments ORDER BY starts_at)";
    assert_eq!(
        studio.text(states),
        "completed:1 completed:1 no_show:0 cancelled:0 booked:0 booked:0 booked:0"
    );
    assert_eq!(studio.count("SELECT left_over FROM deposits_now WHERE state = 'held'"), 50_000);

    // The stock.
    let items = "SELECT group_concat(sku || ':' || cost || ':' || (SELECT coalesce(sum(quantity), 0) FROM stock_moves m
        WHERE m.item_id = i.id), ' ') FROM (SELECT * FROM items ORDER BY name) i";
    assert_eq!(studio.text(items), "TIN-01-2:15000:0 TSM-2:9000:50 TIN-01:18000:12");
}

#[test]
fn its_money_stands_on_the_day_it_was_paid_in_reports_commission_and_one_z() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let made = studio.go();
    let owner = studio.owner(&made);
    let day = |day: &str| {
        let report = done(&owner, "reports.summary", json!({"from": day, "to": day}));
        report["total"].clone()
    };
    assert_eq!(day("2025-08-27"), 60_000);
    assert_eq!(day("2025-08-28"), 120_010);
    assert_eq!(day("2025-09-05"), 35_050);
    assert_eq!(day("2025-08-29"), 0, "deleted there");
    let listed = done(&owner, "reports.transactions", json!({"from": "2025-08-01", "to": "2025-09-30"}));
    assert_eq!(listed.as_array().unwrap().len(), 3);
    // One drawer was open for all of it and is closed: what comes next is the studio's first own Z.
    let z = done(&owner, "reports.z_reports", json!({}));
    assert_eq!(z.as_array().unwrap().len(), 1);
    let first = done(&owner, "reports.z_report", json!({"z": 1}));
    assert_eq!((&first["counted"], &first["difference"]), (&json!(170_010), &json!(0)));
    assert!(done(&owner, "till.drawer", json!({}))["open"].is_null());
    // Commission to the cent as it was reckoned there; where it was not, by the artist's share.
    let owed = done(&owner, "payouts.owed", json!({}));
    let of = |name: &str| {
        let artist = owed.as_array().unwrap().iter().find(|owed| owed["name"] == name).unwrap();
        artist["commission"].as_i64().unwrap()
    };
    assert_eq!(of("Dalia Cruz"), 33_000 + 72_006);
    assert_eq!(of("Karla Vega"), 17_525);
    // A new sale goes on where the history ends.
    done(&owner, "till.open_session", json!({"float": 0}));
    let artist = studio.text("SELECT id FROM artists WHERE name = 'Dalia Cruz'");
    let service = studio.text("SELECT id FROM services WHERE name = 'Tatuaje'");
    let sold = done(
        &owner,
        "till.sell",
        json!({"lines": [{"service_id": service, "artist_id": artist, "unit_price": 100}],
            "tenders": [{"tender": "cash", "amount": 100}]}),
    );
    assert_eq!(sold["receipt"], 5, "after three sales and a deposit");
    drop(owner);
    assert_verified(&studio);
}

/// The studio with these transactions: id, session, artist, amount, method, date, commission.
fn paid(rows: &[&str]) -> Move {
    paid_as("FLOAT", rows)
}

/// With amounts in a column of another type.
fn paid_as(kind: &str, rows: &[&str]) -> Move {
    let rows: Vec<String> = rows.iter().map(|row| format!("({row})")).collect();
    let columns = "id, session_id, artist_id, amount, method, date, commission_amount, deleted_flag";
    let loose = NEWEST.replace(" NOT NULL", "").replace("amount FLOAT", &format!("amount {kind}"));
    let sql =
        format!("DELETE FROM transactions; INSERT INTO transactions ({columns}) VALUES {};", rows.join(", "));
    Move::of(&[&loose, STUDIO, &sql])
}

/// There, reckoned here, here and left out, in cents.
fn commission(report: &TsmReport) -> (String, i64, i64, String) {
    let sum = report.sums.iter().find(|sum| sum.of == TsmSumOf::Commission).unwrap();
    (sum.there.clone(), sum.reckoned.minor(), sum.imported.minor(), sum.left_out.clone())
}

/// The reasons that a row was given.
fn reasons(report: &TsmReport, row: &str) -> Vec<TsmReason> {
    let remarks = report.remarks.iter();
    let of_it = remarks.filter(|remark| remark.table == "transactions" && remark.row == row);
    of_it.map(|remark| remark.reason).collect()
}

#[test]
fn commission_is_accounted_for_to_the_cent_and_is_what_the_studio_owes() {
    use TsmReason::*;
    let sold = "1, 1, 1, 600, 'Tarjeta', '2025-08-27 21:00:00', 330, 0";
    let refund =
        |commission: &str| format!("3, 1, 1, -300, 'Tarjeta', '2025-08-28 22:00:00', {commission}, 0");
    let text = |there: &str, reckoned: i64, here: i64| (there.to_owned(), reckoned, here, "0.00".to_owned());
    for (stood, said, why) in [
        ("NULL", text("330.00", -16_500, 16_500), vec![Refunded, CommissionReckoned]),
        ("-165", text("165.00", 0, 16_500), vec![Refunded]),
        ("-100", text("230.00", -6_500, 16_500), vec![Refunded, CommissionReckoned]),
        ("165", text("495.00", -33_000, 16_500), vec![Refunded, CommissionReckoned]),
        ("-165.004", text("164.996", 0, 16_500), vec![Refunded, Rounded]),
    ] {
        let studio = paid(&[sold, &refund(stood)]);
        let made = studio.go();
        assert_eq!(commission(&made.report), said, "{stood}");
        assert_eq!(reasons(&made.report, "3"), why, "{stood}");
        assert_eq!(done(&studio.owner(&made), "payouts.owed", json!({}))[0]["commission"], 16_500);
        assert_verified(&studio);
    }
    // On a deposit it is earned later, and without an artist by nobody: it stays behind, and says so.
    let studio = paid(&[
        "4, 6, 1, 500, 'Efectivo', '2026-11-01 10:00:00', 275, 0",
        "5, 6, 1, -200, 'Efectivo', '2026-11-02 10:00:00', -110, 0",
        "6, NULL, NULL, 80, 'Efectivo', '2026-11-02 10:00:00', 40, 0",
    ]);
    let made = studio.go();
    assert_eq!(commission(&made.report), ("205.00".to_owned(), 0, 0, "205.00".to_owned()));
    assert_eq!(reasons(&made.report, "4"), [Deposit, CommissionLater]);
    assert_eq!(reasons(&made.report, "5"), [DepositReturned, CommissionLater]);
    assert_eq!(reasons(&made.report, "6"), [CommissionOfNobody]);
    assert_verified(&studio);
}

#[test]
fn what_was_really_paid_can_be_given_back_and_nothing_else() {
    use TsmReason::*;
    let held = "SELECT coalesce(sum(left_over), 0) FROM deposits_now";
    // The rows; why the last of them; all payments in cents; what is still held.
    let cases: [(&[&str], Vec<TsmReason>, i64, i64); 12] = [
        // Larger than any one receipt, and in cash that did not come in.
        (
            &[
                "1, 1, 1, 300, 'Tarjeta', '2025-08-27 21:00:00', NULL, 0",
                "2, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', NULL, 0",
                "3, 1, 1, -500, 'Efectivo', '2025-08-28 22:00:00', NULL, 0",
            ],
            vec![Refunded, CommissionReckoned],
            10_000,
            0,
        ),
        // A deposit, whole and in part.
        (
            &[
                "1, 6, 1, 500, 'Efectivo', '2026-11-01 10:00:00', NULL, 0",
                "2, 6, 1, -500, 'Efectivo', '2026-11-02 10:00:00', NULL, 0",
            ],
            vec![DepositReturned],
            0,
            0,
        ),
        (
            &[
                "1, 6, 1, 500, 'Efectivo', '2026-11-01 10:00:00', NULL, 0",
                "2, 6, 1, -200, 'Tarjeta', '2026-11-02 10:00:00', NULL, 0",
            ],
            vec![DepositReturned],
            30_000,
            30_000,
        ),
        // Written on the same day before the payment.
        (
            &[
                "2, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', NULL, 0",
                "1, 1, 1, -100, 'Tarjeta', '2025-08-27', NULL, 0",
            ],
            vec![Refunded, RefundMoved, CommissionReckoned],
            20_000,
            0,
        ),
        // More than its visit brought in, but not more than the client paid.
        (
            &[
                "1, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', 0, 0",
                "2, 6, 1, 200, 'Efectivo', '2026-11-01 22:00:00', 0, 0",
                "3, 1, 1, -400, 'Efectivo', '2026-11-02 22:00:00', 0, 0",
            ],
            vec![Refunded, DepositReturned, RefundElsewhere],
            10_000,
            10_000,
        ),
        // Without a visit, as what was sold without one.
        (
            &[
                "1, NULL, 2, 350.5, 'Transferencia', '2025-09-05 10:00:00', 0, 0",
                "2, NULL, 2, -50.5, 'Tarjeta', '2025-09-06 10:00:00', 0, 0",
            ],
            vec![Refunded],
            30_000,
            0,
        ),
        // More than was ever paid: another client's money is not theirs.
        (
            &[
                "1, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', 0, 0",
                "2, 2, 1, 900, 'Efectivo', '2025-08-28 22:00:00', 0, 0",
                "3, 1, 1, -300.01, 'Efectivo', '2025-08-29 22:00:00', 0, 0",
            ],
            vec![NothingToRefund],
            120_000,
            0,
        ),
        // What was given back is not given back again.
        (
            &[
                "1, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', 0, 0",
                "2, 1, 1, -300, 'Efectivo', '2025-08-28 22:00:00', 0, 0",
                "3, 1, 1, -0.01, 'Efectivo', '2025-08-29 22:00:00', 0, 0",
            ],
            vec![NothingToRefund],
            0,
            0,
        ),
        // The receipt that is large enough, not the newest.
        (
            &[
                "1, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', 0, 0",
                "2, 1, 1, 100, 'Efectivo', '2025-08-28 22:00:00', 0, 0",
                "3, 1, 1, -300, 'Efectivo', '2025-08-29 22:00:00', 0, 0",
            ],
            vec![Refunded],
            10_000,
            0,
        ),
        // What another visit has a right to is not taken away by a refund that is too large for its own.
        (
            &[
                "1, 1, 1, 600, 'Tarjeta', '2025-08-27 22:00:00', 0, 0",
                "2, 1, 1, -700, 'Efectivo', '2025-08-28 22:00:00', 0, 0",
                "3, 6, 1, 500, 'Efectivo', '2026-11-01 22:00:00', 0, 0",
                "4, 6, 1, -500, 'Efectivo', '2026-11-02 22:00:00', 0, 0",
            ],
            vec![DepositReturned],
            60_000,
            0,
        ),
        // Under another artist: the one who earned it gives it back.
        (
            &[
                "1, 1, 1, 300, 'Tarjeta', '2025-08-27 22:00:00', 0, 0",
                "2, 1, 2, -100, 'Tarjeta', '2025-08-28 22:00:00', 0, 0",
            ],
            vec![Refunded, RefundArtist],
            20_000,
            0,
        ),
        // Deleted payments are no money.
        (
            &[
                "1, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', 0, 1",
                "2, 1, 1, -300, 'Efectivo', '2025-08-28 22:00:00', 0, 0",
            ],
            vec![NothingToRefund],
            0,
            0,
        ),
    ];
    for (rows, why, payments, still) in cases {
        let studio = paid(rows);
        let made = studio.go();
        let last = rows.last().unwrap().split(',').next().unwrap();
        assert_eq!(reasons(&made.report, last), why, "{rows:?}");
        assert_eq!(sum(&made.report, TsmSumOf::Payments), payments, "{rows:?}");
        assert_eq!(studio.count(held), still, "{rows:?}");
        assert_verified(&studio);
        let z = studio.count("SELECT coalesce(sum(difference), 0) FROM drawer_closings");
        assert_eq!(z, 0, "{rows:?}");
    }
    // Newest first: of the two receipts the second is given back whole, the first in part.
    let studio = paid(&[
        "1, 1, 1, 300, 'Tarjeta', '2025-08-27 21:00:00', 0, 0",
        "2, 1, 1, 300, 'Efectivo', '2025-08-27 22:00:00', 0, 0",
        "3, 1, 1, -500, 'Efectivo', '2025-08-28 22:00:00', 0, 0",
    ]);
    studio.go();
    let back = "SELECT group_concat(o.receipt || ':' || r.total, ' ') FROM
        (SELECT * FROM sales WHERE kind = 'refund' ORDER BY receipt) r JOIN sales o ON o.id = r.original_id";
    assert_eq!(studio.text(back), "2:-30000 1:-20000");
}

#[test]
fn an_old_version_comes_over_with_what_it_has() {
    let studio = Move::of(&[OLDEST]);
    let made = studio.go();
    assert_verified(&studio);
    let report = &made.report;
    assert!(!table(report, "portfolio_items").there);
    assert!(table(report, "clients").missing.contains(&"birthdate".to_owned()));
    assert!(table(report, "users").missing.contains(&"is_active".to_owned()));
    assert_eq!(sum(report, TsmSumOf::Cash), 100_000);
    assert_eq!(times(report, "products", TsmReason::Rounded), 1);
    assert_eq!(studio.count("SELECT cost FROM items"), 1_235);
    assert_eq!(studio.count("SELECT sum(amount) FROM commissions"), 50_000, "half, as that program had it");
    assert_eq!(report.owner, "jefa");
}

#[test]
fn renamed_tables_and_columns_are_found_and_dates_and_amounts_read() {
    let studio = Move::of(&[RENAMED]);
    let made = studio.go();
    assert_verified(&studio);
    let report = &made.report;
    assert_eq!(report.others.len(), 0);
    assert_eq!(sum(report, TsmSumOf::Cash), 100_050);
    assert_eq!(times(report, "transactions", TsmReason::NumberAsText), 1);
    assert_eq!(studio.text("SELECT label FROM sale_lines"), "Pago final");
    assert_eq!(studio.text("SELECT birth_date FROM clients"), "1990-05-17");
    assert_eq!(studio.count("SELECT commission_bp FROM artists"), 5_500);
    assert_eq!(studio.count("SELECT price FROM items WHERE for_sale = 1"), 12_050);
    assert_eq!(studio.count("SELECT count(*) FROM members WHERE active = 0 AND role = 'assistant'"), 1);
    assert_eq!(
        studio.count("SELECT starts_at FROM appointments"),
        1_706_976_000_000,
        "3 February, not 2 March"
    );
}

#[test]
fn dirty_rows_are_changed_or_left_out_and_each_says_why() {
    // Without types, keys and rules, as an old database may have become.
    let loose = NEWEST
        .replace(" NOT NULL", "")
        .replace("PRIMARY KEY (id), UNIQUE (username)", "UNIQUE (username)")
        .replace(", PRIMARY KEY (id)", "")
        .replace("id INTEGER PRIMARY KEY", "id INTEGER");
    let huge = "x".repeat(300_000);
    let dirty = format!(
        r#"
        INSERT INTO artists VALUES (1, 'Dalia', 55, 1), (1, 'Dalia again', 0.5, 1), (2, NULL, 'lots', 1),
            ('three', 'Text id', NULL, 'yes');
        INSERT INTO users (id, username, role, artist_id, is_active) VALUES
            (1, 'ÁÑ', 'admin', NULL, 0), (2, '', 'assistant', 1, 1), (3, 'x', 'superuser', NULL, 1),
            (4, 'a b', 'artist', 99, 1), (5, 'a.b', 'artist', 1, 1), (6, 'second', 'artist', 1, 1),
            (7, 'ops', 'Operator', NULL, 1), (8, 'caja', 'Cajero', NULL, 1), (9, 'fd', 'Front Desk', NULL, 1),
            (10, 'st', 'staff', NULL, 1);
        INSERT INTO clients (id, name, phone, created_at, birthdate, preferred_artist_id, notes) VALUES
            (1, '  ', NULL, 'yesterday', '1990-02-31', 77, '{huge}'),
            (2, 'Ana' || char(0) || char(8238) || 'B', 5551, '2030-01-01', NULL, NULL, NULL),
            (2, 'Ana twice', NULL, NULL, NULL, NULL, NULL),
            (NULL, 'No id', x'00ff', NULL, NULL, NULL, NULL);
        INSERT INTO sessions (id, client_id, artist_id, start, "end", status, price) VALUES
            (1, 2, 1, '2025-01-01 10:00', '2025-01-01 09:00', 'Completada', 100),
            (2, 404, 405, '2025-01-02 10:00', '2025-01-05 10:00', 'Quién sabe', -5),
            (3, NULL, NULL, '2025-01-03 10:00', NULL, 'completada', 'gratis'),
            (4, 2, 1, 'never', 'never', 'Activa', 100),
            (5, 2, 1, '2030-01-01 10:00', '2030-01-01 11:00', 'Completada', 1e300),
            (5, 2, 1, '2025-01-01 10:00', '2025-01-01 11:00', 'Activa', 12.5);
        INSERT INTO transactions (id, session_id, artist_id, amount, method, date, commission_amount, deleted_flag) VALUES
            (1, 1, 1, 100.005, 'Efectivo', '2025-01-01 10:30', 1000, 0),
            (2, 1, 1, -40, 'Efectivo', '2025-01-01 11:30', NULL, 0),
            (3, 1, 1, -400, 'Efectivo', '2025-01-01 12:30', NULL, 0),
            (4, 404, 2, 10, 'Bitcoin', '2025-01-01 12:30', NULL, 0),
            (5, 2, NULL, 20, 'Tarjeta', 'nunca', NULL, 0),
            (6, NULL, 406, 30, 'Transferencia', '2030-01-01', -1, 0),
            (7, NULL, 1, 9e999, 'Efectivo', '2025-01-01', NULL, 0),
            (8, NULL, 1, NULL, 'Efectivo', '2025-01-01', NULL, 0),
            (9, NULL, 1, 0.001, 'Efectivo', '2025-01-01', NULL, 0),
            (10, NULL, 1, 1e15, 'Efectivo', '2025-01-01', NULL, 0),
            (11, NULL, 1, 50, 'Efectivo', 'nunca', NULL, 0),
            (12, 4, 1, 60, 'Efectivo', '2025-01-04 10:00', NULL, 0),
            (12, 4, 1, 60, 'Efectivo', '2025-01-04 10:00', NULL, 0),
            (13, NULL, 1, 'free', 'Efectivo', '2025-01-04', NULL, 0),
            (14, NULL, 1, 1e-320, 'Efectivo', '2025-01-04', NULL, 0),
            (15, NULL, 1, '2 x 500', 'Efectivo', '2025-01-04', NULL, 0),
            (16, NULL, 1, '1.5k', 'Efectivo', '2025-01-04', NULL, 0);
        INSERT INTO products (id, name, cost, stock, min_stock, sku) VALUES
            (1, 'Tinta', -1, -5, 1, '  '), (2, NULL, 'NaN', 2.5, 'few', 'A'), (3, 'Otra', 1, 99999999999, NULL, 'A'),
            (4, 'Otra más', 1, 1, 1, 'a');
        CREATE VIEW everybody AS SELECT * FROM clients;
        CREATE TRIGGER harm AFTER INSERT ON clients BEGIN DELETE FROM clients; END;
        "#
    );
    let studio = Move::of(&[&loose, &dirty]);
    let made = studio.go();
    assert_verified(&studio);
    let report = &made.report;
    use TsmReason::*;
    for (name, reason, rows) in [
        ("artists", Twice, 1),
        ("artists", NoName, 1),
        ("artists", NumberUnread, 1),
        ("users", RoleUnknown, 2),
        ("users", DeskRole, 3),
        ("users", UsernameChanged, 4),
        ("users", ProfileDropped, 1),
        ("users", ProfileMade, 2),
        ("clients", Twice, 1),
        ("clients", NoName, 1),
        ("clients", TextCut, 3),
        ("clients", LinkMissing, 1),
        ("clients", DateUnread, 1),
        ("clients", DateAhead, 1),
        ("sessions", Twice, 1),
        ("sessions", LinkMissing, 2),
        ("sessions", LengthChanged, 4),
        ("sessions", StateUnknown, 1),
        ("transactions", Rounded, 1),
        ("transactions", CommissionLimited, 2),
        ("transactions", Refunded, 1),
        ("transactions", NothingToRefund, 1),
        ("transactions", TenderUnknown, 1),
        ("transactions", NotMoney, 5),
        ("transactions", TooMuch, 1),
        ("transactions", NothingPaid, 2),
        ("transactions", NoDate, 1),
        ("transactions", Twice, 1),
        ("transactions", DateUnread, 1),
        ("transactions", DateAhead, 1),
        ("products", SkuChanged, 3),
    ] {
        assert_eq!(times(report, name, reason), rows, "{name} {reason:?}");
    }
    assert!(report.owner_made, "the only administrator was inactive");
    assert_eq!(sum(report, TsmSumOf::Cash), 10_001 - 4_000 + 6_000);
    assert_eq!(sum(report, TsmSumOf::Transfer), 1_000 + 3_000);
    assert_eq!(studio.count("SELECT count(*) FROM clients WHERE name LIKE 'Cliente sin ficha%'"), 2);
    assert_eq!(studio.count("SELECT max(length(preferences)) FROM clients"), 4_000);
    assert_eq!(studio.count("SELECT count(*) FROM clients WHERE name = 'AnaB'"), 1);
}

#[test]
fn what_has_gone_off_rests_or_is_oddly_written_comes_along_and_says_so() {
    let odd = r#"
        INSERT INTO products (id, name, cost, stock, min_stock, sku, activo, fechacaducidad) VALUES
            (1, 'Tinta vieja', 100, 7, 1, 'V', 1, '2020-01-01'),
            (2, 'Guantes', 90, 0, 5, 'G', 0, NULL),
            (3, 'Papel', 10, '12.0', '3.0', char(65279), 1, NULL),
            (4, 'Film', 10, ' 1,000 ', 'few', 'F', 1, NULL);
        INSERT INTO sessions VALUES (1, 1, 1e300, '15/01/2024, 10:00:00', '15/01/2024 12:00 p. m.', 'Completada', 500, NULL, NULL);
        INSERT INTO transactions (id, session_id, artist_id, amount, method, date, deleted_flag) VALUES
            (1, 1, 1, 500, 'Efectivo', '15/01/2024, 10:00:00', 0), (2, 1, 1, 300, 'Efectivo', '2024-01-16T10:00:00-0600', 0),
            (3, NULL, 1, 200, 'Efectivo', '2024-01-17 24:00', 0), (4, NULL, 1, 100, 'Tarjeta', '18-ene-2024', 0);
    "#;
    let studio = Move::of(&[NEWEST, "INSERT INTO artists VALUES (1, 'Dalia', 0.5, 1);", odd]);
    let made = studio.go();
    assert_verified(&studio);
    adds_up(&made.report);
    use TsmReason::*;
    for (name, reason, rows) in [
        ("products", NotUsed, 1),
        ("products", SkuChanged, 1),
        // The column itself made a number of "12.0".
        ("products", NumberAsText, 1),
        ("products", NumberUnread, 1),
        ("transactions", DateUnread, 1),
        ("transactions", NoDate, 0),
        ("sessions", DateUnread, 0),
    ] {
        assert_eq!(times(&made.report, name, reason), rows, "{name} {reason:?}");
    }
    assert_eq!(sum(&made.report, TsmSumOf::Payments), 110_000);
    assert_eq!(studio.text("SELECT expires FROM lots"), "2020-01-01");
    assert_eq!(
        studio.text("SELECT group_concat(active, '') FROM (SELECT active FROM items ORDER BY name)"),
        "1011"
    );
    assert_eq!(studio.count("SELECT sum(quantity) FROM stock_moves"), 7 + 12 + 1_000);
    // The code is as old as the move, not as the oldest payment (D06).
    let owner = studio.owner(&made);
    let state = done(&owner, "security.code_state", json!({}));
    assert_eq!(state["overdue"], false, "{state}");
}

#[test]
fn a_missing_table_is_no_hindrance_and_a_view_in_its_place_is_said() {
    for gone in ["artists", "clients", "users", "products"] {
        let studio = Move::of(&[NEWEST, STUDIO, &format!("DROP TABLE {gone};")]);
        let made = studio.go();
        assert_verified(&studio);
        adds_up(&made.report);
        assert!(!table(&made.report, gone).there);
        assert_eq!(sum(&made.report, TsmSumOf::Payments), 265_060, "{gone}");
    }
    for behind in ["transactions", "clients"] {
        let studio = Move::of(&[
            NEWEST,
            STUDIO,
            &format!("ALTER TABLE {behind} RENAME TO base; CREATE VIEW {behind} AS SELECT * FROM base;"),
        ]);
        assert!(matches!(studio.refused(), Error::NotAStudio("a view in the place of a table")), "{behind}");
        studio.nothing_left();
    }
    // By another of its names too.
    let view =
        "ALTER TABLE transactions RENAME TO tx_old; CREATE VIEW transacciones AS SELECT * FROM tx_old;";
    let studio = Move::of(&[NEWEST, STUDIO, view]);
    assert!(matches!(studio.refused(), Error::NotAStudio("a view in the place of a table")));
}

#[test]
fn attack_47_what_is_no_such_database_is_refused_and_nothing_is_touched() {
    let nothing = Move::to_bring();
    assert!(matches!(nothing.refused(), Error::NotFound { what: "source" }));
    for bytes in [&b""[..], b"S", b"SQLite format 3\0", &[0; 5_000], "no database ".repeat(999).as_bytes()] {
        let other = Move::to_bring();
        std::fs::write(&other.source, bytes).unwrap();
        let refused = other.refused();
        assert!(matches!(refused, Error::NotAStudio(_)), "{refused}");
    }
    let folder = Move::to_bring();
    std::fs::create_dir(&folder.source).unwrap();
    assert!(matches!(folder.refused(), Error::NotAStudio("a folder")));
    let other = Move::of(&["CREATE TABLE clients (id, name); CREATE TABLE invoices (id);"]);
    assert!(matches!(other.refused(), Error::NotAStudio(_)));
    // Tables that are somebody's program are not looked at.
    let program = Move::of(&[
        "CREATE TABLE a (id); CREATE VIEW clients AS SELECT id, randomblob(1000000000) AS name FROM a;
         CREATE VIEW sessions AS SELECT * FROM a; CREATE VIEW artists AS SELECT * FROM a;",
    ]);
    assert!(matches!(program.refused(), Error::NotAStudio(_)));
    // Somebody else's mark.
    let marked = Move::of(&[NEWEST, STUDIO, "PRAGMA application_id = 252006674"]);
    assert!(matches!(marked.refused(), Error::NotAStudio("another program's database")));
    // A studio of ours, which nobody brings over: its mark may still lie in its log alone.
    let ours = Move::of(&[NEWEST, STUDIO]);
    let made = ours.go();
    let taken = Move::to_bring();
    std::fs::copy(&made.file, &taken.source).unwrap();
    let is_ours = |refused: &Error| matches!(refused, Error::Invalid { field, reason: "already a studio of Inkpoint" } if field == "source");
    assert!(is_ours(&taken.refused()), "{}", taken.refused());
    let logged = Move::of(&[NEWEST, STUDIO]);
    let open = Connection::open(&logged.source).unwrap();
    let mark: i64 = taken.mark();
    open.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA application_id = {mark};"
    ))
    .unwrap();
    assert!(is_ours(&logged.refused()), "{}", logged.refused());
    drop(open);
    let args = json!({"base64": base64_of(&taken.source), "name": "X", "currency": "MXN",
        "zone": "America/Hermosillo"});
    for command in ["studio.import_tsm_preview", "studio.import_tsm"] {
        let fault = ask(&taken.desk, command, Some(&fresh_key()), args.clone()).unwrap_err();
        assert_eq!((&fault["code"], &fault["params"]["field"]), (&json!("invalid"), &json!("source")));
    }
    // Cut in the middle of its pages.
    let cut = Move::of(&[NEWEST, STUDIO]);
    let bytes = std::fs::read(&cut.source).unwrap();
    std::fs::write(&cut.source, &bytes[..bytes.len() / 3]).unwrap();
    assert!(matches!(cut.refused(), Error::NotAStudio("damaged")));
    // A file is there already.
    let taken = Move::of(&[NEWEST, STUDIO]);
    std::fs::create_dir_all(taken.file.parent().unwrap()).unwrap();
    std::fs::write(&taken.file, "theirs").unwrap();
    for trial in [false, true] {
        let refused = import_tsm(&taken.desk, &taken.source, &taken.file, &TsmOptions::default(), trial);
        assert!(matches!(refused, Err(Error::Conflict { reason: "file_exists" })));
    }
    assert_eq!(std::fs::read(&taken.file).unwrap(), b"theirs");
}

#[test]
fn what_a_write_ahead_log_still_holds_comes_along_and_an_unfinished_change_is_waited_for() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let open = Connection::open(&studio.source).unwrap();
    open.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
         INSERT INTO clients (id, name, created_at) VALUES (50, 'Only in the log', '2025-01-01 10:00');",
    )
    .unwrap();
    assert!(studio.there().join("tsm.db-wal").exists());
    let made = studio.go();
    assert_eq!(table(&made.report, "clients").rows, 4);
    drop(open);

    // A change that was begun, and a journal that was used up.
    let hot = Move::of(&[NEWEST, STUDIO]);
    let journal = hot.there().join("tsm.db-journal");
    std::fs::write(&journal, b"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7 half a change").unwrap();
    assert!(matches!(hot.refused(), Error::Conflict { reason: "source_not_closed" }));
    std::fs::write(&journal, [0; 512]).unwrap();
    assert_eq!(table(&hot.go().report, "clients").rows, 3);
}

#[test]
fn a028_no_review_is_asked_for_of_months_before_the_move() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let made = studio.go();
    let clock = StillClock::new();
    let owner = studio.owner_at(&made, clock.clone());
    let due = |desk: &Desk| done(desk, "session.whoami", json!({}))["reminders"]["review_due"].clone();
    assert_eq!(due(&owner), Value::Null, "there is money of October, and nobody's doings");
    // The month of the move itself is read like any other.
    clock.pass(15 * 24 * 60 * 60_000);
    let signed = json!({"username": made.report.owner, "password": "Violet-Stencil-9"});
    done(&owner, "session.sign_in", signed);
    assert_eq!(due(&owner), "2026-11");
}

#[test]
fn a_trial_says_what_would_come_of_it_and_leaves_nothing() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let tried = import_tsm(&studio.desk, &studio.source, &studio.file, &TsmOptions::default(), true).unwrap();
    assert!(!studio.file.exists() && tried.accounts.is_empty() && tried.master_code.is_empty());
    studio.nothing_left();
    let made = studio.go();
    let text = |report: &TsmReport| serde_json::to_string(report).unwrap();
    assert_eq!(text(&tried.report), text(&made.report));
}

#[test]
fn somebody_without_an_account_brings_a_studio_over_on_screen() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let args = json!({"base64": base64_of(&studio.source), "name": "Casa Dalia", "currency": "MXN", "zone": "America/Hermosillo",
        "language": "es-MX"});
    let tried = done(&studio.desk, "studio.import_tsm_preview", args.clone());
    assert_eq!((&tried["studio"], &tried["log_apart"]), (&json!("Casa Dalia"), &json!(false)));
    // One that writes its changes into a file beside it, which does not come along this way.
    rusqlite::Connection::open(&studio.source).unwrap().pragma_update(None, "journal_mode", "wal").unwrap();
    let mut beside = args.clone();
    beside["base64"] = json!(base64_of(&studio.source));
    assert_eq!(done(&studio.desk, "studio.import_tsm_preview", beside)["log_apart"], true);
    assert_eq!(done(&studio.desk, "desk.status", json!({}))["studios"], json!([]));
    let made = done(&studio.desk, "studio.import_tsm", args.clone());
    let status = done(&studio.desk, "desk.status", json!({}));
    assert_eq!(status["studio"]["settings"]["name"], "Casa Dalia");
    assert_eq!(status["studios"][0]["file"], made["file"]);
    let owner =
        made["accounts"].as_array().unwrap().iter().find(|account| account["role"] == "owner").unwrap();
    let signed = json!({"username": owner["username"], "password": owner["password"]});
    assert_eq!(done(&studio.desk, "session.sign_in", signed)["role"], "owner");
    // Shown once: the same key does not show it again.
    let code =
        |command: &str, args: Value| ask(&studio.desk, command, None, args).unwrap_err()["code"].clone();
    for (field, wrong) in
        [("zone", json!("Mars/Olympus")), ("currency", json!("pes")), ("base64", json!("?"))]
    {
        let mut args = args.clone();
        args[field] = wrong;
        assert_eq!(code("studio.import_tsm_preview", args.clone()), "invalid", "{field}");
        assert_eq!(code("studio.import_tsm", args), "invalid", "{field}");
    }
    let mut other = args;
    other["base64"] = json!("bm90IGEgZGF0YWJhc2U=");
    assert_eq!(code("studio.import_tsm", other), "not_a_studio");
}

#[test]
fn a_database_with_a_hole_in_it_is_refused_rather_than_read_in_part() {
    let many: String = (10..400)
        .map(|id| format!("INSERT INTO transactions VALUES ({id}, NULL, 1, 10, 'Efectivo', 'x', '2025-08-28', NULL, 0, NULL, NULL);"))
        .collect();
    let whole = Move::of(&[NEWEST, STUDIO, &many]);
    let bytes = std::fs::read(&whole.source).unwrap();
    let there =
        |made: &TsmImported| (sum(&made.report, TsmSumOf::Cash), table(&made.report, "transactions").rows);
    let right = there(&whole.go());
    let taken = |broken: &[u8]| {
        let studio = Move::of(&[]);
        std::fs::write(&studio.source, broken).unwrap();
        let made = import_tsm(&studio.desk, &studio.source, &studio.file, &TsmOptions::default(), false);
        studio.nothing_left();
        match made {
            Ok(made) => Some(there(&made)),
            Err(Error::NotAStudio(_)) => None,
            Err(error) => panic!("{error}"),
        }
    };
    let place = |part: usize| bytes.len() * part / 40;
    for part in 0..40 {
        assert_eq!(taken(&bytes[..place(part)]), None, "cut off after {} bytes", place(part));
    }
    let mut refused = 0;
    for part in 0..40 {
        let mut holed = bytes.clone();
        let end = (place(part) + 512).min(holed.len());
        holed[place(part)..end].fill(0);
        match taken(&holed) {
            Some(found) => assert_eq!(found, right, "a hole at {} where no row was", place(part)),
            None => refused += 1,
        }
    }
    assert!(refused > 10, "{refused}");
    // What its own rules say of a row loses nothing.
    let loose = NEWEST.replace("price FLOAT NOT NULL", "price FLOAT NOT NULL CHECK (price < 1000)");
    let studio = Move::of(&["PRAGMA ignore_check_constraints = ON", &loose, STUDIO]);
    assert_eq!(table(&studio.go().report, "sessions").imported, 7);
}

/// A payment of each amount as it is written, in a column of this type.
fn paid_by_card(kind: &str, amounts: &[&str]) -> Move {
    let row =
        |(at, amount): (usize, &&str)| format!("{at}, NULL, 1, {amount}, 'Tarjeta', '2025-08-28', NULL, 0");
    let rows: Vec<String> = amounts.iter().enumerate().map(row).collect();
    paid_as(kind, &rows.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn amounts_as_people_and_spreadsheets_write_them_are_never_a_thousand_times_as_much() {
    let amounts = [
        "'1,250.505'",
        "'1,250.500'",
        "'12,345.678'",
        "'1.250,505'",
        "'1250,505'",
        "'1,250,500'",
        "'1,25,0'",
    ];
    let studio = paid_by_card("FLOAT", &amounts);
    let made = studio.go();
    let sold = studio.text("SELECT group_concat(total) FROM (SELECT total FROM sales ORDER BY receipt)");
    assert_eq!(sold, "125051,125050,1234568,125051,125051,125050000");
    assert_eq!(times(&made.report, "transactions", TsmReason::NotMoney), 1);
    assert_eq!(times(&made.report, "transactions", TsmReason::Rounded), 4);
    // Money without decimals: what stands behind a point are thousands.
    let amounts = ["'12.500'", "'12500'", "'$12.500'", "'12,500'", "'12500.0'", "12500.4", "'1.250.000'"];
    let studio = paid_by_card("TEXT", &amounts);
    let options = TsmOptions { currency: "CLP".to_owned(), ..TsmOptions::default() };
    import_tsm(&studio.desk, &studio.source, &studio.file, &options, false).unwrap();
    let sold = studio.text("SELECT group_concat(total) FROM (SELECT total FROM sales ORDER BY receipt)");
    assert_eq!(sold, "12500,12500,12500,12500,12500,12500,1250000");
}

#[test]
fn years_of_cash_that_one_count_cannot_hold_go_to_the_safe_and_back() {
    let mut rows: Vec<String> =
        (0..60).map(|at| format!("{at}, {at}, 1, 900000000, 'Efectivo', '2025-08-28', NULL, 0")).collect();
    // Given back one by one, until more than the drawer was left with is needed.
    rows.extend(
        (0..58).map(|at| format!("{}, {at}, 1, -900000000, 'Efectivo', '2025-09-28', NULL, 0", at + 100)),
    );
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let studio = paid(&rows);
    let made = studio.go();
    assert_eq!(sum(&made.report, TsmSumOf::Cash), 2 * 90_000_000_000);
    assert!(studio.count("SELECT count(*) FROM cash_moves WHERE direction = 'drop'") > 0);
    assert!(studio.count("SELECT count(*) FROM cash_moves WHERE direction = 'in'") > 0);
    assert_eq!(studio.count("SELECT sum(difference) FROM drawer_closings"), 0);
    assert_verified(&studio);
}

#[test]
fn what_stands_where_a_yes_or_a_number_is_meant_is_kept_or_told() {
    let untyped = NEWEST
        .replace(" NOT NULL", "")
        .replace("notes TEXT", "notes")
        .replace("health_allergies INTEGER", "health_allergies");
    let odd = r#"
        UPDATE clients SET health_allergies = 'Penicilina', consent_image = 'firmado', birthdate = '2030-01-01' WHERE id = 1;
        UPDATE clients SET is_active = 'baja' WHERE id = 2;
        UPDATE clients SET is_active = 'quizás' WHERE id = 3;
        UPDATE users SET is_active = 'disabled' WHERE id = 2;
        UPDATE users SET is_active = 'hm' WHERE id = 3;
        UPDATE artists SET active = 'inactiva' WHERE id = 2;
        UPDATE sessions SET notes = 12345, status = 'CANCELADO' WHERE id = 6;
        UPDATE sessions SET notes = x'ff00ff', status = 'Realizada' WHERE id = 1;
        UPDATE sessions SET status = 'No_Show' WHERE id = 2;
        UPDATE transactions SET deleted_flag = 'eliminado' WHERE id = 1;
        UPDATE transactions SET deleted_flag = 'tal vez', method = 'VISA débito', session_id = '2.0' WHERE id = 2;
        UPDATE transactions SET date = '1756344959' WHERE id = 3;
        UPDATE transactions SET date = '2460375.5' WHERE id = 4;
    "#;
    let studio = Move::of(&[&untyped, STUDIO, odd]);
    let made = studio.go();
    let one = |sql: &str| studio.text(sql);
    assert_eq!(
        one("SELECT alerts FROM clients WHERE name LIKE 'Herm%'"),
        "Alergias: Penicilina
Níquel"
    );
    assert!(
        one("SELECT preferences FROM clients WHERE name LIKE 'Herm%'").contains("permite imágenes: firmado")
    );
    assert_eq!(studio.count("SELECT count(*) FROM clients WHERE birth_date IS NOT NULL"), 0);
    assert_eq!(
        one(
            "SELECT group_concat(name) FROM (SELECT name FROM clients WHERE archived_at IS NOT NULL ORDER BY name)"
        ),
        "Rodrigo Corona"
    );
    let active =
        "SELECT group_concat(username) FROM (SELECT username FROM members WHERE active ORDER BY username)";
    assert_eq!(one(active), "admin,nueva");
    assert_eq!(
        one("SELECT group_concat(status) FROM (SELECT status FROM appointments ORDER BY starts_at LIMIT 2)"),
        "completed,no_show"
    );
    assert_eq!(one("SELECT status || ':' || note FROM appointments WHERE price = 300000"), "cancelled:12345");
    assert_eq!(
        one(
            "SELECT group_concat(t.tender) FROM sale_tenders t JOIN sales s ON s.id = t.sale_id WHERE s.total = 120010"
        ),
        "card"
    );
    assert_eq!(studio.count("SELECT at FROM sales WHERE total = 35050"), 1_756_344_959_000);
    let report = &made.report;
    for (name, reason, rows) in [
        ("clients", TsmReason::FlagUnread, 1),
        ("clients", TsmReason::DateAhead, 1),
        ("users", TsmReason::FlagUnread, 1),
        ("transactions", TsmReason::FlagUnread, 1),
        ("transactions", TsmReason::Deleted, 2),
        ("sessions", TsmReason::TextCut, 1),
    ] {
        assert_eq!(times(report, name, reason), rows, "{name} {reason:?}");
    }
    assert_eq!(table(report, "transactions").left_out, 2);
    assert_verified(&studio);
}

#[test]
fn a_copy_that_a_killed_move_left_behind_goes_with_the_next_one() {
    let studio = Move::of(&[NEWEST, STUDIO]);
    let data = studio.home.path().join("home/data");
    let left = data.join("moving-killed");
    std::fs::create_dir_all(left.join("source")).unwrap();
    std::fs::write(left.join("work.lock"), "").unwrap();
    std::fs::write(left.join("source/source.db"), "names and telephone numbers").unwrap();
    // What is somebody else's, and what another move holds, stays.
    std::fs::create_dir(data.join("moving pictures")).unwrap();
    let held = data.join("moving-held");
    std::fs::create_dir(&held).unwrap();
    let lock = std::fs::File::create(held.join("work.lock")).unwrap();
    lock.lock().unwrap();
    import_tsm(&studio.desk, &studio.source, &studio.file, &TsmOptions::default(), false).unwrap();
    assert!(!left.exists() && held.exists() && data.join("moving pictures").exists());
}

#[test]
fn thousands_of_random_rows_all_add_up() {
    let mut dice = Dice::new("thousands_of_random_rows_all_add_up");
    let studio = Move::of(&[&NEWEST.replace(" NOT NULL", "")]);
    let db = Connection::open(&studio.source).unwrap();
    db.execute_batch("BEGIN").unwrap();
    for id in 0..8 {
        db.execute(
            "INSERT INTO artists VALUES (?1, ?2, ?3, 1)",
            (id, format!("Artist {id}"), 0.05 * id as f64),
        )
        .unwrap();
    }
    db.execute("INSERT INTO users (id, username, role, is_active) VALUES (1, 'admin', 'admin', 1)", [])
        .unwrap();
    for id in 0..900 {
        let name = *dice.pick(&["Ana", "=1+1", "José Ángel", "", "O'Neill \"x\""]);
        db.execute(
            "INSERT INTO clients (id, name, phone, created_at) VALUES (?1, ?2, ?3, ?4)",
            (
                id,
                name,
                dice.between(0, 999_999),
                format!("2024-{:02}-{:02} 10:00:00", dice.between(1, 14), dice.between(1, 31)),
            ),
        )
        .unwrap();
    }
    let status = ["Activa", "Completada", "En espera", "Cancelada", "Otra"];
    for id in 0..2_200 {
        let start = format!(
            "20{}-{:02}-{:02} {:02}:{:02}:00.123456",
            dice.between(23, 26),
            dice.between(1, 12),
            dice.between(1, 28),
            dice.between(0, 23),
            dice.between(0, 59)
        );
        db.execute(
            "INSERT INTO sessions (id, client_id, artist_id, start, \"end\", status, price) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            rusqlite::params![id, dice.between(0, 950), dice.between(0, 9), start, start.replace(" 0", " 2"),
                dice.pick(&status), dice.between(-100, 500_000) as f64 / 100.0],
        )
        .unwrap();
    }
    // What is told by what was put there, reckoned here in cents.
    let (mut there, mut deleted) = (0_i64, 0_i64);
    for id in 0..2_300 {
        let cents = if dice.below(12) == 0 { -dice.between(1, 20_000) } else { dice.between(1, 400_000) };
        let gone = dice.below(20) == 0;
        there += cents;
        deleted += if gone { cents } else { 0 };
        let method = *dice.pick(&["Efectivo", "Tarjeta", "Transferencia", "Vales"]);
        let session = if dice.below(5) == 0 { None } else { Some(dice.between(0, 2_300)) };
        let day = format!(
            "20{}-{:02}-{:02} 12:{:02}:00",
            dice.between(23, 27),
            dice.between(1, 12),
            dice.between(1, 28),
            dice.between(0, 59)
        );
        let commission = (dice.below(3) > 0).then(|| (cents as f64 / 2.0).round() / 100.0);
        db.execute(
            "INSERT INTO transactions (id, session_id, artist_id, amount, method, concept, date, commission_amount, deleted_flag)
             VALUES (?1, ?2, ?3, ?4, ?5, '', ?6, ?7, ?8)",
            rusqlite::params![id, session, dice.between(0, 9), cents as f64 / 100.0, method, day, commission, gone],
        )
        .unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    drop(db);
    let made = studio.go();
    assert_verified(&studio);
    let report = &made.report;
    let rows: i64 = report.tables.iter().map(|table| table.rows).sum();
    assert!(rows > 5_000, "{rows}");
    let payments = report.sums.iter().find(|sum| sum.of == TsmSumOf::Payments).unwrap();
    assert_eq!(
        payments.there,
        format!("{}{}.{:02}", if there < 0 { "-" } else { "" }, there.abs() / 100, there.abs() % 100)
    );
    assert_eq!(payments.rounding, "0.00", "whole cents");
    let kept = studio.count(
        "SELECT (SELECT coalesce(sum(amount), 0) FROM sale_tenders) + (SELECT coalesce(sum(amount), 0) FROM deposit_tenders)",
    );
    assert_eq!(kept, payments.imported.minor());
    let nothing_to_refund: i64 = report
        .remarks
        .iter()
        .filter(|remark| remark.reason == TsmReason::NothingToRefund)
        .map(|remark| remark.value.as_deref().unwrap().replace('.', "").parse::<i64>().unwrap())
        .sum();
    assert_eq!(kept, there - deleted - nothing_to_refund);
    let visits = table(report, "sessions");
    assert_eq!(studio.count("SELECT count(*) FROM appointments"), visits.imported);
    // Each refund that stayed behind is more than its client has left, or whoever paid an artist without a visit.
    let mut refused: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
    for remark in report.remarks.iter().filter(|remark| remark.reason == TsmReason::NothingToRefund) {
        refused.insert(&remark.row, remark.value.as_deref().unwrap().replace('.', "").parse().unwrap());
    }
    let mut left: std::collections::BTreeMap<String, (i64, i64)> = std::collections::BTreeMap::new();
    let db = Connection::open(&studio.source).unwrap();
    let mut rows = db
        .prepare(
            "SELECT coalesce('client ' || s.client_id, 'artist ' || t.artist_id), CAST(t.id AS TEXT),
                CAST(round(t.amount * 100) AS INTEGER)
             FROM transactions t LEFT JOIN sessions s ON s.id = t.session_id WHERE t.deleted_flag = 0",
        )
        .unwrap();
    let mut rows = rows.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (payer, id, cents): (String, String, i64) =
            (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap());
        let (left, least) = left.entry(payer).or_insert((0, i64::MAX));
        match refused.get(id.as_str()) {
            Some(stood) => {
                assert_eq!(*stood, cents);
                *least = (*least).min(-cents);
            }
            None => *left += cents,
        }
    }
    assert!(!refused.is_empty());
    for (payer, (left, least)) in left {
        assert!((0..least).contains(&left), "{payer} has {left} left, and {least} stayed behind");
    }
}
