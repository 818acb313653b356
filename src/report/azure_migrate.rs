//! The import files of Azure Migrate: a row a machine, a column a disk, and beside them which system became which name.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::view::View;
use super::visible::disarmed;
use super::writer::{Report, Writer};
use crate::model::{Bytes, Disk, DiskKind, Fact, GIB, Generation, Vm};

/// The import files, and what was mapped.
pub(super) const WRITER: Writer = Writer {
    name: "azure-migrate-csv",
    about: "azure-migrate-N.csv: import files for an Azure Migrate assessment, and azure-migrate-mapped.csv",
    usual: false,
    files,
};

/// The headings before those of the disks; the ones with a star must be filled.
const HEADS: [&str; 17] = [
    "*Server name",
    "IP addresses",
    "*Cores",
    "*Memory (In MB)",
    "*OS name",
    "OS version",
    "OS architecture",
    "Server type",
    "Hypervisor",
    "CPU utilization percentage",
    "Memory utilization percentage",
    "Network adapters",
    "Network In throughput",
    "Network Out throughput",
    "Boot type",
    "Number of disks",
    "Storage in use (In GB)",
];

/// The headings of a disk, after "Disk" and its number.
const DISK: [&str; 5] = [
    "size (In GB)",
    "read throughput (MB per second)",
    "write throughput (MB per second)",
    "read ops (operations per second)",
    "write ops (operations per second)",
];

/// Bytes in a megabyte (10^6), in which the import takes throughput.
const MEGABYTE: u64 = 1_000_000;

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let rows = usize::try_from(view.assessment.catalogue.planning.import_rows.value).unwrap_or(usize::MAX);
    let mut reports: Vec<Report<'a>> = Vec::new();
    for (number, machines) in (1..).zip(view.estate.vms.chunks(rows)) {
        let first = (number - 1) * rows;
        reports.push(Report {
            name: format!("azure-migrate-{number}.csv"),
            write: Box::new(move |out: &mut (dyn Write + Send)| {
                write(view, machines, first, out)?;
                Ok((machines.len() == view.estate.vms.len()).then_some(machines.len() as u64))
            }),
        });
    }
    reports.push(Report {
        name: "azure-migrate-mapped.csv".to_owned(),
        write: Box::new(move |out: &mut (dyn Write + Send)| write_mapped(view, out).map(|()| None)),
    });
    reports
}

/// The most disks of a machine that a file has columns for.
fn most_disks(view: &View<'_>) -> usize {
    usize::try_from(view.assessment.catalogue.planning.import_disks.value).unwrap_or(usize::MAX)
}

fn write(view: &View<'_>, machines: &[Vm], first: usize, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let most = most_disks(view);
    let disks = machines.iter().map(|vm| vm.disks.len()).max().unwrap_or(0).min(most);
    let mut writer = csv::Writer::from_writer(out);
    let numbered = (1..=disks).flat_map(|number| DISK.map(|head| format!("Disk {number} {head}")));
    writer.write_record(HEADS.into_iter().map(str::to_owned).chain(numbered))?;
    for (index, vm) in (first..).zip(machines) {
        let mut record = cells(view, index, vm);
        for disk in vm.disks.iter().take(disks) {
            record.extend(disk_cells(disk));
        }
        record.resize(HEADS.len() + disks * DISK.len(), String::new());
        writer.write_record(record.iter().map(|cell| disarmed(cell).into_owned()))?;
    }
    writer.flush()
}

/// A disk's size, and its reads and writes where the inputs tell them apart.
fn disk_cells(disk: &Disk) -> [String; DISK.len()] {
    let text = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let rate = |rate: &Fact<Bytes>| text(rate.value().map(|rate| rate.0.div_ceil(MEGABYTE)));
    let count = |count: &Fact<u32>| text(count.value().map(|count| u64::from(*count)));
    [
        text(disk.size.value().map(|size| size.0.div_ceil(GIB))),
        rate(&disk.read_throughput),
        rate(&disk.write_throughput),
        count(&disk.reads),
        count(&disk.writes),
    ]
}

fn cells(view: &View<'_>, index: usize, vm: &Vm) -> Vec<String> {
    let text = |known: Option<String>| known.unwrap_or_default();
    let addresses = vm.nics.iter().filter_map(|nic| nic.addresses.value()).flatten().map(ToString::to_string);
    vec![
        vm.shown_name().to_owned(),
        addresses.collect::<Vec<_>>().join(";"),
        text(vm.vcpus.value().map(ToString::to_string)),
        text(vm.memory.value().map(|memory| memory.0.to_string())),
        text(system(view, index, vm).map(|(_, accepted, _)| accepted)),
        text(vm.guest_os_version.value().map(ToString::to_string)),
        text(vm.architecture.value().map(|architecture| architecture.as_str().to_owned())),
        "Virtual".to_owned(),
        "Hyper-V".to_owned(),
        text(vm.cpu_use.value().map(|share| share.0.div_ceil(100).to_string())),
        text(vm.memory_use.value().map(|share| share.0.div_ceil(100).to_string())),
        text(vm.nic_count().ok().map(|count| count.value.to_string())),
        String::new(),
        String::new(),
        text(vm.generation.value().map(|generation| boot(*generation).to_owned())),
        text(vm.disk_count().ok().map(|count| count.value.to_string())),
        String::new(),
    ]
}

const fn boot(generation: Generation) -> &'static str {
    match generation {
        Generation::One => "BIOS",
        Generation::Two => "UEFI",
    }
}

/// The system of a machine as the input names it, the name that the import takes for it, and what that means.
fn system(view: &View<'_>, index: usize, vm: &Vm) -> Option<(String, String, &'static str)> {
    let written = vm.guest_os.value()?.to_string();
    let guest = view.assessment.guests.of_machine(index, vm).ok();
    let key = guest.and_then(|guest| guest.value.product.as_deref()).map(|product| product.key.as_str());
    let accepted = key.and_then(|key| view.assessment.catalogue.import_names.of(key));
    Some(match accepted {
        Some(known) if known.exact => (written, known.name.clone(), "name of the list"),
        Some(known) => (written, known.name.clone(), "newer than the list: the newest name of its kind"),
        None => (written.clone(), written, "not on the list: written as exported, the import may refuse it"),
    })
}

/// Which name stands for which system, and what the files leave out.
fn write_mapped(view: &View<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut mapped: BTreeMap<(String, String, &str), u64> = BTreeMap::new();
    for (index, vm) in view.estate.vms.iter().enumerate() {
        if let Some(pair) = system(view, index, vm) {
            *mapped.entry(pair).or_default() += 1;
        }
    }
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["what", "as_exported", "as_imported", "machines"])?;
    let mut row = |what: &str, from: &str, to: &str, count: u64| {
        writer.write_record([what, &disarmed(from), &disarmed(to), &count.to_string()])
    };
    for ((from, to, what), count) in &mapped {
        row(what, from, to, *count)?;
    }
    for (what, count) in left_out(view) {
        row(what, "", "", count)?;
    }
    writer.flush()
}

/// What the import asks for and the inputs do not give, or the files have no place for.
fn left_out(view: &View<'_>) -> Vec<(&'static str, u64)> {
    let most = most_disks(view);
    let count = |test: &dyn Fn(&Vm) -> bool| view.estate.vms.iter().filter(|vm| test(vm)).count() as u64;
    let all = [
        ("without the cores that the import needs", count(&|vm| !vm.vcpus.is_known())),
        ("without the memory that the import needs", count(&|vm| !vm.memory.is_known())),
        ("without the system that the import needs", count(&|vm| !vm.guest_os.is_known())),
        ("more disks than the import has columns for", count(&|vm| vm.disks.len() > most)),
        (
            "with a pass-through disk, whose size may not be told",
            count(&|vm| vm.disks.iter().any(|disk| disk.kind.value() == Some(&DiskKind::Physical))),
        ),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}
