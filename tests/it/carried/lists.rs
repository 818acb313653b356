//! Each kind of carried-in file changes what is said, in every command, and one that holds nothing is refused.

use crate::binary::{Folder, Run};

const SIZES: &str = include_str!("../../../templates/sizes.csv");
const DISKS: &str = include_str!("../../../templates/disks.csv");
const PLANNING: &str = include_str!("../../../templates/planning.toml");
const RELEASES: &str = include_str!("../../../templates/releases.toml");

const MACHINES: &str = "\
VM name,Guest OS,OS architecture,Generation,vCPUs,Memory MB,OS disk (GB),Number of disks
plum01,Windows Server 2022,x64,2,4,8192,80,1
";

fn estate(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", MACHINES);
    folder
}

/// What is answered to a requirement of a target, counted: met, not met, unknown, unverified, not applicable.
fn answers(folder: &Folder, target: &str, requirement: &str) -> Vec<String> {
    let rows = folder.rows("out/requirements.csv");
    let place = |name: &str| rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}"));
    let (target_at, name_at) = (place("target"), place("requirement"));
    let counted = ["met", "not_met", "unknown", "unverified", "not_applicable"].map(place);
    let row = rows.iter().find(|row| row[target_at] == target && row[name_at] == requirement);
    let row = row.unwrap_or_else(|| panic!("{target} does not ask for {requirement}"));
    counted.iter().map(|place| row[*place].clone()).collect()
}

fn assess(folder: &Folder, more: &[&str]) -> Run {
    let run = folder.assess(more);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run
}

#[test]
fn a_carried_list_of_sizes_is_judged_by() {
    let folder = estate("carried-sizes");
    assess(&folder, &["--against", "azure-vm@2024-06"]);
    assert_eq!(answers(&folder, "azure-vm", "no-size-fits"), ["1", "0", "0", "0", "0"]);
    let heading = SIZES.lines().find(|line| line.starts_with("name,")).expect("a heading");
    let columns = heading.split(',').count();
    let mut small = vec!["Standard_Tiny", "tinyFamily", "2", "4096", "4", "x64", "2", "V1+V2", "", "", "general"];
    small.resize(columns, "");
    folder.put("newer/sizes.csv", format!("{heading}\n{}\n", small.join(",")));
    assess(&folder, &["--against", "azure-vm@2024-06", "--catalogue", "newer"]);
    assert_eq!(answers(&folder, "azure-vm", "no-size-fits"), ["0", "1", "0", "0", "0"]);
}

#[test]
fn a_carried_list_of_regions_is_judged_by() {
    let folder = estate("carried-regions");
    let vault = "[{\"name\": \"vault01\", \"type\": \"Microsoft.RecoveryServices/vaults\", \"location\": \"mars\", \
                  \"resourceGroup\": \"rg\", \"id\": \"/subscriptions/0/resourceGroups/rg/providers/x/vault01\"}]";
    folder.put("in/az-resource-list.json", vault);
    assess(&folder, &["--against", "site-recovery@2026-10"]);
    assert_eq!(answers(&folder, "site-recovery", "vault-region-excluded"), ["0", "0", "1", "0", "0"]);
    folder.put("newer/regions.csv", "# Regions, gathered 2027-01-05.\nname,display_name\nmars,Mars\n");
    assess(&folder, &["--against", "site-recovery@2026-10", "--catalogue", "newer"]);
    assert_eq!(answers(&folder, "site-recovery", "vault-region-excluded"), ["1", "0", "0", "0", "0"]);
}

#[test]
fn a_carried_list_of_disks_is_planned_by() {
    let folder = estate("carried-disks");
    let tiers = |folder: &Folder| -> Vec<String> {
        let rows = folder.rows("out/plan_disks.csv");
        let place = rows[0].iter().position(|head| head == "tier").expect("a column of tiers");
        rows[1..].iter().map(|row| row[place].clone()).collect()
    };
    assess(&folder, &[]);
    assert_eq!(tiers(&folder), ["P10"]);
    folder.put("newer/disks.csv", DISKS.replace("premium-ssd,P10,", "premium-ssd,Q10,"));
    assess(&folder, &["--catalogue", "newer"]);
    assert_eq!(tiers(&folder), ["Q10"]);
}

/// The cells of a column of a table.
fn column(folder: &Folder, table: &str, name: &str) -> Vec<String> {
    let rows = folder.rows(&format!("out/{table}"));
    let place = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("{table} has no {name}"));
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

#[test]
fn what_documents_say_of_planning_is_planned_by_as_it_is_carried() {
    let folder = Folder::new("carried-planning");
    let machines: String =
        ["plum01", "plum02", "plum03"].map(|name| format!("{name},Windows Server 2022,2,4,8192,80,1\n")).concat();
    let head = "VM name,Guest OS,Generation,vCPUs,Memory MB,OS disk (GB),Number of disks\n";
    folder.put("in/machines.csv", format!("{head}{machines}"));
    assess(&folder, &[]);
    assert_eq!(column(&folder, "waves.csv", "wave"), ["1", "1", "1"]);
    let fewer = PLANNING.replacen("machines_at_a_time]\nvalue = 10", "machines_at_a_time]\nvalue = 2", 1);
    let fewer = fewer.replacen("import_rows]\nvalue = 20000", "import_rows]\nvalue = 2", 1);
    folder.put("newer/planning.toml", fewer);
    assess(&folder, &["--format", "csv,json,azure-migrate-csv", "--catalogue", "newer"]);
    assert_eq!(column(&folder, "waves.csv", "wave"), ["1", "1", "2"]);
    assert_eq!(folder.text("out/azure-migrate-1.csv").lines().count(), 3, "two machines to a file");
    assert_eq!(folder.text("out/azure-migrate-2.csv").lines().count(), 2);
    let listed = folder.rows("out/inputs.csv");
    assert!(listed.iter().any(|row| row[0] == "newer/planning.toml" && row[2] == "catalogue file"), "{listed:?}");
    folder.put("broken/planning.toml", PLANNING.replacen("value = 10\n", "value = 0\n", 1));
    let run = folder.assess(&["--catalogue", "broken"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("broken/planning.toml: machines_at_a_time is nothing"), "{}", run.err);
}

#[test]
fn the_names_of_an_import_are_written_as_they_are_carried() {
    let folder = estate("carried-names");
    let name = |folder: &Folder| column(folder, "azure-migrate-1.csv", "*OS name");
    assess(&folder, &["--format", "azure-migrate-csv"]);
    assert_eq!(name(&folder), ["Windows Server 2019"]);
    folder.put(
        "newer/import_names.csv",
        "# Names, gathered 2027-01-05.\nkey,name,exact\nwindows-server-2022,Windows Server 2022,yes\n",
    );
    assess(&folder, &["--format", "azure-migrate-csv", "--catalogue", "newer"]);
    assert_eq!(name(&folder), ["Windows Server 2022"]);
    folder.put("broken/import_names.csv", "key,name,exact\nwindows-server-2022,Windows Server 2022,maybe\n");
    let run = folder.assess(&["--catalogue", "broken"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("broken/import_names.csv: ") && run.err.contains("neither yes nor no"), "{}", run.err);
}

#[test]
fn a_plan_knows_the_regions_and_tiers_that_are_carried() {
    let folder = estate("carried-region-planned");
    let prices = "kind,name,region,guest,term,redundancy,price,unit,currency,date\n\
                  disk,Q10,Red Planet,,,,20,month,EUR,\n";
    folder
        .put("prices.csv", prices)
        .put("klar.toml", "[catalogue]\npath = \"newer\"\n[plan]\nregion = \"Red Planet\"\n");
    folder.put("newer/disks.csv", DISKS.replace("premium-ssd,P10,", "premium-ssd,Q10,"));
    let usage = "[{\"currentValue\": 5, \"limit\": 70, \"location\": \"mars\", \"localName\": \"Total Regional vCPUs\", \
                  \"name\": {\"value\": \"cores\", \"localizedValue\": \"Total Regional vCPUs\"}}]";
    folder.put("in/az-vm-list-usage.json", usage);
    let run = folder.assess(&["--config", "klar.toml", "--prices", "prices.csv"]);
    assert_eq!(run.code, 2, "the program's own list has no such region");
    assert!(run.err.contains("klar.toml, line 4, region: `Red Planet` is no Azure region"), "{}", run.err);
    assert_eq!(folder.assess(&["--region", "Red Planet"]).code, 2);
    folder.put("newer/regions.csv", "# Regions, gathered 2027-01-05.\nname,display_name\nmars,Red Planet\n");
    assess(&folder, &["--config", "klar.toml", "--prices", "prices.csv"]);
    assert_eq!(column(&folder, "quota.csv", "region")[0], "mars");
    assert_eq!(column(&folder, "quota.csv", "limit")[0], "70", "the quota is exported for mars");
    assert_eq!(column(&folder, "plan_disks.csv", "monthly_cost"), ["20.00"], "the price is for Red Planet");
    assess(&folder, &["--catalogue", "newer", "--region", "MARS"]);
    assert_eq!(column(&folder, "quota.csv", "region")[0], "mars");
}

#[test]
fn a_carried_list_of_releases_is_judged_by() {
    let folder = estate("carried-releases");
    folder
        .put("in/hosts.csv", "Host name,Host operating system,Host OS version\nhv01,Windows Server 2028,10.0.31000\n");
    assess(&folder, &["--against", "site-recovery@2026-10"]);
    assert_eq!(answers(&folder, "site-recovery", "host-os-unsupported"), ["0", "0", "1", "0", "0"]);
    let newer = "[[host]]\nkey = \"windows-server-2028\"\ntitle = \"Windows Server 2028\"\nkind = \"server\"\n\
                 versions = [\"10.0.31000\"]\nnames = [[\"server\", \"2028\"]]\nsource = \"eol\"\n\n[[vmm]]";
    folder.put("newer/releases.toml", RELEASES.replacen("[[vmm]]", newer, 1));
    assess(&folder, &["--against", "site-recovery@2026-10", "--catalogue", "newer"]);
    assert_eq!(answers(&folder, "site-recovery", "host-os-unsupported"), ["0", "1", "0", "0", "0"]);
}

#[test]
fn a_list_that_holds_nothing_is_refused_by_name() {
    let folder = estate("carried-empty");
    let bare = |list: &str| {
        let text =
            std::fs::read_to_string(format!("{}/templates/{list}", env!("CARGO_MANIFEST_DIR"))).expect("it is there");
        let heading = text.lines().find(|line| !line.starts_with('#')).expect("a heading").to_owned();
        [String::new(), format!("{heading}\n"), format!("# gathered 2027-01-05\n{heading}\n\n")]
    };
    for list in ["sizes.csv", "disks.csv", "regions.csv"] {
        for (place, text) in bare(list).iter().enumerate() {
            folder.put(&format!("newer-{place}/{list}"), text);
            let run = folder.assess(&["--catalogue", &format!("newer-{place}")]);
            assert_eq!(run.code, 2, "{list} {place}: {}", run.out);
            assert!(run.err.contains(&format!("newer-{place}/{list}: it lists nothing")), "{}", run.err);
            assert!(!folder.path("out").exists(), "something was written all the same");
            std::fs::remove_dir_all(folder.path(&format!("newer-{place}"))).expect("it goes");
        }
    }
    folder.put("twice/regions.csv", "name,display_name\nmars,Mars\nvenus,Venus\nMars,Mars again\n");
    let run = folder.assess(&["--catalogue", "twice"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("twice/regions.csv: lines 2 and 4 are both of Mars"), "{}", run.err);
}

#[test]
fn words_of_another_language_leave_the_english_alone_and_say_so() {
    let folder = estate("carried-swedish");
    folder.put("newer/wording/sv.toml", "[os-disk-over-limit]\nsummary = \"Disken är för stor.\"\n");
    let plain = assess(&folder, &["--format", "csv,json"]);
    let before = folder.text("out/requirements.csv");
    let carried = assess(&folder, &["--format", "csv,json", "--catalogue", "newer"]);
    assert_eq!(folder.text("out/requirements.csv"), before);
    assert!(!folder.text("out/assessment.json").contains("Disken"), "{}", carried.out);
    let note = "newer/wording/sv.toml: its words are in another language than the reports";
    assert!(folder.text("out/assessment.json").contains(note), "{}", plain.out);
    folder.put("newer/wording/svenska.toml", "");
    let run = folder.assess(&["--catalogue", "newer"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no file of a catalogue has that place"), "{}", run.err);
}

const DIALECT: &str = "title = \"Plum list\"\nrows = \"machine\"\nsignatures = [[\"Maskinbeteckning\", \"Kraft\"]]\n\
                       [columns]\nvm_name = [\"Maskinbeteckning\"]\nvcpus = [\"Kraft\"]\n";

#[test]
fn inspect_reads_by_the_carried_catalogue_too() {
    let folder = Folder::new("carried-inspect");
    folder.put("in/maskiner.csv", "Maskinbeteckning,Kraft\nplum01,4\n").put("in/newer/dialects/plum.toml", DIALECT);
    let plain = folder.run(&["inspect", "in/maskiner.csv"]);
    assert!(!plain.out.contains("Plum list"), "{}", plain.out);
    let carried = folder.run(&["inspect", "in", "--catalogue", "in/newer"]);
    assert_eq!(carried.code, 0, "{}", carried.err);
    assert!(carried.out.contains("Plum list"), "{}", carried.out);
    assert!(!carried.out.contains("plum.toml"), "the catalogue is no export: {}", carried.out);
    folder.put("klar.toml", "[catalogue]\npath = \"in/newer\"\n");
    let configured = folder.run(&["inspect", "in", "--config", "klar.toml"]);
    assert!(configured.out.contains("Plum list"), "{}", configured.err);
    assert!(!configured.out.contains("plum.toml"), "{}", configured.out);
}

#[test]
fn rules_are_listed_explained_and_compared_by_the_carried_catalogue_too() {
    let folder = estate("carried-rules");
    let edition = include_str!("../fixtures/catalogue/requirements/azure-vm/2027-03.toml");
    folder.put("newer/requirements/azure-vm/2027-03.toml", edition);
    folder.put("newer/wording/en.toml", "[os-disk-over-limit]\nremedy = \"Ring the storage team.\"\n");
    folder.put("klar.toml", "[catalogue]\npath = \"newer\"\n");
    for given in [["--catalogue", "newer"], ["--config", "klar.toml"]] {
        let run = |arguments: &[&str]| {
            let run = folder.run(&[arguments, &given].concat());
            assert_eq!(run.code, 0, "{}", run.err);
            run.out
        };
        assert!(run(&["rules", "list", "--against", "azure-vm"]).starts_with("azure-vm@2027-03 ("));
        let explained = run(&["rules", "explain", "os-disk-over-limit"]);
        assert!(explained.contains("azure-vm@2027-03"), "{explained}");
        let compared = run(&["rules", "diff", "azure-vm@2024-06", "azure-vm", "--estate", "in"]);
        assert!(compared.starts_with("azure-vm@2024-06 -> azure-vm@2027-03"), "{compared}");
    }
    assert_eq!(folder.run(&["rules", "diff", "azure-vm@2024-06", "azure-vm@2027-03"]).code, 2);
}
