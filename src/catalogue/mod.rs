//! Published facts as data: editions of requirements, guest operating systems, Azure VM sizes.

mod edition;
mod guest_os;

pub use edition::{
    Document, Edition, Limit, Limits, Notice, Prerequisite, Requirement, Severity, Target, WhenMissing, parse_size,
};
pub use guest_os::{
    CatalogueError, EarlierList, Endorsement, Family, GuestOs, GuestOsCatalogue, Lifecycle, Product, Release, Support,
    Versions,
};
