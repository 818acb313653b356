//! A machine that starts by UEFI should run a guest on the published UEFI list.

use super::prelude::*;
use crate::catalogue::guest_is_listed;
use crate::model::Generation;

pub(super) static RULE: Rule = Rule {
    name: "uefi-guest-outside-list",
    summary: "The machine starts by UEFI and its guest is not on the published UEFI list.",
    remedy: "Try the migration with a copy first, or upgrade the guest to a listed version.",
    why: "Azure Migrate publishes which guests it moves as UEFI machines; others may work but nobody promises it.",
    needs: &[Field::Generation, Field::GuestOs, Field::GuestOsVersion],
    limits: &[("products", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["VM", "Generation", "Guest OS"],
            &[&["web-01", "2", "Windows Server 2022 Datacenter"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Generation", "Guest OS"],
            &[&["app-01", "2", "Debian GNU/Linux 12 (64-bit)"]],
        )]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(listed) = limits.list("products") else { return Ok(Verdict::NotApplicable) };
    let generation = vm.generation.need();
    if generation.is_ok_and(|known| known.value == Generation::One) {
        return Ok(Verdict::Met);
    }
    let guest = vm.guest?;
    if guest_is_listed(listed, guest)? {
        return Ok(Verdict::Met);
    }
    generation?;
    let name = vm.guest_as_written("a guest");
    let expected = "a guest on the list of UEFI machines";
    Ok(Verdict::observed(say!("{name}, generation 2", name), expected, Some(guest.origin)))
}
