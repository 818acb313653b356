//! What several collectors say of one estate is joined: no host or machine is lost or invented, no fact is missing.

use klar::cli::{CollectFrom, ScriptForm};
use klar::model::Estate;

use super::headings::{doubts, files, of_guest_shell, of_script, read};
use super::script;
use crate::binary::Folder;

/// How many hosts, clusters, machines, disks and adapters there are.
fn counts(estate: &Estate) -> [usize; 5] {
    let disks = estate.vms.iter().map(|vm| vm.disks.len()).sum();
    let nics = estate.vms.iter().map(|vm| vm.nics.len()).sum();
    [estate.hosts.len(), estate.clusters.len(), estate.vms.len(), disks, nics]
}

#[test]
fn two_hosts_of_one_domain_stay_two() {
    let mut tables = of_script(CollectFrom::Hyperv);
    tables.retain(|table| table.table != "errors");
    let estate = read(files(&tables, &[1, 2]));
    assert_eq!(counts(&estate), [2, 1, 2, 2, 2], "{:?}", estate.notes);
    assert!(doubts(&estate).is_empty(), "{:?}", doubts(&estate));
    for vm in &estate.vms {
        let host = vm.shown_name().replace("web-", "hv") + ".tall.example";
        assert_eq!(vm.host.value().map(|host| &**host), Some(&*host));
    }
    // What the hosts' domain is called stands in no column.
    let script = script(CollectFrom::Hyperv, ScriptForm::Powershell);
    assert!(!script.contains(".FullyQualifiedDomainName"), "it is the name of the domain, not of the host");
}

#[test]
fn what_vmm_and_its_hosts_say_of_one_machine_is_joined() {
    let estate = read(files(&of_script(CollectFrom::Vmm), &[1, 2]));
    assert_eq!(counts(&estate), [2, 1, 2, 2, 2], "{:?}", estate.notes);
    assert_eq!((estate.vmm_servers.len(), estate.clouds.len(), estate.host_groups.len()), (1, 1, 1));
    for vm in &estate.vms {
        assert_eq!(vm.virtual_tpm.value(), Some(&false), "only its host knows it");
        assert!(vm.cloud.is_known(), "only VMM knows it");
        assert!(vm.disks[0].logical_sector.is_known() && vm.disks[0].role.is_known());
    }
    for host in &estate.hosts {
        assert!(host.dotnet.is_known() && host.group.is_known());
    }
    let doubts: Vec<_> = doubts(&estate).into_iter().filter(|note| !note.file.contains("errors")).collect();
    assert!(doubts.is_empty(), "{doubts:?}");
}

#[test]
fn what_a_guest_says_joins_its_machine() {
    for guests in [of_script(CollectFrom::Guest), of_guest_shell()] {
        let mut all = files(&of_script(CollectFrom::Hyperv), &[1, 2]);
        all.extend(files(&guests, &[1, 2]));
        let estate = read(all);
        assert_eq!(counts(&estate), [2, 1, 2, 2, 2], "{:?}", estate.notes);
        assert!(estate.vms.iter().all(|vm| vm.nic_teaming.is_known()), "{:?}", estate.notes);
    }
}

#[test]
fn a_host_that_did_not_answer_costs_itself_alone() {
    let mut all = files(&of_script(CollectFrom::Hyperv), &[1]);
    all.retain(|(path, _)| !path.contains("errors"));
    let whole = counts(&read(all.clone()));
    let errors = "\"Collector asked\",\"Collector asked about\",\"Collector asked by\",\"Error of the collector\"\r\n\
                  \"hv02\",\"\",\"the whole of it\",\"It was not done within 900 seconds.\"\r\n";
    all.push(("errors-hv02.csv".to_owned(), errors.to_owned()));
    let estate = read(all);
    assert_eq!(counts(&estate), whole);
    assert_eq!(whole, [1, 1, 1, 1, 1]);
    let told: Vec<String> = doubts(&estate).into_iter().map(|note| note.text.to_string()).collect();
    assert_eq!(
        told,
        ["A collector could not read everything, so hosts, machines or facts may be missing: \
         hv02, the whole of it, It was not done within 900 seconds."]
    );
}

/// The readiness of the machines that some files hold, for every road.
fn readiness(name: &str, files: Vec<(String, String)>) -> Vec<Vec<String>> {
    let folder = Folder::new(name);
    for (path, text) in files {
        folder.put(&format!("in/{}", path.replace('$', "")), text);
    }
    let run = folder.run(&["assess", "in", "-o", "out", "--format", "csv", "--as-of", "2026-11-22"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let rows = folder.rows("out/vms.csv");
    let place = |name: &str| rows[0].iter().position(|heading| heading == name).expect("a column of vms.csv");
    let roads = ["site_recovery", "azure_migrate", "azure_vm"].map(place);
    rows[1..].iter().map(|row| roads.iter().map(|road| row[*road].clone()).collect()).collect()
}

#[test]
fn no_essential_fact_is_missing_from_what_is_collected() {
    for (name, from) in [("collect-vmm", CollectFrom::Vmm), ("collect-hyperv", CollectFrom::Hyperv)] {
        let found = readiness(name, files(&of_script(from), &[1, 2]));
        assert_eq!(found.len(), 2, "{name}");
        assert!(found.iter().flatten().all(|road| road.starts_with("ready")), "{name}: {found:?}");
    }
    // The same without the column that names the system: this test can fail.
    let mut poorer = of_script(CollectFrom::Hyperv);
    for table in &mut poorer {
        table.headings.retain(|heading| heading != "Guest OS");
    }
    let found = readiness("collect-poorer", files(&poorer, &[1]));
    assert!(found.iter().flatten().any(|road| road == "unknown"), "{found:?}");
}
