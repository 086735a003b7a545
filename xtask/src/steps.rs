//! Which step of how many is being done, and how long it has taken so far.

use std::time::Instant;

use anyhow::Result;

/// What a step found to do.
pub enum Outcome {
    /// It did its work.
    Done,
    /// Its inputs are those of the last time.
    Unchanged,
}

/// Announces the steps of one command.
pub struct Steps {
    began: Instant,
    count: usize,
    total: usize,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { began: Instant::now(), count: 0, total }
    }

    /// As many steps more than were announced.
    pub fn add(&mut self, more: usize) {
        self.total += more;
    }

    /// Announces a step, does it, and says how it ended.
    pub fn step(&mut self, title: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        self.count += 1;
        println!("[{}/{}, {}] {title}", self.count, self.total, clock(self.began));
        let began = Instant::now();
        if let Outcome::Unchanged = work()? {
            println!("      unchanged");
        } else if began.elapsed().as_secs() > 0 {
            println!("      done in {:.1} s", began.elapsed().as_secs_f64());
        }
        Ok(())
    }

    /// Closes the command with one line.
    pub fn finish(&self, line: &str) {
        println!("{line} ({})", clock(self.began));
    }
}

/// Minutes and seconds since `began`.
pub fn clock(began: Instant) -> String {
    let seconds = began.elapsed().as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
