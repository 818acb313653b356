//! What each fact tells of whom or where, and how a name in it is replaced.

use core::net::IpAddr;

use super::{
    AddressAssignment, Architecture, Bytes, DiskFormat, DiskKind, DiskRole, Fact, Field, Generation, Identity,
    Mebibytes, Name, Percent,
};

impl Field {
    /// What its texts tell. A fact that is not named here is free text, which is withheld before it can tell too much.
    #[must_use]
    pub const fn identity(self) -> Identity {
        match self {
            Self::VmName | Self::ComputerName => Identity::Machine,
            Self::VmHost
            | Self::HostName
            | Self::ClusterNodes
            | Self::VolumeHost
            | Self::ConnectionFrom
            | Self::ConnectionTo => Identity::Host,
            Self::VmCluster | Self::HostCluster | Self::ClusterName => Identity::Cluster,
            Self::VmCloud | Self::CloudName => Identity::Cloud,
            Self::VmHostGroup
            | Self::HostGroupOfHost
            | Self::ClusterHostGroup
            | Self::CloudHostGroups
            | Self::GroupName
            | Self::GroupPath => Identity::HostGroup,
            Self::VmVmmServer
            | Self::VmVcenter
            | Self::HostVmmServer
            | Self::CloudVmmServer
            | Self::GroupVmmServer
            | Self::VmmName => Identity::Server,
            Self::VmId | Self::HostId | Self::CloudId | Self::DiskId | Self::AzureId => Identity::Id,
            Self::DiskName | Self::DiskPath | Self::DiskParent | Self::VolumeName => Identity::Path,
            Self::NicAddresses | Self::AzurePrefixes | Self::AzureSubnetPrefixes => Identity::Address,
            Self::NicMac => Identity::Mac,
            Self::NicName | Self::NicNetwork | Self::NicLogicalNetwork | Self::NicSwitch | Self::AzureSubnets => {
                Identity::Network
            }
            Self::AzureSubscription => Identity::Account,
            Self::AzureName | Self::AzureGroup => Identity::Resource,
            Self::Owner => Identity::Person,
            Self::Application | Self::Department | Self::Environment | Self::CostCentre | Self::Wave | Self::Site => {
                Identity::Customer
            }
            field if field.is_a_vendors_word() => Identity::Term,
            _ => Identity::Free,
        }
    }

    /// Whether its texts are the words of a vendor: operating systems, versions, states, regions, sizes.
    const fn is_a_vendors_word(self) -> bool {
        matches!(
            self,
            Self::Platform
                | Self::GuestOs
                | Self::GuestOsVersion
                | Self::PowerState
                | Self::IntegrationServices
                | Self::ReplicationMode
                | Self::DiskController
                | Self::HostOs
                | Self::HostOsVersion
                | Self::HyperVVersion
                | Self::HostState
                | Self::HostPlatform
                | Self::HostFixes
                | Self::HostDotNet
                | Self::HostProvider
                | Self::HostBackupTool
                | Self::HostAgent
                | Self::VmmVersion
                | Self::VmmOs
                | Self::AzureType
                | Self::AzureLocation
                | Self::AzureSku
                | Self::AzureKind
                | Self::AzureAccessTier
                | Self::AzureFirewall
                | Self::AzureRole
                | Self::QuotaFamily
                | Self::SkuFamily
                | Self::SkuGenerations
                | Self::SkuArchitecture
                | Self::SkuControllers
                | Self::SkuRetires
                | Self::SkuZones
                | Self::SkuRestriction
                | Self::SkuRestrictionType
        )
    }
}

/// A value in which a name may stand.
pub trait Renamed {
    /// Puts something else in the place of the name.
    fn rename(&mut self, identity: Identity, with: &dyn Fn(Identity, &str) -> String);
}

impl<T: Renamed> Fact<T> {
    /// Puts something else in the place of a name.
    pub fn rename(&mut self, identity: Identity, with: &dyn Fn(Identity, &str) -> String) {
        match self {
            Self::Known(known) => known.value.rename(identity, with),
            Self::Missing(_) => {}
        }
    }
}

impl Renamed for Name {
    fn rename(&mut self, identity: Identity, with: &dyn Fn(Identity, &str) -> String) {
        *self = with(identity, self).into();
    }
}

impl<T: Renamed> Renamed for Vec<T> {
    fn rename(&mut self, identity: Identity, with: &dyn Fn(Identity, &str) -> String) {
        for one in self.iter_mut() {
            one.rename(identity, with);
        }
    }
}

impl Renamed for IpAddr {
    fn rename(&mut self, identity: Identity, with: &dyn Fn(Identity, &str) -> String) {
        *self = with(identity, &self.to_string()).parse().unwrap_or(Self::V4(core::net::Ipv4Addr::UNSPECIFIED));
    }
}

/// Values that name nobody.
macro_rules! nameless {
    ($($kind:ty),+) => {
        $(impl Renamed for $kind {
            fn rename(&mut self, _: Identity, _: &dyn Fn(Identity, &str) -> String) {}
        })+
    };
}

nameless!(
    AddressAssignment,
    Architecture,
    Bytes,
    DiskFormat,
    DiskKind,
    DiskRole,
    Generation,
    Mebibytes,
    Percent,
    bool,
    u32,
    u64
);
