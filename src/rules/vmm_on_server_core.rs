//! Certain releases of VMM must not run on a Server Core installation.

use super::prelude::*;
use super::release::vmm_release;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "vmm-on-server-core",
    summary: "Virtual Machine Manager runs on a Server Core installation that is not supported for its release.",
    remedy: "Run Virtual Machine Manager on a server with the desktop experience.",
    why: "The matrix excludes Server Core for this release alone. The name of the operating system seldom tells a Core \
          installation, so the answer is unknown unless the export says so.",
    needs: &[Field::VmmVersion, Field::VmmOs],
    limits: &[("refused", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["VMM server", "VMM version", "Operating system of the VMM server"],
            &[&["vmm01", "10.22.1287.0", "Windows Server 2022 Datacenter (Desktop Experience)"]],
        )]),
        Example::not_met(&[table(
            &["VMM server", "VMM version", "Operating system of the VMM server"],
            &[&["vmm01", "10.22.1287.0", "Windows Server 2022 Datacenter (Server Core)"]],
        )]),
        Example::unknown(&[table(
            &["VMM server", "VMM version", "Operating system of the VMM server"],
            &[&["vmm01", "10.22.1287.0", "Windows Server 2022 Datacenter"]],
        )]),
        Example::not_applicable(&[table(&["VMM server", "VMM version"], &[&["vmm01", "10.19.2591.0"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(refused) = limits.list("refused") else { return Ok(Verdict::NotApplicable) };
    let release = vmm_release(server, context)?;
    if !refused.contains(&release.value.title) {
        return Ok(Verdict::NotApplicable);
    }
    let os = server.os.need()?;
    let name = os.value.to_lowercase();
    if name.contains("core") {
        return Ok(Verdict::refused(Identity::Term, os, "a server with the desktop experience"));
    }
    if name.contains("desktop") || name.contains("gui") {
        return Ok(Verdict::Met);
    }
    Err(Missing { field: Field::VmmOs, why: Why::Unsaid(os.origin) })
}
