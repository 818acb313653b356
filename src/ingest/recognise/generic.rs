//! Tables whose headings a person chose: what each heading may mean, and what kind of table they make.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::heading::{Form, Heading, key};
use super::meaning::{Headings, Meaning, look_up, meanings, usual_unit};
use crate::ingest::columns::RowKind;
use crate::model::{About, Field};

/// What headings mean in tables of no known export.
#[derive(Debug)]
pub(super) struct Generic {
    /// Titles and keys of fields: what Klar itself calls them.
    pub(super) own: BTreeMap<String, Meaning>,
    /// Further headings that mean one thing in any table.
    headings: BTreeMap<String, Meaning>,
    /// The kinds of table, the one to prefer first.
    kinds: Vec<Kind>,
    /// Headings that only a table of machines has.
    machine_names: Vec<String>,
}

/// A kind of table.
#[derive(Debug)]
pub(super) struct Kind {
    /// What it is called, for people.
    pub(super) title: String,
    /// What a row speaks of.
    pub(super) rows: RowKind,
    /// Sets of fields of which the table must have at least one each.
    needs: Vec<Vec<Field>>,
    /// Fields of which one must come from a heading that means it in any table, or three from headings that mean it here.
    signs: Vec<Field>,
    /// Whether a row is a machine.
    is_of_machines: bool,
    /// What headings mean in such a table, before anything else.
    headings: BTreeMap<String, Meaning>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenericFile {
    machine_names: Vec<String>,
    headings: BTreeMap<String, Headings>,
    kinds: Vec<KindFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    title: String,
    rows: RowKind,
    needs: Vec<Vec<String>>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    headings: BTreeMap<String, Headings>,
}

impl Generic {
    pub(super) fn embedded() -> Self {
        match Self::parse(include_str!("../../../templates/dialects/generic.toml")) {
            Ok(generic) => generic,
            Err(why) => panic!("templates/dialects/generic.toml is not valid: {why}"),
        }
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let file: GenericFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut kinds = vec![];
        for kind in file.kinds {
            let needs = kind.needs.iter().map(|names| names.iter().map(|name| field_named(name)).collect());
            kinds.push(Kind {
                title: kind.title,
                rows: kind.rows,
                needs: needs.collect::<Result<_, _>>()?,
                signs: kind.signs.iter().map(|name| field_named(name)).collect::<Result<_, _>>()?,
                is_of_machines: matches!(kind.rows, RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic),
                headings: meanings(kind.headings)?,
            });
        }
        let machine_names = file.machine_names.iter().map(|name| key(name)).collect();
        Ok(Self { own: own_headings(), headings: meanings(file.headings)?, kinds, machine_names })
    }

    /// The kind of table that some headings make: the one that understands most of them, the first of equals.
    pub(super) fn kind_of(&self, headings: &[(u16, Heading)]) -> Option<(&Kind, usize)> {
        let naming = self.naming(headings);
        let mut best: Option<(&Kind, usize)> = None;
        for kind in self.kinds.iter().filter(|kind| kind.is_of_machines || naming == Naming::Loose) {
            let fields = self.fields(kind, naming, headings);
            let own = fields.iter().filter(|field| kind.concerns(**field)).count();
            if kind.fits(&fields)
                && self.bears_signs(kind, &fields, headings)
                && best.is_none_or(|(_, most)| own > most)
            {
                best = Some((kind, own));
            }
        }
        best
    }

    /// How some headings name machines.
    pub(super) fn naming(&self, headings: &[(u16, Heading)]) -> Naming {
        let named = headings.iter().any(|(_, heading)| self.machine_names.contains(&heading.key));
        if named { Naming::Plain } else { Naming::Loose }
    }

    /// What a heading means in a kind of table.
    pub(super) fn meaning(&self, kind: &Kind, naming: Naming, heading: &Heading) -> Option<(Meaning, Form)> {
        let forms = &heading.forms;
        let is_spare = |meaning: &Meaning| naming == Naming::Plain && meaning.field == Field::VmName;
        let here = look_up(&kind.headings, forms, None).filter(|(meaning, _)| !is_spare(meaning));
        here.or_else(|| self.anywhere(forms))
    }

    /// What a heading means in any table.
    fn anywhere(&self, forms: &[Form]) -> Option<(Meaning, Form)> {
        look_up(&self.own, forms, None).or_else(|| look_up(&self.headings, forms, None))
    }

    /// Whether the kind's signs are among the fields, from headings plain enough or many enough.
    fn bears_signs(&self, kind: &Kind, fields: &[Field], headings: &[(u16, Heading)]) -> bool {
        let is_sign = |field: &Field| kind.signs.contains(field);
        kind.signs.is_empty()
            || fields.iter().filter(|field| is_sign(field)).count() >= 3
            || headings.iter().any(|(_, heading)| single(self.anywhere(&heading.forms)).as_ref().is_some_and(is_sign))
    }

    fn fields(&self, kind: &Kind, naming: Naming, headings: &[(u16, Heading)]) -> Vec<Field> {
        let meaning = |(_, heading): &(u16, Heading)| single(self.meaning(kind, naming, heading));
        let mut fields: Vec<_> = headings.iter().filter_map(meaning).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

/// How a table names its machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// With a heading that only a table of machines has, so that no other heading does.
    Plain,
    /// With a heading such as "Name", if at all.
    Loose,
}

/// The field of a heading without a number: "Disk 2 size" does not make a table of disks.
fn single(read: Option<(Meaning, Form)>) -> Option<Field> {
    read.filter(|(_, form)| form.number.is_none()).map(|(meaning, _)| meaning.field)
}

impl Kind {
    /// Whether a table with these fields has what such a table needs.
    fn fits(&self, fields: &[Field]) -> bool {
        self.needs.iter().all(|any| any.iter().any(|field| fields.contains(field)))
    }

    /// Whether a field is one of what the table's rows are.
    fn concerns(&self, field: Field) -> bool {
        kinds_of(field).contains(&self.rows)
    }
}

/// The kinds of rows that a field may be read from.
pub(super) const fn kinds_of(field: Field) -> &'static [RowKind] {
    use RowKind::{
        AzureResource, Cloud, Cluster, ClusterDetail, Connection, Drive, HardDisk, Host, HostDetail, HostGroup,
        Machine, MachineDetail, MachineDisk, MachineNic, Nic, Quota, RoleAssignment, Sku, VmmServer, Volume,
    };
    match field.about() {
        About::Machine => &[Machine, MachineDisk, MachineNic, MachineDetail],
        About::Disk => &[MachineDisk, Drive, HardDisk],
        About::Nic => &[MachineNic, Nic],
        About::Host => &[Host, HostDetail],
        About::Cluster => &[Cluster, ClusterDetail],
        About::Volume => &[Volume],
        About::Cloud => &[Cloud],
        About::HostGroup => &[HostGroup],
        About::VmmServer => &[VmmServer],
        About::Connection => &[Connection],
        About::Azure => &[AzureResource, Quota, Sku, RoleAssignment],
        About::AzureResource => &[AzureResource],
        About::RoleAssignment => &[RoleAssignment],
        About::Quota => &[Quota],
        About::Size => &[Sku],
    }
}

fn own_headings() -> BTreeMap<String, Meaning> {
    let mut own = BTreeMap::new();
    for &field in Field::ALL {
        for text in [field.title(), field.key()] {
            own.insert(key(text), Meaning { field, unit: usual_unit(field), rank: 0, words_only: false });
        }
    }
    own
}

fn field_named(name: &str) -> Result<Field, String> {
    Field::ALL.iter().copied().find(|field| field.key() == name).ok_or_else(|| format!("`{name}` is no field"))
}
