//! A Windows client needs a licence of its own to run in Azure.

use super::prelude::*;
use crate::catalogue::Family;

pub(super) static RULE: Rule = Rule {
    name: "client-os-licence",
    summary: "The guest is a Windows client, which needs a licence of its own to run in Azure.",
    remedy: "Settle the licence: a Visual Studio subscription for tests, multitenant hosting rights for production.",
    why: "Windows client licences do not extend to Azure by themselves.",
    needs: &[Field::GuestOs],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["vdi-01", "Windows 10 Enterprise"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    match vm.need_family()? {
        Family::WindowsClient => {
            let seen = vm.guest_os.need()?;
            Ok(Verdict::refused(Identity::Term, seen, "a licence that covers Azure"))
        }
        Family::WindowsServer | Family::Linux | Family::Other => Ok(Verdict::Met),
    }
}
