//! Why a file or sheet cannot be read: each sentence goes on after the file's name and ends with what to do.

use crate::model::{Arg, Identity, Phrase, say};

/// One reason for not reading a file or sheet, as the rest of the sentence "not read: discovery.xlsx ...".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Empty,
    SensitivityLabel,
    Password,
    NotInventory { what: &'static str },
    ZipArchive,
    EmptyArchive,
    SameNameTwice { name: String },
    UnderWorkbookName { what: &'static str },
    ClixmlWithoutObjects,
    FormattedExport,
    CollectionExport,
    LengthsExport,
    TypeLineOnly,
    ConsoleTable,
    AzTable,
    Damaged { what: Phrase },
    PastLimit { limit: u64, what: &'static str },
    Together,
    LongCell { limit: u64, line: u32 },
    NoSheet,
    Utf16Part,
    OutOfOrder { row: u32 },
    Json { line: usize, column: usize, what: String },
    JsonDepth { limit: u64, line: usize },
    JsonWithoutObjects,
}

impl Refusal {
    /// A container or workbook that contradicts itself, in words of ours.
    pub(super) fn damaged(what: impl Into<Phrase>) -> Self {
        Self::Damaged { what: what.into() }
    }

    /// The same, in words that may quote the file.
    pub(super) fn damaged_as(what: &str) -> Self {
        Self::damaged(Arg::named(Identity::Free, what))
    }

    /// The reason as a sentence goes on after the file's name.
    pub(super) fn said(&self) -> Phrase {
        match self {
            Self::Empty => "is empty. Run the export again and check that it finds something".into(),
            Self::SensitivityLabel => "is protected by a sensitivity label. Open it in Excel, set the label to General, save, and run again".into(),
            Self::Password => "is protected by a password. Open it in Excel, remove the password, save, and run again".into(),
            Self::NotInventory { what } => say!("is {what}, not an inventory. Give a workbook, CSV or JSON export instead, or leave the file out", what = *what),
            Self::ZipArchive => "is a zip archive inside another. Unpack the outer one and give the files inside".into(),
            Self::EmptyArchive => "is a zip archive without a file in it. Pack the exports again".into(),
            Self::SameNameTwice { name } => say!("is a zip archive that holds the name {name} twice. Pack the exports again, each under a name of its own", name = Arg::named(Identity::Path, name)),
            Self::UnderWorkbookName { what } => say!("is {what} under a workbook's name. Open it in Excel, save it as an Excel workbook (.xlsx), and run again", what = *what),
            Self::ClixmlWithoutObjects => "was written by Export-Clixml and holds no object with properties: the command found nothing, or gave bare values. Run it again for objects".into(),
            Self::FormattedExport => "was formatted for the screen before Export-Csv, so it holds layout codes instead of machines. Leave out Format-Table: `Get-VM | Select-Object * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`".into(),
            Self::CollectionExport => "holds the members of a hashtable or array instead of its content. Turn each entry into an object first: `| ForEach-Object { [pscustomobject]$_ } | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`".into(),
            Self::LengthsExport => "holds only the lengths of texts, because texts were piped to Export-Csv. Pipe the objects instead of -ExpandProperty: `| Select-Object Name, * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`".into(),
            Self::TypeLineOnly => "has a #TYPE line and no rows: the export found nothing. Check the command's filter and run it again".into(),
            Self::ConsoleTable => "is a table as PowerShell shows it on the screen, where long values are cut off. Export the objects: `| Select-Object * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`".into(),
            Self::AzTable => "is a table as `az ... -o table` shows it on the screen, where most columns are missing. Run the same command with `-o json > file.json`".into(),
            Self::Damaged { what } => say!("is damaged: {what}. Copy or export it again", what = what.clone()),
            Self::PastLimit { limit, what } => say!("has more than {limit} {what}, the most that is read. Split the export into several files, or raise the limit with --limit", limit = *limit, what = *what),
            Self::Together => "is too much together with the other files. Read fewer files at a time".into(),
            Self::LongCell { limit, line } => say!("has a cell of more than {limit} bytes at line {line}; a quote there may never be closed. Correct that line, and run again", limit = *limit, line = Arg::at(*line)),
            Self::NoSheet => "holds no worksheet. Export a workbook with at least one sheet of cells".into(),
            Self::Utf16Part => "is stored as UTF-16 inside the workbook, so its cells cannot be read. Open the workbook in Excel, save it, and run again".into(),
            Self::OutOfOrder { row } => say!("has cells out of order at row {row}. Open the workbook in Excel, save it, and run again", row = Arg::at(*row)),
            Self::Json { line, column, what } => say!("is not valid JSON at line {line}, column {column}: {what}. Export it again; the file may be cut off", line = Arg::at(*line), column = Arg::at(*column), what = Arg::named(Identity::Free, what)),
            Self::JsonDepth { limit, line } => say!("has objects more than {limit} levels inside each other at line {line}. Export with a smaller -Depth", limit = *limit, line = Arg::at(*line)),
            Self::JsonWithoutObjects => "is JSON without any object in it: the command found nothing, or gave bare values. Run it again for objects".into(),
        }
    }
}
