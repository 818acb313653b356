//! The configuration file: declarations, waivers, the catalogue to judge by, and what stands on the cover.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::carry::CarryPart;
use super::plan::{PlanConfig, PlanPart};
use super::source::{ConfigError, Source};
use crate::catalogue::{Regions, SigningKey, digest};
use crate::evaluate::Waiver;
use crate::ingest::check_declaration;
use crate::ingest::columns::Unit;
use crate::ingest::recognise::mapping::Mapping;
use crate::model::{Arg, Declaration, Declarations, Field, Identity, Pattern, Phrase, SubjectKind, say};
use crate::report::stamp::Front;

/// What a configuration file says.
#[derive(Clone, Debug)]
pub struct Config {
    /// The customer's name.
    pub customer: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// What the report says of itself.
    pub front: Front,
    /// The file with the customer's logo; a path that is not absolute starts at the file's own folder.
    pub logo: Option<PathBuf>,
    /// The catalogue folder; a path that is not absolute starts at the file's own folder.
    pub catalogue: Option<PathBuf>,
    /// The key that every catalogue file must be signed with.
    pub public_key: Option<SigningKey>,
    /// Files with rules of the organisation; a path that is not absolute starts at the file's own folder.
    pub rules: Vec<PathBuf>,
    /// What is declared, with the file it is declared in.
    pub declarations: Declarations,
    /// What columns of inputs give, where their headings do not tell.
    pub columns: Vec<Mapping>,
    /// The headings of columns that are carried through to the machines.
    pub carried: Vec<String>,
    /// What is waived.
    pub waivers: Vec<Waiver>,
    /// What is wished of the plan.
    pub plan: PlanConfig,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    #[serde(default)]
    rules: Vec<PathBuf>,
    #[serde(default)]
    report: ReportPart,
    #[serde(default)]
    catalogue: CataloguePart,
    #[serde(default)]
    plan: PlanPart,
    #[serde(default, rename = "declaration")]
    declarations: Vec<DeclarationPart>,
    #[serde(default, rename = "waiver")]
    waivers: Vec<WaiverPart>,
    #[serde(default, rename = "column")]
    columns: Vec<ColumnPart>,
    #[serde(default)]
    carry: CarryPart,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnPart {
    file: Option<String>,
    sheet: Option<String>,
    heading: String,
    field: Spanned<String>,
    unit: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportPart {
    customer: Option<String>,
    site: Option<String>,
    author: Option<String>,
    reviewer: Option<String>,
    version: Option<String>,
    distribution: Option<String>,
    logo: Option<PathBuf>,
    #[serde(default)]
    signatures: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CataloguePart {
    path: Option<PathBuf>,
    public_key: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclarationPart {
    subject: Spanned<String>,
    name: Spanned<String>,
    fact: Spanned<String>,
    value: Spanned<Value>,
    who: Spanned<String>,
    when: Spanned<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaiverPart {
    requirement: Spanned<String>,
    subject: Spanned<String>,
    kind: Option<Spanned<String>>,
    reason: Spanned<String>,
    owner: Spanned<String>,
    expires: Spanned<Value>,
}

impl Config {
    /// Reads a configuration file from its text; the path is for messages and for the paths in it.
    ///
    /// # Errors
    /// What is wrong, with its line and key and what to do.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let line_ends = text.match_indices('\n').map(|(at, _)| at).collect();
        let source = Source { file: &file, text, line_ends };
        let ConfigFile { rules, report, catalogue, mut plan, declarations, waivers, columns, carry } =
            toml::from_str(text).map_err(|error| source.not_toml(&error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let public_key = catalogue.public_key.map(|key| source.public_key(&key)).transpose()?;
        let declarations: Vec<Declaration> =
            declarations.iter().map(|part| source.declaration(part)).collect::<Result<_, _>>()?;
        source.one_to_a_line(&declarations)?;
        let prices = plan.take_prices().iter().map(|prices| folder.join(prices)).collect();
        let region_line = plan.region_at().map(|at| source.line(at));
        let plan = PlanConfig { wishes: source.plan(&plan)?, prices, region_line };
        let waivers = waivers.iter().map(|part| source.waiver(part)).collect::<Result<_, _>>()?;
        let columns = columns.iter().map(|part| source.column(part)).collect::<Result<_, _>>()?;
        Ok(Self {
            customer: report.customer,
            site: report.site,
            front: Front {
                author: report.author,
                reviewer: report.reviewer,
                version: report.version,
                distribution: report.distribution,
                signatures: report.signatures,
                logo: None,
            },
            logo: report.logo.map(|logo| folder.join(logo)),
            catalogue: catalogue.path.map(|path| folder.join(path)),
            public_key,
            rules: rules.iter().map(|rules| folder.join(rules)).collect(),
            declarations: Declarations {
                file: file.clone(),
                bytes: text.len() as u64,
                sha256: digest(text.as_bytes()),
                list: declarations,
            },
            columns,
            carried: source.carried(&carry)?,
            waivers,
            plan,
        })
    }

    /// Makes sure that every waiver names a requirement that there is.
    ///
    /// # Errors
    /// The first that does not, with its line.
    pub fn check_waivers(&self, is_requirement: impl Fn(&str) -> bool) -> Result<(), ConfigError> {
        match self.waivers.iter().find(|waiver| !is_requirement(&waiver.requirement)) {
            None => Ok(()),
            Some(waiver) => Err(ConfigError {
                file: self.declarations.file.clone(),
                line: waiver.line,
                key: "requirement".to_owned(),
                problem: say!(
                    "no requirement is named `{requirement}`; `klar rules list` shows them all. Correct the name.",
                    requirement = Arg::text(&waiver.requirement)
                ),
            }),
        }
    }

    /// Makes sure that the region planned for is one of the catalogue's.
    ///
    /// # Errors
    /// When it is not, with its line.
    pub fn check_region(&self, regions: &Regions) -> Result<(), ConfigError> {
        let asked = self.plan.wishes.region.as_ref().zip(self.plan.region_line);
        match asked.filter(|(region, _)| regions.find(region).is_none()) {
            None => Ok(()),
            Some((region, line)) => Err(ConfigError {
                file: self.declarations.file.clone(),
                line,
                key: "region".to_owned(),
                problem: say!(
                    "`{region}` is no Azure region; write it like northeurope or North Europe.",
                    region = Arg::text(region)
                ),
            }),
        }
    }
}

impl Source<'_> {
    /// What the TOML reader or the shape of the file refuses; the key is the one on the line.
    fn not_toml(&self, error: &toml::de::Error) -> ConfigError {
        let span = error.span().unwrap_or(0..0);
        let start = self.text[..span.start.min(self.text.len())].rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].lines().next().unwrap_or("");
        let key = line.split('=').next().unwrap_or("").trim().trim_matches(['[', ']']);
        let problem = say!(
            "{why}. `klar template config` prints a file with every key.",
            why = Arg::named(Identity::Free, error.message())
        );
        self.error(key, span, problem)
    }

    fn public_key(&self, key: &Spanned<String>) -> Result<SigningKey, ConfigError> {
        SigningKey::parse(key.get_ref()).map_err(|why| {
            let problem = say!(
                "is no minisign public key ({why}). Copy the line that begins with RW from the .pub file.",
                why = Arg::text(&why)
            );
            self.error("public_key", key.span(), problem)
        })
    }

    /// A column's meaning; the field "none" says that it is not to be read.
    fn column(&self, part: &ColumnPart) -> Result<Mapping, ConfigError> {
        let name = part.field.get_ref();
        let field = Field::ALL.iter().copied().find(|field| field.key() == name);
        if field.is_none() && name != "none" {
            let advice = "Correct it, or write \"none\".";
            return Err(self.error("field", part.field.span(), no_fact(name, advice)));
        }
        let unit = part.unit.as_ref().map(|unit| {
            let known = Unit::named(unit.get_ref());
            known.ok_or_else(|| self.error("unit", unit.span(), "is no unit. Write bytes, KB, MB, GB or TB."))
        });
        let pattern = |text: &Option<String>| Pattern::new(text.as_deref().unwrap_or("*"));
        Ok(Mapping {
            file: pattern(&part.file),
            sheet: pattern(&part.sheet),
            heading: part.heading.clone(),
            field,
            unit: unit.transpose()?,
        })
    }

    fn declaration(&self, part: &DeclarationPart) -> Result<Declaration, ConfigError> {
        let subject = self.kind("subject", &part.subject)?;
        let fact = Field::ALL
            .iter()
            .copied()
            .find(|field| field.key() == part.fact.get_ref())
            .ok_or_else(|| self.error("fact", part.fact.span(), no_fact(part.fact.get_ref(), "Correct it.")))?;
        let value = cell(part.value.get_ref()).ok_or_else(|| {
            self.error(
                "value",
                part.value.span(),
                "is no text, true or false, number, or list of texts. Write one of these.",
            )
        })?;
        let value = value.as_str().into();
        check_declaration(subject, fact, &value).map_err(|why| self.error("value", part.value.span(), why))?;
        Ok(Declaration {
            subject,
            name: Pattern::new(self.text("name", &part.name)?),
            fact,
            value,
            who: self.text("who", &part.who)?.to_owned(),
            when: self.date("when", &part.when)?,
            line: self.line(part.value.span().start),
        })
    }

    fn waiver(&self, part: &WaiverPart) -> Result<Waiver, ConfigError> {
        Ok(Waiver {
            requirement: self.text("requirement", &part.requirement)?.to_owned(),
            subject: Pattern::new(self.text("subject", &part.subject)?),
            kind: part.kind.as_ref().map(|kind| self.kind("kind", kind)).transpose()?,
            reason: self.text("reason", &part.reason)?.to_owned(),
            owner: self.text("owner", &part.owner)?.to_owned(),
            expires: self.date("expires", &part.expires)?,
            line: self.line(part.requirement.span().start),
        })
    }

    /// Every declared value is told from the others by its line.
    fn one_to_a_line(&self, declarations: &[Declaration]) -> Result<(), ConfigError> {
        let twice = declarations.windows(2).find(|pair| pair[0].line == pair[1].line);
        twice.map_or(Ok(()), |pair| {
            Err(ConfigError {
                file: self.file.to_owned(),
                line: pair[1].line,
                key: "declaration".to_owned(),
                problem: "two declarations share a line. Give each a [[declaration]] of its own.".into(),
            })
        })
    }

    fn kind(&self, key: &str, kind: &Spanned<String>) -> Result<SubjectKind, ConfigError> {
        kind.get_ref().parse().map_err(|why: String| {
            self.error(key, kind.span(), say!("{why}. Write one of these.", why = Arg::text(&why)))
        })
    }

    fn date(&self, key: &str, date: &Spanned<Value>) -> Result<Date, ConfigError> {
        let written = match date.get_ref() {
            Value::String(text) => text.clone(),
            Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        let problem =
            || say!("`{date}` is no date. Write it as 2026-11-22.", date = Arg::named(Identity::Free, &written));
        written.parse().map_err(|_| self.error(key, date.span(), problem()))
    }
}

/// A value as the cell of an export would hold it.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join("; "))
        }
        Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// What is said of a text that is the key of no fact, with those near it.
fn no_fact(text: &str, advice: &'static str) -> Phrase {
    let (asked, near, advice) = (Arg::named(Identity::Free, text), near(text), Arg::Word(advice));
    if near.is_empty() {
        return say!("`{asked}` is no fact. {advice}", asked = asked, advice = advice);
    }
    let near = Arg::List(near.into_iter().map(Arg::text).collect());
    say!("`{asked}` is no fact; near it: {near}. {advice}", asked = asked, near = near, advice = advice)
}

/// The facts whose keys share a word with a text, to be named in a message.
fn near(text: &str) -> Vec<&'static str> {
    let words: Vec<&str> = text.split(['_', '-', ' ']).filter(|word| word.len() > 2).collect();
    let keys = Field::ALL.iter().map(|field| field.key());
    keys.filter(|key| words.iter().any(|word| key.contains(word))).take(8).collect()
}
