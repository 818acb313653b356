//! How old each export is, as its data or its name tells, and what is said of exports that lie far apart.

use super::binary::Folder;

const MACHINES: &str = "VM name,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB)\n\
    web,hv01,Windows Server 2022 Datacenter,x64,2,4,16,127\n";
const HOSTS: &str = "Host name,Host operating system\nhv01,Windows Server 2022 Datacenter\n";

fn told(folder: &Folder, more: &[&str]) -> (String, String) {
    let run = folder.assess(more);
    assert_eq!(run.code, 0, "{}", run.err);
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    (on_one_line(&run.out), on_one_line(&folder.run(&["inspect", "in"]).out))
}

#[test]
fn the_age_of_each_export_is_told_where_it_can_be_known() {
    let folder = Folder::new("exports-ages");
    folder.put("in/vms_2026-11-20.csv", MACHINES);
    let dated = "Host name,Host operating system,Collected at\nhv01,Windows Server 2022 Datacenter,2026-11-02 08:00\n";
    folder.put("in/hosts.csv", dated).put("in/more.csv", HOSTS.replace("hv01", "hv02"));
    let (out, inspected) = told(&folder, &["--format", "csv,html"]);
    assert!(out.contains("Exported 2026-11-02 to 2026-11-20, the oldest 20 days before; 2 of 3 files tell"), "{out}");
    assert!(inspected.contains("exported on 2026-11-20, by its name"), "{inspected}");
    assert!(inspected.contains("exported on 2026-11-02, by its data"), "{inspected}");
    assert_eq!(inspected.matches("exported on").count(), 2, "{inspected}");
    assert!(!inspected.contains("days apart"), "{inspected}");
    let page = folder.text("out/report.html");
    for text in ["2026-11-02 to 2026-11-20", "exported on 2026-11-20, 2 days before, by its name"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn exports_that_lie_more_than_30_days_apart_are_doubted() {
    for (day, is_far) in [("20261021", false), ("20261020", true)] {
        let folder = Folder::new(&format!("exports-apart-{day}"));
        folder.put("in/vms_2026-11-20.csv", MACHINES).put(&format!("in/hosts-{day}.csv"), HOSTS);
        // What says nothing of the site may be as old as it likes.
        folder.put("in/notes-2020-01-01.csv", "Colour,Shape\nred,round\n");
        let (out, inspected) = told(&folder, &["--format", "csv,html"]);
        assert_eq!(folder.text("out/report.html").contains("They are 31 days apart"), is_far);
        let told =
            format!("in/hosts-{day}.csv is of 2026-10-20 and in/vms_2026-11-20.csv of 2026-11-20, 31 days apart");
        for text in [&inspected, &out] {
            let short = told.replace("in/", "");
            assert_eq!(text.replace("in/", "").contains(&short), is_far, "{text}");
        }
        assert_eq!(out.contains("They are 31 days apart, so together they tell of no one day"), is_far, "{out}");
    }
}
