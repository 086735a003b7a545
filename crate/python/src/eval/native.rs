//! Functions that are written in Rust, and how arguments reach their parameters.

use std::rc::Rc;

use super::{Type, Vm};
use crate::value::fault::type_error;
use crate::value::{Halt, Key, Object, R};

/// What a native function is given: a value for each parameter, [`Object::Undefined`] where none was.
pub type NativeBody = fn(&mut Vm, &[Object]) -> R<Object>;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Passing {
    Position,
    KeywordOnly,
    Rest,
    Keywords,
}

struct Parameter {
    name: &'static str,
    kind: Passing,
    optional: bool,
}

/// Whose words a wrong call is told in.
#[derive(Clone, Copy, PartialEq)]
pub enum Words {
    Python,
    Torch,
}

pub struct Native {
    pub name: &'static str,
    parameters: Vec<Parameter>,
    pub body: NativeBody,
    pub words: Words,
    /// Whether it is found through an object, which is then its first argument.
    pub is_method: bool,
    /// The class that it is a method of, where it may be called without an object.
    pub owner: Option<Type>,
}

impl Native {
    /// One whose parameters are written as `a, b?, *rest, c?, **others`: `?` stands for one that may be left out.
    pub fn new(
        name: &'static str,
        parameters: &'static str,
        body: NativeBody,
        words: Words,
        is_method: bool,
    ) -> Rc<Self> {
        let mut kind = Passing::Position;
        let mut list = Vec::new();
        for part in parameters.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            if part == "*" {
                kind = Passing::KeywordOnly;
            } else if let Some(name) = part.strip_prefix("**") {
                list.push(Parameter { name, kind: Passing::Keywords, optional: true });
            } else if let Some(name) = part.strip_prefix('*') {
                list.push(Parameter { name, kind: Passing::Rest, optional: true });
                kind = Passing::KeywordOnly;
            } else {
                let optional = part.ends_with('?');
                list.push(Parameter { name: part.trim_end_matches('?'), kind, optional });
            }
        }
        Rc::new(Native { name, parameters: list, body, words, is_method, owner: None })
    }

    /// The same as a method of a builtin class.
    pub fn method(name: &'static str, parameters: &'static str, body: NativeBody, owner: Type) -> Rc<Self> {
        let mut native = Native::new(name, parameters, body, Words::Python, true);
        if let Some(native) = Rc::get_mut(&mut native) {
            native.owner = Some(owner);
        }
        native
    }

    /// Whether what is called without an object is given one of its class.
    pub fn check_receiver(&self, vm: &Vm, arguments: &[Object]) -> R<()> {
        let Some(owner) = self.owner.filter(|owner| *owner != Type::Object) else { return Ok(()) };
        let owner = vm.types.get(owner);
        match arguments.first() {
            None => type_error(format!("unbound method {}.{}() needs an argument", owner.name, self.name)),
            Some(first) if vm.class_of(first).mro().any(|class| Rc::ptr_eq(class, &owner)) => Ok(()),
            Some(first) => type_error(format!(
                "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                self.name,
                owner.name,
                vm.type_name(first)
            )),
        }
    }

    pub fn bind(&self, positional: Vec<Object>, keywords: Vec<(Rc<str>, Object)>) -> R<Vec<Object>> {
        let given = positional.len();
        let mut places: Vec<Object> = vec![Object::Undefined; self.parameters.len()];
        let mut next = positional.into_iter();
        let by_position = self.parameters.iter().filter(|p| p.kind == Passing::Position).count();
        for (parameter, place) in self.parameters.iter().zip(&mut places) {
            match parameter.kind {
                Passing::Position => {
                    if let Some(value) = next.next() {
                        *place = value;
                    }
                }
                Passing::Rest => *place = Object::tuple(next.by_ref().collect()),
                _ => {}
            }
        }
        if next.next().is_some() {
            return self.too_many(by_position, given);
        }
        let mut others = Vec::new();
        for (name, value) in keywords {
            // PyTorch takes numpy's words too.
            let name = match &*name {
                "axis" if self.words == Words::Torch => Rc::from("dim"),
                "keepdims" if self.words == Words::Torch => Rc::from("keepdim"),
                _ => name,
            };
            let at = self
                .parameters
                .iter()
                .position(|p| p.name == &*name && !matches!(p.kind, Passing::Rest | Passing::Keywords));
            match at {
                Some(at) if places[at].is_undefined() => places[at] = value,
                Some(at) => {
                    return match self.words {
                        Words::Torch => {
                            type_error(format!("{}() got multiple values for argument '{name}'", self.name))
                        }
                        Words::Python => type_error(format!(
                            "argument for {}() given by name ('{name}') and position ({})",
                            self.name,
                            at + 1
                        )),
                    };
                }
                None => others.push((name, value)),
            }
        }
        match self.parameters.iter().position(|p| p.kind == Passing::Keywords) {
            Some(at) => {
                let items = others.into_iter().map(|(name, value)| (Key(Object::Str(name)), value)).collect();
                places[at] = Object::dict(items);
            }
            None => {
                if let Some((name, _)) = others.first() {
                    return match self.words {
                        Words::Torch => {
                            type_error(format!("{}() got an unexpected keyword argument '{name}'", self.name))
                        }
                        Words::Python if self.parameters.is_empty() || self.is_method => {
                            type_error(format!("{}() takes no keyword arguments", self.shown()))
                        }
                        Words::Python => {
                            type_error(format!("'{name}' is an invalid keyword argument for {}()", self.name))
                        }
                    };
                }
            }
        }
        let missing: Vec<&str> = self
            .parameters
            .iter()
            .zip(&places)
            .filter(|(parameter, place)| !parameter.optional && place.is_undefined())
            .map(|(parameter, _)| parameter.name)
            .collect();
        if missing.is_empty() { Ok(places) } else { self.missing(&missing, given) }
    }

    fn shown(&self) -> &'static str {
        self.name
    }

    fn too_many<T>(&self, takes: usize, given: usize) -> R<T> {
        let name = self.shown();
        let (takes, given) = if self.is_method { (takes - 1, given - 1) } else { (takes, given) };
        let optional = self.parameters.iter().filter(|p| p.kind == Passing::Position && p.optional).count();
        let s = if takes == 1 { "" } else { "s" };
        let was = if given == 1 { "was" } else { "were" };
        match self.words {
            Words::Torch if optional == 0 => {
                type_error(format!("{name}() takes {takes} positional argument{s} but {given} {was} given"))
            }
            Words::Torch => Halt::refuse(format!("the message for {given} arguments to {name}()")),
            Words::Python if takes == 0 && !self.parameters.is_empty() && self.parameters.len() > 1 => {
                type_error(format!("{name}() takes no positional arguments"))
            }
            Words::Python if takes == 0 => type_error(format!("{name}() takes no arguments ({given} given)")),
            Words::Python if optional == 0 && takes == 1 => {
                type_error(format!("{name}() takes exactly one argument ({given} given)"))
            }
            Words::Python if optional == 0 => {
                type_error(format!("{name} expected {takes} arguments, got {given}"))
            }
            Words::Python => type_error(format!("{name} expected at most {takes} argument{s}, got {given}")),
        }
    }

    fn missing<T>(&self, missing: &[&str], given: usize) -> R<T> {
        let name = self.shown();
        if self.words == Words::Torch {
            let list: Vec<String> = missing.iter().map(|name| format!("\"{name}\"")).collect();
            return type_error(format!(
                "{name}() missing {} required positional arguments: {}",
                missing.len(),
                list.join(", ")
            ));
        }
        let required = self.parameters.iter().filter(|p| p.kind == Passing::Position && !p.optional).count();
        let optional = self.parameters.iter().any(|p| p.kind == Passing::Position && p.optional);
        let (required, given) =
            if self.is_method { (required - 1, given.saturating_sub(1)) } else { (required, given) };
        let s = if required == 1 { "" } else { "s" };
        if required == 1 && !optional {
            return type_error(format!("{name}() takes exactly one argument ({given} given)"));
        }
        let least = if optional { "at least " } else { "" };
        type_error(format!("{name} expected {least}{required} argument{s}, got {given}"))
    }
}
