//! What the version column beside a guest's name says: a version, a Windows build, or a Linux kernel's.

use super::spelling::Spelling;

/// What the version column says beside a name.
pub(super) struct VersionCell {
    pub(super) spelling: Spelling,
    /// The Windows build.
    pub(super) build: Option<Build>,
    /// It is the kernel's version and tells nothing of the distribution's, but where it is tagged.
    pub(super) kernel: bool,
    /// The major version of the distribution that built the kernel.
    pub(super) kernel_of: Option<String>,
}

impl VersionCell {
    /// Reads a version beside a name; whether that is a Linux distribution's, and what tags its kernels, is its line's.
    ///
    /// Where the column holds no build, the name may: "Microsoft Windows NT 10.0.20348.0".
    pub(super) fn of(version: &str, name: &Spelling, is_linux: bool, kernel_tag: Option<&str>) -> Self {
        let spelling = Spelling::of(version);
        let kernel = is_linux && spelling.words.first().is_some_and(|word| is_kernel(word));
        let build = || Build::of_version(&spelling.words).or_else(|| Build::of_name(&name.words));
        let build = if is_linux { None } else { build() };
        let kernel_of = kernel_tag.filter(|_| kernel).and_then(|tag| tagged(version, tag));
        Self { spelling, build, kernel, kernel_of }
    }
}

/// A Windows build.
pub(super) enum Build {
    /// With its version, "10.0.17763".
    Whole(String),
    /// Its number alone, "17763".
    Number(String),
}

impl Build {
    /// The build in a Windows version: "10.0.17763.1", "10.0 (17763)", "22H2 (OS Build 19045.4412)" or "17763".
    fn of_version(words: &[String]) -> Option<Self> {
        let number = match words {
            [only] => Self::number(only),
            _ => None,
        };
        Self::of_name(words).or(number)
    }

    /// The build in a name, where a bare number may be anything.
    fn of_name(words: &[String]) -> Option<Self> {
        let numbers: Vec<_> = words
            .iter()
            .skip_while(|word| !word.contains('.'))
            .filter(|word| *word != "build")
            .flat_map(|word| word.split('.'))
            .take_while(|number| number.parse::<u32>().is_ok())
            .take(3)
            .collect();
        if numbers.len() == 3 {
            return Some(Self::Whole(numbers.join(".")));
        }
        let place = words.iter().position(|word| word == "build")?;
        words.get(place + 1).and_then(|word| Self::number(word))
    }

    fn number(word: &str) -> Option<Self> {
        let number = word.split('.').next()?;
        let is_build = matches!(number.len(), 4 | 5) && number.bytes().all(|digit| digit.is_ascii_digit());
        is_build.then(|| Self::Number(number.to_owned()))
    }

    pub(super) fn is_among(&self, builds: &[String]) -> bool {
        builds.iter().any(|build| match self {
            Self::Whole(whole) => build == whole,
            Self::Number(number) => build.rsplit('.').next() == Some(number),
        })
    }
}

/// Whether a version beside the name of a distribution is its kernel's: three numbers, as "5.15.0".
fn is_kernel(version: &str) -> bool {
    let numbers: Vec<_> = version.split('.').collect();
    // The second number of an Ubuntu point release, "22.04.3", has a zero in front, which no kernel's has, and the
    // third of a CentOS release, "8.5.2111", is the month of it.
    numbers.len() > 2 && numbers[2].len() < 4 && !(numbers[1].len() > 1 && numbers[1].starts_with('0'))
}

/// The number behind a tag in a kernel's version: 8 behind "el" in "4.18.0-348.el8.x86_64".
fn tagged(version: &str, tag: &str) -> Option<String> {
    let version = version.to_lowercase();
    version.split(['.', '-', '+']).find_map(|part| {
        let number: String = part.strip_prefix(tag)?.chars().take_while(char::is_ascii_digit).collect();
        (!number.is_empty()).then_some(number)
    })
}
