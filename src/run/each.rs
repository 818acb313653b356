//! `klar assess --each`: every folder below one as a site of its own, and what came of them all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use unicode_normalization::UnicodeNormalization;

use super::assess::{Call, Ended, assess};
use super::exit::{COULD_NOT_RUN, DONE, FAILED_ON, NOTHING_TO_JUDGE, STRICT};
use super::judged::Then;
use super::load::{place, shown, unlisted};
use super::manifest::Arguments;
use super::panics::caught;
use super::policy::Policy;
use super::sign::Signer;
use super::terminal::{print, tell};
use super::unable::unable;
use crate::cli::Assess;
use crate::model::say;
use crate::report::lines::aligned;
use crate::report::words;
use crate::report::xlsx;

/// Names that Windows gives to devices, whatever ending follows.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Names that are devices with a number after them.
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];
/// What Windows takes for no part of a name.
const NOT_IN_NAMES: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];
/// The longest name of an output folder, so that the reports in it have room in the longest path that Windows takes.
const LONGEST: usize = 80;
/// Exit codes, the worst first.
const WORST_FIRST: [u8; 5] = [COULD_NOT_RUN, STRICT, NOTHING_TO_JUDGE, FAILED_ON, DONE];

/// A folder to assess, and where its reports go.
struct Site {
    name: String,
    folder: PathBuf,
    output: PathBuf,
}

/// Assesses each folder below `above` into a folder of its own, goes on past one that fails, and returns the worst code.
///
/// # Errors
/// When there is no folder below it, or it is the folder of the reports.
pub(super) fn each(arguments: &mut Assess, above: &Path, asked: &Arguments, signer: Option<&Signer>) -> Result<u8> {
    let output = arguments.output.clone();
    let sites = sites(above, &output)?;
    let is_quiet = std::mem::replace(&mut arguments.quiet, true);
    let (keep, since, named) = (arguments.keep.take(), arguments.plan.since.take(), arguments.site.take());
    // What is wrong with what is given is told at each site.
    let language = Policy::open(&arguments.reading.given).and_then(|policy| policy.language(&arguments.spoken));
    let language = language.unwrap_or_default();
    let heads = ["Site", "Machines", "Ended", "Reports"];
    let mut rows = vec![heads.map(|head| language.words(head).to_owned()).to_vec()];
    let mut codes = BTreeSet::new();
    let mut good = 0;
    for Site { name, folder, output: to } in &sites {
        let below = to.file_name().map_or_else(PathBuf::new, PathBuf::from);
        arguments.paths = vec![folder.clone()];
        arguments.output.clone_from(to);
        arguments.site = Some(named.clone().unwrap_or_else(|| name.clone()));
        arguments.keep = keep.as_ref().map(|old| old.join(&below).join(xlsx::FILE)).filter(|book| book.is_file());
        arguments.plan.since = since.as_ref().map(|old| old.join(&below)).filter(|old| old.is_dir());
        let asked = asked_of(arguments, asked, name);
        let (mut machines, mut are_there) = (0, false);
        let ended = caught(|| {
            let call = Call { asked, folder: None, leave_out: &[&output], signer, then: Then::GoOn };
            let Ended { code, machines: read, has_reports } = assess(arguments, call)?;
            (machines, are_there) = (read, has_reports);
            Ok(code)
        });
        let code = ended.unwrap_or_else(|error| {
            tell(&format!("{name}: {error:#}\n"));
            COULD_NOT_RUN
        });
        codes.insert(code);
        let reports = if are_there { shown(to) } else { String::new() };
        good += usize::from(code == DONE);
        rows.push(vec![name.clone(), language.count(machines), language.words(how(code)).to_owned(), reports]);
    }
    let mut table = String::new();
    aligned(&mut table, 0, &rows);
    if !is_quiet {
        let told = say!("{sites} {sites:site|sites}: {good} done.", sites = sites.len(), good = good);
        print(&format!("{table}\n{}\n", language.said(&told)))?;
    }
    Ok(WORST_FIRST.into_iter().find(|code| codes.contains(code)).unwrap_or(DONE))
}

/// What an exit code says of a site.
fn how(code: u8) -> &'static str {
    match code {
        DONE => "done",
        FAILED_ON => "done; a machine is as bad as --fail-on says",
        NOTHING_TO_JUDGE => "no machine",
        STRICT => "done; some input was refused, not recognised or damaged",
        _ => "could not run",
    }
}

/// What the manifest of a site tells was asked for: what a run over its folder alone would have been told.
fn asked_of(arguments: &Assess, asked: &Arguments, name: &str) -> Arguments {
    let mut own = asked.clone();
    own.remove("each");
    own.insert("paths".to_owned(), vec![name.to_owned()]);
    own.insert("site".to_owned(), arguments.site.iter().cloned().collect());
    for (option, path) in [("keep", &arguments.keep), ("since", &arguments.plan.since)] {
        match path {
            Some(path) => drop(own.insert(option.to_owned(), vec![shown(path)])),
            None => drop(own.remove(option)),
        }
    }
    own
}

/// The folders below one, in order of name, each with an output folder that no other has.
fn sites(above: &Path, output: &Path) -> Result<Vec<Site>> {
    let real = |path: &Path| path.canonicalize().ok();
    let listed = fs::read_dir(above).with_context(|| unlisted(above))?;
    if output.exists() && real(above) == real(output) {
        return Err(unable!(
            "{place}: is both read from and written to; name another folder with --output",
            place = place(above)
        ));
    }
    let (mut folders, mut beside) = (Vec::new(), 0_u64);
    for entry in listed.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Windows has devices for some names, and takes others for shorter ones; below a whole path they are folders.
        let whole = if cfg!(windows) && safe(&name) != name { real(above) } else { None };
        let path = whole.map_or_else(|| entry.path(), |above| above.join(entry.file_name()));
        if name.starts_with('.') || (output.exists() && real(&path) == real(output)) {
            continue;
        }
        // A link could lead back here.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push((name, path));
        } else {
            beside += 1;
        }
    }
    folders.sort();
    if folders.is_empty() {
        return Err(unable!(
            "{place}: holds no folder; --each takes each folder below it as a site",
            place = place(above)
        ));
    }
    if beside > 0 {
        let files = words::count(beside, "file", "files");
        tell(&format!(
            "{}: {files} beside the sites' folders are not read; put each into the folder of its site.\n",
            above.display()
        ));
    }
    let mut taken = BTreeSet::new();
    let site = |(name, folder): (String, PathBuf)| {
        let output = output.join(free(&safe(&name), &mut taken));
        Site { name, folder, output }
    };
    Ok(folders.into_iter().map(site).collect())
}

/// A name that every system takes for a folder.
fn safe(name: &str) -> String {
    let letter = |letter: char| if letter.is_control() || NOT_IN_NAMES.contains(&letter) { '_' } else { letter };
    let mut safe: String = name.chars().map(letter).take(LONGEST).collect();
    // Windows drops what it does not see at the end, and two folders become one.
    let kept = safe.trim_end_matches(['.', ' ']).len();
    let dropped = safe.split_off(kept).len();
    safe.push_str(&"_".repeat(dropped));
    let stem = safe.split('.').next().unwrap_or("").trim_end().to_lowercase();
    let is_numbered = |device: &&str| {
        let number = stem.strip_prefix(*device).map(|number| number.chars().collect::<Vec<_>>());
        number.is_some_and(|number| matches!(number[..], ['0'..='9' | '¹' | '²' | '³']))
    };
    if DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(is_numbered) {
        safe.insert(0, '_');
    }
    safe
}

/// A name that differs from those taken before in more than case or the spelling of accents.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 1;
    let mut free = name.to_owned();
    while !taken.insert(free.nfc().collect::<String>().to_lowercase()) {
        number += 1;
        free = format!("{name}-{number}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_on_every_system() {
        for (name, expected) in [
            ("Berg", "Berg"),
            ("CON", "_CON"),
            ("con.old", "_con.old"),
            ("Aux .x", "_Aux .x"),
            ("com1", "_com1"),
            ("LPT³.txt", "_LPT³.txt"),
            ("COM10", "COM10"),
            ("Conny", "Conny"),
            ("trailing.", "trailing_"),
            ("trailing. .", "trailing___"),
            ("a:b*c?", "a_b_c_"),
            ("tab\tname", "tab_name"),
            ("Åre AB", "Åre AB"),
        ] {
            assert_eq!(safe(name), expected, "{name}");
        }
        assert_eq!(safe(&"å".repeat(300)).chars().count(), LONGEST);
    }

    #[test]
    fn no_two_sites_share_a_folder() {
        let mut taken = BTreeSet::new();
        let names = ["Berg", "berg", "BERG", "berg-2", "\u{c5}re", "A\u{30a}re"].map(|name| free(name, &mut taken));
        assert_eq!(names, ["Berg", "berg-2", "BERG-3", "berg-2-2", "\u{c5}re", "A\u{30a}re-2"]);
    }
}
