//! Machines that inputs contradict each other about: what would be the answer by what was not believed.

use crate::model::{Field, Missing, Origin, Vm, Why};
use crate::rules::{Answer, Verdict};

/// The answer of a machine, unless what was not believed of it gives a worse one: then no one can tell.
pub(super) fn weigh(answer: Answer, vm: &Vm, others: impl Iterator<Item = Answer>) -> Answer {
    if !matches!(answer, Ok(Verdict::Met | Verdict::NotApplicable)) {
        return answer;
    }
    for other in others {
        if let Ok(Verdict::NotMet(evidence)) = other {
            return evidence.origin.and_then(|cell| disputed(vm, cell)).map_or(answer, Err);
        }
    }
    answer
}

/// The fact that a cell which was not believed gives.
fn disputed(vm: &Vm, cell: Origin) -> Option<Missing> {
    let of_machine = vm.disputed.iter().flat_map(Vm::facts);
    let set_aside = vm.disputed.iter().flat_map(|said| &said.disks);
    let of_disks = vm.disks.iter().flat_map(|disk| &disk.disputed).chain(set_aside).flat_map(crate::model::Disk::facts);
    let facts: Vec<(Field, Origin)> =
        of_machine.chain(of_disks).filter_map(|(field, fact)| Some((field, fact.ok()?.origin))).collect();
    let field = facts.iter().find(|(_, origin)| *origin == cell).or(facts.first()).map(|(field, _)| *field)?;
    Some(Missing { field, why: Why::Disputed(cell) })
}
