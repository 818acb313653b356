//! A Windows Server 2012 R2 host must have the updates that the target names.

use super::prelude::*;
use super::release::{host_release, is_hyper_v};

/// The key of the release that needed them.
const RELEASE: &str = "windows-server-2012-r2";

pub(super) static RULE: Rule = Rule {
    name: "host-update-missing",
    summary: "The host lacks an update that replication needs.",
    remedy: "Install the update, or a later one that holds it, on the Windows Server 2012 R2 host.",
    why: "Hyper-V of Windows Server 2012 R2 needed fixes before it could replicate to Azure. Later releases have them. \
          A later roll-up may hold the fix without listing it by its number.",
    needs: &[Field::HostOs, Field::HostOsVersion, Field::HostFixes],
    limits: &[("updates", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Host name", "Host OS version", "Installed updates"],
            &[&["hv01", "6.3.9600", "KB2919355; KB2961977"]],
        )]),
        Example::not_met(&[table(
            &["Host name", "Host OS version", "Installed updates"],
            &[&["hv01", "6.3.9600", "KB2919355; KB3000850"]],
        )]),
        Example::unknown(&[table(&["Host name", "Host OS version"], &[&["hv01", "6.3.9600"]])]),
        Example::not_applicable(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.14393"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(wanted) = limits.list("updates") else { return Ok(Verdict::NotApplicable) };
    if !is_hyper_v(host) || host_release(host, context)?.value.key != RELEASE {
        return Ok(Verdict::NotApplicable);
    }
    let fixes = host.fixes.need()?;
    let lacking = wanted.iter().find(|update| !fixes.value.iter().any(|fix| fix.eq_ignore_ascii_case(update)));
    let Some(lacking) = lacking else { return Ok(Verdict::Met) };
    let observed =
        say!("{count} updates, none of them {lacking}", count = fixes.value.len(), lacking = Arg::text(lacking));
    Ok(Verdict::observed(observed, say!("{lacking} installed", lacking = Arg::text(lacking)), Some(fixes.origin)))
}
