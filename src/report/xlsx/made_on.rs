//! The container of a workbook tells on what kind of system it was made. It tells the same everywhere, so that its bytes are
//! the same everywhere.

/// What the directory of a container ends with, and what each of its entries begins with.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
/// How long an entry is without its names, and where it tells of the system.
const LENGTH: usize = 46;
const SYSTEM: usize = 5;
/// The number of Unix, which most containers bear.
const UNIX: u8 = 3;

/// A workbook as if made on Unix.
pub(super) fn unix(mut book: Vec<u8>) -> Vec<u8> {
    let Some(mut at) = directory(&book) else { return book };
    while book.get(at..at + LENGTH).is_some_and(|entry| entry.starts_with(ENTRY)) {
        book[at + SYSTEM] = UNIX;
        let length = |place: usize| usize::from(u16::from_le_bytes([book[at + place], book[at + place + 1]]));
        at += LENGTH + length(28) + length(30) + length(32);
    }
    book
}

fn directory(book: &[u8]) -> Option<usize> {
    let end = book.windows(END.len()).rposition(|bytes| bytes == END)?;
    let place = book.get(end + 16..end + 20)?;
    usize::try_from(u32::from_le_bytes(place.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_the_same_on_every_system() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet();
        let made = unix(book.save_to_buffer().expect("it can be made"));
        let (mut other, mut entries) = (made.clone(), 0);
        for at in 0..other.len() - ENTRY.len() {
            if other[at..].starts_with(ENTRY) {
                assert_eq!(other[at + SYSTEM], UNIX);
                other[at + SYSTEM] = 0;
                entries += 1;
            }
        }
        assert!(entries > 5 && other != made, "{entries} entries");
        assert!(unix(other) == made, "every entry is told alike");
        assert_eq!(unix(b"no container".to_vec()), b"no container");
    }
}
