//! The customer's logo as an image of the file, named for the page that shows it.

use std::io;

use lopdf::{Dictionary, Object};

use super::objects::{Objects, compressed};
use crate::report::logo::Pixels;

/// The name that a page draws it by.
pub(super) const NAME: &str = "Logo";

/// Writes an image, and gives its number.
pub(super) fn write(objects: &mut Objects<'_>, pixels: &Pixels) -> io::Result<u32> {
    let mut image = dictionary(pixels, "DeviceRGB");
    if let Some(opacity) = &pixels.opacity {
        let mask = objects.reserve(1);
        objects.stream(mask, dictionary(pixels, "DeviceGray"), &compressed(&[opacity], 9)?)?;
        image.set("SMask", Object::Reference((mask, 0)));
    }
    let number = objects.reserve(1);
    objects.stream(number, image, &compressed(&[&pixels.colours], 9)?)?;
    Ok(number)
}

fn dictionary(pixels: &Pixels, colours: &str) -> Dictionary {
    let mut image = Dictionary::new();
    image.set("Type", "XObject");
    image.set("Subtype", "Image");
    image.set("Width", i64::from(pixels.width));
    image.set("Height", i64::from(pixels.height));
    image.set("ColorSpace", colours);
    image.set("BitsPerComponent", 8);
    image.set("Filter", "FlateDecode");
    image
}
