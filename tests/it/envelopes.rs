//! JSON in which the list of machines stands inside something else: an answer, an inventory of a host, an object by names.

use klar::model::{Bytes, Estate, GIB, Mebibytes, Vm};

use crate::estates::{self, machines as names};

fn read(text: &str) -> Estate {
    estates::read(&[("export.json", text)])
}

fn host(vm: &Vm) -> Option<&str> {
    vm.host.value().map(|host| &**host)
}

const TWO: &str = r#"[{"name": "ask-1", "state": "Running", "generation": 2, "cpu": {"count": 4}, "memory": {"startupMB": 4096}},
    {"name": "ask-2", "state": "Off", "generation": 1, "cpu": {"count": 2}, "memory": {"startupMB": 2048}}]"#;

#[test]
fn a_list_of_machines_is_found_at_any_depth() {
    for text in [
        format!(r#"{{"vms": {TWO}}}"#),
        format!(r#"{{"changed": true, "rc": 0, "output": {TWO}}}"#),
        format!(r#"{{"facts": {{"virtual_machines": {TWO}}}, "changed": false}}"#),
        format!(r#"{{"content": {{"inventory": {{"guests": {TWO}}}}}, "version": "1.2"}}"#),
        format!(r#"{{"name": "weekly export", "by": "SPANN-9", "virtualMachines": {TWO}}}"#),
        format!(r#"{{"count": 2, "next": null, "results": {TWO}}}"#),
    ] {
        let estate = read(&text);
        assert_eq!(names(&estate), ["ask-1", "ask-2"], "{text}");
        assert_eq!(estate.vms[0].vcpus.value(), Some(&4), "{text}");
        assert_eq!(estate.vms[1].memory.value(), Some(&Mebibytes(2048)), "{text}");
    }
}

#[test]
fn what_tells_of_the_host_of_an_inventory_is_no_machine_and_names_the_host_of_each() {
    for (key, name) in [("host", "hostname"), ("Host", "ComputerName"), ("hypervisor", "Name"), ("node", "fqdn")] {
        let text = format!(
            r#"{{"{key}": {{"{name}": "SPANN-1", "os": "Windows Server 2022 Datacenter", "memoryMB": 262144}},
                "collected": "2026-11-02", "switches": [{{"name": "LAN", "type": "External"}}], "vms": {TWO}}}"#
        );
        let estate = read(&text);
        assert_eq!(names(&estate), ["ask-1", "ask-2"], "{key}");
        assert!(estate.vms.iter().all(|vm| host(vm) == Some("SPANN-1")), "{key}");
        assert_eq!(estate.hosts.len(), 1, "{key}");
        assert!(
            estate.vms.iter().all(|vm| vm.guest_os.value().is_none()),
            "the host's system is not the guests': {key}"
        );
    }
}

#[test]
fn an_object_by_names_is_a_list_unless_its_members_differ() {
    let text = r#"{"bok-1": {"State": "Running", "Generation": 2, "ProcessorCount": 4, "MemoryStartup": 4294967296},
        "bok-2": {"State": "Off", "Generation": 1, "ProcessorCount": 2, "MemoryStartup": 2147483648}}"#;
    let estate = read(text);
    assert_eq!(names(&estate), ["bok-1", "bok-2"]);
    assert_eq!(estate.vms[1].vcpus.value(), Some(&2));
    let one = r#"{"name": "ek-1", "generation": 2, "osDisk": {"sizeGB": 60, "path": "D:\\ek-1.vhdx"},
        "hardware": {"cpu": 4, "memoryGB": 8, "model": "Virtual Machine"}}"#;
    assert_eq!(names(&read(one)), ["ek-1"]);
}

#[test]
fn disks_and_checkpoints_inside_a_machine_are_its_own_without_any_key() {
    let text = r#"{"vms": [{"ID": "6f1c2f0e-5d55-4a56-9a4b-0b6f6a0f2a11", "VMId": "a3a0f7ce-0a52-4a1c-8d57-6d6b3c9a1d22", "Name": "gran-1",
        "Generation": 2, "VirtualHardDisks": [
            {"Name": "gran-1_a", "VHDType": 1, "MaximumSize": 64424509440, "Size": 1073741824, "Location": "D:\\gran-1_a.vhdx"},
            {"Name": "gran-1_b", "VHDType": 1, "MaximumSize": 107374182400, "Size": 1073741824, "Location": "D:\\gran-1_b.vhdx"}],
        "checkpoints": [{"name": "before the update", "created": "2026-10-01"}]}]}"#;
    let estate = read(text);
    assert_eq!(names(&estate), ["gran-1"]);
    let sizes: Vec<u64> =
        estate.vms[0].disks.iter().filter_map(|disk| disk.size.value()).map(|Bytes(bytes)| bytes / GIB).collect();
    assert_eq!(sizes, [60, 100]);
    assert!(estate.vms[0].checkpoints.value().is_some_and(|count| *count > 0), "{:?}", estate.vms[0].checkpoints);
}

#[test]
fn templates_beside_the_machines_are_none() {
    let text =
        format!(r#"{{"images": [{{"name": "mall-2022", "generation": 2, "cpu": {{"count": 2}}}}], "vms": {TWO}}}"#);
    let estate = read(&text);
    assert_eq!(names(&estate), ["ask-1", "ask-2"]);
    assert!(estate.left_out.iter().any(|row| &*row.name == "mall-2022"), "{:?}", estate.left_out);
}

#[test]
fn an_enumeration_with_its_word_and_a_reference_with_its_name_are_texts() {
    let text = r#"[{"Name": "lind-1", "State": {"value": 2, "Value": "Running"}, "Generation": 2, "ProcessorCount": 2, "MemoryStartup": 4294967296},
        {"Name": "lind-2", "State": {"value": 3, "Value": "Off"}, "Generation": 1, "ProcessorCount": 2, "MemoryStartup": 4294967296}]"#;
    let estate = read(text);
    let states: Vec<_> = estate.vms.iter().filter_map(|vm| vm.power_state.value()).map(|state| &**state).collect();
    assert_eq!(states, ["Running", "Off"]);
    let inventory = r#"{"count": 1, "next": null, "results": [{"id": 7, "url": "u", "display": "al-1", "name": "al-1",
        "status": {"value": "active", "label": "Active"}, "cluster": {"id": 1, "url": "u", "display": "KL-1", "name": "KL-1"},
        "platform": {"id": 3, "url": "u", "display": "w", "name": "Windows Server 2019", "slug": "w"},
        "primary_ip": {"id": 9, "url": "u", "address": "10.8.0.1/24"}, "vcpus": 2.0, "memory": 8192, "disk": 120000}]}"#;
    let estate = read(inventory);
    assert_eq!(names(&estate), ["al-1"]);
    assert_eq!(estate.vms[0].cluster.value().map(|cluster| &**cluster), Some("KL-1"));
    assert_eq!(estate.vms[0].guest_os.value().map(|os| &**os), Some("Windows Server 2019"));
}

#[test]
fn the_facts_of_an_answer_stand_in_its_items_and_a_shown_value_is_the_value() {
    let ansible = r#"{"hosts": [{"ansible_facts": {"ansible_hostname": "bok-1", "ansible_distribution": "Ubuntu",
        "ansible_distribution_version": "22.04", "ansible_processor_vcpus": 2, "ansible_memtotal_mb": 4096}, "changed": false}]}"#;
    let estate = read(ansible);
    assert_eq!(names(&estate), ["bok-1"]);
    assert_eq!(estate.vms[0].guest_os_version.value().map(|version| &**version), Some("22.04"));
    let service = r#"{"result": [{"name": {"display_value": "ek-1", "value": "ek-1"}, "os": {"display_value": "Windows Server 2019", "value": "w"},
        "cpu_count": {"display_value": "4", "value": "4"}, "virtual": {"display_value": "true", "value": "true"}}]}"#;
    let estate = read(service);
    assert_eq!(names(&estate), ["ek-1"]);
    assert_eq!(estate.vms[0].guest_os.value().map(|os| &**os), Some("Windows Server 2019"));
}

#[test]
fn what_passes_other_devices_through_is_no_disk() {
    for heading in ["BatteryPassthroughEnabled", "UsbPassthrough", "GpuPassThrough"] {
        let text = format!(
            r#"[{{"Name": "ask-1", "Generation": 2, "ProcessorCount": 2, "MemoryStartup": 4294967296, "{heading}": true}}]"#
        );
        assert_eq!(read(&text).vms[0].pass_through.value(), None, "{heading}");
    }
}

#[test]
fn hosts_with_their_machines_inside_are_hosts_and_machines() {
    for name in ["host", "name", "ComputerName"] {
        let one = |host: &str, vms: &str| {
            format!(
                r#"{{"{name}": "{host}", "memoryGB": 256, "cpu": 64, "os": "Windows Server 2022 Datacenter", "vms": [{vms}]}}"#
            )
        };
        let vm = |name: &str| {
            format!(r#"{{"name": "{name}", "generation": 2, "cpu": {{"count": 2}}, "memory": {{"startupMB": 8192}}}}"#)
        };
        let hosts = format!(
            "[{}, {}]",
            one("SPANN-1", &format!("{}, {}", vm("bro-1"), vm("bro-2"))),
            one("SPANN-2", &vm("bro-3"))
        );
        for text in [hosts.clone(), format!(r#"{{"hosts": {hosts}, "version": 3}}"#)] {
            let estate = read(&text);
            assert_eq!(names(&estate), ["bro-1", "bro-2", "bro-3"], "{text}");
            let of: Vec<_> = estate.vms.iter().filter_map(host).collect();
            assert_eq!(of, ["SPANN-1", "SPANN-1", "SPANN-2"], "{text}");
            assert!(estate.vms.iter().all(|vm| vm.memory.value() == Some(&Mebibytes(8192))), "{text}");
            assert_eq!(estate.hosts.len(), 2, "{text}");
        }
    }
}
