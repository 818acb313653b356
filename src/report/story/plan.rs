//! The plan: sizes, what must be there first, the waves, the time and the cost.

use super::super::phrased::{Block, Cell, Fact, Section, Start, Table, Tone};
use super::super::tables::before;
use super::super::view::View;
use super::super::words;
use super::parts::{columns, fact, heading};
use crate::model::{Arg, Bytes, Identity, Mebibytes, Phrase, say};
use crate::plan::{Availability, Kbit, Plan, QuotaNeed, Standing, words as plan_words};

mod cost;

/// The rows shown of a long table; the CSV file of the same name holds them all.
const SHOWN: usize = 8;

/// The section, when a plan was made.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let plan = view.plan?;
    let mut blocks = vec![Block::Text(scope(view, plan))];
    blocks.extend(availability(plan));
    blocks.push(heading("plan-sizes", "Sizes"));
    blocks.push(Block::Table(sizes(plan)));
    blocks.push(heading("plan-waves", "Waves"));
    blocks.extend(plan.problems.iter().take(SHOWN).map(|problem| callout(plan_words::problem(problem, view.estate))));
    blocks.extend(more(plan.problems.len(), "report.xlsx and waves.csv"));
    blocks.push(Block::Table(waves(view, plan)));
    blocks.extend(more(plan.waves.len(), "report.xlsx and waves.csv"));
    if !plan.quotas.is_empty() {
        blocks.push(heading("plan-quota", "vCPU quotas"));
        blocks.extend(plan.quotas.iter().filter_map(request).map(callout));
        blocks.push(Block::Table(quotas(plan)));
    }
    blocks.push(heading("plan-line", "Bandwidth and time"));
    blocks.push(Block::Facts(line(plan)));
    blocks.extend(what_ifs(plan));
    blocks.extend(sources(view, plan));
    blocks.extend(networks(plan));
    blocks.extend(cost::cost(plan));
    Some(Section { id: "plan".to_owned(), title: "Plan".into(), blocks, start: Start::Room })
}

/// What follows a list that was cut.
fn more<'a>(rows: usize, place: &'static str) -> Option<Block<'a>> {
    words::and_more(rows.saturating_sub(SHOWN), place).map(Block::Text)
}

fn callout<'a>(text: Phrase) -> Block<'a> {
    Block::Callout { tone: Tone::Fair, text }
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
    Some(callout(phrase))
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
    let mut rows: Vec<[Phrase; 5]> = counts
        .into_iter()
        .map(|((vcpus, memory, name, family), count)| {
            [term(&name), term(&family), u64::from(vcpus).into(), memory.into(), count.into()]
        })
        .collect();
    if without > 0 {
        let none = "no size, as something is missing or none takes it".into();
        rows.push([none, Phrase::default(), Phrase::default(), Phrase::default(), without.into()]);
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

/// A vendor's own word.
fn term(name: &str) -> Phrase {
    Arg::named(Identity::Term, name).into()
}

/// A table of texts.
fn table<'a, const N: usize>(
    heads: &[(&'static str, u16, bool); N],
    rows: Vec<[Phrase; N]>,
    empty: &'static str,
) -> Table<'a> {
    Table {
        columns: columns(heads),
        len: rows.len(),
        row: Box::new(move |index| rows[index].iter().cloned().map(Cell::from).collect()),
        empty: empty.into(),
        of_machines: false,
    }
}

fn waves<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Table<'a> {
    let rows = plan.waves.iter().enumerate().take(SHOWN).map(|(at, wave)| {
        let sizes = || wave.machines.iter().filter_map(|seat| plan.size_of(seat.machine as usize));
        let time = &plan.line.waves[at];
        let hours = match (time.hours, time.days) {
            (Some(hours), Some(days)) => {
                say!("{hours} h, {days} {days:day|days}", hours = hours.value, days = days)
            }
            (_, _) => "not known".into(),
        };
        [
            Arg::at(wave.number).into(),
            wave.machines.len().into(),
            sizes().map(|size| u64::from(size.vcpus)).sum::<u64>().into(),
            Mebibytes(sizes().map(|size| size.memory.0).sum()).into(),
            whole_gib(time.data).into(),
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
fn notes(view: &View<'_>, plan: &Plan<'_>, at: usize) -> Phrase {
    let busiest = plan.busiest[at].as_ref().map(|load| {
        let host = Arg::named(Identity::Host, &load.host);
        say!("{percent} % of the data is on {host}.", percent = load.percent, host = host)
    });
    let all = before(view, plan, &plan.waves[at]).into_iter().chain(busiest);
    Arg::Joined(" ", all.map(Arg::from).collect()).into()
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
    let number = |number: Option<u64>| number.map_or_else(|| Phrase::from("not known"), Phrase::from);
    let rows = plan.quotas.iter().map(|need| {
        let standing = need.standing.ok();
        [
            term(&need.family),
            need.needed.into(),
            need.for_a_test.into(),
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

fn mbit(Kbit(kbit): Kbit) -> Phrase {
    say!("{rate} Mbit/s", rate = Arg::Tenths(kbit / 100))
}

fn line(plan: &Plan<'_>) -> Vec<Fact> {
    let line = &plan.line;
    let facts = plan.facts;
    let mut list = vec![fact("First copies", say!("{data}, estimated", data = whole_gib(line.data)))];
    if line.unknown_data > 0 {
        let open =
            say!("{count} {count:machine|machines}, as the size of a disk is not known", count = line.unknown_data);
        list.push(fact("Not counted", open));
    }
    let growth = plan_words::basis(line.growth.basis, line.growth.from, facts);
    list.push(fact("Growth", say!("{growth} %, {basis}", growth = line.growth.value, basis = growth)));
    if let Some(change) = line.change {
        list.push(fact("Change a day", say!("{change} with growth, estimated", change = whole_gib(change.value))));
        if line.unknown_change > 0 {
            let open = say!("{count} {count:machine|machines}, whose change is not known", count = line.unknown_change);
            list.push(fact("Change not counted", open));
        }
        for (minutes, needs) in &line.recovery {
            let label = say!("Recovery point of {minutes} min", minutes = Arg::at(*minutes));
            list.push(fact(label, say!("{rate}, estimated", rate = mbit(needs.value))));
        }
    }
    if let Some(holds) = line.holds {
        list.push(fact(
            "The line holds",
            say!("{holds} {holds:machine|machines}, in order of the waves", holds = holds),
        ));
    }
    let (usual, least) = (facts.copy_seconds.value, facts.copy_seconds_least.value);
    list.push(fact(
        "Copies",
        say!("every {usual} seconds; {least} only without premium storage", usual = usual, least = least),
    ));
    list
}

/// What changes would need, where no change is known.
fn what_ifs<'a>(plan: &Plan<'_>) -> Vec<Block<'a>> {
    if plan.line.what_ifs.is_empty() {
        return Vec::new();
    }
    let rows = plan.line.what_ifs.iter().map(|what_if| {
        [say!("{percent} %", percent = Arg::at(what_if.percent)), whole_gib(what_if.change).into(), mbit(what_if.needs)]
    });
    vec![
        Block::Text("No input tells how much changes in a day. This is what the line must take if it were some share of the data; a column Daily change (GB) or [plan] daily_change_percent makes a plan of it.".into()),
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
            blocks.push(Block::Text(open));
        }
        let mut short: Vec<[Phrase; 4]> = Vec::new();
        for volume in &plan.volumes {
            for need in volume.waves.iter().filter(|need| need.short.is_some_and(|short| short.0 > 0)) {
                let free = volume.free.map_or_else(|_| Phrase::default(), Phrase::from);
                let wanting = need.short.map_or_else(Phrase::default, Phrase::from);
                let path = Arg::named(Identity::Path, &volume.path);
                short.push([path.into(), Arg::at(need.wave).into(), free, wanting]);
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
            blocks.push(Block::Text(plan_words::missing(open)));
        }
        let rows = plan.accounts.used.iter().map(|account| {
            let known = account.existing.and_then(|number| view.estate.azure.storage_accounts.get(number as usize));
            let name = match known.and_then(|known| known.name.value()) {
                Some(name) => Arg::named(Identity::Account, name).into(),
                None => "to be made".into(),
            };
            [account.purpose.as_str().into(), name, account.machines.len().into()]
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
        let named = |name: &str| Arg::named(Identity::Network, name);
        let target = network.target.as_ref().map_or_else(Phrase::default, |landing| match &landing.subnet {
            Some(subnet) => {
                say!("{network} / {subnet}", network = named(&landing.network), subnet = named(subnet))
            }
            None => named(&landing.network).into(),
        });
        let problems: Vec<Arg> =
            network.problems.iter().map(|problem| plan_words::network_problem(problem).into()).collect();
        [
            network.from.as_ref().map_or_else(|| "not connected".into(), |from| named(from).into()),
            target,
            u64::from(network.machines).into(),
            say!(
                "{kept} kept, {changed} changed, {open} not known",
                kept = network.kept,
                changed = network.changed,
                open = network.unknown
            ),
            Arg::List(problems.into()).into(),
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
