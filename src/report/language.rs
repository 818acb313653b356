//! The language in which people are told: the sentences of a file of wording, and the form of its numbers and days.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use thiserror::Error;

use super::words;
use crate::catalogue::{Catalogue, ENGLISH, Wording};
use crate::model::{Bytes, Mebibytes, Phrase, Plain, Speech};

/// The files of wording that the program carries, one a language.
static WORDING: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/wording");

/// The number and the day that a file of wording gives in the form of its language.
const NUMBER: &str = "12 345.6";
const DAY: &str = "2026-11-27";

/// A language to tell people in.
#[derive(Clone, Copy, Debug)]
pub struct Language(&'static Spoken);

#[derive(Debug)]
struct Spoken {
    code: String,
    /// The sentences, by their English text.
    said: FxHashMap<String, String>,
    form: Form,
    /// The texts asked for that have no translation, where they are counted.
    unknown: Option<Mutex<BTreeSet<String>>>,
}

/// The form of numbers and days.
#[derive(Debug)]
struct Form {
    /// Between thousands.
    gap: String,
    /// Before decimals.
    point: String,
    /// A day, with the places year, month and day.
    day: String,
}

/// A file of wording that cannot be used.
#[derive(Debug, Error)]
pub enum LanguageError {
    /// There is none.
    #[error(
        "--lang {code}: there is no wording of that language; there are {known}. `klar template wording {code}` prints a file \
         to fill in; put it into wording/{code}.toml of the --catalogue folder."
    )]
    Unknown {
        /// The language asked for.
        code: String,
        /// Those that there are.
        known: String,
    },
    /// It is no list of texts.
    #[error("{file}: {problem}. `klar template wording` prints a file as it should be.")]
    Text {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl Language {
    /// English, in which every text is written first.
    #[must_use]
    pub fn english() -> Self {
        static SPOKEN: LazyLock<Spoken> = LazyLock::new(|| Spoken {
            code: ENGLISH.to_owned(),
            said: FxHashMap::default(),
            form: Form { gap: "\u{a0}".to_owned(), point: ".".to_owned(), day: "{year}-{month}-{day}".to_owned() },
            unknown: None,
        });
        Self(&SPOKEN)
    }

    /// The language of a code: what the program carries of it, and in place of that what the catalogue brings along.
    ///
    /// # Errors
    /// When there is no wording of it, or a text of it cannot be used.
    pub fn of(code: &str, catalogue: Option<&Catalogue>) -> Result<Self, LanguageError> {
        if code == ENGLISH { Ok(Self::english()) } else { spoken(code, catalogue, None).map(Self::kept) }
    }

    /// The language of a code that keeps every text it is asked for and does not know.
    ///
    /// # Errors
    /// When there is no wording of it.
    pub fn listening(code: &str) -> Result<Self, LanguageError> {
        spoken(code, None, Some(Mutex::default())).map(Self::kept)
    }

    /// A run tells in one language from its beginning to its end.
    fn kept(spoken: Spoken) -> Self {
        Self(Box::leak(Box::new(spoken)))
    }

    /// The texts asked for that have no translation, of a language that listens.
    #[must_use]
    pub fn unknown(self) -> Vec<String> {
        let unknown = self.0.unknown.as_ref().and_then(|unknown| unknown.lock().ok());
        unknown.map(|unknown| unknown.iter().cloned().collect()).unwrap_or_default()
    }

    /// Its code, as documents tell their language: "sv".
    #[must_use]
    pub fn code(self) -> &'static str {
        &self.0.code
    }

    /// How phrases are said in it.
    #[must_use]
    pub fn speech(self) -> &'static (dyn Speech + Sync) {
        self.0
    }

    /// How the cells of published tables are said in it: in English as programs compare them.
    #[must_use]
    pub fn cells(self) -> &'static (dyn Speech + Sync) {
        if self.0.said.is_empty() { &Plain } else { self.0 }
    }

    /// A sentence in the language.
    #[must_use]
    pub fn said(self, phrase: &Phrase) -> String {
        phrase.said(self.0)
    }

    /// A text of ours in the language.
    #[must_use]
    pub fn words(self, text: &'static str) -> &'static str {
        self.0.words(text)
    }

    /// A number as it is written.
    #[must_use]
    pub fn count(self, number: u64) -> String {
        self.0.number(number)
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::english()
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Language {}

impl Speech for Spoken {
    fn number(&self, number: u64) -> String {
        self.form.number(&number.to_string())
    }

    fn tenths(&self, tenths: u64) -> String {
        self.form.number(&format!("{}.{}", tenths / 10, tenths % 10))
    }

    fn decimal<'a>(&'a self, digits: &'a str) -> Cow<'a, str> {
        if self.said.is_empty() { Cow::Borrowed(digits) } else { Cow::Owned(self.form.number(digits)) }
    }

    fn words<'a>(&'a self, text: &'a str) -> &'a str {
        if let Some(said) = self.said.get(text) {
            return said;
        }
        if let Some(unknown) = &self.unknown
            && has_words(text)
            && let Ok(mut unknown) = unknown.lock()
        {
            unknown.insert(text.to_owned());
        }
        text
    }

    fn bytes(&self, size: Bytes) -> String {
        self.measure(size.to_string())
    }

    fn memory(&self, size: Mebibytes) -> String {
        self.measure(size.to_string())
    }

    fn date(&self, day: Date) -> String {
        let form = self.form.day.replace("{year}", &format!("{:04}", day.year()));
        form.replace("{month}", &format!("{:02}", day.month())).replace("{day}", &format!("{:02}", day.day()))
    }
}

impl Spoken {
    /// A size that English tells as a number and a unit.
    fn measure(&self, english: String) -> String {
        match english.split_once(' ') {
            Some((number, unit)) if !self.said.is_empty() => {
                format!("{}\u{a0}{}", self.form.number(number), self.words(unit))
            }
            Some(_) | None => english,
        }
    }
}

impl Form {
    /// The form that a number and a day are given in.
    fn of(number: &str, day: &str) -> Result<Self, String> {
        let parts = number.strip_prefix("12").and_then(|rest| rest.split_once("345"));
        let parts = parts.and_then(|(gap, rest)| Some((gap, rest.strip_suffix('6')?)));
        let (gap, point) = parts.ok_or_else(|| format!("`{number}` is not the number {NUMBER}"))?;
        let form = day.replace("2026", "{year}").replace("11", "{month}").replace("27", "{day}");
        if !["{year}", "{month}", "{day}"].iter().all(|place| form.contains(place)) {
            return Err(format!("`{day}` is not the day {DAY}"));
        }
        Ok(Self { gap: gap.to_owned(), point: point.to_owned(), day: form })
    }

    /// A number that stands in digits, with its thousands apart.
    fn number(&self, plain: &str) -> String {
        let (whole, decimals) =
            plain.split_once('.').map_or((plain, None), |(whole, decimals)| (whole, Some(decimals)));
        let mut text = String::with_capacity(plain.len() + plain.len() / 2);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push_str(&self.gap);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push_str(&self.point);
            text.push_str(decimals);
        }
        text
    }
}

/// The wording of a language, from the program's own file and the catalogue's.
fn spoken(
    code: &str,
    catalogue: Option<&Catalogue>,
    unknown: Option<Mutex<BTreeSet<String>>>,
) -> Result<Spoken, LanguageError> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    let own = own(code);
    if let Some((file, text)) = own {
        said.extend(texts(file, text)?);
    }
    let carried = catalogue.into_iter().flat_map(|catalogue| &catalogue.wordings);
    let carried: Vec<&Wording> = carried.filter(|wording| wording.language == code).collect();
    for Wording { path, said: texts, checks, .. } in &carried {
        check(path, texts)?;
        said.extend(texts.clone());
        let all = catalogue.into_iter().flat_map(|catalogue| &catalogue.editions);
        for requirement in all.flat_map(|edition| &edition.requirements) {
            let Some(own) = checks.get(&requirement.check) else { continue };
            said.extend(own.summary.clone().map(|text| (words::summary(requirement).to_owned(), text)));
            said.extend(own.remedy.clone().map(|text| (words::remedy(requirement).to_owned(), text)));
        }
    }
    if own.is_none() && carried.is_empty() {
        let known: Vec<String> = std::iter::once(ENGLISH.to_owned()).chain(codes()).collect();
        return Err(LanguageError::Unknown { code: code.to_owned(), known: known.join(", ") });
    }
    said.retain(|_, text| !text.is_empty());
    let example = |text: &'static str| said.get(text).map_or(text, String::as_str);
    let form = Form::of(example(NUMBER), example(DAY));
    let file = || carried.last().map_or_else(|| format!("{code}.toml"), |wording| wording.path.clone());
    let form = form.map_err(|problem| LanguageError::Text { file: file(), problem })?;
    Ok(Spoken { code: code.to_owned(), said: said.into_iter().collect(), form, unknown })
}

/// The program's own file of a language: its name and its text.
pub(super) fn own(code: &str) -> Option<(&'static str, &'static str)> {
    let file = WORDING.get_file(format!("{code}.toml"))?;
    Some((file.path().to_str()?, file.contents_utf8()?))
}

/// The languages that the program carries beside English.
pub fn codes() -> impl Iterator<Item = String> {
    WORDING.files().filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()))
}

/// English, every language that the program carries, and the one asked for.
///
/// # Errors
/// When a file that the program carries cannot be used, which the tests rule out.
pub fn every(asked: Language) -> Result<Vec<Language>, LanguageError> {
    let mut all = vec![Language::english(), asked];
    for code in codes() {
        all.push(Language::of(&code, None)?);
    }
    Ok(all)
}

/// The texts of a file of wording, by their English.
pub(super) fn texts(file: &str, text: &str) -> Result<BTreeMap<String, String>, LanguageError> {
    let wrong = |problem: String| LanguageError::Text { file: file.to_owned(), problem };
    let texts = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    check(file, &texts)?;
    Ok(texts)
}

/// A text may fill in what its English fills in, and nothing else.
fn check(file: &str, texts: &BTreeMap<String, String>) -> Result<(), LanguageError> {
    for (english, said) in texts {
        let known: BTreeSet<&str> = places(english).collect();
        if let Some(strange) = places(said).find(|place| !known.contains(place)) {
            let problem = format!("`{said}` has the place {{{strange}}}, which its English has not: `{english}`");
            return Err(LanguageError::Text { file: file.to_owned(), problem });
        }
    }
    Ok(())
}

/// The names of the places of a text.
fn places(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.split('{').skip(1);
    opened.map(|rest| rest.split_once('}').map_or(rest, |(place, _)| place).split(':').next().unwrap_or_default())
}

/// Whether a text says something by itself, beside what is filled in.
#[must_use]
pub fn has_words(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        if before.contains(char::is_alphabetic) || place.contains(':') {
            return true;
        }
        rest = after;
    }
    rest.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail so")]

    use super::*;
    use crate::model::say;

    #[test]
    fn numbers_sizes_and_days_stand_in_the_form_of_the_language() {
        let swedish = Language::of("sv", None).unwrap();
        assert_eq!(swedish.count(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(swedish.count(999), "999");
        assert_eq!(swedish.speech().bytes(Bytes(1536 << 20)), "1,5\u{a0}GiB");
        assert_eq!(swedish.speech().bytes(Bytes(4_095 << 30)), "4\u{a0}095\u{a0}GiB");
        assert_eq!(swedish.speech().memory(Mebibytes(512)), "512\u{a0}MiB");
        assert_eq!(swedish.speech().date(jiff::civil::date(2026, 1, 9)), "2026-01-09");
        let english = Language::english();
        assert_eq!(english.speech().bytes(Bytes(4_095 << 30)), "4095 GiB");
        assert_eq!(english.count(1_234), "1\u{a0}234");
    }

    #[test]
    fn a_form_is_told_by_a_number_and_a_day() {
        let german = Form::of("12.345,6", "27.11.2026").unwrap();
        assert_eq!(german.number("1234567.25"), "1.234.567,25");
        assert_eq!(german.day, "{day}.{month}.{year}");
        assert!(Form::of("12,3", DAY).unwrap_err().contains("is not the number"));
        assert!(Form::of(NUMBER, "27 nov").unwrap_err().contains("is not the day"));
    }

    #[test]
    fn a_translation_fills_in_only_what_its_english_does() {
        let texts = |said: &str| BTreeMap::from([("{count} of {all}".to_owned(), said.to_owned())]);
        assert!(check("de.toml", &texts("{all}: {count:eine|viele}")).is_ok());
        let told = check("de.toml", &texts("{alle}: {count}")).unwrap_err().to_string();
        assert!(told.contains("{alle}") && told.contains("de.toml"), "{told}");
    }

    #[test]
    fn what_is_only_filled_in_has_no_words() {
        for (text, has) in [("{a}: {b}", false), ("{n:one|many}", true), ("{a} of {b}", true), ("– 12", false)] {
            assert_eq!(has_words(text), has, "{text}");
        }
    }

    #[test]
    fn a_language_that_listens_keeps_what_it_does_not_know() {
        let listening = Language::listening("sv").unwrap();
        let said = listening.said(&say!("A sentence that nobody translated, {count} times.", count = 3_u64));
        assert_eq!(said, "A sentence that nobody translated, 3 times.");
        assert_eq!(listening.said(&say!("{count}", count = 3_u64)), "3");
        assert_eq!(listening.unknown(), ["A sentence that nobody translated, {count} times."]);
    }
}
