//! Some size that the subscription may use in the region must hold the machine.

use super::prelude::*;
use crate::catalogue::Demand;
use crate::model::{Architecture, Generation, Missing, Sku, Why};

pub(super) static RULE: Rule = Rule {
    name: "no-size-in-region",
    summary: "No size that the subscription may use in the listed region holds the machine.",
    remedy: "Choose another region, ask for access to a size, or reduce the machine.",
    why: "Sizes differ between regions and subscriptions. Compared with the export of az vm list-skus, restricted and Arm \
          sizes left out. Azure Migrate reports NoVmSizeForSelectedAzureLocation.",
    needs: &[Field::SkuVcpus, Field::Vcpus, Field::Memory, Field::DiskCount],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["web-01", "4", "16", "2"]]),
            table(
                &["SKU", "VM size family", "vCPUs of the size", "Memory of the size (GB)", "Data disks of the size"],
                &[&["Standard_D4s_v5", "standardDSv5Family", "4", "16", "8"]],
            ),
        ]),
        Example::not_met(&[
            table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["db-01", "16", "64", "2"]]),
            table(
                &["SKU", "VM size family", "vCPUs of the size", "Memory of the size (GB)", "Data disks of the size"],
                &[&["Standard_D4s_v5", "standardDSv5Family", "4", "16", "8"]],
            ),
        ]),
        Example::unknown(&[table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["web-01", "4", "16", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, context: &Context<'_>) -> Answer {
    let skus = &context.estate.azure.skus;
    if skus.is_empty() {
        return Err(Missing { field: Field::SkuVcpus, why: Why::Absent });
    }
    let demand = Demand::of(vm)?;
    let generation = vm.generation.value().copied();
    let is_arm =
        |name: &str| context.sizes.find(name).is_some_and(|size| size.architecture == Some(Architecture::Arm64));
    let mut unsettled = None;
    for sku in skus.iter().filter(|sku| !sku.restriction.is_known() && runs(sku, generation)) {
        match holds(sku, &demand) {
            Ok(true) if !sku.name.value().is_some_and(|name| is_arm(name)) => return Ok(Verdict::Met),
            Ok(_) => {}
            Err(missing) => unsettled = Some(missing),
        }
    }
    if let Some(missing) = unsettled {
        return Err(missing);
    }
    let Demand { vcpus, memory, .. } = demand;
    let seen = say!("{vcpus} vCPUs, {memory}, {disks} disks", vcpus, memory, disks = vm.disk_count()?.value);
    Ok(Verdict::observed(seen, "a size without restriction that holds it", Some(vm.vcpus.need()?.origin)))
}

/// Whether a size takes a generation, as far as both are known.
fn runs(sku: &Sku, generation: Option<Generation>) -> bool {
    let (Some(generations), Some(generation)) = (sku.generations.value(), generation) else { return true };
    let wanted = match generation {
        Generation::One => "V1",
        Generation::Two => "V2",
    };
    generations.split(',').any(|listed| listed.trim().eq_ignore_ascii_case(wanted))
}

fn holds(sku: &Sku, demand: &Demand) -> Result<bool, Missing> {
    Ok(sku.vcpus.need()?.value >= demand.vcpus
        && sku.memory.need()?.value >= demand.memory
        && sku.data_disks.need()?.value >= demand.data_disks)
}
