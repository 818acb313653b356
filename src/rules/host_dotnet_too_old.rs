//! A Hyper-V host must have a .NET Framework that is new enough.

use super::prelude::*;
use super::release::{is_hyper_v, version_numbers};
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "host-dotnet-too-old",
    summary: "The host's .NET Framework is too old.",
    remedy: "Install a newer .NET Framework on the host.",
    why: "The replication provider runs on the .NET Framework of the host.",
    needs: &[Field::HostDotNet],
    limits: &[("minimum", Kind::Version)],
    examples: &[
        Example::met(&[table(&["Host name", ".NET Framework version"], &[&["hv01", "4.8"]])]),
        Example::met(&[table(&["Host name", ".NET Framework version"], &[&["hv01", "4.6.2"]])]),
        Example::not_met(&[table(&["Host name", ".NET Framework version"], &[&["hv01", "4.6.1"]])]),
        Example::unknown(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]])]),
    ],
    check: Check::Host(check),
};

/// A larger first number is no version but the release number that the registry holds beside it.
const LARGEST_MAJOR: u32 = 99;

fn check(host: &Host, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(minimum) = limits.text("minimum") else { return Ok(Verdict::NotApplicable) };
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let dotnet = host.dotnet.need()?;
    let unreadable = Missing { field: Field::HostDotNet, why: Why::Unreadable(dotnet.origin) };
    let version = version_numbers(&dotnet.value).filter(|[major, ..]| *major <= LARGEST_MAJOR).ok_or(unreadable)?;
    if version_numbers(minimum).is_some_and(|minimum| version < minimum) {
        return Ok(Verdict::refused(Identity::Term, dotnet, say!("{minimum} or later", minimum = Arg::text(minimum))));
    }
    Ok(Verdict::Met)
}
