//! Reports that leave the site: no name in any byte of them, the same pseudonyms at every visit, and a way back.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use klar::ingest::Dialects;
use klar::model::{Field, Identity};
use polars::prelude::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::binary::Folder;
use super::{html, pdf};

mod handed;

const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n";
const OTHER: &str = "00000000000000000000000000000000000000000000000000000000000000ff\n";
const EVERY: &str = "pdf,csv,json,xlsx,html,docx,parquet,azure-migrate-csv,mapping";

/// What every name of the site has in it, whatever it names; nothing of Klar's has.
const SIGN: &str = "qvxzqj";
/// What else must not be told: addresses, identifiers, parts of secrets and of free texts.
const MORE: &[&str] = &[
    "10.77.88",
    "10.77.89",
    "02-ab-cd-77-88",
    "02abcd7788",
    "7a7e1111",
    "hemligt9",
    "sekretnyckel",
    "ring berta",
    "ghp_77",
];

/// A site in which each name of each kind bears the sign.
fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    let headings = "VM name,VM ID,VM host,Cluster,Cloud,Host group,VMM server,Guest OS,Computer name,Owner,Department,\
        Environment,Application,Cost centre,Wave,Tags,Description,Site,Power state,Generation,vCPUs,Memory (GB),\
        OS disk size (GB),IP addresses,MAC address,VM network,Qvxzqj eget fält\n";
    let row = |number: u32, system: &str, memory: &str, note: &str| {
        format!(
            "QVXZQJ-vm{number:02},7a7e1111-0000-0000-0000-0000000000{number:02},qvxzqjhost1.qvxzqjdom.example,qvxzqjcluster,qvxzqjcloud,\
             All Hosts\\qvxzqjgroup,qvxzqjvmm.qvxzqjdom.example,{system},qvxzqjguest{number},Qvxzqja Person,Qvxzqj dept,qvxzqjenv,Qvxzqj app,\
             qvxzqjcost,qvxzqjwave,qvxzqjtag,\"{note}\",Qvxzqj site,qvxzqjstate,1,4,{memory},3000,10.77.88.{number},02-AB-CD-77-88-{number:02},\
             qvxzqjnet,qvxzqjvalue\n"
        )
    };
    let rows = [
        row(1, "Windows Server 2022", "16", "Ring Berta. Lösenord: Hemligt9"),
        row(2, "Qvxzqj Server 9 of ours", "qvxzqjmuch", "token=ghp_77abcdefghijklmnopqrst"),
        row(3, "Windows Server 2008 R2", "8", "AccountKey=SekretNyckel77==;x"),
    ];
    folder.put("in/qvxzqj-mapp/qvxzqj-maskiner.csv", format!("{headings}{}", rows.concat()));
    folder.put(
        "in/qvxzqj-mapp/qvxzqj-diskar.csv",
        "VM name,Disk name,Path,Size (GB),Type\n\
         QVXZQJ-vm01,qvxzqjdisk,C:\\qvxzqjstore\\QVXZQJ-vm01\\qvxzqj-os.vhdx,5000,Physical\n\
         QVXZQJ-vm77,qvxzqjdisk,\\\\qvxzqjfiler\\vm\\qvxzqj-data.vhdx,100,Dynamic\n",
    );
    folder.put(
        "in/qvxzqj-hosts.csv",
        "Host name,Host operating system,Host group,Cluster\nqvxzqjhost1.qvxzqjdom.example,Windows Server 2012 R2,qvxzqjgroup,qvxzqjcluster\n\
         qvxzqjhost2,Qvxzqj OS 3,qvxzqjgroup,qvxzqjcluster\n",
    );
    folder.put(
        "in/qvxzqj-azure.json",
        r#"[{"id":"/subscriptions/7a7e1111-2222/resourceGroups/qvxzqjrg/providers/Microsoft.RecoveryServices/vaults/qvxzqjvault",
            "name":"qvxzqjvault","type":"Microsoft.RecoveryServices/vaults","location":"qvxzqjland","resourceGroup":"qvxzqjrg",
            "subscriptionId":"7a7e1111-2222"},
           {"id":"/subscriptions/7a7e1111-2222/resourceGroups/qvxzqjrg/providers/Microsoft.Network/virtualNetworks/qvxzqjvnet",
            "name":"qvxzqjvnet","type":"Microsoft.Network/virtualNetworks","location":"northeurope","resourceGroup":"qvxzqjrg",
            "addressSpace":{"addressPrefixes":["10.77.88.0/24"]},
            "subnets":[{"name":"qvxzqjsubnet","addressPrefix":"10.77.88.0/27"}]}]"#,
    );
    folder.put("in/qvxzqj-trasig.csv", "\u{1}\u{2}\0qvxzqj");
    folder.put("in/qvxzqj-annat.csv", "qvxzqjcolumn,qvxzqjother\nqvxzqjone,qvxzqjtwo\n");
    folder.put("klar-qvxzqj.toml", "[report]\ncustomer = \"Qvxzqj Customer AB\"\nsite = \"Qvxzqj Place\"\n[carry]\ncolumns = [\"qvxzqj EGET fält\"]\n");
    folder.put(
        "qvxzqj-rules.toml",
        "[[rule]]\nname = \"qvxzqj-rule\"\nwhen = \"vm NOT LIKE 'QVXZQJ%'\"\nseverity = \"blocker\"\nmessage = \"Qvxzqj message\"\n\
         remedy = \"Ask qvxzqj\"\n",
    );
    folder.put("site.key", KEY).put("other.key", OTHER);
    folder
}

/// Every text of a written set with what it is of: names, bytes, parts of zips, streams and pages of PDFs, data of pages,
/// columns of tables.
fn texts(folder: &Folder, set: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for name in folder.names(set) {
        let path = format!("{set}/{name}");
        found.push((format!("the name {name}"), name.clone().into_bytes()));
        if folder.path(&path).is_dir() {
            found.extend(texts(folder, &path));
        } else {
            found.extend(texts_of(&name, std::fs::read(folder.path(&path)).unwrap()));
        }
    }
    found
}

/// Every text of a file.
fn texts_of(name: &str, bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut texts = Vec::new();
    match name.rsplit('.').next().unwrap_or_default() {
        "xlsx" | "docx" | "zip" => {
            let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            for index in 0..zip.len() {
                let mut part = zip.by_index(index).unwrap();
                let (of, mut inflated) = (part.name().unwrap().into_owned(), Vec::new());
                part.read_to_end(&mut inflated).unwrap();
                texts.push((format!("{name}: the name {of}"), of.clone().into_bytes()));
                texts.extend(
                    texts_of(&of, inflated).into_iter().map(|(place, text)| (format!("{name}: {place}"), text)),
                );
            }
        }
        "pdf" => {
            let mut file = lopdf::Document::load_mem(&bytes).unwrap();
            file.decompress();
            for (id, object) in &file.objects {
                texts.push((format!("{name}: object {id:?}"), format!("{object:?}").into_bytes()));
                if let Ok(stream) = object.as_stream() {
                    texts.push((format!("{name}: stream {id:?}"), stream.content.clone()));
                }
            }
            texts.push((format!("{name}: its pages"), pdf::words(&bytes).into_bytes()));
        }
        "html" => {
            let data = html::data(&String::from_utf8(bytes.clone()).unwrap());
            texts.push((format!("{name}: its data"), data.into_bytes()));
        }
        "parquet" => {
            let frame = ParquetReader::new(Cursor::new(bytes.clone())).finish().unwrap();
            for column in frame.get_columns() {
                let values = column.as_materialized_series().iter().map(|value| value.to_string()).collect::<Vec<_>>();
                texts.push((format!("{name}: {}", column.name()), values.join("\n").into_bytes()));
                texts.push((format!("{name}: a column"), column.name().to_string().into_bytes()));
            }
        }
        _ => {}
    }
    texts.push((name.to_owned(), bytes));
    texts
}

/// The places of a set in which one of some texts stands, in UTF-8 or UTF-16, whatever its case.
fn leaks(texts: &[(String, Vec<u8>)], names: &[String]) -> Vec<String> {
    let mut leaks = Vec::new();
    for (place, bytes) in texts {
        let small = bytes.to_ascii_lowercase();
        // Every other byte of UTF-16 of plain letters is nought, whichever comes first.
        let halves = [0, 1].map(|first| small.iter().skip(first).step_by(2).copied().collect::<Vec<u8>>());
        let lossy = String::from_utf8_lossy(&small).to_lowercase();
        let wide = halves.map(|half| String::from_utf8_lossy(&half).into_owned());
        for name in names {
            let sought = name.to_lowercase();
            if lossy.contains(&sought) || wide.iter().any(|half| half.contains(&sought)) {
                let at = lossy.find(&sought).unwrap_or_default();
                let start =
                    (0..=at.saturating_sub(60)).rev().find(|at| lossy.is_char_boundary(*at)).unwrap_or_default();
                leaks.push(format!("{place}: {name} in {}", lossy[start..].chars().take(140).collect::<String>()));
            }
        }
    }
    leaks
}

fn signs() -> Vec<String> {
    std::iter::once(&SIGN).chain(MORE).map(|sign| (*sign).to_owned()).collect()
}

const FIXED: [&str; 12] = [
    "assess",
    "in",
    "-o",
    "out",
    "--as-of",
    "2026-11-22",
    "--format",
    EVERY,
    "--pdf-detail",
    "full",
    "--findings",
    "all",
];
const SITE: [&str; 4] = ["--config", "klar-qvxzqj.toml", "--rules", "qvxzqj-rules.toml"];

#[test]
fn no_name_of_the_site_is_in_any_byte_of_a_redacted_set() {
    let folder = site("redact-every");
    let open = folder.run(&[&FIXED[..], &SITE].concat());
    assert_eq!(open.code, 0, "{}", open.err);
    let told = texts(&folder, "out");
    for place in [
        "report.xlsx: xl/",
        "report.pdf: its pages",
        "report.html: its data",
        "report.docx: word/document.xml",
        "vms.parquet: vm",
        "vms.csv",
        "manifest.json",
    ] {
        let is_found =
            told.iter().any(|one| one.0.starts_with(place) && !leaks(std::slice::from_ref(one), &signs()).is_empty());
        assert!(is_found, "without --redact, names are found in {place}");
    }
    let secrets = ["hemligt9", "sekretnyckel", "ghp_77"].map(str::to_owned);
    assert_eq!(leaks(&told, &secrets), Vec::<String>::new(), "secrets are never told");
    assert!(folder.text("out/assessment.json").contains("what looks like a password, key or token"));
    assert!(!folder.path("out-names.csv").exists());

    let run = folder.run(&[&FIXED[..], &SITE, &["--redact", "--redact-key", "site.key"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let mut told = texts(&folder, "out");
    told.push(("the terminal".to_owned(), [run.out.as_bytes(), run.err.as_bytes()].concat()));
    let found = leaks(&told, &signs());
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.into_iter().take(60).collect::<Vec<_>>().join("\n"));
    let verified = folder.run(&["verify", "out"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let again = folder.run(&["verify", "out", "--rerun", "in"]);
    assert!(again.code == 2 && again.err.contains("the set is redacted"), "{}", again.err);
}

/// A table with the headings of an export: a row of names alone, and one with numbers where no name may stand.
fn of_export(name: &str, text: &str) -> Option<String> {
    let export: toml::Table = toml::from_str(text).unwrap();
    let texts = |value: &toml::Value| -> Vec<String> {
        let list = value.get("headings").unwrap_or(value).as_array().cloned().unwrap_or_default();
        list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let mut columns: Vec<(String, Option<Field>)> = Vec::new();
    for (key, meaning) in export.get("columns").and_then(toml::Value::as_table).into_iter().flatten() {
        let field = Field::ALL.iter().copied().find(|field| field.key() == key);
        columns.extend(texts(meaning).into_iter().next().map(|heading| (heading, field)));
    }
    for signature in export.get("signatures").and_then(toml::Value::as_array).into_iter().flatten().take(1) {
        for heading in texts(signature) {
            if columns.iter().all(|(known, _)| *known != heading) {
                columns.push((heading, None));
            }
        }
    }
    let names = |row: usize| {
        columns.iter().enumerate().map(move |(number, (_, field))| match field {
            Some(Field::AzureType) if row == 2 => "Microsoft.RecoveryServices/vaults".to_owned(),
            Some(Field::NicAddresses) => format!("10.77.89.{number}"),
            Some(field) if row == 2 && field.identity() == Identity::Free => "4".to_owned(),
            Some(_) | None => format!("qvxzqj-{name}-{number}-{row}"),
        })
    };
    let heading = columns.iter().map(|(heading, _)| heading.clone()).chain(["Qvxzqj kolumn".to_owned()]);
    let rows = (1..=2).map(|row| names(row).chain([format!("qvxzqj more {row}")]).collect::<Vec<_>>().join(";"));
    let lines: Vec<String> = std::iter::once(heading.collect::<Vec<_>>().join(";")).chain(rows).collect();
    (columns.len() > 1).then(|| lines.join("\n"))
}

#[test]
fn no_name_in_any_column_of_any_known_export_is_told() {
    let folder = Folder::new("redact-exports");
    folder.put("site.key", KEY);
    let mut files = 0;
    for (name, text) in Dialects::files() {
        if let Some(table) = of_export(name, text) {
            folder.put(&format!("in/qvxzqj-{name}.csv"), table);
            files += 1;
        }
    }
    assert!(files > 50, "{files} exports");
    let run = folder.run(&[&FIXED[..], &["--redact", "--redact-key", "site.key"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let recognised = folder.rows("out/inputs.csv").iter().filter(|row| row[2] != "not recognised").count();
    assert!(recognised * 10 > files * 8, "{recognised} of {files}");
    assert!(folder.rows("out/vms.csv").len() > 10);
    let mut told = texts(&folder, "out");
    told.push(("the terminal".to_owned(), [run.out.as_bytes(), run.err.as_bytes()].concat()));
    let found = leaks(&told, &signs());
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.into_iter().take(60).collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_name_of_a_sample_is_in_any_byte_of_a_redacted_set() {
    let folder = Folder::new("redact-sample");
    folder.put("site.key", KEY);
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/tallvik");
    let set = ["assess", sample, "--as-of", "2026-11-22", "--quiet", "--findings", "all"];
    let open = folder.run(&[&set[..], &["-o", "open", "--format", "csv"]].concat());
    assert_eq!(open.code, 0, "{}", open.err);
    let mut names = BTreeSet::new();
    for (file, columns) in [
        ("vms", &["vm", "vm_id", "host", "cluster", "cloud", "owner", "department", "application"][..]),
        ("plan_disks", &["disk"]),
    ] {
        let rows = folder.rows(&format!("open/{file}.csv"));
        for column in columns {
            let Some(place) = rows[0].iter().position(|head| head == column) else { continue };
            // A name without a number may be a word of Klar's own: "EXCHANGE", "Guests".
            let is_telling = |name: &String| name.len() > 5 && name.bytes().any(|byte| byte.is_ascii_digit());
            names.extend(rows[1..].iter().map(|row| row[place].clone()).filter(is_telling));
        }
    }
    assert!(names.len() > 150, "{}", names.len());
    let run =
        folder.run(&[&set[..], &["-o", "out", "--format", EVERY, "--redact", "--redact-key", "site.key"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let names: Vec<String> = names.into_iter().collect();
    // Objects of a PDF are told as streams and pages; their inner form would take long to spell out.
    let told: Vec<_> = texts(&folder, "out").into_iter().filter(|(place, _)| !place.contains(": object")).collect();
    let found = leaks(&told, &names);
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.into_iter().take(60).collect::<Vec<_>>().join("\n"));
    assert_eq!(folder.rows("out/vms.csv").len(), folder.rows("open/vms.csv").len());
    let column = |set: &str, name: &str| -> Vec<String> {
        let rows = folder.rows(&format!("{set}/vms.csv"));
        let place = rows[0].iter().position(|head| head == name).unwrap();
        rows[1..].iter().map(|row| row[place].clone()).collect()
    };
    for judged in ["site_recovery", "azure_migrate", "azure_vm", "blockers", "generation", "guest_os_product"] {
        assert_eq!(column("out", judged), column("open", judged), "{judged} is the same under pseudonyms");
    }
}

#[test]
fn one_secret_gives_the_same_pseudonyms_at_every_visit_and_the_map_turns_them_back() {
    let folder = site("redact-again");
    let visit = |key: &str, out: &str| {
        let run = folder.run(&["assess", "in", "-o", out, "--as-of", "2026-11-22", "--redact", "--redact-key", key]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains(&format!("{out}-names.csv")), "{}", run.out);
        folder.text(&format!("{out}/vms.csv"))
    };
    let (one, again, other) = (visit("site.key", "one"), visit("site.key", "again"), visit("other.key", "other"));
    assert_eq!(one, again);
    assert_ne!(one, other);
    let pseudonym = |name: &str| {
        let rows = folder.rows("one-names.csv");
        rows.iter().find(|row| row[2] == name && row[1] != "path").unwrap_or_else(|| panic!("no {name}"))[0].clone()
    };
    let machine = pseudonym("QVXZQJ-vm01");
    assert!(one.contains(&machine), "{machine}");
    assert!(machine.starts_with("vm-"), "{machine}");
    assert!(!other.contains(&machine));
    let revealed = folder.run(&["reveal", "one-names.csv", &format!("{machine} on 10.1.1.1, see {machine}.")]);
    assert_eq!(
        (revealed.code, revealed.out.as_str()),
        (0, "QVXZQJ-vm01 on 10.1.1.1, see QVXZQJ-vm01.\n"),
        "{}",
        revealed.err
    );
    let address = pseudonym("10.77.88.1");
    let revealed = folder.run(&["reveal", "one-names.csv", &format!("it is {address}.")]);
    assert_eq!(revealed.out, "it is 10.77.88.1.\n");
    assert_eq!(folder.run(&["reveal", "one/vms.csv", "x"]).code, 2, "another file is no map");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let rights = std::fs::metadata(folder.path("one-names.csv")).unwrap().permissions().mode();
        assert_eq!(rights & 0o777, 0o600, "only its owner may read it");
    }
}

#[test]
fn a_secret_is_made_once_and_asked_for() {
    let folder = site("redact-key");
    let [one, other] = [(); 2].map(|()| folder.run(&["template", "redact-key"]).out);
    assert_ne!(one, other);
    assert_eq!(folder.run(&["template", "redact-key", "new.key"]).code, 0);
    assert_eq!(folder.run(&["template", "redact-key", "new.key"]).code, 2, "no secret is overwritten");
    let run = folder.run(&["assess", "in", "-o", "out", "--redact", "--redact-key", "new.key", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = folder.run(&["assess", "in", "-o", "out", "--redact", "--redact-key", "in/qvxzqj-hosts.csv"]);
    assert!(run.code == 2 && run.err.contains("klar template redact-key"), "{}", run.err);
    assert_eq!(folder.run(&["assess", "in", "--redact"]).code, 2, "a secret is needed");
}
