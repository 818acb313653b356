//! Files and their tables as the report lists them, with what each was found to be.

use super::assembly::Assembly;
use super::{ages, exclude};
use crate::ingest::recognise::{Recognised, Recognition};
use crate::ingest::source::{Reading, Source};
use crate::ingest::table::Grid;
use crate::model::{Arg, FileInfo, Gravity, Note, Phrase, RowCount, TableInfo, Vocabulary, say};

impl Assembly {
    pub(super) fn file(&mut self, source: &Source, reading: &Reading) {
        self.estate.files.push(FileInfo {
            path: source.path.clone(),
            bytes: source.bytes.len() as u64,
            sha256: source.sha256.clone(),
            refused: reading.refused.clone(),
            exported: ages::exported(&source.path, reading.grids.iter()),
        });
        self.estate.notes.extend(reading.notes.iter().cloned());
    }

    pub(super) fn too_many_tables(&mut self, source: &Source) {
        let text = say!(
            "more than {most} tables were given; the rest of this file is not read. Give fewer files.",
            most = Arg::at(u16::MAX)
        );
        let (file, sheet) = (source.path.clone(), String::new());
        self.estate.notes.push(Note { gravity: Gravity::Refused, file, sheet, origin: None, text });
    }

    /// Lists a table with what it was found to be.
    pub(super) fn table<'a>(
        &mut self,
        file: usize,
        grid: &Grid,
        recognition: &'a Recognition,
    ) -> Option<&'a Recognised> {
        let read = (0..grid.row_count()).filter(|index| !exclude::is_blank(grid.row(*index))).count() as u64;
        let mut info = TableInfo {
            file,
            sheet: grid.sheet.clone(),
            taken_for: String::new(),
            vocabulary: Vocabulary::Any,
            columns: grid.header.clone().unwrap_or_default(),
            read_as: Vec::new(),
            units: Vec::new(),
            is_sheet: grid.is_sheet,
            is_turned: grid.is_turned,
            rows: RowCount::default(),
        };
        let mut note = |gravity: Gravity, text: &Phrase| {
            let (file, sheet) = (self.estate.files[file].path.clone(), grid.sheet.clone());
            self.estate.notes.push(Note { gravity, file, sheet, origin: None, text: text.clone() });
        };
        let recognised = match recognition {
            Recognition::Table(recognised) => {
                recognised.notes.iter().for_each(|text| note(Gravity::Doubt, text));
                info.taken_for.clone_from(&recognised.title);
                info.vocabulary = recognised.vocabulary;
                info.columns.clone_from(&recognised.header);
                (info.read_as, info.units) = read_as(recognised);
                Some(recognised)
            }
            Recognition::NotInventory { taken_for, why, doubt } => {
                note(Gravity::Remark, why);
                doubt.iter().filter(|_| read > 0).for_each(|text| note(Gravity::Doubt, text));
                info.taken_for.clone_from(taken_for);
                None
            }
            // Workbooks come with empty sheets that nobody meant to fill.
            Recognition::NotRecognised { why } if grid.is_sheet && read == 0 => {
                note(Gravity::Remark, why);
                "an empty sheet".clone_into(&mut info.taken_for);
                None
            }
            Recognition::NotRecognised { why } => {
                note(Gravity::Refused, why);
                "not recognised".clone_into(&mut info.taken_for);
                None
            }
        };
        if recognised.is_none() && read > 0 {
            info.rows.read = read;
            info.rows.left_out.push((exclude::NOT_INVENTORY, read));
        }
        self.estate.tables.push(info);
        recognised.map(|recognised| &**recognised)
    }
}

/// For each heading, the key of the field it was read as, and the unit.
fn read_as(recognised: &Recognised) -> (Vec<String>, Vec<&'static str>) {
    let mut read_as = vec![String::new(); recognised.header.len()];
    let mut units = vec![""; recognised.header.len()];
    for used in &recognised.columns {
        let column = usize::from(used.column);
        if let Some(key) = read_as.get_mut(column).filter(|key| key.is_empty()) {
            used.field.key().clone_into(key);
            units[column] = used.unit.title();
        }
    }
    (read_as, units)
}
