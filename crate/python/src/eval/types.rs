//! The classes of the values that the interpreter makes.

use std::cell::RefCell;
use std::rc::Rc;

use crate::value::{Attrs, Class};

macro_rules! types {
    ($($variant:ident $module:literal $name:literal,)*) => {
        /// A builtin class.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(clippy::enum_variant_names, reason = "`NoneType` is Python's word")]
        pub enum Type { $($variant,)* }

        const ALL: &[(Type, &str, &str)] = &[$((Type::$variant, $module, $name),)*];
    };
}

types! {
    Object "builtins" "object",
    Type "builtins" "type",
    NoneType "builtins" "NoneType",
    Int "builtins" "int",
    Bool "builtins" "bool",
    Float "builtins" "float",
    Str "builtins" "str",
    Bytes "builtins" "bytes",
    Tuple "builtins" "tuple",
    List "builtins" "list",
    Dict "builtins" "dict",
    Set "builtins" "set",
    FrozenSet "builtins" "frozenset",
    Range "builtins" "range",
    Slice "builtins" "slice",
    Ellipsis "builtins" "ellipsis",
    NotImplemented "builtins" "NotImplementedType",
    Function "builtins" "function",
    Builtin "builtins" "builtin_function_or_method",
    Method "builtins" "method",
    Module "builtins" "module",
    Iterator "builtins" "iterator",
    Generator "builtins" "generator",
    Property "builtins" "property",
    Wrapped "builtins" "super",
    StaticMethod "builtins" "staticmethod",
    ClassMethod "builtins" "classmethod",
    DictKeys "builtins" "dict_keys",
    DictValues "builtins" "dict_values",
    DictItems "builtins" "dict_items",
    Enumerate "builtins" "enumerate",
    Zip "builtins" "zip",
    Map "builtins" "map",
    Filter "builtins" "filter",
    Reversed "builtins" "reversed",
    Tensor "torch" "Tensor",
    Parameter "torch.nn.parameter" "Parameter",
    Size "torch" "Size",
    Dtype "torch" "dtype",
    Device "torch" "device",
    Node "torch.autograd.graph" "Node",
}

pub struct Types(Vec<Rc<Class>>);

impl Types {
    pub fn new() -> Self {
        let mut made: Vec<Rc<Class>> = Vec::new();
        for (kind, module, name) in ALL {
            let base = match kind {
                Type::Object => None,
                Type::Bool => Some(Type::Int),
                Type::Parameter => Some(Type::Tensor),
                Type::Size => Some(Type::Tuple),
                _ => Some(Type::Object),
            };
            let bases: Vec<Rc<Class>> = base.map(|base| made[base as usize].clone()).into_iter().collect();
            made.push(Rc::new(Class {
                name: (*name).into(),
                module: (*module).into(),
                ancestors: Class::linearise(&bases).unwrap_or_default(),
                bases,
                attrs: RefCell::new(Attrs::new()),
                builtin: true,
            }));
        }
        Types(made)
    }

    pub fn get(&self, kind: Type) -> Rc<Class> {
        self.0[kind as usize].clone()
    }

    pub fn is(&self, class: &Rc<Class>, kind: Type) -> bool {
        Rc::ptr_eq(class, &self.0[kind as usize])
    }

    /// The builtin class that a class is or inherits from, besides `object`.
    pub fn base_of(&self, class: &Rc<Class>) -> Option<Type> {
        class.mro().find_map(|class| {
            ALL.iter().map(|(kind, ..)| *kind).find(|&kind| kind != Type::Object && self.is(class, kind))
        })
    }
}
