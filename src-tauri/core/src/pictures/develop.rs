//! From whatever bytes were sent to a picture that is nothing but a picture.
//!
//! Drawn anew as JPEG: what a camera wrote beside it (place, time, its number) is not in it any more, and neither is
//! anything that somebody hid. Its colours are those every screen expects (sRGB), whatever the camera's were.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Pixel, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::error::{Error, Result};

/// Longest side in pixels, as it is kept and as it is listed.
const FULL: u32 = 3_000;
const THUMB: u32 = 480;
const QUALITY: u8 = 85;
const THUMB_QUALITY: u8 = 80;
/// What is looked into at all: sides in pixels, pixels in all, bytes of those pixels, bytes that unpacking may take
/// besides (F22: 256 MB for all of it).
const LONGEST_SIDE: u32 = 20_000;
const MOST_PIXELS: u64 = 60_000_000;
const MOST_BYTES: u64 = 192 * 1024 * 1024;
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// A picture as it is kept: two JPEGs.
#[derive(Debug)]
pub(super) struct Developed {
    pub full: Vec<u8>,
    pub thumb: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// A rectangle of a picture, in its pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

fn not_a_picture() -> Error {
    Error::invalid("base64", "not a picture")
}

fn too_large() -> Error {
    Error::invalid("base64", "too large")
}

fn refusal(error: ImageError) -> Error {
    match error {
        ImageError::Limits(_) => too_large(),
        _ => not_a_picture(),
    }
}

/// Reads a JPEG, PNG or WebP, goes by its bytes and by no name, and makes what is kept of it.
///
/// # Errors
/// `invalid(base64)`: "not a picture", "cut off", or "too large".
pub(super) fn develop(bytes: Vec<u8>) -> Result<Developed> {
    if is_cut_off(&bytes) {
        return Err(Error::invalid("base64", "cut off"));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(not_a_picture());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if width > LONGEST_SIDE
        || height > LONGEST_SIDE
        || u64::from(width) * u64::from(height) > MOST_PIXELS
        || decoder.total_bytes() > MOST_BYTES
    {
        return Err(too_large());
    }
    // A camera held upright writes the picture lying down and says so beside it.
    let turned = decoder.orientation().map_err(refusal)?;
    let profile = decoder.icc_profile().ok().flatten();
    // The file's bytes go with their decoder.
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let mut image = shrunk(on_white(image), FULL);
    if let Some(profile) = profile {
        to_srgb(&mut image, &profile);
    }
    let mut image = DynamicImage::ImageRgb8(image);
    image.apply_orientation(turned);
    finished(image)
}

fn finished(image: DynamicImage) -> Result<Developed> {
    let thumb = small(&image);
    let image = image.into_rgb8();
    Ok(Developed {
        full: jpeg(&image, QUALITY)?,
        thumb: jpeg(&thumb, THUMB_QUALITY)?,
        width: image.width(),
        height: image.height(),
    })
}

/// The part of a picture that lies here as it is kept. Its pixels are drawn anew, and none of the others are in it.
pub(super) fn cut(kept: Vec<u8>, part: Part) -> Result<Developed> {
    let reader = ImageReader::with_format(Cursor::new(kept), ImageFormat::Jpeg);
    let image = reader.decode().map_err(Error::internal)?;
    let image = image.crop_imm(part.x, part.y, part.width, part.height);
    finished(image)
}

/// Whether a JPEG ends before its picture does: of a card pulled too early, the rest would be drawn grey.
fn is_cut_off(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\xff\xd8") else { return false };
    // Past everything that stands before the picture, a small picture of its own among it.
    while let [0xFF, marker, high, low, ..] = *rest {
        if marker == 0xDA {
            return !rest.windows(2).any(|pair| pair == b"\xff\xd9");
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let Some(next) = rest.get(2 + length..) else { return true };
        rest = next;
    }
    // Not as it should be: the decoder says what it thinks of it.
    false
}

/// From the colours of the camera's own profile, such as a telephone's Display P3, to those that are expected where a
/// picture has none. A profile that cannot be read changes nothing.
fn to_srgb(image: &mut RgbImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (layout, srgb) = (Layout::Rgb, ColorProfile::new_srgb());
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
    else {
        return;
    };
    let row = image.width() as usize * 3;
    let mut before = vec![0; row];
    for after in image.chunks_exact_mut(row) {
        before.copy_from_slice(after);
        if transform.transform(&before, after).is_err() {
            after.copy_from_slice(&before);
        }
    }
}

/// What was see-through shows paper, in place: a large picture is not held twice.
fn on_white(mut image: DynamicImage) -> DynamicImage {
    fn lay<P: Pixel>(pixels: &mut image::ImageBuffer<P, Vec<P::Subpixel>>, white: P) {
        for pixel in pixels.pixels_mut() {
            let mut paper = white;
            paper.blend(pixel);
            *pixel = paper;
        }
    }
    match &mut image {
        DynamicImage::ImageRgba8(pixels) => lay(pixels, image::Rgba([u8::MAX; 4])),
        DynamicImage::ImageLumaA8(pixels) => lay(pixels, image::LumaA([u8::MAX; 2])),
        DynamicImage::ImageRgba16(pixels) => lay(pixels, image::Rgba([u16::MAX; 4])),
        DynamicImage::ImageLumaA16(pixels) => lay(pixels, image::LumaA([u16::MAX; 2])),
        _ => {}
    }
    image
}

/// Its longest side no longer than `side`. Averages what falls together: the finer filters hold it as floating point, at
/// many times its size.
fn shrunk(image: DynamicImage, side: u32) -> RgbImage {
    let (width, height) = (image.width(), image.height());
    if width.max(height) <= side {
        return image.into_rgb8();
    }
    match image {
        DynamicImage::ImageRgb8(pixels) => {
            let longest = u64::from(width.max(height));
            let scaled = |length: u32| {
                let scaled = (u64::from(length) * u64::from(side) + longest / 2) / longest;
                u32::try_from(scaled).unwrap_or(side).max(1)
            };
            shrunk_in_place(pixels, scaled(width), scaled(height))
        }
        other => other.thumbnail(side, side).into_rgb8(),
    }
}

/// What most cameras send is not held twice: no pixel is read again once what it went into is written over the beginning.
fn shrunk_in_place(image: RgbImage, to_width: u32, to_height: u32) -> RgbImage {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let (to_width, to_height) = (to_width as usize, to_height as usize);
    let mut bytes = image.into_raw();
    // From where to where something falls onto place `at` of `places`.
    let falls = |at: usize, places: usize, length: usize| {
        let from = at * length / places;
        from..((at + 1) * length / places).max(from + 1)
    };
    for y in 0..to_height {
        for x in 0..to_width {
            let (rows, columns) = (falls(y, to_height, height), falls(x, to_width, width));
            let count = rows.len() * columns.len();
            let mut sums = [0usize; 3];
            for row in rows {
                let pixels = &bytes[(row * width + columns.start) * 3..(row * width + columns.end) * 3];
                for pixel in pixels.as_chunks::<3>().0 {
                    for (sum, part) in sums.iter_mut().zip(pixel) {
                        *sum += usize::from(*part);
                    }
                }
            }
            let place = (y * to_width + x) * 3;
            for (byte, sum) in bytes[place..place + 3].iter_mut().zip(sums) {
                *byte = u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX);
            }
        }
    }
    bytes.truncate(to_width * to_height * 3);
    bytes.shrink_to_fit();
    RgbImage::from_raw(to_width as u32, to_height as u32, bytes).unwrap_or_default()
}

/// The copy for lists: few enough pixels by then for a fine filter.
fn small(image: &DynamicImage) -> RgbImage {
    let longest = image.width().max(image.height());
    let near = if longest > THUMB * 2 { image.thumbnail(THUMB * 2, THUMB * 2) } else { image.clone() };
    if longest <= THUMB {
        return near.into_rgb8();
    }
    near.resize(THUMB, THUMB, FilterType::CatmullRom).into_rgb8()
}

fn jpeg(image: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(image).map_err(Error::internal)?;
    Ok(bytes)
}
