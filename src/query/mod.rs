//! SQL over published tables: what a query asks of them, and its answer.

mod answer;
mod fault;
mod sql;

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use polars::prelude::{
    AnonymousScan, AnonymousScanArgs, DataFrame, DataType, Field, LazyFrame, PlSmallStr, PolarsResult,
    ScanArgsAnonymous, Schema, polars_err,
};
use polars::sql::SQLContext;

pub use answer::{Answer, Cell, Kind, Tables, described};
use sql::Statement;

/// A query read.
#[derive(Clone, Debug)]
pub struct Query {
    statement: Statement,
}

/// What a query asks for: the columns of each table that it reads.
pub type Asked = BTreeMap<String, Vec<String>>;

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// When it is not one SELECT, in a sentence.
    pub fn read(sql: &str) -> Result<Self, String> {
        Statement::read(sql).map(|statement| Self { statement })
    }

    /// Whether it may speak of a table: the table's name is one of its words.
    #[must_use]
    pub fn names(&self, table: &str) -> bool {
        self.statement.words.contains(table)
    }

    /// What it asks of tables. It is put to empty ones, so that this takes no longer for large ones.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence. `every` are the names of all tables that there are.
    pub fn asks(&mut self, tables: &Tables, every: &[&str]) -> Result<Asked, String> {
        let told = |error| fault::told(&error, tables, every);
        let columns = self.put_to(&empty(tables)).and_then(|mut plan| plan.collect_schema()).map_err(told)?;
        self.statement.settle_order(&columns);
        let scans = empty(tables);
        self.put_to(&scans).and_then(LazyFrame::collect).map_err(told)?;
        let asked = |(name, scan): (String, Arc<Scan>)| {
            let asked = scan.asked.lock().map(|asked| asked.clone()).unwrap_or_default();
            let all = || scan.schema.iter_names().map(ToString::to_string).collect::<Vec<_>>();
            // A table that was named and not read may be read yet when the others are not empty.
            let columns =
                asked.map_or_else(all, |asked| all().into_iter().filter(|name| asked.contains(name)).collect());
            (name, columns)
        };
        Ok(scans.into_iter().map(asked).collect())
    }

    /// Puts it to tables that hold at least the columns that it [asks](Self::asks) for.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn answer(&self, tables: &Tables, mut frames: BTreeMap<String, DataFrame>) -> Result<Answer, String> {
        let scan = |(name, schema): (&String, &Schema)| {
            (
                name.clone(),
                Arc::new(Scan { schema: schema.clone(), held: frames.remove(name), asked: Mutex::default() }),
            )
        };
        let scans = tables.iter().map(scan).collect();
        let frame = self.put_to(&scans).and_then(LazyFrame::collect);
        frame.map(Answer::of).map_err(|error| fault::told(&error, tables, &[]))
    }

    fn put_to(&self, scans: &BTreeMap<String, Arc<Scan>>) -> PolarsResult<LazyFrame> {
        let mut context = SQLContext::new();
        for (name, scan) in scans {
            let arguments = ScanArgsAnonymous { schema: Some(Arc::new(scan.schema.clone())), ..Default::default() };
            context.register(name, LazyFrame::anonymous_scan(Arc::<Scan>::clone(scan), arguments)?);
        }
        context.execute(&self.statement.text())
    }
}

fn empty(tables: &Tables) -> BTreeMap<String, Arc<Scan>> {
    let scan = |schema: &Schema| Arc::new(Scan { schema: schema.clone(), held: None, asked: Mutex::default() });
    tables.iter().map(|(name, schema)| (name.clone(), scan(schema))).collect()
}

/// A table as a query reads it: empty, or with what is held of it.
struct Scan {
    schema: Schema,
    held: Option<DataFrame>,
    /// The columns that were read; none before it was.
    asked: Mutex<Option<BTreeSet<String>>>,
}

impl AnonymousScan for Scan {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn scan(&self, asked: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let all = || self.schema.iter_names().cloned().collect::<Vec<_>>();
        let mut names = asked.with_columns.map_or_else(all, |names| names.to_vec());
        if names.is_empty() {
            // How many rows there are is known by a column.
            names.extend(self.schema.iter_names().next().cloned());
        }
        if let Ok(mut seen) = self.asked.lock() {
            seen.get_or_insert_default().extend(names.iter().map(ToString::to_string));
        }
        if let Some(frame) = &self.held {
            return frame.select(names);
        }
        let field = |name: &PlSmallStr| Ok(Field::new(name.clone(), column(&self.schema, name)?));
        let fields = names.iter().map(field).collect::<PolarsResult<Vec<_>>>()?;
        Ok(DataFrame::empty_with_schema(&fields.into_iter().collect()))
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }
}

fn column(schema: &Schema, name: &str) -> PolarsResult<DataType> {
    schema.get(name).cloned().ok_or_else(|| polars_err!(ColumnNotFound: "{name}"))
}
