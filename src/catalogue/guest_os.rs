//! Guest operating systems: from the names that exports use to a product and its published lifecycle.

use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{Architecture, words};

words! {
    /// The kind of operating system.
    Family {
        /// Windows Server, any edition.
        WindowsServer = "windows-server",
        /// A Windows client.
        WindowsClient = "windows-client",
        /// A Linux distribution.
        Linux = "linux",
        /// Anything else that is known by name.
        Other = "other",
    }
}

words! {
    /// Whether a distribution is on Azure's endorsed list.
    Endorsement {
        /// Listed.
        Endorsed = "endorsed",
        /// Was listed once.
        Dropped = "dropped",
        /// Never listed.
        Unlisted = "unlisted",
        /// Not a Linux distribution.
        NotApplicable = "not-applicable",
    }
}

/// A product of the catalogue, with what is published of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its key, "windows-server-2012-r2" or "rhel-8"; editions list products by it.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// What kind it is.
    pub family: Family,
    /// The end of mainstream (general, maintenance) support.
    pub mainstream_end: Option<Date>,
    /// The end of extended support: the last day with free security updates.
    pub support_end: Option<Date>,
    /// The end of paid updates (ESU, ELS, LTSS, ESM, LTS).
    pub paid_end: Option<Date>,
    /// What the paid updates are called.
    pub paid_name: Option<String>,
    /// Whether Azure runs it as a generation 2 machine.
    pub generation_2: Option<bool>,
    /// Whether it is on the Trusted Launch list.
    pub trusted_launch: Option<bool>,
    /// Whether it is on the NVMe list.
    pub nvme: Option<bool>,
    /// Whether it is on the endorsed list.
    pub endorsement: Endorsement,
    /// Whether only 64-bit versions exist.
    pub only_64_bit: bool,
}

/// What a guest operating system's name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestOs {
    /// The product, when the catalogue knows it; `None` for a name it does not know or one too vague ("Other Linux").
    pub product: Option<Arc<Product>>,
    /// The kind, when the name tells ("Other Linux (64 bit)" tells Linux).
    pub family: Option<Family>,
    /// The edition, "Datacenter", when the name tells.
    pub edition: Option<String>,
    /// The bitness, when the name tells or the product leaves no choice.
    pub architecture: Option<Architecture>,
    /// The version with its minor part, "8.6", only when an export states it; never guessed.
    pub minor_version: Option<String>,
    /// A Nano Server installation.
    pub nano: bool,
}
