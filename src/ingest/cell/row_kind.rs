//! What a row of a list of several kinds is, by the words of one cell: "Hyper-V host", "VM", "Cluster".

use rustc_hash::FxHashSet;

use super::words::WORDS;
use super::{Unread, said, yes_no};
use crate::ingest::table::Value;

/// What a row of a list that mixes kinds is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowIs {
    /// A host of machines.
    Host,
    /// A failover cluster.
    Cluster,
    /// A template of machines.
    Template,
    /// A copy of a machine that replication keeps.
    Replica,
    /// A virtual machine.
    Machine,
    /// A server that is no virtual machine.
    Physical,
    /// Anything else, where the same column calls other rows machines.
    Other,
    /// Of a model that is hardware, where the same column calls other rows virtual machines.
    Model,
    /// A machine on another hypervisor than Hyper-V, by its model or maker.
    Foreign,
}

/// Words of a server that is no virtual machine, in any place of a text.
const PHYSICAL_WORDS: &[&str] = &[
    "physical",
    "physisch",
    "fysisk",
    "physique",
    "físic",
    "fisico",
    "bare metal",
    "bare-metal",
    "baremetal",
    "hardware",
];

/// What a row is, by the cell under a heading.
///
/// # Errors
/// Unreadable for a text that names no kind that is known.
pub fn row_is(value: Value<'_>, heading: &str) -> Result<RowIs, Unread> {
    if let Some(read) = told_by_yes_or_no(value, heading) {
        return read;
    }
    let Value::Text(text) = value else { return Err(Unread::Unreadable) };
    let text = said(text)?;
    let words = words(text);
    let kinds = &WORDS.row_kind;
    let is_only = |of: &dyn Fn(&str) -> bool| {
        words.iter().any(|word| of(word)) && words.iter().all(|word| of(word) || kinds.beside.contains(word))
    };
    let of_machine = |word: &String| kinds.machine.contains(word);
    let has_machine = words.iter().any(of_machine) || is_pair(&words, "virtual", "machine");
    if is_only(&|word| kinds.template.contains(word)) {
        return Ok(RowIs::Template);
    }
    if words.iter().any(|word| kinds.replica.contains(word))
        && words.iter().all(|word| kinds.replica.contains(word) || kinds.beside.contains(word) || of_machine(word))
    {
        return Ok(RowIs::Replica);
    }
    // "VM host" is a host, "host VM" a machine.
    let ends_as_machine = words.last().is_some_and(of_machine);
    if is_only(&|word| kinds.host.contains(word)) && !ends_as_machine {
        return Ok(RowIs::Host);
    }
    let is_hyper_v = words.concat() == "hyperv" || words.concat() == "hypervserver";
    if is_hyper_v && self::words(heading).iter().any(|word| kinds.roles.contains(word)) {
        return Ok(RowIs::Host);
    }
    let is_of_model = heading_has(heading, &kinds.models);
    let is_of_maker = heading_has(heading, &kinds.makers);
    if (is_of_model || is_of_maker) && is_foreign(text, &words) {
        return Ok(RowIs::Foreign);
    }
    if is_of_maker && !is_of_model {
        return if is_made_as_hardware(&words) { Ok(RowIs::Model) } else { Err(Unread::Unreadable) };
    }
    if has_machine {
        return Ok(RowIs::Machine);
    }
    if is_only(&|word| kinds.cluster.contains(word)) {
        return Ok(RowIs::Cluster);
    }
    if is_physical(text) {
        return Ok(RowIs::Physical);
    }
    // A "SQL cluster" is what runs on machines.
    if words.iter().any(|word| kinds.other.contains(word) || kinds.cluster.contains(word)) {
        return Ok(RowIs::Other);
    }
    if is_of_model { Ok(RowIs::Model) } else { Err(Unread::Unreadable) }
}

fn heading_has(heading: &str, of: &FxHashSet<String>) -> bool {
    words(heading).iter().any(|word| of.contains(word))
}

/// Whether a model or maker is what another hypervisor gives its machines: "VMware7,1", "HVM domU".
fn is_foreign(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    let kinds = &WORDS.row_kind;
    kinds.foreign.iter().any(|part| text.contains(part.as_str()))
        || words.iter().any(|word| kinds.foreign_words.contains(word))
}

/// Whether a maker's name, as words, is that of one of hardware.
fn is_made_as_hardware(words: &[String]) -> bool {
    let name = words.join(" ");
    let begins =
        |maker: &String| name.strip_prefix(maker.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    WORDS.row_kind.hardware_makers.iter().any(begins)
}

/// Whether a text says that a server is no virtual machine.
#[must_use]
pub fn is_physical(text: &str) -> bool {
    let text = text.to_lowercase();
    PHYSICAL_WORDS.iter().any(|word| text.contains(word)) && !text.contains("virtu")
}

/// Whether a computer's model, or the maker in its place, is that of hardware.
#[must_use]
pub fn is_hardware(model: &str) -> bool {
    let lower = model.to_lowercase();
    WORDS.row_kind.hardware.iter().any(|word| lower.contains(word.as_str())) || is_made_as_hardware(&words(model))
}

/// Whether a heading is one of a computer's model or maker, which say what it is by what it is called.
#[must_use]
pub fn is_of_model(heading: &str) -> bool {
    heading_has(heading, &WORDS.row_kind.models) || heading_has(heading, &WORDS.row_kind.makers)
}

/// What yes or no says under a heading that asks whether a server is virtual, or physical.
fn told_by_yes_or_no(value: Value<'_>, heading: &str) -> Option<Result<RowIs, Unread>> {
    let asks_physical = is_physical(heading);
    let asks_virtual = !asks_physical && words(heading).iter().any(|word| WORDS.row_kind.machine.contains(word));
    if asks_physical == asks_virtual {
        return None;
    }
    let truth = yes_no(value).ok()?;
    Some(Ok(if truth == asks_virtual { RowIs::Machine } else { RowIs::Physical }))
}

fn is_pair(words: &[String], one: &str, other: &str) -> bool {
    words.windows(2).any(|pair| pair[0] == one && pair[1] == other)
}

/// The words of a text in lower case, parted by what is no letter and by capitals, as in `HyperVHost`.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for ch in text.chars() {
        if !ch.is_alphanumeric() || (ch.is_uppercase() && was_small) {
            words.push(String::new());
        }
        if ch.is_alphanumeric() {
            words.last_mut().expect("one was begun above").extend(ch.to_lowercase());
        }
        was_small = ch.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, heading: &str) -> Result<RowIs, Unread> {
        row_is(Value::Text(&text.into()), heading)
    }

    #[test]
    fn a_kind_is_told_by_its_words_and_no_others() {
        let cases: &[(&str, Result<RowIs, Unread>)] = &[
            ("Hyper-V host", Ok(RowIs::Host)),
            ("HyperVHost", Ok(RowIs::Host)),
            ("VM Host Server", Ok(RowIs::Host)),
            ("Host for virtual machines", Ok(RowIs::Host)),
            ("Physical host", Ok(RowIs::Host)),
            ("Host VM", Ok(RowIs::Machine)),
            ("Session host", Err(Unread::Unreadable)),
            ("Jump host", Err(Unread::Unreadable)),
            ("Web server", Err(Unread::Unreadable)),
            ("Virtuell maskin", Ok(RowIs::Machine)),
            ("Windows VM", Ok(RowIs::Machine)),
            ("Failover cluster", Ok(RowIs::Cluster)),
            ("SQL cluster", Ok(RowIs::Other)),
            ("VM template", Ok(RowIs::Template)),
            ("Replica VM", Ok(RowIs::Replica)),
            ("Physical server", Ok(RowIs::Physical)),
            ("Virtual appliance", Ok(RowIs::Machine)),
            ("Appliance", Ok(RowIs::Other)),
            ("Unknown", Err(Unread::Unsaid)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, "Type"), *expected, "{text}");
        }
        assert_eq!(read("Hyper-V", "Server role"), Ok(RowIs::Host));
        assert_eq!(read("Hyper-V", "Type"), Err(Unread::Unreadable), "there it is the platform of a machine");
        assert_eq!(read("ProLiant DL380 Gen10", "Model"), Ok(RowIs::Model));
        assert_eq!(read("Virtual Machine", "Model"), Ok(RowIs::Machine));
        for foreign in ["VMware Virtual Platform", "VMware7,1", "Standard PC (i440FX + PIIX, 1996)", "HVM domU", "KVM"]
        {
            assert_eq!(read(foreign, "Model"), Ok(RowIs::Foreign), "{foreign}");
        }
        assert_eq!(read("VMware, Inc.", "Manufacturer"), Ok(RowIs::Foreign));
        assert_eq!(read("VMware ESXi host", "Type"), Ok(RowIs::Host));
        assert_eq!(read("XenApp", "Role"), Err(Unread::Unreadable), "what runs in a machine");
        assert_eq!(read("Dell Inc.", "Hersteller"), Ok(RowIs::Model));
        assert_eq!(read("Microsoft Corporation", "Manufacturer"), Err(Unread::Unreadable));
        assert_eq!(read("No", "Is virtual"), Ok(RowIs::Physical));
        assert_eq!(read("Nej", "Fysisk"), Ok(RowIs::Machine));
    }
}
