//! A vault must not be in a region that the target leaves out.

use super::prelude::*;
use super::regions::understood;

pub(super) static RULE: Rule = Rule {
    name: "vault-region-excluded",
    summary: "The vault is in a region that cannot be replicated to.",
    remedy: "Create the vault in another region.",
    why: "Some regions do not offer disaster recovery from Hyper-V.",
    needs: &[Field::AzureLocation],
    limits: &[("excluded", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.RecoveryServices/vaults", "vault-north", "North Europe"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.RecoveryServices/vaults", "vault-us5", "northeastus5"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name"],
            &[&["Microsoft.RecoveryServices/vaults", "vault-north"]],
        )]),
    ],
    check: Check::Vault(check),
};

fn check(vault: &Vault, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(excluded) = limits.list("excluded") else { return Ok(Verdict::NotApplicable) };
    let region = vault.location.need()?;
    if excluded.iter().any(|name| context.regions.same(name, &region.value)) {
        return Ok(Verdict::refused(
            Identity::Term,
            region,
            say!("a region other than {excluded}", excluded = Arg::texts(", ", excluded)),
        ));
    }
    understood(region, context)?;
    Ok(Verdict::Met)
}
