//! What is left out of an assessment unless it is asked for, and what is made of it then.

use super::binary::Folder;

/// A list of machines that meet everything, each with what it is besides.
const HEADING: &str = "VM,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB),Number of disks,\
                       Number of network adapters,Secure Boot,BitLocker,Shared disks,Pass-through disks,\
                       Virtual Fibre Channel adapters,Power state,Template,Hyper-V Replica mode,\
                       Virtualization platform,Physical or virtual\n";

/// A row of a machine, with what stands under the last five headings.
fn row(name: &str, [state, template, replica, platform, kind]: [&str; 5]) -> String {
    format!(
        "{name},hv01,Windows Server 2022 Datacenter,x64,2,4,16,127,1,1,no,no,no,no,no,{state},{template},{replica},{platform},{kind}\n"
    )
}

/// A folder with a machine of each kind.
fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    let rows = [
        row("plain-01", ["Running", "no", "None", "Hyper-V", "virtual"]),
        row("metal-01", ["Running", "no", "None", "", "physical"]),
        row("esx-01", ["Running", "no", "None", "VMWareESX", "virtual"]),
        row("xen-01", ["Running", "no", "None", "XenServer", "virtual"]),
        row("cloud-01", ["Running", "no", "None", "", "Azure"]),
        row("image-01", ["Off", "yes", "None", "Hyper-V", "virtual"]),
        row("copy-01", ["Off", "no", "Replica", "Hyper-V", "virtual"]),
        row("shelf-01", ["Stored", "no", "None", "Hyper-V", "virtual"]),
    ];
    folder.put("in/machines.csv", format!("{HEADING}{}", rows.concat()));
    folder
}

/// The machines judged, each with its readiness for a road.
fn judged(folder: &Folder, more: &[&str], road: &str) -> Vec<(String, String)> {
    let run = folder.assess(more);
    assert_eq!(run.code, 0, "{more:?}: {}{}", run.out, run.err);
    let rows = folder.rows("out/vms.csv");
    let column = |name: &str| rows[0].iter().position(|heading| heading == name).expect(name);
    let (name, readiness) = (column("vm"), column(road));
    rows[1..].iter().map(|row| (row[name].clone(), row[readiness].clone())).collect()
}

fn names(judged: &[(String, String)]) -> Vec<&str> {
    judged.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn each_kind_is_judged_when_asked_for_and_only_then() {
    let folder = site("include-each");
    assert_eq!(names(&judged(&folder, &[], "site_recovery")), ["plain-01"]);
    for (kind, name) in [
        ("physical", "metal-01"),
        ("vmware", "esx-01"),
        ("other-hypervisor", "xen-01"),
        ("azure", "cloud-01"),
        ("template", "image-01"),
        ("replica", "copy-01"),
        ("stored", "shelf-01"),
    ] {
        let judged = judged(&folder, &["--include", kind], "site_recovery");
        assert_eq!(names(&judged), ["plain-01", name], "--include {kind}");
        let left_out = folder.rows("out/left_out.csv");
        assert_eq!(left_out.len(), 7, "--include {kind}: a heading and the six others");
    }
    let all = "physical,vmware,other-hypervisor,azure,template,replica,stored";
    assert_eq!(judged(&folder, &["--include", all], "site_recovery").len(), 8);
}

#[test]
fn a_template_and_a_replica_are_never_ready() {
    let folder = site("include-never-ready");
    for road in ["site_recovery", "azure_migrate", "azure_vm"] {
        let judged = judged(&folder, &["--include", "template,replica"], road);
        let readiness = |wanted: &str| {
            let found = judged.iter().find(|(name, _)| name == wanted);
            found.map(|(_, readiness)| readiness.as_str()).expect(wanted)
        };
        assert_eq!(readiness("plain-01"), "ready", "{road}");
        assert_eq!(readiness("image-01"), "unknown", "{road}");
        assert!(["unknown", "not-ready"].contains(&readiness("copy-01")), "{road}: {}", readiness("copy-01"));
    }
    let findings = folder.rows("out/findings.csv").concat().join("\n");
    for said in ["it is a template, which does not tell", "it is a replica, which does not tell"] {
        assert!(findings.contains(said), "{said}");
    }
    let unresolved = folder.rows("out/unresolved.csv");
    assert!(!unresolved.concat().contains(&"template".to_owned()), "{unresolved:?}");
}

#[test]
fn a_kind_that_there_is_not_is_refused_and_inspect_takes_the_same() {
    let folder = site("include-words");
    for command in ["assess", "inspect"] {
        let run = folder.run(&[command, "in", "--include", "templates"]);
        assert_eq!(run.code, 2, "{command}: {}", run.err);
        assert!(run.err.contains("other-hypervisor"), "{command}: {}", run.err);
    }
    let usual = folder.run(&["inspect", "in"]);
    assert!(usual.out.contains("left out: a template"), "{}", usual.out);
    let asked = folder.run(&["inspect", "in", "--include", "template"]);
    assert!(!asked.out.contains("left out: a template") && asked.out.contains("a recovery copy"), "{}", asked.out);
}

#[test]
fn a_machine_on_another_hypervisor_is_left_out_beside_hyper_v_machines() {
    let folder = Folder::new("include-foreign-host");
    folder
        .put("in/machines.csv", "VM,VM host,vCPUs,Memory (GB)\nsol-01,hv01,2,4\nmane-01,esx01,2,4\nstar-01,px01,2,4\n");
    let hosts = "Host,Host operating system\n";
    let rows = ["hv01,Windows Server 2022 Datacenter\n", "esx01,VMware ESXi 7.0\n", "px01,Proxmox VE 8.1\n"];
    folder.put("in/hosts.csv", format!("{hosts}{}", rows.concat()));
    assert_eq!(names(&judged(&folder, &[], "site_recovery")), ["sol-01"]);
    let left_out = folder.rows("out/left_out.csv");
    let of = |name: &str| left_out.iter().find(|row| row[0] == name).expect(name).join(" | ");
    assert!(of("mane-01").contains("on another hypervisor | its host esx01 runs VMware ESXi 7.0"), "{left_out:?}");
    assert!(of("star-01").contains("its host px01 runs Proxmox VE 8.1"), "{left_out:?}");
    let asked = judged(&folder, &["--include", "vmware"], "site_recovery");
    assert_eq!(asked, [("sol-01", "unknown"), ("mane-01", "not-ready")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    // Inputs of the other hypervisor alone were given to be judged.
    folder.put("in/hosts.csv", format!("{hosts}{}", rows[1..].concat()));
    folder.put("in/machines.csv", "VM,VM host,vCPUs,Memory (GB)\nmane-01,esx01,2,4\nstar-01,px01,2,4\n");
    assert_eq!(names(&judged(&folder, &[], "site_recovery")), ["mane-01", "star-01"]);
}
