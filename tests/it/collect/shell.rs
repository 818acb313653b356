//! The shell collectors: what they may run, and what they write where the commands are played by others.

use klar::cli::{CollectFrom, ScriptForm};
use klar::rules::RULES;

use super::{bash, broken, of_kind, script, text};

/// The last words of Azure CLI commands that only read.
const AZURE_READS: &[&str] = &["list", "list-skus", "list-usage", "show"];

/// Commands that change nothing but the folder asked for.
const PLAIN: &[&str] = &[
    "awk",
    "cell",
    "column",
    "continue",
    "df",
    "disks_below",
    "echo",
    "exit",
    "findmnt",
    "grep",
    "head",
    "host_told",
    "hostname",
    "ip",
    "listed",
    "ls",
    "lsblk",
    "mkdir",
    "mounted",
    "printf",
    "read",
    "return",
    "set",
    "setting",
    "shift",
    "sort",
    "tr",
    "trouble",
    "true",
    "uname",
    "wc",
];

/// What a script runs that is not allowed, and the Azure CLI commands that it runs, without their options.
fn commands(script: &str) -> (Vec<String>, Vec<String>) {
    let tree = bash(script);
    let mut offences = broken(&tree);
    let mut azure = Vec::new();
    for command in of_kind(tree.root_node(), "command") {
        let whole = text(command, script);
        let mut words: Vec<&str> = whole.split_whitespace().collect();
        while ["limited", "ask", "timeout", "600", "30"].contains(&words[0]) && words.len() > 1 {
            words.remove(0);
        }
        let arguments = match words[0] {
            name if PLAIN.contains(&name) => continue,
            // Inside the functions that a command is handed to.
            "\"$@\"" => continue,
            "az" if words.get(1) == Some(&"\"$@\"") => continue,
            "command" if words.get(1) == Some(&"-v") => continue,
            "sed" if !words.contains(&"-i") => continue,
            "rm" | "mv" if words.iter().any(|word| word.contains(".part\"") || *word == "\"$errors\"") => continue,
            "az" => &words[1..],
            "export_json" => &words[3..],
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
        azure.push(format!("az {}", name.join(" ")));
    }
    (azure, offences)
}

#[test]
fn the_shell_collectors_only_read() {
    for from in [CollectFrom::Azure, CollectFrom::Guest] {
        let (_, offences) = commands(&script(from, ScriptForm::Shell));
        assert!(offences.is_empty(), "{from:?}: {}", offences.join("\n"));
    }
    for wrong in [
        "az vm delete --name web-01",
        "rm x",
        "mv a b",
        "sed -i s/a/b/ x",
        "limited reboot",
        "if true; then",
        "export_json vms '' vm start --ids 1",
        "az \"$x\" list",
    ] {
        assert!(!commands(wrong).1.is_empty(), "nothing wrong is seen in: {wrong}");
    }
}

#[test]
fn the_shell_collector_runs_every_command_that_a_check_needs() {
    let (commands, _) = commands(&script(CollectFrom::Azure, ScriptForm::Shell));
    let needed = RULES.iter().flat_map(|rule| rule.needs).map(|field| field.export());
    let missing: Vec<&str> = needed
        .filter(|export| export.starts_with("az "))
        .filter(|export| !commands.iter().any(|command| command == export))
        .collect();
    assert!(missing.is_empty(), "{missing:?} in {commands:?}");
    assert!(commands.contains(&"az backup vault list".to_owned()), "vaults come from a command of their own");
}

/// Where there is no POSIX shell the scripts are looked at, and not run: this says so.
#[cfg(not(unix))]
#[test]
fn the_shell_collectors_are_run_on_unix_only() {
    eprintln!("not run here, for want of a POSIX shell: what azure.sh and guest.sh write");
}

#[cfg(unix)]
mod run {
    //! The scripts run by `sh`, with commands of the test's own in front of the machine's.

    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    use klar::ingest::source::Source;
    use klar::ingest::{self, Dialects};
    use klar::model::Estate;

    use super::{CollectFrom, ScriptForm, script};
    use crate::binary::{Folder, Run};

    /// A folder with a script and commands that play the machine's.
    fn folder(name: &str, from: CollectFrom, commands: &[(&str, &str)]) -> Folder {
        let folder = Folder::new(name);
        folder.put("collect.sh", script(from, ScriptForm::Shell));
        for (command, body) in commands {
            let path = format!("bin/{command}");
            folder.put(&path, format!("#!/bin/sh\n{body}\n"));
            let mode = PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(folder.path(&path), mode).expect("it may be run");
        }
        folder
    }

    fn run(folder: &Folder, arguments: &[&str]) -> Run {
        let others = std::env::var("PATH").expect("there is a PATH");
        let mut command = Command::new("sh");
        command.arg("collect.sh").args(arguments).current_dir(folder.path(""));
        command.env("PATH", format!("{}:{others}", folder.path("bin").display()));
        command.env("GUEST_ROOT", folder.path("root"));
        Run::of(&mut command)
    }

    fn read(folder: &Folder, name: &str) -> Estate {
        let names = folder.names(name);
        let source = |file: &String| {
            let bytes = folder.text(&format!("{name}/{file}")).into_bytes();
            Source { path: file.clone(), sha256: String::new(), bytes }
        };
        ingest::read(&names.iter().map(source).collect::<Vec<_>>(), &Dialects::embedded())
    }

    /// Plays `az`: each command's answer for a subscription; vaults of the second one are refused.
    const AZ: &str = r#"
of=''
previous=''
for word in "$@"; do
    if [ "$previous" = --subscription ]; then of="$word"; fi
    previous="$word"
done
id="/subscriptions/$of/resourceGroups/tall/providers"
case "$*" in
"account list"*) printf '1111\n2222\n' ;;
"account show --query"*) echo anna@tall.example ;;
"account show"*) echo "{\"id\": \"$of\", \"name\": \"Tall $of\", \"user\": {\"name\": \"anna@tall.example\"}}" ;;
"backup vault list"*2222*) echo 'ERROR: "AuthorizationFailed", ask an owner' >&2; exit 1 ;;
"backup vault list"*) echo "[{\"id\": \"$id/Microsoft.RecoveryServices/vaults/valv$of\", \"name\": \"valv$of\", \"type\": \"Microsoft.RecoveryServices/vaults\", \"location\": \"northeurope\"}]" ;;
"storage account list"*tsv*) printf 'lager%s\ttall\t%s\n' "$of" "$id/Microsoft.Storage/storageAccounts/lager$of" ;;
"storage account list"*) echo "[{\"id\": \"$id/Microsoft.Storage/storageAccounts/lager$of\", \"name\": \"lager$of\", \"type\": \"Microsoft.Storage/storageAccounts\", \"location\": \"northeurope\", \"kind\": \"StorageV2\", \"sku\": {\"name\": \"Standard_LRS\"}, \"primaryLocation\": \"northeurope\"}]" ;;
"storage account blob-service-properties show"*) echo "{\"id\": \"$id/Microsoft.Storage/storageAccounts/lager$of\", \"name\": \"lager$of\", \"type\": \"Microsoft.Storage/storageAccounts\", \"deleteRetentionPolicy\": {\"enabled\": true, \"days\": 7}}" ;;
"network vnet list"*) echo "[{\"id\": \"$id/Microsoft.Network/virtualNetworks/net$of\", \"name\": \"net$of\", \"type\": \"Microsoft.Network/virtualNetworks\", \"location\": \"northeurope\", \"addressSpace\": {\"addressPrefixes\": [\"10.0.0.0/16\"]}}]" ;;
*) echo '[]' ;;
esac
"#;

    #[test]
    fn every_subscription_is_asked_and_a_refusal_costs_one_table() {
        let folder = folder("collect-azure", CollectFrom::Azure, &[("az", AZ)]);
        let run = run(&folder, &["northeurope", "out"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let names = folder.names("out");
        assert!(
            names.iter().any(|name| name == "vaults-1111.json") && !names.iter().any(|name| name == "vaults-2222.json")
        );
        assert!(!names.iter().any(|name| name.contains(".part")), "{names:?}");
        let errors = folder.rows("out/errors.csv");
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert_eq!(errors[1][0], "2222");
        assert_eq!(errors[1][2..], ["az backup vault", "ERROR: \"AuthorizationFailed\", ask an owner"]);
        let azure = read(&folder, "out").azure;
        assert_eq!((azure.vaults.len(), azure.storage_accounts.len(), azure.networks.len()), (1, 2, 2));
        assert!(azure.storage_accounts.iter().all(|account| account.soft_delete.value() == Some(&true)));
    }

    #[test]
    fn only_the_subscriptions_that_are_named_are_asked() {
        let folder = folder("collect-azure-some", CollectFrom::Azure, &[("az", AZ)]);
        let run = run(&folder, &["northeurope", "out", "1111"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let names = folder.names("out");
        assert!(names.iter().all(|name| name.contains("1111")), "{names:?}");
    }

    #[test]
    fn an_azure_cli_that_is_not_signed_in_says_so() {
        let az = "echo 'Please run az login' >&2\nexit 1";
        let run = run(&folder("collect-azure-out", CollectFrom::Azure, &[("az", az)]), &["northeurope", "out"]);
        assert_eq!(run.code, 1);
        assert!(run.err.contains("sign in with az login"), "{}", run.err);
    }

    const HOSTNAME: (&str, &str) = ("hostname", "echo db-01");
    const UNAME: (&str, &str) = ("uname", "echo x86_64");
    const NO_TEAM: (&str, &str) = ("ip", "exit 0");
    const DF: (&str, &str) = (
        "df",
        "printf 'Filesystem 1024-blocks Used Available Capacity Mounted on\\n/dev/sda2 1000 400 600 40%% /\\n/dev/sdb1 2000 0 2000 0%% /srv/big data\\n'",
    );

    /// What a Linux guest that stands on LVM has below its root folder.
    fn guest(folder: &Folder) {
        let mut pool = Vec::new();
        for (name, value) in [
            ("HostName", "hv01.tall.example"),
            ("VirtualMachineId", "6B1C1F0E-9F5B-4A6D-8F0E-0C7C7A4F1D01"),
            ("VirtualMachineName", "Databas 1"),
        ] {
            pool.extend(name.bytes().chain(std::iter::repeat(0)).take(512));
            pool.extend(value.bytes().chain(std::iter::repeat(0)).take(2048));
        }
        folder.put("root/var/lib/hyperv/.kvp_pool_3", pool);
        folder.put("root/etc/os-release", "NAME=\"Ubuntu\"\nVERSION_ID=\"22.04\"\nID=ubuntu\n");
        folder.put("root/proc/mounts", "/dev/mapper/vg-root / ext4 rw 0 0\nfiles:/srv /mnt nfs4 rw 0 0\n");
        folder.put("root/proc/meminfo", "MemTotal: 4096000 kB\nMemAvailable: 2048000 kB\n");
        folder.put("root/sys/class/iscsi_session/session1", "");
    }

    #[test]
    fn a_linux_guest_tells_what_it_stands_on() {
        let lsblk = r#"
case "$*" in
*"-s "*) printf 'vg-root lvm\nsda2 part\nsda disk\n' ;;
*"/dev/sda") printf 'sda disk\nsda1 part\nsda2 part\n' ;;
*) printf 'sda disk\nsda1 part vfat\nsda2 part LVM2_member\nvg-root lvm ext4\n' ;;
esac"#;
        let commands = [HOSTNAME, UNAME, NO_TEAM, DF, ("lsblk", lsblk), ("findmnt", "echo /dev/mapper/vg-root[/@]")];
        let folder = folder("collect-guest", CollectFrom::Guest, &commands);
        guest(&folder);
        let run = run(&folder, &["out"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(folder.names("out"), ["guest-volumes-db-01.csv", "guests-db-01.csv"], "{}", run.err);
        assert_eq!(
            folder.rows("out/guest-volumes-db-01.csv")[2],
            ["Databas 1", "6B1C1F0E-9F5B-4A6D-8F0E-0C7C7A4F1D01", "/srv/big data", "2048000", "2048000"]
        );
        let estate = read(&folder, "out");
        assert_eq!(estate.vms.len(), 1, "{:?}", estate.notes);
        let vm = &estate.vms[0];
        assert_eq!(vm.shown_name(), "Databas 1");
        assert_eq!(vm.id.value().map(|id| id.to_lowercase()).as_deref(), Some("6b1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d01"));
        let told =
            [&vm.lvm_on_os_disk, &vm.boot_on_os_disk, &vm.guest_iscsi, &vm.guest_nfs].map(|fact| fact.value().copied());
        assert_eq!(told, [Some(true); 4]);
        let told = [&vm.guest_smb, &vm.reiserfs, &vm.nic_teaming].map(|fact| fact.value().copied());
        assert_eq!(told, [Some(false); 3]);
        assert_eq!(vm.os_disk_partitions.value(), Some(&2));
    }

    /// What a guest says of /boot and / whose disks `lsblk` tells so.
    fn boot_beside_root(name: &str, system: &str, boot: &str) -> Option<bool> {
        let lsblk = format!(
            "case \"$*\" in\n*'-s '*/root) printf '{system}' ;;\n*'-s '*/boot) printf '{boot}' ;;\n*) echo 'sda disk' ;;\nesac"
        );
        let findmnt = "case \"$*\" in *--target\\ /boot) echo /dev/boot ;; *) echo /dev/root ;; esac";
        let commands = [HOSTNAME, UNAME, NO_TEAM, DF, ("lsblk", &lsblk), ("findmnt", findmnt)];
        let folder = folder(name, CollectFrom::Guest, &commands);
        assert_eq!(run(&folder, &["out"]).code, 0);
        read(&folder, "out").vms[0].boot_on_os_disk.value().copied()
    }

    #[test]
    fn a_linux_guest_tells_whether_boot_stands_beside_root() {
        let one = |disk: &str| format!("{disk}1 part\\n{disk} disk\\n");
        assert_eq!(boot_beside_root("collect-boot-same", &one("sda"), &one("sda")), Some(true));
        assert_eq!(boot_beside_root("collect-boot-other", &one("sdb"), &one("sda")), Some(false));
        let spanned = format!("vg-root lvm\\n{}{}", one("sda"), one("sdb"));
        assert_eq!(boot_beside_root("collect-boot-spanned", &spanned, &one("sda")), Some(false));
        let paths = "mpatha1 part\\nmpatha mpath\\nsda disk\\nsdb disk\\n";
        assert_eq!(boot_beside_root("collect-boot-paths", paths, paths), None);
    }

    #[test]
    fn what_a_linux_guest_cannot_tell_stays_empty() {
        let refuses = "echo 'Permission denied' >&2\nexit 1";
        let commands = [HOSTNAME, UNAME, NO_TEAM, ("df", refuses), ("lsblk", refuses), ("findmnt", "echo /dev/sda2")];
        let folder = folder("collect-guest-refused", CollectFrom::Guest, &commands);
        let run = run(&folder, &["out"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(folder.names("out"), ["errors-db-01.csv", "guests-db-01.csv"], "{}", run.err);
        let errors = folder.rows("out/errors-db-01.csv");
        assert_eq!(errors.iter().filter(|row| row[0] == "Collector asked").count(), 1, "{errors:?}");
        assert!(
            errors.iter().any(|row| row[2].starts_with("lsblk")) && errors.iter().any(|row| row[2].starts_with("df"))
        );
        let vm = &read(&folder, "out").vms[0];
        assert_eq!(vm.shown_name(), "db-01");
        for unknown in [&vm.lvm_on_os_disk, &vm.boot_on_os_disk, &vm.guest_smb, &vm.guest_nfs, &vm.reiserfs] {
            assert!(!unknown.is_known());
        }
        assert!(!vm.os_disk_partitions.is_known() && !vm.guest_os.is_known());
    }
}
