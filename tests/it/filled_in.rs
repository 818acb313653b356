//! What the site fills into `unresolved.csv` and gives back: declared facts of the machines that are there, and of no others.

use std::collections::BTreeMap;

use klar::ingest::Dialects;
use klar::ingest::source::Source;
use klar::model::DiskFormat;

use super::binary::Folder;

const ONE: &str = "6b1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d01";

fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put(
        "in/machines.csv",
        format!(
            "VM name,VM ID,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB)\n\
             bare,{ONE},hv01,,x64,2,4,16,127\n\
             twin,,hv01,,x64,2,4,16,127\n\
             twin,,hv02,,x64,2,4,16,127\n\
             slim,,hv02,Windows Server 2022 Datacenter,x64,2,4,,127\n"
        ),
    );
    folder
}

fn records(folder: &Folder, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = folder.rows(name).into_iter();
    let heading = rows.next().unwrap();
    rows.map(|row| heading.iter().cloned().zip(row).collect()).collect()
}

/// The list of what is unresolved, with cells filled in, as the site gives it back.
fn fill(folder: &Folder, cells: &[(&str, &str, &str, &str)]) -> String {
    let mut rows = folder.rows("out/unresolved.csv");
    let heading = rows[0].clone();
    let at =
        |name: &str| heading.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name}: {heading:?}"));
    for (vm, host, column, value) in cells {
        let row = rows.iter_mut().find(|row| row[0] == *vm && row[2] == *host).unwrap_or_else(|| panic!("{vm}"));
        row[at(column)] = String::from(*value);
        row[at("who")] = String::from("Anna Berg");
        row[at("when")] = String::from("2026-11-20");
    }
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines: Vec<String> = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect();
    format!("{}\n", lines.join("\n"))
}

fn cells<'a>(rows: &'a [BTreeMap<String, String>], column: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[column].as_str()).collect()
}

#[test]
fn what_is_filled_in_counts_as_declared_of_the_machine_it_names() {
    let folder = site("filled-in");
    assert_eq!(folder.assess(&[]).code, 0);
    let given = fill(
        &folder,
        &[
            ("bare", "hv01", "guest_os", "Windows Server 2019 Datacenter"),
            ("twin", "hv02", "guest_os", "Windows Server 2003"),
            ("slim", "hv02", "memory_mib", "4096"),
        ],
    );
    folder.put("in/unresolved.csv", given);
    assert_eq!(folder.assess(&["--format", "csv,json", "--findings", "all"]).code, 0);
    let vms = records(&folder, "out/vms.csv");
    assert_eq!(cells(&vms, "vm"), ["bare", "twin", "twin", "slim"], "no machine begins and none is lost");
    assert_eq!(
        cells(&vms, "guest_os"),
        ["Windows Server 2019 Datacenter", "", "Windows Server 2003", "Windows Server 2022 Datacenter"]
    );
    assert_eq!(cells(&vms, "memory_mib"), ["16384", "16384", "16384", "4096"]);
    let findings = records(&folder, "out/findings.csv");
    let told = "Declared by Anna Berg on 2026-11-20.";
    assert!(findings.iter().any(|row| row["subject"] == "twin" && row["message"].ends_with(told)));
    let json: serde_json::Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
    assert_eq!(json["declarations"].as_array().unwrap().len(), 3, "what an export knew is not declared");
    let input = records(&folder, "out/inputs.csv").into_iter().find(|row| row["file"].ends_with("unresolved.csv"));
    let input = input.unwrap();
    assert_eq!(input["rows_subjects"], "0", "{input:?}");
    assert_eq!(input["rows_joined"], "3", "{input:?}");
}

#[test]
fn a_list_given_back_as_it_was_says_nothing() {
    let folder = site("filled-in-blank");
    assert_eq!(folder.assess(&[]).code, 0);
    let before = folder.text("out/vms.csv");
    folder.put("in/unresolved.csv", folder.text("out/unresolved.csv"));
    assert_eq!(folder.assess(&["--format", "csv,json"]).code, 0);
    assert_eq!(folder.text("out/vms.csv"), before);
    let json: serde_json::Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
    assert_eq!(json["declarations"].as_array().map_or(0, Vec::len), 0);
    let notes = folder.run(&["inspect", "in"]).out;
    assert!(!notes.contains("by whom"), "{notes}");
}

#[test]
fn what_is_filled_in_amiss_is_told_and_nothing_else_is_lost() {
    let folder = site("filled-in-amiss");
    folder.put(
        "in/filled/Rückmeldung.csv",
        "vm;vm_id;host;who;when;guest_os;memory_mib;generation\n\
         gone;;hv01;Anna Berg;2026-11-20;Windows Server 2019;4096;\n\
         twin;;;Anna Berg;2026-11-20;Windows Server 2019;;\n\
         slim;;hv02;;;;4096;\n\
         bare;;hv01;Anna Berg;2026-11-20;Windows Server 2019;8192;two\n",
    );
    assert_eq!(folder.assess(&[]).code, 0);
    let vms = records(&folder, "out/vms.csv");
    assert_eq!(cells(&vms, "vm"), ["bare", "twin", "twin", "slim"]);
    assert_eq!(cells(&vms, "memory_mib"), ["16384", "16384", "16384", ""], "an export's word stands");
    assert_eq!(cells(&vms, "guest_os")[..3], ["Windows Server 2019", "", ""]);
    let left = records(&folder, "out/left_out.csv");
    let of_list: Vec<(&str, &str)> = left
        .iter()
        .filter(|row| row["source_file"].contains("filled"))
        .map(|row| (row["name"].as_str(), row["reason"].as_str()))
        .collect();
    assert_eq!(
        of_list,
        [
            ("gone", "no machine of that name"),
            ("twin", "several machines of that name"),
            ("slim", "filled in, and not by whom and when"),
        ]
    );
    let out = folder.run(&["inspect", "in"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in ["`who` and `when`", "says otherwise", "\"two\" cannot be read as Generation of bare"] {
        assert!(out.contains(told), "{told}: {out}");
    }
}

#[test]
fn what_is_filled_in_of_disks_and_adapters_is_used_or_told() {
    let machines = format!(
        "VM name,VM ID,Guest OS,Generation,vCPUs,Memory (GB)\nnone,{ONE},Windows Server 2022,2,4,16\n\
         three,,Windows Server 2022,2,4,16\none,,Windows Server 2022,2,4,16\n"
    );
    let disks = "VM name,Disk name\nthree,a\nthree,b\nthree,c\none,os\n";
    // As Excel saves it in Sweden: a byte order mark, semicolons, decimal commas.
    let filled = format!(
        "\u{feff}vm;vm_id;host;who;when;Disk size;Disk format;Logical sector size;IP addresses;memory_mib\r\n\
         ;{ONE};;Åsa Ek;2026-11-20;127,5;VHDX;512;10.0.0.4;\r\n\
         three;;;Åsa Ek;2026-11-20;60,5;VHD;;;\r\n\
         one;;;Åsa Ek;2026-11-20;60,5;VHD;;;\r\n"
    );
    let files = [("machines.csv", machines.as_str()), ("disks.csv", disks), ("ifylld.csv", filled.as_str())];
    let source = |(path, text): &(&str, &str)| Source {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
        sha256: String::new(),
    };
    let estate = klar::ingest::read(&files.iter().map(source).collect::<Vec<_>>(), &Dialects::embedded());
    let of = |name: &str| estate.vms.iter().find(|vm| vm.shown_name() == name).expect("it is listed");
    let sizes = |name: &str| -> Vec<Option<u64>> {
        of(name).disks.iter().map(|disk| disk.size.value().map(|size| size.0 >> 20)).collect()
    };
    let formats = |name: &str| -> Vec<Option<DiskFormat>> {
        of(name).disks.iter().map(|disk| disk.format.value().copied()).collect()
    };
    assert_eq!(sizes("none"), [Some(130_560)], "by its ID alone, with a decimal comma");
    assert_eq!(formats("none"), [Some(DiskFormat::Vhdx)]);
    assert_eq!(of("none").disks[0].logical_sector.value().map(|size| size.0), Some(512));
    assert_eq!(of("none").nics[0].addresses.value().map(Vec::len), Some(1));
    assert_eq!((sizes("one"), formats("one")), (vec![Some(61_952)], vec![Some(DiskFormat::Vhd)]));
    assert_eq!(formats("three"), [Some(DiskFormat::Vhd); 3], "one word for all");
    assert_eq!(sizes("three"), [None; 3], "one size for three disks tells of none");
    let told = estate
        .notes
        .iter()
        .any(|note| note.text.to_string().starts_with("Disk size of three is filled in as 60,5, and nothing"));
    assert!(told, "{:?}", estate.notes);
}
