//! The log of answers, from text to text.

use gru_playground_attempts::{Attempt, AttemptLog, AttemptSource, LogRefusal, MOST_ATTEMPTS};
use proptest::prelude::*;

fn attempt(at: &str, item: &str, right: bool) -> Attempt {
    Attempt {
        at: format!("2026-11-30T{at}.000Z"),
        source: AttemptSource::Challenge,
        item: item.to_owned(),
        variant: None,
        answer: "one-per-step".to_owned(),
        right,
        seconds: 12.5,
        hint: false,
        confidence: None,
        bank: Some("0123456789abcdef".to_owned()),
        seed: Some(7),
        order: Some(vec!["like-the-input".to_owned(), "one-per-step".to_owned()]),
    }
}

fn grown(text: Option<&str>, attempt: Attempt) -> String {
    AttemptLog::kept(text).0.with(attempt).expect("an attempt").text
}

#[test]
fn what_is_kept_is_read_again_in_the_order_of_time() {
    let text = grown(None, attempt("10:00:00", "b", true));
    let text = grown(Some(&text), attempt("09:00:00", "a", false));
    let (log, faults) = AttemptLog::read(&text).expect("a log");
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(log.attempts, [attempt("09:00:00", "a", false), attempt("10:00:00", "b", true)]);
    assert_eq!(log.json(), text);
}

#[test]
fn what_is_no_log_is_refused_by_its_reason() {
    for (text, refusal) in [
        ("", LogRefusal::NoLog),
        ("[1, 2]", LogRefusal::NoLog),
        (r#"{"version": 0, "attempts": []}"#, LogRefusal::NoLog),
        (r#"{"version": 1}"#, LogRefusal::NoLog),
        (r#"{"version": 1, "attempts": 5}"#, LogRefusal::NoLog),
        (r#"{"version": 2, "answers": []}"#, LogRefusal::LaterVersion),
        (r#"{"version": 1e99, "attempts": []}"#, LogRefusal::NoLog),
    ] {
        assert_eq!(AttemptLog::read(text).expect_err(text), refusal, "{text}");
    }
    assert_eq!(AttemptLog::read(&" ".repeat(16_000_001)).expect_err("large"), LogRefusal::TooLarge);
    assert_eq!(AttemptLog::read(&"[".repeat(200_000)).expect_err("deep"), LogRefusal::NoLog);
}

#[test]
fn a_row_that_is_no_attempt_is_told_by_its_place_and_the_rest_is_kept() {
    let good = serde_json::to_string(&attempt("09:00:00", "a", true)).expect("JSON");
    let bad = [
        ("2026-11-30T09:00:00.000Z", "2026-13-30T09:00:00.000Z", "`at` is no time"),
        ("\"seconds\":12.5", "\"seconds\":-1.0", "`seconds` is no time that passed"),
        ("\"item\":\"a\"", "\"item\":\"\"", "`item` is empty"),
        ("\"hint\":false", "\"hint\":false,\"confidence\":1.5", "`confidence` is not from 0 to 1"),
        ("\"hint\":false", "\"hint\":0", "invalid type"),
        ("\"hint\":false", "\"hint\":false,\"html\":\"<script>\"", "unknown field `html`"),
        ("\"source\":\"challenge\"", "\"source\":\"exam\"", "unknown variant `exam`"),
    ];
    for (from, to, why) in bad {
        assert!(good.contains(from), "{from}");
        let text = format!(r#"{{"version": 1, "attempts": [{}, {good}]}}"#, good.replace(from, to));
        let (log, faults) = AttemptLog::read(&text).expect("a log");
        assert_eq!(log.attempts.len(), 1, "{to}");
        assert!(
            faults.len() == 1 && faults[0].starts_with("Answer 1: ") && faults[0].contains(why),
            "{faults:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_whole_is_to_be_set_aside() {
    assert!(!AttemptLog::kept(None).1);
    assert!(!AttemptLog::kept(Some(&grown(None, attempt("09:00:00", "a", true)))).1);
    assert!(AttemptLog::kept(Some("damaged")).1);
    assert!(AttemptLog::kept(Some(r#"{"version": 2, "attempts": []}"#)).1);
    assert!(AttemptLog::kept(Some(r#"{"version": 1, "attempts": [5]}"#)).1);
}

#[test]
fn two_logs_are_one_with_nothing_twice() {
    let one = grown(Some(&grown(None, attempt("09:00:00", "a", true))), attempt("11:00:00", "c", true));
    let two = grown(Some(&grown(None, attempt("09:00:00", "a", true))), attempt("10:00:00", "b", false));
    let (other, faults) = AttemptLog::read(&two).expect("a log");
    let change = AttemptLog::kept(Some(&one)).0.merged(other.clone(), faults);
    assert_eq!((change.added, change.left), (1, 0));
    let items: Vec<_> =
        AttemptLog::kept(Some(&change.text)).0.attempts.into_iter().map(|one| one.item).collect();
    assert_eq!(items, ["a", "b", "c"]);
    assert_eq!(AttemptLog::kept(Some(&change.text)).0.merged(other, Vec::new()).added, 0);
}

#[test]
fn of_too_many_the_oldest_leave() {
    let mut log = AttemptLog::empty();
    log.attempts = (0..MOST_ATTEMPTS)
        .map(|index| {
            attempt(&format!("{:02}:{:02}:{:02}", index / 3600, index / 60 % 60, index % 60), "a", true)
        })
        .collect();
    let oldest = log.attempts[0].clone();
    let change = log.with(attempt("23:59:59", "z", true)).expect("an attempt");
    assert_eq!(change.left, 1);
    let kept = AttemptLog::kept(Some(&change.text)).0.attempts;
    assert_eq!(kept.len(), MOST_ATTEMPTS);
    assert!(!kept.contains(&oldest));
    assert_eq!(kept[MOST_ATTEMPTS - 1].item, "z");
}

#[test]
fn what_is_counted_is_each_item_with_its_last_answer() {
    let mut text = grown(None, attempt("09:00:00", "a", false));
    for (at, item, right) in [("09:01:00", "b", true), ("09:02:00", "a", true), ("09:02:00", "c", false)] {
        text = grown(Some(&text), attempt(at, item, right));
    }
    let counts = AttemptLog::kept(Some(&text)).0.counts();
    assert_eq!((counts.answered, counts.right), (4, 2));
    let items: Vec<_> = counts
        .items
        .iter()
        .map(|item| (item.item.as_str(), item.answered, item.right, item.last_right))
        .collect();
    assert_eq!(items, [("c", 1, 0, false), ("a", 2, 1, true), ("b", 1, 1, true)]);
}

#[test]
fn a_spreadsheet_computes_nothing_of_it() {
    let log = AttemptLog {
        learner: "=HYPERLINK(\"http://x\")".to_owned(),
        attempts: vec![Attempt {
            answer: "-3".to_owned(),
            item: "@a,b".to_owned(),
            ..attempt("09:00:00", "a", true)
        }],
        ..AttemptLog::empty()
    };
    let csv = log.csv();
    let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(
        rows[0],
        "learner,at,source,item,variant,answer,right,seconds,hint,confidence,bank,seed,order"
    );
    assert_eq!(
        rows[1],
        "\"'=HYPERLINK(\"\"http://x\"\")\",2026-11-30T09:00:00.000Z,challenge,\"'@a,b\",,-3,1,12.5,0,,0123456789abcdef,7,like-the-input one-per-step"
    );
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_name_is_kept_with_the_answers_and_cut_where_it_is_no_name() {
    let text = AttemptLog::kept(Some(&grown(None, attempt("09:00:00", "a", true)))).0.named("  Ada  ").text;
    let log = AttemptLog::kept(Some(&text)).0;
    assert_eq!((log.learner.as_str(), log.attempts.len()), ("Ada", 1));
    assert_eq!(AttemptLog::kept(Some(&log.named(&"x".repeat(9_999)).text)).0.learner.len(), 200);
}

proptest! {
    #[test]
    fn no_text_panics_or_is_kept_unread(text in ".{0,400}") {
        if let Ok((log, _)) = AttemptLog::read(&text) {
            prop_assert!(AttemptLog::read(&log.json()).is_ok());
        }
    }

    #[test]
    fn whatever_a_learner_answers_comes_back_as_it_was(item in "\\PC{1,60}", answer in "\\PC{0,60}", seconds in 0.0..1e9f64, confidence in proptest::option::of(0.0..=1.0f64)) {
        let made = Attempt { item, answer, seconds, confidence, ..attempt("09:00:00", "a", true) };
        prop_assert_eq!(AttemptLog::kept(Some(&grown(None, made.clone()))).0.attempts, vec![made]);
    }
}
