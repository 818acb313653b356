//! A hunt for false readiness: machines around every published limit of every edition, one past it, at it, and with the
//! fact missing, alone and several at once. None that a document stops, or cannot clear, may be called ready.
//!
//! The limits are written from the documents and not read from the editions.

use std::collections::BTreeSet;

use klar::evaluate::Readiness;

use super::estate::{FLAGS, GIB, GUESTS, Machine, Seeded, disks_csv, machines_csv, ordinary};
use crate::verdicts::judged;

/// What a limit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// The system's disk of generation 1, in MiB.
    OsDisk1,
    /// The same of generation 2.
    OsDisk2,
    /// The largest data disk, in MiB.
    DataDisk,
    /// Any disk, in MiB.
    AnyDisk,
    /// The smallest disk, in MiB, from below.
    SmallestDisk,
    /// Data disks.
    DataDisks,
    /// All disks.
    Disks,
    Vcpus,
    /// In MiB.
    Memory,
    Adapters,
}

use What::{Adapters, AnyDisk, DataDisk, DataDisks, Disks, Memory, OsDisk1, OsDisk2, SmallestDisk, Vcpus};

const TIB: u64 = 1024 * GIB;

/// For each edition what stops a machine above a limit, or below the one from below.
const LIMITS: &[(&str, &[(What, u64)])] = &[
    ("site-recovery@2017-07", &[(OsDisk1, 1023 * GIB), (OsDisk2, 300 * GIB), (DataDisk, 1023 * GIB), (DataDisks, 16)]),
    ("site-recovery@2018-08", &[(OsDisk1, 2048 * GIB), (OsDisk2, 300 * GIB), (DataDisk, 4095 * GIB), (DataDisks, 16)]),
    ("site-recovery@2020-12", &[(OsDisk1, 2048 * GIB), (OsDisk2, 300 * GIB), (DataDisk, 4095 * GIB), (DataDisks, 16)]),
    ("site-recovery@2026-05", &[(OsDisk1, 2048 * GIB), (OsDisk2, 4 * TIB), (DataDisk, 32 * TIB), (DataDisks, 16)]),
    (
        "site-recovery@2026-10",
        &[
            (OsDisk1, 2048 * GIB),
            (OsDisk2, 4095 * GIB),
            (DataDisk, 32_767 * GIB),
            (Disks, 64),
            (SmallestDisk, GIB),
            (Vcpus, 128),
            (Memory, 3892 * GIB),
            (Adapters, 8),
        ],
    ),
    ("azure-migrate@2020-04", &[(OsDisk1, 2048 * GIB), (OsDisk2, 2048 * GIB), (DataDisk, 4095 * GIB), (Disks, 16)]),
    ("azure-migrate@2023-10", &[(OsDisk1, 2048 * GIB), (OsDisk2, 4 * TIB), (DataDisk, 32 * TIB), (Disks, 16)]),
    (
        "azure-migrate@2026-03",
        &[
            (OsDisk1, 2048 * GIB),
            (OsDisk2, 4 * TIB),
            (DataDisk, 32_767 * GIB),
            (Disks, 16),
            (Vcpus, 128),
            (Memory, 3892 * GIB),
            (Adapters, 8),
        ],
    ),
    ("azure-vm@2018-05", &[(AnyDisk, 4 * TIB), (Disks, 65), (Vcpus, 32), (Memory, 448 * GIB), (Adapters, 32)]),
    ("azure-vm@2020-01", &[(AnyDisk, 32 * TIB), (Disks, 65), (Vcpus, 128), (Memory, 3892 * GIB), (Adapters, 32)]),
    (
        "azure-vm@2024-06",
        &[
            (AnyDisk, 64 * TIB),
            (Disks, 65),
            (Vcpus, 128),
            (Memory, 3892 * GIB),
            (OsDisk1, 2048 * GIB),
            (OsDisk2, 4 * TIB),
        ],
    ),
    (
        "azure-vm@2025-02",
        &[
            (AnyDisk, 64 * TIB),
            (Disks, 65),
            (Vcpus, 128),
            (Memory, 3892 * GIB),
            (OsDisk1, 2048 * GIB),
            (OsDisk2, 4 * TIB),
            (Adapters, 8),
        ],
    ),
];

/// What a machine must not have, and the editions that say so: those whose name begins with one of the texts.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("BitLocker", &["site-recovery@", "azure-migrate@"]),
    ("Shared disk", &["site-recovery@", "azure-migrate@"]),
    ("Virtual Fibre Channel", &["site-recovery@", "azure-migrate@"]),
    ("Pass-through disk", &["site-recovery@", "azure-migrate@"]),
    ("Guest iSCSI", &["site-recovery@2026", "azure-migrate@"]),
    ("Storage Spaces", &["site-recovery@2020", "site-recovery@2026"]),
    ("Dynamic OS disk", &["site-recovery@"]),
    ("NIC teaming", &["site-recovery@", "azure-migrate@"]),
    ("Hyper-V Replica", &["site-recovery@2026", "azure-migrate@2023", "azure-migrate@2026"]),
    ("Secure Boot", &["site-recovery@2026", "azure-migrate@2023"]),
    ("Virtual TPM", &["site-recovery@2026-10"]),
    ("Shielded", &["site-recovery@2026-10", "azure-migrate@2026", "azure-vm@2025"]),
];

/// Where a fact stands against its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    At,
    Past,
    Missing,
}

/// Sets what a limit is of.
fn set(machine: &mut Machine, what: What, limit: u64, step: Step) {
    let count = |number: u64| usize::try_from(number).expect("a count of disks");
    let value = match (what, step) {
        (_, Step::At) => limit,
        (SmallestDisk, Step::Past) => limit - 1,
        (_, Step::Past) => limit + 1,
        (Vcpus, Step::Missing) => return machine.vcpus = None,
        (Memory, Step::Missing) => return machine.memory_mib = None,
        (Adapters, Step::Missing) => return machine.nics = None,
        (_, Step::Missing) => return machine.disks_mib = None,
    };
    match what {
        OsDisk1 | OsDisk2 => {
            machine.generation = Some(if what == OsDisk1 { 1 } else { 2 });
            machine.disks_mib = Some(vec![value, 64 * GIB]);
        }
        DataDisk | AnyDisk | SmallestDisk => machine.disks_mib = Some(vec![80 * GIB, value]),
        DataDisks => machine.disks_mib = Some(vec![32 * GIB; count(value) + 1]),
        Disks => machine.disks_mib = Some(vec![32 * GIB; count(value)]),
        Vcpus => machine.vcpus = Some(value),
        Memory => machine.memory_mib = Some(value),
        Adapters => machine.nics = Some(value),
    }
}

/// What of a machine a limit settles, so that two of one kind are not set at once.
const fn part(what: What) -> u8 {
    match what {
        OsDisk1 | OsDisk2 | DataDisk | AnyDisk | SmallestDisk | DataDisks | Disks => 0,
        Vcpus => 1,
        Memory => 2,
        Adapters => 3,
    }
}

fn place(flag: &str) -> usize {
    FLAGS.iter().position(|known| *known == flag).unwrap_or_else(|| panic!("no flag {flag}"))
}

/// Whether a missing fact leaves a machine unknown: without disks, vCPUs or memory nobody can call one ready where the
/// edition limits them; what an adapter list or a flag would tell is told by few exports and lowers the coverage alone.
fn leaves_unknown(edition: &str, what: What) -> bool {
    match part(what) {
        0 => true,
        1 | 2 => edition.starts_with("azure-vm@"),
        _ => false,
    }
}

/// A machine that nothing speaks against, for any edition.
fn sound(index: usize, chance: &mut Seeded) -> Machine {
    let mut machine = ordinary(index, chance);
    machine.guest = GUESTS.iter().find(|guest| guest.name.starts_with("Windows Server 2016")).copied();
    machine.generation = Some(1);
    machine.disks_mib = Some(vec![80 * GIB, 64 * GIB]);
    machine
}

/// A machine of the hunt, and why it may not be ready.
struct Hunted {
    machine: Machine,
    stopped_by: Vec<String>,
}

/// Every limit alone in every step, then several at once by chance.
fn hunted(edition: &str, limits: &[(What, u64)]) -> Vec<Hunted> {
    let mut chance = Seeded::new(11);
    let mut all = Vec::new();
    let is_forbidden = |editions: &[&str]| editions.iter().any(|start| edition.starts_with(start));
    let forbidden: Vec<&str> =
        FORBIDDEN.iter().filter(|(_, editions)| is_forbidden(editions)).map(|(flag, _)| *flag).collect();
    let steps = [Step::At, Step::Past, Step::Missing];
    let single = limits.len() * steps.len() + forbidden.len() * 2;
    for index in 0..single + 240 {
        let mut machine = sound(index, &mut chance);
        let mut stopped_by = Vec::new();
        let mut limit = |machine: &mut Machine, (what, limit): (What, u64), step: Step| {
            set(machine, what, limit, step);
            if step == Step::Past || (step == Step::Missing && leaves_unknown(edition, what)) {
                stopped_by.push(format!("{what:?} {step:?}"));
            }
        };
        let mut flags: Vec<(&str, Option<bool>)> = Vec::new();
        if index < limits.len() * steps.len() {
            limit(&mut machine, limits[index / steps.len()], steps[index % steps.len()]);
        } else if index < single {
            let at = index - limits.len() * steps.len();
            flags.push((forbidden[at / 2], if at.is_multiple_of(2) { Some(true) } else { None }));
        } else {
            let mut parts = BTreeSet::new();
            for _ in 0..=chance.below(3) {
                let picked = chance.of(limits);
                if parts.insert(part(picked.0)) {
                    limit(&mut machine, picked, chance.of(&steps));
                }
            }
            if !forbidden.is_empty() {
                flags.push((chance.of(&forbidden), chance.of(&[Some(true), Some(false), None])));
            }
        }
        for (flag, value) in flags {
            // Only a machine of generation 2 has firmware that starts securely.
            if flag == "Secure Boot" && value == Some(true) && parts_free(&stopped_by) {
                machine.generation = Some(2);
            }
            machine.flags[place(flag)] = value;
            let tells = flag != "Secure Boot" || machine.generation == Some(2);
            if value == Some(true) && tells {
                stopped_by.push(flag.to_owned());
            }
        }
        all.push(Hunted { machine, stopped_by });
    }
    all
}

/// Whether nothing has been set that hangs on the generation.
fn parts_free(stopped_by: &[String]) -> bool {
    !stopped_by.iter().any(|reason| reason.starts_with("OsDisk"))
}

#[test]
fn no_machine_past_a_published_limit_is_ready_in_any_edition() {
    let mut false_ready = Vec::new();
    for (edition, limits) in LIMITS {
        let all = hunted(edition, limits);
        let machines: Vec<Machine> = all.iter().map(|hunted| hunted.machine.clone()).collect();
        let (list, disks) = (machines_csv(&machines), disks_csv(&machines));
        let readiness: Vec<Readiness> =
            judged(edition, &[&list, &disks], |run| run.vms.iter().map(|vm| vm.readiness).collect());
        assert_eq!(readiness.len(), all.len(), "{edition}: a machine was lost or invented");
        let mut ready = 0;
        for (hunted, readiness) in all.iter().zip(&readiness) {
            ready += usize::from(*readiness == Readiness::Ready);
            if *readiness == Readiness::Ready && !hunted.stopped_by.is_empty() {
                false_ready.push(format!("{edition}: {:?}: {:?}", hunted.stopped_by, hunted.machine));
            }
        }
        // A hunt in which nothing is ever ready would find nothing either.
        let clear = all.iter().filter(|hunted| hunted.stopped_by.is_empty()).count();
        assert!(ready * 3 > clear, "{edition}: {ready} ready of {clear} that nothing stops");
    }
    assert!(false_ready.is_empty(), "{} falsely ready:\n{}", false_ready.len(), false_ready.join("\n"));
}

#[test]
fn every_machine_at_its_limits_alone_is_ready() {
    for (edition, limits) in LIMITS {
        for (what, limit) in *limits {
            let mut machine = sound(0, &mut Seeded::new(3));
            // At some limits another one stops: 65 disks need a size for them, and the disk counts of two limits differ.
            let others = match what {
                Disks | DataDisks => limit > &33,
                Vcpus => limit > &32,
                Memory => true,
                Adapters => limit > &8,
                DataDisk | AnyDisk => limit > &(4095 * GIB),
                OsDisk2 | OsDisk1 | SmallestDisk => false,
            };
            set(&mut machine, *what, *limit, Step::At);
            let list = [machine];
            let ready = judged(edition, &[&machines_csv(&list), &disks_csv(&list)], |run| run.vms[0].readiness);
            let is_gen_2 = *what == OsDisk2;
            assert!(ready == Readiness::Ready || others || is_gen_2, "{edition} {what:?} at {limit}: {ready:?}");
        }
    }
}
