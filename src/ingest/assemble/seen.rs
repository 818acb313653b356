//! A cell with the use its column has, and the ways to read it into a fact.

use core::net::IpAddr;

use super::arm::arm_path;
use crate::ingest::cell::culture::Culture;
use crate::ingest::cell::{self, DiskType, Unread};
use crate::ingest::columns::{ColumnUse, Unit};
use crate::ingest::table::Value;
use crate::model::{
    AddressAssignment, Architecture, Bytes, DiskFormat, DiskRole, Fact, Generation, Mebibytes, Name, Origin, Percent,
};

/// What can be odd about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trouble {
    /// It could not be read as its field.
    Unreadable,
    /// Its size is so small or large that the unit may be wrong.
    SuspectUnit,
}

/// A cell under a column that gives a field.
pub(super) struct Seen<'a> {
    pub value: Value<'a>,
    pub used: &'a ColumnUse,
    pub heading: &'a str,
    pub culture: &'a Culture,
    pub origin: Origin,
}

/// Takes what a cell gave into a fact, unless the fact is known already.
pub(super) fn set<T>(fact: &mut Fact<T>, read: Result<T, Unread>, seen: &Seen<'_>) -> Option<Trouble> {
    let Fact::Missing(missing) = fact else { return None };
    // A column whose unit nothing settles is told of once, as a whole.
    let is_told = seen.used.unit == Unit::Unsettled;
    let trouble = (matches!(read, Err(Unread::Unreadable)) && !is_told).then_some(Trouble::Unreadable);
    let field = missing.field;
    fact.fill(cell::fact(read, field, seen.origin));
    trouble
}

/// Takes a disk's virtual size; a size of nothing is a size not said.
pub(super) fn set_disk_size(fact: &mut Fact<Bytes>, read: Result<Bytes, Unread>, seen: &Seen<'_>) -> Option<Trouble> {
    let read = read.and_then(|size| if size.0 == 0 { Err(Unread::Unsaid) } else { Ok(size) });
    doubted(fact, read, cell::suspect_disk, seen)
}

/// Takes a machine's memory.
pub(super) fn set_memory(fact: &mut Fact<Mebibytes>, seen: &Seen<'_>) -> Option<Trouble> {
    let read = seen.memory();
    doubted(fact, read, cell::suspect_memory, seen)
}

/// Takes a size; one whose unit is in doubt is told and never judged.
fn doubted<T: Copy>(
    fact: &mut Fact<T>,
    read: Result<T, Unread>,
    is_suspect: fn(T) -> bool,
    seen: &Seen<'_>,
) -> Option<Trouble> {
    if !read.is_ok_and(is_suspect) {
        return set(fact, read, seen);
    }
    set(fact, Err(Unread::Unreadable), seen).map(|_| Trouble::SuspectUnit)
}

impl Seen<'_> {
    pub(super) fn text(&self) -> Result<Name, Unread> {
        cell::text(self.value)
    }

    pub(super) fn place(&self) -> Result<Name, Unread> {
        cell::place(self.value)
    }

    /// The name of a thing, which may look like a word for nothing.
    pub(super) fn name(&self) -> Result<Name, Unread> {
        cell::name(self.value)
    }

    pub(super) fn replication_mode(&self) -> Result<Name, Unread> {
        cell::replication_mode(self.value)
    }

    pub(super) fn guid(&self) -> Result<Name, Unread> {
        cell::guid(self.value)
    }

    /// A server's name; the type name that stands in a raw export is none.
    pub(super) fn server(&self) -> Result<Name, Unread> {
        let name = cell::text(self.value)?;
        if name.contains("ServerConnection") { Err(Unread::Unsaid) } else { Ok(name) }
    }

    pub(super) fn size(&self) -> Result<Bytes, Unread> {
        cell::size(self.value, self.used.unit, self.culture)
    }

    /// The sizes of the disks that the cell lists.
    pub(super) fn sizes(&self) -> Result<Vec<Bytes>, Unread> {
        cell::sizes(self.value, self.used.unit, self.culture)
    }

    pub(super) fn sector(&self) -> Result<Bytes, Unread> {
        cell::sector(self.value, self.used.unit, self.culture)
    }

    pub(super) fn checkpoints(&self) -> Result<u32, Unread> {
        cell::checkpoints(self.value, self.culture)
    }

    pub(super) fn legacy(&self) -> Result<bool, Unread> {
        cell::legacy(self.value)
    }

    pub(super) fn memory(&self) -> Result<Mebibytes, Unread> {
        cell::memory(self.value, self.used.unit, self.culture)
    }

    pub(super) fn count(&self) -> Result<u32, Unread> {
        cell::count(self.value, self.culture)
    }

    /// A count of which none is as good as not said (processors).
    pub(super) fn positive(&self) -> Result<u32, Unread> {
        let read = cell::processors(self.value, self.culture)?;
        if read == 0 { Err(Unread::Unsaid) } else { Ok(read) }
    }

    pub(super) fn long_count(&self) -> Result<u64, Unread> {
        cell::long_count(self.value, self.culture)
    }

    /// A count that is measured, and may have a fraction, which is rounded up.
    pub(super) fn rounded_count(&self) -> Result<u32, Unread> {
        cell::rounded_count(self.value, self.culture)
    }

    pub(super) fn percent(&self) -> Result<Percent, Unread> {
        cell::percent(self.value, self.culture)
    }

    pub(super) fn yes_no(&self) -> Result<bool, Unread> {
        Ok(self.turned(cell::yes_no(self.value)?))
    }

    pub(super) fn encrypted(&self) -> Result<bool, Unread> {
        Ok(self.turned(cell::encrypted(self.value)?))
    }

    /// A yes or no the other way round where the column's numbers mean that.
    fn turned(&self, read: bool) -> bool {
        let is_inverted = self.used.unit == Unit::ZeroIsOn && matches!(self.value, Value::Number(_));
        read != is_inverted
    }

    /// Whether there is any of what the column speaks of.
    pub(super) fn any(&self) -> Result<bool, Unread> {
        cell::has_any(self.value)
    }

    pub(super) fn generation(&self) -> Result<Generation, Unread> {
        cell::generation(self.value)
    }

    pub(super) fn architecture(&self) -> Result<Architecture, Unread> {
        cell::architecture(self.value)
    }

    pub(super) fn disk_format(&self) -> Result<DiskFormat, Unread> {
        cell::disk_format(self.value)
    }

    pub(super) fn disk_type(&self) -> Result<DiskType, Unread> {
        cell::disk_type(self.value)
    }

    /// Whether the cell says that there is no such thing.
    pub(super) fn says_none(&self) -> bool {
        cell::says_none(self.value)
    }

    pub(super) fn disk_role(&self) -> Result<DiskRole, Unread> {
        cell::disk_role(self.value)
    }

    pub(super) fn assignment(&self) -> Result<AddressAssignment, Unread> {
        cell::assignment(self.value)
    }

    pub(super) fn addresses(&self) -> Result<Vec<IpAddr>, Unread> {
        cell::addresses(self.value)
    }

    pub(super) fn mac(&self) -> Result<Name, Unread> {
        cell::mac(self.value)
    }

    /// The addresses in a cell that lists several, or one in brackets.
    pub(super) fn macs(&self) -> Vec<Result<Name, Unread>> {
        let Value::Text(text) = self.value else { return Vec::new() };
        if !text.trim().contains([';', ',', '[', '{', '\n']) {
            return Vec::new();
        }
        let items = cell::list(self.value).unwrap_or_default();
        items.iter().flat_map(|item| item.split(',')).map(|item| cell::mac(Value::Text(&item.into()))).collect()
    }

    pub(super) fn list(&self) -> Result<Vec<Name>, Unread> {
        cell::list(self.value)
    }

    /// An ARM ID, taken out of the portal link around it.
    pub(super) fn arm_path(&self) -> Result<Name, Unread> {
        let text = cell::text(self.value)?;
        let path = arm_path(&text);
        if path.len() == text.len() { Ok(text) } else { Ok(path.into()) }
    }

    /// A list of identifiers, in upper case.
    pub(super) fn upper_list(&self) -> Result<Vec<Name>, Unread> {
        Ok(cell::list(self.value)?.iter().map(|item| item.to_uppercase().into()).collect())
    }

    pub(super) fn power_state(&self) -> Result<Name, Unread> {
        cell::power_state(self.value)
    }

    pub(super) fn region(&self) -> Result<Name, Unread> {
        cell::region(self.value)
    }

    /// A version; "0.0" stands for one that is not known.
    pub(super) fn version(&self) -> Result<Name, Unread> {
        let version = cell::text(self.value)?;
        if version.chars().all(|c| c == '0' || c == '.') { Err(Unread::Unsaid) } else { Ok(version) }
    }

    /// A pass-through disk's name or number; a number of 0 is the host's first disk, not a no.
    pub(super) fn pass_through(&self) -> Result<bool, Unread> {
        let is_number = self.heading.to_ascii_lowercase().contains("number");
        match cell::pass_through(self.value) {
            Ok(false) if is_number => self.text().map(|text| &*text == "0"),
            read => read,
        }
    }
}
