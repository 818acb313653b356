//! The memory a machine is judged by, from startup, static and maximum memory.

use crate::model::{Fact, Mebibytes, Vm};

/// The maximum that Hyper-V gives every machine until someone sets one: 1 TiB.
const UNTOUCHED: Mebibytes = Mebibytes(1_048_576);

/// Settles a machine's memory: the maximum where memory is dynamic and a maximum was set, else what it starts with.
pub(super) fn settle(vm: &mut Vm) {
    let most = match (vm.dynamic_memory.value(), &vm.memory_maximum) {
        (Some(true), Fact::Known(most)) if most.value < UNTOUCHED => Some(Fact::Known(*most)),
        (Some(_) | None, Fact::Known(_) | Fact::Missing(_)) => None,
    };
    let start = vm.memory_startup.is_known().then(|| vm.memory_startup.clone());
    if let Some(memory) = most.or(start) {
        vm.memory = memory;
    }
}
