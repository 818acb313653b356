//! Columns that the configuration asks to carry through to the machines, whatever they mean.

use super::{Known, Name, Vm};

/// A column that is carried through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedColumn {
    /// Its heading, as the configuration writes it.
    pub heading: Name,
    /// Where it stands.
    pub stands: Stands,
}

words! {
    /// Where a column that is to be carried through stands.
    Stands {
        /// In a table whose rows tell of machines.
        AtMachines = "at machines",
        /// In other tables alone.
        Elsewhere = "elsewhere",
        /// In no table.
        Nowhere = "nowhere",
    }
}

impl Vm {
    /// What a column that is carried through gives, by its place among the estate's.
    #[must_use]
    pub fn carried(&self, place: usize) -> Option<&Known<Name>> {
        self.carried.get(place)?.as_ref()
    }
}
