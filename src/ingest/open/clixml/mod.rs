//! CLIXML as `Export-Clixml` writes it: every object by its .NET type, with the names of what it points to.

mod graph;

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::envelope;
use super::flatten::flatten;
use super::json_tree::Json;
use super::nested::{self, ItemList};
use crate::ingest::limits::{Budget, Limits, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::Reading;
use graph::{Content, Graph, Value};

/// Types of which every object is told, wherever it stands: a machine points to its host and its cloud.
const TOLD_ANYWHERE: &[&str] = &[
    "VirtualMachineManager.Host",
    "VirtualMachineManager.HostCluster",
    "VirtualMachineManager.Cloud",
    "VirtualMachineManager.HostGroup",
    "VirtualMachineManager.VMHostGroup",
    "Remoting.ServerConnection",
];
/// The fewest properties of an object that was not cut down to its name.
const WHOLE: usize = 6;
/// What is said of an object that another one points to.
const NAMING: &[&str] = &["Name", "FQDN", "FullyQualifiedDomainName", "Path", "ID", "Id"];
/// Members whose objects are told in full, since they are parts of the machine.
const PARTS: &[&str] = &[
    "VirtualDiskDrives",
    "VirtualHardDisks",
    "VirtualHardDisk",
    "VirtualNetworkAdapters",
    "HardDrives",
    "NetworkAdapters",
];
/// How many objects deep a part is told.
const DEEPEST: usize = 4;

/// Whether a text begins as CLIXML, from a file or from a remote session.
pub(super) fn begins(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("#< CLIXML") || text.get(..2048.min(text.len())).unwrap_or(text).contains("<Objs")
}

/// Reads the objects of a file, a table for each type.
pub(super) fn read(text: &str, limits: &Budget) -> Result<Reading, Refusal> {
    let text = text.trim_start();
    let text = text.strip_prefix("#< CLIXML").unwrap_or(text).trim_start();
    let graph = Graph::read(text, limits)?;
    let mut tables = Tables { graph: &graph, limits, told: FxHashSet::default(), values: 0, lists: Vec::new() };
    tables.collect()?;
    let mut reading = Reading::default();
    let mut cells = 0;
    for list in tables.lists.into_iter().flat_map(nested::part) {
        let mut grid = flatten(list.sheet, &list.items, limits)?;
        grid.type_name = list.type_name;
        cells += count(grid.cell_count());
        within(cells, limits.file_cells, "cells in one file")?;
        limits.spend_table(&grid)?;
        reading.grids.push(grid);
    }
    if reading.grids.is_empty() { Err(Refusal::ClixmlWithoutObjects) } else { Ok(reading) }
}

struct Tables<'g, 'l> {
    graph: &'g Graph,
    limits: &'l Limits,
    told: FxHashSet<usize>,
    values: u64,
    lists: Vec<ItemList<'g>>,
}

impl<'g> Tables<'g, '_> {
    fn collect(&mut self) -> Result<(), Refusal> {
        let graph = self.graph;
        let mut untyped = Vec::new();
        let mut waiting: Vec<&Value> = graph.roots.iter().rev().collect();
        let mut seen = FxHashSet::default();
        while let Some(value) = waiting.pop() {
            let (Value::Object(object) | Value::Mention(object)) = value else { continue };
            if !seen.insert(*object) {
                continue;
            }
            match &graph.objects[*object].content {
                Content::List(items) => waiting.extend(items.iter().rev()),
                Content::Pairs(pairs) => waiting.extend(pairs.iter().rev().map(|(_, value)| value)),
                Content::Scalar(_) => {}
                Content::Nothing if !graph.is_thing(*object) => {}
                Content::Nothing => match graph.type_name(*object) {
                    Some(type_name) => self.tell(type_name, *object)?,
                    None => untyped.push(self.thing(*object, 0)?),
                },
            }
        }
        for (object, known) in graph.objects.iter().enumerate() {
            let is_wanted = |name: &str| TOLD_ANYWHERE.iter().any(|tail| name.ends_with(tail));
            if let Some(type_name) = graph.type_name(object).filter(|name| is_wanted(name))
                && known.members.len() >= WHOLE
                && graph.is_thing(object)
            {
                self.tell(type_name, object)?;
            }
        }
        self.lists.extend(envelope::lists(untyped));
        Ok(())
    }

    /// Adds an object to the table of its type.
    fn tell(&mut self, type_name: &str, object: usize) -> Result<(), Refusal> {
        if !self.told.insert(object) {
            return Ok(());
        }
        let mut item = self.thing(object, 0)?;
        // A template is told from a machine by its type alone.
        if let Json::Object(members) = &mut item
            && type_name.ends_with("VirtualMachineManager.Template")
        {
            members.push((Cow::Borrowed("MarkedAsTemplate"), Json::Bool(true)));
        }
        if let Some(list) = self.lists.iter_mut().find(|list| list.type_name.as_deref() == Some(type_name)) {
            list.items.push(item);
        } else {
            let sheet = type_name.rsplit('.').next().unwrap_or(type_name).to_owned();
            self.lists.push(ItemList { sheet, type_name: Some(type_name.to_owned()), items: vec![item] });
        }
        Ok(())
    }

    /// An object with its properties.
    fn thing(&mut self, object: usize, depth: usize) -> Result<Json<'g>, Refusal> {
        let known = &self.graph.objects[object];
        let mut members = Vec::with_capacity(known.members.len());
        for (name, value) in &known.members {
            members.push((Cow::Borrowed(name.as_str()), self.property(name, value, depth)?));
        }
        Ok(Json::Object(members))
    }

    /// The value of a property, as deep as the property is a part of its object.
    fn property(&mut self, name: &str, value: &'g Value, depth: usize) -> Result<Json<'g>, Refusal> {
        self.values += 1;
        within(self.values, self.limits.file_cells, "values in one file")?;
        let (object, is_here) = match value {
            Value::Nothing => return Ok(Json::Null),
            Value::Bool(truth) => return Ok(Json::Bool(*truth)),
            Value::Number(number) => return Ok(Json::Number(*number)),
            Value::Text(text) => return Ok(Json::Text(Cow::Borrowed(text))),
            Value::Object(object) => (*object, true),
            Value::Mention(object) => (*object, false),
        };
        let known = &self.graph.objects[object];
        let said = || known.said.as_deref().map_or(Json::Null, |said| Json::Text(Cow::Borrowed(said)));
        let is_part = PARTS.contains(&name) || (is_here && self.graph.type_name(object).is_none());
        match &known.content {
            // An enumeration's word says more than its number.
            Content::Scalar(_) if known.said.as_deref().is_some_and(is_word) => Ok(said()),
            Content::Scalar(Value::Object(_) | Value::Mention(_)) => Ok(said()),
            Content::Scalar(value) => self.property(name, value, depth + 1),
            Content::List(items) if depth < DEEPEST => {
                let items: Result<Vec<_>, Refusal> =
                    items.iter().map(|item| self.property(name, item, depth + 1)).collect();
                Ok(Json::List(items?))
            }
            Content::Nothing if is_part && depth < DEEPEST && self.graph.is_thing(object) => {
                self.thing(object, depth + 1)
            }
            Content::Nothing if self.graph.is_thing(object) => Ok(self.naming(object).unwrap_or_else(said)),
            Content::Nothing | Content::List(_) | Content::Pairs(_) => Ok(said()),
        }
    }

    /// An object by the properties that name it.
    fn naming(&self, object: usize) -> Option<Json<'g>> {
        let members: Vec<(Cow<'g, str>, Json<'g>)> = self.graph.objects[object]
            .members
            .iter()
            .filter_map(|(name, value)| match value {
                Value::Text(text) if NAMING.contains(&name.as_str()) && !text.is_empty() => {
                    Some((Cow::Borrowed(name.as_str()), Json::Text(Cow::Borrowed(text.as_str()))))
                }
                _ => None,
            })
            .collect();
        (!members.is_empty()).then_some(Json::Object(members))
    }
}

fn is_word(said: &str) -> bool {
    said.starts_with(|letter: char| letter.is_alphabetic())
}
