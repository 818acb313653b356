//! Every node of a failover cluster should be described.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "cluster-nodes-incomplete",
    summary: "Some nodes of the cluster are in no export.",
    remedy: "Export the hosts again from a place that sees every node, and register every node to the same vault.",
    why: "A machine may move to any node of its cluster, so each node must meet the host requirements and be \
          registered to the same vault. A node that no export describes was not checked.",
    needs: &[Field::ClusterNodes],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Cluster name", "Cluster nodes"], &[&["clu01", "hv01; hv02"]]),
            table(&["Host name", "Cluster of the host"], &[&["hv01", "clu01"], &["hv02", "clu01"]]),
        ]),
        Example::not_met(&[
            table(&["Cluster name", "Cluster nodes"], &[&["clu01", "hv01; hv02"]]),
            table(&["Host name", "Cluster of the host"], &[&["hv01", "clu01"]]),
        ]),
        Example::unknown(&[table(&["Cluster name", "Replica Broker"], &[&["clu01", "yes"]])]),
    ],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, _: &Limits, context: &Context<'_>) -> Answer {
    let nodes = cluster.nodes.need()?;
    let hosts = &context.estate.hosts;
    let described = |node: &str| {
        let of_cluster = cluster.hosts.iter().filter_map(|host| hosts.get(*host));
        of_cluster.filter_map(|host| host.name.value()).any(|host| short(host).eq_ignore_ascii_case(short(node)))
    };
    let absent: Vec<&str> = nodes.value.iter().map(|node| &**node).filter(|node| !described(node)).collect();
    if absent.is_empty() {
        return Ok(Verdict::Met);
    }
    let observed = say!(
        "{absent} of {nodes} nodes not described: {names}",
        absent = absent.len(),
        nodes = nodes.value.len(),
        names = Arg::names(Identity::Host, absent.iter().copied())
    );
    Ok(Verdict::observed(observed, "every node described", Some(nodes.origin)))
}

/// A host's name without its domain.
fn short(name: &str) -> &str {
    name.split_once('.').map_or(name, |(short, _)| short)
}
