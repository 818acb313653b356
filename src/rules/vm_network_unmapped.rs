//! An adapter of a VMM machine must be connected to a VM network.

use super::prelude::*;
use crate::model::{Missing, Nic, Why};

pub(super) static RULE: Rule = Rule {
    name: "vm-network-unmapped",
    summary: "A network adapter is connected to no VM network.",
    remedy: "Connect the adapter to a VM network whose logical network belongs to the machine's cloud.",
    why: "Network mapping pairs VM networks with Azure networks; an adapter on a bare switch has nothing to map. \
          A blank VM network beside a named switch or logical network, in a column that other adapters fill, says that \
          there is none.",
    needs: &[Field::NicNetwork, Field::NicSwitch],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["VM", "Cloud", "MAC address", "VM network"],
            &[&["web-01", "Gold", "00:15:5D:00:00:01", "Frontend"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Cloud", "MAC address", "VM network", "Virtual switch"],
            &[
                &["web-01", "Gold", "00:15:5D:00:00:01", "", "External"],
                &["web-02", "Gold", "00:15:5D:00:00:02", "Frontend", "External"],
            ],
        )]),
        Example::unknown(&[table(
            &["VM", "Cloud", "MAC address", "Virtual switch"],
            &[&["web-01", "Gold", "00:15:5D:00:00:01", "External"]],
        )]),
        Example::not_applicable(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, context: &Context<'_>) -> Answer {
    if !context.whole.vmm {
        return Ok(Verdict::NotApplicable);
    }
    if vm.nics.is_empty() && vm.stated_nic_count.value() == Some(&0) {
        return Ok(Verdict::NotApplicable);
    }
    for nic in &vm.nics {
        if let Some(beside) = connected_elsewhere(nic)
            && context.whole.says_none(&nic.network, nic.seen)
        {
            let observed = say!("no VM network, connected to {beside}", beside = Arg::named(Identity::Network, beside));
            return Ok(Verdict::observed(observed, "a VM network", Some(nic.seen)));
        }
    }
    let listed = u32::try_from(vm.nics.len()).unwrap_or(u32::MAX);
    if listed == 0 || vm.stated_nic_count.value().is_some_and(|stated| *stated > listed) {
        return Err(Missing { field: Field::NicNetwork, why: Why::Absent });
    }
    for nic in &vm.nics {
        nic.network.need()?;
    }
    Ok(Verdict::Met)
}

fn connected_elsewhere(nic: &Nic) -> Option<&str> {
    nic.logical_network.value().or_else(|| nic.switch.value()).map(|name| &**name)
}
