//! A program run as a child, with what it cost: wall time, CPU time, peak memory.

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What a child cost and said.
pub struct Cost {
    /// From start to end.
    pub wall: Duration,
    /// User and system time, from the kernel's account of ended children (Linux; to 10 ms).
    pub cpu: Duration,
    /// The largest resident memory seen, in mebibytes (Linux; sampled).
    pub peak_mib: u64,
    /// What it printed.
    pub said: String,
    /// Whether it ended well; of a run that was refused no time is worth telling.
    pub is_good: bool,
}

impl fmt::Display for Cost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.2} s, {:.2} CPU s, {} MiB", self.wall.as_secs_f64(), self.cpu.as_secs_f64(), self.peak_mib)
    }
}

/// Runs a program to its end.
pub fn run(program: &Path, arguments: &[&str]) -> Cost {
    let before = children_cpu();
    let start = Instant::now();
    let child = Command::new(program).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = child else {
        return Cost { wall: Duration::ZERO, cpu: Duration::ZERO, peak_mib: 0, said: String::new(), is_good: false };
    };
    let mut pipe = child.stdout.take().expect("standard output is piped");
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        pipe.read_to_string(&mut said).map(|_| said).unwrap_or_default()
    });
    let status = format!("/proc/{}/status", child.id());
    let mut peak_mib = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().expect("the child can be waited for") {
            break ended;
        }
        peak_mib = peak_mib.max(peak_of(&status));
        sleep(Duration::from_millis(1));
    };
    let wall = start.elapsed();
    let said = reader.join().unwrap_or_default();
    Cost { wall, cpu: children_cpu().saturating_sub(before), peak_mib, said, is_good: ended.success() }
}

fn peak_of(status: &str) -> u64 {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// User and system time of every child waited for, from `/proc/self/stat`.
fn children_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(") ").next().unwrap_or("");
    let ticks: u64 = after_name.split(' ').skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
