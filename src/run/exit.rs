//! The codes that the program ends with.

/// Done.
pub(super) const DONE: u8 = 0;
/// `--fail-on` was asked for and met, or a set of reports is not as it was written.
pub(super) const FAILED_ON: u8 = 1;
/// Could not run.
pub(super) const COULD_NOT_RUN: u8 = 2;
/// Nothing to judge.
pub(super) const NOTHING_TO_JUDGE: u8 = 3;
/// Some input was refused and `--strict` was asked for.
pub(super) const STRICT: u8 = 4;
