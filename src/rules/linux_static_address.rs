//! A Linux guest's static address is not kept in Azure.

use super::prelude::*;
use crate::catalogue::Family;
use crate::model::AddressAssignment;

pub(super) static RULE: Rule = Rule {
    name: "linux-static-address",
    summary: "The Linux guest has a static address.",
    remedy: "Switch the guest to DHCP, and plan its new address in Azure.",
    why: "Static addresses of Linux guests were refused for years; since they are taken, Azure gives a new address instead.",
    needs: &[Field::GuestOs, Field::NicAssignment],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["VM", "Guest OS", "MAC address", "IPv4 address type"],
            &[&["lnx-01", "Ubuntu Linux 22.04 (64 bit)", "00155D010101", "Dynamic"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "MAC address", "IPv4 address type"],
            &[&["lnx-02", "Ubuntu Linux 22.04 (64 bit)", "00155D010102", "Static"]],
        )]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Ubuntu Linux 22.04 (64 bit)"]])]),
        Example::not_applicable(&[table(
            &["VM", "Guest OS", "MAC address", "IPv4 address type"],
            &[&["web-01", "Windows Server 2019 Standard", "00155D010103", "Static"]],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    if vm.need_family()? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    for nic in &vm.nics {
        if let Ok(assignment) = nic.assignment.need()
            && assignment.value == AddressAssignment::Static
        {
            return Ok(Verdict::not_met(assignment, Arg::from(AddressAssignment::Dynamic)));
        }
    }
    vm.every_nic_listed(Field::NicAssignment)?;
    for nic in &vm.nics {
        nic.assignment.need()?;
    }
    Ok(Verdict::Met)
}
