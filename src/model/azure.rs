//! What exports say of the Azure side.

use super::entity::entity;
use super::{Mebibytes, Name};

entity! {
    /// An Azure subscription that any export mentions.
    Subscription {
        /// Its GUID or name.
        name: Name = AzureSubscription,
        /// The roles that role assignments give in it.
        roles: Vec<Name> = AzureRole,
    } plus {}
}

entity! {
    /// A Recovery Services vault.
    Vault {
        /// Its name.
        name: Name = AzureName,
        /// Its ARM resource ID.
        id: Name = AzureId,
        /// Its region, in the short form ("northeurope").
        location: Name = AzureLocation,
        /// Its resource group.
        group: Name = AzureGroup,
        /// Its subscription.
        subscription: Name = AzureSubscription,
    } plus {}
}

entity! {
    /// An Azure storage account.
    StorageAccount {
        /// Its name.
        name: Name = AzureName,
        /// Its ARM resource ID.
        id: Name = AzureId,
        /// Its ARM type, which tells a classic account.
        resource_type: Name = AzureType,
        /// Its region, in the short form.
        location: Name = AzureLocation,
        /// Its resource group.
        group: Name = AzureGroup,
        /// Its subscription.
        subscription: Name = AzureSubscription,
        /// Its SKU, such as `Standard_GRS`.
        sku: Name = AzureSku,
        /// Its kind, such as `StorageV2`.
        kind: Name = AzureKind,
        /// Its default access tier, such as "Hot".
        access_tier: Name = AzureAccessTier,
        /// The default action of its network rules, "Allow" or "Deny".
        firewall: Name = AzureFirewall,
        /// Whether blob soft delete is on.
        soft_delete: bool = AzureSoftDelete,
    } plus {}
}

entity! {
    /// An Azure virtual network.
    Network {
        /// Its name.
        name: Name = AzureName,
        /// Its ARM resource ID.
        id: Name = AzureId,
        /// Its ARM type, which tells a classic network.
        resource_type: Name = AzureType,
        /// Its region, in the short form.
        location: Name = AzureLocation,
        /// Its resource group.
        group: Name = AzureGroup,
        /// Its subscription.
        subscription: Name = AzureSubscription,
        /// Its address space in CIDR form.
        prefixes: Vec<Name> = AzurePrefixes,
        /// The names of its subnets.
        subnets: Vec<Name> = AzureSubnets,
        /// The address prefixes of its subnets in CIDR form.
        subnet_prefixes: Vec<Name> = AzureSubnetPrefixes,
        /// Whether its subnets have default outbound access, a word for each that says.
        outbound: Vec<Name> = AzureOutbound,
        /// The NAT gateways of its subnets.
        nat_gateways: Vec<Name> = AzureNatGateways,
    } plus {}
}

entity! {
    /// A vCPU quota of a region.
    Quota {
        /// "cores" for the region's total, else the family (`standardDSv5Family`).
        name: Name = QuotaFamily,
        /// The region, when the row or its file's name gives it.
        location: Name = AzureLocation,
        /// vCPUs in use.
        used: u64 = QuotaUsed,
        /// vCPUs allowed.
        limit: u64 = QuotaLimit,
    } plus {}
}

entity! {
    /// A virtual machine size as `az vm list-skus` gives it for a region.
    Sku {
        /// Its name, such as `Standard_D4s_v5`.
        name: Name = AzureSku,
        /// Its quota family.
        family: Name = SkuFamily,
        /// The region.
        location: Name = AzureLocation,
        /// Its vCPUs.
        vcpus: u32 = SkuVcpus,
        /// Its memory.
        memory: Mebibytes = SkuMemory,
        /// The most data disks it takes.
        data_disks: u32 = SkuDisks,
        /// The most network adapters it takes.
        nics: u32 = SkuNics,
        /// "V1", "V2" or "V1,V2".
        generations: Name = SkuGenerations,
        /// Its processor, "x64" or "Arm64".
        architecture: Name = SkuArchitecture,
        /// Whether it takes premium disks.
        premium: bool = SkuPremium,
        /// Whether it has accelerated networking.
        accelerated: bool = SkuAccelerated,
        /// The most operations a second of all its disks without cache.
        iops: u32 = SkuIops,
        /// The most bytes a second of all its disks without cache.
        throughput: u64 = SkuThroughput,
        /// Its disk controllers, as listed.
        controllers: Name = SkuControllers,
        /// The announced day of its retirement, as written.
        retires: Name = SkuRetires,
        /// The zones that have it.
        zones: Vec<Name> = SkuZones,
        /// Why the subscription may not use it in the region, when it may not.
        restriction: Name = SkuRestriction,
        /// "Location" for the whole region, "Zone" for some of its zones.
        restriction_type: Name = SkuRestrictionType,
        /// The zones that a restriction of some zones covers.
        restricted_zones: Vec<Name> = SkuRestrictedZones,
    } plus {}
}

/// Everything known of the Azure side.
#[derive(Clone, Debug, Default)]
pub struct Azure {
    /// Subscriptions that any export mentions.
    pub subscriptions: Vec<Subscription>,
    /// Recovery Services vaults.
    pub vaults: Vec<Vault>,
    /// Storage accounts.
    pub storage_accounts: Vec<StorageAccount>,
    /// Virtual networks.
    pub networks: Vec<Network>,
    /// vCPU quotas.
    pub quotas: Vec<Quota>,
    /// Virtual machine sizes.
    pub skus: Vec<Sku>,
    /// Whether an export listed resources of each kind, so that none of a kind means that there is none.
    pub listed: Listed,
}

/// Which kinds of Azure resource some export listed in full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// A list that would hold Recovery Services vaults was read.
    pub vaults: bool,
    /// A list that would hold storage accounts was read.
    pub storage_accounts: bool,
    /// A list that would hold virtual networks was read.
    pub networks: bool,
}
