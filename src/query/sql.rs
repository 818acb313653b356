//! The text of a query: one SELECT, whose rows come in the same order every time.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use polars::prelude::{DataType, Schema};
use sqlparser::ast::{
    self, Distinct, Expr, GroupByExpr, Ident, OrderBy, OrderByExpr, Query, Select, SelectItem, SetExpr, TableFactor,
    TableWithJoins, Value, VisitMut, VisitorMut,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, Tokenizer};

/// The longest query, in bytes.
const LONGEST: usize = 64 << 10;

/// A SELECT.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    query: Box<Query>,
    /// The words that may be names of tables.
    pub(super) words: BTreeSet<String>,
}

impl Statement {
    /// Reads a query.
    ///
    /// # Errors
    /// When it is not one SELECT.
    pub(super) fn read(sql: &str) -> Result<Self, String> {
        if sql.len() > LONGEST {
            return Err(format!("the query is {} bytes long, at most {LONGEST} are read", sql.len()));
        }
        let tokens = Tokenizer::new(&GenericDialect {}, sql).tokenize_with_location();
        let tokens = tokens.map_err(|error| syntax(&error.into()))?;
        let words = tokens.iter().filter_map(|token| match &token.token {
            Token::Word(word) => Some(word.value.clone()),
            _ => None,
        });
        let words = words.collect();
        let mut parser = Parser::new(&GenericDialect {}).with_tokens_with_locations(tokens);
        let mut statements = parser.parse_statements().map_err(|error| syntax(&error))?;
        let (Some(ast::Statement::Query(mut query)), true) = (statements.pop(), statements.is_empty()) else {
            return Err("a query is one SELECT; nothing else can be asked, and nothing is changed by it".to_owned());
        };
        unite(&mut query)?;
        if let ControlFlow::Break(fault) = query.visit(&mut Engine) {
            return Err(fault);
        }
        Ok(Self { query, words })
    }

    /// The query as text.
    pub(super) fn text(&self) -> String {
        self.query.to_string()
    }

    /// Orders rows that would come in any order otherwise, or that its own order leaves even, by the columns of the result
    /// from left to right: groups are found on every core, and must not differ from run to run.
    pub(super) fn settle_order(&mut self, columns: &Schema) {
        let query = &mut *self.query;
        if query.order_by.is_none() && query.with.is_none() && is_plain(&query.body) {
            return;
        }
        let keys =
            (1_usize..).zip(columns.iter_values()).filter(|(_, kind)| can_be_sorted_by(kind)).map(|(place, _)| {
                let expr = Expr::Value(Value::Number(place.to_string(), false));
                OrderByExpr { expr, asc: None, nulls_first: None, with_fill: None }
            });
        let order = query.order_by.get_or_insert_with(|| OrderBy { exprs: Vec::new(), interpolate: None });
        let is_all =
            |key: &OrderByExpr| matches!(&key.expr, Expr::Identifier(name) if name.value.to_uppercase() == "ALL");
        if !order.exprs.iter().any(is_all) {
            order.exprs.extend(keys);
        }
    }
}

fn number(number: usize) -> Expr {
    Expr::Value(Value::Number(number.to_string(), false))
}

/// Makes a query one that the engine understands as it is meant. Each list of plain columns to group by gets a key more, which
/// says of the first whether it is there and so parts no group: without it the engine would leave the work to its streaming
/// part, which needs an async runtime and is not built in.
struct Engine;

impl VisitorMut for Engine {
    type Break = String;

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<String> {
        match expr {
            Expr::Identifier(name) => quote(name),
            Expr::CompoundIdentifier(names) => names.iter_mut().for_each(quote),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<String> {
        let is_cut = query.order_by.is_some() || query.limit.is_some();
        let united = if is_cut { unite(query) } else { Ok(()) };
        united.and_then(|()| settle_groups(&mut query.body)).map_or_else(ControlFlow::Break, ControlFlow::Continue)
    }
}

/// Makes tables that are put below one another a table of its own: the engine orders what is selected from a table, and what
/// is put together in no way at all.
fn unite(query: &mut Query) -> Result<(), String> {
    if !matches!(*query.body, SetExpr::SetOperation { .. }) {
        return Ok(());
    }
    let whole = format!("SELECT * FROM ({}) AS united", query.body);
    let parsed = Parser::parse_sql(&GenericDialect {}, &whole).map_err(|error| syntax(&error))?;
    if let Some(ast::Statement::Query(whole)) = parsed.into_iter().next() {
        query.body = whole.body;
    }
    Ok(())
}

/// Names a column between quotes, as the engine's parser would take some of ours, such as `cluster`, for words of its own.
fn quote(name: &mut Ident) {
    if name.value.to_uppercase() != "ALL" {
        name.quote_style = Some('"');
    }
}

fn settle_groups(body: &mut SetExpr) -> Result<(), String> {
    match body {
        SetExpr::Select(select) => {
            let Select { projection, group_by, .. } = &mut **select;
            let GroupByExpr::Expressions(keys, _) = group_by else {
                return Err("GROUP BY ALL is not understood; name the columns to group by".to_owned());
            };
            let plain: Option<Vec<Expr>> = keys.iter().map(|key| plain_column(key, projection)).collect();
            if let Some(first) = plain.and_then(|plain| plain.into_iter().next()) {
                keys.push(Expr::Case {
                    operand: None,
                    conditions: vec![Expr::IsNull(Box::new(first))],
                    results: vec![number(1)],
                    else_result: Some(Box::new(number(0))),
                });
            }
            Ok(())
        }
        SetExpr::SetOperation { left, right, .. } => settle_groups(left).and_then(|()| settle_groups(right)),
        // What stands between brackets is a query of its own.
        _ => Ok(()),
    }
}

/// The column that a key is, where it is no more than that: by its name or its place in what is selected.
fn plain_column(key: &Expr, projection: &[SelectItem]) -> Option<Expr> {
    match key {
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => Some(key.clone()),
        Expr::Value(Value::Number(place, _)) => match projection.get(place.parse::<usize>().ok()?.checked_sub(1)?)? {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_)).then(|| expr.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether rows come in the order of the table's.
fn is_plain(body: &SetExpr) -> bool {
    let SetExpr::Select(select) = body else { return false };
    let Select { distinct, from, group_by, .. } = &**select;
    let is_grouped = match group_by {
        GroupByExpr::All(_) => true,
        GroupByExpr::Expressions(keys, _) => !keys.is_empty(),
    };
    let is_table = |from: &TableWithJoins| from.joins.is_empty() && matches!(from.relation, TableFactor::Table { .. });
    !is_grouped && !matches!(distinct, Some(Distinct::Distinct | Distinct::On(_))) && from.iter().all(is_table)
}

const fn can_be_sorted_by(kind: &DataType) -> bool {
    !matches!(kind, DataType::List(_) | DataType::Null)
}

/// A parser's error without what only the parser knows.
fn syntax(error: &ParserError) -> String {
    let text = match error {
        ParserError::RecursionLimitExceeded => return "the query is nested too deeply".to_owned(),
        ParserError::TokenizerError(text) | ParserError::ParserError(text) => text,
    };
    format!("not SQL: {}", text.replace("found: EOF", "found its end"))
}
