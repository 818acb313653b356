//! The configuration file and the catalogue to judge by, opened, checked, and made known to the reports.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;

use super::load::{self, place, shown};
use super::unable::{Unable, unable};
use crate::catalogue::{
    Carried, CarriedError, Catalogue, CatalogueFile, Edition, SIGNATURE_ENDING, SigningKey, Target, read_edition,
};
use crate::cli::{Assess, Config, Given, Spoken};
use crate::evaluate::Waiver;
use crate::ingest::Dialects;
use crate::model::{
    Arg, Declarations, Estate, FileInfo, Gravity, Identity, Note, Phrase, RowCount, TableInfo, Vocabulary, say,
};
use crate::report::language::Language;
use crate::report::stamp::Stamp;
use crate::report::words;
use crate::rules;

/// Endings of files that may lie beside those of a catalogue: signatures, keys and notes.
const BESIDE: &[&str] = &["minisig", "pub", "md", "txt"];

/// By what an estate is judged: the configuration, the catalogue and the exports known.
pub(super) struct Policy {
    config: Option<(PathBuf, Config)>,
    pub(super) catalogue: Catalogue,
    pub(super) dialects: Dialects,
    folder: Option<PathBuf>,
    signed_with: Option<String>,
}

impl Policy {
    /// Opens what the arguments name.
    ///
    /// # Errors
    /// When a file named cannot be read or used, is not signed as the configuration asks, or waives what is no requirement.
    pub(super) fn open(given: &Given) -> Result<Self> {
        let config = given.config.as_deref().map(open_config).transpose()?;
        let asked = config.as_ref().and_then(|(_, config)| config.catalogue.clone());
        let folder = given.catalogue.clone().or(asked);
        let key = config.as_ref().and_then(|(_, config)| config.public_key.as_ref());
        let files = match &folder {
            Some(folder) => open_folder(folder, key)?,
            None => Vec::new(),
        };
        check_limits(&files)?;
        let (catalogue, dialects) = rayon::join(|| Catalogue::with(&files), || dialects(&files));
        let catalogue = catalogue?;
        check_names(&catalogue, &files)?;
        if let Some((_, config)) = &config {
            let is_required = |name: &str| catalogue.editions.iter().any(|edition| requires(edition, name));
            config.check_waivers(|name| rules::find(name).is_some() || is_required(name))?;
            config.check_region(&catalogue.regions)?;
        }
        let signed_with = key.filter(|_| folder.is_some()).map(|key| key.as_str().to_owned());
        let columns = config.as_ref().map(|(_, config)| config.columns.clone()).unwrap_or_default();
        let carried = config.as_ref().map(|(_, config)| config.carried.clone()).unwrap_or_default();
        Ok(Self { dialects: dialects?.mapped(columns).carrying(carried), catalogue, config, folder, signed_with })
    }

    /// The configuration, when one is named.
    pub(super) fn config(&self) -> Option<&Config> {
        self.config.as_ref().map(|(_, config)| config)
    }

    /// What is declared.
    pub(super) fn declarations(&self) -> Option<&Declarations> {
        self.config().map(|config| &config.declarations)
    }

    /// The headings of columns that are carried through to the machines.
    pub(super) fn carried(&self) -> &[String] {
        self.config().map_or(&[], |config| &config.carried)
    }

    /// What is waived.
    pub(super) fn waivers(&self) -> &[Waiver] {
        self.config().map_or(&[], |config| &config.waivers)
    }

    /// The language asked for, with what the catalogue brings along of it.
    ///
    /// # Errors
    /// When there is no wording of it.
    pub(super) fn language(&self, spoken: &Spoken) -> Result<Language> {
        Ok(Language::of(&spoken.lang, Some(&self.catalogue))?)
    }

    /// The files with rules of the organisation.
    pub(super) fn rules(&self) -> impl Iterator<Item = &Path> {
        self.config().into_iter().flat_map(|config| &config.rules).map(PathBuf::as_path)
    }

    /// The file with the customer's logo.
    pub(super) fn logo(&self) -> Option<&PathBuf> {
        self.config()?.logo.as_ref()
    }

    /// The files and folders that are no exports, wherever they lie.
    pub(super) fn leave_out(&self) -> Vec<&Path> {
        let config = self.config.as_ref().map(|(path, _)| path);
        config.into_iter().chain(&self.folder).chain(self.logo()).map(PathBuf::as_path).collect()
    }

    /// The files read so far: the configuration with the logo that it names, and every file of the catalogue.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let carried = self.catalogue.carried.iter().map(|carried| PathBuf::from(&carried.path));
        let config = self.config.as_ref().map(|(path, _)| path);
        config.into_iter().chain(self.logo()).cloned().chain(carried).collect()
    }

    /// What the reports rest on.
    pub(super) fn stamp(&self, arguments: &Assess, folder: String, editions: &[&Edition], as_of: Date) -> Stamp {
        let config = self.config();
        let judged = Target::ALL.iter().filter(|target| editions.iter().any(|edition| edition.target == **target));
        Stamp {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            customer: arguments.customer.clone().or_else(|| config?.customer.clone()),
            site: arguments.site.clone().or_else(|| config?.site.clone()),
            folder,
            front: config.map(|config| config.front.clone()).unwrap_or_default(),
            carried: self.catalogue.carried.clone(),
            signed_with: self.signed_with.clone(),
            stale: judged
                .filter_map(|target| self.catalogue.stale(*target, as_of))
                .map(|edition| words::stale(edition, as_of))
                .collect(),
        }
    }
}

/// Lists carried-in catalogue files among an estate's inputs, and notes what may be out of date or stands nowhere.
pub(super) fn note(stamp: &Stamp, unused: &[Phrase], estate: &mut Estate) {
    for Carried { path, bytes, sha256, date: _ } in &stamp.carried {
        let file = estate.files.len();
        estate.files.push(FileInfo {
            path: path.clone(),
            bytes: *bytes,
            sha256: sha256.clone(),
            refused: None,
            exported: None,
        });
        estate.tables.push(TableInfo {
            file,
            sheet: String::new(),
            taken_for: "catalogue file".to_owned(),
            vocabulary: Vocabulary::Any,
            columns: Vec::new(),
            read_as: Vec::new(),
            units: Vec::new(),
            is_sheet: false,
            is_turned: false,
            rows: RowCount::default(),
        });
    }
    for text in stamp.stale.iter().chain(unused) {
        let (file, sheet) = (String::new(), String::new());
        estate.notes.push(Note { gravity: Gravity::Doubt, file, sheet, origin: None, text: text.clone() });
    }
}

fn open_config(path: &Path) -> Result<(PathBuf, Config)> {
    let bytes = load::named(path)?;
    let text = String::from_utf8(bytes).with_context(|| {
        Unable(say!("{place}: is no UTF-8 text. Save it as UTF-8, and run again.", place = place(path)))
    })?;
    Ok((path.to_owned(), Config::parse(path, &text)?))
}

/// Reads every catalogue file below a folder, in order of name, and makes sure that each is signed when a key is given.
fn open_folder(folder: &Path, key: Option<&SigningKey>) -> Result<Vec<CatalogueFile>> {
    let mut paths = Vec::new();
    walk(folder, &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        let is = |endings: &[&str]| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| endings.contains(&ending))
        };
        if is(BESIDE) {
            continue;
        }
        if !is(&["toml", "csv"]) {
            return Err(CarriedError::Stranger { file: shown(&path) }.into());
        }
        let bytes = load::named(&path)?;
        if let Some(key) = key {
            let mut signature = path.clone().into_os_string();
            signature.push(SIGNATURE_ENDING);
            let signature = PathBuf::from(signature);
            let signature = if signature.exists() { Some(load::named(&signature)?) } else { None };
            key.verify(&shown(&path), &bytes, signature.as_deref())?;
        }
        let name = shown(path.strip_prefix(folder).unwrap_or(&path));
        files.push(CatalogueFile { name, path: shown(&path), bytes });
    }
    if files.is_empty() {
        return Err(unable!("{place}: holds no catalogue file; check the path", place = place(folder)));
    }
    Ok(files)
}

/// Reads every file of a catalogue folder, in order of name, those too that have no place in one.
pub(super) fn catalogue_files(folder: &Path) -> Result<Vec<CatalogueFile>> {
    let mut paths = Vec::new();
    walk(folder, &mut paths)?;
    let is_beside = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| BESIDE.contains(&ending))
    };
    paths.retain(|path| !is_beside(path));
    let file = |path: PathBuf| {
        let name = shown(path.strip_prefix(folder).unwrap_or(&path));
        Ok(CatalogueFile { name, path: shown(&path), bytes: load::named(&path)? })
    };
    let files = paths.into_iter().map(file).collect::<Result<Vec<_>>>()?;
    if files.is_empty() {
        return Err(unable!("{place}: holds no catalogue file; check the path", place = place(folder)));
    }
    Ok(files)
}

/// Collects the files below a folder, in order of name; hidden ones are no catalogue files.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let listed = fs::read_dir(folder).with_context(|| load::unlisted(folder));
    let mut entries = listed?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    entries.sort();
    for entry in entries {
        let is_hidden = entry.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let is_link = entry.symlink_metadata().is_ok_and(|about| about.is_symlink());
        if entry.is_dir() && !is_link && !is_hidden {
            walk(&entry, files)?;
        } else if entry.is_file() && !is_hidden {
            files.push(entry);
        }
    }
    Ok(())
}

/// A limit that its check cannot read switches that off, so it is told before anything else that is wrong.
fn check_limits(files: &[CatalogueFile]) -> Result<()> {
    for file in files.iter().filter(|file| file.name.starts_with("requirements/")) {
        let edition = file.text().ok().and_then(|text| read_edition(&file.path, text).ok());
        let fault = edition.and_then(|edition| rules::misread_limits(&edition).into_iter().next());
        if let Some(fault) = fault {
            bail!("{}: {fault} Correct the file, and run again.", file.path);
        }
    }
    Ok(())
}

/// Every requirement of a carried-in edition must be one that this program can check, with limits that its check looks for.
fn check_names(catalogue: &Catalogue, files: &[CatalogueFile]) -> Result<()> {
    for edition in &catalogue.editions {
        let place = format!("requirements/{}/{}.toml", edition.target, edition.edition);
        let Some(file) = files.iter().find(|file| file.name == place) else { continue };
        if let Some(unknown) = edition.requirements.iter().find(|item| rules::find(&item.check).is_none()) {
            return Err(unable!(
                "{file}: this Klar cannot check the requirement `{requirement}`. Use a newer Klar, or take the requirement out.",
                file = Arg::named(Identity::File, &file.path),
                requirement = Arg::text(&unknown.check)
            ));
        }
        if let Some(fault) = rules::unreadable_limits(edition).first() {
            bail!("{}: {fault} Correct the file, and run again.", file.path);
        }
    }
    Ok(())
}

fn requires(edition: &Edition, name: &str) -> bool {
    edition.requirements.iter().any(|requirement| requirement.check == name)
}

fn dialects(files: &[CatalogueFile]) -> Result<Dialects> {
    let mut given = Vec::new();
    for file in files.iter().filter(|file| file.is_dialect()) {
        let name = file.name.trim_start_matches("dialects/").trim_end_matches(".toml");
        given.push((name, file.text()?));
    }
    Dialects::with(&given).map_err(|(name, why)| {
        let file = files.iter().find(|file| file.name == format!("dialects/{name}.toml"));
        let path = file.map_or(name.as_str(), |file| &file.path);
        anyhow::anyhow!("{path}: does not describe an export: {why}")
    })
}
