//! The real program, run in a folder of its own.

#![expect(clippy::disallowed_methods, reason = "a test writes its inputs and reads what came out")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder that a test has to itself; a run sees it as the current one.
pub struct Folder(PathBuf);

/// What a run left: its exit code and what it printed.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    /// An empty folder of a name that no other test uses.
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            fs::remove_dir_all(&path).expect("an earlier run's folder goes");
        }
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
        self
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names in a folder, in order, hidden ones too.
    pub fn names(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).expect("the folder is there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("listed").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The rows of a CSV report, each a list of cells; the first is the heading.
    pub fn rows(&self, name: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(self.path(name)).expect("it is there");
        reader.records().map(|row| row.expect("it is CSV").iter().map(str::to_owned).collect()).collect()
    }

    pub fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klar"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs `klar` with some arguments.
    pub fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// Assesses the folder `in` into the folder `out`, with CSV reports and a fixed date.
    pub fn assess(&self, more: &[&str]) -> Run {
        let fixed = ["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv"];
        self.run(&[&fixed, more].concat())
    }
}

impl Run {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program starts");
        Self {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}
