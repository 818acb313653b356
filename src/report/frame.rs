//! The machines as a data frame, and the groups that summaries show.

use polars::prelude::{Column, DataFrame, IntoLazy, PolarsResult, SortMultipleOptions, col, len};

use super::view::View;
use crate::evaluate::Readiness;
use crate::model::{GIB, Vm};

/// What machines are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The guest operating system product.
    GuestOs,
    /// The VMM cloud.
    Cloud,
    /// The host.
    Host,
}

/// A group of machines and what it adds up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the machines share; empty when it is not known.
    pub name: String,
    /// How many there are.
    pub machines: u64,
    /// Their vCPUs, as far as known.
    pub vcpus: u64,
    /// Their memory in mebibytes, as far as known.
    pub memory_mib: u64,
    /// Their disks in gibibytes, as far as known.
    pub disk_gib: u64,
    /// How many are ready, with or without conditions, for the first target asked for.
    pub ready: u64,
}

/// Builds the frame of machines.
///
/// # Errors
/// When the columns do not fit together, which would be a defect.
pub fn machines(view: &View<'_>) -> PolarsResult<DataFrame> {
    let vms = &view.estate.vms;
    let text = |name: &str, of: &dyn Fn(usize, &Vm) -> String| {
        let values: Vec<String> = vms.iter().enumerate().map(|(index, vm)| of(index, vm)).collect();
        Column::new(name.into(), values)
    };
    let number = |name: &str, of: &dyn Fn(&Vm) -> Option<u64>| {
        let values: Vec<Option<u64>> = vms.iter().map(of).collect();
        Column::new(name.into(), values)
    };
    let ready: Vec<u32> = (0..vms.len()).map(|index| u32::from(is_ready(view, index))).collect();
    DataFrame::new(vec![
        text("guest_os", &|index, vm| guest_title(view, index, vm)),
        text("cloud", &|_, vm| vm.cloud.value().map_or_else(String::new, ToString::to_string)),
        text("host", &|_, vm| vm.host.value().map_or_else(String::new, ToString::to_string)),
        number("vcpus", &|vm| vm.vcpus.value().map(|count| u64::from(*count))),
        number("memory_mib", &|vm| vm.memory.value().map(|memory| memory.0)),
        number("disk_gib", &|vm| vm.disk_total().ok().map(|total| total.0.div_ceil(GIB))),
        Column::new("ready".into(), ready),
    ])
}

/// Groups the machines, the largest group first.
///
/// # Errors
/// When the query fails, which would be a defect.
pub fn groups(frame: &DataFrame, by: GroupBy) -> PolarsResult<Vec<Group>> {
    let key = match by {
        GroupBy::GuestOs => "guest_os",
        GroupBy::Cloud => "cloud",
        GroupBy::Host => "host",
    };
    let sums = ["vcpus", "memory_mib", "disk_gib", "ready"]
        .map(|name| col(name).sum().cast(polars::prelude::DataType::UInt64));
    let mut aggregates = vec![len().cast(polars::prelude::DataType::UInt64).alias("machines")];
    aggregates.extend(sums);
    let grouped = frame
        .clone()
        .lazy()
        .group_by([col(key)])
        .agg(aggregates)
        .sort(["machines", key], SortMultipleOptions::default().with_order_descending_multi([true, false]))
        .collect()?;
    let names = grouped.column(key)?.str()?;
    let number = |name: &str| grouped.column(name).and_then(|column| column.u64().cloned());
    let (machines, vcpus, memory) = (number("machines")?, number("vcpus")?, number("memory_mib")?);
    let (disk, ready) = (number("disk_gib")?, number("ready")?);
    Ok((0..grouped.height())
        .map(|row| Group {
            name: names.get(row).unwrap_or("").to_owned(),
            machines: machines.get(row).unwrap_or(0),
            vcpus: vcpus.get(row).unwrap_or(0),
            memory_mib: memory.get(row).unwrap_or(0),
            disk_gib: disk.get(row).unwrap_or(0),
            ready: ready.get(row).unwrap_or(0),
        })
        .collect())
}

/// Whether a machine is ready, with or without conditions, for the first target asked for.
fn is_ready(view: &View<'_>, index: usize) -> bool {
    view.assessment.runs.first().is_some_and(|run| match run.vms[index].readiness {
        Readiness::Ready | Readiness::ReadyWithConditions => true,
        Readiness::NotReady | Readiness::Unknown => false,
    })
}

/// The title of the guest's product, when the catalogue knows it.
pub(super) fn guest_product<'a>(view: &'a View<'_>, index: usize, vm: &Vm) -> Option<&'a str> {
    let guest = view.assessment.guests.of_machine(index, vm).ok()?;
    guest.value.product.as_ref().map(|product| product.title.as_str())
}

/// The guest's product, or its name as written when the catalogue does not know it.
pub(super) fn guest_title(view: &View<'_>, index: usize, vm: &Vm) -> String {
    let name = guest_product(view, index, vm).or_else(|| vm.guest_os.value().map(|name| &**name));
    name.unwrap_or_default().to_owned()
}
