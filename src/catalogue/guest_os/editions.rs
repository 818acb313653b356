//! The editions of Windows, and how names spell them.

use std::collections::BTreeMap;

use super::spelling::tokens;

/// The editions of Windows, the more specific first, and the short words for some.
#[derive(Clone, Debug)]
pub(super) struct Editions {
    names: Vec<(Vec<String>, String)>,
    /// A word, and the words of the edition it stands for.
    short: Vec<(String, Vec<String>)>,
}

impl Editions {
    /// Takes the titles of the editions, and the short words for some with the titles they stand for.
    pub(super) fn new(titles: Vec<String>, short: &BTreeMap<String, String>) -> Self {
        let short = short.iter().map(|(word, title)| (word.clone(), tokens(title))).collect();
        Self { names: titles.into_iter().map(|title| (tokens(&title), title)).collect(), short }
    }

    /// The edition whose words stand among the words in their order, though not side by side: "Enterprise 2016 LTSB".
    pub(super) fn find(&self, words: &[String]) -> Option<String> {
        let words: Vec<&String> = words.iter().flat_map(|word| self.whole(word)).collect();
        let stands = |edition: &[String]| {
            let mut left = words.iter();
            edition.iter().all(|wanted| left.any(|word| *word == wanted))
        };
        self.names.iter().find(|(edition, _)| stands(edition)).map(|(_, title)| title.clone())
    }

    /// Whether a word is one of an edition's.
    pub(super) fn has(&self, word: &String) -> bool {
        self.whole(word).iter().all(|word| self.names.iter().any(|(edition, _)| edition.contains(word)))
    }

    /// The words that a word stands for.
    fn whole<'a>(&'a self, word: &'a String) -> Vec<&'a String> {
        match self.short.iter().find(|(short, _)| short == word) {
            Some((_, whole)) => whole.iter().collect(),
            None => vec![word],
        }
    }
}
