//! What holds of the quiz whatever happens: random events at random times, and random states.

use crate::quiz_run::Player;
use gru_playground::quiz::{
    BANK, ClockMode, OptionState, Outcome, Phase, Quiz, QuizEvent, QuizState, QuizView, Record, Spent,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// What a learner, or a page gone wrong, may send.
#[derive(Debug, Clone)]
enum Act {
    Right,
    Wrong(usize),
    Event(QuizEvent),
    /// The tab is closed and opened again.
    Reopen,
}

fn modes() -> impl Strategy<Value = ClockMode> {
    select(ClockMode::ALL.to_vec())
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => Just(Act::Event(QuizEvent::Tick)),
        6 => Just(Act::Event(QuizEvent::Next)),
        4 => Just(Act::Right),
        4 => (0..8usize).prop_map(Act::Wrong),
        4 => Just(Act::Event(QuizEvent::Resume)),
        2 => Just(Act::Event(QuizEvent::Pause)),
        2 => Just(Act::Event(QuizEvent::Hint)),
        2 => Just(Act::Event(QuizEvent::TryIt)),
        2 => Just(Act::Reopen),
        1 => Just(Act::Event(QuizEvent::Again)),
        1 => Just(Act::Event(QuizEvent::Abandon)),
        1 => (modes(), any::<u32>()).prop_map(|(mode, seed)| Act::Event(QuizEvent::Start { mode, seed })),
        1 => select(vec!["2026-11-22", "", "soon"]).prop_map(|date| Act::Event(QuizEvent::Stamp { date: date.to_owned() })),
        1 => ".*".prop_map(|option| Act::Event(QuizEvent::Answer { option })),
    ]
}

/// Where the clock goes: on by a little, by a lot, or anywhere.
#[derive(Debug, Clone)]
enum Time {
    On(u64),
    To(u64),
}

fn times() -> impl Strategy<Value = Time> {
    prop_oneof![
        6 => (0..5000u64).prop_map(Time::On),
        3 => (0..150_000u64).prop_map(Time::On),
        1 => any::<u64>().prop_map(Time::To),
    ]
}

fn perform(player: &mut Player, act: Act) {
    // What no view offers is refused; that too must leave everything sound.
    let _ = match act {
        Act::Right => player.try_send(QuizEvent::Answer { option: player.right() }),
        Act::Wrong(index) => {
            let options = &BANK.questions[player.state().records.len().saturating_sub(1)].options;
            player.try_send(QuizEvent::Answer { option: options[index % options.len()].id.clone() })
        }
        Act::Event(event) => player.try_send(event),
        Act::Reopen => {
            player.reopen();
            Ok(())
        }
    };
}

/// Time that is left for all attempts of a question.
fn potential_ms(state: &QuizState, record: &Record) -> u64 {
    let limit_ms = u64::from(state.mode.limit_ms(&BANK.challenge).unwrap_or(0));
    let attempts_left = u64::from(BANK.challenge.attempts) - record.spent.len() as u64;
    attempts_left.saturating_sub(1) * limit_ms + u64::from(record.remaining_ms.unwrap_or(0))
}

/// Within a run nothing comes back: no time, no attempt, no hint unseen, no verdict undone.
fn nothing_comes_back(before: &QuizState, after: &QuizState) {
    assert!(after.records.len() >= before.records.len());
    for (old, new) in before.records.iter().zip(&after.records) {
        assert!(new.spent.starts_with(&old.spent), "attempts");
        assert!(potential_ms(after, new) <= potential_ms(before, old), "time left");
        assert!(new.elapsed_ms >= old.elapsed_ms, "time taken");
        assert!(new.hint >= old.hint && new.tried >= old.tried);
        if new
            .spent
            .iter()
            .filter(|spent| **spent == Spent::TimeOut)
            .eq(old.spent.iter().filter(|spent| **spent == Spent::TimeOut))
        {
            assert!(new.remaining_ms <= old.remaining_ms, "the clock starts anew only after time ran out");
        }
        if old.outcome != Outcome::Undecided {
            assert_eq!(old, new, "a closed question does not change");
        }
    }
}

/// The view shows what its phase may show, and no more.
fn shows_no_more_than_it_may(state: &QuizState, view: &QuizView) {
    let json = serde_json::to_string(view).expect("a view is data");
    let shows = |text: &str| json.contains(serde_json::to_string(text).expect("a text").trim_matches('"'));
    let Some(record) = state.records.last() else {
        return assert!(matches!(view, QuizView::Intro(_)));
    };
    let question = BANK.questions.iter().find(|question| question.id == record.question).expect("known");
    match view {
        QuizView::Open(view) => {
            assert!(!shows(&question.explanation) && !shows(&question.again.text));
            assert_eq!(shows(&question.hint), record.hint);
            for option in &view.options {
                let was_tried =
                    record.spent.iter().any(|spent| matches!(spent, Spent::Wrong(id) if id == option.id));
                // All that were not tried look alike: nothing tells the right one.
                assert_eq!(option.state, if was_tried { OptionState::Tried } else { OptionState::Free });
                assert_eq!(option.reply.is_some(), was_tried);
            }
            assert!(!json.contains("\"right\"") && !json.contains("verdict"));
            assert!(view.attempts_left >= 1 && view.attempts_left <= view.attempts);
            assert_eq!(view.clock.is_some(), state.mode != ClockMode::NoLimit);
            assert!(view.clock.as_ref().is_none_or(|clock| clock.remaining_ms > 0));
        }
        QuizView::Paused(_) => {
            assert!(!shows(&question.title) && !shows(&question.text) && !shows(&question.hint));
            assert!(question.code.as_ref().is_none_or(|code| !shows(&code.text)));
            assert!(question.options.iter().all(|option| !shows(&option.text)));
        }
        QuizView::Closed(view) => {
            let right: Vec<_> =
                view.options.iter().filter(|option| option.state == OptionState::Right).collect();
            assert!(right.len() == 1 && right[0].id == question.answer);
            assert_eq!(view.verdict.solved, record.outcome == Outcome::Solved);
            assert_eq!(view.verdict.wrong.len(), record.spent.len());
        }
        QuizView::Finished(view) => {
            assert_eq!(view.badge.is_some(), view.solved as usize == BANK.questions.len());
            assert!(
                view.results.iter().all(|result| result.solved || result.attempts == BANK.challenge.attempts)
            );
        }
        QuizView::Intro(_) => panic!("a run is not the intro"),
    }
}

proptest! {
    #[test]
    fn nothing_comes_back_and_nothing_is_told_early(
        mode in modes(),
        seed in any::<u32>(),
        steps in vec((acts(), times()), 1..80),
    ) {
        let mut player = Player::start(mode, seed);
        for (act, time) in steps {
            let before = player.state().clone();
            let was_ms = player.now_ms;
            player.now_ms = match time {
                Time::On(ms) => player.now_ms.saturating_add(ms),
                Time::To(ms) => ms,
            };
            let passed_ms = player.now_ms.saturating_sub(was_ms);
            let begins = matches!(
                act,
                Act::Event(QuizEvent::Start { .. } | QuizEvent::Again | QuizEvent::Abandon)
            );
            perform(&mut player, act);
            let after = player.state();
            if !begins {
                nothing_comes_back(&before, after);
                let taken = |state: &QuizState| state.records.iter().map(|record| u64::from(record.elapsed_ms)).sum::<u64>();
                prop_assert!(taken(after) - taken(&before) <= passed_ms, "no time is taken that did not pass");
                if before.phase != Phase::Open {
                    prop_assert_eq!(taken(after), taken(&before), "time counts only while a question is open");
                }
            }
            let view = player.view();
            shows_no_more_than_it_may(after, &view);

            let kept = serde_json::to_string(after).expect("a state is data");
            let restored = Quiz::restore(serde_json::from_str(&kept).expect("a state")).expect("a run left this state");
            prop_assert_eq!(restored.state(), after);
            let mut restored_view = restored.view();
            if let (QuizView::Open(restored), QuizView::Open(view)) = (&mut restored_view, &view) {
                restored.announcement.clone_from(&view.announcement);
            }
            prop_assert_eq!(restored_view, view);
        }
    }

    #[test]
    fn a_state_that_is_taken_up_is_one_that_a_run_can_leave(
        state in states(),
        acts in vec((acts(), times()), 0..12),
    ) {
        if let Ok(quiz) = Quiz::restore(state) {
            let mut player = Player { quiz, now_ms: 0 };
            shows_no_more_than_it_may(player.state(), &player.view());
            for record in &player.state().records {
                prop_assert!(record.spent.len() <= BANK.challenge.attempts as usize);
                prop_assert!(record.remaining_ms <= player.state().mode.limit_ms(&BANK.challenge));
            }
            for (act, time) in acts {
                player.now_ms = match time {
                    Time::On(ms) => player.now_ms.saturating_add(ms),
                    Time::To(ms) => ms,
                };
                perform(&mut player, act);
                shows_no_more_than_it_may(player.state(), &player.view());
                prop_assert!(player.restores());
            }
        }
    }
}

/// States near enough to real ones that some are taken up.
fn states() -> impl Strategy<Value = QuizState> {
    let phases =
        vec![Phase::Intro, Phase::Open, Phase::Paused, Phase::TimeOut, Phase::Closed, Phase::Finished];
    (select(phases), modes(), any::<u32>(), 1..=5usize).prop_flat_map(|(phase, mode, seed, asked)| {
        let asked = match phase {
            Phase::Intro => 0,
            Phase::Finished => 5,
            _ => asked,
        };
        let is_open =
            |index| index + 1 == asked && matches!(phase, Phase::Open | Phase::Paused | Phase::TimeOut);
        let records: Vec<_> = (0..asked).map(|index| records(index, is_open(index), mode)).collect();
        (records, option::weighted(0.1, Just("2026-11-22".to_owned()))).prop_map(move |(records, date)| {
            QuizState {
                version: QuizState::VERSION,
                bank: BANK.hash.clone(),
                phase,
                mode,
                seed,
                records,
                date,
            }
        })
    })
}

fn records(index: usize, is_open: bool, mode: ClockMode) -> impl Strategy<Value = Record> {
    let question = &BANK.questions[index];
    let options: Vec<String> = question.options.iter().map(|option| option.id.clone()).collect();
    let spent = prop_oneof![4 => select(options).prop_map(Spent::Wrong), 1 => Just(Spent::TimeOut)];
    let limit_ms = mode.limit_ms(&BANK.challenge).unwrap_or(1000);
    let (hint, tried) = (any::<bool>(), prop::bool::weighted(0.1));
    (vec(spent, 0..3), hint, tried, prop_oneof![1..=limit_ms, Just(limit_ms)]).prop_map(
        move |(spent, hint, tried, left_ms)| {
            let outcome = match (spent.len() >= 2, is_open) {
                (true, _) => Outcome::Failed,
                (false, true) => Outcome::Undecided,
                (false, false) => Outcome::Solved,
            };
            let time_outs = spent.iter().filter(|spent| **spent == Spent::TimeOut).count() as u32;
            let ran_out = outcome == Outcome::Failed && spent.last() == Some(&Spent::TimeOut);
            let left_ms = if ran_out { 0 } else { left_ms };
            Record {
                question: question.id.clone(),
                outcome,
                hint,
                tried,
                remaining_ms: (mode != ClockMode::NoLimit).then_some(left_ms),
                elapsed_ms: (time_outs + u32::from(!ran_out)) * limit_ms - left_ms,
                spent,
            }
        },
    )
}
