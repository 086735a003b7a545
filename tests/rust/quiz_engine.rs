//! The quiz's state machine: every event in every phase, attempts, time, announcements and results.

use crate::quiz_run::Player;
use gru_playground::quiz::{
    BANK, Because, ClockMode, ClosedView, EventError, FinishedView, MarkState, NoticeKind, OpenView,
    OptionState, PausedView, Phase, Quiz, QuizEvent, QuizView, Spent,
};

fn open(player: &Player) -> OpenView {
    match player.view() {
        QuizView::Open(view) => view,
        other => panic!("not open: {other:?}"),
    }
}

fn paused(player: &Player) -> PausedView {
    match player.view() {
        QuizView::Paused(view) => view,
        other => panic!("not paused: {other:?}"),
    }
}

fn closed(player: &Player) -> ClosedView {
    match player.view() {
        QuizView::Closed(view) => view,
        other => panic!("not closed: {other:?}"),
    }
}

fn finished(player: &Player) -> FinishedView {
    match player.view() {
        QuizView::Finished(view) => view,
        other => panic!("not finished: {other:?}"),
    }
}

fn remaining(player: &Player) -> u32 {
    player.record().remaining_ms.expect("a limit")
}

/// Rows are phases, columns events; the cell is the phase afterwards, `.` where nothing changes at all.
const TRANSITIONS: &str = "
            start right  wrong hint pause   resume next try_it again abandon stamp time_up
intro       open  .      .     .    .       .      .    .      .     .       .     .
open        .     closed open  open paused  .      .    open   .     intro   .     time_out
paused      .     .      .     .    .       open   .    .      .     intro   .     .
time_out    .     .      .     .    .       open   .    .      .     intro   .     .
closed      .     .      .     .    .       .      open .      .     intro   .     .
finished    open  .      .     .    .       .      .    .      open  intro   finished .
";

fn in_phase(name: &str) -> Player {
    let mut player = Player::start(ClockMode::Standard, 3);
    match name {
        "intro" => player.send(QuizEvent::Abandon),
        "open" => {}
        "paused" => player.send(QuizEvent::Pause),
        "time_out" => player.wait(120_000),
        "closed" => player.answer_right(),
        "finished" => player.solve_all(),
        other => panic!("{other}"),
    }
    player
}

fn send(player: &mut Player, event: &str) {
    let option = |id: &str| QuizEvent::Answer { option: id.to_owned() };
    player.send(match event {
        "start" => QuizEvent::Start { mode: ClockMode::X2, seed: 9 },
        "right" => option(&player.right()),
        "wrong" => option(&player.wrong(0)),
        "hint" => QuizEvent::Hint,
        "pause" => QuizEvent::Pause,
        "resume" => QuizEvent::Resume,
        "next" => QuizEvent::Next,
        "try_it" => QuizEvent::TryIt,
        "again" => QuizEvent::Again,
        "abandon" => QuizEvent::Abandon,
        "stamp" => QuizEvent::Stamp { date: "2026-11-22".to_owned() },
        "time_up" => return player.wait(120_000),
        other => panic!("{other}"),
    });
}

#[test]
fn every_event_in_every_phase() {
    let mut rows = TRANSITIONS.trim().lines();
    let events: Vec<&str> = rows.next().unwrap().split_whitespace().collect();
    let mut seen = 0;
    for row in rows {
        let mut cells = row.split_whitespace();
        let phase = cells.next().unwrap();
        let cells: Vec<&str> = cells.collect();
        assert_eq!(cells.len(), events.len(), "{row}");
        for (event, after) in events.iter().zip(cells) {
            let mut player = in_phase(phase);
            let before = player.state().clone();
            send(&mut player, event);
            if after == "." {
                assert_eq!(*player.state(), before, "{event} in {phase}");
            } else {
                assert_ne!(*player.state(), before, "{event} in {phase}");
                assert_eq!(player.phase_name(), after, "{event} in {phase}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 6 * 12);
}

#[test]
fn a_run_without_fault_earns_the_badge() {
    let mut player = Player::start(ClockMode::X1_5, 7);
    for question in &BANK.questions {
        assert_eq!(open(&player).question.id, question.id);
        player.wait(10_000);
        player.answer_right();
        let view = closed(&player);
        assert!(view.verdict.solved && view.verdict.wrong.is_empty());
        assert!(view.verdict.right.starts_with("Correct: "));
        assert_eq!(view.last, question.id == BANK.questions.last().unwrap().id);
        player.send(QuizEvent::Next);
    }
    let view = finished(&player);
    assert_eq!((view.solved, view.total_ms, view.total.as_str()), (5, 50_000, "0:50"));
    assert!(view.read_again.is_empty());
    assert!(view.marks.iter().all(|mark| mark.state == MarkState::Solved));
    let badge = view.badge.expect("all five are solved");
    assert_eq!((badge.title, badge.seed, badge.date), ("GRU Mastery Badge", 7, None));
    assert_eq!(badge.mode, "3:00 per question (×1.5)");

    player.send(QuizEvent::Stamp { date: "2026-11-22".to_owned() });
    player.send(QuizEvent::Stamp { date: "2027-01-01".to_owned() });
    assert_eq!(finished(&player).badge.unwrap().date.as_deref(), Some("2026-11-22"), "stamped once");
}

#[test]
fn the_first_wrong_option_is_replied_to_and_cannot_be_chosen_again() {
    let mut player = Player::start(ClockMode::Standard, 1);
    let wrong = player.wrong(0);
    player.wait(30_000);
    player.answer(&wrong);
    let view = open(&player);
    assert_eq!((view.attempts, view.attempts_left), (2, 1));
    assert_eq!(remaining(&player), 90_000, "a wrong answer leaves the clock as it is");
    let reply = BANK.questions[0].option(&wrong).unwrap().reply.as_deref().unwrap();
    let notice = view.notice.expect("a notice");
    assert_eq!((notice.kind, notice.text), (NoticeKind::Wrong, format!("{reply} One attempt is left.")));
    for option in &view.options {
        let is_tried = option.id == wrong;
        assert_eq!(option.state, if is_tried { OptionState::Tried } else { OptionState::Free });
        assert_eq!(option.reply.is_some(), is_tried);
    }

    player.answer(&wrong);
    assert_eq!(open(&player).attempts_left, 1, "the same option again costs nothing");
    player.answer_right();
    let verdict = closed(&player).verdict;
    assert!(verdict.solved);
    assert_eq!(verdict.wrong.len(), 1);
    assert!(verdict.wrong[0].contains(reply));
}

#[test]
fn the_second_wrong_option_closes_the_question() {
    let mut player = Player::start(ClockMode::Standard, 1);
    let (first, second) = (player.wrong(0), player.wrong(1));
    player.answer(&first);
    player.answer(&second);
    let view = closed(&player);
    assert!(!view.verdict.solved);
    assert_eq!(view.verdict.right, "The answer: (5, 3, 20).");
    assert_eq!(view.verdict.wrong.len(), 2);
    for option in &view.options {
        let expected = match option.id {
            id if id == player.right() => OptionState::Right,
            id if id == first || id == second => OptionState::Tried,
            _ => OptionState::Free,
        };
        assert_eq!(option.state, expected);
        assert_eq!(option.reply.is_none(), expected == OptionState::Right);
    }
    assert_eq!(view.marks[0].state, MarkState::Failed);
}

#[test]
fn time_running_out_spends_an_attempt_and_hides_the_question() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(119_999);
    assert_eq!(open(&player).clock.unwrap().text, "0:01");
    player.wait(1);
    let view = paused(&player);
    assert_eq!((view.because, view.attempts_left), (Because::TimeOut, 1));
    assert!(view.text.contains("Time ran out") && view.text.contains("One attempt is left"));
    assert_eq!(view.clock.unwrap().text, "2:00", "the clock starts anew");
    player.wait(500_000);
    assert_eq!(remaining(&player), 120_000, "it stands until the learner goes on");

    player.send(QuizEvent::Resume);
    assert_eq!(open(&player).notice.unwrap().kind, NoticeKind::TimeOut);
    player.wait(120_000);
    let view = closed(&player);
    assert!(!view.verdict.solved);
    assert_eq!(view.verdict.wrong.len(), 2);
    assert_eq!(view.elapsed, "4:00");
}

#[test]
fn a_long_sleep_costs_one_attempt_and_no_more() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(8 * 3_600_000);
    assert_eq!(player.record().spent, [Spent::TimeOut]);
    assert_eq!(player.record().elapsed_ms, 120_000);
}

#[test]
fn an_answer_after_the_time_comes_too_late() {
    let mut player = Player::start(ClockMode::Standard, 1);
    let right = player.right();
    player.now_ms += 120_001;
    player.answer(&right);
    assert_eq!(player.state().phase, Phase::TimeOut);
    assert_eq!(player.record().spent, [Spent::TimeOut]);
}

#[test]
fn an_attempt_lost_to_time_and_one_to_a_wrong_option_fail_the_question() {
    for time_first in [true, false] {
        let mut player = Player::start(ClockMode::Standard, 1);
        let wrong = player.wrong(0);
        if time_first {
            player.wait(120_000);
            player.send(QuizEvent::Resume);
            player.answer(&wrong);
        } else {
            player.answer(&wrong);
            player.wait(120_000);
        }
        assert_eq!(player.state().phase, Phase::Closed);
        assert_eq!(player.record().spent.len(), 2);
        assert!(player.restores());
    }
}

#[test]
fn a_pause_stops_the_clock_and_holds_none_of_the_text() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(50_000);
    player.send(QuizEvent::Pause);
    player.wait(3_600_000);
    let view = paused(&player);
    assert_eq!((view.because, view.clock.unwrap().remaining_ms), (Because::Pause, 70_000));
    player.send(QuizEvent::Resume);
    player.wait(1000);
    assert_eq!(remaining(&player), 69_000);
}

#[test]
fn modes_stretch_the_clock() {
    let limits = [
        (ClockMode::Standard, Some(120_000), "2:00 per question"),
        (ClockMode::X1_5, Some(180_000), "3:00 per question (×1.5)"),
        (ClockMode::X2, Some(240_000), "4:00 per question (×2)"),
        (ClockMode::X10, Some(1_200_000), "20:00 per question (×10)"),
        (ClockMode::NoLimit, None, "no time limit"),
    ];
    let QuizView::Intro(intro) = Quiz::new().view() else { panic!("not the intro") };
    assert_eq!(intro.modes.len(), limits.len());
    for (offered, (mode, limit_ms, label)) in intro.modes.iter().zip(limits) {
        assert_eq!((offered.mode, offered.label.as_str()), (mode, label));
        let player = Player::start(mode, 1);
        assert_eq!(player.record().remaining_ms, limit_ms);
        assert_eq!(open(&player).clock.map(|clock| clock.limit_ms), limit_ms);
    }
}

#[test]
fn without_a_limit_time_is_counted_and_never_ends() {
    let mut player = Player::start(ClockMode::NoLimit, 1);
    player.wait(86_400_000);
    let view = open(&player);
    assert_eq!((view.clock, view.elapsed_ms, view.announcement), (None, 86_400_000, None));
    player.wait(u64::MAX / 2);
    assert_eq!(open(&player).elapsed_ms, u32::MAX, "saturates");
    player.answer_right();
    assert_eq!(closed(&player).verdict.wrong.len(), 0);
}

#[test]
fn sixty_and_twenty_seconds_are_announced_once_each() {
    for mode in [ClockMode::Standard, ClockMode::X10] {
        let mut player = Player::start(mode, 1);
        let mut heard = Vec::new();
        let limit = remaining(&player);
        for _ in 0..limit / 250 - 1 {
            player.wait(250);
            if let Some(announcement) = open(&player).announcement
                && heard.last().is_none_or(|(id, _, _)| *id != announcement.id)
            {
                heard.push((announcement.id, announcement.text, remaining(&player)));
            }
        }
        let expected = [(1, "60 seconds left".to_owned(), 60_000), (2, "20 seconds left".to_owned(), 20_000)];
        assert_eq!(heard, expected);
    }
}

#[test]
fn a_leap_over_both_marks_announces_the_lower_one() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(110_000);
    assert_eq!(open(&player).announcement.unwrap().text, "20 seconds left");
}

#[test]
fn a_pause_neither_repeats_nor_swallows_an_announcement() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(60_000);
    assert!(open(&player).announcement.is_some());
    player.send(QuizEvent::Pause);
    player.send(QuizEvent::Resume);
    assert_eq!(open(&player).announcement, None);
    player.wait(40_000);
    assert_eq!(open(&player).announcement.unwrap().text, "20 seconds left");
}

#[test]
fn a_clock_that_goes_back_gives_nothing_back() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(30_000);
    player.now_ms = 0;
    player.wait(0);
    assert_eq!(remaining(&player), 90_000);
    player.wait(5000);
    assert_eq!(remaining(&player), 85_000, "and goes on from there");
}

#[test]
fn closing_the_tab_neither_takes_nor_gives_time() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.wait(30_000);
    for now_ms in [0, 1 << 50] {
        player.reopen();
        player.now_ms = now_ms;
        player.wait(0);
        assert_eq!(remaining(&player), 90_000);
    }
    player.wait(1000);
    assert_eq!(remaining(&player), 89_000);
}

#[test]
fn the_hint_is_shown_once_asked_for_and_noted() {
    let mut player = Player::start(ClockMode::Standard, 1);
    assert_eq!(open(&player).hint, None);
    player.send(QuizEvent::Hint);
    assert_eq!(open(&player).hint, Some(BANK.questions[0].hint.as_str()));
    player.solve_all();
    let view = finished(&player);
    assert!(view.results[0].hint && view.results[1..].iter().all(|result| !result.hint));
    assert!(view.badge.is_some(), "a hint is allowed");
    let again: Vec<_> = view.read_again.iter().map(|again| again.question).collect();
    assert_eq!(again, [&BANK.questions[0].id], "solved with the hint: read it again");
}

#[test]
fn trying_the_code_is_noted_only_where_there_is_code() {
    let mut player = Player::start(ClockMode::Standard, 1);
    for _ in &BANK.questions {
        player.send(QuizEvent::TryIt);
        player.answer_right();
        player.send(QuizEvent::Next);
    }
    let tried: Vec<_> = finished(&player).results.iter().map(|result| result.tried).collect();
    let has_code: Vec<_> = BANK.questions.iter().map(|question| question.code.is_some()).collect();
    assert_eq!(tried, has_code);
}

#[test]
fn results_tell_attempts_time_and_what_to_read_again() {
    let mut player = Player::start(ClockMode::Standard, 5);
    player.answer(&player.wrong(2));
    player.wait(20_400);
    player.answer_right();
    player.send(QuizEvent::Next);

    player.wait(120_000);
    player.send(QuizEvent::Resume);
    player.answer(&player.wrong(0));
    player.send(QuizEvent::Next);

    player.solve_all();
    let view = finished(&player);
    assert_eq!(view.solved, 4);
    assert_eq!(view.badge, None);
    let first = &view.results[0];
    assert_eq!((first.solved, first.attempts, first.time_outs, first.elapsed.as_str()), (true, 2, 0, "0:20"));
    let second = &view.results[1];
    assert_eq!(
        (second.solved, second.attempts, second.time_outs, second.elapsed.as_str()),
        (false, 2, 1, "2:00")
    );
    assert_eq!(view.total, "2:20");
    let again: Vec<_> = view.read_again.iter().map(|again| again.question).collect();
    assert_eq!(
        again,
        [&BANK.questions[0].id, &BANK.questions[1].id],
        "a second attempt may have been a guess: read it again too"
    );

    player.send(QuizEvent::Stamp { date: "2026-11-22".to_owned() });
    assert_eq!(player.state().date, None, "no badge, no date");
}

#[test]
fn a_seed_gives_an_order_and_again_gives_another() {
    let orders = |player: &mut Player| -> Vec<Vec<&'static str>> {
        let mut orders = Vec::new();
        while let QuizView::Open(view) = player.view() {
            assert!(view.options.iter().zip(1..).all(|(option, number)| option.number == number));
            orders.push(view.options.iter().map(|option| option.id).collect());
            player.answer_right();
            player.send(QuizEvent::Next);
        }
        orders
    };
    let mut player = Player::start(ClockMode::X2, 11);
    let mut last = orders(&mut player);
    assert_eq!(last, orders(&mut Player::start(ClockMode::NoLimit, 11)), "the same seed, the same order");
    for _ in 0..50 {
        player.send(QuizEvent::Again);
        assert_eq!(player.state().mode, ClockMode::X2);
        let next = orders(&mut player);
        for (next, last) in next.iter().zip(&last) {
            assert_ne!(next, last, "another order for every question");
            let sorted = |order: &[&'static str]| {
                let mut order = order.to_vec();
                order.sort_unstable();
                order
            };
            assert_eq!(sorted(next), sorted(last), "of the same options");
        }
        last = next;
    }
}

#[test]
fn every_option_comes_to_every_place() {
    let count = BANK.questions[0].options.len();
    let mut seen = vec![vec![0; count]; count];
    for seed in 0..1000 {
        let view = open(&Player::start(ClockMode::Standard, seed));
        for (place, option) in view.options.iter().enumerate() {
            let index = BANK.questions[0].options.iter().position(|known| known.id == option.id).unwrap();
            seen[index][place] += 1;
        }
    }
    // A fifth of 1000 each, give or take five standard deviations.
    assert!(seen.iter().flatten().all(|count| (137..=263).contains(count)), "{seen:?}");
}

#[test]
fn the_order_of_a_kept_run_does_not_change_with_versions() {
    let order: Vec<_> =
        open(&Player::start(ClockMode::Standard, 2026)).options.iter().map(|option| option.id).collect();
    assert_eq!(
        order,
        ["batch-leads", "like-the-input", "one-per-step", "layers-side-by-side", "one-per-layer"]
    );
}

#[test]
fn what_no_view_offers_is_refused_by_name() {
    let mut player = Player::start(ClockMode::Standard, 1);
    let before = player.state().clone();
    let unknown = QuizEvent::Answer { option: "no-such-option".to_owned() };
    assert_eq!(player.try_send(unknown), Err(EventError::UnknownOption("no-such-option".to_owned())));
    assert_eq!(*player.state(), before);

    player.solve_all();
    for date in [
        "",
        "22.11.2026",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "2026-1-1",
        "２０２６-11-22",
        "2026-11-22 ",
    ] {
        let stamp = QuizEvent::Stamp { date: date.to_owned() };
        assert_eq!(player.try_send(stamp), Err(EventError::BadDate(date.to_owned())));
    }
    assert_eq!(player.state().date, None);
}

#[test]
fn giving_up_keeps_the_mode_chosen() {
    let mut player = Player::start(ClockMode::X10, 1);
    player.send(QuizEvent::Abandon);
    let QuizView::Intro(intro) = player.view() else { panic!("not the intro") };
    assert_eq!(intro.mode, ClockMode::X10);
    assert!(intro.marks.iter().all(|mark| mark.state == MarkState::Ahead));
    assert!(player.state().records.is_empty());
}

#[test]
fn after_the_verdict_the_core_says_what_it_computed() {
    let mut player = Player::start(ClockMode::Standard, 1);
    player.answer_right();
    let view = closed(&player);
    let printed: Vec<_> =
        view.computed[0].results.iter().map(|line| (line.expression.as_str(), line.text.as_str())).collect();
    assert_eq!(printed, [("out.shape", "torch.Size([5, 3, 20])"), ("h_n.shape", "torch.Size([2, 3, 20])")]);

    while player.record().question != "input-shape" {
        player.send(QuizEvent::Next);
        player.answer_right();
    }
    let view = closed(&player);
    let said: Vec<_> =
        view.computed.iter().map(|computed| (computed.label.as_str(), computed.error.as_deref())).collect();
    let last_axis = Some("RuntimeError: input.size(-1) must be equal to input_size. Expected 8, got 10");
    let two_axes = Some("RuntimeError: input must have 3 dimensions, got 2");
    assert_eq!(
        said,
        [
            ("Up to PyTorch 1.10", two_axes),
            ("Since PyTorch 1.11", last_axis),
            ("With 8 features alone, torch.randn(4, 8), up to PyTorch 1.10", two_axes),
            ("With 8 features alone, torch.randn(4, 8), since PyTorch 1.11: one sequence", None),
            ("With a batch axis alone, torch.randn(4, 1, 10)", last_axis),
            ("With a batch axis and 8 features, torch.randn(4, 1, 8)", None),
        ]
    );
}

#[test]
fn every_event_is_read_as_it_is_written() {
    let start = QuizEvent::Start { mode: ClockMode::X1_5, seed: u32::MAX };
    let events = [
        (start, r#"{"type":"start","mode":"x1.5","seed":4294967295}"#),
        (QuizEvent::Answer { option: "gates".to_owned() }, r#"{"type":"answer","option":"gates"}"#),
        (QuizEvent::Hint, r#"{"type":"hint"}"#),
        (QuizEvent::Pause, r#"{"type":"pause"}"#),
        (QuizEvent::Resume, r#"{"type":"resume"}"#),
        (QuizEvent::Next, r#"{"type":"next"}"#),
        (QuizEvent::Tick, r#"{"type":"tick"}"#),
        (QuizEvent::TryIt, r#"{"type":"try_it"}"#),
        (QuizEvent::Again, r#"{"type":"again"}"#),
        (QuizEvent::Abandon, r#"{"type":"abandon"}"#),
        (QuizEvent::Stamp { date: "2026-11-22".to_owned() }, r#"{"type":"stamp","date":"2026-11-22"}"#),
    ];
    for (event, json) in events {
        assert_eq!(serde_json::to_string(&event).expect("an event is data"), json);
        assert_eq!(serde_json::from_str::<QuizEvent>(json).expect(json), event);
    }
    for json in [
        r#"{"type":"cheat"}"#,
        r#"{"type":"start","seed":1}"#,
        r#"{"type":"answer"}"#,
        r#"{"type":"stamp"}"#,
        "{}",
    ] {
        assert!(serde_json::from_str::<QuizEvent>(json).is_err(), "{json}");
    }
}
