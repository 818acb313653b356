//! Verdicts on storage: what is one disk and what two, and which storage account replication can use.

use klar::catalogue::Prerequisite;
use klar::evaluate::Outcome;

use super::verdicts::{judged, said};

/// What is said of two machines' disks, each machine a row under a heading.
fn of_disks(heading: &str, rows: [&str; 2]) -> String {
    said("site-recovery@2026-10", "shared-disk", &[&format!("{heading}\n{}\n{}\n", rows[0], rows[1])])
}

#[test]
fn a_local_path_is_one_disk_only_on_one_host() {
    let heading = "VM,VM host,Disk path,Disk size (GB)";
    let shared = of_disks(heading, [r"web0,hv0,C:\vm\disk0.vhdx,127", r"web1,hv0,C:\VM\Disk0.vhdx,127"]);
    assert!(shared.starts_with("not-met: ") && shared.contains("attached 2 times"), "{shared}");
    let two_hosts = of_disks(heading, [r"web0,hv0,C:\vm\disk0.vhdx,127", r"web1,hv1,C:\vm\disk0.vhdx,127"]);
    assert!(two_hosts.starts_with("unverified: "), "{two_hosts}");
    for rows in [
        [r"web0,,C:\vm\disk0.vhdx,127", r"web1,,C:\vm\disk0.vhdx,127"],
        [r"web0,hv0,C:\vm\disk0.vhdx,127", r"web1,,C:\vm\disk0.vhdx,127"],
        [r"web0,,D:\Hyper-V\os.vhdx,127", r"web1,,D:\Hyper-V\os.vhdx,127"],
    ] {
        let without_host = of_disks(heading, rows);
        assert!(without_host.starts_with("unverified: "), "{rows:?}: {without_host}");
    }
    let without_column =
        of_disks("VM,Disk path,Disk size (GB)", [r"web0,C:\vm\disk0.vhdx,127", r"web1,C:\vm\disk0.vhdx,127"]);
    assert!(without_column.starts_with("unverified: "), "{without_column}");
}

#[test]
fn on_shared_storage_a_path_is_one_disk_whatever_the_host() {
    let on_a_share = [r"web0,\\nas\vm\q.vhdx,127", r"web1,\\NAS\vm\q.vhdx,127"];
    assert!(of_disks("VM,Disk path,Disk size (GB)", on_a_share).starts_with("not-met: "));
    let heading = "VM,VM host,Cluster of the VM,Disk path,Disk size (GB)";
    let quorum = |host: &str, cluster: &str| format!(r"sql-{host},{host},{cluster},C:\ClusterStorage\Volume1\q.vhdx,1");
    let one_cluster = [quorum("hv0", "cl0"), quorum("hv1", "cl0")];
    assert!(of_disks(heading, [&one_cluster[0], &one_cluster[1]]).starts_with("not-met: "));
    let two_clusters = [quorum("hv0", "cl0"), quorum("hv1", "cl1")];
    assert!(of_disks(heading, [&two_clusters[0], &two_clusters[1]]).starts_with("unverified: "));
    let no_cluster = [quorum("hv0", ""), quorum("hv1", "")];
    assert!(of_disks(heading, [&no_cluster[0], &no_cluster[1]]).starts_with("not-met: "));
    // One name on hosts of which no input gives the cluster: two sites may each have such a machine.
    let one_name = no_cluster.map(|row| row.replace("sql-hv1", "sql-hv0"));
    assert!(of_disks(heading, [&one_name[0], &one_name[1]]).starts_with("unverified: "));
}

/// The storage row of the prerequisites article by the edition of July 2017, with a vault in North Europe.
fn storage_row(accounts: &[&str]) -> Outcome {
    let rows = accounts
        .iter()
        .enumerate()
        .map(|(number, account)| format!("Microsoft.Storage/storageAccounts,account{number},{account}\n"));
    let table = format!(
        "Azure resource type,Azure resource name,Azure region,SKU,Kind\n\
         Microsoft.RecoveryServices/vaults,vault,northeurope,,\n{}",
        rows.collect::<String>()
    );
    judged("site-recovery@2017-07", &[&table], |run| {
        let row = run.prerequisites.iter().find(|row| row.prerequisite == Prerequisite::Storage);
        row.expect("the edition has the row").outcome
    })
}

#[test]
fn a_locally_or_geo_redundant_account_in_the_vaults_region_meets_the_row_and_no_other_does() {
    for sku in ["Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Read-access geo-redundant storage (RA-GRS)"] {
        assert_eq!(storage_row(&[&format!("northeurope,{sku},Storage")]), Outcome::Met, "{sku}");
        assert_eq!(storage_row(&[&format!("westeurope,{sku},Storage")]), Outcome::NotMet, "{sku} elsewhere");
    }
    for sku in ["Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS", "Premium_ZRS"] {
        assert_eq!(storage_row(&[&format!("northeurope,{sku},StorageV2")]), Outcome::NotMet, "{sku}");
    }
    assert_eq!(storage_row(&["northeurope,Standard_LRS,BlobStorage"]), Outcome::NotMet);
    assert_eq!(storage_row(&["northeurope,Premium_LRS,Storage"]), Outcome::NotMet, "no account for logs");
    assert_eq!(storage_row(&["northeurope,,Storage"]), Outcome::Unknown);
    assert_eq!(storage_row(&["westeurope,,Storage"]), Outcome::NotMet, "in no vault's region, whatever it is");
}

#[test]
fn accounts_beside_a_fitting_one_are_listed_and_fail_nothing() {
    let fitting = "northeurope,Standard_GRS,Storage";
    for beside in [
        "northeurope,Standard_ZRS,StorageV2",
        "westeurope,Standard_LRS,Storage",
        "westeurope,Premium_LRS,Storage",
        "northeurope,Standard_LRS,BlobStorage",
        "northeurope,,",
    ] {
        assert_eq!(storage_row(&[beside, fitting]), Outcome::Met, "{beside}");
    }
    let table = "Azure resource type,Azure resource name,Azure region,SKU,Kind\n\
                 Microsoft.RecoveryServices/vaults,vault,northeurope,,\n\
                 Microsoft.Storage/storageAccounts,fits01,northeurope,Standard_GRS,Storage\n\
                 Microsoft.Storage/storageAccounts,zones01,northeurope,Standard_ZRS,Storage\n\
                 Microsoft.Storage/storageAccounts,blobs01,northeurope,Standard_LRS,BlobStorage\n";
    let listed = |check| said("site-recovery@2017-07", check, &[table]);
    assert!(listed("storage-redundancy-unlisted").starts_with("not-met: Standard_ZRS"));
    assert!(listed("storage-kind-unsupported").starts_with("not-met: BlobStorage"));
}
