//! Attributes: where they are looked up, set and deleted.

use std::rc::Rc;

use super::{Type, Vm};
use crate::value::fault::type_error;
use crate::value::{Class, Halt, Key, Object, R, Wrapping};

impl Vm {
    pub fn attr(&mut self, object: &Object, name: &str) -> R<Object> {
        match self.find_attr(object, name)? {
            Some(value) => Ok(value),
            None => self.no_attr(object, name),
        }
    }

    /// An attribute, or None where Python raises `AttributeError`.
    pub fn find_attr(&mut self, object: &Object, name: &str) -> R<Option<Object>> {
        match object {
            Object::Instance(instance) => {
                let class = instance.class();
                if let Some(hook) = class.lookup("__getattribute__")
                    && !class.builtin
                {
                    let _ = hook;
                    return Halt::refuse("__getattribute__");
                }
                let found = class.lookup(name);
                if let Some(Object::Property(property)) = &found {
                    let getter = property.getter.clone();
                    return self.call(&getter, vec![object.clone()]).map(Some);
                }
                if let Some(value) = instance.get(name) {
                    return Ok(Some(value));
                }
                if let Some(value) = found {
                    if let Object::Instance(descriptor) = &value
                        && let Some(get) = descriptor.class().lookup("__get__")
                    {
                        return self.call(&get, vec![value, object.clone(), Object::Class(class)]).map(Some);
                    }
                    return Ok(Some(self.bind(value, object, &class)));
                }
                match name {
                    "__class__" => return Ok(Some(Object::Class(class))),
                    "__dict__" => {
                        let items = instance
                            .attrs
                            .borrow()
                            .iter()
                            .map(|(k, v)| (Key(Object::Str(k.clone())), v.clone()))
                            .collect();
                        return Ok(Some(Object::dict(items)));
                    }
                    "__doc__" | "__cause__" | "__context__" | "__traceback__" => {
                        return Ok(Some(Object::None));
                    }
                    "__module__" => return Ok(Some(Object::Str(class.module.clone()))),
                    _ => {}
                }
                if let Some(method) = self.object_method(object, name)? {
                    return Ok(Some(method));
                }
                match class.lookup("__getattr__") {
                    Some(hook) => self.call(&hook, vec![object.clone(), Object::str(name)]).map(Some),
                    None => Ok(None),
                }
            }
            Object::Class(class) => self.class_attr(class, name),
            Object::Module(module) => {
                if let Some(value) = module.space.get(name) {
                    return Ok(Some(value));
                }
                match name {
                    "__name__" => return Ok(Some(Object::Str(module.name.clone()))),
                    "__dict__" => return Halt::refuse("the __dict__ of a module"),
                    _ => {}
                }
                let path = format!("{}.{name}", module.name);
                if crate::builtins::library::is_module(&path) {
                    return self.load(&path).map(|module| Some(Object::Module(module)));
                }
                if crate::builtins::library::is_refused(&module.name, name) {
                    return Halt::refuse(format!("{}.{name}", module.name));
                }
                Ok(None)
            }
            Object::Wrapped(wrapped) if wrapped.kind == Wrapping::Super => {
                let class = match &wrapped.value {
                    Object::Class(class) => class.clone(),
                    object => self.class_of(object),
                };
                let Some(after) = &wrapped.class else { return Ok(None) };
                let mut rest = class.mro().skip_while(|class| !Rc::ptr_eq(class, after)).skip(1);
                let found = rest.find_map(|class| class.attrs.borrow().get(name).cloned());
                match found {
                    Some(Object::Property(property)) => {
                        let getter = property.getter.clone();
                        self.call(&getter, vec![wrapped.value.clone()]).map(Some)
                    }
                    Some(value) => Ok(Some(self.bind(value, &wrapped.value, &class))),
                    None if name == "__init__" => {
                        // `object.__init__` takes nothing and does nothing.
                        Ok(self.builtins.get("_nothing"))
                    }
                    None if name.starts_with("__") && name.ends_with("__") => {
                        Halt::refuse(format!("super().{name} of object"))
                    }
                    None => Ok(None),
                }
            }
            Object::Function(function) => {
                if let Some(value) = function.attrs.borrow().get(name) {
                    return Ok(Some(value.clone()));
                }
                Ok(Some(match name {
                    "__name__" => Object::Str(function.code.name.clone()),
                    "__qualname__" => Object::Str(function.code.qualname.clone()),
                    "__module__" => {
                        function.globals.get("__name__").unwrap_or_else(|| Object::str("__main__"))
                    }
                    "__doc__" => function.code.doc.clone().map_or(Object::None, Object::Str),
                    "__defaults__" => Object::tuple(function.defaults.clone()),
                    "__annotations__" | "__code__" | "__dict__" | "__closure__" => {
                        return Halt::refuse(format!("{name} of a function"));
                    }
                    _ => return Ok(None),
                }))
            }
            Object::Bound(bound) => match name {
                "__self__" => Ok(Some(bound.receiver.clone())),
                "__func__" => Ok(Some(bound.function.clone())),
                _ => {
                    let function = bound.function.clone();
                    self.find_attr(&function, name)
                }
            },
            Object::Native(native) if name == "__name__" || name == "__qualname__" => {
                Ok(Some(Object::str(native.name)))
            }
            Object::Property(property) if matches!(name, "setter" | "getter") => {
                let helper = if name == "setter" { "_property_setter" } else { "_property_getter" };
                let function = self.builtins.get(helper).unwrap_or(Object::None);
                let receiver = Object::Property(property.clone());
                Ok(Some(Object::Bound(Rc::new(crate::value::Bound { receiver, function }))))
            }
            Object::Tensor(tensor) => {
                if let Some(value) = crate::torch::attributes::get(self, tensor, name)? {
                    return Ok(Some(value));
                }
                self.builtin_attr(object, name)
            }
            Object::Dtype(dtype) => Ok(match name {
                "is_floating_point" => Some(Object::Bool(dtype.is_float())),
                "itemsize" => Some(Object::Int(dtype.bytes() as i64)),
                _ => None,
            }),
            Object::Device(device) => Ok(match name {
                "type" => Some(Object::str(device.split(':').next().unwrap_or(device))),
                "index" => Some(match device.split_once(':') {
                    Some((_, index)) => Object::Int(index.parse().unwrap_or(0)),
                    None => Object::None,
                }),
                _ => None,
            }),
            Object::Node(node) => crate::torch::attributes::of_node(self, node, name),
            Object::Slice(parts) => Ok(match name {
                "start" => Some(parts[0].clone()),
                "stop" => Some(parts[1].clone()),
                "step" => Some(parts[2].clone()),
                _ => None,
            }),
            Object::Range(range) => Ok(match name {
                "start" => Some(Object::Int(range.start)),
                "stop" => Some(Object::Int(range.stop)),
                "step" => Some(Object::Int(range.step)),
                _ => return self.builtin_attr(object, name),
            }),
            Object::Int(_) | Object::Bool(_) if matches!(name, "real" | "numerator") => {
                Ok(Some(object.clone()))
            }
            _ => self.builtin_attr(object, name),
        }
    }

    fn builtin_attr(&mut self, object: &Object, name: &str) -> R<Option<Object>> {
        let class = self.class_of(object);
        match class.lookup(name) {
            Some(Object::Property(property)) => {
                let getter = property.getter.clone();
                self.call(&getter, vec![object.clone()]).map(Some)
            }
            Some(value) => Ok(Some(self.bind(value, object, &class))),
            None if name == "__class__" => Ok(Some(Object::Class(class))),
            None if name == "__doc__" => Ok(Some(Object::None)),
            None => self.object_method(object, name),
        }
    }

    /// The methods with underscores that values have without a class saying so.
    fn object_method(&mut self, object: &Object, name: &str) -> R<Option<Object>> {
        let builtin = match name {
            "__repr__" => "repr",
            "__str__" => "str",
            "__hash__" => "hash",
            "__format__" => "format",
            "__len__" if !matches!(object, Object::Instance(_)) && self.len(object).is_ok() => "len",
            "__iter__" if self.is_iterable(object) => "iter",
            "__call__" if matches!(object, Object::Function(_) | Object::Native(_) | Object::Bound(_)) => {
                return Ok(Some(object.clone()));
            }
            "__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__" | "__sizeof__" | "__reduce__"
            | "__dir__" => {
                return Halt::refuse(format!("{name} as a method"));
            }
            "__getitem__" | "__contains__" | "__add__" | "__mul__" | "__sub__" | "__setitem__"
            | "__bool__" | "__float__"
                if !matches!(object, Object::Instance(_) | Object::None) =>
            {
                return Halt::refuse(format!("{name} as a method"));
            }
            _ => return Ok(None),
        };
        let function = self.builtins.get(builtin).unwrap_or(Object::None);
        Ok(Some(Object::Bound(Rc::new(crate::value::Bound { receiver: object.clone(), function }))))
    }

    fn class_attr(&mut self, class: &Rc<Class>, name: &str) -> R<Option<Object>> {
        if let Some((value, _)) = class.find(name) {
            return Ok(Some(match &value {
                Object::Wrapped(wrapped) if wrapped.kind == Wrapping::Static => wrapped.value.clone(),
                Object::Wrapped(wrapped) if wrapped.kind == Wrapping::Class => {
                    Object::Bound(Rc::new(crate::value::Bound {
                        receiver: Object::Class(class.clone()),
                        function: wrapped.value.clone(),
                    }))
                }
                _ => value,
            }));
        }
        Ok(Some(match name {
            "__name__" | "__qualname__" => Object::Str(class.name.clone()),
            "__module__" => Object::Str(class.module.clone()),
            "__class__" => Object::Class(self.types.get(Type::Type)),
            "__bases__" => Object::tuple(class.bases.iter().cloned().map(Object::Class).collect()),
            "__mro__" => Object::tuple(class.mro().cloned().map(Object::Class).collect()),
            "mro" => return Halt::refuse("mro()"),
            "__doc__" => Object::None,
            "__dict__" => {
                let items = class
                    .attrs
                    .borrow()
                    .iter()
                    .map(|(k, v)| (Key(Object::Str(k.clone())), v.clone()))
                    .collect();
                Object::dict(items)
            }
            "__init__" | "__new__" => self.builtins.get("_nothing").unwrap_or(Object::None),
            _ => return Ok(None),
        }))
    }

    fn no_attr<T>(&mut self, object: &Object, name: &str) -> R<T> {
        let message = match object {
            Object::Module(module) => format!("module '{}' has no attribute '{name}'", module.name),
            Object::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            Object::Wrapped(wrapped) if wrapped.kind == Wrapping::Super => {
                format!("'super' object has no attribute '{name}'")
            }
            _ => {
                let class = self.class_of(object);
                let shown = match object {
                    Object::Dtype(_) | Object::Device(_) => format!("{}.{}", class.module, class.name),
                    _ => class.name.to_string(),
                };
                format!("'{shown}' object has no attribute '{name}'")
            }
        };
        let exception = self.exception("AttributeError", &message);
        // What a traceback adds: the nearest name that there is.
        let names = self.names_of(object);
        if let Some(near) = super::text::nearest(name, names.iter().map(String::as_str)) {
            exception.set("_hint", Object::str(format!(". Did you mean: '{near}'?")));
        }
        Err(Halt::Raise(exception))
    }

    /// The names that an object answers to.
    pub fn names_of(&mut self, object: &Object) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        match object {
            Object::Module(module) => module.space.names.borrow().keys().for_each(|name| add(name)),
            Object::Class(class) => {
                class.mro().for_each(|c| c.attrs.borrow().keys().for_each(|name| add(name)));
            }
            _ => {
                if let Object::Instance(instance) = object {
                    instance.attrs.borrow().keys().for_each(|name| add(name));
                }
                let class = self.class_of(object);
                class.mro().for_each(|c| c.attrs.borrow().keys().for_each(|name| add(name)));
            }
        }
        names.sort();
        names
    }

    pub fn set_attr(&mut self, object: &Object, name: &str, value: Object) -> R<()> {
        match object {
            Object::Instance(instance) => {
                let class = instance.class();
                if let Some(hook) = class.lookup("__setattr__")
                    && !matches!(hook, Object::Native(_))
                {
                    return self.call(&hook, vec![object.clone(), Object::str(name), value]).map(|_| ());
                }
                self.set_plainly(object, name, value)
            }
            Object::Class(class) if class.builtin => {
                type_error(format!("cannot set '{name}' attribute of immutable type '{}'", class.name))
            }
            Object::Class(_) => match self.special(object, "__setattr__")? {
                Some(hook) => self.call(&hook, vec![Object::str(name), value]).map(|_| ()),
                None => self.set_plainly(object, name, value),
            },
            Object::Module(module) => {
                module.space.set(name, value);
                Ok(())
            }
            Object::Function(function) => {
                function.attrs.borrow_mut().insert(name.into(), value);
                Ok(())
            }
            Object::Tensor(tensor) => crate::torch::attributes::set(self, &tensor.clone(), name, &value),
            _ => {
                if self.find_attr(object, name)?.is_some() {
                    Halt::new(
                        "AttributeError",
                        format!("'{}' object attribute '{name}' is read-only", self.type_name(object)),
                    )
                } else {
                    let kind = self.type_name(object);
                    Halt::new("AttributeError", format!("'{kind}' object has no attribute '{name}'"))
                }
            }
        }
    }

    /// As `object.__setattr__` does.
    pub fn set_plainly(&mut self, object: &Object, name: &str, value: Object) -> R<()> {
        if let Object::Class(class) = object {
            class.attrs.borrow_mut().insert(name.into(), value);
            return Ok(());
        }
        let Object::Instance(instance) = object else { return self.set_attr(object, name, value) };
        let class = instance.class();
        if let Some(Object::Property(property)) = class.lookup(name) {
            if property.setter.is_none() {
                return Halt::new(
                    "AttributeError",
                    format!("property '{name}' of '{}' object has no setter", class.name),
                );
            }
            let setter = property.setter.clone();
            return self.call(&setter, vec![object.clone(), value]).map(|_| ());
        }
        if name == "__class__" {
            return Halt::refuse("assigning __class__");
        }
        // Objects whose classes all name their slots have no others.
        let mut slotted = true;
        for class in class.mro().filter(|class| !class.builtin) {
            let slots = class.attrs.borrow().get("__slots__").cloned();
            let Some(slots) = slots else {
                slotted = false;
                break;
            };
            let named = slots.as_str().is_some_and(|slot| &**slot == name)
                || slots
                    .items()
                    .is_some_and(|all| all.iter().any(|slot| slot.as_str().is_some_and(|s| &**s == name)));
            if named {
                slotted = false;
                break;
            }
        }
        if slotted {
            return Halt::new("AttributeError", format!("'{}' object has no attribute '{name}'", class.name));
        }
        instance.set(name, value);
        Ok(())
    }

    pub fn delete_attr(&mut self, object: &Object, name: &str) -> R<()> {
        if let Object::Instance(instance) = object {
            if let Some(hook) = instance.class().lookup("__delattr__") {
                return self.call(&hook, vec![object.clone(), Object::str(name)]).map(|_| ());
            }
            if instance.attrs.borrow_mut().shift_remove(name).is_some() {
                return Ok(());
            }
        }
        if let Object::Class(class) = object
            && class.attrs.borrow_mut().shift_remove(name).is_some()
        {
            return Ok(());
        }
        self.no_attr(object, name)
    }

    /// A method that operators use, found through the class alone and bound.
    pub fn special(&mut self, object: &Object, name: &str) -> R<Option<Object>> {
        let class = match object {
            Object::Instance(instance) => instance.class(),
            Object::Class(class) => match class.metaclass() {
                Some(metaclass) => metaclass,
                None => return Ok(None),
            },
            other => self.class_of(other),
        };
        Ok(class.lookup(name).map(|value| self.bind(value, object, &class)))
    }

    /// A name that is in no namespace of the program.
    pub fn builtin(&mut self, name: &str, frame: &super::frame::Frame) -> R<Object> {
        if let Some(value) = self.builtins.get(name) {
            return Ok(value);
        }
        if crate::builtins::library::is_refused("builtins", name) {
            return Halt::refuse(format!("{name}()"));
        }
        if name == "__annotations__" {
            return Ok(Object::dict(indexmap::IndexMap::new()));
        }
        let exception = self.exception("NameError", &format!("name '{name}' is not defined"));
        exception.set("name", Object::str(name));
        let mut names: Vec<String> = frame.code.locals.iter().map(ToString::to_string).collect();
        let globals = frame.globals.names.borrow();
        names.extend(globals.iter().filter(|(_, v)| !v.is_undefined()).map(|(n, _)| n.to_string()));
        names.extend(
            self.builtins
                .names
                .borrow()
                .keys()
                .filter(|name| !name.starts_with('_'))
                .map(ToString::to_string),
        );
        let near = super::text::nearest(name, names.iter().map(String::as_str));
        let mut hint = near.map(|near| format!(". Did you mean: '{near}'?")).unwrap_or_default();
        if crate::builtins::library::is_standard(name) {
            hint = match near {
                None => format!(". Did you forget to import '{name}'?"),
                Some(_) => format!("{} Or did you forget to import '{name}'?", hint.trim_end_matches(' ')),
            };
        }
        if !hint.is_empty() {
            exception.set("_hint", Object::str(hint));
        }
        Err(Halt::Raise(exception))
    }
}
