//! From versions and names to the catalogue's releases of Windows Server and Virtual Machine Manager.

use jiff::civil::Date;

use super::{Context, Verdict};
use crate::catalogue::{Lifecycle, Limits, ReleaseList, Releases, ServerRelease};
use crate::model::{Arg, Fact, Field, Host, Known, Missing, Name, Phrase, VmmServer, Why, say};

/// Whether a host runs Hyper-V, as far as is known: VMM also manages hosts of other platforms.
pub fn is_hyper_v(host: &Host) -> bool {
    host.platform.value().is_none_or(|platform| platform.to_lowercase().contains("hyper"))
}

/// What a host runs: by its version number, which is the same in every language, else by its name.
///
/// # Errors
/// Missing when neither is given; unreadable when neither is known to this list.
pub fn host_release<'a>(host: &Host, context: &Context<'a>) -> Result<Known<&'a ServerRelease>, Missing> {
    release_of(host, context.releases)
}

/// What a host runs, by the releases of a catalogue.
pub(super) fn release_of<'a>(host: &Host, releases: &'a Releases) -> Result<Known<&'a ServerRelease>, Missing> {
    let hosts = &releases.hosts;
    if let Some(known) = understood(&host.os, |name| hosts.by_name_first(name)) {
        return Ok(known);
    }
    for version in [&host.os_version, &host.hyperv_version] {
        if let Some(known) = understood(version, |version| hosts.by_version(version)) {
            return Ok(known);
        }
    }
    understood(&host.os, |name| hosts.by_name(name)).ok_or_else(|| host_not_understood(host))
}

/// Which Virtual Machine Manager a server runs: by its version number, else by its name.
///
/// # Errors
/// Missing when no version is given; unreadable when it is not known to this list.
pub fn vmm_release<'a>(server: &VmmServer, context: &Context<'a>) -> Result<Known<&'a ServerRelease>, Missing> {
    let version = server.version.need()?;
    let managers = &context.releases.managers;
    let release = managers.by_version(&version.value).or_else(|| managers.by_name(&version.value));
    let unreadable = Missing { field: Field::VmmVersion, why: Why::Unreadable(version.origin) };
    Ok(Known { value: release.ok_or(unreadable)?, origin: version.origin })
}

/// Whether an edition admits a release: at least its `minimum`, or one of those `allowed`.
///
/// `None` where the edition is silent; the error says what it expects.
pub fn admits(limits: &Limits, release: &ServerRelease, of: &ReleaseList) -> Option<Result<(), Phrase>> {
    if let Some(allowed) = limits.list("allowed") {
        let listed = allowed.contains(&release.title);
        return Some(if listed { Ok(()) } else { Err(say!("one of {allowed}", allowed = Arg::texts(", ", allowed))) });
    }
    let minimum = of.titled(limits.text("minimum")?)?;
    Some(if release >= minimum { Ok(()) } else { Err(say!("{minimum} or later", minimum)) })
}

/// Whether a release still gets free updates on the day of the assessment.
pub fn still_supported(release: &Known<&ServerRelease>, as_of: Date) -> Verdict {
    let told = match release.value.lifecycle(as_of) {
        Lifecycle::Supported | Lifecycle::EndingSoon(_) => return Verdict::Met,
        Lifecycle::Unknown => return Verdict::NotApplicable,
        Lifecycle::PaidOnly { since, until } => {
            say!("free updates until {since}, paid ones until {until}", since, until)
        }
        Lifecycle::Ended(end) => say!("supported until {end}", end),
    };
    let observed = say!("{release}, {told}", release = release.value, told);
    Verdict::observed(observed, say!("supported on {day}", day = as_of), Some(release.origin))
}

/// Whether a release is supported for more than so many days from the day of the assessment.
pub fn supported_for(days: u64, release: &Known<&ServerRelease>, as_of: Date) -> Verdict {
    let end = match release.value.lifecycle(as_of) {
        Lifecycle::Supported => return Verdict::Met,
        // Support has ended, which is another requirement's finding, or no date is published.
        Lifecycle::PaidOnly { .. } | Lifecycle::Ended(_) | Lifecycle::Unknown => return Verdict::NotApplicable,
        Lifecycle::EndingSoon(end) => end,
    };
    if u64::try_from((end - as_of).get_days()).is_ok_and(|left| left > days) {
        return Verdict::Met;
    }
    let observed = say!("{release}, supported until {end}", release = release.value, end);
    Verdict::observed(
        observed,
        say!("supported for more than {days} days from {day}", days, day = as_of),
        Some(release.origin),
    )
}

/// The first three numbers of a version text, missing ones as zero; `None` when it holds no number.
pub fn version_numbers(text: &str) -> Option<[u32; 3]> {
    let mut numbers = [0; 3];
    let mut found = 0;
    for digits in text.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty()).take(3)
    {
        numbers[found] = digits.parse().ok()?;
        found += 1;
    }
    (found > 0).then_some(numbers)
}

fn understood<'a>(
    fact: &Fact<Name>,
    read: impl Fn(&str) -> Option<&'a ServerRelease>,
) -> Option<Known<&'a ServerRelease>> {
    let known = fact.need().ok()?;
    Some(Known { value: read(&known.value)?, origin: known.origin })
}

/// Why a host's release is not known: no version and no name, or one that this list does not hold.
fn host_not_understood(host: &Host) -> Missing {
    match (host.os_version.need(), host.os.need()) {
        (Ok(version), _) => Missing { field: Field::HostOsVersion, why: Why::Unreadable(version.origin) },
        (Err(_), Ok(name)) => Missing { field: Field::HostOs, why: Why::Unreadable(name.origin) },
        (Err(missing), Err(Missing { why: Why::Absent, .. })) | (Err(_), Err(missing)) => missing,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Estate, Origin};

    const CELL: Origin = Origin::row(0, 2);

    fn host(name: &str, version: &str) -> Result<&'static str, Missing> {
        let mut host = Host::seen_at(CELL);
        if !name.is_empty() {
            host.os = Fact::known(name.into(), CELL);
        }
        if !version.is_empty() {
            host.os_version = Fact::known(version.into(), CELL);
        }
        release_of(&host, Releases::embedded()).map(|known| known.value.title.as_str())
    }

    fn vmm(text: &str) -> Result<&'static str, Missing> {
        let mut server = VmmServer::seen_at(CELL);
        server.version = Fact::known(text.into(), CELL);
        let estate = Estate::default();
        let context = Context::new(&estate, date(2026, 11, 26));
        let release = Releases::embedded().managers.keyed(&vmm_release(&server, &context)?.value.key);
        Ok(release.expect("it is one of them").title.as_str())
    }

    #[test]
    fn a_version_number_tells_the_release_whatever_the_name_says() {
        assert_eq!(host("Microsoft Windows Server 2012 R2 Datacenter ", "6.3.9600"), Ok("Windows Server 2012 R2"));
        assert_eq!(host("Microsoft Hyper-V Server", "10.0.17763"), Ok("Windows Server 2019"));
        assert_eq!(host("", "10.0 (14393)"), Ok("Windows Server 2016"));
        assert_eq!(host("", "10.0.26100.1742"), Ok("Windows Server 2025"));
    }

    #[test]
    fn a_name_tells_the_release_when_no_version_does() {
        assert_eq!(host("Windows Server 2022 Standard Evaluation", ""), Ok("Windows Server 2022"));
        assert_eq!(host("Microsoft Hyper-V Server 2012 R2", ""), Ok("Windows Server 2012 R2"));
        assert_eq!(host("Windows Server 2012 Datacenter", "2012"), Ok("Windows Server 2012"));
        assert_eq!(host("Windows Server, version 1803", ""), Ok("Windows Server, semi-annual channel"));
        assert_eq!(host("Windows Server 2019, version 1809", ""), Ok("Windows Server 2019"));
    }

    #[test]
    fn a_client_and_azure_local_are_no_windows_server_though_they_share_its_build() {
        assert_eq!(host("Microsoft Windows 11 Pro", "10.0.26100"), Ok("a Windows client"));
        assert_eq!(host("Azure Stack HCI", "10.0.20348"), Ok("Azure Local"));
        assert_eq!(host("", "10.0.22631"), Ok("a Windows client"));
    }

    #[test]
    fn what_is_not_understood_is_said_to_be_unreadable_and_what_is_not_there_absent() {
        let unreadable = |field| Missing { field, why: Why::Unreadable(CELL) };
        assert_eq!(host("Windows Server vNext", "10.0.99999"), Err(unreadable(Field::HostOsVersion)));
        assert_eq!(host("Windows Server vNext", ""), Err(unreadable(Field::HostOs)));
        assert_eq!(host("", ""), Err(Missing { field: Field::HostOsVersion, why: Why::Absent }));
        assert_eq!(vmm("5.7"), Err(unreadable(Field::VmmVersion)));
    }

    #[test]
    fn vmm_versions_and_names_tell_the_release() {
        assert_eq!(vmm("3.2.7510.0"), Ok("Virtual Machine Manager 2012 R2"));
        assert_eq!(vmm("4.0.1662.0"), Ok("Virtual Machine Manager 2016"));
        assert_eq!(vmm("10.19.2591.0"), Ok("Virtual Machine Manager 2019"));
        assert_eq!(vmm("System Center 2012 SP1 Virtual Machine Manager"), Ok("Virtual Machine Manager 2012 SP1"));
        assert_eq!(vmm("System Center 2012 R2 Virtual Machine Manager"), Ok("Virtual Machine Manager 2012 R2"));
        assert_eq!(vmm("VMM 2025"), Ok("Virtual Machine Manager 2025"));
    }
}
