//! A condition in SQL, checked before it is put to a table: known columns, like compared with like, and every part
//! of it true, false or unknown as SQL says.

use polars::prelude::{BooleanFunction, DataFrame, DataType, Expr, FunctionExpr, IntoLazy, LiteralValue, Operator};
use polars::prelude::{PolarsResult, StringFunction};
use polars::sql::sql_expr;

use super::wording;
use crate::near::near;
use crate::tables::{Inventory, Kind, LARGEST};

/// A condition on the rows of a table.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    expr: Expr,
    /// The columns it names, in the table's order.
    pub(super) columns: Vec<&'static str>,
}

/// What a part of a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Text,
    /// A whole number, with the largest that it can be, whatever its sign.
    Number(u128),
    Flag,
}

impl Part {
    const fn kind(self) -> Kind {
        match self {
            Self::Text => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Flag => Kind::Flag,
        }
    }
}

impl Condition {
    /// Reads a condition on a table.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub(super) fn read(sql: &str, table: Inventory) -> Result<Self, String> {
        wording::check(sql)?;
        drop(sql_expr(sql).map_err(|error| wording::syntax(&error.to_string()))?);
        // The parser stops at the end of the first expression; between brackets, what follows it is an error.
        let expr = sql_expr(format!("({sql}\n)"))
            .map_err(|_| "the condition goes on after its end; join its parts by AND or OR".to_owned())?;
        let mut columns = Vec::new();
        let part = part(&expr, table, &mut columns)?;
        if part != Part::Flag {
            return Err(format!("a condition is true or false, and this one gives {}", part.kind()));
        }
        if columns.is_empty() {
            return Err(format!("the condition names no column of {table}"));
        }
        let columns = table.names().filter(|name| columns.contains(name)).collect();
        Ok(Self { expr, columns })
    }

    /// The condition for each row of a frame: true, false, or `None` where it cannot be told.
    ///
    /// # Errors
    /// When the frame lacks a column of the condition, which would be a defect, or a pattern is too large.
    pub(super) fn put_to(&self, frame: &DataFrame) -> PolarsResult<Vec<Option<bool>>> {
        let answers = frame.clone().lazy().select([self.expr.clone().alias("when")]).collect()?;
        Ok(answers.column("when")?.bool()?.iter().collect())
    }
}

/// What an expression comes to, when everything in it is known to keep to SQL's true, false and unknown.
fn part(expr: &Expr, table: Inventory, columns: &mut Vec<&'static str>) -> Result<Part, String> {
    match expr {
        Expr::Column(name) => column(name, table, columns),
        Expr::Literal(value) => literal(value),
        Expr::BinaryExpr { left, op, right } => {
            let sides = (part(left, table, columns)?, part(right, table, columns)?);
            binary(*op, sides, (left, right))
        }
        // NOT arrives with a cast to true or false, because SQL takes numbers for conditions; Klar does not.
        Expr::Cast { expr, dtype, .. } if dtype.as_literal() == Some(&DataType::Boolean) => {
            match part(expr, table, columns)? {
                Part::Flag => Ok(Part::Flag),
                other => Err(format!("NOT is for what is true or false, and {} holds {}", shown(expr), other.kind())),
            }
        }
        // A floor division arrives with a cast to the whole number that it is.
        Expr::Cast { expr, dtype, .. } if dtype.as_literal() == Some(&DataType::Int64) => {
            match (&**expr, part(expr, table, columns)?) {
                (Expr::BinaryExpr { op: Operator::FloorDivide, .. }, number @ Part::Number(_)) => Ok(number),
                (_, _) => Err(wording::unsupported()),
            }
        }
        Expr::Function { input, function } => call(input, function, table, columns),
        _ => Err(wording::unsupported()),
    }
}

fn column(name: &str, table: Inventory, columns: &mut Vec<&'static str>) -> Result<Part, String> {
    let Some((name, kind)) = table.column(name) else {
        let known: Vec<&str> = table.names().collect();
        let nearest = near(name, &known);
        let hint = if nearest.is_empty() {
            format!("its columns are {}", known.join(", "))
        } else {
            format!("near it: {}", nearest.join(", "))
        };
        return Err(format!("{table} has no column `{name}`; {hint}. A text stands between single quotes: '{name}'"));
    };
    columns.push(name);
    Ok(match kind {
        Kind::Text | Kind::Date => Part::Text,
        Kind::Number => Part::Number(u128::from(LARGEST.unsigned_abs())),
        Kind::Flag => Part::Flag,
    })
}

fn literal(value: &LiteralValue) -> Result<Part, String> {
    if value.is_null() {
        return Err("a comparison with NULL is never true; write IS NULL or IS NOT NULL".to_owned());
    }
    if value.extract_str().is_some() {
        return Ok(Part::Text);
    }
    if value.bool().is_some() {
        return Ok(Part::Flag);
    }
    if value.get_datatype().is_float() {
        return Err("numbers are whole; write the limit without decimals".to_owned());
    }
    match value.extract_i64() {
        Ok(number) => Ok(Part::Number(u128::from(number.unsigned_abs()))),
        Err(_) => Err(wording::unsupported()),
    }
}

fn binary(op: Operator, sides: (Part, Part), (left, right): (&Expr, &Expr)) -> Result<Part, String> {
    match (op, sides) {
        (Operator::And | Operator::Or, (Part::Flag, Part::Flag)) => Ok(Part::Flag),
        (Operator::And | Operator::Or, (one, other)) => {
            let (expr, kind) = if one == Part::Flag { (right, other.kind()) } else { (left, one.kind()) };
            Err(format!("AND and OR join what is true or false, and {} holds {kind}", shown(expr)))
        }
        (
            Operator::Eq
            | Operator::NotEq
            | Operator::Lt
            | Operator::LtEq
            | Operator::Gt
            | Operator::GtEq
            | Operator::EqValidity
            | Operator::NotEqValidity,
            (one, other),
        ) => like(left, one, right, other).map(|()| Part::Flag),
        (Operator::Plus | Operator::Minus, (Part::Number(one), Part::Number(other))) => {
            bounded(one.saturating_add(other))
        }
        (Operator::Multiply, (Part::Number(one), Part::Number(other))) => bounded(one.saturating_mul(other)),
        (Operator::FloorDivide | Operator::Modulus, (number @ Part::Number(_), Part::Number(_))) => Ok(number),
        (Operator::Divide | Operator::TrueDivide, _) => {
            Err("/ leaves decimals; multiply the other side instead, or divide by // which rounds down".to_owned())
        }
        (Operator::Plus | Operator::Minus | Operator::Multiply | Operator::FloorDivide | Operator::Modulus, _) => {
            Err("arithmetic is for whole numbers".to_owned())
        }
        (Operator::Xor | Operator::LogicalAnd | Operator::LogicalOr, _) => Err(wording::unsupported()),
    }
}

/// A number that arithmetic gives must fit 64 bits, or the comparison would be wrong.
fn bounded(largest: u128) -> Result<Part, String> {
    if largest > u128::from(i64::MAX.unsigned_abs()) {
        return Err("the numbers multiplied or added may be larger than 2^63, beyond what is exact".to_owned());
    }
    Ok(Part::Number(largest))
}

fn like(left: &Expr, one: Part, right: &Expr, other: Part) -> Result<(), String> {
    if one.kind() == other.kind() {
        return Ok(());
    }
    Err(format!(
        "{} holds {} and {} holds {}; only like is compared with like",
        shown(left),
        one.kind(),
        shown(right),
        other.kind()
    ))
}

fn call(
    input: &[Expr],
    function: &FunctionExpr,
    table: Inventory,
    columns: &mut Vec<&'static str>,
) -> Result<Part, String> {
    match (function, input) {
        (FunctionExpr::Boolean(BooleanFunction::Not), [expr]) => match part(expr, table, columns)? {
            Part::Flag => Ok(Part::Flag),
            other => Err(format!("NOT is for what is true or false, and {} holds {}", shown(expr), other.kind())),
        },
        (FunctionExpr::Boolean(BooleanFunction::IsNull | BooleanFunction::IsNotNull), [expr]) => {
            part(expr, table, columns).map(|_| Part::Flag)
        }
        (FunctionExpr::Boolean(BooleanFunction::IsIn { .. }), [expr, Expr::Literal(LiteralValue::Series(list))]) => {
            let one = part(expr, table, columns)?;
            let items = list.explode(false).map_err(|error| error.to_string())?;
            if items.null_count() > 0 {
                return Err("NULL in a list makes IN unknown; leave it out, and add OR ... IS NULL".to_owned());
            }
            let kind = match items.dtype() {
                DataType::String => Kind::Text,
                DataType::Boolean => Kind::Flag,
                dtype if dtype.is_integer() => Kind::Number,
                _ => return Err("a list holds texts or whole numbers, not both".to_owned()),
            };
            if kind == one.kind() {
                Ok(Part::Flag)
            } else {
                Err(format!("{} holds {} and the list holds {kind}", shown(expr), one.kind()))
            }
        }
        (
            FunctionExpr::StringExpr(
                StringFunction::Contains { .. } | StringFunction::StartsWith | StringFunction::EndsWith,
            ),
            [text, pattern],
        ) => {
            for expr in [text, pattern] {
                text_of(expr, table, columns)?;
            }
            Ok(Part::Flag)
        }
        (FunctionExpr::StringExpr(StringFunction::Lowercase | StringFunction::Uppercase), [text]) => {
            text_of(text, table, columns).map(|()| Part::Text)
        }
        (FunctionExpr::StringExpr(StringFunction::LenChars), [text]) => {
            text_of(text, table, columns).map(|()| Part::Number(u128::from(u32::MAX)))
        }
        (_, _) => Err(wording::unsupported()),
    }
}

fn text_of(expr: &Expr, table: Inventory, columns: &mut Vec<&'static str>) -> Result<(), String> {
    match part(expr, table, columns)? {
        Part::Text => Ok(()),
        other => Err(format!("{} holds {}, where a text is needed", shown(expr), other.kind())),
    }
}

/// A part of the condition as its author knows it.
fn shown(expr: &Expr) -> String {
    match expr {
        Expr::Column(name) => name.to_string(),
        Expr::Literal(value) => match (value.extract_str(), value.extract_i64()) {
            (Some(text), _) => format!("'{text}'"),
            (None, Ok(number)) => number.to_string(),
            (None, Err(_)) => "a value".to_owned(),
        },
        _ => "an expression".to_owned(),
    }
}
