//! The plan: sizes, what must be there first, the waves, the time and the cost.

use super::super::document::{Block, Cell, Fact, Section, Start, Table, Tone};
use super::super::tables::before;
use super::super::view::View;
use super::super::words::{self, grouped, said as text};
use super::parts::{columns, heading};
use crate::model::{Arg, Bytes, Identity, Phrase, say};
use crate::plan::{Availability, Cost, Kbit, Plan, QuotaNeed, Standing, words as plan_words};

/// The rows shown of a long table; the CSV file of the same name holds them all.
const SHOWN: usize = 8;

/// The section, when a plan was made.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let plan = view.plan?;
    let mut blocks = vec![Block::Text(text(&scope(view, plan)))];
    blocks.extend(availability(plan));
    blocks.push(heading("plan-sizes", "Sizes"));
    blocks.push(Block::Table(sizes(plan)));
    blocks.push(heading("plan-waves", "Waves"));
    blocks.extend(plan.problems.iter().take(SHOWN).map(|problem| callout(&plan_words::problem(problem, view.estate))));
    blocks.extend(more(plan.problems.len(), "report.xlsx and waves.csv"));
    blocks.push(Block::Table(waves(view, plan)));
    blocks.extend(more(plan.waves.len(), "report.xlsx and waves.csv"));
    if !plan.quotas.is_empty() {
        blocks.push(heading("plan-quota", "vCPU quotas"));
        blocks.extend(plan.quotas.iter().filter_map(request).map(|asked| callout(&asked)));
        blocks.push(Block::Table(quotas(plan)));
    }
    blocks.push(heading("plan-line", "Bandwidth and time"));
    blocks.push(Block::Facts(line(plan)));
    blocks.extend(what_ifs(plan));
    blocks.extend(sources(view, plan));
    blocks.extend(networks(plan));
    blocks.extend(cost(plan));
    Some(Section { id: "plan".to_owned(), title: "Plan".to_owned(), blocks, start: Start::Room })
}

/// What follows a list that was cut.
fn more<'a>(rows: usize, place: &str) -> Option<Block<'a>> {
    words::and_more(rows.saturating_sub(SHOWN), place).map(Block::Text)
}

fn callout<'a>(phrase: &Phrase) -> Block<'a> {
    Block::Callout { tone: Tone::Fair, text: text(phrase) }
}

fn fact(label: &str, value: impl Into<Cell>) -> Fact {
    Fact { label: label.to_owned(), value: value.into() }
}

fn scope(view: &View<'_>, plan: &Plan<'_>) -> Phrase {
    let count =
        |wanted: fn(&Standing) -> bool| plan.machines.iter().filter(|machine| wanted(&machine.standing)).count();
    let planned = count(|standing| *standing == Standing::Planned);
    let not_ready = count(|standing| *standing == Standing::NotReady);
    let excluded = view.estate.vms.len() - planned - not_ready;
    let left_out = match excluded {
        0 => say!(""),
        _ => say!(", and {excluded} {excluded:is|are} left out by what the plan was asked to be", excluded = excluded),
    };
    say!(
        "{planned} {planned:machine is|machines are} planned for {road}; {not_ready} {not_ready:is|are} not ready{left_out}. Every number is estimated from what the inputs, the configuration and the documents say, and no longer holds when they change; plan.csv names for each machine what decided and what is missing.",
        planned = planned,
        road = Arg::Word(words::target(plan.road)),
        not_ready = not_ready,
        left_out = left_out
    )
}

fn availability<'a>(plan: &Plan<'_>) -> Option<Block<'a>> {
    let phrase = match (plan.offers.availability, &plan.offers.region) {
        (Availability::Exported, _) => return None,
        (Availability::NotVerified, Some(region)) => say!(
            "Whether {region} has the sizes, and the subscription may use them, is not verified: az vm list-skus -l {region} --all tells.",
            region = Arg::text(region)
        ),
        (Availability::NotVerified, None) => say!(
            "No region is given, so that no availability of sizes is verified; [plan] region names one, and az vm list-skus tells what it has."
        ),
    };
    Some(callout(&phrase))
}

/// How many machines become which size.
fn sizes<'a>(plan: &Plan<'_>) -> Table<'a> {
    let mut counts = std::collections::BTreeMap::new();
    let mut without = 0_u64;
    for (index, machine) in plan.machines.iter().enumerate() {
        match plan.size_of(index) {
            Some(size) => {
                *counts.entry((size.vcpus, size.memory, size.name.clone(), size.family.clone())).or_insert(0_u64) += 1;
            }
            None => without += u64::from(machine.standing == Standing::Planned),
        }
    }
    let mut rows: Vec<[String; 5]> = counts
        .into_iter()
        .map(|((vcpus, memory, name, family), count)| {
            [name.to_string(), family.to_string(), grouped(vcpus.into()), memory.to_string(), grouped(count)]
        })
        .collect();
    if without > 0 {
        let none = "no size, as something is missing or none takes it".to_owned();
        rows.push([none, String::new(), String::new(), String::new(), grouped(without)]);
    }
    table(
        &[
            ("Size", 34, false),
            ("Quota family", 30, false),
            ("vCPUs", 8, true),
            ("Memory", 12, true),
            ("Machines", 10, true),
        ],
        rows,
        "No machine is planned.",
    )
}

/// A table of texts.
fn table<'a, const N: usize>(heads: &[(&str, u16, bool); N], rows: Vec<[String; N]>, empty: &str) -> Table<'a> {
    Table {
        columns: columns(heads),
        len: rows.len(),
        row: Box::new(move |index| rows[index].iter().cloned().map(Cell::from).collect()),
        empty: empty.to_owned(),
        of_machines: false,
    }
}

fn waves<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Table<'a> {
    let rows = plan.waves.iter().enumerate().take(SHOWN).map(|(at, wave)| {
        let sizes = || wave.machines.iter().filter_map(|seat| plan.size_of(seat.machine as usize));
        let time = &plan.line.waves[at];
        let hours = match (time.hours, time.days) {
            (Some(hours), Some(days)) => {
                text(&say!("{hours} h, {days} {days:day|days}", hours = hours.value, days = days))
            }
            _ => "not known".to_owned(),
        };
        [
            wave.number.to_string(),
            grouped(wave.machines.len() as u64),
            grouped(sizes().map(|size| u64::from(size.vcpus)).sum()),
            text(&say!("{memory}", memory = crate::model::Mebibytes(sizes().map(|size| size.memory.0).sum()))),
            text(&say!("{data}", data = whole_gib(time.data))),
            hours,
            notes(view, plan, at),
        ]
    });
    table(
        &[
            ("Wave", 6, true),
            ("Machines", 9, true),
            ("vCPUs", 8, true),
            ("Memory", 11, true),
            ("Data", 11, true),
            ("First copies", 15, false),
            ("Before", 40, false),
        ],
        rows.collect(),
        "No machine is planned.",
    )
}

/// What comes before a wave, and the host on which it concentrates.
fn notes(view: &View<'_>, plan: &Plan<'_>, at: usize) -> String {
    let busiest = plan.busiest[at].as_ref().map(|load| {
        let host = Arg::named(Identity::Host, &load.host);
        say!("{percent} % of the data is on {host}.", percent = load.percent, host = host)
    });
    let all = before(view, plan, &plan.waves[at]).into_iter().chain(busiest);
    all.map(|phrase| text(&phrase)).collect::<Vec<_>>().join(" ")
}

fn whole_gib(bytes: Bytes) -> Bytes {
    Bytes(bytes.0.next_multiple_of(crate::model::GIB))
}

/// What to ask for where a quota falls short.
fn request(need: &QuotaNeed) -> Option<Phrase> {
    let (short, limit) = (need.short().filter(|short| *short > 0)?, need.request()?);
    Some(say!(
        "{family} is short of {short} {short:vCPU|vCPUs}: ask for a limit of {limit} before a failover of all machines.",
        family = Arg::text(&need.family),
        short = short,
        limit = limit
    ))
}

fn quotas<'a>(plan: &Plan<'_>) -> Table<'a> {
    let number = |number: Option<u64>| number.map_or_else(|| "not known".to_owned(), grouped);
    let rows = plan.quotas.iter().map(|need| {
        let standing = need.standing.ok();
        [
            need.family.to_string(),
            grouped(need.needed),
            grouped(need.for_a_test),
            number(standing.map(|standing| standing.used)),
            number(standing.map(|standing| standing.limit)),
            number(need.short()),
        ]
    });
    table(
        &[
            ("Quota", 30, false),
            ("Needed", 11, true),
            ("Largest wave", 13, true),
            ("Used", 11, true),
            ("Limit", 11, true),
            ("Short", 11, true),
        ],
        rows.collect(),
        "",
    )
}

fn mbit(Kbit(kbit): Kbit) -> String {
    format!("{}.{} Mbit/s", grouped(kbit / 1000), kbit % 1000 / 100)
}

fn line(plan: &Plan<'_>) -> Vec<Fact> {
    let line = &plan.line;
    let facts = plan.facts;
    let mut list = vec![fact("First copies", text(&say!("{data}, estimated", data = whole_gib(line.data))))];
    if line.unknown_data > 0 {
        let open =
            say!("{count} {count:machine|machines}, as the size of a disk is not known", count = line.unknown_data);
        list.push(fact("Not counted", text(&open)));
    }
    let growth = plan_words::basis(line.growth.basis, line.growth.from, facts);
    list.push(fact("Growth", text(&say!("{growth} %, {basis}", growth = line.growth.value, basis = growth))));
    if let Some(change) = line.change {
        list.push(fact(
            "Change a day",
            text(&say!("{change} with growth, estimated", change = whole_gib(change.value))),
        ));
        if line.unknown_change > 0 {
            let open = say!("{count} {count:machine|machines}, whose change is not known", count = line.unknown_change);
            list.push(fact("Change not counted", text(&open)));
        }
        for (minutes, needs) in &line.recovery {
            list.push(fact(&format!("Recovery point of {minutes} min"), format!("{}, estimated", mbit(needs.value))));
        }
    }
    if let Some(holds) = line.holds {
        list.push(fact(
            "The line holds",
            text(&say!("{holds} {holds:machine|machines}, in order of the waves", holds = holds)),
        ));
    }
    let (usual, least) = (facts.copy_seconds.value, facts.copy_seconds_least.value);
    list.push(fact(
        "Copies",
        text(&say!("every {usual} seconds; {least} only without premium storage", usual = usual, least = least)),
    ));
    list
}

/// What changes would need, where no change is known.
fn what_ifs<'a>(plan: &Plan<'_>) -> Vec<Block<'a>> {
    if plan.line.what_ifs.is_empty() {
        return Vec::new();
    }
    let rows = plan.line.what_ifs.iter().map(|what_if| {
        [
            format!("{} %", what_if.percent),
            text(&say!("{change}", change = whole_gib(what_if.change))),
            mbit(what_if.needs),
        ]
    });
    vec![
        Block::Text("No input tells how much changes in a day. This is what the line must take if it were some share of the data; a column Daily change (GB) or [plan] daily_change_percent makes a plan of it.".to_owned()),
        Block::Table(table(&[("If this changes in a day", 34, false), ("With growth", 33, true), ("Average needed", 33, true)], rows.collect(), "")),
    ]
}

/// What the source side and the accounts must have first.
fn sources<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    if !plan.volumes.is_empty() {
        blocks.push(heading("plan-volumes", "Free space on the source side"));
        let unknown = plan.volumes.iter().filter(|volume| volume.free.is_err()).count();
        if unknown > 0 {
            let open = say!(
                "Of {unknown} {unknown:volume|volumes} the free space is not known: {export}.",
                unknown = unknown,
                export = Arg::Export(crate::model::Field::VolumeFree)
            );
            blocks.push(Block::Text(text(&open)));
        }
        let mut short: Vec<[String; 4]> = Vec::new();
        for volume in &plan.volumes {
            for need in volume.waves.iter().filter(|need| need.short.is_some_and(|short| short.0 > 0)) {
                let free = volume.free.map_or_else(|_| String::new(), |free| free.to_string());
                let wanting = need.short.map_or_else(String::new, |short| short.to_string());
                short.push([volume.path.to_string(), need.wave.to_string(), free, wanting]);
            }
        }
        let all = short.len();
        short.truncate(SHOWN);
        let heads = [("Volume", 46, false), ("Wave", 10, true), ("Free", 22, true), ("Short by", 22, true)];
        blocks.push(Block::Table(table(&heads, short, "No volume whose free space is known falls short.")));
        blocks.extend(more(all, "report.xlsx and volumes.csv"));
    }
    if !plan.accounts.used.is_empty() {
        blocks.push(heading("plan-accounts", "Storage accounts"));
        if let Some(open) = plan.accounts.missing(&view.estate.azure) {
            blocks.push(Block::Text(text(&plan_words::missing(open))));
        }
        let rows = plan.accounts.used.iter().map(|account| {
            let known = account.existing.and_then(|number| view.estate.azure.storage_accounts.get(number as usize));
            let name = known.and_then(|known| known.name.value()).map_or("to be made", |name| name);
            [account.purpose.as_str().to_owned(), name.to_owned(), grouped(account.machines.len() as u64)]
        });
        let heads = [("For", 30, false), ("Account", 50, false), ("Machines", 20, true)];
        blocks.push(Block::Table(table(&heads, rows.collect(), "")));
    }
    blocks
}

fn networks<'a>(plan: &Plan<'_>) -> Vec<Block<'a>> {
    if plan.networks.is_empty() {
        return Vec::new();
    }
    let rows = plan.networks.iter().take(SHOWN).map(|network| {
        let target = network.target.as_ref().map_or_else(String::new, |landing| match &landing.subnet {
            Some(subnet) => format!("{} / {subnet}", landing.network),
            None => landing.network.to_string(),
        });
        let problems: Vec<Arg> =
            network.problems.iter().map(|problem| plan_words::network_problem(problem).into()).collect();
        [
            network.from.as_ref().map_or_else(|| "not connected".to_owned(), ToString::to_string),
            target,
            grouped(network.machines.into()),
            text(&say!(
                "{kept} kept, {changed} changed, {open} not known",
                kept = network.kept,
                changed = network.changed,
                open = network.unknown
            )),
            text(&say!("{list}", list = Arg::List(problems.into()))),
        ]
    });
    let heads = [
        ("Network", 18, false),
        ("Lands in", 24, false),
        ("Machines", 9, true),
        ("Addresses", 24, false),
        ("Problem", 30, false),
    ];
    let mut blocks = vec![heading("plan-network", "Networks"), Block::Table(table(&heads, rows.collect(), ""))];
    blocks.extend(more(plan.networks.len(), "report.xlsx and network.csv"));
    blocks
}

/// Which prices the sums rest on.
fn prices(cost: &Cost) -> Phrase {
    let files = Arg::names(Identity::File, cost.files.iter().map(String::as_str));
    let currency = Arg::text(&cost.currency);
    let known = match cost.date {
        Some(date) => say!(
            "{files}, in {currency}, in effect since {date} or earlier",
            files = files,
            currency = currency,
            date = date
        ),
        None => say!("{files}, in {currency}, without a date", files = files, currency = currency),
    };
    if cost.more {
        return say!("{known}; a further page is named and not there", known = known);
    }
    known
}

fn cost<'a>(plan: &Plan<'_>) -> Vec<Block<'a>> {
    let Some(cost) = &plan.cost else { return Vec::new() };
    let sum = |money| format!("{} {}", cost.shown(money), cost.currency);
    let mut list = vec![
        fact("Prices", text(&prices(cost))),
        fact("Compute a month", sum(cost.compute)),
        fact("Disks a month", sum(cost.disks)),
        fact("Replication a month", sum(cost.fees)),
        fact("In all a month", sum(cost.total())),
    ];
    if cost.unpriced_machines > 0 {
        let open =
            say!("{count} {count:machine|machines}, of which some part has no price", count = cost.unpriced_machines);
        list.push(fact("Not in full", text(&open)));
    }
    let names = cost.unpriced_sizes.iter().map(|name| &**name).chain(cost.unpriced_tiers.iter().map(String::as_str));
    let names: Vec<Arg> = names.map(Arg::text).collect();
    if !names.is_empty() {
        list.push(fact("Without a price", text(&say!("{list}", list = Arg::List(names.into())))));
    }
    vec![heading("plan-cost", "Cost"), Block::Facts(list)]
}
