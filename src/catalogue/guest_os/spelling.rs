//! How the names of operating systems are spelled: a name taken apart into words that can be compared.

use unicode_normalization::UnicodeNormalization;

use crate::model::Architecture;

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Its words, without what the other fields hold.
    pub(super) words: Vec<String>,
    /// The bitness it states.
    pub(super) architecture: Option<Architecture>,
    /// The service pack or update it states.
    pub(super) service_pack: Option<u32>,
    /// It lists several versions ("4/5/6/7") or leaves the version open ("2016 or later").
    pub(super) vague: bool,
}

impl Spelling {
    pub(super) fn of(name: &str) -> Self {
        let mut words = tokens(name);
        drop_nt(&mut words);
        let architecture = take_architecture(&mut words);
        let service_pack = take_service_pack(&mut words);
        let open = |pair: &[String]| {
            matches!(pair[0].as_str(), "or" | "and")
                && matches!(pair[1].as_str(), "later" | "newer" | "above" | "higher")
        };
        let vague = words.windows(2).any(open) || words.iter().any(|word| word == "/");
        Self { words, architecture, service_pack, vague }
    }
}

/// The words of a name in lower case, without trade marks; "2012R2" and "RHEL8" are two words each, and a slash
/// between two versions is a word of its own.
pub(super) fn tokens(name: &str) -> Vec<String> {
    // NFKC would turn the trade mark sign into the letters TM.
    let plain: String = name.chars().filter(|sign| !matches!(sign, '®' | '™' | '©')).nfkc().collect();
    let plain = plain.to_lowercase().replace("(r)", " ").replace("(tm)", " ").replace("(c)", " ");
    let plain = with_dots(&plain);
    let mut words = Vec::new();
    for (index, part) in plain.split('/').enumerate() {
        let part = part.trim();
        let after_version = plain_ends_in_digit(&words);
        if index > 0 && after_version && part.starts_with(|sign: char| sign.is_ascii_digit()) {
            words.push("/".to_owned());
        }
        part.split(|sign: char| !sign.is_alphanumeric() && sign != '.')
            .map(|word| word.trim_matches('.'))
            .filter(|word| !word.is_empty())
            .for_each(|word| split_joined(word, &mut words));
    }
    words
}

/// The text with a dot where a line joins two numbers, as in the images of Azure: `22_04` is version 22.04.
///
/// The first number must be a word of its own, which that of `x86_64` is not.
fn with_dots(text: &str) -> String {
    let mut dotted = String::with_capacity(text.len());
    // Whether the number that ends here began a word.
    let mut number = false;
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let next_is_digit = letters.peek().is_some_and(char::is_ascii_digit);
        if letter == '_' && number && next_is_digit {
            dotted.push('.');
        } else {
            dotted.push(letter);
        }
        number = letter.is_ascii_digit() && (number || !before.is_alphanumeric());
        before = letter;
    }
    dotted
}

fn plain_ends_in_digit(words: &[String]) -> bool {
    words.last().is_some_and(|word| word.ends_with(|sign: char| sign.is_ascii_digit()))
}

fn split_joined(word: &str, words: &mut Vec<String>) {
    if let Some(year) = short_windows(word) {
        let named = words.last().is_some_and(|before| matches!(before.as_str(), "win" | "windows" | "server" | "ws"));
        if !named {
            words.push("win".to_owned());
        }
        words.extend(year);
        return;
    }
    let is_number = |sign: char| sign.is_ascii_digit() || sign == '.';
    if let Some(letters) = word.find(|sign: char| !is_number(sign)) {
        let (number, rest) = word.split_at(letters);
        let joined =
            rest == "r2" || rest == "bit" || rest.strip_prefix("sp").is_some_and(|pack| pack.parse::<u32>().is_ok());
        // "2019Std" is the year with an edition.
        let dated =
            number.len() == 4 && number.starts_with("20") && rest.len() > 1 && rest.chars().all(char::is_alphabetic);
        if !number.is_empty() && (joined || dated) {
            words.extend([number.to_owned(), rest.to_owned()]);
            return;
        }
    }
    if let Some(digits) = word.find(|sign: char| sign.is_ascii_digit()) {
        let (letters, rest) = word.split_at(digits);
        let known = matches!(letters, "sp" | "amd" | "arm" | "aarch" | "ia" | "gen");
        if letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic) && !known {
            words.push(letters.to_owned());
            split_joined(rest, words);
            return;
        }
    }
    words.push(word.to_owned());
}

/// Takes "NT" out of what .NET calls every Windows, "Microsoft Windows NT 10.0.20348.0"; the last that bore it was 4.0.
fn drop_nt(words: &mut Vec<String>) {
    let is_later = |version: &String| {
        let major = version.split_once('.').and_then(|(major, _)| major.parse::<u32>().ok());
        major.is_some_and(|major| major > 4)
    };
    if let Some(place) = words.windows(2).position(|pair| pair[0] == "nt" && is_later(&pair[1])) {
        words.remove(place);
    }
}

/// The year in a short form of a Windows Server name, "2k12r2", "w2k8" or "w2012r2", and "r2" if it says so.
fn short_windows(word: &str) -> Option<Vec<String>> {
    let (begun, rest) = word.strip_prefix('w').map_or((false, word), |rest| (true, rest));
    let (rest, release) = rest.strip_suffix("r2").map_or((rest, None), |rest| (rest, Some("r2".to_owned())));
    let year = match rest.strip_prefix("2k") {
        Some("") => 2000,
        Some(short) if short.len() <= 2 => 2000 + short.parse::<u32>().ok()?,
        None if begun && rest.len() == 4 && rest.starts_with("20") => rest.parse().ok()?,
        Some(_) | None => return None,
    };
    Some(std::iter::once(year.to_string()).chain(release).collect())
}

/// Takes every mention of bitness out of the words; `None` when there is none or two contradict each other.
fn take_architecture(words: &mut Vec<String>) -> Option<Architecture> {
    let mut stated = Vec::new();
    let mut rest = Vec::with_capacity(words.len());
    let mut left = words.as_slice();
    while let Some(first) = left.first() {
        let next = |index: usize| left.get(index).map(String::as_str);
        let (architecture, length) = match (first.as_str(), next(1), next(2)) {
            ("x86", Some("64"), Some("bit")) => (Architecture::X64, 3),
            ("64", Some("bit"), _) | ("x86", Some("64"), _) => (Architecture::X64, 2),
            ("32", Some("bit"), _) => (Architecture::X86, 2),
            ("x64" | "amd64", _, _) => (Architecture::X64, 1),
            ("x86" | "i386" | "i486" | "i586" | "i686" | "ia32", _, _) => (Architecture::X86, 1),
            ("arm64" | "aarch64", _, _) => (Architecture::Arm64, 1),
            ("itanium", Some("based"), Some("systems" | "system")) => (Architecture::Itanium, 3),
            ("ia64" | "itanium", _, _) => (Architecture::Itanium, 1),
            _ => {
                rest.push(first.clone());
                left = &left[1..];
                continue;
            }
        };
        stated.push(architecture);
        left = &left[length..];
    }
    *words = rest;
    stated.dedup();
    match stated.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Takes "SP4", "SP 4", "Service Pack 4" or "Update 4" out of the words.
fn take_service_pack(words: &mut Vec<String>) -> Option<u32> {
    let number = |index: usize| words.get(index).and_then(|word| word.parse::<u32>().ok()).filter(|pack| *pack < 100);
    let found = (0..words.len()).find_map(|index| {
        let word = words[index].as_str();
        let next = words.get(index + 1).map(String::as_str);
        match (word, next) {
            ("service", Some("pack")) => number(index + 2).map(|pack| (index, 3, pack)),
            ("sp" | "update", _) => number(index + 1).map(|pack| (index, 2, pack)),
            _ => word.strip_prefix("sp").and_then(|pack| pack.parse().ok()).map(|pack| (index, 1, pack)),
        }
    });
    let (start, length, pack) = found?;
    words.drain(start..start + length);
    Some(pack)
}
