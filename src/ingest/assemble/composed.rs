//! Letters with their marks as one sign each: some programs write "ö" as an "o" and a mark behind it.

use std::borrow::Cow;

/// Marks, each with the small letters that it is written on and what the two are together.
const MARKS: &[(char, &str, &str)] = &[
    ('\u{300}', "aeinou", "àèìǹòù"),
    ('\u{301}', "aceilnorsuyzæøg", "áćéíĺńóŕśúýźǽǿǵ"),
    ('\u{302}', "aceghijosuwy", "âĉêĝĥîĵôŝûŵŷ"),
    ('\u{303}', "ainou", "ãĩñõũ"),
    ('\u{304}', "aeiou", "āēīōū"),
    ('\u{306}', "aegiouи", "ăĕğĭŏŭй"),
    ('\u{307}', "cegz", "ċėġż"),
    ('\u{308}', "aeiouyеі", "äëïöüÿёї"),
    ('\u{30a}', "au", "åů"),
    ('\u{30b}', "ou", "őű"),
    ('\u{30c}', "cdelnrstz", "čďěľňřšťž"),
    ('\u{326}', "st", "șț"),
    ('\u{327}', "cgklnrst", "çģķļņŗşţ"),
    ('\u{328}', "aeiu", "ąęįų"),
];

/// A text in which each letter and the mark behind it are one sign; where there are such it is in lower case.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|sign| MARKS.iter().any(|(mark, ..)| *mark == sign)) {
        return Cow::Borrowed(text);
    }
    let mut composed = String::with_capacity(text.len());
    for sign in text.to_lowercase().chars() {
        match composed.chars().next_back().and_then(|letter| together(letter, sign)) {
            Some(one) => {
                composed.pop();
                composed.push(one);
            }
            None => composed.push(sign),
        }
    }
    Cow::Owned(composed)
}

/// A letter and its mark as one sign.
fn together(letter: char, mark: char) -> Option<char> {
    let (_, letters, signs) = MARKS.iter().find(|(known, ..)| *known == mark)?;
    letters.chars().position(|known| known == letter).and_then(|at| signs.chars().nth(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_and_its_mark_are_one_sign_in_every_row_of_the_table() {
        for (mark, letters, signs) in MARKS {
            assert_eq!(letters.chars().count(), signs.chars().count(), "{letters}");
            for (letter, sign) in letters.chars().zip(signs.chars()) {
                assert_eq!(composed(&format!("x{letter}{mark}y")), format!("x{sign}y"));
            }
        }
        assert_eq!(composed("O\u{308}rebro"), "örebro");
        assert_eq!(composed("Örebro"), "Örebro", "nothing to compose");
        assert_eq!(composed("q\u{308}"), "q\u{308}");
    }
}
