//! The workbook that people work in: actions and findings with places for owner, status, due date and comment, and every
//! table behind them.

mod kept;
mod sheet;
mod summary;

use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::tables;
use super::view::View;
use super::writers::{Report, Writer};
use crate::tables::{Cells, Head, Inventory, Table, Value};
pub use kept::Kept;
use kept::{CLOSED, CLOSED_HEADS};
use sheet::{Sheet, Styles};

/// The name of the workbook.
pub const FILE: &str = "report.xlsx";

/// The workbook.
pub(super) const WRITER: Writer = Writer {
    name: "xlsx",
    about: "report.xlsx: actions and findings to be worked on, and every table",
    usual: true,
    files,
};

/// The sheets after the summary, each with what a row of it is.
const SHEETS: &[(&str, &str)] = &[
    ("Actions", "something to do, and how many machines that frees"),
    ("Machines", "a machine, its facts and its readiness for each road"),
    ("Findings", "a requirement that a machine, host or resource does not meet, or that cannot be told"),
    ("Gaps", "a fact that no input gives"),
    ("Disks", "a disk of a machine"),
    ("Adapters", "a network adapter of a machine"),
    ("Hosts", "a Hyper-V host"),
    ("Requirements", "a requirement, and how many meet it"),
    ("Left out", "something that an input names and that was not counted"),
    ("Columns", "a column of an input and how it was read"),
    ("Inputs", "a file or sheet that was read"),
];

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let write = Box::new(move |out: &mut (dyn Write + Send)| {
        let bytes = workbook(view).map_err(io::Error::other)?;
        out.write_all(&bytes)?;
        Ok(Some(view.estate.vms.len() as u64))
    });
    vec![Report { name: FILE.to_owned(), write }]
}

fn workbook(view: &View<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The only day in the file is the one that everything is judged as of, so that the same input gives the same bytes.
    let as_of = view.assessment.as_of;
    let day = |number: i8| u8::try_from(number).expect("months and days are small and positive");
    let created =
        ExcelDateTime::from_ymd(u16::try_from(as_of.year()).unwrap_or(1900), day(as_of.month()), day(as_of.day()))?;
    book.set_properties(
        &DocProperties::new().set_title("Readiness for Azure").set_author("Klar").set_creation_datetime(&created),
    );
    let styles = Styles::new();
    let tables: Vec<Table<'_>> = SHEETS.iter().map(|(name, _)| table(view, name)).collect();
    let told: Vec<(&str, &str, usize)> =
        SHEETS.iter().zip(&tables).map(|((name, what), table)| (*name, *what, table.len)).collect();
    summary::write(&mut book, &styles, view, &told)?;
    let (mut actions, mut findings) = (view.kept.actions.clone(), view.kept.findings.clone());
    let links = first_findings(table_named(&tables, "findings"));
    for ((name, _), table) in SHEETS.iter().zip(&tables) {
        let sheet = match *name {
            "Actions" => Sheet { name, id: Some("action_id"), entries: Some(&mut actions), links: Some(&links) },
            "Findings" => Sheet { name, id: Some("finding_id"), entries: Some(&mut findings), links: None },
            _ => Sheet { name, id: None, entries: None, links: None },
        };
        sheet::write(&mut book, &styles, table, sheet)?;
    }
    let gone = actions.into_iter().map(|entry| ("action", entry));
    let gone: Vec<_> = gone.chain(findings.into_iter().map(|entry| ("finding", entry))).collect();
    if !gone.is_empty() {
        closed(&mut book, &styles, &gone)?;
    }
    book.save_to_buffer()
}

/// The table of a sheet.
fn table<'a>(view: &'a View<'a>, sheet: &str) -> Table<'a> {
    match sheet {
        "Actions" => tables::actions(view),
        "Machines" => Inventory::Vms.table(view.estate, view.assessment),
        "Findings" => tables::findings(view),
        "Gaps" => tables::gap_table(view),
        "Disks" => Inventory::Disks.table(view.estate, view.assessment),
        "Adapters" => Inventory::Nics.table(view.estate, view.assessment),
        "Hosts" => Inventory::Hosts.table(view.estate, view.assessment),
        "Requirements" => tables::requirements(view),
        "Left out" => tables::rows_left_out(view),
        "Columns" => tables::columns(view),
        "Inputs" => tables::inputs(view),
        other => unreachable!("no table is shown on a sheet {other}"),
    }
}

fn table_named<'t, 'a>(tables: &'t [Table<'a>], name: &str) -> &'t Table<'a> {
    tables.iter().find(|table| table.name == name).expect("every sheet has its table")
}

/// For each action, the cell of its first finding.
fn first_findings(findings: &Table<'_>) -> BTreeMap<String, String> {
    /// Takes target and requirement out of a row.
    #[derive(Default)]
    struct Action {
        id: String,
    }
    impl Cells for Action {
        fn cell(&mut self, head: &Head, value: Value<'_>) {
            if head.name == "finding_id" {
                let id = value.plain();
                // An identifier is target, requirement and subject, divided by slashes.
                self.id = id.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
            }
        }
    }
    let mut first = BTreeMap::new();
    let mut action = Action::default();
    // A sheet holds some 65,000 links; one for each action is far below.
    for index in 0..findings.len.min(1_000_000) {
        findings.row(index, &mut action);
        first.entry(std::mem::take(&mut action.id)).or_insert_with(|| format!("'Findings'!A{}", index + 2));
    }
    first
}

/// Writes the sheet of entries whose action or finding is no more.
fn closed(book: &mut Workbook, styles: &Styles, gone: &[(&str, (String, kept::Entry))]) -> Result<(), XlsxError> {
    let page = book.add_worksheet();
    page.set_name(CLOSED)?;
    page.set_freeze_panes(1, 0)?;
    for (column, name) in (0_u16..).zip(CLOSED_HEADS) {
        page.set_column_width(column, if name == "what_it_was" || name == "comment" { 50 } else { 18 })?;
        page.write_string_with_format(0, column, sheet::heading(name), &styles.heading)?;
    }
    for (row, (kind, (id, entry))) in (1_u32..).zip(gone) {
        for (column, text) in (0_u16..).zip([*kind, id, &entry.what]) {
            page.write_string(row, column, text)?;
        }
        for (column, cell) in (3_u16..).zip(&entry.cells) {
            sheet::put_entry(page, styles, row, column, cell)?;
        }
    }
    Ok(())
}
