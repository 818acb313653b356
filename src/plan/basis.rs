//! How a number of the plan is known, and from what.

use crate::model::{Estate, Field, Known, words};

words! {
    /// How a number of the plan is known.
    Basis {
        /// An export says it.
        Exported = "exported",
        /// Someone declares or wishes it in the configuration.
        Declared = "declared",
        /// A document says it.
        Published = "published",
        /// It is worked out from others, and may be wrong as they may not.
        Estimated = "estimated",
    }
}

/// What a number of the plan is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A fact of the estate.
    Fact(Field),
    /// A key of the plan's configuration.
    Wish(&'static str),
    /// A document of the planning facts, by its key.
    Document(&'static str),
}

/// A number of the plan with how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount<T> {
    /// The number.
    pub value: T,
    /// How it is known.
    pub basis: Basis,
    /// What it is from.
    pub from: &'static [From],
}

impl<T> Amount<T> {
    /// A number worked out from others.
    #[must_use]
    pub const fn estimated(value: T, from: &'static [From]) -> Self {
        Self { value, basis: Basis::Estimated, from }
    }
}

/// How a fact of the estate is known: it may be declared in place of an export.
#[must_use]
pub fn basis_of<T>(estate: &Estate, known: &Known<T>) -> Basis {
    if estate.declared(known.origin).is_some() { Basis::Declared } else { Basis::Exported }
}
