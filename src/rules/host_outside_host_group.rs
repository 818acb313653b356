//! A host of a VMM estate must be in a VMM host group.

use super::prelude::*;
use super::release::is_hyper_v;

pub(super) static RULE: Rule = Rule {
    name: "host-outside-host-group",
    summary: "The host is in no VMM host group.",
    remedy: "Add the host to Virtual Machine Manager, in a host group that belongs to a cloud.",
    why: "With Virtual Machine Manager, replication reaches a host through the cloud that its host group belongs to. \
          A blank cell in a column that other hosts fill says that the host is in none.",
    needs: &[Field::HostGroupOfHost],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Host name", "Host group of the host"], &[&["hv01", "All Hosts\\Production"]])]),
        Example::not_met(&[table(
            &["Host name", "Host group of the host"],
            &[&["hv02", ""], &["hv01", "All Hosts\\Production"]],
        )]),
        Example::unknown(&[
            table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]]),
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
        ]),
        Example::not_applicable(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, context: &Context<'_>) -> Answer {
    if !context.whole.vmm || !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    if context.whole.says_none(&host.group, host.seen) {
        return Ok(Verdict::observed("no host group", "a VMM host group", None));
    }
    host.group.need()?;
    Ok(Verdict::Met)
}
