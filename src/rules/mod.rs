//! Every check, one file each, and what a check sees and answers.

use std::ops::Deref;

use crate::catalogue::{GuestOs, Kind, Lifecycle, Limits};
use crate::model::{
    Arg, Cloud, Cluster, Field, Host, HostGroup, Identity, Known, Missing, Name, Network, Origin, Phrase, Quota,
    StorageAccount, Vault, Vm, VmmServer,
};

mod cidr;
mod context;
mod estate_index;
mod limit_kinds;
pub mod lint;
mod lint_edition;
mod lint_file;
mod lint_lists;
mod lint_planning;
mod machine;
mod prelude;
mod regions;
mod release;
mod smallest_size;
mod storage_sku;

pub use cidr::Cidr;
pub use context::Context;
pub use limit_kinds::{misread_limits, unreadable_limits};
pub use lint_file::Fault;

/// A check: its name, its words, its examples and its function.
#[derive(Debug)]
pub struct Rule {
    /// The defect it finds, in kebab case; editions and reports name it so.
    pub name: &'static str,
    /// One sentence that states the defect.
    pub summary: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Why it matters and where the requirement comes from, for `klar rules explain`.
    pub why: &'static str,
    /// The facts it needs, in the order it asks for them.
    pub needs: &'static [Field],
    /// The limits it looks for in an edition, by key, each with its kind.
    pub limits: &'static [(&'static str, Kind)],
    /// What it answers to example inputs.
    pub examples: &'static [Example],
    /// The check.
    pub check: Check,
}

/// The function of a check, by what it judges.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Every machine.
    Vm(fn(&Machine<'_>, &Limits, &Context<'_>) -> Answer),
    /// Every host.
    Host(fn(&Host, &Limits, &Context<'_>) -> Answer),
    /// Every failover cluster.
    Cluster(fn(&Cluster, &Limits, &Context<'_>) -> Answer),
    /// Every VMM cloud.
    Cloud(fn(&Cloud, &Limits, &Context<'_>) -> Answer),
    /// Every VMM host group.
    HostGroup(fn(&HostGroup, &Limits, &Context<'_>) -> Answer),
    /// Every VMM server.
    VmmServer(fn(&VmmServer, &Limits, &Context<'_>) -> Answer),
    /// Every Recovery Services vault.
    Vault(fn(&Vault, &Limits, &Context<'_>) -> Answer),
    /// Every storage account.
    StorageAccount(fn(&StorageAccount, &Limits, &Context<'_>) -> Answer),
    /// Every virtual network.
    Network(fn(&Network, &Limits, &Context<'_>) -> Answer),
    /// Every vCPU quota.
    Quota(fn(&Quota, &Limits, &Context<'_>) -> Answer),
    /// The estate as a whole, once.
    Estate(fn(&Limits, &Context<'_>) -> Answer),
}

/// A machine as a check sees it: what the exports said, and what its guest's name means.
#[derive(Clone, Copy, Debug)]
pub struct Machine<'a> {
    /// What the exports said; reached by dereferencing too.
    pub vm: &'a Vm,
    /// Its index in the estate.
    pub index: usize,
    /// What the guest operating system's name means, when there is one.
    pub guest: Result<Known<&'a GuestOs>, Missing>,
    /// Where that stands in its lifecycle on the date of the judgement; unknown when there is none.
    pub lifecycle: Lifecycle,
}

impl Deref for Machine<'_> {
    type Target = Vm;

    fn deref(&self) -> &Vm {
        self.vm
    }
}

/// A check's answer; a missing fact is the answer *unknown*.
pub type Answer = Result<Verdict, Missing>;

/// What a check concluded from the facts it needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The requirement is met.
    Met,
    /// The requirement is not met.
    NotMet(Evidence),
    /// The requirement does not concern this subject.
    NotApplicable,
}

/// Why a requirement is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What was seen, "1.5 TiB" or "disk D:\\vm\\data.vhdx of 5000 GiB".
    pub observed: Phrase,
    /// What the requirement asks for, "at most 1023 GiB".
    pub expected: Phrase,
    /// The cell it was seen in; `None` when the absence of something is the evidence.
    pub origin: Option<Origin>,
}

impl Verdict {
    /// Not met: a known value against what was expected.
    #[must_use]
    pub fn not_met<T: Clone + Into<Arg>>(seen: &Known<T>, expected: impl Into<Phrase>) -> Self {
        Self::observed(seen.value.clone().into(), expected, Some(seen.origin))
    }

    /// Not met: a text of an input, with what it may tell of the site, against what was expected.
    #[must_use]
    pub fn refused(identity: Identity, seen: &Known<Name>, expected: impl Into<Phrase>) -> Self {
        Self::observed(Arg::Named(identity, seen.value.clone()), expected, Some(seen.origin))
    }

    /// Met unless the machine has what the target refuses.
    #[must_use]
    pub fn refusing(flag: &Known<bool>, observed: &'static str, expected: &'static str) -> Self {
        if flag.value { Self::observed(observed, expected, Some(flag.origin)) } else { Self::Met }
    }

    /// Not met: what was seen in words, what was expected, and where it was seen.
    #[must_use]
    pub fn observed(observed: impl Into<Phrase>, expected: impl Into<Phrase>, origin: Option<Origin>) -> Self {
        Self::NotMet(Evidence { observed: observed.into(), expected: expected.into(), origin })
    }
}

/// Example input, as tables read by the real readers, and the answer expected of the first subject the check judges.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The answer.
    pub expect: Expect,
    /// The inputs; several tables are joined as files of one folder would be.
    pub tables: &'static [ExampleTable],
}

/// One table of an example.
#[derive(Clone, Copy, Debug)]
pub struct ExampleTable {
    /// Headings, as a user would type or an export would write them.
    pub header: &'static [&'static str],
    /// Rows of cells under the headings.
    pub rows: &'static [&'static [&'static str]],
}

/// The answer an example expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Unknown for want of a fact.
    Unknown,
    /// Not applicable.
    NotApplicable,
}

impl Example {
    /// Rows that meet the requirement.
    #[must_use]
    pub const fn met(tables: &'static [ExampleTable]) -> Self {
        Self { expect: Expect::Met, tables }
    }

    /// Rows that break the requirement.
    #[must_use]
    pub const fn not_met(tables: &'static [ExampleTable]) -> Self {
        Self { expect: Expect::NotMet, tables }
    }

    /// Rows that cannot tell.
    #[must_use]
    pub const fn unknown(tables: &'static [ExampleTable]) -> Self {
        Self { expect: Expect::Unknown, tables }
    }

    /// Rows that the requirement does not concern.
    #[must_use]
    pub const fn not_applicable(tables: &'static [ExampleTable]) -> Self {
        Self { expect: Expect::NotApplicable, tables }
    }
}

/// A table of an example, written as headings and rows.
#[must_use]
pub const fn table(header: &'static [&'static str], rows: &'static [&'static [&'static str]]) -> ExampleTable {
    ExampleTable { header, rows }
}

impl Check {
    /// What the check judges, in a word.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Vm(_) => "machine",
            Self::Host(_) => "host",
            Self::Cluster(_) => "cluster",
            Self::Cloud(_) => "cloud",
            Self::HostGroup(_) => "host group",
            Self::VmmServer(_) => "VMM server",
            Self::Vault(_) => "vault",
            Self::StorageAccount(_) => "storage account",
            Self::Network(_) => "network",
            Self::Quota(_) => "quota",
            Self::Estate(_) => "estate",
        }
    }
}

/// The rule of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

crate::roster::roster! {
    /// Every check, in alphabetical order of its file.
    RULES: RULE, Rule;
    address_outside_target_subnets,
    apipa_address,
    azure_account_missing,
    azure_role_missing,
    bitlocker_on,
    checkpoints_present,
    churn_over_limit,
    classic_network,
    classic_storage,
    client_os_licence,
    cloud_without_host,
    cloud_without_host_group,
    cluster_nodes_incomplete,
    clustered_vm_on_local_disk,
    cores_over_largest_size,
    cores_over_limit,
    data_disk_over_limit,
    defender_not_ready,
    disk_format_unsupported,
    disk_over_limit,
    disk_over_planner_limit,
    disk_under_minimum,
    duplicate_vm_name,
    family_quota_exceeded,
    fibre_channel_disk,
    generation_2_guest_unsupported,
    generation_2_layout_unsupported,
    guest_32_bit,
    guest_architecture_unsupported,
    guest_dynamic_data_disk,
    guest_dynamic_os_disk,
    guest_ipv6_address,
    guest_iscsi_disk,
    guest_minor_version_unknown,
    guest_nfs_volume,
    guest_nic_teaming,
    guest_os_conditionally_supported,
    guest_os_not_listed,
    guest_os_not_supported_by_azure,
    guest_os_on_paid_updates,
    guest_os_out_of_support,
    guest_os_support_ending,
    guest_os_unrecognised,
    guest_os_unsupported,
    guest_reiserfs,
    guest_smb_volume,
    guest_storage_spaces,
    host_dotnet_too_old,
    host_group_outside_clouds,
    host_ipv6,
    host_is_client_windows,
    host_not_hyper_v,
    host_not_up_to_date,
    host_offline,
    host_os_not_listed,
    host_os_unsupported,
    host_out_of_support,
    host_outside_cloud,
    host_outside_host_group,
    host_support_ending,
    host_update_missing,
    host_without_vm,
    hyper_v_replica_on,
    integration_services_outdated,
    large_data_disk_needs_new_provider,
    linux_boot_outside_os_disk,
    linux_needs_manual_preparation,
    linux_not_endorsed,
    linux_static_address,
    linux_version_not_told,
    linux_without_hyper_v_drivers,
    lvm_on_os_disk,
    machine_shielded,
    memory_over_largest_size,
    memory_over_limit,
    mixed_host_versions,
    mixed_hosts_outside_vmm,
    native_4k_sectors,
    network_address_overlap,
    network_missing,
    network_region_mismatch,
    network_without_outbound_access,
    nics_over_limit,
    no_size_fits,
    no_size_in_region,
    orphaned_disk,
    os_disk_over_limit,
    other_backup_on_host,
    pass_through_disk,
    provider_too_old_for_large_disk,
    replica_broker_missing,
    secure_boot_on,
    security_type_unsupported,
    several_os_disks,
    shared_disk,
    storage_account_missing,
    storage_firewall_on,
    storage_kind_unsupported,
    storage_premium_without_log_account,
    storage_redundancy_unlisted,
    storage_redundancy_unsupported,
    storage_region_mismatch,
    storage_soft_delete_on,
    target_subnets_too_small,
    too_many_disks,
    too_many_nics,
    too_many_os_disk_partitions,
    uefi_guest_outside_list,
    uefi_guest_unsupported,
    vault_missing,
    vault_region_excluded,
    vcpu_quota_exceeded,
    vm_name_breaks_planner,
    vm_name_not_allowed,
    vm_name_reserved,
    vm_network_unmapped,
    vm_outside_cloud,
    vm_resource_name_not_allowed,
    vmm_offline,
    vmm_older_than_host,
    vmm_on_server_core,
    vmm_out_of_support,
    vmm_support_ending,
    vmm_upgraded_in_place,
    vmm_version_unsupported,
    vmm_without_cloud,
    windows_2003_integration_services,
    windows_2008_r2_without_service_pack,
    windows_name_too_long,
}
