//! Two inputs that give a machine different values: which is kept, and the note that says so.

use super::doubts::Doubts;
use super::registry::same_server;
use crate::model::{Architecture, Fact, Field, Name, Vm};

/// Words of a guest's name that do not tell which operating system it is.
const DECORATION: [&str; 11] =
    ["microsoft", "gnu", "edition", "of", "release", "64", "32", "bit", "x64", "x86", "x86_64"];

/// Notes where a further row of a machine contradicts what is known of it.
pub(super) fn note(known: &mut Vm, other: &Vm, doubts: &mut Doubts) {
    prefer_the_fuller_name(known, other, doubts);
    compare(&known.generation, &other.generation, |a, b| a == b, known, Field::Generation, doubts);
    compare(&known.memory, &other.memory, |a, b| a == b, known, Field::Memory, doubts);
    compare(&known.vcpus, &other.vcpus, |a, b| a == b, known, Field::Vcpus, doubts);
    compare(&known.guest_os, &other.guest_os, |a, b| same_os(a, b), known, Field::GuestOs, doubts);
    note_host(known, other, doubts);
}

/// Notes where a further row puts a machine on another host.
pub(super) fn note_host(known: &Vm, other: &Vm, doubts: &mut Doubts) {
    compare(&known.host, &other.host, |a, b| same_server(a, b), known, Field::VmHost, doubts);
}

fn compare<T: ToString>(
    mine: &Fact<T>,
    theirs: &Fact<T>,
    same: impl Fn(&T, &T) -> bool,
    vm: &Vm,
    field: Field,
    doubts: &mut Doubts,
) {
    if let (Fact::Known(mine), Fact::Known(theirs)) = (mine, theirs)
        && !same(&mine.value, &theirs.value)
    {
        doubts.conflict(field, mine.origin, theirs.origin, || {
            (vm.shown_name().to_owned(), mine.value.to_string(), theirs.value.to_string())
        });
    }
}

/// Takes the other row's guest name where the known one says less of the same system, or nothing but "Other".
fn prefer_the_fuller_name(known: &mut Vm, other: &Vm, doubts: &mut Doubts) {
    let (Fact::Known(mine), Fact::Known(theirs)) = (&known.guest_os, &other.guest_os) else { return };
    let vague = is_vague(&mine.value) && !is_vague(&theirs.value);
    if !vague && !adds_a_version(&theirs.value, &mine.value) {
        return;
    }
    if vague {
        compare(&other.guest_os, &known.guest_os, |a, b| same_os(a, b), known, Field::GuestOs, doubts);
    }
    // The bitness that only the name given up tells.
    if let (Some(bitness), None) = (bitness(&mine.value), bitness(&theirs.value)) {
        known.architecture.fill(Fact::known(bitness, mine.origin));
    }
    known.guest_os = other.guest_os.clone();
}

/// Whether a name says nothing but that the system is on no list: "Other (64 bit)", "Other Linux".
fn is_vague(name: &Name) -> bool {
    let words = words(name);
    words.iter().any(|word| word == "other" || word == "unknown")
        && words.iter().all(|word| ["other", "unknown", "linux", "windows", "os"].contains(&word.as_str()))
}

/// Whether a name tells the version of the same system more closely: "RHEL 7.9" than "RHEL 7 (64 bit)".
///
/// Names of Windows clients are left alone: in VMM's words their bitness hangs on the whole name.
fn adds_a_version(fuller: &str, name: &str) -> bool {
    let (fuller, name) = (words(fuller), words(name));
    let has = |wanted: &str| name.iter().any(|word| word == wanted);
    let is_client = has("windows") && !has("server");
    let has_version = |word: &&String| word.contains(|sign: char| sign.is_ascii_digit());
    says_as_much(&fuller, &name) && !is_client && fuller.iter().filter(has_version).any(|word| !name.contains(word))
}

/// Whether two names may mean one operating system: equal but for decoration, or one says more than the other.
fn same_os(one: &str, other: &str) -> bool {
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    let (one, other) = (words(one), words(other));
    says_as_much(&one, &other) || says_as_much(&other, &one)
}

/// Whether every word of a name is among the words of the fuller one, of which "7.9" is more than "7".
fn says_as_much(fuller: &[String], name: &[String]) -> bool {
    let windows = name.iter().any(|word| word == "windows");
    // "Windows 8.1" and "2012 R2" are systems of their own.
    let is_release_2 = |words: &[String]| words.iter().any(|word| word == "r2");
    let holds = |word: &String| {
        fuller.iter().any(|theirs| {
            theirs == word || (!windows && theirs.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with('.')))
        })
    };
    is_release_2(fuller) == is_release_2(name) && name.iter().all(holds)
}

/// The bitness that a name states.
fn bitness(name: &str) -> Option<Architecture> {
    let name = name.to_lowercase();
    if ["64-bit", "64 bit", "x64", "x86_64"].iter().any(|sign| name.contains(sign)) {
        return Some(Architecture::X64);
    }
    ["32-bit", "32 bit"].iter().any(|sign| name.contains(sign)).then_some(Architecture::X86)
}

/// The words of a name, without decoration, in lower case.
fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let words = name.split(|sign: char| !sign.is_alphanumeric() && sign != '.' && sign != '_');
    words.filter(|word| !word.is_empty() && !DECORATION.contains(word)).map(str::to_owned).collect()
}
