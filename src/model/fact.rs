//! A value and how we know it; asking for one that is missing says which and why.

use super::{Field, Origin};

/// A value with the cell it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The value, parsed and in its type's unit.
    pub value: T,
    /// The cell it was read from.
    pub origin: Origin,
}

/// A fact no input gave, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Missing {
    /// Which fact.
    pub field: Field,
    /// Why it is missing.
    pub why: Why,
}

/// Why a fact is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// No input has a column for it, or the cell is empty.
    Absent,
    /// A cell is there and says that the value is not known ("Unknown", "n/a", a placeholder).
    Unsaid(Origin),
    /// A cell is there and could not be read as this kind of value.
    Unreadable(Origin),
    /// A cell says that the subject is a template or a replica, which does not tell what the machine to be moved is like.
    StandIn(Origin),
}

/// A fact of the estate: known, or missing for a reason. [`Fact::need`] is the only way to its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// Read from an input.
    Known(Known<T>),
    /// Not read.
    Missing(Missing),
}

impl<T> Fact<T> {
    /// A fact that no input has given yet.
    #[must_use]
    pub const fn absent(field: Field) -> Self {
        Self::Missing(Missing { field, why: Why::Absent })
    }

    /// A fact read from a cell.
    #[must_use]
    pub const fn known(value: T, origin: Origin) -> Self {
        Self::Known(Known { value, origin })
    }

    /// The value with its origin.
    ///
    /// # Errors
    /// What is missing and why, which a rule hands on with `?` as the answer *unknown*.
    pub fn need(&self) -> Result<&Known<T>, Missing> {
        match self {
            Self::Known(known) => Ok(known),
            Self::Missing(missing) => Err(*missing),
        }
    }

    /// The value if it is known, for showing and joining; a verdict uses [`Fact::need`].
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.need().ok().map(|known| &known.value)
    }

    /// Whether the value is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// Takes the other's value where this one has none or believes the other's cell over its own.
    pub fn merge(&mut self, other: Self, believes: &dyn Fn(Origin, Origin) -> bool) {
        match (&*self, &other) {
            (Self::Known(mine), Self::Known(theirs)) if believes(theirs.origin, mine.origin) => *self = other,
            (Self::Known(_) | Self::Missing(_), Self::Known(_) | Self::Missing(_)) => self.fill(other),
        }
    }

    /// Takes the other's value where this one has none; a stated reason beats mere absence.
    pub fn fill(&mut self, other: Self) {
        let replace = match (&*self, &other) {
            (Self::Known(_), _) => false,
            (Self::Missing(_), Self::Known(_)) => true,
            (Self::Missing(mine), Self::Missing(theirs)) => mine.why == Why::Absent && theirs.why != Why::Absent,
        };
        if replace {
            *self = other;
        }
    }
}
