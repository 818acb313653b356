//! Plans of two assessments compared: the machines in both, waves, quotas, storage accounts, totals and wishes.

use std::collections::{BTreeMap, BTreeSet};

use super::plan_cause::{Kind, Made};
use super::subjects::Subjects;
use crate::record::{
    Cause, Cell, Machine, PlanChange, PlanChanges, PlanHeld, PlanPart, PlanTable, PlanTotal, PlanTurn, Recorded, Text,
    Word,
};

/// The standing of a machine that is planned.
const PLANNED: &str = "planned";

/// Compares the plans of two assessments; `readiness` tells who made a machine more or less ready for the road planned for.
pub(super) fn plans<'r>(
    old: &'r Recorded<'r>,
    new: &'r Recorded<'r>,
    subjects: &Subjects<'r>,
    made: &Made<'_>,
    readiness: impl Fn(&str) -> Option<Cause>,
) -> PlanChanges {
    let (before, after) = match (&old.plan, &new.plan) {
        (Some(before), Some(after)) => (before, after),
        (before, after) => {
            let held_by = match (before, after) {
                (Some(_), _) => PlanHeld::Old,
                (None, Some(_)) => PlanHeld::New,
                (None, None) => PlanHeld::Neither,
            };
            return PlanChanges { held_by: Word(held_by), totals: Vec::new(), changes: Vec::new() };
        }
    };
    let mut all = Under { made, changes: Vec::new() };
    all.wishes(&before.wishes, &after.wishes);
    let totals = all.totals(&Tables(&before.tables), &Tables(&after.tables));
    let rows = (Rows::of(old, &before.tables), Rows::of(new, &after.tables));
    for (key, (was, is)) in &subjects.machines.both {
        let (Some(was), Some(now)) = (rows.0.machine(was), rows.1.machine(is)) else { continue };
        all.machine(key, is, &was, &now, readiness(key));
    }
    let waves = |rows: &Rows<'_>| rows.waves().into_iter().map(|(wave, count)| (wave.to_string(), count)).collect();
    all.counts(PlanPart::Wave, Kind::Wave, &waves(&rows.0), &waves(&rows.1));
    all.quotas(&quotas(&Tables(&before.tables)), &quotas(&Tables(&after.tables)));
    all.accounts(&accounts(&Tables(&before.tables)), &accounts(&Tables(&after.tables)));
    PlanChanges { held_by: Word(PlanHeld::Both), totals, changes: all.in_order() }
}

/// What the plan says of a machine.
#[derive(Default)]
struct Planned {
    standing: String,
    size: Option<String>,
    disk_tiers: Option<String>,
    wave: Option<String>,
    monthly_cost: Option<String>,
}

/// The tables of a plan, by name.
struct Tables<'p, 'r>(&'p [PlanTable<'r>]);

impl<'p, 'r> Tables<'p, 'r> {
    fn named(&self, name: &str) -> Option<&'p PlanTable<'r>> {
        self.0.iter().find(|table| table.table == name)
    }

    /// The cells of some columns, row by row; one that is not there holds nothing.
    fn columns<const N: usize>(&self, name: &str, columns: [&str; N]) -> Vec<[&'p Cell<'r>; N]> {
        let Some(table) = self.named(name) else { return Vec::new() };
        let places = columns.map(|column| table.columns.iter().position(|known| known == column));
        let cell =
            |row: &'p [Cell<'r>], place: Option<usize>| place.and_then(|at| row.get(at)).unwrap_or(&Cell::Nothing);
        table.rows.iter().map(|row| places.map(|place| cell(row, place))).collect()
    }

    /// How many rows of a table hold a number above nothing in a column.
    fn above_nothing(&self, name: &str, column: &str) -> usize {
        self.columns(name, [column]).iter().filter(|[cell]| number(cell).is_some_and(|number| number > 0)).count()
    }

    fn sum(&self, name: &str, column: &str) -> i64 {
        self.columns(name, [column]).iter().filter_map(|[cell]| number(cell)).sum()
    }
}

/// The rows of the machines.
struct Rows<'r> {
    places: BTreeMap<&'r str, usize>,
    cells: Vec<[&'r Cell<'r>; 6]>,
}

impl<'r> Rows<'r> {
    fn of(record: &'r Recorded<'r>, tables: &'r [PlanTable<'r>]) -> Self {
        let columns = ["standing", "size", "disk_tiers", "wave", "monthly_cost", "currency"];
        let places = record.machines.iter().enumerate().map(|(place, machine)| (&*machine.key, place)).collect();
        Self { places, cells: Tables(tables).columns("plan", columns) }
    }

    fn machine(&self, machine: &Machine<'_>) -> Option<Planned> {
        let [standing, size, tiers, wave, cost, currency] = self.cells.get(*self.places.get(&*machine.key)?)?;
        let currency = text(currency).unwrap_or_default();
        Some(Planned {
            standing: text(standing).unwrap_or_default(),
            size: text(size),
            disk_tiers: text(tiers),
            wave: text(wave),
            monthly_cost: text(cost).map(|cost| format!("{cost} {currency}")),
        })
    }

    /// The machines of each wave.
    fn waves(&self) -> BTreeMap<i64, i64> {
        let mut waves = BTreeMap::new();
        for wave in self.cells.iter().filter_map(|[_, _, _, wave, ..]| number(wave)) {
            *waves.entry(wave).or_default() += 1;
        }
        waves
    }
}

/// By how much each quota of a region falls short; none where no export tells.
fn quotas(tables: &Tables<'_, '_>) -> BTreeMap<(String, String), Option<i64>> {
    let rows = tables.columns("quota", ["region", "family", "short"]).into_iter();
    rows.map(|[region, family, short]| {
        ((text(region).unwrap_or_default(), text(family).unwrap_or_default()), number(short))
    })
    .collect()
}

/// The machines on each storage account that is used, by its name and what it is for.
fn accounts(tables: &Tables<'_, '_>) -> BTreeMap<(String, String), i64> {
    let mut accounts = BTreeMap::new();
    for [name, purpose] in tables.columns("accounts", ["name", "purpose"]) {
        if let Some(purpose) = text(purpose) {
            *accounts.entry((text(name).unwrap_or_default(), purpose)).or_default() += 1;
        }
    }
    accounts
}

/// A comparison under way.
struct Under<'m> {
    made: &'m Made<'m>,
    changes: Vec<PlanChange>,
}

impl Under<'_> {
    /// Takes down what is otherwise of something that both plans or one of them have.
    fn add(
        &mut self,
        part: PlanPart,
        turn: PlanTurn,
        of: (&str, &str),
        values: (Option<String>, Option<String>),
        cause: Cause,
    ) {
        self.changes.push(PlanChange {
            part: Word(part),
            subject: of.0.to_owned(),
            subject_id: None,
            place: None,
            turn: Word(turn),
            property: of.1.to_owned(),
            before: values.0,
            after: values.1,
            cause: Word(cause),
        });
    }

    fn wishes(&mut self, old: &[(Text<'_>, Text<'_>)], new: &[(Text<'_>, Text<'_>)]) {
        // A plan that was written before wishes were recorded says nothing of them.
        if old.is_empty() || new.is_empty() {
            return;
        }
        let value = |wishes: &[(Text<'_>, Text<'_>)], key: &str| {
            wishes.iter().find(|(known, _)| known == key).map(|(_, value)| value.to_string())
        };
        let keys: BTreeSet<&str> = old.iter().chain(new).map(|(key, _)| &**key).collect();
        for key in keys {
            let values = (value(old, key), value(new, key));
            if values.0 != values.1 {
                self.add(PlanPart::Wish, PlanTurn::Changed, (key, "value"), values, Cause::Wishes);
            }
        }
    }

    /// The numbers that both plans add up to, and those that are otherwise.
    fn totals(&mut self, old: &Tables<'_, '_>, new: &Tables<'_, '_>) -> Vec<PlanTotal> {
        let (mut before, mut after) = (totals(old), totals(new));
        let known: Vec<String> = after.iter().map(|(name, _)| name.clone()).collect();
        let gone: Vec<String> =
            before.iter().map(|(name, _)| name.clone()).filter(|name| !known.contains(name)).collect();
        let mut all = Vec::new();
        for total in known.into_iter().chain(gone) {
            let take = |from: &mut Vec<(String, String)>| {
                from.iter_mut().find(|(name, _)| *name == total).map(|(_, value)| std::mem::take(value))
            };
            let values = (take(&mut before), take(&mut after));
            if values.0 != values.1 {
                let cause = self.made.cause(Kind::Total, None);
                self.add(PlanPart::Total, PlanTurn::Changed, (&total, "value"), values.clone(), cause);
            }
            all.push(PlanTotal { total, before: values.0, after: values.1 });
        }
        all
    }

    fn machine(&mut self, key: &str, machine: &Machine<'_>, was: &Planned, is: &Planned, readiness: Option<Cause>) {
        let before = self.changes.len();
        let name = &*machine.vm;
        if was.standing != is.standing {
            let turn = match (&*was.standing, &*is.standing) {
                (_, PLANNED) => PlanTurn::Came,
                (PLANNED, _) => PlanTurn::Gone,
                (_, _) => PlanTurn::Changed,
            };
            let is_excluded = [was, is].iter().any(|planned| planned.standing == "excluded");
            let cause = if is_excluded { Some(Cause::Wishes) } else { readiness };
            let cause = cause.unwrap_or_else(|| self.made.cause(Kind::Standing, Some(key)));
            let values = (Some(was.standing.clone()), Some(is.standing.clone()));
            self.add(PlanPart::Machine, turn, (name, "standing"), values, cause);
        } else if is.standing == PLANNED {
            let each = [
                (Kind::Size, "size", &was.size, &is.size),
                (Kind::Disks, "disk_tiers", &was.disk_tiers, &is.disk_tiers),
                (Kind::Wave, "wave", &was.wave, &is.wave),
                (Kind::Cost, "monthly_cost", &was.monthly_cost, &is.monthly_cost),
            ];
            for (kind, property, was, is) in each.into_iter().filter(|(.., was, is)| was != is) {
                let turn = match (kind, was, is) {
                    (Kind::Size, Some(_), None) => PlanTurn::Worse,
                    (Kind::Size, None, Some(_)) => PlanTurn::Fixed,
                    (_, _, _) => PlanTurn::Changed,
                };
                let cause = self.made.cause(kind, Some(key));
                self.add(PlanPart::Machine, turn, (name, property), (was.clone(), is.clone()), cause);
            }
        }
        for change in &mut self.changes[before..] {
            change.subject_id = machine.vm_id.as_ref().map(ToString::to_string);
            change.place = machine.host.as_ref().map(ToString::to_string);
        }
    }

    /// Takes down what came, went, or holds more or fewer machines.
    fn counts(&mut self, part: PlanPart, kind: Kind, old: &BTreeMap<String, i64>, new: &BTreeMap<String, i64>) {
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (was, is) = (old.get(key), new.get(key));
            if was != is {
                let values = (was.map(ToString::to_string), is.map(ToString::to_string));
                let cause = self.made.cause(kind, None);
                self.add(part, came_or_went(was, is), (key, "machines"), values, cause);
            }
        }
    }

    fn accounts(&mut self, old: &BTreeMap<(String, String), i64>, new: &BTreeMap<(String, String), i64>) {
        let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (was, is) = (old.get(key), new.get(key));
            if was != is {
                let values = (was.map(ToString::to_string), is.map(ToString::to_string));
                let property = format!("machines, {}", key.1);
                let cause = self.made.cause(Kind::Account, None);
                self.add(PlanPart::Account, came_or_went(was, is), (&key.0, &property), values, cause);
            }
        }
    }

    /// Takes down the shortfalls that are otherwise.
    fn quotas(&mut self, old: &BTreeMap<(String, String), Option<i64>>, new: &BTreeMap<(String, String), Option<i64>>) {
        let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (was, is) = (old.get(key), new.get(key));
            let short = |quota: Option<&Option<i64>>| quota.copied().flatten().filter(|short| *short > 0);
            let turn = match (short(was), short(is)) {
                (None, None) => continue,
                (None, Some(_)) => PlanTurn::New,
                // It is needed still, and no export tells its limit any longer.
                (Some(_), None) if is.is_some_and(Option::is_none) => PlanTurn::Untold,
                (Some(_), None) => PlanTurn::Fixed,
                (Some(was), Some(is)) if was == is => continue,
                (Some(was), Some(is)) if was < is => PlanTurn::Worse,
                (Some(_), Some(_)) => PlanTurn::Eased,
            };
            let told = |quota: Option<&Option<i64>>| quota.copied().flatten().map(|short| short.to_string());
            let cause = self.made.cause(Kind::Quota, None);
            self.add(PlanPart::Quota, turn, (&key.1, "short"), (told(was), told(is)), cause);
            if let Some(change) = self.changes.last_mut() {
                change.place = Some(key.0.clone()).filter(|region| !region.is_empty());
            }
        }
    }

    /// The changes, what is worse first within what they are about.
    fn in_order(mut self) -> Vec<PlanChange> {
        self.changes.sort_by_key(|change| (change.part.0, change.turn.0));
        self.changes
    }
}

fn came_or_went(was: Option<&i64>, is: Option<&i64>) -> PlanTurn {
    match (was, is) {
        (None, _) => PlanTurn::Came,
        (Some(_), None) => PlanTurn::Gone,
        (Some(_), Some(_)) => PlanTurn::Changed,
    }
}

/// What a plan adds up to, by name.
fn totals(tables: &Tables<'_, '_>) -> Vec<(String, String)> {
    let machines = tables.columns("plan", ["standing", "size", "wave"]);
    let planned = machines.iter().filter(|[standing, ..]| text(standing).as_deref() == Some(PLANNED)).count();
    let sized = machines.iter().filter(|[_, size, _]| **size != Cell::Nothing).count();
    let waves: BTreeSet<i64> = machines.iter().filter_map(|[.., wave]| number(wave)).collect();
    let numbers = [
        ("machines planned", planned.to_string()),
        ("machines with a size", sized.to_string()),
        ("vCPUs", tables.sum("plan", "vcpus").to_string()),
        ("memory in MiB", tables.sum("plan", "memory_mib").to_string()),
        ("disks in GiB", tables.sum("plan_disks", "size_gib").to_string()),
        ("waves", waves.len().to_string()),
        ("quotas that fall short", tables.above_nothing("quota", "short").to_string()),
        ("waves short of room on a volume", tables.above_nothing("volumes", "short_bytes").to_string()),
    ];
    let costs = tables.columns("plan_cost", ["part", "monthly_cost", "currency"]).into_iter();
    let costs = costs.filter_map(|[part, cost, currency]| {
        let name = format!("monthly cost, {}", text(part)?);
        Some((name, format!("{} {}", text(cost)?, text(currency)?)))
    });
    numbers.into_iter().map(|(name, number)| (name.to_owned(), number)).chain(costs).collect()
}

fn number(cell: &Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Nothing | Cell::Flag(_) | Cell::Text(_) => None,
    }
}

fn text(cell: &Cell<'_>) -> Option<String> {
    match cell {
        Cell::Nothing => None,
        Cell::Flag(flag) => Some(flag.to_string()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.to_string()),
    }
}
