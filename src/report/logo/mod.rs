//! The customer's logo on the cover: a picture that was looked through, and is bounded, before any report shows it.

mod png;
mod svg;

pub use png::Pixels;

use crate::catalogue::digest;
use crate::model::{Arg, Identity, Phrase, say};

/// The largest file taken for a logo.
pub const LARGEST: u64 = 2 << 20;
/// The room for it on a cover, in hundredths of a point.
const ROOM: (u64, u64) = (17_000, 6_500);
/// How large a pixel is that is not made smaller, in hundredths of a point: a 96th of an inch.
const PIXEL: u64 = 75;

/// The customer's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file that it was read from.
    pub file: String,
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// The SHA-256 of that.
    pub sha256: String,
    /// How it is drawn.
    pub drawn: Drawn,
}

/// How a logo is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// As pixels, from a PNG.
    Pixels(Pixels),
    /// As lines and areas, from an SVG, which only a browser draws.
    Lines,
}

impl Logo {
    /// Looks through a file that is to be a logo.
    ///
    /// # Errors
    /// What is wrong with it, with its name and what to do.
    pub fn read(file: &str, bytes: Vec<u8>) -> Result<Self, Phrase> {
        let drawn = if bytes.starts_with(png::SIGNATURE) {
            png::decode(&bytes).map(Drawn::Pixels)
        } else if svg::is_markup(&bytes) {
            svg::check(&bytes).map(|()| Drawn::Lines)
        } else {
            Err("is neither PNG nor SVG. Save the logo as one of them.".into())
        };
        match drawn {
            Ok(drawn) => Ok(Self { file: file.to_owned(), sha256: digest(&bytes), bytes, drawn }),
            Err(why) => Err(say!("{file}: {why}", file = Arg::named(Identity::File, file), why)),
        }
    }

    /// What kind of file it is to those who are told.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.drawn {
            Drawn::Pixels(_) => "image/png",
            Drawn::Lines => "image/svg+xml",
        }
    }

    /// Its pixels, where it has any.
    #[must_use]
    pub fn pixels(&self) -> Option<&Pixels> {
        match &self.drawn {
            Drawn::Pixels(pixels) => Some(pixels),
            Drawn::Lines => None,
        }
    }
}

impl Pixels {
    /// How wide and high it stands on a cover, in hundredths of a point: whole, in its own proportions, and never larger than
    /// its pixels bear.
    #[must_use]
    pub fn on_paper(&self) -> (u64, u64) {
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let (widest, highest) = ROOM;
        let (widest, highest) = (widest.min(width * PIXEL), highest.min(height * PIXEL));
        // Whichever side comes to its end first decides.
        let (wide, high) = if width * highest >= height * widest {
            (widest, widest * height / width)
        } else {
            (highest * width / height, highest)
        };
        (wide.max(1), high.max(1))
    }
}
