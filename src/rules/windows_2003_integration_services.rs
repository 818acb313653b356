//! Windows Server 2003 needs integration services before it is migrated.

use super::prelude::*;
use crate::catalogue::guest_is_listed;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "windows-2003-integration-services",
    summary: "The guest runs Windows Server 2003 without Hyper-V integration services.",
    remedy: "Install Hyper-V integration services in the guest before migrating it.",
    why: "Windows Server 2003 brings no drivers for Hyper-V or Azure; without integration services it does not start there.",
    needs: &[Field::GuestOs, Field::IntegrationServices],
    limits: &[("products", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["VM", "Guest OS", "Integration services"],
            &[&["old-01", "Windows Server 2003 Standard Edition", "6.3.9600.16384"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "Integration services"],
            &[&["old-01", "Windows Server 2003 Standard Edition", "Not detected"]],
        )]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["old-01", "Windows Server 2003 Standard Edition"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(products) = limits.list("products") else { return Ok(Verdict::NotApplicable) };
    if !guest_is_listed(products, vm.guest?)? {
        return Ok(Verdict::NotApplicable);
    }
    let services = vm.integration_services.need()?;
    let says = |start: &str| services.value.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start));
    if says("not ") {
        return Ok(Verdict::refused(Identity::Term, services, "integration services in the guest"));
    }
    let is_version = services.value.starts_with(|character: char| character.is_ascii_digit());
    if is_version || says("up to date") || says("update required") || says("detected") {
        return Ok(Verdict::Met);
    }
    Err(Missing { field: Field::IntegrationServices, why: Why::Unreadable(services.origin) })
}
