//! The parts measured inside a process of their own.

use std::path::Path;
use std::time::Instant;

use calamine::{Reader, Xlsx, open_workbook};
use klar::catalogue::{Catalogue, Target, digest};
use klar::evaluate::evaluate;
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::model::Estate;
use klar::organisation::Organisation;
use klar::report::stamp::Stamp;
use klar::report::view::{Options, View};
use klar::report::xlsx::Kept;
use klar::report::{pdf, story};

/// The peer: calamine's dense ranges of every sheet, one after another.
pub fn read_dense(file: &Path) {
    let mut workbook: Xlsx<_> = open_workbook(file).expect("a workbook");
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).expect("a sheet");
        cells += range.used_cells().count();
    }
    println!("{cells} cells");
}

fn read(file: &Path) -> Estate {
    let bytes = std::fs::read(file).expect("the workbook was written");
    let source = Source { path: "estate.xlsx".to_owned(), sha256: digest(&bytes), bytes };
    ingest::read(&[source], &Dialects::embedded())
}

/// Judging alone, on one core, full newest edition of Azure Site Recovery.
pub fn judge(file: &Path) {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the first pool of the process");
    let estate = read(file);
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let newest = catalogue.newest(Target::SiteRecovery).expect("an edition");
    let as_of = jiff::civil::date(2026, 11, 22);
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let assessment = evaluate(&estate, &catalogue, &[newest], as_of);
        best = best.min(start.elapsed().as_secs_f64());
        drop(assessment);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of machines shown as a rate")]
    let each = best * 1e6 / estate.vms.len() as f64;
    println!(
        "judging {} machines by {} ({} requirements): {each:.2} microseconds a machine and core",
        estate.vms.len(),
        newest.id(),
        newest.requirements.len()
    );
    plan_all(&estate, &catalogue, best);
}

/// Planning every machine, against the time of judging them, on the same core.
fn plan_all(estate: &Estate, catalogue: &Catalogue, judging: f64) {
    // Judged by nothing, so that no machine is left out.
    let unjudged = evaluate(estate, catalogue, &[], jiff::civil::date(2026, 11, 22));
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let plan = klar::plan::plan(estate, &unjudged, catalogue, &klar::plan::Wishes::default(), None);
        best = best.min(start.elapsed().as_secs_f64());
        drop(plan);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of machines shown as a rate")]
    let each = best * 1e6 / estate.vms.len() as f64;
    println!(
        "planning all {} machines: {:.2} x judging them (aim 2), {each:.2} microseconds a machine and core",
        estate.vms.len(),
        best / judging
    );
}

/// The whole PDF of an estate.
pub fn pdf(file: &Path) {
    let estate = read(file);
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let newest = catalogue.newest(Target::SiteRecovery).expect("an edition");
    let assessment = evaluate(&estate, &catalogue, &[newest], jiff::civil::date(2026, 11, 22));
    let stamp = Stamp { version: "bench".to_owned(), ..Stamp::default() };
    let organisation = Organisation::default();
    let view = View {
        estate: &estate,
        assessment: &assessment,
        organisation: &organisation,
        plan: None,
        changes: None,
        stamp: &stamp,
        options: Options::default(),
        kept: &Kept::default(),
    };
    let document = story::tell(&view);
    let before = own_cpu();
    let start = Instant::now();
    let mut bytes = Vec::new();
    pdf::write(&document, &mut bytes).expect("writing to memory does not fail");
    println!(
        "report.pdf of {} machines: {:.2} s, {:.2} CPU s, {} KiB",
        estate.vms.len(),
        start.elapsed().as_secs_f64(),
        own_cpu() - before,
        bytes.len() / 1024
    );
}

/// User and system seconds of this process (Linux; to 10 ms).
fn own_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(") ").next().unwrap_or("");
    let ticks: u32 = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}
