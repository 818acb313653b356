//! What is taken in although it is left out otherwise.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::model::Include;

/// What is judged although it is left out otherwise.
#[derive(Args, Clone, Debug, Default)]
pub struct Taken {
    /// Judge what is left out otherwise, separated by commas. What a template or a replica meets stays unknown, because it
    /// does not tell what the machine to be moved is like.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = kinds())]
    pub include: Vec<Include>,
}

/// The kinds that are left out unless they are asked for.
fn kinds() -> impl TypedValueParser<Value = Include> {
    let words = PossibleValuesParser::new(Include::ALL.iter().map(|kind| kind.as_str()));
    words.try_map(|word| word.parse::<Include>())
}
