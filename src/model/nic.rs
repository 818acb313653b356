//! A network adapter of a machine.

use core::net::IpAddr;

use super::entity::entity;
use super::{AddressAssignment, Name};

entity! {
    /// A network adapter.
    Nic {
        /// The adapter's name.
        name: Name = NicName,
        /// The MAC address as twelve upper-case hexadecimal digits; absent while it is all zeros.
        mac: Name = NicMac,
        /// The guest's addresses on it.
        addresses: Vec<IpAddr> = NicAddresses,
        /// Static or dynamic IPv4 addressing.
        assignment: AddressAssignment = NicAssignment,
        /// The VM network it is connected to.
        network: Name = NicNetwork,
        /// The VMM logical network.
        logical_network: Name = NicLogicalNetwork,
        /// The virtual switch it is connected to.
        switch: Name = NicSwitch,
        /// An emulated (legacy) adapter.
        legacy: bool = NicLegacy,
    } plus {}
}
