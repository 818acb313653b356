//! How the PowerShell scripts call cmdlets: with parameters that stand together in one set of their documentation.

use super::{of_kind, powershell, powershell_scripts, text};

/// Parameters that every cmdlet has.
const COMMON: &[&str] = &["ErrorAction", "ErrorVariable"];

/// The sets of parameters that the scripts use of each cmdlet, as its article of learn.microsoft.com has them; the
/// folder of the article stands before them. A cmdlet that is called without parameters needs no line.
const SETS: &[(&str, &str, &[&[&str]])] = &[
    ("ConvertTo-Json", "microsoft.powershell.utility", &[&["InputObject", "Depth"]]),
    ("Export-Csv", "microsoft.powershell.utility", &[&["Path", "NoTypeInformation", "Encoding"]]),
    ("Get-AzADServicePrincipal", "az.resources", &[&["ApplicationId"]]),
    ("Get-AzADUser", "az.resources", &[&["SignedIn"]]),
    ("Get-CimInstance", "cimcmdlets", &[&["ClassName", "Namespace", "Filter", "OperationTimeoutSec"]]),
    ("Get-Date", "microsoft.powershell.utility", &[&["Format"]]),
    ("Get-NetIPAddress", "nettcpip", &[&["AddressFamily"]]),
    ("Get-SCCloud", "virtualmachinemanager", &[&["VMMServer"]]),
    ("Get-SCVMHost", "virtualmachinemanager", &[&["VMMServer"]]),
    ("Get-SCVMHostCluster", "virtualmachinemanager", &[&["VMMServer"]]),
    ("Get-SCVMHostGroup", "virtualmachinemanager", &[&["VMMServer"]]),
    ("Get-SCVMMServer", "virtualmachinemanager", &[&["ComputerName"]]),
    ("Get-SCVirtualMachine", "virtualmachinemanager", &[&["VMMServer"]]),
    ("Get-VHD", "hyper-v", &[&["Path"]]),
    ("Get-VMFibreChannelHba", "hyper-v", &[&["VM"]]),
    ("Get-VMFirmware", "hyper-v", &[&["VM"]]),
    ("Get-VMHardDiskDrive", "hyper-v", &[&["VM"]]),
    ("Get-VMNetworkAdapter", "hyper-v", &[&["VM"]]),
    ("Get-VMSecurity", "hyper-v", &[&["VM"]]),
    ("Get-VMSnapshot", "hyper-v", &[&["VM"]]),
    ("Get-WindowsFeature", "servermanager", &[&["Name"]]),
    ("Invoke-AzRestMethod", "az.accounts", &[&["Method", "Path"]]),
    (
        "Invoke-Command",
        "microsoft.powershell.core",
        &[&["ComputerName", "ScriptBlock", "ArgumentList", "SessionOption", "AsJob"]],
    ),
    ("Measure-Object", "microsoft.powershell.utility", &[&["Average"]]),
    ("Measure-VM", "hyper-v", &[&["VM"]]),
    ("New-Item", "microsoft.powershell.management", &[&["ItemType", "Path", "Force"]]),
    ("New-PSSessionOption", "microsoft.powershell.core", &[&["OpenTimeout", "CancelTimeout", "NoMachineProfile"]]),
    ("Receive-Job", "microsoft.powershell.core", &[&["Job"]]),
    ("Remove-Job", "microsoft.powershell.core", &[&["Job", "Force"]]),
    (
        "Select-Object",
        "microsoft.powershell.utility",
        &[&["Property", "ExcludeProperty"], &["Unique"], &["First"], &["Skip"]],
    ),
    ("Select-String", "microsoft.powershell.utility", &[&["Pattern", "AllMatches"]]),
    ("Set-Content", "microsoft.powershell.management", &[&["Path", "Encoding"]]),
    ("Set-StrictMode", "microsoft.powershell.core", &[&["Off"]]),
    ("Start-Job", "microsoft.powershell.core", &[&["ScriptBlock", "ArgumentList"]]),
    ("Stop-Job", "microsoft.powershell.core", &[&["Job"]]),
    ("Wait-Job", "microsoft.powershell.core", &[&["Job", "Any", "Timeout"]]),
    (
        "Write-Progress",
        "microsoft.powershell.utility",
        &[&["Activity", "Status", "PercentComplete"], &["Activity", "Completed"]],
    ),
];

/// What of a script calls a cmdlet with parameters that no set has together, or a function of its own with one that
/// it does not have.
fn mismatches(script: &str) -> Vec<String> {
    let tree = powershell(script);
    let root = tree.root_node();
    let own: Vec<(String, String)> = of_kind(root, "function_statement")
        .into_iter()
        .map(|function| {
            (text(of_kind(function, "function_name")[0], script).to_owned(), text(function, script).to_owned())
        })
        .collect();
    let mut found = Vec::new();
    for command in of_kind(root, "command") {
        let Some(called) = of_kind(command, "command_name").first().map(|name| text(*name, script)) else { continue };
        let elements = command.child_by_field_name("command_elements");
        let parameters: Vec<&str> = elements
            .into_iter()
            .flat_map(|elements| {
                let mut cursor = elements.walk();
                elements.children(&mut cursor).filter(|child| child.kind() == "command_parameter").collect::<Vec<_>>()
            })
            .map(|parameter| text(parameter, script).trim_start_matches('-'))
            .filter(|parameter| !COMMON.contains(parameter))
            .collect();
        if parameters.is_empty() {
            continue;
        }
        let fits = match own.iter().find(|(name, _)| name == called) {
            Some((_, body)) => parameters.iter().all(|parameter| body.contains(&format!("] ${parameter}"))),
            None => SETS
                .iter()
                .filter(|(name, _, _)| *name == called)
                .flat_map(|(_, _, sets)| *sets)
                .any(|set| parameters.iter().all(|parameter| set.contains(parameter))),
        };
        if !fits {
            found.push(format!("{called} -{}", parameters.join(" -")));
        }
    }
    found
}

#[test]
fn parameters_stand_together_in_one_set_of_the_documentation() {
    for (file, script) in powershell_scripts() {
        assert_eq!(mismatches(&script), Vec::<String>::new(), "{file}");
    }
    assert_eq!(mismatches("Get-AzADUser -SignedIn -First 1"), ["Get-AzADUser -SignedIn -First"]);
    assert_eq!(mismatches("function Ask { param([string] $What) }\nAsk -Whom 'x'"), ["Ask -Whom"]);
}

#[test]
fn every_set_of_parameters_is_used() {
    let scripts: String = powershell_scripts().into_iter().map(|(_, script)| script).collect();
    let idle: Vec<&str> =
        SETS.iter().map(|(name, _, _)| *name).filter(|name| !scripts.contains(&format!("{name} "))).collect();
    assert!(idle.is_empty(), "{idle:?}");
}
