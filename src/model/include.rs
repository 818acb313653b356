//! What is left out of an assessment unless it is asked for.

words! {
    /// A kind of machine that is left out unless it is asked for.
    Include {
        /// Physical servers.
        Physical = "physical",
        /// Machines of `VMware`.
        Vmware = "vmware",
        /// Machines of a hypervisor other than Hyper-V and `VMware`.
        OtherHypervisor = "other-hypervisor",
        /// Machines that run in Azure already.
        Azure = "azure",
        /// Templates, in the library or out of it.
        Template = "template",
        /// Copies that Hyper-V Replica keeps, test copies among them.
        Replica = "replica",
        /// Machines that are stored in the VMM library.
        Stored = "stored",
    }
}
