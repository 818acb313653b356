//! A Hyper-V host must not depend on IPv6.

use super::prelude::*;
use super::release::is_hyper_v;

pub(super) static RULE: Rule = Rule {
    name: "host-ipv6",
    summary: "IPv6 is in use on the host.",
    remedy: "Make sure that the host reaches Azure over IPv4.",
    why: "The host's own network is supported with IPv4 only.",
    needs: &[Field::HostIpv6],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Host name", "IPv6 on the host"], &[&["hv01", "no"]])]),
        Example::not_met(&[table(&["Host name", "IPv6 on the host"], &[&["hv01", "yes"]])]),
        Example::unknown(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, _: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let ipv6 = host.ipv6.need()?;
    if !ipv6.value {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("IPv6 in use", "IPv4 only", Some(ipv6.origin)))
}
