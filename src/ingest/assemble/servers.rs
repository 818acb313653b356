//! Hosts, clusters and VMM servers by name, with or without the domain.

use rustc_hash::FxHashMap;

use super::called::label;

/// Servers by name.
#[derive(Default)]
pub(super) struct Servers {
    by_name: FxHashMap<String, usize>,
    /// Servers known with a domain, by their first label; none where several share it.
    by_label: FxHashMap<String, Option<usize>>,
}

impl Servers {
    pub(super) fn add(&mut self, name: &str, number: usize) {
        let name = name.to_lowercase();
        if name.contains('.') {
            let only = self.by_label.entry(label(&name).to_owned()).or_insert(Some(number));
            *only = only.filter(|known| *known == number);
        }
        self.by_name.entry(name).or_insert(number);
    }

    /// The server of a name; none when a name without a domain fits several.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        if let Some(number) = self.by_name.get(&name) {
            return Some(*number);
        }
        if name.contains('.') { self.by_name.get(label(&name)).copied() } else { self.by_label.get(&name).copied()? }
    }
}
