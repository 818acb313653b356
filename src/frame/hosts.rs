//! The columns of the table `hosts`.

use super::{Column, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, whole};
use crate::model::Field;

pub(super) const COLUMNS: &[Column] = &[
    Column::text("host", Field::HostName, |row| row.host?.name.value().map(|name| (&**name).into())),
    Column::text("host_id", Field::HostId, |row| row.host?.id.value().map(|name| (&**name).into())),
    Column::text("os", Field::HostOs, |row| row.host?.os.value().map(|name| (&**name).into())),
    Column::text("os_version", Field::HostOsVersion, |row| row.host?.os_version.value().map(|name| (&**name).into())),
    Column::text("hyperv_version", Field::HyperVVersion, |row| {
        row.host?.hyperv_version.value().map(|name| (&**name).into())
    }),
    Column::text("state", Field::HostState, |row| row.host?.state.value().map(|name| (&**name).into())),
    Column::text("host_group", Field::HostGroupOfHost, |row| row.host?.group.value().map(|name| (&**name).into())),
    Column::text("cluster", Field::HostCluster, |row| row.host?.cluster.value().map(|name| (&**name).into())),
    Column::text("vmm_server", Field::HostVmmServer, |row| row.host?.vmm_server.value().map(|name| (&**name).into())),
    Column::flag("up_to_date", Field::HostUpToDate, |row| row.host?.up_to_date.value().copied()),
    Column::text("dotnet", Field::HostDotNet, |row| row.host?.dotnet.value().map(|name| (&**name).into())),
    Column::flag("internet", Field::HostInternet, |row| row.host?.internet.value().copied()),
    Column::flag("ipv6", Field::HostIpv6, |row| row.host?.ipv6.value().copied()),
    Column::text("provider", Field::HostProvider, |row| row.host?.provider.value().map(|name| (&**name).into())),
    Column::text("backup_tool", Field::HostBackupTool, |row| {
        row.host?.backup_tool.value().map(|name| (&**name).into())
    }),
    Column::number("memory_mib", Field::HostMemory, |row| whole(row.host?.memory.value()?.0)),
    Column::number("processors", Field::HostProcessors, |row| {
        row.host?.processors.value().map(|count| i64::from(*count))
    }),
    Column::counted("vm_count", |row| i64::try_from(row.host?.vms.len()).ok()),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
];
