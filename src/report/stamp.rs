//! What a report rests on: the program, the customer and the site, and the catalogue that was carried in.

use crate::catalogue::Carried;

/// What a report rests on besides the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The program's version.
    pub version: String,
    /// The customer, when one is named.
    pub customer: Option<String>,
    /// The site, when one is named.
    pub site: Option<String>,
    /// The name of the folder that was read, which tells the site where none is named.
    pub folder: String,
    /// The catalogue files that came from outside the program.
    pub carried: Vec<Carried>,
    /// The public key that each of them is signed with, when one was asked for.
    pub signed_with: Option<String>,
    /// For each target judged whose newest edition may be out of date, a sentence that says so.
    pub stale: Vec<String>,
}
