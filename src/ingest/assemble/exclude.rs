//! Rows that are read and left out, and why: no subject at all, or a machine that is not to be counted.

use super::parts::MachineRow;
use crate::ingest::recognise::Recognised;
use crate::ingest::table::{Row, Value};
use crate::model::{Fact, Field, Name};

/// Why a row is left out, as the reconciliation counts it.
pub(super) type Reason = Name;

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

/// Why a machine is not to be counted, if its row says so.
pub(super) fn machine_not_counted(row: &MachineRow) -> Option<Reason> {
    let says = |fact: &Fact<bool>| fact.value() == Some(&true);
    let is = |fact: &Fact<Name>, word: &str| fact.value().is_some_and(|text| text.eq_ignore_ascii_case(word));
    let marks = &row.marks;
    let reason = if says(&marks.template) {
        "a template"
    } else if is(&marks.host_type, "LibraryServer") || is(&marks.status, "Stored") || is(&row.vm.power_state, "Stored")
    {
        "stored in the VMM library"
    } else if is(&marks.status, "Missing") || is(&row.vm.power_state, "Missing") {
        "missing in VMM"
    } else if says(&marks.test_replica) || is(&row.vm.replication_mode, "TestReplica") {
        "a test replica"
    } else if says(&marks.recovery_copy) || is_replica(&row.vm.replication_mode) {
        "a recovery copy"
    } else {
        return other_hypervisor(&row.vm.platform);
    };
    Some(reason.into())
}

fn is_replica(mode: &Fact<Name>) -> bool {
    mode.value().is_some_and(|mode| {
        ["Replica", "ExtendedReplica", "Extended Replica"].iter().any(|word| mode.eq_ignore_ascii_case(word))
    })
}

/// Another hypervisor than Hyper-V, when a platform column names it; a bare number names none.
pub(super) fn other_hypervisor(platform: &Fact<Name>) -> Option<Reason> {
    let platform = platform.value()?;
    let letters: String = platform.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let is_hyper_v = letters.is_empty() || letters.contains("hyperv") || letters == "windows";
    (!is_hyper_v).then(|| format!("on another hypervisor ({})", shortened(platform)).into())
}

/// At most forty characters, so that a stray text does not become a long reason.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
