//! What an estate is judged by, opened, and the view of what comes of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;

use super::against::{select, today};
use super::planning::Planning;
use super::policy::{Policy, note};
use super::read::read;
use super::unable::unable;
use super::{load, logo, organisation, redact, scope};
use crate::catalogue::Edition;
use crate::cli::Assess;
use crate::compare::assessments;
use crate::evaluate::evaluate_waiving;
use crate::model::{Estate, Gravity, Note};
use crate::organisation::{Rule, judge};
use crate::report::disclosure::Disclosure;
use crate::report::json;
use crate::report::language::Language;
use crate::report::logo::Logo;
use crate::report::pdf;
use crate::report::view::{Options, View};
use crate::report::xlsx::Kept;

/// What comes after an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The end of the program.
    End,
    /// More work.
    GoOn,
}

/// What an estate is judged by.
pub(super) struct Basis<'a> {
    pub(super) arguments: &'a Assess,
    pub(super) policy: Policy,
    pub(super) planning: Planning,
    /// What reports may tell of names.
    pub(super) disclosure: Disclosure,
    /// The files with rules of the organisation.
    pub(super) own: Vec<PathBuf>,
    rules: Vec<Rule>,
    logo: Option<Arc<Logo>>,
    /// The language that people are told in.
    pub(super) language: Language,
    pub(super) as_of: Date,
}

impl<'a> Basis<'a> {
    /// Opens what the arguments name.
    ///
    /// # Errors
    /// When a file named cannot be used, or an edition is not known.
    pub(super) fn open(arguments: &'a Assess) -> Result<Self> {
        let policy = Policy::open(&arguments.reading.given)?;
        select(&policy.catalogue, &arguments.against)?;
        load::check(&arguments.paths, &arguments.output)?;
        let own: Vec<PathBuf> = policy.rules().map(Path::to_owned).chain(arguments.rules.iter().cloned()).collect();
        let rules = organisation::read(&own.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
        let planning = Planning::open(arguments, &policy)?;
        let disclosure = redact::disclosure(arguments.redaction.key())?;
        let language = policy.language(&arguments.spoken)?;
        let as_of = arguments.as_of.unwrap_or_else(today);
        let logo = logo::open(policy.logo(), &arguments.format)?;
        Ok(Self { arguments, policy, planning, disclosure, own, rules, logo, language, as_of })
    }

    /// The editions judged against.
    ///
    /// # Errors
    /// When one is not known.
    pub(super) fn editions(&self) -> Result<Vec<&Edition>> {
        select(&self.policy.catalogue, &self.arguments.against)
    }

    /// The files and folders that are no exports, wherever they lie.
    pub(super) fn leave_out(&self) -> Vec<&Path> {
        let keys = &self.arguments.hand_over;
        // A secret key among the exports is never read as one of them, nor packed with them.
        let keys = keys.sign.iter().chain(&keys.password_file).chain(&self.arguments.redaction.redact_key);
        let named = self.planning.files().iter().chain(&self.own).chain(keys).map(PathBuf::as_path);
        self.policy.leave_out().into_iter().chain(named).collect()
    }

    /// Judges an estate and hands the view of it to `look`; `folder` is what the folder read is called, where that is not its
    /// name.
    ///
    /// # Errors
    /// What `look` fails with.
    pub(super) fn view<T>(
        &self,
        mut estate: Estate,
        folder: Option<&str>,
        kept: &Kept,
        then: Then,
        look: impl FnOnce(&View<'_>) -> Result<T>,
    ) -> Result<T> {
        let (arguments, catalogue, editions) = (self.arguments, &self.policy.catalogue, self.editions()?);
        let folder = folder.map_or_else(|| scope::folder_name(&arguments.paths), str::to_owned);
        let mut stamp = self.policy.stamp(arguments, folder, &editions, self.as_of);
        stamp.front.logo.clone_from(&self.logo);
        note(&stamp, &catalogue.unused(self.language.code()), &mut estate);
        if arguments.format.iter().any(|name| name == "pdf") && self.disclosure.is_open() {
            let text = pdf::letters_note(&estate)?;
            let note =
                |text| Note { gravity: Gravity::Remark, file: String::new(), sheet: String::new(), origin: None, text };
            estate.notes.extend(text.map(note));
        }
        let mut assessment = evaluate_waiving(&estate, catalogue, &editions, self.as_of, self.policy.waivers());
        let mut organisation = judge(self.rules.clone(), &estate, &assessment);
        let (findings, csv, pdf) = (arguments.findings, arguments.csv, arguments.pdf_detail);
        let options = Options { findings, csv, pdf, language: self.language };
        let mut plan = self.planning.of(&estate, &assessment, catalogue);
        // Names decided verdicts and places until here; from here on only what may be told of them is known.
        let disclosure = &self.disclosure;
        let shown = disclosure.estate(&estate);
        disclosure.assessment(&mut assessment);
        disclosure.organisation(&mut organisation);
        if let Some(plan) = &mut plan {
            disclosure.plan(plan);
        }
        disclosure.stamp(&mut stamp);
        let view = View {
            estate: &shown,
            assessment: &assessment,
            organisation: &organisation,
            plan: plan.as_ref(),
            changes: None,
            stamp: &stamp,
            options,
            kept,
        };
        let earlier = self.planning.earlier();
        let changes = earlier.map(|earlier| assessments(earlier, &json::of(&view)));
        let seen = look(&View { changes: changes.as_ref(), ..view });
        if then == Then::End {
            // The process ends here and gives its memory back at once, which piece by piece takes long for a large estate.
            std::mem::forget((plan, shown));
            std::mem::forget((assessment, estate));
        }
        seen
    }
}

/// Reads and judges what the arguments name, writes nothing, and hands the view of it to `look`.
///
/// # Errors
/// When an input cannot be read, nothing in the inputs tells of an estate, or `look` fails.
pub(super) fn look<T>(arguments: &Assess, look: impl FnOnce(&View<'_>) -> Result<T>) -> Result<T> {
    let basis = Basis::open(arguments)?;
    let limits = arguments.reading.given.limits();
    let loaded = load::load(&arguments.paths, &basis.leave_out(), &limits)?;
    let policy = &basis.policy;
    let mut estate = read(loaded, policy, &arguments.reading)?;
    scope::name_files(&mut estate, &arguments.paths);
    if !estate.tells_something() {
        return Err(unable!("no machine was found in the inputs; klar inspect shows how each file was understood"));
    }
    basis.view(estate, None, &Kept::default(), Then::End, look)
}
