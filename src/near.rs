//! The names nearest to one that is not known.

use crate::model::letters_apart;

/// The most names told.
const TOLD: usize = 3;

/// Up to three of the names known that differ from one by few letters, the nearest first.
#[must_use]
pub fn near<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let mut nearest: Vec<(usize, &str)> = known
        .iter()
        .map(|known| (letters_apart(&name, &known.chars().collect::<Vec<_>>()), *known))
        .filter(|(distance, known)| *distance <= name.len().max(known.chars().count()) / 2)
        .collect();
    nearest.sort_by_key(|(distance, _)| *distance);
    nearest.truncate(TOLD);
    nearest.into_iter().map(|(_, known)| known).collect()
}
