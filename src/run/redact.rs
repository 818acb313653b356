//! `--redact`: the site's secret, the map of pseudonyms beside the reports, and `klar reveal`, which turns them back.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::load::{named, shown};
use super::manifest::{Arguments, hexadecimal};
use super::terminal::print;
use crate::cli::Reveal;
use crate::model::{Arg, Identity, Phrase, say};
use crate::report::disclosure::{Disclosure, Secret};

/// What the name of the map ends in, after that of the folder.
const MAP: &str = "-names.csv";
/// The first line of a map.
const HEADING: [&str; 3] = ["pseudonym", "kind", "name"];
/// What a file of a secret says of itself.
const ABOUT: &str = "\
# The secret that klar assess --redact makes pseudonyms by. Whoever has it can try which name gives which pseudonym, so it
# stays at the site. The same secret gives the same pseudonyms at every visit.
";
/// Options whose values name nobody, so that a redacted manifest tells them.
const TELLABLE: &[&str] =
    &["against", "as-of", "format", "findings", "pdf-detail", "csv", "redact", "fail-on", "strict"];

/// What reports may tell of names, by the file of a secret when pseudonyms are asked for.
///
/// # Errors
/// When the secret cannot be read.
pub(super) fn disclosure(key: Option<&Path>) -> Result<Disclosure> {
    let Some(path) = key else { return Ok(Disclosure::Open) };
    let text = String::from_utf8(named(path)?).unwrap_or_default();
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    match secret_of(line) {
        Some(secret) => Ok(Disclosure::by(secret)),
        None => bail!(
            "{}: holds no secret of {} hexadecimal digits; make one with `klar template redact-key FILE`",
            shown(path),
            Secret::BYTES * 2
        ),
    }
}

fn secret_of(line: &str) -> Option<Secret> {
    let mut bytes = [0; Secret::BYTES];
    if line.len() != bytes.len() * 2 || !line.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(line.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(Secret::new(bytes))
}

/// Makes a secret, and prints it or writes it to a new file that only its owner may read.
///
/// # Errors
/// When the system gives no chance, or the file is there already.
pub(super) fn make_key(file: Option<&Path>) -> Result<u8> {
    let mut bytes = [0; Secret::BYTES];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("the system gave no random bytes ({error})"))?;
    let text = format!("{ABOUT}{}\n", hexadecimal(&bytes));
    let Some(path) = file else { return print(&text) };
    let written = private(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("{}: cannot be written; name a file that is not there yet", shown(path)))?;
    print(&format!("{}{}\n", shown(path), RIGHTS))
}

/// A new file that only its owner may read.
#[cfg(unix)]
fn private(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// What is said of who may read such a file.
#[cfg(unix)]
const RIGHTS: &str = ", which only you may read";

/// A new file. Its rights are those of the folder, which is all that can be done here without the system's own tools.
#[cfg(not(unix))]
fn private(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// What is said of who may read such a file.
#[cfg(not(unix))]
const RIGHTS: &str =
    ", which whoever may read the folder may read: see to it that only those do who may know the names";

/// Where the map of a folder of reports stands: beside the folder, so that it does not go along with it.
pub(super) fn map_path(output: &Path) -> PathBuf {
    let real = output.canonicalize().unwrap_or_else(|_| output.to_owned());
    let mut name = real.file_name().map_or_else(|| OsString::from("klar-report"), OsString::from);
    name.push(MAP);
    real.with_file_name(name)
}

/// Writes down what each pseudonym stands for, with what an earlier map there says of others, and tells where.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write_map(path: &Path, disclosure: &Disclosure) -> Result<Option<Phrase>> {
    if disclosure.is_open() {
        return Ok(None);
    }
    let mut map: BTreeMap<String, (String, String)> = if path.exists() { read_map(path)? } else { BTreeMap::new() };
    map.extend(disclosure.map().into_iter().map(|(pseudonym, kind, name)| (pseudonym, (kind.to_string(), name))));
    let mut under_way = path.as_os_str().to_owned();
    under_way.push(".new");
    let under_way = PathBuf::from(under_way);
    let failed =
        || format!("{}: the map of pseudonyms cannot be written; name another folder with --output", shown(path));
    if under_way.exists() {
        fs::remove_file(&under_way).with_context(failed)?;
    }
    let mut writer = csv::Writer::from_writer(private(&under_way).with_context(failed)?);
    let rows = map.iter().map(|(pseudonym, (kind, name))| [pseudonym.as_str(), kind, name]);
    for row in std::iter::once(HEADING).chain(rows) {
        writer.write_record(row).with_context(failed)?;
    }
    let file = writer.into_inner().map_err(csv::IntoInnerError::into_error).with_context(failed)?;
    file.sync_all().with_context(failed)?;
    fs::rename(&under_way, path).with_context(failed)?;
    let (path, rights) = (Arg::text(&shown(path)), Arg::Word(RIGHTS));
    Ok(Some(say!("The names stand in {path}{rights}.", path = path, rights = rights)))
}

fn read_map(path: &Path) -> Result<BTreeMap<String, (String, String)>> {
    let bytes = named(path)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let mut map = BTreeMap::new();
    for (line, row) in reader.deserialize::<(String, String, String)>().enumerate() {
        match row {
            Ok((pseudonym, kind, name)) if line > 0 => drop(map.insert(pseudonym, (kind, name))),
            Ok((one, two, three)) if [one.as_str(), &two, &three] == HEADING => {}
            Ok(_) | Err(_) => {
                bail!("{}: is no map of pseudonyms; name the one beside the redacted reports", shown(path))
            }
        }
    }
    Ok(map)
}

/// What was asked for, as a redacted manifest may tell it.
pub(super) fn arguments(asked: Arguments, disclosure: &Disclosure) -> Arguments {
    if disclosure.is_open() {
        return asked;
    }
    let told = |option: &str, value: &String| match option {
        option if TELLABLE.contains(&option) => value.clone(),
        "customer" | "site" => disclosure.name(Identity::Customer, value).into_owned(),
        "only" => disclosure.name(Identity::Free, value).into_owned(),
        _ if value.chars().all(|letter| letter.is_ascii_digit()) => value.clone(),
        _ => disclosure.name(Identity::File, value).into_owned(),
    };
    let of = |(option, values): (String, Vec<String>)| {
        let values = values.iter().map(|value| told(&option, value)).collect();
        (option, values)
    };
    asked.into_iter().map(of).collect()
}

/// Turns pseudonyms back into names, in texts or in what comes from standard input.
///
/// # Errors
/// When the map cannot be read.
pub(super) fn reveal(asked: &Reveal) -> Result<u8> {
    let map = read_map(&asked.map)?;
    let mut text = String::new();
    if asked.texts.is_empty() {
        io::stdin().read_to_string(&mut text).context("standard input: is no UTF-8 text")?;
    } else {
        text = asked.texts.join("\n");
        text.push('\n');
    }
    print(&revealed(&text, &map))
}

/// A text with the names in place of their pseudonyms.
fn revealed(text: &str, map: &BTreeMap<String, (String, String)>) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_new = !said.ends_with(|letter: char| letter.is_alphanumeric());
        let found = is_new.then(|| {
            [is_of_a_pseudonym as fn(char) -> bool, is_of_an_address].iter().find_map(|is| known(rest, *is, map))
        });
        if let Some((length, name)) = found.flatten() {
            said.push_str(name);
            rest = &rest[length..];
        } else {
            said.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    said
}

const fn is_of_a_pseudonym(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-'
}

const fn is_of_an_address(letter: char) -> bool {
    letter.is_ascii_hexdigit() || matches!(letter, '.' | ':' | '/')
}

/// The pseudonym that a text begins with, by its length, and the name it stands for.
fn known<'a>(
    text: &str,
    is: fn(char) -> bool,
    map: &'a BTreeMap<String, (String, String)>,
) -> Option<(usize, &'a str)> {
    let end = text.find(|letter| !is(letter)).unwrap_or(text.len());
    // A sentence may end right behind an address.
    let word = text[..end].trim_end_matches(['.', ':', '/', '-']);
    map.get(word).map(|(_, name)| (word.len(), name.as_str()))
}
