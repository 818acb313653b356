//! What can be asked of how inputs were understood.

use clap::{Args, ValueEnum};

use super::{Inputs, Spoken};

/// Show how each file and sheet was understood, column by column, and what is missing.
#[derive(Args, Debug)]
pub struct Inspect {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to tell it.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: InspectForm,
    /// In which language people are told.
    #[command(flatten)]
    pub spoken: Spoken,
}

/// How it is told how inputs were understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InspectForm {
    /// To read, within 80 columns.
    Text,
    /// For programs, as klar.inspection/1; klar template schema inspection prints its JSON Schema.
    Json,
}
