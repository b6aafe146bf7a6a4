use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Align, Paper, size};
use crate::studio::{Language, Settings};

fn settings(locale: &str) -> Settings {
    let fields = serde_json::json!({
        "name": "Casa Aguja", "currency": "MXN", "exponent": 2, "locale": locale, "language": Language::Spanish,
        "zone": "America/Mexico_City", "week_start": 1, "hours": [], "tax_bp": 0, "elevation_minutes": 5,
        "idle_minutes": 5, "rotation_days": 90, "elevation_reason": false, "lock_after_sale": false,
        "receipt_note": "", "printer_host": "", "printer_port": 9_100, "printer_columns": 42,
        "printer_letters": "pc858", "printer_pin": "two", "printer_drawer": true, "paperwork_gate": "warn", "paperwork_at": "check_in", "consent_years": 10,
        "prices_include_tax": true, "cash_rounding": 0, "deposit_cancel_hours": 48, "blind_count": false,
        "difference_limit": 0, "commission_after_discount": true,
    });
    serde_json::from_value(fields).unwrap()
}

fn bytes(paper: Paper) -> Vec<u8> {
    let file = paper.file("x.pdf".to_owned()).unwrap();
    STANDARD.decode(file.base64).unwrap()
}

fn pages(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes).into_owned();
    text.matches("/Type/Page/").count() + text.matches("/Type /Page\n").count()
}

#[test]
fn paper_has_the_size_that_its_place_prints_on() {
    for (locale, width) in
        [("en-US", 612.0), ("es-MX", 612.0), ("de-DE", 595.0), ("en", 595.0), ("zh-Hant-TW", 595.0)]
    {
        assert!((size(locale).0 - width).abs() < f32::EPSILON, "{locale}");
    }
}

#[test]
fn attack_48_whatever_stands_in_a_text_becomes_a_file() {
    for text in [
        "",
        "   ",
        "\n\n\n",
        "👩‍🎤🖋️ Ñandú Łódź Ελλάδα Ђуро ﬁn",
        "\u{202E}evil\u{202C} \u{200F}\u{FEFF}\u{0}\u{7}\t.",
        "שלום العربية 日本語",
        &"w".repeat(200),
        &"👍".repeat(200),
        "e\u{301}\u{301}\u{301}\u{301}",
        "%PDF-1.7 (\\) endstream endobj",
    ] {
        let mut paper = Paper::new(&settings("es-MX"), text).unwrap();
        paper.text(text);
        paper.heading(text);
        paper.list(&[text, text]);
        paper.row(&[text, "1.00"], &[3.0, 1.0], &[Align::Left, Align::Right]);
        paper.small(text);
        paper.foot(text);
        let bytes = bytes(paper);
        assert!(bytes.starts_with(b"%PDF-"), "{text}");
    }
}

#[test]
fn a_long_text_goes_on_over_pages() {
    let mut paper = Paper::new(&settings("de-DE"), "Long").unwrap();
    for at in 0..70 {
        paper.text(&format!("Paragraph {at}. {}", "Something that takes a line or two. ".repeat(4)));
    }
    let found = pages(&bytes(paper));
    assert!((3..=6).contains(&found), "{found} pages");
}

#[test]
fn a_drawing_stays_on_its_page() {
    let mut paper = Paper::new(&settings("en-US"), "Signed").unwrap();
    paper.strokes(
        (480.0, 140.0),
        &[vec![(1.0, 2.0), (1e9, -1e9)], vec![(5.0, 5.0)], Vec::new()],
        (260.0, 90.0),
    );
    assert!(bytes(paper).starts_with(b"%PDF-"));
}
