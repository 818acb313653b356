//! Writes the objects of the file one after the other, and at the end where each stands. None is held but a few small ones,
//! until they are enough to be packed together.

use std::io::{self, BufWriter, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};

/// How many objects are packed together: enough to be alike, few enough to unpack for one of them.
const PACKED: usize = 200;
/// The bytes after the version that tell whoever moves the file that it is no text.
const HEAD: &[u8] = b"%PDF-1.7\n%\xbb\xad\xc0\xde\n";

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    /// So many bytes from the beginning.
    At(u32),
    /// In the pack of this number, after so many others.
    Packed { pack: u32, index: u16 },
}

/// A file as far as it is written.
pub(super) struct Objects<'o> {
    out: BufWriter<&'o mut dyn Write>,
    written: u64,
    /// The place of each object, which has none before it is written.
    places: Vec<Option<Place>>,
    /// Numbers of the objects that wait to be packed, each with the place where it begins among their bytes.
    waiting: Vec<(u32, usize)>,
    bytes: Vec<u8>,
}

impl<'o> Objects<'o> {
    /// Begins a file whose first numbers are given already.
    pub(super) fn new(out: &'o mut dyn Write, given: usize) -> io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 16, out);
        let (places, waiting, bytes) = (Vec::new(), Vec::new(), Vec::new());
        let mut objects = Self { out, written: 0, places, waiting, bytes };
        objects.reserve(given);
        objects.write(HEAD)?;
        Ok(objects)
    }

    /// As many numbers, one after the other; gives the first. No number may go unused: readers distrust a table of objects
    /// with gaps in it.
    pub(super) fn reserve(&mut self, count: usize) -> u32 {
        let first = self.places.len() + 1;
        self.places.resize(self.places.len() + count, None);
        u32::try_from(first).expect("a report has fewer than four thousand million objects")
    }

    /// A small object that is written by hand.
    pub(super) fn pack(&mut self, number: u32, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        self.waiting.push((number, self.bytes.len()));
        write(&mut self.bytes)?;
        self.bytes.push(b'\n');
        if self.waiting.len() == PACKED { self.flush() } else { Ok(()) }
    }

    /// An object as the library has it.
    pub(super) fn put(&mut self, number: u32, object: Object) -> io::Result<()> {
        match object {
            Object::Stream(stream) => self.stream(number, stream.dict, &stream.content),
            object => {
                let text = text(object)?;
                self.pack(number, |bytes| bytes.write_all(&text))
            }
        }
    }

    /// The same under the next number, which it gives.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> io::Result<u32> {
        let number = self.reserve(1);
        self.put(number, object.into())?;
        Ok(number)
    }

    pub(super) fn stream(&mut self, number: u32, mut dictionary: Dictionary, content: &[u8]) -> io::Result<()> {
        self.places[index(number) - 1] = Some(Place::At(self.here()?));
        dictionary.set("Length", integer(content.len()));
        self.write(format!("{number} 0 obj\n").as_bytes())?;
        self.write(&text(dictionary.into())?)?;
        self.write(b"\nstream\n")?;
        self.write(content)?;
        self.write(b"\nendstream\nendobj\n")
    }

    /// Writes what waits to be packed.
    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let pack = self.reserve(1);
        let waiting = std::mem::take(&mut self.waiting);
        let mut head = Vec::new();
        for (&(number, start), at) in waiting.iter().zip(0..) {
            write!(head, "{number} {start} ")?;
            self.places[index(number) - 1] = Some(Place::Packed { pack, index: at });
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "ObjStm");
        dictionary.set("N", integer(waiting.len()));
        dictionary.set("First", integer(head.len()));
        let content = compressed(&[&head, &self.bytes], 6)?;
        self.bytes.clear();
        dictionary.set("Filter", "FlateDecode");
        self.stream(pack, dictionary, &content)
    }

    /// Ends the file with the places of all objects, under a dictionary that says where to begin.
    pub(super) fn finish(mut self, mut trailer: Dictionary) -> io::Result<()> {
        self.flush()?;
        let number = self.reserve(1);
        let start = self.here()?;
        self.places[index(number) - 1] = Some(Place::At(start));
        // The number nought is that of no object.
        let mut table = vec![0, 0, 0, 0, 0, 0xff, 0xff];
        for place in &self.places {
            let (kind, place, index) = match place.ok_or_else(|| io::Error::other("an object was not written"))? {
                Place::At(place) => (1, place, 0),
                Place::Packed { pack, index } => (2, pack, index),
            };
            table.push(kind);
            table.extend(place.to_be_bytes());
            table.extend(index.to_be_bytes());
        }
        trailer.set("Type", "XRef");
        trailer.set("Size", integer(self.places.len() + 1));
        trailer.set("W", vec![1.into(), 4.into(), 2.into()]);
        trailer.set("Filter", "FlateDecode");
        self.stream(number, trailer, &compressed(&[&table], 6)?)?;
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()
    }

    fn here(&self) -> io::Result<u32> {
        u32::try_from(self.written).map_err(|_| io::Error::other("the file would be larger than 4 GiB"))
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// An object as the file has it, which is how it would be given to an operation of a page.
pub(super) fn text(object: Object) -> io::Result<Vec<u8>> {
    Content { operations: vec![Operation::new("", vec![object])] }.encode().map_err(io::Error::other)
}

/// Parts of a stream, compressed as one.
pub(super) fn compressed(parts: &[&[u8]], level: u32) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(level));
    for part in parts {
        encoder.write_all(part)?;
    }
    encoder.finish()
}

pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).expect("a machine counts further than this")
}

pub(super) fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).expect("a machine counts further than this"))
}
