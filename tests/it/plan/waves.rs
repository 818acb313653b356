//! Waves of a small estate whose one right answer was written first, with a cycle, a pin and an exclusion.

use std::fmt::Write as _;

use klar::catalogue::{Edition, read_edition};
use klar::model::{Estate, Pattern, Vm};
use klar::plan::{Exclusion, Pin, Plan, Remedy, SeatReason, Standing, Together, WaveProblem, Wishes};

/// Two conditions, so that readiness and remedies are what this test says.
const EDITION: &str = r#"
target = "site-recovery"
edition = "2026-01"
title = "Two conditions"
published = "2026-01-01"
retrieved = "2026-01-01"

[[source]]
key = "S"
document = "A document"
date = "2026-01-01"
url = "https://learn.microsoft.com/"

[[requirement]]
check = "secure-boot-on"
severity = "condition"
when_missing = "unverified"
source = "S"
section = "One"

[[requirement]]
check = "guest-nic-teaming"
severity = "condition"
when_missing = "unverified"
source = "S"
section = "Two"
"#;

fn edition() -> Edition {
    read_edition("two.toml", EDITION).unwrap()
}

const MACHINES: &str = "\
VM name,Generation,vCPUs,Memory (MB),Number of disks,Secure Boot,NIC teaming,Application
app-01,2,2,4096,1,Off,No,Shop
app-02,2,2,4096,1,Off,No,Shop
db-01,2,4,8192,2,Off,No,
dc-01,2,2,4096,1,Off,No,
fs-01,2,2,4096,3,Off,Yes,
mail-01,2,4,8192,2,On,Yes,
mail-02,2,4,8192,2,Off,No,
print-01,2,1,2048,1,Off,No,
rpt-01,2,2,4096,1,Off,No,
test-01,2,2,4096,1,Off,No,
web-01,2,2,4096,1,On,No,
web-02,2,2,4096,1,On,No,
";

const CONNECTIONS: &str = "\
Source server name,Destination server name,Destination port
app-01,db-01,1433
app-02.contoso.test,DB-01,1433
db-01,dc-01,389
rpt-01,fs-01,445
mail-01,mail-02,25
mail-02,mail-01,25
app-01,unknown-99,443
web-01,web-01,80
";

fn wishes() -> Wishes {
    Wishes {
        wave_size: Some(4),
        pins: vec![Pin { machine: Pattern::new("print-*"), wave: 5 }],
        excluded: vec![Exclusion { machine: Pattern::new("test-*"), why: "stays".into() }],
        ..Wishes::default()
    }
}

fn waved(machines: &str, wishes: &Wishes, look: impl FnOnce(&Estate, &Plan<'_>)) {
    let files = [("vms.csv", machines), ("dependencies.csv", CONNECTIONS)];
    super::planned_by(&files, &[&edition()], wishes, None, look);
}

/// The waves as numbers and names in order.
fn told(estate: &Estate, plan: &Plan<'_>) -> Vec<(u32, Vec<String>)> {
    let name = |machine: u32| estate.vms[machine as usize].shown_name().to_owned();
    plan.waves.iter().map(|wave| (wave.number, wave.machines.iter().map(|seat| name(seat.machine)).collect())).collect()
}

fn expected(waves: &[(u32, &[&str])]) -> Vec<(u32, Vec<String>)> {
    waves.iter().map(|(number, names)| (*number, names.iter().map(|name| (*name).to_owned()).collect())).collect()
}

/// What comes first moves first, ready machines before others, and one remedy frees one wave.
const ANSWER: &[(u32, &[&str])] = &[
    (1, &["dc-01", "db-01", "app-01", "app-02"]),
    (2, &["web-01", "web-02"]),
    (3, &["fs-01", "rpt-01"]),
    (4, &["mail-01", "mail-02"]),
    (5, &["print-01"]),
];

#[test]
fn twelve_machines_have_one_right_answer() {
    waved(MACHINES, &wishes(), |estate, plan| {
        assert_eq!(told(estate, plan), expected(ANSWER));
        assert!(plan.problems.is_empty(), "{:?}", plan.problems);
        let remedies: Vec<&[Remedy]> = plan.waves.iter().map(|wave| &wave.remedies[..]).collect();
        let [secure_boot, teaming] = [0, 1].map(Remedy::Requirement);
        assert_eq!(remedies, [&[][..], &[secure_boot], &[teaming], &[secure_boot, teaming], &[]]);
        let reason = |wave: usize, seat: usize| plan.waves[wave].machines[seat].reason.clone();
        let number =
            |name: &str| u32::try_from(estate.vms.iter().position(|vm| vm.shown_name() == name).unwrap()).unwrap();
        assert_eq!(reason(0, 0), SeatReason::Ready);
        assert_eq!(reason(0, 1), SeatReason::After(number("dc-01")));
        assert_eq!(reason(0, 2), SeatReason::Together("Shop".into()));
        assert_eq!(reason(1, 0), SeatReason::Remedy);
        assert_eq!(reason(2, 1), SeatReason::After(number("fs-01")));
        assert_eq!(reason(3, 0), SeatReason::Cycle);
        assert_eq!(reason(4, 0), SeatReason::Pinned);
        let test = estate.vms.iter().position(|vm| vm.shown_name() == "test-01").unwrap();
        assert_eq!(plan.machines[test].standing, Standing::Excluded(0));
    });
}

#[test]
fn the_same_input_gives_the_same_waves_whatever_the_order_of_its_rows() {
    let mut lines: Vec<&str> = MACHINES.lines().collect();
    lines[1..].reverse();
    waved(&lines.join("\n"), &wishes(), |estate, plan| assert_eq!(told(estate, plan), expected(ANSWER)));
}

#[test]
fn machines_that_move_together_are_never_parted() {
    let together = Together { name: "Front".into(), machines: vec![Pattern::new("web-*"), Pattern::new("dc-01")] };
    let wishes = Wishes { together: vec![together], ..wishes() };
    waved(MACHINES, &wishes, |estate, plan| {
        let told = told(estate, plan);
        let wave_of = |name: &str| told.iter().find(|(_, names)| names.iter().any(|known| known == name)).unwrap().0;
        assert_eq!((wave_of("web-01"), wave_of("web-02")), (wave_of("dc-01"), wave_of("dc-01")));
        assert!(wave_of("dc-01") <= wave_of("db-01") && wave_of("db-01") <= wave_of("app-01"));
        let machines: usize = told.iter().map(|(_, names)| names.len()).sum();
        assert_eq!(machines, 11, "none is lost, and the one left out is not there");
    });
}

#[test]
fn what_wishes_do_not_allow_together_is_said() {
    let pins = vec![
        Pin { machine: Pattern::new("app-01"), wave: 1 },
        Pin { machine: Pattern::new("app-02"), wave: 3 },
        Pin { machine: Pattern::new("db-01"), wave: 2 },
    ];
    let excluded = vec![Exclusion { machine: Pattern::new("dc-01"), why: "stays".into() }];
    let together = vec![Together { name: "Shop".into(), machines: vec![Pattern::new("app-*")] }];
    let wishes = Wishes { pins, excluded, together, wave_size: Some(1), ..Wishes::default() };
    waved(MACHINES, &wishes, |estate, plan| {
        let number = |name: &str| {
            let at = estate.vms.iter().position(|vm: &Vm| vm.shown_name() == name).unwrap();
            u32::try_from(at).unwrap()
        };
        let has = |problem: &WaveProblem| plan.problems.contains(problem);
        assert!(has(&WaveProblem::NeedsUnplanned { machine: number("db-01"), needs: number("dc-01") }));
        assert!(has(&WaveProblem::PinnedApart { machine: number("app-02"), wave: 1 }));
        let before = |problem: &WaveProblem| matches!(problem, WaveProblem::PinnedBefore { needs, .. } if *needs == number("db-01"));
        assert!(plan.problems.iter().any(before), "{:?}", plan.problems);
        assert!(
            plan.problems.iter().any(|problem| matches!(problem, WaveProblem::TooManyTogether { machines: 2, .. }))
        );
    });
}

/// The waves of a plan as a later one is given them.
fn kept(estate: &Estate, plan: &Plan<'_>) -> Wishes {
    let seats = plan.waves.iter().flat_map(|wave| wave.machines.iter().map(move |seat| (seat.machine, wave.number)));
    let name = |machine: u32| estate.vms[machine as usize].shown_name().to_lowercase();
    Wishes { kept_waves: seats.map(|(machine, wave)| (name(machine).into(), wave)).collect(), ..wishes() }
}

#[test]
fn waves_whose_constraints_hold_are_kept_and_others_made_anew() {
    let mut later = None;
    waved(MACHINES, &wishes(), |estate, plan| later = Some(kept(estate, plan)));
    let later = later.unwrap();
    let more = format!("{MACHINES}a-new-01,2,2,4096,1,Off,No,\n");
    waved(&more, &later, |estate, plan| {
        let told = told(estate, plan);
        assert_eq!(told[..5], expected(ANSWER)[..], "a new machine moves none of the others");
        assert_eq!(told[5], (6, vec!["a-new-01".to_owned()]));
        assert_eq!(plan.waves[0].machines[0].reason, SeatReason::Kept);
    });
    let fixed = MACHINES.replace("web-01,2,2,4096,1,On", "web-01,2,2,4096,1,Off");
    waved(&fixed, &later, |estate, plan| {
        let told = told(estate, plan);
        assert_eq!(told[0], expected(ANSWER)[0]);
        let holds = |names: &[&str]| told.iter().any(|(_, known)| known == names);
        assert!(holds(&["web-01"]) && holds(&["web-02"]), "they no longer wait for one remedy: {told:?}");
    });
}

#[test]
fn an_estate_of_many_is_parted_into_waves_of_the_published_number() {
    let mut machines =
        "VM name,Generation,vCPUs,Memory (MB),Number of disks,Secure Boot,NIC teaming,Owner\n".to_owned();
    for number in 0..95 {
        let (secure, owner) = (if number % 5 == 0 { "On" } else { "Off" }, if number % 2 == 0 { "Anna" } else { "Bo" });
        writeln!(machines, "vm-{number:03},2,2,4096,1,{secure},No,{owner}").unwrap();
    }
    super::planned_by(&[("vms.csv", &machines)], &[&edition()], &Wishes::default(), None, |estate, plan| {
        let told = told(estate, plan);
        assert_eq!(
            told.iter().map(|(_, names)| names.len()).collect::<Vec<_>>(),
            [10, 10, 10, 10, 10, 10, 10, 6, 10, 9]
        );
        let owner = |name: &String| name[3..].parse::<u32>().unwrap() % 2;
        let first: Vec<u32> = told[..7].iter().flat_map(|(_, names)| names).map(owner).collect();
        assert!(first.is_sorted(), "machines of one owner are side by side");
        let mut all: Vec<&String> = told.iter().flat_map(|(_, names)| names).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 95);
    });
}

#[test]
fn a_wave_tells_the_host_on_which_it_concentrates() {
    let machines = "VM name,VM host,vCPUs,Memory (MB),OS disk size (GB)\na,hv01,2,4096,300\nb,hv01,2,4096,300\nc,hv02,2,4096,400\nd,hv02,2,4096,50\n";
    let told = |wave_size: u32| {
        let mut found = Vec::new();
        let wishes = Wishes { wave_size: Some(wave_size), ..Wishes::default() };
        super::planned(&[("vms.csv", machines)], &wishes, |_, plan| {
            found = plan
                .busiest
                .iter()
                .map(|load| load.as_ref().map(|load| (load.host.to_string(), load.percent)))
                .collect();
        });
        found
    };
    // 600 of 1050 GiB; of the first three machines 600 of 1000.
    assert_eq!(told(10), [Some(("hv01".to_owned(), 57))]);
    assert_eq!(told(3), [Some(("hv01".to_owned(), 60)), None]);
}

#[test]
fn a_column_of_waves_pins_and_the_configuration_goes_before_it() {
    let machines = "VM name,vCPUs,Memory (MB),Wave\na,2,4096,2\nb,2,4096,Wave 3\nc,2,4096,later\nd,2,4096,3\n";
    let wishes = Wishes { pins: vec![Pin { machine: Pattern::new("d"), wave: 1 }], ..Wishes::default() };
    super::planned(&[("vms.csv", machines)], &wishes, |estate, plan| {
        assert_eq!(told(estate, plan), expected(&[(1, &["c", "d"]), (2, &["a"]), (3, &["b"])]));
    });
}

#[test]
fn what_is_unknown_is_to_be_exported_and_asks_for_no_remedy() {
    let edition = read_edition("two.toml", &EDITION.replacen("unverified", "unknown", 1)).unwrap();
    let machines = "VM name,Generation,vCPUs,Memory (MB),Secure Boot,NIC teaming\na,2,2,4096,,No\nb,2,2,4096,On,No\n";
    super::planned_by(&[("vms.csv", machines)], &[&edition], &Wishes::default(), None, |estate, plan| {
        assert_eq!(told(estate, plan), expected(&[(1, &["b"]), (2, &["a"])]));
        assert_eq!(plan.waves[0].remedies, [Remedy::Requirement(0)]);
        assert_eq!(plan.waves[1].remedies, [Remedy::Settle(klar::model::Field::SecureBoot)]);
    });
}

#[test]
fn an_application_larger_than_a_wave_is_kept_together_and_told() {
    let head = "VM name,Generation,vCPUs,Memory (MB),Number of disks,Secure Boot,NIC teaming,Application\n";
    let machine = |name: &str, application: &str| format!("{name},2,2,4096,1,Off,No,{application}\n");
    let large: String = (1..=5).map(|number| machine(&format!("erp-0{number}"), "ERP")).collect();
    let machines = format!("{head}{}{large}{}", machine("a-01", ""), machine("z-01", "Shop"));
    let wishes = Wishes { wave_size: Some(3), ..Wishes::default() };
    super::planned_by(&[("vms.csv", &machines)], &[&edition()], &wishes, None, |estate, plan| {
        let answer: &[(u32, &[&str])] =
            &[(1, &["erp-01", "erp-02", "erp-03", "erp-04", "erp-05"]), (2, &["z-01", "a-01"])];
        assert_eq!(told(estate, plan), expected(answer));
        let told = WaveProblem::TooManyTogether { wave: 1, machines: 5, name: Some("ERP".into()) };
        assert_eq!(plan.problems, [told]);
        let said = klar::plan::words::problem(&plan.problems[0], estate).to_string();
        assert!(said.starts_with("Wave 1 holds the 5 machines of ERP"), "{said}");
        let reasons = plan.waves[0].machines.iter().map(|seat| &seat.reason);
        assert!(reasons.into_iter().all(|reason| *reason == SeatReason::Together("ERP".into())));
    });
}
