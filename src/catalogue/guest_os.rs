//! Guest operating systems: from the names that exports use to a product and its published lifecycle.

use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{Architecture, words};

mod editions;
mod file;
mod lifecycle;
mod names;
mod spelling;
mod version_cell;
mod versions;

pub(super) use file::EMBEDDED as TEXT;
pub use file::{CatalogueError, GuestOsCatalogue};
pub use lifecycle::Lifecycle;
pub use versions::{Support, Versions};

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
    /// Whether Azure runs it as a generation 2 machine; [`Product::supports_generation_2`] minds the version too.
    pub generation_2: Option<bool>,
    /// Whether it is on the Trusted Launch list; [`Product::supports_trusted_launch`] minds the version too.
    pub trusted_launch: Option<bool>,
    /// Whether it is on the `NVMe` list; [`Product::supports_nvme`] minds the version too.
    pub nvme: Option<bool>,
    /// Whether it is on the endorsed list; [`Product::endorsed_in`] minds the version and the year too.
    pub endorsement: Endorsement,
    /// Whether only 64-bit versions exist.
    pub only_64_bit: bool,
    /// Whether only 32-bit versions exist.
    pub only_32_bit: bool,
    /// The versions that the generation 2 list names; empty when it names the product whole.
    pub generation_2_versions: Versions,
    /// The versions that the Trusted Launch list names; empty when it names the product whole.
    pub trusted_launch_versions: Versions,
    /// The versions that the `NVMe` list names; empty when it names the product whole.
    pub nvme_versions: Versions,
    /// The versions that the endorsed list names; empty when it names the product whole.
    pub endorsed_versions: Versions,
    /// What earlier endorsed lists said of a Linux distribution, in order of years.
    pub earlier_lists: Vec<EarlierList>,
    /// Service packs, feature updates and the like that have lifecycles of their own, oldest first.
    pub releases: Vec<Release>,
    /// The key of the document that its lifecycle, or for want of one its mention, comes from.
    pub source: String,
    /// What else should be known, such as a source that contradicts itself.
    pub remark: Option<String>,
}

/// A release of a product, with a lifecycle of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its name, "SP4" or "23H2".
    pub key: String,
    /// The last day with free security updates.
    pub support_end: Option<Date>,
    /// The end of paid updates.
    pub paid_end: Option<Date>,
    /// The editions it is of, as the catalogue names them; none for every edition.
    pub editions: Vec<String>,
    /// The servicing channel when it is not the general one, "ltsc".
    pub channel: Option<String>,
    /// What else should be known.
    pub remark: Option<String>,
}

/// What an earlier endorsed list said of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierList {
    /// The last year in which the list stood.
    pub until: i16,
    /// Whether it named the product.
    pub named: bool,
    /// The versions it named; empty when it named the product whole.
    pub versions: Versions,
}

/// What a guest operating system's name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestOs {
    /// The product, when the catalogue knows it; `None` for a name it does not know or one too vague ("Other Linux").
    pub product: Option<Arc<Product>>,
    /// The kind, when the name tells ("Other Linux (64 bit)" tells Linux).
    pub family: Option<Family>,
    /// The key of the line of products that the name belongs to ("ubuntu"), whatever its version.
    pub line: Option<String>,
    /// The edition, "Datacenter", when the name tells.
    pub edition: Option<String>,
    /// The bitness, when the name tells or the product leaves no choice.
    pub architecture: Option<Architecture>,
    /// The version with its minor part, "8.6", only when an export states it; never guessed.
    pub minor_version: Option<String>,
    /// The release, "SP4" or "23H2", when the product's releases have lifecycles of their own and the name tells.
    pub release: Option<String>,
    /// The entries of the product's releases that the name, its build and its edition leave open, by place.
    pub open_releases: Vec<usize>,
    /// A Nano Server installation.
    pub nano: bool,
}

impl Product {
    /// Whether the list of generation 2 images names the version.
    #[must_use]
    pub fn supports_generation_2(&self, version: Option<&str>) -> Support {
        Support::listed(self.generation_2, &self.generation_2_versions, version)
    }

    /// Whether the Trusted Launch list names the version.
    #[must_use]
    pub fn supports_trusted_launch(&self, version: Option<&str>) -> Support {
        Support::listed(self.trusted_launch, &self.trusted_launch_versions, version)
    }

    /// Whether the `NVMe` list names the version.
    #[must_use]
    pub fn supports_nvme(&self, version: Option<&str>) -> Support {
        Support::listed(self.nvme, &self.nvme_versions, version)
    }

    /// Whether the endorsed list that stood in a year names the version; unpublished for what is no Linux distribution.
    #[must_use]
    pub fn endorsed_in(&self, year: i16, version: Option<&str>) -> Support {
        if let Some(list) = self.earlier_lists.iter().find(|list| year <= list.until) {
            return Support::listed(Some(list.named), &list.versions, version);
        }
        let named = match self.endorsement {
            Endorsement::Endorsed => Some(true),
            Endorsement::Dropped | Endorsement::Unlisted => Some(false),
            Endorsement::NotApplicable => None,
        };
        Support::listed(named, &self.endorsed_versions, version)
    }
}
