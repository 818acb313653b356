//! Lists of guest operating systems with their minor versions, as editions write them: "rhel-8", "rhel-7 7.4-7.9".

use super::GuestOs;

/// Whether a list of guests holds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// That depends on the guest's minor version, which is not known.
    DependsOnMinorVersion,
}

/// Looks a guest up in a list.
///
/// An entry is a product's key, which stands for every minor version, or a key and one minor version ("7.0"), an
/// inclusive range ("7.4-7.9") or a least version ("7.2+"). A service pack counts as the minor part: "12.4" is 12 SP4.
/// A guest whose product is not known is in no list.
#[must_use]
pub fn lookup(entries: &[String], guest: &GuestOs) -> Listed {
    let Some(product) = &guest.product else { return Listed::No };
    let mut found = Listed::No;
    for entry in entries {
        let (key, versions) = entry.split_once(' ').unwrap_or((entry, ""));
        if key != product.key {
            continue;
        }
        match &guest.minor_version {
            _ if versions.is_empty() => return Listed::Yes,
            Some(minor) if holds(versions, minor) => return Listed::Yes,
            Some(_) => {}
            None => found = Listed::DependsOnMinorVersion,
        }
    }
    found
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
