//! A VMM cloud must not mix hosts of certain releases.

use super::prelude::*;
use super::release::{is_hyper_v, release_of};
use crate::catalogue::Releases;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "mixed-host-versions",
    summary: "The cloud mixes hosts of releases that must be kept apart.",
    remedy: "Divide the hosts over clouds, one for each release, or upgrade the older ones.",
    why: "A machine may move between the hosts of its cloud, and what replicates it must be the same on each.",
    needs: &[Field::HostOs, Field::HostOsVersion, Field::CloudHostGroups],
    limits: &[("apart", Kind::List)],
    examples: &[
        Example::met(&[
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
            table(
                &["Host name", "Host OS version", "Host group of the host"],
                &[&["hv01", "10.0.14393", "All Hosts\\Production"], &["hv02", "10.0.14393", "All Hosts\\Production"]],
            ),
        ]),
        Example::not_met(&[
            table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]]),
            table(
                &["Host name", "Host OS version", "Host group of the host"],
                &[&["hv01", "6.3.9600", "All Hosts\\Production"], &["hv02", "10.0.14393", "All Hosts\\Production"]],
            ),
        ]),
        Example::unknown(&[table(&["Cloud name", "Host groups of the cloud"], &[&["Gold", "All Hosts\\Production"]])]),
    ],
    check: Check::Cloud(check),
};

fn check(cloud: &Cloud, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(apart) = limits.list("apart") else { return Ok(Verdict::NotApplicable) };
    let estate = context.estate;
    let of_machines = cloud.vms.iter().filter_map(|vm| estate.vms.get(*vm)).filter_map(|vm| vm.host_index);
    let hosts = cloud.hosts.iter().copied().chain(of_machines).filter_map(|host| estate.hosts.get(host));
    let answer =
        mix(hosts, apart, context.releases).unwrap_or(Err(Missing { field: Field::HostOs, why: Why::Absent }))?;
    if answer == Verdict::Met {
        // Without the host groups only the hosts of its machines are known, and there may be others.
        cloud.host_groups.need()?;
    }
    Ok(answer)
}

/// Whether hosts mix releases to be kept apart; `None` when there is no host.
pub(super) fn mix<'a>(hosts: impl Iterator<Item = &'a Host>, apart: &[String], releases: &Releases) -> Option<Answer> {
    let mut found: Vec<(&str, Option<&str>)> = Vec::new();
    let mut missing = None;
    let mut any = false;
    for host in hosts.filter(|host| is_hyper_v(host)) {
        any = true;
        match release_of(host, releases) {
            Ok(release) => {
                let title = release.value.title.as_str();
                let is_new = apart.iter().any(|name| name == title) && found.iter().all(|(known, _)| *known != title);
                if is_new {
                    found.push((title, host.name.value().map(|name| &**name)));
                }
            }
            Err(unknown) => missing = missing.or(Some(unknown)),
        }
    }
    if found.len() > 1 {
        let seen = found.iter().map(|(release, host)| {
            let host = host.map_or(Arg::Word("unnamed"), |host| Arg::named(Identity::Host, host));
            say!("{release} ({host})", release = Arg::text(release), host).into()
        });
        return Some(Ok(Verdict::observed(Arg::Joined(" and ", seen.collect()), "one of these releases only", None)));
    }
    any.then(|| missing.map_or(Ok(Verdict::Met), Err))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, Origin};

    fn mixed(versions: &[&str]) -> Option<Answer> {
        let cell = Origin::row(0, 2);
        let host = |version: &&str| {
            let mut host = Host::seen_at(cell);
            if !version.is_empty() {
                host.os_version = Fact::known((*version).into(), cell);
            }
            host
        };
        let hosts: Vec<Host> = versions.iter().map(host).collect();
        mix(
            hosts.iter(),
            &["Windows Server 2016".to_owned(), "Windows Server 2012 R2".to_owned()],
            Releases::embedded(),
        )
    }

    #[test]
    fn a_mix_is_found_even_beside_a_host_of_unknown_release() {
        assert!(matches!(mixed(&["", "6.3.9600", "10.0.14393"]), Some(Ok(Verdict::NotMet(_)))));
        assert_eq!(mixed(&["6.3.9600", "6.3.9600", "10.0.17763"]), Some(Ok(Verdict::Met)));
    }

    #[test]
    fn without_a_mix_an_unknown_release_leaves_the_answer_unknown() {
        let missing = Missing { field: Field::HostOsVersion, why: Why::Absent };
        assert_eq!(mixed(&["", "6.3.9600"]), Some(Err(missing)));
        assert_eq!(mixed(&[]), None);
    }
}
