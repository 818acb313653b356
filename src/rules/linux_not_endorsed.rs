//! A Linux distribution should be on the list of those endorsed on Azure.

use super::prelude::*;
use crate::catalogue::{Endorsement, Family};

pub(super) static RULE: Rule = Rule {
    name: "linux-not-endorsed",
    summary: "The Linux distribution is not on the list of distributions endorsed on Azure.",
    remedy: "Move to an endorsed distribution, or settle support with its vendor.",
    why: "The list names the vendors who support their images on Azure; others get commercially reasonable support.",
    needs: &[Field::GuestOs],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Ubuntu Linux 22.04 (64 bit)"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["lnx-02", "CentOS Linux 7 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-03", "Other Linux (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    if vm.need_family()? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    let product = vm.need_product()?;
    let observed = match product.endorsement {
        Endorsement::Endorsed => return Ok(Verdict::Met),
        Endorsement::NotApplicable => return Ok(Verdict::NotApplicable),
        Endorsement::Dropped => format!("{}, endorsed once and no longer", product.title),
        Endorsement::Unlisted => product.title.clone(),
    };
    Ok(Verdict::observed(observed, "an endorsed distribution", Some(vm.guest?.origin)))
}
