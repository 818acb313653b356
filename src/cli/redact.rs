//! What is asked of names in reports: to withhold them, and to turn what stands for them back.

use std::path::{Path, PathBuf};

use clap::Args;

/// What is told of names.
#[derive(Args, Clone, Debug, Default)]
pub struct Redaction {
    /// Tell pseudonyms instead of names in every report, file name and message: of machines, hosts, clusters, clouds,
    /// servers, people, customers, paths, addresses, identifiers, files and sheets. Subnets keep their shape, and free text
    /// is withheld. What each pseudonym stands for is written beside the folder of the reports, for klar reveal.
    #[arg(long, requires = "redact_key", conflicts_with_all = ["keep", "each"])]
    pub redact: bool,
    /// The file of the site's secret: the same one gives the same pseudonyms at every visit, and another one others.
    /// klar template redact-key makes one.
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub redact_key: Option<PathBuf>,
}

impl Redaction {
    /// The file of the secret, when pseudonyms are asked for.
    #[must_use]
    pub fn key(&self) -> Option<&Path> {
        self.redact_key.as_deref().filter(|_| self.redact)
    }
}

/// Turn the pseudonyms of redacted reports back into names.
#[derive(Args, Debug)]
pub struct Reveal {
    /// The map that stands beside the folder of the redacted reports.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Texts with pseudonyms, such as a finding's; standard input without any.
    #[arg(value_name = "TEXT")]
    pub texts: Vec<String>,
}
