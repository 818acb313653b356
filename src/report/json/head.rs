//! What stands before the machines in a written assessment: editions, inputs, policy, gaps.

use super::super::grouping::Groups;
use super::super::story;
use super::super::tables::gaps;
use super::super::view::View;
use super::super::words;
use super::parts::source;
use crate::evaluate::{Run, WaiverResult};
use crate::model::{ColumnSeen, Declared, SubjectKind};
use crate::record::{
    Carried, CatalogueUsed, ColumnRead, Declaration, Edition, Gap, Group, GroupRoad, Input, InputTable, LeftOut, Note,
    Notice, Prerequisite, Recorded, Requirement, SCHEMA, Waived, Word,
};
use crate::rules;

/// Everything but the lists that grow with the estate.
pub(super) fn of<'a>(view: &'a View<'_>) -> Recorded<'a> {
    let (estate, stamp) = (view.estate, view.stamp);
    let gap = |gap: gaps::Gap| Gap {
        target: gap.target.into(),
        fact: gap.field.title().into(),
        requirements: gap.requirements.into_iter().map(Into::into).collect(),
        machines: gap.machines,
        export: gap.field.export().into(),
        essential: gap.essential,
    };
    let carried = |file: &'a crate::catalogue::Carried| Carried {
        file: (&file.path).into(),
        bytes: file.bytes,
        sha256: (&file.sha256).into(),
        gathered: file.date.map(|date| date.to_string().into()),
    };
    Recorded {
        schema: SCHEMA.into(),
        klar_version: (&stamp.version).into(),
        as_of: view.assessment.as_of.to_string().into(),
        customer: stamp.customer.as_deref().map(Into::into),
        site: stamp.site.as_deref().map(Into::into),
        reconciliation: words::said(&story::reconciliation(view)).into(),
        editions: view.assessment.runs.iter().map(edition).collect(),
        inputs: (0..estate.files.len()).map(|file| input(view, file)).collect(),
        notes: estate.notes.iter().map(note).collect(),
        waivers: view.assessment.waivers.iter().map(waived).collect(),
        declarations: estate.declarations.iter().map(declaration).collect(),
        catalogue: CatalogueUsed {
            signed_with: stamp.signed_with.as_deref().map(Into::into),
            stale: stamp.stale.iter().map(|phrase| phrase.to_string().into()).collect(),
            files: stamp.carried.iter().map(carried).collect(),
        },
        gaps: gaps::gaps(view).into_iter().map(gap).collect(),
        columns: estate.columns.iter().map(|seen| column(view, seen)).collect(),
        groups: groups(view),
        changes: view.changes.cloned(),
        left_out: Vec::new(),
        hosts: Vec::new(),
        machines: Vec::new(),
        findings: Vec::new(),
        organisation: Vec::new(),
        plan: None,
    }
}

fn edition<'a>(run: &'a Run<'_>) -> Edition<'a> {
    let edition = run.edition;
    let prerequisites = run.prerequisites.iter().map(|row| Prerequisite {
        prerequisite: row.prerequisite.as_str().into(),
        outcome: Word(row.outcome),
        subjects: row.subjects,
        broken: row.broken,
        requirements: row.lines.iter().map(|line| line.requirement).collect(),
    });
    let notices = edition.notices.iter().map(|notice| {
        let document = edition.document(&notice.source);
        Notice {
            name: (&notice.name).into(),
            text: (&notice.text).into(),
            document: (&document.document).into(),
            url: (&document.url).into(),
        }
    });
    Edition {
        target: Word(edition.target),
        edition: (&edition.edition).into(),
        title: (&edition.title).into(),
        published: edition.published.to_string().into(),
        retrieved: edition.retrieved.to_string().into(),
        sha256: (&edition.digest).into(),
        readiness: run.readiness_counts().map(|(readiness, count)| (Word(readiness), count)).to_vec(),
        prerequisites: prerequisites.collect(),
        requirements: (0..edition.requirements.len()).map(|index| requirement(run, index)).collect(),
        notices: notices.collect(),
    }
}

fn requirement<'a>(run: &'a Run<'_>, index: usize) -> Requirement<'a> {
    let requirement = &run.edition.requirements[index];
    let tally = run.tallies[index];
    let document = run.edition.document(&requirement.source);
    Requirement {
        requirement: (&requirement.check).into(),
        severity: Word(requirement.severity),
        when_missing: Word(requirement.when_missing),
        scope: rules::find(&requirement.check).map_or("", |rule| rule.check.scope()).into(),
        summary: words::summary(requirement).into(),
        remedy: words::remedy(requirement).into(),
        limits: requirement.limits.iter().map(|(key, limit)| (key.into(), limit.to_string().into())).collect(),
        met: tally.met,
        not_met: tally.not_met,
        unknown: tally.unknown,
        unverified: tally.unverified,
        not_applicable: tally.not_applicable,
        waived: tally.waived,
        document: (&document.document).into(),
        section: (&requirement.section).into(),
        document_date: document.date.to_string().into(),
        url: (&document.url).into(),
        remark: requirement.remark.as_deref().map(Into::into),
    }
}

fn input<'a>(view: &'a View<'_>, file: usize) -> Input<'a> {
    let info = &view.estate.files[file];
    let tables = view.estate.tables.iter().filter(|table| table.file == file).map(|table| InputTable {
        sheet: (&table.sheet).into(),
        taken_for: (&table.taken_for).into(),
        rows_read: table.rows.read,
        rows_subjects: table.rows.subjects,
        rows_joined: table.rows.joined,
        left_out: table.rows.left_out.iter().map(|(reason, count)| ((*reason).into(), *count)).collect(),
    });
    Input {
        file: (&info.path).into(),
        bytes: info.bytes,
        sha256: (&info.sha256).into(),
        refused: info.refused.as_ref().map(|why| why.to_string().into()),
        tables: tables.collect(),
    }
}

fn note(note: &crate::model::Note) -> Note<'_> {
    Note {
        gravity: note.gravity.as_str().into(),
        file: (&note.file).into(),
        sheet: (&note.sheet).into(),
        row: note.origin.map(|origin| origin.row),
        text: note.text.to_string().into(),
    }
}

fn waived(result: &WaiverResult) -> Waived<'_> {
    let WaiverResult { waiver, state, findings } = result;
    Waived {
        requirement: (&waiver.requirement).into(),
        subject: waiver.subject.as_str().into(),
        subject_kind: waiver.kind.map(|kind| SubjectKind::as_str(kind).into()),
        state: state.as_str().into(),
        findings: *findings,
        reason: (&waiver.reason).into(),
        owner: (&waiver.owner).into(),
        expires: waiver.expires.to_string().into(),
    }
}

fn declaration(declared: &Declared) -> Declaration<'_> {
    let Declared { declaration, origin, fitting, filled, contradicted } = declared;
    Declaration {
        subject_kind: declaration.subject.as_str().into(),
        subject: declaration.name.as_str().into(),
        fact: declaration.fact.key().into(),
        value: (&*declaration.value).into(),
        who: (&declaration.who).into(),
        when: declaration.when.to_string().into(),
        fitting: *fitting,
        filled: *filled,
        contradicted: *contradicted,
        row: origin.row,
    }
}

fn column<'a>(view: &'a View<'_>, seen: &'a ColumnSeen) -> ColumnRead<'a> {
    let table = &view.estate.tables[seen.table];
    ColumnRead {
        file: view.estate.files.get(table.file).map_or("", |file| &file.path).into(),
        sheet: (&table.sheet).into(),
        column: u32::from(seen.column) + 1,
        heading: (&seen.heading).into(),
        field: seen.field.map(|field| field.key().into()),
        unit: seen.unit.into(),
        why: seen.why.to_string().into(),
        values: seen.values,
        blank: seen.blank,
        unreadable: seen.unreadable,
        nearest: seen.nearest.map(|field| field.key().into()),
        advice: seen.advice.to_string().into(),
    }
}

fn groups<'a>(view: &View<'_>) -> Vec<Group<'a>> {
    let groups = Groups::of(view);
    let group = |group: &super::super::grouping::Group<'_>| {
        let roads = view.assessment.runs.iter().filter_map(|run| {
            let target = run.edition.target;
            let outcomes = groups.outcomes(group, target)?;
            let (ready, conditions) = (outcomes.ready, outcomes.conditions);
            let (not_ready, unknown) = (outcomes.not_ready, outcomes.unknown);
            Some(GroupRoad { target: Word(target), ready, conditions, not_ready, unknown })
        });
        let held_back = groups.held_back(group).into_iter();
        Group {
            group: group.by.name.to_string().into(),
            value: group.value.clone().map(Into::into),
            machines: group.machines.len() as u64,
            roads: roads.collect(),
            held_back_by: held_back.map(|(name, count)| (name.to_owned().into(), count)).collect(),
        }
    };
    groups.list.iter().map(group).collect()
}

/// A row that was not counted.
pub(super) fn left_out<'a>(view: &'a View<'_>, row: &'a crate::model::LeftOut) -> LeftOut<'a> {
    LeftOut {
        name: (&*row.name).into(),
        kind: row.kind.as_str().into(),
        reason: row.reason.into(),
        detail: row.detail.as_ref().map(|detail| detail.to_string().into()),
        source: source(view, row.origin),
    }
}
