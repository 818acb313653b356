//! The smallest Azure size that takes a machine, in words, for a requirement that the sizes have outgrown.

use super::{Context, Machine};
use crate::catalogue::{Demand, Size};
use crate::model::{Arg, Mebibytes, Phrase, say};

/// Names the smallest size of the catalogue that takes what is known of a machine.
pub fn smallest_size(vm: &Machine<'_>, context: &Context<'_>) -> Phrase {
    let demand = Demand {
        vcpus: vm.vcpus.value().copied().unwrap_or(1),
        memory: vm.memory.value().copied().unwrap_or(Mebibytes(0)),
        // One of the disks becomes the operating system disk, which sizes do not count.
        data_disks: vm.disk_count().map_or(0, |count| count.value.saturating_sub(1)),
        nics: vm.nic_count().ok().map(|count| count.value),
        generation: vm.generation.value().copied(),
    };
    if let Some(size) = context.sizes.fits(&demand) {
        return say!("the smallest size that takes the machine is {size}", size = shown(size));
    }
    // Sizes whose adapters or generations are not documented are no proposal, but show that the machine is not too large.
    match context.sizes.fits(&Demand { nics: None, generation: None, ..demand }) {
        Some(size) => {
            say!("the smallest size that is large enough is {size}; see which generations it takes", size = shown(size))
        }
        None => "no size takes the machine".into(),
    }
}

fn shown(size: &Size) -> Phrase {
    say!(
        "{size} with {vcpus} vCPUs and {memory}",
        size = Arg::text(&size.name),
        vcpus = size.vcpus,
        memory = size.memory
    )
}
