//! Names of columns and tables as people read them.

/// Words of column names that are not written in small letters.
const WORDS: &[(&str, &str)] = &[
    ("vm", "VM"),
    ("id", "ID"),
    ("os", "OS"),
    ("gib", "GiB"),
    ("mib", "MiB"),
    ("nic", "NIC"),
    ("vcpus", "vCPUs"),
    ("sha256", "SHA-256"),
    ("url", "URL"),
    ("azure", "Azure"),
    ("mac", "MAC"),
    ("ip", "IP"),
];

/// A column's name as people read it: `guest_os` is "Guest OS".
#[must_use]
pub fn heading(name: &str) -> String {
    let words = name.split('_').enumerate().map(|(number, word)| {
        if let Some((_, written)) = WORDS.iter().find(|(plain, _)| *plain == word) {
            return (*written).to_owned();
        }
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if number == 0 => first.to_uppercase().chain(letters).collect(),
            Some(_) | None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
