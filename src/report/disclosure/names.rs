//! What a report tells of names: all of them, or pseudonyms that one site's secret makes the same at every visit.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use super::secret::{Secret, WITHHELD};
use super::vocabulary::Vocabulary;
use super::{address, path};
use crate::model::{Identity, Phrase};

/// The letters of pseudonyms: digits and capitals that no reader takes for one another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a report tells of names.
#[derive(Debug, Default)]
pub enum Disclosure {
    /// All of them, as the inputs write them.
    #[default]
    Open,
    /// Pseudonyms.
    Pseudonyms(Box<Pseudonyms>),
}

/// The pseudonyms of one run.
#[derive(Debug)]
pub struct Pseudonyms {
    secret: Secret,
    vocabulary: Vocabulary,
    /// What each name became, by what the name tells.
    known: Vec<RwLock<FxHashMap<String, String>>>,
    /// What each pseudonym stands for.
    map: Mutex<BTreeMap<String, (Identity, String)>>,
}

impl Disclosure {
    /// Pseudonyms made by a secret.
    #[must_use]
    pub fn by(secret: Secret) -> Self {
        Self::Pseudonyms(Box::new(Pseudonyms {
            secret,
            vocabulary: Vocabulary::embedded(),
            known: Identity::ALL.iter().map(|_| RwLock::default()).collect(),
            map: Mutex::default(),
        }))
    }

    /// Whether names are told as they are.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }

    /// A name, or what stands for it.
    #[must_use]
    pub fn name<'a>(&self, identity: Identity, name: &'a str) -> Cow<'a, str> {
        match self {
            Self::Open => Cow::Borrowed(name),
            Self::Pseudonyms(_) if name.is_empty() => Cow::Borrowed(name),
            Self::Pseudonyms(pseudonyms) => Cow::Owned(pseudonyms.of(identity, name)),
        }
    }

    /// A sentence whose names are those that may be told.
    #[must_use]
    pub fn phrase<'a>(&self, phrase: &'a Phrase) -> Cow<'a, Phrase> {
        match self {
            Self::Open => Cow::Borrowed(phrase),
            Self::Pseudonyms(_) => Cow::Owned(phrase.renamed(&|identity, name| self.name(identity, name).into_owned())),
        }
    }

    /// What each pseudonym stands for: the pseudonym, what it is of, and the name.
    #[must_use]
    pub fn map(&self) -> Vec<(String, Identity, String)> {
        let Self::Pseudonyms(pseudonyms) = self else { return Vec::new() };
        let map = pseudonyms.map.lock().unwrap_or_else(PoisonError::into_inner);
        map.iter().map(|(pseudonym, (identity, name))| (pseudonym.clone(), *identity, name.clone())).collect()
    }
}

impl Pseudonyms {
    fn of(&self, identity: Identity, name: &str) -> String {
        let known = &self.known[identity as usize];
        if let Some(found) = known.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return found.clone();
        }
        let made = self.make(identity, name);
        known.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), made.clone());
        made
    }

    fn make(&self, identity: Identity, name: &str) -> String {
        match identity {
            Identity::Term | Identity::Heading if self.vocabulary.knows(name) => name.to_owned(),
            Identity::Free | Identity::Term => WITHHELD.to_owned(),
            Identity::Address => address::renamed(name, &self.secret, &mut |pseudonym, part| {
                self.remember(identity, pseudonym, part);
            }),
            Identity::Path | Identity::File => path::renamed(name, &mut |part| self.coin(identity, part)),
            // A host goes by its short name in one export and with its domain in another.
            Identity::Machine | Identity::Host | Identity::Server | Identity::Cluster => match name.split_once('.') {
                Some((first, rest)) if !first.is_empty() && !rest.is_empty() => {
                    format!("{}.{}", self.coin(identity, first), self.coin(Identity::Network, rest))
                }
                Some(_) | None => self.coin(identity, name),
            },
            Identity::Heading
            | Identity::Cloud
            | Identity::HostGroup
            | Identity::Mac
            | Identity::Id
            | Identity::Network
            | Identity::Account
            | Identity::Resource
            | Identity::Person
            | Identity::Customer
            | Identity::Rule
            | Identity::Sheet => self.coin(identity, name),
        }
    }

    /// A pseudonym for a name as a whole, without regard to case.
    ///
    /// Eight letters are forty bits: of a hundred thousand names no two share one but by a chance of one in two hundred.
    fn coin(&self, identity: Identity, name: &str) -> String {
        let kind = prefix(identity);
        let digest = self.secret.digest(kind, name.trim().to_lowercase().as_bytes());
        let bits = digest.iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let letters = (0..8).rev().map(|place| char::from(LETTERS[(bits >> (place * 5) & 31) as usize]));
        let pseudonym = format!("{kind}-{}", letters.collect::<String>());
        self.remember(identity, &pseudonym, name);
        pseudonym
    }

    /// Keeps what a pseudonym stands for; of several spellings the first in order, whichever thread came first.
    fn remember(&self, identity: Identity, pseudonym: &str, name: &str) {
        let mut map = self.map.lock().unwrap_or_else(PoisonError::into_inner);
        match map.get_mut(pseudonym) {
            Some((_, known)) if known.as_str() > name => name.clone_into(known),
            Some(_) => {}
            None => {
                map.insert(pseudonym.to_owned(), (identity, name.to_owned()));
            }
        }
    }
}

/// What pseudonyms of a kind begin with.
const fn prefix(identity: Identity) -> &'static str {
    match identity {
        Identity::Machine => "vm",
        Identity::Network => "net",
        Identity::HostGroup => "group",
        identity => identity.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Arg, say};

    fn of(seed: u8) -> Disclosure {
        Disclosure::by(Secret::new([seed; Secret::BYTES]))
    }

    #[test]
    fn a_secret_gives_a_name_one_pseudonym_whatever_its_case_and_another_secret_another() {
        let (one, again, other) = (of(1), of(1), of(2));
        let name = one.name(Identity::Machine, "ORD-01");
        assert_eq!(name, again.name(Identity::Machine, "ord-01"));
        assert_ne!(name, other.name(Identity::Machine, "ORD-01"));
        assert_ne!(name, one.name(Identity::Host, "ORD-01"));
        let letters = name.strip_prefix("vm-").expect("it says what it is of");
        assert!(letters.len() == 8 && letters.bytes().all(|letter| LETTERS.contains(&letter)), "{name}");
        assert_eq!(
            one.map(),
            [(name.into_owned(), Identity::Machine, "ORD-01".to_owned()), {
                let host = one.name(Identity::Host, "ORD-01").into_owned();
                (host, Identity::Host, "ORD-01".to_owned())
            }]
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_host_has_one_pseudonym_with_and_without_its_domain() {
        let one = of(1);
        let short = one.name(Identity::Host, "hv01").into_owned();
        let long = one.name(Identity::Host, "HV01.berg.example").into_owned();
        assert!(long.starts_with(&format!("{short}.net-")), "{short} {long}");
    }

    #[test]
    fn free_texts_are_withheld_and_terms_told_as_long_as_each_word_is_known() {
        let one = of(1);
        assert_eq!(one.name(Identity::Free, "call Berta"), WITHHELD);
        assert_eq!(one.name(Identity::Free, ""), "");
        let system = "Microsoft Windows Server 2019 (64-bit)";
        assert_eq!(one.name(Identity::Term, system), system);
        assert_eq!(one.name(Identity::Term, "Windows Server of Qvistberga"), WITHHELD);
    }

    #[test]
    fn a_sentence_tells_pseudonyms_wherever_a_name_stands_in_it() {
        let one = of(1);
        let inner = say!("{host} holds it", host = Arg::named(Identity::Host, "hv01"));
        let names = Arg::names(Identity::Cloud, ["Qvist", "Sund"]);
        let said = one.phrase(&say!("{inner}: {names}", inner, names)).to_string();
        for name in ["hv01", "Qvist", "Sund"] {
            assert!(!said.contains(name), "{said}");
        }
        assert!(said.contains(" holds it: cloud-"), "{said}");
    }
}
