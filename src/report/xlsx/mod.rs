//! The workbook that people work in: actions and findings with places for owner, status, due date and comment, and every
//! table behind them.

mod entry;
pub(super) mod kept;
mod made_on;
mod sheet;
mod summary;

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::language::Language;
use super::tables;
use super::view::View;
use super::writer::{Report, Writer};
use crate::tables::{Cells, Head, Inventory, Table, Value, heading};
use entry::{CLOSED, CLOSED_HEADS, Entry};
pub use kept::Kept;
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

/// A sheet: its name, the table on it, and what a row of it is.
struct Page(&'static str, &'static str, &'static str);

/// The sheets after the summary, as far as there is a table for each.
const PAGES: &[Page] = &[
    Page("Actions", "actions", "something to do, and how many machines that frees"),
    Page("Machines", "vms", "a machine, its facts and its readiness for each road"),
    Page(
        "Findings",
        "findings",
        "a requirement that a machine, host or resource does not meet, or that cannot be told",
    ),
    Page("Changes", "changes", "something that is otherwise than in the earlier assessment"),
    Page("Gaps", "gaps", "a fact that no input gives"),
    Page(
        "To fill in",
        "unresolved",
        "a machine with an essential fact missing; fill it in and give it back as an input",
    ),
    Page("Plan", "plan", "a machine with the size and the wave planned for it"),
    Page("Sizes", "plan_sizes", "a size with the machines that become it"),
    Page("Plan disks", "plan_disks", "a disk with the type and tier planned for it"),
    Page("Waves", "waves", "a machine of a wave, in its order"),
    Page("Quota", "quota", "a family of sizes in a region, with the cores it needs"),
    Page("Accounts", "accounts", "a storage account that the plan needs"),
    Page("Network", "network", "a network and the subnet its machines land in"),
    Page("Volumes", "volumes", "a volume of a host with the space that replication needs"),
    Page("Bandwidth", "plan_line", "a figure of the line that replication uses"),
    Page("Cost", "plan_cost", "a part of what a month costs, when prices are given"),
    Page("Disks", "disks", "a disk of a machine"),
    Page("Adapters", "nics", "a network adapter of a machine"),
    Page("Hosts", "hosts", "a Hyper-V host"),
    Page("Groups", "groups", "machines of one owner, environment or the like, and how ready they are"),
    Page("Requirements", "requirements", "a requirement, and how many meet it"),
    Page("Left out", "left_out", "something that an input names and that was not counted"),
    Page("Columns", "columns", "a column of an input and how it was read"),
    Page("Inputs", "inputs", "a file or sheet that was read"),
];

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let write = Box::new(move |out: &mut (dyn Write + Send)| {
        let bytes = workbook(view, sheet::MOST_ROWS).map_err(io::Error::other)?;
        out.write_all(&bytes)?;
        Ok(Some(view.estate.vms.len() as u64))
    });
    vec![Report { name: FILE.to_owned(), write }]
}

/// The workbook, with at most so many rows of data on a sheet: a longer table goes on on further ones.
///
/// # Errors
/// What a workbook cannot hold.
///
/// # Panics
/// Never: months and days are small and positive.
pub fn workbook(view: &View<'_>, most_rows: usize) -> Result<Vec<u8>, XlsxError> {
    let language = view.options.language;
    let mut book = begin(language.words("Readiness for Azure"), view.assessment.as_of)?;
    let styles = Styles::new();
    let mut tables = view.tables();
    tables.push(tables::actions(view));
    let inventory = [Inventory::Disks, Inventory::Nics, Inventory::Hosts];
    tables.extend(inventory.map(|inventory| inventory.table(view.estate, view.assessment)));
    let shown = |page: &'static Page| tables.iter().find(|table| table.name == page.1).map(|table| (page, table));
    let pages: Vec<(&Page, &Table<'_>)> = PAGES.iter().filter_map(shown).collect();
    let told: Vec<(&str, &str, usize)> = pages.iter().map(|(page, table)| (page.0, page.2, table.len)).collect();
    summary::write(&mut book, &styles, view, &told)?;
    let (mut actions, mut findings) = (view.kept.actions.clone(), view.kept.findings.clone());
    let links = pages
        .iter()
        .find(|(page, _)| page.1 == "findings")
        .map(|(_, table)| first_findings(table, most_rows, language));
    for (Page(name, table_name, _), table) in pages {
        let plain = Sheet { name, language, most_rows, id: None, entries: None, links: None };
        let sheet = match *table_name {
            "actions" => Sheet { id: Some("action_id"), entries: Some(&mut actions), links: links.as_ref(), ..plain },
            "findings" => Sheet { id: Some("finding_id"), entries: Some(&mut findings), ..plain },
            _ => plain,
        };
        sheet::write(&mut book, &styles, table, sheet)?;
    }
    let gone = actions.into_iter().map(|entry| ("action", entry));
    let gone: Vec<_> = gone.chain(findings.into_iter().map(|entry| ("finding", entry))).collect();
    if !gone.is_empty() {
        closed(&mut book, &styles, &gone, language)?;
    }
    book.save_to_buffer().map(made_on::unix)
}

/// A workbook without sheets. The only day in it is the one that everything is judged as of, so that the same input gives the
/// same bytes.
fn begin(title: &str, as_of: Date) -> Result<Workbook, XlsxError> {
    let day = |number: i8| u8::try_from(number).expect("months and days are small and positive");
    let created =
        ExcelDateTime::from_ymd(u16::try_from(as_of.year()).unwrap_or(1900), day(as_of.month()), day(as_of.day()))?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(title).set_author("Klar").set_creation_datetime(&created));
    Ok(book)
}

/// A workbook of tables, each on the sheet of its name.
///
/// # Errors
/// What the workbook cannot hold.
pub fn of_tables(
    title: &'static str,
    as_of: Date,
    tables: &[(&'static str, Table<'_>)],
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = begin(language.words(title), as_of)?;
    let styles = Styles::new();
    for (name, table) in tables {
        sheet::write(
            &mut book,
            &styles,
            table,
            Sheet { name, language, most_rows: sheet::MOST_ROWS, id: None, entries: None, links: None },
        )?;
    }
    book.save_to_buffer()
}

/// For each action, the cell of its first finding.
fn first_findings(findings: &Table<'_>, most_rows: usize, language: Language) -> BTreeMap<String, String> {
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
    for index in 0..findings.len {
        findings.row(index, &mut action);
        let sheet = sheet::part_name(language.words("Findings"), index / most_rows);
        let place = || format!("'{sheet}'!A{}", index % most_rows + 2);
        first.entry(std::mem::take(&mut action.id)).or_insert_with(place);
    }
    first
}

/// Writes the sheet of entries whose action or finding is no more.
fn closed(
    book: &mut Workbook,
    styles: &Styles,
    gone: &[(&'static str, (String, Entry))],
    language: Language,
) -> Result<(), XlsxError> {
    let page = book.add_worksheet();
    page.set_name(language.words(CLOSED))?;
    page.set_freeze_panes(1, 0)?;
    for (column, name) in (0_u16..).zip(CLOSED_HEADS) {
        page.set_column_width(column, if name == "what_it_was" || name == "comment" { 50 } else { 18 })?;
        let shown = heading(name);
        page.write_string_with_format(0, column, language.speech().words(&shown), &styles.heading)?;
    }
    for (row, (kind, (id, entry))) in (1_u32..).zip(gone) {
        for (column, text) in (0_u16..).zip([language.words(kind), id, &entry.what]) {
            page.write_string(row, column, text)?;
        }
        for (column, cell) in (3_u16..).zip(&entry.cells) {
            sheet::put_entry(page, styles, row, column, cell)?;
        }
    }
    Ok(())
}
