//! Address prefixes such as "10.0.0.0/16", and whether an address falls in one.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;
use std::str::FromStr;

/// A block of addresses, from its first to its last; both are of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    first: IpAddr,
    last: IpAddr,
}

/// The text is not an address and a prefix length with a slash between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCidr;

impl Cidr {
    /// The first and the last address.
    #[must_use]
    pub fn bounds(self) -> (IpAddr, IpAddr) {
        (self.first, self.last)
    }

    /// How many IPv4 addresses the block holds; `None` for a block of the other family.
    #[must_use]
    pub fn ipv4_addresses(self) -> Option<u64> {
        match (self.first, self.last) {
            (IpAddr::V4(first), IpAddr::V4(last)) => Some(u64::from(last.to_bits()) - u64::from(first.to_bits()) + 1),
            (IpAddr::V4(_) | IpAddr::V6(_), _) => None,
        }
    }

    /// Whether an address falls in the block; never for one of the other family.
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        // The order of `IpAddr` puts every IPv4 address before every IPv6 address, so the families cannot mix.
        self.first <= address && address <= self.last
    }
}

impl FromStr for Cidr {
    type Err = NotCidr;

    /// Reads "10.0.0.0/16" or `fd00::/8`; address bits after the prefix are ignored.
    fn from_str(text: &str) -> Result<Self, NotCidr> {
        let (address, length) = text.trim().split_once('/').ok_or(NotCidr)?;
        let length: u32 = length.parse().map_err(|_| NotCidr)?;
        match address.parse().map_err(|_| NotCidr)? {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(Ipv4Addr::BITS.checked_sub(length).ok_or(NotCidr)?).unwrap_or(0);
                let first = address.to_bits() & mask;
                Ok(Self { first: Ipv4Addr::from_bits(first).into(), last: Ipv4Addr::from_bits(first | !mask).into() })
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(Ipv6Addr::BITS.checked_sub(length).ok_or(NotCidr)?).unwrap_or(0);
                let first = address.to_bits() & mask;
                Ok(Self { first: Ipv6Addr::from_bits(first).into(), last: Ipv6Addr::from_bits(first | !mask).into() })
            }
        }
    }
}

impl fmt::Display for NotCidr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not an address prefix such as 10.0.0.0/16")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(prefix: &str, address: &str) -> bool {
        prefix.parse::<Cidr>().expect("a prefix").contains(address.parse().expect("an address"))
    }

    #[test]
    fn a_prefix_holds_its_first_and_last_address_and_not_their_neighbours() {
        assert!(holds("10.1.0.0/16", "10.1.0.0"));
        assert!(holds("10.1.0.0/16", "10.1.255.255"));
        assert!(!holds("10.1.0.0/16", "10.0.255.255"));
        assert!(!holds("10.1.0.0/16", "10.2.0.0"));
        assert!(holds("fd00:1::/32", "fd00:1:ffff::1"));
        assert!(!holds("fd00:1::/32", "fd00:2::"));
    }

    #[test]
    fn the_widest_and_the_narrowest_prefix_hold_all_and_one() {
        assert!(holds("0.0.0.0/0", "255.255.255.255"));
        assert!(holds("10.0.0.4/32", "10.0.0.4"));
        assert!(!holds("10.0.0.4/32", "10.0.0.5"));
        assert!(holds("::/0", "fe80::1"));
    }

    #[test]
    fn a_block_counts_its_ipv4_addresses() {
        let count = |prefix: &str| prefix.parse::<Cidr>().expect("a prefix").ipv4_addresses();
        assert_eq!(count("10.0.0.0/29"), Some(8));
        assert_eq!(count("0.0.0.0/0"), Some(1 << 32));
        assert_eq!(count("fd00::/64"), None);
    }

    #[test]
    fn bits_after_the_prefix_are_ignored() {
        assert_eq!("10.1.2.3/16".parse::<Cidr>(), "10.1.0.0/16".parse());
    }

    #[test]
    fn families_do_not_mix() {
        assert!(!holds("0.0.0.0/0", "::1"));
        assert!(!holds("::/0", "10.0.0.1"));
    }

    #[test]
    fn what_is_no_prefix_is_refused() {
        for text in ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/-1", "subnet-1"] {
            assert_eq!(text.parse::<Cidr>(), Err(NotCidr), "{text}");
        }
    }
}
