//! Identifiers that mean one thing everywhere.

/// Whether an identifier is unique in the world: 32 hexadecimal digits, with or without dashes.
#[must_use]
pub fn is_guid(id: &str) -> bool {
    let digits = id.bytes().filter(u8::is_ascii_hexdigit).count();
    digits == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_told_from_a_running_number() {
        assert!(is_guid("A0000000-0000-0000-0000-000000000001"));
        assert!(is_guid("421f8f3c5d2a4b6c8d9e0f1a2b3c4d5e"));
        for other in ["12", "vm-1042", "A1", "a0000000-0000-0000-0000-00000000000", "VM-0012-0012"] {
            assert!(!is_guid(other), "{other}");
        }
    }
}
