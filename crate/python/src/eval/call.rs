//! Calls: how arguments reach parameters, and what calling each kind of value does.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;

use super::frame::Frame;
use super::run::RunEnd;
use super::{Type, Vm};
use crate::value::fault::type_error;
use crate::value::{
    Attrs, Bound, Class, Halt, Instance, Key, Namespace, Object, PyFunction, PyGenerator, R, Wrapped,
    Wrapping,
};

type Keywords = Vec<(Rc<str>, Object)>;

impl Vm {
    pub fn call(&mut self, callee: &Object, arguments: Vec<Object>) -> R<Object> {
        self.call_with(callee, arguments, Vec::new())
    }

    pub fn call_with(
        &mut self,
        callee: &Object,
        mut arguments: Vec<Object>,
        keywords: Keywords,
    ) -> R<Object> {
        match callee {
            Object::Function(function) => {
                let frame = self.frame_of(function, arguments, keywords)?;
                if frame.code.is_generator {
                    return Ok(generator(frame));
                }
                if self.depth >= self.limits.depth {
                    return Halt::new("RecursionError", "maximum recursion depth exceeded");
                }
                self.depth += 1;
                let result = self.run(frame);
                self.depth -= 1;
                match result? {
                    RunEnd::Return(value) | RunEnd::Yield(value, _) => Ok(value),
                }
            }
            Object::Native(native) => {
                native.check_receiver(self, &arguments)?;
                let places = native.bind(arguments, keywords)?;
                let result = (native.body)(self, &places);
                let work = self.cx.work.take();
                self.charge(work / 64);
                result
            }
            Object::Bound(bound) => {
                arguments.insert(0, bound.receiver.clone());
                self.call_with(&bound.function, arguments, keywords)
            }
            Object::Class(class) => self.construct(class, arguments, keywords),
            Object::Wrapped(wrapped) if wrapped.kind != Wrapping::Super => {
                self.call_with(&wrapped.value, arguments, keywords)
            }
            _ => match self.special(callee, "__call__")? {
                Some(method) => self.call_with(&method, arguments, keywords),
                None => type_error(format!("'{}' object is not callable", self.type_name(callee))),
            },
        }
    }

    /// Calls for the loop: pushes the result, or gives the frame that is to be run.
    pub fn call_op(
        &mut self,
        frame: &mut Frame,
        callee: Object,
        mut arguments: Vec<Object>,
        keywords: Keywords,
    ) -> R<Option<Box<Frame>>> {
        let mut callee = callee;
        loop {
            match &callee {
                Object::Function(function) => {
                    if self.depth >= self.limits.depth {
                        return Halt::new("RecursionError", "maximum recursion depth exceeded");
                    }
                    let inner = self.frame_of(function, arguments, keywords)?;
                    if inner.code.is_generator {
                        frame.stack.push(generator(inner));
                        return Ok(None);
                    }
                    return Ok(Some(inner));
                }
                Object::Bound(bound) => {
                    arguments.insert(0, bound.receiver.clone());
                    let function = bound.function.clone();
                    callee = function;
                }
                Object::Instance(_) => match self.special(&callee, "__call__")? {
                    Some(method) => callee = method,
                    None => {
                        return type_error(format!("'{}' object is not callable", self.type_name(&callee)));
                    }
                },
                Object::Class(class) if self.types.is(class, Type::Wrapped) => {
                    let value = self.super_of(frame, &arguments)?;
                    frame.stack.push(value);
                    return Ok(None);
                }
                _ => {
                    let value = self.call_with(&callee, arguments, keywords)?;
                    frame.stack.push(value);
                    return Ok(None);
                }
            }
        }
    }

    fn super_of(&mut self, frame: &Frame, arguments: &[Object]) -> R<Object> {
        let (class, object) = match arguments {
            [Object::Class(class), object, ..] => (class.clone(), object.clone()),
            [] => {
                let owner = frame.function.as_ref().and_then(|function| function.owner.borrow().clone());
                let first = match frame.code.cells.iter().position(|(_, parameter)| *parameter == Some(0)) {
                    Some(cell) => Some(frame.cells[cell].borrow().clone()),
                    None => frame.locals.first().cloned(),
                };
                match (owner, first) {
                    (Some(owner), Some(first)) if !first.is_undefined() => (owner, first),
                    _ => return crate::value::fault::runtime_error("super(): no arguments"),
                }
            }
            _ => return Halt::refuse("super() with these arguments"),
        };
        Ok(Object::Wrapped(Rc::new(Wrapped { kind: Wrapping::Super, value: object, class: Some(class) })))
    }

    /// A frame with the arguments where the function's code looks for them.
    fn frame_of(
        &mut self,
        function: &Rc<PyFunction>,
        arguments: Vec<Object>,
        keywords: Keywords,
    ) -> R<Box<Frame>> {
        let code = &function.code;
        let parameters = &code.parameters;
        let mut frame = Box::new(Frame::new(code.clone(), function.globals.clone()));
        let given = arguments.len();
        let positional = parameters.positional;
        let named = positional + parameters.keyword_only;
        let mut rest = Vec::new();
        for (i, argument) in arguments.into_iter().enumerate() {
            if i < positional {
                frame.locals[i] = argument;
            } else {
                rest.push(argument);
            }
        }
        let mut others = IndexMap::new();
        let mut keyword_only_given = 0;
        for (name, value) in keywords {
            let at = code.locals[parameters.position_only.min(named)..named]
                .iter()
                .position(|local| *local == name);
            match at {
                Some(at) => {
                    let at = at + parameters.position_only;
                    if !frame.locals[at].is_undefined() {
                        return type_error(format!(
                            "{}() got multiple values for argument '{name}'",
                            code.qualname
                        ));
                    }
                    keyword_only_given += usize::from(at >= positional);
                    frame.locals[at] = value;
                }
                None if parameters.has_keywords => {
                    others.insert(Key(Object::Str(name)), value);
                }
                None => {
                    if code.locals[..parameters.position_only].contains(&name) {
                        return type_error(format!(
                            "{}() got some positional-only arguments passed as keyword arguments: '{name}'",
                            code.qualname
                        ));
                    }
                    let near = super::text::nearest(&name, code.locals[..named].iter().map(|local| &**local));
                    let _ = near;
                    return type_error(format!(
                        "{}() got an unexpected keyword argument '{name}'",
                        code.qualname
                    ));
                }
            }
        }
        if !rest.is_empty() && !parameters.has_rest {
            let least = positional - function.defaults.len();
            let takes = if function.defaults.is_empty() {
                format!("{positional} positional argument{}", if positional == 1 { "" } else { "s" })
            } else {
                format!("from {least} to {positional} positional arguments")
            };
            let was = if keyword_only_given > 0 {
                format!(
                    "{given} positional argument{} (and {keyword_only_given} keyword-only argument{}) were given",
                    if given == 1 { "" } else { "s" },
                    if keyword_only_given == 1 { "" } else { "s" }
                )
            } else if given == 1 {
                "1 was given".to_owned()
            } else {
                format!("{given} were given")
            };
            return type_error(format!("{}() takes {takes} but {was}", code.qualname));
        }
        let first_default = positional - function.defaults.len();
        let mut missing = Vec::new();
        for i in 0..positional {
            if frame.locals[i].is_undefined() {
                match i.checked_sub(first_default) {
                    Some(at) => frame.locals[i] = function.defaults[at].clone(),
                    None => missing.push(&code.locals[i]),
                }
            }
        }
        if !missing.is_empty() {
            return absent(&code.qualname, "positional", &missing);
        }
        for i in 0..parameters.keyword_only {
            if frame.locals[positional + i].is_undefined() {
                let default = function.keyword_defaults.get(i).cloned().unwrap_or(Object::Undefined);
                if default.is_undefined() {
                    missing.push(&code.locals[positional + i]);
                }
                frame.locals[positional + i] = default;
            }
        }
        if !missing.is_empty() {
            return absent(&code.qualname, "keyword-only", &missing);
        }
        let mut at = named;
        if parameters.has_rest {
            frame.locals[at] = Object::tuple(rest);
            at += 1;
        }
        if parameters.has_keywords {
            frame.locals[at] = Object::dict(others);
        }
        if !code.cells.is_empty() || !function.closure.is_empty() {
            frame.open_cells(&function.closure);
        }
        frame.function = Some(function.clone());
        Ok(frame)
    }

    /// What calling a class gives.
    pub fn construct(&mut self, class: &Rc<Class>, arguments: Vec<Object>, keywords: Keywords) -> R<Object> {
        if class.builtin
            && let Some(Object::Native(make)) = class.attrs.borrow().get("__new__").cloned()
        {
            let mut all = vec![Object::Class(class.clone())];
            all.extend(arguments);
            let places = make.bind(all, keywords)?;
            return (make.body)(self, &places);
        }
        if class.builtin {
            return match self.types.base_of(class) {
                None => Ok(Object::Instance(Rc::new(Instance::new(class.clone())))),
                Some(_) => type_error(format!("cannot create '{}' instances", class.name)),
            };
        }
        if let Some(method) = self.special(&Object::Class(class.clone()), "__call__")? {
            return self.call_with(&method, arguments, keywords);
        }
        if let Some(Object::Tuple(names)) = class.lookup("__abstractmethods__")
            && !names.items.is_empty()
        {
            let names: Vec<String> =
                names.items.iter().filter_map(|name| name.as_str()).map(|name| format!("'{name}'")).collect();
            let s = if names.len() == 1 { "" } else { "s" };
            return type_error(format!(
                "Can't instantiate abstract class {} without an implementation for abstract method{s} {}",
                class.name,
                names.join(", ")
            ));
        }
        let mut made = None;
        if let Some((new, owner)) = class.find("__new__")
            && !owner.builtin
        {
            let mut all = vec![Object::Class(class.clone())];
            all.extend(arguments.iter().cloned());
            let new = match &new {
                Object::Wrapped(wrapped) => wrapped.value.clone(),
                other => other.clone(),
            };
            let value = self.call_with(&new, all, keywords.clone())?;
            if !self.class_of(&value).is_subclass(class) {
                return Ok(value);
            }
            made = Some(value);
        }
        let object = match made {
            Some(object) => object,
            None => self.bare(class, &arguments)?,
        };
        match class.find("__init__") {
            Some((init, _)) => {
                let init = self.bind(init, &object, class);
                let result = self.call_with(&init, arguments, keywords)?;
                if !result.is_none() {
                    return type_error(format!(
                        "__init__() should return None, not '{}'",
                        self.type_name(&result)
                    ));
                }
            }
            None if self.holds(class) => {}
            None if !arguments.is_empty() || !keywords.is_empty() => {
                return type_error(format!("{}() takes no arguments", class.name));
            }
            None => {}
        }
        Ok(object)
    }

    fn holds(&self, class: &Rc<Class>) -> bool {
        self.types.base_of(class).is_some()
    }

    /// An object before `__init__`; one of a class that inherits from a builtin class holds a value of that.
    pub fn bare(&mut self, class: &Rc<Class>, arguments: &[Object]) -> R<Object> {
        let instance = Instance::new(class.clone());
        match self.types.base_of(class) {
            None => {}
            Some(kind @ (Type::List | Type::Dict | Type::Set)) => {
                // `__init__` of the builtin class fills it.
                let base = self.types.get(kind);
                let value = self.construct(&base, Vec::new(), Vec::new())?;
                let _ = instance.payload.set(value);
                if class.find("__init__").is_none_or(|(_, owner)| owner.builtin) {
                    let filled = self.construct(&base, arguments.to_vec(), Vec::new())?;
                    fill(instance.payload.get(), &filled);
                }
            }
            Some(kind @ (Type::Int | Type::Float | Type::Str | Type::Tuple | Type::FrozenSet)) => {
                let base = self.types.get(kind);
                let value = self.construct(&base, arguments.to_vec(), Vec::new())?;
                let _ = instance.payload.set(value);
            }
            Some(_) => return Halt::refuse(format!("classes that inherit from {}", class.bases[0].name)),
        }
        let base = self.exceptions["BaseException"].clone();
        if class.is_subclass(&base) {
            instance.set("args", Object::tuple(arguments.to_vec()));
        }
        Ok(Object::Instance(Rc::new(instance)))
    }

    pub fn build_class(
        &mut self,
        name: &Rc<str>,
        body: &Object,
        bases: &Object,
        keywords: &Object,
    ) -> R<Object> {
        let Object::Function(body) = body else { return type_error("a class needs a body") };
        let mut parents = Vec::new();
        for base in bases.items().unwrap_or_default() {
            match base {
                Object::Class(class) if self.types.is(&class, Type::Bool) => {
                    return type_error("type 'bool' is not an acceptable base type");
                }
                Object::Class(class) => parents.push(class),
                // `Generic[T]`, `NamedTuple` and their like are functions here.
                other => match self.attr(&other, "__mro_entries__") {
                    Ok(entries) => {
                        let made = self.call(&entries, vec![Object::Str(name.clone())])?;
                        parents.extend(made.items().unwrap_or_default().into_iter().filter_map(|base| {
                            match base {
                                Object::Class(class) => Some(class),
                                _ => None,
                            }
                        }));
                    }
                    Err(_) => {
                        return Halt::refuse(format!("a base class of type {}", self.type_name(&other)));
                    }
                },
            }
        }
        if let Object::Dict(keywords) = keywords {
            for (key, value) in keywords.items.borrow().iter() {
                let is_metaclass = key.0.as_str().is_some_and(|key| &**key == "metaclass");
                if !is_metaclass {
                    return Halt::refuse("keywords in the bases of a class");
                }
                let name = match value {
                    Object::Class(class) => class.name.to_string(),
                    _ => String::new(),
                };
                if name != "ABCMeta" && name != "type" {
                    return Halt::refuse("metaclasses");
                }
            }
        }
        if parents.is_empty() {
            parents.push(self.types.get(Type::Object));
        }
        let space = Rc::new(Namespace::default());
        let mut frame = Box::new(Frame::new(body.code.clone(), body.globals.clone()));
        frame.own = Some(space.clone());
        frame.open_cells(&body.closure);
        self.run(frame)?;
        let mut attrs: Attrs = space
            .names
            .borrow()
            .iter()
            .filter(|(_, value)| !value.is_undefined())
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        let module = match attrs.get("__module__").or(body.globals.get("__name__").as_ref()) {
            Some(Object::Str(name)) => name.clone(),
            _ => Rc::from("__main__"),
        };
        let Some(ancestors) = Class::linearise(&parents) else {
            let names: Vec<&str> = parents.iter().map(|class| &*class.name).collect();
            return type_error(format!(
                "Cannot create a consistent method resolution order (MRO) for bases {}",
                names.join(", ")
            ));
        };
        attrs.entry("__qualname__".into()).or_insert_with(|| Object::Str(body.code.qualname.clone()));
        let mut missing: Vec<Object> = Vec::new();
        for class in
            std::iter::once(&attrs).cloned().chain(ancestors.iter().rev().map(|c| c.attrs.borrow().clone()))
        {
            for (name, value) in &class {
                if is_abstract(value) && !missing.iter().any(|known| known.as_str() == Some(name)) {
                    missing.push(Object::Str(name.clone()));
                }
            }
        }
        missing.retain(|name| {
            let Some(name) = name.as_str() else { return false };
            let found = attrs
                .get(name)
                .cloned()
                .or_else(|| ancestors.iter().find_map(|c| c.attrs.borrow().get(name).cloned()));
            found.is_some_and(|value| is_abstract(&value))
        });
        attrs.insert("__abstractmethods__".into(), Object::tuple(missing));
        let class = Rc::new(Class {
            name: name.clone(),
            module,
            bases: parents,
            ancestors,
            attrs: RefCell::new(attrs),
            builtin: false,
        });
        let values: Vec<(Rc<str>, Object)> =
            class.attrs.borrow().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        for (name, value) in values {
            own(&value, &class);
            if let Some(method) = match &value {
                Object::Instance(_) => self.special(&value, "__set_name__")?,
                _ => None,
            } {
                self.call(&method, vec![Object::Class(class.clone()), Object::Str(name)])?;
            }
        }
        if let Some(hook) =
            class.ancestors.iter().find_map(|base| base.attrs.borrow().get("__init_subclass__").cloned())
        {
            let hook = match &hook {
                Object::Wrapped(wrapped) => wrapped.value.clone(),
                other => other.clone(),
            };
            // The library's own hooks may give another class in its place.
            if let made @ Object::Class(_) = self.call(&hook, vec![Object::Class(class.clone())])? {
                return Ok(made);
            }
        }
        Ok(Object::Class(class))
    }

    /// What an attribute of a class is when it is found through an object.
    pub fn bind(&mut self, value: Object, object: &Object, class: &Rc<Class>) -> Object {
        match &value {
            Object::Function(_) => {
                Object::Bound(Rc::new(Bound { receiver: object.clone(), function: value }))
            }
            Object::Native(native) if native.is_method => {
                Object::Bound(Rc::new(Bound { receiver: object.clone(), function: value }))
            }
            Object::Wrapped(wrapped) => match wrapped.kind {
                Wrapping::Static => wrapped.value.clone(),
                Wrapping::Class => Object::Bound(Rc::new(Bound {
                    receiver: Object::Class(class.clone()),
                    function: wrapped.value.clone(),
                })),
                Wrapping::Super => value,
            },
            _ => value,
        }
    }
}

fn is_abstract(value: &Object) -> bool {
    match value {
        Object::Function(function) => function.attrs.borrow().contains_key("__isabstractmethod__"),
        Object::Property(property) => is_abstract(&property.getter),
        Object::Wrapped(wrapped) => is_abstract(&wrapped.value),
        _ => false,
    }
}

/// A method knows the class in whose body it stands.
fn own(value: &Object, class: &Rc<Class>) {
    match value {
        Object::Function(function) => {
            let mut owner = function.owner.borrow_mut();
            if owner.is_none() {
                *owner = Some(class.clone());
            }
            drop(owner);
            // What a decorator wrapped.
            let inner = function.attrs.borrow().get("__wrapped__").cloned();
            if let Some(inner) = inner {
                own(&inner, class);
            }
            for cell in &function.closure {
                if let Ok(cell) = cell.try_borrow()
                    && let Object::Function(inner) = &*cell
                    && inner.owner.borrow().is_none()
                    && !Rc::ptr_eq(inner, function)
                {
                    *inner.owner.borrow_mut() = Some(class.clone());
                }
            }
        }
        Object::Property(property) => {
            own(&property.getter, class);
            own(&property.setter, class);
        }
        Object::Wrapped(wrapped) => own(&wrapped.value, class),
        _ => {}
    }
}

fn fill(payload: Option<&Object>, from: &Object) {
    match (payload, from) {
        (Some(Object::List(to)), Object::List(from)) => {
            to.items.borrow_mut().clone_from(&from.items.borrow());
        }
        (Some(Object::Dict(to)), Object::Dict(from)) => {
            to.items.borrow_mut().clone_from(&from.items.borrow());
        }
        (Some(Object::Set(to)), Object::Set(from)) => to.items.borrow_mut().clone_from(&from.items.borrow()),
        _ => {}
    }
}

fn generator(frame: Box<Frame>) -> Object {
    let name = frame.code.qualname.clone();
    Object::Generator(Rc::new(PyGenerator {
        frame: RefCell::new(Some(frame)),
        name,
        started: std::cell::Cell::new(false),
    }))
}

fn absent<T>(function: &str, kind: &str, missing: &[&Rc<str>]) -> R<T> {
    let names: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
    let list = match names.as_slice() {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [start @ .., last] => format!("{}, and {last}", start.join(", ")),
        [] => String::new(),
    };
    let s = if names.len() == 1 { "" } else { "s" };
    type_error(format!("{function}() missing {} required {kind} argument{s}: {list}", names.len()))
}
