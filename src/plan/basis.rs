//! How a number of the plan is known, and from what.

use std::collections::BTreeSet;

use crate::model::{Estate, Fact, Field, Origin, words};

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

/// Tells facts that are declared from those that an export gives.
#[derive(Debug)]
pub struct Bases(BTreeSet<u16>);

impl Bases {
    /// Those of an estate. What declares holds nothing else, so that a fact is known by the table it stands in.
    #[must_use]
    pub fn of(estate: &Estate) -> Self {
        Self(estate.declarations.iter().map(|declared| declared.origin.table).collect())
    }

    /// How a fact is known that was read at a place.
    #[must_use]
    pub fn at(&self, origin: Origin) -> Basis {
        if self.0.contains(&origin.table) { Basis::Declared } else { Basis::Exported }
    }

    /// How a fact is known; `None` while it is not.
    #[must_use]
    pub fn of_fact<T>(&self, fact: &Fact<T>) -> Option<Basis> {
        fact.need().ok().map(|known| self.at(known.origin))
    }
}
