//! The plan's wishes and prices, opened and put together from the configuration and the arguments.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::load::{named, place, shown};
use super::policy::Policy;
use super::since::Since;
use super::unable::{Unable, unable};
use crate::catalogue::Catalogue;
use crate::cli::Assess;
use crate::evaluate::Assessment;
use crate::model::{Arg, Estate, Name, say};
use crate::plan::{Plan, Prices, Wishes, plan};
use crate::record::Recorded;

/// What a plan is made by; nothing when none is wanted.
pub(super) struct Planning {
    wishes: Option<Wishes>,
    prices: Option<Prices>,
    files: Vec<PathBuf>,
    /// The earlier assessment to compare with.
    earlier: Option<Recorded<'static>>,
}

impl Planning {
    /// Opens what the configuration and the arguments name.
    ///
    /// # Errors
    /// When a price file cannot be read, or holds no prices.
    pub(super) fn open(arguments: &Assess, policy: &Policy) -> Result<Self> {
        let asked = &arguments.plan;
        let since = asked.since.as_deref().map(Since::of).transpose()?;
        // The names in an earlier assessment are not those that redacted reports may tell.
        let compared = since.as_ref().filter(|_| !arguments.redaction.redact);
        let earlier = compared.map(Since::record).transpose()?.flatten();
        let of_earlier: Vec<PathBuf> = since.iter().flat_map(Since::files).collect();
        if asked.no_plan {
            return Ok(Self { wishes: None, prices: None, files: of_earlier, earlier });
        }
        let config = policy.config().map(|config| config.plan.clone()).unwrap_or_default();
        let mut wishes = config.wishes;
        if let Some(region) = &asked.region {
            if policy.catalogue.regions.find(region).is_none() {
                return Err(unable!(
                    "--region {region}: it is no Azure region; write it like northeurope",
                    region = Arg::text(region)
                ));
            }
            wishes.region = Some(Name::from(region.as_str()));
        }
        wishes.bandwidth_mbit = asked.bandwidth.or(wishes.bandwidth_mbit);
        wishes.wave_size = asked.wave_size.or(wishes.wave_size);
        let mut files = if asked.prices.is_empty() { config.prices } else { asked.prices.clone() };
        let texts: Vec<(String, String)> =
            files.iter().map(|path| Ok((shown(path), text(path)?))).collect::<Result<_>>()?;
        let texts: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        let prices = Prices::read(&texts, &policy.catalogue)?;
        if let Some(waves) = since.and_then(|since| since.waves) {
            wishes.kept_waves = kept(&waves)?;
        }
        files.extend(of_earlier);
        Ok(Self { wishes: Some(wishes), prices, files, earlier })
    }

    /// The files it was made by, which are no exports.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The earlier assessment to compare with, when one was named.
    pub(super) const fn earlier(&self) -> Option<&Recorded<'static>> {
        self.earlier.as_ref()
    }

    /// The plan of an estate, when one is wanted.
    pub(super) fn of<'a>(
        &self,
        estate: &'a Estate,
        assessment: &Assessment<'_>,
        catalogue: &'a Catalogue,
    ) -> Option<Plan<'a>> {
        Some(plan(estate, assessment, catalogue, self.wishes.as_ref()?, self.prices.as_ref()))
    }
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(named(path)?).with_context(|| {
        Unable(say!("{place}: is no UTF-8 text. Save it as UTF-8, and run again.", place = place(path)))
    })
}

/// The waves of an earlier plan, by each machine's ID and name in lower case.
fn kept(path: &Path) -> Result<Vec<(Name, u32)>> {
    #[derive(Deserialize)]
    struct Row {
        wave: u32,
        vm: String,
        vm_id: String,
    }
    let text = text(path)?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut waves = Vec::new();
    for row in reader.deserialize() {
        let Row { wave, vm, vm_id } = row.with_context(|| {
            Unable(say!(
                "{place}: is no waves.csv of a plan; name the folder of an earlier set of reports",
                place = place(path)
            ))
        })?;
        let key = if vm_id.is_empty() { vm } else { vm_id };
        waves.push((Name::from(key.to_lowercase()), wave));
    }
    Ok(waves)
}
