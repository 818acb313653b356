//! What a person vouches for where no export tells, and how reports and configuration name kinds of subject.

use jiff::civil::Date;
use wildmatch::WildMatch;

use super::{Field, Identity, Name, Origin};

words! {
    /// A kind of subject, in the words of `findings.csv` and of the configuration file.
    SubjectKind {
        /// A virtual machine.
        Vm = "vm",
        /// A Hyper-V host.
        Host = "host",
        /// A failover cluster.
        Cluster = "cluster",
        /// A VMM private cloud.
        Cloud = "cloud",
        /// A VMM host group.
        HostGroup = "host-group",
        /// A VMM management server.
        VmmServer = "vmm-server",
        /// An Azure subscription with the account's roles in it.
        AzureAccount = "azure-account",
        /// A Recovery Services vault.
        Vault = "vault",
        /// An Azure storage account.
        StorageAccount = "storage-account",
        /// An Azure virtual network.
        Network = "network",
        /// A vCPU quota.
        Quota = "quota",
        /// The estate as a whole.
        Estate = "estate",
    }
}

impl SubjectKind {
    /// What the name of a subject of the kind tells.
    #[must_use]
    pub const fn identity(self) -> Identity {
        match self {
            Self::Vm => Identity::Machine,
            Self::Host => Identity::Host,
            Self::Cluster => Identity::Cluster,
            Self::Cloud => Identity::Cloud,
            Self::HostGroup => Identity::HostGroup,
            Self::VmmServer => Identity::Server,
            Self::AzureAccount => Identity::Account,
            Self::Vault | Self::StorageAccount | Self::Quota => Identity::Resource,
            Self::Network => Identity::Network,
            Self::Estate => Identity::Customer,
        }
    }
}

/// A pattern over names: `*` is any text, `?` any one character, and case does not matter.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    matcher: WildMatch,
}

impl Pattern {
    /// The pattern of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), matcher: WildMatch::new_case_insensitive(text) }
    }

    /// The pattern as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a subject's name fits; a server is also found by its name without the domain.
    #[must_use]
    pub fn fits(&self, kind: SubjectKind, name: &str) -> bool {
        let label = match kind {
            SubjectKind::Host | SubjectKind::Cluster | SubjectKind::VmmServer => name.split('.').next(),
            SubjectKind::Vm
            | SubjectKind::Cloud
            | SubjectKind::HostGroup
            | SubjectKind::AzureAccount
            | SubjectKind::Vault
            | SubjectKind::StorageAccount
            | SubjectKind::Network
            | SubjectKind::Quota
            | SubjectKind::Estate => None,
        };
        self.matcher.matches(name) || label.is_some_and(|label| self.matcher.matches(label))
    }
}

/// A fact that someone declares of subjects, where no export gives it.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The kind of subject.
    pub subject: SubjectKind,
    /// The names of the subjects.
    pub name: Pattern,
    /// The fact.
    pub fact: Field,
    /// Its value, as a cell would hold it.
    pub value: Name,
    /// Who declares it.
    pub who: String,
    /// The day it was declared.
    pub when: Date,
    /// The line of the configuration file that holds the value, from 1.
    pub line: u32,
}

/// The declarations of a configuration file.
#[derive(Clone, Debug)]
pub struct Declarations {
    /// The file's path, as the user named it.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What it declares, in order.
    pub list: Vec<Declaration>,
}

/// A declaration and what became of it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What was declared.
    pub declaration: Declaration,
    /// Where: the cell that every fact it fills names as its origin.
    pub origin: Origin,
    /// Subjects whose names fit.
    pub fitting: u32,
    /// Of those, subjects that did not have the fact and have it now.
    pub filled: u32,
    /// Of those, subjects of which an export says otherwise; the export's word stands.
    pub contradicted: u32,
}
