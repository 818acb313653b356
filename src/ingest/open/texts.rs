//! The texts that the sheets of an `.xls` workbook share, which may run on from record to record: how long each one is.

/// Bytes in several pieces, read one after the other.
pub(super) struct Segments<'a> {
    now: &'a [u8],
    more: std::vec::IntoIter<&'a [u8]>,
}

/// What stands before the first text: two counts that nothing rests on.
const COUNTS: usize = 8;

impl<'a> Segments<'a> {
    pub(super) fn new(first: &'a [u8], more: Vec<&'a [u8]>) -> Self {
        Self { now: first.get(COUNTS..).unwrap_or_default(), more: more.into_iter() }
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.now.split_at_checked(length)?;
        self.now = rest;
        Some(taken)
    }

    /// Goes on to the next piece.
    fn go_on(&mut self) -> Option<()> {
        self.now = self.more.next()?;
        Some(())
    }

    /// Passes over some bytes, in as many pieces as they lie.
    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > self.now.len() {
            length -= self.now.len();
            self.go_on()?;
        }
        self.take(length).map(|_| ())
    }
}

/// The length in bytes of each text, and nothing for one that is cut off, after which there is no other.
pub(super) fn lengths(segments: Segments<'_>) -> impl Iterator<Item = Option<u32>> {
    let mut rest = Some(segments);
    std::iter::from_fn(move || {
        let segments = rest.as_mut()?;
        if segments.now.is_empty() && segments.go_on().is_none() {
            return None;
        }
        let length = one(segments);
        if length.is_none() {
            rest = None;
        }
        Some(length)
    })
}

fn one(segments: &mut Segments<'_>) -> Option<u32> {
    const WIDE: u8 = 1;
    const EXTENDED: u8 = 4;
    const RICH: u8 = 8;
    // A piece without anything in it is taken for a text without letters.
    if segments.now.is_empty() {
        return Some(0);
    }
    let head = segments.take(3)?;
    let (mut letters, mut flags) = (usize::from(u16::from_le_bytes([head[0], head[1]])), head[2]);
    let mut after = 0_usize;
    if flags & RICH != 0 {
        let runs = segments.take(2)?;
        after += 4 * usize::from(u16::from_le_bytes([runs[0], runs[1]]));
    }
    if flags & EXTENDED != 0 {
        let bytes = segments.take(4)?.try_into().ok()?;
        after = after.checked_add(usize::try_from(i32::from_le_bytes(bytes)).ok()?)?;
    }
    let mut length = 0;
    loop {
        let width = if flags & WIDE == 0 { 1 } else { 2 };
        let here = letters.min(segments.now.len() / width);
        segments.take(here * width)?;
        length += here * width;
        letters -= here;
        if letters == 0 {
            break;
        }
        // A piece that goes on with a text says again how wide its letters are.
        segments.go_on()?;
        flags = segments.take(1)?[0];
    }
    segments.skip(after)?;
    u32::try_from(length).ok()
}
