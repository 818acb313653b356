//! Rows of Azure exports, and which kind of resource a row means.

use super::stage::{Label, Part, Put, readers};
use crate::ingest::columns::ColumnUse;
use crate::model::{Fact, Field, LeftOutKind, Name, Origin, Quota, Sku};

/// A row of any list of Azure resources.
pub(super) struct AzureRow {
    pub seen: Origin,
    pub kind_of: Fact<Name>,
    pub name: Fact<Name>,
    pub id: Fact<Name>,
    pub location: Fact<Name>,
    pub group: Fact<Name>,
    pub subscription: Fact<Name>,
    pub sku: Fact<Name>,
    pub kind: Fact<Name>,
    pub access_tier: Fact<Name>,
    pub firewall: Fact<Name>,
    pub soft_delete: Fact<bool>,
    pub prefixes: Fact<Vec<Name>>,
    pub subnets: Fact<Vec<Name>>,
    pub subnet_prefixes: Fact<Vec<Name>>,
    pub outbound: Fact<Vec<Name>>,
    pub nat_gateways: Fact<Vec<Name>>,
}

/// A row of a list of role assignments.
pub(super) struct RoleRow {
    pub seen: Origin,
    pub roles: Fact<Vec<Name>>,
    pub subscription: Fact<Name>,
    pub id: Fact<Name>,
}

/// The kinds of resource that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Vault,
    StorageAccount,
    Network,
}

/// ARM types and the portal's display names of them, in lower case.
const KINDS: &[(Kind, &[&str])] = &[
    (
        Kind::Vault,
        &[
            "microsoft.recoveryservices/vaults",
            "recovery services vault",
            "recovery services vaults",
            "cofre dos serviços de recuperação",
            "cofre dos serviços de recuperação do azure",
            "almacén de recovery services",
            "coffre recovery services",
        ],
    ),
    (
        Kind::StorageAccount,
        &[
            "microsoft.storage/storageaccounts",
            "microsoft.classicstorage/storageaccounts",
            "storage account",
            "storage accounts",
            "storage account (classic)",
            "conta de armazenamento",
            "cuenta de almacenamiento",
            "compte de stockage",
            "speicherkonto",
            "lagringskonto",
        ],
    ),
    (
        Kind::Network,
        &[
            "microsoft.network/virtualnetworks",
            "microsoft.classicnetwork/virtualnetworks",
            "virtual network",
            "virtual networks",
            "virtual network (classic)",
            "rede virtual",
            "red virtual",
            "réseau virtuel",
            "virtuelles netzwerk",
            "virtuellt nätverk",
        ],
    ),
];

/// The kind that a type names, by ARM type or display name.
pub(super) fn kind_of(name: &str) -> Option<Kind> {
    let name = name.trim().to_lowercase();
    KINDS.iter().find(|(_, names)| names.contains(&&*name)).map(|(kind, _)| *kind)
}

impl Part for AzureRow {
    fn start(seen: Origin) -> Self {
        Self {
            seen,
            kind_of: Fact::absent(Field::AzureType),
            name: Fact::absent(Field::AzureName),
            id: Fact::absent(Field::AzureId),
            location: Fact::absent(Field::AzureLocation),
            group: Fact::absent(Field::AzureGroup),
            subscription: Fact::absent(Field::AzureSubscription),
            sku: Fact::absent(Field::AzureSku),
            kind: Fact::absent(Field::AzureKind),
            access_tier: Fact::absent(Field::AzureAccessTier),
            firewall: Fact::absent(Field::AzureFirewall),
            soft_delete: Fact::absent(Field::AzureSoftDelete),
            prefixes: Fact::absent(Field::AzurePrefixes),
            subnets: Fact::absent(Field::AzureSubnets),
            subnet_prefixes: Fact::absent(Field::AzureSubnetPrefixes),
            outbound: Fact::absent(Field::AzureOutbound),
            nat_gateways: Fact::absent(Field::AzureNatGateways),
        }
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::AzureResource, if self.name.is_known() { &self.name } else { &self.id })
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            AzureType => kind_of = text;
            AzureName => name = name;
            AzureId => id = arm_path;
            AzureLocation => location = region;
            AzureGroup => group = text;
            AzureSubscription => subscription = text;
            AzureSku => sku = text;
            AzureKind => kind = text;
            AzureAccessTier => access_tier = text;
            AzureFirewall => firewall = text;
            AzureSoftDelete => soft_delete = yes_no;
            AzurePrefixes => prefixes = list;
            AzureSubnets => subnets = list;
            AzureSubnetPrefixes => subnet_prefixes = list;
            AzureOutbound => outbound = list;
            AzureNatGateways => nat_gateways = list;
        }
    }
}

impl Part for RoleRow {
    fn start(seen: Origin) -> Self {
        Self {
            seen,
            roles: Fact::absent(Field::AzureRole),
            subscription: Fact::absent(Field::AzureSubscription),
            id: Fact::absent(Field::AzureId),
        }
    }

    fn label(&self) -> Label {
        Label {
            name: self.roles.value().and_then(|roles| roles.first()).cloned(),
            ..Label::of(LeftOutKind::Role, &self.subscription)
        }
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            AzureRole => roles = list;
            AzureSubscription => subscription = text;
            AzureId => id = arm_path;
        }
    }
}

impl Part for Quota {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::Quota, &self.name)
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            QuotaFamily => name = text;
            AzureLocation => location = region;
            QuotaUsed => used = long_count;
            QuotaLimit => limit = long_count;
        }
    }
}

impl Part for Sku {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::VmSize, &self.name)
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            AzureSku => name = text;
            AzureName => name = text;
            SkuFamily => family = text;
            AzureLocation => location = region;
            SkuVcpus => vcpus = count;
            SkuMemory => memory = memory;
            SkuDisks => data_disks = count;
            SkuNics => nics = count;
            SkuGenerations => generations = text;
            SkuArchitecture => architecture = text;
            SkuPremium => premium = yes_no;
            SkuAccelerated => accelerated = yes_no;
            SkuIops => iops = count;
            SkuThroughput => throughput = long_count;
            SkuControllers => controllers = text;
            SkuRetires => retires = text;
            SkuZones => zones = list;
            SkuRestriction => restriction = text;
            SkuRestrictionType => restriction_type = text;
            SkuRestrictedZones => restricted_zones = list;
        }
    }
}
