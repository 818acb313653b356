//! A host group with hosts should belong to a VMM cloud.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "host-group-outside-clouds",
    summary: "The host group belongs to no cloud.",
    remedy: "Add the host group to a cloud if the machines on its hosts are to be protected.",
    why: "With Virtual Machine Manager, replication reaches the hosts of a group through a cloud that holds the group \
          or one of its parents.",
    needs: &[Field::GroupPath, Field::CloudHostGroups],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Host group path", "Host group name"], &[&["All Hosts\\Production", "Production"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts"]]),
        ]),
        Example::not_met(&[
            table(&["Host group path", "Host group name"], &[&["All Hosts\\Staging", "Staging"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
        ]),
        Example::not_met(&[
            table(&["Host group path", "Host group name"], &[&["All Hosts\\Staging", "Staging"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"], &["New", ""]]),
        ]),
        Example::unknown(&[table(
            &["Host group path", "Host group name"],
            &[&["All Hosts\\Production", "Production"]],
        )]),
        Example::not_applicable(&[
            table(
                &["Host group path", "Host group name"],
                &[&["All Hosts", "All Hosts"], &["All Hosts\\Production", "Production"]],
            ),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Production"]]),
        ]),
    ],
    check: Check::HostGroup(check),
};

fn check(group: &HostGroup, _: &Limits, context: &Context<'_>) -> Answer {
    if !group.clouds.is_empty() {
        return Ok(Verdict::Met);
    }
    let hosts = &context.estate.hosts;
    let is_placed = |host: &Host| context.whole.unsettled(&host.group, host.seen).is_none();
    let every_host_placed = !hosts.is_empty() && hosts.iter().all(is_placed);
    if group.hosts.is_empty() && every_host_placed {
        return Ok(Verdict::NotApplicable);
    }
    let clouds = &context.estate.clouds;
    if clouds.is_empty() {
        return Err(Missing { field: Field::CloudHostGroups, why: Why::Absent });
    }
    if let Some(missing) = clouds.iter().find_map(|cloud| context.whole.unsettled(&cloud.host_groups, cloud.seen)) {
        return Err(missing);
    }
    Ok(Verdict::observed("in no cloud", "in a cloud's host groups, by itself or by a parent", Some(group.seen)))
}
