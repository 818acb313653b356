//! The limits of a requirement: sizes, counts, versions and lists, by key, and what each kind looks like.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::model::{Bytes, GIB, MIB};

/// A requirement's limits, in order of keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Limit>")]
pub struct Limits(Vec<(String, Limit)>);

impl From<BTreeMap<String, Limit>> for Limits {
    fn from(limits: BTreeMap<String, Limit>) -> Self {
        Self(limits.into_iter().collect())
    }
}

/// One limit, with its unit in its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A size, written "1023 GiB", "4 TiB", "512 bytes" or "54 MB" (10^6 bytes).
    Size(Bytes),
    /// A count, written as a bare number of disks, adapters, cores or characters.
    Count(u64),
    /// A yes or no.
    Flag(bool),
    /// A text, such as a version.
    Text(String),
    /// A list of texts, such as the operating systems allowed.
    List(Vec<String>),
}

/// What kind of limit a check looks for under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A size.
    Size,
    /// A count.
    Count,
    /// A yes or no.
    Flag,
    /// A text.
    Text,
    /// A text of numbers with points between them, such as "2.0.9214.0".
    Version,
    /// A list of texts.
    List,
}

impl Kind {
    /// Whether a limit is of this kind.
    #[must_use]
    pub fn holds(self, limit: &Limit) -> bool {
        match (self, limit) {
            (Self::Size, Limit::Size(_))
            | (Self::Count, Limit::Count(_))
            | (Self::Flag, Limit::Flag(_))
            | (Self::Text, Limit::Text(_))
            | (Self::List, Limit::List(_)) => true,
            (Self::Version, Limit::Text(text)) => is_version(text),
            (
                Self::Size | Self::Count | Self::Flag | Self::Text | Self::Version | Self::List,
                Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) | Limit::List(_),
            ) => false,
        }
    }

    /// What a limit of this kind looks like in a catalogue file.
    #[must_use]
    pub const fn looks(self) -> &'static str {
        match self {
            Self::Size => {
                "a size is a whole number, a space and a unit in quotes, such as \"4095 GiB\"; the units are bytes, MB \
                 (10^6 bytes), MiB, GiB and TiB"
            }
            Self::Count => "a count is a whole number without quotes, such as 64",
            Self::Flag => "a yes or no is true or false, without quotes",
            Self::Text => "a text stands in quotes",
            Self::Version => "a version is numbers with points between them in quotes, such as \"2.0.9214.0\"",
            Self::List => "a list is texts in quotes between brackets, such as [\"VHD\", \"VHDX\"]",
        }
    }
}

fn is_version(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.len() < 10 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Limits {
    /// The limit under a key. Checks ask for every machine, and to compare a few lengths is quicker than to search.
    fn get(&self, key: &str) -> Option<&Limit> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, limit)| limit)
    }

    /// The size under a key; `None` where the edition is silent.
    #[must_use]
    pub fn size(&self, key: &str) -> Option<Bytes> {
        match self.get(key)? {
            Limit::Size(size) => Some(*size),
            Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) | Limit::List(_) => None,
        }
    }

    /// The count under a key; `None` where the edition is silent.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            Limit::Count(count) => Some(*count),
            Limit::Size(_) | Limit::Flag(_) | Limit::Text(_) | Limit::List(_) => None,
        }
    }

    /// The yes or no under a key; `None` where the edition is silent.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Limit::Flag(flag) => Some(*flag),
            Limit::Size(_) | Limit::Count(_) | Limit::Text(_) | Limit::List(_) => None,
        }
    }

    /// The text under a key; `None` where the edition is silent.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Limit::Text(text) => Some(text),
            Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::List(_) => None,
        }
    }

    /// The list under a key; `None` where the edition is silent.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&[String]> {
        match self.get(key)? {
            Limit::List(list) => Some(list),
            Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) => None,
        }
    }

    /// Every limit with its key, in order of keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Limit)> {
        self.0.iter().map(|(key, limit)| (key.as_str(), limit))
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size(size) => size.fmt(out),
            Self::Count(count) => count.fmt(out),
            Self::Flag(true) => out.write_str("yes"),
            Self::Flag(false) => out.write_str("no"),
            Self::Text(text) => out.write_str(text),
            Self::List(list) => out.write_str(&list.join(", ")),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(count) => {
                u64::try_from(count).map(Self::Count).map_err(|_| D::Error::custom("a limit is not negative"))
            }
            toml::Value::Boolean(flag) => Ok(Self::Flag(flag)),
            toml::Value::String(text) => Ok(parse_size(&text).map_or(Self::Text(text), Self::Size)),
            toml::Value::Array(items) => items
                .into_iter()
                .map(|item| {
                    item.as_str().map(str::to_owned).ok_or_else(|| D::Error::custom("a list limit holds texts"))
                })
                .collect::<Result<_, _>>()
                .map(Self::List),
            toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => Err(D::Error::custom(
                "a limit is a size with its unit, a whole number, true or false, a text, or a list of texts",
            )),
        }
    }
}

/// Reads "1023 GiB"; `None` when the text is no whole number with a unit of size.
#[must_use]
pub fn parse_size(text: &str) -> Option<Bytes> {
    let (number, unit) = text.split_once(' ')?;
    let number: u64 = number.parse().ok()?;
    let unit = match unit {
        "bytes" => 1,
        "MB" => 1_000_000,
        "MiB" => MIB,
        "GiB" => GIB,
        "TiB" => GIB << 10,
        _ => return None,
    };
    number.checked_mul(unit).map(Bytes)
}
