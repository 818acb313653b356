//! The host of a machine must run Hyper-V, or neither road for Hyper-V machines fits it.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "host-not-hyper-v",
    summary: "The host runs another hypervisor than Hyper-V.",
    remedy: "Assess the machines of this host by the documents for their hypervisor.",
    why: "These requirements are those of machines on Hyper-V. Site Recovery and Azure Migrate move machines of other \
          hypervisors in other ways, with requirements of their own.",
    needs: &[Field::HostOs],
    limits: &[("systems", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Host name", "Host operating system"],
            &[&["hv-01", "Windows Server 2022 Datacenter"]],
        )]),
        Example::not_met(&[table(&["Host name", "Host operating system"], &[&["esx-01", "VMware ESXi 7.0.3"]])]),
        Example::unknown(&[table(&["Host name", "Host memory (GB)"], &[&["hv-01", "256"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(others) = limits.list("systems") else { return Ok(Verdict::NotApplicable) };
    let system = host.os.need()?;
    let written = system.value.to_lowercase();
    if others.iter().any(|other| written.contains(&other.to_lowercase())) {
        return Ok(Verdict::refused(Identity::Term, system, "Windows Server with Hyper-V"));
    }
    Ok(Verdict::Met)
}
