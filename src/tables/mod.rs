//! Published tables as typed values: each is written down once, and every writer takes the same.

mod carried;
mod frame;
mod heading;
mod hosts;
mod inventory;
mod parts;
mod row;
mod value;
mod vms;

use std::borrow::Cow;

use crate::model::{Field, Identity};

pub use frame::{LARGEST, data_type, days_since_1970, frame, published, schema};
pub use heading::heading;
pub use inventory::{Inventory, Item};
pub use value::{Kind, Value};

/// A column as a writer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name, which never changes; new columns are added at the end. That of a column that is carried through is its
    /// heading in the inputs.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// The fact it shows; none for what Klar concluded or where it was read.
    pub field: Option<Field>,
}

impl Head {
    /// Whether it names something from visit to visit, and so is the same in every language.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.name.ends_with("_id")
    }
}

/// What the rows of a table are made from.
pub trait Shape: 'static {
    /// Everything that the columns of a row are taken from.
    type Row<'a>;
}

/// How a row gives the value of a column.
pub type Get<S> = for<'r, 'a> fn(&'r <S as Shape>::Row<'a>) -> Value<'r>;

/// A column of a table: name, kind and getter on one line, so that they cannot part.
pub struct Column<S: Shape> {
    name: &'static str,
    kind: Kind,
    field: Option<Field>,
    get: Get<S>,
}

impl<S: Shape> Column<S> {
    /// Texts.
    pub const fn text(name: &'static str, get: Get<S>) -> Self {
        Self { name, kind: Kind::Text, field: None, get }
    }

    /// Whole numbers.
    pub const fn number(name: &'static str, get: Get<S>) -> Self {
        Self { name, kind: Kind::Number, field: None, get }
    }

    /// True or false.
    pub const fn flag(name: &'static str, get: Get<S>) -> Self {
        Self { name, kind: Kind::Flag, field: None, get }
    }

    /// Days.
    pub const fn date(name: &'static str, get: Get<S>) -> Self {
        Self { name, kind: Kind::Date, field: None, get }
    }

    /// The same column, showing a fact.
    #[must_use]
    pub const fn of(self, field: Field) -> Self {
        Self { field: Some(field), ..self }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it holds.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What writers see of it.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { name: Cow::Borrowed(self.name), kind: self.kind, field: self.field }
    }
}

/// What takes a row in: a line of CSV, a JSON object, a row of a workbook, columns of a frame.
pub trait Cells {
    /// Takes the next cell of the row.
    fn cell(&mut self, head: &Head, value: Value<'_>);
}

/// Gives the cells of the row of an index, one for each head, in order.
type Rows<'a> = Box<dyn Fn(usize, &mut dyn Cells) + Sync + Send + 'a>;

/// A published table: its heads, and rows made one at a time, so that a million of them take no memory.
pub struct Table<'a> {
    /// Its name, which is also its file's name without the ending.
    pub name: &'static str,
    /// Its columns, in order.
    pub heads: Vec<Head>,
    /// How many rows it has.
    pub len: usize,
    rows: Rows<'a>,
}

impl<'a> Table<'a> {
    /// A table of columns; `row` makes the row of an index, below `len`.
    pub fn of<S: Shape>(
        name: &'static str,
        columns: &'static [Column<S>],
        len: usize,
        row: impl Fn(usize) -> S::Row<'a> + Sync + Send + 'a,
    ) -> Self {
        let rows: Rows<'a> = Box::new(move |index, cells| {
            let row = row(index);
            for column in columns {
                let value = (column.get)(&row);
                debug_assert!(value.fits(column.kind), "{name}: {} holds {value:?}", column.name);
                cells.cell(&column.head(), value);
            }
        });
        Self { name, heads: columns.iter().map(Column::head).collect(), len, rows }
    }

    /// A table whose columns depend on what was found; `row` gives the cells of the row of an index, one for each head.
    pub fn with(
        name: &'static str,
        heads: Vec<Head>,
        len: usize,
        row: impl Fn(usize, &mut dyn Cells) + Sync + Send + 'a,
    ) -> Self {
        Self { name, heads, len, rows: Box::new(row) }
    }

    /// The table with further columns after its own; `more` gives their cells of the row of an index, one for each head.
    #[must_use]
    pub fn with_more(self, heads: Vec<Head>, more: impl Fn(usize, &mut dyn Cells) + Sync + Send + 'a) -> Self {
        let Self { name, heads: own, len, rows } = self;
        Self::with(name, own.into_iter().chain(heads).collect(), len, move |index, cells| {
            rows(index, cells);
            more(index, cells);
        })
    }

    /// The table with the column [`SITE`] first, so that the tables of many sites can be read as one; a column of its own of
    /// that name is then called [`EXPORTED_SITE`].
    #[must_use]
    pub fn of_site(self, site: &'a str) -> Self {
        let Self { name, heads, len, rows } = self;
        let with_site = std::iter::once(SITE_HEAD).chain(heads.into_iter().map(beside_site)).collect();
        Self::with(name, with_site, len, move |index, cells| {
            cells.cell(&SITE_HEAD, Value::named(Identity::Customer, Some(site)));
            rows(index, &mut BesideSite(cells));
        })
    }

    /// Hands the cells of a row to what takes them in.
    pub fn row(&self, index: usize, cells: &mut dyn Cells) {
        (self.rows)(index, cells);
    }

    /// Its column of a name.
    #[must_use]
    pub fn head(&self, name: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == name)
    }
}

/// The column that begins each table where those of many sites are read as one.
pub const SITE: &str = "site";
/// What a column named so by itself is called beside it: where a machine is, by its export.
pub const EXPORTED_SITE: &str = "exported_site";
const SITE_HEAD: Head = Head { name: Cow::Borrowed(SITE), kind: Kind::Text, field: None };

fn beside_site(head: Head) -> Head {
    if head.name == SITE { Head { name: Cow::Borrowed(EXPORTED_SITE), ..head } } else { head }
}

/// Cells handed on with the names that their columns have beside the site's.
struct BesideSite<'c>(&'c mut dyn Cells);

impl Cells for BesideSite<'_> {
    fn cell(&mut self, head: &Head, value: Value<'_>) {
        if head.name == SITE {
            self.0.cell(&beside_site(head.clone()), value);
        } else {
            self.0.cell(head, value);
        }
    }
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Table").field("name", &self.name).field("len", &self.len).finish_non_exhaustive()
    }
}
