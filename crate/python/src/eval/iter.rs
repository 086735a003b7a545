//! Iterators that are built in.

use std::rc::Rc;

use super::Vm;
use crate::value::{Dict, List, Object, PyTuple, R, Range, ViewKind};

pub enum Iter {
    List(Rc<List>, usize),
    Tuple(Rc<PyTuple>, usize),
    Range(Range, usize),
    Text(Rc<str>, usize),
    Dict(Rc<Dict>, ViewKind, usize, usize),
    Values(std::vec::IntoIter<Object>),
    Enumerate(Object, i64),
    Zip(Vec<Object>, bool),
    Map(Object, Vec<Object>),
    Filter(Object, Object),
    /// An object with `__getitem__` alone.
    Items(Object, i64),
    /// Called until it gives the other.
    Until(Object, Object),
}

impl Vm {
    /// The next item of a builtin iterator.
    pub fn advance(&mut self, iter: &Rc<std::cell::RefCell<Iter>>) -> R<Option<Object>> {
        let mut state = iter.borrow_mut();
        Ok(match &mut *state {
            Iter::List(list, at) => {
                let item = list.items.borrow().get(*at).cloned();
                *at += 1;
                item
            }
            Iter::Tuple(tuple, at) => {
                let item = tuple.items.get(*at).cloned();
                *at += 1;
                item
            }
            Iter::Range(range, at) => {
                if *at < range.len() {
                    *at += 1;
                    Some(Object::Int(range.get(*at - 1)))
                } else {
                    None
                }
            }
            Iter::Text(text, at) => match text[*at..].chars().next() {
                Some(c) => {
                    let end = *at + c.len_utf8();
                    let item = Object::str(&text[*at..end]);
                    *at = end;
                    Some(item)
                }
                None => None,
            },
            Iter::Dict(dict, kind, at, len) => {
                let items = dict.items.borrow();
                if items.len() != *len {
                    return crate::value::fault::runtime_error("dictionary changed size during iteration");
                }
                let item = items.get_index(*at).map(|(key, value)| match kind {
                    ViewKind::Keys => key.0.clone(),
                    ViewKind::Values => value.clone(),
                    ViewKind::Items => Object::tuple(vec![key.0.clone(), value.clone()]),
                });
                *at += 1;
                item
            }
            Iter::Values(values) => values.next(),
            Iter::Enumerate(inner, at) => {
                let (inner, i) = (inner.clone(), *at);
                *at += 1;
                drop(state);
                return Ok(self.next(&inner)?.map(|item| Object::tuple(vec![Object::Int(i), item])));
            }
            Iter::Zip(inner, strict) => {
                let (inner, strict) = (inner.clone(), *strict);
                drop(state);
                let mut items = Vec::with_capacity(inner.len());
                for (i, iter) in inner.iter().enumerate() {
                    match self.next(iter)? {
                        Some(item) => items.push(item),
                        None if strict && i > 0 => return zip_shorter(i),
                        None => {
                            if strict {
                                for (j, other) in inner.iter().enumerate().skip(1) {
                                    if self.next(other)?.is_some() {
                                        return zip_longer(j);
                                    }
                                }
                            }
                            return Ok(None);
                        }
                    }
                }
                return Ok(if inner.is_empty() { None } else { Some(Object::tuple(items)) });
            }
            Iter::Map(function, inner) => {
                let (function, inner) = (function.clone(), inner.clone());
                drop(state);
                let mut items = Vec::with_capacity(inner.len());
                for iter in &inner {
                    match self.next(iter)? {
                        Some(item) => items.push(item),
                        None => return Ok(None),
                    }
                }
                return Ok(Some(self.call(&function, items)?));
            }
            Iter::Filter(function, inner) => {
                let (function, inner) = (function.clone(), inner.clone());
                drop(state);
                while let Some(item) = self.next(&inner)? {
                    let kept = if function.is_none() {
                        item.clone()
                    } else {
                        self.call(&function, vec![item.clone()])?
                    };
                    if self.truth(&kept)? {
                        return Ok(Some(item));
                    }
                }
                return Ok(None);
            }
            Iter::Items(object, at) => {
                let (object, i) = (object.clone(), *at);
                *at += 1;
                drop(state);
                return match self.index(&object, &Object::Int(i)) {
                    Ok(item) => Ok(Some(item)),
                    Err(fault)
                        if self.is_fault(&fault, "IndexError") || self.is_fault(&fault, "StopIteration") =>
                    {
                        Ok(None)
                    }
                    Err(fault) => Err(fault),
                };
            }
            Iter::Until(function, end) => {
                let (function, end) = (function.clone(), end.clone());
                drop(state);
                let item = self.call(&function, Vec::new())?;
                return Ok(if self.equal(&item, &end)? { None } else { Some(item) });
            }
        })
    }
}

fn zip_shorter(i: usize) -> R<Option<Object>> {
    let before = if i == 1 { "argument 1".to_owned() } else { format!("arguments 1-{i}") };
    crate::value::fault::value_error(format!("zip() argument {} is shorter than {before}", i + 1))
}

fn zip_longer(i: usize) -> R<Option<Object>> {
    let before = if i == 1 { "argument 1".to_owned() } else { format!("arguments 1-{i}") };
    crate::value::fault::value_error(format!("zip() argument {} is longer than {before}", i + 1))
}
