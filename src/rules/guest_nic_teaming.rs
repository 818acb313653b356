//! A guest must not team its network adapters.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-nic-teaming",
    summary: "Network adapters are teamed in the guest.",
    remedy: "Break the team inside the guest before failover.",
    why: "Azure offers no NIC teaming inside a machine.",
    needs: &[Field::NicTeaming],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "NIC teaming in the guest"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "NIC teaming in the guest"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.nic_teaming.need()?, "teamed", "no team"))
}
