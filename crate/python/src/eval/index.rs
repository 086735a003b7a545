//! Subscripts, slices and iteration.

use std::rc::Rc;

use super::iter::Iter;
use super::{Type, Vm};
use crate::value::fault::{index_error, type_error, value_error};
use crate::value::{Ceiling, Halt, Key, Object, PyTuple, R, Range, ViewKind};

/// Where a slice begins, how far it steps, and how many items it has.
pub fn slice_places(parts: &[Object; 3], len: usize) -> R<(i64, i64, usize)> {
    let number = |value: &Object| match value {
        Object::None => Ok(None),
        other => match other.as_int().or_else(|| match other {
            Object::Tensor(tensor) if tensor.len() == 1 && !tensor.dtype().is_float() => {
                Some(tensor.get_i64(0))
            }
            _ => None,
        }) {
            Some(number) => Ok(Some(number)),
            None => type_error("slice indices must be integers or None or have an __index__ method"),
        },
    };
    let step = number(&parts[2])?.unwrap_or(1);
    if step == 0 {
        return value_error("slice step cannot be zero");
    }
    let len = len as i64;
    let clip = |at: i64| {
        let at = if at < 0 { at.saturating_add(len) } else { at };
        if step > 0 { at.clamp(0, len) } else { at.clamp(-1, len - 1) }
    };
    let start = number(&parts[0])?.map_or(if step > 0 { 0 } else { len - 1 }, clip);
    let stop = number(&parts[1])?.map_or(if step > 0 { len } else { -1 }, clip);
    let count = Range { start, stop, step }.len();
    Ok((start, step, count))
}

fn place(index: i64, len: usize) -> Option<usize> {
    let at = if index < 0 { index + len as i64 } else { index };
    usize::try_from(at).ok().filter(|&at| at < len)
}

fn sliced(items: &[Object], parts: &[Object; 3]) -> R<Vec<Object>> {
    let (start, step, count) = slice_places(parts, items.len())?;
    Ok((0..count).map(|i| items[(start + step * i as i64) as usize].clone()).collect())
}

impl Vm {
    pub fn index(&mut self, object: &Object, index: &Object) -> R<Object> {
        match object {
            Object::Tensor(tensor) => {
                let tensor = tensor.clone();
                return crate::torch::index::get(self, &tensor, index);
            }
            Object::Instance(_) => {
                if let Some(method) = self.special(object, "__getitem__")? {
                    return self.call(&method, vec![index.clone()]);
                }
            }
            Object::Class(_) => {
                if let Some(method) = self.special(object, "__getitem__")? {
                    return self.call(&method, vec![index.clone()]);
                }
                // A type with its arguments, such as `list[int]`, is the type.
                return Ok(object.clone());
            }
            _ => {}
        }
        let number = match index {
            Object::Tensor(tensor) if tensor.len() == 1 && !tensor.dtype().is_float() => {
                Some(tensor.get_i64(0))
            }
            other => other.as_int(),
        };
        let number = match (number, index) {
            (None, Object::Instance(_)) => match self.special(index, "__index__")? {
                Some(method) => self.call(&method, Vec::new())?.as_int(),
                None => None,
            },
            (number, _) => number,
        };
        match object.inner() {
            Object::List(list) => {
                let items = list.items.borrow();
                match (index, number) {
                    (_, Some(at)) => match place(at, items.len()) {
                        Some(at) => Ok(items[at].clone()),
                        None => index_error("list index out of range"),
                    },
                    (Object::Slice(parts), _) => Ok(Object::list(sliced(&items, parts)?)),
                    _ => type_error(format!(
                        "list indices must be integers or slices, not {}",
                        self.type_name(index)
                    )),
                }
            }
            Object::Tuple(tuple) => match (index, number) {
                (_, Some(at)) => match place(at, tuple.items.len()) {
                    Some(at) => Ok(tuple.items[at].clone()),
                    None => index_error("tuple index out of range"),
                },
                (Object::Slice(parts), _) => {
                    let items = sliced(&tuple.items, parts)?;
                    let class = tuple.class.clone().filter(|class| self.types.is(class, Type::Size));
                    Ok(Object::Tuple(Rc::new(PyTuple { items, class })))
                }
                _ => type_error(format!(
                    "tuple indices must be integers or slices, not {}",
                    self.type_name(index)
                )),
            },
            Object::Str(text) => match (index, number) {
                (_, Some(at)) => {
                    let found = if text.is_ascii() {
                        place(at, text.len()).map(|at| Object::str(&text[at..=at]))
                    } else {
                        let chars: Vec<char> = text.chars().collect();
                        place(at, chars.len()).map(|at| Object::str(chars[at].to_string()))
                    };
                    found.map_or_else(|| index_error("string index out of range"), Ok)
                }
                (Object::Slice(parts), _) => {
                    let chars: Vec<char> = text.chars().collect();
                    let (start, step, count) = slice_places(parts, chars.len())?;
                    let part: String =
                        (0..count).map(|i| chars[(start + step * i as i64) as usize]).collect();
                    Ok(Object::str(part))
                }
                _ => type_error(format!("string indices must be integers, not '{}'", self.type_name(index))),
            },
            Object::Bytes(bytes) => match (index, number) {
                (_, Some(at)) => match place(at, bytes.len()) {
                    Some(at) => Ok(Object::Int(i64::from(bytes[at]))),
                    None => index_error("index out of range"),
                },
                (Object::Slice(parts), _) => {
                    let (start, step, count) = slice_places(parts, bytes.len())?;
                    let part: Vec<u8> =
                        (0..count).map(|i| bytes[(start + step * i as i64) as usize]).collect();
                    Ok(Object::Bytes(part.into()))
                }
                _ => type_error("byte indices must be integers or slices"),
            },
            Object::Dict(dict) => {
                let key = Key::new(index)?;
                let found = dict.items.borrow().get(&key).cloned();
                if let Some(value) = found {
                    Ok(value)
                } else {
                    if let Some(method) = self.special(object, "__missing__")? {
                        return self.call(&method, vec![index.clone()]);
                    }
                    Err(self.key_error(index))
                }
            }
            Object::Range(range) => match (index, number) {
                (_, Some(at)) => match place(at, range.len()) {
                    Some(at) => Ok(Object::Int(range.get(at))),
                    None => index_error("range object index out of range"),
                },
                (Object::Slice(parts), _) => {
                    let (start, step, count) = slice_places(parts, range.len())?;
                    let first = range.start + range.step * start;
                    let step = range.step * step;
                    Ok(Object::Range(Rc::new(Range {
                        start: first,
                        stop: first + step * count as i64,
                        step,
                    })))
                }
                _ => type_error(format!(
                    "range indices must be integers or slices, not {}",
                    self.type_name(index)
                )),
            },
            _ => type_error(format!("'{}' object is not subscriptable", self.type_name(object))),
        }
    }

    /// `KeyError`, whose only argument is the key itself.
    pub fn key_error(&mut self, key: &Object) -> Halt {
        let exception = self.exception("KeyError", "");
        exception.set("args", Object::tuple(vec![key.clone()]));
        Halt::Raise(exception)
    }

    pub fn set_index(&mut self, object: &Object, index: &Object, value: Object) -> R<()> {
        match object {
            Object::Tensor(tensor) => {
                let tensor = tensor.clone();
                return crate::torch::index::set(self, &tensor, index, &value);
            }
            Object::Instance(_) => {
                if let Some(method) = self.special(object, "__setitem__")? {
                    return self.call(&method, vec![index.clone(), value]).map(|_| ());
                }
            }
            _ => {}
        }
        match object.inner() {
            Object::List(list) => match index {
                Object::Slice(parts) => {
                    let new = self.collect(&value)?;
                    let mut items = list.items.borrow_mut();
                    let (start, step, count) = slice_places(parts, items.len())?;
                    if step == 1 {
                        let start = start as usize;
                        items.splice(start..start + count, new);
                        return Ok(());
                    }
                    if new.len() != count {
                        return value_error(format!(
                            "attempt to assign sequence of size {} to extended slice of size {count}",
                            new.len()
                        ));
                    }
                    for (i, value) in new.into_iter().enumerate() {
                        items[(start + step * i as i64) as usize] = value;
                    }
                    Ok(())
                }
                _ => match index.as_int() {
                    Some(at) => {
                        let mut items = list.items.borrow_mut();
                        match place(at, items.len()) {
                            Some(at) => {
                                items[at] = value;
                                Ok(())
                            }
                            None => index_error("list assignment index out of range"),
                        }
                    }
                    None => type_error(format!(
                        "list indices must be integers or slices, not {}",
                        self.type_name(index)
                    )),
                },
            },
            Object::Dict(dict) => {
                let key = Key::new(index)?;
                let mut items = dict.items.borrow_mut();
                if items.len() >= self.limits.items {
                    return Halt::stop(Ceiling::Memory, "a dict of so many items");
                }
                items.insert(key, value);
                Ok(())
            }
            _ => type_error(format!("'{}' object does not support item assignment", self.type_name(object))),
        }
    }

    pub fn delete_index(&mut self, object: &Object, index: &Object) -> R<()> {
        if let Object::Instance(_) = object
            && let Some(method) = self.special(object, "__delitem__")?
        {
            return self.call(&method, vec![index.clone()]).map(|_| ());
        }
        match object.inner() {
            Object::List(list) => {
                let mut items = list.items.borrow_mut();
                if let Object::Slice(parts) = index {
                    let (start, step, count) = slice_places(parts, items.len())?;
                    let mut gone: Vec<usize> =
                        (0..count).map(|i| (start + step * i as i64) as usize).collect();
                    gone.sort_unstable();
                    for at in gone.into_iter().rev() {
                        items.remove(at);
                    }
                    return Ok(());
                }
                match index.as_int().and_then(|at| place(at, items.len())) {
                    Some(at) => {
                        items.remove(at);
                        Ok(())
                    }
                    None => index_error("list assignment index out of range"),
                }
            }
            Object::Dict(dict) => {
                let removed = dict.items.borrow_mut().shift_remove(&Key::new(index)?);
                match removed {
                    Some(_) => Ok(()),
                    None => Err(self.key_error(index)),
                }
            }
            _ => type_error(format!("'{}' object doesn't support item deletion", self.type_name(object))),
        }
    }

    pub fn is_iterable(&mut self, value: &Object) -> bool {
        match value.inner() {
            Object::Tuple(_)
            | Object::List(_)
            | Object::Dict(_)
            | Object::Set(_)
            | Object::Str(_)
            | Object::Bytes(_)
            | Object::Range(_)
            | Object::Iter(_)
            | Object::Generator(_)
            | Object::View(_)
            | Object::Tensor(_) => true,
            Object::Instance(instance) => {
                let class = instance.class();
                class.lookup("__iter__").is_some() || class.lookup("__getitem__").is_some()
            }
            _ => false,
        }
    }

    pub fn iterator(&mut self, value: &Object) -> R<Object> {
        if let Object::Instance(_) | Object::Class(_) = value {
            if let Some(method) = self.special(value, "__iter__")? {
                let iter = self.call(&method, Vec::new())?;
                if let Object::Instance(_) = &iter
                    && self.special(&iter, "__next__")?.is_none()
                {
                    return type_error(format!(
                        "iter() returned non-iterator of type '{}'",
                        self.type_name(&iter)
                    ));
                }
                return Ok(iter);
            }
            if value.inner().identity() == value.identity() && self.special(value, "__getitem__")?.is_some() {
                return Ok(Object::iter(Iter::Items(value.clone(), 0)));
            }
        }
        let iter = match value.inner() {
            Object::List(list) => Iter::List(list.clone(), 0),
            Object::Tuple(tuple) => Iter::Tuple(tuple.clone(), 0),
            Object::Range(range) => Iter::Range(**range, 0),
            Object::Str(text) => Iter::Text(text.clone(), 0),
            Object::Bytes(bytes) => Iter::Values(
                bytes.iter().map(|byte| Object::Int(i64::from(*byte))).collect::<Vec<_>>().into_iter(),
            ),
            Object::Dict(dict) => Iter::Dict(dict.clone(), ViewKind::Keys, 0, dict.items.borrow().len()),
            Object::View(view) => Iter::Dict(view.dict.clone(), view.kind, 0, view.dict.items.borrow().len()),
            Object::Set(set) => Iter::Values(set_order(&set.items.borrow()).into_iter()),
            Object::Iter(_) | Object::Generator(_) => return Ok(value.clone()),
            Object::Tensor(tensor) => {
                if tensor.shape().is_empty() {
                    return type_error("iteration over a 0-d tensor");
                }
                let rows = self.cx.unbind(tensor, 0)?;
                Iter::Values(rows.into_iter().map(Object::Tensor).collect::<Vec<_>>().into_iter())
            }
            _ => return type_error(format!("'{}' object is not iterable", self.type_name(value))),
        };
        Ok(Object::iter(iter))
    }

    pub fn next(&mut self, iter: &Object) -> R<Option<Object>> {
        match iter {
            Object::Iter(inner) => self.advance(inner),
            Object::Generator(generator) => Ok(self.resume(generator, Object::None)?.ok()),
            _ => match self.special(iter, "__next__")? {
                Some(method) => match self.call(&method, Vec::new()) {
                    Ok(value) => Ok(Some(value)),
                    Err(fault) if self.is_fault(&fault, "StopIteration") => Ok(None),
                    Err(fault) => Err(fault),
                },
                None => type_error(format!("'{}' object is not an iterator", self.type_name(iter))),
            },
        }
    }

    pub fn collect(&mut self, value: &Object) -> R<Vec<Object>> {
        match value {
            Object::List(list) => return Ok(list.items.borrow().clone()),
            Object::Tuple(tuple) => return Ok(tuple.items.clone()),
            _ => {}
        }
        let iter = self.iterator(value)?;
        let mut items = Vec::new();
        while let Some(item) = self.next(&iter)? {
            if items.len() >= self.limits.items {
                return Halt::stop(Ceiling::Memory, "so many items at once");
            }
            items.push(item);
        }
        Ok(items)
    }

    pub fn len(&mut self, value: &Object) -> R<usize> {
        if let Object::Instance(_) | Object::Class(_) = value
            && let Some(method) = self.special(value, "__len__")?
        {
            let len = self.call(&method, Vec::new())?;
            return match len.as_int() {
                Some(len) if len >= 0 => Ok(len as usize),
                Some(_) => value_error("__len__() should return >= 0"),
                None => type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    self.type_name(&len)
                )),
            };
        }
        Ok(match value.inner() {
            Object::Str(text) => text.chars().count(),
            Object::Bytes(bytes) => bytes.len(),
            Object::Tuple(tuple) => tuple.items.len(),
            Object::List(list) => list.items.borrow().len(),
            Object::Dict(dict) => dict.items.borrow().len(),
            Object::View(view) => view.dict.items.borrow().len(),
            Object::Set(set) => set.items.borrow().len(),
            Object::Range(range) => range.len(),
            Object::Tensor(tensor) => match tensor.shape().first() {
                Some(len) => *len,
                None => return type_error("len() of a 0-d tensor"),
            },
            _ => return type_error(format!("object of type '{}' has no len()", self.type_name(value))),
        })
    }
}

/// Sets of small ints are gone through in the order of the numbers, as `CPython`'s are; others as they were filled.
pub fn set_order(items: &indexmap::IndexSet<Key>) -> Vec<Object> {
    let mut values: Vec<Object> = items.iter().map(|key| key.0.clone()).collect();
    // CPython's table has at least 8 places, and more than 5/3 of its items.
    let mut places = 8;
    while places * 3 <= items.len() * 5 {
        places *= if items.len() > 50_000 { 2 } else { 4 };
    }
    if values.iter().all(|value| value.as_int().is_some_and(|n| n >= 0 && (n as usize) < places)) {
        values.sort_by_key(|value| value.as_int().unwrap_or(0));
    }
    values
}
