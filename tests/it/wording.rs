//! The files of wording: in order, whole, in the same places as the English, and with nothing that nobody says.

#![expect(clippy::disallowed_methods, reason = "a test reads the sources of the program")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use klar::tables::heading;

mod english;

/// Texts that are written alike in English and in Swedish: names, units, and the words that both languages took over.
#[rustfmt::skip]
const ALIKE: &[&str] = &[
    "2026-11-27", "AVHD", "Agent", "Azure Migrate", "Azure Site Recovery", "Azure VM", "BitLocker", "Data", "Disk", "Disk GiB",
    "Export", "Format", "Generation", "HVTools", "Hyper-V Auditor vDisk", "Hyper-V Auditor vInfo", "ID", "Internet", "LRS",
    "Live Optics VM Disks", "Live Optics VM Performance", "Live Optics VMs", "MAC", "Msvm_ComputerSystem", "Msvm_SummaryInformation", "Msvm_VirtualSystemSettingData", "NVMe", "OS", "Pass-through", "Plan", "Problem", "Provider",
    "RVTools vDisk", "RVTools vInfo", "RVTools vMemory", "RVTools vNetwork", "Region", "Replica Broker", "SHA-256", "SKU",
    "Status", "URL", "V1", "V1+V2", "V2", "VHD", "VHDS", "VHDX", "VMDK", "Version", "Win32_ComputerSystem", "Win32_OperatingSystem", "ZRS", "arm64",
    "disk", "generation", "generation {needed}", "ia64", "info", "inventario.ps1", "person", "processor", "server", "systeminfo", "term", "x64", "x86",
    "{host} under {manager}", "{requirement} ({severity})", "{machine}, disk {disk}", "{name}, generation 2", "{rate} Mbit/s", "{title}, version {version}",
    "disk {name}", "GB", "GiB", "KEY", "Linux", "MB/s", "MiB", "kbit/s", "Windows Server",
    "Analyze the Azure Site Recovery Deployment Planner report for Hyper-V to Azure",
    "Common questions: Hyper-V to Azure disaster recovery",
    "Run Azure Site Recovery Deployment Planner for Hyper-V to Azure",
];

/// Whether a text is a command or what a file holds, which are the same in every language.
fn is_literal(text: &str) -> bool {
    ["Get-", "az ", "klar ", "[[", "{action}/", "Microsoft."].iter().any(|begin| text.starts_with(begin))
        || text.contains(" = ")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with an ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry, ending));
        } else if entry.extension().is_some_and(|found| found == ending) {
            found.push(entry);
        }
    }
    found
}

/// The texts of the Swedish file, in the order in which they stand.
fn swedish() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("templates/wording/sv.toml")).unwrap();
    let texts: BTreeMap<String, String> = toml::from_str(&text).unwrap();
    let lines = text.lines().filter(|line| line.starts_with('"'));
    let keys: Vec<String> = lines
        .map(|line| {
            let line: BTreeMap<String, String> = toml::from_str(line).unwrap();
            line.into_keys().next().unwrap()
        })
        .collect();
    assert_eq!(keys.len(), texts.len(), "each text stands on a line of its own");
    keys.into_iter().map(|key| (key.clone(), texts[&key].clone())).collect()
}

/// The names of the places of a text; those with words of their own count with the others.
fn places(text: &str) -> BTreeSet<&str> {
    let opened = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let names = opened.map(|(place, _)| place.split(':').next().unwrap_or_default());
    names.filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')).collect()
}

/// The places of a text that fill something in, and do not only choose a word.
fn filled(text: &str) -> BTreeSet<&str> {
    let opened = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let names = opened.map(|(place, _)| place);
    names.filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')).collect()
}

/// The texts in quotes of a Rust source, each with the code before it, comments and tests left out.
fn quoted(source: &str) -> Vec<(String, String)> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let (mut found, mut before) = (Vec::new(), String::new());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let raw = ["r\"", "r#\"", "r##\""].into_iter().find(|begin| rest.starts_with(begin));
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(raw) = raw.filter(|_| !before.ends_with(|before: char| before.is_alphanumeric())) {
            let end: String = raw.trim_start_matches('r').chars().rev().collect();
            let (text, after) = rest[raw.len()..].split_once(&end).unwrap();
            found.push((std::mem::take(&mut before), text.to_owned()));
            rest = after;
        } else if letter == '"' {
            let (text, after) = unquoted(&rest[1..]);
            found.push((std::mem::take(&mut before), text));
            rest = after;
        } else if let Some(length) = character(rest) {
            rest = &rest[length..];
        } else {
            if !letter.is_whitespace() {
                before.push(letter);
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    found
}

/// How long the character in single quotes is that a text begins with; none when it begins with a lifetime or other code.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let length = match inside.strip_prefix('\\') {
        Some(escape) => 1 + escape.char_indices().skip(1).find(|(_, letter)| *letter == '\'')?.0,
        None => inside.chars().next()?.len_utf8(),
    };
    inside[length..].starts_with('\'').then_some(length + 2)
}

/// The text in double quotes that ends at the first quote of its own, and what follows.
fn unquoted(text: &str) -> (String, &str) {
    let (mut said, mut rest) = (String::new(), text);
    loop {
        let letter = rest.chars().next().expect("a text in quotes is closed");
        rest = &rest[letter.len_utf8()..];
        match letter {
            '"' => return (said, rest),
            '\\' => {
                let escaped = rest.chars().next().unwrap();
                rest = &rest[escaped.len_utf8()..];
                match escaped {
                    '\n' => rest = rest.trim_start(),
                    'n' => said.push('\n'),
                    't' => said.push('\t'),
                    'u' => {
                        let (code, after) = rest[1..].split_once('}').unwrap();
                        said.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
                        rest = after;
                    }
                    other => said.push(other),
                }
            }
            other => said.push(other),
        }
    }
}

/// Every text that stands in the code or in a file of the templates.
fn said() -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for file in files(&root().join("src"), "rs") {
        said.extend(quoted(&fs::read_to_string(file).unwrap()).into_iter().map(|(_, text)| text));
    }
    // A column is named by its heading.
    let names: Vec<String> = said.iter().map(|text| heading(text)).collect();
    said.extend(names);
    // What an input says of a machine's owner stands beside who takes an action on.
    said.insert("Machine owner".to_owned());
    for file in files(&root().join("templates"), "toml") {
        if file.parent().is_some_and(|folder| folder.ends_with("wording")) {
            continue;
        }
        gather(&toml::from_str(&fs::read_to_string(file).unwrap()).unwrap(), &mut said);
    }
    said
}

fn gather(value: &toml::Value, said: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => drop(said.insert(text.clone())),
        toml::Value::Array(values) => values.iter().for_each(|value| gather(value, said)),
        toml::Value::Table(table) => table.values().for_each(|value| gather(value, said)),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Datetime(_) => {}
    }
}

#[test]
fn every_text_says_something_with_the_places_of_the_english() {
    let mut wrong = Vec::new();
    for (english, said) in swedish() {
        let mut fault = |what: &str| wrong.push(format!("{what}: {english:?} = {said:?}"));
        if said.trim().is_empty() {
            fault("empty");
        }
        if said == english && !is_literal(&english) && !ALIKE.contains(&english.as_str()) {
            fault("still English");
        }
        if !places(&said).is_subset(&places(&english)) || !filled(&english).is_subset(&filled(&said)) {
            fault("other places");
        }
        let stops = |text: &str| text.contains(' ') && text.ends_with('.');
        let edges = |text: &str| (text.starts_with([' ', '\n', ',']), text.ends_with([' ', '\n']), stops(text));
        if edges(&english) != edges(&said) || said.contains("  ") {
            fault("other edges");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_translated_that_nobody_says() {
    let said = said();
    let page = fs::read_to_string(root().join("templates/report/page.html")).unwrap();
    let keys = swedish().into_iter().map(|(key, _)| key);
    let strange: Vec<String> = keys.filter(|key| !said.contains(key) && !page.contains(key)).collect();
    assert!(strange.is_empty(), "{strange:#?}");
}

#[test]
fn texts_in_quotes_are_found_as_the_compiler_reads_them() {
    let source = r#"
        // "no" 'text
        fn a<'a>(x: &'a str) -> char { say!("one \"two\" \
            three\u{a0}"); let c = '"'; let d = '\''; (r"raw \text", 'x') }
        #[cfg(test)]
        mod tests { "none of these" }
    "#;
    let found = quoted(source);
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["one \"two\" three\u{a0}", "raw \\text"]);
    assert!(found[0].0.ends_with("say!("), "{found:?}");
}
