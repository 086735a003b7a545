//! What ends an evaluation before its value.

use std::rc::Rc;

use super::Instance;

/// Why there is no value.
#[derive(Clone)]
pub enum Halt {
    /// An exception, which `try` may catch.
    Raise(Rc<Instance>),
    /// An exception that has no object yet: the class's name and its message.
    New(&'static str, Rc<str>),
    /// Something that the runner does not know, or does not do: nothing in the program can catch it.
    Refuse(Rc<str>),
    /// More than a program may use, which Python would let it: nothing in it can catch that either.
    Stop(Ceiling, Rc<str>),
}

/// What a program came to the end of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceiling {
    /// The steps that it was given.
    Steps,
    /// The patience of who watches it.
    Watch,
    /// Memory for tensors and sequences.
    Memory,
    /// The length of what it prints.
    Output,
    /// Calls within one another, of which Python bears more.
    Recursion,
}

pub type R<T> = Result<T, Halt>;

impl Halt {
    pub fn new<T>(kind: &'static str, message: impl AsRef<str>) -> R<T> {
        Err(Halt::New(kind, Rc::from(message.as_ref())))
    }

    pub fn stop<T>(ceiling: Ceiling, what: impl AsRef<str>) -> R<T> {
        Err(Halt::Stop(ceiling, Rc::from(what.as_ref())))
    }

    pub fn refuse<T>(what: impl AsRef<str>) -> R<T> {
        Err(Halt::Refuse(Rc::from(what.as_ref())))
    }
}

/// `TypeError`.
pub fn type_error<T>(message: impl AsRef<str>) -> R<T> {
    Halt::new("TypeError", message)
}

/// `ValueError`.
pub fn value_error<T>(message: impl AsRef<str>) -> R<T> {
    Halt::new("ValueError", message)
}

/// `RuntimeError`, as `PyTorch` raises most.
pub fn runtime_error<T>(message: impl AsRef<str>) -> R<T> {
    Halt::new("RuntimeError", message)
}

/// `IndexError`.
pub fn index_error<T>(message: impl AsRef<str>) -> R<T> {
    Halt::new("IndexError", message)
}
