//! Words of headings that ask whether something holds a machine back, in whatever order and among whatever others.

use serde::Deserialize;

use super::bag::words_of;
use crate::model::Field;

/// The words, as the data file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockersFile {
    shared_storage: Vec<String>,
    pass_through: Vec<String>,
    fibre_channel: Vec<String>,
    other: Vec<String>,
    negations: Vec<String>,
}

/// The words, each a set of which a heading holds all, and those of headings about other things.
#[derive(Debug)]
pub(super) struct Blockers {
    asked: Vec<(Field, Vec<Vec<String>>)>,
    other: Vec<String>,
    negations: Vec<String>,
}

impl Blockers {
    pub(super) fn of(file: &BlockersFile) -> Self {
        let sets = |texts: &[String]| texts.iter().map(|text| words_of(text)).collect();
        let asked = vec![
            (Field::SharedStorage, sets(&file.shared_storage)),
            (Field::FibreChannel, sets(&file.fibre_channel)),
            (Field::PassThrough, sets(&file.pass_through)),
        ];
        Self { asked, other: file.other.clone(), negations: file.negations.clone() }
    }

    /// What a heading asks for.
    pub(super) fn asks(&self, heading: &str) -> Option<Field> {
        let words = words_of(heading);
        // "No shared disks" asks the other way round, and what stands below it could be read either way.
        if words.iter().any(|word| self.other.contains(word) || self.negations.contains(word)) {
            return None;
        }
        let holds = |sets: &Vec<Vec<String>>| sets.iter().any(|set| set.iter().all(|word| words.contains(word)));
        self.asked.iter().find(|(_, sets)| holds(sets)).map(|(field, _)| *field)
    }
}
