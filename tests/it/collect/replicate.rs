//! The script that starts replication: its syntax, that it changes nothing until it is told to, and that it reads the
//! columns that the mapping files have.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::{broken, nodes, of_kind, powershell, text};

fn script() -> String {
    crate::binary::Folder::new("replicate-script").run(&["template", "replicate"]).out
}

/// What it may call without being told to change anything, each for a reason.
const HARMLESS: &[(&str, &str)] = &[
    ("Get-AzRecoveryServicesAsrFabric", "reads"),
    ("Get-AzRecoveryServicesAsrProtectableItem", "reads"),
    ("Get-AzRecoveryServicesAsrProtectionContainer", "reads"),
    ("Get-AzRecoveryServicesAsrProtectionContainerMapping", "reads"),
    ("Get-AzRecoveryServicesVault", "reads"),
    ("Import-Csv", "reads the mapping file"),
    ("Out-Null", "drops what is printed"),
    ("Select-Object", "keeps some of what was read"),
    ("Set-AzRecoveryServicesAsrVaultContext", "says for this session which vault is meant"),
    ("Where-Object", "keeps some of what was read"),
    ("Write-Output", "prints"),
    ("Write-Warning", "prints"),
];

/// The one cmdlet that changes something.
const CHANGES: &str = "New-AzRecoveryServicesAsrReplicationProtectedItem";

/// Where a script calls something that may change something, and is not preceded in its block by the dry run's way out.
fn unguarded(script: &str) -> Vec<String> {
    let tree = powershell(script);
    let root = tree.root_node();
    let mut found = broken(&tree);
    for name in of_kind(root, "command_name") {
        let called = text(name, script);
        if HARMLESS.iter().any(|(known, _)| *known == called) {
            continue;
        }
        if called != CHANGES {
            found.push(format!("calls {called}"));
        } else if !is_guarded(name, script) {
            found.push(format!("calls {called} whether -Apply is given or not"));
        }
    }
    found
}

/// Whether a dry run has left the block before a call is reached.
fn is_guarded(call: Node<'_>, script: &str) -> bool {
    let mut inner = call;
    while let Some(outer) = inner.parent() {
        let mut cursor = outer.walk();
        let before = outer.children(&mut cursor).take_while(|child| child.end_byte() <= inner.start_byte());
        let leaves = |node: Node<'_>| {
            let words = text(node, script);
            node.kind() == "if_statement"
                && words.replace(' ', "").starts_with("if(-not$Apply)")
                && nodes(node).into_iter().any(|inside| text(inside, script).trim() == "continue")
        };
        if before.into_iter().any(leaves) {
            return true;
        }
        inner = outer;
    }
    false
}

#[test]
fn the_script_for_replication_changes_nothing_until_it_is_told_to() {
    let script = script();
    assert!(script.is_ascii(), "Windows PowerShell 5.1 reads other letters by the code page of the machine");
    assert!(script.contains("[switch] $Apply"));
    let found = unguarded(&script);
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (from, to) in [
        ("            continue\n        }\n        $job", "        }\n        $job"),
        ("if (-not $Apply) {", "if ($Apply) {"),
        ("        $job = ", "        Remove-AzResourceGroup -Name $row.target_resource_group\n        $job = "),
        ("    } catch {", "    catch {"),
    ] {
        assert!(script.contains(from), "nothing to replace: {from}");
        assert!(!unguarded(&script.replacen(from, to, 1)).is_empty(), "nothing wrong is seen after {from} -> {to}");
    }
}

#[test]
fn the_script_for_replication_reads_columns_that_the_mapping_has() {
    let folder = crate::binary::Folder::new("replicate-columns");
    folder.put(
        "in/vms.csv",
        "VM name,Guest OS,Generation,vCPUs,Memory (MB),OS disk size (GB)\nweb-01,Windows Server 2022,2,2,4096,100\n",
    );
    let run = folder.run(&["assess", "in", "-o", "out", "--format", "mapping", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let written = folder.text("out/mapping-wave-1.csv");
    let columns: BTreeSet<&str> = written.lines().next().expect("a line of headings").split(',').collect();
    let script = script();
    let tree = powershell(&script);
    let reads = of_kind(tree.root_node(), "member_access").into_iter().map(|node| text(node, &script).to_owned());
    let read: BTreeSet<String> = reads.filter_map(|read| Some(read.strip_prefix("$row.")?.to_owned())).collect();
    let unknown: Vec<&String> = read.iter().filter(|name| !columns.contains(name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?} are no columns of {columns:?}");
    for needed in
        ["source_machine", "target_resource_group", "disks_to_include", "os", "os_disk", "network", "subnet", "size"]
    {
        assert!(read.contains(needed), "{needed} is written and not read: {read:?}");
    }
}
