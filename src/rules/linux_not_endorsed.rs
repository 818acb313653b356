//! A Linux distribution should be on the list of those endorsed on Azure.

use super::prelude::*;
use crate::catalogue::{Endorsement, Family, Support};

pub(super) static RULE: Rule = Rule {
    name: "linux-not-endorsed",
    summary: "The Linux distribution is not on the list of distributions endorsed on Azure.",
    remedy: "Move to an endorsed distribution, or settle support with its vendor.",
    why: "The list names the vendors who support their images on Azure; others get commercially reasonable support.",
    needs: &[Field::GuestOs],
    limits: &[("list_of_year", Kind::Count), ("also_endorsed", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Ubuntu Linux 22.04 (64 bit)"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["lnx-02", "CentOS Linux 7 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-03", "Other Linux (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    if vm.need_family()? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    let product = vm.need_product()?;
    let guest = vm.guest?;
    if limits.list("also_endorsed").unwrap_or_default().contains(&product.key) {
        return Ok(Verdict::Met);
    }
    let version = guest.value.minor_version.as_deref();
    let year = limits.count("list_of_year").and_then(|year| i16::try_from(year).ok()).unwrap_or(i16::MAX);
    match product.endorsed_in(year, version) {
        // That the minor version is not told is a requirement of its own.
        Support::Yes | Support::MinorUnknown => return Ok(Verdict::Met),
        Support::Unpublished => return Ok(Verdict::NotApplicable),
        Support::No => {}
    }
    let by_newest_list = product.earlier_lists.iter().all(|list| year > list.until);
    let title = Arg::text(&product.title);
    let observed = match (product.endorsement, version) {
        (Endorsement::Dropped, _) if by_newest_list => say!("{title}, endorsed once and no longer", title),
        (_, Some(version)) => say!("{title}, version {version}", title, version = Arg::text(version)),
        (_, None) => title.into(),
    };
    Ok(Verdict::observed(observed, "an endorsed distribution and version", Some(guest.origin)))
}
