//! Files of others in the folder of reports, and folders of this machine in what is told.

use super::binary::Folder;

const LIST: &str = "VM,Guest OS\nalm,Windows Server 2022\n";

#[test]
fn a_file_of_others_that_bears_the_name_of_a_report_is_spared() {
    let folder = Folder::new("foreign-report");
    folder.put("in/list.csv", LIST).put("out/vms.csv", "mine,and mine alone\n");
    let assess = ["assess", "in", "-o", "out", "--format", "csv", "-q"];
    let run = folder.run(&assess);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("out/vms.csv: is no report of Klar's"), "{}", run.err);
    assert_eq!(folder.text("out/vms.csv"), "mine,and mine alone\n");
    // A set of Klar's own is replaced, and what stands beside it stays.
    std::fs::rename(folder.path("out/vms.csv"), folder.path("out/mine.csv")).unwrap();
    for _ in 0..2 {
        let run = folder.run(&assess);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    assert_eq!(folder.text("out/mine.csv"), "mine,and mine alone\n");
}

#[test]
fn an_absolute_path_is_told_without_the_folders_of_this_machine() {
    let folder = Folder::new("absolute-paths");
    folder
        .put("in/list.csv", LIST)
        .put("in/other.csv", "Foo,Bar\n1,2\n")
        .put("in/bad.csv", "VM,OS\nb\u{fffd}k,Linux\n");
    folder.put("klar.toml", "[report]\ncustomer = \"Bro\"\n");
    let whole = |name: &str| folder.path(name).display().to_string();
    let (input, config) = (whole("in"), whole("klar.toml"));
    let run = folder.run(&["assess", &input, "--config", &config, "-o", "out", "--format", "csv,json", "-q"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let here = folder.path("").display().to_string();
    for entry in std::fs::read_dir(folder.path("out")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains(here.trim_end_matches('/')), "{}", path.display());
        }
    }
}
