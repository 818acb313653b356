//! The collector scripts: their syntax, what they may do, and that Klar reads every heading they write.

use std::collections::BTreeSet;

use klar::cli::{CollectFrom, ScriptForm};
use tree_sitter::{Language, Node, Parser, Tree};

use crate::binary::Folder;

mod azure;
mod calls;
mod headings;
mod joined;
mod names;
mod replicate;
mod shell;

/// A collector's script as `klar collect` prints it.
fn script(from: CollectFrom, form: ScriptForm) -> String {
    klar::run::collector(from, Some(form)).expect("there is a script of this form")
}

/// The PowerShell scripts, by the names of their files.
fn powershell_scripts() -> Vec<(&'static str, String)> {
    [
        ("vmm.ps1", CollectFrom::Vmm),
        ("hyperv.ps1", CollectFrom::Hyperv),
        ("guest.ps1", CollectFrom::Guest),
        ("azure.ps1", CollectFrom::Azure),
    ]
    .map(|(name, from)| (name, script(from, ScriptForm::Powershell)))
    .to_vec()
}

/// Verbs of cmdlets that a read-only collector may call, each for a reason.
const VERBS: &[(&str, &str)] = &[
    ("Get", "reads"),
    ("Select", "keeps some of what was read"),
    ("Where", "keeps some of what was read"),
    ("ForEach", "goes through what was read"),
    ("Measure", "counts what was read, or reads what metering has counted"),
    ("Test", "reads whether something is there"),
];

/// Whole cmdlets that a collector may call besides, each for a reason.
const CMDLETS: &[(&str, &str)] = &[
    ("ConvertFrom-Json", "reads a text"),
    ("ConvertTo-Json", "writes a text"),
    ("Export-Csv", "writes the tables to the folder asked for"),
    ("Import-Module", "loads the cmdlets that read"),
    ("Invoke-AzRestMethod", "asks Azure; every call must be a GET"),
    ("Invoke-Command", "runs a block of this same script on a host"),
    ("Join-Path", "joins two texts"),
    ("New-Item", "makes the folder asked for"),
    ("New-PSSessionOption", "says how long to wait for a host"),
    ("Out-Null", "drops what New-Item prints"),
    ("Receive-Job", "reads what a job of the script has told"),
    ("Remove-Job", "drops a job of the script"),
    ("Set-Content", "writes what was read to the folder asked for"),
    ("Set-StrictMode", "concerns the script alone"),
    ("Start-Job", "runs a block of this same script"),
    ("Stop-Job", "ends a job of the script"),
    ("Wait-Job", "waits for a job of the script"),
    ("Write-Host", "prints"),
    ("Write-Progress", "prints"),
    ("Write-Warning", "prints"),
];

/// Methods that change nothing outside the script.
const METHODS: &[&str] =
    &["AddSeconds", "EndsWith", "SelectSingleNode", "Split", "Substring", "ToLower", "ToString", "Trim"];

/// What Windows PowerShell 5.1 does not know, or knows as something else.
const NEWER: &[&str] = &["&&", "||", "??", "?.", "?[", "?"];

fn parse(script: &str, language: &Language) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(language).expect("the grammar fits the parser");
    parser.parse(script, None).expect("a language is set and nothing interrupts")
}

fn powershell(script: &str) -> Tree {
    parse(script, &tree_sitter_powershell::LANGUAGE.into())
}

fn bash(script: &str) -> Tree {
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
    // A function may run a block that it is given; the blocks are looked at where they are written.
    for call in of_kind(root, "command_name_expr").into_iter().map(|node| text(node, script)) {
        if !script.contains(&format!("[scriptblock] {call})")) {
            found.push(format!("runs {call}, which is no block that a function is given"));
        }
    }
    for call in of_kind(root, "command").into_iter().map(|node| text(node, script)) {
        if call.starts_with("Invoke-AzRestMethod") && !call.starts_with("Invoke-AzRestMethod -Method GET ") {
            found.push(format!("does more than ask Azure: {call}"));
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

#[test]
fn the_powershell_collectors_only_read_and_run_on_windows_powershell() {
    for (name, script) in powershell_scripts() {
        let found = offences(&script);
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
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
        "& (Get-Item x)",
        "function Ask { param([scriptblock] $Question) & $Answer }",
        "Invoke-AzRestMethod -Method DELETE -Path $path",
        "Invoke-AzRestMethod -Path $path",
        "Restart-Computer",
        "Get-VM > vms.txt",
        "Get-VM -Name '\u{e5}'",
        "rm x",
    ] {
        assert!(!offences(wrong).is_empty(), "nothing wrong is seen in: {wrong}");
    }
    assert!(offences("Get-VM | Where-Object { $_.State -eq 'Running' }").is_empty());
}

#[test]
fn every_script_is_printed_whole() {
    let folder = Folder::new("collect-printed");
    for (arguments, begins) in [
        (&["vmm"][..], "<#"),
        (&["hyperv"], "<#"),
        (&["guest"], "<#"),
        (&["guest", "--form", "shell"], "#!/bin/sh"),
        (&["azure"], "#!/bin/sh"),
        (&["azure", "--form", "powershell"], "<#"),
    ] {
        let run = folder.run(&[&["collect"], arguments].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        assert!(run.out.starts_with(begins) && run.out.ends_with('\n'), "{arguments:?}");
        assert!(!run.out.contains("# part:"), "{arguments:?}: a piece is missing");
        assert!(!run.out.contains('\r'), "{arguments:?}: no shell of Linux reads it");
    }
}

#[test]
fn a_script_is_written_byte_for_byte_and_over_nothing() {
    let folder = Folder::new("collect-written");
    let printed = folder.run(&["collect", "guest", "--form", "shell"]).out;
    let run = folder.run(&["collect", "guest", "--form", "shell", "-o", "guest.sh"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    assert_eq!(folder.text("guest.sh"), printed);
    let again = folder.run(&["collect", "vmm", "-o", "guest.sh"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("guest.sh: the script cannot be written; name a file that is not there yet"),
        "{}",
        again.err
    );
    assert_eq!(folder.text("guest.sh"), printed);
}

#[test]
fn a_script_of_a_form_that_there_is_not_is_refused_in_words() {
    let folder = Folder::new("collect-refused");
    for (from, words) in [("vmm", "VMM is asked by PowerShell only"), ("hyperv", "asked by PowerShell only")] {
        let run = folder.run(&["collect", from, "--form", "shell"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{from}");
        assert!(run.err.contains(words) && run.err.contains("leave --form out"), "{}", run.err);
    }
}
