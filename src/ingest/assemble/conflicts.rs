//! Two inputs that give a machine different values: which is kept, and the note that says so.

use jiff::civil::Date;

use super::ages::Ages;
use super::called::same_server;
use super::doubts::Doubts;
use crate::model::{Architecture, Arg, Fact, Field, Generation, Identity, Known, Mebibytes, Name, Vm};

/// Words of a guest's name that do not tell which operating system it is.
const DECORATION: [&str; 11] =
    ["microsoft", "gnu", "edition", "of", "release", "64", "32", "bit", "x64", "x86", "x86_64"];

/// A value as what goes into a sentence.
trait Worded {
    fn worded(&self, field: Field) -> Arg;
}

impl Worded for Name {
    fn worded(&self, field: Field) -> Arg {
        let identity = if field == Field::VmHost { Identity::Host } else { Identity::Term };
        Arg::Named(identity, self.clone())
    }
}

/// Values that name nobody.
macro_rules! worded {
    ($($kind:ty),+) => {
        $(impl Worded for $kind {
            fn worded(&self, _: Field) -> Arg {
                Arg::from(*self)
            }
        })+
    };
}

worded!(Generation, Mebibytes, u32);

/// Notes where a further row of a machine contradicts what is known of it.
pub(super) fn note(known: &mut Vm, other: &mut Vm, ages: &Ages, doubts: &mut Doubts) {
    prefer_the_fuller_name(known, other, doubts);
    compare(&known.generation, &other.generation, |a, b| a == b, known, Field::Generation, ages, doubts);
    compare(&known.memory, &other.memory, |a, b| a == b, known, Field::Memory, ages, doubts);
    compare(&known.vcpus, &other.vcpus, |a, b| a == b, known, Field::Vcpus, ages, doubts);
    compare(&known.guest_os, &other.guest_os, |a, b| same_os(a, b), known, Field::GuestOs, ages, doubts);
    compare(&known.host, &other.host, |a, b| same_server(a, b), known, Field::VmHost, ages, doubts);
    keep_the_fuller_name(known, other);
}

fn compare<T: Worded>(
    mine: &Fact<T>,
    theirs: &Fact<T>,
    same: impl Fn(&T, &T) -> bool,
    vm: &Vm,
    field: Field,
    ages: &Ages,
    doubts: &mut Doubts,
) {
    let (Fact::Known(mine), Fact::Known(theirs)) = (mine, theirs) else { return };
    if same(&mine.value, &theirs.value) {
        return;
    }
    let (kept, other) = if ages.believes(theirs.origin, mine.origin) { (theirs, mine) } else { (mine, theirs) };
    let newer = ages.newer(kept.origin, other.origin);
    tell([kept, other], newer, vm, field, doubts);
}

/// Tells of two values, the one kept first, and the day of its export when it is kept for being newer.
fn tell<T: Worded>([kept, other]: [&Known<T>; 2], newer: Option<Date>, vm: &Vm, field: Field, doubts: &mut Doubts) {
    doubts.conflict(field, kept.origin, other.origin, newer, || {
        (vm.shown_name().to_owned(), kept.value.worded(field), other.value.worded(field))
    });
}

/// Makes the other row say the known guest name where that says more of the same system.
fn keep_the_fuller_name(known: &Vm, other: &mut Vm) {
    let (Fact::Known(mine), Fact::Known(theirs)) = (&known.guest_os, &other.guest_os) else { return };
    if (is_vague(&theirs.value) && !is_vague(&mine.value)) || adds_a_version(&mine.value, &theirs.value) {
        other.guest_os = known.guest_os.clone();
    }
}

/// Takes the other row's guest name where the known one says less of the same system, or nothing but "Other".
fn prefer_the_fuller_name(known: &mut Vm, other: &Vm, doubts: &mut Doubts) {
    let (Fact::Known(mine), Fact::Known(theirs)) = (&known.guest_os, &other.guest_os) else { return };
    let vague = is_vague(&mine.value) && !is_vague(&theirs.value);
    if !vague && !adds_a_version(&theirs.value, &mine.value) {
        return;
    }
    if vague && !same_os(&theirs.value, &mine.value) {
        tell([theirs, mine], None, known, Field::GuestOs, doubts);
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
