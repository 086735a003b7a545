//! What a program computes with: Python's values, shared by reference as Python shares them.

pub mod class;
pub mod fault;
pub mod key;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use num_bigint::BigInt;

pub use class::{Attrs, Class, Instance};
pub use fault::{Ceiling, Halt, R};
pub use key::Key;

use crate::eval::frame::Frame;
use crate::eval::iter::Iter;
use crate::eval::native::Native;
use crate::syntax::code::CodeObject;
use crate::torch::dtype::ScalarType;
use crate::torch::tensor::TorchTensor;

/// A Python object.
#[derive(Clone)]
pub enum Object {
    /// What a name has before it has a value; a program never sees it.
    Undefined,
    None,
    Bool(bool),
    Int(i64),
    Big(Rc<BigInt>),
    Float(f64),
    Str(Rc<str>),
    Bytes(Rc<[u8]>),
    Tuple(Rc<PyTuple>),
    List(Rc<List>),
    Dict(Rc<Dict>),
    Set(Rc<Set>),
    Range(Rc<Range>),
    Slice(Rc<[Object; 3]>),
    Ellipsis,
    NotImplemented,
    Function(Rc<PyFunction>),
    Native(Rc<Native>),
    Bound(Rc<Bound>),
    Class(Rc<Class>),
    Instance(Rc<Instance>),
    Module(Rc<PyModule>),
    Iter(Rc<RefCell<Iter>>),
    Generator(Rc<PyGenerator>),
    Property(Rc<Property>),
    Wrapped(Rc<Wrapped>),
    View(Rc<DictView>),
    Tensor(TorchTensor),
    Dtype(ScalarType),
    Device(Rc<str>),
    Node(Rc<crate::torch::autograd::Node>),
    Code(Rc<CodeObject>),
    /// A variable of a closure, on its way there.
    Cell(Variable),
}

impl Drop for List {
    /// Lists within lists are taken apart in a loop, for the machine's stack is short.
    fn drop(&mut self) {
        let mut rest = std::mem::take(self.items.get_mut());
        while let Some(item) = rest.pop() {
            match item {
                Object::List(list) => {
                    if let Ok(list) = Rc::try_unwrap(list) {
                        rest.append(&mut list.items.borrow_mut());
                    }
                }
                Object::Tuple(tuple) => {
                    if let Ok(mut tuple) = Rc::try_unwrap(tuple) {
                        rest.append(&mut tuple.items);
                    }
                }
                _ => {}
            }
        }
    }
}

impl Drop for PyTuple {
    /// As a list.
    fn drop(&mut self) {
        if self.items.iter().any(|item| matches!(item, Object::Tuple(_) | Object::List(_))) {
            let items = std::mem::take(&mut self.items);
            drop(List { items: RefCell::new(items) });
        }
    }
}

/// A tuple, or a value of a class that is one: `torch.Size`, a named tuple.
pub struct PyTuple {
    pub items: Vec<Object>,
    pub class: Option<Rc<Class>>,
}

#[derive(Default)]
pub struct List {
    pub items: RefCell<Vec<Object>>,
}

#[derive(Default)]
pub struct Dict {
    pub items: RefCell<IndexMap<Key, Object>>,
}

#[derive(Default)]
pub struct Set {
    pub items: RefCell<IndexSet<Key>>,
    pub frozen: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    pub fn len(&self) -> usize {
        let Range { start, stop, step } = *self;
        let span = if step > 0 {
            i128::from(stop) - i128::from(start)
        } else {
            i128::from(start) - i128::from(stop)
        };
        let step = i128::from(step).abs();
        if span <= 0 { 0 } else { ((span + step - 1) / step) as usize }
    }

    pub fn get(&self, index: usize) -> i64 {
        self.start + self.step * index as i64
    }
}

/// What `def` and `lambda` make.
pub struct PyFunction {
    pub code: Rc<CodeObject>,
    pub globals: Rc<Namespace>,
    pub defaults: Vec<Object>,
    pub keyword_defaults: Vec<Object>,
    pub closure: Vec<Variable>,
    pub attrs: RefCell<Attrs>,
    /// The class whose body it stands in: what `super()` without arguments reads.
    pub owner: RefCell<Option<Rc<Class>>>,
}

/// A method with its object.
pub struct Bound {
    pub receiver: Object,
    pub function: Object,
}

pub type Variable = Rc<RefCell<Object>>;

/// A module's names; a name that was deleted keeps its place.
#[derive(Default)]
pub struct Namespace {
    pub names: RefCell<IndexMap<Rc<str>, Object>>,
}

impl Namespace {
    /// Lets go of all names, and of what the classes among them have.
    pub fn forget(&self) {
        let names = std::mem::take(&mut *self.names.borrow_mut());
        for value in names.values() {
            if let Object::Class(class) = value {
                drop(std::mem::take(&mut *class.attrs.borrow_mut()));
            }
        }
    }

    pub fn get(&self, name: &str) -> Option<Object> {
        self.names.borrow().get(name).filter(|value| !value.is_undefined()).cloned()
    }

    pub fn set(&self, name: &str, value: Object) {
        let mut names = self.names.borrow_mut();
        match names.get_mut(name) {
            Some(place) => *place = value,
            None => {
                names.insert(name.into(), value);
            }
        }
    }
}

pub struct PyModule {
    pub name: Rc<str>,
    pub space: Rc<Namespace>,
}

pub struct PyGenerator {
    pub frame: RefCell<Option<Box<Frame>>>,
    pub name: Rc<str>,
    pub started: Cell<bool>,
}

#[derive(Clone)]
pub struct Property {
    pub getter: Object,
    pub setter: Object,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Wrapping {
    Static,
    Class,
    /// `super()`: the class after which to look, and the object.
    Super,
}

pub struct Wrapped {
    pub kind: Wrapping,
    pub value: Object,
    pub class: Option<Rc<Class>>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum ViewKind {
    Keys,
    Values,
    Items,
}

pub struct DictView {
    pub kind: ViewKind,
    pub dict: Rc<Dict>,
}

impl Object {
    pub fn is_undefined(&self) -> bool {
        matches!(self, Object::Undefined)
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Object::None)
    }

    /// Whether an optional argument was given and is not None.
    pub fn given(self) -> Option<Object> {
        match self {
            Object::Undefined | Object::None => None,
            value => Some(value),
        }
    }

    pub fn or(self, other: Object) -> Object {
        if self.is_undefined() { other } else { self }
    }

    pub fn str(text: impl AsRef<str>) -> Object {
        Object::Str(Rc::from(text.as_ref()))
    }

    pub fn list(items: Vec<Object>) -> Object {
        Object::List(Rc::new(List { items: RefCell::new(items) }))
    }

    pub fn tuple(items: Vec<Object>) -> Object {
        Object::Tuple(Rc::new(PyTuple { items, class: None }))
    }

    pub fn dict(items: IndexMap<Key, Object>) -> Object {
        Object::Dict(Rc::new(Dict { items: RefCell::new(items) }))
    }

    pub fn set(items: IndexSet<Key>, frozen: bool) -> Object {
        Object::Set(Rc::new(Set { items: RefCell::new(items), frozen }))
    }

    pub fn big(number: BigInt) -> Object {
        match i64::try_from(&number) {
            Ok(small) => Object::Int(small),
            Err(_) => Object::Big(Rc::new(number)),
        }
    }

    pub fn iter(iter: Iter) -> Object {
        Object::Iter(Rc::new(RefCell::new(iter)))
    }

    /// The builtin value that an object of a class such as `class Words(list)` holds, else the value itself.
    pub fn inner(&self) -> &Object {
        match self {
            Object::Instance(instance) => instance.payload.get().unwrap_or(self),
            _ => self,
        }
    }

    pub fn as_str(&self) -> Option<&Rc<str>> {
        match self.inner() {
            Object::Str(text) => Some(text),
            _ => None,
        }
    }

    /// An int or a bool.
    pub fn as_int(&self) -> Option<i64> {
        match self.inner() {
            Object::Int(number) => Some(*number),
            Object::Bool(truth) => Some(i64::from(*truth)),
            _ => None,
        }
    }

    pub fn as_big(&self) -> Option<BigInt> {
        match self.inner() {
            Object::Big(number) => Some((**number).clone()),
            value => value.as_int().map(BigInt::from),
        }
    }

    /// An int, a bool or a float.
    pub fn as_float(&self) -> Option<f64> {
        match self.inner() {
            Object::Float(number) => Some(*number),
            Object::Big(number) => Some(big_to_float(number)),
            value => value.as_int().map(|number| number as f64),
        }
    }

    pub fn as_tensor(&self) -> Option<&TorchTensor> {
        match self {
            Object::Tensor(tensor) => Some(tensor),
            _ => None,
        }
    }

    /// The items of a tuple or a list.
    pub fn items(&self) -> Option<Vec<Object>> {
        match self.inner() {
            Object::Tuple(tuple) => Some(tuple.items.clone()),
            Object::List(list) => Some(list.items.borrow().clone()),
            _ => None,
        }
    }

    pub fn is(&self, other: &Object) -> bool {
        match (self, other) {
            (Object::Float(a), Object::Float(b)) => a.to_bits() == b.to_bits(),
            (Object::Str(a), Object::Str(b)) => Rc::ptr_eq(a, b) || a == b,
            (Object::Tuple(a), Object::Tuple(b)) if a.items.is_empty() && b.items.is_empty() => true,
            _ => match (self.identity(), other.identity()) {
                (Some(a), Some(b)) => a == b,
                _ => Key::same(self, other) && std::mem::discriminant(self) == std::mem::discriminant(other),
            },
        }
    }

    /// The address of what is shared.
    pub fn identity(&self) -> Option<usize> {
        fn at<T: ?Sized>(rc: &Rc<T>) -> usize {
            Rc::as_ptr(rc).cast::<u8>() as usize
        }
        Some(match self {
            Object::Str(v) => at(v),
            Object::Tuple(v) => at(v),
            Object::List(v) => at(v),
            Object::Dict(v) => at(v),
            Object::Set(v) => at(v),
            Object::Function(v) => at(v),
            Object::Native(v) => at(v),
            Object::Bound(v) => at(v),
            Object::Class(v) => at(v),
            Object::Instance(v) => at(v),
            Object::Module(v) => at(v),
            Object::Iter(v) => at(v),
            Object::Generator(v) => at(v),
            Object::Property(v) => at(v),
            Object::Wrapped(v) => at(v),
            Object::View(v) => at(v),
            Object::Tensor(v) => v.identity(),
            Object::Node(v) => at(v),
            Object::Code(v) => at(v),
            _ => return None,
        })
    }
}

/// The nearest float, infinite beyond the largest.
pub fn big_to_float(number: &BigInt) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}
