//! What a heading means: the field it gives, the unit of its numbers, and its place among the headings of that field.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::heading::{Form, Heading};
use crate::ingest::columns::Unit;
use crate::model::Field;

/// What a heading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The field it gives.
    pub(super) field: Field,
    /// The unit of its numbers where the heading does not say it.
    pub(super) unit: Unit,
    /// Its place among the headings of the field, the preferred one being 0.
    pub(super) rank: usize,
    /// Whether the column is read only where it holds words, because its integers follow an order of their own.
    pub(super) words_only: bool,
    /// Whether the data file gives the unit.
    pub(super) says_unit: bool,
}

/// The headings of a field in a data file.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Headings {
    /// Headings only, the preferred one first.
    Plain(Vec<String>),
    /// Headings with what else is to say of them.
    Described {
        /// The headings, the preferred one first.
        headings: Vec<String>,
        /// The unit where the heading does not say it.
        unit: Option<Unit>,
        /// Whether integers are left out.
        #[serde(default)]
        words_only: bool,
    },
}

impl Headings {
    /// Adds headings behind those there are.
    pub(super) fn extend(&mut self, more: Vec<String>) {
        match self {
            Self::Plain(headings) | Self::Described { headings, .. } => headings.extend(more),
        }
    }
}

/// What headings mean.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    /// By their keys.
    pub(super) by_key: BTreeMap<String, Meaning>,
    /// By their words.
    pub(super) by_words: Bags,
}

/// The meaning of every heading by its key, from the headings of every field.
pub(super) fn meanings(columns: BTreeMap<String, Headings>) -> Result<BTreeMap<String, Meaning>, String> {
    Ok(all_meanings(columns)?.by_key)
}

/// The meaning of every heading by its key and by its words, from the headings of every field.
pub(super) fn all_meanings(columns: BTreeMap<String, Headings>) -> Result<Meanings, String> {
    let mut meanings = BTreeMap::new();
    let mut texts = Vec::new();
    for (name, headings) in columns {
        let known = Field::ALL.iter().copied().find(|field| field.key() == name);
        let field = known.ok_or_else(|| format!("`{name}` is no field"))?;
        let (headings, unit, words_only) = match headings {
            Headings::Plain(headings) => (headings, None, false),
            Headings::Described { headings, unit, words_only } => (headings, unit, words_only),
        };
        for (rank, text) in headings.iter().enumerate() {
            let Heading { key, stem, .. } = Heading::of(text);
            let usual = usual_unit(field);
            let (key, written) = match stem {
                Some((stem, unit)) if usual != Unit::None => (stem, Some(unit)),
                Some(_) | None => (key, None),
            };
            let unit = unit.or(written);
            let meaning = Meaning { field, unit: unit.unwrap_or(usual), rank, words_only, says_unit: unit.is_some() };
            texts.push((text.clone(), meaning));
            if meanings.insert(key, meaning).is_some_and(|other| other.field != field) {
                return Err(format!("`{text}` stands for two fields"));
            }
        }
    }
    let by_words = bags(texts.iter().map(|(text, meaning)| (text.as_str(), *meaning)));
    Ok(Meanings { by_key: meanings, by_words })
}

/// What headings mean by their words in any order; `None` where the words are of several fields.
pub(super) type Bags = BTreeMap<String, Option<Meaning>>;

/// The meanings of headings by their words.
pub(super) fn bags<'a>(headings: impl IntoIterator<Item = (&'a str, Meaning)>) -> Bags {
    let mut bags: Bags = BTreeMap::new();
    for (text, meaning) in headings {
        let Some(bag) = Heading::of(text).bag.filter(|_| !text.contains("{n}")) else { continue };
        // "VM status" says more than "Status".
        if bag.of_machine && !bag.key.contains(' ') {
            continue;
        }
        let known = bags.entry(bag.key).or_insert(Some(meaning));
        if known.is_some_and(|known| known.field != meaning.field) {
            *known = None;
        }
    }
    bags
}

/// The unit of a field's numbers where neither the heading nor the export says it.
pub(in crate::ingest) const fn usual_unit(field: Field) -> Unit {
    if matches!(field, Field::Memory | Field::MemoryStartup | Field::MemoryMaximum | Field::HostMemory) {
        return Unit::MiB;
    }
    if matches!(field, Field::LogicalSector | Field::PhysicalSector) {
        return Unit::Bytes;
    }
    if matches!(
        field,
        Field::WriteChurn | Field::DiskThroughput | Field::DiskReadThroughput | Field::DiskWriteThroughput
    ) {
        return Unit::MBPerSecond;
    }
    let is_size = matches!(
        field,
        Field::DiskTotal
            | Field::DiskProvisioned
            | Field::DiskSize
            | Field::OsDiskSize
            | Field::DiskUsed
            | Field::DailyChange
            | Field::VolumeSize
            | Field::VolumeFree
            | Field::SkuMemory
    );
    if is_size { Unit::GiB } else { Unit::None }
}

/// The meaning of a heading by the first of its forms that is known.
pub(super) fn look_up(
    map: &BTreeMap<String, Meaning>,
    forms: &[Form],
    prefix: Option<&str>,
) -> Option<(Meaning, Form)> {
    forms.iter().find_map(|form| {
        let short = prefix.and_then(|prefix| form.key.strip_prefix(prefix));
        let meaning = map.get(&form.key).or_else(|| map.get(short?))?;
        // A unit was only taken off if the field has one: "Installed KB" is no size.
        (form.unit.is_none() || usual_unit(meaning.field) != Unit::None).then(|| (*meaning, form.clone()))
    })
}
