//! The table `plan`: a row per machine, with what it becomes, when, where, and for how much.

use super::super::view::View;
use crate::model::{Arg, Identity, Phrase, Vm, say};
use crate::plan::{Asks, Bases, Basis, MachinePlan, Offer, Outcome, Plan, Sizing, Standing, words};
use crate::tables::{Column, Shape, Table, Value};

struct Machines;

impl Shape for Machines {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    vm: &'a Vm,
    index: usize,
    plan: &'a Plan<'a>,
    machine: &'a MachinePlan,
    size: Option<&'a Offer>,
    given: Given,
}

/// How the facts are known that a size is chosen by.
struct Given {
    vcpus: Option<Basis>,
    memory: Option<Basis>,
    disks: Option<Basis>,
}

const COLUMNS: &[Column<Machines>] = &[
    Column::text("vm", |row| Value::named(Identity::Machine, Some(row.vm.shown_name()))),
    Column::text("vm_id", |row| Value::named(Identity::Id, row.vm.id.value().map(|id| &**id))),
    Column::text("host", |row| Value::named(Identity::Host, row.vm.host.value().map(|host| &**host))),
    Column::text("size", |row| Value::text(row.size.map(|size| &*size.name))),
    Column::text("family", |row| Value::text(row.size.map(|size| &*size.family))),
    Column::number("vcpus", |row| Value::number(row.size.map(|size| size.vcpus))),
    Column::number("memory_mib", |row| Value::number(row.size.map(|size| size.memory.0))),
    Column::text("why", |row| said(why(row))),
    Column::text("smaller", |row| Value::text(smaller(row).map(|(size, _)| &*size.name))),
    Column::text("why_not_smaller", |row| said(smaller(row).map(|(_, lacks)| words::why_not_smaller(lacks)))),
    Column::text("disk_tiers", |row| tiers(row)),
    Column::number("wave", |row| Value::number(row.plan.wave_of(row.index).map(|(wave, _)| wave.number))),
    Column::text("target_network", |row| landing(row, false)),
    Column::text("target_subnet", |row| landing(row, true)),
    Column::text("monthly_cost", |row| cost(row)),
    Column::text("currency", |row| Value::text(row.plan.cost.as_ref().map(|cost| cost.currency.as_str()))),
    Column::text("missing", |row| said(missing(row))),
    Column::text("standing", |row| Value::Word(standing(row))),
    Column::text("not_verified", |row| said(chosen(row).and_then(|choice| words::not_verified(&choice.unverified)))),
    Column::text("alternatives", |row| alternatives(row)),
    Column::text("right_size", |row| Value::text(right(row).map(|offer| &*offer.name))),
    Column::number("right_size_vcpus", |row| {
        Value::number(row.machine.right_sized.as_ref().map(|(_, right)| right.vcpus.value))
    }),
    Column::number("right_size_memory_mib", |row| {
        Value::number(row.machine.right_sized.as_ref().map(|(_, right)| right.memory.value.0))
    }),
    Column::text("size_basis", |row| Value::word(row.size.map(|size| size.basis.as_str()))),
    Column::text("right_size_basis", |row| said(right_basis(row))),
    Column::number("asked_vcpus", |row| Value::number(asks(row).map(|asks| asks.vcpus))),
    Column::number("asked_memory_mib", |row| Value::number(asks(row).map(|asks| asks.memory.0))),
    Column::number("asked_data_disks", |row| Value::number(asks(row).map(|asks| asks.data_disks))),
    Column::text("asked_vcpus_basis", |row| Value::word(asked_basis(row, row.given.vcpus))),
    Column::text("asked_memory_basis", |row| Value::word(asked_basis(row, row.given.memory))),
    Column::text("asked_data_disks_basis", |row| Value::word(asks(row).and(row.given.disks).map(Basis::as_str))),
    Column::text("monthly_cost_basis", |row| {
        let cost = row.plan.cost.as_ref().filter(|_| cost(row) != Value::Nothing);
        cost.map_or(Value::Nothing, |cost| Value::said(words::cost_basis(cost)))
    }),
];

/// The table of the machines, planned or not.
pub fn plan<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Table<'a> {
    let bases = Bases::of(view.estate);
    Table::of("plan", COLUMNS, view.estate.vms.len(), move |index| {
        let vm = &view.estate.vms[index];
        let given = Given {
            vcpus: bases.of_fact(&vm.vcpus),
            memory: bases.of_fact(&vm.memory),
            disks: vm.disk_count().ok().map(|count| bases.at(count.origin)),
        };
        Row { vm, index, plan, machine: &plan.machines[index], size: plan.size_of(index), given }
    })
}

/// What the size was asked to have.
fn asks<'r>(row: &Row<'r>) -> Option<&'r Asks> {
    row.plan.choice_of(row.index).map(|(asks, _)| asks)
}

/// How something asked is known: as given, or estimated where the machine is planned by what it uses.
fn asked_basis(row: &Row<'_>, given: Option<Basis>) -> Option<&'static str> {
    asks(row)?;
    let is_measured = row.plan.sizing == Sizing::RightSized && row.machine.right_sized.is_some();
    let basis = if is_measured { Some(Basis::Estimated) } else { given };
    basis.map(Basis::as_str)
}

fn said(phrase: Option<Phrase>) -> Value<'static> {
    phrase.map_or(Value::Nothing, Value::said)
}

fn chosen<'r>(row: &Row<'r>) -> Option<&'r crate::plan::SizeChoice> {
    row.plan.choice_of(row.index).and_then(|(_, outcome)| outcome.as_ref().ok())
}

fn why(row: &Row<'_>) -> Option<Phrase> {
    let (asks, outcome) = row.plan.choice_of(row.index)?;
    Some(words::why(asks, outcome, &row.plan.offers))
}

fn smaller<'r>(row: &Row<'r>) -> Option<(&'r Offer, &'r [crate::plan::Shortfall])> {
    let (size, lacks) = chosen(row)?.smaller.as_ref()?;
    Some((row.plan.offers.get(*size), lacks))
}

fn tiers(row: &Row<'_>) -> Value<'static> {
    let disks = row.plan.disks_of(u32::try_from(row.index).unwrap_or(u32::MAX));
    let names: Vec<&str> = disks.iter().map(|disk| disk.tier.map_or("?", |tier| &tier.tier)).collect();
    if names.is_empty() { Value::Nothing } else { Value::Text(names.join("; ").into()) }
}

fn landing<'r>(row: &'r Row<'_>, subnet: bool) -> Value<'r> {
    let found = row.plan.landing_of(row.vm).filter(|_| row.machine.standing == Standing::Planned);
    let name = found.and_then(|landing| if subnet { landing.subnet.as_deref() } else { Some(&*landing.network) });
    Value::named(Identity::Network, name)
}

fn cost(row: &Row<'_>) -> Value<'static> {
    let total =
        row.plan.cost.as_ref().and_then(|cost| Some(cost.shown(cost.machines.get(row.index)?.as_ref()?.total()?)));
    total.map_or(Value::Nothing, |total| Value::Text(total.into()))
}

fn missing(row: &Row<'_>) -> Option<Phrase> {
    let mut list: Vec<Arg> = Vec::new();
    if let Some(Err(missing)) = &row.machine.allocated {
        list.push(words::missing(*missing).into());
    }
    let disks = row.plan.disks_of(u32::try_from(row.index).unwrap_or(u32::MAX));
    let size = disks.iter().find_map(|disk| match disk.tier {
        Err(crate::plan::NoTier::Missing(missing)) => Some(missing),
        Ok(_) | Err(_) => None,
    });
    list.extend(size.map(|missing| Arg::from(words::missing(missing))));
    (!list.is_empty()).then(|| say!("{list}", list = Arg::List(list.into())))
}

const fn standing(row: &Row<'_>) -> &'static str {
    match row.machine.standing {
        Standing::Planned => "planned",
        Standing::NotReady => "not-ready",
        Standing::Excluded(_) => "excluded",
    }
}

fn alternatives(row: &Row<'_>) -> Value<'static> {
    let Some(choice) = chosen(row).filter(|choice| !choice.alternatives.is_empty()) else { return Value::Nothing };
    let names: Vec<&str> = choice.alternatives.iter().map(|index| &*row.plan.offers.get(*index).name).collect();
    Value::Text(names.join("; ").into())
}

fn right<'r>(row: &Row<'r>) -> Option<&'r Offer> {
    let (choice, _) = row.machine.right_sized.as_ref()?;
    let (_, outcome): &(_, Outcome) = row.plan.choices.get(*choice as usize)?;
    outcome.as_ref().ok().map(|choice| row.plan.offers.get(choice.size))
}

/// What a right size is from, and of which percentile the utilisation is, as far as the site says.
fn right_basis(row: &Row<'_>) -> Option<Phrase> {
    let (_, right) = row.machine.right_sized.as_ref()?;
    let facts = row.plan.facts;
    let vcpus = words::basis(right.vcpus.basis, right.vcpus.from, facts);
    let memory = words::basis(right.memory.basis, right.memory.from, facts);
    let both = say!("vCPUs {vcpus}; memory {memory}", vcpus = vcpus, memory = memory);
    Some(match row.plan.percentile {
        Some(percentile) => {
            say!("{both}; of the percentile {percentile}, as configured", both = both, percentile = percentile)
        }
        None => say!("{both}; no one says of which percentile", both = both),
    })
}
