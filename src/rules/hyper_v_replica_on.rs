//! A machine must not be replicated by Hyper-V Replica already.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "hyper-v-replica-on",
    summary: "Hyper-V Replica already replicates the machine.",
    remedy: "Disable Hyper-V Replica for the machine before protecting it.",
    why: "A machine has one replication relationship; both at once work only when it is protected as a physical server.",
    needs: &[Field::ReplicationMode],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Hyper-V Replica mode"], &[&["web-01", "None"]])]),
        Example::not_met(&[table(&["VM", "Hyper-V Replica mode"], &[&["sql-01", "Primary"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    let mode = vm.replication_mode.need()?;
    if mode.value.eq_ignore_ascii_case("none") {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::refused(Identity::Term, mode, "None"))
}
