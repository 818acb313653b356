//! What is wrong with the lists of a catalogue: guests, releases, sizes, disks, regions and wording.

use std::collections::BTreeMap;

use super::lint_file::{Linted, document_problems};
use crate::catalogue::{
    CarriedError, Catalogue, CatalogueError, DiskTierKind, DiskTiers, GuestOsCatalogue, Product, Regions, Releases,
    Sizes, Vocabulary,
};

/// Holds a list of guests to what the program's own is held to.
pub(super) fn guests(linted: &mut Linted<'_>) {
    let catalogue = match GuestOsCatalogue::parse(&linted.file.path, linted.text) {
        Ok(catalogue) => catalogue,
        Err(error) => return refused(linted, error),
    };
    for source in catalogue.sources() {
        let at = format!("key = \"{}\"", source.key);
        for problem in document_problems(source, catalogue.retrieved()) {
            linted.entry(&[&at], &source.key, &problem);
        }
    }
    for product in catalogue.products() {
        let at = format!("key = \"{}\"", product.key);
        for problem in product_problems(product) {
            linted.entry(&[&at], &product.key, problem);
        }
        if !product.releases.is_empty() && product.support_end.is_none() {
            continue;
        }
        let guest = catalogue.identify(&product.title, None, None, Vocabulary::Any);
        let found = guest.and_then(|guest| guest.product);
        if found.as_ref().is_none_or(|found| found.key != product.key) {
            linted.entry(&[&at, "title ="], &product.key, "is not found by its own title");
        }
    }
}

fn product_problems(product: &Product) -> Vec<&'static str> {
    let releases = || product.releases.iter();
    let dated = product.support_end.is_some() || releases().any(|release| release.support_end.is_some());
    let paid = product.paid_end.is_some() || releases().any(|release| release.paid_end.is_some());
    let mut problems = Vec::new();
    if paid && product.paid_name.is_none() {
        problems.push("has paid updates without `paid_name`");
    }
    if !dated && product.source == "eol" && product.remark.is_none() {
        problems.push("has neither an end of support nor a remark that says why");
    }
    if product.only_64_bit && product.only_32_bit {
        problems.push("is only 64-bit and only 32-bit");
    }
    problems
}

/// Holds a list of releases to what the program's own is held to.
pub(super) fn releases(linted: &mut Linted<'_>) {
    let releases = match Releases::parse(&linted.file.path, linted.text) {
        Ok(releases) => releases,
        Err(error) => return refused(linted, error),
    };
    for source in &releases.sources {
        let at = format!("key = \"{}\"", source.key);
        for problem in document_problems(source, releases.retrieved) {
            linted.entry(&[&at], &source.key, &problem);
        }
    }
    for release in releases.hosts.iter().chain(releases.managers.iter()) {
        let at = format!("key = \"{}\"", release.key);
        if release.support_end.is_none()
            && release.remark.is_none()
            && release.mainstream_end.is_none()
            && release.kind.is_none()
        {
            linted.entry(&[&at], &release.key, "has neither an end of support nor a remark that says why");
        }
        if release.paid_end.is_some() && release.paid_name.is_none() {
            linted.entry(&[&at], &release.key, "has paid updates without `paid_name`");
        }
    }
}

fn refused(linted: &mut Linted<'_>, error: CatalogueError) {
    match error {
        CatalogueError::Shape { problem, .. } | CatalogueError::Releases { problem, .. } => linted.whole(&problem),
        CatalogueError::Entry { key, problem, .. } => linted.entry(&[&format!("key = \"{key}\"")], &key, &problem),
    }
}

/// Holds a list of sizes to what the program's own is held to.
pub(super) fn sizes(linted: &mut Linted<'_>) {
    let sizes = match Sizes::parse(linted.text) {
        Ok(sizes) => sizes,
        Err(error) => return linted.whole(&error.to_string()),
    };
    for size in sizes.iter() {
        let at = format!("{},", size.name);
        if !size.name.starts_with("Standard_") || size.family.is_empty() {
            linted.entry(&[&at], &size.name, "is no name that Azure gives a size, or has no quota family");
        }
        if [u64::from(size.vcpus), size.memory.0, u64::from(size.max_data_disks)].contains(&0) {
            linted.entry(&[&at], &size.name, "has no vCPUs, no memory or no data disks");
        }
        if size.max_nics == Some(0) {
            linted.entry(&[&at], &size.name, "takes no network adapter");
        }
    }
}

/// Holds a list of disk tiers to what the program's own is held to.
pub(super) fn disks(linted: &mut Linted<'_>) {
    let tiers = match DiskTiers::parse(linted.text) {
        Ok(tiers) => tiers,
        Err(error) => return linted.whole(&error.to_string()),
    };
    for kind in DiskTierKind::ALL {
        let of_kind: Vec<_> = tiers.iter().filter(|tier| tier.kind == *kind).collect();
        if of_kind.is_empty() {
            linted.put(None, kind.as_str(), "has no tier");
        }
        for pair in of_kind.windows(2).filter(|pair| pair[0].size == pair[1].size) {
            let at = format!("{kind},{},", pair[1].tier);
            linted.entry(&[&at], &pair[1].tier, &format!("is as large as {}", pair[0].tier));
        }
    }
}

/// Holds a list of regions to what the program's own is held to.
pub(super) fn regions(linted: &mut Linted<'_>) {
    let regions = match Regions::parse(linted.text) {
        Ok(regions) => regions,
        Err(error) => return linted.whole(&error.to_string()),
    };
    for region in regions.iter() {
        let at = format!("{},", region.name);
        if !region.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            linted.entry(&[&at], &region.name, "is no short name: small letters and digits only");
        }
        if regions.find(&region.display_name) != Some(region) {
            linted.entry(&[&at], &region.name, "shares its long name with another region");
        }
    }
}

/// Holds a file of wording to the checks that there are; any other file has no place in a catalogue.
pub(super) fn wording(linted: &mut Linted<'_>) {
    match Catalogue::with(std::slice::from_ref(linted.file)) {
        Ok(_) => {}
        Err(CarriedError::Wording { problem, .. }) => {
            let unknown = toml::from_str::<BTreeMap<String, toml::Value>>(linted.text)
                .ok()
                .and_then(|all| all.into_keys().find(|check| problem.contains(&format!("asks for {check};"))));
            match unknown {
                Some(check) => linted.entry(&[&format!("[{check}]")], &check, &problem),
                None => linted.whole(&problem),
            }
        }
        Err(error) => {
            // The path stands before the problem already.
            let problem = error.to_string();
            let problem = problem.strip_prefix(&format!("{}: ", linted.file.path)).unwrap_or(&problem).to_owned();
            linted.whole(&problem);
        }
    }
}
