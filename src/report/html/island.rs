//! The published tables as the page's script reads them: columns of numbered texts, each text once, as deflated JSON in
//! base 64. No byte of it can end the element it stands in.

use std::collections::BTreeMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rustc_hash::FxHashMap;

use super::super::language::Language;
use super::super::view::View;
use super::super::visible::visible;
use super::super::words;
use super::base64::Letters;
use crate::evaluate::Readiness;
use crate::tables::heading;
use crate::tables::{Cells, Head, Inventory, Kind, Table, Value};

/// The form of the data; the page's script reads this one.
const FORM: u32 = 1;

/// Writes the tables, and returns how many machines they hold.
pub(super) fn write(view: &View<'_>, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let mut data = DeflateEncoder::new(Letters::new(out), Compression::new(6));
    let mut machines = 0;
    let language = view.options.language;
    let readiness = Readiness::ALL.iter().map(|token| (language.words(words::readiness(*token)), token.as_str()));
    let readiness: BTreeMap<&str, &str> = readiness.collect();
    let runs = view.assessment.runs.iter().map(|run| run.edition.target.as_str().replace('-', "_"));
    let runs: Vec<String> = runs.collect();
    write!(data, "{{\"form\":{FORM},\"readiness\":{},\"runs\":{},\"tables\":[", json(&readiness), json(&runs))?;
    for (number, table) in view.tables().iter().enumerate() {
        if number > 0 {
            data.write_all(b",")?;
        }
        write_table(table, language, &mut data)?;
        if table.name == Inventory::Vms.as_str() {
            machines = table.len as u64;
        }
    }
    data.write_all(b"]}")?;
    data.finish()?.finish()?;
    Ok(machines)
}

/// A column under way: each different value once, what is shown of it, and which of them each row has.
struct Column {
    head: Head,
    known: FxHashMap<String, u32>,
    texts: Vec<String>,
    said: Vec<String>,
    rows: Vec<u32>,
}

/// Takes rows in, cell by cell.
struct Taken {
    columns: Vec<Column>,
    next: usize,
    language: Language,
}

impl Cells for Taken {
    fn cell(&mut self, head: &Head, value: Value<'_>) {
        let place = self.next % self.columns.len();
        self.next += 1;
        let column = &mut self.columns[place];
        // Nothing is no text, and is the first value of every column.
        if value == Value::Nothing {
            column.rows.push(0);
            return;
        }
        let speech = self.language.cells();
        let (plain, said) = match value {
            // By its own word a value has its colour, and by its day its order, in every language.
            Value::Word(_) | Value::Flag(_) | Value::Date(_) => (value.plain(), Some(value.told(speech))),
            _ if head.is_key() => (value.plain(), None),
            Value::Nothing
            | Value::Text(_)
            | Value::Named(..)
            | Value::Wording(_)
            | Value::Said(_)
            | Value::Number(_) => (value.told(speech), None),
        };
        let known = column.known.get(plain.as_ref()).copied();
        column.rows.push(known.unwrap_or_else(|| {
            column.said.push(said.unwrap_or_else(|| plain.clone()).into_owned());
            column.texts.push(plain.to_string());
            let number = u32::try_from(column.texts.len()).expect("rows are counted below 2^32");
            column.known.insert(plain.into_owned(), number);
            number
        }));
    }
}

fn write_table(table: &Table<'_>, language: Language, data: &mut impl Write) -> io::Result<()> {
    let column = |head: &Head| Column {
        head: head.clone(),
        known: FxHashMap::default(),
        texts: Vec::new(),
        said: Vec::new(),
        rows: Vec::new(),
    };
    let mut taken = Taken { columns: table.heads.iter().map(column).collect(), next: 0, language };
    for row in 0..table.len {
        table.row(row, &mut taken);
    }
    write!(data, "{{\"name\":{}", json(table.name))?;
    write_title(if table.name == Inventory::Vms.as_str() { "machines" } else { table.name }, language, data)?;
    write!(data, ",\"rows\":{},\"columns\":[", table.len)?;
    for (number, column) in taken.columns.into_iter().enumerate() {
        if number > 0 {
            data.write_all(b",")?;
        }
        write_column(&column, language, data)?;
    }
    data.write_all(b"]}")
}

fn write_column(column: &Column, language: Language, data: &mut impl Write) -> io::Result<()> {
    let is_number = match column.head.kind {
        Kind::Number => true,
        Kind::Text | Kind::Flag | Kind::Date => false,
    };
    write!(data, "{{\"name\":{}", json(&column.head.name))?;
    write_title(&column.head.name, language, data)?;
    write!(data, ",\"number\":{is_number},\"values\":[null")?;
    for text in &column.texts {
        data.write_all(b",")?;
        if is_number {
            data.write_all(text.as_bytes())?;
        } else {
            data.write_all(json(visible(text).as_ref()).as_bytes())?;
        }
    }
    if column.said != column.texts {
        data.write_all(b"],\"said\":[null")?;
        for text in &column.said {
            data.write_all(b",")?;
            data.write_all(json(visible(text).as_ref()).as_bytes())?;
        }
    }
    data.write_all(b"],\"of\":[")?;
    // A column that is all one value needs no list.
    let is_same = column.rows.windows(2).all(|pair| pair[0] == pair[1]);
    let rows = if is_same { column.rows.get(..1).unwrap_or(&[]) } else { &column.rows };
    let mut line = String::with_capacity(rows.len() * 4);
    for (number, value) in rows.iter().enumerate() {
        if number > 0 {
            line.push(',');
        }
        line.push_str(&value.to_string());
    }
    data.write_all(line.as_bytes())?;
    data.write_all(b"]}")
}

/// Writes what a table or column is called where the language has a word of its own; the page makes the English of the name.
fn write_title(name: &str, language: Language, data: &mut impl Write) -> io::Result<()> {
    let heading = heading(name);
    let title = language.speech().words(&heading);
    if title == heading { Ok(()) } else { write!(data, ",\"title\":{}", json(title)) }
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}
