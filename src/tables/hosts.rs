//! The columns of the table `hosts`.

use super::row::{Row, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, Subjects, named, text};
use super::{Column, Value};
use crate::model::{Field, Host, Identity};

pub(super) const COLUMNS: &[Column<Subjects>] = &[
    Column::text("host", |row| named(Identity::Host, host(row).and_then(|host| host.name.value()))).of(Field::HostName),
    Column::text("host_id", |row| named(Identity::Id, host(row).and_then(|host| host.id.value()))).of(Field::HostId),
    Column::text("os", |row| text(host(row).and_then(|host| host.os.value()))).of(Field::HostOs),
    Column::text("os_version", |row| text(host(row).and_then(|host| host.os_version.value()))).of(Field::HostOsVersion),
    Column::text("hyperv_version", |row| text(host(row).and_then(|host| host.hyperv_version.value())))
        .of(Field::HyperVVersion),
    Column::text("state", |row| text(host(row).and_then(|host| host.state.value()))).of(Field::HostState),
    Column::text("host_group", |row| named(Identity::HostGroup, host(row).and_then(|host| host.group.value())))
        .of(Field::HostGroupOfHost),
    Column::text("cluster", |row| named(Identity::Cluster, host(row).and_then(|host| host.cluster.value())))
        .of(Field::HostCluster),
    Column::text("vmm_server", |row| named(Identity::Server, host(row).and_then(|host| host.vmm_server.value())))
        .of(Field::HostVmmServer),
    Column::flag("up_to_date", |row| Value::flag(host(row).and_then(|host| host.up_to_date.value().copied())))
        .of(Field::HostUpToDate),
    Column::text("dotnet", |row| text(host(row).and_then(|host| host.dotnet.value()))).of(Field::HostDotNet),
    Column::flag("internet", |row| Value::flag(host(row).and_then(|host| host.internet.value().copied())))
        .of(Field::HostInternet),
    Column::flag("ipv6", |row| Value::flag(host(row).and_then(|host| host.ipv6.value().copied()))).of(Field::HostIpv6),
    Column::text("provider", |row| text(host(row).and_then(|host| host.provider.value()))).of(Field::HostProvider),
    Column::text("backup_tool", |row| text(host(row).and_then(|host| host.backup_tool.value())))
        .of(Field::HostBackupTool),
    Column::number("memory_mib", |row| {
        Value::number(host(row).and_then(|host| host.memory.value().map(|size| size.0)))
    })
    .of(Field::HostMemory),
    Column::number("processors", |row| Value::number(host(row).and_then(|host| host.processors.value().copied())))
        .of(Field::HostProcessors),
    Column::number("vm_count", |row| Value::number(host(row).map(|host| host.vms.len()))),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
    Column::text("agent", |row| text(host(row).and_then(|host| host.agent.value()))).of(Field::HostAgent),
];

fn host<'a>(row: &Row<'a>) -> Option<&'a Host> {
    row.host
}
