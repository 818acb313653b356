//! SQL over the tables of exports, of written sets and of Parquet folders: the same question, the same answer.

use std::collections::BTreeMap;
use std::fs;

use klar::query::{Query, Tables};
use klar::tables::{Inventory, schema};
use polars::prelude::SerReader;

use super::binary::{Folder, Run};

const HEADING: &str = "VM,VM host,Site,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";

/// Two sites as exports, and as sets of reports of each kind.
fn sites(name: &str, format: &str) -> Folder {
    let folder = Folder::new(name);
    folder
        .put(
            "in/berg/machines.csv",
            format!("{HEADING}=web-01,hv01,Room 4,Windows Server 2022,2,4,16,127\ndb-01,hv01,,Windows Server 2019,1,8,64,4500\n"),
        )
        .put("in/dal/machines.csv", format!("{HEADING}web-02,hv09,,Windows Server 2016,2,2,8,127\n"));
    let run = folder.run(&["assess", "--each", "in", "-o", "out", "--as-of", "2026-11-22", "--format", format]);
    assert_eq!(run.code, 0, "{}", run.err);
    folder
}

fn ask(folder: &Folder, sql: &str, paths: &[&str]) -> Run {
    let run = folder.run(&[&["query", sql], paths, &["--as-of", "2026-11-22"]].concat());
    assert_eq!(run.code, 0, "{sql}: {}", run.err);
    run
}

fn refused(folder: &Folder, sql: &str) -> String {
    let run = folder.run(&["query", sql, "out"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{sql}");
    run.err
}

const EACH_SITE: &str = "SELECT site, COUNT(*) AS machines, SUM(memory_mib) AS memory FROM vms GROUP BY site";

#[test]
fn exports_sets_and_parquet_folders_answer_alike() {
    let folder = sites("query-alike", "csv,parquet,json");
    let expected =
        "site  machines  memory\n----  --------  ------\nberg         2   81920\ndal          1    8192\n\n2 rows\n";
    assert_eq!(ask(&folder, EACH_SITE, &["out"]).out, expected, "a folder of sets");
    assert_eq!(ask(&folder, EACH_SITE, &["out/dal", "out/berg"]).out, expected, "sets");
    assert_eq!(ask(&folder, EACH_SITE, &["out/berg/parquet", "out/dal/parquet/vms.parquet"]).out, expected);
    assert_eq!(ask(&folder, EACH_SITE, &["out/dal", "in/berg"]).out, expected, "a set and exports");
    // What no typed file holds is read from CSV, as it was before a spreadsheet was kept from running it.
    let asked = "SELECT site, vm, exported_site, memory_mib, checked > 0 AS is_checked FROM vms ORDER BY vm";
    let typed = ask(&folder, asked, &["out"]).out;
    assert!(typed.contains("berg  =web-01  Room 4") && typed.contains("true"), "{typed}");
    for site in ["berg", "dal"] {
        fs::remove_dir_all(folder.path(&format!("out/{site}/parquet"))).unwrap();
        let manifest = folder.text(&format!("out/{site}/manifest.json")).replace("parquet/", "elsewhere/");
        folder.put(&format!("out/{site}/manifest.json"), manifest);
    }
    assert_eq!(ask(&folder, asked, &["out"]).out, typed);
    assert_eq!(ask(&folder, EACH_SITE, &["out"]).out, expected);
    let dates = "SELECT DISTINCT document_date FROM findings WHERE document_date > DATE '2020-01-01'";
    let judged = ask(&folder, dates, &["in/berg", "--site", "berg"]).out;
    assert!(judged.contains("2026-") && judged == ask(&folder, dates, &["out/berg"]).out, "{judged}");
    folder.put("out/dal/vms.csv", folder.text("out/dal/vms.csv").replace(",8192,", ",much,"));
    let run = folder.run(&["query", EACH_SITE, "out"]);
    assert!(run.code == 2 && run.err.contains("row 2: `much` in the column memory_mib"), "{}", run.err);
}

#[test]
fn an_answer_is_a_table_csv_json_or_parquet() {
    let folder = sites("query-forms", "parquet");
    let sql =
        "SELECT vm, generation = 2 AS second, memory_mib / 1000.0 AS thousands, NULL AS nothing FROM vms ORDER BY vm";
    let run = |more: &[&str]| folder.run(&[&["query", sql, "out"], more].concat());
    let csv = run(&["--format", "csv"]).out;
    assert_eq!(csv, "vm,second,thousands,nothing\n'=web-01,true,16.384,\ndb-01,false,65.536,\nweb-02,true,8.192,\n");
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "json"]).out).unwrap();
    assert_eq!(json[0], serde_json::json!({"vm": "=web-01", "second": true, "thousands": 16.384, "nothing": null}));
    assert_eq!(run(&["--format", "csv", "-o", "answer.csv"]).code, 0);
    assert_eq!(folder.text("answer.csv"), csv);
    let again = run(&["--format", "csv", "-o", "answer.csv"]);
    assert!(again.code == 2 && again.err.contains("name a file that is not there yet"), "{}", again.err);
    assert!(run(&["--format", "parquet"]).err.contains("name one with --output"));
    let sql = "SELECT site, vm, memory_mib FROM vms";
    assert_eq!(folder.run(&["query", sql, "out", "--format", "parquet", "-o", "answer.parquet"]).code, 0);
    let bytes = std::io::Cursor::new(fs::read(folder.path("answer.parquet")).unwrap());
    let frame = polars_io::parquet::read::ParquetReader::new(bytes).finish().unwrap();
    assert_eq!((frame.shape(), frame.get_column_names_str()), ((3, 3), vec!["site", "vm", "memory_mib"]));
    // Texts that are long are folded; columns that are many are told row by row.
    let wide = ask(
        &folder,
        "SELECT vm, requirement, remedy FROM (SELECT subject AS vm, requirement, remedy FROM findings) AS f",
        &["out"],
    )
    .out;
    assert!(wide.lines().all(|line| line.chars().count() <= 80) && wide.lines().count() > 20, "{wide}");
    let many = ask(&folder, "SELECT * FROM vms ORDER BY vm", &["out"]).out;
    assert!(many.contains("row 1\n") && many.contains("  exported_site") && many.ends_with("3 rows\n"), "{many}");
}

#[test]
fn tables_are_told_with_columns_and_types() {
    let folder = sites("query-tables", "csv,parquet");
    for (paths, parts) in [(&["out"][..], true), (&["in/berg"], true)] {
        let run = folder.run(&[&["query", "--tables"], paths, &["--format", "csv"]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let lines: Vec<&str> = run.out.lines().collect();
        assert_eq!(lines[0], "table,column,type");
        for line in
            ["vms,site,text", "vms,memory_mib,whole number", "findings,document_date,day", "vms,exported_site,text"]
        {
            assert!(lines.contains(&line), "{line}: {}", run.out);
        }
        assert_eq!(
            lines.contains(&"disks,legacy,true or false") || lines.contains(&"nics,legacy,true or false"),
            parts
        );
    }
    let run = folder.run(&["query", "--tables", "out/berg"]);
    assert!(run.out.contains("table") && run.out.contains("rows\n"), "{}", run.out);
}

#[test]
fn what_is_wrong_is_told_in_plain_words() {
    let folder = sites("query-wrong", "parquet");
    for (sql, told) in [
        ("SELECT * FROM machines", "there is no table `machines`; "),
        ("SELECT * FROM finding", "there is no table `finding`; near it: findings; there are accounts, "),
        ("SELECT host FROM vms GROUP BY host HAVING MIN(generation) = 1", "where the query names `generation`"),
        ("SELECT host, COUNT(*) FROM vms GROUP BY ALL", "GROUP BY ALL is not understood"),
        ("SELECT memory FROM vms", "there is no column `memory`; near it: memory_mib (in vms)"),
        ("SELECT vm FROM vms WHERE guestos = 'x'", "there is no column `guestos`; near it: guest_os (in vms)"),
        ("SELECT v.memry_mib FROM vms AS v", "there is no column `memry_mib`; near it: memory_mib"),
        ("SELECT x.vm FROM vms AS v", "there is no table `x`"),
        ("SELEKT vm FROM vms", "not SQL: "),
        ("SELECT vm FROM vms WHERE", "not SQL: "),
        ("", "a query is one SELECT"),
        ("SELECT vm FROM vms; SELECT 1", "a query is one SELECT"),
        ("DROP TABLE vms", "a query is one SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "cannot be answered"),
        ("SELECT nonsense(vm) FROM vms", "cannot be answered"),
    ] {
        let err = refused(&folder, sql);
        assert!(err.starts_with("klar: ") && err.contains(told), "{sql}: {err}");
        assert!(!err.contains("polars") && !err.contains("LogicalPlan") && err.lines().count() < 3, "{sql}: {err}");
    }
    let missing = folder.run(&["query", "SELECT 1", "nowhere"]);
    assert!(missing.code == 2 && missing.err.contains("nowhere: cannot be opened"), "{}", missing.err);
    folder.put("out/berg/parquet/vms.parquet", "PAR1 cut off");
    let damaged = refused(&folder, "SELECT vm FROM vms");
    assert!(damaged.contains("out/berg/parquet/vms.parquet: is no Parquet file, or a damaged one"), "{damaged}");
}

#[test]
fn only_what_the_query_names_is_read() {
    let folder = sites("query-only", "parquet");
    // Every file but that of the machines is of no use, and nobody looks.
    for site in ["berg", "dal"] {
        for name in folder.names(&format!("out/{site}/parquet")) {
            if name != "vms.parquet" {
                folder.put(&format!("out/{site}/parquet/{name}"), "spoiled");
            }
        }
    }
    assert!(ask(&folder, EACH_SITE, &["out"]).out.contains("berg"));
    assert!(refused(&folder, "SELECT * FROM findings").contains("findings.parquet"));
    let heads: Vec<_> = Inventory::Vms.heads().collect();
    let tables: Tables = BTreeMap::from([("vms".to_owned(), schema(&heads)), ("disks".to_owned(), schema(&heads))]);
    for (sql, columns) in [
        ("SELECT vm FROM vms WHERE memory_mib > 1", vec!["memory_mib", "vm"]),
        ("SELECT COUNT(*) FROM vms", vec!["vm"]),
        ("SELECT vm FROM (SELECT * FROM vms) AS v", vec!["vm"]),
        (
            "SELECT host, MAX(vcpus) AS most FROM vms WHERE generation = 1 GROUP BY host HAVING most > 1",
            vec!["generation", "host", "vcpus"],
        ),
    ] {
        let mut query = Query::read(sql).unwrap();
        let only: Tables =
            tables.iter().filter(|(name, _)| query.names(name)).map(|(n, s)| (n.clone(), s.clone())).collect();
        let mut asked = query.asks(&only, &["disks", "vms"]).unwrap();
        let mut read = asked.remove("vms").unwrap();
        read.sort();
        assert_eq!((read, asked.len()), (columns.into_iter().map(str::to_owned).collect(), 0), "{sql}");
    }
    let mut both = Query::read("SELECT v.vm, d.host FROM vms AS v JOIN disks AS d ON v.vm_id = d.vm_id").unwrap();
    let asked = both.asks(&tables, &["disks", "vms"]).unwrap();
    assert!(asked["vms"].len() < 4 && asked["disks"].len() < 4, "{asked:?}");
}

#[test]
fn rows_come_in_the_same_order_every_time() {
    let folder = Folder::new("query-order");
    let row = |row: u32| format!("vm-{row:03},hv{:02},,Windows Server 2022,2,4,16,127\n", row % 37);
    let rows = (0..400).map(row).collect::<Vec<_>>().concat();
    folder.put("in/a/machines.csv", format!("{HEADING}{rows}"));
    assert_eq!(folder.run(&["assess", "in/a", "-o", "out", "--format", "parquet"]).code, 0);
    for sql in [
        "SELECT host, COUNT(*) AS n FROM vms GROUP BY host",
        "SELECT host, COUNT(*) AS n FROM vms GROUP BY host ORDER BY n",
        "SELECT DISTINCT host FROM vms",
        "SELECT a.vm, b.host FROM vms AS a JOIN vms AS b ON a.host = b.host",
        "SELECT host FROM vms UNION SELECT vm AS host FROM vms",
        "SELECT host, n FROM (SELECT host, cluster, COUNT(*) AS n, SUM(vcpus) AS v FROM vms GROUP BY 1, 2) AS h",
        "SELECT host AS h, MIN(vm) AS first FROM vms GROUP BY host",
        "SELECT host FROM vms UNION ALL SELECT vm AS host FROM vms ORDER BY host DESC LIMIT 5",
        "WITH n AS (SELECT host, COUNT(*) AS n FROM vms GROUP BY host) SELECT * FROM n",
        "SELECT host, COUNT(*) AS n FROM vms GROUP BY host LIMIT 3",
    ] {
        let first = ask(&folder, sql, &["out"]).out;
        for _ in 0..3 {
            assert!(ask(&folder, sql, &["out"]).out == first, "{sql}");
        }
    }
    let united =
        ask(&folder, "SELECT vm FROM vms UNION SELECT host AS vm FROM vms ORDER BY vm DESC LIMIT 2", &["out"]).out;
    assert_eq!(united, "vm\n------\nvm-399\nvm-398\n\n2 rows\n");
    let limited = ask(&folder, "SELECT host, COUNT(*) AS n FROM vms GROUP BY host LIMIT 2", &["out"]).out;
    assert_eq!(limited, "host   n\n----  --\nhv00  11\nhv01  11\n\n2 rows\n");
}

#[test]
fn what_an_older_set_has_no_column_for_is_not_known_there() {
    let folder = sites("query-older", "parquet");
    let cut = "SELECT site, vm FROM vms";
    assert_eq!(folder.run(&["query", cut, "out/dal", "--format", "parquet", "-o", "old/vms.parquet"]).code, 2);
    fs::create_dir_all(folder.path("old")).unwrap();
    assert_eq!(folder.run(&["query", cut, "out/dal", "--format", "parquet", "-o", "old/vms.parquet"]).code, 0);
    let both = ask(&folder, "SELECT vm, host FROM vms ORDER BY vm", &["out/berg", "old"]).out;
    assert!(both.contains("web-02\n") && both.contains("db-01    hv01"), "{both}");
    assert!(
        ask(&folder, "SELECT COUNT(*) AS n, COUNT(host) AS known FROM vms", &["old", "out/berg"])
            .out
            .contains("3      2")
    );
}
