//! The interpreter: what it knows while a program runs.

mod attribute;
mod call;
pub mod frame;
mod import;
mod index;
pub mod iter;
pub mod native;
pub mod operate;
mod run;
pub mod text;
mod types;
mod unpack;

use std::collections::HashMap;
use std::rc::Rc;

use crate::syntax::code::CodeObject;
use crate::syntax::{self, SyntaxFault};
use crate::torch::Context;
use crate::value::{Ceiling, Class, Halt, Instance, Namespace, Object, PyGenerator, PyModule, R};
use frame::{Block, Frame};
pub use index::{set_order, slice_places};
use run::RunEnd;
pub use types::Type;

/// Is asked from time to time, with the steps that are done; true stops the program.
pub type Watch = Box<dyn FnMut(u64) -> bool>;

/// The pages of 64 KB that a program may fill; beyond some more the machine itself would end.
#[cfg(target_arch = "wasm32")]
const MOST_PAGES: usize = 1 << 14;

/// The steps between two questions.
const WATCHED: u64 = 100_000;

/// What a program may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub steps: u64,
    pub output: usize,
    pub items: usize,
    pub depth: usize,
    /// Calls of the loop by the loop, each of which takes a piece of the machine's stack.
    pub nested: usize,
}

pub struct Vm {
    pub cx: Rc<Context>,
    pub output: String,
    pub warnings: Vec<(String, String, u32)>,
    pub types: types::Types,
    pub builtins: Rc<Namespace>,
    pub modules: HashMap<String, Rc<PyModule>>,
    node_classes: std::cell::RefCell<HashMap<String, Rc<Class>>>,
    pub exceptions: HashMap<&'static str, Rc<Class>>,
    pub limits: Limits,
    pub refused_line: u32,
    /// The steps until the watch is asked, and those that then are left.
    pub steps: u64,
    pub later: u64,
    pub watch: Option<Watch>,
    pub recorder: Option<Box<crate::trace::Recorder>>,
    pub depth: usize,
    pub nested: usize,
    /// The line of the program that calls: what a warning is noted with.
    pub at: u32,
    pub python_random: crate::builtins::random::Stream,
    pub numpy_random: crate::builtins::random::Stream,
    /// Those of `random.Random` objects.
    pub other_random: Vec<crate::builtins::random::Stream>,
    /// The objects that are being printed, so that one within itself is seen.
    pub printing: Vec<usize>,
}

impl Drop for Vm {
    /// Functions and classes hold the module that they stand in, and it holds them: without this, every run would stay in memory.
    fn drop(&mut self) {
        for module in self.modules.values() {
            module.space.forget();
        }
        self.builtins.forget();
    }
}

impl Vm {
    pub fn new(limits: Limits) -> Self {
        let types = types::Types::new();
        let mut vm = Vm {
            cx: Rc::new(Context::new()),
            output: String::new(),
            warnings: Vec::new(),
            types,
            builtins: Rc::default(),
            modules: HashMap::new(),
            node_classes: std::cell::RefCell::default(),
            exceptions: HashMap::new(),
            limits,
            refused_line: 0,
            steps: 0,
            later: limits.steps,
            watch: None,
            recorder: None,
            depth: 0,
            nested: 0,
            at: 0,
            python_random: crate::builtins::random::Stream::new(),
            numpy_random: crate::builtins::random::Stream::new(),
            other_random: Vec::new(),
            printing: Vec::new(),
        };
        crate::builtins::install(&mut vm);
        crate::torch::install(&mut vm);
        vm
    }

    /// Runs a module's text in a namespace.
    pub fn execute(&mut self, source: &str, space: &Rc<Namespace>, of_program: bool) -> R<()> {
        let purpose = syntax::Purpose {
            of_program,
            noted: of_program && self.recorder.is_some(),
            counted: of_program && self.recorder.as_ref().is_some_and(|recorder| recorder.steady()),
        };
        let code = match syntax::compile(source, purpose) {
            Ok(code) => code,
            Err(SyntaxFault::Error { kind, message, line }) => {
                let exception = self.exception(kind, &message);
                exception.line.set(line);
                return Err(Halt::Raise(exception));
            }
            Err(SyntaxFault::Refused { what, line }) => {
                self.refused_line = line;
                return Halt::refuse(what);
            }
        };
        self.run_code(Rc::new(code), space)
    }

    /// Runs a module's instructions in a namespace.
    pub fn run_code(&mut self, code: Rc<CodeObject>, space: &Rc<Namespace>) -> R<()> {
        let frame = Frame::new(code, space.clone());
        self.run(Box::new(frame)).map(|_| ())
    }

    /// Counts work that takes long in one instruction as steps; the watch is asked in time.
    pub fn charge(&mut self, steps: u64) {
        let now = self.steps.min(steps);
        self.steps -= now;
        self.later = self.later.saturating_sub(steps - now);
    }

    /// The steps that are done.
    pub fn done(&self) -> u64 {
        self.limits.steps.saturating_sub(self.later).saturating_sub(self.steps)
    }

    /// More steps, where there are any and nobody stops the program.
    #[cold]
    pub fn refuel(&mut self) -> R<()> {
        if self.later == 0 {
            return Halt::stop(Ceiling::Steps, format!("more than {} steps", self.limits.steps));
        }
        let done = self.done();
        if let Some(watch) = &mut self.watch
            && done > 0
            && watch(done)
        {
            return Halt::stop(Ceiling::Watch, "it was stopped");
        }
        #[cfg(target_arch = "wasm32")]
        if std::arch::wasm32::memory_size(0) > MOST_PAGES {
            return Halt::stop(Ceiling::Memory, "more than 1 GB of memory");
        }
        self.steps = self.later.min(WATCHED);
        self.later -= self.steps;
        Ok(())
    }

    /// An exception object of a builtin class.
    pub fn exception(&mut self, kind: &'static str, message: &str) -> Rc<Instance> {
        let class = self.exceptions.get(kind).or_else(|| self.exceptions.get("Exception")).cloned();
        let instance = Instance::new(class.unwrap_or_else(|| self.types.get(Type::Object)));
        instance.set("args", Object::tuple(vec![Object::str(message)]));
        Rc::new(instance)
    }

    /// Whether a fault is an exception of a class, by its name.
    pub fn is_fault(&self, fault: &Halt, kind: &str) -> bool {
        let Some(class) = self.exceptions.get(kind) else { return false };
        match fault {
            Halt::New(name, _) => self.exceptions.get(name).is_some_and(|own| own.is_subclass(class)),
            Halt::Raise(exception) => exception.class().is_subclass(class),
            Halt::Refuse(_) | Halt::Stop(..) => false,
        }
    }

    /// What `raise` of a value is.
    pub fn raised(&mut self, value: &Object, context: Option<&Rc<Instance>>) -> Halt {
        let base = self.exceptions["BaseException"].clone();
        let made = match value {
            Object::Class(class) if class.is_subclass(&base) => self.call(value, Vec::new()),
            other => Ok(other.clone()),
        };
        match made {
            Ok(Object::Instance(exception)) if exception.class().is_subclass(&base) => {
                if let Some(context) = context
                    && !Rc::ptr_eq(context, &exception)
                {
                    exception.set("__context__", Object::Instance(context.clone()));
                }
                Halt::Raise(exception)
            }
            Ok(_) => Halt::New("TypeError", "exceptions must derive from BaseException".into()),
            Err(fault) => fault,
        }
    }

    pub fn catches(kind: &Object, exception: &Rc<Instance>) -> R<bool> {
        match kind {
            Object::Class(class) => Ok(exception.class().is_subclass(class)),
            Object::Tuple(tuple) => {
                for kind in &tuple.items {
                    if Vm::catches(kind, exception)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Halt::new(
                "TypeError",
                "catching classes that do not inherit from BaseException is not allowed",
            ),
        }
    }

    /// Goes on with a generator: the next item, or what it returned.
    pub fn resume(&mut self, generator: &Rc<PyGenerator>, sent: Object) -> R<Result<Object, Object>> {
        let Some(mut frame) = generator.frame.borrow_mut().take() else { return Ok(Err(Object::None)) };
        if generator.started.replace(true) {
            frame.stack.push(sent);
        } else if !sent.is_none() {
            *generator.frame.borrow_mut() = Some(frame);
            generator.started.set(false);
            return Halt::new("TypeError", "can't send non-None value to a just-started generator");
        }
        self.go_on(generator, frame)
    }

    /// Raises an exception where a generator stands; gives what `resume` gives.
    pub fn throw(
        &mut self,
        generator: &Rc<PyGenerator>,
        exception: Rc<Instance>,
    ) -> R<Result<Object, Object>> {
        let frame = generator.frame.borrow_mut().take();
        let started = generator.started.replace(true);
        match frame {
            Some(mut frame) if started => match frame.blocks.pop() {
                Some(Block { handler, depth }) => {
                    frame.stack.truncate(depth as usize);
                    frame.stack.push(Object::Instance(exception));
                    frame.pc = handler as usize;
                    self.go_on(generator, frame)
                }
                None => Err(Halt::Raise(exception)),
            },
            _ => Err(Halt::Raise(exception)),
        }
    }

    fn go_on(&mut self, generator: &Rc<PyGenerator>, frame: Box<Frame>) -> R<Result<Object, Object>> {
        match self.run(frame)? {
            RunEnd::Yield(value, frame) => {
                *generator.frame.borrow_mut() = Some(frame);
                Ok(Ok(value))
            }
            RunEnd::Return(value) => Ok(Err(value)),
        }
    }

    pub fn warn(&mut self, category: &str, message: impl Into<String>) {
        let message = message.into();
        if !self.warnings.iter().any(|(kind, text, _)| kind == category && *text == message) {
            self.warnings.push((category.to_owned(), message, self.at));
        }
    }

    pub fn print(&mut self, text: &str) -> R<()> {
        if self.output.len() + text.len() > self.limits.output {
            let room = self.limits.output - self.output.len();
            let end = (0..=room).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            self.output.push_str(&text[..end]);
            return Halt::stop(Ceiling::Output, "more than 100 KB of output");
        }
        self.output.push_str(text);
        Ok(())
    }

    pub fn class_of(&self, value: &Object) -> Rc<Class> {
        let kind = match value {
            Object::Instance(instance) => return instance.class(),
            Object::Tuple(tuple) => {
                if let Some(class) = &tuple.class {
                    return class.clone();
                }
                Type::Tuple
            }
            Object::Tensor(tensor) if tensor.is_parameter() => Type::Parameter,
            Object::Tensor(_) => Type::Tensor,
            Object::None => Type::NoneType,
            Object::Bool(_) => Type::Bool,
            Object::Int(_) | Object::Big(_) => Type::Int,
            Object::Float(_) => Type::Float,
            Object::Str(_) => Type::Str,
            Object::Bytes(_) => Type::Bytes,
            Object::List(_) => Type::List,
            Object::Dict(_) => Type::Dict,
            Object::Set(set) if set.frozen => Type::FrozenSet,
            Object::Set(_) => Type::Set,
            Object::Range(_) => Type::Range,
            Object::Slice(_) => Type::Slice,
            Object::Ellipsis => Type::Ellipsis,
            Object::NotImplemented => Type::NotImplemented,
            Object::Function(_) => Type::Function,
            Object::Native(_) => Type::Builtin,
            Object::Bound(bound) if matches!(bound.function, Object::Native(_)) => Type::Builtin,
            Object::Bound(_) => Type::Method,
            Object::Class(_) => Type::Type,
            Object::Module(_) => Type::Module,
            Object::Iter(_) => Type::Iterator,
            Object::Generator(_) => Type::Generator,
            Object::Property(_) => Type::Property,
            Object::Wrapped(_) => Type::Wrapped,
            Object::View(view) => match view.kind {
                crate::value::ViewKind::Keys => Type::DictKeys,
                crate::value::ViewKind::Values => Type::DictValues,
                crate::value::ViewKind::Items => Type::DictItems,
            },
            Object::Dtype(_) => Type::Dtype,
            Object::Device(_) => Type::Device,
            Object::Node(node) => return self.node_class(&node.to_string()),
            Object::Undefined | Object::Code(_) | Object::Cell(_) => Type::Object,
        };
        self.types.get(kind)
    }

    /// Each operation's node has a class of its own: `AddBackward0`.
    fn node_class(&self, name: &str) -> Rc<Class> {
        let made = || {
            let base = self.types.get(Type::Node);
            Rc::new(Class {
                name: name.into(),
                module: "".into(),
                ancestors: base.mro().cloned().collect(),
                bases: vec![base],
                attrs: std::cell::RefCell::default(),
                builtin: true,
            })
        };
        self.node_classes.borrow_mut().entry(name.to_owned()).or_insert_with(made).clone()
    }

    /// The name of a value's class as messages have it.
    pub fn type_name(&self, value: &Object) -> String {
        self.class_of(value).name.to_string()
    }
}
