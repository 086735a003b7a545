//! What calling a builtin class makes.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use num_bigint::BigInt;

use crate::eval::iter::Iter;
use crate::eval::native::{Native, NativeBody, Words};
use crate::eval::{Type, Vm};
use crate::value::fault::{type_error, value_error};
use crate::value::{Halt, Key, Object, Property, PyTuple, R, Range, Wrapped, Wrapping};

pub fn install(vm: &mut Vm) {
    let all: &[(Type, &'static str, NativeBody)] = &[
        (Type::Object, "cls", |_, a| {
            let Object::Class(class) = &a[0] else { return Ok(Object::None) };
            Ok(Object::Instance(Rc::new(crate::value::Instance::new(class.clone()))))
        }),
        (Type::Type, "cls, object, bases?, dict?", of_type),
        (Type::Int, "cls, x?, base?", int),
        (Type::Bool, "cls, x?", |vm, a| match &a[1] {
            Object::Undefined => Ok(Object::Bool(false)),
            value => Ok(Object::Bool(vm.truth(value)?)),
        }),
        (Type::Float, "cls, x?", float),
        (Type::Str, "cls, object?, encoding?, errors?", |vm, a| match &a[1] {
            Object::Undefined => Ok(Object::str("")),
            Object::Bytes(bytes) if !a[2].is_undefined() => Ok(Object::str(String::from_utf8_lossy(bytes))),
            value => Ok(Object::str(vm.str(value)?)),
        }),
        (Type::Bytes, "cls, source?, encoding?", |vm, a| match &a[1] {
            Object::List(list)
                if list
                    .items
                    .borrow()
                    .iter()
                    .any(|item| item.as_int().is_some_and(|byte| !(0..256).contains(&byte))) =>
            {
                value_error("bytes must be in range(0, 256)")
            }
            Object::Undefined => Ok(Object::Bytes(Rc::from([]))),
            Object::Str(text) => Ok(Object::Bytes(text.as_bytes().into())),
            Object::Int(n) => Ok(Object::Bytes(vec![0; (*n).clamp(0, 1 << 20) as usize].into())),
            value => {
                let items = vm.collect(value)?;
                Ok(Object::Bytes(
                    items.iter().map(|item| item.as_int().unwrap_or(0) as u8).collect::<Vec<_>>().into(),
                ))
            }
        }),
        (Type::Tuple, "cls, iterable?", |vm, a| match &a[1] {
            Object::Undefined => Ok(Object::tuple(Vec::new())),
            Object::Tuple(tuple) if tuple.class.is_none() => Ok(a[1].clone()),
            value => Ok(Object::tuple(vm.collect(value)?)),
        }),
        (Type::List, "cls, iterable?", |vm, a| match &a[1] {
            Object::Undefined => Ok(Object::list(Vec::new())),
            value => Ok(Object::list(vm.collect(value)?)),
        }),
        (Type::Dict, "cls, iterable?, **kwargs", |vm, a| {
            let mut items = IndexMap::new();
            if !a[1].is_undefined() {
                items = pairs(vm, &a[1])?;
            }
            if let Object::Dict(named) = &a[2] {
                items.extend(named.items.borrow().iter().map(|(k, v)| (k.clone(), v.clone())));
            }
            Ok(Object::dict(items))
        }),
        (Type::Set, "cls, iterable?", |vm, a| Ok(Object::set(members(vm, &a[1])?, false))),
        (Type::FrozenSet, "cls, iterable?", |vm, a| Ok(Object::set(members(vm, &a[1])?, true))),
        (Type::Range, "cls, start, stop?, step?", range),
        (Type::Slice, "cls, start, stop?, step?", |_, a| {
            let parts = match (&a[2], &a[3]) {
                (Object::Undefined, _) => [Object::None, a[1].clone(), Object::None],
                (stop, step) => [a[1].clone(), stop.clone(), step.clone().or(Object::None)],
            };
            Ok(Object::Slice(Rc::new(parts)))
        }),
        (Type::Property, "cls, fget?, fset?, fdel?, doc?", |_, a| {
            let (getter, setter) = (a[1].clone().or(Object::None), a[2].clone().or(Object::None));
            Ok(Object::Property(Rc::new(Property { getter, setter })))
        }),
        (Type::StaticMethod, "cls, function", |_, a| Ok(wrapped(Wrapping::Static, &a[1]))),
        (Type::ClassMethod, "cls, function", |_, a| Ok(wrapped(Wrapping::Class, &a[1]))),
        (Type::Enumerate, "cls, iterable, start?", |vm, a| {
            let iter = vm.iterator(&a[1])?;
            Ok(Object::iter(Iter::Enumerate(iter, a[2].as_int().unwrap_or(0))))
        }),
        (Type::Zip, "cls, *iterables, strict?", |vm, a| {
            let strict = !a[2].is_undefined() && vm.truth(&a[2])?;
            let mut iters = Vec::new();
            for (i, value) in a[1].items().unwrap_or_default().iter().enumerate() {
                if !vm.is_iterable(value) {
                    let name = vm.type_name(value);
                    let _ = i;
                    return type_error(format!("'{name}' object is not iterable"));
                }
                iters.push(vm.iterator(value)?);
            }
            Ok(Object::iter(Iter::Zip(iters, strict)))
        }),
        (Type::Map, "cls, function, *iterables", |vm, a| {
            let iters: R<Vec<Object>> =
                a[2].items().unwrap_or_default().iter().map(|value| vm.iterator(value)).collect();
            let iters = iters?;
            if iters.is_empty() {
                return type_error("map() must have at least two arguments.");
            }
            Ok(Object::iter(Iter::Map(a[1].clone(), iters)))
        }),
        (Type::Filter, "cls, function, iterable", |vm, a| {
            let iter = vm.iterator(&a[2])?;
            Ok(Object::iter(Iter::Filter(a[1].clone(), iter)))
        }),
        (Type::Reversed, "cls, sequence", |vm, a| {
            if let Object::Instance(_) = &a[1]
                && let Some(method) = vm.special(&a[1], "__reversed__")?
            {
                return vm.call(&method, Vec::new());
            }
            if matches!(a[1].inner(), Object::Set(_) | Object::Generator(_) | Object::Iter(_)) {
                return type_error(format!("'{}' object is not reversible", vm.type_name(&a[1])));
            }
            let mut items = vm.collect(&a[1])?;
            items.reverse();
            Ok(Object::iter(Iter::Values(items.into_iter())))
        }),
    ];
    for (kind, parameters, body) in all {
        let class = vm.types.get(*kind);
        let name = match kind {
            Type::Int => "int",
            Type::Float => "float",
            Type::Str => "str",
            Type::Bool => "bool",
            Type::Tuple => "tuple",
            Type::List => "list",
            Type::Dict => "dict",
            Type::Set => "set",
            Type::Range => "range",
            Type::Type => "type",
            Type::Enumerate => "enumerate",
            Type::Zip => "zip",
            Type::Map => "map",
            Type::Filter => "filter",
            Type::Reversed => "reversed",
            Type::Slice => "slice",
            _ => "object",
        };
        let native = Native::new(name, parameters, *body, Words::Python, true);
        class.attrs.borrow_mut().insert("__new__".into(), Object::Native(native));
    }
}

fn wrapped(kind: Wrapping, value: &Object) -> Object {
    Object::Wrapped(Rc::new(Wrapped { kind, value: value.clone(), class: None }))
}

fn of_type(vm: &mut Vm, a: &[Object]) -> R<Object> {
    if a[2].is_undefined() {
        return Ok(Object::Class(vm.class_of(&a[1])));
    }
    Halt::refuse("type() with three arguments")
}

fn members(vm: &mut Vm, value: &Object) -> R<IndexSet<Key>> {
    if value.is_undefined() {
        return Ok(IndexSet::new());
    }
    let items = vm.collect(value)?;
    items.iter().map(Key::new).collect()
}

/// What a dict is made of: another, or pairs.
pub fn pairs(vm: &mut Vm, value: &Object) -> R<IndexMap<Key, Object>> {
    if let Object::Dict(dict) = value.inner() {
        return Ok(dict.items.borrow().clone());
    }
    if let Object::Instance(_) = value
        && let Some(keys) = vm.special(value, "keys")?
    {
        let keys = vm.call(&keys, Vec::new())?;
        let mut items = IndexMap::new();
        for key in vm.collect(&keys)? {
            items.insert(Key::new(&key)?, vm.index(value, &key)?);
        }
        return Ok(items);
    }
    let mut items = IndexMap::new();
    for (i, pair) in vm.collect(value)?.iter().enumerate() {
        if !vm.is_iterable(pair) {
            return type_error(format!(
                "cannot convert dictionary update sequence element #{i} to a sequence"
            ));
        }
        let pair = vm.collect(pair)?;
        if pair.len() != 2 {
            return value_error(format!(
                "dictionary update sequence element #{i} has length {}; 2 is required",
                pair.len()
            ));
        }
        items.insert(Key::new(&pair[0])?, pair[1].clone());
    }
    Ok(items)
}

fn range(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let mut numbers = Vec::new();
    for value in a[1..].iter().filter(|value| !value.is_undefined()) {
        let number = match value {
            Object::Tensor(tensor) if tensor.len() == 1 && !tensor.dtype().is_float() => {
                Some(tensor.get_i64(0))
            }
            other => other.as_int(),
        };
        match number {
            Some(number) => numbers.push(number),
            None => {
                return type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    vm.type_name(value)
                ));
            }
        }
    }
    let (start, stop, step) = match numbers.as_slice() {
        [stop] => (0, *stop, 1),
        [start, stop] => (*start, *stop, 1),
        [start, stop, step, ..] => (*start, *stop, *step),
        [] => return type_error("range expected at least 1 argument, got 0"),
    };
    if step == 0 {
        return value_error("range() arg 3 must not be zero");
    }
    Ok(Object::Range(Rc::new(Range { start, stop, step })))
}

fn int(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let base = a[2].as_int();
    match a[1].inner() {
        Object::Undefined => Ok(Object::Int(0)),
        Object::Str(text) => {
            let base = base.unwrap_or(10);
            if base != 0 && !(2..=36).contains(&base) {
                return value_error("int() base must be >= 2 and <= 36, or 0");
            }
            let shown = || vm_quoted(text);
            let mut clean = text.trim().replace('_', "").to_lowercase();
            let negative = clean.starts_with('-');
            clean = clean.trim_start_matches(['+', '-']).to_owned();
            let prefix = clean.get(..2).unwrap_or_default().to_owned();
            let radix = match (base, prefix.as_str()) {
                (16 | 0, "0x") => 16,
                (2 | 0, "0b") => 2,
                (8 | 0, "0o") => 8,
                (0, _) => 10,
                (base, _) => base as u32,
            };
            if matches!(prefix.as_str(), "0x" | "0b" | "0o") && radix != 10 {
                clean = clean[2..].to_owned();
            }
            match BigInt::parse_bytes(clean.as_bytes(), radix) {
                Some(number) if !clean.is_empty() => Ok(Object::big(if negative { -number } else { number })),
                _ => value_error(format!("invalid literal for int() with base {base}: {}", shown())),
            }
        }
        Object::Float(number) => {
            if number.is_nan() {
                return value_error("cannot convert float NaN to integer");
            }
            if number.is_infinite() {
                return Halt::new("OverflowError", "cannot convert float infinity to integer");
            }
            Ok(Object::big(crate::eval::text::whole(*number)))
        }
        Object::Tensor(tensor) => {
            let item = only(vm, tensor)?;
            int(vm, &[a[0].clone(), item, Object::Undefined])
        }
        other => {
            if let Some(number) = other.as_big() {
                return Ok(Object::big(number));
            }
            for name in ["__int__", "__index__"] {
                if let Some(method) = vm.special(&a[1], name)? {
                    return vm.call(&method, Vec::new());
                }
            }
            type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                vm.type_name(&a[1])
            ))
        }
    }
}

fn vm_quoted(text: &str) -> String {
    crate::eval::text::quoted(text)
}

fn float(vm: &mut Vm, a: &[Object]) -> R<Object> {
    match a[1].inner() {
        Object::Undefined => Ok(Object::Float(0.0)),
        Object::Str(text) => {
            let clean = text.trim().replace('_', "").to_lowercase();
            let number = match clean.trim_start_matches(['+', '-']) {
                "inf" | "infinity" => Some(f64::INFINITY),
                "nan" => Some(f64::NAN),
                _ if clean.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | '+' | '-')) => {
                    clean.trim_start_matches('+').trim_start_matches('-').parse().ok()
                }
                _ => None,
            };
            match number {
                Some(number) => Ok(Object::Float(if clean.starts_with('-') { -number } else { number })),
                None => value_error(format!("could not convert string to float: {}", vm_quoted(text))),
            }
        }
        Object::Tensor(tensor) => {
            let item = only(vm, tensor)?;
            Ok(Object::Float(item.as_float().unwrap_or(0.0)))
        }
        other => {
            if let Some(number) = other.as_float() {
                Ok(Object::Float(number))
            } else {
                if let Some(method) = vm.special(&a[1], "__float__")? {
                    return vm.call(&method, Vec::new());
                }
                type_error(format!(
                    "float() argument must be a string or a real number, not '{}'",
                    vm.type_name(&a[1])
                ))
            }
        }
    }
}

/// A tuple of a class.
pub fn named(class: Rc<crate::value::Class>, items: Vec<Object>) -> Object {
    Object::Tuple(Rc::new(PyTuple { items, class: Some(class) }))
}

/// The only element of a tensor, for Python's own functions.
fn only(vm: &Vm, tensor: &crate::torch::tensor::TorchTensor) -> R<Object> {
    if tensor.len() != 1 {
        return value_error("only one element tensors can be converted to Python scalars");
    }
    vm.cx.item(tensor)
}
