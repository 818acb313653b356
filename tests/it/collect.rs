//! The collector scripts: their syntax, what they may do, and that Klar reads every heading they write.

use std::collections::BTreeSet;

use tree_sitter::{Language, Node, Parser, Tree};

mod headings;

const VMM: &str = include_str!("../../templates/collect/vmm.ps1");
const HYPERV: &str = include_str!("../../templates/collect/hyperv.ps1");
const AZURE: &str = include_str!("../../templates/collect/azure.sh");

/// Verbs of cmdlets that a read-only collector may call, each for a reason.
const VERBS: &[(&str, &str)] = &[
    ("Get", "reads"),
    ("Select", "keeps some of what was read"),
    ("Where", "keeps some of what was read"),
    ("ForEach", "goes through what was read"),
];

/// Whole cmdlets that a collector may call besides, each for a reason.
const CMDLETS: &[(&str, &str)] = &[
    ("Export-Csv", "writes the tables to the folder asked for"),
    ("Import-Module", "loads the cmdlets that read"),
    ("Invoke-Command", "runs a block of this same script on a host"),
    ("Join-Path", "joins two texts"),
    ("New-Item", "makes the folder asked for"),
    ("Out-Null", "drops what New-Item prints"),
    ("Set-StrictMode", "concerns the script alone"),
    ("Write-Host", "prints"),
    ("Write-Warning", "prints"),
];

/// Methods that change nothing outside the script.
const METHODS: &[&str] =
    &["ContainsKey", "EndsWith", "SelectSingleNode", "Split", "Substring", "ToString", "ToUpper", "Trim"];

/// What Windows PowerShell 5.1 does not know, or knows as something else.
const NEWER: &[&str] = &["&&", "||", "??", "?.", "?[", "?"];

/// The last words of Azure CLI commands that only read.
const AZURE_READS: &[&str] = &["list", "list-skus", "list-usage", "show"];

fn parse(script: &str, language: &Language) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(language).expect("the grammar fits the parser");
    parser.parse(script, None).expect("a language is set and nothing interrupts")
}

fn powershell(script: &str) -> Tree {
    parse(script, &tree_sitter_powershell::LANGUAGE.into())
}

fn shell(script: &str) -> Tree {
    parse(script, &tree_sitter_bash::LANGUAGE.into())
}

/// Every node below a node, itself first, in the order of the text.
fn nodes(node: Node<'_>) -> Vec<Node<'_>> {
    let mut found = vec![node];
    let mut cursor = node.walk();
    let children: Vec<Node<'_>> = node.children(&mut cursor).collect();
    for child in children {
        found.extend(nodes(child));
    }
    found
}

fn of_kind<'a>(node: Node<'a>, kind: &str) -> Vec<Node<'a>> {
    nodes(node).into_iter().filter(|node| node.kind() == kind).collect()
}

fn text<'a>(node: Node<'_>, script: &'a str) -> &'a str {
    &script[node.byte_range()]
}

/// Where a parser found what it does not understand, or misses something.
fn broken(tree: &Tree) -> Vec<String> {
    nodes(tree.root_node())
        .into_iter()
        .filter(|node| node.is_error() || node.is_missing())
        .map(|node| format!("{} at line {}", node.kind(), node.start_position().row + 1))
        .collect()
}

/// What of a PowerShell script might change something, or does not run on Windows PowerShell 5.1.
fn offences(script: &str) -> Vec<String> {
    let tree = powershell(script);
    let root = tree.root_node();
    let mut found = broken(&tree);
    if !script.is_ascii() {
        found.push("not ASCII, which Windows PowerShell 5.1 reads by the code page of the machine".to_owned());
    }
    let own: BTreeSet<&str> = of_kind(root, "function_name").into_iter().map(|node| text(node, script)).collect();
    for name in of_kind(root, "command_name").into_iter().map(|node| text(node, script)) {
        let verb = name.split_once('-').map_or("", |(verb, _)| verb);
        let is_known = own.contains(name)
            || VERBS.iter().any(|(known, _)| *known == verb)
            || CMDLETS.iter().any(|(known, _)| *known == name);
        if !is_known {
            found.push(format!("calls {name}"));
        }
    }
    for call in of_kind(root, "command_name_expr").into_iter().map(|node| text(node, script)) {
        if !script.contains(&format!("{call} = {{\n")) {
            found.push(format!("runs {call}, which is no block of the script"));
        }
    }
    for call in of_kind(root, "invokation_expression") {
        let mut cursor = call.walk();
        let name = call.children(&mut cursor).find(|node| node.kind() == "member_name");
        let name = name.map_or("", |node| text(node, script));
        if !METHODS.contains(&name) {
            found.push(format!("calls the method {name}"));
        }
    }
    for leaf in nodes(root).into_iter().filter(|node| node.child_count() == 0) {
        let words = text(leaf, script);
        if NEWER.contains(&words) || words.eq_ignore_ascii_case("-parallel") {
            found.push(format!("uses {words} at line {}", leaf.start_position().row + 1));
        }
    }
    for redirection in of_kind(root, "redirection") {
        found.push(format!("redirects: {}", text(redirection, script)));
    }
    found
}

/// The Azure CLI commands that a shell script runs, without their options; anything else it runs is an offence.
fn azure_commands(script: &str) -> (Vec<String>, Vec<String>) {
    let tree = shell(script);
    let mut offences = broken(&tree);
    let mut commands = Vec::new();
    for command in of_kind(tree.root_node(), "command") {
        let words: Vec<&str> = text(command, script).split_whitespace().collect();
        let arguments = match words[0] {
            "set" | "mkdir" | "shift" | "echo" | "read" | "printf" => continue,
            // Inside the function that the exports are written with.
            "az" if words[1] == "\"$@\"" => continue,
            "az" => &words[1..],
            "export_json" => &words[2..],
            other => {
                offences.push(format!("calls {other}"));
                continue;
            }
        };
        let name: Vec<&str> = arguments.iter().copied().take_while(|word| !word.starts_with('-')).collect();
        let is_plain = name.iter().all(|word| word.chars().all(|ch| ch.is_ascii_lowercase() || ch == '-'));
        if !is_plain || !name.last().is_some_and(|last| AZURE_READS.contains(last)) {
            offences.push(format!("calls az {}", name.join(" ")));
        }
        commands.push(format!("az {}", name.join(" ")));
    }
    (commands, offences)
}

#[test]
fn the_powershell_collectors_only_read_and_run_on_windows_powershell() {
    for (name, script) in [("vmm.ps1", VMM), ("hyperv.ps1", HYPERV)] {
        let found = offences(script);
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

#[test]
fn the_shell_collector_only_lists_and_shows() {
    let (commands, offences) = azure_commands(AZURE);
    assert!(offences.is_empty(), "{}", offences.join("\n"));
    assert!(commands.len() >= 8, "only {commands:?}");
}

#[test]
fn scripts_that_break_the_rules_are_found() {
    for wrong in [
        "foreach ($a in $b) {",
        "Remove-Item C:\\x",
        "Stop-VM -Name web-01",
        "$a = $b ?? 'c'",
        "$a = $b ? 'c' : 'd'",
        "$a = $b?.Name",
        "Get-VM && Get-VMHost",
        "Get-VM || Get-VMHost",
        "Get-VM | ForEach-Object -Parallel { $_ }",
        "$vm.Delete()",
        "[System.IO.File]::Delete('x')",
        "& $other",
        "Get-VM > vms.txt",
        "Get-VM -Name '\u{e5}'",
        "rm x",
    ] {
        assert!(!offences(wrong).is_empty(), "nothing wrong is seen in: {wrong}");
    }
    for wrong in
        ["az vm delete --name web-01", "rm x", "if true; then", "export_json vms vm start --ids 1", "az \"$x\" list"]
    {
        assert!(!azure_commands(wrong).1.is_empty(), "nothing wrong is seen in: {wrong}");
    }
    assert!(offences("Get-VM | Where-Object { $_.State -eq 'Running' }").is_empty());
}
