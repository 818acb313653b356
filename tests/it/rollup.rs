//! Many sites as one: two hundred of them by SQL, and a report that tells the worst first.

use std::collections::BTreeMap;
use std::fs;

use calamine::Reader;
use klar::catalogue::{Catalogue, Target, digest};
use klar::evaluate::{Readiness, evaluate};
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::organisation::Organisation;
use klar::report::parquet;
use klar::report::stamp::Stamp;
use klar::report::view::{Options, View};
use klar::report::xlsx::Kept;

use super::binary::Folder;

const HEADING: &str = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";

/// A few machines of a site, different from site to site: some can go and some cannot.
fn machines(site: u32) -> String {
    let row = |number: u32| {
        let (disk, cores) = ([127, 500, 4500][((site + number) % 3) as usize], 2 << (site % 4));
        let system = ["Windows Server 2022", "Windows Server 2012 R2", "Ubuntu 22.04"][(site * 7 % 3) as usize];
        format!("vm-{site}-{number},hv{},{system},{},{cores},{},{disk}\n", number % 2, 1 + number % 2, 4 * cores)
    };
    HEADING.to_owned() + &(0..=site % 5).map(row).collect::<String>()
}

#[test]
fn two_hundred_sites_are_rolled_up_by_a_query() {
    let folder = Folder::new("rollup-200");
    let catalogue = Catalogue::embedded().unwrap();
    let (edition, dialects) = (catalogue.newest(Target::AzureVm).unwrap(), Dialects::embedded());
    let mut expected: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for site in 0..200 {
        let bytes = machines(site).into_bytes();
        let source = Source { path: "machines.csv".to_owned(), sha256: digest(&bytes), bytes };
        let estate = ingest::read(&[source], &dialects);
        let assessment = evaluate(&estate, &catalogue, &[edition], jiff::civil::date(2026, 11, 22));
        let (organisation, kept) = (Organisation::default(), Kept::default());
        let stamp = Stamp { folder: format!("site-{site:03}"), ..Stamp::default() };
        let view = View {
            estate: &estate,
            assessment: &assessment,
            organisation: &organisation,
            plan: None,
            changes: None,
            stamp: &stamp,
            options: Options::default(),
            kept: &kept,
        };
        for table in view.tables_of_site().iter().filter(|table| ["vms", "findings"].contains(&table.name)) {
            let mut bytes = Vec::new();
            parquet::write(table, &mut bytes).unwrap();
            folder.put(&format!("sites/{}/{}.parquet", view.site(), table.name), bytes);
        }
        expected.insert(view.site().to_owned(), assessment.runs[0].readiness_counts().map(|(_, count)| count));
    }
    let sql = "SELECT site, COUNT(*) AS machines, \
        SUM(CASE WHEN azure_vm = 'not-ready' THEN 1 ELSE 0 END) AS not_ready, \
        SUM(CASE WHEN azure_vm = 'ready' THEN 1 ELSE 0 END) AS ready FROM vms GROUP BY site ORDER BY site";
    let run = folder.run(&["query", sql, "sites", "--format", "csv"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let rows: Vec<String> = expected
        .iter()
        .map(|(site, counts)| {
            let of = |readiness: Readiness| counts[readiness as usize];
            let all: u64 = counts.iter().sum();
            format!("{site},{all},{},{}\n", of(Readiness::NotReady), of(Readiness::Ready))
        })
        .collect();
    assert_eq!(run.out, format!("site,machines,not_ready,ready\n{}", rows.concat()));
    assert_eq!(rows.len(), 200);
    let not_ready: u64 = expected.values().map(|counts| counts[Readiness::NotReady as usize]).sum();
    assert!(not_ready > 20 && not_ready < 500, "some can go and some cannot: {not_ready}");
    // The report over them says the same.
    let run = folder.run(&["rollup", "sites", "-o", "out", "--as-of", "2026-11-22"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("at 200 sites") && run.out.contains(&format!("{not_ready} not ready")), "{}", run.out);
}

/// Three sites assessed in a form.
fn three(name: &str, format: &str) -> Folder {
    let folder = Folder::new(name);
    let site = |name: &str, rows: &str| {
        folder.put(&format!("in/{name}/machines.csv"), format!("{HEADING}{rows}"));
    };
    site("Berg", "a1,hv01,Windows Server 2022,2,4,16,127\na2,hv01,Windows Server 2022,2,4,16,5000\n");
    site("Dal", "b1,hv01,Windows Server 2022,2,4,16,5000\nb2,hv01,Windows Server 2022,1,4,16,5000\n");
    site("Ek", "c1,hv01,Windows Server 2022,2,4,16,127\n");
    let run = folder.run(&["assess", "--each", "in", "-o", "sets", "--as-of", "2026-11-22", "--format", format]);
    assert_eq!(run.code, 0, "{}", run.err);
    folder
}

/// The rows of a sheet of the workbook as texts.
fn sheet(folder: &Folder, name: &str) -> Vec<Vec<String>> {
    let mut book = calamine::open_workbook_auto(folder.path("out/rollup.xlsx")).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn sites_and_findings_stand_worst_first() {
    let folder = three("rollup-worst", "parquet");
    let run = folder.run(&["rollup", "sets", "-o", "out", "--customer", "Contoso", "--format", "pdf,xlsx,docx"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(folder.names("out"), ["manifest.json", "rollup.docx", "rollup.pdf", "rollup.xlsx"]);
    assert!(run.out.starts_with("5 machines at 3 sites\n"), "{}", run.out);
    let sites = sheet(&folder, "Sites");
    let asr: Vec<&str> = sites.iter().filter(|row| row[1] == "site-recovery").map(|row| row[0].as_str()).collect();
    assert_eq!(asr[0], "Dal", "no machine of it can go: {sites:?}");
    let dal = sites.iter().find(|row| row[0] == "Dal" && row[1] == "site-recovery").unwrap();
    assert_eq!((dal[2].as_str(), dal[6].as_str()), ("2", "2"), "machines and not ready: {dal:?}");
    let findings = sheet(&folder, "Findings");
    let first = &findings[1];
    assert_eq!((first[1].as_str(), first[2].as_str(), first[3].as_str()), ("os-disk-over-limit", "blocker", "not-met"));
    assert_eq!((first[4].as_str(), first[5].as_str(), first[9].as_str()), ("2", "3", "Dal, Berg"), "{first:?}");
    let by_site = sheet(&folder, "By site");
    assert!(by_site.iter().any(|row| row[0] == "Dal" && row[2] == "os-disk-over-limit" && row[5] == "2"));
    // The set is one that is checked like any other, and its own folder among the sites is not read as one.
    assert_eq!(folder.run(&["verify", "out"]).code, 0);
    let first: Vec<Vec<u8>> =
        ["pdf", "xlsx", "docx"].map(|form| fs::read(folder.path(&format!("out/rollup.{form}"))).unwrap()).into();
    fs::rename(folder.path("out"), folder.path("sets/all")).unwrap();
    let run = folder.run(&["rollup", "sets", "-o", "out", "--customer", "Contoso", "--format", "pdf,xlsx,docx"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for (form, before) in ["pdf", "xlsx", "docx"].iter().zip(first) {
        assert!(fs::read(folder.path(&format!("out/rollup.{form}"))).unwrap() == before, "{form}: the same bytes");
    }
}

#[test]
fn records_csv_files_and_parquet_folders_tell_the_same() {
    let mut told = Vec::new();
    for format in ["parquet", "csv", "json"] {
        let folder = three(&format!("rollup-of-{format}"), format);
        let run = folder.run(&["rollup", "sets", "-o", "out", "--format", "xlsx", "-q"]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
        told.push(["Sites", "Findings", "By site"].map(|name| sheet(&folder, name)));
    }
    assert!(told[0][1].len() > 5, "{:?}", told[0]);
    assert_eq!(told[0], told[1], "Parquet and CSV");
    assert_eq!(told[0], told[2], "Parquet and records");
}

#[test]
fn what_is_no_site_is_refused_in_words() {
    let folder = three("rollup-refused", "pdf");
    let run = folder.run(&["rollup", "sets", "-o", "out"]);
    assert!(run.code == 2 && run.err.contains("sets: holds no set of reports with tables"), "{}", run.err);
    let run = folder.run(&["rollup", "in", "-o", "out"]);
    assert!(run.code == 2 && run.err.contains("in: holds no set of reports"), "{}", run.err);
    assert!(!folder.path("out/rollup.pdf").exists());
}
