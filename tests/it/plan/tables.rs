//! The tables and files of a plan: columns, sums, hand-over files, and that they are the same twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use klar::catalogue::{Catalogue, Target};
use klar::evaluate::evaluate;
use klar::ingest::source::Source;
use klar::model::Pattern;
use klar::organisation::Organisation;
use klar::plan::{Standing, Wishes, plan};
use klar::report::stamp::Stamp;
use klar::report::view::View;
use klar::report::writers::{Report, WRITERS};

/// Every file below a folder, in order.
fn sources(folder: &Path) -> Vec<Source> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let source = |path: std::path::PathBuf| Source {
        bytes: std::fs::read(&path).unwrap(),
        path: path.to_string_lossy().replace('\\', "/"),
        sha256: String::new(),
    };
    paths.into_iter().map(source).collect()
}

/// Hands the view of a sample with its plan to `look`.
pub fn with_sample(name: &str, wishes: &Wishes, look: impl FnOnce(&View<'_>)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    let estate = klar::ingest::read(&sources(&folder), &super::DIALECTS);
    let catalogue = Catalogue::embedded().unwrap();
    let editions: Vec<_> = Target::ALL.iter().filter_map(|target| catalogue.newest(*target)).collect();
    let assessment = evaluate(&estate, &catalogue, &editions, jiff::civil::date(2026, 11, 22));
    let (organisation, stamp) = (Organisation::default(), Stamp::default());
    let plan = plan(&estate, &assessment, &catalogue, wishes, None);
    look(&View {
        estate: &estate,
        assessment: &assessment,
        organisation: &organisation,
        plan: Some(&plan),
        stamp: &stamp,
        options: klar::report::view::Options::default(),
        kept: &klar::report::xlsx::Kept::default(),
    });
}

/// The files of a form of report, by name.
fn written(view: &View<'_>, form: &str) -> BTreeMap<String, String> {
    let writer = WRITERS.iter().find(|writer| writer.name == form).unwrap();
    let write = |Report { name, write }: Report<'_>| {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        (name, String::from_utf8(bytes).unwrap())
    };
    (writer.files)(view).into_iter().map(write).collect()
}

/// The rows of a CSV file by the names of their columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

const HEADS: &[(&str, &str)] = &[
    (
        "plan.csv",
        "vm,vm_id,host,size,family,vcpus,memory_mib,why,smaller,why_not_smaller,disk_tiers,wave,target_network,target_subnet,monthly_cost,currency,missing",
    ),
    ("plan_disks.csv", "vm,vm_id,disk,role,size_gib,type,tier,why,monthly_cost,currency"),
    ("waves.csv", "wave,vm,vm_id,order,reason,cores,memory_mib,disk_gib,hours,before"),
    ("quota.csv", "region,family,needed,used,limit,short"),
    ("accounts.csv", "purpose,name,kind,existing,vm,vm_id,why"),
    ("network.csv", "vm_network,target_network,subnet,machines,free,problem"),
    ("volumes.csv", "volume,host,wave,free_bytes"),
];

#[test]
fn the_files_of_a_plan_begin_with_the_columns_they_will_always_begin_with() {
    with_sample("tallvik", &Wishes::default(), |view| {
        let files = written(view, "csv");
        for (name, heads) in HEADS {
            let head = files.get(*name).unwrap_or_else(|| panic!("{name} is not written")).lines().next().unwrap();
            assert!(head == *heads || head.starts_with(&format!("{heads},")), "{name}: {head}");
        }
    });
}

#[test]
fn every_machine_has_a_row_and_every_planned_one_a_place_in_one_wave() {
    for sample in ["tallvik", "almby", "lindas"] {
        with_sample(sample, &Wishes::default(), |view| {
            let files = written(view, "csv");
            let planned = rows(&files["plan.csv"]);
            assert_eq!(planned.len(), view.estate.vms.len(), "{sample}");
            let in_waves = rows(&files["waves.csv"]);
            let standing = planned.iter().filter(|row| row["standing"] == "planned").count();
            assert_eq!(in_waves.len(), standing, "{sample}");
            let plan = view.plan.unwrap();
            let count = plan.machines.iter().filter(|machine| machine.standing == Standing::Planned).count();
            assert_eq!(count, standing, "{sample}");
            for row in &planned {
                assert!(row["standing"] != "planned" || !row["wave"].is_empty(), "{sample}: {row:?}");
                // A machine has a size, or what is missing for one, or why none takes it.
                let told = !row["size"].is_empty() || !row["missing"].is_empty() || row["why"].starts_with("no size");
                assert!(row["standing"] != "planned" || told, "{sample}: {row:?}");
                assert!(row["standing"] == "planned" || row["size"].is_empty(), "{sample}: {row:?}");
            }
            let cores: u64 = planned.iter().filter_map(|row| row["vcpus"].parse::<u64>().ok()).sum();
            let in_waves_cores: u64 = in_waves.iter().filter_map(|row| row["cores"].parse::<u64>().ok()).sum();
            assert_eq!(cores, in_waves_cores, "{sample}");
        });
    }
}

#[test]
fn the_plan_of_a_sample_is_told_with_its_export_and_its_quota() {
    with_sample("tallvik", &Wishes::default(), |view| {
        let plan = view.plan.unwrap();
        assert_eq!(plan.offers.region.as_deref(), Some("northeurope"));
        let names: BTreeSet<&str> = plan.offers.list.iter().map(|offer| &*offer.family).collect();
        assert!(names.len() < 10, "the export of the region says which sizes there are: {names:?}");
        let files = written(view, "csv");
        let quotas = rows(&files["quota.csv"]);
        assert_eq!(
            (quotas[0]["family"].as_str(), quotas[0]["used"].as_str(), quotas[0]["limit"].as_str()),
            ("cores", "24", "200")
        );
        let needed: u64 = quotas[1..].iter().map(|row| row["needed"].parse::<u64>().unwrap()).sum();
        assert_eq!(quotas[0]["needed"], needed.to_string());
    });
}

#[test]
fn a_plan_is_the_same_twice_and_in_the_pdf() {
    let both = [(), ()].map(|()| {
        let mut files = None;
        with_sample("tallvik", &Wishes::default(), |view| {
            let document = klar::report::story::tell(view);
            let titles: Vec<String> = document.sections.iter().map(|section| section.title.clone()).collect();
            assert!(titles.iter().any(|title| title == "Plan"), "{titles:?}");
            files = Some((written(view, "csv"), format!("{document:?}")));
        });
        files.unwrap()
    });
    assert_eq!(both[0], both[1]);
}

#[test]
fn without_a_plan_none_of_its_files_is_written() {
    with_sample("lindas", &Wishes::default(), |view| {
        let without = View { plan: None, ..View { ..*view } };
        let files = written(&without, "csv");
        assert!(HEADS.iter().all(|(name, _)| !files.contains_key(*name)), "{:?}", files.keys());
        assert!(written(&without, "mapping").is_empty());
    });
}

#[test]
fn a_mapping_holds_each_wave_with_what_a_script_needs() {
    let wishes = Wishes { resource_group: Some("rg-target".into()), ..Wishes::default() };
    with_sample("tallvik", &wishes, |view| {
        let plan = view.plan.unwrap();
        let files = written(view, "mapping");
        assert_eq!(files.len(), plan.waves.len());
        for wave in &plan.waves {
            let rows = rows(&files[&format!("mapping-wave-{}.csv", wave.number)]);
            assert_eq!(rows.len(), wave.machines.len());
            assert!(rows.iter().all(|row| row["target_resource_group"] == "rg-target"));
            assert!(rows.iter().any(|row| !row["size"].is_empty()) || wave.number > 1);
        }
    });
}

#[test]
fn the_import_files_of_azure_migrate_hold_every_machine_and_tell_what_was_mapped() {
    with_sample("tallvik", &Wishes::default(), |view| {
        let files = written(view, "azure-migrate-csv");
        let first = &files["azure-migrate-1.csv"];
        assert!(
            first.starts_with("*Server name,IP addresses,*Cores,*Memory (In MB),*OS name,OS version,"),
            "{first:.200}"
        );
        let imported = rows(first);
        assert_eq!(imported.len(), view.estate.vms.len());
        let mapped = rows(&files["azure-migrate-mapped.csv"]);
        let newest = mapped
            .iter()
            .filter(|row| row["as_imported"] == "Windows Server 2019" && row["as_exported"].contains("2022"));
        assert!(newest.count() > 0, "{mapped:?}");
        let names: u64 = mapped
            .iter()
            .filter(|row| !row["as_imported"].is_empty())
            .map(|row| row["machines"].parse::<u64>().unwrap())
            .sum();
        let known = view.estate.vms.iter().filter(|vm| vm.guest_os.is_known()).count() as u64;
        assert_eq!(names, known);
        let read = super::read(&[("import.csv", first)]);
        assert_eq!(read.vms.len(), view.estate.vms.len(), "Klar reads what it writes");
        let vcpus =
            |estate: &klar::model::Estate| estate.vms.iter().filter_map(|vm| vm.vcpus.value().copied()).sum::<u32>();
        assert_eq!(vcpus(&read), vcpus(view.estate));
    });
}

#[test]
fn files_of_a_plan_are_not_read_as_an_inventory() {
    with_sample("tallvik", &Wishes { sizes: vec![Pattern::new("D")], ..Wishes::default() }, |view| {
        let is_of_plan = |name: &str| HEADS.iter().any(|(known, _)| *known == name);
        let tables = written(view, "csv").into_iter().filter(|(name, _)| is_of_plan(name));
        for (name, text) in tables.chain(written(view, "mapping")) {
            let estate = super::read(&[(&name, &text)]);
            assert!(estate.vms.is_empty() && estate.hosts.is_empty() && estate.volumes.is_empty(), "{name} was read");
            assert_eq!(estate.tables[0].taken_for, "a report of Klar's own", "{name}");
        }
    });
}

#[test]
fn an_earlier_set_of_reports_keeps_its_waves_and_a_wrong_one_is_named() {
    let folder = crate::binary::Folder::new("plan-since");
    let head = "VM name,VM ID,Generation,vCPUs,Memory (MB),Number of disks\n";
    let machine = |name: &str, id: u32| format!("{name},0000000{id}-1111-4000-8000-000000000000,2,2,4096,1\n");
    folder.put("in/vms.csv", format!("{head}{}{}", machine("b-01", 1), machine("c-01", 2)));
    let run = |more: &[&str]| {
        let all = [&["assess", "in", "-o", "out", "--format", "csv", "--wave-size", "1", "--quiet"], more].concat();
        folder.run(&all)
    };
    assert_eq!(run(&[]).code, 0);
    let waves = |folder: &crate::binary::Folder| {
        let rows = rows(&folder.text("out/waves.csv"));
        rows.into_iter().map(|row| (row["vm"].clone(), row["wave"].clone())).collect::<Vec<_>>()
    };
    let pair = |name: &str, wave: &str| (name.to_owned(), wave.to_owned());
    assert_eq!(waves(&folder), [pair("b-01", "1"), pair("c-01", "2")]);
    folder.put("old/waves.csv", folder.text("out/waves.csv"));
    folder.put("in/vms.csv", format!("{head}{}{}{}", machine("a-01", 3), machine("b-01", 1), machine("c-01", 2)));
    assert_eq!(run(&["--since", "old"]).code, 0);
    assert_eq!(waves(&folder), [pair("b-01", "1"), pair("c-01", "2"), pair("a-01", "3")]);
    let wrong = run(&["--since", "in/vms.csv"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("in/vms.csv: is no waves.csv of a plan"), "{}", wrong.err);
}

#[test]
fn prices_regions_and_templates_are_taken_from_the_command_line() {
    let folder = crate::binary::Folder::new("plan-prices");
    folder.put("in/vms.csv", "VM name,Guest OS,Generation,vCPUs,Memory (MB),OS disk size (GB)\nweb-01,Windows Server 2022 Standard,2,2,4096,100\n");
    let list = "\
kind,name,region,guest,term,redundancy,price,unit,currency,date
compute,Standard_E2s_v5,northeurope,windows,,,0.2,hour,EUR,2026-11-01
disk,P10,northeurope,,,,20,month,EUR,
replication,site-recovery,northeurope,,,,25,month,EUR,
";
    folder.put("prices.csv", list);
    let run =
        |more: &[&str]| folder.run(&[&["assess", "in", "-o", "out", "--format", "csv,pdf", "--quiet"], more].concat());
    let asked = run(&["--region", "North Europe", "--prices", "prices.csv", "--bandwidth", "100"]);
    assert_eq!(asked.code, 0, "{}", asked.err);
    let row = &rows(&folder.text("out/plan.csv"))[0];
    assert_eq!(
        (row["size"].as_str(), row["monthly_cost"].as_str(), row["currency"].as_str()),
        ("Standard_E2s_v5", "191.00", "EUR")
    );
    let wave = &rows(&folder.text("out/waves.csv"))[0];
    assert_eq!(wave["hours"], "3", "100 GiB at 100 Mbit/s");
    let wrong = run(&["--prices", "in/vms.csv"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("in/vms.csv: not a price file: it has no column `price`"), "{}", wrong.err);
    assert_eq!(run(&["--region", "atlantis"]).code, 2);
    assert!(folder.run(&["template", "prices"]).out.starts_with("# Prices for the plan"));
    let script = folder.run(&["template", "replicate"]).out;
    assert!(script.contains("if (-not $Apply)"), "it changes nothing until it is told to");
}
