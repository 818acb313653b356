//! The signature of a set's manifest, made by a minisign key, and checked against a public one.

use std::io::Cursor;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use minisign::{SecretKey, SecretKeyBox};

use super::load::{named, shown};
use super::manifest::MANIFEST;
use crate::catalogue::{SignatureError, SigningKey};

/// The name of the signature.
pub(super) const SIGNATURE: &str = "manifest.json.minisig";

/// A secret key that is ready to sign. It is never shown, and so has no form for that.
pub(super) struct Signer(SecretKey);

impl Signer {
    /// Opens a secret key, with the password in the first line of a file, or asked for in the terminal.
    ///
    /// # Errors
    /// When a file cannot be read, it is no key, or the password is another.
    pub(super) fn open(path: &Path, password: Option<&Path>) -> Result<Self> {
        let key = || Ok::<_, anyhow::Error>(SecretKeyBox::from(text(path)?));
        if let Ok(key) = key()?.into_unencrypted_secret_key() {
            return Ok(Self(key));
        }
        let password = match password {
            Some(file) => text(file)?.lines().next().unwrap_or_default().to_owned(),
            None => rpassword::prompt_password(format!("Password of {}: ", shown(path))).with_context(|| {
                format!("{}: its password cannot be asked for here; give --password-file", shown(path))
            })?,
        };
        let opened = key()?.into_secret_key(Some(password));
        opened
            .map(Self)
            .map_err(|fault| anyhow!("{}: cannot be signed with ({fault}); check key and password", shown(path)))
    }

    /// The signature of a manifest. What only a clock could tell is left out of it.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(super) fn signature(&self, manifest: &[u8]) -> Result<String> {
        let comment = format!("file:{MANIFEST}");
        let signed =
            minisign::sign(None, &self.0, Cursor::new(manifest), Some(&comment), Some("signature of a set of Klar's"));
        Ok(signed.with_context(|| format!("{MANIFEST}: cannot be signed"))?.into_string())
    }
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(named(path)?).with_context(|| format!("{}: is no text; check the path", shown(path)))
}

/// A public key, from the file that minisign writes it to or as the line in it.
///
/// # Errors
/// When it is neither.
pub(super) fn public_key(given: &str) -> Result<SigningKey> {
    let path = Path::new(given);
    let line = if path.is_file() { text(path)? } else { given.to_owned() };
    let line = line.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default().to_owned();
    match SigningKey::parse(&line) {
        Ok(key) => Ok(key),
        Err(fault) => bail!("{given}: is no public key of minisign, and no file that holds one ({fault})"),
    }
}

/// What is wrong with a signature; nothing when it is the key's, or when there is one and nobody asks whose.
pub(super) fn fault(key: Option<&SigningKey>, manifest: &[u8], signature: Option<&[u8]>) -> Option<&'static str> {
    match key?.verify(MANIFEST, manifest, signature) {
        Ok(()) => None,
        Err(SignatureError::Missing { .. }) => Some("is missing: the set is not signed"),
        Err(SignatureError::Malformed { .. }) => Some("is no signature of minisign"),
        Err(SignatureError::OtherKey { .. }) => Some("is by another key than the one given"),
        Err(SignatureError::Tampered { .. }) => Some("does not fit manifest.json: one of the two was changed"),
    }
}
