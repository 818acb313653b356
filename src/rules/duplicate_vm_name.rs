//! Two machines of one name cannot land in one resource group.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-vm-name",
    summary: "Another machine bears the same name.",
    remedy: "Set different Azure names for the machines, or send them to different resource groups.",
    why: "Names are unique in a resource group, whatever their case; on different hosts or clouds they often are not.",
    needs: &[Field::VmName],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "VM host"], &[&["web-01", "hv-01"], &["web-02", "hv-02"]])]),
        Example::not_met(&[table(
            &["VM", "VM ID", "VM host"],
            &[
                &["web-01", "6F9619FF-8B86-4011-B42D-00C04FC964FF", "hv-01"],
                &["WEB-01", "7A0619FF-8B86-4011-B42D-00C04FC964AA", "hv-02"],
            ],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, ctx: &Context<'_>) -> Answer {
    let name = vm.name.need()?;
    if !ctx.shares_its_name(vm.index) {
        return Ok(Verdict::Met);
    }
    let observed = say!(
        "`{name}`, borne by {count} machines",
        name = Arg::named(Identity::Machine, &name.value),
        count = ctx.machines_named(&name.value)
    );
    Ok(Verdict::observed(observed, "a name of its own", Some(name.origin)))
}
