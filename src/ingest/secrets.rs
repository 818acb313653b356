//! Passwords, keys and tokens that people leave in notes: found as a file is read, so that nothing after it can tell them.

use super::source::Source;
use super::table::Grid;
use crate::model::{Arg, Gravity, Note, cell_name, say};

/// What stands for a secret.
const WITHHELD: &str = "[secret withheld]";
/// Words that a secret follows, after a colon, an equals sign or "is".
const WORDS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passwort",
    "kennwort",
    "lösenord",
    "losenord",
    "adgangskode",
    "passord",
    "contraseña",
    "senha",
    "mot de passe",
    "secret",
    "client_secret",
    "clientsecret",
    "token",
    "access_token",
    "apikey",
    "api key",
    "api_key",
    "api-key",
    "accountkey",
    "account key",
    "sharedaccesskey",
    "sharedaccesssignature",
    "storage key",
    "sig",
];
/// What tokens of well-known services begin with.
const BEGINNINGS: &[&str] = &["ghp_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA"];
/// What the words of a secret end at.
const ENDS: &[char] = &[';', ',', '&', '"', '\'', ' ', '\t', '\n', '\r'];

/// Withholds secrets in the cells of a file's tables, and notes where they stood.
pub(super) fn withhold(source: &Source, grids: &mut [Grid], notes: &mut Vec<Note>) {
    for grid in grids {
        let found = grid.replace_texts(without_secrets);
        let Some((row, column)) = found.first else { continue };
        let cell = if grid.is_sheet {
            Arg::text(&cell_name(row, column))
        } else {
            say!("row {row}", row = Arg::at(row)).into()
        };
        let text = say!(
            "{count} {count:cell holds|cells hold} what looks like a password, key or token, first {cell}: it is told in no report. Whoever may read the input can use it; change it, and take it out of what is exported.",
            count = found.cells,
            cell
        );
        notes.push(source.note(Gravity::Doubt, &grid.sheet, text));
    }
}

/// A text without its secrets, when it has any.
pub(super) fn without_secrets(text: &str) -> Option<String> {
    // No secret is that short, and most cells are.
    if text.len() < 6 {
        return None;
    }
    let mut told = text.to_owned();
    private_keys(&mut told);
    addresses(&mut told);
    while let Some((from, to)) = after_a_word(&told) {
        told.replace_range(from..to, WITHHELD);
    }
    tokens(&mut told);
    (told != text).then_some(told)
}

/// Everything from a private key on: it has lines of its own, and whoever cut it may have left any number.
fn private_keys(text: &mut String) {
    if let Some(begin) = text.find("-----BEGIN ")
        && text[begin..].contains("PRIVATE KEY")
    {
        text.replace_range(begin.., WITHHELD);
    }
}

/// The password in `https://user:password@host`.
fn addresses(text: &mut String) {
    let Some(begin) = text.find("://").map(|at| at + 3) else { return };
    let end = text[begin..].find(['/', ' ', '"']).map_or(text.len(), |at| begin + at);
    let Some(at) = text[begin..end].rfind('@') else { return };
    if let Some(colon) = text[begin..begin + at].find(':')
        && colon + 1 < at
    {
        text.replace_range(begin + colon + 1..begin + at, WITHHELD);
    }
}

/// Where what follows one of the words stands, unless it is withheld already.
fn after_a_word(text: &str) -> Option<(usize, usize)> {
    let small = text.to_lowercase();
    // Letters whose small form is longer would shift every place.
    if small.len() != text.len() {
        return None;
    }
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    for word in WORDS {
        for (at, _) in small.match_indices(word) {
            let after = &text[at + word.len()..];
            let is_whole = !small[..at].ends_with(is_letter) || *word != "sig" && *word != "token" && *word != "secret";
            let gap = after.len() - after.trim_start_matches(['"', '\'', ' ']).len();
            let rest = &after[gap..];
            let sign = if rest.starts_with([':', '=']) {
                1
            } else if gap > 0 && rest.to_lowercase().starts_with("is ") {
                3
            } else {
                0
            };
            if sign == 0 || !is_whole {
                continue;
            }
            let value = rest[sign..].trim_start_matches(['"', '\'', ' ', '=', ':']);
            let from = text.len() - value.len();
            let length = value.find(ENDS).unwrap_or(value.len());
            if length > 0 && !value.starts_with('[') {
                return Some((from, from + length));
            }
        }
    }
    None
}

/// Words that are tokens by their look: those of well-known services, signed ones, and keys of storage accounts.
fn tokens(text: &mut String) {
    let is_end = |letter: char| ENDS.contains(&letter) || matches!(letter, '=' | ':' | '(' | ')' | '<' | '>');
    let found: Vec<String> = text
        .split([';', ',', '"', '\'', ' ', '\t', '\n', '\r', '<', '>', '(', ')'])
        .filter(|word| is_token(word.trim_matches(is_end)) || is_key(word))
        .map(str::to_owned)
        .collect();
    for word in found {
        *text = text.replace(&word, WITHHELD);
    }
}

fn is_token(word: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let known = BEGINNINGS.iter().any(|begin| word.starts_with(begin)) && word.len() >= 20 && letters(word);
    let signed = word.starts_with("eyJ") && word.len() >= 30 && word.matches('.').count() == 2;
    known || signed && word.split('.').all(letters)
}

/// Whether a word is 32 or 64 bytes in base 64, as keys are.
fn is_key(word: &str) -> bool {
    let body = word.trim_end_matches('=');
    let is_base_64 = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    let is_mixed =
        body.bytes().any(|byte| byte.is_ascii_uppercase()) && body.bytes().any(|byte| byte.is_ascii_lowercase());
    matches!((word.len(), word.len() - body.len()), (88, 2) | (44, 1)) && is_base_64 && is_mixed
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn passwords_keys_and_tokens_are_withheld_and_what_stands_beside_them_is_not() {
        let key = format!("{}==", "aB3/".repeat(21) + "xY");
        let cases = [
            ("admin / Password: Vinter2024!", "admin / Password: [secret withheld]"),
            ("lösenord=\"hemligt1\", ring Eva", "lösenord=\"[secret withheld]\", ring Eva"),
            ("the pwd is Sommar99 for sa", "the pwd is [secret withheld] for sa"),
            ("Server=db;Uid=sa;Pwd=x1y2z3;", "Server=db;Uid=sa;Pwd=[secret withheld];"),
            ("AccountName=a;AccountKey=abc+/123==;", "AccountName=a;AccountKey=[secret withheld];"),
            ("https://svc:Sekret1@repo.example/x", "https://svc:[secret withheld]@repo.example/x"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", "[secret withheld]"),
            ("use ghp_0123456789abcdefABCD now", "use [secret withheld] now"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[secret withheld]"),
            (key.as_str(), "[secret withheld]"),
        ];
        for (text, told) in cases {
            assert_eq!(without_secrets(text).as_deref(), Some(told), "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_secrets_is_left_as_it_is() {
        let texts = [
            "the password is kept in the vault of the site"[..12].to_owned(),
            "Password policy".to_owned(),
            "token ring".to_owned(),
            "Passage: 7".to_owned(),
            "/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333/resourceGroups/rg".to_owned(),
            "design: done".to_owned(),
        ];
        for text in texts {
            assert_eq!(without_secrets(&text), None, "{text}");
        }
    }
}
