//! 60 draws of each kind: each fails as it says, its mend passes, wrong mends do not.

use super::kinds::KINDS;
use super::recipe::Recipe;
use super::{deck_case, deck_kinds, deck_symptom, judge_deck};
use python::run;

const STEPS: u64 = 5_000_000;
const DRAWS: u32 = 60;

fn passes(kind: &Recipe, seed: u32, code: &str) -> bool {
    judge_deck(kind.name, seed, code, STEPS, None).expect("a kind").mended
}

/// The program prints what it is to print, and does nothing else.
fn constant(kind: &Recipe, seed: u32) -> String {
    let printed = run(&kind.mended(&kind.scene(seed)), STEPS).stdout;
    let prints: Vec<String> = printed.lines().map(|line| format!("print({line:?})")).collect();
    prints.join("\n")
}

fn in_large_threads(each: impl Fn(&'static Recipe) + Send + Sync + Copy + 'static) {
    for kind in KINDS.iter().copied() {
        let thread = std::thread::Builder::new().stack_size(1 << 27);
        thread.spawn(move || each(kind)).expect("a thread").join().expect(kind.name);
    }
}

#[test]
fn every_draw_fails_as_it_says() {
    in_large_threads(|kind| {
        for seed in 0..DRAWS {
            let case = deck_case(kind.name, seed).expect("a kind");
            let scene = kind.scene(seed);
            let run = run(&case.code, STEPS);
            assert_eq!((&run.refused, &run.stopped), (&None, &None), "{}", case.code);
            let raised = run.raised.map(|raised| (raised.kind, raised.message));
            let said = kind.raises.map(|(kind, message)| (kind.to_owned(), scene.fill(message)));
            assert_eq!(raised, said, "{} {seed}\n{}", kind.name, case.code);
            let symptom = deck_symptom(kind.name, seed).unwrap_or_default();
            assert!(!symptom.is_empty() && !symptom.contains("..."), "{} {seed}: {symptom}", kind.name);
            if case.silent {
                assert!(!passes(kind, seed, &case.code), "the trap shows itself: {}", case.code);
            }
        }
    });
}

#[test]
fn the_reference_mend_of_every_draw_passes() {
    in_large_threads(|kind| {
        for seed in 0..DRAWS {
            let mended = kind.mended(&kind.scene(seed));
            let judged = judge_deck(kind.name, seed, &mended, STEPS, None).expect("a kind");
            assert!(judged.mended, "{} {seed}: {:?}\n{mended}", kind.name, judged.checks);
        }
    });
}

#[test]
fn wrong_mends_and_cheap_ways_are_refused() {
    in_large_threads(|kind| {
        assert!(kind.wrong.len() >= 2, "{}", kind.name);
        for seed in 0..DRAWS / 10 {
            let scene = kind.scene(seed);
            let (code, faults) = kind.broken(&scene);
            for (old, new) in kind.wrong {
                let wrong = code.replace(&scene.fill(old), &scene.fill(new));
                assert_ne!(wrong, code, "{} {old}", kind.name);
                assert!(!passes(kind, seed, &wrong), "{} {seed}: {new}\n{wrong}", kind.name);
            }
            for fault in &faults {
                let at = *fault as usize - 1;
                let without: Vec<&str> =
                    code.lines().enumerate().filter(|(line, _)| *line != at).map(|(_, line)| line).collect();
                assert!(
                    !passes(kind, seed, &without.join("\n")),
                    "{} {seed} without line {fault}",
                    kind.name
                );
            }
            assert!(!passes(kind, seed, &constant(kind, seed)), "{} {seed}", kind.name);
            assert!(!passes(kind, seed, ""), "{} {seed}", kind.name);
        }
    });
}

#[test]
fn a_mend_may_be_another_than_the_reference() {
    for (kind, old, new) in [
        ("features-axis", "{gru}({data})", "{gru}({data}.permute(0, 2, 1))"),
        ("h-0-batch-first", "{gru}({data}, kept)", "{gru}({data}, torch.stack(list(kept.unbind(0)), dim=1))"),
        ("tuple-linear", "{head}({out})", "{head}({out}[0])"),
        ("loss-axes", "loss_fn({scores}, labels)", "loss_fn({scores}.flatten(0, 1), labels.flatten())"),
        ("detach-missing", "    {opt}.step()", "    {opt}.step()\n    state = state.detach()"),
        ("double-input", ", dtype=torch.float64)", ", dtype=torch.float64).to(torch.float32)"),
        (
            "view-for-transpose",
            "x.view(x.size(1), x.size(0), x.size(2))",
            "torch.stack([x[:, t] for t in range(x.size(1))])",
        ),
        ("wrong-direction", "{h}[-1]", "{out}[:, -1, :{H}]"),
        ("eval-forgotten", "{model} = {Model}()", "{model} = {Model}().train(False)"),
    ] {
        let recipe = Recipe::named(kind).expect("a kind");
        for seed in 0..20 {
            let scene = recipe.scene(seed);
            let code = recipe.broken(&scene).0.replace(&scene.fill(old), &scene.fill(new));
            let judged = judge_deck(kind, seed, &code, STEPS, None).expect("a kind");
            assert!(judged.mended, "{kind} {seed}: {:?}\n{code}", judged.checks);
        }
    }
}

#[test]
fn each_kind_has_a_name_of_its_own_and_draws_that_differ() {
    let kinds = deck_kinds();
    assert!(kinds.len() >= 19 && kinds.iter().filter(|kind| kind.silent).count() >= 7);
    for (at, kind) in kinds.iter().enumerate() {
        assert!(kinds[..at].iter().all(|other| other.kind != kind.kind), "{}", kind.kind);
        let codes: std::collections::HashSet<String> =
            (0..100).map(|seed| deck_case(&kind.kind, seed).expect("a kind").code).collect();
        assert!(codes.len() > 95, "{}: {}", kind.kind, codes.len());
        let case = deck_case(&kind.kind, 3).expect("a kind");
        assert_eq!(case.things.iter().filter(|thing| thing.right).count(), 1);
        assert_eq!(case.causes.iter().filter(|cause| cause.right).count(), 1);
        assert!(case.things.iter().chain(&case.causes).all(|choice| !choice.reply.is_empty()));
        assert!(
            (1..=22).contains(&case.code.lines().filter(|line| !line.trim().is_empty()).count()),
            "{}",
            case.code
        );
        for text in case.help.iter().chain([&case.purpose, &case.code]) {
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }
    assert_eq!(deck_case("no-such-kind", 1), None);
    assert_eq!(judge_deck("no-such-kind", 1, "", STEPS, None), None);
}
