//! Every name that a program may use, and those that are refused: what the page of names is made of.

use std::collections::BTreeSet;

use crate::builtins::library;
use crate::eval::{Limits, Type, Vm};
use crate::value::Object;

/// The names of a module, or the methods of a class that Python or `PyTorch` has built in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownNames {
    /// `torch.nn`, or `Tensor`.
    pub of: String,
    /// Those that run.
    pub run: Vec<String>,
    /// Those that are refused by name.
    pub refused: Vec<String>,
    /// Whether every other public name is refused, too.
    pub others_refused: bool,
}

/// All modules and built-in classes, in the order of their names.
pub fn names() -> Vec<KnownNames> {
    let limits = Limits { steps: 50_000_000, output: 1000, items: 1_000_000, depth: 990, nested: 120 };
    let mut vm = Vm::new(limits);
    let mut all = Vec::new();
    // Parts are loaded when they are asked for; here all of them stand in their packages.
    for path in library::paths() {
        let _ = vm.import(path);
    }
    let is_public = |name: &str| !name.starts_with('_');
    for path in library::paths().filter(|path| !path.contains("._")) {
        let Ok(module) = vm.load(path) else { continue };
        let run: BTreeSet<String> = module
            .space
            .names
            .borrow()
            .iter()
            .filter(|(name, value)| {
                let is_helper = matches!(value, Object::Module(other) if !other.name.starts_with(path));
                is_public(name) && !is_helper && !value.is_undefined()
            })
            .map(|(name, _)| name.to_string())
            .collect();
        all.push(known(path, run));
    }
    for kind in [
        Type::Tensor,
        Type::Int,
        Type::Float,
        Type::Str,
        Type::Bytes,
        Type::List,
        Type::Tuple,
        Type::Dict,
        Type::Set,
    ] {
        let class = vm.types.get(kind);
        let run =
            class.attrs.borrow().keys().filter(|name| is_public(name)).map(ToString::to_string).collect();
        all.push(known(&class.name, run));
    }
    all
}

fn known(of: &str, run: BTreeSet<String>) -> KnownNames {
    let refused = library::refused_names(of).filter(|name| !run.contains(*name)).map(str::to_owned);
    KnownNames {
        of: of.to_owned(),
        refused: refused.collect::<BTreeSet<_>>().into_iter().collect(),
        others_refused: library::refuses_others(of),
        run: run.into_iter().collect(),
    }
}
