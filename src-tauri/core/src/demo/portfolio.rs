//! What the demo's artists show of their work: the drawings of this demo, on skin.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::json;

use super::ask;
use super::work::{SHOTS, SKETCHES, Words, say};
use crate::door::Desk;
use crate::error::{Error, Result};
use crate::studio::Language;

/// How many days before today each artist added the next of their pictures.
pub(super) const ADDED: [u64; 4] = [26, 17, 8, 3];

/// Pixels along one side of what is drawn anew.
const SIDE: u32 = 640;

/// Skin as it looks in the middle of the picture.
const SKIN: [[u8; 3]; 4] = [[226, 182, 152], [196, 146, 108], [150, 103, 72], [238, 204, 178]];
const BLACK: [u8; 3] = [24, 22, 24];
const GREEN: [u8; 3] = [38, 84, 52];
const WINE: [u8; 3] = [124, 30, 52];
const INDIGO: [u8; 3] = [36, 52, 112];

/// A picture that an artist could have made.
enum Motif {
    /// A drawing, by its place among the sketches, tattooed in an ink.
    Drawn(usize, [u8; 3]),
    /// A picture of finished work, by its place, the other way round if that says.
    Shot(usize, bool),
}

struct Piece {
    motif: Motif,
    title: Words,
    style: Words,
    area: Words,
}

const ARM: Words = ("Upper arm", "Brazo");
const FOREARM: Words = ("Forearm", "Antebrazo");
const SHOULDER: Words = ("Shoulder", "Hombro");
const THIGH: Words = ("Thigh", "Muslo");
const CALF: Words = ("Calf", "Pantorrilla");
const WRIST: Words = ("Wrist", "Muñeca");
const GEOMETRIC: Words = ("Geometric", "Geométrico");
const DOTWORK: Words = ("Dotwork", "Puntillismo");
const FINE_LINE: Words = ("Fine line", "Línea fina");
const BOTANICAL: Words = ("Botanical", "Botánico");
const LETTERING: Words = ("Lettering", "Letras");
const JAPANESE: Words = ("Japanese", "Japonés");

const fn piece(motif: Motif, title: Words, style: Words, area: Words) -> Piece {
    Piece { motif, title, style, area }
}

/// Artist by artist, four each; a larger studio begins again.
const PIECES: [Piece; 24] = [
    piece(Motif::Shot(0, false), ("Fox, palm-sized", "Zorro, tamaño palma"), GEOMETRIC, FOREARM),
    piece(Motif::Drawn(4, BLACK), ("Fern leaf", "Hoja de helecho"), BOTANICAL, FOREARM),
    piece(Motif::Shot(2, false), ("Saturn with stars", "Saturno con estrellas"), DOTWORK, SHOULDER),
    piece(Motif::Drawn(1, BLACK), ("Lotus with moon", "Loto con luna"), FINE_LINE, THIGH),
    piece(Motif::Shot(4, false), ("Waves and low sun", "Olas y sol bajo"), JAPANESE, THIGH),
    piece(Motif::Drawn(2, INDIGO), ("Luna moth", "Polilla luna"), DOTWORK, CALF),
    piece(Motif::Drawn(3, BLACK), ("The ridge at dawn", "La sierra al amanecer"), FINE_LINE, ARM),
    piece(Motif::Drawn(0, WINE), ("Fox in wine red", "Zorro en rojo vino"), GEOMETRIC, CALF),
    piece(Motif::Shot(3, false), ("Luna, with crescent", "Luna, con creciente"), LETTERING, FOREARM),
    piece(Motif::Drawn(4, GREEN), ("Fern in green", "Helecho en verde"), BOTANICAL, ARM),
    piece(Motif::Shot(1, false), ("Mandala, twelve petals", "Mandala de doce pétalos"), DOTWORK, SHOULDER),
    piece(Motif::Drawn(2, BLACK), ("Moth, symmetrical", "Polilla simétrica"), FINE_LINE, THIGH),
    piece(Motif::Drawn(3, INDIGO), ("Mountains in indigo", "Montañas en índigo"), FINE_LINE, FOREARM),
    piece(Motif::Shot(0, true), ("Fox, second session", "Zorro, segunda sesión"), GEOMETRIC, ARM),
    piece(Motif::Drawn(1, WINE), ("Lotus in wine red", "Loto en rojo vino"), BOTANICAL, SHOULDER),
    piece(Motif::Shot(2, true), ("Saturn, tilted", "Saturno inclinado"), DOTWORK, CALF),
    piece(Motif::Drawn(0, BLACK), ("Fox, lines only", "Zorro, solo líneas"), GEOMETRIC, WRIST),
    piece(Motif::Shot(4, true), ("Waves, left thigh", "Olas, muslo izquierdo"), JAPANESE, THIGH),
    piece(Motif::Drawn(4, INDIGO), ("Feathered fern", "Helecho plumado"), FINE_LINE, CALF),
    piece(Motif::Drawn(2, WINE), ("Night moth", "Polilla de noche"), DOTWORK, ARM),
    piece(Motif::Shot(1, true), ("Mandala, healed", "Mandala, sanado"), DOTWORK, ARM),
    piece(Motif::Drawn(1, BLACK), ("Small lotus", "Loto pequeño"), FINE_LINE, WRIST),
    piece(Motif::Drawn(3, BLACK), ("Lake below the ridge", "Lago bajo la sierra"), FINE_LINE, CALF),
    piece(Motif::Drawn(0, GREEN), ("Fox in the woods", "Zorro del bosque"), GEOMETRIC, SHOULDER),
];

/// The next picture of one artist: `seat` is their place in the studio, `number` which of theirs it is.
pub(super) fn add(desk: &Desk, language: Language, artist: &str, seat: usize, number: usize) -> Result<()> {
    let at = seat * ADDED.len() + number;
    let piece = &PIECES[at % PIECES.len()];
    let (bytes, colour) = match piece.motif {
        Motif::Drawn(sketch, ink) => {
            (tattooed(SKETCHES[sketch].1, SKIN[(at * 3 + seat) % SKIN.len()], ink)?, ink != BLACK)
        }
        Motif::Shot(shot, false) => (closer(SHOTS[shot].1)?, false),
        Motif::Shot(shot, true) => (mirrored(SHOTS[shot].1)?, false),
    };
    ask(
        desk,
        "portfolio.add",
        None,
        json!({
            "artist_id": artist, "base64": STANDARD.encode(bytes), "title": say(language, piece.title),
            "styles": [say(language, piece.style)], "body_area": say(language, piece.area),
            "colour": if colour { "colour" } else { "black" },
            "stage": if number.is_multiple_of(2) { "healed" } else { "fresh" },
            "featured": number == 2,
            // One of a kind is not ready to be shown yet.
            "published": at != 13,
        }),
    )
    .map(drop)
}

fn read(bytes: &[u8]) -> Result<RgbImage> {
    Ok(image::load_from_memory(bytes).map_err(Error::internal)?.into_rgb8())
}

fn written(image: &RgbImage) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut bytes, 88).encode_image(image).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}

/// The same work from a little nearer: the picture that was taken at the visit is the client's.
fn closer(bytes: &[u8]) -> Result<Vec<u8>> {
    let shot = read(bytes)?;
    let (across, down) = (shot.width() / 40, shot.height() / 40);
    let (width, height) = (shot.width() - 2 * across, shot.height() - 2 * down);
    written(&image::imageops::crop_imm(&shot, across, down, width, height).to_image())
}

fn mirrored(bytes: &[u8]) -> Result<Vec<u8>> {
    written(&image::imageops::flip_horizontal(&read(bytes)?))
}

/// A drawing on paper as a tattoo: where the paper is, skin that turns away at the edges; where lines are, ink under it.
fn tattooed(sketch: &[u8], skin: [u8; 3], ink: [u8; 3]) -> Result<Vec<u8>> {
    let paper = image::imageops::thumbnail(&read(sketch)?, SIDE, SIDE);
    let half = i64::from(SIDE) / 2;
    let drawn = RgbImage::from_fn(SIDE, SIDE, |x, y| {
        let light = i64::from(*paper.get_pixel(x, y).0.iter().min().unwrap_or(&u8::MAX));
        // The pencil's guide lines are fainter than this and stay on the paper.
        let bare = ((light - 60).max(0) * 255 / 120).min(255);
        let (across, down) = (i64::from(x) - half, i64::from(y) - half);
        let shade = 255 - across * across * 110 / (half * half) - down * down * 24 / (half * half);
        let colour = |channel: usize| {
            let (skin, ink) = (i64::from(skin[channel]) * shade / 255, i64::from(ink[channel]));
            u8::try_from((skin * bare + (ink * 4 + skin) / 5 * (255 - bare)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([colour(0), colour(1), colour(2)])
    });
    written(&drawn)
}
