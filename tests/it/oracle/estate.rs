//! A seeded estate: every limit met, at the limit, one past it, and missing, beside ordinary machines.

use std::fmt::Write as _;

pub(super) const GIB: u64 = 1024; // in MiB, the unit of every size here

/// What the guest's name says, as a reader of the documents would put it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guest {
    pub name: &'static str,
    pub kind: Kind,
    /// It was never made for anything but 64 bits.
    pub only_64_bit: bool,
}

/// What the documents tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Windows Server 2012 or later.
    Server,
    /// Windows Server 2008 R2.
    Server2008R2,
    /// Windows Server 2008.
    Server2008,
    /// Windows Server 2003.
    Server2003,
    /// Windows 10 or 11.
    Client,
    /// A Linux distribution.
    Linux,
}

pub(super) const GUESTS: &[Guest] = &[
    Guest { name: "Windows Server 2025 Standard", kind: Kind::Server, only_64_bit: true },
    Guest { name: "Windows Server 2022 Datacenter", kind: Kind::Server, only_64_bit: true },
    Guest { name: "Windows Server 2019 Standard", kind: Kind::Server, only_64_bit: true },
    Guest { name: "Windows Server 2016 Standard", kind: Kind::Server, only_64_bit: true },
    Guest { name: "Windows Server 2012 R2 Standard", kind: Kind::Server, only_64_bit: true },
    Guest { name: "Windows Server 2008 R2 Enterprise Service Pack 1", kind: Kind::Server2008R2, only_64_bit: true },
    Guest { name: "Windows Server 2008 Standard", kind: Kind::Server2008, only_64_bit: false },
    Guest { name: "Windows Server 2003 Standard", kind: Kind::Server2003, only_64_bit: false },
    Guest { name: "Windows 11 Enterprise 24H2", kind: Kind::Client, only_64_bit: true },
    Guest { name: "Windows 10 Pro 22H2", kind: Kind::Client, only_64_bit: false },
    Guest { name: "Ubuntu 22.04.3 LTS", kind: Kind::Linux, only_64_bit: true },
    Guest { name: "Red Hat Enterprise Linux 9.4", kind: Kind::Linux, only_64_bit: true },
    Guest { name: "SUSE Linux Enterprise Server 15 SP6", kind: Kind::Linux, only_64_bit: true },
    Guest { name: "Debian GNU/Linux 12", kind: Kind::Linux, only_64_bit: false },
];

/// The yes or no facts of a machine, by the heading of their column.
pub(super) const FLAGS: &[&str] = &[
    "Secure Boot",
    "Virtual TPM",
    "Shielded",
    "BitLocker",
    "Storage Spaces",
    "Guest iSCSI",
    "Guest SMB",
    "Guest NFS",
    "ReiserFS",
    "Dynamic OS disk",
    "Dynamic data disk",
    "LVM on OS disk",
    "Boot on OS disk",
    "NIC teaming",
    "Virtual Fibre Channel",
    "Pass-through disk",
    "Shared disk",
    "Hyper-V Replica",
];

/// A machine as its exports tell it; `None` is an empty cell.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub name: String,
    pub guest: Option<Guest>,
    /// "x64", "x86" or "arm64".
    pub bits: Option<&'static str>,
    pub generation: Option<u64>,
    pub vcpus: Option<u64>,
    pub memory_mib: Option<u64>,
    /// Sizes in MiB, the operating system disk first; `None` when no export lists the machine's disks.
    pub disks_mib: Option<Vec<u64>>,
    pub nics: Option<u64>,
    pub flags: Vec<Option<bool>>,
    pub checkpoints: Option<u64>,
    pub churn_mb: Option<u64>,
    /// Bytes, the same for every disk.
    pub sector: Option<u64>,
}

impl Machine {
    pub(super) fn flag(&self, heading: &str) -> Option<bool> {
        let place = FLAGS.iter().position(|flag| *flag == heading).unwrap_or_else(|| panic!("no flag {heading}"));
        self.flags[place]
    }
}

/// A generator of numbers that are the same in every run (xorshift).
pub(super) struct Seeded(u64);

impl Seeded {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }

    pub(super) fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).expect("a place in a slice")]
    }
}

/// A change to an ordinary machine that brings it to, past or out of sight of a limit.
type Change = Box<dyn Fn(&mut Machine)>;

/// Every edge that the documents name, and what is missing of each fact.
fn changes() -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for generation in [1, 2] {
        for size in [2048 * GIB, 2048 * GIB + 1, 4095 * GIB, 4095 * GIB + 1, 4096 * GIB, 4096 * GIB + 1] {
            all.push(Box::new(move |machine| {
                machine.generation = Some(generation);
                if let Some(disks) = &mut machine.disks_mib {
                    disks[0] = size;
                }
            }));
        }
    }
    for count in [1, 15, 16, 17, 18, 63, 64, 65, 66] {
        all.push(Box::new(move |machine| {
            let mut disks = vec![32 * GIB; count];
            disks[0] = 80 * GIB;
            machine.disks_mib = Some(disks);
        }));
    }
    let edges =
        [GIB - 1, GIB, 4095 * GIB, 4095 * GIB + 1, 32_767 * GIB, 32_767 * GIB + 1, 65_536 * GIB, 65_536 * GIB + 1];
    for size in edges {
        all.push(Box::new(move |machine| machine.disks_mib = Some(vec![80 * GIB, size])));
    }
    for vcpus in [1, 127, 128, 129, 832, 833] {
        all.push(Box::new(move |machine| machine.vcpus = Some(vcpus)));
    }
    for memory in [3892 * GIB, 3892 * GIB + 1, 15_200 * GIB, 15_200 * GIB + 1] {
        all.push(Box::new(move |machine| machine.memory_mib = Some(memory)));
    }
    for nics in [1, 8, 9, 32, 33] {
        all.push(Box::new(move |machine| machine.nics = Some(nics)));
    }
    for place in 0..FLAGS.len() {
        for value in [Some(true), Some(false), None] {
            all.push(Box::new(move |machine| machine.flags[place] = value));
        }
    }
    for guest in GUESTS {
        for generation in [1, 2] {
            all.push(Box::new(move |machine| {
                machine.guest = Some(*guest);
                machine.generation = Some(generation);
            }));
        }
        for bits in [Some("x86"), Some("arm64")] {
            all.push(Box::new(move |machine| {
                machine.guest = Some(*guest);
                machine.bits = bits;
                machine.generation = Some(1);
            }));
        }
    }
    for checkpoints in [0, 1, 3] {
        all.push(Box::new(move |machine| machine.checkpoints = Some(checkpoints)));
    }
    for churn in [53, 54, 55] {
        all.push(Box::new(move |machine| machine.churn_mb = Some(churn)));
    }
    for sector in [512, 4096] {
        all.push(Box::new(move |machine| machine.sector = Some(sector)));
    }
    let long = |length: usize| move |machine: &mut Machine| machine.name = fill(&machine.name, length);
    for length in [15, 16, 63, 64] {
        all.push(Box::new(long(length)));
    }
    for (before, after) in [("-", ""), ("", "-"), ("", "_x"), ("", ".x"), ("", " x"), ("x-", "")] {
        all.push(Box::new(move |machine| machine.name = format!("{before}{}{after}", machine.name)));
    }
    all.extend(missing());
    all
}

/// What is missing of each fact, where something else settles the matter and where nothing does.
fn missing() -> Vec<Change> {
    let missing: [fn(&mut Machine); 9] = [
        |machine| machine.guest = None,
        |machine| machine.bits = None,
        |machine| machine.generation = None,
        |machine| machine.vcpus = None,
        |machine| machine.memory_mib = None,
        |machine| machine.disks_mib = None,
        |machine| machine.nics = None,
        |machine| machine.checkpoints = None,
        |machine| machine.churn_mb = None,
    ];
    let mut all: Vec<Change> = missing.map(|change| Box::new(change) as Change).into();
    all.push(Box::new(|machine| machine.sector = None));
    // What is missing and nothing else settles: a size between the limits of the two generations, a guest that was made
    // for several processors, several disks of a Linux guest.
    for size in [2048 * GIB, 2048 * GIB + 1, 4095 * GIB, 4096 * GIB, 4096 * GIB + 1] {
        all.push(Box::new(move |machine| {
            machine.generation = None;
            machine.disks_mib = Some(vec![size]);
        }));
    }
    for guest in GUESTS {
        all.push(Box::new(move |machine| {
            machine.guest = Some(*guest);
            machine.bits = None;
            machine.generation = Some(1);
        }));
    }
    for value in [Some(true), Some(false), None] {
        all.push(Box::new(move |machine| {
            machine.guest = GUESTS.iter().find(|guest| guest.kind == Kind::Linux).copied();
            machine.generation = Some(2);
            machine.disks_mib = Some(vec![80 * GIB, 64 * GIB]);
            machine.flags = FLAGS.iter().map(|_| value).collect();
        }));
    }
    all
}

/// A name made longer, up to a length.
fn fill(name: &str, length: usize) -> String {
    let mut name = name.to_owned();
    while name.len() < length {
        name.push('n');
    }
    name
}

/// An estate of so many machines: each edge in turn, every third machine with a second one by chance.
pub(super) fn estate(count: usize, seed: u64) -> Vec<Machine> {
    let changes = changes();
    let mut chance = Seeded::new(seed);
    (0..count)
        .map(|index| {
            let mut machine = ordinary(index, &mut chance);
            changes[index % changes.len()](&mut machine);
            if chance.below(3) == 0 {
                let second = usize::try_from(chance.below(changes.len() as u64)).expect("a place in a list");
                changes[second](&mut machine);
            }
            machine
        })
        .collect()
}

/// A machine that no document objects to.
pub(super) fn ordinary(index: usize, chance: &mut Seeded) -> Machine {
    let guest = chance.of(GUESTS);
    let data = chance.below(3);
    let mut disks = vec![chance.of(&[60 * GIB, 80 * GIB, 127 * GIB])];
    disks.extend((0..data).map(|_| chance.of(&[64 * GIB, 256 * GIB, 1024 * GIB])));
    // No system before Windows Server 2012 starts from UEFI.
    let old = matches!(guest.kind, Kind::Server2008R2 | Kind::Server2008 | Kind::Server2003);
    Machine {
        name: format!("m{index:04}"),
        guest: Some(guest),
        bits: Some("x64"),
        generation: Some(if old { 1 } else { 1 + chance.below(2) }),
        vcpus: Some(chance.of(&[2, 4, 8, 16])),
        memory_mib: Some(chance.of(&[4, 8, 16, 64]) * GIB),
        disks_mib: Some(disks),
        nics: Some(1 + chance.below(2)),
        flags: FLAGS.iter().map(|flag| Some(*flag == "Boot on OS disk")).collect(),
        checkpoints: Some(0),
        churn_mb: Some(chance.below(20)),
        sector: Some(512),
    }
}

fn cell<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// The machines as a list of machines.
pub(super) fn machines_csv(machines: &[Machine]) -> String {
    let mut text =
        "VM name,Guest OS,OS architecture,Generation,vCPUs,Memory (MiB),Number of disks,Number of network adapters,\
                    Checkpoints,Write churn (MB/s)"
            .to_owned();
    for flag in FLAGS {
        write!(text, ",{flag}").expect("a text grows");
    }
    text.push('\n');
    for machine in machines {
        let count = machine.disks_mib.as_ref().map(Vec::len);
        let row = [
            machine.name.clone(),
            machine.guest.map_or(String::new(), |guest| guest.name.to_owned()),
            cell(machine.bits),
            cell(machine.generation),
            cell(machine.vcpus),
            cell(machine.memory_mib),
            cell(count),
            cell(machine.nics),
            cell(machine.checkpoints),
            cell(machine.churn_mb),
        ];
        text.push_str(&row.join(","));
        for flag in &machine.flags {
            text.push_str(match flag {
                Some(true) => ",yes",
                Some(false) => ",no",
                None => ",",
            });
        }
        text.push('\n');
    }
    text
}

/// Their disks as a list of disks.
pub(super) fn disks_csv(machines: &[Machine]) -> String {
    let mut text = "VM name,VHD path,Virtual disk size (MiB),VHD format,Volume type,Logical sector size\n".to_owned();
    for machine in machines {
        for (place, size) in machine.disks_mib.iter().flatten().enumerate() {
            let role = if place == 0 { "BootAndSystem" } else { "None" };
            let name = &machine.name;
            let sector = cell(machine.sector);
            writeln!(text, "{name},D:\\VMs\\{name}\\{place}.vhdx,{size},VHDX,{role},{sector}").expect("a text grows");
        }
    }
    text
}
