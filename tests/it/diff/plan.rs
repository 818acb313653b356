//! Plans of two assessments compared, each kind of change by a pair made by hand.

use serde_json::Value;

use super::super::binary::Folder;
use super::{changes, diff, machine, visit, visit_of};

/// The rows of the comparison that are about the plan.
fn rows(folder: &Folder) -> Vec<String> {
    let columns = ["subject_kind", "fact", "before", "after", "made_by"];
    super::rows(folder, &columns).into_iter().filter_map(|row| Some(row.strip_prefix("plan ")?.to_owned())).collect()
}

/// Those of them that are about neither a wish nor a total.
fn parts(folder: &Folder) -> Vec<String> {
    rows(folder).into_iter().filter(|row| !row.contains(" total value ") && !row.contains(" wish value ")).collect()
}

fn code(folder: &Folder) -> i32 {
    diff(folder, &["--fail-on", "worse"]).code
}

#[test]
fn a_machine_that_grew_has_another_size_disk_and_cost_by_the_site() {
    let folder = Folder::new("diff-plan-site");
    folder.put(
        "prices.csv",
        "kind,name,region,guest,term,redundancy,price,unit,currency,date
compute,Standard_D2s_v5,northeurope,windows,,,0.100,hour,EUR,
compute,Standard_D8s_v5,northeurope,windows,,,0.400,hour,EUR,
disk,P10,northeurope,,,LRS,20.00,month,EUR,
disk,P20,northeurope,,,LRS,70.00,month,EUR,
",
    );
    let more = ["--prices", "prices.csv", "--region", "northeurope"];
    visit(&folder, "old", &[machine("a", 1, "4096", "100"), machine("b", 2, "4096", "100")], &more);
    visit(&folder, "new", &[machine("a", 1, "30000", "500"), machine("b", 2, "4096", "100")], &more);
    assert_eq!(
        parts(&folder),
        [
            "changed a vm size Standard_D2s_v5 Standard_D8s_v5 site",
            "changed a vm disk_tiers P10 P20 site",
            "changed a vm monthly_cost 93.00 EUR 362.00 EUR site",
        ]
    );
    let totals: Vec<String> = rows(&folder).into_iter().filter(|row| row.contains(" total ")).collect();
    assert!(totals.contains(&"changed vCPUs total value 4 10 site".to_owned()), "{totals:#?}");
    assert!(
        totals.contains(&"changed monthly cost, in all total value 186.00 EUR 455.00 EUR site".to_owned()),
        "{totals:#?}"
    );
    assert_eq!(code(&folder), 0, "dearer and larger is not worse");
    let text = diff(&folder, &[]).out;
    assert!(text.contains("\n  Plan:\n") && text.contains("Standard_D2s_v5  Standard_D8s_v5  site"), "{text}");
}

#[test]
fn wishes_prices_and_the_catalogue_are_told_from_the_site() {
    let folder = Folder::new("diff-plan-causes");
    let rows = [machine("a", 1, "4096", "100"), machine("b", 2, "4096", "100")];
    let price = |price: &str| {
        format!(
            "kind,name,region,guest,term,redundancy,price,unit,currency,date\ncompute,Standard_D2s_v5,northeurope,windows,,,{price},hour,EUR,\ndisk,P10,northeurope,,,LRS,20.00,month,EUR,\n"
        )
    };
    folder.put("cheap.csv", price("0.100")).put("dear.csv", price("0.200"));
    folder.put("klar.toml", "[plan]\nregion = \"northeurope\"\nsizes = [\"Easv5\"]\n");
    let region = ["--region", "northeurope"];
    visit(&folder, "old", &rows, &[&region[..], &["--prices", "cheap.csv"]].concat());
    visit(&folder, "new", &rows, &[&region[..], &["--prices", "dear.csv"]].concat());
    assert_eq!(
        parts(&folder),
        [
            "changed a vm monthly_cost 93.00 EUR 166.00 EUR prices",
            "changed b vm monthly_cost 93.00 EUR 166.00 EUR prices",
        ]
    );
    // The same prices under another name are the same prices.
    folder.put("again.csv", price("0.100"));
    visit(&folder, "new", &rows, &[&region[..], &["--prices", "again.csv"]].concat());
    assert!(self::rows(&folder).is_empty(), "{:#?}", self::rows(&folder));
    // A wish changes the sizes, and one of the machines grew as well.
    visit(&folder, "old", &rows, &region);
    visit(&folder, "new", &[rows[0].clone(), machine("b", 2, "8192", "100")], &["--config", "klar.toml"]);
    let told = self::rows(&folder);
    assert!(told.contains(&"changed sizes wish value D; E Easv5 wishes".to_owned()), "{told:#?}");
    let of =
        |name: &str| told.iter().filter(|row| row.starts_with(&format!("changed {name} vm size "))).collect::<Vec<_>>();
    assert!(of("a")[0].ends_with(" wishes"), "nothing of it changed at the site: {told:#?}");
    assert!(of("b")[0].ends_with(" several"), "{told:#?}");
}

#[test]
fn machines_planned_now_or_no_longer_say_why() {
    let folder = Folder::new("diff-plan-standing");
    folder.put("klar.toml", "[[plan.exclude]]\nmachine = \"c\"\nwhy = \"stays\"\n");
    let of =
        |a: &str, b: &str| [machine("a", 1, "4096", a), machine("b", 2, "4096", b), machine("c", 3, "4096", "100")];
    visit(&folder, "old", &of("100", "9000"), &[]);
    visit(&folder, "new", &of("9000", "100"), &["--config", "klar.toml"]);
    let told: Vec<String> = parts(&folder).into_iter().filter(|row| row.contains(" standing ")).collect();
    assert_eq!(
        told,
        [
            "came b vm standing not-ready planned site",
            "gone a vm standing planned not-ready site",
            "gone c vm standing planned excluded wishes",
        ]
    );
    assert!(!parts(&folder).iter().any(|row| row.contains(" size ")), "that says it: {:#?}", parts(&folder));
}

#[test]
fn a_machine_that_loses_its_size_makes_the_plan_worse() {
    let folder = Folder::new("diff-plan-size");
    folder.put("few.toml", "[plan]\nsizes = [\"Standard_D2s_v5\"]\n");
    let rows = [machine("a", 1, "16384", "100")];
    visit(&folder, "old", &rows, &[]);
    visit(&folder, "new", &rows, &["--config", "few.toml"]);
    let told = parts(&folder);
    assert!(
        told.iter().any(|row| row.starts_with("worse a vm size Standard_") && row.ends_with("  wishes")),
        "{told:#?}"
    );
    assert_eq!(code(&folder), 1);
    // The other way round it is mended.
    visit(&folder, "old", &rows, &["--config", "few.toml"]);
    visit(&folder, "new", &rows, &[]);
    assert!(parts(&folder).iter().any(|row| row.starts_with("fixed a vm size  Standard_")), "{:#?}", parts(&folder));
    assert_eq!(code(&folder), 0);
}

#[test]
fn waves_come_and_go_and_hold_more_or_fewer() {
    let folder = Folder::new("diff-plan-waves");
    let rows: Vec<String> = (1..=4).map(|number| machine(&format!("m{number}"), number, "4096", "100")).collect();
    visit(&folder, "old", &rows, &["--wave-size", "4"]);
    visit(&folder, "new", &rows, &["--wave-size", "2"]);
    let told = parts(&folder);
    assert!(told.contains(&"changed 1 wave machines 4 2 wishes".to_owned()), "{told:#?}");
    assert!(told.contains(&"came 2 wave machines  2 wishes".to_owned()), "{told:#?}");
    assert!(told.contains(&"changed m4 vm wave 1 2 wishes".to_owned()), "{told:#?}");
    assert_eq!(code(&folder), 0, "a wave more is not worse");
    // A machine that came fills a wave of its own: the site's doing.
    let mut more = rows.clone();
    more.push(machine("m5", 5, "4096", "100"));
    visit(&folder, "old", &rows, &["--wave-size", "4"]);
    visit(&folder, "new", &more, &["--wave-size", "4"]);
    assert!(parts(&folder).contains(&"came 2 wave machines  1 site".to_owned()), "{:#?}", parts(&folder));
}

/// A visit with an export of quotas beside the machines.
fn with_quota(folder: &Folder, name: &str, used: Option<u32>) {
    let path = format!("{name}-in/usage.csv");
    if let Some(used) = used {
        let head = "Quota,Azure region,Quota used,Quota limit";
        folder.put(&path, format!("{head}\ncores,northeurope,0,100\nstandardDSv5Family,northeurope,{used},12\n"));
    } else if folder.path(&path).exists() {
        std::fs::remove_file(folder.path(&path)).unwrap();
    }
    visit(folder, name, &[machine("a", 1, "4096", "100")], &["--config", "sizes.toml"]);
}

/// What is short before and after, the row that tells of it, and the exit code.
type Case = (Option<u32>, Option<u32>, Option<&'static str>, i32);

#[test]
fn shortfalls_of_quotas_are_new_worse_eased_fixed_or_no_longer_told() {
    let folder = Folder::new("diff-plan-quota");
    folder.put("sizes.toml", "[plan]\nregion = \"northeurope\"\nsizes = [\"Dsv5\"]\n");
    let cases: [Case; 7] = [
        (Some(0), Some(11), Some("new standardDSv5Family quota short 0 "), 1),
        (Some(11), Some(12), Some("worse standardDSv5Family quota short "), 1),
        (Some(12), Some(11), Some("eased standardDSv5Family quota short "), 0),
        (Some(11), Some(0), Some("fixed standardDSv5Family quota short "), 0),
        (Some(11), None, Some("no-longer-told standardDSv5Family quota short "), 0),
        (None, Some(11), Some("new standardDSv5Family quota short  "), 1),
        (Some(0), Some(1), None, 0),
    ];
    for (before, after, row, worse) in cases {
        with_quota(&folder, "old", before);
        with_quota(&folder, "new", after);
        let told: Vec<String> = parts(&folder).into_iter().filter(|row| row.contains(" quota ")).collect();
        match row {
            Some(row) => {
                assert!(told.len() == 1 && told[0].starts_with(row) && told[0].ends_with(" site"), "{told:#?}");
            }
            None => assert!(told.is_empty(), "{told:#?}"),
        }
        let json = changes(&folder);
        let by_finding = json["changed"].as_array().unwrap().iter().any(|change| change["turn"] == "new");
        assert_eq!(code(&folder), i32::from(worse == 1 || by_finding), "{before:?} {after:?}");
    }
}

#[test]
fn storage_accounts_are_told_by_name_with_the_machines_on_them() {
    let folder = Folder::new("diff-plan-accounts");
    let list = |name: &str| {
        format!(
            "Azure resource name,Azure resource type,Azure region,SKU,Kind\n{name},Microsoft.Storage/storageAccounts,northeurope,Standard_LRS,StorageV2\n"
        )
    };
    let more = ["--region", "northeurope"];
    let rows = [machine("a", 1, "4096", "100")];
    visit(&folder, "old", &rows, &more);
    folder.put("new-in/accounts.csv", list("stlogs1"));
    visit(&folder, "new", &rows, &more);
    let told: Vec<String> = parts(&folder).into_iter().filter(|row| row.contains(" storage-account ")).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told.iter().any(|row| row.starts_with("came stlogs1 storage-account machines, ") && row.ends_with("  1 site")),
        "{told:#?}"
    );
    assert!(told.iter().any(|row| row.starts_with("gone  storage-account machines, ")), "those to be made: {told:#?}");
    let text = diff(&folder, &[]).out;
    assert!(text.contains("storage accounts to be"), "{text}");
}

#[test]
fn an_assessment_without_a_plan_says_so_in_words_and_is_not_compared() {
    let folder = Folder::new("diff-plan-none");
    let rows = [machine("a", 1, "4096", "100")];
    visit(&folder, "old", &rows, &["--no-plan"]);
    visit(&folder, "new", &rows, &[]);
    let of = |folder: &Folder| (diff(folder, &[]).out.replace('\n', " "), changes(folder)["plan"]["held_by"].clone());
    let (text, held) = of(&folder);
    assert!(text.contains("Nothing changed.") && text.contains("The earlier assessment holds no plan"), "{text}");
    assert_eq!((held, code(&folder)), (Value::from("new"), 0));
    visit(&folder, "old", &rows, &[]);
    visit(&folder, "new", &rows, &["--no-plan"]);
    let (text, held) = of(&folder);
    assert!(text.contains("The later assessment holds no plan"), "{text}");
    assert_eq!(held, Value::from("old"));
    visit(&folder, "old", &rows, &["--no-plan"]);
    let (text, held) = of(&folder);
    assert!(!text.contains("holds no plan"), "{text}");
    assert_eq!(held, Value::from("neither"));
    // A record of before wishes were told: the sizes are compared, and who made them otherwise is not claimed.
    visit_of(&folder, "old", &format!("{}\n{}\n", super::HEAD, machine("a", 1, "4096", "100")), &[]);
    visit_of(&folder, "new", &format!("{}\n{}\n", super::HEAD, machine("a", 1, "32768", "100")), &[]);
    let mut record: Value = serde_json::from_str(&folder.text("old-out/assessment.json")).unwrap();
    record["plan"].as_object_mut().unwrap().remove("wishes").unwrap();
    folder.put("old-out/assessment.json", record.to_string());
    let told = parts(&folder);
    assert!(told.iter().any(|row| row.starts_with("changed a vm size ") && row.ends_with(" several")), "{told:#?}");
}

#[test]
fn every_report_of_a_later_set_tells_the_plan_as_the_comparison_does() {
    let folder = Folder::new("diff-plan-since");
    visit(&folder, "old", &[machine("a", 1, "4096", "100")], &[]);
    visit(&folder, "new", &[machine("a", 1, "30000", "100")], &[]);
    let fixed = ["assess", "new-in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv,json,html,pdf,xlsx"];
    let run = folder.run(&[&fixed, super::ROAD.as_slice(), &["--since", "old-out"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(folder.text("out/changes.csv"), diff(&folder, &["--format", "csv"]).out);
    let record: Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
    assert_eq!(record["changes"]["plan"], changes(&folder)["plan"]);
    assert!(folder.text("out/report.html").contains("Machine in the plan"));
}
