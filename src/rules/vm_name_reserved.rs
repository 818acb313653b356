//! Azure keeps some words to itself.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "vm-name-reserved",
    summary: "The machine's name is or contains a word that Azure reserves.",
    remedy: "Choose another name for the machine in Azure.",
    why: "Azure and its migration commands refuse trademarks and reserved words as names.",
    needs: &[Field::VmName],
    limits: &[("words", Kind::List), ("starts", Kind::List), ("parts", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs"], &[&["exchange-01", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["Exchange", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["old-windows-box", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["loginserver", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let name = vm.name.need()?;
    let bytes = name.value.as_bytes();
    let listed = |key: &str, hits: fn(&[u8], &[u8]) -> bool| {
        limits.list(key).unwrap_or_default().iter().find(|word| hits(bytes, word.as_bytes()))
    };
    let (word, expected) = if let Some(word) = listed("words", <[u8]>::eq_ignore_ascii_case) {
        (word, "not as the whole name")
    } else if let Some(word) = listed("starts", starts_with) {
        (word, "not at the start of a name")
    } else if let Some(word) = listed("parts", contains) {
        (word, "nowhere in a name")
    } else {
        return Ok(Verdict::Met);
    };
    Ok(Verdict::refused(
        Identity::Machine,
        name,
        say!("`{word}` {expected}", word = Arg::named(Identity::Free, word), expected),
    ))
}

fn starts_with(name: &[u8], word: &[u8]) -> bool {
    name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn contains(name: &[u8], word: &[u8]) -> bool {
    name.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}
