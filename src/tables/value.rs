//! What a cell of a published table holds.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::model::{Arg, Identity, Phrase, Speech, words};

words! {
    /// What a column holds.
    Kind {
        /// Texts.
        Text = "texts",
        /// Whole numbers.
        Number = "whole numbers",
        /// True or false.
        Flag = "true or false",
        /// Days.
        Date = "days",
    }
}

/// What a cell of a published table holds; no writer sees more, none sees less.
///
/// No text becomes a value by itself: who writes the column says whether it is a word of ours or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing: not known, or not applicable.
    Nothing,
    /// A text that names nobody.
    Text(Cow<'a, str>),
    /// A name: tells who or where.
    Named(Identity, Cow<'a, str>),
    /// A word of ours with a fixed spelling: "not-ready".
    Word(&'static str),
    /// A sentence of the catalogue, which is its own key in every language.
    Wording(&'a str),
    /// A sentence of ours.
    Said(Cow<'a, Phrase>),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// A day.
    Date(Date),
}

impl<'a> Value<'a> {
    /// A text that may not be known.
    #[must_use]
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }

    /// A name that may not be known.
    #[must_use]
    pub fn named(identity: Identity, name: Option<&'a str>) -> Self {
        name.map_or(Self::Nothing, |name| Self::Named(identity, name.into()))
    }

    /// A word that may not be known.
    #[must_use]
    pub fn word(word: Option<&'static str>) -> Self {
        word.map_or(Self::Nothing, Self::Word)
    }

    /// A number that may not be known; one beyond 2^63, which no machine has, counts as not known.
    pub fn number<N: TryInto<i64>>(number: Option<N>) -> Self {
        number.and_then(|number| number.try_into().ok()).map_or(Self::Nothing, Self::Number)
    }

    /// A yes or no that may not be known.
    #[must_use]
    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Nothing, Self::Flag)
    }

    /// A day that may not be known.
    #[must_use]
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Nothing, Self::Date)
    }

    /// A sentence of ours.
    #[must_use]
    pub const fn said(phrase: Phrase) -> Self {
        Self::Said(Cow::Owned(phrase))
    }

    /// The value as what borrows from it.
    #[must_use]
    pub fn as_ref(&self) -> Value<'_> {
        match self {
            Self::Nothing => Value::Nothing,
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Named(identity, name) => Value::Named(*identity, Cow::Borrowed(name)),
            Self::Word(word) => Value::Word(word),
            Self::Wording(text) => Value::Wording(text),
            Self::Said(phrase) => Value::Said(Cow::Borrowed(phrase)),
            Self::Number(number) => Value::Number(*number),
            Self::Flag(flag) => Value::Flag(*flag),
            Self::Date(date) => Value::Date(*date),
        }
    }

    /// The value with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Nothing => Value::Nothing,
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Wording(text) => Value::Text(Cow::Owned(text.to_owned())),
            Self::Named(identity, name) => Value::Named(identity, Cow::Owned(name.into_owned())),
            Self::Word(word) => Value::Word(word),
            Self::Said(phrase) => Value::Said(Cow::Owned(phrase.into_owned())),
            Self::Number(number) => Value::Number(number),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Date(date) => Value::Date(date),
        }
    }

    /// The value as published in plain English: what CSV and JSON hold.
    #[must_use]
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) | Self::Named(_, text) => Cow::Borrowed(text),
            Self::Word(word) => Cow::Borrowed(*word),
            Self::Wording(text) => Cow::Borrowed(text),
            Self::Said(phrase) => Cow::Owned(phrase.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Self::Date(date) => Cow::Owned(date.to_string()),
        }
    }

    /// The value as people are told it: words and sentences of ours in their language, names as they may be told.
    #[must_use]
    pub fn told<'s>(&'s self, speech: &'s dyn Speech) -> Cow<'s, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Named(identity, name) => speech.name(*identity, name),
            Self::Word(word) => Cow::Borrowed(speech.words(word)),
            Self::Wording(text) => Cow::Borrowed(speech.words(text)),
            Self::Said(phrase) => Cow::Owned(phrase.said(speech)),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(speech.words(if *flag { "true" } else { "false" })),
            Self::Date(date) => Cow::Owned(speech.date(*date)),
        }
    }

    /// The value as what goes into a place of a phrase.
    #[must_use]
    pub fn to_arg(&self) -> Arg {
        match self {
            Self::Nothing => Arg::Word(""),
            Self::Text(text) => Arg::text(text),
            Self::Named(identity, name) => Arg::named(*identity, name),
            Self::Word(word) => Arg::Word(word),
            Self::Wording(text) => Arg::wording(text),
            Self::Said(phrase) => Arg::from(phrase.clone().into_owned()),
            Self::Number(number) => u64::try_from(*number).map_or_else(|_| Arg::text(&number.to_string()), Arg::Count),
            Self::Flag(flag) => Arg::Word(if *flag { "yes" } else { "no" }),
            Self::Date(date) => Arg::Date(*date),
        }
    }

    /// Whether a column of a kind may hold it.
    #[must_use]
    pub const fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(_) | Self::Named(..) | Self::Word(_) | Self::Wording(_) | Self::Said(_) => {
                matches!(kind, Kind::Text)
            }
            Self::Number(_) => matches!(kind, Kind::Number),
            Self::Flag(_) => matches!(kind, Kind::Flag),
            Self::Date(_) => matches!(kind, Kind::Date),
        }
    }
}
