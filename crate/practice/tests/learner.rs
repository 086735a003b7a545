//! What follows an answer: the level, the tallies, and what comes back.

use gru_playground_practice::{
    ComeBackEntry, PracticeProgress, after, due, item, like_challenge, names, next,
};

fn answered(progress: &PracticeProgress, answers: &[bool]) -> PracticeProgress {
    answers.iter().fold(progress.clone(), |so_far, right| so_far.answered("shapes/out", *right, 2))
}

#[test]
fn two_right_in_a_row_lead_a_level_up_and_a_miss_leads_one_down() {
    let start = PracticeProgress::default();
    let levels = |answers: &[bool]| answered(&start, answers).level;
    assert_eq!(levels(&[]), 1);
    assert_eq!(levels(&[true]), 1);
    assert_eq!(levels(&[true, true]), 2);
    assert_eq!(levels(&[true, true, true]), 2, "the row begins anew with the level");
    assert_eq!(levels(&[true, true, true, true]), 3);
    assert_eq!(levels(&[true, true, false]), 1);
    assert_eq!(levels(&[true, false, true]), 1, "a miss ends the row");
    assert_eq!(levels(&[false, false]), 1, "there is none below");
    assert_eq!(levels(&[true; 20]), 4, "there is none above");
}

#[test]
fn confidence_is_tallied_where_it_was_said() {
    let progress = PracticeProgress::default();
    let progress = progress.answered("shapes/out", true, 3).answered("shapes/out", false, 3);
    let progress = progress.answered("shapes/out", false, 0).answered("shapes/out", true, 99);
    let tallies: Vec<(u32, u32)> = progress.tallies.iter().map(|tally| (tally.said, tally.right)).collect();
    assert_eq!(tallies, [(1, 0), (0, 0), (0, 0), (3, 2)]);
}

#[test]
fn the_next_question_is_of_its_topics_near_the_level_and_not_the_last_one() {
    let shapes = ["shapes".to_owned()];
    for level in 1..=4 {
        let mut progress = PracticeProgress { level, ..PracticeProgress::default() };
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..40 {
            let name = next(&progress, &shapes, seed);
            let drawn = item(name, seed).expect("a generator of this name");
            assert!(drawn.tags.contains(&"shapes"), "{name}");
            assert!(progress.recent.last().is_none_or(|last| last != name), "{name} twice");
            assert!(drawn.level.abs_diff(level) <= 2, "{name} at {level}");
            seen.insert(name);
            progress.recent.push(name.to_owned());
        }
        assert!(seen.len() >= 4, "{seen:?} at {level}");
    }
    let any = next(&PracticeProgress::default(), &["nothing".to_owned()], 1);
    assert!(names().any(|name| name == any), "an unknown topic asks of all");
}

#[test]
fn what_was_missed_comes_back_after_a_day_three_days_and_a_week_and_then_leaves() {
    let missed = after(&[], "shapes/out", false, 10);
    assert!(due(&missed, 10).is_empty());
    assert_eq!(due(&missed, 11), ["shapes/out"]);
    let once = after(&missed, "shapes/out", true, 11);
    assert_eq!(once, [ComeBackEntry { item: "shapes/out".into(), stage: 1, due: 14 }]);
    let twice = after(&once, "shapes/out", true, 20);
    assert_eq!(twice, [ComeBackEntry { item: "shapes/out".into(), stage: 2, due: 27 }]);
    assert!(after(&twice, "shapes/out", true, 27).is_empty());
}

#[test]
fn a_miss_begins_anew_and_practice_ahead_of_time_changes_nothing() {
    let later = [ComeBackEntry { item: "shapes/out".into(), stage: 2, due: 27 }];
    assert_eq!(after(&later, "shapes/out", true, 26), later);
    assert_eq!(
        after(&later, "shapes/out", false, 22),
        [ComeBackEntry { item: "shapes/out".into(), stage: 0, due: 23 }]
    );
    assert_eq!(after(&later, "gates/mix", true, 30), later, "what was never missed does not come back");
}

#[test]
fn what_is_due_longest_comes_first_and_a_hundred_are_kept() {
    let many = (0..150).fold(Vec::new(), |kept, day| after(&kept, &format!("card/{day}"), false, day));
    assert_eq!((many.len(), due(&many, 1000)[0].as_str()), (100, "card/50"));
    assert!(after(&[], &"x".repeat(81), false, 1).is_empty());
    // Entries of another hand.
    let odd = [ComeBackEntry { item: "a".into(), stage: 255, due: i64::MIN }];
    assert!(after(&odd, "a", true, 0).is_empty());
    assert_eq!(after(&[], "a", false, i64::MAX)[0].due, i64::MAX);
}

#[test]
fn every_question_of_the_challenge_has_a_generator_that_asks_the_like() {
    for question in ["output-shape", "why-gru", "num-layers", "loss-curves", "input-shape"] {
        let name = like_challenge(question).expect("a generator");
        assert!(item(name, 1).is_some(), "{name}");
    }
    assert_eq!(like_challenge("another"), None);
}
