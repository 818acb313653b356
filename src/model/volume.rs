//! Where disks lie on the source side, and which machines speak to which.

use super::entity::entity;
use super::{Bytes, Name};

entity! {
    /// A volume of a host or cluster that may hold virtual hard disks.
    Volume {
        /// Its path, such as `D:` or `C:\\ClusterStorage\\Volume1`.
        name: Name = VolumeName,
        /// The host or cluster it belongs to, as the export spells it.
        host: Name = VolumeHost,
        /// Its size.
        size: Bytes = VolumeSize,
        /// What is free on it.
        free: Bytes = VolumeFree,
    } plus {}
}

entity! {
    /// A connection that one server was seen to open to another.
    Connection {
        /// The server that opens it.
        from: Name = ConnectionFrom,
        /// The server that answers.
        to: Name = ConnectionTo,
    } plus {}
}
