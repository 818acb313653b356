//! A disk must be of a file format that the target reads.

use super::prelude::*;
use crate::model::DiskFormat;

pub(super) static RULE: Rule = Rule {
    name: "disk-format-unsupported",
    summary: "A disk is of a file format that the target does not read.",
    remedy: "Convert the disk to VHDX.",
    why: "Site Recovery replicates VHD and VHDX files, and turns VHDX into VHD at failover.",
    needs: &[Field::DiskFormat],
    limits: &[("formats", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Disk path", "Disk format"], &[&["web-01", "D:\\vm\\web-01.vhdx", "VHDX"]])]),
        Example::not_met(&[table(&["VM", "Disk path", "Disk format"], &[&["old-01", "D:\\vm\\old-01.vmdk", "VMDK"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(formats) = limits.list("formats") else { return Ok(Verdict::NotApplicable) };
    for disk in &vm.disks {
        let Ok(format) = disk.format.need() else { continue };
        match format.value {
            // A VHD set is judged as a shared disk, a checkpoint's file as a checkpoint.
            DiskFormat::VhdSet | DiskFormat::Avhd => {}
            DiskFormat::Vhd | DiskFormat::Vhdx | DiskFormat::Vmdk => {
                if !formats.iter().any(|allowed| allowed == format.value.as_str()) {
                    let observed = say!("{disk}: {format}", disk = disk.shown(), format = format.value);
                    return Ok(Verdict::observed(observed, Arg::texts(" or ", formats), Some(format.origin)));
                }
            }
        }
    }
    for disk in vm.every_disk(Field::DiskFormat)? {
        disk.format.need()?;
    }
    Ok(Verdict::Met)
}
