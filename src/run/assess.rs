//! `klar assess`: exports in, reports out.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use clap::Parser;

use super::bundle;
use super::exit::{DONE, FAILED_ON, NOTHING_TO_JUDGE, STRICT};
use super::judged::{Basis, Then};
use super::keep;
use super::load;
use super::manifest::{Arguments, MANIFEST, Manifest};
use super::progress::Progress;
use super::read::read;
use super::redact;
use super::save::Folder;
use super::scope;
use super::sign::{SIGNATURE, Signer};
use super::terminal::{print, tell};
use super::unable::unable;
use crate::cli::{Assess, Cli, Command, FailOn};
use crate::evaluate::{Assessment, Readiness};
use crate::model::{Arg, Estate, Gravity, Identity, LeftOut, LeftOutKind, Phrase, TableInfo, say};
use crate::report::language::Language;
use crate::report::view::View;
use crate::report::writer::{Report, Writer};
use crate::report::writers::WRITERS;
use crate::report::xlsx::Kept;
use crate::report::{brief, lines, text};
use crate::tables::Head;

/// What is said where no report tells anything.
const NOTHING_JUDGED: &str = "No machine was found, so nothing was judged and no report was written.";
/// What is said where reports tell of all but machines.
const ONLY_PREREQUISITES: &str =
    "No machine was found, so nothing was judged of machines; the reports hold the prerequisites.";
/// The tables shown when none of them holds machines.
const TABLES: usize = 12;

/// How an assessment is called for, beside its arguments.
pub(super) struct Call<'a> {
    /// What the manifest tells was asked for.
    pub(super) asked: Arguments,
    /// What the folder read is called, where it is not the one that its reports are to tell of.
    pub(super) folder: Option<&'a str>,
    /// Folders of reports that are not read, wherever they lie.
    pub(super) leave_out: &'a [&'a Path],
    /// What the manifest is signed with.
    pub(super) signer: Option<&'a Signer>,
    /// What comes after it.
    pub(super) then: Then,
}

/// How an assessment ended.
pub(super) struct Ended {
    /// The exit code.
    pub(super) code: u8,
    /// Machines judged.
    pub(super) machines: u64,
    /// Whether reports were written.
    pub(super) has_reports: bool,
}

/// Assesses an estate and writes its reports.
///
/// # Errors
/// When an input path does not exist, the output folder cannot be written to, an edition is not known,
/// or the machines written are not the machines read.
pub(super) fn assess(arguments: &Assess, call: Call<'_>) -> Result<Ended> {
    let basis = Basis::open(arguments)?;
    let (policy, planning, disclosure) = (&basis.policy, &basis.planning, &basis.disclosure);
    arguments.only.iter().try_for_each(|only| only.check(policy.carried()).map_err(|why| anyhow!("--only: {why}")))?;
    let mut folder = Folder::open(&arguments.output, &report_names(&basis)?)?;
    let read_already = policy.files();
    for file in read_already.iter().chain(planning.files()).chain(&basis.own) {
        folder.keep_clear(file, &file.canonicalize().unwrap_or_else(|_| file.clone()))?;
    }
    let bundle = arguments.hand_over.bundle.as_deref();
    bundle.map_or(Ok(()), bundle::check)?;
    let kept = keep::entries(arguments, writers(arguments).any(|writer| writer.name == "xlsx"), basis.language)?;
    let progress = Progress::new(arguments.quiet);

    progress.step("Reading the inputs");
    let mut leave_out = basis.leave_out();
    let map = redact::map_path(&arguments.output);
    leave_out.extend([arguments.output.as_path(), map.as_path()]);
    leave_out.extend(call.leave_out.iter().copied().chain(bundle));
    let limits = arguments.reading.given.limits();
    let loaded = load::load_beside(&arguments.paths, &leave_out, &limits, |file, real| folder.keep_clear(file, real))?;
    folder.spare_others()?;
    let mut estate = read(loaded, policy, &arguments.reading)?;
    let read_from: Vec<String> = estate.files.iter().map(|file| file.path.clone()).collect();
    let outside = scope::keep_only(&mut estate, &arguments.only);
    scope::name_files(&mut estate, &arguments.paths);
    if estate.vms.is_empty() && outside > 0 {
        progress.done();
        return Err(unable!(
            "--only leaves none of {machines} {machines:machine|machines}; check its value against the machines' column in the \
             inputs",
            machines = outside
        ));
    }
    if !estate.tells_something() {
        progress.done();
        return Ok(Ended {
            code: nothing_to_judge(&disclosure.estate(&estate), NOTHING_JUDGED, basis.language),
            machines: 0,
            has_reports: false,
        });
    }
    progress.step(format!("Judging {} machines", estate.vms.len()));
    basis.view(estate, call.folder, &kept, call.then, |view| {
        let written = write(view, arguments, &mut folder, &progress)?;
        progress.done();
        check_sum(view.estate, view.assessment, &written)?;
        let told = redact::write_map(&map, disclosure)?;
        let asked = redact::arguments(call.asked, disclosure);
        folder.finish(Manifest::of(view, &arguments.paths, asked), call.signer)?;
        if let Some(bundle) = bundle {
            let names = written.iter().map(|report| report.name.as_str()).chain([MANIFEST]);
            let names = names.chain(call.signer.map(|_| SIGNATURE));
            let mut contents: bundle::Contents = names.map(|name| (name.to_owned(), folder.path(name))).collect();
            if arguments.hand_over.bundle_inputs {
                contents.extend(bundle::inputs(view, &read_from, &arguments.paths));
            }
            bundle::write(bundle, contents)?;
        }
        end(view, arguments, &folder, &written, told)
    })
}

/// Tells what came of it, and how the run ends.
fn end(
    view: &View<'_>,
    arguments: &Assess,
    folder: &Folder,
    written: &[Written],
    told: Option<Phrase>,
) -> Result<Ended> {
    if !arguments.quiet {
        let mut summary = text::summary(view);
        summary.push('\n');
        for report in written {
            summary.push_str(&folder.path(&report.name).display().to_string());
            summary.push('\n');
        }
        summary.extend(told.map(|told| format!("{}\n", view.options.language.said(&told))));
        summary.push_str(&brief::brief(view));
        print(&summary)?;
    }
    let code = exit_code(arguments, view.estate, view.assessment);
    if code == STRICT && arguments.quiet {
        let mut told = String::new();
        let why = "--strict was asked for, and some input was refused, not recognised or damaged.";
        lines::line(&mut told, 0, view.options.language.words(why));
        text::notes(&mut told, &view.estate.notes, "klar inspect shows them all", view.options.language);
        tell(&told);
    }
    let machines = view.estate.vms.len() as u64;
    if machines == 0 {
        nothing_to_judge(view.estate, ONLY_PREREQUISITES, view.options.language);
    }
    Ok(Ended { code, machines, has_reports: true })
}

/// Tells on standard error, even to those who asked for quiet, what was read instead of machines.
fn nothing_to_judge(estate: &Estate, why: &'static str, language: Language) -> u8 {
    let mut told = String::new();
    lines::line(&mut told, 0, language.words(why));
    let tables: Vec<&TableInfo> = estate.tables.iter().filter(|table| !table.read_as.is_empty()).collect();
    if !tables.is_empty() {
        told.push('\n');
    }
    for table in tables.iter().take(TABLES) {
        let file = Arg::named(Identity::File, &estate.files[table.file].path);
        let place = match table.sheet.as_str() {
            "" => file.into(),
            sheet => say!("{file}: {sheet}", file = file, sheet = Arg::named(Identity::Sheet, sheet)),
        };
        let seen = say!(
            "{place}: taken for {kind}, {rows} {rows:row|rows}",
            place = place,
            kind = Arg::wording(&table.taken_for),
            rows = table.rows.read
        );
        lines::line(&mut told, 0, &language.said(&seen));
    }
    if let Some(more) = tables.len().checked_sub(TABLES).filter(|more| *more > 0) {
        let more = say!("{more} more {more:table|tables} without machines.", more = more);
        lines::line(&mut told, 0, &language.said(&more));
    }
    left_out(&mut told, estate, language);
    text::notes(&mut told, &estate.notes, "klar inspect shows them all", language);
    told.push('\n');
    let next = "klar inspect shows how each column was understood; klar collect prints the scripts that export what is needed.";
    lines::paragraph(&mut told, 0, language.words(next));
    tell(&told);
    NOTHING_TO_JUDGE
}

/// Names the machines that were read and left out, as no report does where nothing is judged.
fn left_out(told: &mut String, estate: &Estate, language: Language) {
    let is_machine = |row: &&LeftOut| matches!(row.kind, LeftOutKind::Vm | LeftOutKind::AzureVm);
    let rows: Vec<&LeftOut> = estate.left_out.iter().filter(is_machine).collect();
    if !rows.is_empty() {
        told.push('\n');
    }
    for row in rows.iter().take(TABLES) {
        let (name, reason) = (Arg::named(Identity::Machine, &row.name), Arg::Word(row.reason));
        lines::line(told, 0, &language.said(&say!("left out: {name} ({reason})", name = name, reason = reason)));
    }
    if let Some(more) = rows.len().checked_sub(TABLES).filter(|more| *more > 0) {
        let more = say!("{more} more {more:machine|machines} left out.", more = more);
        lines::line(told, 0, &language.said(&more));
    }
}

/// The names of the reports asked for, which an estate of nothing tells as well.
fn report_names(basis: &Basis<'_>) -> Result<Vec<String>> {
    let names = |writer: &Writer, view: &View<'_>| (writer.files)(view).into_iter().map(|report| report.name).collect();
    basis.view(Estate::default(), None, &Kept::default(), Then::GoOn, |view| {
        Ok(writers(basis.arguments).flat_map(|writer| -> Vec<String> { names(writer, view) }).collect())
    })
}

/// Hands the view of an estate of nothing, with every form of report asked for, to `look`.
fn of_nothing<T>(look: impl FnOnce(&Basis<'_>) -> Result<T>) -> Result<T> {
    let forms: Vec<&str> = WRITERS.iter().map(|writer| writer.name).collect();
    let cli = Cli::try_parse_from(["klar", "assess", ".", "--format", &forms.join(",")])?;
    let Command::Assess(arguments) = cli.command else { bail!("internal error: no assessment") };
    look(&Basis::open(&arguments)?)
}

/// The names that reports of every form have, as far as an estate of nothing tells them.
pub(super) fn own_names() -> Result<Vec<String>> {
    of_nothing(report_names)
}

/// The columns of every published table, by its name.
pub(super) fn own_heads() -> Result<BTreeMap<String, Vec<Head>>> {
    of_nothing(|basis| {
        basis.view(Estate::default(), None, &Kept::default(), Then::GoOn, |view| {
            Ok(view.tables().into_iter().map(|table| (table.name.to_owned(), table.heads)).collect())
        })
    })
}

/// The forms of report asked for.
fn writers(arguments: &Assess) -> impl Iterator<Item = &'static Writer> {
    WRITERS.iter().filter(|writer| arguments.format.iter().any(|name| name == writer.name))
}

/// A report written, with how many machines it holds, when it holds machines.
struct Written {
    name: String,
    machines: Option<u64>,
}

fn write(view: &View<'_>, arguments: &Assess, folder: &mut Folder, progress: &Progress) -> Result<Vec<Written>> {
    let mut written = Vec::new();
    for writer in writers(arguments) {
        for Report { name, write } in (writer.files)(view) {
            progress.step(format!("Writing {name}"));
            let machines = folder.save(&name, write)?;
            written.push(Written { name, machines });
        }
    }
    Ok(written)
}

/// Machines read, judged and written must be the same number in every report, and every row read accounted for.
fn check_sum(estate: &Estate, assessment: &Assessment<'_>, written: &[Written]) -> Result<()> {
    let read = estate.vms.len() as u64;
    for run in &assessment.runs {
        if run.vms.len() as u64 != read {
            bail!("internal error: {read} machines read, {} judged by {}", run.vms.len(), run.edition.id());
        }
    }
    for report in written {
        if let Some(machines) = report.machines.filter(|machines| *machines != read) {
            bail!("internal error: {read} machines read, {machines} written to {}", report.name);
        }
    }
    if let Some(table) = estate.tables.iter().find(|table| !table.rows.adds_up()) {
        let file = &estate.files[table.file].path;
        bail!("internal error: not every row of {file} {} is accounted for: {:?}", table.sheet, table.rows);
    }
    Ok(())
}

fn exit_code(arguments: &Assess, estate: &Estate, assessment: &Assessment<'_>) -> u8 {
    let worst = assessment.runs.iter().flat_map(|run| &run.vms).map(|vm| vm.readiness).min();
    if estate.vms.is_empty() {
        return NOTHING_TO_JUDGE;
    }
    let failed = match (arguments.fail_on, worst) {
        (Some(limit), Some(worst)) => worst <= limit_of(limit),
        (None, _) | (_, None) => false,
    };
    let refused = estate.notes.iter().any(|note| note.gravity <= Gravity::Broken);
    if failed {
        FAILED_ON
    } else if arguments.strict && refused {
        STRICT
    } else {
        DONE
    }
}

const fn limit_of(fail_on: FailOn) -> Readiness {
    match fail_on {
        FailOn::NotReady => Readiness::NotReady,
        FailOn::Unknown => Readiness::Unknown,
        FailOn::Conditions => Readiness::ReadyWithConditions,
    }
}
