//! A text compared without regard to case, so that maps by name need no lower-case copies.

use std::hash::{Hash, Hasher};

/// A text that equals every text of the same lower case.
#[derive(Clone, Copy, Debug)]
pub struct AnyCase<'a>(pub &'a str);

impl PartialEq for AnyCase<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.0.is_ascii() && other.0.is_ascii() {
            return self.0.eq_ignore_ascii_case(other.0);
        }
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl Eq for AnyCase<'_> {}

impl Hash for AnyCase<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if self.0.is_ascii() {
            hash_lower(self.0.as_bytes(), state);
        } else {
            // A text outside ASCII may have a lower case within it, so both ways hash the bytes of the lower case.
            hash_lower(self.0.to_lowercase().as_bytes(), state);
        }
    }
}

/// Hashes bytes with their ASCII letters in lower case, by way of a buffer long enough for nearly every name.
fn hash_lower<H: Hasher>(bytes: &[u8], state: &mut H) {
    let mut buffer = [0; 128];
    for part in bytes.chunks(buffer.len()) {
        let lower = &mut buffer[..part.len()];
        lower.copy_from_slice(part);
        lower.make_ascii_lowercase();
        state.write(lower);
    }
    state.write_usize(bytes.len());
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use rustc_hash::FxBuildHasher;

    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        let (one, other) = (AnyCase(one), AnyCase(other));
        let equal = one == other;
        let same_hash = FxBuildHasher.hash_one(one) == FxBuildHasher.hash_one(other);
        assert!(!equal || same_hash, "{one:?} and {other:?} are equal with two hashes");
        equal
    }

    #[test]
    fn texts_are_alike_as_their_lower_cases_are() {
        // The Kelvin sign's lower case is an ASCII letter; a capital sigma's depends on its place.
        let texts =
            ["", "web-01", "WEB-01", "web-02", "\u{212a}", "k", "K", "ÅRE", "åre", "ΟΔΟΣ", "οδος", "οδοσ", "İ", "i̇"];
        for one in texts {
            for other in texts {
                assert_eq!(alike(one, other), one.to_lowercase() == other.to_lowercase(), "{one} and {other}");
            }
        }
    }

    #[test]
    fn long_texts_are_compared_to_their_ends() {
        let (one, other) = ("x".repeat(300) + "A", "X".repeat(300) + "a");
        assert!(alike(&one, &other));
        assert!(!alike(&one, &other[..300]));
    }
}
