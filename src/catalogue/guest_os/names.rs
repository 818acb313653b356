//! From the name of a guest operating system, in any export's words, to what it says.

use std::sync::Arc;

use super::spelling::Spelling;
use super::versions::parts;
use super::{Family, GuestOs, Product, Vocabulary};
use crate::model::Architecture;

pub(super) use super::spelling::tokens;

/// Everything that names are compared with.
#[derive(Clone, Debug)]
pub(super) struct Names {
    silent: Vec<String>,
    editions: Vec<(Vec<String>, String)>,
    lines: Vec<Line>,
}

/// A line of products that share names.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) key: String,
    pub(super) family: Option<Family>,
    pub(super) names: Vec<Vec<String>>,
    /// "8.6" is a version of the product of version 8.
    pub(super) numbered: bool,
    pub(super) products: Vec<Pattern>,
}

/// What tells a product of a line from the others.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// An index into the catalogue's products.
    pub(super) product: usize,
    /// The words of its version; none when the line's name is enough.
    pub(super) versions: Vec<Vec<String>>,
    /// The Windows builds it has, "10.0.17763".
    pub(super) builds: Vec<String>,
    /// Whole names that in VMM's words mean its 32-bit version, because the 64-bit one has another name there.
    pub(super) names_32_bit: Vec<String>,
    pub(super) releases: Vec<ReleaseNames>,
}

/// What tells a release of a product.
#[derive(Clone, Debug)]
pub(super) struct ReleaseNames {
    pub(super) key: String,
    /// Sets of words; one whose words all occur is enough.
    pub(super) words: Vec<Vec<String>>,
    pub(super) builds: Vec<String>,
    /// It is of a channel that only its words tell.
    pub(super) channel: bool,
}

/// A line whose name was found, and where the rest of the name starts.
struct Hit<'a> {
    line: &'a Line,
    length: usize,
    start: usize,
}

/// A product found in a line, and its version when it has a minor part.
struct Found<'a> {
    pattern: &'a Pattern,
    minor: Option<String>,
}

impl Names {
    pub(super) fn new(silent: &[String], editions: Vec<String>, lines: Vec<Line>) -> Self {
        let silent = silent.iter().map(|name| tokens(name).join(" ")).collect();
        let editions = editions.into_iter().map(|edition| (tokens(&edition), edition)).collect();
        Self { silent, editions, lines }
    }

    pub(super) fn identify(
        &self,
        products: &[Arc<Product>],
        name: &str,
        version: Option<&str>,
        architecture: Option<Architecture>,
        vocabulary: Vocabulary,
    ) -> Option<GuestOs> {
        let spelling = Spelling::of(name);
        let says_nothing = spelling.words.is_empty() || self.silent.contains(&spelling.words.join(" "));
        if says_nothing && spelling.architecture.is_none() {
            return None;
        }
        let hits = if says_nothing { Vec::new() } else { self.hits(&spelling.words) };
        let version = version.map(|version| VersionCell::of(version, &hits));
        let found = find(&hits, &spelling, version.as_ref());
        let product = found.as_ref().map(|found| &products[found.pattern.product]);
        let family = product.map(|product| product.family).or_else(|| hits.first().and_then(|hit| hit.line.family));
        let windows = matches!(family, Some(Family::WindowsServer | Family::WindowsClient));
        let stated = architecture.or(spelling.architecture);
        Some(GuestOs {
            product: product.cloned(),
            family,
            edition: if windows { self.edition(&spelling.words) } else { None },
            architecture: stated
                .or_else(|| found.as_ref().and_then(|found| implied(found, products, name, vocabulary))),
            release: found.as_ref().and_then(|found| found.release(&spelling, version.as_ref())),
            minor_version: found.and_then(|found| found.minor),
            nano: spelling.words.iter().any(|word| word == "nano"),
        })
    }

    /// The lines whose name the words hold, the longest name first; all hits share that length and place.
    fn hits(&self, words: &[String]) -> Vec<Hit<'_>> {
        let mut hits: Vec<Hit<'_>> = self.lines.iter().filter_map(|line| line.hit(words)).collect();
        // A line without products, such as "Linux", yields to one with them: "Debian GNU/Linux".
        hits.sort_by_key(|hit| (usize::MAX - hit.length, hit.line.products.is_empty(), hit.start));
        if let Some(best) = hits.first().map(|hit| (hit.length, hit.start)) {
            hits.retain(|hit| (hit.length, hit.start) == best);
        }
        hits
    }

    fn edition(&self, words: &[String]) -> Option<String> {
        self.editions.iter().find(|(edition, _)| position(words, edition).is_some()).map(|(_, title)| title.clone())
    }
}

impl Line {
    fn hit(&self, words: &[String]) -> Option<Hit<'_>> {
        self.names
            .iter()
            .filter_map(|name| {
                let start = position(words, name)?;
                Some(Hit { line: self, length: name.len(), start })
            })
            .max_by_key(|hit| hit.length)
    }

    /// The product whose version the words hold.
    fn product(&self, words: &[String], service_pack: Option<u32>) -> Option<Found<'_>> {
        if self.numbered {
            let number = words.iter().find(|word| word.starts_with(|sign: char| sign.is_ascii_digit()))?;
            return self.products.iter().find_map(|pattern| pattern.numbered(number, service_pack));
        }
        let places = self.products.iter().filter_map(|pattern| Some((pattern.place(words)?, pattern)));
        let first = places.min_by_key(|((start, length), _)| (*start, usize::MAX - length));
        first.map(|(_, pattern)| Found { pattern, minor: None })
    }
}

impl Pattern {
    pub(super) fn shares_a_version_with(&self, other: &Self) -> bool {
        self.versions.iter().any(|version| other.versions.contains(version))
            || (self.versions.is_empty() && other.versions.is_empty())
    }

    /// Where the words hold the product's version, and its length.
    fn place(&self, words: &[String]) -> Option<(usize, usize)> {
        if self.versions.is_empty() {
            return Some((0, 0));
        }
        let places = self.versions.iter().filter_map(|version| Some((position(words, version)?, version.len())));
        places.min_by_key(|(start, length)| (*start, usize::MAX - length))
    }

    /// The product when a dotted number is its version or starts with it.
    fn numbered(&self, number: &str, service_pack: Option<u32>) -> Option<Found<'_>> {
        let version = self.versions.iter().filter_map(|words| words.first()).find(|version| {
            number.strip_prefix(version.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })?;
        let depth = version.split('.').count() + 1;
        let minor = parts(number).filter(|numbers| numbers.len() >= depth).map(|_| {
            let kept: Vec<_> = number.split('.').take(depth).collect();
            kept.join(".")
        });
        let minor = minor.or_else(|| service_pack.map(|pack| format!("{version}.{pack}")));
        Some(Found { pattern: self, minor })
    }
}

impl Found<'_> {
    /// The release that the words tell, else the one that has the build.
    fn release(&self, spelling: &Spelling, version: Option<&VersionCell>) -> Option<String> {
        let versions = version.map_or(&[][..], |version| version.spelling.words.as_slice());
        let said = |word: &String| {
            spelling.words.contains(word) || versions.contains(word) || self.minor.as_ref() == Some(word)
        };
        let told = self
            .pattern
            .releases
            .iter()
            .filter_map(|release| {
                let sets = release.words.iter().filter(|words| !words.is_empty() && words.iter().all(said));
                sets.map(Vec::len).max().map(|length| (length, release))
            })
            .max_by_key(|(length, _)| *length)
            .map(|(_, release)| release);
        if let Some(release) = told.filter(|release| !release.channel || !release.words_are_vague()) {
            return Some(release.key.clone());
        }
        let build = version.and_then(|version| version.build.as_ref());
        let of_build = build.and_then(|build| {
            let mut releases = self.pattern.releases.iter().filter(|release| release.channel == told.is_some());
            releases.find(|release| release.builds.contains(build))
        });
        of_build.or(told).map(|release| release.key.clone())
    }
}

impl ReleaseNames {
    /// Only the channel is named, not which release of it.
    fn words_are_vague(&self) -> bool {
        self.builds.is_empty()
    }
}

/// What the version column says beside a name.
struct VersionCell {
    spelling: Spelling,
    /// The Windows build, "10.0.17763".
    build: Option<String>,
    /// It is the kernel's version and tells nothing of the distribution's.
    kernel: bool,
}

impl VersionCell {
    fn of(version: &str, hits: &[Hit<'_>]) -> Self {
        let spelling = Spelling::of(version);
        let linux = hits.first().is_some_and(|hit| hit.line.family == Some(Family::Linux));
        let kernel = linux && spelling.words.first().is_some_and(|word| is_kernel(word));
        let build = if linux { None } else { build(&spelling.words) };
        Self { spelling, build, kernel }
    }
}

/// Whether a version beside the name of a distribution is its kernel's: three numbers, as "5.15.0".
fn is_kernel(version: &str) -> bool {
    let numbers: Vec<_> = version.split('.').collect();
    // The second number of an Ubuntu point release, "22.04.3", has a zero in front, which no kernel's has.
    numbers.len() > 2 && !(numbers[1].len() > 1 && numbers[1].starts_with('0'))
}

/// The build in a Windows version: "10.0.17763.1", or "10.0 (17763)".
fn build(words: &[String]) -> Option<String> {
    let numbers: Vec<_> = words
        .iter()
        .skip_while(|word| !word.contains('.'))
        .flat_map(|word| word.split('.'))
        .take_while(|number| number.parse::<u32>().is_ok())
        .take(3)
        .collect();
    (numbers.len() == 3).then(|| numbers.join("."))
}

/// The product that the name tells, or else the version column where the name leaves it open.
fn find<'a>(hits: &[Hit<'a>], spelling: &Spelling, version: Option<&VersionCell>) -> Option<Found<'a>> {
    let by_name = |hit: &Hit<'a>| hit.line.product(&spelling.words[hit.start + hit.length..], spelling.service_pack);
    let named = if spelling.vague { None } else { hits.iter().find_map(by_name) };
    let Some(version) = version.filter(|version| !version.kernel) else { return named };
    let by_version = |hit: &Hit<'a>| {
        let pack = version.spelling.service_pack.or(spelling.service_pack);
        hit.line.product(&version.spelling.words, pack)
    };
    match named {
        None => by_build(hits, version).or_else(|| match version.build {
            Some(_) => None,
            None => hits.iter().find_map(by_version),
        }),
        Some(Found { pattern, minor: None }) => {
            let same = hits.iter().find_map(by_version).filter(|other| other.pattern.product == pattern.product);
            Some(Found { pattern, minor: same.and_then(|same| same.minor) })
        }
        Some(found) => Some(found),
    }
}

/// The only product of the lines that has the build; none when two share it.
fn by_build<'a>(hits: &[Hit<'a>], version: &VersionCell) -> Option<Found<'a>> {
    let build = version.build.as_ref()?;
    let patterns = hits.iter().flat_map(|hit| &hit.line.products);
    let mut having = patterns.filter(|pattern| {
        pattern.builds.contains(build) || pattern.releases.iter().any(|release| release.builds.contains(build))
    });
    match (having.next(), having.next()) {
        (Some(pattern), None) => Some(Found { pattern, minor: None }),
        _ => None,
    }
}

/// The bitness that the product leaves no choice of, or that a name without a marker means in VMM's words.
fn implied(found: &Found<'_>, products: &[Arc<Product>], name: &str, vocabulary: Vocabulary) -> Option<Architecture> {
    let product = &products[found.pattern.product];
    let named_32_bit = match vocabulary {
        Vocabulary::Vmm => found.pattern.names_32_bit.contains(&name.trim().to_lowercase()),
        Vocabulary::Any => false,
    };
    if product.only_64_bit {
        Some(Architecture::X64)
    } else if product.only_32_bit || named_32_bit {
        Some(Architecture::X86)
    } else {
        None
    }
}

/// Where the wanted words follow each other among the words; nowhere when none are wanted.
fn position(words: &[String], wanted: &[String]) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    words.windows(wanted.len()).position(|window| window == wanted)
}
