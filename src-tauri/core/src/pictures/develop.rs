//! From whatever bytes were sent to a picture that is nothing but a picture.
//!
//! Drawn anew as JPEG: what a camera wrote beside it (place, time, its number) is not in it any more, and neither is
//! anything that somebody hid.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Pixel, RgbImage};

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
/// `invalid(base64)`: "not a picture", or "too large".
pub(super) fn develop(bytes: Vec<u8>) -> Result<Developed> {
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
    // The file's bytes go with their decoder.
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let mut image = DynamicImage::ImageRgb8(shrunk(on_white(image), FULL).into_rgb8());
    image.apply_orientation(turned);
    let thumb = small(&image);
    let image = image.into_rgb8();
    Ok(Developed {
        full: jpeg(&image, QUALITY)?,
        thumb: jpeg(&thumb, THUMB_QUALITY)?,
        width: image.width(),
        height: image.height(),
    })
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
fn shrunk(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) > side { image.thumbnail(side, side) } else { image }
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
