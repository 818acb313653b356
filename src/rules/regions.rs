//! Azure regions: whether two names mean one region, and whether a vault is in it.

use super::{Answer, Context, Verdict};
use crate::catalogue::Limits;
use crate::model::{Arg, Fact, Field, Identity, Known, Missing, Name, Why, say};

/// What is missing while no export lists any Azure resource of a kind.
pub const NOTHING_LISTED: Missing = Missing { field: Field::AzureType, why: Why::Absent };

/// Whether a vault is in a region.
///
/// # Errors
/// Missing when no vault is known, or when none is in the region and some region is not known or in words not known.
pub fn has_vault(context: &Context<'_>, region: &Known<Name>) -> Result<bool, Missing> {
    let vaults = &context.estate.azure.vaults;
    if vaults
        .iter()
        .filter_map(|vault| vault.location.value())
        .any(|location| context.regions.same(location, &region.value))
    {
        return Ok(true);
    }
    if vaults.is_empty() {
        return Err(NOTHING_LISTED);
    }
    understood(region, context)?;
    for vault in vaults {
        understood(vault.location.need()?, context)?;
    }
    Ok(false)
}

/// Missing when no region of the catalogue has the name: the portal translates names, so that "Europa do Norte" may be
/// any region for all Klar knows.
///
/// # Errors
/// The region, as a cell that could not be read.
pub fn understood(region: &Known<Name>, context: &Context<'_>) -> Result<(), Missing> {
    if context.regions.find(&region.value).is_some() {
        return Ok(());
    }
    Err(Missing { field: Field::AzureLocation, why: Why::Unreadable(region.origin) })
}

/// Whether there is a resource of a kind, and one in the region of a vault where the edition asks for that.
///
/// # Errors
/// Missing when no export lists resources of the kind in full, or when a region that could settle it is not known.
pub fn one_in_a_vaults_region<'a>(
    what: &'static str,
    regions: impl ExactSizeIterator<Item = &'a Fact<Name>>,
    is_listed: bool,
    limits: &Limits,
    context: &Context<'_>,
) -> Answer {
    let count = regions.len();
    if count == 0 {
        if is_listed {
            return Ok(Verdict::observed("none among the resources exported", what, None));
        }
        return Err(NOTHING_LISTED);
    }
    if limits.flag("in_region_of_vault") != Some(true) {
        return Ok(Verdict::Met);
    }
    let mut missing = None;
    for region in regions {
        match region.need().and_then(|region| has_vault(context, region)) {
            Ok(true) => return Ok(Verdict::Met),
            Ok(false) => {}
            Err(unknown) => missing = missing.or(Some(unknown)),
        }
    }
    if let Some(missing) = missing {
        return Err(missing);
    }
    if !is_listed {
        return Err(NOTHING_LISTED);
    }
    let observed = say!("{count} exported, none in {regions}", count, regions = vault_regions(context));
    Ok(Verdict::observed(observed, say!("{what} in the region of a vault", what), None))
}

/// The regions of the vaults, for an expectation.
pub fn vault_regions(context: &Context<'_>) -> Arg {
    let mut regions: Vec<&str> =
        context.estate.azure.vaults.iter().filter_map(|vault| vault.location.value()).map(|region| &**region).collect();
    regions.sort_unstable();
    regions.dedup();
    Arg::names(Identity::Term, regions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Estate, Fact, Origin, Vault};

    fn vault_in(regions: &[Option<&str>], asked: &str) -> Result<bool, Missing> {
        let cell = Origin::row(0, 2);
        let mut estate = Estate::default();
        for region in regions {
            let mut vault = Vault::seen_at(cell);
            if let Some(region) = region {
                vault.location = Fact::known((*region).into(), cell);
            }
            estate.azure.vaults.push(vault);
        }
        let asked = Known { value: asked.into(), origin: cell };
        has_vault(&Context::new(&estate, jiff::civil::date(2026, 11, 22)), &asked)
    }

    #[test]
    fn a_vault_in_the_region_settles_it_and_a_vault_without_region_leaves_it_open() {
        let region_missing = Missing { field: Field::AzureLocation, why: Why::Absent };
        assert_eq!(vault_in(&[None, Some("North Europe")], "northeurope"), Ok(true));
        assert_eq!(vault_in(&[Some("westeurope")], "northeurope"), Ok(false));
        assert_eq!(vault_in(&[None, Some("westeurope")], "northeurope"), Err(region_missing));
        assert_eq!(vault_in(&[], "northeurope"), Err(NOTHING_LISTED));
    }
}
