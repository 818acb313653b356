//! The sizes a machine may become: the catalogue's, with what a region's own export says in their place.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::basis::Basis;
use super::price::{Prices, Rate};
use super::wishes::Wishes;
use crate::catalogue::{Catalogue, Generations, Size, SizeKind};
use crate::model::{Architecture, Bytes, MIB, Mebibytes, Name, Pattern, Sku, SubjectKind, words};

/// A size that can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name, `Standard_D4s_v5`.
    pub name: Name,
    /// Its quota family, as its source spells it.
    pub family: Name,
    /// Its series, "Dsv5": its name without the number of vCPUs.
    pub series: Name,
    /// Its vCPUs.
    pub vcpus: u32,
    /// Its memory.
    pub memory: Mebibytes,
    /// The most data disks it takes.
    pub data_disks: u32,
    /// The most network adapters it takes, where published.
    pub nics: Option<u32>,
    /// The generations it runs, where published.
    pub generations: Option<Generations>,
    /// Its processor, where published.
    pub architecture: Option<Architecture>,
    /// Whether it takes premium disks, where published.
    pub premium: Option<bool>,
    /// Whether it has accelerated networking, where published.
    pub accelerated: Option<bool>,
    /// The most operations a second of all its disks without cache, where published.
    pub iops: Option<u64>,
    /// The most bytes a second of all its disks without cache, where published.
    pub throughput: Option<Bytes>,
    /// Whether it has no SCSI controller for its disks.
    pub nvme_only: bool,
    /// The number after `_v` in its name, 1 without it.
    pub version: u32,
    /// Whether it is among the sizes wished for.
    pub wished: bool,
    /// Whether an export of the region or the catalogue gives it.
    pub basis: Basis,
    /// What an hour of it costs, with Windows and without.
    pub windows: Option<Rate>,
    /// What an hour of it costs without a licence.
    pub bare: Option<Rate>,
}

/// The sizes that can be had, and in which order they are tried.
#[derive(Clone, Debug)]
pub struct Offers {
    /// The sizes: by vCPUs, memory, data disks, newest version, name.
    pub list: Vec<Offer>,
    /// The region they are for.
    pub region: Option<Name>,
    /// Whether an export of the region says which there are.
    pub availability: Availability,
    /// Whether prices are known, so that the cheapest size is wanted.
    pub priced: bool,
}

words! {
    /// Whether a region's own export says which sizes it has.
    Availability {
        /// It does.
        Exported = "exported",
        /// No export of the region was given.
        NotVerified = "not-verified",
    }
}

impl Offers {
    /// The sizes that can be had in a region.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        skus: &[Sku],
        wishes: &Wishes,
        region: Option<&Name>,
        prices: Option<&Prices>,
    ) -> Self {
        let Catalogue { sizes, regions, .. } = catalogue;
        let here = |sku: &&Sku| match (sku.location.value(), region) {
            (Some(place), Some(region)) => regions.same(place, region),
            (Some(_) | None, _) => true,
        };
        let exported: Vec<&Sku> = skus.iter().filter(here).filter(|sku| sku.name.is_known()).collect();
        let mut list: Vec<Offer> = if exported.is_empty() {
            sizes.iter().filter(|size| size.retires.is_none()).filter_map(|size| offer(size, wishes)).collect()
        } else {
            let known: FxHashMap<String, &Size> =
                sizes.iter().map(|size| (size.name.to_ascii_lowercase(), size)).collect();
            exported.iter().filter_map(|sku| exported_offer(sku, &known, wishes)).collect()
        };
        list.retain(|offer| !wishes.avoid.iter().any(|pattern| is_meant(pattern, offer)));
        if let Some(prices) = prices {
            for offer in &mut list {
                offer.windows = prices.compute(&offer.name, region, super::price::Guest::Windows, wishes);
                offer.bare = prices.compute(&offer.name, region, super::price::Guest::Other, wishes);
            }
        }
        list.sort_by(|one, other| one.order().cmp(&other.order()));
        list.dedup_by(|one, other| one.name == other.name);
        let availability = if exported.is_empty() { Availability::NotVerified } else { Availability::Exported };
        Self { list, region: region.cloned(), availability, priced: prices.is_some() }
    }

    /// The size of an index.
    #[must_use]
    pub fn get(&self, index: u16) -> &Offer {
        &self.list[usize::from(index)]
    }
}

impl Offer {
    /// What sizes are put in order by.
    #[must_use]
    pub fn order(&self) -> (u32, Mebibytes, u32, Reverse<u32>, &str) {
        (self.vcpus, self.memory, self.data_disks, Reverse(self.version), &self.name)
    }
}

/// A catalogue size as an offer; `None` for one that is made for something else and not wished by name.
fn offer(size: &Size, wishes: &Wishes) -> Option<Offer> {
    let mut offer = Offer {
        name: size.name.as_str().into(),
        family: size.family.as_str().into(),
        series: series(&size.name).into(),
        vcpus: size.vcpus,
        memory: size.memory,
        data_disks: size.max_data_disks,
        nics: size.max_nics,
        generations: size.generations,
        architecture: size.architecture,
        premium: size.premium_storage,
        accelerated: size.accelerated_networking,
        iops: size.uncached_iops.map(u64::from),
        throughput: size.uncached_mibps.map(|rate| Bytes(u64::from(rate) * MIB)),
        nvme_only: size.nvme_only == Some(true),
        version: version(&size.name),
        wished: false,
        basis: Basis::Published,
        windows: None,
        bare: None,
    };
    offer.wished = is_wished(&offer, size.kind, wishes);
    (offer.wished || size.kind == SizeKind::General).then_some(offer)
}

/// A size of a region's export; what it does not say the catalogue says. `None` where the subscription may not use it,
/// or where neither gives its vCPUs, memory and disks.
fn exported_offer(sku: &Sku, known: &FxHashMap<String, &Size>, wishes: &Wishes) -> Option<Offer> {
    if is_restricted(sku) || is_elsewhere(sku, wishes) || sku.retires.is_known() {
        return None;
    }
    let name = sku.name.value()?;
    let listed = known.get(&name.to_ascii_lowercase()).copied();
    if listed.is_some_and(|size| size.retires.is_some()) {
        return None;
    }
    let kind = listed.map_or_else(|| kind_by_name(name), |size| size.kind);
    let mut offer = match listed {
        Some(size) => offer_of_any_kind(size),
        None => blank(sku)?,
    };
    offer.basis = Basis::Exported;
    take(&mut offer.vcpus, sku.vcpus.value().copied());
    take(&mut offer.memory, sku.memory.value().copied());
    take(&mut offer.data_disks, sku.data_disks.value().copied());
    take(&mut offer.family, sku.family.value().cloned());
    offer.nics = sku.nics.value().copied().or(offer.nics);
    offer.generations = sku.generations.value().and_then(|text| generations(text)).or(offer.generations);
    offer.architecture = sku.architecture.value().and_then(|text| architecture(text)).or(offer.architecture);
    offer.premium = sku.premium.value().copied().or(offer.premium);
    offer.accelerated = sku.accelerated.value().copied().or(offer.accelerated);
    offer.iops = sku.iops.value().copied().map(u64::from).or(offer.iops);
    offer.throughput = sku.throughput.value().copied().map(Bytes).or(offer.throughput);
    if let Some(controllers) = sku.controllers.value() {
        offer.nvme_only = !controllers.to_ascii_uppercase().contains("SCSI");
    }
    offer.wished = is_wished(&offer, kind, wishes);
    (offer.wished || kind == SizeKind::General).then_some(offer)
}

fn take<T>(known: &mut T, exported: Option<T>) {
    if let Some(exported) = exported {
        *known = exported;
    }
}

fn offer_of_any_kind(size: &Size) -> Offer {
    let size = Size { kind: SizeKind::General, ..size.clone() };
    offer(&size, &Wishes::default()).expect("a general size is always an offer")
}

/// An offer of which only an export tells.
fn blank(sku: &Sku) -> Option<Offer> {
    let name = sku.name.value()?;
    Some(Offer {
        name: name.clone(),
        family: sku.family.value()?.clone(),
        series: series(name).into(),
        vcpus: *sku.vcpus.value()?,
        memory: *sku.memory.value()?,
        data_disks: *sku.data_disks.value()?,
        nics: None,
        generations: None,
        architecture: None,
        premium: None,
        accelerated: None,
        iops: None,
        throughput: None,
        nvme_only: false,
        version: version(name),
        wished: false,
        basis: Basis::Exported,
        windows: None,
        bare: None,
    })
}

/// Whether the subscription may not use a size in the region; a restriction of some zones leaves the others.
fn is_restricted(sku: &Sku) -> bool {
    let of_zones = |types: &Name| types.split([';', ',']).all(|kind| kind.trim().eq_ignore_ascii_case("zone"));
    sku.restriction.is_known() && !sku.restriction_type.value().is_some_and(of_zones)
}

/// Whether a size is not to be had in the zone wished for.
fn is_elsewhere(sku: &Sku, wishes: &Wishes) -> bool {
    let Some(zone) = &wishes.zone else { return false };
    let has = |zones: &Vec<Name>| zones.contains(zone);
    // A restriction of some zones that does not name them may be of this one.
    let may_be_restricted = sku.restriction.is_known() && sku.restricted_zones.value().is_none_or(has);
    may_be_restricted || !sku.zones.value().is_some_and(has)
}

/// Whether a size is wished for: general ones by series, others only where a pattern names more than letters.
fn is_wished(offer: &Offer, kind: SizeKind, wishes: &Wishes) -> bool {
    wishes.sizes.iter().filter(|pattern| is_meant(pattern, offer)).any(|pattern| {
        let is_letters = pattern.as_str().bytes().all(|byte| byte.is_ascii_alphabetic());
        kind == SizeKind::General || !is_letters || kind == SizeKind::Burstable
    })
}

/// Whether a pattern means a size: by the letters its name begins with, its series, its name or its quota family.
fn is_meant(pattern: &Pattern, offer: &Offer) -> bool {
    let fits = |text: &str| pattern.fits(SubjectKind::Estate, text);
    fits(letters(&offer.name)) || fits(&offer.series) || fits(&offer.name) || fits(&offer.family)
}

/// A size's name without what all names begin with.
fn short(name: &str) -> &str {
    name.strip_prefix("Standard_").or_else(|| name.strip_prefix("Basic_")).unwrap_or(name)
}

/// The letters that a size's name begins with: "D" of `Standard_D4s_v5`, "DC" of `Standard_DC2s_v3`.
fn letters(name: &str) -> &str {
    let short = short(name);
    let end = short.find(|letter: char| !letter.is_ascii_uppercase()).unwrap_or(short.len());
    &short[..end]
}

/// A size's series: "Dsv5" of `Standard_D4s_v5`, "Easv4" of `Standard_E4-2as_v4`.
fn series(name: &str) -> String {
    let short = short(name);
    let rest = short[letters(name).len()..].trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
    format!("{}{}", letters(name), rest.replace('_', ""))
}

/// The number after `_v` in a size's name; names without it are of the first version.
fn version(name: &str) -> u32 {
    name.rsplit_once("_v").and_then(|(_, digits)| digits.parse().ok()).unwrap_or(1)
}

/// What a size that no catalogue knows is made for, as far as its letters tell.
fn kind_by_name(name: &str) -> SizeKind {
    match letters(name) {
        "B" => SizeKind::Burstable,
        "DC" | "EC" => SizeKind::Confidential,
        "HB" | "HC" | "HX" | "H" => SizeKind::HighPerformance,
        letters if letters.starts_with('N') => SizeKind::Accelerated,
        _ => SizeKind::General,
    }
}

fn generations(text: &str) -> Option<Generations> {
    let has = |wanted: &str| text.split([',', ';']).any(|listed| listed.trim().eq_ignore_ascii_case(wanted));
    match (has("V1"), has("V2")) {
        (true, true) => Some(Generations::Both),
        (true, false) => Some(Generations::One),
        (false, true) => Some(Generations::Two),
        (false, false) => None,
    }
}

fn architecture(text: &str) -> Option<Architecture> {
    Architecture::ALL.iter().copied().find(|known| known.as_str().eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_known_by_its_letters_its_series_and_its_version() {
        let of = |name: &str| (letters(name).to_owned(), series(name), version(name));
        assert_eq!(of("Standard_D4s_v5"), ("D".to_owned(), "Dsv5".to_owned(), 5));
        assert_eq!(of("Standard_E16-4as_v4"), ("E".to_owned(), "Easv4".to_owned(), 4));
        assert_eq!(of("Standard_DC2s_v3").0, "DC");
        assert_eq!(of("Standard_F8s").2, 1);
        assert_eq!(of("Standard_NC4as_T4_v3"), ("NC".to_owned(), "NCasT4v3".to_owned(), 3));
    }
}
