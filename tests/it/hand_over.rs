//! A set of reports as it is handed over: signed, and in one file.

use std::fs;
use std::io::{Cursor, Read};

use minisign::KeyPair;
use zip::ZipArchive;

use super::binary::Folder;

const HEADING: &str = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";

/// A folder with inputs, one of them in a zip, and two keys: `key` without a password and `locked` with one.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", format!("{HEADING}web-01,hv01,Windows Server 2022,2,4,16,127\n"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("more.csv", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, format!("{HEADING}db-01,hv02,Windows Server 2022,2,4,16,127\n").as_bytes())
        .unwrap();
    folder.put("in/exports.zip", zip.finish().unwrap().into_inner());
    let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().unwrap();
    folder.put("key.pub", pk.to_box().unwrap().to_bytes()).put("key", sk.to_box(None).unwrap().to_bytes());
    let (mut public, mut secret) = (Vec::new(), Vec::new());
    let password = Some("correct horse".to_owned());
    KeyPair::generate_and_write_encrypted_keypair(&mut public, &mut secret, None, password).unwrap();
    folder.put("locked.pub", public).put("locked", secret);
    folder.put("password", "correct horse\n").put("wrong", "battery staple\n");
    folder
}

fn assess(folder: &Folder, more: &[&str]) -> super::binary::Run {
    let fixed = ["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv,parquet"];
    folder.run(&[&fixed, more].concat())
}

#[test]
fn a_signed_set_passes_by_its_key_and_by_no_other() {
    let folder = folder("sign-key");
    assert_eq!(assess(&folder, &["--sign", "key"]).code, 0);
    let verify = |more: &[&str]| folder.run(&[&["verify", "out"], more].concat());
    let run = verify(&["--public-key", "key.pub"]);
    assert!(run.code == 0 && run.out.contains("signed with the key given"), "{}{}", run.out, run.err);
    let line = folder.text("key.pub").lines().last().unwrap().to_owned();
    assert_eq!(verify(&["--public-key", &line]).code, 0);
    let run = verify(&[]);
    assert!(run.code == 0 && run.out.contains("The manifest is signed; name the key"), "{}", run.out);
    let run = verify(&["--public-key", "locked.pub"]);
    assert!(run.code == 1 && run.out.contains("manifest.json.minisig: is by another key"), "{}", run.out);
    let run = verify(&["--public-key", "password"]);
    assert!(run.code == 2 && run.err.contains("password: is no public key of minisign"), "{}", run.err);
    // A manifest that was written again, with a seal that fits it, is another one than was signed.
    let signature = fs::read(folder.path("out/manifest.json.minisig")).unwrap();
    folder.put("in/machines.csv", format!("{HEADING}web-02,hv01,Windows Server 2022,2,4,16,127\n"));
    assert_eq!(assess(&folder, &[]).code, 0);
    assert!(!folder.path("out/manifest.json.minisig").exists(), "the signature of the set before went with it");
    let run = verify(&["--public-key", "key.pub"]);
    assert!(run.code == 1 && run.out.contains("manifest.json.minisig: is missing"), "{}", run.out);
    folder.put("out/manifest.json.minisig", signature);
    let run = verify(&["--public-key", "key.pub"]);
    assert!(run.code == 1 && run.out.contains("manifest.json.minisig: does not fit manifest.json"), "{}", run.out);
}

#[test]
fn a_password_comes_from_a_file_and_never_from_an_argument() {
    let folder = folder("sign-password");
    assert_eq!(assess(&folder, &["--sign", "locked", "--password-file", "password"]).code, 0);
    let run = folder.run(&["verify", "out", "--public-key", "locked.pub", "--rerun", "in"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let text = folder.text("out/manifest.json");
    assert!(!text.contains("password") && !text.contains("locked"), "{text}");
    for (file, told) in [("wrong", "locked: cannot be signed with"), ("nowhere", "nowhere: cannot be opened")] {
        let run = assess(&folder, &["--sign", "locked", "--password-file", file]);
        assert!(run.code == 2 && run.err.contains(told), "{file}: {}", run.err);
    }
    let run = assess(&folder, &["--sign", "in/machines.csv", "--password-file", "password"]);
    assert!(run.code == 2 && run.err.contains("in/machines.csv: cannot be signed with"), "{}", run.err);
    let run = assess(&folder, &["--password-file", "password"]);
    assert!(run.code == 2 && run.err.contains("--sign"), "{}", run.err);
    let help = folder.run(&["assess", "--help"]).out;
    assert!(help.contains("--password-file <FILE>") && !help.contains("--password "), "no argument takes a password");
}

fn names(bytes: &[u8]) -> Vec<String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len()).map(|index| zip.by_index(index).unwrap().name().unwrap().into_owned()).collect()
}

#[test]
fn a_bundle_holds_the_set_and_is_the_same_every_time() {
    let folder = folder("bundle");
    folder.put("in/key", folder.text("key"));
    let packed = |name: &str, more: &[&str]| {
        let run = assess(&folder, &[&["--bundle", name], more].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        fs::read(folder.path(name)).unwrap()
    };
    let reports = packed("one.zip", &[]);
    assert!(reports == packed("two.zip", &[]) && reports == packed("one.zip", &["--jobs", "1"]), "the same bytes");
    let listed = names(&reports);
    assert!(listed.contains(&"vms.csv".to_owned()) && listed.contains(&"parquet/vms.parquet".to_owned()), "{listed:?}");
    assert!(listed.contains(&"manifest.json".to_owned()) && listed.iter().all(|name| !name.starts_with("inputs/")));
    let with_inputs = packed("in/all.zip", &["--bundle-inputs", "--sign", "in/key"]);
    let inputs: Vec<String> = names(&with_inputs).into_iter().filter(|name| name.starts_with("inputs/")).collect();
    assert_eq!(inputs, ["inputs/exports.zip", "inputs/machines.csv"], "inputs, without the key and the bundle");
    // Another run reads neither the bundle nor the key among its inputs.
    assert_eq!(names(&packed("in/all.zip", &["--bundle-inputs", "--sign", "in/key"])), names(&with_inputs));
    let run = folder.run(&["verify", "in/all.zip", "--public-key", "key.pub"]);
    assert!(run.code == 0 && run.out.contains("all as they were written"), "{}{}", run.out, run.err);
    // What is unpacked is a set like any other.
    let mut zip = ZipArchive::new(Cursor::new(with_inputs)).unwrap();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let name = part.name().unwrap().into_owned();
        folder.put(&format!("unpacked/{name}"), bytes);
    }
    let run = folder.run(&["verify", "unpacked", "--rerun", "unpacked/inputs"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    // An export is never written over.
    let before = fs::read(folder.path("in/exports.zip")).unwrap();
    let run = assess(&folder, &["--bundle", "in/exports.zip"]);
    assert!(run.code == 2 && run.err.contains("in/exports.zip: is no bundle of Klar's"), "{}", run.err);
    assert_eq!(fs::read(folder.path("in/exports.zip")).unwrap(), before);
}

#[test]
fn one_byte_changed_in_any_file_of_a_bundle_is_told_with_its_name() {
    let folder = folder("bundle-byte");
    let every = "pdf,csv,json,xlsx,html,docx,parquet,azure-migrate-csv,mapping";
    let made = ["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--format", every];
    let run = folder.run(&[&made[..], &["--bundle", "all.zip", "--bundle-inputs", "--sign", "key"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let whole = fs::read(folder.path("all.zip")).unwrap();
    let mut zip = ZipArchive::new(Cursor::new(&whole)).unwrap();
    let places: Vec<(String, usize, usize)> = (0..zip.len())
        .map(|index| {
            let part = zip.by_index(index).unwrap();
            let start = usize::try_from(part.data_start().unwrap()).unwrap();
            (part.name().unwrap().into_owned(), start, usize::try_from(part.compressed_size()).unwrap())
        })
        .collect();
    assert!(places.len() > 40, "{places:?}");
    let is_one_of_its_kind = |name: &str| {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        folder == "inputs" || file.starts_with("report") || file.starts_with("vms") || file.contains(".json")
    };
    let kinds: Vec<_> = places.iter().filter(|(name, _, _)| is_one_of_its_kind(name)).collect();
    assert_eq!(kinds.len(), 11, "{kinds:?}");
    for (name, start, length) in kinds {
        for at in [0, length / 2, length - 1] {
            let mut bytes = whole.clone();
            bytes[start + at] ^= 1;
            fs::write(folder.path("all.zip"), bytes).unwrap();
            let run = folder.run(&["verify", "all.zip", "--public-key", "key.pub"]);
            assert_ne!(run.code, 0, "{name} at {at}: {}", run.out);
            let told = format!("{}{}", run.out, run.err);
            assert!(told.contains(name.as_str()), "{name} at {at}: {told}");
        }
    }
    for cut in [whole.len() - 1, whole.len() / 2, 10, 0] {
        fs::write(folder.path("all.zip"), &whole[..cut]).unwrap();
        let run = folder.run(&["verify", "all.zip"]);
        assert!(run.code == 2 && run.err.contains("all.zip: is no bundle of Klar's"), "cut at {cut}: {}", run.err);
    }
}
