//! Why a file or sheet cannot be read: each sentence goes on after the file's name and ends with what to do.

use thiserror::Error;

/// One reason for not reading a file or sheet, as the rest of the sentence "not read: discovery.xlsx ...".
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum Refusal {
    #[error("is empty. Run the export again and check that it finds something")]
    Empty,
    #[error("is protected by a sensitivity label. Open it in Excel, set the label to General, save, and run again")]
    SensitivityLabel,
    #[error("is protected by a password. Open it in Excel, remove the password, save, and run again")]
    Password,
    #[error("is {what}, not an inventory. Give a workbook, CSV or JSON export instead, or leave the file out")]
    NotInventory { what: &'static str },
    #[error("is a zip archive inside another. Unpack the outer one and give the files inside")]
    ZipArchive,
    #[error("is a zip archive without a file in it. Pack the exports again")]
    EmptyArchive,
    #[error("is a zip archive that holds the name {name} twice. Pack the exports again, each under a name of its own")]
    SameNameTwice { name: String },
    #[error("is {what} under a workbook's name. Open it in Excel, save it as an Excel workbook (.xlsx), and run again")]
    UnderWorkbookName { what: &'static str },
    #[error(
        "was written by Export-Clixml and holds no object with properties: the command found nothing, or gave bare \
         values. Run it again for objects"
    )]
    ClixmlWithoutObjects,
    #[error(
        "was formatted for the screen before Export-Csv, so it holds layout codes instead of machines. \
         Leave out Format-Table: `Get-VM | Select-Object * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`"
    )]
    FormattedExport,
    #[error(
        "holds the members of a hashtable or array instead of its content. Turn each entry into an object first: \
         `| ForEach-Object {{ [pscustomobject]$_ }} | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`"
    )]
    CollectionExport,
    #[error(
        "holds only the lengths of texts, because texts were piped to Export-Csv. Pipe the objects instead of \
         -ExpandProperty: `| Select-Object Name, * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`"
    )]
    LengthsExport,
    #[error("has a #TYPE line and no rows: the export found nothing. Check the command's filter and run it again")]
    TypeLineOnly,
    #[error(
        "is a table as PowerShell shows it on the screen, where long values are cut off. Export the objects: \
         `| Select-Object * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`"
    )]
    ConsoleTable,
    #[error(
        "is a list as PowerShell shows it on the screen (Name : value). Export the objects: \
         `| Select-Object * | Export-Csv -NoTypeInformation -Encoding UTF8 file.csv`"
    )]
    ConsoleList,
    #[error(
        "is a table as `az ... -o table` shows it on the screen, where most columns are missing. \
         Run the same command with `-o json > file.json`"
    )]
    AzTable,
    #[error("is damaged: {what}. Copy or export it again")]
    Damaged { what: String },
    #[error(
        "has more than {limit} {what}, the most that is read. Split the export into several files, or raise the limit with \
         --limit"
    )]
    PastLimit { limit: u64, what: &'static str },
    #[error("is too much together with the other files. Read fewer files at a time")]
    Together,
    #[error(
        "has a cell of more than {limit} bytes at line {line}; a quote there may never be closed. \
         Correct that line, and run again"
    )]
    LongCell { limit: u64, line: u32 },
    #[error("holds no worksheet. Export a workbook with at least one sheet of cells")]
    NoSheet,
    #[error(
        "is stored as UTF-16 inside the workbook, so its cells cannot be read. Open the workbook in Excel, save it, \
         and run again"
    )]
    Utf16Part,
    #[error("has cells out of order at row {row}. Open the workbook in Excel, save it, and run again")]
    OutOfOrder { row: u32 },
    #[error("is not valid JSON at line {line}, column {column}: {what}. Export it again; the file may be cut off")]
    Json { line: usize, column: usize, what: String },
    #[error("has objects more than {limit} levels inside each other at line {line}. Export with a smaller -Depth")]
    JsonDepth { limit: u64, line: usize },
    #[error(
        "is JSON without any object in it: the command found nothing, or gave bare values. Run it again for objects"
    )]
    JsonWithoutObjects,
}

impl Refusal {
    /// A container or workbook that contradicts itself.
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}
