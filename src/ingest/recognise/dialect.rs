//! What the known exports look like, from one data file each.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Deserialize;

use super::generic::{Generic, field_named};
use super::heading::{Heading, key};
use super::mapping::Mapping;
use super::meaning::{Headings, Meaning, meanings};
use crate::ingest::columns::{Listed, RowKind};
use crate::model::{Field, Vocabulary};

/// Every export Klar knows.
#[derive(Debug)]
pub struct Dialects {
    /// The exports with headings of their own.
    pub(super) known: Vec<Dialect>,
    /// The table whose headings a person chose.
    pub(super) generic: Generic,
    /// What the configuration file says of columns.
    pub(super) mappings: Vec<Mapping>,
    /// The headings of columns that are carried through to the machines.
    pub(in crate::ingest) carried: Vec<String>,
}

/// One export: how to tell it and what its headings mean.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the export")]
pub(super) struct Dialect {
    /// The cmdlet, command or tool, for people.
    pub(super) title: String,
    /// What a row speaks of, or why the export is not read.
    pub(super) rows: Result<RowKind, String>,
    /// What a reader of the report should know of every such export.
    pub(super) caution: Option<String>,
    /// Whose words its names of guest operating systems are in.
    pub(super) vocabulary: Vocabulary,
    /// The ends of .NET type names.
    pub(super) type_names: Vec<String>,
    /// Sets of headings, as keys and as written; any one set tells the export.
    pub(super) signatures: Vec<Signature>,
    /// What each heading means, by its key.
    pub(super) columns: BTreeMap<String, Meaning>,
    /// Headings, as keys, that mean something else here than what Klar itself calls so.
    pub(super) ignored: Vec<String>,
    /// What may stand before every heading ("vInfo").
    pub(super) prefix: Option<String>,
    /// Whether the table has the headings of a signature and no others.
    pub(super) exact: bool,
    /// Headings, as keys, that beside a whole signature tell the export whatever others it goes with.
    pub(super) decisive: Vec<String>,
    /// Whether no heading means anything here but its own.
    pub(super) closed: bool,
    /// Whether it tells more of the machines of other lists, where there are such, and begins none beside them.
    pub(super) yields: bool,
    /// Facts of its machine to which each row says yes by being there.
    pub(super) says: Vec<Field>,
    /// Whether each row is a checkpoint of its machine.
    pub(super) checkpoints: bool,
    /// Headings, as keys, that say of a row that it is of a checkpoint and not of the machine as it is.
    pub(super) of_checkpoints: Vec<String>,
    /// The only type of Azure resource that it lists.
    pub(super) lists: Option<Listed>,
    /// Whether a table that makes more sense as one of a person's own is taken for that.
    pub(super) weak: bool,
    /// Whether it comes from outside and is none of those built in, so that its headings go before a type's name.
    pub(super) is_given: bool,
}

/// A set of headings, each as a key and as written.
pub(super) type Signature = Vec<(String, String)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the export")]
struct DialectFile {
    title: String,
    rows: Option<RowKind>,
    not_inventory: Option<String>,
    caution: Option<String>,
    vocabulary: Option<String>,
    #[serde(default)]
    type_names: Vec<String>,
    #[serde(default)]
    signatures: Vec<Vec<String>>,
    prefix: Option<String>,
    #[serde(default)]
    ignored: Vec<String>,
    #[serde(default)]
    exact: bool,
    #[serde(default)]
    decisive: Vec<String>,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    yields: bool,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    checkpoints: bool,
    #[serde(default)]
    of_checkpoints: Vec<String>,
    lists: Option<Listed>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    columns: BTreeMap<String, Headings>,
}

impl Dialects {
    /// The exports whose data files are built in.
    ///
    /// # Panics
    /// Never: the tests read every data file that is built in.
    #[must_use]
    pub fn embedded() -> Self {
        match Self::with(&[]) {
            Ok(dialects) => dialects,
            Err((name, why)) => panic!("templates/dialects/{name}.toml is not valid: {why}"),
        }
    }

    /// The exports built in, with data files from outside in place of those of the same name and after the others.
    ///
    /// A file is given by its name without folder and ending, and its text.
    ///
    /// # Errors
    /// The name of the file that cannot be used, and what is wrong with it.
    pub fn with(files: &[(&str, &str)]) -> Result<Self, (String, String)> {
        let given = |name: &str| files.iter().find(|(given, _)| *given == name).map(|(_, text)| *text);
        let is_new = |name: &str| name != GENERIC && FILES.iter().all(|(known, _)| *known != name);
        let embedded = FILES.iter().map(|(name, text)| (*name, given(name).unwrap_or(text)));
        let new = files.iter().copied().filter(|(name, _)| is_new(name));
        let texts: Vec<(&str, &str)> = embedded.chain(new).collect();
        // Every start of the program waits for these files, so they are read side by side.
        let (generic, known) = rayon::join(
            || match given(GENERIC) {
                Some(text) => Generic::parse(text).map_err(|why| (GENERIC.to_owned(), why)),
                None => Ok(Generic::embedded()),
            },
            || {
                let parse = |(name, text): &(&str, &str)| Dialect::parse(text).map_err(|why| ((*name).to_owned(), why));
                texts.par_iter().map(parse).collect::<Vec<Result<Dialect, _>>>()
            },
        );
        let mut known = known.into_iter().collect::<Result<Vec<Dialect>, _>>()?;
        known.iter_mut().skip(FILES.len()).for_each(|dialect| dialect.is_given = true);
        Ok(Self { known, generic: generic?, mappings: Vec::new(), carried: Vec::new() })
    }

    /// The exports with what the configuration file says of columns.
    #[must_use]
    pub fn mapped(mut self, mappings: Vec<Mapping>) -> Self {
        self.mappings = mappings;
        self
    }

    /// The exports with the headings of columns that are carried through to the machines.
    #[must_use]
    pub fn carrying(mut self, headings: Vec<String>) -> Self {
        self.carried = headings;
        self
    }

    /// Whether a column of a heading is carried through.
    pub(super) fn carries(&self, heading: &str) -> bool {
        !self.carried.is_empty() && self.carried.iter().any(|carried| key(carried) == key(heading))
    }

    /// The data files that are built in, each by its name without ending and its text.
    pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
        FILES.iter().copied().chain([(GENERIC, include_str!("../../../templates/dialects/generic.toml"))])
    }

    /// The exports' titles, in order of their data files.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|dialect| dialect.title.as_str())
    }
}

impl Dialect {
    fn parse(text: &str) -> Result<Self, String> {
        let file: DialectFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let rows = match (file.rows, file.not_inventory) {
            (Some(rows), None) => Ok(rows),
            (None, Some(why)) => Err(why),
            _ => return Err("it needs either `rows` or `not_inventory`".to_owned()),
        };
        let signature = |text: String| {
            let Heading { key, stem, .. } = Heading::of(&text);
            (stem.map_or(key, |(stem, _)| stem), text)
        };
        let signatures = file.signatures.into_iter().map(|set| set.into_iter().map(signature).collect());
        Ok(Self {
            title: file.title,
            vocabulary: file.vocabulary.map_or(Ok(Vocabulary::Any), |word| word.parse())?,
            rows,
            caution: file.caution,
            type_names: file.type_names,
            signatures: signatures.collect(),
            columns: meanings(file.columns)?,
            prefix: file.prefix.as_deref().map(key),
            ignored: file.ignored.iter().map(|text| key(text)).collect(),
            exact: file.exact,
            decisive: file.decisive.iter().map(|text| key(text)).collect(),
            closed: file.closed,
            yields: file.yields,
            says: file.says.iter().map(|name| field_named(name)).collect::<Result<_, _>>()?,
            checkpoints: file.checkpoints,
            of_checkpoints: file.of_checkpoints.iter().map(|text| key(text)).collect(),
            lists: file.lists,
            weak: file.weak,
            is_given: false,
        })
    }
}

/// The name of the data file of tables whose headings a person chose.
const GENERIC: &str = "generic";

/// Lists the data files that are built in.
macro_rules! embedded {
    ($($name:literal,)+) => {
        &[$(($name, include_str!(concat!("../../../templates/dialects/", $name, ".toml"))),)+]
    };
}

const FILES: &[(&str, &str)] = embedded! {
    "ansible-facts",
    "ari-other",
    "ari-quota-usage",
    "ari-recovery-vaults",
    "ari-storage-accounts",
    "ari-virtual-networks",
    "arm-template",
    "asr-planner-compatible",
    "asr-planner-incompatible",
    "asr-planner-vmlist",
    "az-role-assignment-list",
    "az-storage-account-list",
    "az-vm-list-skus",
    "az-vm-list-usage",
    "azqr",
    "azqr-inventory",
    "azure-migrate-appliance",
    "azure-migrate-applications",
    "azure-migrate-assessed-disks",
    "azure-migrate-assessment",
    "azure-migrate-dependencies",
    "azure-migrate-discovery",
    "azure-migrate-import",
    "azure-migrate-properties",
    "azure-prices",
    "azure-regions",
    "azure-resources",
    "collector-errors",
    "collector-guest-volumes",
    "configuration-manager",
    "cost-management",
    "format-table-export",
    "get-adcomputer",
    "get-bitlockervolume",
    "get-cluster",
    "get-clustergroup",
    "get-clusternode",
    "get-clusterresource",
    "get-computerinfo",
    "get-hypervvmlist",
    "get-sccloud",
    "get-scvirtualdiskdrive",
    "get-scvirtualharddisk",
    "get-scvirtualmachine",
    "get-scvirtualnetworkadapter",
    "get-scvmcheckpoint",
    "get-scvmhost",
    "get-scvmhostcluster",
    "get-scvmhostgroup",
    "get-scvmmserver",
    "get-scvmtemplate",
    "get-vhd",
    "get-vm",
    "get-vmassignabledevice",
    "get-vmdata",
    "get-vmfibrechannelhba",
    "get-vmfirmware",
    "get-vmharddiskdrive",
    "get-vmhost",
    "get-vmintegrationservice",
    "get-vmmemory",
    "get-vmnetworkadapter",
    "get-vmprocessor",
    "get-vmreplication",
    "get-vmsecurity",
    "get-vmsnapshot",
    "hashtable-export",
    "hvtools",
    "hyper-v-auditor",
    "hyper-v-auditor-vdisk",
    "hyper-v-detail",
    "hyper-v-inventory-disks",
    "hyper-v-inventory-vms",
    "hyper-v-switches",
    "inventario",
    "klar-report",
    "live-optics-disks",
    "live-optics-performance",
    "live-optics-vms",
    "msvm-computersystem",
    "msvm-settings",
    "msvm-summaryinformation",
    "nested-adapters",
    "nested-checkpoints",
    "nested-disks",
    "nested-hosts",
    "netbox",
    "rvtools-other",
    "rvtools-vdisk",
    "rvtools-vinfo",
    "rvtools-vmemory",
    "rvtools-vnetwork",
    "string-export",
    "systeminfo",
    "vm-report-by-disk",
    "win32-computersystem",
    "win32-operatingsystem",
};
