//! The groups of machines that summaries show.

use polars::prelude::{DataFrame, IntoLazy, PolarsResult, SortMultipleOptions, coalesce, col, len, lit};

use super::view::View;
use crate::catalogue::Target;
use crate::evaluate::Readiness;
use crate::model::Vm;
use crate::tables::{self, Inventory};

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

/// Builds the columns of the table of machines that groups are made of.
///
/// # Errors
/// When the columns do not fit together, which would be a defect.
pub fn machines(view: &View<'_>) -> PolarsResult<DataFrame> {
    let mut wanted = vec!["guest_os", "guest_os_product", "cloud", "host", "vcpus", "memory_mib", "disk_gib"];
    wanted.extend(first_target(view));
    let frame = tables::frame(&Inventory::Vms.table(view.estate, view.assessment), &wanted)?;
    let ready = match first_target(view) {
        Some(target) => {
            let is = |readiness: Readiness| col(target).eq(lit(readiness.as_str()));
            is(Readiness::Ready).or(is(Readiness::ReadyWithConditions))
        }
        None => lit(false),
    };
    let guest_os = coalesce(&[col("guest_os_product"), col("guest_os")]);
    frame.lazy().with_columns([guest_os.alias("guest_os"), ready.alias("ready")]).collect()
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
        .with_column(col(key).fill_null(lit("")))
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

/// The column of the readiness for the first target asked for.
fn first_target(view: &View<'_>) -> Option<&'static str> {
    Some(match view.assessment.runs.first()?.edition.target {
        Target::SiteRecovery => "site_recovery",
        Target::AzureMigrate => "azure_migrate",
        Target::AzureVm => "azure_vm",
    })
}

/// The title of the guest's product, when the catalogue knows it.
pub(super) fn guest_product<'a>(view: &'a View<'_>, index: usize, vm: &Vm) -> Option<&'a str> {
    let guest = view.assessment.guests.of_machine(index, vm).ok()?;
    guest.value.product.as_ref().map(|product| product.title.as_str())
}
