//! A cell as people see it in what is told of a column.

use crate::ingest::table::Value;

/// A sample longer than this is cut.
const SAMPLE_CHARS: usize = 40;

/// A cell as a person would see it, cut where it is long.
pub(super) fn written(value: Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.chars().take(SAMPLE_CHARS).collect(),
        Value::Number(number) | Value::Date(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
    }
}
