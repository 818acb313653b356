//! A guest must not pool its disks with Storage Spaces.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-storage-spaces",
    summary: "The guest uses Storage Spaces or Storage Spaces Direct.",
    remedy: "Rebuild the volume on plain disks.",
    why: "Site Recovery took Storage Spaces in the guest until 2018 and no longer does.",
    needs: &[Field::StorageSpaces],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Storage Spaces in the guest"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "Storage Spaces in the guest"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.storage_spaces.need()?, "Storage Spaces in the guest", "none"))
}
