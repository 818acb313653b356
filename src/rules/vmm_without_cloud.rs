//! A VMM server must have a private cloud.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "vmm-without-cloud",
    summary: "The VMM server has no private cloud.",
    remedy: "Create a cloud on the VMM server and give it the host groups of the hosts to protect.",
    why: "With Virtual Machine Manager, machines are protected by cloud.",
    needs: &[Field::CloudName, Field::CloudVmmServer],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.1662.0"]]),
            table(&["Cloud name", "VMM server of the cloud"], &[&["Gold", "vmm01"]]),
        ]),
        Example::not_met(&[
            table(&["VMM server", "VMM version"], &[&["vmm02", "4.0.1662.0"], &["vmm01", "4.0.1662.0"]]),
            table(&["Cloud name", "VMM server of the cloud"], &[&["Gold", "vmm01"]]),
        ]),
        Example::unknown(&[table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.1662.0"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, _: &Limits, context: &Context<'_>) -> Answer {
    if !server.clouds.is_empty() {
        return Ok(Verdict::Met);
    }
    let clouds = &context.estate.clouds;
    if clouds.is_empty() {
        return Err(Missing { field: Field::CloudName, why: Why::Absent });
    }
    for cloud in clouds.iter().filter(|cloud| cloud.vmm_index.is_none()) {
        cloud.vmm_server.need()?;
    }
    Ok(Verdict::observed(say!("none of the {count} clouds exported", count = clouds.len()), "at least one cloud", None))
}
