//! Microsoft Defender for Servers asks for a little processor and memory, and for a guest it knows.

use super::prelude::*;
use crate::catalogue::guest_is_listed;
use crate::model::MIB;

pub(super) static RULE: Rule = Rule {
    name: "defender-not-ready",
    summary: "The machine is not fully ready for Microsoft Defender for Servers.",
    remedy: "Give the machine more vCPUs or memory, or a listed operating system, if Defender is to protect it.",
    why: "Assessments also rate the target's readiness for Defender for Servers: a least number of vCPUs, a least amount \
          of memory and a list of operating systems; others are ready with conditions.",
    needs: &[Field::Vcpus, Field::Memory, Field::GuestOs, Field::GuestOsVersion],
    limits: &[("minimum_vcpus", Kind::Count), ("minimum_memory", Kind::Size), ("products", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["VM", "vCPUs", "Memory (GB)", "Guest OS"],
            &[&["web-01", "2", "4", "Windows Server 2019 Standard"]],
        )]),
        Example::not_met(&[table(
            &["VM", "vCPUs", "Memory (GB)", "Guest OS"],
            &[&["web-02", "1", "4", "Windows Server 2019 Standard"]],
        )]),
        Example::unknown(&[table(&["VM", "vCPUs", "Memory (GB)"], &[&["web-01", "2", "4"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let (vcpus, memory) = (vm.vcpus.need(), vm.memory.need());
    if let (Ok(vcpus), Some(least)) = (vcpus, limits.count("minimum_vcpus"))
        && u64::from(vcpus.value) < least
    {
        return Ok(Verdict::observed(
            say!("{vcpus} vCPUs", vcpus = vcpus.value),
            say!("at least {least}", least),
            Some(vcpus.origin),
        ));
    }
    if let (Ok(memory), Some(least)) = (memory, limits.size("minimum_memory"))
        && memory.value.0.saturating_mul(MIB) < least.0
    {
        return Ok(Verdict::not_met(memory, say!("at least {least}", least)));
    }
    if let Some(products) = limits.list("products") {
        let guest = vm.guest?;
        if !guest_is_listed(products, guest)? {
            return Ok(Verdict::observed(
                vm.guest_as_written("a guest"),
                "an operating system on Defender's list",
                Some(guest.origin),
            ));
        }
    }
    vcpus?;
    memory?;
    Ok(Verdict::Met)
}
