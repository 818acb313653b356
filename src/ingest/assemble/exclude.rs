//! Rows that are read and left out, and why: no subject at all, or a machine that is not to be counted.

use crate::ingest::recognise::Recognised;
use crate::ingest::table::{Row, Value};
use crate::model::{Arg, Fact, Field, Identity, Name, Phrase, say};

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
pub(super) const NOT_INVENTORY: &str = "not an inventory table";

/// Words that begin a row of totals, in the languages exports and spreadsheets have been seen in.
const TOTAL_WORDS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sum",
    "count",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "anzahl",
    "totalt",
    "summa",
    "totalsumma",
    "antal",
    "somme",
    "total general",
    "suma",
];

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
    (is_total(text) && !has_id(row, table)).then_some(TOTALS)
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
    word.len() <= 16 && {
        let rest = &text[word.len()..];
        let parted = rest.is_empty() || rest.starts_with([':', '=', ' ']);
        parted && TOTAL_WORDS.iter().any(|total| total.eq_ignore_ascii_case(word.trim()))
    }
}

/// Another hypervisor than Hyper-V, when a platform column names it; a bare number names none.
pub(super) fn other_hypervisor(platform: &Fact<Name>) -> Option<Reason> {
    let platform = platform.value()?;
    let letters: String = platform.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let is_hyper_v = letters.is_empty() || letters.contains("hyperv") || letters == "windows";
    let named = Arg::text(&shortened(platform));
    (!is_hyper_v).then(|| Reason::with(OTHER_HYPERVISOR, say!("its platform is {platform}", platform = named)))
}

/// Words of a server that is no virtual machine, without regard to case.
const PHYSICAL_WORDS: &[&str] = &[
    "physical",
    "physisch",
    "fysisk",
    "physique",
    "físic",
    "fisico",
    "bare metal",
    "bare-metal",
    "baremetal",
    "hardware",
];

/// Whether a text says that a server is no virtual machine.
pub(super) fn is_physical(text: &str) -> bool {
    let text = text.to_lowercase();
    PHYSICAL_WORDS.iter().any(|word| text.contains(word)) && !text.contains("virtu")
}

/// At most forty characters, so that a stray text does not become a long reason.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
