//! Two inputs that give a machine different values: which is kept, and the note that says so.

use super::ages::Ages;
use super::called::same_server;
use super::doubts::Doubts;
use crate::model::{Architecture, Arg, Disk, Fact, Field, Host, Identity, Name, Nic, Origin, Phrase, Said, Vm, say};

/// Words of a guest's name that do not tell which operating system it is.
const DECORATION: [&str; 11] =
    ["microsoft", "gnu", "edition", "of", "release", "64", "32", "bit", "x64", "x86", "x86_64"];

/// The most contradictions of one machine that its verdicts are held against.
const MOST_DISPUTES: usize = 8;

/// Notes where a further row of a machine contradicts what is known of it.
pub(super) fn note(known: &mut Vm, other: &mut Vm, ages: &Ages, doubts: &mut Doubts) {
    prefer_the_fuller_name(known, other, doubts);
    let subject: Phrase = Arg::named(Identity::Machine, known.shown_name()).into();
    let mut lost = Vec::new();
    known.differences(other, &mut |field, [mine, theirs]| {
        let is_mine = ages.believes(theirs.1, mine.1);
        let said = if is_mine { [theirs, mine] } else { [mine, theirs] };
        if tell(&subject, ages, doubts, field, said) {
            lost.push((field, said[1].1, is_mine));
        }
    });
    if !lost.is_empty() && known.disputed.len() < MOST_DISPUTES {
        known.disputed.push(known.picked(other, &lost));
    }
    keep_the_fuller_name(known, other);
}

/// Notes what a second column of the same row contradicts in it.
pub(super) fn note_columns(known: &mut Vm, other: Vm) {
    let mut lost = Vec::new();
    known.differences(&other, &mut |field, [mine, theirs]| {
        let text = |cell: Cell<'_>| Phrase::from(cell.0.said(field)).to_string();
        if !is_the_same(field, &text(mine), &text(theirs)) {
            lost.push((field, theirs.1, false));
        }
    });
    if !lost.is_empty() && known.disputed.len() < MOST_DISPUTES {
        known.disputed.push(known.picked(&other, &lost));
    }
    known.fill(other);
}

/// Keeps a disk that its machine's lists of disks do not have, so that verdicts are held against it.
pub(super) fn set_aside(vm: &mut Vm, disk: &Disk) {
    let is_of_list = |said: &&mut Vm| !said.disks.is_empty() && said.seen.table == disk.seen.table;
    if let Some(said) = vm.disputed.iter_mut().find(is_of_list) {
        said.disks.push(disk.clone());
    } else if vm.disputed.len() < MOST_DISPUTES {
        let mut said = Vm::seen_at(disk.seen);
        said.disks.push(disk.clone());
        vm.disputed.push(said);
    }
}

/// Takes into a disk of a machine what another row says of it, and notes where the two contradict each other.
pub(super) fn take_disk(machine: &str, known: &mut Disk, other: Disk, ages: &Ages, doubts: &mut Doubts) {
    let subject =
        say!("{machine}, disk {disk}", machine = Arg::named(Identity::Machine, machine), disk = known.shown());
    let mut lost = Vec::new();
    known.differences(&other, &mut |field, said| {
        let is_mine = ages.is_newer(said[1].1, said[0].1);
        if tell_part(&subject, ages, doubts, field, said) {
            lost.push((field, said[usize::from(!is_mine)].1, is_mine));
        }
    });
    if !lost.is_empty() && known.disputed.len() < MOST_DISPUTES {
        known.disputed.push(known.picked(&other, &lost));
    }
    known.merge(other, &|theirs, mine| ages.is_newer(theirs, mine));
}

/// Takes into an adapter of a machine what another row says of it, and notes where the two contradict each other.
pub(super) fn take_nic(machine: &str, known: &mut Nic, other: Nic, ages: &Ages, doubts: &mut Doubts) {
    let mac = known.mac.value().map_or(Arg::Word("without an address"), |mac| Arg::Named(Identity::Mac, mac.clone()));
    let subject = say!("{machine}, network adapter {mac}", machine = Arg::named(Identity::Machine, machine), mac);
    known.differences(&other, &mut |field, said| {
        tell_part(&subject, ages, doubts, field, said);
    });
    known.merge(other, &|theirs, mine| ages.is_newer(theirs, mine));
}

/// Takes into a host what another row says of it, and notes where the two contradict each other; it keeps its name.
pub(super) fn take_host(known: &mut Host, mut other: Host, ages: &Ages, doubts: &mut Doubts) {
    let name = known.name.value().map_or("", |name| name);
    let subject: Phrase = Arg::named(Identity::Host, name).into();
    known.differences(&other, &mut |field, said| {
        tell_part(&subject, ages, doubts, field, said);
    });
    other.name = known.name.clone();
    known.merge(other, &|theirs, mine| ages.is_newer(theirs, mine));
}

/// A value, and the cell it stands in.
type Cell<'a> = (&'a dyn Said, Origin);

/// Tells of two values of a fact of a disk, an adapter or a host, of which the newer is kept, else the first.
fn tell_part(subject: &Phrase, ages: &Ages, doubts: &mut Doubts, field: Field, [mine, theirs]: [Cell<'_>; 2]) -> bool {
    let said = if ages.is_newer(theirs.1, mine.1) { [theirs, mine] } else { [mine, theirs] };
    tell(subject, ages, doubts, field, said)
}

/// Tells of two values of a subject's fact, the one kept first; whether nothing dates them, so that either may be true.
fn tell(subject: &Phrase, ages: &Ages, doubts: &mut Doubts, field: Field, [kept, other]: [Cell<'_>; 2]) -> bool {
    let text = |cell: Cell<'_>| Phrase::from(cell.0.said(field)).to_string();
    if is_comparable(field) && !is_the_same(field, &text(kept), &text(other)) {
        let newer = ages.newer(kept.1, other.1);
        doubts.conflict(field, kept.1, other.1, newer, || (subject.clone(), kept.0.said(field), other.0.said(field)));
        return newer.is_none();
    }
    false
}

/// Whether two exports mean one thing by a field: what each calls a machine or numbers it by is its own affair.
const fn is_comparable(field: Field) -> bool {
    !matches!(
        field,
        Field::VmName
            | Field::VmId
            | Field::HostName
            | Field::HostId
            | Field::DiskName
            | Field::DiskId
            | Field::NicName
    )
}

/// Whether two texts say the same of a field although they are written differently.
fn is_the_same(field: Field, one: &str, other: &str) -> bool {
    match field {
        Field::GuestOs | Field::HostOs => same_os(one, other),
        Field::VmHost
        | Field::VmCluster
        | Field::VmVmmServer
        | Field::VmVcenter
        | Field::ComputerName
        | Field::HostCluster
        | Field::HostVmmServer => same_server(one, other),
        // "10.0.17763" says no other version than "10.0.17763.1".
        Field::GuestOsVersion
        | Field::HostOsVersion
        | Field::HyperVVersion
        | Field::HostDotNet
        | Field::IntegrationServices => {
            let is_number = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
            is_number(one) != is_number(other) || one.starts_with(other) || other.starts_with(one)
        }
        _ => false,
    }
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
        let subject = Arg::named(Identity::Machine, known.shown_name()).into();
        let words = || (subject, theirs.value.said(Field::GuestOs), mine.value.said(Field::GuestOs));
        doubts.conflict(Field::GuestOs, theirs.origin, mine.origin, None, words);
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
