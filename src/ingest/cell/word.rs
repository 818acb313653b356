//! Cells that hold one word of a few: yes or no, a generation, a disk format.

use super::{Unread, error_value, said, same_word, text};
use crate::ingest::table::Value;
use crate::model::{AddressAssignment, Architecture, DiskFormat, DiskKind, DiskRole, Generation, Name};

/// Yes or no, in the words and languages exports use.
///
/// # Errors
/// Unreadable for any other word.
pub fn yes_no(value: Value<'_>) -> Result<bool, Unread> {
    if let Value::Bool(truth) = value {
        return Ok(truth);
    }
    one_of(value, &[(true, YES), (false, NO)])
}

const YES: &[&str] = &[
    "true",
    "yes",
    "y",
    "1",
    "on",
    "ja",
    "j",
    "sant",
    "wahr",
    "vrai",
    "oui",
    "sí",
    "si",
    "sim",
    "verdadero",
    "verdadeiro",
    "enabled",
    "aktiverad",
    "aktiviert",
    "present",
    "☑",
    "✓",
    "✔",
    "x",
    "$true",
    "emulated",
    "legacy",
];
const NO: &[&str] = &[
    "false",
    "no",
    "n",
    "0",
    "off",
    "nej",
    "nein",
    "falskt",
    "falsch",
    "faux",
    "non",
    "não",
    "nao",
    "falso",
    "disabled",
    "inaktiverad",
    "deaktiviert",
    "absent",
    "☐",
    "✗",
    "✘",
    "$false",
    "none",
    "inga",
    "ingen",
    "synthetic",
];

/// Whether a disk is passed through, from a yes or no or from the host's disk that stands there.
///
/// # Errors
/// Blank and unsaid cells.
pub fn pass_through(value: Value<'_>) -> Result<bool, Unread> {
    match yes_no(value) {
        Err(Unread::Unreadable) => Ok(true),
        read => read,
    }
}

/// A Hyper-V generation; firmware tells it too, BIOS being 1 and UEFI 2.
///
/// # Errors
/// Unreadable for any other word.
pub fn generation(value: Value<'_>) -> Result<Generation, Unread> {
    one_of(
        value,
        &[
            (
                Generation::One,
                &["1", "gen1", "gen 1", "gen. 1", "generation 1", "generation1", "g1", "v1", "bios", "legacy bios"],
            ),
            (
                Generation::Two,
                &["2", "gen2", "gen 2", "gen. 2", "generation 2", "generation2", "g2", "v2", "uefi", "efi"],
            ),
        ],
    )
}

/// A guest's bitness; VMM's integers are 0 for x86 and 1 for amd64.
///
/// # Errors
/// Unreadable for any other word.
pub fn architecture(value: Value<'_>) -> Result<Architecture, Unread> {
    one_of(
        value,
        &[
            (
                Architecture::X64,
                &["x64", "amd64", "64-bit", "64 bit", "64bit", "64-bitars", "x86_64", "x86-64", "64", "64 bits", "1"],
            ),
            (
                Architecture::X86,
                &["x86", "i386", "i686", "32-bit", "32 bit", "32bit", "32-bitars", "32", "32 bits", "0"],
            ),
            (Architecture::Arm64, &["arm64", "aarch64", "arm 64-bit"]),
        ],
    )
}

/// A disk's file format; integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// Unreadable for any other word.
pub fn disk_format(value: Value<'_>) -> Result<DiskFormat, Unread> {
    one_of(
        value,
        &[
            (DiskFormat::Vhdx, &["vhdx", ".vhdx", "3"]),
            (DiskFormat::Vhd, &["vhd", ".vhd", "2"]),
            (DiskFormat::VhdSet, &["vhds", ".vhds", "vhdset", "vhd set", "4"]),
            (DiskFormat::Avhd, &["avhdx", "avhd", ".avhdx", ".avhd"]),
            (DiskFormat::Vmdk, &["vmdk", ".vmdk"]),
        ],
    )
}

/// How a disk takes up space; integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// Unreadable for any other word.
pub fn disk_kind(value: Value<'_>) -> Result<DiskKind, Unread> {
    one_of(
        value,
        &[
            (
                DiskKind::Dynamic,
                &["dynamic", "dynamicallyexpanding", "dynamically expanding", "thin", "dynamisk", "dynamisch", "3"],
            ),
            (DiskKind::Fixed, &["fixed", "fixedsize", "fixed size", "thick", "fast", "fest", "fix", "2"]),
            (DiskKind::Differencing, &["differencing", "diff", "differens", "differenzierend", "4"]),
            (
                DiskKind::Physical,
                &["physical", "passthrough", "pass-through", "pass through", "raw", "fysisk", "physisch"],
            ),
        ],
    )
}

/// What a disk holds; VMM's "None" is said of operating system disks too, so it settles nothing.
///
/// # Errors
/// Unsaid for "None"; unreadable for any other word.
pub fn disk_role(value: Value<'_>) -> Result<DiskRole, Unread> {
    let read = one_of(
        value,
        &[
            (
                Some(DiskRole::OperatingSystem),
                &["os", "boot", "system", "bootandsystem", "boot and system", "operating system", "osdisk"],
            ),
            (
                Some(DiskRole::OperatingSystem),
                &["os disk", "systemdisk", "operativsystem", "betriebssystem", "yes", "true", "ja"],
            ),
            (
                Some(DiskRole::Data),
                &["data", "data disk", "datadisk", "datadisk", "daten", "no", "false", "nej", "nein"],
            ),
            (None, &["none", "0"]),
        ],
    )?;
    read.ok_or(Unread::Unsaid)
}

/// How an adapter gets its address; integers are VMM's.
///
/// # Errors
/// Unreadable for any other word.
pub fn assignment(value: Value<'_>) -> Result<AddressAssignment, Unread> {
    one_of(
        value,
        &[
            (AddressAssignment::Dynamic, &["dynamic", "dhcp", "dynamisk", "dynamisch", "0"]),
            (AddressAssignment::Static, &["static", "fixed", "manual", "statisk", "statisch", "fast", "1"]),
        ],
    )
}

/// A power state in one vocabulary; a word of none is kept as written. Integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// As [`text`].
pub fn power_state(value: Value<'_>) -> Result<Name, Unread> {
    let known = one_of(
        value,
        &[
            (
                "Running",
                &[
                    "running",
                    "on",
                    "poweredon",
                    "powered on",
                    "2",
                    "vm running",
                    "igång",
                    "körs",
                    "wird ausgeführt",
                    "started",
                ],
            ),
            (
                "Off",
                &["off", "poweroff", "power off", "powered off", "poweredoff", "stopped", "3", "av", "avstängd", "aus"],
            ),
            ("Off", &["vm deallocated", "vm stopped", "ausgeschaltet", "beendet", "shut down", "turned off"]),
            ("Saved", &["saved", "6", "sparad", "gespeichert", "suspended"]),
            ("Paused", &["paused", "9", "pausad", "angehalten"]),
        ],
    );
    match known {
        Ok(word) => Ok(word.into()),
        Err(Unread::Unreadable) => text(value),
        Err(unread) => Err(unread),
    }
}

/// A Hyper-V Replica mode; integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// As [`text`].
pub fn replication_mode(value: Value<'_>) -> Result<Name, Unread> {
    let known = one_of(
        value,
        &[
            ("None", &["none", "0", "not enabled", "ingen", "keine"]),
            ("Primary", &["primary", "1"]),
            ("Replica", &["replica", "2"]),
            ("TestReplica", &["testreplica", "test replica", "3"]),
            ("ExtendedReplica", &["extendedreplica", "extended replica", "4"]),
        ],
    );
    match known {
        Ok(word) => Ok(word.into()),
        Err(Unread::Unreadable) => text(value),
        Err(unread) => Err(unread),
    }
}

/// The meaning whose words hold the cell's; a small whole number counts as its digit.
fn one_of<T: Copy>(value: Value<'_>, meanings: &[(T, &[&str])]) -> Result<T, Unread> {
    let meaning = |found: &dyn Fn(&str) -> bool| {
        let known = meanings.iter().find(|(_, words)| words.iter().any(|word| found(word)));
        known.map(|(meaning, _)| *meaning).ok_or(Unread::Unreadable)
    };
    match value {
        Value::Text(text) => {
            let said = said(text)?;
            meaning(&|word| same_word(word, said))
        }
        Value::Number(number) => {
            let whole = super::number::from_cell(number)?.whole().ok_or(Unread::Unreadable)?;
            meaning(&|word| word.parse() == Ok(whole))
        }
        Value::Bool(true) => meaning(&|word| word == "true"),
        Value::Bool(false) => meaning(&|word| word == "false"),
        Value::Date(_) => Err(Unread::Unreadable),
        Value::Error(text) => Err(error_value(text)),
    }
}
