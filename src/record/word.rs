//! Words with a fixed spelling, written and read as the text they show as.

use std::borrow::Cow;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::catalogue::{Severity, Target, WhenMissing};
use crate::evaluate::{Outcome, Readiness};

/// Words of a list that is known.
pub trait Words: Copy + FromStr<Err = String> + 'static {
    /// Every word.
    const EVERY: &'static [Self];
    /// What the list is called in a schema.
    const NAME: &'static str;

    /// The word as it is spelled.
    fn spelled(self) -> &'static str;
}

macro_rules! words_of {
    ($($kind:ident),+) => {
        $(impl Words for $kind {
            const EVERY: &'static [Self] = Self::ALL;
            const NAME: &'static str = stringify!($kind);

            fn spelled(self) -> &'static str {
                self.as_str()
            }
        })+
    };
}

words_of!(Outcome, Readiness, Severity, Target, WhenMissing);
pub(super) use words_of;

/// A word of a list, as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<W>(pub W);

impl<W: Words> Serialize for Word<W> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.spelled())
    }
}

impl<'de, W: Words> Deserialize<'de> for Word<W> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text: Cow<'de, str> = Deserialize::deserialize(from)?;
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

impl<W: Words> JsonSchema for Word<W> {
    fn schema_name() -> Cow<'static, str> {
        W::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = W::EVERY.iter().map(|word| word.spelled()).collect();
        json_schema!({ "type": "string", "enum": words })
    }
}
