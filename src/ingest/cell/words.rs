//! The words that cells hold, from one data file for every language Klar reads.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::model::{AddressAssignment, Architecture, DiskFormat, DiskKind, DiskRole, Generation};

/// The words of one kind of fact, in lower case, with what each means.
pub(super) type Meanings<T> = FxHashMap<String, T>;

/// The words of every kind of fact.
pub(super) struct Words {
    /// Words that say that someone did not know.
    pub doubt: FxHashSet<String>,
    /// What is said of a disk that machines share, and of one that is no file.
    pub shared_disk: Vec<String>,
    pub foreign_disk: Vec<String>,
    /// What is said of a disk that is encrypted.
    pub encrypted_disk: Vec<String>,
    pub unsaid: FxHashSet<String>,
    /// A bit for each ASCII character that a word of `unsaid` begins with.
    pub unsaid_starts: u128,
    pub total: FxHashSet<String>,
    /// First words of a row that sums up a part of the others.
    pub subtotal: FxHashSet<String>,
    /// Figures of a whole list that stand below it.
    pub figures: FxHashSet<String>,
    /// What the rows of an export are counted as.
    pub counted: FxHashSet<String>,
    /// The portal's names of types of Azure resources.
    pub azure_types: FxHashSet<String>,
    /// Those that others than Azure have too.
    pub anyones_types: FxHashSet<String>,
    /// What stands in the names of regions: parts of the world, and sides of them.
    pub region_places: Vec<String>,
    pub region_sides: Vec<String>,
    /// What stands in the names of hypervisors and of what is none.
    pub platforms: Vec<String>,
    /// What stands behind a number of processors.
    pub processors: FxHashSet<String>,
    /// What a size may be said to be of, behind its unit.
    pub beside_sizes: FxHashSet<String>,
    /// Words in the names of systems that run on no host.
    pub guests_systems: Vec<String>,
    pub yes_no: Meanings<bool>,
    /// Whether an adapter is a legacy one.
    pub legacy: Meanings<bool>,
    /// `None` for a state that is shown as written.
    pub power_state: Meanings<Option<&'static str>>,
    pub generation: Meanings<Generation>,
    pub architecture: Meanings<Architecture>,
    pub disk_format: Meanings<DiskFormat>,
    pub disk_kind: Meanings<DiskKind>,
    pub disk_role: Meanings<DiskRole>,
    pub assignment: Meanings<AddressAssignment>,
    pub replication_mode: Meanings<&'static str>,
    pub row_kind: RowKindWords,
}

/// The words by which a row of a list of several kinds says what it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowKindWords {
    pub host: FxHashSet<String>,
    /// What may stand beside a word of hosts, clusters or templates.
    pub beside: FxHashSet<String>,
    pub cluster: FxHashSet<String>,
    pub template: FxHashSet<String>,
    pub replica: FxHashSet<String>,
    pub machine: FxHashSet<String>,
    pub other: FxHashSet<String>,
    /// Words of headings of what a server does.
    pub roles: FxHashSet<String>,
    /// Words of headings of a computer's model, which is "Virtual Machine" of one of Hyper-V.
    pub models: FxHashSet<String>,
    /// Words of headings of a computer's maker.
    pub makers: FxHashSet<String>,
    /// Words in the models of hardware.
    pub hardware: Vec<String>,
    /// How the names of makers of hardware begin.
    pub hardware_makers: Vec<String>,
    /// What stands in the models and makers of machines on other hypervisors.
    pub foreign: Vec<String>,
    /// The same as whole words.
    pub foreign_words: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    unsaid: Vec<String>,
    doubt: Vec<String>,
    shared_disk: Vec<String>,
    foreign_disk: Vec<String>,
    encrypted_disk: Vec<String>,
    total: Vec<String>,
    subtotal: Vec<String>,
    figures: Vec<String>,
    counted: Vec<String>,
    azure_types: Vec<String>,
    anyones_types: Vec<String>,
    region_places: Vec<String>,
    region_sides: Vec<String>,
    platforms: Vec<String>,
    processors: Vec<String>,
    beside_sizes: Vec<String>,
    guests_systems: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    legacy: Vec<String>,
    not_legacy: Vec<String>,
    power_state: BTreeMap<String, Vec<String>>,
    generation: BTreeMap<String, Vec<String>>,
    architecture: BTreeMap<String, Vec<String>>,
    disk_format: BTreeMap<String, Vec<String>>,
    disk_kind: BTreeMap<String, Vec<String>>,
    disk_role: BTreeMap<String, Vec<String>>,
    assignment: BTreeMap<String, Vec<String>>,
    replication_mode: BTreeMap<String, Vec<String>>,
    row_kind: RowKindWords,
    language: BTreeMap<String, Language>,
}

/// What a language adds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    name: String,
    decimal: char,
    yes: Vec<String>,
    no: Vec<String>,
    on: Vec<String>,
    off: Vec<String>,
    none: Vec<String>,
    running: Vec<String>,
    stopped: Vec<String>,
    saved: Vec<String>,
    paused: Vec<String>,
    enabled: Vec<String>,
    disabled: Vec<String>,
    unsaid: Vec<String>,
    total: Vec<String>,
}

/// The words that are built in.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| match Words::parse(include_str!("../../../templates/dialects/words.toml")) {
        Ok(words) => words,
        Err(why) => panic!("templates/dialects/words.toml is not valid: {why}"),
    });

impl Words {
    fn parse(text: &str) -> Result<Self, String> {
        let file: WordFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut words = Self {
            unsaid: file.unsaid.into_iter().collect(),
            unsaid_starts: 0,
            doubt: file.doubt.into_iter().collect(),
            shared_disk: file.shared_disk,
            foreign_disk: file.foreign_disk,
            encrypted_disk: file.encrypted_disk,
            total: file.total.into_iter().collect(),
            subtotal: file.subtotal.into_iter().collect(),
            figures: file.figures.into_iter().collect(),
            counted: file.counted.into_iter().collect(),
            platforms: file.platforms,
            processors: file.processors.into_iter().collect(),
            beside_sizes: file.beside_sizes.into_iter().collect(),
            guests_systems: file.guests_systems,
            azure_types: file.azure_types.into_iter().collect(),
            anyones_types: file.anyones_types.into_iter().collect(),
            region_places: file.region_places,
            region_sides: file.region_sides,
            yes_no: FxHashMap::default(),
            legacy: FxHashMap::default(),
            power_state: power_states(&file.power_state)?,
            generation: meanings("generation", &file.generation, Generation::ALL, Generation::as_str)?,
            architecture: meanings("architecture", &file.architecture, Architecture::ALL, Architecture::as_str)?,
            disk_format: meanings("disk_format", &file.disk_format, DiskFormat::ALL, DiskFormat::as_str)?,
            disk_kind: meanings("disk_kind", &file.disk_kind, DiskKind::ALL, DiskKind::as_str)?,
            disk_role: meanings("disk_role", &file.disk_role, DiskRole::ALL, DiskRole::as_str)?,
            assignment: meanings("assignment", &file.assignment, AddressAssignment::ALL, AddressAssignment::as_str)?,
            replication_mode: meanings("replication_mode", &file.replication_mode, REPLICATION_MODES, |mode| mode)?,
            row_kind: file.row_kind,
        };
        add("yes and no", &mut words.yes_no, &file.yes, true)?;
        add("yes and no", &mut words.yes_no, &file.no, false)?;
        add("legacy", &mut words.legacy, &file.legacy, true)?;
        add("legacy", &mut words.legacy, &file.not_legacy, false)?;
        for language in file.language.into_values() {
            words.learn(language)?;
        }
        words.unsaid_starts = words.unsaid.iter().fold(TYPE_NAME_STARTS, |starts, word| starts | start(word));
        Ok(words)
    }

    fn learn(&mut self, language: Language) -> Result<(), String> {
        let what = format!("the words of {}", language.name);
        if !matches!(language.decimal, '.' | ',') {
            return Err(format!("{what}: the decimal mark is `.` or `,`"));
        }
        for list in [&language.yes, &language.on, &language.enabled] {
            add(&what, &mut self.yes_no, list, true)?;
        }
        for list in [&language.no, &language.off, &language.none, &language.disabled] {
            add(&what, &mut self.yes_no, list, false)?;
            add(&what, &mut self.replication_mode, list, "None")?;
        }
        let states = [
            (&language.running, "Running"),
            (&language.on, "Running"),
            (&language.stopped, "Off"),
            (&language.off, "Off"),
            (&language.saved, "Saved"),
            (&language.paused, "Paused"),
        ];
        for (list, state) in states {
            add(&what, &mut self.power_state, list, Some(state))?;
        }
        for list in [&language.on, &language.enabled] {
            add(&what, &mut self.replication_mode, list, "On")?;
        }
        self.unsaid.extend(language.unsaid);
        self.total.extend(language.total);
        Ok(())
    }
}

/// Hyper-V's replication modes, and that a machine is replicated in a direction the export does not tell.
const REPLICATION_MODES: &[&str] = &["None", "Primary", "Replica", "TestReplica", "ExtendedReplica", "On"];

/// The power states in one vocabulary.
const POWER_STATES: &[&str] = &["Running", "Off", "Saved", "Paused"];

/// The letters that names of .NET types begin with.
const TYPE_NAME_STARTS: u128 = (1 << b'm') | (1 << b's') | (1 << b'd');

fn start(word: &str) -> u128 {
    word.bytes().next().filter(u8::is_ascii).map_or(0, |first| 1 << first)
}

fn power_states(file: &BTreeMap<String, Vec<String>>) -> Result<Meanings<Option<&'static str>>, String> {
    let mut states = FxHashMap::default();
    for (name, list) in file {
        let state = POWER_STATES.iter().copied().find(|state| state == name);
        if state.is_none() && name != "Other" {
            return Err(format!("power_state: `{name}` is none of {}, Other", POWER_STATES.join(", ")));
        }
        add("power_state", &mut states, list, state)?;
    }
    Ok(states)
}

fn meanings<T: Copy + PartialEq>(
    what: &str,
    file: &BTreeMap<String, Vec<String>>,
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
) -> Result<Meanings<T>, String> {
    let mut meanings = FxHashMap::default();
    for (name, list) in file {
        let known = all.iter().copied().find(|one| name_of(*one) == name);
        add(what, &mut meanings, list, known.ok_or_else(|| format!("{what}: `{name}` is no value"))?)?;
    }
    Ok(meanings)
}

/// Adds words of one meaning; a word of two meanings would be read by chance.
fn add<T: Copy + PartialEq>(what: &str, to: &mut Meanings<T>, words: &[String], meaning: T) -> Result<(), String> {
    for word in words {
        if word.chars().any(char::is_uppercase) {
            return Err(format!("{what}: `{word}` is not in lower case"));
        }
        if to.insert(word.clone(), meaning).is_some_and(|other| other != meaning) {
            return Err(format!("{what}: `{word}` has two meanings"));
        }
    }
    Ok(())
}
