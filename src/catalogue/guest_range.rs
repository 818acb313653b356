//! Lists of guest operating systems with their minor versions, as editions write them: "rhel-8", "rhel-7 7.4-7.9".

use super::GuestOs;
use crate::model::{Field, Known, Missing, Why};

/// Whether a list holds a guest.
///
/// An entry is a product's key, which stands for every minor version, or a key and one minor version ("7.0"), an
/// inclusive range ("7.4-7.9") or a least version ("7.2+"). A service pack counts as the minor part: "12.4" is 12 SP4.
///
/// # Errors
/// The guest operating system, when its name does not tell the product; its version, when the list depends on the
/// minor version and no export states it.
pub fn guest_is_listed(entries: &[String], guest: Known<&GuestOs>) -> Result<bool, Missing> {
    let Some(product) = &guest.value.product else {
        return Err(Missing { field: Field::GuestOs, why: Why::Unsaid(guest.origin) });
    };
    let mut depends_on_version = false;
    for entry in entries {
        let (key, versions) = entry.split_once(' ').unwrap_or((entry, ""));
        if key != product.key {
            continue;
        }
        match &guest.value.minor_version {
            _ if versions.is_empty() => return Ok(true),
            Some(minor) if holds(versions, minor) => return Ok(true),
            Some(_) => {}
            None => depends_on_version = true,
        }
    }
    if depends_on_version {
        return Err(Missing { field: Field::GuestOsVersion, why: Why::Absent });
    }
    Ok(false)
}

fn holds(versions: &str, minor: &str) -> bool {
    let minor = parts(minor);
    if let Some(least) = versions.strip_suffix('+') {
        return minor >= parts(least);
    }
    let (first, last) = versions.split_once('-').unwrap_or((versions, versions));
    parts(first) <= minor && minor <= parts(last)
}

/// The major and minor numbers of a version, "7.4" or "12 SP4"; a part that is not there is 0.
fn parts(version: &str) -> (u32, u32) {
    let mut numbers = version
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().unwrap_or(u32::MAX));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}
