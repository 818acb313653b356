//! A VMM server must reach the internet.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "vmm-offline",
    summary: "The VMM server does not reach the internet.",
    remedy: "Give the VMM server access to Azure on port 443, directly or through an HTTP proxy.",
    why: "The replication provider on the VMM server talks to the Site Recovery service. No export tells whether it \
          can, so someone who knows declares it.",
    needs: &[Field::VmmInternet],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VMM server", "Internet access of the VMM server"], &[&["vmm01", "yes"]])]),
        Example::not_met(&[table(&["VMM server", "Internet access of the VMM server"], &[&["vmm01", "no"]])]),
        Example::unknown(&[table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.1662.0"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, _: &Limits, _: &Context<'_>) -> Answer {
    let internet = server.internet.need()?;
    if internet.value {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("no internet access", "internet access, directly or through a proxy", Some(internet.origin)))
}
