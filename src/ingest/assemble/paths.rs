//! Paths of files as they tell disks apart: without regard to case, to which slash parts them and to Windows' own prefixes.

/// Whether two paths are of one file.
pub(super) fn same_path(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || letters(one).eq(letters(other))
}

/// What all ways to write a path have in common.
pub(super) fn path_key(path: &str) -> String {
    letters(path).collect()
}

/// The letters of a path in lower case, parted by single backslashes.
fn letters(path: &str) -> impl Iterator<Item = char> + '_ {
    let path = path.trim().trim_matches('"');
    let starts = |prefix: &str| {
        let folded = path.get(..prefix.len()).map(|start| start.replace('/', "\\").to_ascii_lowercase());
        folded.as_deref() == Some(prefix)
    };
    // "\\?\UNC\server\share" is "\\server\share", and "\\?\D:\a" is "D:\a".
    let (is_share, rest) = if starts(r"\\?\unc\") || starts(r"\\.\unc\") {
        (true, &path[8..])
    } else if starts(r"\\?\") || starts(r"\??\") {
        (false, &path[4..])
    } else if starts(r"\\") {
        (true, &path[2..])
    } else {
        (false, path)
    };
    let mut was_parted = is_share;
    let parts = rest.chars().filter_map(move |letter| {
        let letter = if letter == '/' { '\\' } else { letter };
        let again = letter == '\\' && was_parted;
        was_parted = letter == '\\';
        (!again).then_some(letter)
    });
    let start = if is_share { r"\\" } else { "" };
    start.chars().chain(parts.flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_however_it_is_written() {
        for (one, other) in [
            (r"D:\VMs\Bok.vhdx", r"d:/vms/bok.VHDX"),
            (r"D:\VMs\Bok.vhdx", r"\\?\D:\VMs\bok.vhdx"),
            (r"D:\VMs\\Bok.vhdx", " \"D:\\VMs\\Bok.vhdx\" "),
            (r"\\arkiv\vms\bok.vhdx", r"//ARKIV/vms/bok.vhdx"),
            (r"\\?\UNC\arkiv\vms\bok.vhdx", r"\\arkiv\vms\bok.vhdx"),
            (r"C:\ClusterStorage\Väg\bok.vhdx", r"c:\clusterstorage\VÄG\bok.vhdx"),
        ] {
            assert!(same_path(one, other), "{one} and {other}");
            assert_eq!(path_key(one), path_key(other), "{one} and {other}");
        }
        for (one, other) in [
            (r"D:\VMs\bok.vhdx", r"E:\VMs\bok.vhdx"),
            (r"D:\VMs\bok.vhdx", r"D:\VMs\bok.vhd"),
            (r"\\arkiv\vms\bok.vhdx", r"\arkiv\vms\bok.vhdx"),
            ("bok.vhdx", r"D:\VMs\bok.vhdx"),
        ] {
            assert!(!same_path(one, other), "{one} and {other}");
        }
    }
}
