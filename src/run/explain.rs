//! `klar explain`: one machine's sheet.

use anyhow::Result;

use super::against::{select, today};
use super::load::load;
use super::policy::{Policy, note};
use super::read::read;
use super::redact;
use super::scope;
use super::terminal::print;
use super::unable::Unable;
use crate::cli::{Explain, ExplainFormat};
use crate::evaluate::evaluate_waiving;
use crate::mend::{Judge, Mended};
use crate::model::{Arg, Estate, Identity, Phrase, Vm, say};
use crate::near::near;
use crate::organisation::Organisation;
use crate::report::explain;
use crate::report::stamp::Stamp;
use crate::report::view::{Options, View};
use crate::report::xlsx::Kept;

/// The machines named where a name fits several.
const TOLD: usize = 10;

/// Explains a machine.
///
/// # Errors
/// When an input path does not exist, or no machine or several have the name.
pub(super) fn explain(arguments: &Explain) -> Result<u8> {
    let policy = Policy::open(&arguments.reading.given)?;
    let catalogue = &policy.catalogue;
    let editions = select(catalogue, &arguments.against)?;
    let limits = arguments.reading.given.limits();
    let mut leave_out = policy.leave_out();
    leave_out.extend(arguments.redact_key.as_deref());
    let loaded = load(&arguments.paths, &leave_out, &limits)?;
    let mut estate = read(loaded, &policy, &arguments.reading)?;
    scope::name_files(&mut estate, &arguments.paths);
    let stamp = Stamp::default();
    let language = policy.language(&arguments.spoken)?;
    note(&stamp, &catalogue.unused(language.code()), &mut estate);
    let disclosure = redact::disclosure(arguments.redact_key.as_deref().filter(|_| arguments.redact))?;
    let found = find(&estate, &arguments.name);
    let machine = found.map_err(|why| Unable(disclosure.phrase(&why).into_owned()))?;
    let as_of = arguments.as_of.unwrap_or_else(today);
    let mut assessment = evaluate_waiving(&estate, catalogue, &editions, as_of, policy.waivers());
    let judge = Judge::new(catalogue, as_of, policy.waivers());
    let mended: Vec<Mended> = editions.iter().map(|edition| judge.mend(&estate, machine, edition)).collect();
    // Names decided verdicts until here.
    let shown = disclosure.estate(&estate);
    disclosure.assessment(&mut assessment);
    let (organisation, kept) = (Organisation::default(), Kept::default());
    let view = View {
        estate: &shown,
        assessment: &assessment,
        organisation: &organisation,
        plan: None,
        changes: None,
        stamp: &stamp,
        options: Options { language, ..Options::default() },
        kept: &kept,
    };
    print(&match arguments.format {
        ExplainFormat::Text => explain::text(&explain::explain(&view, machine, &mended), language),
        // Programs compare it in English.
        ExplainFormat::Json => {
            let view = View { options: Options::default(), ..view };
            explain::json(&explain::explain(&view, machine, &mended))
        }
    })
}

/// The machine of a name, an ID, or a name at a host.
fn find(estate: &Estate, name: &str) -> Result<usize, Phrase> {
    let asked = name.trim().trim_matches(['{', '}']).to_lowercase();
    let of = |fits: &dyn Fn(&Vm) -> bool| -> Vec<usize> {
        estate.vms.iter().enumerate().filter(|(_, vm)| fits(vm)).map(|(index, _)| index).collect()
    };
    let lower = |vm: &Vm| vm.shown_name().to_lowercase();
    let host = |vm: &Vm| vm.host.value().map_or_else(String::new, |host| host.to_lowercase());
    let id = |vm: &Vm| vm.id.value().map_or_else(String::new, |id| id.to_lowercase());
    let mut found = of(&|vm| id(vm) == asked);
    if found.is_empty() {
        found = of(&|vm| lower(vm) == asked);
    }
    if found.is_empty() {
        found = of(&|vm| format!("{}@{}", lower(vm), host(vm)) == asked);
    }
    if found.is_empty() {
        found = of(&|vm| vm.computer_name.value().is_some_and(|name| name.to_lowercase() == asked));
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(estate, name)),
        several => {
            let told = several.iter().take(TOLD).map(|index| {
                let vm = &estate.vms[*index];
                let at = vm.host.value().map_or_else(String::new, |host| format!("@{host}"));
                let id = vm.id.value().map_or_else(String::new, |id| format!(" (ID {id})"));
                Arg::named(Identity::Machine, &format!("{}{at}{id}", vm.shown_name()))
            });
            Err(say!(
                "{name}: {machines} machines have that name: {names}; name one by its ID or as NAME@HOST",
                name = asked_for(name),
                machines = several.len(),
                names = Arg::List(told.collect())
            ))
        }
    }
}

fn asked_for(name: &str) -> Arg {
    Arg::named(Identity::Machine, name)
}

fn unknown(estate: &Estate, name: &str) -> Phrase {
    if estate.vms.is_empty() {
        return say!(
            "{name}: the inputs hold no machine; klar inspect shows what they were taken for",
            name = asked_for(name)
        );
    }
    let known: Vec<String> = estate.vms.iter().map(|vm| vm.shown_name().to_lowercase()).collect();
    let lower: Vec<&str> = known.iter().map(String::as_str).collect();
    let nearest = near(name, &lower).into_iter().filter_map(|near| known.iter().position(|known| known == near));
    let nearest: Vec<&str> = nearest.map(|index| estate.vms[index].shown_name()).collect();
    if nearest.is_empty() {
        return say!(
            "{name}: no machine of that name is among the {read} read",
            name = asked_for(name),
            read = known.len()
        );
    }
    say!(
        "{name}: no machine of that name; near it: {names}",
        name = asked_for(name),
        names = Arg::names(Identity::Machine, nearest)
    )
}
