//! How a set of reports is handed over: signed, and in one file.

use std::path::PathBuf;

use clap::Args;

/// How a set of reports is handed over.
#[derive(Args, Clone, Debug, Default)]
pub struct HandOver {
    /// Sign the manifest with this secret key of minisign; klar verify --public-key checks it. The password is asked for, or
    /// read from --password-file.
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// The file whose first line is the password of the key.
    #[arg(long, value_name = "FILE", requires = "sign")]
    pub password_file: Option<PathBuf>,
    /// Pack the reports into one zip as well, the same bytes every time but for a signature; klar verify checks it as it is.
    #[arg(long, value_name = "FILE.zip", conflicts_with = "each")]
    pub bundle: Option<PathBuf>,
    /// Pack the inputs that were read with them.
    #[arg(long, requires = "bundle", conflicts_with = "redact")]
    pub bundle_inputs: bool,
}
