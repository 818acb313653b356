//! Two inputs that give a machine different values: the first is kept, and a note says so.

use super::doubts::Doubts;
use crate::model::{Fact, Field, Vm};

/// Notes where a further row of a machine contradicts what is known of it.
pub(super) fn note(known: &Vm, other: &Vm, doubts: &mut Doubts) {
    compare(&known.generation, &other.generation, |a, b| a == b, known, Field::Generation, doubts);
    compare(&known.memory, &other.memory, |a, b| a == b, known, Field::Memory, doubts);
    compare(&known.vcpus, &other.vcpus, |a, b| a == b, known, Field::Vcpus, doubts);
    compare(&known.guest_os, &other.guest_os, |a, b| same_os(a, b), known, Field::GuestOs, doubts);
}

fn compare<T: ToString>(
    mine: &Fact<T>,
    theirs: &Fact<T>,
    same: impl Fn(&T, &T) -> bool,
    vm: &Vm,
    field: Field,
    doubts: &mut Doubts,
) {
    if let (Fact::Known(mine), Fact::Known(theirs)) = (mine, theirs)
        && !same(&mine.value, &theirs.value)
    {
        doubts.conflict(field, mine.origin, theirs.origin, || {
            (vm.shown_name().to_owned(), mine.value.to_string(), theirs.value.to_string())
        });
    }
}

/// Whether two names may mean one operating system: equal but for decoration, or one says more than the other.
fn same_os(one: &str, other: &str) -> bool {
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    let (one, other) = (plain(one), plain(other));
    one.contains(&other) || other.contains(&one)
}

/// The name without maker, bitness and signs.
fn plain(name: &str) -> String {
    let mut plain: String = name.to_lowercase();
    for decoration in ["64-bit edition of", "microsoft", "(64-bit)", "(64 bit)", "(32-bit)", "(32 bit)", "gnu/linux"] {
        plain = plain.replace(decoration, "");
    }
    plain.retain(char::is_alphanumeric);
    plain
}
