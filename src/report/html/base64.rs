//! Bytes as the letters that HTML holds: base 64 with padding.

use std::io::{self, Write};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as letters.
pub(super) fn base64(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(|part| four(part).map(char::from)).collect()
}

/// Three bytes, or the one or two that are left, as four letters.
fn four(part: &[u8]) -> [u8; 4] {
    let byte = |at: usize| u32::from(part.get(at).copied().unwrap_or(0));
    let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    let letter = |at: u32| LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
    let padded = |at: usize, letter: u8| if part.len() < at { b'=' } else { letter };
    [letter(0), letter(1), padded(2, letter(2)), padded(3, letter(3))]
}

/// Turns what is written to it to letters.
pub(super) struct Letters<'w> {
    out: &'w mut (dyn Write + Send),
    /// Bytes that wait for the third.
    rest: Vec<u8>,
}

impl<'w> Letters<'w> {
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out, rest: Vec::new() }
    }

    /// Writes what is left, padded.
    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(base64(&self.rest).as_bytes())
    }
}

impl Write for Letters<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        let whole = self.rest.len() / 3 * 3;
        self.out.write_all(base64(&self.rest[..whole]).as_bytes())?;
        self.rest.drain(..whole);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples_hold_however_they_are_parted() {
        let examples =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (plain, letters) in examples {
            assert_eq!(base64(plain.as_bytes()), letters);
            let mut out = Vec::new();
            let mut parts = Letters::new(&mut out);
            for byte in plain.bytes() {
                parts.write_all(&[byte]).expect("memory takes it");
            }
            parts.finish().expect("memory takes it");
            assert_eq!(out, letters.as_bytes());
        }
    }
}
