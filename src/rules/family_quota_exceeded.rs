//! Some family of sizes that fits a machine must have vCPUs left in its quota.

use super::prelude::*;
use crate::catalogue::Demand;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "family-quota-exceeded",
    summary: "No family of Azure sizes that fits the machine has enough vCPUs left in its quota.",
    remedy: "Ask for a higher quota of a family that fits the machine.",
    why: "Azure counts vCPUs by family of sizes as well as by region. Only the machine's own need is compared, with every \
          family whose quota was exported; what several machines take together depends on the sizes chosen.",
    needs: &[Field::QuotaFamily, Field::QuotaUsed, Field::QuotaLimit, Field::Vcpus, Field::Memory, Field::DiskCount],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Quota", "Quota used", "Quota limit"], &[&["standardDSv5Family", "0", "10"]]),
            table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["web-01", "4", "16", "2"]]),
        ]),
        Example::not_met(&[
            table(&["Quota", "Quota used", "Quota limit"], &[&["standardDSv5Family", "8", "10"]]),
            table(&["VM", "vCPUs", "Memory (GB)", "Number of disks"], &[&["web-01", "4", "16", "2"]]),
        ]),
        Example::unknown(&[
            table(&["Quota", "Quota used", "Quota limit"], &[&["standardDSv5Family", "0", "10"]]),
            table(&["VM", "Memory (GB)", "Number of disks"], &[&["web-01", "16", "2"]]),
        ]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "4"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, context: &Context<'_>) -> Answer {
    if context.whole.family_quotas.is_empty() {
        return Err(Missing { field: Field::QuotaFamily, why: Why::Absent });
    }
    let demand = Demand::of(vm)?;
    let vcpus = vm.vcpus.need()?;
    let mut fitting = context.sizes.iter().filter(|size| size.is_proposed() && size.meets(&demand)).peekable();
    if fitting.peek().is_none() {
        return Ok(Verdict::NotApplicable);
    }
    let left =
        |family: &str| context.whole.family_quotas.iter().find(|quota| quota.family.eq_ignore_ascii_case(family));
    let enough = fitting.any(|size| left(&size.family).is_some_and(|quota| u64::from(size.vcpus) <= quota.free));
    if enough {
        return Ok(Verdict::Met);
    }
    let most = context.whole.family_quotas.iter().map(|quota| quota.free).max().unwrap_or(0);
    let observed = say!("{wanted} vCPUs wanted, at most {most} free in a family", wanted = vcpus.value, most);
    Ok(Verdict::observed(observed, "a fitting family with as many vCPUs free", Some(vcpus.origin)))
}
