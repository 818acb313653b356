//! Rows turned to bytes on every core and written in order, with only a few parts in memory at once.

use std::io::{self, Write};

use rayon::prelude::*;

/// Rows that one task turns to bytes.
const ROWS_PER_PART: usize = 2048;
/// Parts made before the ones ready are written; bounds what is held.
const PARTS_PER_WAVE: usize = 16;

/// Writes rows `0..len`, each turned to bytes by `make`, in order.
///
/// # Errors
/// What `out` fails with.
pub fn write_rows(
    len: usize,
    out: &mut dyn Write,
    make: impl Fn(std::ops::Range<usize>, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let parts: Vec<_> = (0..len).step_by(ROWS_PER_PART).map(|start| start..len.min(start + ROWS_PER_PART)).collect();
    for wave in parts.chunks(PARTS_PER_WAVE) {
        let written: Vec<Vec<u8>> = wave
            .par_iter()
            .map(|range| {
                let mut bytes = Vec::new();
                make(range.clone(), &mut bytes);
                bytes
            })
            .collect();
        for bytes in written {
            out.write_all(&bytes)?;
        }
    }
    Ok(())
}
