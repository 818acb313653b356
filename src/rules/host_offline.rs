//! A Hyper-V host must reach the internet.

use super::prelude::*;
use super::release::is_hyper_v;

pub(super) static RULE: Rule = Rule {
    name: "host-offline",
    summary: "The host does not reach the internet.",
    remedy: "Give the host access to Azure on port 443, directly or through an HTTP proxy.",
    why: "The host itself sends the replicated data to Azure. No export tells whether it can, so someone who knows \
          declares it.",
    needs: &[Field::HostInternet],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Host name", "Internet access of the host"], &[&["hv01", "yes"]])]),
        Example::not_met(&[table(&["Host name", "Internet access of the host"], &[&["hv01", "no"]])]),
        Example::unknown(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, _: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let internet = host.internet.need()?;
    if internet.value {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("no internet access", "internet access, directly or through a proxy", Some(internet.origin)))
}
