//! What Python has built in.

mod construct;
mod containers;
mod exceptions;
mod functions;
pub mod library;
mod math;
pub mod random;
mod strings;

use std::rc::Rc;

use crate::eval::native::{Native, NativeBody, Words};
use crate::eval::{Type, Vm};
use crate::value::{Namespace, Object};

/// A native function: its name, its parameters, what it does.
pub type NativeEntry = (&'static str, &'static str, NativeBody);

pub fn install(vm: &mut Vm) {
    let space = vm.builtins.clone();
    add(&space, functions::ALL, Words::Python);
    for kind in [
        Type::Object,
        Type::Type,
        Type::Int,
        Type::Bool,
        Type::Float,
        Type::Str,
        Type::Bytes,
        Type::Tuple,
        Type::List,
        Type::Dict,
        Type::Set,
        Type::FrozenSet,
        Type::Range,
        Type::Slice,
        Type::Property,
        Type::Wrapped,
        Type::StaticMethod,
        Type::ClassMethod,
        Type::Enumerate,
        Type::Zip,
        Type::Map,
        Type::Filter,
        Type::Reversed,
    ] {
        let class = vm.types.get(kind);
        space.set(&class.name.clone(), Object::Class(class));
    }
    construct::install(vm);
    methods(vm, Type::Str, strings::ALL);
    methods(vm, Type::List, containers::LIST);
    methods(vm, Type::Tuple, containers::TUPLE);
    methods(vm, Type::Range, containers::TUPLE);
    methods(vm, Type::Dict, containers::DICT);
    methods(vm, Type::Set, containers::SET);
    methods(vm, Type::FrozenSet, containers::SET);
    methods(vm, Type::Int, containers::INT);
    methods(vm, Type::Float, containers::FLOAT);
    methods(vm, Type::Bytes, containers::BYTES);
    methods(vm, Type::Generator, containers::GENERATOR);
    methods(vm, Type::Iterator, containers::ITERATOR);
    methods(vm, Type::Object, containers::OBJECT);
    exceptions::install(vm);
    space.set("NotImplemented", Object::NotImplemented);
    space.set("Ellipsis", Object::Ellipsis);
    space.set("__name__", Object::str("__main__"));
    space.set("__debug__", Object::Bool(true));
    // What is written in Python, in the same namespace.
    if let Err(fault) = vm.execute(library::BUILTINS, &space, false) {
        debug_assert!(false, "the library is sound: {}", crate::outcome::told(vm, &fault));
    }
}

pub fn add(space: &Rc<Namespace>, entries: &[NativeEntry], words: Words) {
    for (name, parameters, body) in entries {
        space.set(name, Object::Native(Native::new(name, parameters, *body, words, false)));
    }
}

pub use construct::named as named_tuple;

pub fn methods(vm: &mut Vm, kind: Type, entries: &[NativeEntry]) {
    let class = vm.types.get(kind);
    for (name, parameters, body) in entries {
        let native = if parameters.starts_with("self") {
            Native::method(name, parameters, *body, kind)
        } else {
            // Called on the class itself.
            Native::new(name, parameters, *body, Words::Python, true)
        };
        class.attrs.borrow_mut().insert((*name).into(), Object::Native(native));
    }
}

/// Puts what is native of a module into its namespace.
pub fn fill(vm: &mut Vm, path: &str, space: &Rc<Namespace>) {
    match path {
        "math" => {
            add(space, math::ALL, Words::Python);
            for (name, value) in math::CONSTANTS {
                space.set(name, Object::Float(*value));
            }
        }
        "numpy.random" => add(space, random::NUMPY, Words::Python),
        "random" => add(space, random::ALL, Words::Python),
        _ => crate::torch::fill(vm, path, space),
    }
}
