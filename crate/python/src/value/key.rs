//! Values as keys of dicts and members of sets: 1, 1.0 and True are one key.

use std::hash::{Hash, Hasher};

use super::{Halt, Object, R};

/// A value that can be hashed.
#[derive(Clone)]
pub struct Key(pub Object);

impl Key {
    /// The value as a key, or Python's `TypeError`.
    pub fn new(value: &Object) -> R<Key> {
        check(value)?;
        Ok(Key(value.clone()))
    }

    pub fn str(text: &str) -> Key {
        Key(Object::str(text))
    }

    /// Whether two hashable values are equal.
    pub fn same(a: &Object, b: &Object) -> bool {
        match (a.inner(), b.inner()) {
            (Object::Str(a), Object::Str(b)) | (Object::Device(a), Object::Device(b)) => a == b,
            (Object::Bytes(a), Object::Bytes(b)) => a == b,
            (Object::None, Object::None)
            | (Object::Ellipsis, Object::Ellipsis)
            | (Object::NotImplemented, Object::NotImplemented) => true,
            (Object::Tuple(a), Object::Tuple(b)) => {
                a.items.len() == b.items.len() && a.items.iter().zip(&b.items).all(|(a, b)| Key::same(a, b))
            }
            (Object::Range(a), Object::Range(b)) => a == b,
            (Object::Dtype(a), Object::Dtype(b)) => a == b,
            (Object::Big(a), Object::Big(b)) => a == b,
            (Object::Set(a), Object::Set(b)) => *a.items.borrow() == *b.items.borrow(),
            (Object::Bound(a), Object::Bound(b)) => {
                Key::same(&a.receiver, &b.receiver) && Key::same(&a.function, &b.function)
            }
            (a, b) => match (a.as_int(), b.as_int()) {
                (Some(a), Some(b)) => a == b,
                _ => match (a.as_float(), b.as_float()) {
                    (Some(a), Some(b)) => a == b,
                    _ => a.identity().is_some() && a.identity() == b.identity(),
                },
            },
        }
    }
}

fn check(value: &Object) -> R<()> {
    let unhashable = |name: &str| Halt::new("TypeError", format!("unhashable type: '{name}'"));
    match value.inner() {
        Object::List(_) => unhashable("list"),
        Object::Dict(_) => unhashable("dict"),
        Object::Set(set) if !set.frozen => unhashable("set"),
        Object::Slice(_) => unhashable("slice"),
        Object::Tuple(tuple) => tuple.items.iter().try_for_each(check),
        Object::Instance(instance) => {
            let class = instance.class();
            let has = |name| {
                class.mro().take_while(|class| !class.builtin).any(|c| c.attrs.borrow().contains_key(name))
            };
            if has("__hash__") {
                return Halt::refuse(format!("objects with their own __hash__ as keys ('{}')", class.name));
            }
            if has("__eq__") { unhashable(&class.name) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        Key::same(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

fn hash<H: Hasher>(value: &Object, state: &mut H) {
    match value.inner() {
        Object::Str(text) => text.hash(state),
        Object::Bytes(bytes) => bytes.hash(state),
        Object::Tuple(tuple) => tuple.items.iter().for_each(|item| hash(item, state)),
        Object::Float(number) if number.fract() == 0.0 && number.abs() < 9e18 => (*number as i64).hash(state),
        Object::Float(number) => number.to_bits().hash(state),
        Object::Big(number) => super::big_to_float(number).to_bits().hash(state),
        Object::Dtype(dtype) => (*dtype as u8).hash(state),
        Object::Device(device) => device.hash(state),
        Object::Range(range) => range.start.hash(state),
        Object::Set(set) => set.items.borrow().len().hash(state),
        Object::Bound(bound) => hash(&bound.receiver, state),
        value => match value.as_int() {
            Some(number) => number.hash(state),
            None => value.identity().hash(state),
        },
    }
}
