//! A generation 2 machine must run a guest operating system that the target takes in that generation.

use super::prelude::*;
use crate::model::Generation;

pub(super) static RULE: Rule = Rule {
    name: "generation-2-guest-unsupported",
    summary: "The target does not take this guest operating system on a generation 2 machine.",
    remedy: "Rebuild the machine as generation 1, or upgrade the guest to an operating system that the target takes.",
    why: "Site Recovery first took generation 2 machines with Windows only, because it turned their firmware into BIOS.",
    needs: &[Field::Generation, Field::GuestOs],
    limits: &[("families", Kind::List), ("refused", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "Guest OS"], &[&["web-01", "2", "Windows Server 2016 Standard"]])]),
        Example::not_met(&[table(&["VM", "Generation", "Guest OS"], &[&["lnx-01", "2", "FreeBSD 11"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(
            &["VM", "Generation", "Guest OS"],
            &[&["lnx-02", "1", "Ubuntu Linux 16.04 (64 bit)"]],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    match vm.generation.need()?.value {
        Generation::One => return Ok(Verdict::NotApplicable),
        Generation::Two => {}
    }
    let family = vm.need_family()?;
    let families = limits.list("families").unwrap_or_default();
    if !families.iter().any(|allowed| allowed == family.as_str()) {
        let seen = vm.guest_os.need()?;
        let expected = say!("one of {families}", families = Arg::texts(", ", families));
        return Ok(Verdict::observed(
            say!("{guest} on generation 2", guest = Arg::named(Identity::Term, &seen.value)),
            expected,
            Some(seen.origin),
        ));
    }
    let refused = limits.list("refused").unwrap_or_default();
    if refused.is_empty() {
        return Ok(Verdict::Met);
    }
    let product = vm.need_product()?;
    if refused.contains(&product.key) {
        let seen = vm.guest_os.need()?;
        let observed = say!("{guest} on generation 2", guest = Arg::text(&product.title));
        return Ok(Verdict::observed(observed, "a guest that generation 2 replication takes", Some(seen.origin)));
    }
    Ok(Verdict::Met)
}
