//! Paths as systems differ in them: patterns that the shell did not expand.

use super::binary::Folder;

/// A machine of a name, as a list.
fn list(name: &str) -> String {
    format!("VM,Guest OS\n{name},Windows Server 2022\n")
}

#[test]
fn patterns_that_the_shell_left_are_expanded() {
    let folder = Folder::new("paths-patterns");
    for name in ["a-1", "a-2", "b-1"] {
        folder.put(&format!("in/{name}.csv"), list(name));
    }
    let machines = |patterns: &[&str]| {
        let run = folder.run(&[&["assess"][..], patterns, &["-o", "out", "--format", "csv", "-q"]].concat());
        assert_eq!(run.code, 0, "{patterns:?}: {}", run.err);
        folder.rows("out/vms.csv").into_iter().skip(1).map(|row| row[0].clone()).collect::<Vec<_>>()
    };
    assert_eq!(machines(&["in/a-*.csv"]), ["a-1", "a-2"]);
    assert_eq!(machines(&["in/?-1.csv"]), ["a-1", "b-1"]);
    assert_eq!(machines(&["i*"]), ["a-1", "a-2", "b-1"]);
    assert!(folder.run(&["inspect", "in/a-*.csv"]).out.contains("in/a-2.csv"));
    for (pattern, said) in [("in/c*.csv", "in/c*.csv: no file fits"), ("nowhere/*.csv", "its folder cannot be listed")]
    {
        let run = folder.run(&["assess", pattern, "-o", "none"]);
        assert!(run.code == 2 && run.err.contains(said), "{pattern}: {}", run.err);
        assert!(!folder.path("none").exists(), "nothing was begun");
    }
}

#[cfg(not(windows))]
#[test]
fn a_file_that_bears_a_star_is_that_file() {
    let folder = Folder::new("paths-star");
    folder.put("a*.csv", list("star")).put("ab.csv", list("other"));
    let run = folder.run(&["assess", "a*.csv", "-o", "out", "--format", "csv", "-q"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(folder.rows("out/vms.csv").len(), 2, "its machine alone");
}
