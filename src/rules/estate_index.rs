//! What checks ask of the estate as a whole, gathered once.

use core::net::IpAddr;

use super::cidr::Cidr;
use crate::model::{Estate, Fact, Field, Host, Missing, Name, Network, Origin, Quota, Vm, Why};

/// Answers about the whole estate that many subjects need.
#[derive(Debug, Default)]
pub struct EstateIndex {
    /// Whether any export speaks of Virtual Machine Manager: a server, a cloud, a host group, or what belongs to one.
    pub vmm: bool,
    /// The fact that keeps some machine from being counted to a host.
    pub host_missing: Option<Missing>,
    /// The sum of the vCPUs that are known.
    pub vcpus: u64,
    /// Why the sum of vCPUs is not whole.
    pub vcpus_missing: Option<Missing>,
    /// The site's IPv4 addresses in order, each with the index of its machine.
    pub addresses: Vec<(IpAddr, usize)>,
    /// Why some machine's addresses are not known.
    pub addresses_missing: Option<Missing>,
    /// The subnets of every Azure network.
    pub subnets: Vec<Cidr>,
    /// Why some subnet is not known.
    pub subnets_missing: Option<Missing>,
    /// The vCPUs left in each family of sizes whose quota was exported.
    pub family_quotas: Vec<FamilyQuota>,
    /// Tables in which some row fills a field's column, so that a blank cell there says that there is none.
    filled: Vec<(u16, Field)>,
}

/// What is left of the quota of a family of sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyQuota {
    /// The family's name, "standardDSv5Family".
    pub family: Name,
    /// The vCPUs that may still be used.
    pub free: u64,
}

impl FamilyQuota {
    fn of(quota: &Quota) -> Option<Self> {
        let family = quota.name.value().filter(|name| name.to_ascii_lowercase().ends_with("family"))?;
        let free = quota.limit.value()?.saturating_sub(*quota.used.value()?);
        Some(Self { family: family.clone(), free })
    }
}

impl EstateIndex {
    /// Gathers the answers.
    pub fn new(estate: &Estate) -> Self {
        let mut index = Self { vmm: speaks_of_vmm(estate), ..Self::default() };
        for (position, vm) in estate.vms.iter().enumerate() {
            index.add_machine(position, vm);
        }
        index.addresses.sort_unstable();
        for host in &estate.hosts {
            index.fill(&host.group, Field::HostGroupOfHost);
        }
        for cloud in &estate.clouds {
            index.fill(&cloud.host_groups, Field::CloudHostGroups);
        }
        index.add_subnets(&estate.azure.networks);
        index.family_quotas = estate.azure.quotas.iter().filter_map(FamilyQuota::of).collect();
        index
    }

    /// Whether a blank cell in the subject's own table means none: the column is there and other rows fill it.
    pub fn says_none<T>(&self, fact: &Fact<T>, seen: Origin) -> bool {
        match fact {
            Fact::Missing(Missing { field, why: Why::Absent }) => self.filled.contains(&(seen.table, *field)),
            Fact::Missing(Missing {
                why: Why::Unsaid(_) | Why::Unreadable(_) | Why::StandIn(_) | Why::Disputed(_),
                ..
            })
            | Fact::Known(_) => false,
        }
    }

    /// What keeps a fact from being known, unless a blank cell in the subject's own table says that there is none.
    pub fn unsettled<T>(&self, fact: &Fact<T>, seen: Origin) -> Option<Missing> {
        fact.need().err().filter(|_| !self.says_none(fact, seen))
    }

    /// How many of the site's addresses fall in a block, and the first of them with its machine.
    pub fn addresses_in(&self, block: Cidr) -> (usize, Option<(IpAddr, usize)>) {
        let (first, last) = block.bounds();
        let start = self.addresses.partition_point(|(address, _)| *address < first);
        let end = self.addresses.partition_point(|(address, _)| *address <= last);
        (end - start, self.addresses[start..end].first().copied())
    }

    fn add_machine(&mut self, position: usize, vm: &Vm) {
        if vm.host_index.is_none()
            && let Err(missing) = vm.host.need()
        {
            self.host_missing = self.host_missing.or(Some(missing));
        }
        match vm.vcpus.need() {
            Ok(vcpus) => self.vcpus = self.vcpus.saturating_add(u64::from(vcpus.value)),
            Err(missing) => self.vcpus_missing = self.vcpus_missing.or(Some(missing)),
        }
        for nic in &vm.nics {
            self.fill(&nic.network, Field::NicNetwork);
            match nic.addresses.need() {
                Ok(known) => {
                    let kept = known.value.iter().copied().filter(|address| is_site_address(*address));
                    self.addresses.extend(kept.map(|address| (address, position)));
                }
                Err(missing) => self.addresses_missing = self.addresses_missing.or(Some(missing)),
            }
        }
        if let Err(missing) = every_nic_listed(vm) {
            self.addresses_missing = self.addresses_missing.or(Some(missing));
        }
    }

    fn add_subnets(&mut self, networks: &[Network]) {
        if networks.is_empty() {
            self.subnets_missing = Some(Missing { field: Field::AzureSubnetPrefixes, why: Why::Absent });
        }
        for network in networks {
            match prefixes(&network.subnet_prefixes, Field::AzureSubnetPrefixes) {
                Ok(mut subnets) => self.subnets.append(&mut subnets),
                Err(missing) => self.subnets_missing = self.subnets_missing.or(Some(missing)),
            }
        }
    }

    fn fill<T>(&mut self, fact: &Fact<T>, field: Field) {
        if let Ok(known) = fact.need()
            && !self.filled.contains(&(known.origin.table, field))
        {
            self.filled.push((known.origin.table, field));
        }
    }
}

/// An address prefix of every text of a fact.
///
/// # Errors
/// What is missing, or that a text is no prefix.
pub fn prefixes(fact: &Fact<Vec<Name>>, field: Field) -> Result<Vec<Cidr>, Missing> {
    let known = fact.need()?;
    let unreadable = Missing { field, why: Why::Unreadable(known.origin) };
    known.value.iter().map(|text| text.parse().map_err(|_| unreadable)).collect()
}

/// Whether an address is one a machine would keep in Azure: IPv4, and neither loopback nor self-assigned.
pub fn is_site_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !address.is_loopback() && !address.is_link_local() && !address.is_unspecified(),
        IpAddr::V6(_) => false,
    }
}

/// Missing when a machine has, or may have, more adapters than any table lists.
///
/// # Errors
/// The addresses that are missing for the adapters not listed.
pub fn every_nic_listed(vm: &Vm) -> Result<(), Missing> {
    let listed = u32::try_from(vm.nics.len()).unwrap_or(u32::MAX);
    match vm.stated_nic_count.value() {
        Some(stated) if *stated <= listed => Ok(()),
        None if listed > 0 => Ok(()),
        Some(_) | None => Err(Missing { field: Field::NicAddresses, why: Why::Absent }),
    }
}

fn speaks_of_vmm(estate: &Estate) -> bool {
    let host = |host: &Host| host.group.is_known() || host.vmm_server.is_known();
    let machine = |vm: &Vm| vm.cloud.is_known() || vm.host_group.is_known() || vm.vmm_server.is_known();
    !estate.vmm_servers.is_empty()
        || !estate.clouds.is_empty()
        || !estate.host_groups.is_empty()
        || estate.hosts.iter().any(host)
        || estate.vms.iter().any(machine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Nic;

    const CELL: Origin = Origin::row(0, 2);
    const OTHER_TABLE: Origin = Origin::row(1, 2);

    fn machine_at(addresses: &[&str]) -> Vm {
        let mut vm = Vm::seen_at(CELL);
        let mut nic = Nic::seen_at(CELL);
        let addresses = addresses.iter().map(|address| address.parse().expect("an address")).collect();
        nic.addresses = Fact::known(addresses, CELL);
        vm.nics.push(nic);
        vm
    }

    #[test]
    fn addresses_in_a_block_are_counted_and_the_first_named_with_its_machine() {
        let vms = vec![machine_at(&["10.2.0.9", "fe80::1"]), machine_at(&["10.1.0.4", "127.0.0.1", "10.1.0.200"])];
        let index = EstateIndex::new(&Estate { vms, ..Estate::default() });
        let found = index.addresses_in("10.1.0.0/24".parse().expect("a block"));
        assert_eq!(found, (2, Some(("10.1.0.4".parse().expect("an address"), 1))));
        assert_eq!(index.addresses_in("10.3.0.0/24".parse().expect("a block")), (0, None));
        assert_eq!(index.addresses_missing, None);
    }

    #[test]
    fn a_machine_without_listed_adapters_leaves_the_addresses_unknown() {
        let vms = vec![machine_at(&["10.2.0.9"]), Vm::seen_at(CELL)];
        let index = EstateIndex::new(&Estate { vms, ..Estate::default() });
        assert_eq!(index.addresses_missing, Some(Missing { field: Field::NicAddresses, why: Why::Absent }));
    }

    #[test]
    fn a_blank_cell_says_none_only_in_a_table_whose_other_rows_fill_the_column() {
        let mut filled = Host::seen_at(CELL);
        filled.group = Fact::known("All Hosts".into(), CELL);
        let (beside, elsewhere) = (Host::seen_at(CELL), Host::seen_at(OTHER_TABLE));
        let index = EstateIndex::new(&Estate { hosts: vec![filled.clone()], ..Estate::default() });
        assert!(index.says_none(&beside.group, beside.seen));
        assert!(!index.says_none(&elsewhere.group, elsewhere.seen));
        assert!(!index.says_none(&filled.group, filled.seen));
        assert!(!index.says_none(&beside.os, beside.seen));
    }

    #[test]
    fn vmm_is_spoken_of_by_a_machine_that_names_its_cloud() {
        let mut vm = Vm::seen_at(CELL);
        assert!(!EstateIndex::new(&Estate { vms: vec![vm.clone()], ..Estate::default() }).vmm);
        vm.cloud = Fact::known("Gold".into(), CELL);
        assert!(EstateIndex::new(&Estate { vms: vec![vm], ..Estate::default() }).vmm);
    }
}
