//! A host of a VMM estate must be in a host group that a VMM cloud holds.

use super::prelude::*;
use super::release::is_hyper_v;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "host-outside-cloud",
    summary: "The host's group belongs to no VMM cloud.",
    remedy: "Add the host group to a cloud in Virtual Machine Manager.",
    why: "With Virtual Machine Manager, machines are protected by cloud; a host that no cloud holds cannot be reached.",
    needs: &[Field::HostGroupOfHost, Field::CloudHostGroups],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Production"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
        ]),
        Example::not_met(&[
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Staging"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
        ]),
        Example::not_met(&[
            table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Staging"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"], &["New", ""]]),
        ]),
        Example::unknown(&[table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Production"]])]),
        Example::not_applicable(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, context: &Context<'_>) -> Answer {
    if !context.whole.vmm || !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let estate = context.estate;
    let has_cloud_machine = host.vms.iter().filter_map(|vm| estate.vms.get(*vm)).any(|vm| vm.cloud_index.is_some());
    if !host.cloud_indexes.is_empty() || has_cloud_machine {
        return Ok(Verdict::Met);
    }
    let group = host.group.need()?;
    if estate.clouds.is_empty() {
        return Err(Missing { field: Field::CloudHostGroups, why: Why::Absent });
    }
    if let Some(missing) =
        estate.clouds.iter().find_map(|cloud| context.whole.unsettled(&cloud.host_groups, cloud.seen))
    {
        return Err(missing);
    }
    Ok(Verdict::refused(Identity::HostGroup, group, "a host group that a cloud holds"))
}
