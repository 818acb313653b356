//! What a report rests on: the program, the customer and the site, and the catalogue that was carried in.

use std::sync::Arc;

use super::logo::Logo;
use crate::catalogue::Carried;
use crate::model::Phrase;

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
    /// Who stands behind the report, and how it is handled.
    pub front: Front,
    /// For each target judged whose newest edition may be out of date, a sentence that says so.
    pub stale: Vec<Phrase>,
}

/// What a report says of itself on its cover and in its heads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// Who wrote it.
    pub author: Option<String>,
    /// Who read it through.
    pub reviewer: Option<String>,
    /// Its version, as its authors count.
    pub version: Option<String>,
    /// To whom it may go: "Confidential", "TLP:AMBER".
    pub distribution: Option<String>,
    /// Who signs it, a line each.
    pub signatures: Vec<String>,
    /// The customer's logo.
    pub logo: Option<Arc<Logo>>,
}
