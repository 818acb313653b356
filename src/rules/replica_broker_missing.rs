//! A failover cluster must have the Hyper-V Replica Broker role.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "replica-broker-missing",
    summary: "The cluster has no Hyper-V Replica Broker.",
    remedy: "Add the Hyper-V Replica Broker role to the cluster.",
    why: "The deployment planner refuses machines of a cluster without the broker, which directs replication to the \
          node that a machine runs on.",
    needs: &[Field::ClusterBroker],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Cluster name", "Replica Broker"], &[&["clu01", "yes"]])]),
        Example::not_met(&[table(&["Cluster name", "Replica Broker"], &[&["clu01", "no"]])]),
        Example::unknown(&[table(&["Cluster name", "Cluster nodes"], &[&["clu01", "hv01; hv02"]])]),
    ],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, _: &Limits, _: &Context<'_>) -> Answer {
    let broker = cluster.replica_broker.need()?;
    if broker.value {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("no Replica Broker", "the Hyper-V Replica Broker role", Some(broker.origin)))
}
