//! How sentences are said: the language, the form of numbers, and what is told of names.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Bytes, Identity, Mebibytes};

/// How phrases are said: the language, the form of numbers, and whether names are told.
pub trait Speech {
    /// A number as it is written.
    fn number(&self, number: u64) -> String {
        number.to_string()
    }

    /// A number of tenths, with its decimal.
    fn tenths(&self, tenths: u64) -> String {
        format!("{}.{}", self.number(tenths / 10), tenths % 10)
    }

    /// A number with decimals that is given in plain digits.
    fn decimal<'a>(&'a self, digits: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(digits)
    }

    /// A text of ours, which is its own key, in the language.
    fn words<'a>(&'a self, text: &'a str) -> &'a str {
        text
    }

    /// A size.
    fn bytes(&self, size: Bytes) -> String {
        size.to_string()
    }

    /// An amount of memory.
    fn memory(&self, size: Mebibytes) -> String {
        size.to_string()
    }

    /// A day.
    fn date(&self, day: Date) -> String {
        day.to_string()
    }

    /// A name, or what stands for it.
    fn name<'a>(&'a self, identity: Identity, name: &'a str) -> Cow<'a, str> {
        let _ = identity;
        Cow::Borrowed(name)
    }
}

/// Plain English with every name, as programs compare it.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Speech for Plain {}
