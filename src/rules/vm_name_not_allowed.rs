//! A machine's name must be one that an Azure machine may bear.

use super::prelude::*;
use crate::model::Phrase;

pub(super) static RULE: Rule = Rule {
    name: "vm-name-not-allowed",
    summary: "The machine's name is not one that a replicated machine may bear in Azure.",
    remedy: "Set a conforming Azure name in the machine's Site Recovery properties; that also works once it is protected.",
    why: "Azure names are short, of letters, digits and hyphens, and start and end with a letter or digit.",
    needs: &[Field::VmName],
    limits: &[("maximum", Kind::Count), ("letters_digits_hyphens_only", Kind::Flag), ("alphanumeric_ends", Kind::Flag)],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["Payroll (old)", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["web_01", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["web-01-", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let name = vm.name.need()?;
    let Some(wrong) = wrong(&name.value, limits) else { return Ok(Verdict::Met) };
    let maximum = limits.count("maximum").unwrap_or(u64::MAX);
    let expected = say!("at most {maximum} letters, digits and hyphens, a letter or digit first and last", maximum);
    Ok(Verdict::observed(
        say!("`{name}`: {wrong}", name = Arg::named(Identity::Machine, &name.value), wrong),
        expected,
        Some(name.origin),
    ))
}

/// What is wrong with a name.
fn wrong(name: &str, limits: &Limits) -> Option<Phrase> {
    let bytes = name.as_bytes();
    if limits.flag("letters_digits_hyphens_only") == Some(true)
        && let Some(odd) = name.chars().find(|letter| !letter.is_ascii_alphanumeric() && *letter != '-')
    {
        return Some(say!("`{letter}` is not allowed", letter = Arg::named(Identity::Free, &odd.to_string())));
    }
    if limits.flag("alphanumeric_ends") == Some(true) {
        let ends = [bytes.first(), bytes.last()];
        if !ends.iter().all(|end| end.is_some_and(u8::is_ascii_alphanumeric)) {
            return Some("does not start and end with a letter or digit".into());
        }
    }
    let length = name.chars().count() as u64;
    let too_long = limits.count("maximum").is_some_and(|maximum| length > maximum);
    too_long.then(|| say!("{length} characters", length))
}
