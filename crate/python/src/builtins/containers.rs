//! The methods of lists, tuples, dicts, sets, numbers and generators.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};

use super::construct::pairs;
use crate::eval::Vm;
use crate::eval::set_order as index_of_set;
use crate::value::fault::{index_error, type_error, value_error};
use crate::value::{Ceiling, Dict, DictView, Halt, Key, List, Object, R, Set, ViewKind};

fn list(value: &Object) -> R<&Rc<List>> {
    match value.inner() {
        Object::List(list) => Ok(list),
        _ => type_error("descriptor requires a 'list' object"),
    }
}

fn dict(value: &Object) -> R<&Rc<Dict>> {
    match value.inner() {
        Object::Dict(dict) => Ok(dict),
        _ => type_error("descriptor requires a 'dict' object"),
    }
}

fn set(value: &Object) -> R<&Rc<Set>> {
    match value.inner() {
        Object::Set(set) => Ok(set),
        _ => type_error("descriptor requires a 'set' object"),
    }
}

pub const OBJECT: &[super::NativeEntry] = &[("__setattr__", "self, name, value", |vm, a| {
    let name = a[1].as_str().cloned().unwrap_or_else(|| "".into());
    vm.set_plainly(&a[0], &name, a[2].clone())?;
    Ok(Object::None)
})];

pub const LIST: &[super::NativeEntry] = &[
    ("append", "self, object", |vm, a| {
        let mut items = list(&a[0])?.items.borrow_mut();
        if items.len() >= vm.limits.items {
            return Halt::stop(Ceiling::Memory, "a list of so many items");
        }
        items.push(a[1].clone());
        Ok(Object::None)
    }),
    ("extend", "self, iterable", |vm, a| {
        let more = vm.collect(&a[1])?;
        list(&a[0])?.items.borrow_mut().extend(more);
        Ok(Object::None)
    }),
    ("insert", "self, index, object", |_, a| {
        let mut items = list(&a[0])?.items.borrow_mut();
        let len = items.len() as i64;
        let at = a[1].as_int().unwrap_or(0);
        let at = (if at < 0 { at + len } else { at }).clamp(0, len);
        items.insert(at as usize, a[2].clone());
        Ok(Object::None)
    }),
    ("pop", "self, index?", |_, a| {
        let mut items = list(&a[0])?.items.borrow_mut();
        let len = items.len() as i64;
        if len == 0 {
            return index_error("pop from empty list");
        }
        let at = a[1].as_int().unwrap_or(-1);
        let at = if at < 0 { at + len } else { at };
        if !(0..len).contains(&at) {
            return index_error("pop index out of range");
        }
        Ok(items.remove(at as usize))
    }),
    ("remove", "self, value", |vm, a| {
        let items = list(&a[0])?.items.borrow().clone();
        for (i, item) in items.iter().enumerate() {
            if item.is(&a[1]) || vm.equal(item, &a[1])? {
                list(&a[0])?.items.borrow_mut().remove(i);
                return Ok(Object::None);
            }
        }
        value_error("list.remove(x): x not in list")
    }),
    ("clear", "self", |_, a| {
        list(&a[0])?.items.borrow_mut().clear();
        Ok(Object::None)
    }),
    ("copy", "self", |_, a| Ok(Object::list(list(&a[0])?.items.borrow().clone()))),
    ("reverse", "self", |_, a| {
        list(&a[0])?.items.borrow_mut().reverse();
        Ok(Object::None)
    }),
    ("sort", "self, *, key?, reverse?", |vm, a| {
        let mut items = list(&a[0])?.items.borrow().clone();
        super::functions::sort(vm, &mut items, &a[1], &a[2])?;
        *list(&a[0])?.items.borrow_mut() = items;
        Ok(Object::None)
    }),
    ("index", "self, value, start?, stop?", find),
    ("count", "self, value", count),
];

pub const TUPLE: &[super::NativeEntry] =
    &[("index", "self, value, start?, stop?", find), ("count", "self, value", count)];

fn find(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let items = vm.collect(a[0].inner())?;
    let start = a[2].as_int().unwrap_or(0).max(0) as usize;
    for (i, item) in items.iter().enumerate().skip(start) {
        if item.is(&a[1]) || vm.equal(item, &a[1])? {
            return Ok(Object::Int(i as i64));
        }
    }
    match a[0].inner() {
        Object::List(_) => value_error(format!("{} is not in list", vm.repr(&a[1])?)),
        Object::Range(_) => value_error(format!("{} is not in range", vm.repr(&a[1])?)),
        _ => value_error("tuple.index(x): x not in tuple"),
    }
}

fn count(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let mut n = 0;
    for item in vm.collect(a[0].inner())? {
        n += i64::from(item.is(&a[1]) || vm.equal(&item, &a[1])?);
    }
    Ok(Object::Int(n))
}

fn view(value: &Object, kind: ViewKind) -> R<Object> {
    Ok(Object::View(Rc::new(DictView { kind, dict: dict(value)?.clone() })))
}

pub const DICT: &[super::NativeEntry] = &[
    ("keys", "self", |_, a| view(&a[0], ViewKind::Keys)),
    ("values", "self", |_, a| view(&a[0], ViewKind::Values)),
    ("items", "self", |_, a| view(&a[0], ViewKind::Items)),
    ("get", "self, key, default?", |_, a| {
        let found = dict(&a[0])?.items.borrow().get(&Key::new(&a[1])?).cloned();
        Ok(found.unwrap_or_else(|| a[2].clone().or(Object::None)))
    }),
    ("setdefault", "self, key, default?", |_, a| {
        let key = Key::new(&a[1])?;
        let mut items = dict(&a[0])?.items.borrow_mut();
        Ok(items.entry(key).or_insert_with(|| a[2].clone().or(Object::None)).clone())
    }),
    ("pop", "self, key, default?", |vm, a| {
        let found = dict(&a[0])?.items.borrow_mut().shift_remove(&Key::new(&a[1])?);
        match found {
            Some(value) => Ok(value),
            None if !a[2].is_undefined() => Ok(a[2].clone()),
            None => Err(vm.key_error(&a[1])),
        }
    }),
    ("popitem", "self", |_, a| match dict(&a[0])?.items.borrow_mut().pop() {
        Some((key, value)) => Ok(Object::tuple(vec![key.0, value])),
        None => Halt::new("KeyError", "popitem(): dictionary is empty"),
    }),
    ("update", "self, other?, **kwargs", |vm, a| {
        if !a[1].is_undefined() {
            let more = pairs(vm, &a[1])?;
            dict(&a[0])?.items.borrow_mut().extend(more);
        }
        let more = dict(&a[2])?.items.borrow().clone();
        dict(&a[0])?.items.borrow_mut().extend(more);
        Ok(Object::None)
    }),
    ("clear", "self", |_, a| {
        dict(&a[0])?.items.borrow_mut().clear();
        Ok(Object::None)
    }),
    ("copy", "self", |_, a| Ok(Object::dict(dict(&a[0])?.items.borrow().clone()))),
    ("__setitem__", "self, key, value", |vm, a| {
        let inner = a[0].inner().clone();
        vm.set_index(&inner, &a[1], a[2].clone())?;
        Ok(Object::None)
    }),
    ("__getitem__", "self, key", |vm, a| {
        let inner = a[0].inner().clone();
        // What `__missing__` does may change the dict: nothing of it is held meanwhile.
        let found = dict(&inner)?.items.borrow().get(&Key::new(&a[1])?).cloned();
        match found {
            Some(value) => Ok(value),
            None => match vm.special(&a[0], "__missing__")? {
                Some(method) => vm.call(&method, vec![a[1].clone()]),
                None => Err(vm.key_error(&a[1])),
            },
        }
    }),
    ("__delitem__", "self, key", |vm, a| {
        let inner = a[0].inner().clone();
        vm.delete_index(&inner, &a[1])?;
        Ok(Object::None)
    }),
    ("__contains__", "self, key", |_, a| {
        Ok(Object::Bool(dict(&a[0])?.items.borrow().contains_key(&Key::new(&a[1])?)))
    }),
    ("__init__", "self, iterable?, **kwargs", |vm, a| {
        let mut items = IndexMap::new();
        if !a[1].is_undefined() {
            items = pairs(vm, &a[1])?;
        }
        items.extend(dict(&a[2])?.items.borrow().iter().map(|(k, v)| (k.clone(), v.clone())));
        dict(&a[0])?.items.borrow_mut().extend(items);
        Ok(Object::None)
    }),
    ("fromkeys", "iterable, value?", |vm, a| {
        let mut items = IndexMap::new();
        for key in vm.collect(&a[0])? {
            items.insert(Key::new(&key)?, a[1].clone().or(Object::None));
        }
        Ok(Object::dict(items))
    }),
];

/// The members of all the iterables.
fn members(vm: &mut Vm, others: &Object) -> R<Vec<IndexSet<Key>>> {
    let mut all = Vec::new();
    for other in others.items().unwrap_or_default() {
        let items = vm.collect(&other)?;
        all.push(items.iter().map(Key::new).collect::<R<_>>()?);
    }
    Ok(all)
}

pub const SET: &[super::NativeEntry] = &[
    ("add", "self, elem", |_, a| {
        set(&a[0])?.items.borrow_mut().insert(Key::new(&a[1])?);
        Ok(Object::None)
    }),
    ("discard", "self, elem", |_, a| {
        set(&a[0])?.items.borrow_mut().shift_remove(&Key::new(&a[1])?);
        Ok(Object::None)
    }),
    ("remove", "self, elem", |vm, a| {
        if set(&a[0])?.items.borrow_mut().shift_remove(&Key::new(&a[1])?) {
            return Ok(Object::None);
        }
        Err(vm.key_error(&a[1]))
    }),
    ("pop", "self", |_, a| {
        let own = set(&a[0])?;
        let first = index_of_set(&own.items.borrow()).into_iter().next();
        match first {
            Some(value) => {
                own.items.borrow_mut().shift_remove(&Key(value.clone()));
                Ok(value)
            }
            None => Halt::new("KeyError", "pop from an empty set"),
        }
    }),
    ("clear", "self", |_, a| {
        set(&a[0])?.items.borrow_mut().clear();
        Ok(Object::None)
    }),
    ("copy", "self", |_, a| Ok(Object::set(set(&a[0])?.items.borrow().clone(), set(&a[0])?.frozen))),
    ("update", "self, *others", |vm, a| {
        for other in members(vm, &a[1])? {
            set(&a[0])?.items.borrow_mut().extend(other);
        }
        Ok(Object::None)
    }),
    ("union", "self, *others", |vm, a| {
        let mut items = set(&a[0])?.items.borrow().clone();
        for other in members(vm, &a[1])? {
            items.extend(other);
        }
        Ok(Object::set(items, set(&a[0])?.frozen))
    }),
    ("intersection", "self, *others", |vm, a| {
        let mut items = set(&a[0])?.items.borrow().clone();
        for other in members(vm, &a[1])? {
            items.retain(|key| other.contains(key));
        }
        Ok(Object::set(items, set(&a[0])?.frozen))
    }),
    ("difference", "self, *others", |vm, a| {
        let mut items = set(&a[0])?.items.borrow().clone();
        for other in members(vm, &a[1])? {
            items.retain(|key| !other.contains(key));
        }
        Ok(Object::set(items, set(&a[0])?.frozen))
    }),
    ("symmetric_difference", "self, other", |vm, a| {
        let other = vm.collect(&a[1])?.iter().map(Key::new).collect::<R<IndexSet<Key>>>()?;
        let items = set(&a[0])?.items.borrow().symmetric_difference(&other).cloned().collect();
        Ok(Object::set(items, false))
    }),
    ("issubset", "self, other", |vm, a| {
        let other = vm.collect(&a[1])?.iter().map(Key::new).collect::<R<IndexSet<Key>>>()?;
        Ok(Object::Bool(set(&a[0])?.items.borrow().is_subset(&other)))
    }),
    ("issuperset", "self, other", |vm, a| {
        let other = vm.collect(&a[1])?.iter().map(Key::new).collect::<R<IndexSet<Key>>>()?;
        Ok(Object::Bool(set(&a[0])?.items.borrow().is_superset(&other)))
    }),
    ("isdisjoint", "self, other", |vm, a| {
        let other = vm.collect(&a[1])?.iter().map(Key::new).collect::<R<IndexSet<Key>>>()?;
        Ok(Object::Bool(set(&a[0])?.items.borrow().is_disjoint(&other)))
    }),
];

pub const INT: &[super::NativeEntry] = &[
    ("bit_length", "self", |_, a| Ok(Object::Int(a[0].as_big().unwrap_or_default().bits() as i64))),
    ("conjugate", "self", |_, a| Ok(a[0].clone())),
    ("is_integer", "self", |_, _| Ok(Object::Bool(true))),
    ("__index__", "self", |_, a| Ok(a[0].clone())),
];

pub const FLOAT: &[super::NativeEntry] = &[
    ("is_integer", "self", |_, a| {
        Ok(Object::Bool(a[0].as_float().is_some_and(|n| n.is_finite() && n.fract() == 0.0)))
    }),
    ("conjugate", "self", |_, a| Ok(a[0].clone())),
];

pub const BYTES: &[super::NativeEntry] = &[
    ("decode", "self, encoding?, errors?", |_, a| match &a[0] {
        Object::Bytes(bytes) => Ok(Object::str(String::from_utf8_lossy(bytes))),
        _ => Ok(Object::None),
    }),
    ("hex", "self", |_, a| match &a[0] {
        Object::Bytes(bytes) => {
            Ok(Object::str(bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))))
        }
        _ => Ok(Object::None),
    }),
];

pub const GENERATOR: &[super::NativeEntry] = &[
    ("send", "self, value", |vm, a| match &a[0] {
        Object::Generator(generator) => match vm.resume(generator, a[1].clone())? {
            Ok(item) => Ok(item),
            Err(_) => Halt::new("StopIteration", ""),
        },
        _ => Ok(Object::None),
    }),
    ("close", "self", |vm, a| {
        let Object::Generator(generator) = &a[0] else { return Ok(Object::None) };
        if !generator.started.get() || generator.frame.borrow().is_none() {
            *generator.frame.borrow_mut() = None;
            return Ok(Object::None);
        }
        let exit = vm.exception("GeneratorExit", "");
        match vm.throw(generator, exit) {
            Ok(Ok(_)) => crate::value::fault::runtime_error("generator ignored GeneratorExit"),
            Ok(Err(_)) => Ok(Object::None),
            Err(fault) if vm.is_fault(&fault, "GeneratorExit") || vm.is_fault(&fault, "StopIteration") => {
                Ok(Object::None)
            }
            Err(fault) => Err(fault),
        }
    }),
    ("throw", "self, value", |vm, a| {
        let Object::Generator(generator) = &a[0] else { return Ok(Object::None) };
        match vm.raised(&a[1], None) {
            Halt::Raise(exception) => match vm.throw(generator, exception)? {
                Ok(item) => Ok(item),
                Err(_) => Halt::new("StopIteration", ""),
            },
            fault => Err(fault),
        }
    }),
    ("__next__", "self", next),
    ("__iter__", "self", |_, a| Ok(a[0].clone())),
];

pub const ITERATOR: &[super::NativeEntry] =
    &[("__next__", "self", next), ("__iter__", "self", |_, a| Ok(a[0].clone()))];

fn next(vm: &mut Vm, a: &[Object]) -> R<Object> {
    match vm.next(&a[0])? {
        Some(item) => Ok(item),
        None => Halt::new("StopIteration", ""),
    }
}
