//! Bytes of a text file to text: marked encodings first, then valid UTF-8, then Windows-1252.

use std::borrow::Cow;

use encoding_rs::{CoderResult, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text file's text, without its byte order mark.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether the encoding was guessed, because the bytes are no UTF-8 and carry no mark.
    pub(super) is_guessed: bool,
    /// Whether the bytes say an encoding that they do not keep to, so that letters were lost.
    pub(super) is_broken: bool,
}

/// How many bytes are looked at for the pattern of UTF-16 without a mark.
const LOOK: usize = 1024;
/// How much is decoded at once.
const PIECE: usize = 64 << 10;

/// Decodes a text file; nothing for bytes that are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(with(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Some(with(encoding, bytes));
    }
    if bytes.iter().take(LOOK).any(|&byte| byte == 0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Decoded { text: Cow::Borrowed(text), is_guessed: false, is_broken: false }),
        Err(_) => Some(Decoded { is_guessed: true, ..with(WINDOWS_1252, bytes) }),
    }
}

/// Decodes into as much memory as the text takes, where the library would make room for three times its bytes.
fn with<'a>(encoding: &'static Encoding, bytes: &[u8]) -> Decoded<'a> {
    let mut length = 0;
    in_pieces(encoding, bytes, |piece| length += piece.len());
    let mut text = String::with_capacity(length);
    let is_broken = in_pieces(encoding, bytes, |piece| text.push_str(piece));
    Decoded { text: Cow::Owned(text), is_guessed: false, is_broken }
}

/// Hands on what bytes say, piece by piece, and tells whether letters were lost.
fn in_pieces(encoding: &'static Encoding, bytes: &[u8], mut take: impl FnMut(&str)) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut room = "\0".repeat(PIECE);
    let (mut at, mut is_broken) = (0, false);
    loop {
        let (result, read, written, lost) = decoder.decode_to_str(&bytes[at..], &mut room, true);
        take(&room[..written]);
        at += read;
        is_broken |= lost;
        if result == CoderResult::InputEmpty {
            return is_broken;
        }
    }
}

/// Text of mostly Latin letters has a zero in every other byte of UTF-16.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let look = &bytes[..bytes.len().min(LOOK) & !1];
    let pairs = look.len() / 2;
    let zeros = |offset: usize| look.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match pairs {
        0 | 1 => None,
        _ if even == 0 && odd * 10 > pairs * 7 => Some(UTF_16LE),
        _ if odd == 0 && even * 10 > pairs * 7 => Some(UTF_16BE),
        _ => None,
    }
}
