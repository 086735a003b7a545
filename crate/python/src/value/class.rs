//! Classes and their objects.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;

use super::Object;

pub type Attrs = IndexMap<Rc<str>, Object>;

/// A class, built in or of the program.
pub struct Class {
    pub name: Rc<str>,
    /// What `repr` puts before the name, and a dot: `torch.optim.adam`.
    pub module: Rc<str>,
    pub bases: Vec<Rc<Class>>,
    /// The classes in which a name is looked up, after this one.
    pub ancestors: Vec<Rc<Class>>,
    pub attrs: RefCell<Attrs>,
    /// Whether values of it are made by the interpreter.
    pub builtin: bool,
}

impl Class {
    /// This class and all that it inherits from, in the order in which names are looked up.
    pub fn mro(self: &Rc<Self>) -> impl Iterator<Item = &Rc<Class>> {
        std::iter::once(self).chain(&self.ancestors)
    }

    pub fn lookup(self: &Rc<Self>, name: &str) -> Option<Object> {
        self.find(name).map(|(value, _)| value)
    }

    /// The attribute and the class that has it.
    pub fn find(self: &Rc<Self>, name: &str) -> Option<(Object, &Rc<Class>)> {
        self.mro().find_map(|class| Some((class.attrs.borrow().get(name)?.clone(), class)))
    }

    pub fn is_subclass(self: &Rc<Self>, other: &Rc<Class>) -> bool {
        self.mro().any(|class| Rc::ptr_eq(class, other))
    }

    /// The class whose methods answer for the class itself: `len(Colour)`, `Colour["RED"]`.
    pub fn metaclass(self: &Rc<Self>) -> Option<Rc<Class>> {
        match self.lookup("__metaclass__") {
            Some(Object::Class(class)) => Some(class),
            _ => None,
        }
    }

    /// C3: the order of a class with these bases, or None if there is none.
    pub fn linearise(bases: &[Rc<Class>]) -> Option<Vec<Rc<Class>>> {
        let mut lists: Vec<Vec<Rc<Class>>> = bases.iter().map(|base| base.mro().cloned().collect()).collect();
        lists.push(bases.to_vec());
        let mut order = Vec::new();
        loop {
            lists.retain(|list| !list.is_empty());
            if lists.is_empty() {
                return Some(order);
            }
            let head = lists.iter().map(|list| list[0].clone()).find(|head| {
                !lists.iter().any(|list| list[1..].iter().any(|class| Rc::ptr_eq(class, head)))
            })?;
            for list in &mut lists {
                if Rc::ptr_eq(&list[0], &head) {
                    list.remove(0);
                }
            }
            order.push(head);
        }
    }
}

/// An object of a class that Python code defines, and every exception.
pub struct Instance {
    pub class: RefCell<Rc<Class>>,
    pub attrs: RefCell<Attrs>,
    /// What it holds if its class inherits from a builtin one.
    pub payload: OnceCell<Object>,
    /// The line of the program where it was raised.
    pub line: Cell<u32>,
}

impl Instance {
    pub fn new(class: Rc<Class>) -> Self {
        Instance {
            class: RefCell::new(class),
            attrs: RefCell::default(),
            payload: OnceCell::new(),
            line: Cell::new(0),
        }
    }

    pub fn class(&self) -> Rc<Class> {
        self.class.borrow().clone()
    }

    pub fn get(&self, name: &str) -> Option<Object> {
        self.attrs.borrow().get(name).cloned()
    }

    pub fn set(&self, name: &str, value: Object) {
        let mut attrs = self.attrs.borrow_mut();
        match attrs.get_mut(name) {
            Some(place) => *place = value,
            None => {
                attrs.insert(name.into(), value);
            }
        }
    }
}
