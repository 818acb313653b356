//! What was concluded, and what is planned, under pseudonyms.

use super::names::Disclosure;
use crate::catalogue::Carried;
use crate::evaluate::{Assessment, Because, WaiverResult};
use crate::model::{Identity, SubjectKind};
use crate::organisation::{Answered, Organisation};
use crate::plan::{Cost, HostLoad, NetworkPlan, Plan, QuotaNeed, SeatReason, Unfit, VolumePlan, WaveProblem, Wished};
use crate::report::stamp::Stamp;

impl Disclosure {
    /// Makes an assessment tell only what may be told.
    pub fn assessment(&self, assessment: &mut Assessment<'_>) {
        if self.is_open() {
            return;
        }
        for finding in assessment.runs.iter_mut().flat_map(|run| &mut run.findings) {
            match &mut finding.because {
                Because::Seen(evidence) => {
                    evidence.observed = self.phrase(&evidence.observed).into_owned();
                    evidence.expected = self.phrase(&evidence.expected).into_owned();
                }
                Because::Missing(_) => {}
            }
        }
        for WaiverResult { waiver, state: _, findings: _ } in &mut assessment.waivers {
            let identity = waiver.kind.map_or(Identity::Free, SubjectKind::identity);
            waiver.subject = self.pattern(&waiver.subject, identity);
            self.text(Identity::Free, &mut waiver.reason);
            self.text(Identity::Person, &mut waiver.owner);
        }
    }

    /// Makes what an organisation's own rules came to tell only what may be told; the rules are texts of the site.
    pub fn organisation(&self, organisation: &mut Organisation) {
        if self.is_open() {
            return;
        }
        for Answered { rule, tally: _, found } in &mut organisation.rules {
            self.text(Identity::Rule, &mut rule.name);
            self.text(Identity::File, &mut rule.file);
            self.text(Identity::File, &mut rule.edition);
            for text in [&mut rule.when, &mut rule.message, &mut rule.remedy] {
                self.text(Identity::Free, text);
            }
            for found in found {
                self.text(Identity::Free, &mut found.observed);
            }
        }
    }

    /// Makes a plan tell only what may be told.
    pub fn plan(&self, plan: &mut Plan<'_>) {
        if self.is_open() {
            return;
        }
        for wave in &mut plan.waves {
            for seat in &mut wave.machines {
                if let SeatReason::Together(name) = &mut seat.reason {
                    *name = self.named(Identity::Customer, name);
                }
            }
        }
        for problem in &mut plan.problems {
            if let WaveProblem::TooManyTogether { name: Some(name), .. } = problem {
                *name = self.named(Identity::Customer, name);
            }
        }
        for HostLoad { host, percent: _ } in plan.busiest.iter_mut().flatten() {
            *host = self.named(Identity::Host, host);
        }
        for (_, why) in &mut plan.accounts.unused {
            match why {
                Unfit::Elsewhere(term) | Unfit::Kind(term) | Unfit::Redundancy(term) | Unfit::Premium(term) => {
                    *term = self.named(Identity::Term, term);
                }
                Unfit::Classic | Unfit::SoftDelete | Unfit::Missing(_) | Unfit::NotNeeded => {}
            }
        }
        for offer in &mut plan.offers.list {
            for term in [&mut offer.name, &mut offer.family, &mut offer.series] {
                *term = self.named(Identity::Term, term);
            }
        }
        for QuotaNeed { family, .. } in &mut plan.quotas {
            *family = self.named(Identity::Term, family);
        }
        for VolumePlan { path, host, .. } in &mut plan.volumes {
            *path = self.named(Identity::Path, path);
            *host = host.as_ref().map(|host| self.named(Identity::Host, host));
        }
        for NetworkPlan { from, target, .. } in &mut plan.networks {
            *from = from.as_ref().map(|from| self.named(Identity::Network, from));
            if let Some(landing) = target {
                landing.network = self.named(Identity::Network, &landing.network);
                landing.subnet = landing.subnet.as_ref().map(|subnet| self.named(Identity::Network, subnet));
                landing.prefix =
                    landing.prefix.as_ref().map(|prefix| self.named(Identity::Address, prefix)).map_err(|why| *why);
            }
        }
        plan.offers.region = plan.offers.region.as_ref().map(|region| self.named(Identity::Term, region));
        plan.resource_group = plan.resource_group.as_ref().map(|group| self.named(Identity::Resource, group));
        plan.zone = plan.zone.as_ref().map(|zone| self.named(Identity::Term, zone));
        for Wished { key: _, value } in &mut plan.wishes {
            *value = self.phrase(value).into_owned();
        }
        if let Some(Cost { files, .. }) = &mut plan.cost {
            for file in files {
                self.text(Identity::File, file);
            }
        }
    }

    /// Makes what a report rests on tell only what may be told.
    pub fn stamp(&self, stamp: &mut Stamp) {
        if self.is_open() {
            return;
        }
        for text in [&mut stamp.customer, &mut stamp.site].into_iter().flatten() {
            self.text(Identity::Customer, text);
        }
        self.text(Identity::Customer, &mut stamp.folder);
        let front = &mut stamp.front;
        for text in [&mut front.author, &mut front.reviewer, &mut front.distribution].into_iter().flatten() {
            self.text(Identity::Person, text);
        }
        // No picture can be told without what is on it.
        front.logo = None;
        for text in &mut front.signatures {
            self.text(Identity::Customer, text);
        }
        for Carried { path, .. } in &mut stamp.carried {
            self.text(Identity::File, path);
        }
    }
}
