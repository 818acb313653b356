//! What the estate is made of: its size, and its machines by guest, cloud and host.

use super::super::groups::{self, Group, GroupBy};
use super::super::phrased::{Block, Cell, Fact, Section, Start, Table};
use super::super::view::{PdfDetail, View};
use super::parts::{columns, edition_name, heading};
use crate::model::{Arg, GIB, Identity, Phrase, say};

/// The groups shown of each kind; the rest are added up in one row.
const GROUPS: usize = 6;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = vec![Block::Facts(sizes(view))];
    if let Some(run) = view.assessment.runs.first() {
        blocks.push(Block::Text(say!(
            "Ready below counts machines that are ready for {edition}, with or without conditions.",
            edition = edition_name(run.edition)
        )));
    }
    let has_clouds = view.estate.vms.iter().any(|vm| vm.cloud.value().is_some());
    let frame = groups::machines(view).expect("every column has a row per machine");
    for (by, id, told) in [
        (GroupBy::GuestOs, "by-guest-os", ["By guest operating system", "Guest operating system", "not given"]),
        (GroupBy::Cloud, "by-cloud", ["By cloud", "Cloud", "in no cloud, or not given"]),
        (GroupBy::Host, "by-host", ["By host", "Host", "not given"]),
    ] {
        let [above, title, unnamed] = told;
        let groups = groups::groups(&frame, by).expect("the frame has every column asked for");
        // Where clouds tell the parts of a site, its hosts are left to the tables.
        let is_told = by == GroupBy::Host && has_clouds && view.options.pdf == PdfDetail::Short;
        if !is_told && groups.iter().any(|group| !group.name.is_empty()) {
            blocks.push(heading(id, above));
            blocks.push(Block::Table(group_table(groups, by, title, unnamed)));
        }
    }
    Section { id: "estate".to_owned(), title: "The estate".into(), blocks, start: Start::Room }
}

fn sizes(view: &View<'_>) -> Vec<Fact> {
    let estate = view.estate;
    let vcpus: u64 = estate.vms.iter().filter_map(|vm| vm.vcpus.value()).map(|count| u64::from(*count)).sum();
    let memory: u64 = estate.vms.iter().filter_map(|vm| vm.memory.value()).map(|memory| memory.0).sum();
    let disks: u64 = estate.vms.iter().map(|vm| vm.disks.len() as u64).sum();
    let sized: Vec<u64> =
        estate.vms.iter().filter_map(|vm| vm.disk_total().ok()).map(|total| total.0.div_ceil(GIB)).collect();
    let fact = |label: &'static str, value: Phrase| Fact { label: label.into(), value: value.into() };
    let places = [
        match estate.hosts.len() {
            0 => say!("no host described"),
            count => say!("{count} {count:host|hosts}", count = count),
        },
        match estate.clusters.len() {
            0 => say!("no cluster described"),
            count => say!("{count} {count:cluster|clusters}", count = count),
        },
        match estate.clouds.len() {
            0 => say!("no cloud described"),
            count => say!("{count} {count:cloud|clouds}", count = count),
        },
        match estate.vmm_servers.len() {
            0 => say!("no VMM server described"),
            count => say!("{count} {count:VMM server|VMM servers}", count = count),
        },
    ];
    let capacity = say!("{disks} {disks:disk|disks}, {size} GiB", disks = disks, size = sized.iter().sum::<u64>());
    let capacity = if sized.len() < estate.vms.len() {
        say!(
            "{capacity} in {count} {count:machine|machines}; of the others some disk is not known",
            capacity = capacity,
            count = sized.len()
        )
    } else {
        capacity
    };
    vec![
        fact("Machines", estate.vms.len().into()),
        fact("They run on", Arg::List(places.map(Arg::from).into()).into()),
        fact(
            "Size",
            say!("{vcpus} {vcpus:vCPU|vCPUs}, {memory} GiB of memory", vcpus = vcpus, memory = memory.div_ceil(1024)),
        ),
        fact("Disks", capacity),
    ]
}

fn group_table<'a>(mut groups: Vec<Group>, by: GroupBy, title: &'static str, unnamed: &'static str) -> Table<'a> {
    let rest = if groups.len() > GROUPS + 1 { groups.split_off(GROUPS) } else { Vec::new() };
    let others = rest.len();
    if others > 0 {
        let mut sum = Group { name: String::new(), machines: 0, vcpus: 0, memory_mib: 0, disk_gib: 0, ready: 0 };
        for group in rest {
            sum.machines += group.machines;
            sum.vcpus += group.vcpus;
            sum.memory_mib += group.memory_mib;
            sum.disk_gib += group.disk_gib;
            sum.ready += group.ready;
        }
        groups.push(sum);
    }
    let identity = match by {
        GroupBy::GuestOs => Identity::Term,
        GroupBy::Cloud => Identity::Cloud,
        GroupBy::Host => Identity::Host,
    };
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
            let name = match &*group.name {
                _ if others > 0 && index == GROUPS => say!("{count} others", count = others),
                "" => unnamed.into(),
                name => Arg::named(identity, name).into(),
            };
            let numbers = [group.machines, group.ready, group.vcpus, group.memory_mib.div_ceil(1024), group.disk_gib];
            std::iter::once(Cell::from(name)).chain(numbers.map(Cell::from)).collect()
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}
