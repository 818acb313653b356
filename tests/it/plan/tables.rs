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
use klar::report::writer::Report;
use klar::report::writers::WRITERS;

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
        changes: None,
        stamp: &stamp,
        options: klar::report::view::Options::default(),
        kept: &klar::report::xlsx::Kept::default(),
    });
}

/// The files of a form of report, by name.
pub fn written(view: &View<'_>, form: &str) -> BTreeMap<String, String> {
    let writer = WRITERS.iter().find(|writer| writer.name == form).unwrap();
    let write = |Report { name, write }: Report<'_>| {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        (name, String::from_utf8(bytes).unwrap())
    };
    (writer.files)(view).into_iter().map(write).collect()
}

/// The rows of a CSV file by the names of their columns.
pub fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
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
    ("plan_sizes.csv", "size,family,vcpus,memory_mib,machines,vcpus_in_all,size_basis"),
    ("plan_line.csv", "figure,of,value,unit,basis"),
    ("plan_cost.csv", "part,monthly_cost,currency,basis,prices_since"),
];

/// For each number of a table the column that says how it is known; places in an order are no such numbers.
const BASES: &[(&str, &[(&str, &str)])] = &[
    (
        "plan.csv",
        &[
            ("vcpus", "size_basis"),
            ("memory_mib", "size_basis"),
            ("right_size_vcpus", "right_size_basis"),
            ("right_size_memory_mib", "right_size_basis"),
            ("asked_vcpus", "asked_vcpus_basis"),
            ("asked_memory_mib", "asked_memory_basis"),
            ("asked_data_disks", "asked_data_disks_basis"),
            ("monthly_cost", "monthly_cost_basis"),
        ],
    ),
    (
        "plan_disks.csv",
        &[
            ("size_gib", "size_basis"),
            ("rounded_up_bytes", "rounded_up_basis"),
            ("times_its_data", "times_basis"),
            ("tier", "tier_basis"),
            ("monthly_cost", "monthly_cost_basis"),
        ],
    ),
    (
        "waves.csv",
        &[
            ("cores", "size_basis"),
            ("memory_mib", "size_basis"),
            ("disk_gib", "disk_basis"),
            ("hours", "hours_basis"),
            ("data_bytes", "data_basis"),
            ("busiest_host_percent", "busiest_host_basis"),
        ],
    ),
    (
        "quota.csv",
        &[
            ("needed", "needed_basis"),
            ("needed_for_a_test", "needed_basis"),
            ("used", "used_and_limit_basis"),
            ("limit", "used_and_limit_basis"),
            ("short", "short_basis"),
            ("short_for_a_test", "short_basis"),
            ("request", "short_basis"),
        ],
    ),
    ("accounts.csv", &[]),
    ("network.csv", &[("machines", "machines_basis"), ("adapters", "machines_basis"), ("free", "free_basis")]),
    (
        "volumes.csv",
        &[
            ("free_bytes", "free_basis"),
            ("held_bytes", "held_basis"),
            ("initial_bytes", "initial_basis"),
            ("delta_bytes", "delta_basis"),
            ("by_change_bytes", "by_change_basis"),
            ("short_bytes", "short_basis"),
        ],
    ),
    (
        "plan_sizes.csv",
        &[
            ("vcpus", "size_basis"),
            ("memory_mib", "size_basis"),
            ("machines", "machines_basis"),
            ("vcpus_in_all", "machines_basis"),
        ],
    ),
    ("plan_line.csv", &[("value", "basis")]),
    ("plan_cost.csv", &[("monthly_cost", "basis")]),
];

/// Columns of numbers that say where something stands, or count what a sentence beside them explains.
const PLACES: &[&str] = &[
    "wave",
    "order",
    "of",
    "batches_that_fit",
    "unknown_disks",
    "machines_not_in_full",
    "addresses_kept",
    "addresses_changed",
    "addresses_unknown",
    "data_disks",
    "adapters",
    "disk_operations",
    "disk_bytes_a_second",
];

#[test]
fn every_number_of_the_plan_says_how_it_is_known() {
    let folder = crate::binary::Folder::new("plan-bases");
    folder.put("in/vms.csv", "\
VM name,Guest OS,VM host,Generation,vCPUs,Memory (MB),OS disk size (GB),Disk 2 size (GB),CPU utilization (%),Memory utilization (%),VM network,IP addresses,Daily change (GB)
web-01,Windows Server 2022 Standard,hv01,2,4,8192,100,200,20,30,lan,10.0.0.4,2
web-02,Windows Server 2022 Standard,hv01,2,4,8192,100,,,,lan,10.0.0.5,2
db-01,Windows Server 2022 Standard,hv01,2,,16384,100,,,,lan,10.0.0.6,2
");
    folder.put(
        "in/disks.csv",
        "VM name,Disk path,Disk size (GB),Disk type,Disk file size (GB)\nlog-01,D:\\VMs\\log.vhdx,400,Dynamic,20\n",
    );
    folder.put("in/volumes.csv", "Volume,Host,Volume size (GB),Free space (GB)\nD:,hv01,1000,100\n");
    folder.put(
        "prices.csv",
        "\
kind,name,region,guest,term,redundancy,price,unit,currency,date
compute,Standard_D4s_v5,northeurope,windows,,,0.2,hour,EUR,2026-11-01
disk,P10,northeurope,,,,20,month,EUR,
",
    );
    folder.put("klar.toml", "[plan]\nregion = \"northeurope\"\nbandwidth_mbit = 100\n\n[[declaration]]\nsubject = \"vm\"\nname = \"db-01\"\nfact = \"vcpus\"\nvalue = 8\nwho = \"Ada\"\nwhen = 2026-11-20\n");
    let run = folder.assess(&["--config", "klar.toml", "--prices", "prices.csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for (name, pairs) in BASES {
        let rows = rows(&folder.text(&format!("out/{name}")));
        for (number, basis) in *pairs {
            for row in rows.iter().filter(|row| !row[*number].is_empty()) {
                let said = &row[*basis];
                let known = ["exported", "declared", "published", "estimated"];
                assert!(known.iter().any(|word| said.contains(word)), "{name} {number}: `{said}`: {row:?}");
            }
        }
    }
    let plan = rows(&folder.text("out/plan.csv"));
    let of = |vm: &str, column: &str| plan.iter().find(|row| row["vm"] == vm).unwrap()[column].clone();
    assert_eq!(of("db-01", "asked_vcpus_basis"), "declared");
    assert_eq!(of("db-01", "asked_memory_basis"), "exported");
    assert_eq!(of("web-01", "size_basis"), "published");
    assert!(
        of("web-01", "monthly_cost_basis").starts_with("estimated from prices.csv")
            || of("web-01", "monthly_cost").is_empty()
    );
    let cost = rows(&folder.text("out/plan_cost.csv"));
    let parts: Vec<&str> = cost.iter().map(|row| row["part"].as_str()).collect();
    assert_eq!(parts, ["compute", "disks", "replication", "in all"]);
    let cents = |row: &BTreeMap<String, String>| row["monthly_cost"].replace('.', "").parse::<u64>().unwrap();
    assert_eq!(cents(&cost[3]), cost[..3].iter().map(cents).sum::<u64>(), "sums add up");
    assert!(cost.iter().all(|row| row["basis"] == "estimated from prices.csv" && row["currency"] == "EUR"));
    let line = rows(&folder.text("out/plan_line.csv"));
    let figure = |name: &str| line.iter().find(|row| row["figure"] == name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!((figure("bandwidth")["value"].as_str(), figure("growth")["value"].as_str()), ("100", "30"));
    assert!(figure("bandwidth")["basis"].starts_with("declared from bandwidth_mbit"));
    assert!(figure("growth")["basis"].starts_with("published from Run Azure Site Recovery Deployment Planner"));
    // Whoever adds a number says how it is known.
    with_sample("tallvik", &Wishes::default(), |view| {
        for table in view.plan_tables() {
            let name = format!("{}.csv", table.name);
            let pairs = BASES.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}")).1;
            for head in table.heads.iter().filter(|head| head.kind == klar::tables::Kind::Number) {
                let is_told = pairs.iter().any(|(number, _)| *number == head.name) || PLACES.contains(&&*head.name);
                assert!(is_told, "{name}: {} does not say how it is known", head.name);
            }
        }
    });
}

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
fn the_record_holds_every_cell_of_the_plan() {
    use klar::record::Cell;
    with_sample("tallvik", &Wishes::default(), |view| {
        let record = klar::report::json::recorded(view);
        let plan = record.plan.as_ref().unwrap();
        assert_eq!((plan.region.as_deref(), &*plan.availability), (Some("northeurope"), "exported"));
        let files = written(view, "csv");
        let names: Vec<&str> = plan.tables.iter().map(|table| &*table.table).collect();
        assert!(HEADS.iter().all(|(name, _)| names.contains(&name.trim_end_matches(".csv"))), "{names:?}");
        for table in &plan.tables {
            let rows = rows(&files[&format!("{}.csv", table.table)]);
            assert_eq!(rows.len(), table.rows.len(), "{}", table.table);
            for (index, row) in rows.iter().enumerate() {
                for column in &table.columns {
                    let recorded = match table.cell(index, column).unwrap() {
                        Cell::Nothing => String::new(),
                        Cell::Flag(flag) => flag.to_string(),
                        Cell::Number(number) => number.to_string(),
                        Cell::Text(text) => text.to_string(),
                    };
                    assert_eq!(row[&**column], recorded, "{} {column} of row {index}", table.table);
                }
            }
        }
        let machines = plan.table("plan").unwrap();
        for (index, machine) in record.machines.iter().enumerate() {
            assert_eq!(machines.cell(index, "vm"), Some(&Cell::Text(machine.vm.clone())));
        }
    });
}

#[test]
fn without_a_plan_none_of_its_files_is_written() {
    with_sample("lindas", &Wishes::default(), |view| {
        let without = View { plan: None, ..View { ..*view } };
        assert!(klar::report::json::recorded(&without).plan.is_none());
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
fn an_import_file_tells_reads_and_writes_apart_and_holds_no_formula() {
    let folder = crate::binary::Folder::new("plan-import");
    let heads = "Server name,Cores,Memory (In MB),OS name,Disk 1 size (In GB),Disk 1 read throughput (MB per second),\
                 Disk 1 write throughput (MB per second),Disk 1 read ops (operations per second),\
                 Disk 1 write ops (operations per second),Disk 2 size (In GB),Disk 2 read ops (operations per second)";
    let names =
        ["=cmd|' /C calc'!A0", "+one", "-two", "@sum", "web,01", "web \"02\"", "web\n03", "=HYPERLINK(\"x\",\"y\")"];
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let row = |name: &str| format!("{},4,8192,\"=Windows, Server 2019\",100,12,3.2,700,250,50,90\n", quoted(name));
    folder.put("in/import.csv", format!("{heads}\n{}", names.map(row).concat()));
    let run = folder.assess(&["--format", "csv,azure-migrate-csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = folder.text("out/azure-migrate-1.csv");
    let written = rows(&text);
    assert_eq!(written.len(), names.len());
    let first = &written[0];
    let of = |head: &str| first[head].as_str();
    assert_eq!((of("Disk 1 size (In GB)"), of("Disk 2 size (In GB)")), ("100", "50"));
    assert_eq!(of("Disk 1 read throughput (MB per second)"), "12");
    assert_eq!(of("Disk 1 write throughput (MB per second)"), "4", "rounded up, so that no disk is planned too slow");
    assert_eq!(of("Disk 1 read ops (operations per second)"), "700");
    assert_eq!(of("Disk 1 write ops (operations per second)"), "250");
    assert_eq!(of("Disk 2 read ops (operations per second)"), "90");
    assert_eq!(of("Disk 2 write ops (operations per second)"), "", "what no input tells stays empty");
    // No cell begins as a formula does, and each is read back as one cell.
    for name in ["azure-migrate-1.csv", "azure-migrate-mapped.csv"] {
        let text = folder.text(&format!("out/{name}"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let width = reader.records().next().unwrap().unwrap().len();
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        for record in reader.records().map(Result::unwrap) {
            assert_eq!(record.len(), width, "{name}: {record:?}");
            let runs = |cell: &str| cell.trim_start().starts_with(['=', '+', '-', '@']);
            assert!(!record.iter().any(runs), "{name}: {record:?}");
        }
    }
    // The plan reckons with both together: 950 operations a second are more than the P10 of 100 GiB does.
    let disks = rows(&folder.text("out/plan_disks.csv"));
    let of_first: Vec<&str> = disks.iter().filter(|row| row["vm"] == disks[0]["vm"]).map(|row| &*row["tier"]).collect();
    assert_eq!(of_first, ["P15", "P6"]);
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
