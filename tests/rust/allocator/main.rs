//! What is measured at the allocator, one test after the other on the only thread: the standard harness allocates beside
//! its tests.

mod cost_memory;
#[path = "../../../fuzz/entry.rs"]
#[allow(dead_code, reason = "shared with the fuzzers")]
mod entry;
mod weights_bad;

use libtest_mimic::{Arguments, Trial};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    let tests: [(&str, fn()); 2] = [
        ("cost_memory::a_run_allocates_what_it_costs", cost_memory::a_run_allocates_what_it_costs),
        (
            "weights_bad::bad_files_are_refused_in_words_and_within_the_cap",
            weights_bad::bad_files_are_refused_in_words_and_within_the_cap,
        ),
    ];
    let trials = tests.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    libtest_mimic::run(&arguments, trials.into()).exit();
}
