//! Why the program cannot go on, told in the language that was asked for.

use std::error::Error;
use std::fmt;

use crate::cli::{Cli, Command, ConfigError, Rules};
use crate::model::Phrase;
use crate::report::language::Language;

/// Why the program cannot go on, in words that every language has.
#[derive(Debug)]
pub(super) struct Unable(pub(super) Phrase);

impl fmt::Display for Unable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Error for Unable {}

/// An error from what is said of it, as `say!` takes it.
macro_rules! unable {
    ($($said:tt)*) => { anyhow::Error::new($crate::run::unable::Unable($crate::model::say!($($said)*))) };
}

pub(super) use unable;

/// An error in a language, with what it came of. What other programs and the system say stays as they say it.
pub(super) fn told(error: &anyhow::Error, language: Language) -> String {
    let of_config = || error.downcast_ref::<ConfigError>().map(ConfigError::told);
    let why = error.downcast_ref::<Unable>().map(|Unable(why)| why.clone()).or_else(of_config);
    match why.filter(|why| error.to_string() == why.to_string()) {
        Some(why) => error.chain().skip(1).fold(language.said(&why), |told, cause| format!("{told}: {cause}")),
        None => format!("{error:#}"),
    }
}

/// The language that a command line asks for, as far as the program knows it before it opens anything.
pub(super) fn language(cli: &Cli) -> Language {
    let spoken = match &cli.command {
        Command::Assess(asked) => &asked.spoken,
        Command::Inspect(asked) => &asked.spoken,
        Command::Rollup(asked) => &asked.spoken,
        Command::Explain(asked) => &asked.spoken,
        Command::Diff(asked) => &asked.spoken,
        Command::Rules(Rules::List { spoken, .. } | Rules::Explain { spoken, .. }) => spoken,
        Command::Rules(Rules::Diff(asked)) => &asked.spoken,
        Command::Rules(Rules::Lint { .. } | Rules::Test { .. })
        | Command::Query(_)
        | Command::Verify(_)
        | Command::Reveal(_)
        | Command::Collect(_)
        | Command::Template(_)
        | Command::Completions { .. }
        | Command::Man => return Language::english(),
    };
    Language::of(&spoken.lang, None).unwrap_or_default()
}
