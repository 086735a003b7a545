//! What must hold of a bank before anything is run: what a teacher may get wrong, said plainly.

use std::collections::HashSet;

use super::schema::{Bank, Choice, Code, Curves, PlainCall, Question, Run};
use call::{Call, Config, Release};

impl Bank {
    /// Reads and checks a bank.
    ///
    /// # Errors
    /// Says what is wrong, and in which line.
    pub fn read(text: &str) -> Result<Self, String> {
        let bank = Self::parse(text).map_err(|error| error.to_string())?;
        let problems = check(&bank);
        if problems.is_empty() {
            return Ok(bank);
        }
        let sentences: Vec<String> = problems.iter().map(|problem| sentence(text, &bank, problem)).collect();
        Err(sentences.join("\n"))
    }
}

/// `line 57, question "why-gru", option "gates": ...`.
fn sentence(text: &str, bank: &Bank, problem: &Problem) -> String {
    let (question, option) = problem.ids(bank);
    let ids = [("question", question), ("option", option)];
    let ids: Vec<_> = ids.iter().filter_map(|(what, id)| Some((what, (*id)?))).collect();
    if ids.is_empty() {
        return problem.message.clone();
    }
    // TOML's own positions are gone once it is read, but an id stands where its table does.
    let line = ids.iter().fold(0, |from, (_, id)| {
        from + text.lines().skip(from).position(|line| defines_id(line, id)).unwrap_or(0)
    });
    let place: Vec<String> = ids.iter().map(|(what, id)| format!("{what} {id:?}")).collect();
    format!("line {}, {}: {}", line + 1, place.join(", "), problem.message)
}

fn defines_id(line: &str, id: &str) -> bool {
    line.split_once('=')
        .is_some_and(|(key, value)| key.trim() == "id" && value.trim().trim_matches(['"', '\'']) == id)
}

/// Something wrong with a bank.
pub(super) struct Problem {
    /// The place of the question that it is about.
    pub(super) question: Option<usize>,
    /// The place of the option that it is about.
    pub(super) option: Option<usize>,
    /// Where it stands within that, by keys and places with dots between them, if not at the first field that the message names.
    pub(super) at: Option<String>,
    /// The field, and what is wrong with it.
    pub(super) message: String,
}

impl Problem {
    /// The ids of the question and the option that it is about.
    pub(super) fn ids<'a>(&self, bank: &'a Bank) -> (Option<&'a str>, Option<&'a str>) {
        let question = self.question.and_then(|place| bank.questions.get(place));
        let option = question.and_then(|question| question.options.get(self.option?));
        (question.map(|question| &*question.id), option.map(|option| &*option.id))
    }
}

/// Collects problems, each with its place.
struct Problems {
    found: Vec<Problem>,
    question: Option<usize>,
    option: Option<usize>,
}

impl Problems {
    fn that(&mut self, holds: bool, message: impl FnOnce() -> String) {
        if !holds {
            self.found.push(Problem {
                question: self.question,
                option: self.option,
                at: None,
                message: message(),
            });
        }
    }

    fn fails(&mut self, message: String) {
        self.that(false, || message);
    }

    /// A text that is to be read.
    fn text(&mut self, field: &str, text: &str) {
        self.that(!text.trim().is_empty(), || format!("`{field}` is empty"));
        self.that(text == text.trim(), || format!("`{field}` begins or ends with a space"));
        self.that(text.matches('`').count().is_multiple_of(2), || {
            format!("`{field}` has a backtick without its partner")
        });
    }
}

/// Everything wrong with a bank; nothing if it is sound.
pub(super) fn check(bank: &Bank) -> Vec<Problem> {
    let mut report = Problems { found: Vec::new(), question: None, option: None };
    let challenge = &bank.challenge;
    report.that((10..=3600).contains(&challenge.seconds), || {
        format!("`challenge.seconds` is {}, not from 10 to 3600", challenge.seconds)
    });
    report.that(challenge.attempts >= 1, || "`challenge.attempts` is 0".to_owned());
    report.text("challenge.about", &challenge.about);
    report.text("badge.title", &bank.badge.title);
    report.text("badge.about", &bank.badge.about);
    bank.badge.lines.iter().for_each(|line| report.text("badge.lines", line));
    check_call(&mut report, "badge.call", &bank.badge.call);
    report.that(!bank.questions.is_empty(), || "there is no [[question]]".to_owned());
    let mut ids = HashSet::new();
    for (index, question) in bank.questions.iter().enumerate() {
        report.question = Some(index);
        report.that(ids.insert(&question.id), || "another question has the same `id`".to_owned());
        check_question(&mut report, bank, question);
    }
    report.found
}

fn check_question(report: &mut Problems, bank: &Bank, question: &Question) {
    check_id(report, &question.id);
    let texts = [
        ("kind", &question.kind),
        ("title", &question.title),
        ("text", &question.text),
        ("hint", &question.hint),
        ("explanation", &question.explanation),
        ("again.title", &question.again.title),
        ("again.text", &question.again.text),
    ];
    for (field, text) in texts {
        report.text(field, text);
    }
    if let Some(code) = &question.code {
        check_code(report, code);
    }
    if let Some(curves) = &question.curves {
        check_curves(report, curves);
    }
    if let Some(happen) = &question.happen {
        report.text("happen.text", &happen.text);
        check_place(report, &happen.opens);
    }
    if let Some(call) = &question.again.call {
        check_call(report, "again.call", call);
    }
    check_runs(report, "run", &question.runs);
    check_options(report, bank, question);
}

/// A place of the page: a view, a room of it where it has rooms, and what is set there.
fn check_place(report: &mut Problems, place: &str) {
    let (path, query) = place.split_once('?').unwrap_or((place, ""));
    let is_named = path
        .split('/')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    let is_plain = query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    report.that(is_named && is_plain, || {
        format!("`happen.opens` is {place:?}: it must be a place of the page, such as lab/train?lr=0.1")
    });
}

fn check_options(report: &mut Problems, bank: &Bank, question: &Question) {
    let options = &question.options;
    report.that(options.len() <= 9, || format!("{} options: there are keys for 9", options.len()));
    report.that(options.len() > bank.challenge.attempts as usize, || {
        format!(
            "{} options with {} attempts: trying them all would solve it",
            options.len(),
            bank.challenge.attempts
        )
    });
    report.that(options.iter().any(|option| option.id == question.answer), || {
        format!("`answer` is {:?}, which is the id of no option", question.answer)
    });
    let asks = question.asks.as_deref().unwrap_or("out");
    let asks_count = asks == "parameters" || asks.contains('.');
    report.that(asks == "parameters" || is_measure(asks), || {
        format!("`asks` {asks:?} is neither a tensor nor its size(0) or numel() nor parameters")
    });
    let [shapes, counts] =
        [|option: &&Choice| option.shape.is_some(), |option: &&Choice| option.count.is_some()]
            .map(|has| options.iter().filter(has).count());
    for (field, given, fits) in [("shape", shapes, !asks_count), ("count", counts, asks_count)] {
        report.that(given == 0 || given == options.len(), || {
            format!("some options have a `{field}` and some have none")
        });
        report.that(given == 0 || question.code.is_some(), || {
            format!("the options have a `{field}`, but there is no `code` to run")
        });
        report.that(given == 0 || fits, || format!("the options have a `{field}`, but `asks` is {asks:?}"));
    }
    report.that(question.asks.is_none() || shapes + counts > 0, || {
        "`asks` is given, but the options state neither a `shape` nor a `count`".to_owned()
    });
    for (index, option) in options.iter().enumerate() {
        report.option = Some(index);
        let earlier = &options[..index];
        report.that(earlier.iter().all(|earlier| earlier.id != option.id), || {
            "another option has the same `id`".to_owned()
        });
        report.that(earlier.iter().all(|earlier| earlier.text != option.text), || {
            "another option has the same `text`".to_owned()
        });
        check_option(report, option, option.id == question.answer);
        // What a text states of code is executed, or a wrong key would pass.
        if question.code.is_some() && option.shape.is_none() && option.count.is_none() {
            report
                .that(!states_shape(&option.text), || "`text` is a shape, but `shape` is missing".to_owned());
            report.that(stated_count(&option.text).is_none(), || {
                "`text` begins with a count, but `count` is missing".to_owned()
            });
        }
    }
    report.option = None;
}

fn check_option(report: &mut Problems, option: &Choice, is_answer: bool) {
    check_id(report, &option.id);
    report.text("text", &option.text);
    if let Some(shape) = &option.shape {
        let printed = python_tuple(shape);
        report.that(option.text == printed, || {
            format!("`text` is {:?}, but `shape` prints as {printed:?}", option.text)
        });
    }
    if let Some(count) = option.count {
        report.that(stated_count(&option.text) == Some(count), || {
            format!("`text` is {:?}, but does not begin with the `count`, {count}", option.text)
        });
    }
    match &option.reply {
        Some(_) if is_answer => {
            report.fails("the answer has a `reply`; its reply is the explanation".to_owned());
        }
        None if !is_answer => report.fails("a wrong option needs a `reply`".to_owned()),
        Some(reply) => {
            report.text("reply", reply);
            let is_one_sentence =
                reply.ends_with('.') && ![". ", "? ", "! "].iter().any(|end| reply.contains(end));
            report.that(is_one_sentence, || {
                "`reply` is not one sentence that ends with a full stop".to_owned()
            });
        }
        None => {}
    }
    check_runs(report, "proof", &option.proofs);
}

fn check_id(report: &mut Problems, id: &str) {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    report.that(!id.is_empty() && id.bytes().all(is_plain), || {
        format!("`id` {id:?} is not made of small letters, digits and hyphens")
    });
}

fn check_runs(report: &mut Problems, field: &str, runs: &[Run]) {
    for run in runs {
        report.text(&format!("{field}.label"), &run.label);
        check_call(report, &format!("{field}.call"), &run.call);
        if let Some(Err(error)) = run.release.as_ref().map(|release| release.parse::<Release>()) {
            report.fails(format!("`{field}.release`: {error}"));
        }
        report.that(run.gives.is_empty() == run.raises.is_some(), || {
            format!("`{field}` {:?} needs either `gives` or `raises`", run.label)
        });
        for gives in &run.gives {
            report.that(is_tensor(&gives.tensor), || {
                format!("`{field}.gives.tensor` {:?} is neither out nor h_n nor a parameter", gives.tensor)
            });
        }
    }
}

fn is_tensor(name: &str) -> bool {
    let parameters = ["weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l"];
    ["out", "h_n"].contains(&name) || parameters.iter().any(|prefix| name.starts_with(prefix))
}

/// A tensor, or a count of one: `h_n.size(0)`, `out.numel()`.
fn is_measure(asks: &str) -> bool {
    let (tensor, count) = asks.split_once('.').unwrap_or((asks, "numel()"));
    let axis = count.strip_prefix("size(").and_then(|rest| rest.strip_suffix(')'));
    is_tensor(tensor) && (count == "numel()" || axis.is_some_and(|axis| ["0", "1", "2"].contains(&axis)))
}

/// Whether a text is a shape and nothing else, however it is written.
fn states_shape(text: &str) -> bool {
    let bare = text.trim_matches('`').trim_start_matches("torch.Size");
    let is_size = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    bare.starts_with(['(', '['])
        && bare
            .trim_matches(['(', ')', '[', ']'])
            .split(',')
            .all(|part| is_size(part.trim()) || part.is_empty())
}

/// The count that a text begins with: `1,860 parameters`.
fn stated_count(text: &str) -> Option<i64> {
    text.trim_matches('`').split(' ').next()?.replace([',', '_', '`'], "").parse().ok()
}

/// Sizes that a question may use: enough for any example, and never a frozen tab.
fn check_call(report: &mut Problems, field: &str, call: &PlainCall) {
    const MOST: i64 = 4096;
    let shapes = call.input.iter().chain(call.h_0.iter().flat_map(|h_0| h_0.iter()));
    let sizes = [call.input_size, call.hidden_size].into_iter().chain(call.num_layers);
    for size in shapes.copied().chain(sizes) {
        report.that((0..=MOST).contains(&size), || {
            format!("`{field}` has the size {size}, not from 0 to {MOST}")
        });
    }
    let dropout = call.dropout.unwrap_or(0.0);
    report
        .that((0.0..=1.0).contains(&dropout), || format!("`{field}.dropout` is {dropout}, not from 0 to 1"));
}

fn check_curves(report: &mut Problems, curves: &Curves) {
    let (training, validation) = (&curves.training, &curves.validation);
    report.that(training.len() == validation.len(), || {
        format!("`curves` has {} training and {} validation losses", training.len(), validation.len())
    });
    report.that(training.len() >= 2, || "`curves` needs at least two epochs".to_owned());
    let is_loss = |loss: &f64| loss.is_finite() && *loss >= 0.0;
    report.that(training.iter().chain(validation.iter()).all(is_loss), || {
        "`curves` has a loss that is negative or no number".to_owned()
    });
}

/// The shown code and the call must state the same: options by name, then the shapes of what is drawn.
fn check_code(report: &mut Problems, code: &Code) {
    check_call(report, "code.call", &code.call);
    let call = &code.call;
    let config = Call::from(call).config;
    let options = Config::OPTIONS.into_iter().zip(config.fields());
    let options: Vec<(&str, String)> =
        options.filter_map(|(name, value)| Some((name, value.as_ref()?.to_string()))).collect();
    let [written] = arguments(&code.text, "nn.GRU(")[..] else {
        return report.fails("`code.text` does not have exactly one `nn.GRU(...)`".to_owned());
    };
    let mut written: Vec<(&str, String)> = written
        .split(',')
        .map(|argument| argument.split_once('=').unwrap_or(("", argument)))
        .map(|(name, value)| (name.trim(), value.trim().to_owned()))
        .collect();
    let order = |name: &str| options.iter().position(|(known, _)| *known == name);
    written.sort_by_key(|(name, _)| order(name).unwrap_or(usize::MAX));
    report.that(written == options, || {
        format!("`code.text` gives nn.GRU {}, but `code.call` {}", listed(&written), listed(&options))
    });
    let drawn: Vec<String> = arguments(&code.text, "torch.randn(").into_iter().map(str::to_owned).collect();
    let shapes: Vec<String> =
        [Some(&call.input), call.h_0.as_ref()].into_iter().flatten().map(|shape| sizes(shape)).collect();
    report.that(drawn == shapes, || {
        format!("`code.text` draws ({}), but `code.call` has ({})", drawn.join("), ("), shapes.join("), ("))
    });
}

/// What stands between the brackets of every call of `function`, which ends with its bracket.
fn arguments<'a>(code: &'a str, function: &str) -> Vec<&'a str> {
    let calls = code.split(function).skip(1);
    calls.filter_map(|rest| rest.split_once(')')).map(|(arguments, _)| arguments.trim()).collect()
}

fn listed(options: &[(&str, String)]) -> String {
    let options: Vec<String> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
    options.join(", ")
}

fn python_tuple(shape: &[i64]) -> String {
    let comma = if shape.len() == 1 { "," } else { "" };
    format!("({}{comma})", sizes(shape))
}

fn sizes(shape: &[i64]) -> String {
    let sizes: Vec<String> = shape.iter().map(i64::to_string).collect();
    sizes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_of_this_site_is_sound() {
        if let Err(problems) = Bank::read(include_str!("bank.toml")) {
            panic!("bank.toml: {problems}");
        }
    }
}
