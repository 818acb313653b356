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
}

/// The words, each a set of which a heading holds all.
#[derive(Debug)]
pub(super) struct Blockers(Vec<(Field, Vec<Vec<String>>)>);

impl Blockers {
    pub(super) fn of(file: &BlockersFile) -> Self {
        let sets = |texts: &[String]| texts.iter().map(|text| words_of(text)).collect();
        Self(vec![
            (Field::SharedStorage, sets(&file.shared_storage)),
            (Field::FibreChannel, sets(&file.fibre_channel)),
            (Field::PassThrough, sets(&file.pass_through)),
        ])
    }

    /// What a heading asks for.
    pub(super) fn asks(&self, heading: &str) -> Option<Field> {
        let words = words_of(heading);
        let holds = |sets: &Vec<Vec<String>>| sets.iter().any(|set| set.iter().all(|word| words.contains(word)));
        self.0.iter().find(|(_, sets)| holds(sets)).map(|(field, _)| *field)
    }
}
