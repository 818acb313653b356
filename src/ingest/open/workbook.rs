//! Workbooks: every sheet's cells, streamed where the format allows, with the sheets of one workbook in parallel.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Cell, Data, DataRef, Ods, OdsError, Range, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError,
    Xlsx, XlsxError,
};
use rayon::prelude::*;

use super::container::Container;
use super::markup::WithUnit;
use super::merged::fill_down;
use super::number_format::NumberFormats;
use crate::ingest::limits::{Budget, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::{Reading, Source};
use crate::ingest::table::Grid;
use crate::model::{Arg, Gravity, Identity, Note, cell_name, say};

/// Days between the 1900 and the 1904 date systems.
const EPOCH_1904: f64 = 1462.0;
/// Sheets below this many bytes are not worth opening the workbook once more for.
const WORTH_A_READER: u64 = 256 << 10;
/// The most bytes of shared texts that all readers of a workbook hold together, if there is more than one.
const SHARED_BY_ALL: u64 = 128 << 20;
/// How many cells are spent at once.
const SPENT_TOGETHER: u64 = 1024;
/// A part of this size that gives no cell at all deserves a note.
const SURELY_NOT_BLANK: u64 = 16 << 10;

type Bytes<'a> = Cursor<&'a [u8]>;

/// A workbook format whose cells can be read one after the other.
trait Streamed<'a>: Reader<Bytes<'a>> + Send {
    fn is_1904(&self) -> bool;
    fn stream(&mut self, sheet: &str, filler: &mut Filler<'_>) -> Result<(), Refusal>;
    fn refusal(error: Self::Error) -> Refusal;
}

macro_rules! streamed {
    ($workbook:ident, $error:ident) => {
        impl<'a> Streamed<'a> for $workbook<Bytes<'a>> {
            fn is_1904(&self) -> bool {
                self.has_1904_epoch()
            }

            fn stream(&mut self, sheet: &str, filler: &mut Filler<'_>) -> Result<(), Refusal> {
                let mut cells = self.worksheet_cells_reader(sheet).map_err(Self::refusal)?;
                while let Some(cell) = cells.next_cell().map_err(Self::refusal)? {
                    filler.push(&cell)?;
                }
                Ok(())
            }

            fn refusal(error: $error) -> Refusal {
                match error {
                    $error::Password => Refusal::Password,
                    other => Refusal::damaged_as(&other.to_string()),
                }
            }
        }
    };
}

streamed!(Xlsx, XlsxError);
streamed!(Xlsb, XlsbError);

/// Reads an `.xlsx` or `.xlsm` workbook.
pub(super) fn read_xml(source: &Source, container: &Container, limits: &Budget) -> Result<Reading, Refusal> {
    read_streamed::<Xlsx<_>>(source, container, limits)
}

/// Reads an `.xlsb` workbook.
pub(super) fn read_binary(source: &Source, container: &Container, limits: &Budget) -> Result<Reading, Refusal> {
    read_streamed::<Xlsb<_>>(source, container, limits)
}

/// Reads an `.xls` workbook, whose records must have been checked: the library unpacks it into rectangles. Its bytes are those
/// of the source but for what its formulas say.
pub(super) fn read_legacy(source: &Source, bytes: &[u8], limits: &Budget) -> Result<Reading, Refusal> {
    let book = guarded(|| {
        Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => Refusal::Password,
            other => Refusal::damaged_as(&other.to_string()),
        })
    })?;
    let epoch = if book.has_1904_epoch() { EPOCH_1904 } else { 0.0 };
    // A program that writes formulas without calculating them stores a nought.
    read_unpacked(source, book, epoch, holds_nothing_or_nought, limits)
}

/// Reads an `.ods` workbook, whose repetitions must have been checked: the library unpacks it into rectangles.
pub(super) fn read_open_document(source: &Source, limits: &Budget) -> Result<Reading, Refusal> {
    let book = guarded(|| {
        Ods::new(Cursor::new(&source.bytes[..])).map_err(|error| match error {
            OdsError::Password => Refusal::Password,
            other => Refusal::damaged_as(&other.to_string()),
        })
    })?;
    read_unpacked(source, book, 0.0, holds_nothing, limits)
}

/// Reads the sheets of a workbook that the library unpacks; `is_bare` tells a cell that holds nothing its formula gave.
fn read_unpacked<'a, B: Reader<Bytes<'a>>>(
    source: &Source,
    mut book: B,
    epoch: f64,
    is_bare: fn(Option<&Data>) -> bool,
    limits: &Budget,
) -> Result<Reading, Refusal> {
    let sheets = worksheets(book.sheets_metadata())?;
    let mut notes = Vec::new();
    let read = sheets
        .into_iter()
        .map(|sheet| {
            let grid = guarded(|| {
                let range =
                    book.worksheet_range(&sheet.name).map_err(|error| Refusal::damaged_as(&format!("{error:?}")))?;
                let formulas = book.worksheet_formula(&sheet.name).ok();
                let bare = formulas.and_then(|formulas| uncalculated(&range, &formulas, is_bare));
                notes.extend(bare.map(|(cells, first)| not_calculated(source, &sheet.name, cells, &first)));
                fill_from_range(&range, Filler::new(&sheet, epoch, limits))
            });
            (sheet, grid)
        })
        .collect();
    let mut reading = finish(source, read, limits)?;
    reading.notes.extend(notes);
    Ok(reading)
}

fn read_streamed<'a, B: Streamed<'a>>(
    source: &'a Source,
    container: &Container,
    limits: &Budget,
) -> Result<Reading, Refusal> {
    let open = || guarded(|| B::new(Cursor::new(&source.bytes[..])).map_err(B::refusal));
    let first = open()?;
    let sheets = worksheets(first.sheets_metadata())?;
    let sizes: Vec<u64> =
        sheets.iter().map(|sheet| container.sheet_part(&sheet.name).map_or(0, |part| part.bytes)).collect();
    // Each reader holds the shared texts once more.
    let texts = usize::try_from(SHARED_BY_ALL / container.shared_bytes.max(1)).unwrap_or(usize::MAX);
    let mut shares: Vec<(Option<B>, Vec<usize>)> =
        share(&sizes, rayon::current_num_threads().min(texts)).into_iter().map(|share| (None, share)).collect();
    shares[0].0 = Some(first);
    let mut grids: Vec<(usize, Result<Grid, Refusal>)> = shares
        .into_par_iter()
        .flat_map_iter(|(book, share)| {
            let mut book = book.map_or_else(open, Ok);
            let read: Vec<_> = share
                .into_iter()
                .map(|index| {
                    let grid = match &mut book {
                        Ok(book) => guarded(|| read_sheet(book, &sheets[index], container, limits)),
                        Err(refusal) => Err(refusal.clone()),
                    };
                    (index, grid)
                })
                .collect();
            read
        })
        .collect();
    grids.sort_by_key(|(index, _)| *index);
    let uncalculated: Vec<(String, u64, String)> = sheets
        .iter()
        .filter_map(|sheet| {
            let (cells, first) = container.sheet_part(&sheet.name)?.uncalculated.clone()?;
            Some((sheet.name.clone(), cells, first))
        })
        .collect();
    let read = sheets.into_iter().zip(grids).map(|(sheet, (_, grid))| (sheet, grid)).collect();
    let mut reading = finish(source, read, limits)?;
    reading.notes.extend(uncalculated.iter().map(|(sheet, cells, first)| not_calculated(source, sheet, *cells, first)));
    Ok(reading)
}

/// Says that a file holds formulas and not what they give.
fn not_calculated(source: &Source, sheet: &str, cells: u64, first: &str) -> Note {
    let text = say!(
        "There {cells:is|are} {cells} {cells:cell|cells} of sheet {sheet} with a formula whose value {file} does not hold, first {first}: what they give is not known. Open the workbook in Excel, let it calculate, save it, and run again.",
        cells,
        sheet = Arg::named(Identity::Sheet, sheet),
        file = source.named(),
        first = Arg::text(first)
    );
    source.note(Gravity::Doubt, sheet, text)
}

/// Whether a cell holds nothing.
const fn holds_nothing(value: Option<&Data>) -> bool {
    match value {
        None | Some(Data::Empty) => true,
        Some(Data::String(text)) => text.is_empty(),
        Some(
            Data::Float(_)
            | Data::Int(_)
            | Data::Bool(_)
            | Data::DateTime(_)
            | Data::DateTimeIso(_)
            | Data::DurationIso(_)
            | Data::Error(_),
        ) => false,
    }
}

/// Whether a cell holds nothing but perhaps a nought.
fn holds_nothing_or_nought(value: Option<&Data>) -> bool {
    match value {
        Some(Data::Float(number)) => *number == 0.0,
        Some(Data::Int(number)) => *number == 0,
        other => holds_nothing(other),
    }
}

/// The cells that hold a formula and nothing that it gave, and the place of the first.
fn uncalculated(
    values: &Range<Data>,
    formulas: &Range<String>,
    is_bare: fn(Option<&Data>) -> bool,
) -> Option<(u64, String)> {
    let (first_row, first_column) = formulas.start()?;
    let is_bare = |place: (u32, u32)| is_bare(values.get_value(place));
    let places = formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty());
    let at = |index: usize, first: u32| u32::try_from(index).ok().and_then(|index| index.checked_add(first));
    let mut bare = places.filter_map(|(row, column, _)| at(row, first_row).zip(at(column, first_column)));
    let first = bare.by_ref().find(|place| is_bare(*place))?;
    let rest = bare.filter(|place| is_bare(*place)).count();
    let column = u16::try_from(first.1).ok()?;
    Some((count(rest) + 1, cell_name(first.0.saturating_add(1), column)))
}

/// Shares sheets out to readers, the largest first, each to the reader with the least to do.
fn share(sizes: &[u64], threads: usize) -> Vec<Vec<usize>> {
    let worthwhile = sizes.iter().filter(|&&bytes| bytes >= WORTH_A_READER).count();
    let mut shares: Vec<(u64, Vec<usize>)> = vec![(0, Vec::new()); threads.min(worthwhile).max(1)];
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(sizes[index]));
    for index in order {
        let lightest = shares.iter_mut().min_by_key(|(bytes, _)| *bytes).expect("there is at least one share");
        lightest.0 += sizes[index];
        lightest.1.push(index);
    }
    shares.into_iter().map(|(_, share)| share).collect()
}

fn read_sheet<'a, B: Streamed<'a>>(
    book: &mut B,
    sheet: &Sheet,
    container: &Container,
    limits: &Budget,
) -> Result<Grid, Refusal> {
    let part = container.sheet_part(&sheet.name);
    if part.is_some_and(|part| part.is_utf16) {
        return Err(Refusal::Utf16Part);
    }
    if let Some(fault) = part.and_then(|part| part.fault.as_ref()) {
        return Err(Refusal::damaged_as(&format!("its part {fault}")));
    }
    let epoch = if book.is_1904() { EPOCH_1904 } else { 0.0 };
    let mut filler = Filler::new(sheet, epoch, limits);
    filler.units = part.map(|part| (&container.formats, &part.with_units[..]));
    book.stream(&sheet.name, &mut filler)?;
    match part {
        Some(part) if filler.met == 0 && part.bytes > SURELY_NOT_BLANK => {
            Err(Refusal::damaged_as(&format!("its part is {} bytes and gives no cell", part.bytes)))
        }
        Some(part) if !part.merged.is_empty() => fill_down(filler.finish()?, &part.merged, limits),
        Some(_) | None => filler.finish(),
    }
}

fn fill_from_range(range: &Range<Data>, mut filler: Filler<'_>) -> Result<Grid, Refusal> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let offset = |index: usize, first: u32| u32::try_from(index).ok().and_then(|index| index.checked_add(first));
    for (row, column, data) in range.used_cells() {
        let position = offset(row, first_row).zip(offset(column, first_column));
        let position = position.ok_or(Refusal::PastLimit { limit: filler.limits.rows, what: "rows" })?;
        filler.push(&Cell::new(position, lend(data)))?;
    }
    filler.finish()
}

fn lend(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Puts cells into a grid, in order and within the limits.
struct Filler<'l> {
    grid: Grid,
    epoch: f64,
    limits: &'l Budget,
    /// Cells and bytes of texts that are spent already.
    spent: (u64, u64),
    met: u64,
    last: Option<(u32, u32)>,
    /// The number formats that show a unit, and the places of the numbers that have one, in order.
    units: Option<(&'l NumberFormats, &'l [WithUnit])>,
}

impl<'l> Filler<'l> {
    fn new(sheet: &Sheet, epoch: f64, limits: &'l Budget) -> Self {
        let hidden = matches!(sheet.visible, SheetVisible::Hidden | SheetVisible::VeryHidden);
        let mut grid = Grid::default();
        grid.sheet.clone_from(&sheet.name);
        grid.is_sheet = true;
        grid.hidden = hidden;
        Self { grid, epoch, limits, spent: (0, 0), met: 0, last: None, units: None }
    }

    fn push(&mut self, cell: &Cell<DataRef<'_>>) -> Result<(), Refusal> {
        self.met += 1;
        if self.met.is_multiple_of(SPENT_TOGETHER) {
            self.spend()?;
        }
        let value = cell.get_value();
        if matches!(value, DataRef::Empty) {
            return Ok(());
        }
        let position = cell.get_position();
        let column = self.step_to(position)?;
        match value {
            DataRef::SharedString(text) => self.push_text(column, text)?,
            DataRef::String(text) => self.push_text(column, text)?,
            DataRef::Float(number) => self.push_number(position, column, *number)?,
            #[expect(clippy::cast_precision_loss, reason = "spreadsheets hold numbers as doubles")]
            DataRef::Int(number) => self.push_number(position, column, *number as f64)?,
            DataRef::Bool(truth) => self.grid.push_bool(column, *truth),
            DataRef::DateTime(date) if date.is_duration() => self.grid.push_number(column, date.as_f64()),
            DataRef::DateTime(date) => self.grid.push_date(column, date.as_f64() + self.epoch),
            DataRef::DateTimeIso(text) => match days_of_date(text) {
                Some(days) => self.grid.push_date(column, days),
                None => self.push_text(column, text)?,
            },
            DataRef::DurationIso(text) => match days_of_duration(text) {
                Some(days) => self.grid.push_number(column, days),
                None => self.push_text(column, text)?,
            },
            DataRef::Error(error) => self.grid.push_error(column, &error.to_string()),
            DataRef::Empty => {}
        }
        Ok(())
    }

    /// A number, as the text that its cell shows where that bears a unit.
    fn push_number(&mut self, place: (u32, u32), column: u16, number: f64) -> Result<(), Refusal> {
        let shown = self.units.and_then(|(formats, places)| {
            let at = places.binary_search_by_key(&place, |(known, _)| *known).ok()?;
            formats.style(places[at].1)?.shown(number)
        });
        if let Some(text) = shown {
            return self.push_text(column, &text);
        }
        self.grid.push_number(column, number);
        Ok(())
    }

    /// Spends what was filled in since it was last spent.
    fn spend(&mut self) -> Result<(), Refusal> {
        let (cells, text) = (count(self.grid.cell_count()), self.grid.text_bytes());
        let (cells_before, text_before) = std::mem::replace(&mut self.spent, (cells, text));
        self.limits.spend(cells - cells_before, text - text_before)
    }

    fn finish(mut self) -> Result<Grid, Refusal> {
        self.spend()?;
        Ok(self.grid)
    }

    fn push_text(&mut self, column: u16, text: &str) -> Result<(), Refusal> {
        within(count(text.len()), self.limits.text_bytes, "bytes in one cell")?;
        self.grid.push_text(column, text);
        Ok(())
    }

    fn step_to(&mut self, (row, column): (u32, u32)) -> Result<u16, Refusal> {
        let number = row.saturating_add(1);
        within(u64::from(row) + 1, self.limits.rows, "rows in one sheet")?;
        within(u64::from(column) + 1, self.limits.columns.min(u64::from(u16::MAX)), "columns in one sheet")?;
        within(count(self.grid.cell_count()) + 1, self.limits.sheet_cells, "cells in one sheet")?;
        match self.last {
            Some(last) if last >= (row, column) => return Err(Refusal::OutOfOrder { row: number }),
            Some((last_row, _)) if last_row == row => {}
            _ => self.grid.begin_row(number),
        }
        self.last = Some((row, column));
        Ok(u16::try_from(column).expect("the column is within 16 bits"))
    }
}

/// Days since 1899-12-30 of an ISO 8601 date, with or without a time.
fn days_of_date(text: &str) -> Option<f64> {
    let moment: jiff::civil::DateTime = text.trim_end_matches('Z').parse().ok()?;
    let since = moment.duration_since(jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0));
    Some(since.as_secs_f64() / 86_400.0)
}

fn days_of_duration(text: &str) -> Option<f64> {
    let duration: jiff::SignedDuration = text.parse().ok()?;
    Some(duration.as_secs_f64() / 86_400.0)
}

fn worksheets(sheets: &[Sheet]) -> Result<Vec<Sheet>, Refusal> {
    let worksheets: Vec<Sheet> =
        sheets.iter().filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet)).cloned().collect();
    if worksheets.is_empty() {
        return Err(Refusal::NoSheet);
    }
    let mut names: Vec<&str> = worksheets.iter().map(|sheet| sheet.name.as_str()).collect();
    names.sort_unstable();
    // A reader looks sheets up by name, and would give the first of two twice.
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Refusal::damaged_as(&format!("two of its sheets have the name {}", pair[0]))),
        None => Ok(worksheets),
    }
}

fn finish(source: &Source, read: Vec<(Sheet, Result<Grid, Refusal>)>, limits: &Budget) -> Result<Reading, Refusal> {
    let mut reading = Reading::default();
    let mut refusals = Vec::new();
    for (sheet, grid) in read {
        match grid {
            Ok(grid) => reading.grids.push(grid),
            Err(refusal) => {
                let text = say!(
                    "not read: sheet {sheet} of {file} {why}.",
                    sheet = Arg::named(Identity::Sheet, &sheet.name),
                    file = source.named(),
                    why = refusal.said()
                );
                reading.notes.push(source.note(Gravity::Refused, &sheet.name, text));
                refusals.push(refusal);
            }
        }
    }
    let cells = reading.grids.iter().map(|grid| count(grid.cell_count())).sum();
    within(cells, limits.file_cells, "cells in one file")?;
    match refusals.into_iter().next() {
        Some(refusal) if reading.grids.is_empty() => Err(refusal),
        _ => Ok(reading),
    }
}

/// The library may panic on a malformed workbook; that is a damaged file and nothing more.
fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Refusal::damaged("its content contradicts its own format")))
}
