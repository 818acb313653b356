//! Which checks concern a machine, as a set.

use crate::rules::RULES;

/// A set of checks, by their place in the roster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks([u64; 4]);

impl Marks {
    /// Adds a check.
    pub fn add(&mut self, check: u8) {
        self.0[usize::from(check / 64)] |= 1 << (check % 64);
    }

    /// Whether it holds a check.
    #[must_use]
    pub const fn holds(self, check: u8) -> bool {
        self.0[(check / 64) as usize] & (1 << (check % 64)) != 0
    }

    /// Adds every check of another set.
    pub fn join(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
    }

    /// Takes out every check of another set.
    pub fn leave(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine &= !theirs;
        }
    }

    /// How many checks it holds.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.iter().map(|part| part.count_ones()).sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// The place of a check in the roster.
pub(super) fn number_of(check: &str) -> Option<u8> {
    u8::try_from(RULES.iter().position(|rule| rule.name == check)?).ok()
}

const _: () = assert!(RULES.len() <= 256, "a set of checks has a place for each");
