//! A Linux guest must not have a ReiserFS volume.

use super::prelude::*;
use crate::catalogue::Family;

pub(super) static RULE: Rule = Rule {
    name: "guest-reiserfs",
    summary: "The guest has a ReiserFS volume, which the migration does not support.",
    remedy: "Copy the data to a volume with another file system, such as ext4 or XFS.",
    why: "The published limits name ReiserFS as not supported.",
    needs: &[Field::ReiserFs],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "ReiserFS in the guest"], &[&["app-01", "no"]])]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "ReiserFS in the guest"],
            &[&["app-01", "SUSE Linux Enterprise Server 11 (64 bit)", "yes"]],
        )]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["app-01", "SUSE Linux Enterprise Server 11 (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    let is_windows = |family| matches!(family, Family::WindowsServer | Family::WindowsClient);
    if !vm.reiserfs.is_known() && vm.guest.is_ok_and(|guest| guest.value.family.is_some_and(is_windows)) {
        return Ok(Verdict::NotApplicable);
    }
    let reiserfs = vm.reiserfs.need()?;
    if reiserfs.value {
        return Ok(Verdict::observed("a ReiserFS volume", "another file system", Some(reiserfs.origin)));
    }
    Ok(Verdict::Met)
}
