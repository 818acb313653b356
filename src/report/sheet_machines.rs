//! `vms.csv`: a row per machine.

use super::sheet::{Record, Sheet};
use super::view::View;
use crate::catalogue::Target;
use crate::evaluate::VmResult;
use crate::model::GIB;

const COLUMNS: &[&str] = &[
    "vm",
    "vm_id",
    "host",
    "cluster",
    "cloud",
    "guest_os",
    "guest_os_product",
    "architecture",
    "generation",
    "vcpus",
    "memory_mib",
    "disk_count",
    "disk_gib",
    "nic_count",
    "power_state",
    "site_recovery",
    "azure_migrate",
    "azure_vm",
    "blockers",
    "conditions",
    "warnings",
    "unknown",
    "unverified",
    "checked",
    "applicable",
    "source_file",
    "source_sheet",
    "source_row",
    "waived",
];

/// The sheet of machines.
pub(super) fn sheet<'a>(view: &'a View<'_>) -> Sheet<'a> {
    Sheet {
        name: "vms",
        columns: COLUMNS,
        len: view.estate.vms.len(),
        row: Box::new(move |index, record| row(view, index, record)),
    }
}

fn row(view: &View<'_>, index: usize, record: &mut Record) {
    let vm = &view.estate.vms[index];
    let guest = view.assessment.guests.of_machine(index, vm).ok().map(|known| known.value);
    let product = guest.and_then(|guest| guest.product.as_ref());
    let cluster = vm.cluster_index.and_then(|cluster| view.estate.clusters[cluster].name.value());
    record.push(vm.shown_name());
    record.push_known(vm.id.value());
    record.push_known(vm.host.value());
    record.push_known(vm.cluster.value().or(cluster));
    record.push_known(vm.cloud.value());
    record.push_known(vm.guest_os.value());
    record.push_known(product.map(|product| &product.title));
    record.push_known(vm.architecture.value().copied().or_else(|| guest.and_then(|guest| guest.architecture)));
    record.push_known(vm.generation.value());
    record.push_known(vm.vcpus.value());
    record.push_known(vm.memory.value().map(|memory| memory.0));
    record.push_known(vm.disk_count().ok().map(|count| count.value));
    record.push_known(vm.disk_total().ok().map(|total| total.0.div_ceil(GIB)));
    record.push_known(vm.nic_count().ok().map(|count| count.value));
    record.push_known(vm.power_state.value());
    for target in Target::ALL {
        record.push_known(view.run(*target).map(|run| run.vms[index].readiness));
    }
    let counts = totals(view, index);
    for count in counts {
        record.push_shown(count);
    }
    let place = view.estate.place(vm.seen);
    record.push(place.file);
    record.push(place.sheet);
    record.push_shown(place.row);
    record.push_shown(waived(view, index));
}

/// Findings waived, its own and inherited ones, over every target asked for.
fn waived(view: &View<'_>, index: usize) -> u32 {
    view.assessment.runs.iter().map(|run| u32::from(run.vms[index].waived)).sum()
}

/// Blockers, conditions, warnings, unknown, unverified, checked and applicable, over every target asked for.
pub(super) fn totals(view: &View<'_>, index: usize) -> [u32; 7] {
    let mut totals = [0; 7];
    for run in &view.assessment.runs {
        let VmResult {
            readiness: _,
            blockers,
            conditions,
            warnings,
            unknown,
            unverified,
            checked,
            applicable,
            waived: _,
        } = run.vms[index];
        let counts = [blockers, conditions, warnings, unknown, unverified, checked, applicable];
        for (total, count) in totals.iter_mut().zip(counts) {
            *total += u32::from(count);
        }
    }
    totals
}
