//! vCPU quotas, with sums made by hand.

use klar::model::{Field, Pattern};
use klar::plan::{QuotaNeed, Wishes};

const MACHINES: &str = "VM name,Generation,vCPUs,Memory (MB),Number of disks,Number of network adapters\nweb-01,2,4,16384,3,1\nweb-02,2,3,9000,2,1\n";

fn quotas(list: &str, look: impl FnOnce(&[QuotaNeed])) {
    let table = format!("Quota,Azure region,Quota used,Quota limit\n{list}");
    let wishes = Wishes {
        region: Some("northeurope".into()),
        sizes: vec![Pattern::new("Dsv5")],
        wave_size: Some(1),
        ..Wishes::default()
    };
    super::planned(&[("vms.csv", MACHINES), ("usage.csv", &table)], &wishes, |_, plan| look(&plan.quotas));
}

#[test]
fn needs_are_added_to_what_is_used_and_compared_with_the_limit() {
    // Two machines of 4 vCPUs each, and a temporary one of 2.
    let list = "cores,northeurope,10,20\nstandardDSv5Family,northeurope,5,12\nstandardDSv5Family,westeurope,0,100\n";
    quotas(list, |quotas| {
        let [region, family] = quotas else { panic!("a region and a family: {quotas:?}") };
        assert_eq!((&*region.family, region.needed, region.for_a_test), ("cores", 10, 6));
        assert_eq!((region.short(), region.request()), (Some(0), None));
        assert_eq!((&*family.family, family.needed, family.for_a_test), ("standardDSv5Family", 10, 6));
        assert_eq!((family.short(), family.request()), (Some(3), Some(15)));
        assert_eq!(family.short_for_a_test(), Some(0));
    });
}

#[test]
fn the_limit_itself_is_enough() {
    quotas("cores,northeurope,10,20\nstandardDSv5Family,northeurope,2,12\n", |quotas| {
        assert_eq!(quotas[1].short(), Some(0));
        assert_eq!(quotas[1].short_for_a_test(), Some(0));
    });
    quotas("cores,northeurope,11,20\nstandardDSv5Family,northeurope,7,12\n", |quotas| {
        assert_eq!((quotas[0].short(), quotas[0].request()), (Some(1), Some(21)));
        assert_eq!((quotas[1].short(), quotas[1].short_for_a_test()), (Some(5), Some(1)));
    });
}

#[test]
fn a_quota_that_no_export_gives_is_unknown() {
    quotas("cores,northeurope,10,20\n", |quotas| {
        assert_eq!(quotas[1].short(), None);
        assert_eq!(quotas[1].standing.unwrap_err().field, Field::QuotaLimit);
    });
}
