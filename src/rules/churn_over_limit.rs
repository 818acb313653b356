//! A machine must not write more than replication can carry away.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "churn-over-limit",
    summary: "The machine writes more than replication can follow.",
    remedy: "Reduce the write churn, spread it over more disks, or choose premium disks as target.",
    why: "Changes that arrive faster than they are sent make recovery points old, and end in a resynchronisation.",
    needs: &[Field::WriteChurn, Field::DiskCount],
    limits: &[("per_second_and_machine", Kind::Size), ("per_second_and_disk", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "Write churn (MB/s)"], &[&["web-01", "1"]])]),
        Example::not_met(&[table(&["VM", "Number of disks", "Write churn (MB/s)"], &[&["sql-01", "2", "300"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    if let Some(limit) = limits.size("per_second_and_machine") {
        let churn = vm.write_churn.need()?;
        if churn.value <= limit {
            return Ok(Verdict::Met);
        }
        return Ok(Verdict::observed(
            per_second(churn.value.0),
            say!("at most {limit}", limit = per_second(limit.0)),
            Some(churn.origin),
        ));
    }
    let Some(limit) = limits.size("per_second_and_disk") else { return Ok(Verdict::NotApplicable) };
    let churn = vm.write_churn.need()?;
    if churn.value <= limit {
        return Ok(Verdict::Met);
    }
    let disks = vm.disk_count()?.value;
    if churn.value.0 > limit.0.saturating_mul(disks.into()) {
        let observed = say!("{churn} over {disks} disks", churn = per_second(churn.value.0), disks);
        return Ok(Verdict::observed(
            observed,
            say!("at most {limit} and disk", limit = per_second(limit.0)),
            Some(churn.origin),
        ));
    }
    // The machine's total fits its disks only if it is spread evenly, which a total does not tell.
    Err(Missing { field: Field::WriteChurn, why: Why::Unsaid(churn.origin) })
}

/// In megabytes of 10^6 bytes, as the documents count churn, rounded up at the first decimal.
fn per_second(bytes: u64) -> Arg {
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => Arg::text(&format!("{} MB/s", tenths / 10)),
        rest => Arg::text(&format!("{}.{rest} MB/s", tenths / 10)),
    }
}
