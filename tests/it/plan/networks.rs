//! Where networks land: by wish, by name, in the first subnet; room, addresses and overlaps.

use klar::model::Pattern;
use klar::plan::{NetworkPlan, NetworkProblem, NetworkWish, TargetReason, Wishes};

const MACHINES: &str =
    "VM name,vCPUs,Memory (MB),Number of disks\na-01,2,4096,1\nb-01,2,4096,1\nc-01,2,4096,1\nd-01,2,4096,1\n";
const ADAPTERS: &str = "\
VM name,Network adapter name,VM network,IP addresses
a-01,nic,Servers,10.1.1.10
b-01,nic,Servers,10.9.1.10
c-01,nic,Servers,
d-01,nic,Clients,10.1.2.20
";

fn networks(azure: &str, wishes: &Wishes, look: impl FnOnce(&[NetworkPlan])) {
    let azure = format!(
        "Azure resource name,Azure resource type,Azure region,Address space,Subnet names,Subnet prefixes\n{azure}"
    );
    let files = [("vms.csv", MACHINES), ("nics.csv", ADAPTERS), ("vnets.csv", &azure)];
    super::planned(&files, wishes, |_, plan| look(&plan.networks));
}

const VNET: &str =
    "vnet-1,Microsoft.Network/virtualNetworks,northeurope,10.1.0.0/16,servers;other,10.1.1.0/24;10.1.3.0/29\n";

fn place(plan: &NetworkPlan) -> Option<(&str, Option<&str>, TargetReason)> {
    let landing = plan.target.as_ref()?;
    Some((&landing.network, landing.subnet.as_deref(), landing.reason))
}

#[test]
fn a_network_lands_in_a_subnet_of_its_name_or_in_the_first() {
    networks(VNET, &Wishes::default(), |networks| {
        let [clients, servers] = networks else { panic!("two networks: {networks:?}") };
        assert_eq!(place(servers), Some(("vnet-1", Some("servers"), TargetReason::SameName)));
        assert_eq!(place(clients), Some(("vnet-1", Some("servers"), TargetReason::First)));
        assert_eq!((servers.machines, servers.adapters), (3, 3));
        assert_eq!((servers.kept, servers.changed, servers.unknown), (1, 1, 1));
        assert_eq!(servers.free, Some(256 - 5 - 4), "four adapters land in one subnet");
        assert_eq!(servers.problems, [NetworkProblem::Overlap { addresses: 1 }], "10.1.2.20 is in 10.1.0.0/16");
    });
}

#[test]
fn wishes_go_first_and_a_small_subnet_is_told_with_its_wave() {
    let wish = NetworkWish { from: Pattern::new("serv*"), network: "vnet-1".into(), subnet: Some("other".into()) };
    let wishes = Wishes { networks: vec![wish], wave_size: Some(1), ..Wishes::default() };
    networks(VNET, &wishes, |networks| {
        assert_eq!(place(&networks[1]), Some(("vnet-1", Some("other"), TargetReason::Wished)));
        assert_eq!(networks[1].free, Some(0), "8 addresses, 5 of them kept by Azure");
        assert!(!networks[1].problems.iter().any(|problem| matches!(problem, NetworkProblem::TooSmall { .. })));
    });
    let all = NetworkWish { from: Pattern::new("*"), network: "vnet-1".into(), subnet: Some("other".into()) };
    let wishes = Wishes { networks: vec![all], wave_size: Some(1), ..Wishes::default() };
    networks(VNET, &wishes, |networks| {
        let small = NetworkProblem::TooSmall { wave: 4, adapters: 4, room: 3 };
        assert!(networks.iter().all(|plan| plan.problems.contains(&small)), "{networks:?}");
        assert_eq!(networks[0].free, None);
    });
}

#[test]
fn without_a_network_of_azure_nothing_lands_anywhere() {
    networks("", &Wishes::default(), |networks| {
        assert!(networks.iter().all(|plan| plan.target.is_none()));
        assert_eq!(networks[0].problems, [NetworkProblem::NoTarget]);
    });
    let unlisted = NetworkWish { from: Pattern::new("*"), network: "vnet-9".into(), subnet: None };
    let wishes = Wishes { networks: vec![unlisted], ..Wishes::default() };
    networks(VNET, &wishes, |networks| {
        assert_eq!(networks[0].problems, [NetworkProblem::NotListed]);
        assert_eq!(networks[0].free, None, "the subnet is not known");
    });
}
