//! The meanings that a column may have by its heading, the surest first.

use super::dialect::Dialect;
use super::generic::{Generic, Kind, reads};
use super::heading::{Form, Heading};
use super::mapping::Mapping;
use super::meaning::{Meaning, look_up, usual_unit};
use super::naming::Naming;
use super::units::Said;
use crate::ingest::columns::{RowKind, Unit};
use crate::model::{About, Field};

/// Where a column's meaning comes from, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The configuration file.
    Mapping,
    /// The known export.
    Export,
    /// A heading that Klar itself uses for the field.
    Own,
    /// A heading that means one thing in any table.
    Plain,
    /// A heading that means it in tables of this kind.
    Kind,
    /// The heading's words, in another order or among others.
    Words,
}

/// A meaning that a column may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) field: Field,
    pub(super) unit: Unit,
    pub(super) said: Said,
    pub(super) number: Option<u16>,
    pub(super) rank: usize,
    pub(super) words_only: bool,
    pub(super) source: Source,
}

/// What a table is read as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base<'a> {
    pub(super) dialect: Option<&'a Dialect>,
    pub(super) kind: Option<&'a Kind>,
    pub(super) rows: RowKind,
    pub(super) naming: Naming,
}

/// Fields that name what a row is about: an export's own headings settle those.
const SUBJECTS: &[Field] = &[
    Field::VmName,
    Field::HostName,
    Field::ClusterName,
    Field::CloudName,
    Field::GroupName,
    Field::GroupPath,
    Field::VmmName,
    Field::AzureName,
    Field::AzureId,
    Field::AzureType,
    Field::VolumeName,
    Field::ConnectionFrom,
    Field::ConnectionTo,
    Field::QuotaFamily,
    Field::AzureSku,
    Field::AzureRole,
    Field::SkuFamily,
];

/// The number of drive C: and those after it among numbered disks.
const FIRST_LETTER: u16 = 900;

/// What a heading may mean.
pub(super) fn claims(heading: &Heading, base: &Base<'_>, generic: &Generic, mapping: Option<&Mapping>) -> Vec<Claim> {
    if let Some(mapping) = mapping {
        return mapped(mapping, base.rows).into_iter().collect();
    }
    let mut claims: Vec<Claim> = Vec::new();
    if let Some(dialect) = base.dialect
        && let Some((meaning, form)) = look_up(&dialect.columns, &heading.forms, dialect.prefix.as_deref())
    {
        claims.push(claim(meaning, &form, Source::Export));
    }
    if base.dialect.is_some_and(|dialect| dialect.ignored.contains(&heading.key)) {
        return claims;
    }
    // Written as one word it is VMM's, and not the name that a machine goes by.
    if heading.text.ends_with("VMHostName") {
        claims.push(plain(Field::VmHost));
    }
    if base.naming == Naming::Hosts && generic.names_guests(heading) {
        claims.push(plain(Field::VmName));
    }
    let forms = &heading.forms;
    let kind = base.kind.map(|kind| &kind.headings);
    if let Some((meaning, form)) = kind.and_then(|kind| look_up(&kind.by_key, forms, None)) {
        claims.push(claim(meaning, &form, Source::Kind));
    }
    if let Some((meaning, form)) = look_up(&generic.own.by_key, forms, None) {
        claims.push(claim(meaning, &form, Source::Own));
    }
    if let Some((meaning, form)) = look_up(&generic.headings.by_key, forms, None) {
        claims.push(claim(meaning, &form, Source::Plain));
    }
    // What a heading means here it may mean in any table, and is as sure then.
    for at in 0..claims.len() {
        let surest = claims[at..].iter().filter(|one| one.field == claims[at].field).map(|one| one.source).min();
        if claims[at].source == Source::Kind {
            claims[at].source = surest.unwrap_or(Source::Kind);
        }
    }
    claims.extend(by_drive(heading));
    claims.extend(by_words(heading, base, generic));
    if generic.names_kinds(heading) {
        claims.push(plain(Field::ServerType));
    }
    // Where a machine is may be told under any heading, for scripts add it.
    let is_closed = base.dialect.is_some_and(|dialect| dialect.closed);
    let is_open = |claim: &Claim| (!is_closed || claim.field == Field::VmHost) && base.takes(claim);
    claims.retain(|claim| claim.source == Source::Export || is_open(claim));
    if claims.is_empty() {
        claims = by_halves(heading, base, generic);
    }
    claims.extend(otherwise(heading, base, generic, &claims));
    claims
}

/// What a heading may mean as well where its cells are not what it says first: "Disks" over sizes, "Hypervisor" over hosts,
/// and what asks for a blocker in words of its own.
fn otherwise(heading: &Heading, base: &Base<'_>, generic: &Generic, known: &[Claim]) -> Option<Claim> {
    let claims = |field: Field| known.iter().any(|claim| claim.field == field);
    let is_count =
        |form: &Form| generic.headings.by_key.get(&form.key).is_some_and(|one| one.field == Field::DiskCount);
    let unit = heading.unit();
    let meaning = if claims(Field::DiskCount) && !generic.counts(heading)
        || known.is_empty() && unit.is_some() && heading.forms.iter().any(is_count)
    {
        let said = if unit.is_some() { Said::Heading } else { Said::Nobody };
        Claim { unit: unit.unwrap_or(usual_unit(Field::DiskTotal)), said, ..plain(Field::DiskTotal) }
    } else if claims(Field::Platform) && heading.key.starts_with("hypervisor") {
        plain(Field::VmHost)
    } else if known.is_empty() {
        Claim { source: Source::Words, ..plain(generic.blockers.asks(&heading.text)?) }
    } else {
        return None;
    };
    base.takes(&meaning).then_some(meaning)
}

/// What the parts of a heading mean that says one thing twice: "Arbeitsspeicher (GB) / Memory (GB)".
fn by_halves(heading: &Heading, base: &Base<'_>, generic: &Generic) -> Vec<Claim> {
    let parts: Vec<&str> =
        heading.text.split(['/', '|', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if !(2..=3).contains(&parts.len()) {
        return Vec::new();
    }
    let known: Vec<Vec<Claim>> = parts
        .iter()
        .map(|part| claims(&Heading::of(part), base, generic, None))
        .filter(|claims| !claims.is_empty())
        .collect();
    let [first, rest @ ..] = &known[..] else { return Vec::new() };
    if rest.iter().any(|other| other[0].field != first[0].field) {
        return Vec::new();
    }
    let said = known.iter().flatten().find(|claim| claim.field == first[0].field && claim.said == Said::Heading);
    let mut claims = first.clone();
    for claim in claims.iter_mut().filter(|claim| claim.field == first[0].field && claim.said == Said::Nobody) {
        if let Some(said) = said {
            (claim.unit, claim.said) = (said.unit, said.said);
        }
    }
    claims
}

impl Base<'_> {
    /// Whether a general heading may give a field here.
    fn takes(&self, claim: &Claim) -> bool {
        let is_spare_name =
            claim.field == Field::VmName && claim.source == Source::Kind && self.naming == Naming::Plain;
        // An export names its rows itself, and its adapters have tables of their own.
        let is_export = self.dialect.is_some();
        let is_subject = (SUBJECTS.contains(&claim.field) && claim.source > Source::Own)
            || (claim.field == Field::VmId && claim.source > Source::Plain);
        let is_numbered_nic = claim.number.is_some() && claim.field.about() == About::Nic;
        reads(self.rows, claim.field) && !is_spare_name && !(is_export && (is_subject || is_numbered_nic))
    }
}

fn claim(meaning: Meaning, form: &Form, source: Source) -> Claim {
    let said = match (form.unit, source) {
        (Some(_), _) => Said::Heading,
        (None, Source::Export) if meaning.says_unit => Said::Export,
        (None, _) if meaning.says_unit => Said::Heading,
        (None, _) => Said::Nobody,
    };
    Claim {
        field: meaning.field,
        unit: form.unit.unwrap_or(meaning.unit),
        said,
        number: form.number,
        rank: meaning.rank,
        words_only: meaning.words_only,
        source,
    }
}

/// What the configuration file makes of a column in a table with such rows.
fn mapped(mapping: &Mapping, rows: RowKind) -> Option<Claim> {
    let field = mapping.field.filter(|field| reads(rows, *field))?;
    Some(Claim {
        field,
        unit: mapping.unit.unwrap_or(usual_unit(field)),
        said: if mapping.unit.is_some() { Said::Heading } else { Said::Nobody },
        number: None,
        rank: 0,
        words_only: false,
        source: Source::Mapping,
    })
}

/// A meaning that a heading has in tables of this kind.
pub(super) const fn plain(field: Field) -> Claim {
    Claim {
        field,
        unit: Unit::None,
        said: Said::Nobody,
        number: None,
        rank: 0,
        words_only: false,
        source: Source::Kind,
    }
}

/// The size of a drive: C: holds the operating system.
fn by_drive(heading: &Heading) -> Option<Claim> {
    let letter = heading.drive?;
    let unit = heading.unit();
    let field = if letter == b'c' { Field::OsDiskSize } else { Field::DiskSize };
    Some(Claim {
        field,
        unit: unit.unwrap_or(usual_unit(field)),
        said: if unit.is_some() { Said::Heading } else { Said::Nobody },
        number: (letter != b'c').then(|| FIRST_LETTER + u16::from(letter - b'a')),
        rank: 0,
        words_only: false,
        source: Source::Plain,
    })
}

/// What the heading's words mean in any order, and the last part of a path of JSON.
fn by_words(heading: &Heading, base: &Base<'_>, generic: &Generic) -> Vec<Claim> {
    let mut claims = Vec::new();
    let kind = base.kind.map(|kind| &kind.headings.by_words);
    let maps = [kind, Some(&generic.own.by_words), Some(&generic.headings.by_words)];
    if let Some(bag) = &heading.bag {
        let known = maps.iter().flatten().find_map(|map| map.get(&bag.key).copied().flatten());
        if let Some(meaning) = known.filter(|meaning| !bag.of_machine || is_of_machine(meaning.field, &bag.key)) {
            claims.extend(worded(meaning, bag.unit));
        }
    }
    for (short, takes) in ends_of_path(&heading.text) {
        let keys =
            [base.kind.map(|kind| &kind.headings.by_key), Some(&generic.own.by_key), Some(&generic.headings.by_key)];
        let found = keys.iter().flatten().find_map(|map| look_up(map, &short.forms, None));
        if let Some((meaning, form)) = found.filter(|(meaning, _)| takes(meaning.field)) {
            claims.push(claim(meaning, &form, Source::Words));
            break;
        }
    }
    claims
}

fn worded(meaning: Meaning, unit: Option<Unit>) -> Option<Claim> {
    if unit.is_some() && usual_unit(meaning.field) == Unit::None {
        return None;
    }
    let form = Form { key: String::new(), unit, number: None };
    Some(claim(meaning, &form, Source::Words))
}

/// Whether "VM" or "server" before a word leaves the fact what it is.
fn is_of_machine(field: Field, words: &str) -> bool {
    match field.about() {
        About::Machine => true,
        About::Nic => matches!(field, Field::NicAddresses | Field::NicMac | Field::NicNetwork),
        // "VM size" is not the size of a disk.
        About::Disk => words.contains(' '),
        _ => false,
    }
}

/// Which facts a heading may name.
type MayName = fn(Field) -> bool;

/// The last parts of a path of JSON as headings, each with the facts that it may name.
fn ends_of_path(text: &str) -> Vec<(Heading, MayName)> {
    let Some((before, last)) = text.rsplit_once('.').filter(|(_, last)| !last.trim().is_empty()) else {
        return Vec::new();
    };
    let holder = before.rsplit('.').next().unwrap_or(before);
    let two = |_| true;
    let one = if HOLDERS.contains(&holder.to_lowercase().as_str()) { is_no_name } else { is_telling };
    vec![(Heading::of(&format!("{holder} {last}")), two), (Heading::of(last), one)]
}

/// Parts of a path that only hold what stands below, in lower case.
const HOLDERS: &[&str] =
    &["specifications", "specification", "specs", "spec", "hardware", "config", "configuration", "intrinsic"];

const fn is_no_name(field: Field) -> bool {
    !matches!(field, Field::VmName | Field::VmId | Field::ComputerName)
}

/// Whether the last part of a path says enough by itself.
const fn is_telling(field: Field) -> bool {
    matches!(
        field,
        Field::Generation
            | Field::Vcpus
            | Field::GuestOs
            | Field::Architecture
            | Field::PowerState
            | Field::SecureBoot
            | Field::VirtualTpm
            | Field::NicMac
            | Field::NicAddresses
    )
}
