//! A machine must not reach its disks by virtual Fibre Channel.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "fibre-channel-disk",
    summary: "The machine has virtual Fibre Channel adapters.",
    remedy: "Move the data from the LUNs into VHDX disks and remove the virtual Fibre Channel adapters.",
    why: "Disks reached by Fibre Channel pass Hyper-V Replica by, so they are not replicated.",
    needs: &[Field::FibreChannel],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Virtual Fibre Channel adapters"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "Virtual Fibre Channel adapters"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.fibre_channel.need()?, "virtual Fibre Channel adapters", "none"))
}
