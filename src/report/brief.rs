//! What stands last in the terminal: the verdict, the three actions that matter and the next step, on one screen of 80 columns
//! and 24 lines.

use super::lines::{line, paragraph};
use super::remedies::remedies;
use super::story;
use super::view::View;
use crate::model::{Arg, Phrase, say};

/// The actions told.
const ACTIONS: usize = 3;
/// The lines that a sentence may take; a site's own wording may be longer than a screen.
const LINES: usize = 4;
/// The lines that an action may take.
const LINES_OF_ACTION: usize = 3;

/// The verdict, the actions and the next step below an empty line; nothing when no machine was judged.
#[must_use]
pub fn brief(view: &View<'_>) -> String {
    let mut text = String::new();
    if view.estate.vms.is_empty() || view.assessment.runs.is_empty() {
        return text;
    }
    let language = view.options.language;
    text.push('\n');
    for phrase in story::verdict(view) {
        capped(&mut text, LINES, |text| paragraph(text, 0, &language.said(&phrase)));
    }
    let actions = actions(view);
    if !actions.is_empty() {
        text.push('\n');
        line(&mut text, 0, language.words("What to do first"));
        for (number, action) in (1..).zip(actions) {
            let action: String = format!("{number}. {}", language.said(&action));
            capped(&mut text, LINES_OF_ACTION, |text| line(text, 2, &action));
        }
    }
    if let Some(next) = story::next(view) {
        text.push('\n');
        capped(&mut text, LINES_OF_ACTION, |text| line(text, 0, &language.said(&say!("Next: {step}", step = next))));
    }
    text
}

/// The remedies that free the most machines; where there are fewer, the facts whose lack keeps the most from an answer.
fn actions(view: &View<'_>) -> Vec<Phrase> {
    let (remedies, _) = remedies(view, ACTIONS);
    let mut before = 0;
    let mut actions: Vec<Phrase> = Vec::new();
    for remedy in &remedies {
        let freed = remedy.together - before;
        before = remedy.together;
        let text = Arg::wording(remedy.text);
        actions.push(match freed {
            0 => say!(
                "{text} It helps {machines} {machines:machine|machines} that more holds back.",
                text = text,
                machines = remedy.machines
            ),
            _ => say!("{text} That frees {freed} {freed:machine|machines}.", text = text, freed = freed),
        });
    }
    let open = story::essential_gaps(view, ACTIONS - actions.len());
    actions.extend(open.into_iter().map(|(field, machines)| {
        say!(
            "Find out {fact}, missing for {machines} {machines:machine|machines}: {export}.",
            fact = field,
            machines = machines,
            export = Arg::Export(field)
        )
    }));
    actions
}

/// Writes at most as many lines as said; the last of more ends in an ellipsis.
fn capped(text: &mut String, lines: usize, write: impl FnOnce(&mut String)) {
    let mut whole = String::new();
    write(&mut whole);
    let shown: Vec<&str> = whole.lines().take(lines).collect();
    let shown = shown.join("\n");
    match whole.lines().nth(lines).and_then(|_| shown.rsplit_once(' ')) {
        // In place of the last word, as the line may be full.
        Some((all_but_last, _)) => {
            text.push_str(all_but_last);
            text.push_str(" …");
        }
        None => text.push_str(&shown),
    }
    text.push('\n');
}
