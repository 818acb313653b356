//! `klar inspect`: how each file and sheet was understood, column by column, and what is missing.

use anyhow::Result;

use super::against::{select, today};
use super::load::load;
use super::policy::Policy;
use super::read::read;
use super::terminal::print;
use crate::cli::{Inputs, Inspect, InspectForm};
use crate::evaluate::evaluate;
use crate::model::Estate;
use crate::report::language::Language;
use crate::report::visible::visible_json;
use crate::report::{inspected, inspection, terminal};

/// Shows how inputs were understood.
///
/// # Errors
/// When an input path does not exist.
pub(super) fn inspect(arguments: &Inspect) -> Result<u8> {
    let policy = Policy::open(&arguments.inputs.reading.given)?;
    let language = policy.language(&arguments.spoken)?;
    let estate = read_inputs(&arguments.inputs, &policy)?;
    // What is missing is told by the machines that it leaves unknown.
    let editions = select(&policy.catalogue, &[])?;
    let assessment = evaluate(&estate, &policy.catalogue, &editions, today());
    let told = |language| inspection::inspection(&estate, &assessment, env!("CARGO_PKG_VERSION"), language);
    match arguments.format {
        InspectForm::Text => print(&terminal::write(&inspected::document(&told(language)).said(language))),
        InspectForm::Json => {
            // Programs compare it in English.
            let inspection = told(Language::english());
            let json = serde_json::to_string_pretty(&inspection)?;
            print(&format!("{}\n", visible_json(&json)))
        }
    }
}

/// Reads what a command names, as `assess` would.
///
/// # Errors
/// When an input path does not exist, or the inputs together hold more than may be read.
pub(super) fn read_inputs(inputs: &Inputs, policy: &Policy) -> Result<Estate> {
    let limits = inputs.reading.given.limits();
    let loaded = load(&inputs.paths, &policy.leave_out(), &limits)?;
    read(loaded, policy, &inputs.reading)
}
