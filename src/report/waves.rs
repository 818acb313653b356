//! Rows turned to bytes on every core and written in order, with only a few parts in memory at once.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

/// Rows that one task turns to bytes.
const ROWS_PER_PART: usize = 2048;
/// Parts made before the ones ready are written; bounds what is held.
const PARTS_PER_WAVE: usize = 8;

/// Writes rows `0..len`, each turned to bytes by `make`, in order.
///
/// # Errors
/// What `out` fails with.
pub fn write_rows(
    len: usize,
    out: &mut (dyn Write + Send),
    make: impl Fn(Range<usize>, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let parts: Vec<_> = (0..len).step_by(ROWS_PER_PART).map(|start| start..len.min(start + ROWS_PER_PART)).collect();
    let mut ready: Vec<Vec<u8>> = Vec::new();
    for wave in parts.chunks(PARTS_PER_WAVE) {
        let make_part = |range: &Range<usize>| {
            let mut bytes = Vec::new();
            make(range.clone(), &mut bytes);
            bytes
        };
        // One core hands a wave to the system while the others make the next.
        let (written, next) = rayon::join(
            || ready.drain(..).try_for_each(|bytes| out.write_all(&bytes)),
            || wave.par_iter().map(make_part).collect(),
        );
        written?;
        ready = next;
    }
    ready.into_iter().try_for_each(|bytes| out.write_all(&bytes))
}
