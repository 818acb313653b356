//! The estate while tables are taken in: what became of each row, and whose a row is.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ages::Ages;
use super::attached::Owner;
use super::doubts::Doubts;
use super::exclude::{self, Reason};
use super::host_names::HostNames;
use super::parts::MachineRow;
use super::registry::{Export, Key, Match, Place, Registry, Target};
use super::stage::{Label, Part, Staged, Table};
use super::through::Carry;
use crate::model::{Arg, Disk, Estate, Host, Identity, Include, LeftOut, LeftOutKind, Name, Nic, Origin, Phrase, say};

/// The estate while tables are still being taken in.
#[derive(Default)]
pub(super) struct Assembly {
    pub estate: Estate,
    pub registry: Registry,
    pub doubts: Doubts,
    pub ages: Ages,
    /// The sites that tables are lists of, where no row says it and lists of one shape contradict each other.
    pub sites: FxHashMap<u16, Name>,
    /// What is judged although it is left out otherwise.
    pub include: Vec<Include>,
    /// The columns to carry through, and the rows that tell of machines beside them.
    pub carry: Carry,
    /// Machines that a later table says are not to be counted.
    pub removed: Vec<(usize, Reason)>,
    /// Disks of machines' own rows, held until the tables of drives are read.
    pub held_disks: Vec<HeldDisk>,
    /// Adapters of machines' own rows, held likewise.
    pub held_nics: Vec<(usize, Nic)>,
    /// VHD files, by lower-case path or GUID, of machines that are not in the estate.
    pub foreign_files: FxHashSet<String>,
    /// Whether any table says which machine has which VHD file.
    pub files_claimed: bool,
    /// Hosts that stand in lists of machines, held until the tables of hosts are read.
    pub listed_hosts: Vec<Host>,
    /// The names of hosts that any table gives.
    pub host_names: HostNames,
    /// Computers of no machine, held likewise.
    pub computers: Vec<MachineRow>,
    /// What hosts that were left out run on: a name, its platform and how machines of it are asked for.
    pub foreign_hosts: Vec<(Name, Name, Include)>,
}

/// What became of a row.
pub(super) enum Fate {
    /// It began a subject.
    Subject,
    /// It told more of one.
    Joined,
    /// It is left out.
    Out(Reason),
    /// Not settled before every table is read; whoever settles it counts it.
    Open,
}

/// A disk that a machine's own row gave.
pub(super) struct HeldDisk {
    pub vm: usize,
    /// The number in its heading, 0 for the operating system disk.
    pub number: Option<u16>,
    pub disk: Disk,
}

impl Assembly {
    /// Reads a table's rows, each with its index in the grid, and counts what became of them.
    pub(super) fn rows<P: Part>(&mut self, table: &Table<'_>, mut place: impl FnMut(&mut Self, P, usize) -> Fate) {
        let mut doubts = std::mem::take(&mut self.doubts);
        table.stage(
            |row: Staged<P>| {
                let origin = Origin::row(table.index, row.number);
                let (label, fate) = match row.part {
                    Ok(part) => (Some(part.label()), place(self, part, row.index)),
                    Err(reason) => {
                        // A blank row, a repeated heading and a marker say nothing.
                        let label = [exclude::TOTALS, exclude::NOTE, exclude::SECTION].contains(&reason).then(|| {
                            let name = exclude::first_text(table.grid.row(row.index));
                            Label { kind: LeftOutKind::Row, name, machine: None }
                        });
                        (label, Fate::Out(reason.into()))
                    }
                };
                if let Fate::Out(reason) = &fate {
                    let says = || exclude::texts(table.grid.row(row.index));
                    if let Some(label) = label {
                        self.list(label, says, reason, origin);
                    }
                }
                self.count(table.index, fate);
            },
            |origin, trouble| doubts.cell(origin, trouble),
        );
        doubts.append(&mut self.doubts);
        self.doubts = doubts;
    }

    /// Lists a row that is left out; what it says tells of one that names nothing.
    pub(super) fn list(
        &mut self,
        label: Label,
        says: impl FnOnce() -> Option<Phrase>,
        reason: &Reason,
        origin: Origin,
    ) {
        let Label { kind, name, machine } = label;
        let kind = exclude::kind_of(reason, kind);
        let of = machine.as_deref().filter(|_| name.is_some());
        let of = of.map(|machine| say!("of {machine}", machine = Arg::named(Identity::Machine, machine)));
        let said = if name.is_none() && machine.is_none() { says() } else { None };
        let parts = of.into_iter().chain(reason.detail.clone()).chain(said);
        let detail = parts.reduce(|one, other| say!("{one}; {other}", one = one, other = other));
        let name = name.or(machine).unwrap_or_else(|| "".into());
        self.estate.left_out.push(LeftOut { name, kind, reason: reason.counted, detail, origin });
    }

    pub(super) fn count(&mut self, table: u16, fate: Fate) {
        let rows = &mut self.estate.tables[usize::from(table)].rows;
        match fate {
            Fate::Subject => rows.subjects += 1,
            Fate::Joined => rows.joined += 1,
            Fate::Out(reason) => rows.leave_out(reason.counted),
            Fate::Open => {}
        }
    }

    /// Takes back machines that a later table said are not to be counted; their rows are left out after all.
    pub(super) fn drop_removed(&mut self) {
        if self.removed.is_empty() {
            return;
        }
        let mut reasons: FxHashMap<usize, Reason> = FxHashMap::default();
        for (number, reason) in std::mem::take(&mut self.removed) {
            reasons.entry(number).or_insert(reason);
        }
        let vms = std::mem::take(&mut self.estate.vms);
        for (number, vm) in vms.into_iter().enumerate() {
            let Some(reason) = reasons.remove(&number) else {
                self.estate.vms.push(vm);
                continue;
            };
            self.estate.tables[usize::from(vm.seen.table)].rows.subjects -= 1;
            self.estate.left_out.push(LeftOut {
                name: vm.shown_name().into(),
                kind: exclude::kind_of(&reason, LeftOutKind::Vm),
                reason: reason.counted,
                detail: reason.detail.clone(),
                origin: vm.seen,
            });
            self.count(vm.seen.table, Fate::Out(reason));
        }
    }

    /// The machine that a row of drives or adapters belongs to, or why there is none.
    pub(super) fn owner(&mut self, owner: &Owner, export: &Export, row: Origin) -> Result<usize, Fate> {
        let place = Place::on(owner.host.value());
        let key = Key { id: owner.id.value(), name: owner.name.value(), place, export };
        if key.id.is_none() && key.name.is_none() {
            return Err(Fate::Out(exclude::NAMELESS.into()));
        }
        match self.registry.find(&key, &|_| false) {
            Match::One(entry, _) => match self.registry.target(entry) {
                Target::Machine(number) => {
                    self.carry.row(*number, row);
                    Ok(*number)
                }
                Target::Out(reason) => Err(Fate::Out(reason.clone())),
            },
            Match::Several => {
                self.doubts.several(row);
                Err(Fate::Out(exclude::SEVERAL_MACHINES.into()))
            }
            Match::None => Err(Fate::Out(exclude::NO_MACHINE.into())),
        }
    }
}
