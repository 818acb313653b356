//! Names and identifiers as they tell machines and servers apart: without regard to case, space, domain and the way
//! letters are composed.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::composed::composed;
use crate::model::AnyCase;

/// Suffixes of one label that a name is taken for a fully qualified one by; longer ones speak for themselves.
const SHORT_SUFFIXES: &[&str] =
    &["local", "lan", "corp", "internal", "intern", "intra", "intranet", "domain", "ad", "test", "lab", "localdomain"];

/// Whether two names mean one server: equal, or one is the other's first label.
pub(super) fn same_server(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (one.contains('.') != other.contains('.') && label(one).eq_ignore_ascii_case(label(other)))
}

/// A server's name without its domain.
pub(super) fn label(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Whether two names may be one machine's.
pub(super) fn same_machine(one: &str, other: &str) -> bool {
    if AnyCase(one) == AnyCase(other) {
        return true;
    }
    let (one, other) = (plain(one), plain(other));
    let ((my_domain, one), (their_domain, other)) = (undressed(&one), undressed(&other));
    let ((mine, my_suffix), (theirs, their_suffix)) = (parted(one), parted(other));
    let agree = |mine: Option<&str>, theirs: Option<&str>| {
        mine.zip(theirs).is_none_or(|(mine, theirs)| mine.eq_ignore_ascii_case(theirs))
    };
    AnyCase(mine) == AnyCase(theirs) && agree(my_suffix, their_suffix) && agree(my_domain, their_domain)
}

/// The hash of what names of one machine have in common.
pub(super) fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(AnyCase(parted(undressed(&plain(name)).1).0))
}

/// A name with each run of white space as one space and none at its ends, and each letter with its mark as one sign.
fn plain(name: &str) -> Cow<'_, str> {
    let name = if name.is_ascii() { Cow::Borrowed(name) } else { composed(name) };
    let odd = |c: char| c.is_whitespace() && c != ' ';
    match name {
        name if name.contains(odd) || name.contains("  ") => {
            Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Cow::Borrowed(name) => Cow::Borrowed(name.trim()),
        Cow::Owned(name) => Cow::Owned(name.trim().to_owned()),
    }
}

/// A name without what directories dress it in, and its domain: "CORP\\web01", "web01$", "web01.corp.example.".
fn undressed(name: &str) -> (Option<&str>, &str) {
    let is_domain = |domain: &str| {
        !domain.is_empty() && domain.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'))
    };
    let (domain, name) = match name.split_once('\\') {
        Some((domain, rest)) if is_domain(domain) && !rest.is_empty() && !rest.contains('\\') => (Some(domain), rest),
        Some(_) | None => (None, name),
    };
    let is_plain = |name: &&str| !name.is_empty() && !name.contains(char::is_whitespace);
    // The account of a computer ends in a dollar sign, and a name of DNS in a point.
    let bare = name.strip_suffix('$').or_else(|| name.strip_suffix('.')).filter(is_plain);
    (domain, bare.unwrap_or(name))
}

/// A name and its DNS suffix, when what follows its first label is one: "web.v2" has none, "web.corp.example" has.
fn parted(name: &str) -> (&str, Option<&str>) {
    let Some((first, suffix)) = name.split_once('.') else { return (name, None) };
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    // The machine's own name may have letters of any script; Windows takes them, and DNS suffixes are plain.
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
    };
    let is_top = |label: &str| label.len() > 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
    let long = suffix.rsplit_once('.').is_some_and(|(_, top)| is_top(top));
    let short = SHORT_SUFFIXES.iter().any(|known| known.eq_ignore_ascii_case(suffix));
    if is_name(first) && suffix.split('.').all(is_label) && (long || short) {
        (first, Some(suffix))
    } else {
        (name, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_with_and_without_case_space_and_suffix() {
        for (one, other) in [
            ("WEB01", "web01"),
            ("web01", "web01.corp.example"),
            ("Web01.Corp.Example", "web01 "),
            ("app  server\u{a0}1", "App server 1"),
            ("fil01", "fil01.local"),
            ("VÄG-01", "väg-01.corp.example"),
            ("VA\u{308}G-01", "väg-01.corp.example"),
            ("NORD\\web01", "web01"),
            ("nord\\WEB01$", "web01.corp.example"),
            ("web01.corp.example.", "Web01"),
            ("web01.", "web01$"),
        ] {
            assert!(same_machine(one, other), "{one} and {other}");
            assert_eq!(hash(one), hash(other), "{one} and {other}");
        }
        for (one, other) in [
            ("web01", "web02"),
            ("app", "app.v2"),
            ("app", "app.old"),
            ("web01.nord.example", "web01.syd.example"),
            ("10.0.0.1", "10"),
            ("nord\\web01", "syd\\web01"),
            ("\\\\files\\web01", "web01"),
            ("price in $", "price in"),
            ("$", ""),
            ("a\u{308}", "a"),
        ] {
            assert!(!same_machine(one, other), "{one} and {other}");
        }
    }
}
