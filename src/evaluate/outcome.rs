//! What becomes of a requirement, and of a machine.

use crate::model::words;

words! {
    /// What became of a requirement for a subject.
    Outcome {
        /// Met.
        Met = "met",
        /// Not met.
        NotMet = "not-met",
        /// Could not be told, and the machine cannot be called ready without it.
        Unknown = "unknown",
        /// Could not be told; lowers coverage only.
        Unverified = "unverified",
        /// Does not concern the subject.
        NotApplicable = "not-applicable",
    }
}

words! {
    /// Whether a machine can take a road to Azure, worst first.
    Readiness {
        /// A blocker is not met.
        NotReady = "not-ready",
        /// An essential requirement is unknown.
        Unknown = "unknown",
        /// A condition is not met.
        ReadyWithConditions = "ready-with-conditions",
        /// Nothing stands in the way of what could be checked.
        Ready = "ready",
    }
}
