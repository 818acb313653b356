//! The storage accounts that a road needs: how many, of what kind, and which machine on which.

use super::wave::Wave;
use crate::catalogue::{Catalogue, Target};
use crate::model::{Azure, Field, Missing, Name, StorageAccount, words};

words! {
    /// What an account is for.
    Purpose {
        /// The logs of replication, beside managed disks.
        Logs = "replication logs",
        /// What replication of Azure Migrate passes through.
        Replication = "replication",
    }
}

/// Why an account of the export is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is in another region.
    Elsewhere(Name),
    /// Its kind does not take what replication writes.
    Kind(Name),
    /// Its redundancy is not supported.
    Redundancy(Name),
    /// It is a premium account.
    Premium(Name),
    /// It is a classic account.
    Classic,
    /// Deleted blobs are kept, which the road does not support.
    SoftDelete,
    /// Something that decides it is not known.
    Missing(Missing),
    /// The accounts before it suffice.
    NotNeeded,
}

/// An account that machines replicate by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPlan {
    /// What it is for.
    pub purpose: Purpose,
    /// The account of the export; none for one to make.
    pub existing: Option<u32>,
    /// The machines that replicate by it, in order of the waves.
    pub machines: Vec<u32>,
    /// The writes of its machines in bytes a second, as far as they are known.
    pub load: u64,
    /// What it takes in a second, in bytes.
    pub takes: u64,
    /// Its machines whose writes are not known, so that it may be too much for it.
    pub unknown: u32,
}

/// The accounts of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// The accounts to use, those of the export first.
    pub used: Vec<AccountPlan>,
    /// The accounts of the export that are not used, and why.
    pub unused: Vec<(u32, Unfit)>,
}

/// Plans the accounts for waves of machines; `writes` gives what a machine writes in a second.
pub(super) fn plan(
    azure: &Azure,
    road: Target,
    region: Option<&Name>,
    waves: &[Wave],
    catalogue: &Catalogue,
    writes: impl Fn(u32) -> Option<u64>,
) -> Accounts {
    let purpose = match road {
        Target::SiteRecovery => Purpose::Logs,
        Target::AzureMigrate => Purpose::Replication,
        Target::AzureVm => return Accounts::default(),
    };
    let mut accounts = Accounts::default();
    let mut fitting: Vec<(u32, u64)> = Vec::new();
    for (number, account) in (0_u32..).zip(&azure.storage_accounts) {
        match fits(account, purpose, region, catalogue) {
            Ok(takes) => fitting.push((number, takes)),
            Err(why) => accounts.unused.push((number, why)),
        }
    }
    // General-purpose v2 first: v1 takes less, and no new one can be made.
    let is_v1 = |number: u32| {
        let kind = azure.storage_accounts[number as usize].kind.value();
        !kind.is_some_and(|kind| kind.eq_ignore_ascii_case("storagev2"))
    };
    fitting.sort_by_key(|(number, _)| (is_v1(*number), *number));
    let mut fitting = fitting.into_iter();
    let new = megabits(catalogue.planning.ingress_mbit_v2.value);
    for machine in waves.iter().flat_map(|wave| &wave.machines).map(|seat| seat.machine) {
        let write = writes(machine);
        let room = |account: &AccountPlan| account.load.saturating_add(write.unwrap_or(0)) <= account.takes;
        let at = accounts.used.iter().position(room).unwrap_or_else(|| {
            let (existing, takes) = fitting.next().map_or((None, new), |(number, takes)| (Some(number), takes));
            accounts.used.push(AccountPlan { purpose, existing, machines: Vec::new(), load: 0, takes, unknown: 0 });
            accounts.used.len() - 1
        });
        let account = &mut accounts.used[at];
        account.machines.push(machine);
        account.load = account.load.saturating_add(write.unwrap_or(0));
        account.unknown += u32::from(write.is_none());
    }
    accounts.unused.extend(fitting.map(|(number, _)| (number, Unfit::NotNeeded)));
    accounts.unused.sort_by_key(|(number, _)| *number);
    accounts
}

/// Bytes a second from megabits (10^6) a second.
const fn megabits(count: u64) -> u64 {
    count * 125_000
}

/// What an account takes in a second, when it qualifies.
fn fits(
    account: &StorageAccount,
    purpose: Purpose,
    region: Option<&Name>,
    catalogue: &Catalogue,
) -> Result<u64, Unfit> {
    let is_classic = |kind: &Name| kind.to_ascii_lowercase().contains("classic");
    if account.resource_type.value().is_some_and(is_classic) {
        return Err(Unfit::Classic);
    }
    let place = &account.location.need().map_err(Unfit::Missing)?.value;
    if region.is_some_and(|region| !catalogue.regions.same(region, place)) {
        return Err(Unfit::Elsewhere(place.clone()));
    }
    let kind = &account.kind.need().map_err(Unfit::Missing)?.value;
    let takes = match kind.to_ascii_lowercase().as_str() {
        "storagev2" => megabits(catalogue.planning.ingress_mbit_v2.value),
        "storage" => megabits(catalogue.planning.ingress_mbit_v1.value),
        _ => return Err(Unfit::Kind(kind.clone())),
    };
    let sku = &account.sku.need().map_err(Unfit::Missing)?.value;
    let (tier, redundancy) = sku.split_once('_').unwrap_or((sku, ""));
    if tier.eq_ignore_ascii_case("premium") {
        return Err(Unfit::Premium(sku.clone()));
    }
    if !["LRS", "GRS", "RAGRS"].iter().any(|known| known.eq_ignore_ascii_case(redundancy)) {
        return Err(Unfit::Redundancy(sku.clone()));
    }
    if purpose == Purpose::Replication && account.soft_delete.value() == Some(&true) {
        return Err(Unfit::SoftDelete);
    }
    Ok(takes)
}

impl Accounts {
    /// What is missing while no export lists accounts, so that all are to make.
    #[must_use]
    pub fn missing(&self, azure: &Azure) -> Option<Missing> {
        let is_open = !azure.listed.storage_accounts && !self.used.is_empty();
        is_open.then_some(Missing { field: Field::AzureKind, why: crate::model::Why::Absent })
    }
}
