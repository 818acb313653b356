//! The texts of a written assessment.

use std::borrow::Cow;

/// A text, borrowed while it is written and owned when it was read.
pub type Text<'a> = Cow<'a, str>;
