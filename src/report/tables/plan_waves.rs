//! The table `waves`: a row per machine in the order of moving, with what its wave holds and waits for.

use super::super::view::View;
use super::super::words as report_words;
use crate::model::{Arg, GIB, Identity, Phrase, Vm, say};
use crate::plan::{Bases, Basis, HostLoad, Plan, Remedy, Seat, Wave, WaveTime, words};
use crate::tables::{Column, Shape, Table, Value};

struct Waves;

impl Shape for Waves {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    vm: &'a Vm,
    wave: &'a Wave,
    time: Option<&'a WaveTime>,
    seat: &'a Seat,
    place: usize,
    plan: &'a Plan<'a>,
    view: &'a View<'a>,
    before: Option<Phrase>,
    busiest: Option<&'a HostLoad>,
    disk_basis: Option<Basis>,
}

const COLUMNS: &[Column<Waves>] = &[
    Column::number("wave", |row| Value::number(Some(row.wave.number))),
    Column::text("vm", |row| Value::named(Identity::Machine, Some(row.vm.shown_name()))),
    Column::text("vm_id", |row| Value::named(Identity::Id, row.vm.id.value().map(|id| &**id))),
    Column::number("order", |row| Value::number(Some(row.place + 1))),
    Column::text("reason", |row| Value::said(words::seat(&row.seat.reason, row.view.estate))),
    Column::number("cores", |row| Value::number(row.plan.size_of(row.seat.machine as usize).map(|size| size.vcpus))),
    Column::number("memory_mib", |row| {
        Value::number(row.plan.size_of(row.seat.machine as usize).map(|size| size.memory.0))
    }),
    Column::number("disk_gib", |row| Value::number(row.vm.disk_total().ok().map(|total| total.0.div_ceil(GIB)))),
    Column::number("hours", |row| Value::number(row.time.and_then(|time| time.hours).map(|hours| hours.value))),
    Column::text("before", |row| row.before.clone().map_or(Value::Nothing, Value::said)),
    Column::text("busiest_host", |row| Value::named(Identity::Host, row.busiest.map(|load| &*load.host))),
    Column::number("busiest_host_percent", |row| Value::number(row.busiest.map(|load| load.percent))),
    Column::text("size_basis", |row| {
        Value::word(row.plan.size_of(row.seat.machine as usize).map(|size| size.basis.as_str()))
    }),
    Column::text("disk_basis", |row| Value::word(row.disk_basis.map(Basis::as_str))),
    Column::number("data_bytes", |row| Value::number(row.time.map(|time| time.data.0))),
    Column::text("data_basis", |row| Value::word(row.time.map(|_| Basis::Estimated.as_str()))),
    Column::text("hours_basis", |row| {
        let hours = row.time.and_then(|time| time.hours);
        hours.map_or(Value::Nothing, |hours| Value::said(words::basis(hours.basis, hours.from, row.plan.facts)))
    }),
    Column::text("busiest_host_basis", |row| Value::word(row.busiest.map(|_| Basis::Estimated.as_str()))),
];

/// The table of waves.
pub fn waves<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Table<'a> {
    let mut ends = Vec::new();
    let mut len = 0;
    for wave in &plan.waves {
        len += wave.machines.len();
        ends.push(len);
    }
    let bases = Bases::of(view.estate);
    let befores: Vec<Option<Phrase>> = plan.waves.iter().map(|wave| before(view, plan, wave)).collect();
    Table::of("waves", COLUMNS, len, move |index| {
        let at = ends.partition_point(|end| *end <= index);
        let wave = &plan.waves[at];
        let place = index - (ends[at] - wave.machines.len());
        let seat = &wave.machines[place];
        let vm = &view.estate.vms[seat.machine as usize];
        Row {
            vm,
            wave,
            time: plan.line.waves.get(at),
            seat,
            place,
            plan,
            view,
            before: befores[at].clone(),
            busiest: plan.busiest[at].as_ref(),
            disk_basis: disk_basis(&bases, vm),
        }
    })
}

/// How the size of all disks is known: exported or declared in one number, or estimated as the sum of several.
fn disk_basis(bases: &Bases, vm: &Vm) -> Option<Basis> {
    vm.disk_total().ok()?;
    match &vm.disks[..] {
        [only] => bases.of_fact(&only.size),
        _ if vm.disks.iter().any(|disk| disk.size.is_known()) => Some(Basis::Estimated),
        _ => bases.of_fact(&vm.stated_disk_total),
    }
}

/// What must be done before a wave, in sentences: remedies, facts to export, room on volumes, subnets.
pub fn before(view: &View<'_>, plan: &Plan<'_>, wave: &Wave) -> Option<Phrase> {
    let mut list: Vec<Phrase> = Vec::new();
    let run = view.run(plan.road);
    for remedy in &wave.remedies {
        list.push(match *remedy {
            Remedy::Settle(field) => {
                say!("Export what is not known, {fact}: {export}.", fact = field, export = Arg::Export(field))
            }
            Remedy::Requirement(index) => {
                let Some(run) = run else { continue };
                let requirement = &run.edition.requirements[usize::from(index)];
                say!("{remedy}", remedy = Arg::wording(report_words::remedy(requirement)))
            }
        });
    }
    for volume in &plan.volumes {
        // They stand in the order of waves, and there may be thousands of both.
        let need = volume.waves.binary_search_by_key(&wave.number, |need| need.wave);
        let short = need.ok().and_then(|at| volume.waves[at].short);
        if let Some(short) = short.filter(|short| short.0 > 0) {
            let path = Arg::named(Identity::Path, &volume.path);
            list.push(say!("Make {short} free on {volume}.", short = short, volume = path));
        }
    }
    let small = plan.networks.iter().flat_map(|network| &network.problems).find(|problem| {
        matches!(problem, crate::plan::NetworkProblem::TooSmall { wave: number, .. } if *number == wave.number)
    });
    list.extend(small.map(|problem| say!("Widen a subnet: {problem}.", problem = words::network_problem(problem))));
    list.into_iter().reduce(|told, next| say!("{told} {next}", told = told, next = next))
}
