//! What is judged against: the editions asked for, and the day when none is named.

use anyhow::Result;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::unable::unable;
use crate::catalogue::{Catalogue, Edition, Target};
use crate::cli::Against;
use crate::model::Arg;

/// The editions asked for, each once; the newest of every target when none is.
pub(super) fn select<'a>(catalogue: &'a Catalogue, against: &[Against]) -> Result<Vec<&'a Edition>> {
    if against.is_empty() {
        return Ok(Target::ALL.iter().filter_map(|target| catalogue.newest(*target)).collect());
    }
    let mut editions: Vec<&Edition> = Vec::new();
    for Against { target, edition } in against {
        let found = match edition {
            Some(name) => catalogue.edition(*target, name),
            None => catalogue.newest(*target),
        };
        let found = found.ok_or_else(|| unknown_edition(catalogue, *target, edition.as_deref()))?;
        if !editions.iter().any(|known| std::ptr::eq(*known, found)) {
            editions.push(found);
        }
    }
    Ok(editions)
}

fn unknown_edition(catalogue: &Catalogue, target: Target, edition: Option<&str>) -> anyhow::Error {
    let known = catalogue.editions.iter().filter(|known| known.target == target).map(|known| known.edition.as_str());
    unable!(
        "--against {edition}: no such edition; there are {known}",
        edition = Arg::text(&format!("{target}@{}", edition.unwrap_or("newest"))),
        known = Arg::List(known.map(Arg::text).collect())
    )
}

/// The day it is.
#[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
pub(super) fn today() -> Date {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    now.to_zoned(TimeZone::UTC).date()
}
