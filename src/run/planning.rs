//! The plan's wishes and prices, opened and put together from the configuration and the arguments.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::load::{named, shown};
use super::policy::Policy;
use crate::catalogue::Catalogue;
use crate::cli::Assess;
use crate::evaluate::Assessment;
use crate::model::{Estate, Name};
use crate::plan::{Plan, Prices, Wishes, plan};

/// What a plan is made by; nothing when none is wanted.
pub(super) struct Planning {
    wishes: Option<Wishes>,
    prices: Option<Prices>,
    files: Vec<PathBuf>,
}

impl Planning {
    /// Opens what the configuration and the arguments name.
    ///
    /// # Errors
    /// When a price file cannot be read, or holds no prices.
    pub(super) fn open(arguments: &Assess, policy: &Policy) -> Result<Self> {
        let asked = &arguments.plan;
        if asked.no_plan {
            return Ok(Self { wishes: None, prices: None, files: Vec::new() });
        }
        let config = policy.config().map(|config| config.plan.clone()).unwrap_or_default();
        let mut wishes = config.wishes;
        if let Some(region) = &asked.region {
            wishes.region = Some(Name::from(region.as_str()));
        }
        wishes.bandwidth_mbit = asked.bandwidth.or(wishes.bandwidth_mbit);
        wishes.wave_size = asked.wave_size.or(wishes.wave_size);
        let files = if asked.prices.is_empty() { config.prices } else { asked.prices.clone() };
        let mut texts = Vec::new();
        for path in &files {
            let text = String::from_utf8(named(path)?)
                .with_context(|| format!("{}: is no UTF-8 text. Save it as UTF-8, and run again.", shown(path)))?;
            texts.push((shown(path), text));
        }
        let texts: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        Ok(Self { wishes: Some(wishes), prices: Prices::read(&texts)?, files })
    }

    /// The price files, which are no exports.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
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
