//! The tables of what must be there: `quota`, `accounts`, `network` and `volumes`.

use super::super::view::View;
use crate::catalogue::Planning;
use crate::model::{Bytes, Identity, Phrase, Vm, say};
use crate::plan::{AccountPlan, Amount, Basis, NetworkPlan, Plan, QuotaNeed, VolumeNeed, VolumePlan, words};
use crate::tables::{Column, Shape, Table, Value};

struct Quotas;

impl Shape for Quotas {
    type Row<'a> = (&'a QuotaNeed, &'a Plan<'a>);
}

const QUOTAS: &[Column<Quotas>] = &[
    Column::text("region", |row| Value::text(row.1.offers.region.as_deref())),
    Column::text("family", |row| Value::text(Some(&row.0.family))),
    Column::number("needed", |row| Value::number(Some(row.0.needed))),
    Column::number("used", |row| Value::number(row.0.standing.ok().map(|standing| standing.used))),
    Column::number("limit", |row| Value::number(row.0.standing.ok().map(|standing| standing.limit))),
    Column::number("short", |row| Value::number(row.0.short())),
    Column::number("needed_for_a_test", |row| Value::number(Some(row.0.for_a_test))),
    Column::number("short_for_a_test", |row| Value::number(row.0.short_for_a_test())),
    Column::number("request", |row| Value::number(row.0.request())),
    Column::text("missing", |row| said(row.0.standing.err().map(words::missing))),
    Column::text("needed_basis", |_| Value::Word(Basis::Estimated.as_str())),
    Column::text("used_and_limit_basis", |row| Value::word(row.0.standing.ok().map(|_| Basis::Exported.as_str()))),
    Column::text("short_basis", |row| Value::word(row.0.short().map(|_| Basis::Estimated.as_str()))),
];

/// The table of quotas.
pub fn quota<'a>(plan: &'a Plan<'a>) -> Table<'a> {
    Table::of("quota", QUOTAS, plan.quotas.len(), move |index| (&plan.quotas[index], plan))
}

fn said(phrase: Option<Phrase>) -> Value<'static> {
    phrase.map_or(Value::Nothing, Value::said)
}

struct Accounts;

impl Shape for Accounts {
    type Row<'a> = AccountRow<'a>;
}

/// A machine on an account, or an account that is not used.
struct AccountRow<'a> {
    purpose: Option<&'static str>,
    name: Option<&'a str>,
    kind: Option<&'a str>,
    existing: bool,
    vm: Option<&'a Vm>,
    why: Phrase,
}

const ACCOUNTS: &[Column<Accounts>] = &[
    Column::text("purpose", |row| Value::word(row.purpose)),
    Column::text("name", |row| Value::named(Identity::Resource, row.name)),
    Column::text("kind", |row| Value::text(row.kind)),
    Column::flag("existing", |row| Value::flag(Some(row.existing))),
    Column::text("vm", |row| Value::named(Identity::Machine, row.vm.map(Vm::shown_name))),
    Column::text("vm_id", |row| Value::named(Identity::Id, row.vm.and_then(|vm| vm.id.value()).map(|id| &**id))),
    Column::text("why", |row| Value::Said(std::borrow::Cow::Borrowed(&row.why))),
];

/// The kind of account to make where none of the export qualifies.
const NEW_KIND: &str = "StorageV2, Standard_LRS";

/// The table of storage accounts: a row per machine, then those that are not used.
pub fn accounts<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Table<'a> {
    let used = plan.accounts.used.iter();
    let seats: Vec<(&AccountPlan, u32)> =
        used.flat_map(|account| account.machines.iter().map(move |machine| (account, *machine))).collect();
    let list = &view.estate.azure.storage_accounts;
    let len = seats.len() + plan.accounts.unused.len();
    Table::of("accounts", ACCOUNTS, len, move |index| {
        if let Some((account, machine)) = seats.get(index) {
            let known = account.existing.and_then(|number| list.get(number as usize));
            return AccountRow {
                purpose: Some(account.purpose.as_str()),
                name: known.and_then(|known| known.name.value()).map(|name| &**name),
                kind: known.map_or(Some(NEW_KIND), |known| known.kind.value().map(|kind| &**kind)),
                existing: account.existing.is_some(),
                vm: view.estate.vms.get(*machine as usize),
                why: used_why(account),
            };
        }
        let (number, why) = &plan.accounts.unused[index - seats.len()];
        let known = list.get(*number as usize);
        AccountRow {
            purpose: None,
            name: known.and_then(|known| known.name.value()).map(|name| &**name),
            kind: known.and_then(|known| known.kind.value()).map(|kind| &**kind),
            existing: true,
            vm: None,
            why: say!("not used: {why}", why = words::unfit(why)),
        }
    })
}

fn used_why(account: &AccountPlan) -> Phrase {
    let (load, takes) = (Bytes(account.load), Bytes(account.takes));
    let load = say!("takes {takes} a second, and {load} are known to be written", takes = takes, load = load);
    let load = match account.unknown {
        0 => load,
        unknown => say!(
            "{load}; not verified: the writes of {unknown} {unknown:machine|machines}",
            load = load,
            unknown = unknown
        ),
    };
    match account.existing {
        Some(_) => load,
        None => say!("to be made, as no account of the export qualifies or has room; {load}", load = load),
    }
}

struct Networks;

impl Shape for Networks {
    type Row<'a> = &'a NetworkPlan;
}

const NETWORKS: &[Column<Networks>] = &[
    Column::text("vm_network", |row| Value::named(Identity::Network, row.from.as_deref())),
    Column::text("target_network", |row| {
        Value::named(Identity::Network, row.target.as_ref().map(|landing| &*landing.network))
    }),
    Column::text("subnet", |row| {
        Value::named(Identity::Network, row.target.as_ref().and_then(|landing| landing.subnet.as_deref()))
    }),
    Column::number("machines", |row| Value::number(Some(row.machines))),
    Column::number("free", |row| Value::number(row.free)),
    Column::text("problem", |row| {
        let list: Vec<_> = row.problems.iter().map(|problem| words::network_problem(problem).into()).collect();
        said((!list.is_empty()).then(|| say!("{list}", list = crate::model::Arg::List(list.into()))))
    }),
    Column::number("adapters", |row| Value::number(Some(row.adapters))),
    Column::number("addresses_kept", |row| Value::number(Some(row.kept))),
    Column::number("addresses_changed", |row| Value::number(Some(row.changed))),
    Column::number("addresses_unknown", |row| Value::number(Some(row.unknown))),
    Column::text("reason", |row| Value::word(row.target.as_ref().map(|landing| landing.reason.as_str()))),
    Column::text("machines_basis", |_| Value::Word(Basis::Exported.as_str())),
    Column::text("free_basis", |row| Value::word(row.free.map(|_| Basis::Estimated.as_str()))),
    Column::text("addresses_basis", |row| {
        Value::word((row.kept + row.changed > 0).then_some(Basis::Estimated.as_str()))
    }),
];

/// The table of networks.
pub fn network<'a>(plan: &'a Plan<'a>) -> Table<'a> {
    Table::of("network", NETWORKS, plan.networks.len(), move |index| &plan.networks[index])
}

struct Volumes;

impl Shape for Volumes {
    type Row<'a> = (&'a VolumePlan, Option<&'a VolumeNeed>, &'a Planning);
}

const VOLUMES: &[Column<Volumes>] = &[
    Column::text("volume", |row| Value::named(Identity::Path, Some(&row.0.path))),
    Column::text("host", |row| Value::named(Identity::Host, row.0.host.as_deref())),
    Column::number("wave", |row| Value::number(row.1.map(|need| need.wave))),
    Column::number("free_bytes", |row| Value::number(row.0.free.ok().map(|free| free.0))),
    Column::number("held_bytes", |row| Value::number(row.1.map(|need| need.held.0))),
    Column::number("initial_bytes", |row| Value::number(row.1.map(|need| need.initial.value.0))),
    Column::number("delta_bytes", |row| Value::number(row.1.map(|need| need.delta.value.0))),
    Column::number("by_change_bytes", |row| {
        Value::number(row.1.and_then(|need| need.by_change).map(|amount| amount.value.0))
    }),
    Column::number("short_bytes", |row| Value::number(row.1.and_then(|need| need.short).map(|short| short.0))),
    Column::number("batches_that_fit", |row| Value::number(row.0.batches_that_fit)),
    Column::number("unknown_disks", |row| Value::number(Some(row.0.unknown_disks))),
    Column::text("missing", |row| said(row.0.free.err().map(words::missing))),
    Column::text("free_basis", |row| Value::word(row.0.free.ok().map(|_| Basis::Exported.as_str()))),
    Column::text("held_basis", |row| Value::word(row.1.map(|_| Basis::Estimated.as_str()))),
    Column::text("initial_basis", |row| amount_basis(row.1.map(|need| need.initial), row.2)),
    Column::text("delta_basis", |row| amount_basis(row.1.map(|need| need.delta), row.2)),
    Column::text("by_change_basis", |row| amount_basis(row.1.and_then(|need| need.by_change), row.2)),
    Column::text("short_basis", |row| {
        Value::word(row.1.and_then(|need| need.short).map(|_| Basis::Estimated.as_str()))
    }),
];

/// How an amount is known, and from what.
fn amount_basis(amount: Option<Amount<Bytes>>, facts: &Planning) -> Value<'static> {
    said(amount.map(|amount| words::basis(amount.basis, amount.from, facts)))
}

/// The table of volumes on the source side: a row per wave that has a disk on one.
pub fn volumes<'a>(plan: &'a Plan<'a>) -> Table<'a> {
    let mut rows: Vec<(&VolumePlan, Option<&VolumeNeed>)> = Vec::new();
    for volume in &plan.volumes {
        rows.extend(volume.waves.iter().map(|need| (volume, Some(need))));
        if volume.waves.is_empty() {
            rows.push((volume, None));
        }
    }
    Table::of("volumes", VOLUMES, rows.len(), move |index| (rows[index].0, rows[index].1, plan.facts))
}
