//! The text of a condition before it is parsed: what it may hold, and how the parser's errors read.

/// The longest condition, in bytes.
const LONGEST: usize = 4096;
/// The most AND, OR, NOT, comparisons and arithmetic in a condition; each may cost the evaluation some of its stack.
const MOST_PARTS: usize = 100;

/// Checks the letters, quotes and brackets of a condition, and the words that would not keep unknown apart from false.
pub(super) fn check(sql: &str) -> Result<(), String> {
    if sql.trim().is_empty() {
        return Err("the condition is empty".to_owned());
    }
    if sql.len() > LONGEST {
        return Err(format!(
            "the condition is {} bytes long, at most {LONGEST} are allowed; split the rule",
            sql.len()
        ));
    }
    let bare = unquoted(sql)?;
    if bare.contains("--") || bare.contains("/*") {
        return Err("a condition holds no comments; write them in TOML, after #".to_owned());
    }
    let mut depth = 0_u32;
    for letter in bare.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or("a bracket is closed that none opened")?,
            '.' => {
                return Err("numbers are whole, and columns are named without their table; leave out the .".to_owned());
            }
            ';' => return Err("a condition is one expression; leave out the ;".to_owned()),
            _ if letter.is_alphanumeric() || letter.is_whitespace() || "_,<>=!+-*/%".contains(letter) => {}
            _ => return Err(format!("`{letter}` has no meaning in a condition")),
        }
    }
    if depth > 0 {
        return Err("a bracket is opened that none closes".to_owned());
    }
    let words: Vec<String> = bare
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_uppercase)
        .collect();
    let joins = words.iter().filter(|word| ["AND", "OR", "NOT"].contains(&word.as_str())).count();
    let signs = bare.matches(|letter: char| "<>=!+-*/%".contains(letter)).count();
    if joins + signs > MOST_PARTS {
        return Err(format!(
            "the condition has {} parts, at most {MOST_PARTS} are allowed; use IN (...), or split the rule",
            joins + signs
        ));
    }
    if bare.trim_end().ends_with(',') {
        return Err("the condition ends in a comma".to_owned());
    }
    if words.iter().any(|word| word == "SELECT") {
        return Err("a condition looks at one row; it holds no SELECT".to_owned());
    }
    let hides = words.iter().enumerate().filter(|(_, word)| *word == "IS").any(|(at, _)| {
        let after = words[at + 1..].iter().find(|word| *word != "NOT");
        after.is_some_and(|word| ["TRUE", "FALSE", "UNKNOWN"].contains(&word.as_str()))
    });
    if hides {
        return Err(
            "IS TRUE and IS FALSE hide what is unknown; name the column alone, or NOT and the column".to_owned()
        );
    }
    Ok(())
}

/// The condition with the inside of every quoted text and name left out.
fn unquoted(sql: &str) -> Result<String, String> {
    let mut bare = String::with_capacity(sql.len());
    let mut letters = sql.chars();
    while let Some(letter) = letters.next() {
        if letter != '\'' && letter != '"' {
            bare.push(letter);
            continue;
        }
        if bare.ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            return Err(format!("a {letter} stands right after a word; leave a space between them"));
        }
        if !letters.any(|inside| inside == letter) {
            return Err(format!("a {letter} is opened that none closes"));
        }
        bare.push(' ');
    }
    Ok(bare)
}

/// A parser's error without what only the parser knows.
pub(super) fn syntax(error: &str) -> String {
    if error.contains("recursion limit") {
        return "the condition is nested too deeply; split the rule".to_owned();
    }
    if error.contains("building Series") {
        return "a list holds texts or whole numbers, not both".to_owned();
    }
    if error.contains("not currently supported") || error.contains("unsupported function") {
        return unsupported();
    }
    let error = error.trim_start_matches("sql parser error: ").replace("found: EOF", "found: its end");
    format!("not SQL: {error}")
}

/// What a condition may be made of.
pub(super) fn unsupported() -> String {
    "a condition is made of = <> < <= > >=, AND, OR, NOT, IN (...), BETWEEN, LIKE, ILIKE, IS NULL, IS NOT NULL, \
     + - * // %, LOWER, UPPER, LENGTH, STARTS_WITH and ENDS_WITH; the rest does not tell unknown from false"
        .to_owned()
}

/// The negated condition, on one line: what is expected of a row.
pub(super) fn negated(sql: &str) -> String {
    let lines: Vec<&str> = sql.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!("NOT ({})", lines.join(" "))
}
