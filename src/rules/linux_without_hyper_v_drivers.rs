//! A Linux guest older than its distribution's Hyper-V drivers does not start in Azure as it is.

use super::prelude::*;
use crate::catalogue::{Family, guest_is_listed};

pub(super) static RULE: Rule = Rule {
    name: "linux-without-hyper-v-drivers",
    summary: "The Linux guest is of a release that brings no Hyper-V drivers, which Azure needs.",
    remedy: "Upgrade the guest to a release that brings the drivers, or install the Linux Integration Services where they \
             can be had and try the machine in a test failover.",
    why: "Azure runs on Hyper-V. Red Hat Enterprise Linux brings the drivers from 6.4 on; for 6.0 to 6.3 they have to \
          be installed, and of older ones the article says nothing. Oracle Linux and CentOS are built from the same \
          sources. Linux has drivers for Hyper-V from its kernel 2.6.32 on, which Debian before 6, Ubuntu before 10.04 \
          and SUSE Linux Enterprise Server 9 do not have. No published list of UEFI guests names these releases \
          either.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[("products", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Red Hat Enterprise Linux 8 (64 bit)"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["lnx-02", "Red Hat Enterprise Linux 5 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-03", "Red Hat Enterprise Linux 6 (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(without) = limits.list("products") else { return Ok(Verdict::NotApplicable) };
    if vm.need_family()? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    let guest = vm.guest?;
    if !guest_is_listed(without, guest)? {
        return Ok(Verdict::Met);
    }
    let name = vm.guest_as_written("a Linux guest");
    Ok(Verdict::observed(name, "a release with Hyper-V drivers", Some(guest.origin)))
}
