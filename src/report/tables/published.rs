//! Every published table of a view, in the order of their files.

use super::super::view::View;
use crate::tables::{Inventory, Table};

impl View<'_> {
    /// The published tables, in the order of their files.
    #[must_use]
    pub fn tables(&self) -> Vec<Table<'_>> {
        let mut all = vec![
            Inventory::Vms.table(self.estate, self.assessment),
            super::findings(self),
            super::requirements(self),
            super::inputs(self),
            super::rows_left_out(self),
            super::gap_table(self),
            super::unresolved(self),
            super::columns(self),
            super::groups(self),
        ];
        all.extend(self.plan_tables());
        all.extend(self.changes.map(super::changes));
        all
    }

    /// The published tables of the plan, the machines first; none without a plan.
    #[must_use]
    pub fn plan_tables(&self) -> Vec<Table<'_>> {
        let Some(plan) = self.plan else { return Vec::new() };
        vec![
            super::plan(self, plan),
            super::plan_disks(self, plan),
            super::waves(self, plan),
            super::quota(plan),
            super::accounts(self, plan),
            super::network(plan),
            super::volumes(plan),
            super::plan_sizes(plan),
            super::plan_line(plan),
            super::plan_cost(plan),
        ]
    }

    /// The published tables and those of the inventory, each beginning with the site, so that those of many can be read as
    /// one.
    #[must_use]
    pub fn tables_of_site(&self) -> Vec<Table<'_>> {
        let parts = [Inventory::Disks, Inventory::Nics, Inventory::Hosts];
        let parts = parts.map(|inventory| inventory.table(self.estate, self.assessment));
        self.tables().into_iter().chain(parts).map(|table| table.of_site(self.site())).collect()
    }
}
