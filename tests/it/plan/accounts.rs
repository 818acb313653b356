//! Storage accounts, each case reckoned by hand.

use std::fmt::Write as _;

use klar::model::Field;
use klar::plan::{Accounts, Unfit, Wishes};

fn accounts(churn: &[u32], list: Option<&str>, look: impl FnOnce(&Accounts, &klar::model::Estate)) {
    let mut machines = "VM name,vCPUs,Memory (MB),Number of disks,Write churn (MB/s)\n".to_owned();
    for (number, rate) in churn.iter().enumerate() {
        let rate = if *rate == 0 { String::new() } else { rate.to_string() };
        writeln!(machines, "vm-{number:02},2,4096,1,{rate}").unwrap();
    }
    let mut files = vec![("vms.csv", machines.as_str())];
    let table = list.map(|list| format!("Azure resource name,Azure resource type,Azure region,SKU,Kind\n{list}"));
    files.extend(table.as_deref().map(|table| ("accounts.csv", table)));
    let wishes = Wishes { region: Some("northeurope".into()), ..Wishes::default() };
    super::planned(&files, &wishes, |estate, plan| look(&plan.accounts, estate));
}

const ACCOUNT: &str = "Microsoft.Storage/storageAccounts,northeurope";

#[test]
fn an_account_that_qualifies_is_used_for_every_machine() {
    let list = format!("stlogs1,{ACCOUNT},Standard_LRS,StorageV2\nstlogs2,{ACCOUNT},Standard_GRS,StorageV2\n");
    accounts(&[5, 10, 0], Some(&list), |accounts, _| {
        assert_eq!(accounts.used.len(), 1);
        let used = &accounts.used[0];
        assert_eq!((used.existing, &used.machines[..]), (Some(0), &[0, 1, 2][..]));
        assert_eq!((used.load, used.unknown), (15_000_000, 1), "one machine's writes are not known");
        assert_eq!(accounts.unused, [(1, Unfit::NotNeeded)]);
    });
}

#[test]
fn accounts_that_do_not_qualify_are_told_with_the_reason() {
    let list = "\
stpremium,Microsoft.Storage/storageAccounts,northeurope,Premium_LRS,StorageV2
stzones,Microsoft.Storage/storageAccounts,northeurope,Standard_ZRS,StorageV2
stwest,Microsoft.Storage/storageAccounts,westeurope,Standard_LRS,StorageV2
stblobs,Microsoft.Storage/storageAccounts,northeurope,Standard_LRS,BlobStorage
stold,Microsoft.ClassicStorage/storageAccounts,northeurope,Standard_LRS,Storage
stsaid,Microsoft.Storage/storageAccounts,northeurope,,StorageV2
";
    accounts(&[5], Some(list), |accounts, _| {
        assert_eq!(accounts.used.len(), 1);
        assert_eq!(accounts.used[0].existing, None, "one is to be made");
        let why: Vec<&Unfit> = accounts.unused.iter().map(|(_, why)| why).collect();
        assert_eq!(*why[0], Unfit::Premium("Premium_LRS".into()));
        assert_eq!(*why[1], Unfit::Redundancy("Standard_ZRS".into()));
        assert_eq!(*why[2], Unfit::Elsewhere("westeurope".into()));
        assert_eq!(*why[3], Unfit::Kind("BlobStorage".into()));
        assert_eq!(*why[4], Unfit::Classic);
        assert!(matches!(why[5], Unfit::Missing(missing) if missing.field == Field::AzureSku));
    });
}

#[test]
fn no_account_takes_more_than_is_published() {
    // A v1 account takes 10 Gbit/s, which are 1,250 MB/s; a v2 account 25 Gbit/s, which are 3,125 MB/s.
    let list = format!("stlogs1,{ACCOUNT},Standard_LRS,Storage\n");
    accounts(&[800, 450, 1, 3000, 124, 1], Some(&list), |accounts, _| {
        let told: Vec<_> =
            accounts.used.iter().map(|used| (used.existing, used.load / 1_000_000, used.machines.len())).collect();
        assert_eq!(
            told,
            [(Some(0), 1250, 2), (None, 3125, 3), (None, 1, 1)].map(|(existing, load, count)| (existing, load, count))
        );
    });
}

#[test]
fn without_an_export_an_account_is_to_be_made_and_the_export_named() {
    accounts(&[5, 5], None, |accounts, estate| {
        assert_eq!((accounts.used.len(), accounts.used[0].existing), (1, None));
        let missing = accounts.missing(&estate.azure).expect("no export lists accounts");
        assert_eq!(missing.field.export(), "az storage account list");
    });
}

#[test]
fn a_general_purpose_v2_account_is_taken_before_a_v1() {
    let list = format!("stv1,{ACCOUNT},Standard_LRS,Storage\nstv2,{ACCOUNT},Standard_LRS,StorageV2\n");
    accounts(&[5], Some(&list), |accounts, _| {
        assert_eq!(accounts.used.len(), 1);
        assert_eq!(accounts.used[0].existing, Some(1));
        assert_eq!(accounts.unused, [(0, Unfit::NotNeeded)]);
    });
    // The v1 account is used where the other has no room left: 25 Gbit/s are 3,125 MB/s.
    accounts(&[3100, 800], Some(&list), |accounts, _| {
        let existing: Vec<_> = accounts.used.iter().map(|used| (used.existing, used.machines.len())).collect();
        assert_eq!(existing, [(Some(1), 1), (Some(0), 1)]);
        assert!(accounts.unused.is_empty());
    });
}
