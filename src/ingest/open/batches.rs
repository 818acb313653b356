//! Which files are read side by side. Readers hold much beside what they give, so that those at work must fit together.

use std::io::Cursor;
use std::ops::Range;

use zip::ZipArchive;

use super::probe::is_zip;
use crate::ingest::limits::count;
use crate::ingest::source::Source;

/// The most bytes that reading files side by side may take, unless it is one file.
const TOGETHER: u64 = 512 << 20;
/// What a text takes for each of its bytes, itself aside: once decoded, and its longest cells once more.
const DECODED: u64 = 2;
/// What a value of a text may take until it is a cell.
const VALUE: u64 = 96;

/// Parts files, in their order, into runs that can be read side by side.
#[must_use]
pub fn batches(sources: &[Source]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut begin, mut together) = (0, 0_u64);
    for (index, source) in sources.iter().enumerate() {
        let weight = weight(&source.bytes);
        together = together.saturating_add(weight);
        if together > TOGETHER && index > begin {
            batches.push(begin..index);
            (begin, together) = (index, weight);
        }
    }
    batches.push(begin..sources.len());
    batches
}

/// About the most that reading a file takes.
fn weight(bytes: &[u8]) -> u64 {
    if is_zip(bytes) {
        return unpacked(bytes).unwrap_or_else(|| count(bytes.len()));
    }
    let values = bytes.iter().filter(|byte| matches!(byte, b',' | b';' | b'{' | b'[' | b'<')).count();
    count(bytes.len()).saturating_mul(DECODED).saturating_add(count(values).saturating_mul(VALUE))
}

/// The bytes that all parts of a container claim to be.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..archive.len()).try_fold(0_u64, |sum, part| Some(sum.saturating_add(archive.by_index_data(part).ok()?.size())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str, times: usize) -> Source {
        Source { path: String::new(), bytes: text.repeat(times).into(), sha256: String::new() }
    }

    #[test]
    fn small_files_are_read_together_and_large_ones_alone() {
        let values = usize::try_from(TOGETHER / VALUE).expect("it fits");
        let small = || source("a,b\n", 10);
        let sources = [small(), small(), source("{", values), small(), source("[", values / 2), small()];
        let lengths = |sources: &[Source]| batches(sources).iter().map(Range::len).collect::<Vec<_>>();
        assert_eq!(lengths(&sources), [2, 1, 3]);
        assert_eq!(lengths(&sources[..1]), [1]);
        assert_eq!(lengths(&[]), [0]);
    }
}
