//! A machine's name should serve as the name of an Azure virtual machine.

use super::prelude::*;
use crate::model::Phrase;

pub(super) static RULE: Rule = Rule {
    name: "vm-resource-name-not-allowed",
    summary: "The machine's name cannot be the name of an Azure virtual machine.",
    remedy: "Choose another name for the machine in Azure; the computer name inside the guest may stay.",
    why: "Azure resource names are limited in length and characters. The naming article's newer edition gives the host \
          name's characters and says that the resource name itself may have up to 64.",
    needs: &[Field::VmName],
    limits: &[
        ("maximum_length", Kind::Count),
        ("forbidden", Kind::Text),
        ("spaces", Kind::Flag),
        ("forbidden_first", Kind::Text),
        ("forbidden_last", Kind::Text),
    ],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["web/01 [old]", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["web-01-", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let name = vm.name.need()?;
    match fault(&name.value, limits) {
        Some(expected) => Ok(Verdict::refused(Identity::Machine, name, expected)),
        None => Ok(Verdict::Met),
    }
}

/// What a name should be and is not.
fn fault(name: &str, limits: &Limits) -> Option<Phrase> {
    let length = name.chars().count() as u64;
    if let Some(longest) = limits.count("maximum_length")
        && length > longest
    {
        return Some(say!("at most {longest} characters", longest));
    }
    let forbidden = limits.text("forbidden").unwrap_or_default();
    if let Some(character) = name.chars().find(|character| forbidden.contains(*character)) {
        return Some(say!("a name without `{character}`", character = Arg::text(&character.to_string())));
    }
    let blank = |character: char| character.is_whitespace() || character.is_control();
    if limits.flag("spaces") == Some(false) && name.contains(blank) {
        return Some("a name without spaces".into());
    }
    let first = limits.text("forbidden_first").unwrap_or_default();
    if name.starts_with(|character| first.contains(character)) {
        return Some(say!("a name that does not start with any of `{letters}`", letters = Arg::text(first)));
    }
    let last = limits.text("forbidden_last").unwrap_or_default();
    name.ends_with(|character| last.contains(character))
        .then(|| say!("a name that does not end in any of `{letters}`", letters = Arg::text(last)))
}
