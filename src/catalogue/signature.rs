//! Detached minisign signatures over catalogue files, so that only what was signed is judged by.

use minisign_verify::{Error, PublicKey, Signature};
use thiserror::Error;

/// The ending of a signature's file name, after the name of the file it signs.
pub const SIGNATURE_ENDING: &str = ".minisig";

/// The public key that catalogue files must be signed with.
#[derive(Clone, Debug)]
pub struct SigningKey {
    key: PublicKey,
    text: String,
}

/// Why a signed catalogue file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// There is no signature.
    #[error(
        "{file}: is not signed, and [catalogue] public_key asks that it is. Sign it (minisign -Sm {file}), or take public_key out."
    )]
    Missing {
        /// The file.
        file: String,
    },
    /// The signature cannot be read.
    #[error("{file}{SIGNATURE_ENDING}: is no minisign signature ({problem}). Fetch or make it again.")]
    Malformed {
        /// The file it should sign.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// The signature is another key's.
    #[error("{file}: is signed with another key than [catalogue] public_key. Check which of the two is right.")]
    OtherKey {
        /// The file.
        file: String,
    },
    /// The signature does not fit the file.
    #[error(
        "{file}: does not fit its signature, so it was changed after it was signed. Fetch it again, or find out who changed it."
    )]
    Tampered {
        /// The file.
        file: String,
    },
}

impl SigningKey {
    /// Reads a public key: the line that `minisign -G` prints, without its comment.
    ///
    /// # Errors
    /// Why it is no public key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let key = PublicKey::from_base64(text).map_err(|error| error.to_string())?;
        Ok(Self { key, text: text.to_owned() })
    }

    /// The key as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Makes sure that a file is signed with this key, in the form of today (prehashed) or the earlier one.
    ///
    /// # Errors
    /// When there is no signature, or it cannot be read, is another key's, or does not fit the file.
    pub fn verify(&self, file: &str, bytes: &[u8], signature: Option<&[u8]>) -> Result<(), SignatureError> {
        let malformed = |problem: String| SignatureError::Malformed { file: file.to_owned(), problem };
        let Some(signature) = signature else { return Err(SignatureError::Missing { file: file.to_owned() }) };
        let text = std::str::from_utf8(signature).map_err(|error| malformed(error.to_string()))?;
        let signature = Signature::decode(text).map_err(|error| malformed(error.to_string()))?;
        self.key.verify(bytes, &signature, true).map_err(|error| match error {
            Error::UnexpectedKeyId => SignatureError::OtherKey { file: file.to_owned() },
            Error::InvalidSignature => SignatureError::Tampered { file: file.to_owned() },
            Error::InvalidEncoding
            | Error::IoError(_)
            | Error::UnexpectedAlgorithm
            | Error::UnsupportedAlgorithm
            | Error::UnsupportedLegacyMode => malformed(error.to_string()),
        })
    }
}
