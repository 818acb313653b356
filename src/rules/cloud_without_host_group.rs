//! A VMM cloud must have a host group.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "cloud-without-host-group",
    summary: "The cloud has no host group.",
    remedy: "Give the cloud the host groups whose hosts run the machines to protect.",
    why: "A cloud reaches its hosts through its host groups. A blank cell in a column that other clouds fill says that \
          the cloud has none.",
    needs: &[Field::CloudHostGroups],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Cloud name", "Host groups of the cloud"],
            &[&["Gold", "All Hosts\\Production; All Hosts\\Staging"]],
        )]),
        Example::not_met(&[table(
            &["Cloud name", "Host groups of the cloud"],
            &[&["Silver", ""], &["Gold", "All Hosts\\Production"]],
        )]),
        Example::unknown(&[table(&["Cloud name", "VMM server of the cloud"], &[&["Gold", "vmm01"]])]),
    ],
    check: Check::Cloud(check),
};

fn check(cloud: &Cloud, _: &Limits, context: &Context<'_>) -> Answer {
    if context.whole.says_none(&cloud.host_groups, cloud.seen) {
        return Ok(Verdict::observed("no host group", "at least one host group", None));
    }
    let groups = cloud.host_groups.need()?;
    if groups.value.is_empty() {
        return Ok(Verdict::observed("no host group", "at least one host group", Some(groups.origin)));
    }
    Ok(Verdict::Met)
}
