//! A limit as it is set on the command line.

use std::str::FromStr;

use super::Given;
use crate::ingest::limits::Limits;

/// A limit on what inputs may ask for, set by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitSet {
    name: &'static str,
    value: u64,
}

impl Given {
    /// The limits, with those set that are asked for.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for LimitSet { name, value } in &self.limit {
            let is_known = limits.set(name, *value);
            debug_assert!(is_known, "a limit is read by its name");
        }
        limits
    }
}

impl FromStr for LimitSet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("write it like file-bytes=1000000000")?;
        let Some(limit) = Limits::ALL.iter().find(|limit| limit.name == name) else {
            let names: Vec<&str> = Limits::ALL.iter().map(|limit| limit.name).collect();
            return Err(format!("there is no limit of that name; there are {}", names.join(", ")));
        };
        let value = value.parse().map_err(|_| format!("{value} is no whole number"))?;
        Ok(Self { name: limit.name, value })
    }
}
