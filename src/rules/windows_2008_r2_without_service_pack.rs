//! Windows Server 2008 R2 should have its service pack before it moves.

use super::prelude::*;
use crate::catalogue::guest_is_listed;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "windows-2008-r2-without-service-pack",
    summary: "The guest runs Windows Server 2008 R2 without Service Pack 1.",
    remedy: "Install Service Pack 1 in the guest, or upgrade it.",
    why: "Azure supports Windows Server 2008 R2 with its service pack. Azure Migrate reports CheckWindowsServer2008R2Version \
          because a hypervisor does not tell whether the service pack is there.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[("products", Kind::List), ("minimum_version", Kind::Version)],
    examples: &[
        Example::met(&[table(
            &["VM", "Guest OS", "Guest OS version"],
            &[&["old-01", "Windows Server 2008 R2 Standard", "6.1.7601"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "Guest OS version"],
            &[&["old-01", "Windows Server 2008 R2 Standard", "6.1.7600"]],
        )]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["old-01", "Windows Server 2008 R2 Standard"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let (Some(products), Some(least)) = (limits.list("products"), limits.text("minimum_version")) else {
        return Ok(Verdict::NotApplicable);
    };
    if !guest_is_listed(products, vm.guest?)? {
        return Ok(Verdict::NotApplicable);
    }
    if vm.guest_os.value().is_some_and(|name| name.contains("SP1") || name.contains("Service Pack 1")) {
        return Ok(Verdict::Met);
    }
    let version = vm.guest_os_version.need()?;
    if !version.value.starts_with(|character: char| character.is_ascii_digit()) {
        return Err(Missing { field: Field::GuestOsVersion, why: Why::Unreadable(version.origin) });
    }
    if numbers(&version.value).lt(numbers(least)) {
        return Ok(Verdict::refused(Identity::Term, version, say!("{least} or later", least = Arg::text(least))));
    }
    Ok(Verdict::Met)
}

fn numbers(version: &str) -> impl Iterator<Item = u32> + '_ {
    version
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().unwrap_or(u32::MAX))
}
