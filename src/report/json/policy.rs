//! Waivers, declarations and carried-in catalogue files in the assessment's JSON.

use serde::Serialize;

use super::super::view::View;
use crate::catalogue::Carried;
use crate::evaluate::WaiverResult;
use crate::model::{Declared, SubjectKind};

/// What people vouch for, what they let stand, and by what catalogue they asked to be judged.
#[derive(Serialize)]
pub(super) struct Policy<'a> {
    waivers: Vec<WaiverItem<'a>>,
    declarations: Vec<DeclarationItem<'a>>,
    catalogue: CatalogueItem<'a>,
}

#[derive(Serialize)]
struct WaiverItem<'a> {
    requirement: &'a str,
    subject: &'a str,
    subject_kind: Option<&'static str>,
    state: &'static str,
    findings: u64,
    reason: &'a str,
    owner: &'a str,
    expires: String,
}

#[derive(Serialize)]
struct DeclarationItem<'a> {
    subject_kind: &'static str,
    subject: &'a str,
    fact: &'static str,
    value: &'a str,
    who: &'a str,
    when: String,
    fitting: u32,
    filled: u32,
    contradicted: u32,
    row: u32,
}

#[derive(Serialize)]
struct CatalogueItem<'a> {
    signed_with: Option<&'a str>,
    stale: &'a [String],
    files: Vec<CarriedItem<'a>>,
}

#[derive(Serialize)]
struct CarriedItem<'a> {
    file: &'a str,
    bytes: u64,
    sha256: &'a str,
    gathered: Option<String>,
}

impl<'a> Policy<'a> {
    pub(super) fn of(view: &'a View<'_>) -> Self {
        Self {
            waivers: view.assessment.waivers.iter().map(WaiverItem::of).collect(),
            declarations: view.estate.declarations.iter().map(DeclarationItem::of).collect(),
            catalogue: CatalogueItem {
                signed_with: view.stamp.signed_with.as_deref(),
                stale: &view.stamp.stale,
                files: view.stamp.carried.iter().map(CarriedItem::of).collect(),
            },
        }
    }
}

impl<'a> WaiverItem<'a> {
    fn of(result: &'a WaiverResult) -> Self {
        let WaiverResult { waiver, state, findings } = result;
        Self {
            requirement: &waiver.requirement,
            subject: waiver.subject.as_str(),
            subject_kind: waiver.kind.map(SubjectKind::as_str),
            state: state.as_str(),
            findings: *findings,
            reason: &waiver.reason,
            owner: &waiver.owner,
            expires: waiver.expires.to_string(),
        }
    }
}

impl<'a> DeclarationItem<'a> {
    fn of(declared: &'a Declared) -> Self {
        let Declared { declaration, origin, fitting, filled, contradicted } = declared;
        Self {
            subject_kind: declaration.subject.as_str(),
            subject: declaration.name.as_str(),
            fact: declaration.fact.key(),
            value: &declaration.value,
            who: &declaration.who,
            when: declaration.when.to_string(),
            fitting: *fitting,
            filled: *filled,
            contradicted: *contradicted,
            row: origin.row,
        }
    }
}

impl<'a> CarriedItem<'a> {
    fn of(carried: &'a Carried) -> Self {
        let Carried { path, bytes, sha256, date } = carried;
        Self { file: path, bytes: *bytes, sha256, gathered: date.map(|date| date.to_string()) }
    }
}
