//! Twelve ways to damage a file, each decided by dice that fall the same every time.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// Dice that fall alike for a seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64, which is good enough for any seed.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("below a length")
    }

    fn one_of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below(length - start + 1)
    }
}

/// Makes a damaged file of a file, with another at hand.
pub(super) type Mutate = fn(&[u8], &[u8], &mut Dice) -> Vec<u8>;

/// The ways, by name.
pub(super) const MUTATORS: &[(&str, Mutate)] = &[
    ("cut", |file, _, dice| file[..dice.below(file.len() + 1)].to_vec()),
    ("flip", flip),
    ("splice", splice),
    ("swap", swap),
    ("delete", |file, _, dice| {
        let range = dice.range(file.len());
        [&file[..range.start], &file[range.end..]].concat()
    }),
    ("repeat", |file, _, dice| {
        let range = dice.range(file.len());
        [&file[..range.end], &file[range]].concat()
    }),
    ("markup", |file, _, dice| in_parts(file, dice, markup)),
    ("json", |file, _, dice| in_parts(file, dice, structure)),
    ("container", container),
    ("quoting", |file, _, dice| in_parts(file, dice, quoting)),
    ("encoding", encoding),
    ("numbers", |file, _, dice| in_parts(file, dice, numbers)),
];

fn flip(file: &[u8], _: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(file.len());
        if let Some(byte) = file.get_mut(at) {
            *byte ^= 1 << dice.below(8);
        }
    }
    file
}

fn splice(file: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let (at, piece) = (dice.below(file.len() + 1), dice.range(other.len()));
    [&file[..at], &other[piece], &file[at..]].concat()
}

fn swap(file: &[u8], _: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut places = [0; 4].map(|_| dice.below(file.len() + 1));
    places.sort_unstable();
    let [a, b, c, d] = places;
    [&file[..a], &file[c..d], &file[b..c], &file[a..b], &file[d..]].concat()
}

/// Puts some text in place of one of the places where another stands.
fn replace_one(text: &[u8], from: &[u8], to: &[u8], dice: &mut Dice) -> Vec<u8> {
    let places: Vec<usize> = (0..text.len()).filter(|&at| text[at..].starts_with(from)).collect();
    if places.is_empty() {
        let at = dice.below(text.len() + 1);
        return [&text[..at], to, &text[at..]].concat();
    }
    let at = *dice.one_of(&places);
    [&text[..at], to, &text[at + from.len()..]].concat()
}

fn markup(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let (from, to): &(&[u8], &[u8]) = dice.one_of(&[
        (b"</", b"<"),
        (b"/>", b">"),
        (b">", b""),
        (b"<", b"</"),
        (b"=\"", b"=\"999999999999"),
        (b"r=\"", b"r=\"XFE"),
        (b"t=\"str\"", b"t=\"s\""),
        (b"<table:table-cell", b"<table:table-cell table:number-columns-repeated=\"99999\""),
        (b"<table:table-row", b"<table:table-row table:number-rows-repeated=\"999999999\""),
        (b"<text:p>", b"<text:p><text:s text:c=\"99999999\"/>"),
        (b"</sheetData>", b"</sheetData><sheetData>"),
        (b"&", b"&#x0;"),
    ]);
    replace_one(text, from, to, dice)
}

fn structure(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let (from, to): &(&[u8], &[u8]) = dice.one_of(&[
        (b"{", b"["),
        (b"}", b""),
        (b"[", b"[[[[[["),
        (b":", b","),
        (b",", b""),
        (b"\"", b"\\\""),
        (b"\"", b"\\ud800\""),
        (b"null", b"nul"),
        (b"1", b"1e999"),
        (b"{", b"{\"name\":1,\"name\":2,"),
        (b"}", b"},{}"),
        (b"true", b"NaN"),
    ]);
    replace_one(text, from, to, dice)
}

fn quoting(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let (from, to): &(&[u8], &[u8]) = dice.one_of(&[
        (b",", b",\""),
        (b"\n", b"\"\n"),
        (b"\"", b""),
        (b"\"\"", b"\""),
        (b"\n", b"\r"),
        (b"\n", b"\n\n\n"),
        (b",", b",,,,,,,,"),
        (b",", b"\t"),
        (b"\n", b"\n#TYPE A.B\n"),
        (b"\n", b"\nsep=;\n"),
        (b",", b"\0"),
        (b"\n", b"\n=1+1,"),
    ]);
    replace_one(text, from, to, dice)
}

/// What stands where a digit stood.
const ODD: &[&[u8]] = &[
    b"-",
    b"18446744073709551616",
    b"1e308",
    b"-0",
    b"0.0000000001",
    b"NaN",
    b"1.234.567,89",
    b"1,234.5",
    b"\xC2\xA0",
    b"0x7F",
    b"99999-12-31",
    b"",
];

fn numbers(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let digits: Vec<usize> = (0..text.len()).filter(|&at| text[at].is_ascii_digit()).collect();
    if digits.is_empty() {
        return text.to_vec();
    }
    let at = *dice.one_of(&digits);
    let odd = *dice.one_of(ODD);
    [&text[..at], odd, &text[at + 1..]].concat()
}

fn encoding(file: &[u8], _: &[u8], dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    match dice.below(6) {
        0 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        1 => [&b"\xFF\xFE"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat(),
        2 => [b"\xEF\xBB\xBF", file].concat(),
        3 => [b"\xFF\xFE", file].concat(),
        4 => splice(file, b"\xE5\xE4\xF6\xC5\x81", dice),
        _ => splice(file, "\u{feff}\u{1a}\u{2028}å\u{0}".as_bytes(), dice),
    }
}

/// The parts of a zip container; nothing for another file.
fn parts(file: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
    let read = |at: usize| {
        let mut part = archive.by_index(at).ok()?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        Some((part.name().ok()?.into_owned(), bytes))
    };
    (0..file.len().min(archive_len(file))).map(read).collect()
}

fn archive_len(file: &[u8]) -> usize {
    ZipArchive::new(Cursor::new(file)).map_or(0, |archive| archive.len())
}

/// A container with right lengths and checksums, whatever is in it.
fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        // A name twice is what the library refuses to write.
        if writer.start_file(name.as_str(), options).is_ok() {
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// Damages a text, or one part of a container that is then packed anew.
fn in_parts(file: &[u8], dice: &mut Dice, damage: fn(&[u8], &mut Dice) -> Vec<u8>) -> Vec<u8> {
    let Some(mut parts) = parts(file).filter(|parts| !parts.is_empty()) else { return damage(file, dice) };
    let at = dice.below(parts.len());
    parts[at].1 = damage(&parts[at].1, dice);
    packed(&parts)
}

fn container(file: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let Some(mut parts) = parts(file).filter(|parts| !parts.is_empty()) else {
        return packed(&[("a.csv".to_owned(), file.to_vec()), ("b.csv".to_owned(), other.to_vec())]);
    };
    let (one, two) = (dice.below(parts.len()), dice.below(parts.len()));
    match dice.below(6) {
        0 => drop(parts.remove(one)),
        1 => parts[one].1 = other.to_vec(),
        2 => parts[one].0 = parts[one].0.to_uppercase(),
        3 => {
            let bytes = parts[one].1.clone();
            parts[two].1 = bytes;
        }
        4 => parts.push(("xl/sharedStrings.xml".to_owned(), b"<sst uniqueCount=\"9\"/>".to_vec())),
        _ => return [file, &packed(&parts)].concat(),
    }
    packed(&parts)
}
