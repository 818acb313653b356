//! How a table names its machines.

/// How a table names its machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// With a heading that only a table of machines has, so that no other heading does.
    Plain,
    /// With a heading such as "Name", if at all.
    Loose,
    /// With a heading such as "Host name", because no other names them.
    Hosts,
}
