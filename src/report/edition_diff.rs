//! What differs between two editions of requirements, for a person.

use std::collections::{BTreeMap, BTreeSet};

use super::phrased::{Block, Cell, Fact, Section, Table};
use super::rulebook::scope;
use super::story::{columns, heading};
use crate::catalogue::{Edition, Limit, Requirement};
use crate::model::{Arg, Phrase, say};

/// The items shown of a list that comes or goes with its requirement.
const LISTED: usize = 4;

/// Tells what the second edition requires otherwise than the first.
#[must_use]
pub fn diff<'a>(old: &'a Edition, new: &'a Edition) -> Section<'a> {
    let pairs: Vec<(&Requirement, &Requirement)> =
        new.requirements.iter().filter_map(|item| Some((find(old, &item.check)?, item))).collect();
    let limits: Vec<Fact> = pairs.iter().flat_map(|(old, new)| limits(old, new)).collect();
    let parts = [
        ("Added", requirements(only(new, old))),
        ("Removed", requirements(only(old, new))),
        ("Severity", changes(&pairs, |item| item.severity.as_str()).into_iter().collect()),
        ("If not known", changes(&pairs, |item| item.when_missing.as_str()).into_iter().collect()),
        ("Limits", limits_block(limits).into_iter().collect()),
        ("Notices added", notices(new, old).into_iter().collect()),
        ("Notices removed", notices(old, new).into_iter().collect()),
    ];
    let between = |old: Arg, new: Arg| say!("{old} -> {new}", old = old, new = new);
    let published = say!("published {days}", days = between(old.published.into(), new.published.into()));
    let mut blocks = vec![Block::Text(published)];
    for (title, part) in parts.into_iter().filter(|(_, part): &(&str, Vec<Block<'_>>)| !part.is_empty()) {
        blocks.push(heading("", title));
        blocks.extend(part);
    }
    if blocks.len() == 1 {
        blocks.push(Block::Text("The same is required.".into()));
    }
    let title = between(Arg::text(&old.id()), Arg::text(&new.id()));
    Section { id: "editions".to_owned(), title, blocks, ..Section::default() }
}

fn find<'a>(edition: &'a Edition, check: &str) -> Option<&'a Requirement> {
    edition.requirements.iter().find(|item| item.check == check)
}

/// The requirements that one edition has and another has not.
fn only<'a>(edition: &'a Edition, other: &Edition) -> Vec<&'a Requirement> {
    edition.requirements.iter().filter(|item| find(other, &item.check).is_none()).collect()
}

/// Requirements, and below them the limits of those that have any: beside each other there is no room for both.
fn requirements(listed: Vec<&Requirement>) -> Vec<Block<'_>> {
    if listed.is_empty() {
        return Vec::new();
    }
    let asks = |item: &Requirement| {
        let limits = item
            .limits
            .iter()
            .map(|(key, limit)| Arg::from(say!("{key} {limit}", key = Arg::text(key), limit = short(limit))));
        let limits: Vec<Arg> = limits.collect();
        let value = Phrase::from(Arg::Items(limits.clone().into()));
        (!limits.is_empty()).then(|| Fact { label: Arg::text(&item.check).into(), value: value.into() })
    };
    let limits: Vec<Fact> = listed.iter().filter_map(|item| asks(item)).collect();
    let table = Block::Table(Table {
        columns: columns(&[("Severity", 12, false), ("Requirement", 40, false), ("Judges each", 20, false)]),
        len: listed.len(),
        row: Box::new(move |index| {
            let item = listed[index];
            vec![item.severity.as_str().into(), Arg::text(&item.check).into(), scope(item).into()]
        }),
        empty: Phrase::default(),
        of_machines: false,
    });
    std::iter::once(table).chain(limits_block(limits)).collect()
}

fn limits_block<'a>(limits: Vec<Fact>) -> Option<Block<'a>> {
    (!limits.is_empty()).then_some(Block::Facts(limits))
}

/// A limit, a long list by its beginning; klar rules explain shows it whole.
fn short(limit: &Limit) -> Phrase {
    match limit {
        Limit::List(list) if list.len() > LISTED => {
            let (first, more) = list.split_at(LISTED - 1);
            say!("{items} and {more} more", items = Arg::texts(", ", first), more = more.len())
        }
        Limit::List(_) | Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) => {
            Arg::text(&limit.to_string()).into()
        }
    }
}

/// The requirements of which something is otherwise than it was.
fn changes<'a>(
    pairs: &[(&'a Requirement, &'a Requirement)],
    of: fn(&Requirement) -> &'static str,
) -> Option<Block<'a>> {
    let differ: Vec<(&Requirement, &Requirement)> =
        pairs.iter().copied().filter(|(old, new)| of(old) != of(new)).collect();
    (!differ.is_empty()).then(|| {
        Block::Table(Table {
            columns: columns(&[("Requirement", 40, false), ("Before", 16, false), ("After", 16, false)]),
            len: differ.len(),
            row: Box::new(move |index| {
                let (old, new) = differ[index];
                vec![Cell::from(Arg::text(&new.check)), of(old).into(), of(new).into()]
            }),
            empty: Phrase::default(),
            of_machines: false,
        })
    })
}

/// The limits of a requirement that changed; a list by what it gained and lost.
fn limits(old: &Requirement, new: &Requirement) -> Vec<Fact> {
    let (before, after): (BTreeMap<&str, &Limit>, BTreeMap<&str, &Limit>) =
        (old.limits.iter().collect(), new.limits.iter().collect());
    let keys: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let facts = keys.into_iter().filter_map(|key| {
        let change = match (before.get(key), after.get(key)) {
            (Some(Limit::List(old)), Some(Limit::List(new))) => list_change(old, new)?,
            (Some(old), Some(new)) if old == new => return None,
            (old, new) => say!("{old} -> {new}", old = value(old.copied()), new = value(new.copied())),
        };
        let label = say!("{requirement}, {key}", requirement = Arg::text(&new.check), key = Arg::text(key));
        Some(Fact { label, value: change.into() })
    });
    facts.collect()
}

fn value(limit: Option<&Limit>) -> Arg {
    limit.map_or(Arg::Word("none"), |limit| Arg::text(&limit.to_string()))
}

fn list_change(old: &[String], new: &[String]) -> Option<Phrase> {
    let only = |sign: &'static str, list: &[String], other: &[String]| {
        let items: Vec<&String> = list.iter().filter(|item| !other.contains(item)).collect();
        (!items.is_empty())
            .then(|| Arg::from(say!("{sign} {items}", sign = Arg::Word(sign), items = Arg::texts(", ", items))))
    };
    let changes: Vec<Arg> = [only("-", old, new), only("+", new, old)].into_iter().flatten().collect();
    (!changes.is_empty()).then(|| Arg::Items(changes.into()).into())
}

/// The notices that one edition has and another has not.
fn notices<'a>(edition: &Edition, other: &Edition) -> Option<Block<'a>> {
    let known = |name: &str| other.notices.iter().any(|notice| notice.name == name);
    let names = edition.notices.iter().map(|notice| &notice.name).filter(|name| !known(name));
    let names: Vec<&String> = names.collect();
    (!names.is_empty()).then(|| Block::Text(Arg::texts(", ", names).into()))
}
