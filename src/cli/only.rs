//! Which machines are asked for: those with one of some values of a fact, or of a column that is carried through.

use crate::ingest::recognise::heading_key;
use crate::model::{Fact, Name, Vm};

/// The machines asked for.
#[derive(Clone, Debug)]
pub struct Only {
    /// By what they are chosen.
    pub key: Chosen,
    /// The values, in small letters; an empty one asks for machines of which it is not known.
    pub values: Vec<String>,
}

/// By what machines are chosen.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// A fact: its column in `vms.csv`, and where a machine has it.
    Fact(&'static str, fn(&Vm) -> &Fact<Name>),
    /// A column that the configuration carries through, by its heading as asked for.
    Heading(String),
}

/// A fact that machines can be chosen by.
type Key = (&'static str, fn(&Vm) -> &Fact<Name>);

/// The facts that machines can be chosen by.
const KEYS: &[Key] = &[
    ("owner", |vm| &vm.owner),
    ("department", |vm| &vm.department),
    ("environment", |vm| &vm.environment),
    ("application", |vm| &vm.application),
    ("cost_centre", |vm| &vm.cost_centre),
    ("wave", |vm| &vm.wave),
    ("tags", |vm| &vm.tags),
    ("site", |vm| &vm.site),
    ("description", |vm| &vm.description),
    ("host", |vm| &vm.host),
    ("cluster", |vm| &vm.cluster),
    ("cloud", |vm| &vm.cloud),
    ("host_group", |vm| &vm.host_group),
];

impl std::str::FromStr for Only {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((key, values)) = text.split_once('=') else {
            return Err("write KEY=VALUE, as in environment=production".to_owned());
        };
        let asked = key.trim().to_lowercase().replace(['-', ' '], "_");
        let asked = match asked.as_str() {
            "tag" => "tags",
            "cost_center" => "cost_centre",
            other => other,
        };
        let fact = KEYS.iter().find(|(known, _)| *known == asked);
        let key = fact.map_or_else(|| Chosen::Heading(key.trim().to_owned()), |(key, fact)| Chosen::Fact(key, *fact));
        let values = values.split(',').map(|value| value.trim().to_lowercase()).collect();
        Ok(Self { key, values })
    }
}

impl Only {
    /// Makes sure that machines can be chosen so, where some headings are carried through.
    ///
    /// # Errors
    /// What is asked for, and by what machines can be chosen.
    pub fn check(&self, carried: &[String]) -> Result<(), String> {
        let Chosen::Heading(asked) = &self.key else { return Ok(()) };
        if carried.iter().any(|heading| heading_key(heading) == heading_key(asked)) {
            return Ok(());
        }
        let known = KEYS.iter().map(|(known, _)| *known).chain(carried.iter().map(String::as_str));
        Err(format!(
            "machines are not chosen by `{asked}`; choose by {}, or by a heading that [carry] of the configuration names",
            known.collect::<Vec<_>>().join(", ")
        ))
    }
}
