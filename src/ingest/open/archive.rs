//! A zip of exports, read as the folder it is: unpacked into memory, within limits, and never to disk.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::container::is_document;
use super::directory;
use super::probe::is_zip;
use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;
use crate::model::Phrase;

/// A file out of an archive.
#[derive(Debug)]
pub struct Member {
    /// Its path inside the archive, with `/` between parts.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files of a zip of exports; nothing for a file that is no archive, such as a workbook, which is a zip itself.
///
/// # Errors
/// The sentence that says why an archive is not read, to follow the archive's name.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Option<Result<Vec<Member>, Phrase>> {
    if !is_zip(bytes) {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(Into::into).collect();
    if is_document(&names) {
        return None;
    }
    let twice = |name| Refusal::SameNameTwice { name };
    let checked = directory::check(bytes, archive.central_directory_start(), archive.offset(), twice);
    Some(checked.and_then(|()| members(&mut archive, limits)).map_err(|refusal| refusal.said()))
}

fn members(archive: &mut ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<Vec<Member>, Refusal> {
    within(count(archive.len()), limits.entries, "entries in its zip container")?;
    let mut members = Vec::new();
    let mut names = BTreeSet::new();
    let mut left = limits.container_bytes.min(limits.file_bytes);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(what) if what.contains("assword") => Refusal::Password,
            other => Refusal::damaged_as(&other.to_string()),
        })?;
        let name = part.name().map_err(|error| Refusal::damaged_as(&error.to_string()))?;
        let path = name.replace('\\', "/");
        let file_name = path.rsplit('/').next().unwrap_or_default();
        // What systems add of their own accord is no export.
        let is_foreign = path.starts_with("__MACOSX/") || file_name.starts_with('.') || file_name == "Thumbs.db";
        if part.is_dir() || file_name.is_empty() || is_foreign {
            continue;
        }
        if !names.insert(path.to_lowercase()) {
            return Err(Refusal::SameNameTwice { name: path });
        }
        let declared = part.size();
        within(declared, limits.file_bytes, "bytes in one file of the archive")?;
        within(declared, left, "bytes in its files, unpacked")?;
        if declared > Limits::FREE_RATIO_BYTES {
            let most = part.compressed_size().saturating_mul(limits.zip_ratio);
            within(declared, most, "bytes in a file, unpacked, for its packed size")?;
        }
        left -= declared;
        let mut bytes = Vec::new();
        let read = part.by_ref().take(declared.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| Refusal::damaged_as(&format!("{path} in it cannot be unpacked ({error})")))?;
        if count(bytes.len()) != declared {
            return Err(Refusal::damaged_as(&format!("{path} in it is not the {declared} bytes it claims to be")));
        }
        members.push(Member { path, bytes });
    }
    if members.is_empty() { Err(Refusal::EmptyArchive) } else { Ok(members) }
}
