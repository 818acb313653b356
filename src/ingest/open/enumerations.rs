//! The words of enumerations, where JSON holds an integer of VMM's or an object with number and word, and the names of what
//! an object refers to.

use std::borrow::Cow;

use super::json_tree::Json;

/// Members that every object of VMM has, and nothing else does.
const OF_VMM: &[&str] = &["ObjectType", "IsFullyCached", "MarkedForDeletion"];

/// VMM's states of a machine, as an `Export-Clixml` of VMM 2012 R2 writes number and word side by side.
const STATES: &[(f64, &str)] = &[(0.0, "Running"), (1.0, "PowerOff"), (102.0, "Stored"), (220.0, "Missing")];

/// The members whose integers are known, with their words.
const ENUMERATIONS: &[(&str, &[(f64, &str)])] = &[
    ("VirtualMachineState", STATES),
    ("Status", STATES),
    ("HostType", &[(2.0, "None"), (9.0, "VMHost"), (18.0, "LibraryServer")]),
    ("VirtualizationPlatform", &[(2.0, "HyperV")]),
    ("VHDType", &[(1.0, "DynamicallyExpanding"), (2.0, "FixedSize"), (3.0, "Differencing")]),
    ("VHDFormatType", &[(0.0, "VHD"), (2.0, "VHDX")]),
    ("CommunicationState", &[(0.0, "Responding")]),
    ("ComputerState", &[(2.0, "Responding")]),
    ("OverallState", &[(0.0, "OK")]),
];

/// Puts words in place of the integers of VMM's objects, wherever they stand. A number whose word is not known stays one.
pub(super) fn spell_out(value: &mut Json<'_>) {
    match value {
        Json::List(items) => items.iter_mut().for_each(spell_out),
        Json::Object(members) => {
            let has = |name: &&str| members.iter().any(|(key, _)| key == name);
            let is_of_vmm = OF_VMM.iter().filter(|name| has(name)).count() >= 2;
            for (key, value) in members {
                if let Some(word) = word(value) {
                    *value = Json::Text(word);
                }
                match value {
                    Json::Number(number) if is_of_vmm => {
                        let known = ENUMERATIONS.iter().find(|(name, _)| key == name).map(|(_, words)| *words);
                        // Whole numbers of a few digits are equal or not, to the bit.
                        let same = |(of, _): &&(f64, &str)| of.to_bits() == number.to_bits();
                        if let Some((_, word)) = known.and_then(|words| words.iter().find(same)) {
                            *value = Json::Text(Cow::Borrowed(word));
                        }
                    }
                    Json::List(_) | Json::Object(_) => spell_out(value),
                    Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
    }
}

/// The word of an object that is nothing but a number or key and its word, or the name of one that only refers to a thing.
fn word<'a>(value: &mut Json<'a>) -> Option<Cow<'a, str>> {
    let Json::Object(members) = value else { return None };
    let has = |name: &str| members.iter().any(|(key, _)| key == name);
    // A remote session writes `value` and `Value`, an inventory's interface `value` and `label`.
    let word = if members.len() == 2 && has("value") && has("Value") {
        "Value"
    } else if members.len() == 2 && has("value") && has("label") {
        "label"
    } else if members.len() <= 3 && has("value") && has("display_value") {
        "display_value"
    } else if members.len() == 2 && has("id") && has("name") {
        "name"
    } else if has("id") && REFERRED_BY.iter().any(|name| has(name)) && members.len() <= MOST_OF_A_REFERENCE {
        ["name", "address", "display"].into_iter().find(|name| has(name))?
    } else {
        return None;
    };
    members.iter_mut().find_map(|(key, value)| match value {
        Json::Text(text) if key == word => Some(std::mem::take(text)),
        _ => None,
    })
}

/// Members by which an inventory's interface refers to a thing that it tells of elsewhere.
const REFERRED_BY: &[&str] = &["url", "slug", "display", "address"];
/// How many members a reference has at most; a thing itself has more.
const MOST_OF_A_REFERENCE: usize = 7;
