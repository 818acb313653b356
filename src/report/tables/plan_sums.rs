//! The tables of what a plan adds up to: `plan_sizes`, `plan_line` and `plan_cost`, each number with how it is known.

use std::collections::BTreeMap;

use crate::catalogue::Planning;
use crate::model::{Field, Phrase};
use crate::plan::{Amount, Basis, Cost, From, LinePlan, Money, Offer, Plan, words};
use crate::tables::{Column, Shape, Table, Value};

struct Sizes;

impl Shape for Sizes {
    type Row<'a> = (&'a Offer, u64, &'a Plan<'a>);
}

const SIZES: &[Column<Sizes>] = &[
    Column::text("size", |row| Value::text(Some(&row.0.name))),
    Column::text("family", |row| Value::text(Some(&row.0.family))),
    Column::number("vcpus", |row| Value::number(Some(row.0.vcpus))),
    Column::number("memory_mib", |row| Value::number(Some(row.0.memory.0))),
    Column::number("machines", |row| Value::number(Some(row.1))),
    Column::number("vcpus_in_all", |row| Value::number(Some(u64::from(row.0.vcpus) * row.1))),
    Column::text("size_basis", |row| Value::Word(row.0.basis.as_str())),
    Column::text("machines_basis", |_| Value::Word(Basis::Estimated.as_str())),
    Column::number("data_disks", |row| Value::number(Some(row.0.data_disks))),
    Column::number("adapters", |row| Value::number(row.0.nics)),
    Column::number("disk_operations", |row| Value::number(row.0.iops)),
    Column::number("disk_bytes_a_second", |row| Value::number(row.0.throughput.map(|rate| rate.0))),
    Column::flag("accelerated_networking", |row| Value::flag(row.0.accelerated)),
    Column::text("availability", |row| Value::Word(row.2.offers.availability.as_str())),
];

/// The table of the sizes chosen: a row per size, in the order that sizes are tried.
pub fn plan_sizes<'a>(plan: &'a Plan<'a>) -> Table<'a> {
    let mut counts: BTreeMap<_, (&Offer, u64)> = BTreeMap::new();
    for offer in (0..plan.machines.len()).filter_map(|index| plan.size_of(index)) {
        counts.entry(offer.order()).or_insert((offer, 0)).1 += 1;
    }
    let rows: Vec<(&Offer, u64)> = counts.into_values().collect();
    Table::of("plan_sizes", SIZES, rows.len(), move |index| (rows[index].0, rows[index].1, plan))
}

struct Line;

impl Shape for Line {
    type Row<'a> = Figure;
}

/// A number of the line, with its unit and how it is known.
#[derive(Clone)]
struct Figure {
    name: &'static str,
    of: Option<u64>,
    value: u64,
    unit: &'static str,
    basis: Phrase,
}

const LINE: &[Column<Line>] = &[
    Column::text("figure", |row| Value::Word(row.name)),
    Column::number("of", |row| Value::number(row.of)),
    Column::number("value", |row| Value::number(Some(row.value))),
    Column::text("unit", |row| Value::Word(row.unit)),
    Column::text("basis", |row| Value::said(row.basis.clone())),
];

/// The table of the line that replication uses: what it has to carry, how fast, and what it holds.
pub fn plan_line<'a>(plan: &'a Plan<'a>) -> Table<'a> {
    let figures = figures(&plan.line, plan.facts);
    Table::of("plan_line", LINE, figures.len(), move |index| figures[index].clone())
}

const FIRST: &[From] = &[From::Fact(Field::DiskSize), From::Fact(Field::DiskUsed)];
const ASKED: &[From] = &[From::Fact(Field::DiskSize)];
const UNTOLD: &[From] = &[From::Fact(Field::DailyChange)];
const SUPPOSED: &[From] = &[From::Fact(Field::DiskSize), From::Document("planner-run")];
const HELD: &[From] = &[From::Wish("bandwidth_mbit"), From::Wish("hours_a_day"), From::Fact(Field::DailyChange)];
const COPIES: &[From] = &[From::Document("questions")];

fn figures(line: &LinePlan, facts: &Planning) -> Vec<Figure> {
    let mut list = Vec::new();
    let mut add = |name, of, unit, amount: Amount<u64>| {
        let basis = words::basis(amount.basis, amount.from, facts);
        list.push(Figure { name, of, value: amount.value, unit, basis });
    };
    let published = |value: u64| Amount { value, basis: Basis::Published, from: COPIES };
    add("first copies", None, "bytes", Amount::estimated(line.data.0, FIRST));
    add("machines whose data is not known", None, "machines", Amount::estimated(line.unknown_data.into(), ASKED));
    add("growth", None, "percent", line.growth);
    if let Some(change) = line.change {
        let change = Amount { value: change.value.0, basis: change.basis, from: change.from };
        add("change a day, with growth", None, "bytes", change);
    }
    add("machines whose change is not known", None, "machines", Amount::estimated(line.unknown_change.into(), UNTOLD));
    if let Some(bandwidth) = line.bandwidth {
        add("bandwidth", None, "Mbit/s", bandwidth);
    }
    for (minutes, needs) in &line.recovery {
        let needs = Amount { value: needs.value.0, basis: needs.basis, from: needs.from };
        add("bandwidth for a recovery point of some minutes", Some((*minutes).into()), "kbit/s", needs);
    }
    if let Some(holds) = line.holds {
        add("machines that the line holds", None, "machines", Amount::estimated(holds.into(), HELD));
    }
    for supposed in &line.what_ifs {
        let of = Some(supposed.percent.into());
        add("change a day if some percent change", of, "bytes", Amount::estimated(supposed.change.0, SUPPOSED));
        add("bandwidth if some percent change", of, "kbit/s", Amount::estimated(supposed.needs.0, SUPPOSED));
    }
    add("time between copies", None, "seconds", published(facts.copy_seconds.value));
    add(
        "least time between copies, without premium storage",
        None,
        "seconds",
        published(facts.copy_seconds_least.value),
    );
    list
}

struct Costs;

impl Shape for Costs {
    type Row<'a> = (Sum, &'a Cost);
}

/// A sum of a month.
#[derive(Clone, Copy)]
struct Sum {
    part: &'static str,
    amount: Money,
    unpriced: Option<u32>,
}

const COSTS: &[Column<Costs>] = &[
    Column::text("part", |row| Value::Word(row.0.part)),
    Column::text("monthly_cost", |row| Value::Text(row.1.shown(row.0.amount).into())),
    Column::text("currency", |row| Value::text(Some(&row.1.currency))),
    Column::text("basis", |row| Value::said(words::cost_basis(row.1))),
    Column::date("prices_since", |row| Value::date(row.1.date)),
    Column::number("machines_not_in_full", |row| Value::number(row.0.unpriced)),
    Column::text("without_a_price", |row| without_a_price(row.1, row.0.part)),
];

/// The sizes and tiers that have no price, at the part they are of.
fn without_a_price(cost: &Cost, part: &str) -> Value<'static> {
    let names: Vec<&str> = match part {
        COMPUTE => cost.unpriced_sizes.iter().map(|name| &**name).collect(),
        DISKS => cost.unpriced_tiers.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    if names.is_empty() { Value::Nothing } else { Value::Text(names.join("; ").into()) }
}

const COMPUTE: &str = "compute";
const DISKS: &str = "disks";

/// The table of what a month costs: the parts, then all of them; it has no row without prices.
pub fn plan_cost<'a>(plan: &'a Plan<'a>) -> Table<'a> {
    let sums = |cost: &Cost| {
        let sum = |part, amount| Sum { part, amount, unpriced: None };
        let whole = Sum { part: "in all", amount: cost.total(), unpriced: Some(cost.unpriced_machines) };
        [sum(COMPUTE, cost.compute), sum(DISKS, cost.disks), sum("replication", cost.fees), whole]
    };
    let rows: Vec<(Sum, &Cost)> = plan.cost.iter().flat_map(|cost| sums(cost).map(|sum| (sum, cost))).collect();
    Table::of("plan_cost", COSTS, rows.len(), move |index| rows[index])
}
