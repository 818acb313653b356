//! What a report rests on: the program, the date, the customer and the site.

/// What a report rests on besides the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The program's version.
    pub version: String,
    /// The customer, when one is named.
    pub customer: Option<String>,
    /// The site, when one is named.
    pub site: Option<String>,
}
