//! Small inputs of every form, whole before they are damaged.

use rust_xlsxwriter::Workbook;

use crate::craft::{binary_workbook, compound, open_document, real, records, row, workbook, zipped};

const LIST: &str = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n\
                    web-01,hv01,Windows Server 2022,2,4,16,127\napp-01,hv02,Windows Server 2019,2,2,8,127\n\
                    \"sql,01\",hv02,\"Red Hat \"\"8\"\"\",1,8,32,\"1,024\"\n";

/// Each by its path and bytes.
pub(super) fn fixtures() -> Vec<(&'static str, Vec<u8>)> {
    let list: Vec<Vec<&str>> = LIST.lines().take(3).map(|line| line.split(',').collect()).collect();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(&list) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number).unwrap()),
                Err(_) => drop(sheet.write_string(row, column, *cell).unwrap()),
            }
        }
    }
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let rows: String = list
        .iter()
        .map(|cells| {
            format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<Vec<_>>().concat())
        })
        .collect::<Vec<_>>()
        .concat();
    let typed = "#TYPE Microsoft.HyperV.PowerShell.VirtualMachine\n\"Name\",\"VMId\",\"State\",\"MemoryAssigned\"\n\"a\",\"1\",\"Running\",\"4294967296\"\n\"b\",\"2\",\"Off\",\"0\"\n";
    let clixml = r#"<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>Microsoft.HyperV.PowerShell.VirtualMachine</T><T>System.Object</T></TN><Props><S N="Name">a&amp;b</S><G N="VMId">5f0e54fa-0000-4000-8000-000000000001</G><I32 N="Generation">2</I32><Obj N="HardDrives" RefId="1"><LST><Obj RefId="2"><Props><S N="Path">C:\\a.vhdx</S></Props></Obj><Ref RefId="2"/></LST></Obj></Props></Obj><Nil/></Objs>"#;
    vec![
        ("machines.xml", clixml.as_bytes().to_vec()),
        ("list.csv", LIST.as_bytes().to_vec()),
        ("semicolon.csv", LIST.replace(',', ";").into_bytes()),
        ("utf16.csv", LIST.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("typed.csv", typed.as_bytes().to_vec()),
        ("firmware.csv", include_bytes!("../../../samples/almby/Get-VMFirmware.csv").to_vec()),
        ("adapters.csv", include_bytes!("../../../samples/almby/Get-VMNetworkAdapter.csv").to_vec()),
        ("servers.csv", include_bytes!("../../../samples/lindas/servrar.csv").to_vec()),
        ("cluster.json", include_bytes!("../../../samples/almby/Get-Cluster.json").to_vec()),
        ("vaults.json", include_bytes!("../../../samples/tallvik/backup-vault-list.json").to_vec()),
        ("networks.json", include_bytes!("../../../samples/tallvik/vnet-list.json").to_vec()),
        ("list.xlsx", book.save_to_buffer().unwrap()),
        (
            "small.xlsx",
            workbook(r#"<row r="1"><c r="A1" t="str"><v>VM</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#),
        ),
        ("list.ods", open_document(&rows)),
        ("old.xls", compound(&["Workbook"], &records([3, 2], &[(0, 0), (2, 1)]))),
        ("binary.xlsb", binary_workbook(&[row(0), real(0, 0, 1.0), row(1), real(0, 1, 44_000.0)])),
        ("packed.zip", zipped(&[("a/list.csv", LIST.as_bytes()), ("typed.csv", typed.as_bytes())])),
    ]
}
