//! A program's run as others see it.

use std::rc::Rc;

use crate::eval::{Limits, Vm, Watch};
use crate::trace::{Recorder, TraceRecord, Tracing};
use crate::value::{Ceiling, Halt, Namespace, Object};

/// What came of running a program.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Execution {
    /// All that it printed.
    pub stdout: String,
    /// The exception that ended it, if one did.
    pub raised: Option<Raised>,
    /// What the runner does not do, where the program came to such a thing; then nothing is known of what Python would do.
    pub refused: Option<Unsupported>,
    /// Why it did not come to its end, where it used more than it may.
    pub stopped: Option<Stopped>,
    /// The warnings that were given, each once.
    pub warnings: Vec<Warning>,
    /// The steps that it took.
    pub steps: u64,
    /// What it made, where that was noted.
    pub record: TraceRecord,
}

/// An exception as a traceback ends with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Raised {
    /// The class: `RuntimeError`.
    pub kind: String,
    /// `str(exception)`.
    pub message: String,
    /// The traceback's last lines: class, message and, perhaps, the name that was meant.
    pub text: String,
    /// The line of the program, from 1.
    pub line: u32,
}

/// Something that Python does and the runner does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsupported {
    /// What it is.
    pub what: String,
    /// The line of the program, from 1.
    pub line: u32,
}

/// Where a program came to the end of what it may use; Python would have gone on.
#[derive(Debug, Clone, PartialEq)]
pub struct Stopped {
    /// What was used up.
    pub why: Ceiling,
    /// The same in words, with the sizes.
    pub what: String,
    /// The line of the program, from 1.
    pub line: u32,
    /// The steps that were done.
    pub steps: u64,
}

/// A warning as `PyTorch` words it.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// The class: `UserWarning`.
    pub category: String,
    /// Its text.
    pub message: String,
    /// The line of the program, from 1.
    pub line: u32,
}

/// What a run is given beside the program.
pub struct Settings {
    /// The steps that it may take.
    pub steps: u64,
    /// Who may stop it.
    pub watch: Option<Watch>,
    /// What is noted while it runs.
    pub tracing: Tracing,
}

/// Runs a program of at most so many steps.
///
/// ```
/// let outcome = gru_playground_python::run("print(sum(n * n for n in range(4)))", 1_000_000);
/// assert_eq!(outcome.stdout, "14\n");
/// ```
pub fn run(source: &str, steps: u64) -> Execution {
    run_with(source, Settings { steps, watch: None, tracing: Tracing::Nothing })
}

/// Runs a program with more than a number of steps.
pub fn run_with(source: &str, settings: Settings) -> Execution {
    const LONGEST: usize = 1 << 20;
    if source.len() > LONGEST {
        let refused = Unsupported { what: "a program of more than 1 MB".to_owned(), line: 1 };
        return Execution { refused: Some(refused), ..Execution::default() };
    }
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let limits = Limits { steps: settings.steps, output: 100_000, items: 8_000_000, depth: 990, nested: 120 };
    let mut vm = Vm::new(limits);
    vm.watch = settings.watch;
    vm.recorder = Recorder::new(settings.tracing);
    let space = Rc::new(Namespace::default());
    space.set("__name__", Object::str("__main__"));
    let result = vm.execute(source.trim_start_matches('\u{feff}'), &space, true);
    let mut outcome = Execution::default();
    match result {
        Ok(()) => {}
        Err(Halt::Refuse(what)) => {
            outcome.refused = Some(Unsupported { what: what.to_string(), line: vm.refused_line });
        }
        Err(Halt::Stop(why, what)) => {
            let (line, steps) = (vm.refused_line, vm.done());
            outcome.stopped = Some(Stopped { why, what: what.to_string(), line, steps });
        }
        Err(fault) => {
            let exception = match fault {
                Halt::Raise(exception) => exception,
                Halt::New(kind, message) => vm.exception(kind, &message),
                Halt::Refuse(_) | Halt::Stop(..) => unreachable!("taken above"),
            };
            let class = exception.class();
            let kind = class.name.to_string();
            let message = vm.message_of(&exception).unwrap_or_default();
            let hint =
                exception.get("_hint").and_then(|hint| hint.as_str().cloned()).unwrap_or_else(|| "".into());
            let module = match &*class.module {
                "builtins" | "__main__" => String::new(),
                module => format!("{module}."),
            };
            let text = if message.is_empty() {
                format!("{module}{kind}")
            } else {
                format!("{module}{kind}: {message}{hint}")
            };
            outcome.raised = Some(Raised { kind, message, text, line: exception.line.get() });
        }
    }
    outcome.steps = vm.done();
    outcome.record = vm.record(&space);
    space.forget();
    outcome.stdout = std::mem::take(&mut vm.output);
    outcome.warnings = std::mem::take(&mut vm.warnings)
        .into_iter()
        .map(|(category, message, line)| Warning { category, message, line })
        .collect();
    outcome
}

/// A fault in words, for whoever develops the library.
pub(crate) fn told(vm: &mut Vm, fault: &Halt) -> String {
    match fault {
        Halt::Raise(exception) => {
            let message = vm.message_of(exception).unwrap_or_default();
            format!("{}: {message} (line {})", exception.class().name, exception.line.get())
        }
        Halt::New(kind, message) => format!("{kind}: {message}"),
        Halt::Refuse(what) | Halt::Stop(_, what) => format!("refused: {what}"),
    }
}
