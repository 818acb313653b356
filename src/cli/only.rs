//! The machines asked for.

use crate::model::{Fact, Name, Vm};

/// The machines asked for: those with one of some values of a fact.
#[derive(Clone, Debug)]
pub struct Only {
    /// The fact, by its column in `vms.csv`.
    pub key: &'static str,
    /// Where a machine has it.
    pub fact: fn(&Vm) -> &Fact<Name>,
    /// The values, in small letters; an empty one asks for machines of which it is not known.
    pub values: Vec<String>,
}

/// A fact that machines can be chosen by.
type Key = (&'static str, fn(&Vm) -> &Fact<Name>);

/// The facts that machines can be chosen by.
const ONLY_KEYS: &[Key] = &[
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
        let Some((key, fact)) = ONLY_KEYS.iter().find(|(known, _)| *known == asked) else {
            let known: Vec<&str> = ONLY_KEYS.iter().map(|(known, _)| *known).collect();
            return Err(format!("machines are not chosen by `{}`; choose by {}", key.trim(), known.join(", ")));
        };
        let values = values.split(',').map(|value| value.trim().to_lowercase()).collect();
        Ok(Self { key, fact: *fact, values })
    }
}
