//! A heading as the words it is made of, in any order: "VHD Max Size GB" is "Max VHD size (GB)".

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::ingest::columns::Unit;

/// The words of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bag {
    /// The words that say something, in alphabetical order.
    pub(super) key: String,
    /// The unit among them.
    pub(super) unit: Option<Unit>,
    /// Whether a word says that it is of the machine.
    pub(super) of_machine: bool,
}

/// Words that say only that the heading is of a machine.
const MACHINE: &[&str] = &[
    "vm",
    "vms",
    "virtual",
    "machine",
    "guest",
    "server",
    "hyperv",
    "hyper",
    "v",
    "virtuell",
    "virtuella",
    "virtuelle",
    "virtuelles",
    "maskin",
    "maschine",
    "virtuel",
    "virtuelt",
    "virtuelle",
    "máquina",
];

/// Words that say nothing.
const FILLERS: &[&str] = &[
    "the", "of", "in", "per", "for", "a", "an", "to", "is", "by", "de", "du", "des", "la", "le", "el", "da", "do",
    "av", "för", "i", "der", "die", "das", "von", "på", "for", "total2",
];

/// Words of one meaning.
const SAME: &[(&str, &[&str])] = &[
    (
        "count",
        &[
            "number", "antal", "anzahl", "nombre", "numero", "número", "antall", "nr", "no", "num", "nb", "nbre",
            "qty", "quantity",
        ],
    ),
    ("memory", &["mem", "ram"]),
    ("disk", &["hdd", "hd", "disc", "harddisk", "harddrive"]),
    ("fibre", &["fiber"]),
    ("max", &["maximum", "maximal", "maximale"]),
    ("provisioned", &["prov", "prov.", "provisioning"]),
    ("enabled", &["enable"]),
    ("address", &["adress", "addr", "adresse"]),
];

/// The words of a heading, unless nothing is left of it.
pub(super) fn bag(text: &str) -> Option<Bag> {
    let mut unit = None;
    let mut of_machine = false;
    let mut words = Vec::new();
    for word in words_of(text) {
        if word.chars().any(|ch| ch.is_ascii_digit()) {
            return None;
        }
        if word.len() > 1 && unit.is_none() && !words.is_empty() {
            unit = Unit::named(&word);
            if unit.is_some() {
                continue;
            }
        }
        if MACHINE.contains(&&*word) {
            of_machine = true;
        } else if !FILLERS.contains(&&*word) {
            words.push(word);
        }
    }
    let several = words.len() > 1;
    let mut words: Vec<String> = words.into_iter().map(|word| canonical(&word, several)).collect();
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then(|| Bag { key: words.join(" "), unit, of_machine })
}

/// A word in the form that all of its meaning share; a plural means the same only among other words.
fn canonical(word: &str, several: bool) -> String {
    let same = |word: &str| SAME.iter().find(|(_, others)| others.contains(&word)).map(|(one, _)| (*one).to_owned());
    if let Some(one) = same(word) {
        return one;
    }
    let is_plural = several && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    if is_plural {
        let one = &word[..word.len() - 1];
        return same(one).unwrap_or_else(|| one.to_owned());
    }
    word.to_owned()
}

/// The words of a text in lower case, parted by what is no letter and by capitals, as in `VMName` and `MemoryStartup`.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let letters: Vec<char> = folded(text).collect();
    let mut words = vec![String::new()];
    for (at, &ch) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let next = letters.get(at + 1).copied();
        if !ch.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let after_small = ch.is_uppercase() && before.is_some_and(char::is_lowercase);
        // "VMName" is VM and Name, but "CPUs" is one word.
        let is_plural = next == Some('s') && !letters.get(at + 2).is_some_and(|ch| ch.is_lowercase());
        let begins_word = ch.is_uppercase()
            && before.is_some_and(char::is_uppercase)
            && next.is_some_and(char::is_lowercase)
            && !is_plural;
        if after_small || begins_word {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(ch.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    // "GiB" and "MiB" are units, not words that a capital parts.
    let mut joined: Vec<String> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(last) if word == "b" && matches!(last.as_str(), "gi" | "mi" | "ki" | "ti") => last.push('b'),
            Some(_) | None => joined.push(word),
        }
    }
    joined
}

/// A text in its plain letters: people type "Memoire" and "Gerat" as often as "Mémoire" and "Gerät".
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|letter| !is_combining_mark(*letter))
}

/// Words that may stand beside a drive's letter.
const DRIVE: &[&str] = &[
    "disk",
    "drive",
    "volume",
    "vol",
    "partition",
    "laufwerk",
    "platte",
    "festplatte",
    "enhet",
    "volym",
    "disque",
    "lecteur",
    "disco",
    "unidad",
    "unidade",
    "drev",
    "stasjon",
    "hdd",
    "size",
    "storlek",
    "größe",
    "størrelse",
    "taille",
    "tamaño",
    "tamanho",
    "capacity",
    "total",
];

/// The drive whose size a heading names: "C:", "D: (GB)", "Drive E", "C-disk".
pub(super) fn drive_letter(text: &str) -> Option<u8> {
    let mut letter = None;
    let mut is_drive = text.contains(':');
    for token in text.split(|ch: char| !ch.is_alphanumeric()).filter(|token| !token.is_empty()) {
        let lower = token.to_lowercase();
        if let [one @ b'a'..=b'z'] = lower.as_bytes() {
            if letter.replace(*one).is_some() {
                return None;
            }
        } else if DRIVE.contains(&&*lower) {
            is_drive |= !matches!(&*lower, "size" | "total" | "capacity");
        } else if Unit::named(&lower).is_none() {
            return None;
        }
    }
    letter.filter(|letter| is_drive && *letter >= b'c')
}

/// Whether a heading of a size says which size it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SizeWord {
    /// What the disk may grow to.
    Provisioned,
    /// What its file takes, or what is filled of it.
    Used,
    /// What is left.
    Free,
}

/// The size that a heading's words name.
pub(super) fn size_word(text: &str) -> Option<SizeWord> {
    const PROVISIONED: &[&str] = &[
        "prov",
        "provisioned",
        "max",
        "maximum",
        "capacity",
        "maximal",
        "kapazität",
        "kapacitet",
        "capacité",
        "capacidad",
        "capacidade",
        "provisionerad",
        "bereitgestellt",
        "maxstorlek",
    ];
    const USED: &[&str] = &[
        "used",
        "current",
        "actual",
        "file",
        "consumed",
        "occupied",
        "använt",
        "använd",
        "belegt",
        "benutzt",
        "verwendet",
        "brukt",
        "brugt",
        "utilisé",
        "usado",
        "utilizado",
        "filstorlek",
        "dateigröße",
        "inuse",
        "physical",
    ];
    const FREE: &[&str] = &["free", "available", "remaining", "ledigt", "frei", "ledig", "libre", "livre"];
    let words = words_of(text);
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(&&**word));
    if holds(FREE) {
        Some(SizeWord::Free)
    } else if holds(USED) {
        Some(SizeWord::Used)
    } else if holds(PROVISIONED) {
        Some(SizeWord::Provisioned)
    } else {
        None
    }
}
