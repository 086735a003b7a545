//! The two forms that measure what was learned: parallel, judged by what was chosen, and true by the core.

use std::collections::BTreeSet;

use gru_playground_practice::{FormName, form_gain, form_questions, judge_form};

const FORMS: [FormName; 2] = [FormName::A, FormName::B];

#[test]
fn both_forms_ask_for_the_same_five_kinds_in_other_words() {
    let kinds = FORMS.map(|form| form.items().map(|item| item.name.split_once('/').expect("a kind").1));
    assert_eq!(kinds[0], kinds[1]);
    let questions: BTreeSet<&str> =
        FORMS.iter().flat_map(|form| form.items().map(|item| item.question)).collect();
    assert_eq!(questions.len(), 10);
    for item in FORMS.iter().flat_map(|form| form.items()) {
        assert_eq!(item.options.iter().collect::<BTreeSet<_>>().len(), 4, "{}", item.name);
        for text in item.options.iter().chain([&item.question, &item.explanation]) {
            assert!(text.trim() == *text && !text.is_empty() && text.matches('`').count() % 2 == 0, "{text}");
        }
    }
}

#[test]
fn what_the_explanations_rest_on_holds() {
    for item in FORMS.iter().flat_map(|form| form.items()) {
        let program =
            format!("import torch\nimport torch.nn as nn\n\ntorch.manual_seed(0)\n{}\n", item.proof);
        let run = python::run(&program, 100_000_000);
        let words: Vec<&str> = run.stdout.split_whitespace().collect();
        assert!(!words.is_empty() && words.iter().all(|word| *word == "True"), "{}: {run:?}", item.name);
    }
}

#[test]
fn an_answer_is_judged_by_the_option_and_not_by_its_place() {
    for form in FORMS {
        for seed in 0..50 {
            let questions = form_questions(form, seed);
            let right: Vec<Option<usize>> = questions
                .iter()
                .zip(form.items())
                .map(|(asked, item)| asked.options.iter().position(|option| *option == item.options[0]))
                .collect();
            assert!(judge_form(form, seed, &right).iter().all(|answer| answer.right));
            let wrong: Vec<Option<usize>> = right.iter().map(|place| place.map(|at| (at + 1) % 4)).collect();
            let judged = judge_form(form, seed, &wrong);
            for ((answer, asked), place) in judged.iter().zip(&questions).zip(wrong) {
                assert!(!answer.right);
                assert_eq!(answer.chosen, place.map(|at| asked.options[at]));
            }
        }
    }
    let firsts: BTreeSet<&str> =
        (0..50).map(|seed| form_questions(FormName::A, seed)[0].options[0]).collect();
    assert_eq!(firsts.len(), 4, "every option comes first for some seed");
}

#[test]
fn what_was_not_answered_is_not_right() {
    let none = judge_form(FormName::B, 3, &[None, Some(9)]);
    assert_eq!(none.len(), 5);
    assert!(none.iter().all(|answer| !answer.right && answer.chosen.is_none()));
}

#[test]
fn a_gain_says_what_five_questions_can_tell() {
    assert_eq!(
        form_gain(2, 3),
        "Before 2 of 5, after 3 of 5: 1 more. Five questions cannot tell a difference of one from luck: who guesses has one of four right."
    );
    assert!(form_gain(4, 2).contains("2 fewer. With five questions a difference of two can still be luck"));
    assert!(form_gain(0, 5).contains("5 more. With five questions so large a difference is seldom luck"));
    assert!(form_gain(3, 3).contains("as many"));
}
