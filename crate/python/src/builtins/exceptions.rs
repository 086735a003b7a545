//! The classes of exceptions.

use std::cell::RefCell;
use std::rc::Rc;

use crate::eval::native::{Native, Words};
use crate::eval::{Type, Vm};
use crate::value::{Attrs, Class, Object, R};

const ALL: &[(&str, &str)] = &[
    ("BaseException", "object"),
    ("Exception", "BaseException"),
    ("KeyboardInterrupt", "BaseException"),
    ("SystemExit", "BaseException"),
    ("GeneratorExit", "BaseException"),
    ("ArithmeticError", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("OverflowError", "ArithmeticError"),
    ("FloatingPointError", "ArithmeticError"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BufferError", "Exception"),
    ("EOFError", "Exception"),
    ("ImportError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("LookupError", "Exception"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("MemoryError", "Exception"),
    ("NameError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("OSError", "Exception"),
    ("FileNotFoundError", "OSError"),
    ("TimeoutError", "OSError"),
    ("RuntimeError", "Exception"),
    ("NotImplementedError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("StopIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("IndentationError", "SyntaxError"),
    ("TabError", "IndentationError"),
    ("TypeError", "Exception"),
    ("ValueError", "Exception"),
    ("UnicodeError", "ValueError"),
    ("Warning", "Exception"),
    ("UserWarning", "Warning"),
    ("DeprecationWarning", "Warning"),
    ("FutureWarning", "Warning"),
    ("RuntimeWarning", "Warning"),
];

pub fn install(vm: &mut Vm) {
    for (name, base) in ALL {
        let base = match *base {
            "object" => vm.types.get(Type::Object),
            base => vm.exceptions[base].clone(),
        };
        let bases = vec![base];
        let class = Rc::new(Class {
            name: (*name).into(),
            module: "builtins".into(),
            ancestors: Class::linearise(&bases).unwrap_or_default(),
            bases,
            attrs: RefCell::new(Attrs::new()),
            builtin: false,
        });
        if *name == "BaseException" {
            let mut attrs = class.attrs.borrow_mut();
            for (name, parameters, body) in METHODS {
                attrs.insert(
                    (*name).into(),
                    Object::Native(Native::new(name, parameters, *body, Words::Python, true)),
                );
            }
        }
        vm.builtins.set(name, Object::Class(class.clone()));
        vm.exceptions.insert(name, class);
    }
    let alias = vm.exceptions["OSError"].clone();
    vm.builtins.set("IOError", Object::Class(alias));
}

const METHODS: &[super::NativeEntry] = &[
    ("__init__", "self, *args, **kwargs", init),
    ("with_traceback", "self, tb", |_, a| Ok(a[0].clone())),
    ("add_note", "self, note", |_, _| Ok(Object::None)),
];

fn init(_: &mut Vm, a: &[Object]) -> R<Object> {
    if let Object::Instance(instance) = &a[0] {
        instance.set("args", a[1].clone());
        if instance.class().name.as_ref() == "StopIteration" {
            let value = a[1].items().and_then(|items| items.first().cloned()).unwrap_or(Object::None);
            instance.set("value", value);
        }
        if let Object::Dict(named) = &a[2] {
            for (key, value) in named.items.borrow().iter() {
                if let Some(name) = key.0.as_str() {
                    instance.set(name, value.clone());
                }
            }
        }
    }
    Ok(Object::None)
}
