//! What a month costs, when prices are given.

use super::super::super::phrased::Block;
use super::super::parts::{fact, heading};
use crate::model::{Arg, Identity, Phrase, say};
use crate::plan::{Cost, Plan};

/// Which prices the sums rest on.
fn prices(cost: &Cost) -> Phrase {
    let files = Arg::names(Identity::File, cost.files.iter().map(String::as_str));
    let currency = Arg::text(&cost.currency);
    let known = match cost.date {
        Some(date) => say!(
            "{files}, in {currency}, in effect since {date} or earlier",
            files = files,
            currency = currency,
            date = date
        ),
        None => say!("{files}, in {currency}, without a date", files = files, currency = currency),
    };
    if cost.more {
        return say!("{known}; a further page is named and not there", known = known);
    }
    known
}

/// The sums of a month; nothing without prices.
pub(super) fn cost<'a>(plan: &Plan<'_>) -> Vec<Block<'a>> {
    let Some(cost) = &plan.cost else { return Vec::new() };
    let sum = |money| {
        say!("{sum} {currency}", sum = Arg::Decimal(cost.shown(money).into()), currency = Arg::text(&cost.currency))
    };
    let mut list = vec![
        fact("Prices", prices(cost)),
        fact("Compute a month", sum(cost.compute)),
        fact("Disks a month", sum(cost.disks)),
        fact("Replication a month", sum(cost.fees)),
        fact("In all a month", sum(cost.total())),
    ];
    if cost.unpriced_machines > 0 {
        let open =
            say!("{count} {count:machine|machines}, of which some part has no price", count = cost.unpriced_machines);
        list.push(fact("Not in full", open));
    }
    let names = cost.unpriced_sizes.iter().map(|name| &**name).chain(cost.unpriced_tiers.iter().map(String::as_str));
    let names: Vec<Arg> = names.map(Arg::text).collect();
    if !names.is_empty() {
        list.push(fact("Without a price", Arg::List(names.into())));
    }
    vec![heading("plan-cost", "Cost"), Block::Facts(list)]
}
