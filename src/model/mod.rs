//! What the exports said, and nothing concluded from it.

use std::sync::Arc;

/// Declares an enum of fixed words with the text each shows as.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$word_doc])* $word,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$word,)+];

            /// The word as data files and reports spell it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl std::convert::From<$name> for $crate::model::Arg {
            fn from(word: $name) -> Self {
                Self::Word(word.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|word| word.as_str()).collect();
                    format!("`{text}` is none of {}", known.join(", "))
                })
            }
        }
    };
}

pub(crate) use words;

mod any_case;
mod azure;
mod carried;
mod column;
mod declaration;
mod disk;
mod entity;
mod estate;
mod fact;
mod field;
mod host;
mod include;
mod left_out;
mod letters;
mod named;
mod nic;
mod note;
mod origin;
mod phrase;
mod placed;
mod said;
mod speech;
mod units;
mod vm;
mod vmm;
mod volume;

pub use any_case::AnyCase;
pub use azure::{Azure, Listed, Network, Quota, Sku, StorageAccount, Subscription, Vault};
pub use carried::{CarriedColumn, Stands};
pub use column::{ColumnSeen, ReadingSeen, Rival};
pub use declaration::{Declaration, Declarations, Declared, Pattern, SubjectKind};
pub use disk::Disk;
pub use estate::{Estate, Exported, FileInfo, Place, RowCount, TableInfo, Vocabulary, cell_name};
pub use fact::{Fact, Known, Missing, ReadOut, Why};
pub use field::{About, Field};
pub use host::{Cluster, Host};
pub use include::Include;
pub use left_out::{LeftOut, LeftOutKind};
pub use letters::letters_apart;
pub use nic::Nic;
pub use note::{Gravity, Note};
pub use origin::Origin;
pub(crate) use phrase::say;
pub use phrase::{Arg, Identity, Phrase};
pub use said::Said;
pub use speech::{Plain, Speech};
pub use units::{Bytes, GIB, MIB, Mebibytes, Percent};
pub use vm::Vm;
pub use vmm::{Cloud, HostGroup, VmmServer};
pub use volume::{Connection, Volume};

/// A text that many subjects may share.
pub type Name = Arc<str>;

words! {
    /// The Hyper-V generation of a machine.
    Generation {
        /// BIOS.
        One = "1",
        /// UEFI.
        Two = "2",
    }
}

words! {
    /// The processor that a guest operating system is for.
    Architecture {
        /// 32-bit.
        X86 = "x86",
        /// 64-bit Intel or AMD.
        X64 = "x64",
        /// 64-bit Arm.
        Arm64 = "arm64",
        /// 64-bit Itanium.
        Itanium = "ia64",
    }
}

words! {
    /// The file format of a virtual hard disk.
    DiskFormat {
        /// The older format.
        Vhd = "VHD",
        /// The newer format.
        Vhdx = "VHDX",
        /// A VHD set, which is a shared disk.
        VhdSet = "VHDS",
        /// A checkpoint's differencing file, of either format.
        Avhd = "AVHD",
        /// A `VMware` disk.
        Vmdk = "VMDK",
    }
}

words! {
    /// How a virtual hard disk takes up space.
    DiskKind {
        /// All at once.
        Fixed = "Fixed",
        /// As it fills.
        Dynamic = "Dynamic",
        /// Only what differs from a parent.
        Differencing = "Differencing",
        /// No VHD: a disk of the host.
        Physical = "Physical",
    }
}

words! {
    /// What a disk holds.
    DiskRole {
        /// The operating system.
        OperatingSystem = "OS",
        /// Data only.
        Data = "Data",
    }
}

words! {
    /// How an adapter gets its IPv4 address.
    AddressAssignment {
        /// By DHCP.
        Dynamic = "Dynamic",
        /// Set in the guest, or from a VMM pool.
        Static = "Static",
    }
}
