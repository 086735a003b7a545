//! Which kept states are taken up again, and what is said of the others.

use crate::quiz_run::Player;
use gru_playground::quiz::{BANK, ClockMode, Phase, Quiz, QuizEvent, QuizState, QuizView, RestoreError};
use serde_json::{Value, json};

/// As the boundary does it: the version, then the form, then the content.
fn restore(state: &Value) -> Result<Quiz, RestoreError> {
    let damaged = |_| RestoreError::Damaged("form");
    QuizState::check_version(
        state.get("version").and_then(Value::as_f64).ok_or(RestoreError::Damaged("form"))?,
    )?;
    Quiz::restore(serde_json::from_value(state.clone()).map_err(damaged)?)
}

fn kept(player: &Player) -> Value {
    serde_json::to_value(player.state()).expect("a state is data")
}

/// A run in its second question: the first was solved after a wrong option, 12 seconds of the second are over.
fn mid_run() -> Player {
    let mut player = Player::start(ClockMode::Standard, 4);
    player.send(QuizEvent::Hint);
    player.answer(&player.wrong(0));
    player.wait(3000);
    player.answer_right();
    player.send(QuizEvent::Next);
    player.wait(12_000);
    player
}

fn without_announcement(view: QuizView) -> QuizView {
    match view {
        QuizView::Open(mut view) => {
            view.announcement = None;
            QuizView::Open(view)
        }
        other => other,
    }
}

#[test]
fn every_state_of_a_run_is_taken_up_where_it_was_left() {
    let mut player = Player::start(ClockMode::X2, 6);
    let mut seen = Vec::new();
    let mut check = |player: &Player| {
        let restored = restore(&kept(player)).expect("a run left this state");
        assert_eq!(restored.state(), player.state());
        assert_eq!(restored.view(), without_announcement(player.view()));
        seen.push(player.state().phase);
    };
    check(&player);
    player.wait(230_000);
    check(&player);
    player.send(QuizEvent::Pause);
    check(&player);
    player.send(QuizEvent::Resume);
    player.wait(10_000);
    check(&player);
    player.send(QuizEvent::Resume);
    player.wait(240_000);
    check(&player);
    player.send(QuizEvent::Next);
    player.solve_all();
    check(&player);
    player.send(QuizEvent::Again);
    player.solve_all();
    player.send(QuizEvent::Stamp { date: "2026-11-22".to_owned() });
    check(&player);
    player.send(QuizEvent::Abandon);
    check(&player);
    for phase in [Phase::Intro, Phase::Open, Phase::Paused, Phase::TimeOut, Phase::Closed, Phase::Finished] {
        assert!(seen.contains(&phase), "{phase:?}");
    }
}

#[test]
fn an_impossible_state_is_named_by_its_field() {
    let present = "/records/1";
    let wrong = |index: usize| {
        let question = &BANK.questions[1];
        let id =
            &question.options.iter().filter(|option| option.id != question.answer).nth(index).unwrap().id;
        json!(id)
    };
    let cases: Vec<(&str, Value, &str)> = vec![
        ("/version", json!(0), "version"),
        ("/phase", json!("intro"), "records"),
        ("/phase", json!("finished"), "records"),
        ("/phase", json!("closed"), "outcome"),
        ("/phase", json!("time_out"), "phase"),
        ("/phase", json!("asleep"), "form"),
        ("/mode", json!("x2"), "elapsed_ms"),
        ("/mode", json!("no_limit"), "remaining_ms"),
        ("/mode", json!("x3"), "form"),
        ("/seed", json!(-1), "form"),
        ("/seed", json!(4_294_967_296_u64), "form"),
        ("/records", json!([]), "records"),
        ("/records", json!(null), "form"),
        ("/records/0/outcome", json!("undecided"), "outcome"),
        ("/records/0/outcome", json!("failed"), "outcome"),
        ("/records/0/question", json!(BANK.questions[1].id), "question"),
        ("/records/1/question", json!("no-such-question"), "question"),
        ("/records/1/outcome", json!("solved"), "outcome"),
        ("/records/1/tried", json!(true), "tried"),
        ("/records/1/hint", json!("yes"), "form"),
        ("/records/1/spent", json!([wrong(0), wrong(1), wrong(2)]), "spent"),
        ("/records/1/spent", json!([wrong(0), wrong(0)]), "spent"),
        ("/records/1/spent", json!([wrong(0), wrong(1)]), "outcome"),
        ("/records/1/spent", json!([BANK.questions[1].answer]), "spent"),
        ("/records/1/spent", json!([BANK.questions[0].options[1].id]), "spent"),
        ("/records/1/spent", json!(["time_out"]), "elapsed_ms"),
        ("/records/1/spent", json!([7]), "form"),
        ("/records/1/spent", json!(["timeout"]), "spent"),
        ("/records/1/remaining_ms", json!(120_001), "remaining_ms"),
        ("/records/1/remaining_ms", json!(120_000), "elapsed_ms"),
        ("/records/1/remaining_ms", json!(0), "remaining_ms"),
        ("/records/1/remaining_ms", json!(null), "remaining_ms"),
        ("/records/1/remaining_ms", json!(-1), "form"),
        ("/records/1/remaining_ms", json!(1.5), "form"),
        ("/records/1/elapsed_ms", json!(0), "elapsed_ms"),
        ("/records/1/elapsed_ms", json!(4_294_967_295_u32), "elapsed_ms"),
        ("/date", json!("2026-11-22"), "date"),
    ];
    for (path, value, field) in cases {
        let mut state = kept(&mid_run());
        *state.pointer_mut(path).unwrap_or_else(|| panic!("{path} in {present}")) = value.clone();
        assert_eq!(restore(&state).err(), Some(RestoreError::Damaged(field)), "{path} = {value}");
    }
}

#[test]
fn a_date_is_believed_only_on_a_badge() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.solve_all();
    for (date, is_kept) in [(json!("2026-11-22"), true), (json!("today"), false), (json!(20_261_122), false)]
    {
        let mut state = kept(&player);
        state["date"] = date;
        assert_eq!(restore(&state).is_ok(), is_kept, "{}", state["date"]);
    }
}

#[test]
fn time_cannot_have_run_out_without_a_limit() {
    let mut state = kept(&Player::start(ClockMode::NoLimit, 1));
    assert!(restore(&state).is_ok());
    state["records"][0]["spent"] = json!(["time_out"]);
    assert_eq!(restore(&state).err(), Some(RestoreError::Damaged("spent")));
}

#[test]
fn what_is_no_state_is_set_aside() {
    for foreign in
        [json!(null), json!([]), json!("1"), json!({}), json!({ "version": "1" }), json!({ "version": 1 })]
    {
        let error = restore(&foreign).expect_err("no state");
        assert_eq!((error, error.code()), (RestoreError::Damaged("form"), "damaged"), "{foreign}");
    }
    let mut state = kept(&mid_run());
    state["cheat"] = json!(true);
    assert_eq!(restore(&state).err(), Some(RestoreError::Damaged("form")));
}

#[test]
fn a_later_version_is_recognised_whatever_it_holds() {
    let error = restore(&json!({ "version": QuizState::VERSION + 1, "rounds": [] })).expect_err("too new");
    assert_eq!((error, error.code()), (RestoreError::LaterVersion, "later-version"));
    assert!(error.to_string().contains("newer version"));
}

#[test]
fn a_run_of_other_questions_is_set_aside_with_a_sentence() {
    let mut state = kept(&mid_run());
    state["bank"] = json!("0123456789abcdef");
    let error = restore(&state).expect_err("other questions");
    assert_eq!((error, error.code()), (RestoreError::OtherBank, "other-bank"));
    assert_eq!(
        error.to_string(),
        "The questions have changed since the saved run, so it was set aside. You can start a new run."
    );
}
