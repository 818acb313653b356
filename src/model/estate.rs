//! The whole estate: every subject, and the files and tables they were read from.

use jiff::civil::Date;

use super::{
    Arg, Azure, CarriedColumn, Cloud, Cluster, ColumnSeen, Connection, Declared, Disk, Gravity, Host, HostGroup,
    Identity, LeftOut, Note, Origin, Phrase, ReadingSeen, Vm, VmmServer, Volume, say,
};

/// An input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// The path as the user named it, with `/` between parts.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Why nothing was read from it, when nothing was.
    pub refused: Option<Phrase>,
    /// The day it was exported, where its data or its name tells.
    pub exported: Option<Exported>,
}

/// The most days that exports of one site may lie apart.
const MOST_DAYS_APART: i32 = 30;

/// The day of an export, and what tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The day.
    pub day: Date,
    /// Whether a column of its data tells it, and not its name.
    pub by_data: bool,
}

words! {
    /// Whose words the names of guest operating systems in a table are in.
    Vocabulary {
        /// Those of VMM, where a client without "64-bit edition of" in its name is the 32-bit one.
        Vmm = "vmm",
        /// Any other, where a name without a bitness says nothing of it.
        Any = "any",
    }
}

/// A table of a file: a sheet, a text file, or a JSON array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Index into the estate's files.
    pub file: usize,
    /// The sheet's name, or the path of a JSON array inside its file; empty for a text file.
    pub sheet: String,
    /// What it was taken for: an export's title, or "not recognised".
    pub taken_for: String,
    /// Whose words its names of guest operating systems are in.
    pub vocabulary: Vocabulary,
    /// The headings, in order of columns, as written.
    pub columns: Vec<String>,
    /// For each column, the key of the field it was read as, empty when it is not used.
    pub read_as: Vec<String>,
    /// For each column, the unit its numbers were read in, empty when it has none.
    pub units: Vec<&'static str>,
    /// Whether cells are named like a spreadsheet's ("C7"), or by column and row.
    pub is_sheet: bool,
    /// Whether its rows are columns of the sheet and its columns rows of it.
    pub is_turned: bool,
    /// What became of its rows.
    pub rows: RowCount,
}

/// What became of the rows of a table; the parts add up to `read`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowCount {
    /// Data rows read, blank rows at the end not counted.
    pub read: u64,
    /// Rows that became a subject of their own (a machine, host, cloud or Azure resource).
    pub subjects: u64,
    /// Rows that told more of a subject that another row began.
    pub joined: u64,
    /// Rows left out, by reason, in order of first appearance.
    pub left_out: Vec<(&'static str, u64)>,
}

impl RowCount {
    /// Counts one row left out for a reason.
    pub fn leave_out(&mut self, reason: &'static str) {
        match self.left_out.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => self.left_out.push((reason, 1)),
        }
    }

    /// Rows left out, for any reason.
    #[must_use]
    pub fn left_out_total(&self) -> u64 {
        self.left_out.iter().map(|(_, count)| count).sum()
    }

    /// Whether every row read is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.read == self.subjects + self.joined + self.left_out_total()
    }
}

/// Everything the inputs said, joined, with nothing concluded from it.
#[derive(Clone, Debug, Default)]
pub struct Estate {
    /// Virtual machines, in order of first appearance.
    pub vms: Vec<Vm>,
    /// Hyper-V hosts.
    pub hosts: Vec<Host>,
    /// Failover clusters.
    pub clusters: Vec<Cluster>,
    /// VMM private clouds.
    pub clouds: Vec<Cloud>,
    /// VMM host groups.
    pub host_groups: Vec<HostGroup>,
    /// VMM management servers.
    pub vmm_servers: Vec<VmmServer>,
    /// Virtual hard disks that no machine claims.
    pub orphaned_disks: Vec<Disk>,
    /// Volumes of hosts and clusters.
    pub volumes: Vec<Volume>,
    /// Connections between servers.
    pub connections: Vec<Connection>,
    /// The Azure side.
    pub azure: Azure,
    /// Input files, in the order given.
    pub files: Vec<FileInfo>,
    /// Tables, in order of file and position.
    pub tables: Vec<TableInfo>,
    /// The ways in which each table could be read, the one taken first.
    pub readings: Vec<ReadingSeen>,
    /// Every column of the tables, in order of table and column.
    pub columns: Vec<ColumnSeen>,
    /// Rows that say something and were not counted, in order of table and row.
    pub left_out: Vec<LeftOut>,
    /// What reading had to say.
    pub notes: Vec<Note>,
    /// What was declared in the configuration file, and what became of it.
    pub declarations: Vec<Declared>,
    /// The columns that are carried through to the machines.
    pub carried: Vec<CarriedColumn>,
}

/// An origin spelled out for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's path.
    pub file: &'a str,
    /// The sheet or JSON part, empty for a text file.
    pub sheet: &'a str,
    /// The row, from 1.
    pub row: u32,
    /// The column's heading, empty for a whole row.
    pub column: &'a str,
    /// The cell, such as "C7"; empty for a whole row or a file without cells.
    pub cell: String,
}

impl Place<'_> {
    /// The file, as what goes into a sentence.
    #[must_use]
    pub fn in_file(&self) -> Arg {
        Arg::named(Identity::File, self.file)
    }

    /// The cell's name, or its row where there are no cells.
    #[must_use]
    pub fn spot(&self) -> Arg {
        if self.cell.is_empty() { say!("row {row}", row = Arg::at(self.row)).into() } else { Arg::text(&self.cell) }
    }
}

impl Estate {
    /// Spells out where a value was seen.
    #[must_use]
    pub fn place(&self, origin: Origin) -> Place<'_> {
        let Some(table) = self.tables.get(usize::from(origin.table)) else { return Place::default() };
        let column = table.columns.get(usize::from(origin.column));
        let turned = u32::from(origin.column) + 1;
        let (row, across) = match u16::try_from(origin.row.saturating_sub(1)) {
            Ok(across) if table.is_turned && column.is_some() => (turned, across),
            Ok(_) | Err(_) => (origin.row, origin.column),
        };
        Place {
            file: self.files.get(table.file).map_or("", |file| &file.path),
            sheet: &table.sheet,
            row,
            column: column.map_or("", String::as_str),
            cell: if table.is_sheet && column.is_some() { cell_name(row, across) } else { String::new() },
        }
    }

    /// The declaration that a value comes from, when it was declared and not exported.
    #[must_use]
    pub fn declared(&self, origin: Origin) -> Option<&Declared> {
        self.declarations.iter().find(|declared| declared.origin == origin)
    }

    /// Whether something of the inventory or of Azure was read, though it may be no machine.
    #[must_use]
    pub const fn tells_something(&self) -> bool {
        let Azure { subscriptions, vaults, storage_accounts, networks, quotas, skus: _, listed } = &self.azure;
        let of_azure = !(subscriptions.is_empty()
            && vaults.is_empty()
            && storage_accounts.is_empty()
            && networks.is_empty()
            && quotas.is_empty());
        let is_listed = listed.vaults || listed.storage_accounts || listed.networks;
        let of_inventory = !(self.vms.is_empty()
            && self.hosts.is_empty()
            && self.clusters.is_empty()
            && self.clouds.is_empty()
            && self.host_groups.is_empty()
            && self.vmm_servers.is_empty());
        of_azure || is_listed || of_inventory
    }

    /// The files of which the day of export is known and something was read, with that day.
    pub fn exported(&self) -> impl Iterator<Item = (&FileInfo, Exported)> {
        let is_read = |number: usize| {
            let of_file = self.tables.iter().filter(move |table| table.file == number);
            of_file.map(|table| table.rows.subjects + table.rows.joined).sum::<u64>() > 0
        };
        let files = self.files.iter().enumerate().filter(move |(number, _)| is_read(*number));
        files.filter_map(|(_, file)| Some((file, file.exported?)))
    }

    /// The oldest and the newest of the exports, each with its day, and the days between them, where those are so many that
    /// together the exports tell of no one day.
    #[must_use]
    pub fn exports_apart(&self) -> Option<([(&FileInfo, Date); 2], i32)> {
        let day = |(file, exported): (_, Exported)| (file, exported.day);
        let oldest = self.exported().min_by_key(|(_, exported)| exported.day).map(day)?;
        let newest = self.exported().max_by_key(|(_, exported)| exported.day).map(day)?;
        let days = (newest.1 - oldest.1).get_days();
        (days > MOST_DAYS_APART).then_some(([oldest, newest], days))
    }

    /// Adds a note about a cell or row of a table.
    pub fn note_at(&mut self, gravity: Gravity, origin: Origin, text: impl Into<Phrase>) {
        let place = self.place(origin);
        let (file, sheet) = (place.file.to_owned(), place.sheet.to_owned());
        self.notes.push(Note { gravity, file, sheet, origin: Some(origin), text: text.into() });
    }
}

/// The spreadsheet name of a cell: column letters, the column counted from 0, and row number.
#[must_use]
pub fn cell_name(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.reverse();
    let mut name: String = letters.into_iter().collect();
    name.push_str(&row.to_string());
    name
}
