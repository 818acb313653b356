//! Every sample told in Swedish, searched for English words: what is left is a name, a command or a quotation.

use std::collections::{BTreeMap, BTreeSet};

use klar::catalogue::Catalogue;
use klar::plan::Wishes;
use klar::report::document::{Bands, Block, Document, Table};
use klar::report::language::Language;
use klar::report::view::{Options, View};
use klar::report::{brief, story, text};

/// Common English words that are no Swedish ones.
const ENGLISH: &str = "\
    about above account accounts action actions adapter adapters address addresses after another any are available \
    because been before below between blocker blockers both can cannot change changed changes check checked checks \
    claimed cloud clouds cluster clusters column columns condition conditions could counted coverage date dates day \
    days declared decided did disks document documents does done each edition editions effort end ended ends \
    essential estate estimated every evidence expected expired exported exports fact facts fewer file files find \
    finding findings first fixed found free freed from gap gaps given gives growth guest guests has have heading \
    headings held holds hosts hour hours how if image images inherited input inputs into it its judged kept kind \
    known largest last least left less limit limits list listed lists machine machines made make many means memory \
    method missing month months more most move moved moves much must name names need needed needs network networks \
    never newer next no none note nothing notice of off older on one only open operating operations or other others \
    our out owner page paid part parts place planned price prices read readiness ready reason reasons remark remedy \
    replicate replicated report reports required requirement requirements role roles row rows rule rules said same \
    says scope second seconds section seen severity sheet sheets should since site sites size sizes smaller smallest \
    some source sources step steps stands still storage subject subjects subnet subnets summary supported table \
    tables taken takes tells than that the their them then there these they this those through throughput told too \
    two unknown unknowns unless unsupported until update updates upgrade use used uses value values vault vaults \
    versions volume volumes waived waiver warning warnings was wave waves were what when where whether which while \
    who why will with without work works would write written yes you your";

/// Names that are English and stay so, longest first where one holds another.
const NAMES: &[&str] = &[
    "Virtual Machine Contributor",
    "Site Recovery Contributor",
    "Virtual Machine Manager",
    "Deployment Planner",
    "Recovery Services",
    "Resource Manager",
    "Site Recovery",
    "Storage Spaces",
    "Azure Storage",
    "Blob Storage",
    "Red Hat",
    "Fibre Channel",
    "Service Pack",
    "Small Business Server",
    "Home Server",
    "Server Core",
    "Network Load Balancing",
    "Storage Manager for SANs",
    "Rights Management",
    "Windows Deployment Services",
    "Linux Integration Services",
    "Resource Inventory",
    "Quick Review",
    "Live Optics",
    "Owner",
    "Update required",
    "Daily change",
    "Guest NFS",
    "Guest SMB",
    "Guest iSCSI",
    "Write churn",
    "LVM on OS disk",
    "Boot on OS disk",
    "klar collect guest",
    "az network vnet list",
    "az role assignment list",
    "az storage account list",
    "az storage account blob-service-properties show",
    "Förväntat: None",
    "Backup tool",
    "--keep",
];

/// The texts of a report that are told, one after the other.
fn texts(document: &Document<'_>) -> Vec<String> {
    let mut told = Vec::new();
    let cover = &document.cover;
    told.push(cover.title.clone());
    told.extend(cover.facts.iter().flat_map(|(label, value)| [label.clone(), value.clone()]));
    for section in &document.sections {
        told.push(section.title.clone());
        for block in &section.blocks {
            of_block(block, &mut told);
        }
    }
    told
}

fn of_block(block: &Block<'_>, told: &mut Vec<String>) {
    match block {
        Block::Heading { text, mark, .. } => {
            told.push(text.clone());
            told.extend(mark.iter().map(|(word, _)| word.clone()));
        }
        Block::Text(text) | Block::Callout { text, .. } => told.push(text.clone()),
        Block::Facts(facts) => {
            told.extend(facts.iter().flat_map(|fact| [fact.label.clone(), fact.value.text.clone()]));
        }
        Block::Chart(chart) => {
            told.push(chart.title.clone());
            for bar in &chart.bars {
                told.push(bar.label.clone());
                told.extend(bar.parts.iter().map(|(word, ..)| word.clone()));
            }
        }
        Block::Table(table) => of_table(table, told),
        Block::Bands(Bands { table, bands }) => {
            of_table(table, told);
            for band in bands {
                told.push(band.title.clone());
                told.extend(band.notes.iter().chain(&band.more).cloned());
                told.extend(band.mark.iter().map(|(word, _)| word.clone()));
            }
        }
    }
}

fn of_table(table: &Table<'_>, told: &mut Vec<String>) {
    told.extend(table.columns.iter().map(|column| column.title.clone()));
    told.push(table.empty.clone());
    for row in 0..table.len {
        told.extend((table.row)(row).into_iter().map(|cell| cell.text));
    }
}

/// The names that a report tells as they are: documents and their sections, products, and what the inputs say.
fn names(view: &View<'_>) -> BTreeSet<String> {
    let catalogue = Catalogue::embedded().unwrap();
    let mut names: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    for edition in &catalogue.editions {
        names.extend(edition.sources.iter().map(|source| source.document.clone()));
        names.extend(edition.requirements.iter().map(|requirement| requirement.section.clone()));
        names.extend(edition.notices.iter().map(|notice| notice.section.clone()));
    }
    names.extend(view.estate.vms.iter().filter_map(|vm| vm.guest_os.value().map(ToString::to_string)));
    names.extend(view.estate.tables.iter().map(|table| table.sheet.clone()));
    names
}

/// The words of a text that are on the list.
fn listed(text: &str) -> Vec<String> {
    let known: BTreeSet<&str> = ENGLISH.split_whitespace().collect();
    let words = text.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    words.filter(|word| known.contains(word.to_lowercase().as_str())).map(str::to_owned).collect()
}

/// A text without what stands between two marks.
fn outside(text: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        kept.push_str(before);
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The English words of a text that stand neither in a name nor in quotes.
fn english(text: &str, names: &[String]) -> Vec<String> {
    if listed(text).is_empty() {
        return Vec::new();
    }
    let mut text = text.to_owned();
    for name in names.iter().filter(|name| !name.is_empty()) {
        text = text.replace(name.as_str(), " ");
    }
    listed(&outside(&outside(&text, '`', '`'), '”', '”'))
}

fn left_in(view: &View<'_>) -> BTreeMap<String, String> {
    let language = Language::of("sv", None).unwrap();
    let mut names: Vec<String> = names(view).into_iter().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let options = Options { language, ..view.options };
    let view = View { options, ..View { ..*view } };
    let mut told = texts(&story::tell(&view));
    told.extend(text::summary(&view).lines().map(str::to_owned));
    told.extend(brief::brief(&view).lines().map(str::to_owned));
    told.iter().flat_map(|text| english(text, &names).into_iter().map(|word| (word, text.clone()))).collect()
}

#[test]
fn a_swedish_report_holds_no_english_words() {
    let found = std::sync::Mutex::new(BTreeMap::new());
    for sample in ["tallvik", "almby", "lindas"] {
        crate::writers::with_sample(sample, |view| found.lock().unwrap().extend(left_in(view)));
    }
    crate::plan::tables::with_sample("tallvik", &Wishes::default(), |view| found.lock().unwrap().extend(left_in(view)));
    let found = found.into_inner().unwrap();
    let lines: Vec<String> = found.iter().map(|(word, text)| format!("{word}: {text}")).collect();
    assert!(lines.is_empty(), "{} English words:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn an_english_word_would_be_found() {
    let name = "Storage Spaces on".to_owned();
    assert_eq!(english("Maskinen is ready, med ”the row” och `the code`.", &[]), ["ready"]);
    assert!(english("Storage Spaces on, cores-over-limit och report.xlsx", &[name]).is_empty());
    assert_eq!(english("Ready with conditions", &[]), ["Ready", "with", "conditions"]);
}
