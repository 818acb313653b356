//! Columns that the configuration carries through to the machines: in every form, to choose by, and told where they miss.

use serde_json::Value;

use super::binary::{Folder, Run};

const ROAD: [&str; 2] = ["--against", "site-recovery@2026-10"];

fn assess(folder: &Folder, columns: &str, more: &[&str]) -> Run {
    folder.put("klar.toml", format!("[carry]\ncolumns = [{columns}]\n"));
    folder.assess(&[&ROAD[..], &["--config", "klar.toml"], more].concat())
}

/// The cells of a column of vms.csv, by the machine.
fn column(folder: &Folder, name: &str) -> Vec<(String, String)> {
    let rows = folder.rows("out/vms.csv");
    let place = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| (row[0].clone(), row[place].clone())).collect()
}

fn told(folder: &Folder, name: &str) -> Vec<String> {
    column(folder, name).into_iter().map(|(vm, value)| format!("{vm}: {value}")).collect()
}

const LIST: &str = "\
VM name,Host,OS disk (GB),Budget  Code,Förvaltare,Next review,Owner
web-01,hv-1,100,4711,Ida,2026-12-01,Anna
web-02,hv-1,100,0815,Bo,n/a,Anna
db-01,hv-2,100,4711,,,Bo
";

#[test]
fn a_column_is_carried_by_its_heading_whatever_its_case_spaces_and_accents() {
    let folder = Folder::new("carry-heading");
    folder.put("in/list.csv", LIST);
    let run = assess(&folder, "\"budget code\", \"FORVALTARE\", \"Next-Review\"", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let heads = &folder.rows("out/vms.csv")[0];
    assert_eq!(
        heads[heads.len() - 3..],
        ["budget code", "FORVALTARE", "Next-Review"],
        "at the end, in the order asked for"
    );
    assert_eq!(told(&folder, "budget code"), ["web-01: 4711", "web-02: 0815", "db-01: 4711"]);
    assert_eq!(told(&folder, "FORVALTARE"), ["web-01: Ida", "web-02: Bo", "db-01: "]);
    assert_eq!(told(&folder, "Next-Review"), ["web-01: 2026-12-01", "web-02: ", "db-01: "], "n/a says nothing");
    let columns = folder.rows("out/columns.csv");
    let row = columns.iter().find(|row| row.contains(&"Budget  Code".to_owned())).unwrap();
    assert!(row.iter().any(|cell| cell.contains("carried through")), "{row:?}");
    // Without the configuration there is no such column.
    folder.assess(&ROAD);
    assert!(!folder.rows("out/vms.csv")[0].contains(&"budget code".to_owned()));
}

#[test]
fn a_column_that_is_called_as_one_of_ours_says_that_it_is_carried() {
    let folder = Folder::new("carry-names");
    folder.put("in/list.csv", LIST);
    let run = assess(&folder, "\"Owner\", \"Host\"", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let heads = &folder.rows("out/vms.csv")[0];
    assert_eq!(heads[heads.len() - 2..], ["Owner (carried)", "Host (carried)"]);
    assert_eq!(told(&folder, "owner"), told(&folder, "Owner (carried)"));
}

#[test]
fn the_first_value_of_a_machine_stands_and_differing_ones_are_told() {
    let folder = Folder::new("carry-rows");
    folder.put(
        "in/disks.csv",
        "VM name,Disk,Size (GB),Budget code\nweb-01,a.vhdx,100,\nweb-01,b.vhdx,50,4711\nweb-01,c.vhdx,50,9999\nweb-02,d.vhdx,100,0815\nweb-02,e.vhdx,50,0815\n",
    );
    let run = assess(&folder, "\"Budget code\"", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(told(&folder, "Budget code"), ["web-01: 4711", "web-02: 0815"]);
    let said = run.out.replace('\n', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("1 machine has more than one value under Budget code, such as web-01: 4711 and 9999."),
        "{said}"
    );
    assert!(!said.contains("0815"), "the same value twice is one: {said}");
}

#[test]
fn tables_of_adapters_drives_details_and_mentions_carry_too() {
    let folder = Folder::new("carry-tables");
    folder.put("in/list.csv", "VM name,Host,OS disk (GB)\nweb-01,hv-1,100\nweb-02,hv-1,100\n");
    folder.put("in/nics.csv", "VMName,Name,MacAddress,SwitchName,IPAddresses,Racket\nweb-01,Net,00155D010203,sw,10.0.0.4,blue\nweb-02,Net,00155D010204,sw,10.0.0.5,red\n");
    folder.put("in/jobs.csv", "Job name,VM name,Backup policy,Last backup,Kassa\nnight,web-02,gold,2026-11-01,K7\n");
    let run = assess(&folder, "\"Racket\", \"Kassa\"", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(told(&folder, "Racket"), ["web-01: blue", "web-02: red"]);
    assert_eq!(told(&folder, "Kassa"), ["web-01: ", "web-02: K7"]);
}

#[test]
fn every_form_of_report_has_the_column() {
    let folder = Folder::new("carry-forms");
    folder.put("in/list.csv", LIST);
    folder.put("klar.toml", "[carry]\ncolumns = [\"Budget code\"]\n");
    let forms = ["--format", "csv,json,xlsx,html,parquet"];
    let fixed = ["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--config", "klar.toml"];
    let run = folder.run(&[&fixed[..], &ROAD, &forms].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let record: Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
    assert_eq!(record["machines"][1]["carried"], serde_json::json!([["Budget code", "0815"]]));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path("out/report.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Machines").unwrap();
    let cells: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    assert!(cells.iter().any(|cell| cell.eq_ignore_ascii_case("budget code")) && cells.contains(&"0815".to_owned()));
    assert!(super::html::data(&folder.text("out/report.html")).contains("0815"));
    let asked = "SELECT \"Budget code\" AS code, COUNT(*) AS n FROM vms GROUP BY \"Budget code\" ORDER BY code";
    let csv = folder.run(&["query", asked, "out", "--format", "csv"]);
    assert_eq!((csv.code, csv.out.as_str()), (0, "code,n\n0815,1\n4711,2\n"), "{}", csv.err);
    // Another assessment tells that the value changed, and that no requirement judges by it.
    folder.put("in/list.csv", LIST.replace("0815", "0816"));
    let fixed = ["assess", "in", "-o", "new", "--as-of", "2026-11-22", "--config", "klar.toml", "--format", "json"];
    assert_eq!(folder.run(&[&fixed[..], &ROAD].concat()).code, 0);
    let diff = folder.run(&["diff", "out", "new", "--format", "csv"]);
    assert!(diff.out.contains("carried: Budget code,0815,0816"), "{}", diff.out);
}

#[test]
fn machines_are_chosen_by_a_column_that_is_carried_and_by_no_other() {
    let folder = Folder::new("carry-only");
    folder.put("in/list.csv", LIST);
    let run = assess(
        &folder,
        "\"Budget code\", \"Förvaltare\"",
        &["--only", "budget-code=4711", "--only", "forvaltare=ida, bo"],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(told(&folder, "vm"), ["web-01: web-01"]);
    let run = assess(&folder, "\"Budget code\"", &["--only", "BUDGET CODE="]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("leaves none of 3 machines"), "{}", run.err);
    let run = assess(&folder, "\"Budget code\"", &["--only", "colour=red"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("machines are not chosen by `colour`; choose by owner, ") && run.err.contains("Budget code"),
        "{}",
        run.err
    );
}

#[test]
fn a_heading_that_stands_nowhere_is_told_with_what_comes_near() {
    let folder = Folder::new("carry-nowhere");
    folder.put("in/list.csv", LIST);
    folder.put(
        "in/hosts.csv",
        "Host name,Host operating system,Rack row\nhv-1,Windows Server 2019,R4\nhv-2,Windows Server 2019,R5\n",
    );
    let said = |columns: &str| {
        let run = assess(&folder, columns, &[]);
        assert_eq!(run.code, 0, "{}", run.err);
        run.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = said("\"Budgit code\"");
    assert!(
        text.contains("[carry] names the column Budgit code, which no input has")
            && text.contains("Near it: Budget Code"),
        "{text}"
    );
    let text = said("\"Zzzzzzzzzzzzzzz\"");
    assert!(
        text.contains("which no input has; nothing is carried through. klar inspect shows every heading."),
        "{text}"
    );
    let text = said("\"Rack row\"");
    assert!(text.contains("which stands only in tables that do not tell of machines"), "{text}");
    assert_eq!(told(&folder, "Rack row"), ["web-01: ", "web-02: ", "db-01: "], "the column is there all the same");
}

#[test]
fn what_no_heading_can_be_is_refused_with_its_line() {
    let folder = Folder::new("carry-refused");
    folder.put("in/list.csv", LIST);
    for (columns, why) in [
        ("\"--\"", "klar.toml, line 2, columns: names a heading without a letter or digit"),
        ("\"Budget code\", \"budget-CODE\"", "klar.toml, line 2, columns: names a heading twice"),
    ] {
        let run = assess(&folder, columns, &[]);
        assert_eq!(run.code, 2, "{columns}");
        assert!(run.err.contains(why), "{}", run.err);
    }
    folder.put("klar.toml", "[carry]\ncolumn = [\"x\"]\n");
    assert_eq!(folder.assess(&["--config", "klar.toml"]).code, 2);
}

#[test]
fn secrets_and_formulas_under_a_carried_heading_are_no_different_from_others() {
    let folder = Folder::new("carry-secrets");
    folder.put(
        "in/list.csv",
        "VM name,Host,OS disk (GB),=Anteckning\nweb-01,hv-1,100,password=Hemligt9x\nweb-02,hv-1,100,=1+1\n",
    );
    let run = assess(&folder, "\"=Anteckning\"", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = folder.text("out/vms.csv");
    assert!(!text.contains("Hemligt9x"), "{text}");
    assert!(text.contains("'=1+1") && text.lines().next().unwrap().ends_with(",\"'=Anteckning\""), "{text}");
}
