//! Published facts as data: editions of requirements, guest operating systems, Azure VM sizes.

mod disk_tiers;
mod edition;
mod guest_os;
mod guest_range;
mod regions;
mod sizes;

pub use disk_tiers::{DiskTier, DiskTierKind, DiskTiers};
pub use edition::{
    Document, Edition, Limit, Limits, Notice, Prerequisite, Requirement, Severity, Target, WhenMissing, parse_size,
};
pub use guest_os::{Endorsement, Family, GuestOs, Product};
pub use guest_range::guest_is_listed;
pub use regions::{Region, Regions};
pub use sizes::{Demand, Generations, Size, SizeKind, Sizes};
