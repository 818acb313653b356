//! An organisation's own rules: a condition in SQL over the published tables, put to every row.

mod condition;
mod file;
mod judge;
mod wording;

pub use file::{Example, Rule, RuleError, read};
pub use judge::{Answered, Failure, Found, Organisation, judge, try_examples};
