//! The account must have the roles that enabling replication needs.

use super::prelude::*;
use crate::model::{Missing, Name, Why};

pub(super) static RULE: Rule = Rule {
    name: "azure-role-missing",
    summary: "The account lacks a role that enabling replication needs.",
    remedy: "Assign the account the Virtual Machine Contributor and Site Recovery Contributor roles.",
    why: "Enabling replication creates machines, joins networks and writes to storage in the subscription. Owner and \
          Contributor hold those permissions too.",
    needs: &[Field::AzureRole],
    limits: &[("any", Kind::List), ("all", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Azure subscription", "Role of the signed-in account"],
            &[&["fjord-dr", "Virtual Machine Contributor"], &["fjord-dr", "Site Recovery Contributor"]],
        )]),
        Example::met(&[table(&["Azure subscription", "Role of the signed-in account"], &[&["fjord-dr", "Owner"]])]),
        Example::not_met(&[table(
            &["Azure subscription", "Role of the signed-in account"],
            &[&["fjord-dr", "Virtual Machine Contributor"], &["fjord-dr", "Reader"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure subscription"],
            &[&["Microsoft.RecoveryServices/vaults", "vault-north", "fjord-dr"]],
        )]),
    ],
    check: Check::Estate(check),
};

fn check(limits: &Limits, context: &Context<'_>) -> Answer {
    let (Some(any), Some(all)) = (limits.list("any"), limits.list("all")) else { return Ok(Verdict::NotApplicable) };
    let has = |roles: &[Name], wanted: &str| roles.iter().any(|role| role.eq_ignore_ascii_case(wanted));
    let mut seen = None;
    for subscription in &context.estate.azure.subscriptions {
        let Ok(roles) = subscription.roles.need() else { continue };
        let enough = any.iter().any(|role| has(&roles.value, role)) || all.iter().all(|role| has(&roles.value, role));
        if enough {
            return Ok(Verdict::Met);
        }
        seen = seen.or(Some(roles));
    }
    let roles = seen.ok_or(Missing { field: Field::AzureRole, why: Why::Absent })?;
    let expected = say!("{all}, or {any}", all = Arg::texts(" and ", all), any = Arg::texts(" or ", any));
    Ok(Verdict::observed(
        Arg::names(Identity::Term, roles.value.iter().map(|role| &**role)),
        expected,
        Some(roles.origin),
    ))
}
