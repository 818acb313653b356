//! An estate under pseudonyms.

use std::borrow::Cow;

use super::names::Disclosure;
use crate::model::{
    Azure, Cloud, Cluster, ColumnSeen, Connection, Declared, Disk, Estate, FileInfo, Host, HostGroup, Identity,
    LeftOut, LeftOutKind, Name, Network, Nic, Note, Pattern, Quota, Sku, StorageAccount, Subscription, TableInfo,
    Vault, Vm, VmmServer, Volume,
};

/// What Klar itself takes a table for.
const OWN: &[&str] = &["configuration", "declarations", "catalogue file", "not recognised", "an empty sheet", ""];

impl Disclosure {
    /// An estate as it may be told.
    #[must_use]
    pub fn estate<'a>(&self, estate: &'a Estate) -> Cow<'a, Estate> {
        if self.is_open() {
            return Cow::Borrowed(estate);
        }
        let mut told = estate.clone();
        self.subjects(&mut told);
        self.azure(&mut told.azure);
        for file in &mut told.files {
            self.file(file);
        }
        for table in &mut told.tables {
            self.table(table);
        }
        for column in &mut told.columns {
            self.column(column);
        }
        for reading in &mut told.readings {
            self.text(Identity::Term, &mut reading.title);
            reading.why = self.phrase(&reading.why).into_owned();
        }
        for row in &mut told.left_out {
            self.left_out(row);
        }
        for note in &mut told.notes {
            self.note(note);
        }
        for declared in &mut told.declarations {
            self.declared(declared);
        }
        Cow::Owned(told)
    }

    fn subjects(&self, estate: &mut Estate) {
        // Every list is named, so that a new one is not forgotten.
        let Estate {
            vms,
            hosts,
            clusters,
            clouds,
            host_groups,
            vmm_servers,
            orphaned_disks,
            volumes,
            connections,
            azure: _,
            files: _,
            tables: _,
            readings: _,
            columns: _,
            left_out: _,
            notes: _,
            declarations: _,
            carried,
        } = estate;
        let with = |identity: Identity, name: &str| self.name(identity, name).into_owned();
        for vm in vms {
            Vm::rename(vm, &with);
            for disk in &mut vm.disks {
                Disk::rename(disk, &with);
            }
            for nic in &mut vm.nics {
                Nic::rename(nic, &with);
            }
            // Nobody knows what such a column holds; under pseudonyms its values still group.
            for known in vm.carried.iter_mut().flatten() {
                known.value = with(Identity::Customer, &known.value).into();
            }
        }
        for column in carried {
            column.heading = with(Identity::Heading, &column.heading).into();
        }
        for host in hosts {
            Host::rename(host, &with);
        }
        for cluster in clusters {
            Cluster::rename(cluster, &with);
        }
        for cloud in clouds {
            Cloud::rename(cloud, &with);
        }
        for group in host_groups {
            HostGroup::rename(group, &with);
        }
        for server in vmm_servers {
            VmmServer::rename(server, &with);
        }
        for disk in orphaned_disks {
            Disk::rename(disk, &with);
        }
        for volume in volumes {
            Volume::rename(volume, &with);
        }
        for connection in connections {
            Connection::rename(connection, &with);
        }
    }

    fn azure(&self, azure: &mut Azure) {
        let Azure { subscriptions, vaults, storage_accounts, networks, quotas, skus, listed: _ } = azure;
        let with = |identity: Identity, name: &str| self.name(identity, name).into_owned();
        for one in subscriptions {
            Subscription::rename(one, &with);
        }
        for one in vaults {
            Vault::rename(one, &with);
        }
        for one in storage_accounts {
            StorageAccount::rename(one, &with);
        }
        for one in networks {
            Network::rename(one, &with);
        }
        for one in quotas {
            Quota::rename(one, &with);
        }
        for one in skus {
            Sku::rename(one, &with);
        }
    }

    fn file(&self, file: &mut FileInfo) {
        let FileInfo { path, bytes: _, sha256: _, refused, exported: _ } = file;
        self.text(Identity::File, path);
        if let Some(why) = refused {
            *why = self.phrase(why).into_owned();
        }
    }

    fn table(&self, table: &mut TableInfo) {
        self.text(Identity::Sheet, &mut table.sheet);
        if !OWN.contains(&table.taken_for.as_str()) {
            self.text(Identity::Term, &mut table.taken_for);
        }
        for heading in &mut table.columns {
            self.text(Identity::Heading, heading);
        }
    }

    fn column(&self, column: &mut ColumnSeen) {
        self.text(Identity::Heading, &mut column.heading);
        for sample in &mut column.samples {
            self.text(Identity::Free, sample);
        }
        column.why = self.phrase(&column.why).into_owned();
        column.advice = self.phrase(&column.advice).into_owned();
        for rival in &mut column.rivals {
            self.text(Identity::Heading, &mut rival.heading);
            rival.why = self.phrase(&rival.why).into_owned();
        }
    }

    fn left_out(&self, row: &mut LeftOut) {
        let LeftOut { name, kind, reason: _, detail, origin: _ } = row;
        *name = self.name(identity(*kind), name).as_ref().into();
        if let Some(detail) = detail {
            *detail = self.phrase(detail).into_owned();
        }
    }

    fn note(&self, note: &mut Note) {
        let Note { gravity: _, file, sheet, origin: _, text } = note;
        self.text(Identity::File, file);
        self.text(Identity::Sheet, sheet);
        *text = self.phrase(text).into_owned();
    }

    fn declared(&self, declared: &mut Declared) {
        let declaration = &mut declared.declaration;
        declaration.name = self.pattern(&declaration.name, declaration.subject.identity());
        declaration.value = self.named(declaration.fact.identity(), &declaration.value);
        self.text(Identity::Person, &mut declaration.who);
    }

    /// A pattern of names: one without wildcards is a name, any other may hold a part of one.
    pub(super) fn pattern(&self, pattern: &Pattern, identity: Identity) -> Pattern {
        let text = pattern.as_str();
        match text {
            "*" => pattern.clone(),
            text if text.contains(['*', '?']) => Pattern::new(&self.name(Identity::Free, text)),
            text => Pattern::new(&self.name(identity, text)),
        }
    }

    pub(super) fn text(&self, identity: Identity, text: &mut String) {
        *text = self.name(identity, text).into_owned();
    }

    pub(super) fn named(&self, identity: Identity, name: &Name) -> Name {
        self.name(identity, name).as_ref().into()
    }
}

/// What the name of a row left out tells.
const fn identity(kind: LeftOutKind) -> Identity {
    match kind {
        LeftOutKind::Vm | LeftOutKind::AzureVm => Identity::Machine,
        LeftOutKind::Disk | LeftOutKind::Volume => Identity::Path,
        LeftOutKind::Nic => Identity::Mac,
        LeftOutKind::Host | LeftOutKind::Connection => Identity::Host,
        LeftOutKind::Cluster => Identity::Cluster,
        LeftOutKind::Cloud => Identity::Cloud,
        LeftOutKind::HostGroup => Identity::HostGroup,
        LeftOutKind::VmmServer => Identity::Server,
        LeftOutKind::AzureResource | LeftOutKind::Quota | LeftOutKind::VmSize => Identity::Resource,
        LeftOutKind::Role => Identity::Account,
        LeftOutKind::Row => Identity::Free,
    }
}
