//! What must move together, and what needs what: groups of machines, each listed after the groups that it needs.

use crate::model::Name;

/// Machines that move together.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The machines: indexes into the movers, in order of their names.
    pub members: Vec<usize>,
    /// What they have in common, when a wish or application names it.
    pub name: Option<Name>,
    /// Whether they need each other.
    pub is_cycle: bool,
    /// The groups that it needs, each with one machine that needs one of theirs.
    pub needs: Vec<(usize, (usize, usize))>,
    /// The groups that need it.
    pub needed_by: Vec<usize>,
}

/// Groups of machines, each after those that it needs.
#[derive(Debug)]
pub(super) struct Groups {
    pub list: Vec<Group>,
    /// The group of each mover.
    pub of_member: Vec<usize>,
}

/// Machines joined into sets.
#[derive(Debug)]
pub(super) struct Sets {
    parent: Vec<usize>,
    name: Vec<Option<Name>>,
}

impl Sets {
    /// Every machine in a set of its own.
    pub(super) fn new(machines: usize) -> Self {
        Self { parent: (0..machines).collect(), name: vec![None; machines] }
    }

    /// Joins machines under a name.
    pub(super) fn join(&mut self, machines: &[usize], name: &Name) {
        let Some((first, rest)) = machines.split_first() else { return };
        for other in rest {
            let (one, other) = (self.root(*first), self.root(*other));
            let (low, high) = (one.min(other), one.max(other));
            self.parent[high] = low;
            if self.name[low].is_none() {
                self.name[low] = self.name[high].take();
            }
        }
        let root = self.root(*first);
        if self.name[root].is_none() {
            self.name[root] = Some(name.clone());
        }
    }

    fn root(&mut self, machine: usize) -> usize {
        let mut root = machine;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = machine;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    /// The groups of the sets, joined further where they need each other; `needs` are pairs of a machine and one it needs.
    pub(super) fn groups(mut self, needs: &[(usize, usize)]) -> Groups {
        let count = self.parent.len();
        let mut of_root = vec![usize::MAX; count];
        let mut sets: Vec<Vec<usize>> = Vec::new();
        let mut set_of = vec![0; count];
        for (machine, set) in set_of.iter_mut().enumerate() {
            let root = self.root(machine);
            if of_root[root] == usize::MAX {
                of_root[root] = sets.len();
                sets.push(Vec::new());
            }
            *set = of_root[root];
            sets[of_root[root]].push(machine);
        }
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); sets.len()];
        for (machine, needed) in needs {
            if set_of[*machine] != set_of[*needed] {
                edges[set_of[*machine]].push(set_of[*needed]);
            }
        }
        let mut list: Vec<Group> = Vec::new();
        let mut group_of_set = vec![0; sets.len()];
        for component in components(&edges) {
            let mut group = Group { is_cycle: component.len() > 1, ..Group::default() };
            for set in component {
                group_of_set[set] = list.len();
                group.members.append(&mut sets[set]);
            }
            group.members.sort_unstable();
            let roots: Vec<usize> = group.members.iter().map(|member| self.root(*member)).collect();
            group.name = roots.iter().find_map(|root| self.name[*root].clone());
            list.push(group);
        }
        let of_member: Vec<usize> = (0..count).map(|machine| group_of_set[set_of[machine]]).collect();
        for (machine, needed) in needs {
            let (one, other) = (of_member[*machine], of_member[*needed]);
            if one != other && !list[one].needs.iter().any(|(known, _)| *known == other) {
                list[one].needs.push((other, (*machine, *needed)));
                list[other].needed_by.push(one);
            }
        }
        Groups { list, of_member }
    }
}

/// The strongly connected components of a graph, each after those it points to (Tarjan's, without recursion).
fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let (mut index, mut low) = (vec![UNSEEN; count], vec![0; count]);
    let mut on_stack = vec![false; count];
    let (mut stack, mut found) = (Vec::new(), Vec::new());
    let mut next = 0;
    for start in 0..count {
        if index[start] != UNSEEN {
            continue;
        }
        let mut walk = vec![(start, 0)];
        while let Some((node, edge)) = walk.pop() {
            if edge == 0 {
                (index[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(to) = edges[node].get(edge).copied() {
                walk.push((node, edge + 1));
                if index[to] == UNSEEN {
                    walk.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if let Some((parent, _)) = walk.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                let at =
                    stack.iter().rposition(|known| *known == node).expect("a node is on the stack until it is done");
                let component: Vec<usize> = stack.split_off(at);
                for member in &component {
                    on_stack[*member] = false;
                }
                found.push(component);
            }
        }
    }
    found
}
