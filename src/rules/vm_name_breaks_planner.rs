//! The deployment planner stumbles over some characters in a machine's name.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "vm-name-breaks-planner",
    summary: "The deployment planner cannot profile a machine with this name.",
    remedy: "Rename the machine before profiling it.",
    why: "The planner reads its list of machines as text, in which these characters mean something else.",
    needs: &[Field::VmName],
    limits: &[("characters", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["web-01 [old]", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(characters) = limits.list("characters") else { return Ok(Verdict::NotApplicable) };
    let name = vm.name.need()?;
    if characters.iter().any(|character| holds(&name.value, character)) {
        return Ok(Verdict::refused(
            Identity::Machine,
            name,
            say!("none of {characters}", characters = Arg::texts(" ", characters)),
        ));
    }
    Ok(Verdict::Met)
}

fn holds(name: &str, character: &str) -> bool {
    match character.as_bytes() {
        [byte] => name.as_bytes().contains(byte),
        _ => (character.is_ascii() || !name.is_ascii()) && name.contains(character),
    }
}
