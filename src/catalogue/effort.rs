//! How much work the remedy of a check is, roughly.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::words;

words! {
    /// The effort of a remedy, least first.
    Effort {
        /// A setting, a name, an assignment or an order.
        Small = "small",
        /// Work on one machine, host or account, in a service window.
        Medium = "medium",
        /// An upgrade, a rebuild or another design.
        Large = "large",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffortFile {
    small: Vec<String>,
    medium: Vec<String>,
    large: Vec<String>,
}

static EFFORTS: LazyLock<BTreeMap<String, Effort>> = LazyLock::new(|| {
    let text = include_str!("../../templates/effort.toml");
    let EffortFile { small, medium, large } = toml::from_str(text).expect("a test reads the shipped file");
    let classes = [(small, Effort::Small), (medium, Effort::Medium), (large, Effort::Large)];
    classes.into_iter().flat_map(|(checks, effort)| checks.into_iter().map(move |check| (check, effort))).collect()
});

impl Effort {
    /// The effort of a check's remedy; none for a check that the file does not name.
    #[must_use]
    pub fn of(check: &str) -> Option<Self> {
        EFFORTS.get(check).copied()
    }

    /// Every check that has an effort, with it.
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        EFFORTS.iter().map(|(check, effort)| (check.as_str(), *effort))
    }
}
