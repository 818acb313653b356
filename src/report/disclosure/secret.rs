//! A site's secret, which makes one pseudonym of a name at every visit.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What stands for a text that may hold any name.
pub const WITHHELD: &str = "(withheld)";

/// A site's secret, which pseudonyms are made by.
#[derive(Clone)]
pub struct Secret([u8; Secret::BYTES]);

impl Secret {
    /// Its length.
    pub const BYTES: usize = 32;

    /// A secret of given bytes, which should come from a source of chance.
    #[must_use]
    pub const fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// What a text of a kind comes to, which tells nothing of the text to whoever has no secret.
    pub(super) fn digest(&self, kind: &str, text: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key may have any length");
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(text);
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(..)")
    }
}
