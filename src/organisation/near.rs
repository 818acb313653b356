//! The names nearest to one that is not known.

/// The most names told.
const TOLD: usize = 3;

/// Up to three of the names known that differ from one by few letters, the nearest first.
#[must_use]
pub fn near<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let mut nearest: Vec<(usize, &str)> = known
        .iter()
        .map(|known| (distance(&name, &known.chars().collect::<Vec<_>>()), *known))
        .filter(|(distance, known)| *distance <= name.len().max(known.chars().count()) / 2)
        .collect();
    nearest.sort_by_key(|(distance, _)| *distance);
    nearest.truncate(TOLD);
    nearest.into_iter().map(|(_, known)| known).collect()
}

/// How many letters must be added, taken out or changed to make one of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (at, against) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != against);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[other.len()]
}
