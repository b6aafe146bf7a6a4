//! Pictures: whose they are, what becomes of the bytes that are sent, and where they lie.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::studio_house::{House, NOBODY, Seat, denied, invalid, text, told};

/// Two by two pixels, as PNG.
pub const PLAIN: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4sWUVEDFAKAA8rgiZKZ9E4gAAAABJRU5ErkJggg==";

/// A client with a visit of each artist: Mara's in one hour, Dario's in two.
fn shop() -> (House, String, String, String) {
    let house = House::staffed();
    let client = house.client("Joana Melo");
    let (mara, dario) = (house.book(0, &client, 1), house.book(1, &client, 2));
    (house, client, mara, dario)
}

fn added(seat: &Seat, visit: &str) -> String {
    text(
        &seat.done("pictures.add", json!({"appointment_id": visit, "kind": "reference", "base64": PLAIN}))["id"],
    )
}

fn ids(pictures: &Value) -> Vec<String> {
    pictures.as_array().unwrap().iter().map(|picture| text(&picture["id"])).collect()
}

/// The folder of pictures beside a studio's file.
fn folder(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".pictures");
    PathBuf::from(name)
}

/// Every file in it.
pub fn files(file: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder(file)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries.map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    found
}

#[test]
fn t115_t121_a_picture_of_a_visit_is_kept_shown_changed_and_taken_out_of_sight() {
    let (house, client, visit, _) = shop();
    let mara = house.seat("mara");
    let made = mara.done(
        "pictures.add",
        json!({"appointment_id": visit, "kind": "reference", "title": "Fern, left arm", "base64": PLAIN}),
    );
    assert_eq!(
        made,
        json!({
            "id": made["id"], "appointment_id": visit, "client_id": client, "artist_id": house.artists[0],
            "kind": "reference", "title": "Fern, left arm", "width": 2, "height": 2, "added_at": house.at(0),
            "by": "Mara Quill", "in_portfolio": false,
        })
    );
    let sam = house.seat("sam");
    let desk = sam.done("pictures.add", json!({"client_id": client, "kind": "healed", "base64": PLAIN}));
    assert_eq!((&desk["appointment_id"], &desk["artist_id"]), (&Value::Null, &Value::Null));
    let id = text(&made["id"]);
    assert_eq!(ids(&sam.done("pictures.list", json!({"appointment_id": visit}))), std::slice::from_ref(&id));
    assert_eq!(sam.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len(), 2);
    for size in ["thumb", "full"] {
        let shown = mara.done("pictures.show", json!({"picture_id": id, "size": size}));
        assert_eq!(shown["mime"], "image/jpeg");
        let bytes = STANDARD.decode(text(&shown["base64"])).unwrap();
        assert!(bytes.starts_with(b"\xff\xd8\xff") && bytes.ends_with(b"\xff\xd9"));
    }
    let file = sam.done("clients.open", json!({"client_id": client}));
    assert_eq!(file["pictures"].as_array().unwrap().len(), 2);
    assert_eq!(file["visits"][1]["detail"]["pictures"], 1);

    let edited = mara.done("pictures.edit", json!({"picture_id": id, "kind": "result", "title": ""}));
    assert_eq!((&edited["kind"], &edited["title"]), (&json!("result"), &Value::Null));
    let edited = mara.done("pictures.edit", json!({"picture_id": id, "title": "Fern"}));
    assert_eq!((&edited["kind"], &edited["title"]), (&json!("result"), &json!("Fern")));

    mara.done("pictures.remove", json!({"picture_id": id}));
    assert_eq!(ids(&sam.done("pictures.list", json!({"appointment_id": visit}))), Vec::<String>::new());
    assert_eq!(
        told(&house, &sam, "pictures.show", json!({"picture_id": id, "size": "full"}))[0],
        "not_found"
    );
    let file = sam.done("clients.open", json!({"client_id": client}));
    assert_eq!(
        (&file["pictures"].as_array().unwrap().len(), &file["visits"][1]["detail"]["pictures"]),
        (&1, &Value::Null)
    );
    assert_eq!(mara.done("pictures.restore", json!({"picture_id": id})), edited);
    assert_eq!(ids(&sam.done("pictures.list", json!({"appointment_id": visit}))), [id]);
    house.assert_holds();
}

#[test]
fn t024_d28_an_artist_has_pictures_of_own_visits_alone() {
    let (house, client, mine, theirs) = shop();
    let (mara, dario, sam) = (house.seat("mara"), house.seat("dario"), house.seat("sam"));
    let (hers, his) = (added(&mara, &mine), added(&dario, &theirs));
    let shared = text(
        &sam.done("pictures.add", json!({"client_id": client, "kind": "healed", "base64": PLAIN}))["id"],
    );

    let no = denied("not_yours");
    for picture in [&his, &shared, NOBODY] {
        for size in ["thumb", "full"] {
            let args = json!({"picture_id": picture, "size": size});
            assert_eq!(told(&house, &mara, "pictures.show", args), no, "{picture}");
        }
        for command in ["pictures.edit", "pictures.remove", "pictures.restore"] {
            assert_eq!(told(&house, &mara, command, json!({"picture_id": picture})), no, "{command}");
        }
    }
    for args in [
        json!({"appointment_id": theirs, "kind": "result", "base64": PLAIN}),
        json!({"appointment_id": NOBODY, "kind": "result", "base64": PLAIN}),
        json!({"client_id": client, "kind": "result", "base64": PLAIN}),
    ] {
        let before = files(&house.file);
        assert_eq!(told(&house, &mara, "pictures.add", args), no);
        assert_eq!(files(&house.file), before, "what was refused lies nowhere");
    }
    // Lists narrow instead: a colleague's visit and none at all are alike.
    for visit in [&theirs, NOBODY] {
        assert_eq!(mara.done("pictures.list", json!({"appointment_id": visit})), json!([]));
    }
    assert_eq!(ids(&mara.done("pictures.list", json!({"client_id": client}))), std::slice::from_ref(&hers));
    assert_eq!(
        ids(&mara.done("clients.open", json!({"client_id": client}))["pictures"]),
        std::slice::from_ref(&hers)
    );
    let day = mara.done("agenda.list", json!({"day": "2026-11-20"}));
    let details: Vec<&Value> =
        day["cards"].as_array().unwrap().iter().map(|card| &card["detail"]["pictures"]).collect();
    assert_eq!(details, [&json!(1), &Value::Null]);
    assert_eq!(house.seat("pia").done("pictures.list", json!({"client_id": client})), json!([]));
    assert_eq!(sam.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len(), 3);

    // A stranger to her by the switch (A012): not even the list.
    house.owner().done(
        "staff.set_switch",
        json!({"member_id": mara.member, "name": "view_shop_clients", "on": false}),
    );
    let stranger = house.client("Pilar");
    assert_eq!(told(&house, &mara, "pictures.list", json!({"client_id": stranger})), denied("switch"));
    assert_eq!(ids(&mara.done("pictures.list", json!({"client_id": client}))), [hers]);
}

#[test]
fn d18_what_is_wrong_with_a_picture_is_said_before_anything_is_kept() {
    let (house, client, visit, _) = shop();
    let sam = house.seat("sam");
    let other = house.client("Pilar");
    let add = |extra: Value| {
        let mut args = json!({"kind": "result", "base64": PLAIN});
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let told = told(&house, &sam, "pictures.add", args);
        assert_eq!(files(&house.file), Vec::<PathBuf>::new());
        told
    };
    assert_eq!(add(json!({})), invalid("client_id", "missing"));
    assert_eq!(
        add(json!({"client_id": other, "appointment_id": visit})),
        invalid("appointment_id", "another client's")
    );
    assert_eq!(add(json!({"appointment_id": NOBODY}))[0], "not_found");
    assert_eq!(add(json!({"client_id": NOBODY}))[0], "not_found");
    assert_eq!(add(json!({"client_id": client, "kind": "selfie"}))[0], "invalid");
    assert_eq!(add(json!({"client_id": client, "title": ""}))[0], "invalid");
    let list = |args: Value| told(&house, &sam, "pictures.list", args);
    assert_eq!(list(json!({})), invalid("client_id", "missing"));
    assert_eq!(
        list(json!({"client_id": client, "appointment_id": visit})),
        invalid("appointment_id", "either a client or a visit")
    );
    assert_eq!(list(json!({"appointment_id": NOBODY}))[0], "not_found");
}

// ---- what is sent ------------------------------------------------------------------------------------------------------

/// Eight by eight in four inks, as printers use, made by another program.
pub const INKS: &str = "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD06vMK8wr06v/Z";
/// Four by four and moving: first red, then blue.
pub const MOVING_WEBP: &str = "UklGRoQAAABXRUJQVlA4WAoAAAACAAAAAwAAAwAAQU5JTQYAAAAAAAAAAABBTk1GKAAAAAAAAAAAAAMAAAMAAGQAAAJWUDhMDwAAAC8DwAAABxBFjv4HIqL/AQBBTk1GKAAAAAAAAAAAAAMAAAMAAGQAAABWUDhMDwAAAC8DwAAABxBR5P4HIqL/AQA=";
pub const MOVING_PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAACGFjVEwAAAACAAAAAPONk3AAAAAaZmNUTAAAAAAAAAAEAAAABAAAAAAAAAAAAAEACgAAV3ID4QAAABBJREFUeJxjPMGAAEwMRHEAKNwA0EA+bOEAAAAaZmNUTAAAAAEAAAAEAAAABAAAAAAAAAAAAAEACgAAzAHpNQAAABhmZEFUAAAAAnicY2RgOMEAA0wMSAA3BwAnTADQS8e9MgAAAABJRU5ErkJggg==";
const GIF: &str = "R0lGODdhBAAEAIEAAMgAAAAAAAAAAAAAACwAAAAABAAEAAAICQABCBxIsCCAgAA7";

pub fn unpacked(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap()
}

pub fn encoded(image: image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let crc = body.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &(!crc).to_be_bytes()].concat()
}

/// The PNG of two by two, saying it were so large, with something more before its pixels.
fn png_of(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let plain = unpacked(PLAIN);
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [&plain[..8], &chunk(b"IHDR", &header), more, &plain[33..]].concat()
}

/// What a client has of pictures after this was sent for them: the bytes of the large copy, or the refusal.
fn sent(seat: &Seat, client: &str, bytes: &[u8]) -> Result<(Value, Vec<u8>), Value> {
    let args = json!({"client_id": client, "kind": "reference", "base64": STANDARD.encode(bytes)});
    let made = seat.ask("pictures.add", args).map_err(|fault| json!([fault["code"], fault["params"]]))?;
    let shown = seat.done("pictures.show", json!({"picture_id": made["id"], "size": "full"}));
    Ok((made, unpacked(&text(&shown["base64"]))))
}

pub fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// Pictures that would be far too large once they are unpacked.
pub fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let jpeg = encoded(image::DynamicImage::new_rgb8(64, 64), image::ImageFormat::Jpeg);
    let mut wide = jpeg.clone();
    let frame = wide.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    wide[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    vec![
        ("50,000 square", png_of(50_000, 50_000, b"")),
        ("20,001 wide", png_of(20_001, 1, b"")),
        ("400 megapixels", png_of(19_999, 19_999, b"")),
        ("61 megapixels", png_of(7_811, 7_811, b"")),
        ("a JPEG of 65,500 square", wide),
    ]
}

/// What says it is a picture, and is none that can be read.
pub fn no_pictures() -> Vec<(&'static str, Vec<u8>)> {
    let mut vast = b"RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00".to_vec();
    vast.extend([0xFF, 0x3F, 0x00, 0xFF, 0x3F, 0x00]);
    let plain = unpacked(PLAIN);
    vec![
        ("nothing", Vec::new()),
        ("a word", b"picture".to_vec()),
        (
            "an SVG with a script",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(),
        ),
        ("a PDF", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF".to_vec()),
        ("a GIF", unpacked(GIF)),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("a JPEG's beginning", b"\xff\xd8\xff\xe0".to_vec()),
        ("a PNG's beginning", plain[..8].to_vec()),
        ("a PNG without pixels", [&plain[..33], &chunk(b"IEND", b"")[..]].concat()),
        ("a PNG cut short", plain[..plain.len() - 20].to_vec()),
        ("a PNG of no size", png_of(0, 0, b"")),
        ("a WebP of 16,384 square without pixels", vast),
        ("noise behind a PNG's mark", [&plain[..8], &[0x5A; 400][..]].concat()),
    ]
}

#[test]
fn attack_40_f22_what_is_no_picture_or_a_bomb_is_refused_and_lies_nowhere() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let bomb = invalid("base64", "too large");
    for (what, bytes) in bombs() {
        assert_eq!(house.leaves_no_trace(|| sent(&sam, &client, &bytes).unwrap_err()), bomb, "{what}");
    }
    for (what, bytes) in no_pictures() {
        let told = house.leaves_no_trace(|| sent(&sam, &client, &bytes).unwrap_err());
        assert!(told == invalid("base64", "not a picture") || told == bomb, "{what}: {told}");
    }
    let words = json!({"client_id": client, "kind": "result", "base64": "not base64 at all!"});
    assert_eq!(told(&house, &sam, "pictures.add", words), invalid("base64", "not a picture"));
    assert_eq!(files(&house.file), Vec::<PathBuf>::new());
    house.assert_holds();
    crate::tally::tell("F22", "19 bombs and things that are no pictures: refused, nothing kept");
}

#[test]
fn attack_40_f22_a_picture_cut_or_changed_anywhere_is_drawn_anew_or_refused() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let mut dice = crate::studio_house::Dice::new("pictures cut or changed");
    let image = image::DynamicImage::ImageRgb8(image::RgbImage::from_fn(40, 30, |x, y| {
        image::Rgb([u8::try_from(x * 6).unwrap(), u8::try_from(y * 8).unwrap(), 90])
    }));
    for format in [image::ImageFormat::Jpeg, image::ImageFormat::Png, image::ImageFormat::WebP] {
        let whole = encoded(image.clone(), format);
        sent(&sam, &client, &whole).unwrap();
        for round in 0..60 {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(dice.below(whole.len()));
            }
            for _ in 0..dice.below(6) {
                if !bytes.is_empty() {
                    let at = dice.below(bytes.len());
                    bytes[at] = u8::try_from(dice.below(256)).unwrap();
                }
            }
            match sent(&sam, &client, &bytes) {
                Ok((_, drawn)) => assert!(drawn.starts_with(b"\xff\xd8\xff")),
                Err(told) => {
                    assert_eq!((&told[0], &told[1]["field"]), (&json!("invalid"), &json!("base64")), "{told}")
                }
            }
        }
    }
    house.assert_holds();
    crate::tally::tell("F22", "180 pictures cut and changed: drawn anew or refused, 0 panics");
}

/// Sixty by twenty as a telephone held upright writes it: which way is up, and where it was taken, stand beside it.
pub fn from_a_telephone() -> Vec<u8> {
    let jpeg = encoded(image::DynamicImage::new_rgb8(60, 20), image::ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x0cGPS19.4326N\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// A PNG that is a page with a script as well.
pub fn page_in_disguise() -> Vec<u8> {
    let hidden = [&b"Comment\0"[..], SCRIPT].concat();
    [png_of(2, 2, &chunk(b"tEXt", &hidden)), SCRIPT.to_vec()].concat()
}

const SCRIPT: &[u8] = b"<script>alert(1)</script>";

#[test]
fn attack_40_nothing_but_the_picture_comes_along() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let phone = from_a_telephone();
    assert!(holds(&phone, b"GPS19"));
    let (made, drawn) = sent(&sam, &client, &phone).unwrap();
    assert_eq!((&made["width"], &made["height"]), (&json!(20), &json!(60)), "upright, as it was held");
    assert!(!holds(&drawn, b"GPS") && !holds(&drawn, b"Exif"));

    let page = page_in_disguise();
    let (_, drawn) = sent(&sam, &client, &page).unwrap();
    assert!(holds(&page, SCRIPT) && !holds(&drawn, b"script"));
    let archive = [&phone[..], b"PK\x03\x04evil.exe"].concat();
    assert!(!holds(&sent(&sam, &client, &archive).unwrap().1, b"evil"));

    for (what, bytes, size) in
        [("four inks", INKS, 8), ("a moving WebP", MOVING_WEBP, 4), ("a moving PNG", MOVING_PNG, 4)]
    {
        if let Ok((made, drawn)) = sent(&sam, &client, &unpacked(bytes)) {
            assert_eq!(made["width"], size, "{what}");
            assert!(drawn.starts_with(b"\xff\xd8\xff") && !holds(&drawn, b"ANMF") && !holds(&drawn, b"fcTL"));
        }
    }
    let refused = sent(&sam, &client, &unpacked(INKS)).err();
    assert!(refused.is_none() || refused == Some(invalid("base64", "not a picture")), "{refused:?}");
}

#[test]
fn a_picture_is_kept_at_3000_and_480_pixels_on_white_paper() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let size = |id: &Value, size: &str| {
        let shown = sam.done("pictures.show", json!({"picture_id": id, "size": size}));
        let image = image::load_from_memory(&unpacked(&text(&shown["base64"]))).unwrap();
        (image.width(), image.height())
    };
    let long = encoded(image::DynamicImage::new_rgb8(4_000, 40), image::ImageFormat::Png);
    let (made, _) = sent(&sam, &client, &long).unwrap();
    assert_eq!((&made["width"], &made["height"]), (&json!(3_000), &json!(30)));
    assert_eq!((size(&made["id"], "full"), size(&made["id"], "thumb")), ((3_000, 30), (480, 5)));
    let (made, _) = sent(&sam, &client, &unpacked(PLAIN)).unwrap();
    assert_eq!(
        (size(&made["id"], "full"), size(&made["id"], "thumb")),
        ((2, 2), (2, 2)),
        "never made larger"
    );
    let clear: [image::DynamicImage; 4] = [
        image::DynamicImage::new_rgba8(16, 16),
        image::DynamicImage::new_luma_a8(16, 16),
        image::DynamicImage::new_rgba16(16, 16),
        image::DynamicImage::new_luma_a16(16, 16),
    ];
    for (number, image) in clear.into_iter().enumerate() {
        let (_, drawn) = sent(&sam, &client, &encoded(image, image::ImageFormat::Png)).unwrap();
        let seen = image::load_from_memory(&drawn).unwrap().into_rgb8();
        assert!(seen.pixels().all(|pixel| pixel.0.iter().all(|value| *value > 250)), "{number}: not white");
    }
}

/// A JPEG with a profile of its colours beside it.
fn in_colours_of(profile: &moxcms::ColorProfile, image: &image::RgbImage) -> Vec<u8> {
    use image::ImageEncoder;
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_icc_profile(profile.encode().unwrap()).unwrap();
    encoder.encode_image(image).unwrap();
    bytes
}

#[test]
fn a_telephones_colours_become_those_of_every_screen_and_a_broken_profile_changes_nothing() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let flat = image::RgbImage::from_pixel(32, 32, image::Rgb([200, 40, 40]));
    let drawn = |bytes: &[u8]| {
        let (_, drawn) = sent(&sam, &client, bytes).unwrap();
        assert!(!holds(&drawn, b"ICC_PROFILE"));
        image::load_from_memory(&drawn).unwrap().into_rgb8().get_pixel(16, 16).0
    };
    let near = |found: [u8; 3], wanted: [u8; 3]| {
        assert!(found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 4), "{found:?}, not {wanted:?}");
    };
    near(drawn(&encoded(flat.clone().into(), image::ImageFormat::Jpeg)), [200, 40, 40]);
    near(drawn(&in_colours_of(&moxcms::ColorProfile::new_srgb(), &flat)), [200, 40, 40]);
    // The same numbers mean a stronger red in Display P3 (by its matrix 218, less than 0, 25).
    near(drawn(&in_colours_of(&moxcms::ColorProfile::new_display_p3(), &flat)), [218, 0, 25]);

    let whole = in_colours_of(&moxcms::ColorProfile::new_display_p3(), &flat);
    let from = whole.windows(11).position(|word| word == b"ICC_PROFILE").unwrap() + 14;
    let mut dice = crate::studio_house::Dice::new("profiles changed");
    for _ in 0..120 {
        let mut bytes = whole.clone();
        for _ in 0..=dice.below(8) {
            bytes[from + dice.below(400)] = u8::try_from(dice.below(256)).unwrap();
        }
        sent(&sam, &client, &bytes).unwrap();
    }
    crate::tally::tell("F22", "120 colour profiles changed: drawn all the same, 0 panics");
}

#[test]
fn a_jpeg_that_ends_before_its_picture_is_refused_and_more_behind_it_is_not() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let whole = from_a_telephone();
    for length in [whole.len() - 2, whole.len() - 1, whole.len() * 9 / 10] {
        assert_eq!(
            sent(&sam, &client, &whole[..length]).unwrap_err(),
            invalid("base64", "cut off"),
            "{length}"
        );
    }
    // Some telephones keep a film, or a second picture, behind the first.
    for more in [&b"mp4 film"[..], &whole[..whole.len() / 2], &whole] {
        sent(&sam, &client, &[&whole[..], more].concat()).unwrap();
    }
}

#[test]
fn a_large_picture_keeps_its_shape_and_its_shades_when_it_is_made_smaller() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    // Shades from left to right and from top to bottom, upright and lying.
    for (width, height) in [(4_032, 60), (60, 4_032), (3_001, 500), (9_000, 33)] {
        let shade = |at: u32, length: u32| u8::try_from(at * 255 / (length - 1)).unwrap();
        let image = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([shade(x, width), shade(y, height), 128])
        });
        let (made, drawn) = sent(&sam, &client, &encoded(image.into(), image::ImageFormat::Png)).unwrap();
        let drawn = image::load_from_memory(&drawn).unwrap().into_rgb8();
        let longest = width.max(height);
        let scaled = |length: u32| (f64::from(length) * 3_000.0 / f64::from(longest)).round() as u32;
        assert_eq!(drawn.dimensions(), (scaled(width), scaled(height)));
        assert_eq!((&made["width"], &made["height"]), (&json!(drawn.width()), &json!(drawn.height())));
        for (x, y) in
            [(0, 0), (drawn.width() / 2, drawn.height() / 2), (drawn.width() - 1, drawn.height() - 1)]
        {
            let wanted = [shade(x, drawn.width()), shade(y, drawn.height()), 128];
            let found = drawn.get_pixel(x, y).0;
            assert!(
                found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 12),
                "{x},{y}: {found:?} not {wanted:?}"
            );
        }
    }
}

#[test]
fn attack_39_a_name_that_leads_elsewhere_is_a_title_and_no_path() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    for title in ["../../x", "C:\\x", "\\\\srv\\x", "con", "a/b", "=HYPERLINK(1)", "x.jpg.exe"] {
        let args = json!({"client_id": client, "kind": "result", "title": title, "base64": PLAIN});
        assert_eq!(sam.done("pictures.add", args)["title"], title);
    }
    for title in ["a\0b", "a\u{202E}gpj.exe", "  ", &"x".repeat(4_096)] {
        let args = json!({"client_id": client, "kind": "result", "title": title, "base64": PLAIN});
        assert_eq!(told(&house, &sam, "pictures.add", args)[0], "invalid");
    }
    for field in ["name", "path", "hash", "added_by"] {
        let mut args = json!({"client_id": client, "kind": "result", "base64": PLAIN});
        args[field] = json!("../../x");
        assert_eq!(told(&house, &sam, "pictures.add", args), invalid(field, "unknown field"), "attack 26");
    }
    for id in ["../../x", "", "%2e%2e", NOBODY] {
        let code = told(&house, &sam, "pictures.show", json!({"picture_id": id, "size": "full"}));
        assert!(code[0] == "not_found" || code[0] == "invalid", "{code}");
    }
    let found = files(&house.file);
    assert_eq!(found.len(), 2, "the same bytes lie there once: {found:?}");
    for path in found {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let hash = name.trim_end_matches(".jpg").trim_end_matches(".thumb");
        assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
        assert_eq!(path.parent().unwrap().file_name().unwrap().to_str(), hash.get(..2));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(
                std::fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777,
                0o700
            );
        }
    }
    // A hash that would lead elsewhere cannot even be written by an outsider, who has none of our checks.
    let raw = house.raw();
    assert!(raw.execute("UPDATE pictures SET hash = '../../etc/passwd'", []).is_err());
}

// ---- where they lie ----------------------------------------------------------------------------------------------------

#[test]
fn f10_a_picture_that_is_gone_or_changed_is_said_so_and_nothing_else_suffers() {
    let (house, client, visit, _) = shop();
    let sam = house.seat("sam");
    let id = added(&sam, &visit);
    let found = files(&house.file);
    let whole: Vec<Vec<u8>> = found.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let lost = json!(["damaged", {"reason": "picture"}]);
    let show = |size: &str| json!({"picture_id": id, "size": size});
    for (path, bytes) in found.iter().zip(&whole) {
        let size = if path.to_str().unwrap().ends_with("thumb.jpg") { "thumb" } else { "full" };
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        for worse in [Some(flipped), Some(Vec::new()), Some(bytes[1..].to_vec()), None] {
            match worse {
                Some(worse) => std::fs::write(path, worse).unwrap(),
                None => std::fs::remove_file(path).unwrap(),
            }
            assert_eq!(told(&house, &sam, "pictures.show", show(size)), lost);
            assert!(!house.verify().holds());
        }
        assert_eq!(sam.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len(), 1);
        std::fs::write(path, bytes).unwrap();
        sam.done("pictures.show", show(size));
        house.assert_holds();
    }
    // Whoever adds the same picture again puts it right for both.
    std::fs::write(&found[0], b"garbled").unwrap();
    added(&sam, &visit);
    house.assert_holds();
}

#[test]
fn f04_what_a_kill_leaves_in_the_folder_shows_nowhere_and_is_cleared_away() {
    let (house, client, visit, _) = shop();
    let sam = house.seat("sam");
    added(&sam, &visit);
    // The file is in its place, and the row does not come.
    house
        .raw()
        .execute_batch("CREATE TRIGGER stop BEFORE INSERT ON pictures BEGIN SELECT RAISE(ABORT, 'stop'); END")
        .unwrap();
    let other = encoded(image::DynamicImage::new_rgb8(5, 5), image::ImageFormat::Png);
    assert_eq!(sent(&sam, &client, &other).unwrap_err()[0], "internal");
    house.raw().execute_batch("DROP TRIGGER stop").unwrap();
    assert_eq!(sam.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len(), 1);
    assert_eq!(files(&house.file).len(), 4);
    house.assert_holds();
    // A process ended while it was writing.
    let part = folder(&house.file).join("incoming").join("half.full");
    std::fs::create_dir_all(part.parent().unwrap()).unwrap();
    std::fs::write(&part, b"half a picture").unwrap();
    drop(sam);
    house.restart();
    assert!(!part.exists());
    assert_eq!(files(&house.file).len(), 4);
    let (made, _) = sent(&house.seat("sam"), &client, &other).unwrap();
    assert_eq!(made["width"], 5);
    house.assert_holds();
}

#[test]
fn attack_34_the_same_key_keeps_one_picture() {
    let (house, _, visit, _) = shop();
    let sam = house.seat("sam");
    let args = json!({"appointment_id": visit, "kind": "result", "base64": PLAIN});
    let first = sam.ask_with("pictures.add", "picture-key-1", args.clone()).unwrap();
    let again =
        house.leaves_no_trace(|| sam.ask_with("pictures.add", "picture-key-1", args.clone()).unwrap());
    assert_eq!(first, again);
    let mut other = args;
    other["kind"] = json!("healed");
    assert_eq!(sam.ask_with("pictures.add", "picture-key-1", other).unwrap_err()["code"], "key_conflict");
    assert_eq!(sam.done("pictures.list", json!({"appointment_id": visit})).as_array().unwrap().len(), 1);
    assert!(files(&house.file).iter().all(|path| path.extension().is_some_and(|ending| ending == "jpg")));
}

#[test]
fn p10_only_a_picture_may_be_as_long_as_forty_megabytes() {
    let house = House::staffed();
    let (client, sam) = (house.client("Joana"), house.seat("sam"));
    let send = |length: usize| {
        let args = json!({"client_id": client, "kind": "result", "base64": "A".repeat(length)});
        told(&house, &sam, "pictures.add", args)
    };
    assert_eq!(send(30 * 1024 * 1024), invalid("base64", "not a picture"));
    assert_eq!(send(41 * 1024 * 1024), invalid("args", "too large"));
    let note = json!({"client_id": client, "body": "A".repeat(2 * 1024 * 1024)});
    assert_eq!(told(&house, &sam, "clients.note", note), invalid("args", "too large"));
}

// ---- what becomes of them ----------------------------------------------------------------------------------------------

#[test]
fn p16_attack_50_an_erased_persons_pictures_go_from_the_disk_unless_they_are_somebody_elses_too() {
    let house = House::staffed();
    let owner = house.owner();
    let (joana, pilar) = (house.client("Joana"), house.client("Pilar"));
    let visit = house.book(0, &joana, 1);
    let titled = json!({"appointment_id": visit, "kind": "result", "title": "Zzyzx", "base64": PLAIN});
    let shared = text(&owner.done("pictures.add", titled)["id"]);
    let own = encoded(image::DynamicImage::new_rgb8(7, 7), image::ImageFormat::Png);
    let removed = sent(&owner, &joana, &own).unwrap().0;
    owner.done("pictures.remove", json!({"picture_id": removed["id"]}));
    let hers = owner.done("pictures.add", json!({"client_id": pilar, "kind": "result", "base64": PLAIN}));
    assert_eq!(files(&house.file).len(), 4);
    owner.done("agenda.complete", json!({"appointment_id": visit}));
    owner.done("clients.erase", json!({"client_id": joana, "name": "Joana"}));
    assert_eq!(files(&house.file).len(), 2, "what was removed before went too");
    for id in [&shared, &text(&removed["id"])] {
        for command in ["pictures.edit", "pictures.restore"] {
            assert_eq!(told(&house, &owner, command, json!({"picture_id": id}))[0], "not_found");
        }
    }
    owner.done("pictures.show", json!({"picture_id": hers["id"], "size": "full"}));
    assert_eq!(house.count("SELECT count(*) FROM gone_pictures"), 0);
    let words =
        house.raw().query_row("SELECT count(*) FROM request_keys WHERE reply LIKE '%Zzyzx%'", [], |row| {
            row.get::<_, i64>(0)
        });
    assert_eq!(words.unwrap(), 0);
    house.assert_holds();

    // Cut short between the commit and the folder: done when the studio is opened next.
    let hash: String = house.raw().query_row("SELECT hash FROM pictures", [], |row| row.get(0)).unwrap();
    let raw = house.raw();
    raw.execute("DELETE FROM pictures", []).unwrap();
    raw.execute("INSERT INTO gone_pictures (hash) VALUES (?1)", [&hash]).unwrap();
    drop((raw, owner));
    house.restart();
    assert_eq!(files(&house.file), Vec::<PathBuf>::new());
    assert_eq!(house.verify().problems, ["pictures: a row was changed outside Inkpoint"], "by this test");
}

#[test]
fn ask_15_t104_pictures_move_with_a_merge_and_are_told_to_whom_they_are_about() {
    let house = House::staffed();
    let owner = house.owner();
    let (keep, merge) = (house.client("Joana"), house.client("Joana M."));
    for client in [&keep, &merge] {
        owner.done(
            "pictures.add",
            json!({"client_id": client, "kind": "healed", "title": "Fern", "base64": PLAIN}),
        );
    }
    let count =
        |client: &str| owner.done("pictures.list", json!({"client_id": client})).as_array().unwrap().len();
    let preview = owner.done("clients.merge_preview", json!({"keep_id": keep, "merge_id": merge}));
    let moves = preview["moves"].as_array().unwrap();
    assert!(moves.contains(&json!({"what": "pictures", "count": 1})), "{moves:?}");
    owner.done("clients.merge", json!({"keep_id": keep, "merge_id": merge}));
    assert_eq!((count(&keep), count(&merge)), (2, 2), "by either id");
    let file = owner.done("clients.personal_data", json!({"client_id": keep}));
    let all: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert_eq!(
        (all["pictures"].as_array().unwrap().len(), &all["pictures"][0]["title"]),
        (2, &json!("Fern"))
    );
    owner.done("clients.unmerge", json!({"merge_id": merge}));
    assert_eq!((count(&keep), count(&merge)), (1, 1));
    house.assert_holds();
}

#[test]
fn d14_a_deleted_studios_pictures_go_to_the_trash_and_into_its_backup() {
    let (house, _, visit, _) = shop();
    let owner = house.owner();
    added(&owner, &visit);
    let before = files(&house.file).len();
    let gone = owner.done(
        "studio.delete",
        json!({"password": crate::studio_house::OWNER_PASSWORD, "studio_name": "Casa Aguja"}),
    );
    assert!(!folder(&house.file).exists());
    for place in ["trash", "backup"] {
        let file = PathBuf::from(text(&gone[place]));
        assert_eq!(files(&file).len(), before, "{place}");
        house.desk.open(&file).unwrap();
        house.assert_holds();
        house.desk.close();
    }
}
