//! A published table as a worksheet: texts typed as texts, headings that stay in sight, filters and colours with words.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError};

use super::super::language::Language;
use super::super::visible::visible;
use super::entry::{ENTRIES, Entered, Entry};
use crate::tables::{Cells, Head, Kind, Table, Value, heading};

/// The most rows of data on one sheet; what a spreadsheet holds is 1,048,576 with the headings.
pub(super) const MOST_ROWS: usize = 1_000_000;
/// The longest text of a cell, below the 32,767 letters that a spreadsheet holds.
const LONGEST: usize = 32_000;
/// The table that the site fills in and gives back, whose headings are the same in every language.
const GIVEN_BACK: &str = "unresolved";
/// What ends a text that was cut.
const SHORTENED: &str = " ... (shortened; the CSV file holds all of it)";
/// The rows from which a sheet is written as it comes instead of being held in memory.
const LONG: usize = 5_000;

/// The looks of cells.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) label: Format,
    pub(super) link: Format,
    wrapped: Format,
    date: Format,
    number: Format,
    entry: Format,
    entry_date: Format,
    good: Format,
    fair: Format,
    doubt: Format,
    bad: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let filled =
            |back: u32, ink: u32| Format::new().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(ink));
        let entry =
            Format::new().set_background_color(Color::RGB(0x00FF_FDE7)).set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            heading: filled(0x001F_3A5F, 0x00FF_FFFF)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Thin),
            label: Format::new().set_bold(),
            link: Format::new()
                .set_font_color(Color::RGB(0x0005_63C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            date: Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top),
            number: Format::new().set_num_format("#,##0").set_align(FormatAlign::Top),
            entry_date: entry.clone().set_num_format("yyyy-mm-dd"),
            entry,
            good: filled(0x00E3_F4E4, 0x001B_5E20).set_align(FormatAlign::Top),
            fair: filled(0x00FF_F4D6, 0x006B_4E00).set_align(FormatAlign::Top),
            doubt: filled(0x00E8_EAF6, 0x0030_3F73).set_align(FormatAlign::Top),
            bad: filled(0x00FB_E3E4, 0x008E_1B1F).set_align(FormatAlign::Top),
        }
    }

    /// The look of a word of ours, whose colour says nothing that the word does not.
    fn of_word(&self, word: &str) -> &Format {
        match word {
            "ready" | "met" => &self.good,
            "ready-with-conditions" | "condition" => &self.fair,
            "unknown" | "warning" | "unverified" => &self.doubt,
            "not-ready" | "blocker" | "not-met" => &self.bad,
            _ => &self.wrapped,
        }
    }
}

/// What is told of a table as a sheet.
pub(super) struct Sheet<'s> {
    /// The sheet's name.
    pub(super) name: &'static str,
    /// The language that it is told in.
    pub(super) language: Language,
    /// The most rows of data on it; a longer table goes on on another.
    pub(super) most_rows: usize,
    /// The column of identifiers, which is hidden.
    pub(super) id: Option<&'static str>,
    /// What people entered earlier, when the sheet has columns for that; what is put in is taken out.
    pub(super) entries: Option<&'s mut BTreeMap<String, Entry>>,
    /// For a value of the column of identifiers, where in the workbook its rows begin.
    pub(super) links: Option<&'s BTreeMap<String, String>>,
}

/// Writes a table on a sheet of its own, and on further ones where it is too long for one.
///
/// # Errors
/// What the workbook cannot hold.
pub(super) fn write(
    book: &mut Workbook,
    styles: &Styles,
    table: &Table<'_>,
    mut sheet: Sheet<'_>,
) -> Result<(), XlsxError> {
    let most = sheet.most_rows;
    for part in 0..table.len.div_ceil(most).max(1) {
        let rows = part * most..table.len.min((part + 1) * most);
        let name = part_name(sheet.language.words(sheet.name), part);
        let page = if rows.len() > LONG { book.add_worksheet_with_constant_memory()? } else { book.add_worksheet() };
        page.set_name(name)?;
        let last_column = prepare(page, styles, table, &sheet)?;
        let last_row = u32::try_from(rows.len()).expect("a sheet has fewer rows than 2^32");
        let mut writer = RowWriter {
            page,
            styles,
            language: sheet.language,
            row: 0,
            column: 0,
            id: sheet.id,
            found: String::new(),
            failed: None,
        };
        for index in rows {
            writer.row += 1;
            writer.column = 0;
            writer.found.clear();
            table.row(index, &mut writer);
            writer.enter(sheet.entries.as_deref_mut(), sheet.links)?;
            if let Some(failed) = writer.failed.take() {
                return Err(failed);
            }
        }
        page.autofilter(0, 0, last_row, last_column)?;
    }
    Ok(())
}

/// The name of the sheet that holds a part of a table, the first being 0: "Findings", "Findings 2".
pub(super) fn part_name(name: &str, part: usize) -> String {
    if part == 0 { name.to_owned() } else { format!("{name} {}", part + 1) }
}

/// Sets widths, headings and what stays in sight; the last column.
fn prepare(page: &mut Worksheet, styles: &Styles, table: &Table<'_>, sheet: &Sheet<'_>) -> Result<u16, XlsxError> {
    let entries: &[&str] = if sheet.entries.is_some() { &ENTRIES } else { &[] };
    let heads = table.heads.iter().map(|head| (&*head.name, width(head)));
    let entered = entries.iter().map(|name| (*name, if *name == "comment" { 40.0 } else { 16.0 }));
    let mut last = 0;
    for (column, (name, width)) in (0_u16..).zip(heads.chain(entered)) {
        page.set_column_width(column, width)?;
        if sheet.id == Some(name) {
            page.set_column_hidden(column)?;
        }
        last = column;
    }
    page.set_freeze_panes(1, 1)?;
    page.set_landscape().set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    // What an input says of a machine's owner is not who takes an action on.
    let told = |name: &str| if entries.contains(&name) { format!("Machine {name}") } else { heading(name) };
    let names = table.heads.iter().map(|head| told(&head.name)).chain(entries.iter().copied().map(heading));
    let spoken = if table.name == GIVEN_BACK { Language::english() } else { sheet.language };
    let speech = spoken.speech();
    for (column, name) in (0_u16..).zip(names) {
        page.write_string_with_format(0, column, speech.words(&name), &styles.heading)?;
    }
    if sheet.links.is_some() {
        last += 1;
        page.write_string_with_format(0, last, speech.words("Where"), &styles.heading)?;
    }
    Ok(last)
}

/// How wide a column is, by what it holds.
fn width(head: &Head) -> f64 {
    match (head.kind, &*head.name) {
        (Kind::Number | Kind::Date, _) => 12.0,
        (Kind::Flag, _) => 10.0,
        (Kind::Text, "message" | "remedy" | "what_to_do" | "what_is_wrong" | "observed" | "expected" | "reasons") => {
            50.0
        }
        (
            Kind::Text,
            "vm" | "subject" | "name" | "guest_os" | "guest_os_product" | "requirement" | "detail" | "advice",
        ) => 30.0,
        (Kind::Text, "url" | "source_file" | "file" | "document" | "section") => 34.0,
        (Kind::Text, _) => 18.0,
    }
}

/// Writes the cells of a row.
struct RowWriter<'w> {
    page: &'w mut Worksheet,
    styles: &'w Styles,
    language: Language,
    row: u32,
    column: u16,
    id: Option<&'static str>,
    /// The identifier found on the row.
    found: String,
    failed: Option<XlsxError>,
}

impl Cells for RowWriter<'_> {
    fn cell(&mut self, head: &Head, value: Value<'_>) {
        if self.failed.is_none()
            && let Err(failed) = self.put(head, &value)
        {
            self.failed = Some(failed);
        }
        self.column += 1;
    }
}

impl RowWriter<'_> {
    fn put(&mut self, head: &Head, value: &Value<'_>) -> Result<(), XlsxError> {
        let (row, column) = (self.row, self.column);
        match value {
            Value::Nothing | Value::Word("") => {}
            Value::Number(number) => {
                #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are doubles")]
                let number = *number as f64;
                self.page.write_number_with_format(row, column, number, &self.styles.number)?;
            }
            Value::Date(date) => {
                let days = days(*date);
                self.page.write_number_with_format(row, column, days, &self.styles.date)?;
            }
            Value::Word(word) => {
                let said = if head.is_key() { word } else { self.language.cells().words(word) };
                self.page.write_string_with_format(row, column, said, self.styles.of_word(word))?;
            }
            Value::Flag(_) | Value::Text(_) | Value::Named(..) | Value::Wording(_) | Value::Said(_) => {
                let text = if head.is_key() { value.plain() } else { value.told(self.language.cells()) };
                if self.id == Some(&*head.name) {
                    text.as_ref().clone_into(&mut self.found);
                }
                if !text.is_empty() {
                    self.page.write_string_with_format(row, column, shown(&text), &self.styles.wrapped)?;
                }
            }
        }
        Ok(())
    }

    /// Writes what was entered for the row before, and a link to where its findings begin.
    fn enter(
        &mut self,
        entries: Option<&mut BTreeMap<String, Entry>>,
        links: Option<&BTreeMap<String, String>>,
    ) -> Result<(), XlsxError> {
        if let Some(place) = links.and_then(|links| links.get(&self.found)) {
            let url = Url::new(format!("internal:{place}")).set_text(self.language.words("findings"));
            let column = self.column + u16::try_from(ENTRIES.len()).expect("there are four");
            self.page.write_url_with_format(self.row, column, url, &self.styles.link)?;
        }
        let Some(entries) = entries else { return Ok(()) };
        let entry = entries.remove(&self.found).unwrap_or_default();
        for cell in &entry.cells {
            put_entry(self.page, self.styles, self.row, self.column, cell)?;
            self.column += 1;
        }
        Ok(())
    }
}

/// Writes an entry, in the colour of cells that are there to be filled in.
pub(super) fn put_entry(
    page: &mut Worksheet,
    styles: &Styles,
    row: u32,
    column: u16,
    cell: &Entered,
) -> Result<(), XlsxError> {
    match cell {
        Entered::Nothing => page.write_blank(row, column, &styles.entry)?,
        Entered::Text(text) => page.write_string_with_format(row, column, shown(text), &styles.entry)?,
        Entered::Number(number) => page.write_number_with_format(row, column, *number, &styles.entry)?,
        Entered::Date(days) => page.write_number_with_format(row, column, *days, &styles.entry_date)?,
    };
    Ok(())
}

/// A text as a cell holds it: what cannot be seen written out, and cut where no spreadsheet could hold it.
fn shown(text: &str) -> String {
    let text = visible(text);
    if text.chars().nth(LONGEST).is_none() {
        return text.into_owned();
    }
    text.chars().take(LONGEST).chain(SHORTENED.chars()).collect()
}

/// A day as spreadsheets count: days since 1899-12-30.
fn days(date: jiff::civil::Date) -> f64 {
    let first = jiff::civil::date(1899, 12, 30);
    f64::from((date - first).get_days())
}
