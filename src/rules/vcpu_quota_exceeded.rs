//! The machines' vCPUs must fit the region's quota.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "vcpu-quota-exceeded",
    summary: "The machines need more vCPUs than the region's quota leaves.",
    remedy: "Ask for a higher quota before a test failover, or fail over in parts.",
    why: "Failover creates every machine in Azure, and stops where the vCPU quota of the region ends. The sum is of the \
          vCPUs that the machines have now; the sizes chosen may have more.",
    needs: &[Field::QuotaUsed, Field::QuotaLimit, Field::Vcpus],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Quota", "Quota used", "Quota limit"], &[&["cores", "10", "100"]]),
            table(&["VM", "vCPUs"], &[&["web-01", "4"], &["db-01", "86"]]),
        ]),
        Example::not_met(&[
            table(&["Quota", "Quota used", "Quota limit"], &[&["cores", "10", "100"]]),
            table(&["VM", "vCPUs"], &[&["web-01", "4"], &["db-01", "87"]]),
        ]),
        Example::unknown(&[
            table(&["Quota", "Quota used", "Quota limit"], &[&["cores", "10", "100"]]),
            table(&["VM", "vCPUs"], &[&["web-01", "4"], &["db-01", ""]]),
        ]),
        Example::not_applicable(&[table(
            &["Quota", "Quota used", "Quota limit"],
            &[&["standardDSv5Family", "0", "10"]],
        )]),
    ],
    check: Check::Quota(check),
};

fn check(quota: &Quota, _: &Limits, context: &Context<'_>) -> Answer {
    if !quota.name.need()?.value.eq_ignore_ascii_case("cores") || is_elsewhere(quota, context) {
        return Ok(Verdict::NotApplicable);
    }
    let limit = quota.limit.need()?;
    let free = limit.value.saturating_sub(quota.used.need()?.value);
    let wanted = context.whole.vcpus;
    if wanted <= free {
        return context.whole.vcpus_missing.map_or(Ok(Verdict::Met), Err);
    }
    let observed = say!("{wanted} vCPUs wanted, {free} of {limit} free", wanted, free, limit = limit.value);
    Ok(Verdict::observed(observed, say!("at most {free} vCPUs", free), Some(limit.origin)))
}

/// Whether the quota is of a region that no vault is in.
fn is_elsewhere(quota: &Quota, context: &Context<'_>) -> bool {
    let vaults = &context.estate.azure.vaults;
    let Some(region) = quota.location.value() else { return false };
    let differs = |location: &str| !context.regions.same(location, region);
    !vaults.is_empty() && vaults.iter().all(|vault| vault.location.value().is_some_and(|location| differs(location)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Estate, Fact, Origin, Vm};

    fn answer(vcpus: &[Option<u32>], used: u64, limit: u64) -> Answer {
        let cell = Origin::row(0, 2);
        let mut estate = Estate::default();
        for count in vcpus {
            let mut vm = Vm::seen_at(cell);
            if let Some(count) = count {
                vm.vcpus = Fact::known(*count, cell);
            }
            estate.vms.push(vm);
        }
        let mut quota = Quota::seen_at(cell);
        quota.name = Fact::known("cores".into(), cell);
        quota.used = Fact::known(used, cell);
        quota.limit = Fact::known(limit, cell);
        check(&quota, &Limits::default(), &Context::new(&estate, jiff::civil::date(2026, 11, 22)))
    }

    #[test]
    fn the_sum_may_reach_what_is_free_and_not_pass_it() {
        assert_eq!(answer(&[Some(4), Some(6)], 10, 20), Ok(Verdict::Met));
        assert!(matches!(answer(&[Some(5), Some(6)], 10, 20), Ok(Verdict::NotMet(_))));
        assert!(matches!(answer(&[Some(1)], 30, 20), Ok(Verdict::NotMet(_))));
    }

    #[test]
    fn a_machine_without_vcpus_matters_only_while_the_others_fit() {
        let missing = crate::model::Missing { field: Field::Vcpus, why: crate::model::Why::Absent };
        assert_eq!(answer(&[Some(4), None], 10, 20), Err(missing));
        assert!(matches!(answer(&[Some(11), None], 10, 20), Ok(Verdict::NotMet(_))));
    }
}
