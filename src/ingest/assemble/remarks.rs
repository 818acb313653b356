//! Remarks about machines that speak of what may hold a machine back: a text is no fact, but one to look at.

use super::assembly::Assembly;
use super::stage::Table;
use crate::ingest::columns::RowKind;
use crate::ingest::table::Value;
use crate::model::{Arg, Field, Gravity, Identity, Origin, say};

/// Words in headings of remarks.
const HEADINGS: &[&str] = &[
    "note",
    "notes",
    "remark",
    "remarks",
    "comment",
    "comments",
    "anteckning",
    "anteckningar",
    "anmärkning",
    "anmärkningar",
    "kommentar",
    "kommentarer",
    "notering",
    "noteringar",
    "bemerkung",
    "bemerkungen",
    "anmerkung",
    "anmerkungen",
    "notiz",
    "notizen",
    "kommentare",
    "merknad",
    "merknader",
    "bemærkning",
    "bemærkninger",
    "remarque",
    "remarques",
    "commentaire",
    "commentaires",
    "nota",
    "notas",
    "comentario",
    "comentarios",
    "observación",
    "observaciones",
    "comentário",
    "comentários",
    "observação",
    "observações",
];

/// What a remark may speak of, with the signs of it.
const SUBJECTS: &[(&str, &[&str])] = &[
    ("BitLocker", &["bitlocker"]),
    ("a shielded machine", &["shielded", "skärmad", "abgeschirmt", "skjermet", "afskærmet", "blindad"]),
    (
        "a shared disk",
        &[
            "shared disk",
            "shared vhd",
            "shared storage",
            "delad disk",
            "delade diskar",
            "delad vhd",
            "gemeinsame festplatte",
            "gemeinsamer datenträger",
            "geteilte festplatte",
            "delt disk",
            "disque partagé",
            "disco compartido",
            "disco compartilhado",
        ],
    ),
    (
        "a pass-through disk",
        &["pass-through", "passthrough", "pass through", "genomströmning", "durchgereicht", "raw device mapping"],
    ),
    ("iSCSI in the guest", &["iscsi"]),
    ("Fibre Channel", &["fibre channel", "fiber channel", "fibrechannel", "vfc"]),
    ("a 32-bit system", &["32-bit", "32 bit", "32bit"]),
];

/// Remarks of one table that are told one by one; the others are counted.
const TOLD: usize = 20;

impl Assembly {
    /// Tells which remarks of a list of machines speak of what may hold a machine back.
    pub(super) fn read_remarks(&mut self, table: &Table<'_>) {
        if !matches!(table.recognised.rows, RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic) {
            return;
        }
        let name = table.recognised.columns.iter().find(|used| used.field == Field::VmName);
        let is_remark =
            |column: u16, heading: &str| match table.recognised.columns.iter().find(|used| used.column == column) {
                Some(used) => used.field == Field::Description,
                None => is_of_remarks(heading),
            };
        let headings = (0_u16..).zip(&table.recognised.header);
        let remarks = headings.filter(|(column, heading)| is_remark(*column, heading));
        for (column, heading) in remarks {
            let (mut told, mut untold, mut last) = (0, 0_u64, 0);
            for row in table.data().map(|index| table.grid.row(index)) {
                let (Some(Value::Text(text)), Some(Value::Text(machine))) =
                    (row.get(column), name.and_then(|used| row.get(used.column)))
                else {
                    continue;
                };
                let Some(subject) = subject(text) else { continue };
                last = row.number;
                if told == TOLD {
                    untold += 1;
                    continue;
                }
                told += 1;
                let origin = Origin { row: row.number, table: table.index, column };
                let text = say!(
                    "what `{heading}` says of {machine} speaks of {subject}. A remark is read as no fact: look whether it is so, and say it in a column of its own.",
                    heading = Arg::named(Identity::Heading, heading.trim()),
                    machine = Arg::named(Identity::Machine, machine),
                    subject
                );
                self.estate.note_at(Gravity::Doubt, origin, text);
            }
            if untold > 0 {
                let text =
                    say!("{untold} more {untold:remark speaks|remarks speak} of what may hold a machine back.", untold);
                self.estate.note_at(Gravity::Doubt, Origin { row: last, table: table.index, column }, text);
            }
        }
    }
}

fn is_of_remarks(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.split(|sign: char| !sign.is_alphanumeric()).any(|word| HEADINGS.contains(&word))
}

/// What a remark speaks of that may hold a machine back.
fn subject(remark: &str) -> Option<&'static str> {
    let lower = remark.to_lowercase();
    SUBJECTS.iter().find(|(_, signs)| signs.iter().any(|sign| lower.contains(sign))).map(|(subject, _)| *subject)
}
