//! Machines of another hypervisor among those of Hyper-V, told by what their hosts run or are.

use super::assembly::Assembly;
use super::exclude::{OTHER_HYPERVISOR, Reason, hypervisor_of};
use super::servers::Servers;
use crate::model::{Arg, Estate, Host, Identity, say};

/// Leaves out the machines whose hosts run another hypervisor, where the inputs tell of Hyper-V as well.
///
/// Inputs that tell of the other hypervisor alone were given to be judged.
pub(super) fn leave_out(assembly: &mut Assembly) {
    if !tells_of_hyper_v(&assembly.estate) {
        return;
    }
    let mut hosts = Servers::default();
    for (number, host) in assembly.estate.hosts.iter().enumerate() {
        if let Some(name) = host.name.value() {
            hosts.add(name, number);
        }
    }
    for (number, vm) in assembly.estate.vms.iter().enumerate() {
        let found = vm.host.value().and_then(|name| hosts.find(name));
        let Some(host) = found.map(|host| &assembly.estate.hosts[host]) else { continue };
        let (Some(name), Some(system)) = (host.name.value(), host.os.value()) else { continue };
        let Some(asked_for_as) = hypervisor_of(system) else { continue };
        if assembly.include.contains(&asked_for_as) {
            continue;
        }
        let (host, system) = (Arg::named(Identity::Host, name), Arg::named(Identity::Term, system));
        let detail = say!("its host {host} runs {system}", host = host, system = system);
        assembly.removed.push((number, Reason::with(OTHER_HYPERVISOR, detail)));
    }
    leave_out_of_foreign_hosts(assembly);
    assembly.drop_removed();
}

/// Leaves out the machines of hosts that were left out by their platform.
fn leave_out_of_foreign_hosts(assembly: &mut Assembly) {
    let mut foreign = Servers::default();
    for (number, (name, ..)) in assembly.foreign_hosts.iter().enumerate() {
        foreign.add(name, number);
    }
    for (number, vm) in assembly.estate.vms.iter().enumerate() {
        let found = vm.host.value().and_then(|name| foreign.find(name));
        let Some((host, platform, asked_for_as)) = found.map(|found| &assembly.foreign_hosts[found]) else { continue };
        if assembly.include.contains(asked_for_as) {
            continue;
        }
        let (host, platform) = (Arg::named(Identity::Host, host), Arg::text(platform));
        let detail = say!("its host {host} is {platform}", host = host, platform = platform);
        assembly.removed.push((number, Reason::with(OTHER_HYPERVISOR, detail)));
    }
}

/// Whether a host or a machine is Hyper-V's.
fn tells_of_hyper_v(estate: &Estate) -> bool {
    let is_hyper_v = |text: &str| {
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let letters = letters.to_ascii_lowercase();
        letters.contains("hyperv") || letters.contains("windows") || letters.contains("azurestackhci")
    };
    let of_host = |host: &Host| {
        let says = host.platform.value().or(host.os.value()).is_some_and(|text| is_hyper_v(text));
        says || host.hyperv_version.is_known() && host.os.value().is_none_or(|os| hypervisor_of(os).is_none())
    };
    let of_machines = || estate.vms.iter().any(|vm| vm.platform.value().is_some_and(|text| is_hyper_v(text)));
    estate.hosts.iter().any(of_host) || of_machines()
}
