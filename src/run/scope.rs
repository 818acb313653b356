//! What of the inputs is reported: names below the folder given, and only the machines asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::load::shown;
use crate::cli::{Chosen, Only};
use crate::ingest::recognise::heading_key;
use crate::model::{Estate, Vm};

/// Why a machine that `--only` does not ask for is left out.
const OUTSIDE: &str = "a machine outside the scope asked for";

/// Names the files of an estate by their paths below the folders given, so that reports read the same wherever Klar is run
/// from; below the folder's own name when several are given.
pub(super) fn name_files(estate: &mut Estate, paths: &[PathBuf]) {
    let roots: Vec<String> = paths.iter().map(|path| shown(path).trim_end_matches('/').to_owned()).collect();
    let short: Vec<String> = estate.files.iter().map(|file| below(&file.path, &roots)).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &short {
        *uses.entry(name).or_default() += 1;
    }
    let names: BTreeMap<String, String> = estate
        .files
        .iter()
        .zip(&short)
        .filter(|(_, short)| uses[short.as_str()] == 1)
        .map(|(file, short)| (file.path.clone(), short.clone()))
        .collect();
    for file in &mut estate.files {
        if let Some(short) = names.get(&file.path) {
            file.path.clone_from(short);
        }
    }
    for note in &mut estate.notes {
        if let Some(short) = names.get(&note.file) {
            note.file.clone_from(short);
        }
    }
}

/// The name of the first folder given, or of the one that the first file given lies in.
pub(super) fn folder_name(paths: &[PathBuf]) -> String {
    let real = paths.first().and_then(|path| path.canonicalize().ok()).unwrap_or_default();
    let folder = if real.is_dir() { Some(real.as_path()) } else { real.parent() };
    folder.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A path below the longest of the folders that hold it.
fn below(path: &str, roots: &[String]) -> String {
    let inside = |root: &String| path.strip_prefix(root.as_str()).and_then(|rest| rest.strip_prefix('/'));
    let deepest = roots.iter().filter(|root| inside(root).is_some()).max_by_key(|root| root.len());
    let Some((root, rest)) = deepest.and_then(|root| Some((root, inside(root)?))) else {
        let is_named = roots.iter().any(|root| root == path);
        // What lies elsewhere, as a configuration file may, is told without the folders of this machine.
        let is_elsewhere = Path::new(path).is_absolute();
        return if is_named || is_elsewhere {
            path.rsplit('/').next().unwrap_or(path).to_owned()
        } else {
            path.to_owned()
        };
    };
    if roots.len() == 1 {
        return rest.to_owned();
    }
    format!("{}/{rest}", root.rsplit('/').next().unwrap_or(root))
}

/// Leaves out every machine that is not asked for, counts it among its table's rows left out, and returns how many there
/// were.
pub(super) fn keep_only(estate: &mut Estate, only: &[Only]) -> u64 {
    if only.is_empty() {
        return 0;
    }
    let kept: Vec<bool> = estate.vms.iter().map(|vm| only.iter().all(|asked| asks_for(asked, vm, estate))).collect();
    let mut next = 0;
    let places: Vec<Option<usize>> = kept
        .iter()
        .map(|kept| {
            next += usize::from(*kept);
            kept.then(|| next - 1)
        })
        .collect();
    for (vm, _) in estate.vms.iter().zip(&kept).filter(|(_, kept)| !**kept) {
        if let Some(table) = estate.tables.get_mut(usize::from(vm.seen.table)) {
            table.rows.subjects = table.rows.subjects.saturating_sub(1);
            table.rows.leave_out(OUTSIDE);
        }
    }
    let lists = (estate.hosts.iter_mut().map(|host| &mut host.vms))
        .chain(estate.clusters.iter_mut().map(|cluster| &mut cluster.vms))
        .chain(estate.clouds.iter_mut().map(|cloud| &mut cloud.vms))
        .chain(estate.vmm_servers.iter_mut().map(|server| &mut server.vms));
    for list in lists {
        *list = list.iter().filter_map(|machine| places[*machine]).collect();
    }
    let mut kept = kept.into_iter();
    let before = estate.vms.len();
    estate.vms.retain(|_| kept.next().unwrap_or(true));
    (before - estate.vms.len()) as u64
}

/// Whether a machine is one of those asked for: its value is any of the values given, without regard to case; of tags, any
/// one of them.
fn asks_for(only: &Only, vm: &Vm, estate: &Estate) -> bool {
    let of_host = || estate.clusters.get(vm.cluster_index?)?.name.value();
    let (fact, has_many) = match &only.key {
        Chosen::Fact("cluster", fact) => (fact(vm).value().or_else(of_host), false),
        Chosen::Fact(key, fact) => (fact(vm).value(), *key == "tags"),
        Chosen::Heading(heading) => {
            let wanted = heading_key(heading);
            let place = estate.carried.iter().position(|column| heading_key(&column.heading) == wanted);
            (place.and_then(|place| vm.carried(place)).map(|known| &known.value), false)
        }
    };
    let value = fact.map_or("", |value| value).trim().to_lowercase();
    only.values.iter().any(|asked| {
        let is_tag = has_many && value.split([',', ';']).any(|tag| tag.trim() == asked);
        value == *asked || is_tag
    })
}
