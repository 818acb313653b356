//! Every text of the program that a report may say, collected from its source and its data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use klar::catalogue::Catalogue;
use klar::ingest::Dialects;
use klar::model::Field;
use klar::report::language::has_words;
use klar::rules::RULES;

/// Every text, with the rooms that say it: a folder or file of `src`, or what of the data.
pub fn all() -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = Keys::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in sources(&root.join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(root.join("src")).unwrap().to_string_lossy().replace('\\', "/");
        let text = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        keys.of_source(&file, text);
    }
    keys.of_data();
    keys.0
}

#[derive(Default)]
struct Keys(BTreeMap<String, BTreeSet<String>>);

impl Keys {
    fn add(&mut self, room: &str, text: &str) {
        if has_words(text) {
            self.0.entry(text.to_owned()).or_default().insert(room.to_owned());
        }
    }

    fn of_source(&mut self, file: &str, text: &str) {
        let room = match file.split('/').collect::<Vec<_>>().as_slice() {
            [one] => (*one).to_owned(),
            [above, one] => format!("{above}/{one}"),
            [above, below, ..] => format!("{above}/{below}"),
            [] => String::new(),
        };
        for place in ["say!(", "unable!("].iter().flat_map(|word| literals_after(text, word)) {
            self.add(&room, &place);
        }
        for block in text.split("\nwords! {\n").skip(1) {
            let block = block.split("\n}\n").next().unwrap();
            for word in block.lines().filter_map(|line| line.split_once(" = \"")?.1.strip_suffix("\",")) {
                self.add(&room, word);
            }
        }
    }

    fn of_data(&mut self) {
        for field in Field::ALL {
            self.add("fields", field.title());
            self.add("fields", field.export());
        }
        for rule in RULES {
            self.add("checks", rule.summary);
            self.add("checks", rule.remedy);
            self.add("checks", rule.why);
        }
        for edition in Catalogue::embedded().unwrap().editions {
            let room = format!("editions of {}", edition.target);
            self.add(&room, &edition.title);
            for requirement in &edition.requirements {
                for text in [&requirement.summary, &requirement.remedy, &requirement.remark].into_iter().flatten() {
                    self.add(&room, text);
                }
            }
            edition.notices.iter().for_each(|notice| self.add(&room, &notice.text));
        }
        for (_, text) in Dialects::files() {
            let dialect: toml::Table = text.parse().unwrap();
            if let Some(title) = dialect.get("title").and_then(|title| title.as_str()) {
                self.add("dialects", title);
            }
        }
    }
}

/// The texts that stand next behind a word of the source.
fn literals_after(text: &str, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, _) in text.match_indices(word) {
        let rest = text[place + word.len()..].trim_start();
        if let Some(rest) = rest.strip_prefix('"') {
            found.push(literal(rest));
        }
    }
    found
}

/// A text as the compiler reads it, up to its end.
fn literal(rest: &str) -> String {
    let mut text = String::new();
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('n') => text.push('\n'),
                Some('\n') => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                Some('u') => {
                    let code: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(other) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    text
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_literal_is_read_as_the_compiler_reads_it() {
    let source = "say!(\"one \\\"two\\\"\\u{a0}\\n\") say!(\n        \"long \\\n         and on {n:a|b}\",\n        n)";
    assert_eq!(literals_after(source, "say!("), ["one \"two\"\u{a0}\n", "long and on {n:a|b}"]);
}
