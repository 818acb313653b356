//! A Hyper-V host must have the latest updates.

use super::prelude::*;
use super::release::is_hyper_v;

pub(super) static RULE: Rule = Rule {
    name: "host-not-up-to-date",
    summary: "The host does not have the latest updates.",
    remedy: "Install the latest updates on the host.",
    why: "The supported releases are supported with the latest updates. No export tells whether they are installed, \
          so someone who knows declares it.",
    needs: &[Field::HostUpToDate],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Host name", "Latest updates installed"], &[&["hv01", "yes"]])]),
        Example::not_met(&[table(&["Host name", "Latest updates installed"], &[&["hv01", "no"]])]),
        Example::unknown(&[table(&["Host name", "Host OS version"], &[&["hv01", "6.3.9600"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, _: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let up_to_date = host.up_to_date.need()?;
    if up_to_date.value {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("updates not installed", "the latest updates installed", Some(up_to_date.origin)))
}
