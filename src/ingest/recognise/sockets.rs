//! Columns that count processors as parts of hardware: beside a number of cores for each they give no number of vCPUs.

use super::chosen::{Chosen, Lost};
use super::claims::Source;
use super::identify::Candidate;
use crate::model::Field;

/// Words for cores.
const CORES: &[&str] = &[
    "core", "cores", "kern", "kerne", "kerner", "kärnor", "kärna", "kjerner", "cœurs", "coeurs", "cœur", "núcleos",
    "nucleos", "núcleo",
];
/// Words for what has cores.
const SOCKETS: &[&str] = &[
    "cpu",
    "cpus",
    "socket",
    "sockets",
    "sockel",
    "socklar",
    "sokkel",
    "sokler",
    "processor",
    "processors",
    "prozessor",
    "prozessoren",
    "processorer",
    "prosessor",
    "prosessorer",
    "processeur",
    "processeurs",
    "procesador",
    "procesadores",
    "processador",
    "processadores",
    "s",
    "p",
];
/// Words between the two.
const PER: &[&str] = &["per", "pro", "je", "pr", "par", "por", "p", "each"];
/// Words that name sockets and nothing else.
const ONLY_SOCKETS: &[&str] = &["socket", "sockets", "sockel", "socklar", "sokkel", "sokler"];

/// Leaves out columns that count sockets.
pub(super) fn settle(columns: &mut Vec<Chosen>, lost: &mut Vec<Lost>, candidate: &Candidate) {
    let parts = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<String>>()
    };
    let any = |words: &[String], of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    let is_per = |text: &str| {
        let words = parts(text);
        let per = words.iter().position(|word| PER.contains(&word.as_str()));
        per.is_some_and(|at| any(&words[..at], CORES) && any(&words[at + 1..], SOCKETS))
    };
    let has_cores_each = candidate.headings.iter().any(|(_, heading)| is_per(&heading.text));
    columns.retain(|one| {
        let words = parts(candidate.text(one.column));
        let is_of_hardware = words.iter().all(|word| SOCKETS.contains(&word.as_str()));
        let counts_sockets =
            any(&words, ONLY_SOCKETS) || is_per(candidate.text(one.column)) || (has_cores_each && is_of_hardware);
        let is_lost = one.claim.field == Field::Vcpus && one.claim.source > Source::Own && counts_sockets;
        if is_lost {
            let why = "it counts processors with several cores each, or cores of one processor, and no vCPUs".into();
            lost.push(Lost { column: one.column, field: Field::Vcpus, why });
        }
        !is_lost
    });
}
