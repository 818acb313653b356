//! Why a row of a list of machines is none that is counted: a template, a copy, a physical server, another platform's.

use super::exclude::{
    CLUSTER, IN_AZURE, OTHER_HYPERVISOR, OTHER_KIND, PHYSICAL, Reason, asked_for_as, hypervisor_of, other_hypervisor,
};
use super::parts::MachineRow;
use crate::ingest::cell::{RowIs, is_physical};
use crate::model::{Arg, Fact, Field, Identity, Include, Missing, Name, Why, say};

/// Why a machine is not to be counted, if its row says so and it was not asked for.
pub(super) fn machine_not_counted(row: &MachineRow, include: &[Include]) -> Option<Reason> {
    let asked = |kind: Include| include.contains(&kind);
    let is = |fact: &Fact<Name>, word: &str| fact.value().is_some_and(|text| text.eq_ignore_ascii_case(word));
    let marks = &row.marks;
    let kinds = [marks.server_type.value(), row.vm.platform.value()];
    let is_template = marks.template.value() == Some(&true) || marks.is == Some(RowIs::Template);
    let is_stored =
        is(&marks.host_type, "LibraryServer") || is(&marks.status, "Stored") || is(&row.vm.power_state, "Stored");
    let physical = if marks.is == Some(RowIs::Physical) { marks.server_type.value() } else { row.vm.platform.value() };
    let physical = physical.filter(|text| marks.is == Some(RowIs::Physical) || is_physical(text));
    if is_template && !asked(Include::Template) {
        return Some("a template".into());
    }
    // The library is where templates are kept, so that who asks for templates asks for those.
    if is_stored && !is_template && !asked(Include::Stored) {
        return Some("stored in the VMM library".into());
    }
    if is(&marks.status, "Missing") || is(&row.vm.power_state, "Missing") {
        return Some("missing in VMM".into());
    }
    if is_test_replica(row) && !asked(Include::Replica) {
        return Some("a test replica".into());
    }
    if is_recovery_copy(row) && !asked(Include::Replica) {
        return Some("a recovery copy".into());
    }
    if row.vm.name.value().is_some_and(|name| is_cluster_service(name)) {
        return Some("a cluster service machine (vCLS)".into());
    }
    if let Some(text) = physical {
        let reason = || Reason::with(PHYSICAL, say!("its kind is {kind}", kind = Arg::named(Identity::Term, text)));
        return (!asked(Include::Physical)).then(reason);
    }
    if marks.is == Some(RowIs::Cluster) {
        return Some(CLUSTER.into());
    }
    let is_azure = |text: &str| text.eq_ignore_ascii_case("Azure") || text.eq_ignore_ascii_case("Azure VM");
    if kinds.iter().flatten().any(|text| is_azure(text)) {
        return (!asked(Include::Azure)).then(|| IN_AZURE.into());
    }
    let by_kind = |text: &Name| {
        let by_model = || (marks.is == Some(RowIs::Foreign)).then(|| asked_for_as(&marks.server_type));
        hypervisor_of(text).or_else(by_model)
    };
    if let Some((text, include)) = marks.server_type.value().and_then(|text| Some((text, by_kind(text)?))) {
        let reason =
            || Reason::with(OTHER_HYPERVISOR, say!("its kind is {kind}", kind = Arg::named(Identity::Term, text)));
        return (!asked(include)).then(reason);
    }
    other_hypervisor(&row.vm.platform).filter(|_| !asked(asked_for_as(&row.vm.platform)))
}

/// Why a row is no machine that a column of kinds calls neither that nor anything known, beside rows that it calls machines.
pub(super) fn of_another_kind(row: &MachineRow, include: &[Include]) -> Option<Reason> {
    let kind = row.marks.server_type.value()?;
    match row.marks.is? {
        RowIs::Other => {
            Some(Reason::with(OTHER_KIND, say!("its kind is {kind}", kind = Arg::named(Identity::Term, kind))))
        }
        RowIs::Model if include.contains(&Include::Physical) => None,
        RowIs::Model => {
            Some(Reason::with(PHYSICAL, say!("its model is {model}", model = Arg::named(Identity::Term, kind))))
        }
        RowIs::Host
        | RowIs::Cluster
        | RowIs::Template
        | RowIs::Replica
        | RowIs::Machine
        | RowIs::Physical
        | RowIs::Foreign => None,
    }
}

/// What keeps a template or a replica that was asked for from being judged like a machine.
pub(super) fn stand_in(row: &MachineRow, include: &[Include]) -> Option<Missing> {
    let said = |fact: &Fact<bool>| fact.need().ok().filter(|known| known.value).map(|known| known.origin);
    let marks = &row.marks;
    let by_kind = |is: RowIs| {
        let known = marks.server_type.need().ok().filter(|_| marks.is == Some(is));
        known.map(|known| (Field::ServerType, known.origin))
    };
    let template = said(&marks.template).map(|origin| (Field::Template, origin));
    let template = template.or_else(|| by_kind(RowIs::Template));
    let copy = || {
        let test = said(&marks.test_replica).map(|origin| (Field::TestReplica, origin));
        test.or_else(|| said(&marks.recovery_copy).map(|origin| (Field::RecoveryCopy, origin)))
    };
    let mode = || {
        let mode = row.vm.replication_mode.need().ok().filter(|_| is_test_replica(row) || is_recovery_copy(row));
        mode.map(|known| (Field::ReplicationMode, known.origin))
    };
    let template = template.filter(|_| include.contains(&Include::Template));
    let replica = || copy().or_else(mode).or_else(|| by_kind(RowIs::Replica));
    let found = template.or_else(|| replica().filter(|_| include.contains(&Include::Replica)));
    found.map(|(field, origin)| Missing { field, why: Why::StandIn(origin) })
}

fn is_test_replica(row: &MachineRow) -> bool {
    let mode = row.vm.replication_mode.value();
    row.marks.test_replica.value() == Some(&true) || mode.is_some_and(|mode| mode.eq_ignore_ascii_case("TestReplica"))
}

fn is_recovery_copy(row: &MachineRow) -> bool {
    row.marks.recovery_copy.value() == Some(&true)
        || row.marks.is == Some(RowIs::Replica)
        || is_replica(&row.vm.replication_mode)
}

/// Whether a name is that of a machine which `VMware` itself runs for a cluster.
fn is_cluster_service(name: &str) -> bool {
    let rest = name.get(..4).filter(|start| start.eq_ignore_ascii_case("vCLS")).map(|_| &name[4..]);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '_', '(']))
}

fn is_replica(mode: &Fact<Name>) -> bool {
    mode.value().is_some_and(|mode| {
        ["Replica", "ExtendedReplica", "Extended Replica"].iter().any(|word| mode.eq_ignore_ascii_case(word))
    })
}
