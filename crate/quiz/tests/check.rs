//! Banks of others: what is said of them, where, and that none of them stops the check.

use gru_playground_quiz::check_bank;

const OURS: &str = include_str!("../src/bank.toml");
const FAULTY: &str = include_str!("faulty.toml");

#[test]
fn a_bank_with_a_fault_of_every_kind_is_told_fault_by_fault() {
    let report = check_bank(FAULTY);
    let lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert_eq!(lines, include_str!("faulty.txt").lines().collect::<Vec<_>>());
    assert!(!report.is_sound());
    assert_eq!((report.questions, report.computed), (4, 0));
}

#[test]
fn our_own_bank_is_sound_and_what_cannot_be_executed_is_told() {
    let report = check_bank(OURS);
    assert!(report.is_sound());
    assert_eq!((report.questions, report.computed, report.findings.len()), (5, 1, 4));
}

#[test]
fn a_key_that_the_core_refutes_is_an_error_where_it_stands() {
    let wrong = OURS.replacen("answer = \"one-per-step\"", "answer = \"batch-leads\"", 1);
    let wrong = wrong.replacen(
        "reply = \"The last axis is right, but you",
        "# reply = \"The last axis is right, but you",
        1,
    );
    let wrong = wrong.replacen(
        "text = \"(5, 3, 20)\"\nshape = [5, 3, 20]\n",
        "text = \"(5, 3, 20)\"\nshape = [5, 3, 20]\nreply = \"No.\"\n",
        1,
    );
    let report = check_bank(&wrong);
    let said: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let line = |needle: &str| wrong.lines().position(|line| line == needle).expect(needle) + 1;
    let refuted = format!(
        "{}:9: error: question \"output-shape\", option \"batch-leads\": `shape` of the answer is (3, 5, 20), but the core computes: `out` is (5, 3, 20)",
        line("shape = [3, 5, 20]")
    );
    assert!(said.contains(&refuted), "{said:#?}");
    assert!(
        said.iter().any(|said| said
            .contains("option \"one-per-step\": `shape` of a wrong option is what the core computes")),
        "{said:#?}"
    );
}

#[test]
fn a_text_that_is_no_bank_is_told_with_line_and_column() {
    let place = |text: &str| {
        let report = check_bank(text);
        let [finding] = &report.findings[..] else { panic!("{text}: {report:?}") };
        (finding.line, finding.column)
    };
    assert_eq!(place("[challenge]\nseconds = = 5\n").0, 2);
    assert_eq!(place(&OURS.replacen("level = \"expert\"", "level = \"härter\"", 1)).0, {
        OURS.lines().position(|line| line == "level = \"expert\"").expect("a line") + 1
    });
    assert_eq!(place(""), (1, 1));
    assert_eq!(place(&"x".repeat(17_000_000)), (1, 1));
}

/// Each number, text and list of our bank, in turn something that no bank should have.
#[test]
fn hostile_banks_are_answered() {
    let numbers = [
        "9223372036854775807",
        "-9223372036854775808",
        "1e400",
        "-1",
        "nan",
        "'text'",
        "[[[]]]",
        "{}",
        "99999999999999999999999",
    ];
    let texts =
        ["\"<script>alert(1)</script>\"", "\"\\u202E\\u0000\"", "5", "[]", "{ id = 'x' }", "true", "\"`\""];
    let mut answered = 0;
    for (place, line) in OURS.lines().enumerate() {
        let Some((key, value)) = line.split_once(" = ") else { continue };
        let replacements: &[&str] = if value.starts_with('"') { &texts } else { &numbers };
        for replacement in replacements {
            let lines: Vec<String> = OURS
                .lines()
                .enumerate()
                .map(
                    |(at, line)| if at == place { format!("{key} = {replacement}") } else { line.to_owned() },
                )
                .collect();
            let report = check_bank(&lines.join("\n"));
            assert!(report.findings.iter().all(|finding| finding.line >= 1 && finding.column >= 1));
            answered += 1;
        }
    }
    assert!(answered > 500, "{answered}");
    for end in (0..OURS.len()).step_by(1009).filter(|&end| OURS.is_char_boundary(end)) {
        check_bank(&OURS[..end]);
    }
    for deep in
        ["[".repeat(10_000), format!("a = {}", "[".repeat(10_000)), format!("{}x = 1", "a.".repeat(10_000))]
    {
        assert!(!check_bank(&deep).is_sound());
    }
}

#[test]
fn ten_thousand_questions_are_checked() {
    let (head, questions) = OURS.split_once("[[question]]").expect("questions");
    let (question, _) = questions.split_once("[[question]]").expect("more of them");
    let mut text = head.to_owned();
    for number in 0..10_000 {
        // Its options' texts are long: the shortest sound question is enough.
        text += &SHORT.replace("NUMBER", &number.to_string());
    }
    assert!(question.contains("output-shape"));
    let report = check_bank(&text);
    assert!(report.is_sound(), "{:?}", report.findings.first());
    assert_eq!((report.questions, report.computed), (10_000, 10_000));
}

const SHORT: &str = r#"
[[question]]
id = "q-NUMBER"
kind = "S"
level = "beginner"
title = "T"
text = "?"
hint = "H"
answer = "a"
explanation = "E"
asks = "h_n.size(0)"
[question.code]
text = "nn.GRU(input_size=4, hidden_size=6)\ntorch.randn(5, 3, 4)"
call = { input_size = 4, hidden_size = 6, input = [5, 3, 4] }
[[question.option]]
id = "a"
text = "1"
count = 1
[[question.option]]
id = "b"
text = "5"
count = 5
reply = "No."
[[question.option]]
id = "c"
text = "3"
count = 3
reply = "No."
[question.again]
title = "A"
text = "B"
"#;
