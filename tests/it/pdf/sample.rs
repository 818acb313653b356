//! A report with everything in it that is hard to lay out.

use klar::report::document::{
    Bar, Block, Cell, Chart, Column, Cover, Document, Fact, Link, Section, Start, Table, Tone,
};

/// A name as estates have them, of 120 characters.
pub const LONG_NAME: &str = "sql-prod-stockholm-finance-reporting-node-0001.corp.contoso-holding.example.internal_replica-of-the-year-end-archive-2016";

pub fn document<'a>() -> Document<'a> {
    let cover = Cover {
        title: "Readiness for Azure Site Recovery and Azure Migrate".to_owned(),
        customer: Some("Västerås Överskottslager AB".to_owned()),
        logo: None,
        distribution: None,
        site: Some("Datacenter Örebro, hall 2".to_owned()),
        facts: vec![
            ("As of".to_owned(), "2026-11-22".to_owned()),
            (
                "Judged against".to_owned(),
                "Azure Site Recovery 2026-10; Azure Migrate 2023-10; Azure VM 2024-06".to_owned(),
            ),
            ("Machines".to_owned(), "312 judged, 7 left out".to_owned()),
            ("Inputs".to_owned(), "vmm-export.xlsx, hosts.csv, azure-resources.json".to_owned()),
        ],
        producer: "Klar 0.1.0".to_owned(),
        as_of: "2026-11-22".to_owned(),
    };
    let sections = vec![summary(), machines(), matrix(), findings(), sources()];
    Document { cover, sections, ..Document::default() }
}

fn summary<'a>() -> Section<'a> {
    let part = |label: &str, count, tone| (label.to_owned(), count, tone);
    let bar = |label: &str, counts: [u64; 4]| Bar {
        label: label.to_owned(),
        parts: vec![
            part("Ready", counts[0], Tone::Good),
            part("Ready with conditions", counts[1], Tone::Fair),
            part("Not ready", counts[2], Tone::Bad),
            part("Unknown", counts[3], Tone::Doubt),
        ],
    };
    let bars = vec![
        bar("Azure Site Recovery 2026-10", [212, 61, 33, 6]),
        bar("Azure Migrate 2023-10", [290, 0, 21, 1]),
        bar("Azure VM 2024-06", [0, 0, 0, 0]),
    ];
    let fact = |label: &str, value: Cell| Fact { label: label.to_owned(), value };
    Section {
        id: "summary".to_owned(),
        title: "Summary".to_owned(),
        start: Start::Page,
        blocks: vec![
            Block::Text("Of 312 virtual machines, 212 can be protected by Azure Site Recovery as they are, 61 after the conditions below are met, and 33 not before something changes. For six machines the inventory did not say enough; the section on what is missing names the columns that would settle them.".to_owned()),
            Block::Callout { tone: Tone::Bad, text: "33 machines are not ready. The most common reason is an operating system disk larger than the target can boot from.".to_owned() },
            Block::Callout { tone: Tone::Doubt, text: "Six machines could not be judged in full, because no export said whether their disks are shared.".to_owned() },
            Block::Chart(Chart { title: "Machines by verdict".to_owned(), bars }),
            Block::Heading { id: "estate".to_owned(), text: "The estate".to_owned(), mark: None },
            Block::Facts(vec![
                fact("Management servers", "1 (System Center VMM 2022)".into()),
                fact("Hosts", "14 in 3 clusters".into()),
                fact("Names in other alphabets", "Кириллица сервер, Ελληνικά διακομιστής, žluťoučký kůň, 日本語".into()),
                fact("Verdict", Cell { text: "Ready with conditions".to_owned(), tone: Tone::Fair, link: None }),
                fact("Documentation", "https://learn.microsoft.com/azure/site-recovery/hyper-v-azure-support-matrix".into()),
                fact("Machines", Cell { text: "See the list of machines".to_owned(), tone: Tone::Plain, link: Some(Link::Inside("machines".to_owned())) }),
                fact("Nowhere", Cell { text: "A link to nowhere".to_owned(), tone: Tone::Faint, link: Some(Link::Inside("no-such-place".to_owned())) }),
            ]),
        ],
    }
}

fn column(title: &str, weight: u16, numeric: bool) -> Column {
    Column { title: title.to_owned(), weight, numeric }
}

fn machines<'a>() -> Section<'a> {
    let columns = vec![
        column("Machine", 30, false),
        column("Host", 18, false),
        column("Generation", 6, true),
        column("Disks (GiB)", 9, true),
        column("Guest operating system", 22, false),
        column("Verdict", 18, false),
    ];
    let row = |row: usize| {
        let verdict = match row % 4 {
            0 => ("Ready", Tone::Good),
            1 => ("Ready with conditions", Tone::Fair),
            2 => ("Not ready", Tone::Bad),
            _ => ("Unknown", Tone::Doubt),
        };
        let name = if row % 50 == 7 { format!("row{row}-{LONG_NAME}") } else { format!("vm-{row:04}-åäö") };
        let link = (row % 4 == 2).then(|| Link::Inside("os-disk-over-limit".to_owned()));
        vec![
            Cell { text: name, tone: Tone::Plain, link },
            format!("hyperv{:02}.corp.example", row % 14).into(),
            if row.is_multiple_of(3) { "1" } else { "2" }.into(),
            (row * 37).to_string().into(),
            "Windows Server 2019 Datacenter".into(),
            Cell { text: verdict.0.to_owned(), tone: verdict.1, link: None },
        ]
    };
    Section {
        id: "machines".to_owned(),
        title: "Machines".to_owned(),
        start: Start::Page,
        blocks: vec![
            Block::Text("Every machine that was judged, in the order of the inventory.".to_owned()),
            Block::Table(Table { columns, len: 300, row: Box::new(row), empty: String::new(), of_machines: false }),
        ],
    }
}

fn matrix<'a>() -> Section<'a> {
    let titles = [
        "Machine",
        "Generation",
        "OS disk size",
        "Data disks",
        "Secure boot",
        "BitLocker",
        "Shared disks",
        "IPv6",
        "Guest OS",
        "Cluster",
        "Churn (MB/s)",
        "Verdict",
    ];
    let columns =
        titles.iter().enumerate().map(|(at, title)| column(title, if at == 0 { 30 } else { 12 }, at == 10)).collect();
    let row = |row: usize| {
        let mut cells: Vec<Cell> = vec![format!("wide-{row:03}.corp.example").into()];
        for at in 1..12 {
            cells.push(match (row + at) % 5 {
                0 => Cell { text: "not met".to_owned(), tone: Tone::Bad, link: None },
                1 => Cell { text: "unknown".to_owned(), tone: Tone::Doubt, link: None },
                2 => Cell { text: "—".to_owned(), tone: Tone::Faint, link: None },
                _ => Cell { text: "met".to_owned(), tone: Tone::Good, link: None },
            });
        }
        cells
    };
    Section {
        id: "matrix".to_owned(),
        title: "Requirements by machine".to_owned(),
        start: Start::Page,
        blocks: vec![
            Block::Callout {
                tone: Tone::Plain,
                text: "A dash means that the requirement does not concern the machine.".to_owned(),
            },
            Block::Table(Table { columns, len: 60, row: Box::new(row), empty: String::new(), of_machines: false }),
        ],
    }
}

fn findings<'a>() -> Section<'a> {
    let mut blocks = Vec::new();
    for (at, (name, text)) in [
        ("os-disk-over-limit", "The operating system disk is larger than the target can boot from"),
        ("guest-os-unsupported", "The guest operating system is not supported"),
        ("cloud-without-host-group", "A cloud has no host group, so that nothing can be protected in it, however well the machines themselves are prepared"),
        ("disk-shared", "A disk is shared between machines"),
        ("name-too-long", "The name is too long for Azure"),
        ("secure-boot", "Secure boot is turned on"),
    ].into_iter().enumerate() {
        let (word, tone) = [("Blocker", Tone::Bad), ("Condition", Tone::Fair), ("Unknown", Tone::Doubt)][at % 3];
        blocks.push(Block::Heading { id: name.to_owned(), text: text.to_owned(), mark: Some((word.to_owned(), tone)) });
        blocks.push(Block::Text("Shrink the disk or move data off it, so that it fits the limit of its generation. The limit is the one that the edition names, and it concerns the size that the guest sees, not what the file takes on the host.".to_owned()));
        let columns = vec![column("Machine", 20, false), column("Seen", 10, true), column("Limit", 10, true), column("Where", 40, false)];
        let len = [5, 0, 12, 3, 40, 2][at];
        let row = move |row: usize| vec![
            format!("finding-{at}-{row}").into(),
            "4 095 GiB".into(),
            "2 048 GiB".into(),
            Cell { text: format!(r"\\fileserver\exports\vmm\2026\vmm-export.xlsx, sheet VMs, row {}, column OSDiskSize", row + 2), tone: Tone::Faint, link: None },
        ];
        blocks.push(Block::Table(Table { columns, len, row: Box::new(row), empty: "No machine has this.".to_owned(), of_machines: false }));
    }
    Section { id: "findings".to_owned(), title: "Findings".to_owned(), blocks, ..Section::default() }
}

fn sources<'a>() -> Section<'a> {
    let columns = vec![column("Document", 30, false), column("Address", 50, false), column("Retrieved", 10, false)];
    let row = |_: usize| {
        vec![
            "Support matrix".into(),
            Cell {
                text: "https://learn.microsoft.com/azure/site-recovery".to_owned(),
                tone: Tone::Plain,
                link: Some(Link::Outside("https://learn.microsoft.com/azure/site-recovery?ä".to_owned())),
            },
            "2026-10-01".into(),
        ]
    };
    let tall = vec![column("Note", 80, false), column("Rows", 10, true)];
    let note = |_: usize| {
        vec![(0..900).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ").repeat(2).into(), "1".into()]
    };
    Section {
        id: "sources".to_owned(),
        title: "Sources".to_owned(),
        start: Start::Page,
        blocks: vec![
            Block::Table(Table { columns, len: 3, row: Box::new(row), empty: String::new(), of_machines: false }),
            Block::Heading { id: "tall".to_owned(), text: "A note longer than a page".to_owned(), mark: None },
            Block::Table(Table {
                columns: tall,
                len: 3,
                row: Box::new(note),
                empty: String::new(),
                of_machines: false,
            }),
        ],
    }
}
