//! Declared facts on their way into the estate: read like cells, filled where no export tells, never written over one.

use super::azure::{network, storage_account, vault};
use super::azure_parts::{AzureRow, RoleRow};
use super::hosts::ClusterRow;
use super::parts::MachineRow;
use super::seen::Seen;
use super::stage::Part;
use crate::ingest::cell::culture::Culture;
use crate::ingest::columns::ColumnUse;
use crate::ingest::recognise::meaning::usual_unit;
use crate::ingest::table::Value;
use crate::model::{
    Arg, Cloud, Cluster, Declaration, Declarations, Declared, Estate, Field, FileInfo, Gravity, Host, HostGroup,
    Identity, Name, Network, Note, Origin, Pattern, Phrase, Quota, RowCount, StorageAccount, SubjectKind, Subscription,
    TableInfo, Vault, Vm, VmmServer, Vocabulary, say,
};

/// The columns of the table that declarations are shown as.
const COLUMNS: [&str; 4] = ["fact", "value", "who", "when"];
/// The column that holds what is declared.
const VALUE: u16 = 1;

/// A subject of which facts can be declared.
pub(super) trait Declarable: Sized {
    /// The row whose readers read its facts.
    type Row: Part;

    /// The subject that a row describes.
    fn of(row: Self::Row) -> Self;
    /// What it is called; none while no export names it.
    fn name(&self) -> Option<&Name>;
    /// Whether a field is one of its facts.
    fn has(field: Field) -> bool;
    /// Whether it knows the fact of a field.
    fn knows(&self, field: Field) -> bool;
    /// The cell of a fact that another description contradicts.
    fn contradicted_by(&self, other: &Self) -> Option<Origin>;
    /// Takes from another description what it does not know.
    fn fill(&mut self, other: Self);
}

/// Makes entities declarable by the row that describes them.
macro_rules! declarable {
    ($($entity:ident: $row:ty = $of:expr, named $name:expr;)+) => {$(
        impl Declarable for $entity {
            type Row = $row;

            fn of(row: $row) -> Self {
                let of: fn($row) -> Self = $of;
                of(row)
            }

            fn name(&self) -> Option<&Name> {
                let name: fn(&Self) -> Option<&Name> = $name;
                name(self)
            }

            fn has(field: Field) -> bool {
                $entity::has(field)
            }

            fn knows(&self, field: Field) -> bool {
                $entity::knows(self, field)
            }

            fn contradicted_by(&self, other: &Self) -> Option<Origin> {
                $entity::contradicted_by(self, other)
            }

            fn fill(&mut self, other: Self) {
                $entity::fill(self, other);
            }
        }
    )+};
}

declarable! {
    Vm: MachineRow = |row| row.vm, named |vm| vm.name.value();
    Host: Host = |host| host, named |host| host.name.value();
    Cluster: ClusterRow = |row| row.cluster, named |cluster| cluster.name.value();
    Cloud: Cloud = |cloud| cloud, named |cloud| cloud.name.value();
    HostGroup: HostGroup = |group| group, named |group| group.path.value().or_else(|| group.name.value());
    VmmServer: VmmServer = |server| server, named |server| server.name.value();
    Vault: AzureRow = vault, named |vault| vault.name.value();
    StorageAccount: AzureRow = storage_account, named |account| account.name.value();
    Network: AzureRow = network, named |network| network.name.value();
    Quota: Quota = |quota| quota, named |quota| quota.name.value();
    Subscription: RoleRow = subscription, named |subscription| subscription.name.value();
}

fn subscription(row: RoleRow) -> Subscription {
    let mut subscription = Subscription::seen_at(row.seen);
    subscription.name = row.subscription;
    subscription.roles = row.roles;
    subscription
}

/// Makes sure that a fact can be declared of a kind of subject, and that its value can be read.
///
/// # Errors
/// What is wrong and what would be right.
pub fn check_declaration(kind: SubjectKind, fact: Field, value: &Name) -> Result<(), Phrase> {
    match kind {
        SubjectKind::Vm => check::<Vm>(kind, fact, value),
        SubjectKind::Host => check::<Host>(kind, fact, value),
        SubjectKind::Cluster => check::<Cluster>(kind, fact, value),
        SubjectKind::Cloud => check::<Cloud>(kind, fact, value),
        SubjectKind::HostGroup => check::<HostGroup>(kind, fact, value),
        SubjectKind::VmmServer => check::<VmmServer>(kind, fact, value),
        SubjectKind::AzureAccount => check::<Subscription>(kind, fact, value),
        SubjectKind::Vault => check::<Vault>(kind, fact, value),
        SubjectKind::StorageAccount => check::<StorageAccount>(kind, fact, value),
        SubjectKind::Network => check::<Network>(kind, fact, value),
        SubjectKind::Quota => check::<Quota>(kind, fact, value),
        SubjectKind::Estate => Err("nothing can be declared of the estate as a whole; name a host, a vm, ...".into()),
    }
}

fn check<E: Declarable>(kind: SubjectKind, fact: Field, value: &Name) -> Result<(), Phrase> {
    if !is_declarable::<E>(fact) {
        let known = Field::ALL.iter().filter(|field| is_declarable::<E>(**field)).map(|field| Arg::text(field.key()));
        return Err(say!(
            "`{fact}` is no fact of a {kind}; its facts are {known}",
            fact = Arg::text(fact.key()),
            kind = Arg::Word(kind.as_str()),
            known = Arg::List(known.collect())
        ));
    }
    match read::<E>(&column(fact), value, Origin::row(0, 0)) {
        Some(_) => Ok(()),
        None => Err(say!(
            "\"{value}\" cannot be read as {fact}; write it as an export would",
            value = Arg::named(fact.identity(), value),
            fact = fact
        )),
    }
}

fn is_declarable<E: Declarable>(fact: Field) -> bool {
    E::has(fact) && E::Row::reader(column(fact)).is_some()
}

fn column(fact: Field) -> ColumnUse {
    ColumnUse { column: VALUE, field: fact, unit: usual_unit(fact), number: None, culture: Culture::Point, times: None }
}

/// A subject of which only the declared fact is known; `None` when the value cannot be read.
pub(super) fn read<E: Declarable>(used: &ColumnUse, value: &Name, origin: Origin) -> Option<E> {
    Some(E::of(row_of(used, value, origin)?)).filter(|subject| subject.knows(used.field))
}

/// A row of which only one cell is given; `None` when no row of the kind has such a cell.
pub(super) fn row_of<P: Part>(used: &ColumnUse, value: &Name, origin: Origin) -> Option<P> {
    let put = P::reader(*used)?;
    let mut row = P::start(origin);
    let seen = Seen { value: Value::Text(value), used, heading: "", culture: &used.culture, origin };
    put(&mut row, &seen);
    Some(row)
}

/// What a declaration did.
#[derive(Default)]
struct Effect {
    fitting: u32,
    filled: u32,
    /// Where each export says otherwise, with the subject's name.
    contradicted: Vec<(String, Origin)>,
    /// Whether it began a subject.
    begins: bool,
}

/// Applies declarations, and lists their file as an input and each of them as a row.
pub(super) fn apply(estate: &mut Estate, declarations: &Declarations) {
    let file = estate.files.len();
    let Declarations { file: path, bytes, sha256, list } = declarations;
    estate.files.push(FileInfo {
        path: path.clone(),
        bytes: *bytes,
        sha256: sha256.clone(),
        refused: None,
        exported: None,
    });
    let Ok(table) = u16::try_from(estate.tables.len()) else {
        let text = say!(
            "{file}: too many tables were given, so nothing that it declares is used. Give fewer files.",
            file = Arg::named(Identity::File, path)
        );
        let (file, sheet) = (path.clone(), String::new());
        estate.notes.push(Note { gravity: Gravity::Refused, file, sheet, origin: None, text });
        return;
    };
    let columns = COLUMNS.map(str::to_owned).to_vec();
    estate.tables.push(TableInfo {
        file,
        sheet: if list.is_empty() { String::new() } else { "declaration".to_owned() },
        taken_for: if list.is_empty() { "configuration" } else { "declarations" }.to_owned(),
        vocabulary: Vocabulary::Any,
        units: vec![""; columns.len()],
        columns: columns.clone(),
        read_as: columns,
        is_sheet: false,
        is_turned: false,
        rows: RowCount::default(),
    });
    for declaration in list {
        let origin = Origin { row: declaration.line, table, column: VALUE };
        let effect = take(estate, declaration, origin);
        count(&mut estate.tables[usize::from(table)].rows, &effect);
        note(estate, declaration, origin, &effect);
        let Effect { fitting, filled, contradicted, begins: _ } = effect;
        let contradicted = u32::try_from(contradicted.len()).expect("no more than fit");
        estate.declarations.push(Declared { declaration: declaration.clone(), origin, fitting, filled, contradicted });
    }
}

fn take(estate: &mut Estate, declaration: &Declaration, origin: Origin) -> Effect {
    let azure = &mut estate.azure;
    match declaration.subject {
        SubjectKind::Vm => declare(&mut estate.vms, declaration, origin),
        SubjectKind::Host => declare(&mut estate.hosts, declaration, origin),
        SubjectKind::Cluster => declare(&mut estate.clusters, declaration, origin),
        SubjectKind::Cloud => declare(&mut estate.clouds, declaration, origin),
        SubjectKind::HostGroup => declare(&mut estate.host_groups, declaration, origin),
        SubjectKind::VmmServer => declare(&mut estate.vmm_servers, declaration, origin),
        SubjectKind::AzureAccount => declare_account(&mut azure.subscriptions, declaration, origin),
        SubjectKind::Vault => declare(&mut azure.vaults, declaration, origin),
        SubjectKind::StorageAccount => declare(&mut azure.storage_accounts, declaration, origin),
        SubjectKind::Network => declare(&mut azure.networks, declaration, origin),
        SubjectKind::Quota => declare(&mut azure.quotas, declaration, origin),
        SubjectKind::Estate => Effect::default(),
    }
}

fn declare<E: Declarable>(subjects: &mut [E], declaration: &Declaration, origin: Origin) -> Effect {
    let Declaration { subject: kind, name: pattern, fact, value, .. } = declaration;
    let mut effect = Effect::default();
    for subject in subjects {
        let name = subject.name().map_or("", |name| name).to_owned();
        if !pattern.fits(*kind, &name) {
            continue;
        }
        effect.fitting += 1;
        let Some(said) = read::<E>(&column(*fact), value, origin) else { continue };
        if let Some(cell) = subject.contradicted_by(&said) {
            effect.contradicted.push((name, cell));
        } else if !subject.knows(*fact) {
            subject.fill(said);
            effect.filled += 1;
        }
    }
    effect
}

/// A subscription that is declared by its name need not be in any export, and a role needs none that is named.
fn declare_account(known: &mut Vec<Subscription>, declaration: &Declaration, origin: Origin) -> Effect {
    let names = declaration.fact == Field::AzureSubscription;
    let by_value = Declaration { name: Pattern::new(&declaration.value), ..declaration.clone() };
    let effect = declare(known, if names { &by_value } else { declaration }, origin);
    if effect.fitting > 0 || !(names || known.is_empty()) {
        return effect;
    }
    known.extend(read::<Subscription>(&column(declaration.fact), &declaration.value, origin));
    Effect { fitting: 1, filled: 1, contradicted: Vec::new(), begins: true }
}

const FITS_NONE: &str = "declared of a name that no subject has";

fn count(rows: &mut RowCount, effect: &Effect) {
    rows.read += 1;
    if effect.begins {
        rows.subjects += 1;
    } else if effect.filled > 0 {
        rows.joined += 1;
    } else if effect.fitting == 0 {
        rows.leave_out(FITS_NONE);
    } else if effect.contradicted.is_empty() {
        rows.leave_out("declared, and exported as well");
    } else {
        rows.leave_out("declared, and exported otherwise");
    }
}

fn note(estate: &mut Estate, declaration: &Declaration, origin: Origin, effect: &Effect) {
    let Declaration { subject: kind, name, fact, value, line, .. } = declaration;
    let file = estate.place(origin).file;
    let kind = Arg::from(*kind);
    let said = say!(
        "{file}, line {line}: {fact} of {kind} \"{name}\" is declared as {value}",
        file = Arg::named(Identity::File, file),
        line = Arg::at(*line),
        fact = *fact,
        kind = kind.clone(),
        name = Arg::named(Identity::Free, name.as_str()),
        value = Arg::named(Identity::Free, value)
    );
    let text = match effect.contradicted.first() {
        Some((subject, cell)) => {
            let place = estate.place(*cell);
            let more = match effect.contradicted.len() - 1 {
                0 => Arg::Word(""),
                more => say!(" (and for {more} more)", more).into(),
            };
            say!(
                "{said}, but {file} row {row} says otherwise for {subject}{more}; what was exported is kept. Correct whichever is out of date.",
                said,
                file = place.in_file(),
                row = Arg::at(place.row),
                subject = Arg::named(Identity::Free, subject),
                more
            )
        }
        None if effect.fitting == 0 => {
            say!(
                "{said}, but no {kind} has such a name, so nothing follows from it. Correct the name, or take it out.",
                said,
                kind
            )
        }
        None => return,
    };
    estate.note_at(Gravity::Doubt, origin, text);
}
