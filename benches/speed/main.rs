//! Measures Klar against peers and against itself, and prints ratios taken in one run.
//!
//! `cargo bench` runs every part at full size; `cargo bench -- quick` keeps to 10,000 machines, and `-- planning` to the
//! plan against the verdicts.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints what it measured")]
#![allow(clippy::disallowed_methods, reason = "a bench writes its own inputs and reads the clock")]
#![allow(clippy::doc_markdown, reason = "names of programs are no code")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

mod child;
mod estate;
mod reference;

use child::{Cost, run};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["reference-read", file] => reference::read_dense(Path::new(file)),
        ["judge", file] => reference::judge(Path::new(file)),
        ["pdf", file] => reference::pdf(Path::new(file)),
        [] => measure(&[1_000, 10_000, 100_000]),
        ["quick"] => measure(&[1_000, 10_000]),
        ["planning"] => planning(&[10_000, 100_000]),
        other => eprintln!("unknown: {other:?}; say nothing, quick, or planning"),
    }
}

/// Planning against judging alone, and the memory that both take.
fn planning(sizes: &[u32]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("speed");
    std::fs::create_dir_all(&folder).expect("the target folder can be written to");
    for machines in sizes {
        let workbook = folder.join(format!("estate-{machines}.xlsx"));
        if !workbook.exists() {
            estate::write(&workbook, *machines);
        }
        let judged = run(&this(), &["judge", &shown(&workbook)]);
        print!("{}", judged.said);
        println!("reading, judging and planning {machines} machines: {judged}");
    }
}

fn measure(sizes: &[u32]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("speed");
    std::fs::create_dir_all(&folder).expect("the target folder can be written to");
    let mut assessed: Vec<(u32, Cost)> = Vec::new();
    for machines in sizes {
        let workbook = folder.join(format!("estate-{machines}.xlsx"));
        if !workbook.exists() {
            estate::write(&workbook, *machines);
        }
        let dense = run(&this(), &["reference-read", &shown(&workbook)]);
        let out = folder.join(format!("out-{machines}"));
        let [all_cores, one_core] = [None, Some("1")].map(|jobs| assess(&workbook, &out, jobs));
        println!(
            "assess --format csv,json of {machines} machines, every target: {:.2} x the wall time of calamine's worksheet_range over the same sheets, {:.2} x its CPU; {all_cores} (calamine {dense}); {:.2} x as fast as on one core",
            ratio(all_cores.wall, dense.wall),
            ratio(all_cores.cpu, dense.cpu),
            ratio(one_core.wall, all_cores.wall),
        );
        let bytes = |name: &str| std::fs::metadata(out.join(name)).map_or(0, |about| about.len()) >> 20;
        println!("findings.csv {} MiB, assessment.json {} MiB", bytes("findings.csv"), bytes("assessment.json"));
        assessed.push((*machines, all_cores));
        let judged = run(&this(), &["judge", &shown(&workbook)]);
        print!("{}", judged.said);
    }
    for pair in assessed.windows(2) {
        let [(small, before), (large, after)] = pair else { continue };
        println!(
            "{large} machines against {small}: {:.1} x the wall time, {:.1} x the CPU",
            ratio(after.wall, before.wall),
            ratio(after.cpu, before.cpu)
        );
    }
    let workbook = folder.join("estate-10000.xlsx");
    let printed = run(&this(), &["pdf", &shown(&workbook)]);
    print!("{}", printed.said);
    peer_pdf(&folder, &printed.said);
    start_to_finish(&folder);
}

/// Assesses a workbook against the newest edition of every target, within the ordinary limits.
fn assess(workbook: &Path, out: &Path, jobs: Option<&str>) -> Cost {
    let (workbook, out) = (shown(workbook), shown(out));
    let fixed = ["assess", &workbook, "-o", &out, "--format", "csv,json", "--as-of", "2026-11-22", "--quiet"];
    let jobs = jobs.map(|jobs| ["--jobs", jobs]);
    let cost = run(&klar(), &[&fixed[..], jobs.as_ref().map_or(&[], |jobs| &jobs[..])].concat());
    assert!(cost.is_good, "the estate of {workbook} is not assessed: {}", cost.said);
    cost
}

/// reportlab's LongTable of as many rows, where Python and reportlab are to be had.
fn peer_pdf(folder: &Path, klar: &str) {
    let script = folder.join("long_table.py");
    std::fs::write(&script, include_str!("long_table.py")).expect("the target folder can be written to");
    let pdf = shown(&folder.join("long_table.pdf"));
    let python = Path::new("python3");
    let peer = run(python, &[&shown(&script), "10000", &pdf]);
    if peer.said.contains("pages") {
        println!("reportlab LongTable of 10000 rows: {peer}; beside it: {}", klar.trim_end());
    } else {
        println!("reportlab is not installed (pip install reportlab), so the PDF is not compared");
    }
}

/// One machine's export, from start to finish, as a user would wait for it.
fn start_to_finish(folder: &Path) {
    let input = folder.join("one.csv");
    std::fs::write(&input, "VM name,Guest OS,Generation,vCPUs,Memory (MB),OS disk size (GB)\nweb-01,Windows Server 2022 Standard,2,4,8192,127\n")
        .expect("the target folder can be written to");
    let out = shown(&folder.join("out-one"));
    let mut walls: Vec<Duration> = Vec::new();
    for _ in 0..11 {
        let start = Instant::now();
        run(
            &klar(),
            &["assess", &shown(&input), "-o", &out, "--format", "csv,json", "--as-of", "2026-11-22", "--quiet"],
        );
        walls.push(start.elapsed());
    }
    walls.sort();
    println!("one machine, start to finish, csv and json: {:.1} ms (median of 11)", walls[5].as_secs_f64() * 1e3);
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(1e-9)
}

fn this() -> PathBuf {
    std::env::current_exe().expect("this program has a path")
}

fn klar() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_klar"))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
