//! Addresses under other numbers, so that what lay in one subnet still does, however small the subnet is.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::secret::{Secret, WITHHELD};

/// Ranges that mean something by themselves keep their first bits: private, self-assigned, local, shared.
const KEPT_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
];
/// The same for the newer addresses: self-assigned, private, all others.
const KEPT_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 64),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3),
];

/// Every address of a text under another number; what is no address is withheld.
pub(super) fn renamed(text: &str, secret: &Secret, remember: &mut dyn FnMut(&str, &str)) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find([';', ',', ' ']).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if !part.is_empty() {
            let renamed = one(part, secret);
            if let Some(renamed) = &renamed {
                remember(renamed, part);
            }
            said.push_str(renamed.as_deref().unwrap_or(WITHHELD));
        }
        let gap = after.len() - after.trim_start_matches([';', ',', ' ']).len();
        said.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    said
}

/// An address, or a block of them with its length behind a slash.
fn one(text: &str, secret: &Secret) -> Option<String> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let (renamed, bits): (IpAddr, u32) = match address.parse().ok()? {
        IpAddr::V4(address) => {
            let kept = KEPT_V4
                .iter()
                .find(|(range, bits)| shares(u128::from(u32::from(*range)), u128::from(u32::from(address)), *bits, 32));
            let kept = kept.map_or(0, |(_, bits)| *bits);
            let number = scrambled(u128::from(u32::from(address)), kept, length.unwrap_or(32), 32, secret);
            (Ipv4Addr::from(u32::try_from(number).ok()?).into(), 32)
        }
        IpAddr::V6(address) => {
            let kept = KEPT_V6.iter().find(|(range, bits)| shares(u128::from(*range), u128::from(address), *bits, 128));
            let kept = kept.map_or(0, |(_, bits)| *bits);
            (Ipv6Addr::from(scrambled(u128::from(address), kept, length.unwrap_or(128), 128, secret)).into(), 128)
        }
    };
    match length {
        Some(length) if length > bits => None,
        Some(length) => Some(format!("{renamed}/{length}")),
        None => Some(renamed.to_string()),
    }
}

fn shares(one: u128, other: u128, bits: u32, of: u32) -> bool {
    one >> (of - bits) == other >> (of - bits)
}

/// A number whose bits hang each on those before it, so that two numbers that begin alike still do; the first bits are
/// kept, and those past the length of a block, which are none of its own.
fn scrambled(number: u128, kept: u32, length: u32, of: u32, secret: &Secret) -> u128 {
    let mut made = number;
    for place in kept..length.min(of) {
        let shift = of - 1 - place;
        let before = number.checked_shr(shift + 1).unwrap_or(0);
        let mut text = before.to_be_bytes().to_vec();
        text.extend_from_slice(&place.to_be_bytes());
        let flip = u128::from(secret.digest("address", &text)[0] & 1);
        made ^= flip << shift;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        renamed(text, &Secret::new([7; Secret::BYTES]), &mut |_, _| {})
    }

    fn bits(text: &str) -> u32 {
        text.parse::<Ipv4Addr>().map(u32::from).expect("it is an address")
    }

    #[test]
    fn addresses_that_begin_alike_still_do_bit_for_bit() {
        for (one, other) in
            [("10.20.30.40", "10.20.30.41"), ("10.20.30.40", "10.20.31.40"), ("172.16.9.1", "172.17.9.1")]
        {
            let common = (bits(one) ^ bits(other)).leading_zeros();
            assert_eq!((bits(&told(one)) ^ bits(&told(other))).leading_zeros(), common, "{one} {other}");
        }
        assert_ne!(told("10.20.30.40"), "10.20.30.40");
        assert!(told("10.20.30.40").starts_with("10."), "a private address stays one");
        assert!(told("169.254.7.7").starts_with("169.254."));
    }

    #[test]
    fn a_subnet_keeps_its_length_and_its_addresses() {
        let (subnet, inside) = (told("10.20.30.0/27"), told("10.20.30.19"));
        let (network, length) = subnet.split_once('/').expect("it is a subnet");
        assert_eq!(length, "27");
        assert_eq!(bits(network) & 31, 0, "{subnet}");
        assert_eq!(bits(network) >> 5, bits(&inside) >> 5, "{subnet} {inside}");
    }

    #[test]
    fn lists_keep_their_shape_and_what_is_no_address_is_withheld() {
        let list = told("10.1.2.3; fe80::1, qvistberga");
        assert!(list.starts_with("10.") && list.contains("; fe80::") && list.ends_with(", (withheld)"), "{list}");
        assert_eq!(told("10.0.0.0/99"), "(withheld)");
    }
}
