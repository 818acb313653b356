//! From the name of a guest operating system, in any export's words, to what it says.

use std::sync::Arc;

use super::editions::Editions;
use super::spelling::Spelling;
use super::version_cell::VersionCell;
use super::versions::parts;
use super::{Family, GuestOs, Product};
use crate::model::{Architecture, Vocabulary};

pub(super) use super::spelling::tokens;

/// Everything that names are compared with.
#[derive(Clone, Debug)]
pub(super) struct Names {
    silent: Vec<String>,
    editions: Editions,
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
    /// A version of it and nothing but an edition beside it is a name of the product: "2012 R2 Standard".
    pub(super) alone: bool,
    /// What stands before the major version in the kernels it builds: "el" in "4.18.0-348.el8.x86_64".
    pub(super) kernel_tag: Option<String>,
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
    /// The editions it is of; none for every edition.
    pub(super) editions: Vec<String>,
    /// It is of a channel that only its words tell.
    pub(super) channel: bool,
}

/// What a name tells of the release: its key, and the places of the entries it may be.
#[derive(Default)]
struct Told {
    key: Option<String>,
    open: Vec<usize>,
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
    pub(super) fn new(silent: &[String], editions: Editions, lines: Vec<Line>) -> Self {
        let silent = silent.iter().map(|name| tokens(name).join(" ")).collect();
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
        let line = hits.first().map(|hit| hit.line);
        let is_linux = line.is_some_and(|line| line.family == Some(Family::Linux));
        let tag = line.and_then(|line| line.kernel_tag.as_deref());
        let version = VersionCell::of(version.unwrap_or(""), &spelling, is_linux, tag);
        let found = find(&hits, &spelling, &version);
        let product = found.as_ref().map(|found| &products[found.pattern.product]);
        let family = product.map(|product| product.family).or_else(|| hits.first().and_then(|hit| hit.line.family));
        let windows = matches!(family, Some(Family::WindowsServer | Family::WindowsClient));
        let edition = if windows { self.editions.find(&spelling.words) } else { None };
        let stated = architecture.or(spelling.architecture);
        let told = found.as_ref().map(|found| found.release(&spelling, &version, edition.as_deref()));
        let told = told.unwrap_or_default();
        Some(GuestOs {
            product: product.cloned(),
            family,
            line: line.filter(|line| !line.products.is_empty()).map(|line| line.key.clone()),
            edition,
            architecture: stated
                .or_else(|| found.as_ref().and_then(|found| implied(found, products, name, vocabulary))),
            release: told.key,
            open_releases: told.open,
            minor_version: found.and_then(|found| found.minor),
            nano: spelling.words.iter().any(|word| word == "nano"),
        })
    }

    /// The lines whose name the words hold, the longest name first; all hits share that length and place.
    fn hits(&self, words: &[String]) -> Vec<Hit<'_>> {
        let mut hits: Vec<Hit<'_>> = self.lines.iter().filter_map(|line| line.hit(words)).collect();
        // A line without products, such as "Linux", yields to one with them: "Debian GNU/Linux".
        hits.sort_by_key(|hit| (usize::MAX - hit.length, hit.line.products.is_empty(), hit.start));
        if hits.is_empty() {
            hits.extend(self.lines.iter().filter(|line| line.alone).filter_map(|line| self.alone(line, words)));
        }
        if let Some(best) = hits.first().map(|hit| (hit.length, hit.start)) {
            hits.retain(|hit| (hit.length, hit.start) == best);
        }
        hits
    }

    /// The line whose version the words are, with an edition or without.
    fn alone<'a>(&self, line: &'a Line, words: &[String]) -> Option<Hit<'a>> {
        let versions = line.products.iter().flat_map(|pattern| &pattern.versions);
        let version = versions.filter(|version| words.starts_with(version)).max_by_key(|version| version.len())?;
        let rest = &words[version.len()..];
        let edition = rest.iter().all(|word| word == "edition" || self.editions.has(word));
        edition.then_some(Hit { line, length: 0, start: 0 })
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

    /// The product of a numbered line that stands for every version without a product of its own.
    fn rest(&self) -> Option<Found<'_>> {
        let mut products = self.products.iter().filter(|_| self.numbered);
        products.find(|pattern| pattern.versions.is_empty()).map(|pattern| Found { pattern, minor: None })
    }

    /// The product whose version the words hold.
    fn product(&self, words: &[String], service_pack: Option<u32>) -> Option<Found<'_>> {
        if self.numbered {
            let number = words.iter().find(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
            return self.products.iter().find_map(|pattern| pattern.numbered(number?, service_pack));
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

    /// The builds of the product and of each of its releases.
    fn all_builds(&self) -> impl Iterator<Item = &[String]> {
        std::iter::once(&self.builds).chain(self.releases.iter().map(|release| &release.builds)).map(Vec::as_slice)
    }

    fn shares_a_build_with(&self, other: &Self) -> bool {
        self.all_builds().flatten().any(|build| other.all_builds().any(|builds| builds.contains(build)))
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
    /// The release that the words tell, else the one that has the build; the edition narrows what either leaves open.
    fn release(&self, spelling: &Spelling, version: &VersionCell, edition: Option<&str>) -> Told {
        let releases = &self.pattern.releases;
        let said = |word: &String| {
            spelling.words.contains(word) || version.spelling.words.contains(word) || self.minor.as_ref() == Some(word)
        };
        let told = releases
            .iter()
            .filter_map(|release| {
                let sets = release.words.iter().filter(|words| !words.is_empty() && words.iter().all(said));
                sets.map(Vec::len).max().map(|length| (length, release))
            })
            .max_by_key(|(length, _)| *length)
            .map(|(_, release)| release);
        let of_edition = |release: &ReleaseNames| {
            edition.is_none_or(|edition| release.editions.iter().any(|own| own == edition) || release.is_of_all())
        };
        let open = |chosen: &dyn Fn(&ReleaseNames) -> bool| {
            let places = || (0..releases.len()).filter(|place| chosen(&releases[*place]));
            let narrowed: Vec<usize> = places().filter(|place| of_edition(&releases[*place])).collect();
            if narrowed.is_empty() { places().collect() } else { narrowed }
        };
        if let Some(told) = told.filter(|release| !release.channel || !release.words_are_vague()) {
            return Told { key: Some(told.key.clone()), open: open(&|release| release.key == told.key) };
        }
        // Where no edition is named, the build alone does not tell the channel.
        let channel = |release: &ReleaseNames| {
            if edition.is_none() && told.is_none() { true } else { release.channel == told.is_some() }
        };
        let of_build = match &version.build {
            Some(build) => open(&|release| channel(release) && build.is_among(&release.builds)),
            None => Vec::new(),
        };
        if let Some(first) = of_build.first() {
            let same = of_build.iter().all(|place| releases[*place].key == releases[*first].key);
            return Told { key: same.then(|| releases[*first].key.clone()), open: of_build };
        }
        match told {
            Some(told) => Told { key: Some(told.key.clone()), open: open(&|release| release.key == told.key) },
            None => Told { key: None, open: open(&|release| !release.channel) },
        }
    }
}

impl ReleaseNames {
    /// Only the channel is named, not which release of it.
    fn words_are_vague(&self) -> bool {
        self.builds.is_empty()
    }

    /// It is the same for every edition.
    fn is_of_all(&self) -> bool {
        self.editions.is_empty() && !self.channel
    }
}

/// The product that the name tells, or else the version column where the name leaves it open.
fn find<'a>(hits: &[Hit<'a>], spelling: &Spelling, version: &VersionCell) -> Option<Found<'a>> {
    let by_name = |hit: &Hit<'a>| hit.product(spelling);
    let named = if spelling.vague { None } else { hits.iter().find_map(by_name) };
    let named = named.filter(|found| !hits.iter().any(|hit| hit.names_another(found, spelling)));
    let rest = || hits.iter().find_map(|hit| hit.line.rest());
    if version.kernel {
        let by_kernel = |hit: &Hit<'a>| hit.line.product(std::slice::from_ref(version.kernel_of.as_ref()?), None);
        return named.or_else(|| hits.iter().find_map(by_kernel)).or_else(rest);
    }
    let by_version = |hit: &Hit<'a>| {
        let pack = version.spelling.service_pack.or(spelling.service_pack);
        if version.spelling.words.is_empty() { None } else { hit.line.product(&version.spelling.words, pack) }
    };
    match named {
        None => by_build(hits, version)
            .or_else(|| match version.build {
                Some(_) => None,
                None => hits.iter().find_map(by_version),
            })
            .or_else(rest),
        Some(Found { pattern, minor: None }) => {
            let same = hits.iter().find_map(by_version).filter(|other| other.pattern.product == pattern.product);
            Some(Found { pattern, minor: same.and_then(|same| same.minor) })
        }
        Some(found) => Some(found),
    }
}

impl<'a> Hit<'a> {
    fn product(&self, spelling: &Spelling) -> Option<Found<'a>> {
        self.line.product(&spelling.words[self.start + self.length..], spelling.service_pack)
    }

    /// Whether the name goes on to another product of the line: "Windows Server 2003, now Windows Server 2019".
    fn names_another(&self, found: &Found<'_>, spelling: &Spelling) -> bool {
        let words = &spelling.words[self.start + self.length..];
        let first = self.line.products.iter().find(|pattern| pattern.product == found.pattern.product);
        let Some((start, length)) = first.filter(|_| !self.line.numbered).and_then(|first| first.place(words)) else {
            return false;
        };
        let after = &words[start + length..];
        self.line.products.iter().any(|pattern| {
            pattern.product != found.pattern.product
                && !pattern.versions.is_empty()
                && pattern.place(after).is_some()
                && !pattern.shares_a_build_with(found.pattern)
        })
    }
}

/// The only product of the lines that has the build; none when two share it.
fn by_build<'a>(hits: &[Hit<'a>], version: &VersionCell) -> Option<Found<'a>> {
    let build = version.build.as_ref()?;
    let patterns = hits.iter().flat_map(|hit| &hit.line.products);
    let mut having = patterns.filter(|pattern| pattern.all_builds().any(|builds| build.is_among(builds)));
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
