//! What real `PyTorch` 1.7 to 2.15 did, to the character.

use gru_playground::call::{Argument, Call, Dtype, Place, Release};
use gru_playground::diagnostic::{Diagnosis, Role, Severity, apply, diagnose};
use gru_playground::gru::{Gru, GruConfig};
use gru_playground::rng::TorchGenerator;
use ndarray::ArrayD;
use serde::Deserialize;

#[derive(Deserialize)]
struct Facts {
    runs: Vec<String>,
    not_run: Vec<String>,
    records: Vec<Record>,
    excluded: Vec<Excluded>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    call: Call,
    /// Whether the recorded code makes the module and never calls it.
    constructor_only: bool,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    from: Release,
    to: Release,
    exception: Option<String>,
    message: Option<String>,
    stdout: String,
    warnings: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Excluded {
    id: String,
    reason: String,
}

fn facts() -> Facts {
    serde_json::from_str(include_str!("../golden/facts.json")).expect("the facts are in order")
}

impl Facts {
    /// Every release that was run, and those between two that answered alike.
    fn releases(&self) -> Vec<Release> {
        self.runs
            .iter()
            .chain(&self.not_run)
            .map(|release| release.parse().expect("a known release"))
            .collect()
    }
}

/// The exception, as the newest Python that runs a release spells it: from 3.10 on, on which no release before
/// 1.11 runs, the class stands before a method's name.
fn expected(answer: &Answer, release: Release) -> Option<(String, String)> {
    let message = answer.message.as_deref()?;
    let bare = message.strip_prefix("RNNBase.").unwrap_or(message);
    let message = match release < Release::new(1, 11, 0) {
        true => bare.replace("a real number, not", "a number, not"),
        false if bare.starts_with("__init__()") => format!("RNNBase.{bare}"),
        false => message.to_owned(),
    };
    Some((answer.exception.clone()?, message))
}

fn said(diagnosis: &Diagnosis) -> Option<(String, String)> {
    let error = diagnosis.error()?;
    Some((error.exception.clone()?, error.message.clone()))
}

fn warnings(diagnosis: &Diagnosis) -> Vec<(String, String)> {
    let warnings = diagnosis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
    warnings.map(|warning| (warning.exception.clone().unwrap_or_default(), warning.message.clone())).collect()
}

/// The shapes that a legal call prints.
fn printed(diagnosis: &Diagnosis) -> Vec<String> {
    let Some(trace) = &diagnosis.trace else { return Vec::new() };
    let results = trace.tensors.iter().filter(|tensor| matches!(tensor.role, Role::Output | Role::HN));
    results.map(|tensor| tensor.shape.torch_size()).collect()
}

/// The shapes in what was printed; the output's comes first.
fn shapes(stdout: &str) -> Vec<String> {
    let after = stdout.split("torch.Size([").skip(1);
    after
        .filter_map(|text| text.split_once("])"))
        .map(|(sizes, _)| format!("torch.Size([{sizes}])"))
        .collect()
}

#[test]
fn every_record_is_answered_to_the_character_in_every_release() {
    let facts = facts();
    let (mut compared, mut differing) = (0, Vec::new());
    for record in &facts.records {
        for answer in &record.answers {
            let in_range = |release: &Release| (answer.from..=answer.to).contains(release);
            for release in facts.releases().into_iter().filter(in_range) {
                let diagnosis = diagnose(&Call { release, ..record.call.clone() });
                let is_constructed = record.constructor_only && answer.exception.is_none();
                let agrees = if is_constructed {
                    diagnosis.module.is_some()
                } else {
                    said(&diagnosis) == expected(answer, release)
                };
                let agrees = agrees && warnings(&diagnosis) == answer.warnings;
                let agrees =
                    agrees && (is_constructed || printed(&diagnosis).starts_with(&shapes(&answer.stdout)));
                compared += 1;
                if !agrees {
                    differing.push(format!(
                        "{} in {release}: expected {:?}, said {:?}",
                        record.id,
                        expected(answer, release),
                        said(&diagnosis)
                    ));
                }
            }
        }
    }
    assert!(differing.is_empty(), "{} of {compared} differ:\n{}", differing.len(), differing.join("\n"));
    // 63 records in 42 releases, where a record tells of every one.
    assert!(compared > 2500, "only {compared} comparisons");
}

/// What `nn.GRU` of the call says of its input and its state; none where it gives a result.
fn forward_error(call: &Call, config: GruConfig) -> Option<String> {
    let zeros = |argument: &Argument| {
        let sizes = argument.as_tensor().expect("a tensor").shape.0.iter();
        ArrayD::<f32>::zeros(sizes.map(|size| usize::try_from(size.0).expect("a size")).collect::<Vec<_>>())
    };
    let gru = Gru::<f32>::new(config, &mut TorchGenerator::new(0)).expect("a small module");
    let h_0 = call.h_0.as_ref().map(zeros);
    let result = gru.forward(zeros(&call.input).view(), h_0.as_ref().map(|h_0| h_0.view()));
    result.err().map(|error| error.to_string())
}

#[test]
fn a_forward_pass_says_what_the_newest_release_said() {
    let is_float = |argument: &Argument| argument.as_tensor().is_some_and(|it| it.dtype == Dtype::Float32);
    let mut refused = 0;
    let is_called = |record: &Record| !record.constructor_only;
    for Record { id, call, answers, .. } in facts().records.into_iter().filter(is_called) {
        let is_drawn =
            is_float(&call.input) && call.h_0.iter().all(is_float) && call.config.dtype == Dtype::Float32;
        let answer = answers.iter().find(|answer| (answer.from..=answer.to).contains(&Release::NEWEST));
        let module = diagnose(&Call { release: Release::NEWEST, ..call.clone() }).module;
        let (Some(answer), Some(config), true) = (answer, module, is_drawn) else { continue };
        // The size of what is drawn is none of the module's faults.
        if answer.message.as_ref().is_some_and(|message| message.contains("negative dimension")) {
            continue;
        }
        assert_eq!(forward_error(&call, config), answer.message, "{id}");
        refused += usize::from(answer.message.is_some());
    }
    assert!(refused > 10, "only {refused} calls");
}

/// A call of which an option is misspelt, written twice or of another kind, and what 2.15 did.
#[derive(Deserialize)]
struct OptionRecord {
    call: Call,
    code: String,
    exception: Option<String>,
    message: Option<String>,
    warnings: Vec<(String, String)>,
}

fn option_records() -> Vec<OptionRecord> {
    let lines = include_str!("../golden/options.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("the options are in order")).collect()
}

#[test]
fn every_option_is_answered_to_the_character() {
    let records = option_records();
    for record in &records {
        let diagnosis = diagnose(&record.call);
        assert_eq!(said(&diagnosis), record.exception.clone().zip(record.message.clone()), "{}", record.code);
        assert_eq!(warnings(&diagnosis), record.warnings, "{}", record.code);
    }
    assert!(records.len() > 100, "only {} calls", records.len());
}

/// A call, and the fixes of which 2.15 ran what they write.
#[derive(Deserialize)]
struct FixRecord {
    call: Call,
    fixes: Vec<FixAnswer>,
}

#[derive(Deserialize)]
struct FixAnswer {
    statement: String,
    code: String,
    printed: Vec<String>,
}

#[test]
fn what_every_fix_writes_is_what_pytorch_ran() {
    let records: Vec<FixRecord> = include_str!("../golden/fixes.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("the fixes are in order"))
        .collect();
    let mut methods = 0;
    for FixRecord { call, fixes } in &records {
        let diagnosis = diagnose(call);
        let help: Vec<_> = diagnosis.diagnostics.iter().flat_map(|diagnostic| &diagnostic.help).collect();
        let written: Vec<_> = help.iter().map(|fix| (&fix.statement, &fix.code)).collect();
        let ran: Vec<_> = fixes.iter().map(|fix| (&fix.statement, &fix.code)).collect();
        assert_eq!(written, ran, "{call:?}");
        for (fix, answer) in help.into_iter().zip(fixes) {
            assert_eq!(printed(&diagnose(&apply(call, fix))), answer.printed, "{fix:?}");
            methods += usize::from(fix.code.contains("x = x") || fix.code.contains("h_0 = h_0"));
        }
    }
    assert!(methods > 100, "only {methods} statements on a tensor");
}

#[test]
fn what_throws_numbers_away_comes_last_in_every_call() {
    for record in include_str!("../golden/fixes.jsonl").lines() {
        let FixRecord { call, .. } = serde_json::from_str(record).expect("the fixes are in order");
        for diagnostic in diagnose(&call).diagnostics {
            let loses: Vec<bool> = diagnostic.help.iter().map(|fix| fix.statement.contains("lost")).collect();
            assert!(loses.is_sorted(), "{:?}", diagnostic.help);
            // A tensor that is there is drawn anew by nothing else.
            let redraws = |code: &str| code.lines().any(|line| line.starts_with("x = torch.randn("));
            let silent =
                diagnostic.help.iter().find(|fix| redraws(&fix.code) && !fix.statement.contains("lost"));
            assert_eq!(silent, None);
        }
    }
}

#[test]
fn before_python_3_10_a_refused_argument_names_no_class() {
    let said_by = |release: &str, name: &str| {
        let call = format!(
            r#"{{"config": {{"input_size": 10, "hidden_size": 20, "{name}": 2}}, "input": {{"shape": [5, 3, 10]}}, "release": "{release}"}}"#
        );
        let call: Call = serde_json::from_str(&call).expect("a call");
        said(&diagnose(&call)).expect("an error").1
    };
    let unexpected = "__init__() got an unexpected keyword argument 'num_layer'";
    assert_eq!(said_by("1.10.2", "num_layer"), unexpected);
    assert_eq!(said_by("1.11.0", "num_layer"), format!("RNNBase.{unexpected}"));
    let twice = "__init__() got multiple values for argument 'self'";
    assert_eq!(said_by("1.10.2", "self"), twice);
    assert_eq!(said_by("1.11.0", "self"), format!("GRU.{twice}"));
}

/// The first fix for an option that is misspelt, as code.
fn first_fix(config: &str) -> String {
    let call = format!(
        r#"{{"config": {{"input_size": 10, "hidden_size": 20, {config}}}, "input": {{"shape": [5, 3, 10]}}}}"#
    );
    let call: Call = serde_json::from_str(&call).expect("a call");
    let diagnosis = diagnose(&call);
    let error = diagnosis.error().expect("an error");
    assert!(
        error
            .labels
            .iter()
            .any(|label| matches!(&label.place, Place::Option { name } if config.contains(name)))
    );
    error.help[0].code.clone()
}

#[test]
fn the_nearest_option_is_the_first_fix() {
    let module = |options: &str| format!("gru = nn.GRU(input_size=10, hidden_size=20{options})");
    for (config, options) in [
        (r#""num_layer": 2"#, ", num_layers=2"),
        (r#""n_layers": 2"#, ", num_layers=2"),
        (r#""layers": 3, "num_layers": 2"#, ", num_layers=3"),
        (r#""NumLayers": 2"#, ", num_layers=2"),
        (r#""batch_fist": true"#, ", batch_first=True"),
        (r#""bidir": true"#, ", bidirectional=True"),
        (r#""dropout_rate": 0.5, "num_layers": 2"#, ", num_layers=2, dropout=0.5"),
        (r#""use_bias": false"#, ", bias=False"),
        (r#""devcie": "cpu""#, ", device='cpu'"),
        // What it would be set to is mended too.
        (r#""num_layer": 2.5"#, ", num_layers=3"),
        (r#""num_layer": 2, "biass": false"#, ", num_layers=2, bias=False"),
        // No option is meant.
        (r#""nonlinearity": "relu""#, ""),
        (r#""batch_size": 3"#, ""),
        (r#""constructor": 3"#, ""),
    ] {
        assert_eq!(first_fix(config), module(options), "{config}");
    }
    // A name that is near two is the nearer one's.
    let call = r#"{"config": {"input_size": 10, "hidden_sze": 20}, "input": {"shape": [5, 3, 10]}}"#;
    let diagnosis = diagnose(&serde_json::from_str(call).expect("a call"));
    assert_eq!(diagnosis.error().expect("an error").help[0].code, module(""));
}

#[test]
fn what_is_no_part_of_a_call_is_not_read() {
    for call in [
        r#"{"config": {}, "input": {"shape": []}, "h0": null}"#,
        r#"{"config": {}, "input": {"shape": [], "devcie": "cpu"}}"#,
        r#"{"config": {}, "input": {"shape": []}, "h_0": {"shape": [], "dtpye": "float64"}}"#,
    ] {
        assert!(serde_json::from_str::<Call>(call).is_err(), "{call}");
    }
}

#[test]
fn what_is_not_compared_has_its_reason() {
    let facts = facts();
    assert_eq!((facts.records.len(), facts.excluded.len()), (63, 18));
    assert!(facts.excluded.iter().all(|excluded| !excluded.reason.is_empty()));
    let is_compared = |id: &str| facts.records.iter().any(|record| record.id == id);
    assert!(facts.excluded.iter().all(|excluded| !is_compared(&excluded.id)));
}
