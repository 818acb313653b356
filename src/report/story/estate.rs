//! What the estate is made of: its size, and its machines by guest, cloud and host.

use super::super::document::{Block, Cell, Fact, Section, Start, Table};
use super::super::groups::{self, Group, GroupBy};
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::parts::{columns, edition_name, heading};
use crate::model::GIB;

/// The groups shown of each kind; the rest are added up in one row.
const GROUPS: usize = 6;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = vec![Block::Facts(sizes(view))];
    if let Some(run) = view.assessment.runs.first() {
        let name = edition_name(run.edition);
        let text = format!("Ready below counts machines that are ready for {name}, with or without conditions.");
        blocks.push(Block::Text(text));
    }
    let has_clouds = view.estate.vms.iter().any(|vm| vm.cloud.value().is_some());
    let frame = groups::machines(view).expect("every column has a row per machine");
    for (by, id, title, unnamed) in [
        (GroupBy::GuestOs, "by-guest-os", "Guest operating system", "not given"),
        (GroupBy::Cloud, "by-cloud", "Cloud", "in no cloud, or not given"),
        (GroupBy::Host, "by-host", "Host", "not given"),
    ] {
        let groups = groups::groups(&frame, by).expect("the frame has every column asked for");
        // Where clouds tell the parts of a site, its hosts are left to the tables.
        let is_told = by == GroupBy::Host && has_clouds && view.options.pdf == PdfDetail::Short;
        if !is_told && groups.iter().any(|group| !group.name.is_empty()) {
            blocks.push(heading(id, &format!("By {}", title.to_lowercase())));
            blocks.push(Block::Table(group_table(groups, title, unnamed)));
        }
    }
    Section { id: "estate".to_owned(), title: "The estate".to_owned(), blocks, start: Start::Room }
}

fn sizes(view: &View<'_>) -> Vec<Fact> {
    let estate = view.estate;
    let vcpus: u64 = estate.vms.iter().filter_map(|vm| vm.vcpus.value()).map(|count| u64::from(*count)).sum();
    let memory: u64 = estate.vms.iter().filter_map(|vm| vm.memory.value()).map(|memory| memory.0).sum();
    let disks: u64 = estate.vms.iter().map(|vm| vm.disks.len() as u64).sum();
    let sized: Vec<u64> =
        estate.vms.iter().filter_map(|vm| vm.disk_total().ok()).map(|total| total.0.div_ceil(GIB)).collect();
    let fact = |label: &str, value: String| Fact { label: label.to_owned(), value: value.into() };
    let described = |count: usize, one: &str, many: &str| match count {
        0 => format!("no {one} described"),
        some => words::count(some as u64, one, many),
    };
    let places = [
        described(estate.hosts.len(), "host", "hosts"),
        described(estate.clusters.len(), "cluster", "clusters"),
        described(estate.clouds.len(), "cloud", "clouds"),
        described(estate.vmm_servers.len(), "VMM server", "VMM servers"),
    ];
    let mut capacity = format!("{}, {} GiB", words::count(disks, "disk", "disks"), words::grouped(sized.iter().sum()));
    if sized.len() < estate.vms.len() {
        let of = words::count(sized.len() as u64, "machine", "machines");
        capacity = format!("{capacity} in {of}; of the others some disk is not known");
    }
    vec![
        fact("Machines", words::grouped(estate.vms.len() as u64)),
        fact("They run on", places.join(", ")),
        fact(
            "Size",
            format!(
                "{}, {} GiB of memory",
                words::count(vcpus, "vCPU", "vCPUs"),
                words::grouped(memory.div_ceil(1024))
            ),
        ),
        fact("Disks", capacity),
    ]
}

fn group_table<'a>(mut groups: Vec<Group>, title: &str, unnamed: &'a str) -> Table<'a> {
    if groups.len() > GROUPS + 1 {
        let rest = groups.split_off(GROUPS);
        let mut others = Group {
            name: format!("{} others", words::grouped(rest.len() as u64)),
            machines: 0,
            vcpus: 0,
            memory_mib: 0,
            disk_gib: 0,
            ready: 0,
        };
        for group in rest {
            others.machines += group.machines;
            others.vcpus += group.vcpus;
            others.memory_mib += group.memory_mib;
            others.disk_gib += group.disk_gib;
            others.ready += group.ready;
        }
        groups.push(others);
    }
    Table {
        columns: columns(&[
            (title, 40, false),
            ("Machines", 12, true),
            ("Ready", 12, true),
            ("vCPUs", 12, true),
            ("Memory GiB", 14, true),
            ("Disk GiB", 14, true),
        ]),
        len: groups.len(),
        row: Box::new(move |index| {
            let group = &groups[index];
            let name = if group.name.is_empty() { unnamed } else { &group.name };
            let numbers = [group.machines, group.ready, group.vcpus, group.memory_mib.div_ceil(1024), group.disk_gib];
            std::iter::once(Cell::from(name)).chain(numbers.map(|number| words::grouped(number).into())).collect()
        }),
        empty: String::new(),
        of_machines: false,
    }
}
