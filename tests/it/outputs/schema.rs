//! A checker of JSON Schema that knows the words the assessment's schema uses, and refuses any other.

use serde_json::{Map, Value};

/// Where a value breaks a schema, each as a path and what is wrong there.
pub fn breaches(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    for (word, rule) in schema.as_object().expect("a schema is an object") {
        let holds = match word.as_str() {
            // Words for people, and what is looked at below.
            "$ref" => {
                let name = rule.as_str().and_then(|name| name.strip_prefix("#/$defs/")).expect("a place in the schema");
                check(root, &root["$defs"][name], value, place, found);
                true
            }
            "anyOf" => rule.as_array().expect("a list").iter().any(|rule| {
                let mut inside = Vec::new();
                check(root, rule, value, place, &mut inside);
                inside.is_empty()
            }),
            "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().expect("a number")),
            "$schema"
            | "$defs"
            | "default"
            | "$id"
            | "title"
            | "description"
            | "prefixItems"
            | "properties"
            | "additionalProperties" => true,
            "type" => names(rule).iter().any(|name| is_of(value, name)),
            "enum" => rule.as_array().expect("a list").contains(value),
            "const" => rule == value,
            "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().expect("a number")),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().expect("a count")),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().expect("a count")),
            "pattern" => value.as_str().is_none_or(|text| fits(text, rule.as_str().expect("a pattern"))),
            "format" => {
                let is_number = rule.as_str().is_some_and(|format| format.starts_with("uint") || format == "int64");
                is_number || value.as_str().is_none_or(|text| is_date(text, rule))
            }
            "required" => {
                let known = value.as_object();
                names(rule).iter().all(|name| known.is_none_or(|known| known.contains_key(*name)))
            }
            "items" => {
                let first = schema.get("prefixItems").map_or(0, |list| list.as_array().expect("a list").len());
                for (index, item) in value.as_array().into_iter().flatten().enumerate().skip(first) {
                    check(root, rule, item, &format!("{place}[{index}]"), found);
                }
                true
            }
            other => panic!("{place}: this checker does not know `{other}`"),
        };
        if !holds {
            found.push(format!("{place} breaks {word} {rule}"));
        }
    }
    for (index, rule) in schema.get("prefixItems").and_then(Value::as_array).into_iter().flatten().enumerate() {
        if let Some(item) = value.get(index) {
            check(root, rule, item, &format!("{place}[{index}]"), found);
        }
    }
    if let Some(members) = value.as_object() {
        check_members(root, schema, members, place, found);
    }
}

fn check_members(root: &Value, schema: &Value, members: &Map<String, Value>, place: &str, found: &mut Vec<String>) {
    for (name, member) in members {
        let place = format!("{place}.{name}");
        let known = schema.get("properties").and_then(|properties| properties.get(name));
        match known.or_else(|| schema.get("additionalProperties")) {
            Some(Value::Bool(false)) => found.push(format!("{place} is not in the schema")),
            Some(Value::Bool(true)) | None => {}
            Some(rule) => check(root, rule, member, &place, found),
        }
    }
}

/// A word or a list of words.
fn names(rule: &Value) -> Vec<&str> {
    match rule {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().map(|name| name.as_str().expect("a word")).collect(),
        other => panic!("{other} is neither a word nor a list of words"),
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("this checker does not know the type `{other}`"),
    }
}

fn fits(text: &str, pattern: &str) -> bool {
    assert_eq!(pattern, "^[0-9a-f]{64}$", "this checker knows one pattern");
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_date(text: &str, format: &Value) -> bool {
    assert_eq!(format, "date", "this checker knows one format");
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
