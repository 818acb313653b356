//! Values as two exports say them, to be compared and told.

use core::net::IpAddr;

use super::{
    AddressAssignment, AnyCase, Architecture, Arg, Bytes, DiskFormat, DiskKind, DiskRole, Field, Generation, Identity,
    Mebibytes, Name, Percent,
};

/// A value that two exports may give differently.
pub trait Said {
    /// Whether both say the same.
    fn agrees(&self, other: &Self) -> bool
    where
        Self: Sized;
    /// The value of a fact as what goes into a sentence.
    fn said(&self, field: Field) -> Arg;
}

macro_rules! said {
    ($($kind:ty => |$value:ident| $arg:expr;)+) => {$(
        impl Said for $kind {
            fn agrees(&self, other: &Self) -> bool {
                self == other
            }

            fn said(&self, _: Field) -> Arg {
                let $value = self;
                $arg
            }
        }
    )+};
}

said! {
    u32 => |count| Arg::from(*count);
    u64 => |count| Arg::from(*count);
    Bytes => |size| Arg::from(*size);
    Mebibytes => |size| Arg::from(*size);
    Percent => |share| Arg::from(*share);
    Generation => |word| Arg::Word(word.as_str());
    Architecture => |word| Arg::Word(word.as_str());
    DiskFormat => |word| Arg::Word(word.as_str());
    DiskKind => |word| Arg::Word(word.as_str());
    DiskRole => |word| Arg::Word(word.as_str());
    AddressAssignment => |word| Arg::Word(word.as_str());
    IpAddr => |address| Arg::named(Identity::Address, &address.to_string());
    bool => |truth| Arg::Word(if *truth { "yes" } else { "no" });
}

impl Said for Name {
    fn agrees(&self, other: &Self) -> bool {
        AnyCase(self.trim()) == AnyCase(other.trim())
    }

    fn said(&self, field: Field) -> Arg {
        Arg::Named(identity(field), self.clone())
    }
}

/// What a fact's text names.
const fn identity(field: Field) -> Identity {
    match field {
        Field::VmHost | Field::HostName => Identity::Host,
        Field::VmName | Field::ComputerName => Identity::Machine,
        Field::VmCluster | Field::HostCluster => Identity::Cluster,
        Field::VmCloud => Identity::Cloud,
        Field::VmHostGroup | Field::HostGroupOfHost => Identity::HostGroup,
        Field::VmVmmServer | Field::VmVcenter | Field::HostVmmServer => Identity::Server,
        Field::Owner => Identity::Person,
        Field::Application | Field::Department | Field::CostCentre | Field::Tags | Field::Description | Field::Site => {
            Identity::Free
        }
        Field::DiskPath | Field::DiskParent | Field::DiskName => Identity::Path,
        Field::NicMac => Identity::Mac,
        Field::NicNetwork | Field::NicLogicalNetwork | Field::NicSwitch => Identity::Network,
        Field::VmId | Field::DiskId | Field::HostId => Identity::Id,
        _ => Identity::Term,
    }
}

impl<T: Said> Said for Vec<T> {
    /// One list may hold more than the other, which contradicts nothing.
    fn agrees(&self, other: &Self) -> bool {
        let holds = |one: &Self, other: &Self| other.iter().all(|item| one.iter().any(|mine| mine.agrees(item)));
        holds(self, other) || holds(other, self)
    }

    fn said(&self, field: Field) -> Arg {
        Arg::List(self.iter().map(|item| item.said(field)).collect())
    }
}
