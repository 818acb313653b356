//! Paths part by part, so that what lies in one folder still does, with the endings that tell what a file is.

/// Endings that name nobody.
const ENDINGS: &[&str] = &[
    "avhd", "avhdx", "clixml", "csv", "iso", "json", "log", "md", "ods", "ps1", "toml", "tsv", "txt", "vhd", "vhds",
    "vhdx", "vmdk", "xls", "xlsb", "xlsm", "xlsx", "xml", "zip",
];
/// Parts that every cluster has.
const PARTS: &[&str] = &["clusterstorage", ".", "..", "?"];

/// A path with every part replaced that may name something.
pub(super) fn renamed(path: &str, coin: &mut dyn FnMut(&str) -> String) -> String {
    let mut said = String::with_capacity(path.len());
    for piece in path.split_inclusive(['/', '\\']) {
        let part = piece.trim_end_matches(['/', '\\']);
        if part.is_empty() || is_drive(part) || PARTS.contains(&part.to_lowercase().as_str()) {
            said.push_str(part);
        } else {
            match part.rsplit_once('.') {
                Some((stem, ending)) if !stem.is_empty() && ENDINGS.contains(&ending.to_lowercase().as_str()) => {
                    said.push_str(&coin(stem));
                    said.push('.');
                    said.push_str(ending);
                }
                Some(_) | None => said.push_str(&coin(part)),
            }
        }
        said.push_str(&piece[part.len()..]);
    }
    said
}

fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::renamed;

    fn told(path: &str) -> String {
        renamed(path, &mut |part| format!("<{}>", part.len()))
    }

    #[test]
    fn a_path_keeps_its_drive_its_folders_and_its_ending() {
        assert_eq!(told(r"C:\ClusterStorage\Qvist\ord-01\os.vhdx"), r"C:\ClusterStorage\<5>\<6>\<2>.vhdx");
        assert_eq!(told(r"\\filsrv\vm$\a.VHD"), r"\\<6>\<3>\<1>.VHD");
        assert_eq!(told("site/vms.csv"), "<4>/<3>.csv");
        assert_eq!(told("qvist.berga"), "<11>", "an ending that is none may name somebody");
    }
}
