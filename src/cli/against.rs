//! What is judged against, as it is asked for: a target, or one edition of it.

use crate::catalogue::Target;

/// A target, or one edition of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// The target.
    pub target: Target,
    /// The edition; the newest without it.
    pub edition: Option<String>,
}

impl std::str::FromStr for Against {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (target, edition) = match text.split_once('@') {
            Some((target, edition)) => (target, Some(edition.to_owned())),
            None => (text, None),
        };
        Ok(Self { target: target.parse()?, edition })
    }
}
