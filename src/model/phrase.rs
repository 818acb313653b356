//! Sentences not yet said: words are chosen where something is found, and put into a language where it is shown.

use std::fmt::{self, Write};

use jiff::civil::Date;

use super::{Bytes, Field, Mebibytes, Name, Plain, Speech};

words! {
    /// What a name tells of whom or where, so that it can be withheld or replaced.
    Identity {
        /// A virtual machine.
        Machine = "machine",
        /// A Hyper-V host.
        Host = "host",
        /// A failover cluster.
        Cluster = "cluster",
        /// A VMM private cloud.
        Cloud = "cloud",
        /// A VMM host group.
        HostGroup = "host-group",
        /// A VMM management server.
        Server = "server",
        /// A path of a file or disk.
        Path = "path",
        /// A network address.
        Address = "address",
        /// A MAC address.
        Mac = "mac",
        /// A GUID or resource ID.
        Id = "id",
        /// A network, switch or subnet.
        Network = "network",
        /// A subscription or account.
        Account = "account",
        /// An Azure resource.
        Resource = "resource",
        /// Someone's name.
        Person = "person",
        /// A customer, site, department or application.
        Customer = "customer",
        /// An input file.
        File = "file",
        /// A sheet of an input file.
        Sheet = "sheet",
        /// A heading of a column, as an input writes it.
        Heading = "heading",
        /// A rule of the organisation's own.
        Rule = "rule",
        /// A vendor's own word as an input writes it: an operating system, a region, a size.
        Term = "term",
        /// A text that may hold any of these.
        Free = "free",
    }
}

/// A sentence not yet said: its English text with places, which is also its key in every language, and what goes into
/// them.
///
/// A place is `{name}`; `{name:one|many}` chooses by a count, and shows only the word. Made by `say!`, or from a text of
/// ours that has no places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase {
    text: &'static str,
    args: Box<[(&'static str, Arg)]>,
}

/// What goes into a place of a phrase. No text becomes one by itself: who writes it says whether it is a word of ours,
/// a text of the inputs, or a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arg {
    /// How many.
    Count(u64),
    /// Which one of a row: a line, a column, a year; its digits are never grouped.
    At(u64),
    /// So many tenths, with one decimal.
    Tenths(u64),
    /// A number with decimals, in plain digits.
    Decimal(Name),
    /// A size.
    Bytes(Bytes),
    /// An amount of memory.
    Memory(Mebibytes),
    /// A day.
    Date(Date),
    /// A fact, by its title.
    Field(Field),
    /// A fact, by its title in small letters.
    Small(Field),
    /// The command whose export holds a fact.
    Export(Field),
    /// A word of ours with a fixed spelling.
    Word(&'static str),
    /// A sentence of the catalogue, which is its own key in every language.
    Wording(Name),
    /// The first sentence of what the catalogue says in several.
    First(Name),
    /// A text of the inputs that names nobody.
    Text(Name),
    /// A name.
    Named(Identity, Name),
    /// Another phrase.
    Said(Box<Phrase>),
    /// Several, with commas between them.
    List(Box<[Arg]>),
    /// Several, with semicolons between them, as cells of tables hold them.
    Items(Box<[Arg]>),
    /// Several, with words of ours between them.
    Joined(&'static str, Box<[Arg]>),
}

/// Makes a [`Phrase`] from its English text and what goes into each of its places; a variable of a place's name needs no
/// value beside it.
macro_rules! say {
    (@of $name:ident) => { $name };
    (@of $name:ident = $value:expr) => { $value };
    ($text:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::model::Phrase::new(
            $text,
            Box::new([$((stringify!($name), $crate::model::Arg::from($crate::model::say!(@of $name $(= $value)?)))),*]),
        )
    };
}

pub(crate) use say;

impl Phrase {
    /// A phrase from its text and what goes into it, by name.
    #[must_use]
    pub fn new(text: &'static str, args: Box<[(&'static str, Arg)]>) -> Self {
        Self { text, args }
    }

    /// Its English text with places, which is its key in every language.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.text
    }

    /// What goes into its places, by name.
    #[must_use]
    pub const fn args(&self) -> &[(&'static str, Arg)] {
        &self.args
    }

    /// The sentence with something else in the place of each name.
    #[must_use]
    pub fn renamed(&self, name: &dyn Fn(Identity, &str) -> String) -> Self {
        Self { text: self.text, args: self.args.iter().map(|(place, arg)| (*place, arg.renamed(name))).collect() }
    }

    /// Says it.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write(&self, out: &mut dyn Write, speech: &dyn Speech) -> fmt::Result {
        let mut rest = speech.words(self.text);
        // A text without places may hold braces of its own.
        if self.args.is_empty() {
            return out.write_str(rest);
        }
        while let Some((before, after)) = rest.split_once('{') {
            out.write_str(before)?;
            let (place, after) = after.split_once('}').expect("a place of a phrase is closed");
            let (name, forms) = place.split_once(':').map_or((place, None), |(name, forms)| (name, Some(forms)));
            let found = self.args.iter().find(|(known, _)| *known == name);
            let (_, arg) = found.expect("a phrase is made with what goes into each of its places");
            match (forms.and_then(|forms| forms.split_once('|')), arg) {
                (Some((one, many)), Arg::Count(count)) => out.write_str(if *count == 1 { one } else { many })?,
                (_, arg) => arg.write(out, speech)?,
            }
            rest = after;
        }
        out.write_str(rest)
    }

    /// Says it as a text.
    pub fn said(&self, speech: &dyn Speech) -> String {
        let mut text = String::new();
        self.write(&mut text, speech).expect("a text takes what is written");
        text
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(out, &Plain)
    }
}

impl From<&'static str> for Phrase {
    /// A text of ours: no text of the inputs lives as long as the program.
    fn from(text: &'static str) -> Self {
        Self { text, args: Box::default() }
    }
}

impl Default for Phrase {
    /// Nothing said.
    fn default() -> Self {
        Self::from("")
    }
}

impl From<Arg> for Phrase {
    fn from(only: Arg) -> Self {
        match only {
            Arg::Said(phrase) => *phrase,
            only => say!("{only}", only),
        }
    }
}

impl Arg {
    /// Says it.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write(&self, out: &mut dyn Write, speech: &dyn Speech) -> fmt::Result {
        match self {
            Self::Count(count) => out.write_str(&speech.number(*count)),
            Self::At(number) => write!(out, "{number}"),
            Self::Tenths(tenths) => out.write_str(&speech.tenths(*tenths)),
            Self::Decimal(digits) => out.write_str(&speech.decimal(digits)),
            Self::Bytes(size) => out.write_str(&speech.bytes(*size)),
            Self::Memory(size) => out.write_str(&speech.memory(*size)),
            Self::Date(date) => out.write_str(&speech.date(*date)),
            Self::Field(field) => out.write_str(speech.words(field.title())),
            Self::Small(field) => out.write_str(&speech.words(field.title()).to_lowercase()),
            Self::Export(field) => out.write_str(speech.words(field.export())),
            Self::Word(word) => out.write_str(speech.words(word)),
            Self::Wording(text) => out.write_str(speech.words(text)),
            Self::First(text) => {
                let whole = speech.words(text);
                out.write_str(whole.find(". ").map_or(whole, |end| &whole[..=end]))
            }
            Self::Text(text) => out.write_str(text),
            Self::Named(identity, name) => out.write_str(&speech.name(*identity, name)),
            Self::Said(phrase) => phrase.write(out, speech),
            Self::List(args) => write_all(args, ", ", out, speech),
            Self::Items(args) => write_all(args, "; ", out, speech),
            Self::Joined(between, args) => write_all(args, speech.words(between), out, speech),
        }
    }

    /// Says it as a text.
    pub fn said(&self, speech: &dyn Speech) -> String {
        let mut text = String::new();
        self.write(&mut text, speech).expect("a text takes what is written");
        text
    }

    fn renamed(&self, name: &dyn Fn(Identity, &str) -> String) -> Self {
        let all = |args: &[Self]| args.iter().map(|arg| arg.renamed(name)).collect();
        match self {
            Self::Named(identity, named) => Self::text(&name(*identity, named)),
            Self::Said(phrase) => Self::Said(Box::new(phrase.renamed(name))),
            Self::List(args) => Self::List(all(args)),
            Self::Items(args) => Self::Items(all(args)),
            Self::Joined(between, args) => Self::Joined(between, all(args)),
            Self::Count(_)
            | Self::At(_)
            | Self::Tenths(_)
            | Self::Decimal(_)
            | Self::Bytes(_)
            | Self::Memory(_)
            | Self::Date(_)
            | Self::Field(_)
            | Self::Small(_)
            | Self::Export(_)
            | Self::Word(_)
            | Self::Wording(_)
            | Self::First(_)
            | Self::Text(_) => self.clone(),
        }
    }

    /// Which one of a row: a line, a column.
    pub fn at<N: TryInto<u64>>(number: N) -> Self {
        number.try_into().map_or(Self::Word("?"), Self::At)
    }

    /// A name.
    #[must_use]
    pub fn named(identity: Identity, name: &str) -> Self {
        Self::Named(identity, name.into())
    }

    /// Names, with commas between them.
    pub fn names<'a>(identity: Identity, names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(names.into_iter().map(|name| Self::named(identity, name)).collect())
    }

    /// A sentence of the catalogue.
    #[must_use]
    pub fn wording(text: &str) -> Self {
        Self::Wording(text.into())
    }

    /// A text that names nobody and is the same in every language.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// Texts that name nobody, with words of ours between them.
    pub fn texts<'a>(between: &'static str, texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::Joined(between, texts.into_iter().map(|text| Self::text(text)).collect())
    }
}

impl fmt::Display for Arg {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(out, &Plain)
    }
}

fn write_all(args: &[Arg], between: &str, out: &mut dyn Write, speech: &dyn Speech) -> fmt::Result {
    for (place, arg) in args.iter().enumerate() {
        if place > 0 {
            out.write_str(between)?;
        }
        arg.write(out, speech)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Marked;

    impl Speech for Marked {
        fn number(&self, number: u64) -> String {
            format!("<{number}>")
        }
    }

    #[test]
    fn a_phrase_is_said_with_what_goes_into_its_places() {
        let machines = |count: u64| {
            say!(
                "{count} {count:machine|machines} on {host}",
                count = count,
                host = Arg::named(Identity::Host, "hv{01}")
            )
        };
        assert_eq!(machines(1).to_string(), "1 machine on hv{01}");
        assert_eq!(machines(0).to_string(), "0 machines on hv{01}");
        assert_eq!(machines(2).key(), machines(3).key());
        let text = say!(
            "{outer} Of {size}, {fact}: {names}.",
            outer = machines(1200),
            size = Bytes::gib(3),
            fact = Field::Memory,
            names = Arg::names(Identity::Cloud, ["Tall", "Gran"])
        )
        .said(&Marked);
        assert_eq!(text, "<1200> machines on hv{01} Of 3 GiB, Memory: Tall, Gran.");
    }

    #[test]
    fn a_word_that_is_chosen_by_no_count_is_said_as_it_is() {
        let phrase = say!("{fate:one|many}", fate = Arg::Word("kept"));
        assert_eq!(phrase.to_string(), "kept");
    }

    #[test]
    fn a_text_without_places_may_hold_braces_and_a_variable_needs_no_name() {
        assert_eq!(Phrase::from("write {name}").to_string(), "write {name}");
        let limit = Bytes::gib(2);
        assert_eq!(say!("at most {limit}", limit).to_string(), "at most 2 GiB");
    }
}
