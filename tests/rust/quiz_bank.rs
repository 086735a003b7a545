//! The question bank: what is checked of any bank, and what holds of this one.

use gru_playground::quiz::BANK;
use gru_playground::quiz::schema::Bank;

const TOML: &str = include_str!("../../crate/quiz/src/bank.toml");

#[test]
fn the_bank_is_the_file_and_nothing_is_wrong_with_it() {
    assert_eq!(Bank::read(TOML).expect("a sound bank"), *BANK);
}

#[test]
fn its_hash_is_the_one_that_learners_keep_runs_under() {
    // Only a change of the bank's content may change it: kept runs are then set aside.
    assert_eq!(BANK.hash, "e7aa3f0af16d9c65");
}

#[test]
fn its_hash_changes_with_the_content_and_not_with_comments() {
    let hash = |text: &str| Bank::read(text).expect("a sound bank").hash;
    assert_eq!(hash(&format!("# another comment\n{TOML}")), BANK.hash);
    let happens = "opens = \"play?num_layers=4\"";
    assert!(TOML.contains(happens));
    assert_eq!(hash(&TOML.replace(happens, "opens = \"play\"")), BANK.hash, "what leads on asks nothing");
    assert_ne!(hash(&TOML.replace("seconds = 120", "seconds = 121")), BANK.hash);
    assert_ne!(hash(&TOML.replace("id = \"one-per-layer\"", "id = \"per-layer\"")), BANK.hash);
}

/// Each mistake, and what is said of it: what replaces what, the place and the field.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("seconds = 120", "seconds = 5", "`challenge.seconds` is 5, not from 10 to 3600"),
    ("attempts = 2", "attempts = 0", "`challenge.attempts` is 0"),
    (
        "attempts = 2",
        "attempts = 4",
        "\"why-gru\": 4 options with 4 attempts: trying them all would solve it",
    ),
    ("level = \"expert\"", "level = \"hard\"", "unknown variant `hard`"),
    ("hint = \"Check the expected input shape.\"\n", "", "missing field `hint`"),
    ("hint = \"Check the", "hnt = \"Check the", "unknown field `hnt`"),
    (
        "hint = \"Check the expected input shape.\"",
        "hint = \"\"",
        "question \"input-shape\": `hint` is empty",
    ),
    (
        "the gate z over",
        "the gate ` over",
        "question \"why-gru\": `again.text` has a backtick without its partner",
    ),
    (
        "id = \"why-gru\"",
        "id = \"output-shape\"",
        "question \"output-shape\": another question has the same `id`",
    ),
    (
        "id = \"why-gru\"",
        "id = \"Why GRU\"",
        "`id` \"Why GRU\" is not made of small letters, digits and hyphens",
    ),
    (
        "answer = \"gates\"",
        "answer = \"gate\"",
        "question \"why-gru\": `answer` is \"gate\", which is the id of no option",
    ),
    (
        "id = \"both-sides\"",
        "id = \"all-at-once\"",
        "option \"all-at-once\": another option has the same `id`",
    ),
    (
        "text = \"(5, 3, 10)\"",
        "text = \"(5, 3, 40)\"",
        "option \"like-the-input\": another option has the same `text`",
    ),
    (
        "text = \"(2, 3, 20)\"",
        "text = \"(2, 20, 3)\"",
        "`text` is \"(2, 20, 3)\", but `shape` prints as \"(2, 3, 20)\"",
    ),
    (
        "shape = [2, 3, 20]\nreply",
        "reply",
        "question \"output-shape\": some options have a `shape` and some have none",
    ),
    ("reply = \"A model can", "note = \"A model can", "unknown field `note`"),
    (
        ", and here it keeps falling.",
        ". Here it keeps falling.",
        "option \"underfitting\": `reply` is not one sentence",
    ),
    (
        "answer = \"overfitting\"",
        "answer = \"underfitting\"",
        "option \"overfitting\": a wrong option needs a `reply`",
    ),
    (
        "answer = \"overfitting\"",
        "answer = \"underfitting\"",
        "option \"underfitting\": the answer has a `reply`",
    ),
    ("release = \"1.10.2\"", "release = \"1.6\"", "no PyTorch release from 1.7.0 to 2.15.0: \"1.6\""),
    (
        "raises = \"RuntimeError: input must have 3 dimensions, got 2\"\n",
        "",
        "needs either `gives` or `raises`",
    ),
    (
        "tensor = \"weight_ih_l2\"",
        "tensor = \"W\"",
        "`run.gives.tensor` \"W\" is neither out nor h_n nor a parameter",
    ),
    ("0.34, 0.33]", "0.34]", "`curves` has 19 training and 20 validation losses"),
    ("0.34, 0.33]", "0.34, nan]", "`curves` has a loss that is negative or no number"),
    ("dropout = 0.2", "dropout = 2.0", "`again.call.dropout` is 2, not from 0 to 1"),
    (
        "input = [20, 1, 64]",
        "input = [20000000, 1, 64]",
        "`again.call` has the size 20000000, not from 0 to 4096",
    ),
    // The code as shown and the call that is run must not drift apart.
    (
        "gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)",
        "gru = nn.GRU(input_size=10, hidden_size=20, num_layers=3)",
        "`code.text` gives nn.GRU input_size=10, hidden_size=20, num_layers=3, but `code.call` input_size=10, hidden_size=20, num_layers=2",
    ),
    (
        "gru = nn.GRU(input_size=8, hidden_size=16)",
        "gru = nn.GRU(input_size=8, hidden_size=16, bidirectional=True)",
        "`code.text` gives nn.GRU input_size=8, hidden_size=16, bidirectional=True, but",
    ),
    ("torch.randn(4, 10) ", "torch.randn(4, 8) ", "`code.text` draws (4, 8), but `code.call` has (4, 10)"),
    (
        "gru = nn.GRU(input_size=8",
        "gru = nn.LSTM(input_size=8",
        "`code.text` does not have exactly one `nn.GRU(...)`",
    ),
];

#[test]
fn a_mistake_is_told_with_its_place() {
    for &(right, wrong, expected) in MISTAKES {
        assert!(TOML.contains(right), "{right}");
        let said = Bank::read(&TOML.replacen(right, wrong, 1)).expect_err(wrong);
        assert!(said.contains(expected), "{wrong}: {said}");
    }
}

#[test]
fn a_mistake_is_placed_in_its_line() {
    let line_of = |text: &str, needle: &str| text.lines().position(|line| line == needle).expect(needle) + 1;
    let wrong = TOML.replace("text = \"(2, 3, 20)\"", "text = \"(2, 3)\"");
    let said = Bank::read(&wrong).expect_err("the text is not the shape");
    assert!(said.starts_with(&format!("line {}, ", line_of(&wrong, "id = \"one-per-layer\""))), "{said}");

    // An id may stand in two questions: the line is the one within its own.
    let wrong = TOML
        .replace("id = \"stacked\"", "id = \"gates\"")
        .replace("answer = \"stacked\"", "answer = \"gates\"");
    let wrong = wrong.replace("text = \"It stacks GRU layers,", "text = \" It stacks GRU layers,");
    let said = Bank::read(&wrong).expect_err("a space in front");
    let second =
        wrong.lines().enumerate().filter(|(_, line)| *line == "id = \"gates\"").nth(1).unwrap().0 + 1;
    assert!(said.starts_with(&format!("line {second}, question \"num-layers\", option \"gates\"")), "{said}");

    let said =
        Bank::read(&TOML.replace("level = \"expert\"", "level = \"hard\"")).expect_err("no such level");
    assert!(said.contains("line ") && said.contains("level = \"hard\""), "{said}");
}

#[test]
fn the_five_problems_are_asked_in_their_words() {
    let words: Vec<_> = BANK
        .questions
        .iter()
        .map(|question| {
            (question.kind.as_str(), question.level.name(), question.title.as_str(), question.answer.as_str())
        })
        .collect();
    assert_eq!(
        words,
        [
            ("Predict Output", "intermediate", "Output shape of nn.GRU layer", "one-per-step"),
            ("Model Choice", "intermediate", "Choosing GRU for sequence data", "gates"),
            ("Hyperparameter", "advanced", "Effect of num_layers in nn.GRU", "stacked"),
            ("Metrics", "advanced", "Interpreting GRU training loss", "overfitting"),
            ("Debug", "expert", "Identifying error in GRU input shape", "no-batch-axis"),
        ]
    );
    assert_eq!(BANK.badge.title, "GRU Mastery Badge");
    assert_eq!(
        BANK.badge.lines,
        ["Get all challenges correct to earn this badge!", "Test your skills under time pressure!"]
    );
    assert_eq!((BANK.challenge.seconds, BANK.challenge.attempts), (120, 2));
}

#[test]
fn validation_loss_turns_while_training_loss_falls() {
    let curves =
        BANK.questions.iter().find_map(|question| question.curves.as_ref()).expect("a question with curves");
    assert!(curves.training.windows(2).all(|pair| pair[1] < pair[0]), "training loss falls at every epoch");
    let last = curves.validation.len() - 1;
    let lowest = (0..=last).min_by(|a, b| curves.validation[*a].total_cmp(&curves.validation[*b])).unwrap();
    assert!(
        curves.validation[..=lowest].windows(2).all(|pair| pair[1] < pair[0]),
        "validation loss falls at first"
    );
    assert!((last / 4..=last * 3 / 4).contains(&lowest), "it turns in the middle: {lowest}");
    assert!(curves.validation[last] > curves.validation[lowest] * 1.3, "and rises plainly");
    // Over any four epochs after its lowest point; a single epoch may go down.
    assert!(curves.validation[lowest..].windows(4).all(|four| four[3] > four[0]), "steadily");
    assert!(
        curves.validation.iter().zip(&curves.training).all(|(validation, training)| validation > training)
    );
}

#[test]
fn texts_keep_the_style_of_the_page_and_so_does_the_smallest_question_of_the_docs() {
    let docs = include_str!("../../docs/quiz.md").split("```toml\n").nth(1).expect("an example");
    let toml = format!("{TOML}\n{}", docs.split("```").next().expect("its end"));
    let bank = Bank::read(&toml).expect("a sound bank");
    assert_eq!(bank.questions.len(), BANK.questions.len() + 1);
    let questions = &toml[toml.find("[[question]]").expect("questions")..];
    assert!(!questions.contains('!'), "no exclamation marks but the badge's own");
    for question in &bank.questions {
        let answer = question.option(&question.answer).expect("an answer").text.len();
        let longest = question.options.iter().map(|option| option.text.len()).max().expect("options");
        assert!(answer < longest || longest < 12, "{}: the longest option gives itself away", question.id);
        for option in &question.options {
            let told = question.text.contains(&option.text) || question.hint.contains(&option.text);
            assert!(!told, "{}: {} is told beforehand", question.id, option.id);
        }
    }
}
