//! A seeded estate of any size as one workbook: machines, disks and network adapters as three sheets.

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

/// A small generator of numbers that are the same on every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let index = self.roll(from.len() as u64);
        from[usize::try_from(index).expect("a small index")]
    }
}

const MACHINE: &[&str] = &[
    "VM name",
    "VM ID",
    "VM host",
    "Cluster of the VM",
    "Cloud of the VM",
    "Host group of the VM",
    "VMM server of the VM",
    "Guest OS",
    "OS architecture",
    "Generation",
    "vCPUs",
    "Memory (MiB)",
    "Power state",
    "Secure Boot",
    "Virtual TPM",
    "Shielded",
    "Virtual Fibre Channel adapters",
    "Pass-through disks",
    "Shared disks",
    "Checkpoints",
    "Integration services",
    "Hyper-V Replica mode",
    "Highly available",
    "Number of disks",
    "Number of network adapters",
];
const DISK: &[&str] = &[
    "VM name",
    "VM ID",
    "Disk path",
    "Disk size (bytes)",
    "Disk format",
    "Disk controller",
    "Disk controller number",
    "Disk location on the controller",
];
const ADAPTER: &[&str] = &[
    "VM name",
    "VM ID",
    "Network adapter name",
    "MAC address",
    "IP addresses",
    "IPv4 address type",
    "VM network",
    "Logical network",
    "Virtual switch",
    "Legacy network adapter",
];
const SYSTEMS: &[&str] = &[
    "Windows Server 2012 R2 Datacenter",
    "Windows Server 2016 Standard",
    "Windows Server 2019 Datacenter",
    "Windows Server 2022 Standard",
    "Windows Server 2025 Datacenter",
    "Red Hat Enterprise Linux 8 (64 bit)",
    "Ubuntu Linux 22.04 (64 bit)",
    "Suse Linux Enterprise Server 12 (64 bit)",
    "64-bit edition of Windows Server 2008 R2 Standard",
    "CentOS Linux 7 (64 bit)",
    "Windows 10",
    "Unknown",
];

/// Writes an estate of so many machines, with 2.2 disks and 1.2 adapters each on average.
pub fn write(file: &Path, machines: u32) {
    let mut dice = Dice(u64::from(machines));
    let mut workbook = Workbook::new();
    let mut vms = heading("VMs", MACHINE);
    let mut disks = heading("Disks", DISK);
    let mut adapters = heading("NICs", ADAPTER);
    let (mut disk_row, mut adapter_row) = (0, 0);
    for machine in 0..machines {
        let name = format!("vm-{machine:06}");
        let id = format!("{:08X}-{:04X}-4000-8000-{machine:012X}", dice.roll(1 << 32), dice.roll(1 << 16));
        let generation = 1 + dice.roll(2);
        let disk_count = 1 + dice.roll(2) + dice.roll(2) + u64::from(dice.roll(5) == 0);
        let adapter_count = 1 + u64::from(dice.roll(5) == 0);
        machine_row(&mut vms, machine + 1, &name, &id, &mut dice, [generation, disk_count, adapter_count]);
        for disk in 0..disk_count {
            disk_row += 1;
            let path = format!("C:\\ClusterStorage\\Volume{}\\{name}\\disk{disk}.vhdx", 1 + dice.roll(12));
            let size = (40 + dice.roll(if disk == 0 { 200 } else { 3000 })) << 30;
            let controller = if generation == 1 && disk == 0 { "IDE" } else { "SCSI" };
            let cells = [name.as_str(), &id, &path];
            text(&mut disks, disk_row, 0, &cells);
            number(&mut disks, disk_row, 3, size);
            text(&mut disks, disk_row, 4, &["VHDX", controller]);
            number(&mut disks, disk_row, 6, 0);
            number(&mut disks, disk_row, 7, disk);
        }
        for adapter in 0..adapter_count {
            adapter_row += 1;
            let mac = format!("00155D{:06X}", u64::from(machine) * 2 + adapter);
            let address = format!("10.{}.{}.{}", dice.roll(32), dice.roll(256), 1 + dice.roll(254));
            let assignment = dice.pick(&["Dynamic", "Static"]);
            let cells = [
                name.as_str(),
                &id,
                "Network Adapter",
                &mac,
                &address,
                assignment,
                "Production",
                "Corp",
                "vSwitch0",
                "False",
            ];
            text(&mut adapters, adapter_row, 0, &cells);
        }
    }
    for sheet in [vms, disks, adapters] {
        workbook.push_worksheet(sheet);
    }
    workbook.save(file).expect("the target folder can be written to");
}

fn machine_row(sheet: &mut Worksheet, row: u32, name: &str, id: &str, dice: &mut Dice, counts: [u64; 3]) {
    let [generation, disks, adapters] = counts;
    let host = format!("hv{:03}.tallvik.example", dice.roll(200));
    let cluster = format!("cl{:02}", dice.roll(20));
    let cloud = format!("Cloud {}", dice.roll(10));
    let system = dice.pick(SYSTEMS);
    let secure = if generation == 2 { dice.pick(&["On", "Off", "Off", "Off"]) } else { "" };
    text(
        sheet,
        row,
        0,
        &[name, id, &host, &cluster, &cloud, "All Hosts\\Production", "vmm01.tallvik.example", system, "x64"],
    );
    number(sheet, row, 9, generation);
    number(sheet, row, 10, 1 << dice.roll(6));
    number(sheet, row, 11, 1024 << dice.roll(7));
    let state = dice.pick(&["Running", "Off"]);
    text(sheet, row, 12, &[state, secure, "False", "False", "False", "False", "False"]);
    number(sheet, row, 19, u64::from(dice.roll(12) == 0));
    text(sheet, row, 20, &["6.3.9600.18692", "None", "True"]);
    number(sheet, row, 23, disks);
    number(sheet, row, 24, adapters);
}

fn heading(name: &str, titles: &[&str]) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).expect("a short name");
    text(&mut sheet, 0, 0, titles);
    sheet
}

fn text(sheet: &mut Worksheet, row: u32, first: u16, cells: &[&str]) {
    for (column, cell) in (first..).zip(cells) {
        sheet.write_string(row, column, *cell).expect("within the sheet");
    }
}

fn number(sheet: &mut Worksheet, row: u32, column: u16, value: u64) {
    #[expect(clippy::cast_precision_loss, reason = "a cell holds a double, and sizes are below 2^53")]
    sheet.write_number(row, column, value as f64).expect("within the sheet");
}
