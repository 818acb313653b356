//! Prices as a file gives them: exact decimal fractions of a currency, never floats, rounded once for each sum.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::wishes::{Licence, Redundancy, Term, Wishes};
use crate::catalogue::{DiskTierKind, Target};
use crate::model::Name;

/// A price in billionths of the currency's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub u64);

/// A sum in the currency's smallest unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub u64);

/// Billionths in a unit of currency.
const UNIT: u128 = 1_000_000_000;
/// The hours that a month is reckoned with.
pub const HOURS_A_MONTH: u64 = 730;
/// The hours that a year is reckoned with.
const HOURS_A_YEAR: u64 = 8760;

/// The kind of guest that a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guest {
    /// Windows, with its licence.
    Windows,
    /// Anything else, or Windows with a licence of the customer's own.
    Other,
}

/// What a price is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// An hour of a size, by its name in lower case.
    Compute(String, Guest, Term),
    /// A month of a disk tier.
    Disk(DiskTierKind, String, Redundancy),
    /// A month of replication of one machine.
    Fee(Target),
}

/// The prices of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// The files, as the user named them.
    pub files: Vec<String>,
    /// SHA-256 of each.
    pub digests: Vec<String>,
    /// The currency, "EUR".
    pub currency: String,
    /// The newest day on which one of its prices took effect.
    pub date: Option<Date>,
    /// Whether the last page names a further one that is not there.
    pub more: bool,
    /// The prices, by item and region.
    list: BTreeMap<(Item, String), Rate>,
    /// The regions that prices are for.
    regions: Vec<String>,
}

impl Prices {
    /// No prices yet, in a currency.
    #[must_use]
    pub fn new(file: &str, currency: &str) -> Self {
        let (files, currency) = (vec![file.to_owned()], currency.to_owned());
        Self {
            files,
            digests: Vec::new(),
            currency,
            date: None,
            more: false,
            list: BTreeMap::new(),
            regions: Vec::new(),
        }
    }

    /// Adds a price; of two for one thing the lower stands, so that a longer list never makes anything dearer.
    pub fn add(&mut self, item: Item, region: &str, rate: Rate, date: Option<Date>) {
        if !self.regions.iter().any(|known| known == region) {
            self.regions.push(region.to_owned());
        }
        let known = self.list.entry((item, region.to_owned())).or_insert(rate);
        *known = rate.min(*known);
        self.date = self.date.max(date);
    }

    /// How many prices there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The price of an item in a region of the catalogue; without a region, in the only one there are prices for.
    #[must_use]
    pub fn rate(&self, item: Item, region: Option<&Name>) -> Option<Rate> {
        let place = match region {
            Some(region) => self.regions.iter().find(|known| ***known == **region)?,
            None if self.regions.len() == 1 => self.regions.first()?,
            None => return None,
        };
        self.list.get(&(item, place.clone())).copied()
    }

    /// What an hour of a size costs for a kind of guest, by the licence and term wished for.
    #[must_use]
    pub fn compute(&self, size: &str, region: Option<&Name>, guest: Guest, wishes: &Wishes) -> Option<Rate> {
        let of = |guest: Guest, term: Term| self.rate(Item::Compute(size.to_ascii_lowercase(), guest, term), region);
        let guest = if wishes.licence == Licence::Own { Guest::Other } else { guest };
        if wishes.term == Term::AsYouGo {
            return of(guest, Term::AsYouGo);
        }
        let reserved = of(Guest::Other, wishes.term)?;
        match guest {
            Guest::Other => Some(reserved),
            // A reservation covers the machine and not the licence, which is paid by the hour.
            Guest::Windows => {
                let licence = of(Guest::Windows, Term::AsYouGo)?.0.checked_sub(of(Guest::Other, Term::AsYouGo)?.0)?;
                Some(Rate(reserved.0.checked_add(licence)?))
            }
        }
    }

    /// How many decimals a sum in the currency has.
    #[must_use]
    pub fn places(&self) -> u32 {
        places(&self.currency)
    }

    /// A price times a number of hours or months, rounded to the smallest unit.
    #[must_use]
    pub fn sum(&self, rate: Rate, times: u64) -> Money {
        let minor = u128::from(rate.0) * u128::from(times) * 10_u128.pow(self.places());
        Money(u64::try_from((minor + UNIT / 2) / UNIT).unwrap_or(u64::MAX))
    }
}

/// A sum as a decimal text with so many places.
#[must_use]
pub fn shown(money: Money, places: u32) -> String {
    if places == 0 {
        return money.0.to_string();
    }
    let unit = 10_u64.pow(places);
    format!("{}.{:0width$}", money.0 / unit, money.0 % unit, width = places as usize)
}

/// The price of an hour, from that of a whole reservation.
#[must_use]
pub fn hourly(total: Rate, term: Term) -> Rate {
    let years = match term {
        Term::AsYouGo => return total,
        Term::OneYear => 1,
        Term::ThreeYears => 3,
    };
    let hours = HOURS_A_YEAR * years;
    Rate((total.0 + hours / 2) / hours)
}

/// How many decimals a currency's smallest unit makes; two unless it is known to have another number.
fn places(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "CLP" | "ISK" | "VND" | "HUF" | "IDR" | "TWD" => 0,
        "KWD" | "BHD" | "OMR" | "JOD" | "TND" => 3,
        _ => 2,
    }
}

/// Reads a decimal number such as "0.212" exactly; a tenth decimal and what follows is rounded.
#[must_use]
pub fn decimal(text: &str) -> Option<Rate> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let mut nano = u128::from(whole.parse::<u64>().ok()?) * UNIT;
    let mut weight = UNIT / 10;
    for digit in fraction.bytes().take(9) {
        nano += u128::from(digit - b'0') * weight;
        weight /= 10;
    }
    if fraction.as_bytes().get(9).is_some_and(|digit| *digit >= b'5') {
        nano += 1;
    }
    u64::try_from(nano).ok().map(Rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("0.212"), Some(Rate(212_000_000)));
        assert_eq!(decimal("12"), Some(Rate(12_000_000_000)));
        assert_eq!(decimal("0.0000000015"), Some(Rate(2)));
        assert_eq!(decimal("-1"), None);
        assert_eq!(decimal("1,5"), None);
        assert_eq!(decimal(""), None);
    }

    #[test]
    fn sums_are_rounded_once_to_the_smallest_unit() {
        let euros = Prices::new("prices.csv", "EUR");
        assert_eq!(shown(euros.sum(Rate(212_000_000), HOURS_A_MONTH), 2), "154.76");
        assert_eq!(shown(euros.sum(Rate(5_000_000), 1), 2), "0.01");
        let yen = Prices::new("prices.csv", "JPY");
        assert_eq!(shown(yen.sum(Rate(1_500_000_000), 3), yen.places()), "5");
        assert_eq!(hourly(Rate(8760 * 1_000_000_000), Term::OneYear), Rate(1_000_000_000));
    }

    #[test]
    fn a_reservation_leaves_the_licence_to_be_paid_by_the_hour() {
        let mut prices = Prices::new("prices.csv", "EUR");
        let size = || "standard_d2s_v5".to_owned();
        let all = [
            (Guest::Windows, Term::AsYouGo, 180),
            (Guest::Other, Term::AsYouGo, 100),
            (Guest::Other, Term::OneYear, 60),
        ];
        for (guest, term, nano) in all {
            prices.add(Item::Compute(size(), guest, term), "northeurope", Rate(nano), None);
        }
        let wishes = |term, licence| Wishes { licence, term, ..Wishes::default() };
        let rate = |guest, term, licence| prices.compute("Standard_D2s_v5", None, guest, &wishes(term, licence));
        assert_eq!(rate(Guest::Windows, Term::AsYouGo, Licence::Included), Some(Rate(180)));
        assert_eq!(rate(Guest::Windows, Term::AsYouGo, Licence::Own), Some(Rate(100)));
        assert_eq!(rate(Guest::Windows, Term::OneYear, Licence::Included), Some(Rate(140)));
        assert_eq!(rate(Guest::Windows, Term::OneYear, Licence::Own), Some(Rate(60)));
        assert_eq!(rate(Guest::Other, Term::ThreeYears, Licence::Included), None);
    }
}
