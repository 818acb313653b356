//! What a machine becomes.

use super::demand::RightSize;
use crate::evaluate::Readiness;
use crate::model::Missing;

/// Whether a machine is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Planned,
    /// It is not ready for the road, so that a plan for it would be of no use.
    NotReady,
    /// The wishes leave it out: an index into the exclusions.
    Excluded(u16),
}

/// The plan of a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachinePlan {
    /// Whether it is planned.
    pub standing: Standing,
    /// Its readiness for the road.
    pub readiness: Option<Readiness>,
    /// Its size by what it was given: an index into the plan's choices, or what is missing for one; none while it is not
    /// planned.
    pub allocated: Option<Result<u32, Missing>>,
    /// Its size by what it uses, where that is exported.
    pub right_sized: Option<(u32, RightSize)>,
}
