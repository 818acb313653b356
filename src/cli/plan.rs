//! What the configuration file wishes of the plan.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;
use toml::Spanned;

use super::source::{ConfigError, Source};
use crate::catalogue::{DiskTierKind, Target};
use crate::model::{Arg, Mebibytes, Name, Pattern, say};
use crate::plan::{
    DailyChange, Exclusion, Licence, Need, NetworkWish, Pin, Redundancy, Sizing, Term, Together, Wishes,
};

/// What the arguments wish of the plan; each goes before what the configuration file says.
#[derive(Args, Debug, Default)]
pub struct PlanArguments {
    /// Make no plan.
    #[arg(long)]
    pub no_plan: bool,
    /// The Azure region to plan for; without it that of the vaults, or of an exported list of sizes.
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// A price file: saved pages of the Retail Prices answer, or a list as klar template prices prints it; may be given
    /// several times. Without one the plan tells no cost.
    #[arg(long, value_name = "FILE")]
    pub prices: Vec<PathBuf>,
    /// The folder of an earlier set of reports, or its assessment.json: what changed since then is told in every report, and
    /// waves whose constraints still hold are kept. With its waves.csv, and with --redact, the waves alone are.
    #[arg(long, value_name = "OLD")]
    pub since: Option<PathBuf>,
    /// The bandwidth for replication, in megabits a second.
    #[arg(long, value_name = "MBIT", value_parser = clap::value_parser!(u64).range(1..))]
    pub bandwidth: Option<u64>,
    /// The most machines of a wave.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub wave_size: Option<u32>,
}

/// What the section `[plan]` says.
#[derive(Clone, Debug, Default)]
pub struct PlanConfig {
    /// The wishes.
    pub wishes: Wishes,
    /// The price files; a path that is not absolute starts at the configuration file's own folder.
    pub prices: Vec<PathBuf>,
    /// The line that wishes for a region.
    pub(super) region_line: Option<u32>,
}

/// The section as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanPart {
    region: Option<Spanned<String>>,
    zone: Option<String>,
    road: Option<Spanned<String>>,
    sizing: Option<Spanned<String>>,
    sizes: Option<Vec<String>>,
    #[serde(default)]
    avoid: Vec<String>,
    #[serde(default)]
    accelerated_networking: bool,
    disk_types: Option<Spanned<Vec<String>>>,
    redundancy: Option<Spanned<String>>,
    comfort_percent: Option<Spanned<u32>>,
    percentile: Option<Spanned<u32>>,
    least_vcpus: Option<u32>,
    least_memory_mib: Option<u64>,
    oversize_factor: Option<Spanned<u64>>,
    growth_percent: Option<u32>,
    daily_change_percent: Option<Spanned<u32>>,
    daily_change_gib: Option<Spanned<u64>>,
    bandwidth_mbit: Option<Spanned<u64>>,
    hours_a_day: Option<Spanned<u32>>,
    busy_hours: Option<Spanned<u32>>,
    wave_size: Option<Spanned<u32>>,
    licence: Option<Spanned<String>>,
    term: Option<Spanned<String>>,
    resource_group: Option<String>,
    #[serde(default)]
    prices: Vec<PathBuf>,
    #[serde(default)]
    together: Vec<TogetherPart>,
    #[serde(default, rename = "pin")]
    pins: Vec<PinPart>,
    #[serde(default, rename = "exclude")]
    excluded: Vec<ExcludePart>,
    #[serde(default, rename = "network")]
    networks: Vec<NetworkPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TogetherPart {
    name: Spanned<String>,
    machines: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PinPart {
    machine: Spanned<String>,
    wave: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExcludePart {
    machine: Spanned<String>,
    why: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkPart {
    from: Spanned<String>,
    network: Spanned<String>,
    subnet: Option<String>,
}

impl Source<'_> {
    /// Reads the section `[plan]`.
    pub(super) fn plan(&self, part: &PlanPart) -> Result<Wishes, ConfigError> {
        let usual = Wishes::default();
        let mut wishes = Wishes {
            region: part.region.as_ref().map(|region| region.get_ref().trim().into()),
            zone: part.zone.as_deref().map(Name::from),
            road: self.word::<Target>("road", part.road.as_ref())?,
            sizing: self.word::<Sizing>("sizing", part.sizing.as_ref())?.unwrap_or(usual.sizing),
            sizes: part.sizes.as_deref().map_or(usual.sizes, patterns),
            avoid: patterns(&part.avoid),
            accelerated_networking: if part.accelerated_networking { Need::Needed } else { Need::Indifferent },
            redundancy: self.word::<Redundancy>("redundancy", part.redundancy.as_ref())?.unwrap_or(usual.redundancy),
            licence: self.word::<Licence>("licence", part.licence.as_ref())?.unwrap_or(usual.licence),
            term: self.word::<Term>("term", part.term.as_ref())?.unwrap_or(usual.term),
            least_vcpus: part.least_vcpus.unwrap_or(usual.least_vcpus),
            least_memory: part.least_memory_mib.map_or(usual.least_memory, Mebibytes),
            growth_percent: part.growth_percent,
            resource_group: part.resource_group.as_deref().map(Name::from),
            ..Wishes::default()
        };
        if let Some(kinds) = &part.disk_types {
            wishes.disk_kinds = self.disk_kinds(kinds)?;
        }
        self.numbers(part, &mut wishes)?;
        self.lists(part, &mut wishes)?;
        Ok(wishes)
    }

    fn numbers(&self, part: &PlanPart, wishes: &mut Wishes) -> Result<(), ConfigError> {
        let within = |key: &str, number: Option<&Spanned<u32>>, least: u32, most: u32| match number {
            Some(number) if !(least..=most).contains(number.get_ref()) => Err(self.error(
                key,
                number.span(),
                say!("is to be a whole number of {least} to {most}. Correct it.", least, most),
            )),
            Some(number) => Ok(Some(*number.get_ref())),
            None => Ok(None),
        };
        let comfort = within("comfort_percent", part.comfort_percent.as_ref(), 100, 1000)?;
        wishes.comfort_percent = comfort.unwrap_or(wishes.comfort_percent);
        wishes.percentile = within("percentile", part.percentile.as_ref(), 1, 100)?;
        wishes.hours_a_day = within("hours_a_day", part.hours_a_day.as_ref(), 1, 24)?.unwrap_or(wishes.hours_a_day);
        wishes.busy_hours = within("busy_hours", part.busy_hours.as_ref(), 1, 24)?.unwrap_or(wishes.busy_hours);
        wishes.wave_size = within("wave_size", part.wave_size.as_ref(), 1, 100_000)?;
        let percent = within("daily_change_percent", part.daily_change_percent.as_ref(), 1, 1000)?;
        let positive = |key: &str, number: Option<&Spanned<u64>>| match number {
            Some(number) if *number.get_ref() == 0 => {
                Err(self.error(key, number.span(), "is to be more than nothing. Correct it."))
            }
            Some(number) => Ok(Some(*number.get_ref())),
            None => Ok(None),
        };
        wishes.bandwidth_mbit = positive("bandwidth_mbit", part.bandwidth_mbit.as_ref())?;
        wishes.oversize_factor =
            positive("oversize_factor", part.oversize_factor.as_ref())?.unwrap_or(wishes.oversize_factor);
        let each = positive("daily_change_gib", part.daily_change_gib.as_ref())?;
        wishes.daily_change = match (percent, each, &part.daily_change_gib) {
            (Some(_), Some(_), Some(both)) => {
                let problem = "stands beside daily_change_percent. Give one of them.";
                return Err(self.error("daily_change_gib", both.span(), problem));
            }
            (Some(percent), _, _) => Some(DailyChange::Percent(percent)),
            (None, Some(gib), _) => Some(DailyChange::GibEach(gib)),
            (None, None, _) => None,
        };
        Ok(())
    }

    fn lists(&self, part: &PlanPart, wishes: &mut Wishes) -> Result<(), ConfigError> {
        for together in &part.together {
            let name = self.text("name", &together.name)?.into();
            wishes.together.push(Together { name, machines: patterns(&together.machines) });
        }
        for pin in &part.pins {
            if *pin.wave.get_ref() == 0 {
                return Err(self.error("wave", pin.wave.span(), "is to be 1 or more; waves are counted from 1."));
            }
            let machine = Pattern::new(self.text("machine", &pin.machine)?);
            wishes.pins.push(Pin { machine, wave: *pin.wave.get_ref() });
        }
        for exclude in &part.excluded {
            let machine = Pattern::new(self.text("machine", &exclude.machine)?);
            wishes.excluded.push(Exclusion { machine, why: self.text("why", &exclude.why)?.into() });
        }
        for network in &part.networks {
            wishes.networks.push(NetworkWish {
                from: Pattern::new(self.text("from", &network.from)?),
                network: self.text("network", &network.network)?.into(),
                subnet: network.subnet.as_deref().map(Name::from),
            });
        }
        Ok(())
    }

    fn disk_kinds(&self, kinds: &Spanned<Vec<String>>) -> Result<Vec<DiskTierKind>, ConfigError> {
        let read: Result<Vec<DiskTierKind>, String> = kinds.get_ref().iter().map(|kind| kind.parse()).collect();
        match read {
            Ok(kinds) if !kinds.is_empty() => Ok(kinds),
            Ok(_) => Err(self.error(
                "disk_types",
                kinds.span(),
                "is empty. Write premium-ssd, standard-ssd or standard-hdd.",
            )),
            Err(why) => {
                Err(self.error("disk_types", kinds.span(), say!("{why}. Write one of these.", why = Arg::text(&why))))
            }
        }
    }

    fn word<T: std::str::FromStr<Err = String>>(
        &self,
        key: &str,
        word: Option<&Spanned<String>>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(word) = word else { return Ok(None) };
        let read = word.get_ref().parse();
        read.map(Some).map_err(|why: String| {
            self.error(key, word.span(), say!("{why}. Write one of these.", why = Arg::text(&why)))
        })
    }
}

impl PlanPart {
    /// Where a region is wished for.
    pub(super) fn region_at(&self) -> Option<usize> {
        self.region.as_ref().map(|region| region.span().start)
    }

    /// The price files, as written.
    pub(super) fn take_prices(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.prices)
    }
}

fn patterns(texts: &[String]) -> Vec<Pattern> {
    texts.iter().map(|text| Pattern::new(text)).collect()
}
