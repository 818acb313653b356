//! What the report says of an estate, read from its pages.

use std::fmt::Write as _;

use super::super::binary::Folder;
use super::{Read, read_bytes};

const HEADING: &str = "VM,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";

/// The report on as many machines whose operating system disk is too large.
fn report(name: &str, machines: usize) -> Read {
    let folder = Folder::new(name);
    let mut list = HEADING.to_owned();
    for machine in 0..machines {
        let size = if machine % 3 == 0 { 9000 } else { 5000 };
        writeln!(list, "vm-{machine:05},hv01,Windows Server 2022,x64,2,4,16,{size}").unwrap();
    }
    folder.put("in/machines.csv", list);
    let run = folder.run(&["assess", "in", "-o", "out", "--against", "site-recovery", "--format", "pdf"]);
    assert_eq!(run.code, 0, "{}", run.err);
    read_bytes(&std::fs::read(folder.path("out/report.pdf")).unwrap())
}

#[test]
fn the_summary_is_one_page_and_short_findings_are_told_in_full() {
    let read = report("pdf-story-short", 40);
    let text = read.all_text();
    assert_eq!(read.pages_with("What holds the estate back").len(), 2, "once in the contents and once in its place");
    assert!(text.contains("Hostsnonedescribedintheinputs"), "no host is claimed to be counted");
    assert!(!text.contains("Theother") && !text.contains("Howmany"), "all forty stand in the table");
}

#[test]
fn long_findings_are_counted_by_kind_and_named_in_full_or_not_at_all() {
    let text = report("pdf-story-long", 300).all_text();
    for expected in [
        "9000GiBatmost4095GiBforgeneration2100",
        "5000GiBatmost4095GiBforgeneration2200",
        "Thefirst15of300,withwhereeachwasseen:",
        "Theother285:vm-00015,",
        "vm-00298,vm-00299.",
    ] {
        assert!(text.contains(expected), "{expected} is not told");
    }
    let text = report("pdf-story-longer", 400).all_text();
    assert!(text.contains("Theother385aretoomanytonamehere;findings.csvnameseveryone."));
    assert!(!text.contains("vm-00015,vm-00016"), "a list that would not be whole is left out");
}
