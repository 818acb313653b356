//! The host of a replicated machine should run no other backup or recovery tool.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "other-backup-on-host",
    summary: "Another backup or recovery tool works on the machine's host.",
    remedy: "Use one tool per host: move the machine, or protect the host's machines with one of the two.",
    why: "Azure Backup and Site Recovery on one host disturb each other's tracking of changes, and are not supported together.",
    needs: &[Field::VmHost, Field::HostBackupTool],
    limits: &[("words_for_none", Kind::List)],
    examples: &[
        Example::met(&[
            table(&["VM", "VM host"], &[&["web-01", "hv-01"]]),
            table(&["Host name", "Other backup or recovery tool"], &[&["hv-01", "No"]]),
        ]),
        Example::not_met(&[
            table(&["VM", "VM host"], &[&["web-01", "hv-01"]]),
            table(&["Host name", "Other backup or recovery tool"], &[&["hv-01", "Azure Backup"]]),
        ]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv-01"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let host = ctx.host(vm).ok_or(Missing { field: Field::HostBackupTool, why: Why::Absent })?;
    let tool = host.backup_tool.need()?;
    let none = limits.list("words_for_none").unwrap_or_default();
    if none.iter().any(|word| word.eq_ignore_ascii_case(&tool.value)) {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::refused(Identity::Term, tool, "no other tool on the host"))
}
