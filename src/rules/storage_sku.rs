//! What a storage account's SKU says: its performance and its redundancy.

/// The redundancy of a SKU: "GRS" of `Standard_GRS`, "RAGRS" of "Read-access geo-redundant storage (RA-GRS)".
pub fn redundancy(sku: &str) -> String {
    let code = match (sku.rsplit_once('_'), sku.rsplit_once('(')) {
        (Some((_, code)), _) => code,
        (None, Some((_, code))) => code.trim_end_matches(')'),
        (None, None) => sku,
    };
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// Whether a SKU is of premium performance.
pub fn is_premium(sku: &str) -> bool {
    sku.to_lowercase().starts_with("premium")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redundancy_is_read_from_codes_and_from_names() {
        assert_eq!(redundancy("Standard_GRS"), "GRS");
        assert_eq!(redundancy("Standard_RAGZRS"), "RAGZRS");
        assert_eq!(redundancy("Premium_LRS"), "LRS");
        assert_eq!(redundancy("Read-access geo-redundant storage (RA-GRS)"), "RAGRS");
        assert_eq!(redundancy("zrs"), "ZRS");
    }

    #[test]
    fn premium_is_told_from_standard() {
        assert!(is_premium("Premium_LRS"));
        assert!(is_premium("PremiumV2_ZRS"));
        assert!(!is_premium("Standard_LRS"));
    }
}
