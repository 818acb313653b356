//! The verdict: how many machines can go, and what that means, in a few sentences.

use super::super::remedies::{Best, best, moving};
use super::super::view::View;
use super::super::words;
use crate::evaluate::Readiness;
use crate::model::{Arg, Phrase, say};

/// Where the estate stands, and what that means.
#[must_use]
pub fn verdict(view: &View<'_>) -> [Phrase; 2] {
    let best = best(view);
    [stands(view, best), meaning(best)]
}

fn stands(view: &View<'_>, best: Best) -> Phrase {
    let machines = view.estate.vms.len();
    let Best { ready, conditions, unknown, not_ready } = best;
    let roads: Vec<&'static str> = moving(view).map(|(_, run)| words::target(run.edition.target)).collect();
    match roads.as_slice() {
        [road] => say!(
            "Of {machines} {machines:machine|machines}, {ready} can go to Azure by {road} as {ready:it is|they are}, and {conditions} after a change. {not_ready} {not_ready:is|are} held back until a blocker is fixed, and of {unknown} too little is known to say.",
            machines = machines,
            ready = ready,
            road = Arg::Word(road),
            conditions = conditions,
            not_ready = not_ready,
            unknown = unknown
        ),
        roads => say!(
            "Of {machines} {machines:machine|machines}, {ready} can go to Azure as {ready:it is|they are}, and {conditions} after a change, by at least one of {roads}. {not_ready} {not_ready:is|are} held back on every road until a blocker is fixed, and of {unknown} too little is known to say.",
            machines = machines,
            ready = ready,
            conditions = conditions,
            roads = Arg::Joined(" and ", roads.iter().map(|road| Arg::Word(road)).collect()),
            not_ready = not_ready,
            unknown = unknown
        ),
    }
}

fn meaning(best: Best) -> Phrase {
    let machines = best.can_go() + best.unknown + best.not_ready;
    if best.can_go() == machines {
        say!("Nothing that could be checked stands in the way; what remains is to plan the move.")
    } else if best.unknown * 2 > machines {
        say!(
            "For most machines the inputs do not tell enough, so the first step is to find out more, and not yet to change machines."
        )
    } else if best.can_go() * 2 >= machines {
        say!(
            "The move can be planned and begun with {go:this one|these}. The others wait for the actions below, which come in the order that frees the most.",
            go = best.can_go()
        )
    } else if best.can_go() > 0 {
        say!(
            "Less than half of the estate can go today. The move can begin with {go:this one|these} while the actions below free the others.",
            go = best.can_go()
        )
    } else {
        say!("No machine can go today; the move begins with the actions below.")
    }
}

/// Machines that have a readiness on at least one of the roads judged.
pub(super) fn on_some_road(view: &View<'_>, readiness: Readiness) -> u64 {
    let has = |index: &usize| view.assessment.runs.iter().any(|run| run.vms[*index].readiness == readiness);
    (0..view.estate.vms.len()).filter(has).count() as u64
}
