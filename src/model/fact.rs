//! A value and how we know it; asking for one that is missing says which and why.

use core::net::IpAddr;
use std::fmt::Write as _;

use super::{
    AddressAssignment, Architecture, Bytes, DiskFormat, DiskKind, DiskRole, Field, Generation, Mebibytes, Name, Origin,
    Percent,
};

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
    /// Inputs contradict each other, and by the cell that was not believed the answer is another.
    Disputed(Origin),
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

/// A value that can be read out.
pub trait ReadOut {
    /// Writes the value as people read it.
    fn read_out(&self, text: &mut String);
}

macro_rules! plain {
    ($($kind:ty),+) => {
        $(impl ReadOut for $kind {
            fn read_out(&self, text: &mut String) {
                write!(text, "{self}").expect("writing to a String does not fail");
            }
        })+
    };
}

plain!(
    AddressAssignment,
    Architecture,
    Bytes,
    DiskFormat,
    DiskKind,
    DiskRole,
    Generation,
    IpAddr,
    Mebibytes,
    Name,
    Percent,
    u32,
    u64
);

impl ReadOut for bool {
    fn read_out(&self, text: &mut String) {
        text.push_str(if *self { "yes" } else { "no" });
    }
}

impl<T: ReadOut> ReadOut for Vec<T> {
    fn read_out(&self, text: &mut String) {
        for (place, value) in self.iter().enumerate() {
            if place > 0 {
                text.push_str(", ");
            }
            value.read_out(text);
        }
    }
}

impl<T: ReadOut> Fact<T> {
    /// The value as people read it, with its cell.
    ///
    /// # Errors
    /// What is missing and why.
    pub fn plain(&self) -> Result<Known<String>, Missing> {
        let known = self.need()?;
        let mut value = String::new();
        known.value.read_out(&mut value);
        Ok(Known { value, origin: known.origin })
    }
}
