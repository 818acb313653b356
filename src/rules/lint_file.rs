//! A catalogue file under the linter: what it is held against, and where its faults are noted.

use std::fmt;

use jiff::civil::Date;

use crate::catalogue::{CatalogueFile, Document, GuestOsCatalogue, Releases};

/// A thing that is wrong with a catalogue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the user named it.
    pub file: String,
    /// The line, counted from 1, where one can be told.
    pub line: Option<usize>,
    /// What it is about: a requirement, a source, a product; empty for the file as a whole.
    pub key: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map_or(String::new(), |line| format!(", line {line}"));
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        write!(form, "{}{line}: {key}{}", self.file, self.problem)
    }
}

/// What a file of a folder is held against: the lists of the folder, or for want of one the program's own.
pub(super) struct Known {
    pub(super) guests: GuestOsCatalogue,
    pub(super) releases: Releases,
    /// The editions that there are, by "target@edition".
    pub(super) editions: Vec<String>,
}

/// A file under the linter, and what was found.
pub(super) struct Linted<'a> {
    pub(super) file: &'a CatalogueFile,
    pub(super) text: &'a str,
    pub(super) faults: Vec<Fault>,
}

impl Linted<'_> {
    /// Notes a fault of the whole file, with the line that its message tells.
    pub(super) fn whole(&mut self, problem: &str) {
        self.put(line_told(problem), "", problem);
    }

    /// Notes a fault of an entry, at the last of the lines that follow each other through the file.
    pub(super) fn entry(&mut self, lines: &[&str], key: &str, problem: &str) {
        self.put(self.line_of(lines), key, problem);
    }

    pub(super) fn put(&mut self, line: Option<usize>, key: &str, problem: &str) {
        // A message of several lines shows the place; the line is told apart, and the first line says what is wrong.
        let shown: Vec<&str> = problem.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let problem = match shown.as_slice() {
            [first, .., last] if first.contains("at line") => (*last).to_owned(),
            _ => shown.join(" "),
        };
        let file = self.file.path.clone();
        self.faults.push(Fault { file, line, key: key.to_owned(), problem });
    }

    /// Where lines that begin so follow each other: the place of the last, or of the one before where it is not there.
    pub(super) fn line_of(&self, wanted: &[&str]) -> Option<usize> {
        let mut found = None;
        let mut lines = self.text.lines().enumerate();
        for start in wanted {
            let Some((place, _)) = lines.find(|(_, line)| line.trim_start().starts_with(start)) else { break };
            found = Some(place + 1);
        }
        found
    }
}

/// The line that a message tells: "at line 3, column 5", "(line: 3, byte: 45)" or "lines 3 and 5".
fn line_told(message: &str) -> Option<usize> {
    let (_, rest) = message.split_once("line")?;
    let digits = rest.trim_start_matches(['s', ':', ' ']);
    digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// What is wrong with a document by itself.
pub(super) fn document_problems(source: &Document, retrieved: Date) -> Vec<String> {
    let mut problems = Vec::new();
    if !source.url.starts_with("https://") {
        problems.push("has no https address".to_owned());
    }
    if source.copy.as_ref().is_some_and(|copy| !copy.starts_with("https://")) {
        problems.push("has a copy without an https address".to_owned());
    }
    let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if source.sha256.as_ref().is_some_and(|text| !text.contains(' ') && !is_digest(text)) {
        problems.push("has a sha256 that is neither 64 hexadecimal digits nor a sentence that says why not".to_owned());
    }
    if source.document.trim().is_empty() {
        problems.push("has no title".to_owned());
    }
    if source.date > retrieved {
        problems.push(format!("is dated {}, after it was retrieved", source.date));
    }
    problems
}
