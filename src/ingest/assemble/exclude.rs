//! Why rows that are read are left out, and what is listed of them.

use crate::ingest::cell;
use crate::ingest::cell::is_platform;
use crate::ingest::table::{Row, Value};
use crate::model::{Arg, Fact, Identity, Include, LeftOutKind, Name, Phrase, say};

/// Why a row is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// As the reconciliation counts it.
    pub counted: &'static str,
    /// What more there is to say of this row.
    pub detail: Option<Phrase>,
}

impl From<&'static str> for Reason {
    fn from(counted: &'static str) -> Self {
        Self { counted, detail: None }
    }
}

impl Reason {
    /// The reason with what more there is to say of a row.
    pub(super) const fn with(counted: &'static str, detail: Phrase) -> Self {
        Self { counted, detail: Some(detail) }
    }
}

pub(super) const BLANK: &str = "blank row";
pub(super) const HEADING: &str = "repeated heading";
pub(super) const TOTALS: &str = "totals row";
pub(super) const NOTE: &str = "a note, no subject";
pub(super) const SECTION: &str = "a heading of a section";
pub(super) const MARKER: &str = "marker row";
pub(super) const DUPLICATE_ROW: &str = "the same row again";
pub(super) const DUPLICATE_ID: &str = "the same ID again";
pub(super) const DUPLICATE_NAME: &str = "the same name again";
pub(super) const NAMELESS: &str = "no name";
pub(super) const NO_MACHINE: &str = "no machine of that name";
pub(super) const SEVERAL_MACHINES: &str = "several machines of that name";
pub(super) const IN_AZURE: &str = "already in Azure";
pub(super) const PHYSICAL: &str = "a physical server";
pub(super) const OTHER_HYPERVISOR: &str = "on another hypervisor";
pub(super) const HOST: &str = "a host, no machine";
pub(super) const CLUSTER: &str = "a cluster, no machine";
pub(super) const OTHER_KIND: &str = "of another kind than a machine";
pub(super) const OF_NO_MACHINE: &str = "a disk or adapter, and no row above says whose";
pub(super) const NO_LIST: &str = "a computer in no list of machines or hosts";
pub(super) const NOT_VIRTUAL: &str = "a computer, and nothing says that it is virtual";
pub(super) const OF_CHECKPOINT: &str = "of a checkpoint, not of the machine as it is";
pub(super) const SEVERAL_HOSTS: &str = "a VHD file at a path that several hosts have";
pub(super) const MEDIUM: &str = "a DVD or floppy drive, no disk";
pub(super) const MENTIONED: &str = "only mentioned";
pub(super) const OWNED: &str = "a name without any fact of a machine";
pub(super) const NOT_INVENTORY: &str = "not an inventory table";

/// What a row that is left out speaks of: the reason may tell better than what its list is of.
pub(super) fn kind_of(reason: &Reason, kind: LeftOutKind) -> LeftOutKind {
    match reason.counted {
        IN_AZURE => LeftOutKind::AzureVm,
        HOST => LeftOutKind::Host,
        CLUSTER => LeftOutKind::Cluster,
        OTHER_KIND | OWNED => LeftOutKind::Row,
        _ => kind,
    }
}

/// Whether no cell holds anything but white space.
pub(super) fn is_blank(row: Row<'_>) -> bool {
    row.cells().all(|(_, value)| matches!(value, Value::Text(text) if text.trim().is_empty()))
}

/// Whether a cell names a checkpoint, and not with noughts that there is none.
pub(super) fn names_checkpoint(value: Value<'_>) -> bool {
    cell::text(value).is_ok_and(|text| text.chars().any(|sign| !matches!(sign, '0' | '-' | '{' | '}' | ' ')))
}

/// A row's first text.
pub(super) fn first_text(row: Row<'_>) -> Option<Name> {
    row.cells().find_map(|(_, value)| match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().into()),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
    })
}

/// How many of its texts a row without a name is told by.
const TEXTS_TOLD: usize = 3;

/// What a row says that names nothing, for a person to find it by.
pub(super) fn texts(row: Row<'_>) -> Option<Phrase> {
    let texts = row.cells().filter_map(|(_, value)| match value {
        Value::Text(text) if !text.trim().is_empty() => Some(shortened(text.trim())),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
    });
    let told: Vec<Arg> = texts.take(TEXTS_TOLD).map(|text| Arg::named(Identity::Free, &text)).collect();
    (!told.is_empty()).then(|| say!("the row says {texts}", texts = Arg::List(told.into())))
}

/// Words in the names of systems that are hypervisors other than Hyper-V, each with how its machines are asked for.
const HYPERVISORS: &[(&str, Include)] = &[
    ("vmware", Include::Vmware),
    ("esxi", Include::Vmware),
    ("esx ", Include::Vmware),
    ("vsphere", Include::Vmware),
    ("xenserver", Include::OtherHypervisor),
    ("xen server", Include::OtherHypervisor),
    ("xcp-ng", Include::OtherHypervisor),
    ("citrix hypervisor", Include::OtherHypervisor),
    ("proxmox", Include::OtherHypervisor),
    ("kvm", Include::OtherHypervisor),
    ("nutanix", Include::OtherHypervisor),
    ("ahv", Include::OtherHypervisor),
    ("ovirt", Include::OtherHypervisor),
    ("red hat virtualization", Include::OtherHypervisor),
    ("oracle vm", Include::OtherHypervisor),
    ("openstack", Include::OtherHypervisor),
];

/// How the machines of a host with this system are asked for, when it is another hypervisor than Hyper-V.
pub(super) fn hypervisor_of(system: &str) -> Option<Include> {
    let system = format!("{} ", system.to_lowercase());
    HYPERVISORS.iter().find(|(word, _)| system.contains(word)).map(|(_, include)| *include)
}

/// How the machines of another hypervisor than Hyper-V are asked for.
pub(super) fn asked_for_as(platform: &Fact<Name>) -> Include {
    let letters = |text: &Name| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let is_vmware = |text: &String| ["vmware", "esx", "vsphere", "vcenter"].iter().any(|word| text.contains(word));
    if platform.value().map(letters).is_some_and(|text| is_vmware(&text)) {
        Include::Vmware
    } else {
        Include::OtherHypervisor
    }
}

/// Another hypervisor than Hyper-V, when a platform column names it; a bare number names none.
pub(super) fn other_hypervisor(platform: &Fact<Name>) -> Option<Reason> {
    let platform = platform.value()?;
    let letters: String = platform.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let is_hyper_v = letters.is_empty() || letters.contains("hyperv") || letters == "windows";
    // A name that is no platform's is that of a host.
    if !is_platform(platform) {
        return None;
    }
    let named = Arg::named(Identity::Term, &shortened(platform));
    (!is_hyper_v).then(|| Reason::with(OTHER_HYPERVISOR, say!("its platform is {platform}", platform = named)))
}

/// At most forty characters, so that a stray text does not become a long reason.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
