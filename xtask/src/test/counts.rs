//! Counting tests from what their programs say.

use std::ops::AddAssign;

/// How many tests passed, failed or were left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// What was left out because a program is missing that is not ours: one line each, the name and the reason.
    pub left_out: Vec<String>,
    /// The names of the tests that failed, where their program tells them.
    pub failures: Vec<String>,
    /// The names of the tests that passed only when they were tried again.
    pub retried: Vec<String>,
}

impl Counts {
    /// A check that cannot run here: one line gives its name and the reason.
    pub fn left_out(name: &str, why: &str) -> Self {
        let line = format!("{name}: {why}");
        println!("left out: {line}");
        Self { left_out: vec![line], ..Self::default() }
    }

    /// A check that is one test by itself.
    pub fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed), ..Self::default() }
    }

    pub fn failure() -> Self {
        Self::one(false)
    }

    /// The counts of a program that ended well or badly: a bad end is at least one failure.
    pub fn ended(mut self, well: bool) -> Self {
        if !well && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// A check that ran no test, or left some out, fails; the second value says so.
    pub fn judged(mut self) -> (Self, Option<String>) {
        if self.skipped > 0 {
            self.failed += self.skipped;
            let why = format!("{} tests were skipped", self.skipped);
            return (self, Some(why));
        }
        if self.passed + self.failed == 0 && self.left_out.is_empty() {
            return (Self::failure(), Some("it ran no test".to_owned()));
        }
        (self, None)
    }

    /// Adds what a line of `cargo test` says: `test result: ok. 3 passed; 0 failed; 0 ignored; ...`, or
    /// `test a::test ... FAILED`.
    pub fn add_cargo_line(&mut self, line: &str) {
        let failed = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED"));
        self.failures.extend(failed.map(str::to_owned));
        let Some(rest) = line.strip_prefix("test result: ") else { return };
        let Some((_, numbers)) = rest.split_once(". ") else { return };
        for item in numbers.split("; ") {
            match item.split_once(' ').and_then(|(number, word)| Some((number.parse::<u64>().ok()?, word))) {
                Some((number, "passed")) => self.passed += number,
                Some((number, "failed")) => self.failed += number,
                Some((number, "ignored")) => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Adds what the last line of `cargo xtask golden` says: `3 passed, 1 failed, max_abs_diff=1.00e-7`.
    pub fn add_totals(&mut self, line: &str) {
        let number = |item: &str, word: &str| item.strip_suffix(word)?.parse::<u64>().ok();
        let mut items = line.split(", ");
        let (Some(passed), Some(failed)) = (items.next(), items.next()) else { return };
        if let (Some(passed), Some(failed)) = (number(passed, " passed"), number(failed, " failed")) {
            self.passed += passed;
            self.failed += failed;
        }
    }

    /// Adds what a line of Node's TAP reporter says: `# pass 3`, at the end of the run, or `not ok 2 - a test`.
    pub fn add_tap_line(&mut self, line: &str) {
        let failed = line.trim_start().strip_prefix("not ok ").and_then(|rest| rest.split_once(" - "));
        let failed = failed.map(|(_, name)| name).filter(|name| !name.contains(" # TODO"));
        self.failures.extend(failed.map(str::to_owned));
        let mut words = line.split(' ');
        let (Some("#"), Some(word), Some(number), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return;
        };
        let Ok(number) = number.parse::<u64>() else { return };
        match word {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.left_out.extend(other.left_out);
        self.failures.extend(other.failures);
        self.retried.extend(other.retried);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_read_from_the_last_line_of_a_report() {
        let mut counts = Counts::default();
        for line in
            ["forward.jsonl, record 3 passed, 1 failed", "767 passed, 1 failed, max_abs_diff=3.58e-7", ""]
        {
            counts.add_totals(line);
        }
        assert_eq!((counts.passed, counts.failed), (767, 1));
    }

    #[test]
    fn cargos_lines_add_up() {
        let mut counts = Counts::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured; 7 filtered out; finished in 1.20s",
            "test result: the name of a test",
            "test kernel::a_gate ... FAILED",
            "test kernel::another_gate ... ok",
        ] {
            counts.add_cargo_line(line);
        }
        let failures = vec!["kernel::a_gate".to_owned()];
        assert_eq!(counts, Counts { passed: 7, failed: 2, skipped: 1, failures, ..Counts::default() });
    }

    #[test]
    fn nodes_lines_add_up() {
        let mut counts = Counts::default();
        let lines = "# Subtest: pass 9\n    not ok 4 - a gate is right\n    ok 5 - another\n# tests 6\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 7.5";
        for line in lines.lines() {
            counts.add_tap_line(line);
        }
        let failures = vec!["a gate is right".to_owned()];
        assert_eq!(counts, Counts { passed: 3, failed: 2, skipped: 1, failures, ..Counts::default() });
    }

    #[test]
    fn no_test_and_a_skipped_test_fail() {
        let (counts, why) = Counts::default().judged();
        assert_eq!(counts.failed, 1);
        assert!(why.is_some());
        let (counts, why) = Counts { passed: 5, skipped: 2, ..Counts::default() }.judged();
        assert_eq!(counts.failed, 2);
        assert!(why.is_some());
        for fine in [Counts { passed: 5, ..Counts::default() }, Counts::left_out("webkit", "it is not here")]
        {
            assert_eq!(fine.clone().judged(), (fine, None));
        }
    }

    #[test]
    fn a_bad_end_without_a_failed_test_fails() {
        assert_eq!(Counts { passed: 5, ..Counts::default() }.ended(false).failed, 1);
        assert_eq!(Counts { failed: 3, ..Counts::default() }.ended(false).failed, 3);
        assert_eq!(Counts { passed: 5, ..Counts::default() }.ended(true).failed, 0);
    }
}
