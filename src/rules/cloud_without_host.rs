//! A VMM cloud must have a host.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "cloud-without-host",
    summary: "No host is in the host groups of the cloud.",
    remedy: "Move hosts into the cloud's host groups, or give the cloud the groups that hold them.",
    why: "Each host group of a cloud needs a Hyper-V host or cluster before its machines can be protected.",
    needs: &[Field::CloudHostGroups, Field::HostGroupOfHost],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Production"]]),
        ]),
        Example::not_met(&[
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Staging"]]),
        ]),
        Example::not_met(&[
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Staging"], &["hv02", ""]]),
        ]),
        Example::unknown(&[table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]])]),
    ],
    check: Check::Cloud(check),
};

fn check(cloud: &Cloud, _: &Limits, context: &Context<'_>) -> Answer {
    let estate = context.estate;
    let has_placed_machine = cloud.vms.iter().filter_map(|vm| estate.vms.get(*vm)).any(|vm| vm.host.is_known());
    if !cloud.hosts.is_empty() || has_placed_machine {
        return Ok(Verdict::Met);
    }
    let groups = cloud.host_groups.need()?;
    if estate.hosts.is_empty() {
        return Err(Missing { field: Field::HostGroupOfHost, why: Why::Absent });
    }
    if let Some(missing) = estate.hosts.iter().find_map(|host| context.whole.unsettled(&host.group, host.seen)) {
        return Err(missing);
    }
    let observed = say!(
        "no host in {groups}",
        groups = Arg::names(Identity::HostGroup, groups.value.iter().map(|group| &**group))
    );
    Ok(Verdict::observed(observed, "at least one host", Some(groups.origin)))
}
