//! Tables whose headings a person chose: what each heading may mean, and what kind of table they make.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::bag::words_of;
use super::blockers::{Blockers, BlockersFile};
use super::doings::{Doings, DoingsFile};
use super::heading::{Heading, key};
use super::meaning::{Headings, Meaning, Meanings, all_meanings, bags, usual_unit};
use super::naming::Naming;
use super::summaries::{Summaries, SummariesFile};
use crate::ingest::columns::RowKind;
use crate::model::{About, Field};

/// What headings mean in tables of no known export.
#[derive(Debug)]
pub(super) struct Generic {
    /// Titles and keys of fields: what Klar itself calls them.
    pub(super) own: Meanings,
    /// Further headings that mean one thing in any table.
    pub(super) headings: Meanings,
    /// The kinds of table, the one to prefer first.
    pub(super) kinds: Vec<Kind>,
    /// Headings that only a table of machines has.
    machine_names: Vec<String>,
    /// Headings that name a thing of any kind.
    bare_names: Vec<String>,
    /// Headings that only a table of hosts has.
    host_names: Vec<String>,
    /// Headings of hosts that name machines where the table tells of those.
    guest_names: Vec<String>,
    /// Headings over what kind of thing a row is.
    kind_names: Vec<String>,
    /// Words of headings that count.
    pub(super) counting: Vec<String>,
    /// Words of headings in lists that only mention machines.
    pub(super) doings: Doings,
    /// What tells tables that count machines and name none.
    pub(super) summaries: Summaries,
    /// Words of headings in lists of computers, each a set of which a heading holds all.
    computer_signs: Vec<Vec<String>>,
    /// Words of headings that ask for what holds a machine back.
    pub(super) blockers: Blockers,
}

/// A kind of table.
#[derive(Debug)]
pub(super) struct Kind {
    /// What it is called, for people.
    pub(super) title: String,
    /// What a row speaks of.
    pub(super) rows: RowKind,
    /// Sets of fields of which the table must have at least one each.
    pub(super) needs: Vec<Vec<Field>>,
    /// Fields of which one must come from a heading that means it in any table, or three from headings that mean it here.
    pub(super) signs: Vec<Field>,
    /// Fields of which one at least must be beside a name that may be that of anything.
    pub(super) proofs: Vec<Field>,
    /// Whether a row is a machine.
    pub(super) is_of_machines: bool,
    /// What headings mean in such a table, before anything else.
    pub(super) headings: Meanings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenericFile {
    machine_names: Vec<String>,
    bare_names: Vec<String>,
    host_names: Vec<String>,
    guest_names: Vec<String>,
    kind_names: Vec<String>,
    counting: Vec<String>,
    computer_signs: Vec<String>,
    doings: DoingsFile,
    summaries: SummariesFile,
    blockers: BlockersFile,
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
    proofs: Vec<String>,
    #[serde(default)]
    headings: BTreeMap<String, Headings>,
}

/// The headings of a language, which add to those of every kind of table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LanguageFile {
    #[serde(default, rename = "machine_names")]
    machine_names: Vec<String>,
    #[serde(default, rename = "bare_names")]
    bare_names: Vec<String>,
    #[serde(default, rename = "host_names")]
    host_names: Vec<String>,
    #[serde(default, rename = "kind_names")]
    kind_names: Vec<String>,
    #[serde(default)]
    headings: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    machine: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    machine_disk: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    host: BTreeMap<String, Vec<String>>,
}

/// The languages whose headings are built in.
const LANGUAGES: &[(&str, &str)] = &[
    ("sv", include_str!("../../../templates/dialects/languages/sv.toml")),
    ("de", include_str!("../../../templates/dialects/languages/de.toml")),
    ("nb", include_str!("../../../templates/dialects/languages/nb.toml")),
    ("da", include_str!("../../../templates/dialects/languages/da.toml")),
    ("fr", include_str!("../../../templates/dialects/languages/fr.toml")),
    ("es", include_str!("../../../templates/dialects/languages/es.toml")),
    ("pt", include_str!("../../../templates/dialects/languages/pt.toml")),
];

impl Generic {
    pub(super) fn embedded() -> Self {
        match Self::parse(include_str!("../../../templates/dialects/generic.toml")) {
            Ok(generic) => generic,
            Err(why) => panic!("templates/dialects/generic.toml is not valid: {why}"),
        }
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut file: GenericFile = toml::from_str(text).map_err(|error| error.to_string())?;
        for (name, text) in LANGUAGES {
            let language: LanguageFile = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
            file.learn(language);
        }
        let names = |names: &[String]| names.iter().map(|name| key(name)).collect();
        let mut machine: Option<Meanings> = None;
        let mut kinds = vec![];
        for kind in file.kinds {
            let kind = Kind::of(kind, machine.as_ref())?;
            if kind.rows == RowKind::Machine {
                machine =
                    Some(Meanings { by_key: kind.headings.by_key.clone(), by_words: kind.headings.by_words.clone() });
            }
            kinds.push(kind);
        }
        Ok(Self {
            own: own_headings(),
            headings: all_meanings(file.headings)?,
            kinds,
            machine_names: names(&file.machine_names),
            bare_names: names(&file.bare_names),
            host_names: names(&file.host_names),
            guest_names: names(&file.guest_names),
            kind_names: names(&file.kind_names),
            counting: file.counting,
            doings: Doings::of(&file.doings),
            summaries: Summaries::of(&file.summaries),
            computer_signs: file.computer_signs.iter().map(|sign| words_of(sign)).collect(),
            blockers: Blockers::of(&file.blockers),
        })
    }

    /// How some headings name machines.
    pub(super) fn naming(&self, headings: &[(u16, Heading)]) -> Naming {
        let named = headings.iter().any(|(_, heading)| self.machine_names.contains(&heading.key));
        if named { Naming::Plain } else { Naming::Loose }
    }

    /// Whether a heading names a thing of any kind: "Name".
    pub(super) fn is_bare(&self, heading: &Heading) -> bool {
        self.bare_names.contains(&heading.key)
    }

    /// Whether a heading names hosts and nothing else.
    pub(super) fn names_hosts(&self, heading: &Heading) -> bool {
        self.host_names.contains(&heading.key)
    }

    /// Whether a heading of hosts may name machines.
    pub(super) fn names_guests(&self, heading: &Heading) -> bool {
        self.guest_names.contains(&heading.key)
    }

    /// Whether a heading stands in lists of computers that directories and scanners keep.
    pub(super) fn tells_of_computers(&self, heading: &Heading) -> bool {
        let words = words_of(&heading.text);
        self.computer_signs.iter().any(|sign| sign.iter().all(|word| words.contains(word)))
    }

    /// Whether a heading says that it counts.
    pub(super) fn counts(&self, heading: &Heading) -> bool {
        words_of(&heading.text).iter().any(|word| self.counting.contains(word))
    }

    /// Whether a heading says what kind of thing a row is: "Type", "Virtual?", "VM (Y/N)".
    pub(super) fn names_kinds(&self, heading: &Heading) -> bool {
        let asked = heading.text.split_once('(').map(|(word, _)| key(word));
        let is_asked = |word: &String| self.kind_names.contains(word) || word == "vm";
        self.kind_names.contains(&heading.key) || asked.as_ref().is_some_and(is_asked)
    }

    /// The kind of table whose headings add to those of an export with such rows.
    pub(super) fn kind_for(&self, rows: RowKind) -> Option<&Kind> {
        let like = match rows {
            RowKind::MachineDetail => RowKind::Machine,
            RowKind::Drive | RowKind::HardDisk => RowKind::MachineDisk,
            RowKind::Nic => RowKind::MachineNic,
            RowKind::HostDetail => RowKind::Host,
            RowKind::ClusterDetail => RowKind::Cluster,
            other => other,
        };
        self.kinds.iter().find(|kind| kind.rows == like)
    }
}

impl GenericFile {
    /// Adds a language's headings behind those there are.
    fn learn(&mut self, language: LanguageFile) {
        self.machine_names.extend(language.machine_names);
        self.bare_names.extend(language.bare_names);
        self.host_names.extend(language.host_names);
        self.kind_names.extend(language.kind_names);
        extend(&mut self.headings, language.headings);
        for kind in &mut self.kinds {
            match kind.rows {
                RowKind::Machine => extend(&mut kind.headings, language.machine.clone()),
                RowKind::MachineDisk => extend(&mut kind.headings, language.machine_disk.clone()),
                RowKind::Host => extend(&mut kind.headings, language.host.clone()),
                _ => {}
            }
        }
    }
}

fn extend(known: &mut BTreeMap<String, Headings>, more: BTreeMap<String, Vec<String>>) {
    for (field, headings) in more {
        known.entry(field).or_insert_with(|| Headings::Plain(Vec::new())).extend(headings);
    }
}

impl Kind {
    fn of(file: KindFile, machine: Option<&Meanings>) -> Result<Self, String> {
        let fields = |names: &[String]| names.iter().map(|name| field_named(name)).collect::<Result<Vec<_>, _>>();
        let mut headings = all_meanings(file.headings)?;
        // What a heading means in a list of machines it means where a machine's disks or adapters stand beside it.
        if let Some(machine) = machine.filter(|_| is_beside_machines(file.rows)) {
            for (key, meaning) in machine.by_key.iter().filter(|(_, meaning)| meaning.field != Field::VmId) {
                headings.by_key.entry(key.clone()).or_insert(*meaning);
            }
            for (words, meaning) in &machine.by_words {
                headings.by_words.entry(words.clone()).or_insert(*meaning);
            }
        }
        Ok(Self {
            title: file.title,
            rows: file.rows,
            needs: file.needs.iter().map(|names| fields(names)).collect::<Result<_, _>>()?,
            signs: fields(&file.signs)?,
            proofs: fields(&file.proofs)?,
            is_of_machines: matches!(file.rows, RowKind::Machine | RowKind::Mention) || is_beside_machines(file.rows),
            headings,
        })
    }

    /// Whether a table with these fields has what such a table needs.
    pub(super) fn fits(&self, fields: &[Field]) -> bool {
        self.needs.iter().all(|any| any.iter().any(|field| fields.contains(field)))
    }
}

/// Whether rows are of a machine and of something else beside it.
const fn is_beside_machines(rows: RowKind) -> bool {
    matches!(rows, RowKind::MachineDisk | RowKind::MachineNic | RowKind::MachineDetail | RowKind::Computer)
}

/// Whether rows of a kind can give a field.
#[must_use]
pub const fn reads(rows: RowKind, field: Field) -> bool {
    use RowKind as Row;
    let is_key = matches!(field, Field::VmName | Field::VmId | Field::VmHost);
    match field.about() {
        About::Machine => match rows {
            Row::Machine | Row::MachineDisk | Row::MachineNic | Row::MachineDetail => true,
            Row::Drive | Row::Nic => is_key,
            Row::Computer => is_told_by_guests(field),
            Row::Mention => matches!(field, Field::VmName | Field::VmId),
            Row::HardDisk => is_key || matches!(field, Field::HostType | Field::VmStatus),
            _ => false,
        },
        About::Disk => {
            matches!(rows, Row::Machine | Row::MachineDisk | Row::MachineNic | Row::Drive | Row::HardDisk)
        }
        About::Nic => matches!(rows, Row::Machine | Row::MachineDisk | Row::MachineNic | Row::Nic | Row::Computer),
        About::Host => matches!(rows, Row::Host | Row::HostDetail),
        About::Cluster => matches!(rows, Row::Cluster | Row::ClusterDetail),
        About::Volume => matches!(rows, Row::Volume),
        About::Cloud => matches!(rows, Row::Cloud),
        About::HostGroup => matches!(rows, Row::HostGroup),
        About::VmmServer => matches!(rows, Row::VmmServer),
        About::Connection => matches!(rows, Row::Connection),
        About::Azure => matches!(rows, Row::AzureResource | Row::Quota | Row::Sku | Row::RoleAssignment),
        About::AzureResource => matches!(rows, Row::AzureResource),
        About::RoleAssignment => matches!(rows, Row::RoleAssignment),
        About::Quota => matches!(rows, Row::Quota),
        About::Size => matches!(rows, Row::Sku),
    }
}

/// Whether a computer can tell a fact by itself, machine or not.
const fn is_told_by_guests(field: Field) -> bool {
    matches!(
        field,
        Field::VmName
            | Field::ServerType
            | Field::GuestOs
            | Field::GuestOsVersion
            | Field::Architecture
            | Field::Vcpus
            | Field::Memory
            | Field::BitLocker
            | Field::StorageSpaces
            | Field::GuestIscsi
            | Field::GuestSmb
            | Field::GuestNfs
            | Field::ReiserFs
            | Field::DynamicDataDisk
            | Field::DynamicOsDisk
            | Field::LvmOnOsDisk
            | Field::BootOnOsDisk
            | Field::OsDiskPartitions
            | Field::NicTeaming
            | Field::Owner
            | Field::Department
            | Field::Environment
            | Field::Application
            | Field::Description
    )
}

/// Whether a field is of what such rows speak of: a single disk's size is no fact of a machine, but that of disk 2 is.
pub(super) const fn is_own(rows: RowKind, field: Field, number: Option<u16>) -> bool {
    use RowKind as Row;
    let of = match field.about() {
        About::Disk => matches!(rows, Row::MachineDisk | Row::Drive | Row::HardDisk),
        About::Nic => matches!(rows, Row::MachineNic | Row::Nic),
        _ => reads(rows, field),
    };
    of || (number.is_some() && reads(rows, field))
}

fn own_headings() -> Meanings {
    let mut by_key = BTreeMap::new();
    let mut texts = Vec::new();
    for &field in Field::ALL {
        let meaning = Meaning { field, unit: usual_unit(field), rank: 0, words_only: false, says_unit: false };
        for text in [field.title(), field.key()] {
            by_key.insert(key(text), meaning);
            texts.push((text, meaning));
        }
    }
    Meanings { by_key, by_words: bags(texts) }
}

/// The field of a key.
pub(super) fn field_named(name: &str) -> Result<Field, String> {
    Field::ALL.iter().copied().find(|field| field.key() == name).ok_or_else(|| format!("`{name}` is no field"))
}
