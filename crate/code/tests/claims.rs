//! The programs that put claims to the test: they print what real `PyTorch` printed (`tests/golden/make_gallery.py`), and
//! each comes to a verdict.

use std::fs;
use std::path::Path;

use gru_playground_code::{ClaimVerdict, judge_claim, run};

const STEPS: u64 = 50_000_000;

#[test]
fn every_claim_is_tried_as_in_pytorch() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut verdicts = Vec::new();
    for entry in fs::read_dir(top.join("www/src/claims/programs")).expect("the programs") {
        let path = entry.expect("an entry").path();
        let source = fs::read_to_string(&path).expect("a program");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let printed = top.join("tests/golden/claims").join(format!("{name}.txt"));
        let printed = fs::read_to_string(printed).expect("what PyTorch printed");
        let thread = std::thread::Builder::new().stack_size(1 << 29);
        let run =
            thread.spawn(move || run(&source, STEPS, None)).expect("a thread").join().expect("no panic");
        assert_eq!((run.raised, run.refused, run.stopped), (None, None, None), "{name}");
        assert_eq!(run.stdout, printed, "{name}");
        verdicts.push(judge_claim(&printed).verdict);
    }
    assert_eq!(verdicts.len(), 12);
    // Were all of them true, or all false, nothing would have to be thought of.
    for verdict in [ClaimVerdict::Holds, ClaimVerdict::Fails, ClaimVerdict::Depends] {
        assert!(verdicts.iter().filter(|&&it| it == verdict).count() >= 2, "{verdict:?}: {verdicts:?}");
    }
    assert!(!verdicts.contains(&ClaimVerdict::Open));
}
