//! Some Azure size must have the vCPUs, the memory and the data disks that a machine needs.

use super::prelude::*;
use crate::catalogue::Demand;

pub(super) static RULE: Rule = Rule {
    name: "no-size-fits",
    summary: "No general Azure size has the vCPUs, the memory and the data disks of the machine together.",
    remedy: "Reduce the machine's vCPUs, memory or number of disks, or divide the workload.",
    why: "Each limit may be met and yet no size meet them all. Compared with the size catalogue built into Klar: x64 sizes \
          for any workload, without an announced retirement. Azure Migrate reports NoSuitableVmSizeFound.",
    needs: &[Field::Vcpus, Field::Memory, Field::DiskCount],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["web-01", "4", "16", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["db-01", "4", "16", "66"]])]),
        Example::unknown(&[table(&["VM", "vCPUs", "Number of disks"], &[&["web-01", "4", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, context: &Context<'_>) -> Answer {
    let whole = Demand::of(vm);
    // Where no size has even the vCPUs and the memory together, the disks change nothing.
    let demand = whole.or_else(|_| Demand::without_disks(vm))?;
    match (context.sizes.fits(&demand), whole) {
        (Some(_), Ok(_)) => Ok(Verdict::Met),
        (Some(_), Err(missing)) => Err(missing),
        (None, _) => {
            let Demand { vcpus, memory, data_disks, .. } = demand;
            let seen = say!("{vcpus} vCPUs, {memory}, {data_disks} data disks", vcpus, memory, data_disks);
            Ok(Verdict::observed(seen, "a size with as much of each", Some(vm.vcpus.need()?.origin)))
        }
    }
}
