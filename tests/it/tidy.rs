//! Rules about the code itself: floors, file lengths, formatting, and what may not be built in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The floors, lowest first; a module imports from lower floors only, and never from a neighbour.
const FLOORS: &[&[&str]] = &[
    &["roster"],
    &["model"],
    &["catalogue", "ingest"],
    &["rules"],
    &["evaluate"],
    &["record", "tables"],
    &["organisation", "plan"],
    &["report"],
    &["cli"],
    &["run"],
];

/// The longest a source file may be; about 400 lines is the aim.
const LONGEST_FILE: usize = 450;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with an ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("listed").path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry, ending));
        } else if entry.extension().is_some_and(|found| found == ending) {
            found.push(entry);
        }
    }
    found
}

fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    files(&src, "rs")
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&file).expect("readable"))
        })
        .collect()
}

/// The module a source file belongs to, from its path below `src`.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().expect("a path has a first part")
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules of this package that a file names after `crate::`.
fn imports(text: &str) -> Vec<&str> {
    text.match_indices("crate::")
        .filter(|(place, _)| {
            !text[..*place].ends_with(|before: char| before.is_alphanumeric() || before == '$' || before == '_')
        })
        .map(|(place, matched)| {
            let rest = &text[place + matched.len()..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

#[test]
fn imports_point_down() {
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        let module = module(&file);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(mine) = floor(module) else {
            breaches.push(format!("{file}: no floor owns the module {module}"));
            continue;
        };
        for import in imports(&text) {
            match floor(import) {
                Some(theirs) if import == module || theirs < mine => {}
                Some(_) => breaches.push(format!("{file}: imports crate::{import}, which is not below {module}")),
                None => breaches.push(format!("{file}: imports crate::{import}, which no floor owns")),
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn only_run_opens_files_and_reads_the_clock() {
    let banned = ["std::fs", "std::env::var", "SystemTime", "Instant::now", "std::net::Tcp", "std::net::Udp"];
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        if module(&file) != "run" {
            breaches.extend(banned.iter().filter(|word| text.contains(**word)).map(|word| format!("{file}: {word}")));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn files_begin_with_a_sentence_and_end_in_time() {
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//! ") {
            breaches.push(format!("{file}: does not begin with what it is for"));
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            breaches.push(format!("{file}: {lines} lines"));
        }
        for word in ["TODO", "FIXME", "XXX", "unimplemented!", "todo!("] {
            if text.contains(word) {
                breaches.push(format!("{file}: {word}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_source_file_is_formatted() {
    // `cargo fmt` does not follow modules that a macro declares, so rustfmt is given every file.
    let files: Vec<PathBuf> = files(&root().join("src"), "rs");
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path"])
        .arg(root().join("rustfmt.toml"))
        .args(files)
        .output()
        .expect("rustfmt is part of the toolchain");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn every_rule_file_is_in_the_roster() {
    let roster = fs::read_to_string(root().join("src/rules/mod.rs")).expect("readable");
    let rules = files(&root().join("src/rules"), "rs");
    for file in rules {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(name == "mod" || roster.contains(&name), "src/rules/{name}.rs is imported by nobody");
    }
}

#[test]
fn nothing_that_speaks_to_a_network_is_built_in() {
    // Cargo.lock also names what other feature sets of our dependencies would need, so the resolved tree decides.
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout).into_owned();
    let banned = [
        "tokio",
        "async-std",
        "smol",
        "mio",
        "socket2",
        "hyper",
        "h2",
        "reqwest",
        "ureq",
        "curl",
        "quinn",
        "rustls",
        "native-tls",
        "openssl",
        "object_store",
        "tungstenite",
        "isahc",
    ];
    let found: Vec<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| banned.contains(name)).collect();
    assert!(tree.lines().count() > 50, "the tree was read");
    assert!(found.is_empty(), "built in: {}", found.join(", "));
}

#[test]
fn the_top_level_is_as_ordered() {
    let folders = ["src", "samples", "templates", "tests", "benches"];
    let mut breaches = Vec::new();
    for entry in fs::read_dir(root()).expect("the project is there") {
        let entry = entry.expect("listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !name.starts_with('.') && name != "target" && !folders.contains(&name.as_str()) {
            breaches.push(name);
        }
    }
    // A report written beside the sources by the README's first command is no part of the project.
    breaches.retain(|name| name != "klar-report");
    assert!(breaches.is_empty(), "{}", breaches.join(", "));
}
