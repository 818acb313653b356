//! A Windows machine's name is cut when it becomes a host name.

use super::prelude::*;
use crate::catalogue::Family;

pub(super) static RULE: Rule = Rule {
    name: "windows-name-too-long",
    summary: "The machine's name is longer than a Windows host name may be.",
    remedy: "Know that the Azure name and the computer name differ, or shorten the name.",
    why: "Azure uses a machine's name as its host name too; a replicated guest keeps the computer name it has.",
    needs: &[Field::VmName, Field::GuestOs],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
        Example::not_met(&[table(
            &["VM", "Guest OS"],
            &[&["payroll-application-server-01", "Windows Server 2019 Standard"]],
        )]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["payroll-application-server-01", "2"]])]),
        Example::not_applicable(&[table(
            &["VM", "Guest OS"],
            &[&["payroll-application-server-02", "Ubuntu Linux 22.04 (64 bit)"]],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.count("maximum") else { return Ok(Verdict::NotApplicable) };
    match vm.need_family()? {
        Family::Linux | Family::Other => return Ok(Verdict::NotApplicable),
        Family::WindowsServer | Family::WindowsClient => {}
    }
    let name = vm.name.need()?;
    let length = name.value.chars().count() as u64;
    if length <= limit {
        return Ok(Verdict::Met);
    }
    let observed = say!("`{name}`, {length} characters", name = Arg::named(Identity::Machine, &name.value), length);
    Ok(Verdict::observed(observed, say!("at most {limit} characters", limit), Some(name.origin)))
}
