//! Azure regions: whether two names mean one region, and whether a vault is in it.

use super::Context;
use crate::model::{Field, Missing, Why};

/// What is missing while no export lists any Azure resource of a kind.
pub const NOTHING_LISTED: Missing = Missing { field: Field::AzureType, why: Why::Absent };

/// Whether two texts name one region, in the short form ("northeurope") or the long one ("North Europe").
pub fn same_region(one: &str, other: &str) -> bool {
    let letters =
        |text| str::chars(text).filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase());
    letters(one).eq(letters(other))
}

/// Whether a vault is in a region.
///
/// # Errors
/// Missing when no vault is known, or when none is in the region and some vault's region is not known.
pub fn has_vault(context: &Context<'_>, region: &str) -> Result<bool, Missing> {
    let vaults = &context.estate.azure.vaults;
    if vaults.iter().filter_map(|vault| vault.location.value()).any(|location| same_region(location, region)) {
        return Ok(true);
    }
    if vaults.is_empty() {
        return Err(NOTHING_LISTED);
    }
    for vault in vaults {
        vault.location.need()?;
    }
    Ok(false)
}

/// The regions of the vaults, for an expectation.
pub fn vault_regions(context: &Context<'_>) -> String {
    let mut regions: Vec<&str> =
        context.estate.azure.vaults.iter().filter_map(|vault| vault.location.value()).map(|region| &**region).collect();
    regions.sort_unstable();
    regions.dedup();
    regions.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_form_name_one_region() {
        assert!(same_region("northeurope", "North Europe"));
        assert!(same_region("South Central US", "southcentralus"));
        assert!(!same_region("northeurope", "northeurope2"));
    }
}
