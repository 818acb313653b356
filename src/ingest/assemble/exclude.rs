//! Rows that are read and left out, and why: no subject at all, or a machine that is not to be counted.

use crate::ingest::cell;
use crate::ingest::recognise::Recognised;
use crate::ingest::table::{Row, Value};
use crate::model::{Arg, Fact, Field, Identity, Include, LeftOutKind, Name, Phrase, say};

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
pub(super) const MENTIONED: &str = "only mentioned";
pub(super) const NOT_INVENTORY: &str = "not an inventory table";

/// What a row that is left out speaks of: the reason may tell better than what its list is of.
pub(super) fn kind_of(reason: &Reason, kind: LeftOutKind) -> LeftOutKind {
    match reason.counted {
        IN_AZURE => LeftOutKind::AzureVm,
        HOST => LeftOutKind::Host,
        CLUSTER => LeftOutKind::Cluster,
        OTHER_KIND => LeftOutKind::Row,
        _ => kind,
    }
}

/// Whether no cell holds anything but white space.
pub(super) fn is_blank(row: Row<'_>) -> bool {
    row.cells().all(|(_, value)| matches!(value, Value::Text(text) if text.trim().is_empty()))
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

/// Why a row speaks of no subject, if it does not.
pub(super) fn row_without_subject(row: Row<'_>, table: &Recognised) -> Option<&'static str> {
    let mut cells = row.cells().filter(|(_, value)| !matches!(value, Value::Text(text) if text.trim().is_empty()));
    let Some((column, first)) = cells.next() else { return Some(BLANK) };
    let Value::Text(text) = first else { return None };
    let next = cells.next();
    let is_heading = |(column, value): (u16, Value<'_>)| {
        let heading = table.header.get(usize::from(column)).map(|heading| heading.trim());
        matches!(value, Value::Text(text) if heading == Some(text.trim()))
    };
    if text.starts_with("#TYPE")
        || (is_heading((column, first)) && next.is_some_and(is_heading) && cells.all(is_heading))
    {
        return Some(HEADING);
    }
    let word = text.trim().trim_end_matches(':').trim_end();
    if next.is_none() && (word.eq_ignore_ascii_case("start") || word.eq_ignore_ascii_case("end")) {
        return Some(MARKER);
    }
    let has_id = has_id(row, table);
    if is_total(text) && !has_id || is_count(text) && !has_id && counts_only(row) {
        return Some(TOTALS);
    }
    (next.is_none() && is_note(text) && names(column, table)).then_some(NOTE)
}

/// Whether a text tells how many rows there are: "500 rows", "12 machines", "Machines: 12".
fn is_count(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_whitespace() || matches!(sign, ':' | '=' | '.' | ',' | '(' | ')');
    let parts: Vec<&str> = text.split(is_sign).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = parts.iter().copied().filter(|part| !is_number(part)).collect();
    // A machine may be called "Server 12".
    let is_counted = |part: &&str| is_number(part) && (parts.first() == Some(part) || text.contains([':', '=']));
    let counts = parts.first().into_iter().chain(parts.last()).any(is_counted);
    counts && parts.len() > words.len() && cell::is_counted(&words.join(" "))
}

/// Whether a row holds but one text, whatever numbers stand beside it.
fn counts_only(row: Row<'_>) -> bool {
    let texts = row.cells().filter(|(_, value)| match value {
        Value::Text(text) => text.chars().any(char::is_alphabetic),
        Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    });
    texts.count() == 1
}

/// The fewest words of a sentence; names of machines that hold spaces have fewer.
const SENTENCE: usize = 6;

/// How what stands below a list begins, that says where it comes from.
const FEET: &[&str] = &[
    "generated by ",
    "generated on ",
    "generated at ",
    "exported by ",
    "exported on ",
    "created by ",
    "report generated ",
    "report created ",
    "source: ",
    "källa: ",
    "genererad ",
    "exporterad ",
    "skapad av ",
    "skapad den ",
    "erstellt am ",
    "erstellt von ",
    "exportiert ",
    "quelle: ",
    "généré ",
    "exporté ",
    "source : ",
    "generado ",
    "exportado ",
    "fuente: ",
    "gerado ",
    "fonte: ",
    "generert ",
    "eksportert ",
    "genereret ",
    "eksporteret ",
    "kilde: ",
];

/// Whether a text is a sentence, and no name.
fn is_note(text: &str) -> bool {
    let lower = text.to_lowercase();
    if text.starts_with(['*', '†', '‡', '¹', '²', '³']) || FEET.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    words >= SENTENCE || words >= SENTENCE / 2 && text.trim_end().ends_with(['.', '!', '?'])
}

/// Whether a column names what a table of several columns is about.
fn names(column: u16, table: &Recognised) -> bool {
    let name = |field: Field| matches!(field, Field::VmName | Field::HostName | Field::ClusterName | Field::CloudName);
    table.columns.len() > 1 && table.columns.iter().any(|used| used.column == column && name(used.field))
}

fn has_id(row: Row<'_>, table: &Recognised) -> bool {
    table.columns.iter().any(|used| {
        matches!(used.field, Field::VmId | Field::DiskId | Field::HostId | Field::CloudId | Field::AzureId)
            && row.get(used.column).is_some()
    })
}

/// Whether a row's first text announces a total: "Total", "Summe:", "Total: 12", "Count 12".
fn is_total(text: &str) -> bool {
    let word =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '=' | '.' | ','));
    let rest = &text[word.len()..];
    let parted = rest.is_empty() || rest.starts_with([':', '=', ' ']);
    parted && (cell::is_total(word.trim()) || (!rest.trim().is_empty() && counts_machines(word.trim())))
}

/// Whether a text says that it counts what rows are about: "Number of servers", "Antal virtuella maskiner".
fn counts_machines(text: &str) -> bool {
    let spaces = text.char_indices().filter(|(_, sign)| sign.is_whitespace());
    spaces.map(|(at, _)| text.split_at(at)).any(|(total, rest)| cell::is_total(total) && cell::is_counted(rest.trim()))
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
    let named = Arg::named(Identity::Term, &shortened(platform));
    (!is_hyper_v).then(|| Reason::with(OTHER_HYPERVISOR, say!("its platform is {platform}", platform = named)))
}

/// At most forty characters, so that a stray text does not become a long reason.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
