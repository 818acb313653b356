//! A VMM server must not be an in-place upgrade from 2012 R2.

use super::prelude::*;
use super::release::vmm_release;

/// The key of the release that it was upgraded to.
const RELEASE: &str = "vmm-2016";

pub(super) static RULE: Rule = Rule {
    name: "vmm-upgraded-in-place",
    summary: "The VMM server was upgraded from 2012 R2 to 2016.",
    remedy: "Install Virtual Machine Manager 2016 anew instead of upgrading.",
    why: "Environments in which a 2012 R2 server was upgraded to 2016 were not supported. No export tells, so someone \
          who knows declares it.",
    needs: &[Field::VmmVersion, Field::VmmUpgraded],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["VMM server", "VMM version", "VMM upgraded from 2012 R2"],
            &[&["vmm01", "4.0.1662.0", "no"]],
        )]),
        Example::not_met(&[table(
            &["VMM server", "VMM version", "VMM upgraded from 2012 R2"],
            &[&["vmm01", "4.0.1662.0", "yes"]],
        )]),
        Example::unknown(&[table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.1662.0"]])]),
        Example::not_applicable(&[table(&["VMM server", "VMM version"], &[&["vmm01", "3.2.7510.0"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, _: &Limits, context: &Context<'_>) -> Answer {
    if vmm_release(server, context).is_ok_and(|release| release.value.key != RELEASE) {
        return Ok(Verdict::NotApplicable);
    }
    let upgraded = server.upgraded.need()?;
    if upgraded.value {
        return Ok(Verdict::observed("upgraded from 2012 R2", "a new installation", Some(upgraded.origin)));
    }
    Ok(Verdict::Met)
}
