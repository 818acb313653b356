//! Threads to work with: as many as asked for, fewer where the system gives fewer, and none but the first if need be.

use std::io;
use std::num::NonZero;
use std::sync::mpsc::{self, Sender};
use std::thread;

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// The stack of the thread that runs the program; a first thread's differs from system to system, and may be small.
const STACK: usize = 8 << 20;

/// Runs the program on a thread of known stack, or on this one when no other can be had.
pub(super) fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let mut run = Some(run);
    let ran = thread::scope(|scope| {
        let taken = &mut run;
        let started =
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || taken.take().map(|run| run()));
        started.ok().and_then(|started| started.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload)))
    });
    match (ran, run) {
        (Some(ran), _) => ran,
        (None, Some(run)) => run(),
        (None, None) => unreachable!("what was taken has run"),
    }
}

/// Makes the threads that share the work: as many as asked for, or as there are cores. Where the system gives fewer, those
/// do it; where it gives none, the thread that asks does it all.
pub(super) fn prepare(jobs: Option<u16>) {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut waiting: Vec<Sender<ThreadBuilder>> =
        (0..jobs.map_or(cores, usize::from)).map_while(|_| started()).collect();
    let pool = ThreadPoolBuilder::new();
    // A pool that cannot be made whole cannot be made again smaller, so its threads are there first.
    let made = if waiting.is_empty() {
        pool.num_threads(1).use_current_thread().build_global()
    } else {
        let pool = pool.num_threads(waiting.len());
        pool.spawn_handler(|thread| hand_over(waiting.pop(), thread)).build_global()
    };
    made.expect("the threads are there, and no pool was made before");
}

/// A thread that waits for its part of the pool.
fn started() -> Option<Sender<ThreadBuilder>> {
    let (sender, receiver) = mpsc::channel::<ThreadBuilder>();
    let wait = move || {
        if let Ok(thread) = receiver.recv() {
            thread.run();
        }
    };
    thread::Builder::new().spawn(wait).ok().map(|_| sender)
}

fn hand_over(waiting: Option<Sender<ThreadBuilder>>, thread: ThreadBuilder) -> io::Result<()> {
    let waiting = waiting.ok_or_else(|| io::Error::other("there is a thread for each part"))?;
    waiting.send(thread).map_err(|_| io::Error::other("the thread waits"))
}
