//! Columns that count processors as parts of hardware: by themselves they give no number of vCPUs, and with the cores of each
//! they do.

use super::chosen::{Chosen, Lost};
use super::claims::{Claim, Source, plain};
use super::fit::{Fit, Sample};
use super::identify::Candidate;
use crate::ingest::columns::{RowKind, Unit};
use crate::model::{Arg, Field, Identity, say};

/// Words for cores.
const CORES: &[&str] = &[
    "core", "cores", "kern", "kerne", "kerner", "kärnor", "kärna", "kjerner", "cœurs", "coeurs", "cœur", "núcleos",
    "nucleos", "núcleo",
];
/// Words for what has cores.
const SOCKETS: &[&str] = &[
    "cpu",
    "cpus",
    "cpucount",
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

/// Words that say that something is counted.
const COUNTED: &[&str] =
    &["number", "of", "count", "num", "no", "nr", "antal", "anzahl", "antall", "nombre", "número", "de", "total"];

/// Headings of cores of one processor that do not say so.
const OF_EACH: &[&str] = &["cpucore", "cpucorecount", "corecountpercpu", "corespercpu"];

/// Leaves out columns that count sockets, and counts processors where the cores of each stand beside them.
pub(super) fn settle(
    columns: &mut Vec<Chosen>,
    lost: &mut Vec<Lost>,
    rows: RowKind,
    candidate: &Candidate,
    sample: &Sample<'_>,
) {
    let each = candidate.headings.iter().find_map(|(column, heading)| Some((*column, cores_of_each(&heading.text)?)));
    columns.retain(|one| {
        let words = parts(candidate.text(one.column));
        let is_of_hardware = words.iter().all(|word| SOCKETS.contains(&word.as_str()))
            || each.as_ref().is_some_and(|(_, what)| counts_same(&words, what));
        let counts_sockets = any(&words, ONLY_SOCKETS)
            || cores_of_each(candidate.text(one.column)).is_some()
            || (each.is_some() && is_of_hardware);
        let is_lost = one.claim.field == Field::Vcpus && one.claim.source > Source::Own && counts_sockets;
        if is_lost {
            let why = "it counts processors with several cores each, or cores of one processor, and no vCPUs".into();
            lost.push(Lost { column: one.column, field: Field::Vcpus, why });
        }
        !is_lost
    });
    let is_counted = columns.iter().any(|one| one.claim.field == Field::Vcpus);
    if let Some((cores, what)) = each.filter(|_| rows.tells_of_machines() && !is_counted) {
        multiply(columns, lost, cores, &what, candidate, sample);
    }
}

/// Takes the number of processors times the cores of each for the number of vCPUs.
///
/// "CPUs" beside "Cores per socket" may be the number of all cores; "CPUs" beside "Cores per CPU" is not.
fn multiply(
    columns: &mut Vec<Chosen>,
    lost: &mut Vec<Lost>,
    cores: u16,
    what: &str,
    candidate: &Candidate,
    sample: &Sample<'_>,
) {
    let counts = |text: &str| {
        let words = parts(text);
        are_counts(&words) && any(&words, ONLY_SOCKETS) || counts_same(&words, what)
    };
    let sockets = candidate.headings.iter().find(|(column, heading)| *column != cores && counts(&heading.text));
    let Some((column, _)) = sockets else { return };
    let fit = Fit::of(sample.cells(*column), Field::Vcpus, Unit::None);
    if fit.read == 0 {
        return;
    }
    let claim = Claim { source: Source::Plain, ..plain(Field::Vcpus) };
    lost.retain(|one| one.column != *column && one.column != cores);
    let with = Arg::named(Identity::Heading, candidate.text(*column));
    lost.push(Lost {
        column: cores,
        field: Field::Vcpus,
        why: say!("`{heading}` is multiplied with it", heading = with),
    });
    columns.retain(|one| one.column != *column);
    let is_blank = sample.is_blank(*column);
    columns.push(Chosen { column: *column, claim, fit, is_blank, has_noughts: false, times: Some(cores) });
}

fn are_counts(words: &[String]) -> bool {
    words.iter().all(|word| SOCKETS.contains(&word.as_str()) || COUNTED.contains(&word.as_str()))
}

/// Whether a heading counts what the cores are said to be of each: "CPUs" beside "Cores per CPU".
fn counts_same(words: &[String], what: &str) -> bool {
    let is_same = |word: &String| {
        let word = word.strip_suffix("count").unwrap_or(word);
        let (short, long) = if word.len() < what.len() { (word, what) } else { (what, word) };
        !short.is_empty() && long.starts_with(short) && long.len() - short.len() <= 2
    };
    are_counts(words) && words.iter().any(is_same)
}

/// What a heading of cores says that each number of them is of: "socket" of "Cores per socket".
fn cores_of_each(text: &str) -> Option<String> {
    let words = parts(text);
    // Inventories of hardware count cores so, each of one processor.
    if OF_EACH.contains(&words.concat().as_str()) {
        return Some("cpu".to_owned());
    }
    let per = words.iter().position(|word| PER.contains(&word.as_str()))?;
    let what = words[per + 1..].iter().find(|word| SOCKETS.contains(&word.as_str()))?;
    any(&words[..per], CORES).then(|| what.clone())
}

fn any(words: &[String], of: &[&str]) -> bool {
    words.iter().any(|word| of.contains(&word.as_str()))
}

/// The words of a heading in lower case, parted by what is no letter and by capitals: "numCoresPerSocket".
fn parts(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for sign in text.chars() {
        if !sign.is_alphanumeric() || sign.is_uppercase() && was_small {
            words.push(String::new());
        }
        if sign.is_alphanumeric() {
            words.last_mut().expect("one was begun above").extend(sign.to_lowercase());
        }
        was_small = sign.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}
