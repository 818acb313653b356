//! A PNG, decoded to red, green, blue and how much of what is below shows through.

use std::io::Read;

use flate2::Crc;
use flate2::read::ZlibDecoder;

use crate::model::{Phrase, say};

/// What every PNG begins with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The most pixels that a logo may have: two thousand to a side.
const MOST: u64 = 4_000_000;
/// Where the pixels of each pass of an interlaced picture begin and how far apart they are: columns, then rows.
const PASSES: [[u32; 4]; 7] =
    [[0, 8, 0, 8], [4, 8, 0, 8], [0, 4, 4, 8], [2, 4, 0, 4], [0, 2, 2, 4], [1, 2, 0, 2], [0, 1, 1, 2]];
/// Those of a picture that comes row by row.
const ONE_PASS: [[u32; 4]; 1] = [[0, 1, 0, 1]];

/// A picture of pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// How many pixels it is wide.
    pub width: u32,
    /// How many it is high.
    pub height: u32,
    /// Red, green and blue of each, row by row.
    pub colours: Vec<u8>,
    /// How opaque each is, where not all are wholly so.
    pub opacity: Option<Vec<u8>>,
}

/// What the file says of its pixels.
struct Head {
    width: u32,
    height: u32,
    depth: u8,
    samples: Samples,
    is_interlaced: bool,
}

/// What a pixel consists of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Samples {
    Grey,
    Colours,
    Palette,
    GreyAlpha,
    ColoursAlpha,
}

impl Samples {
    const fn count(self) -> usize {
        match self {
            Self::Grey | Self::Palette => 1,
            Self::GreyAlpha => 2,
            Self::Colours => 3,
            Self::ColoursAlpha => 4,
        }
    }
}

/// The parts of the file that tell of its pixels.
#[derive(Default)]
struct Parts<'b> {
    head: Option<&'b [u8]>,
    palette: &'b [u8],
    transparency: Option<&'b [u8]>,
    data: Vec<u8>,
}

/// Decodes a file that begins as a PNG does.
pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, Phrase> {
    let parts = parts(bytes)?;
    let head = head(parts.head.ok_or_else(broken)?)?;
    let (width, height) = (u64::from(head.width), u64::from(head.height));
    if width == 0 || height == 0 {
        return Err(broken());
    }
    if width * height > MOST {
        return Err(say!(
            "has {width} x {height} pixels, more than the {most} that a logo may have. Make it smaller.",
            width,
            height,
            most = MOST
        ));
    }
    let plane = inflated(&head, &parts.data)?;
    let mut pixels = Painting::new(&head, &parts);
    let mut rest = plane.as_slice();
    for &pass in head.passes() {
        rest = pixels.pass(pass, rest)?;
    }
    Ok(pixels.done())
}

fn broken() -> Phrase {
    "is a broken PNG. Save the logo anew.".into()
}

/// Reads the chunks, each of which carries a checksum.
fn parts(bytes: &[u8]) -> Result<Parts<'_>, Phrase> {
    let mut parts = Parts::default();
    let mut rest = &bytes[SIGNATURE.len()..];
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or_else(broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| broken())?;
        let checked = length.checked_add(4).and_then(|length| after.split_at_checked(length));
        let (chunk, after) = checked.ok_or_else(broken)?;
        let (sum, after) = after.split_first_chunk::<4>().ok_or_else(broken)?;
        let mut crc = Crc::new();
        crc.update(chunk);
        if crc.sum() != u32::from_be_bytes(*sum) {
            return Err(broken());
        }
        let (kind, content) = chunk.split_at(4);
        match kind {
            b"IHDR" => parts.head = Some(content),
            b"PLTE" => parts.palette = content,
            b"tRNS" => parts.transparency = Some(content),
            b"IDAT" => parts.data.extend_from_slice(content),
            b"IEND" => return Ok(parts),
            _ => {}
        }
        rest = after;
    }
}

fn head(content: &[u8]) -> Result<Head, Phrase> {
    let (width, rest) = content.split_first_chunk::<4>().ok_or_else(broken)?;
    let (height, rest) = rest.split_first_chunk::<4>().ok_or_else(broken)?;
    let &[depth, kind, 0, 0, interlaced @ (0 | 1)] = rest else { return Err(broken()) };
    let samples = match (kind, depth) {
        (0, 1 | 2 | 4 | 8 | 16) => Samples::Grey,
        (2, 8 | 16) => Samples::Colours,
        (3, 1 | 2 | 4 | 8) => Samples::Palette,
        (4, 8 | 16) => Samples::GreyAlpha,
        (6, 8 | 16) => Samples::ColoursAlpha,
        _ => return Err(broken()),
    };
    let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    Ok(Head { width, height, depth, samples, is_interlaced: interlaced == 1 })
}

impl Head {
    fn bits(&self) -> usize {
        self.samples.count() * usize::from(self.depth)
    }

    /// How many bytes a row of so many pixels takes.
    fn row(&self, width: u32) -> usize {
        (index(width) * self.bits()).div_ceil(8)
    }

    fn passes(&self) -> &'static [[u32; 4]] {
        if self.is_interlaced { &PASSES } else { &ONE_PASS }
    }

    /// How many pixels wide and high a pass is.
    fn size(&self, [column, across, row, down]: [u32; 4]) -> (u32, u32) {
        (self.width.saturating_sub(column).div_ceil(across), self.height.saturating_sub(row).div_ceil(down))
    }
}

/// The rows of all passes, each after the number of its filter; no more is unpacked than there are pixels for.
fn inflated(head: &Head, data: &[u8]) -> Result<Vec<u8>, Phrase> {
    let rows = |&pass: &[u32; 4]| match head.size(pass) {
        (0, _) => 0,
        (width, height) => (head.row(width) + 1) * index(height),
    };
    let length: usize = head.passes().iter().map(rows).sum();
    let mut plane = vec![0; length];
    ZlibDecoder::new(data).read_exact(&mut plane).map_err(|_| broken())?;
    Ok(plane)
}

/// A picture while its pixels are set.
struct Painting<'p> {
    head: &'p Head,
    palette: &'p [u8],
    transparency: Option<&'p [u8]>,
    colours: Vec<u8>,
    opacity: Vec<u8>,
}

impl<'p> Painting<'p> {
    fn new(head: &'p Head, parts: &Parts<'p>) -> Self {
        let pixels = index(head.width) * index(head.height);
        let (palette, transparency) = (parts.palette, parts.transparency);
        Self { head, palette, transparency, colours: vec![0; pixels * 3], opacity: vec![0; pixels] }
    }

    /// Sets the pixels of a pass, and gives what comes after them.
    fn pass<'d>(&mut self, pass: [u32; 4], mut rest: &'d [u8]) -> Result<&'d [u8], Phrase> {
        let [column, across, row, down] = pass;
        let (width, height) = self.head.size(pass);
        if width == 0 {
            return Ok(rest);
        }
        let length = self.head.row(width);
        let mut above = vec![0; length];
        for line in 0..height {
            let (filter, after) = rest.split_first().ok_or_else(broken)?;
            let (packed, after) = after.split_at_checked(length).ok_or_else(broken)?;
            let mut bytes = packed.to_vec();
            unfilter(*filter, &mut bytes, &above, self.head.bits().div_ceil(8))?;
            for at in 0..width {
                let (x, y) = (column + at * across, row + line * down);
                self.set(index(y) * index(self.head.width) + index(x), &bytes, index(at))?;
            }
            above = bytes;
            rest = after;
        }
        Ok(rest)
    }

    /// Sets the pixel of this number from the one of a row.
    fn set(&mut self, pixel: usize, row: &[u8], at: usize) -> Result<(), Phrase> {
        let sample = |number: usize| self.sample(row, at * self.head.samples.count() + number);
        let eight = |number: usize| self.eight(sample(number));
        let (colour, opacity) = match self.head.samples {
            Samples::Palette => {
                let number = usize::from(sample(0));
                let colour = self.palette.get(number * 3..number * 3 + 3).ok_or_else(broken)?;
                let opacity = self.transparency.and_then(|opacity| opacity.get(number)).copied();
                ([colour[0], colour[1], colour[2]], opacity.unwrap_or(0xff))
            }
            Samples::Grey => ([eight(0); 3], self.opacity_of(&[sample(0)])),
            Samples::Colours => ([eight(0), eight(1), eight(2)], self.opacity_of(&[sample(0), sample(1), sample(2)])),
            Samples::GreyAlpha => ([eight(0); 3], eight(1)),
            Samples::ColoursAlpha => ([eight(0), eight(1), eight(2)], eight(3)),
        };
        self.colours[pixel * 3..pixel * 3 + 3].copy_from_slice(&colour);
        self.opacity[pixel] = opacity;
        Ok(())
    }

    /// A sample of a row, as it is written.
    fn sample(&self, row: &[u8], number: usize) -> u16 {
        match self.head.depth {
            16 => u16::from_be_bytes([row[number * 2], row[number * 2 + 1]]),
            8 => u16::from(row[number]),
            depth => {
                let bit = number * usize::from(depth);
                let shift = 8 - usize::from(depth) - bit % 8;
                u16::from(row[bit / 8] >> shift) & ((1 << depth) - 1)
            }
        }
    }

    /// A sample of a grey or a colour in eight bits.
    fn eight(&self, sample: u16) -> u8 {
        let most = u32::from(u16::MAX >> (16 - self.head.depth));
        u8::try_from(u32::from(sample) * 0xff / most).unwrap_or(0xff)
    }

    /// A file without opacities may have one colour that is not seen.
    fn opacity_of(&self, samples: &[u16]) -> u8 {
        let unseen = self.transparency.is_some_and(|unseen| {
            let unseen = unseen.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            unseen.eq(samples.iter().copied())
        });
        if unseen { 0 } else { 0xff }
    }

    fn done(self) -> Pixels {
        let is_opaque = self.opacity.iter().all(|&opacity| opacity == 0xff);
        let opacity = (!is_opaque).then_some(self.opacity);
        Pixels { width: self.head.width, height: self.head.height, colours: self.colours, opacity }
    }
}

/// Turns the differences that a row was written as to what it is; `step` is how many bytes lie between a byte and its like.
fn unfilter(filter: u8, row: &mut [u8], above: &[u8], step: usize) -> Result<(), Phrase> {
    for at in 0..row.len() {
        let left = at.checked_sub(step).map_or(0, |before| row[before]);
        let corner = at.checked_sub(step).map_or(0, |before| above[before]);
        let guess = match filter {
            0 => 0,
            1 => left,
            2 => above[at],
            3 => left.midpoint(above[at]),
            4 => paeth(left, above[at], corner),
            _ => return Err(broken()),
        };
        row[at] = row[at].wrapping_add(guess);
    }
    Ok(())
}

/// Of three neighbours the one that is nearest to what they let expect.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let expected = i16::from(left) + i16::from(above) - i16::from(corner);
    let far = |neighbour: u8| (expected - i16::from(neighbour)).abs();
    if far(left) <= far(above) && far(left) <= far(corner) {
        left
    } else if far(above) <= far(corner) {
        above
    } else {
        corner
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).expect("a machine counts further than this")
}
