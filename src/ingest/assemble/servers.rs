//! Hosts, clusters and VMM servers by name, with or without the domain.

use rustc_hash::FxHashMap;

use super::registry::{label, same_server};

/// Servers by the first label of their names.
#[derive(Default)]
pub(super) struct Servers {
    by_label: FxHashMap<String, Vec<(String, usize)>>,
}

impl Servers {
    pub(super) fn add(&mut self, name: &str, number: usize) {
        self.by_label.entry(label(name).to_lowercase()).or_default().push((name.to_owned(), number));
    }

    /// The server of a name; none when a name without a domain fits several.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let alike = self.by_label.get(&label(name).to_lowercase())?;
        if let Some((_, number)) = alike.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Some(*number);
        }
        let mut fitting = alike.iter().filter(|(known, _)| same_server(known, name));
        let (_, number) = fitting.next()?;
        fitting.next().is_none().then_some(*number)
    }
}
