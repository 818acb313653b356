//! Price files: pages of the Retail Prices answer as saved, or a small CSV of one's own.

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;

use super::price::{Guest, Item, Prices, Rate, decimal, hourly};
use super::wishes::{Redundancy, Term};
use crate::catalogue::{Catalogue, DiskTierKind, DiskTiers, Target, digest};

/// What is wrong with a price file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PriceError {
    /// It is neither form of prices.
    #[error(
        "{file}: not a price file: {reason}. Give the saved pages of the Retail Prices answer, or a CSV as `klar template prices` prints it."
    )]
    Form {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A line of a CSV is not a price.
    #[error("{file}, line {line}: {reason}. Correct it; `klar template prices` explains the columns.")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// Two files, or two prices of one file, are in two currencies.
    #[error("{file}: holds prices in {found} beside prices in {currency}. Give one currency.")]
    Currencies {
        /// The file.
        file: String,
        /// The currency before.
        currency: String,
        /// The other one.
        found: String,
    },
    /// Nothing in it is a price that the plan can use.
    #[error(
        "{file}: holds no price of a virtual machine, a managed disk or replication. Ask for these services, and save every page."
    )]
    Nothing {
        /// The file.
        file: String,
    },
}

/// A page of the Retail Prices answer.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    billing_currency: Option<String>,
    items: Vec<Meter>,
    next_page_link: Option<String>,
}

/// A file of JSON: one page, or a list of pages.
#[derive(Deserialize)]
#[serde(untagged)]
enum Pages {
    Many(Vec<Page>),
    One(Page),
}

/// A meter of the Retail Prices answer, as far as the plan looks at it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meter {
    currency_code: Option<String>,
    retail_price: Option<f64>,
    tier_minimum_units: Option<f64>,
    arm_region_name: Option<String>,
    effective_start_date: Option<String>,
    #[serde(rename = "meterName")]
    name: Option<String>,
    product_name: Option<String>,
    sku_name: Option<String>,
    service_name: Option<String>,
    unit_of_measure: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    reservation_term: Option<String>,
    arm_sku_name: Option<String>,
}

/// A line of a price list of one's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    name: String,
    region: String,
    #[serde(default)]
    guest: String,
    #[serde(default)]
    term: String,
    #[serde(default)]
    redundancy: String,
    price: String,
    unit: String,
    currency: String,
    #[serde(default)]
    date: String,
}

/// A price file under way.
struct Reader<'a> {
    file: &'a str,
    catalogue: &'a Catalogue,
    prices: Option<Prices>,
}

impl Prices {
    /// Reads the prices of some files, each given by its name and text, of the tiers and regions of a catalogue.
    ///
    /// # Errors
    /// What is wrong with which file, and what to do.
    pub fn read(files: &[(&str, &str)], catalogue: &Catalogue) -> Result<Option<Self>, PriceError> {
        let mut prices = None;
        for (file, text) in files {
            let mut reader = Reader { file, catalogue, prices };
            let before = reader.prices.as_ref().map_or(0, Self::len);
            let text = text.trim_start_matches('\u{feff}');
            if text.trim_start().starts_with(['{', '[']) {
                reader.json(text)?;
            } else {
                reader.csv(text)?;
            }
            if reader.prices.as_ref().map_or(0, Self::len) == before {
                return Err(PriceError::Nothing { file: (*file).to_owned() });
            }
            prices = reader.prices;
            if let Some(prices) = &mut prices {
                prices.digests.push(digest(text.as_bytes()));
            }
            if let Some(prices) = prices.as_mut().filter(|prices| prices.files.iter().all(|known| known != file)) {
                prices.files.push((*file).to_owned());
            }
        }
        Ok(prices)
    }
}

impl Reader<'_> {
    fn add(
        &mut self,
        item: Item,
        region: &str,
        rate: Rate,
        currency: &str,
        date: Option<Date>,
    ) -> Result<(), PriceError> {
        let prices = self.prices.get_or_insert_with(|| Prices::new(self.file, currency));
        if prices.currency != currency {
            let (file, found) = (self.file.to_owned(), currency.to_owned());
            return Err(PriceError::Currencies { file, currency: prices.currency.clone(), found });
        }
        prices.add(item, &self.catalogue.regions.short(region), rate, date);
        Ok(())
    }

    /// Pages one after another, or in a list; the same page twice changes nothing.
    fn json(&mut self, text: &str) -> Result<(), PriceError> {
        let mut more = false;
        for pages in serde_json::Deserializer::from_str(text).into_iter::<Pages>() {
            let pages =
                pages.map_err(|error| PriceError::Form { file: self.file.to_owned(), reason: error.to_string() })?;
            let pages = match pages {
                Pages::Many(pages) => pages,
                Pages::One(page) => vec![page],
            };
            for page in pages {
                more = page.next_page_link.is_some_and(|link| !link.is_empty());
                let currency = page.billing_currency.as_deref().unwrap_or("USD");
                for meter in &page.items {
                    let Some((item, rate)) = meter.price(&self.catalogue.disks) else { continue };
                    let region = meter.arm_region_name.as_deref().unwrap_or_default();
                    let currency = meter.currency_code.as_deref().unwrap_or(currency);
                    let date = meter.effective_start_date.as_deref().and_then(|date| date.get(..10)?.parse().ok());
                    self.add(item, region, rate, currency, date)?;
                }
            }
        }
        if let Some(prices) = &mut self.prices {
            prices.more |= more;
        }
        Ok(())
    }

    fn csv(&mut self, text: &str) -> Result<(), PriceError> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let heads = reader.headers().cloned();
        let heads =
            heads.map_err(|error| PriceError::Form { file: self.file.to_owned(), reason: error.to_string() })?;
        if !heads.iter().any(|head| head == "price") {
            let reason = "it has no column `price`".to_owned();
            return Err(PriceError::Form { file: self.file.to_owned(), reason });
        }
        for record in reader.records() {
            let at = |line: u64, reason: String| PriceError::Line { file: self.file.to_owned(), line, reason };
            let record =
                record.map_err(|error| at(error.position().map_or(0, csv::Position::line), error.to_string()))?;
            let number = record.position().map_or(0, csv::Position::line);
            let line: Line = record.deserialize(Some(&heads)).map_err(|error| at(number, error.to_string()))?;
            let (item, rate) = line.price(&self.catalogue.disks).map_err(|reason| at(number, reason))?;
            let date = if line.date.is_empty() {
                None
            } else {
                let read = line.date.parse().map_err(|_| at(number, format!("`{}` is no date", line.date)));
                Some(read?)
            };
            self.add(item, line.region.trim(), rate, line.currency.trim(), date)?;
        }
        Ok(())
    }
}

impl Meter {
    /// What the meter prices and at what rate, when the plan can use it.
    fn price(&self, tiers: &DiskTiers) -> Option<(Item, Rate)> {
        let is_first_tier = self.tier_minimum_units.is_none_or(|least| least == 0.0);
        let service = self.service_name.as_deref()?;
        // The shortest decimal text of a double is what the file holds, so that no rounding reaches a sum.
        let rate = decimal(&self.retail_price?.to_string()).filter(|_| is_first_tier)?;
        match service {
            "Virtual Machines" => self.compute(rate),
            "Storage" => self.disk(tiers).map(|item| (item, rate)),
            "Azure Site Recovery" => self.fee().map(|item| (item, rate)),
            _ => None,
        }
    }

    fn compute(&self, rate: Rate) -> Option<(Item, Rate)> {
        let product = self.product_name.as_deref()?;
        let named = [self.name.as_deref(), self.sku_name.as_deref()];
        let says = |word: &str| named.iter().flatten().any(|name| name.contains(word));
        if product.contains("Cloud Services")
            || product.contains("Dedicated Host")
            || says("Spot")
            || says("Low Priority")
        {
            return None;
        }
        let size = self.arm_sku_name.as_deref().filter(|size| !size.is_empty())?.to_ascii_lowercase();
        let guest = if product.contains("Windows") { Guest::Windows } else { Guest::Other };
        match self.kind.as_deref()? {
            "Consumption" if self.unit_of_measure.as_deref() == Some("1 Hour") => {
                Some((Item::Compute(size, guest, Term::AsYouGo), rate))
            }
            "Reservation" => {
                let term = match self.reservation_term.as_deref()? {
                    "1 Year" => Term::OneYear,
                    "3 Years" => Term::ThreeYears,
                    _ => return None,
                };
                Some((Item::Compute(size, guest, term), hourly(rate, term)))
            }
            _ => None,
        }
    }

    /// A month of a disk tier: "P10 LRS Disk" of "Premium SSD Managed Disks".
    fn disk(&self, tiers: &DiskTiers) -> Option<Item> {
        let product = self.product_name.as_deref()?;
        let kind = match product {
            _ if product.starts_with("Premium SSD Managed Disks") => DiskTierKind::PremiumSsd,
            _ if product.starts_with("Standard SSD Managed Disks") => DiskTierKind::StandardSsd,
            _ if product.starts_with("Standard HDD Managed Disks") => DiskTierKind::StandardHdd,
            _ => return None,
        };
        let mut words = self.name.as_deref()?.split(' ');
        let (tier, redundancy, rest) = (words.next()?, words.next()?, words.collect::<Vec<_>>().join(" "));
        let is_disk = (rest == "Disk" || rest == "Disks") && self.unit_of_measure.as_deref() == Some("1/Month");
        let redundancy: Redundancy = redundancy.parse().ok().filter(|_| is_disk)?;
        let is_tier = tiers.iter().any(|known| known.kind == kind && known.tier == tier);
        is_tier.then(|| Item::Disk(kind, tier.to_owned(), redundancy))
    }

    fn fee(&self) -> Option<Item> {
        let is_azure = self.name.as_deref()?.starts_with("VM Replicated to Azure");
        (is_azure && self.unit_of_measure.as_deref() == Some("1/Month")).then_some(Item::Fee(Target::SiteRecovery))
    }
}

impl Line {
    /// What the line prices and at what rate.
    fn price(&self, tiers: &DiskTiers) -> Result<(Item, Rate), String> {
        let rate = decimal(&self.price).ok_or_else(|| {
            format!("`{}` is no price; write it with a point and without a currency, 0.212", self.price)
        })?;
        let unit = |wanted: &str| {
            if self.unit == wanted {
                Ok(())
            } else {
                Err(format!("a {} is priced by the {wanted}, not `{}`", self.kind, self.unit))
            }
        };
        match self.kind.as_str() {
            "compute" => {
                unit("hour")?;
                let guest = match self.guest.as_str() {
                    "windows" => Guest::Windows,
                    "other" => Guest::Other,
                    other => return Err(format!("`{other}` is no guest; write windows or other")),
                };
                let term = if self.term.is_empty() { Ok(Term::AsYouGo) } else { self.term.parse() };
                Ok((Item::Compute(self.name.to_ascii_lowercase(), guest, term?), rate))
            }
            "disk" => {
                unit("month")?;
                let tier = tiers.iter().find(|known| known.tier.eq_ignore_ascii_case(&self.name));
                let tier = tier.ok_or_else(|| format!("`{}` is no disk tier such as P10, E10 or S10", self.name))?;
                let redundancy =
                    if self.redundancy.is_empty() { Ok(Redundancy::Local) } else { self.redundancy.parse() };
                Ok((Item::Disk(tier.kind, tier.tier.clone(), redundancy?), rate))
            }
            "replication" => {
                unit("month")?;
                Ok((Item::Fee(self.name.parse()?), rate))
            }
            other => Err(format!("`{other}` is no kind of price; write compute, disk or replication")),
        }
    }
}
