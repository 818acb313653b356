//! From versions and names to releases of Windows Server and Virtual Machine Manager.

use std::fmt::Display;
use std::str::FromStr;

use crate::catalogue::Limits;
use crate::model::{Fact, Field, Host, Known, Missing, Name, VmmServer, Why, words};

words! {
    /// What a Hyper-V host runs; first what is no Windows Server, then the servers, oldest first.
    HostRelease {
        /// Windows 8, 10 or 11.
        Client = "a Windows client",
        /// Azure Stack HCI or Azure Local.
        AzureLocal = "Azure Local",
        /// 6.0.
        Server2008 = "Windows Server 2008",
        /// 6.1.
        Server2008R2 = "Windows Server 2008 R2",
        /// 6.2.
        Server2012 = "Windows Server 2012",
        /// 6.3.
        Server2012R2 = "Windows Server 2012 R2",
        /// Build 14393.
        Server2016 = "Windows Server 2016",
        /// Versions 1709 to 20H2.
        ServerSemiAnnual = "Windows Server, semi-annual channel",
        /// Build 17763.
        Server2019 = "Windows Server 2019",
        /// Build 20348.
        Server2022 = "Windows Server 2022",
        /// Build 25398.
        Server23H2 = "Windows Server, version 23H2",
        /// Build 26100.
        Server2025 = "Windows Server 2025",
    }
}

words! {
    /// A release of System Center Virtual Machine Manager, oldest first.
    VmmRelease {
        /// 1.x and 2.x.
        Vmm2008 = "Virtual Machine Manager 2008",
        /// 3.0.
        Vmm2012 = "Virtual Machine Manager 2012",
        /// 3.1.
        Vmm2012Sp1 = "Virtual Machine Manager 2012 SP1",
        /// 3.2.
        Vmm2012R2 = "Virtual Machine Manager 2012 R2",
        /// 4.0.
        Vmm2016 = "Virtual Machine Manager 2016",
        /// 4.1: versions 1801 and 1807.
        VmmSemiAnnual = "Virtual Machine Manager, semi-annual channel",
        /// 10.19.
        Vmm2019 = "Virtual Machine Manager 2019",
        /// 10.22.
        Vmm2022 = "Virtual Machine Manager 2022",
        /// 10.25.
        Vmm2025 = "Virtual Machine Manager 2025",
    }
}

impl HostRelease {
    /// The Virtual Machine Manager of the same year.
    pub fn manager(self) -> Option<VmmRelease> {
        match self {
            Self::Client | Self::AzureLocal | Self::ServerSemiAnnual | Self::Server23H2 => None,
            Self::Server2008 | Self::Server2008R2 => Some(VmmRelease::Vmm2008),
            Self::Server2012 => Some(VmmRelease::Vmm2012Sp1),
            Self::Server2012R2 => Some(VmmRelease::Vmm2012R2),
            Self::Server2016 => Some(VmmRelease::Vmm2016),
            Self::Server2019 => Some(VmmRelease::Vmm2019),
            Self::Server2022 => Some(VmmRelease::Vmm2022),
            Self::Server2025 => Some(VmmRelease::Vmm2025),
        }
    }
}

/// Whether a host runs Hyper-V, as far as is known: VMM also manages hosts of other platforms.
pub fn is_hyper_v(host: &Host) -> bool {
    host.platform.value().is_none_or(|platform| platform.to_lowercase().contains("hyper"))
}

/// What a host runs: by its version number, which is the same in every language, else by its name.
///
/// # Errors
/// Missing when neither is given; unreadable when neither is known to this list.
pub fn host_release(host: &Host) -> Result<Known<HostRelease>, Missing> {
    if let Ok(name) = host.os.need()
        && let Some(value) = not_a_server(&name.value.to_lowercase())
    {
        return Ok(Known { value, origin: name.origin });
    }
    for version in [&host.os_version, &host.hyperv_version] {
        if let Some(known) = understood(version, host_by_version) {
            return Ok(known);
        }
    }
    understood(&host.os, |name| host_by_name(&name.to_lowercase())).ok_or_else(|| host_not_understood(host))
}

/// Which Virtual Machine Manager a server runs: by its version number, else by its name.
///
/// # Errors
/// Missing when no version is given; unreadable when it is not known to this list.
pub fn vmm_release(server: &VmmServer) -> Result<Known<VmmRelease>, Missing> {
    let version = server.version.need()?;
    let release = vmm_by_version(&version.value).or_else(|| vmm_by_name(&version.value.to_lowercase()));
    let unreadable = Missing { field: Field::VmmVersion, why: Why::Unreadable(version.origin) };
    Ok(Known { value: release.ok_or(unreadable)?, origin: version.origin })
}

/// Whether an edition admits a release: at least its `minimum`, or one of those `allowed`.
///
/// `None` where the edition is silent; the error says what it expects.
pub fn admits<T: Copy + Ord + Display + FromStr>(limits: &Limits, release: T) -> Option<Result<(), String>> {
    if let Some(allowed) = limits.list("allowed") {
        let listed = allowed.iter().any(|name| name.parse().is_ok_and(|named: T| named == release));
        return Some(if listed { Ok(()) } else { Err(format!("one of {}", allowed.join(", "))) });
    }
    let minimum: T = limits.text("minimum")?.parse().ok()?;
    Some(if release >= minimum { Ok(()) } else { Err(format!("{minimum} or later")) })
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

fn understood<T>(fact: &Fact<Name>, read: impl Fn(&str) -> Option<T>) -> Option<Known<T>> {
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

fn not_a_server(name: &str) -> Option<HostRelease> {
    if name.contains("azure stack") || name.contains("azure local") {
        return Some(HostRelease::AzureLocal);
    }
    let after = name.split_once("windows ")?.1;
    let client = ["xp", "vista", "7", "8", "10", "11"].iter().any(|version| after.starts_with(version));
    client.then_some(HostRelease::Client)
}

fn host_by_version(text: &str) -> Option<HostRelease> {
    match version_numbers(text)? {
        [6, 0, _] => Some(HostRelease::Server2008),
        [6, 1, _] => Some(HostRelease::Server2008R2),
        [6, 2, _] => Some(HostRelease::Server2012),
        [6, 3, _] => Some(HostRelease::Server2012R2),
        [10, 0, 14393] => Some(HostRelease::Server2016),
        [10, 0, 16299 | 17134 | 18362 | 18363 | 19041 | 19042] => Some(HostRelease::ServerSemiAnnual),
        [10, 0, 17763] => Some(HostRelease::Server2019),
        [10, 0, 20348] => Some(HostRelease::Server2022),
        [10, 0, 25398] => Some(HostRelease::Server23H2),
        [10, 0, 26100] => Some(HostRelease::Server2025),
        // Builds of which no server was ever released.
        [10, 0, 10240 | 10586 | 15063 | 19043..=19045 | 22000 | 22621 | 22631] => Some(HostRelease::Client),
        _ => None,
    }
}

fn host_by_name(name: &str) -> Option<HostRelease> {
    let r2 = name.contains("r2");
    let year = |year: &str| name.contains("server") && name.contains(year);
    let semi_annual = ["1709", "1803", "1809", "1903", "1909", "2004", "20h2"];
    if year("2025") {
        Some(HostRelease::Server2025)
    } else if year("23h2") {
        Some(HostRelease::Server23H2)
    } else if year("2022") {
        Some(HostRelease::Server2022)
    } else if year("2019") {
        Some(HostRelease::Server2019)
    } else if year("2016") {
        Some(HostRelease::Server2016)
    } else if year("2012") {
        Some(if r2 { HostRelease::Server2012R2 } else { HostRelease::Server2012 })
    } else if year("2008") {
        Some(if r2 { HostRelease::Server2008R2 } else { HostRelease::Server2008 })
    } else if semi_annual.iter().any(|version| year(version)) {
        Some(HostRelease::ServerSemiAnnual)
    } else {
        None
    }
}

fn vmm_by_version(text: &str) -> Option<VmmRelease> {
    match version_numbers(text)? {
        [1 | 2, _, _] => Some(VmmRelease::Vmm2008),
        [3, 0, _] => Some(VmmRelease::Vmm2012),
        [3, 1, _] => Some(VmmRelease::Vmm2012Sp1),
        [3, 2, _] => Some(VmmRelease::Vmm2012R2),
        [4, 0, _] => Some(VmmRelease::Vmm2016),
        [4, 1, _] => Some(VmmRelease::VmmSemiAnnual),
        [10, 19, _] => Some(VmmRelease::Vmm2019),
        [10, 22, _] => Some(VmmRelease::Vmm2022),
        [10, 25, _] => Some(VmmRelease::Vmm2025),
        _ => None,
    }
}

fn vmm_by_name(name: &str) -> Option<VmmRelease> {
    let has = |text: &str| name.contains(text);
    if has("2025") {
        Some(VmmRelease::Vmm2025)
    } else if has("2022") {
        Some(VmmRelease::Vmm2022)
    } else if has("2019") {
        Some(VmmRelease::Vmm2019)
    } else if has("1801") || has("1807") {
        Some(VmmRelease::VmmSemiAnnual)
    } else if has("2016") {
        Some(VmmRelease::Vmm2016)
    } else if has("2012") {
        Some(match (has("r2"), has("sp1")) {
            (true, _) => VmmRelease::Vmm2012R2,
            (false, true) => VmmRelease::Vmm2012Sp1,
            (false, false) => VmmRelease::Vmm2012,
        })
    } else if has("2008") {
        Some(VmmRelease::Vmm2008)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    const CELL: Origin = Origin::row(0, 2);

    fn host(name: &str, version: &str) -> Result<HostRelease, Missing> {
        let mut host = Host::seen_at(CELL);
        if !name.is_empty() {
            host.os = Fact::known(name.into(), CELL);
        }
        if !version.is_empty() {
            host.os_version = Fact::known(version.into(), CELL);
        }
        host_release(&host).map(|known| known.value)
    }

    fn vmm(text: &str) -> Result<VmmRelease, Missing> {
        let mut server = VmmServer::seen_at(CELL);
        server.version = Fact::known(text.into(), CELL);
        vmm_release(&server).map(|known| known.value)
    }

    #[test]
    fn a_version_number_tells_the_release_whatever_the_name_says() {
        assert_eq!(host("Microsoft Windows Server 2012 R2 Datacenter ", "6.3.9600"), Ok(HostRelease::Server2012R2));
        assert_eq!(host("Microsoft Hyper-V Server", "10.0.17763"), Ok(HostRelease::Server2019));
        assert_eq!(host("", "10.0 (14393)"), Ok(HostRelease::Server2016));
        assert_eq!(host("", "10.0.26100.1742"), Ok(HostRelease::Server2025));
    }

    #[test]
    fn a_name_tells_the_release_when_no_version_does() {
        assert_eq!(host("Windows Server 2022 Standard Evaluation", ""), Ok(HostRelease::Server2022));
        assert_eq!(host("Microsoft Hyper-V Server 2012 R2", ""), Ok(HostRelease::Server2012R2));
        assert_eq!(host("Windows Server 2012 Datacenter", "2012"), Ok(HostRelease::Server2012));
        assert_eq!(host("Windows Server, version 1803", ""), Ok(HostRelease::ServerSemiAnnual));
    }

    #[test]
    fn a_client_and_azure_local_are_no_windows_server_though_they_share_its_build() {
        assert_eq!(host("Microsoft Windows 11 Pro", "10.0.26100"), Ok(HostRelease::Client));
        assert_eq!(host("Azure Stack HCI", "10.0.20348"), Ok(HostRelease::AzureLocal));
        assert_eq!(host("", "10.0.22631"), Ok(HostRelease::Client));
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
        assert_eq!(vmm("3.2.7510.0"), Ok(VmmRelease::Vmm2012R2));
        assert_eq!(vmm("4.0.1662.0"), Ok(VmmRelease::Vmm2016));
        assert_eq!(vmm("10.19.2591.0"), Ok(VmmRelease::Vmm2019));
        assert_eq!(vmm("System Center 2012 SP1 Virtual Machine Manager"), Ok(VmmRelease::Vmm2012Sp1));
        assert_eq!(vmm("VMM 2025"), Ok(VmmRelease::Vmm2025));
    }
}
