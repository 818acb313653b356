//! Rules about the code itself: floors, file lengths, formatting, and what may not be built in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The floors, lowest first; a module imports from lower floors only, and never from a neighbour.
const FLOORS: &[&[&str]] = &[
    &["roster"],
    &["model"],
    &["catalogue", "ingest", "near"],
    &["rules"],
    &["evaluate"],
    &["record", "tables"],
    &["compare", "mend", "organisation", "plan", "query", "rollup"],
    &["report"],
    &["cli"],
    &["run"],
];

/// The longest a source file may be.
const LONGEST_FILE: usize = 400;

/// The longest a function may be.
const LONGEST_FUNCTION: usize = 70;

/// Files that are longer still, and why.
const LONGER_FILES: &[(&str, &str)] = &[
    ("catalogue/guest_os/file.rs", "one format told whole"),
    ("ingest/open/workbook.rs", "one format told whole"),
    ("plan/wave.rs", "one decision told whole, with its words"),
];

/// Functions that are longer still, by file and name, and why.
const LONGER_FUNCTIONS: &[(&str, &str, &str)] = &[
    ("plan/mod.rs", "plan", "the steps of a plan in order"),
    ("report/xlsx/summary.rs", "write", "a sheet laid out from top to bottom"),
];

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

/// A text without its tests, comments, names passed on by `pub use`, and visibilities.
fn bare(text: &str) -> String {
    // Tests stand at a file's end, in a module of their own, whose `super` is the file.
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or(line));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("pub") {
        let (before, after) = rest.split_at(at);
        kept.push_str(before);
        let mut tail = &after[3..];
        if let Some(visibility) = tail.strip_prefix('(') {
            tail = &visibility[visibility.find(')').map_or(0, |end| end + 1)..];
        }
        if let Some(passed_on) = tail.strip_prefix(" use ") {
            tail = &passed_on[passed_on.find(';').unwrap_or(0)..];
        }
        kept.push_str("pub");
        rest = tail;
    }
    kept.push_str(rest);
    kept
}

/// Every path that begins with `crate` or `super`, in a use or in the code.
fn named_paths(text: &str) -> Vec<Vec<String>> {
    let text = bare(text);
    let mut found = Vec::new();
    for word in ["crate::", "super::"] {
        for (place, _) in text.match_indices(word) {
            let is_inner = |before: char| before.is_alphanumeric() || matches!(before, '_' | '$' | ':');
            if !text[..place].ends_with(is_inner) {
                found.extend(read_tree(&text[place..]).0);
            }
        }
    }
    found
}

/// The paths of a use tree, and what follows it: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn read_tree(text: &str) -> (Vec<Vec<String>>, &str) {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        let mut paths = Vec::new();
        loop {
            let (inner, after) = read_tree(rest);
            paths.extend(inner);
            rest = after.trim_start();
            match rest.strip_prefix(',') {
                Some(after) if !after.trim_start().starts_with('}') => rest = after,
                Some(after) => return (paths, after.trim_start().strip_prefix('}').unwrap_or(after)),
                None => return (paths, rest.strip_prefix('}').unwrap_or(rest)),
            }
        }
    }
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(rest) = rest.strip_prefix("::") else { return (vec![vec![name.to_owned()]], rest) };
    let (inner, rest) = read_tree(rest);
    let prefixed = inner.into_iter().map(|path| [vec![name.to_owned()], path].concat());
    (prefixed.collect(), rest)
}

/// The path of a file's module.
fn module_path(file: &str) -> Vec<String> {
    let mut parts: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// The files that each file names, by its paths and, where it declares modules, by theirs.
fn edges(sources: &[(String, String)]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeMap<Vec<String>, &str> =
        sources.iter().map(|(file, _)| (module_path(file), file.as_str())).collect();
    let mut edges = BTreeMap::new();
    for (file, text) in sources {
        let mine = module_path(file);
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for path in named_paths(text) {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let base = if ups == 0 { &[][..] } else { &mine[..mine.len().saturating_sub(ups)] };
            let whole: Vec<String> = base.iter().chain(&path[ups.max(1)..]).cloned().collect();
            named.extend((1..=whole.len()).rev().find_map(|length| modules.get(&whole[..length])));
        }
        let text = bare(text);
        for (path, child) in modules.iter().filter(|(path, _)| path.len() == mine.len() + 1 && path.starts_with(&mine))
        {
            let call = format!("{}::", path[mine.len()]);
            let is_inner = |before: char| before.is_alphanumeric() || matches!(before, '_' | ':');
            if text.match_indices(&call).any(|(place, _)| !text[..place].ends_with(is_inner)) {
                named.insert(child);
            }
        }
        named.remove(file.as_str());
        edges.insert(file.as_str(), named);
    }
    edges
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let sources = sources();
    let edges = edges(&sources);
    let mut breaches = Vec::new();
    for file in edges.keys() {
        let (mut waiting, mut seen) = (vec![*file], BTreeSet::new());
        while let Some(next) = waiting.pop() {
            waiting.extend(edges[next].iter().filter(|named| seen.insert(**named)));
        }
        if seen.contains(file) {
            let through: Vec<&str> = edges[file].iter().filter(|named| reaches(&edges, named, file)).copied().collect();
            breaches.push(format!("{file}: in a circle by {}", through.join(", ")));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// Whether a file leads back to another.
fn reaches(edges: &BTreeMap<&str, BTreeSet<&str>>, from: &str, to: &str) -> bool {
    let (mut waiting, mut seen) = (vec![from], BTreeSet::new());
    while let Some(next) = waiting.pop() {
        if next == to {
            return true;
        }
        waiting.extend(edges[next].iter().filter(|named| seen.insert(**named)));
    }
    false
}

#[test]
fn a_circle_would_be_found() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let sources = [
        file("a/mod.rs", "mod b;\nmod c;\nuse b::one;\npub use c::Two;\n"),
        file("a/b.rs", "use super::{Three, c::{Two, Four}};\n"),
        file("a/c.rs", "use crate::a::b::one; // use crate::d\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n"),
    ];
    let edges = edges(&sources);
    assert_eq!(edges["a/mod.rs"], BTreeSet::from(["a/b.rs"]));
    assert_eq!(edges["a/b.rs"], BTreeSet::from(["a/mod.rs", "a/c.rs"]));
    assert!(reaches(&edges, "a/c.rs", "a/mod.rs") && reaches(&edges, "a/mod.rs", "a/c.rs"));
}

/// The functions of a formatted file, each with its name and how many lines it has.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let head = line.trim_start();
        let Some((before, after)) = head.split_once("fn ") else { continue };
        let is_word = |word: &str| matches!(word, "const" | "async" | "unsafe") || word.starts_with("pub");
        let declares = before.split_whitespace().all(|word| is_word(word) || word.ends_with(')'));
        if !declares || head.ends_with('}') || head.ends_with(';') {
            continue;
        }
        let name = after.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or(after);
        let ends = |line: &&str| line.trim_start() == "}" && indent(line) == indent(lines[first]);
        if let Some(more) = lines[first..].iter().position(ends) {
            found.push((name, more + 1));
        }
    }
    found
}

#[test]
fn functions_fit_a_screen() {
    let (mut breaches, mut longer) = (Vec::new(), BTreeSet::new());
    for (file, text) in &sources() {
        for (name, lines) in functions(text).into_iter().filter(|(_, lines)| *lines > LONGEST_FUNCTION) {
            let known = LONGER_FUNCTIONS.iter().position(|(of, known, _)| of == file && *known == name);
            match known {
                Some(known) => drop(longer.insert(known)),
                None => breaches.push(format!("{file}: {name} has {lines} lines")),
            }
        }
    }
    assert_eq!(longer.len(), LONGER_FUNCTIONS.len(), "an exception is no longer needed: {LONGER_FUNCTIONS:?}");
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn a_long_function_would_be_found() {
    let text = format!("impl A {{\n    pub(super) const fn long(\n    ) {{\n{}    }}\n}}\n", "        1;\n".repeat(80));
    assert_eq!(functions(&text), [("long", 83)]);
    assert_eq!(functions("fn one() -> u8 { 1 }\nfn two() {\n}\n"), [("two", 2)]);
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
        if lines > LONGEST_FILE && LONGER_FILES.iter().all(|(longer, _)| *longer != file) {
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
    let words: BTreeSet<&str> = roster.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let rules = files(&root().join("src/rules"), "rs");
    for file in rules {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(name == "mod" || words.contains(name.as_str()), "src/rules/{name}.rs is imported by nobody");
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

/// What stands between backticks in a text, on one line.
fn quoted(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn what_the_guides_name_is_there() {
    let mut gone = Vec::new();
    for guide in ["CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md"] {
        let text = fs::read_to_string(root().join(guide)).expect("the guide is there");
        let roots = ["src/", "tests/", "templates/", "benches/", "samples/", ".ci/"];
        for name in quoted(&text).into_iter().filter(|name| roots.iter().any(|root| name.starts_with(root))) {
            // "report/{a,b}.rs" names two files, and "<name>" or a capital stands for any.
            let is_pattern = name.contains(['<', '*', ' ']) || name.split('/').any(|part| part.starts_with("TARGET"));
            let several: Vec<String> = match (name.find('{'), name.find('}')) {
                (Some(open), Some(close)) => {
                    let part = |one: &str| format!("{}{one}{}", &name[..open], &name[close + 1..]);
                    name[open + 1..close].split(',').map(part).collect()
                }
                _ => vec![name.to_owned()],
            };
            let is_there = |path: &str| root().join(path).exists() || root().join(format!("{path}.rs")).exists();
            let missing = several.into_iter().filter(|path| !is_pattern && !is_there(path));
            gone.extend(missing.map(|path| format!("{guide} names {path}, which is not there")));
        }
    }
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}

#[test]
fn the_commands_that_are_told_run_tests_that_there_are() {
    let tests: Vec<String> = files(&root().join("tests/it"), "rs")
        .iter()
        .map(|path| path.strip_prefix(root().join("tests/it")).expect("below").to_string_lossy().replace('\\', "/"))
        .collect();
    let contributing = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the guide is there");
    let justfile = fs::read_to_string(root().join("justfile")).expect("it is there");
    let mut count = 0;
    for command in quoted(&contributing).into_iter().chain(justfile.lines()).filter(|one| one.contains("--test it -- "))
    {
        let (_, names) = command.split_once("--test it -- ").expect("it does");
        let words = names.split_whitespace().filter(|word| !word.starts_with("--"));
        for name in words.map(|word| word.split("::").next().unwrap_or_default()) {
            count += 1;
            let is_there = tests.iter().any(|file| file == &format!("{name}.rs") || file == &format!("{name}/mod.rs"));
            assert!(is_there, "{command}: no test is called {name}");
        }
    }
    assert!(count > 5, "the commands are found");
}
