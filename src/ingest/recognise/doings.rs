//! Words of headings that tell of something done to machines: jobs, restore points, alerts, patches, tickets, licences.

use serde::Deserialize;

use super::bag::words_of;

/// The words, as the data file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DoingsFile {
    alone: Vec<String>,
    processes: Vec<String>,
    strong: Vec<String>,
    mild: Vec<String>,
    weak: Vec<String>,
}

/// The words, each a set of which a heading holds all.
#[derive(Debug)]
pub(super) struct Doings(Vec<(Doing, Vec<Vec<String>>)>);

/// How surely a heading tells that its table lists no machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// Rows are running programs, whose memory and processors are no machine's.
    Processes,
    /// By itself.
    Alone,
    /// Beside another such heading, or one of the weak ones.
    Strong,
    /// As a strong one, unless what an inventory has stands beside it: a list of owners may tell the licence.
    Mild,
    /// Beside a strong or mild one only.
    Weak,
}

impl Doings {
    pub(super) fn of(file: &DoingsFile) -> Self {
        let sets = |texts: &[String]| texts.iter().map(|text| words_of(text)).collect();
        Self(vec![
            (Doing::Processes, sets(&file.processes)),
            (Doing::Alone, sets(&file.alone)),
            (Doing::Strong, sets(&file.strong)),
            (Doing::Mild, sets(&file.mild)),
            (Doing::Weak, sets(&file.weak)),
        ])
    }

    /// What a heading tells.
    pub(super) fn tell(&self, heading: &str) -> Option<Doing> {
        let words = words_of(heading);
        let holds = |sets: &Vec<Vec<String>>| sets.iter().any(|set| set.iter().all(|word| words.contains(word)));
        self.0.iter().find(|(_, sets)| holds(sets)).map(|(doing, _)| *doing)
    }
}
