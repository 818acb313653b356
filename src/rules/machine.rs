//! What several checks ask of a machine: its guest's kind and product, its clustering, its management by VMM.

use super::Machine;
use crate::catalogue::{Family, Lifecycle, Product};
use crate::model::{Arg, Bytes, Disk, Field, Generation, Identity, Missing, Why};

impl Machine<'_> {
    /// Its guest operating system as the inputs name it, or a word of ours where none does.
    #[must_use]
    pub fn guest_as_written(&self, otherwise: &'static str) -> Arg {
        self.guest_os.value().map_or(Arg::Word(otherwise), |name| Arg::Named(Identity::Term, name.clone()))
    }

    /// The kind of its guest operating system.
    ///
    /// # Errors
    /// Missing when no guest operating system is given, or one that the catalogue cannot place.
    pub fn need_family(&self) -> Result<Family, Missing> {
        let guest = self.guest?;
        guest.value.family.ok_or(Missing { field: Field::GuestOs, why: Why::Unreadable(guest.origin) })
    }

    /// The product of its guest operating system.
    ///
    /// # Errors
    /// Missing when no guest operating system is given, one that the catalogue does not know, or a name too vague.
    pub fn need_product(&self) -> Result<&Product, Missing> {
        let guest = self.guest?;
        guest.value.product.as_deref().ok_or_else(|| {
            let vague = guest.value.family.is_some();
            let why = if vague { Why::Unsaid(guest.origin) } else { Why::Unreadable(guest.origin) };
            Missing { field: Field::GuestOs, why }
        })
    }

    /// Where its guest operating system stands in its lifecycle; `None` when none is published.
    ///
    /// # Errors
    /// Missing when the product of the guest operating system is not known.
    pub fn need_lifecycle(&self) -> Result<Option<Lifecycle>, Missing> {
        let product = self.need_product()?;
        let published = product.support_end.is_some() || !product.releases.is_empty();
        Ok(if published { Some(self.lifecycle) } else { None })
    }

    /// What is missing when a product's releases have different dates and the guest's name does not tell which it is.
    #[must_use]
    pub fn release_missing(&self) -> Missing {
        let field = Field::GuestOsVersion;
        self.guest_os_version
            .need()
            .map_or_else(|missing| missing, |known| Missing { field, why: Why::Unsaid(known.origin) })
    }

    /// Whether it is known to be of generation 1, which has no UEFI firmware.
    #[must_use]
    pub fn is_generation_1(&self) -> bool {
        self.generation.value() == Some(&Generation::One)
    }

    /// Whether any export shows it under a VMM server.
    #[must_use]
    pub fn managed_by_vmm(&self) -> bool {
        self.vmm_index.is_some() || self.vmm_server.is_known() || self.cloud.is_known() || self.host_group.is_known()
    }

    /// Its disks, when every one of them is listed; else the given fact of a disk is what is missing.
    ///
    /// # Errors
    /// Missing when some of its disks are not listed.
    pub fn every_disk(&self, field: Field) -> Result<&[Disk], Missing> {
        match self.every_disk_listed() {
            Ok(()) => Ok(&self.vm.disks),
            Err(missing) => Err(Missing { field, why: missing.why }),
        }
    }

    /// Missing when some disk's type says what no one understood.
    ///
    /// # Errors
    /// The type that could not be read.
    pub fn every_kind_readable(&self) -> Result<(), Missing> {
        let kinds = self.vm.disks.iter().filter_map(|disk| disk.kind.need().err());
        kinds.into_iter().find(|missing| matches!(missing.why, Why::Unreadable(_))).map_or(Ok(()), Err)
    }

    /// Missing when the size of some disk is not known and its provisioned total allows for one over a limit.
    ///
    /// # Errors
    /// What is missing of the disks, as given.
    pub fn within_its_total(&self, missing: Option<Missing>, limit: Bytes) -> Result<(), Missing> {
        match missing {
            Some(missing) if self.disk_bound().is_none_or(|bound| bound.value > limit) => Err(missing),
            Some(_) | None => Ok(()),
        }
    }

    /// What is missing of the size of some disk.
    #[must_use]
    pub fn size_missing(&self) -> Option<Missing> {
        let of_each = || self.vm.disks.iter().find_map(|disk| disk.size.need().err());
        self.listed_disks().err().or_else(|| self.every_disk_listed().err()).or_else(of_each)
    }

    /// What is missing of the size of some data disk.
    #[must_use]
    pub fn data_size_missing(&self) -> Option<Missing> {
        let of_each = || self.data_disks().find_map(|disk| disk.size.need().err());
        self.listed_disks().err().or_else(|| self.every_disk_listed().err()).or_else(of_each)
    }

    /// Missing when adapters of the machine are not listed, so that the given fact of one is not known.
    ///
    /// # Errors
    /// The fact that is missing for the adapters not listed.
    pub fn every_nic_listed(&self, field: Field) -> Result<(), Missing> {
        let stated = self.stated_nic_count.value().map(|count| usize::try_from(*count).unwrap_or(usize::MAX));
        let complete = match stated {
            Some(stated) => stated <= self.nics.len(),
            None => !self.nics.is_empty(),
        };
        if complete { Ok(()) } else { Err(Missing { field, why: Why::Absent }) }
    }
}
