//! The loop that runs instructions.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};

use super::Vm;
use super::frame::{Block, Frame};
use super::iter::Iter;
use crate::syntax::code::{Compare, Op};
use crate::value::fault::type_error;
use crate::value::{Ceiling, Halt, Key, Object, PyFunction, R};

/// How a run of a frame ends.
pub enum RunEnd {
    Return(Object),
    Yield(Object, Box<Frame>),
}

/// Why the loop over one frame's instructions stops.
enum Stop {
    Return(Object),
    Call(Box<Frame>),
    Yield(Object),
}

impl Vm {
    /// Runs a frame, and those that it calls, to its end or its next `yield`.
    pub fn run(&mut self, mut frame: Box<Frame>) -> R<RunEnd> {
        let mut callers: Vec<Box<Frame>> = Vec::new();
        let depth = self.depth;
        self.nested += 1;
        if self.nested > self.limits.nested {
            self.nested -= 1;
            let what =
                format!("{} calls within one another through what Python has built in", self.limits.nested);
            return Halt::stop(Ceiling::Recursion, what);
        }
        let result = loop {
            match self.steps_of(&mut frame) {
                Ok(Stop::Return(value)) => match callers.pop() {
                    None => break Ok(RunEnd::Return(value)),
                    Some(caller) => {
                        frame = caller;
                        frame.stack.push(value);
                        self.depth -= 1;
                    }
                },
                Ok(Stop::Call(inner)) => {
                    self.depth += 1;
                    callers.push(std::mem::replace(&mut frame, inner));
                }
                Ok(Stop::Yield(value)) => break Ok(RunEnd::Yield(value, frame)),
                Err(fault) => {
                    let mut fault = fault;
                    let caught = loop {
                        fault = self.noted(fault, &frame);
                        if let Halt::Raise(exception) = &fault
                            && let Some(Block { handler, depth }) = frame.blocks.pop()
                        {
                            frame.stack.truncate(depth as usize);
                            frame.stack.push(Object::Instance(exception.clone()));
                            frame.pc = handler as usize;
                            break true;
                        }
                        match callers.pop() {
                            None => break false,
                            Some(caller) => frame = caller,
                        }
                    };
                    self.depth = depth + callers.len();
                    if !caught {
                        break Err(fault);
                    }
                }
            }
        };
        self.depth = depth;
        self.nested -= 1;
        result
    }

    /// A fault with its exception made, and the line of the program's innermost frame.
    fn noted(&mut self, fault: Halt, frame: &Frame) -> Halt {
        let fault = match fault {
            Halt::New(kind, message) => Halt::Raise(self.exception(kind, &message)),
            fault => fault,
        };
        match &fault {
            Halt::Raise(exception) => {
                if frame.code.of_program {
                    if exception.line.get() == 0 {
                        exception.line.set(frame.line());
                    }
                    self.passes(Rc::as_ptr(exception).cast::<u8>() as usize, frame);
                }
            }
            _ => {
                if frame.code.of_program && self.refused_line == 0 {
                    self.refused_line = frame.line();
                }
            }
        }
        fault
    }

    #[allow(clippy::too_many_lines)] // One arm for each instruction: a table, not a procedure.
    fn steps_of(&mut self, frame: &mut Frame) -> R<Stop> {
        let code = frame.code.clone();
        macro_rules! pop {
            () => {
                frame.stack.pop().expect("the compiler balances the stack")
            };
        }
        macro_rules! top {
            () => {
                frame.stack.last().expect("the compiler balances the stack")
            };
        }
        loop {
            let op = code.ops[frame.pc];
            frame.pc += 1;
            if self.steps == 0 {
                self.refuel()?;
            }
            self.steps -= 1;
            match op {
                Op::Const(place) => frame.stack.push(code.constants[place as usize].clone()),
                Op::LoadFast(place) => {
                    let value = frame.locals[place as usize].clone();
                    if value.is_undefined() {
                        return unbound(&code.locals[place as usize]);
                    }
                    frame.stack.push(value);
                }
                Op::StoreFast(place) => frame.locals[place as usize] = pop!(),
                Op::DeleteFast(place) => {
                    if std::mem::replace(&mut frame.locals[place as usize], Object::Undefined).is_undefined()
                    {
                        return unbound(&code.locals[place as usize]);
                    }
                }
                Op::LoadGlobal(place) => {
                    let name = &code.names[place as usize];
                    let known = {
                        let names = frame.globals.names.borrow();
                        match names.get_index(name.place.get() as usize) {
                            Some((_, value)) if !value.is_undefined() => Some(value.clone()),
                            _ => match names.get_full(&*name.text) {
                                Some((at, _, value)) if !value.is_undefined() => {
                                    name.place.set(at as u32);
                                    Some(value.clone())
                                }
                                _ => None,
                            },
                        }
                    };
                    let value = match known {
                        Some(value) => value,
                        None => self.builtin(&name.text, frame)?,
                    };
                    frame.stack.push(value);
                }
                Op::StoreGlobal(place) => {
                    let name = &code.names[place as usize];
                    let value = pop!();
                    let mut names = frame.globals.names.borrow_mut();
                    if let Some((_, kept)) = names.get_index_mut(name.place.get() as usize) {
                        *kept = value;
                    } else {
                        let (at, _) = names.insert_full(name.text.clone(), value);
                        name.place.set(at as u32);
                    }
                }
                Op::DeleteGlobal(place) => {
                    let name = &code.names[place as usize].text;
                    let mut names = frame.globals.names.borrow_mut();
                    match names.get_mut(name) {
                        Some(value) if !value.is_undefined() => *value = Object::Undefined,
                        _ => return Halt::new("NameError", format!("name '{name}' is not defined")),
                    }
                }
                Op::LoadName(place) => {
                    let name = &code.names[place as usize].text;
                    let own =
                        frame.own.as_ref().and_then(|own| own.get(name)).or_else(|| frame.globals.get(name));
                    let value = match own {
                        Some(value) => value,
                        None => self.builtin(name, frame)?,
                    };
                    frame.stack.push(value);
                }
                Op::StoreName(place) => {
                    let value = pop!();
                    let own = frame.own.as_ref().unwrap_or(&frame.globals);
                    own.set(&code.names[place as usize].text, value);
                }
                Op::DeleteName(place) => {
                    let own = frame.own.as_ref().unwrap_or(&frame.globals);
                    own.set(&code.names[place as usize].text, Object::Undefined);
                }
                Op::LoadCell(place) => {
                    let value = frame.cells[place as usize].borrow().clone();
                    if value.is_undefined() {
                        let made = code.cells.len();
                        let at = place as usize;
                        if at < made {
                            return unbound(&code.cells[at].0);
                        }
                        return Halt::new(
                            "NameError",
                            format!(
                                "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
                                code.free[at - made]
                            ),
                        );
                    }
                    frame.stack.push(value);
                }
                Op::StoreCell(place) => {
                    let value = pop!();
                    *frame.cells[place as usize].borrow_mut() = value;
                }
                Op::DeleteCell(place) => *frame.cells[place as usize].borrow_mut() = Object::Undefined,
                Op::PushCell(place) => {
                    let cell = frame.cells[place as usize].clone();
                    frame.stack.push(Object::Cell(cell));
                }
                Op::Pop => {
                    frame.stack.pop();
                }
                Op::Dup => {
                    let value = top!().clone();
                    frame.stack.push(value);
                }
                Op::Dup2 => {
                    let n = frame.stack.len();
                    let (a, b) = (frame.stack[n - 2].clone(), frame.stack[n - 1].clone());
                    frame.stack.extend([a, b]);
                }
                Op::Rot2 => {
                    let n = frame.stack.len();
                    frame.stack.swap(n - 1, n - 2);
                }
                Op::Rot3 => {
                    let value = pop!();
                    let n = frame.stack.len();
                    frame.stack.insert(n - 2, value);
                }
                Op::Binary(op) => {
                    let (b, a) = (pop!(), pop!());
                    let value = self.binary(op, &a, &b)?;
                    frame.stack.push(value);
                }
                Op::InPlace(op) => {
                    let (b, a) = (pop!(), pop!());
                    let value = self.in_place(op, &a, &b)?;
                    frame.stack.push(value);
                }
                Op::Unary(op) => {
                    let value = pop!();
                    let value = self.unary(op, &value)?;
                    frame.stack.push(value);
                }
                Op::Not => {
                    let value = pop!();
                    let truth = self.truth(&value)?;
                    frame.stack.push(Object::Bool(!truth));
                }
                Op::Compare(op) => {
                    let (b, a) = (pop!(), pop!());
                    let value = match op {
                        Compare::Is => Object::Bool(a.is(&b)),
                        Compare::IsNot => Object::Bool(!a.is(&b)),
                        _ => self.compare(op, &a, &b)?,
                    };
                    frame.stack.push(value);
                }
                Op::Jump(to) => frame.pc = to as usize,
                Op::JumpIfFalse(to) => {
                    let value = pop!();
                    if !self.truth(&value)? {
                        frame.pc = to as usize;
                    }
                }
                Op::JumpIfTrue(to) => {
                    let value = pop!();
                    if self.truth(&value)? {
                        frame.pc = to as usize;
                    }
                }
                Op::JumpIfFalseOrPop(to) => {
                    let value = top!().clone();
                    if self.truth(&value)? {
                        frame.stack.pop();
                    } else {
                        frame.pc = to as usize;
                    }
                }
                Op::JumpIfTrueOrPop(to) => {
                    let value = top!().clone();
                    if self.truth(&value)? {
                        frame.pc = to as usize;
                    } else {
                        frame.stack.pop();
                    }
                }
                Op::GetIter => {
                    let value = pop!();
                    let iter = self.iterator(&value)?;
                    frame.stack.push(iter);
                }
                Op::ForIter(to) => {
                    let item = match top!() {
                        Object::Iter(iter) => {
                            let mut state = iter.borrow_mut();
                            if let Iter::Range(range, at) = &mut *state {
                                if *at < range.len() {
                                    *at += 1;
                                    Some(Object::Int(range.get(*at - 1)))
                                } else {
                                    None
                                }
                            } else {
                                drop(state);
                                let iter = iter.clone();
                                self.advance(&iter)?
                            }
                        }
                        other => {
                            let other = other.clone();
                            self.next(&other)?
                        }
                    };
                    if let Some(item) = item {
                        frame.stack.push(item);
                    } else {
                        frame.stack.pop();
                        frame.pc = to as usize;
                    }
                }
                Op::BuildTuple(n) => {
                    let items = frame.stack.split_off(frame.stack.len() - n as usize);
                    frame.stack.push(Object::tuple(items));
                }
                Op::BuildList(n) => {
                    let items = frame.stack.split_off(frame.stack.len() - n as usize);
                    frame.stack.push(Object::list(items));
                }
                Op::BuildSet(n) => {
                    let items = frame.stack.split_off(frame.stack.len() - n as usize);
                    let items: R<IndexSet<Key>> = items.iter().map(Key::new).collect();
                    frame.stack.push(Object::set(items?, false));
                }
                Op::BuildDict(n) => {
                    let items = frame.stack.split_off(frame.stack.len() - 2 * n as usize);
                    let mut dict = IndexMap::new();
                    for pair in items.chunks_exact(2) {
                        dict.insert(Key::new(&pair[0])?, pair[1].clone());
                    }
                    frame.stack.push(Object::dict(dict));
                }
                Op::BuildSlice => {
                    let (step, stop, start) = (pop!(), pop!(), pop!());
                    frame.stack.push(Object::Slice(Rc::new([start, stop, step])));
                }
                Op::BuildString(n) => {
                    let parts = frame.stack.split_off(frame.stack.len() - n as usize);
                    let mut text = String::new();
                    for part in &parts {
                        text.push_str(part.as_str().map_or("", |part| part));
                    }
                    frame.stack.push(Object::str(text));
                }
                Op::ListAppend(depth) => {
                    let item = pop!();
                    let at = frame.stack.len() - depth as usize;
                    if let Object::List(list) = &frame.stack[at] {
                        let mut items = list.items.borrow_mut();
                        if items.len() > self.limits.items {
                            return Halt::stop(Ceiling::Memory, "a list of so many items");
                        }
                        items.push(item);
                    }
                }
                Op::SetAdd(depth) => {
                    let item = Key::new(&pop!())?;
                    let at = frame.stack.len() - depth as usize;
                    if let Object::Set(set) = &frame.stack[at] {
                        set.items.borrow_mut().insert(item);
                    }
                }
                Op::MapAdd(depth) => {
                    let (value, key) = (pop!(), pop!());
                    let at = frame.stack.len() - depth as usize;
                    if let Object::Dict(dict) = &frame.stack[at] {
                        dict.items.borrow_mut().insert(Key::new(&key)?, value);
                    }
                }
                Op::ListExtend => {
                    let more = pop!();
                    if !self.is_iterable(&more) {
                        let name = self.type_name(&more);
                        return type_error(format!("Value after * must be an iterable, not {name}"));
                    }
                    let more = self.collect(&more)?;
                    if let Object::List(list) = top!() {
                        list.items.borrow_mut().extend(more);
                    }
                }
                Op::SetUpdate => {
                    let more = pop!();
                    let more = self.collect(&more)?;
                    if let Object::Set(set) = top!() {
                        for item in &more {
                            set.items.borrow_mut().insert(Key::new(item)?);
                        }
                    }
                }
                Op::DictUpdate | Op::DictMerge => {
                    let more = pop!();
                    let pairs = if let Object::Dict(more) = more.inner() {
                        more.items.borrow().clone()
                    } else {
                        let name = self.type_name(&more);
                        return type_error(match op {
                            Op::DictMerge => format!("argument after ** must be a mapping, not {name}"),
                            _ => format!("'{name}' object is not a mapping"),
                        });
                    };
                    if let Object::Dict(dict) = top!() {
                        for (key, value) in pairs {
                            let twice = matches!(op, Op::DictMerge) && dict.items.borrow().contains_key(&key);
                            if twice {
                                let name = self.str(&key.0)?;
                                return type_error(format!(
                                    "got multiple values for keyword argument '{name}'"
                                ));
                            }
                            dict.items.borrow_mut().insert(key, value);
                        }
                    }
                }
                Op::ListToTuple => {
                    let value = pop!();
                    frame.stack.push(Object::tuple(value.items().unwrap_or_default()));
                }
                Op::Attr(place) => {
                    if code.of_program {
                        self.at = code.lines[frame.pc - 1];
                    }
                    let object = pop!();
                    let value = self.attr(&object, &code.names[place as usize].text)?;
                    frame.stack.push(value);
                }
                Op::StoreAttr(place) => {
                    let (object, value) = (pop!(), pop!());
                    self.set_attr(&object, &code.names[place as usize].text, value)?;
                }
                Op::DeleteAttr(place) => {
                    let object = pop!();
                    self.delete_attr(&object, &code.names[place as usize].text)?;
                }
                Op::Index => {
                    let (index, object) = (pop!(), pop!());
                    let value = self.index(&object, &index)?;
                    frame.stack.push(value);
                }
                Op::StoreIndex => {
                    let (index, object, value) = (pop!(), pop!(), pop!());
                    self.set_index(&object, &index, value)?;
                }
                Op::DeleteIndex => {
                    let (index, object) = (pop!(), pop!());
                    self.delete_index(&object, &index)?;
                }
                Op::Unpack(n) => {
                    let value = pop!();
                    let items = self.unpack(&value, n as usize, None)?;
                    frame.stack.extend(items.into_iter().rev());
                }
                Op::UnpackStar(before, after) => {
                    let value = pop!();
                    let items = self.unpack(&value, before as usize, Some(after as usize))?;
                    frame.stack.extend(items.into_iter().rev());
                }
                Op::Call(n, names) => {
                    if code.of_program {
                        self.at = code.lines[frame.pc - 1];
                    }
                    let mut keywords = Vec::new();
                    if names != u16::MAX
                        && let Object::Tuple(names) = &code.constants[names as usize]
                    {
                        let values = frame.stack.split_off(frame.stack.len() - names.items.len());
                        for (name, value) in names.items.iter().zip(values) {
                            if let Object::Str(name) = name {
                                keywords.push((name.clone(), value));
                            }
                        }
                    }
                    let arguments = frame.stack.split_off(frame.stack.len() - n as usize);
                    let callee = pop!();
                    if let Some(inner) = self.call_op(frame, callee, arguments, keywords)? {
                        return Ok(Stop::Call(inner));
                    }
                }
                Op::CallMany => {
                    if code.of_program {
                        self.at = code.lines[frame.pc - 1];
                    }
                    let (keywords, arguments, callee) = (pop!(), pop!(), pop!());
                    let mut named = Vec::new();
                    if let Object::Dict(dict) = &keywords {
                        for (key, value) in dict.items.borrow().iter() {
                            let Some(name) = key.0.as_str() else {
                                return type_error("keywords must be strings");
                            };
                            named.push((name.clone(), value.clone()));
                        }
                    }
                    let arguments = arguments.items().unwrap_or_default();
                    if let Some(inner) = self.call_op(frame, callee, arguments, named)? {
                        return Ok(Stop::Call(inner));
                    }
                }
                Op::MakeFunction(place) => {
                    let (closure, keyword_defaults, defaults) = (pop!(), pop!(), pop!());
                    let Object::Code(inner) = &code.constants[place as usize] else { unreachable!("a code") };
                    let closure = closure.items().unwrap_or_default();
                    let function = PyFunction {
                        code: inner.clone(),
                        globals: frame.globals.clone(),
                        defaults: defaults.items().unwrap_or_default(),
                        keyword_defaults: keyword_defaults.items().unwrap_or_default(),
                        closure: closure
                            .into_iter()
                            .filter_map(|cell| match cell {
                                Object::Cell(cell) => Some(cell),
                                _ => None,
                            })
                            .collect(),
                        attrs: std::cell::RefCell::default(),
                        owner: std::cell::RefCell::new(None),
                    };
                    frame.stack.push(Object::Function(Rc::new(function)));
                }
                Op::BuildClass(place) => {
                    let (keywords, bases, body) = (pop!(), pop!(), pop!());
                    let class =
                        self.build_class(&code.names[place as usize].text, &body, &bases, &keywords)?;
                    frame.stack.push(class);
                }
                Op::Return => return Ok(Stop::Return(pop!())),
                Op::Yield => return Ok(Stop::Yield(pop!())),
                Op::YieldFrom => {
                    let sent = pop!();
                    let inner = top!().clone();
                    let next = match &inner {
                        Object::Generator(generator) => self.resume(generator, sent)?,
                        other => self.next(other)?.ok_or(Object::None),
                    };
                    match next {
                        Ok(item) => {
                            // The same instruction is run again with what is sent.
                            frame.pc -= 1;
                            return Ok(Stop::Yield(item));
                        }
                        Err(result) => {
                            frame.stack.pop();
                            frame.stack.push(result);
                        }
                    }
                }
                Op::Try(handler) => {
                    let depth = frame.stack.len() as u32;
                    frame.blocks.push(Block { handler, depth });
                }
                Op::TryWith(handler) => {
                    let depth = frame.stack.len() as u32 - 1;
                    frame.blocks.push(Block { handler, depth });
                }
                Op::PopBlock => {
                    frame.blocks.pop();
                }
                Op::PushExc => {
                    if let Object::Instance(exception) = pop!() {
                        if let Some(context) = frame.handled.last()
                            && !Rc::ptr_eq(context, &exception)
                            && exception.get("__context__").is_none()
                        {
                            exception.set("__context__", Object::Instance(context.clone()));
                        }
                        frame.handled.push(exception);
                    }
                }
                Op::LoadExc => {
                    let exception = frame.handled.last().cloned();
                    frame.stack.push(exception.map_or(Object::None, Object::Instance));
                }
                Op::PopExc => {
                    frame.handled.pop();
                }
                Op::ExcMatch => {
                    let kind = pop!();
                    let exception = frame.handled.last().cloned();
                    let fits = match exception {
                        Some(exception) => Vm::catches(&kind, &exception)?,
                        None => false,
                    };
                    frame.stack.push(Object::Bool(fits));
                }
                Op::Raise => {
                    let value = pop!();
                    return Err(self.raised(&value, frame.handled.last()));
                }
                Op::RaiseFrom => {
                    let (cause, value) = (pop!(), pop!());
                    let fault = self.raised(&value, frame.handled.last());
                    if let Halt::Raise(exception) = &fault {
                        exception.set("__cause__", cause);
                    }
                    return Err(fault);
                }
                Op::Reraise => {
                    return match frame.handled.last() {
                        Some(exception) => Err(Halt::Raise(exception.clone())),
                        None => crate::value::fault::runtime_error("No active exception to reraise"),
                    };
                }
                Op::Throw => {
                    if let Object::Instance(exception) = pop!() {
                        return Err(Halt::Raise(exception));
                    }
                }
                Op::Enter => {
                    let manager = pop!();
                    let name = self.type_name(&manager);
                    let (enter, exit) = match (
                        self.special(&manager, "__enter__")?,
                        self.special(&manager, "__exit__")?,
                    ) {
                        (Some(enter), Some(exit)) => (enter, exit),
                        (Some(_), None) => {
                            return type_error(format!(
                                "'{name}' object does not support the context manager protocol (missed __exit__ method)"
                            ));
                        }
                        _ => {
                            return type_error(format!(
                                "'{name}' object does not support the context manager protocol"
                            ));
                        }
                    };
                    let value = self.call(&enter, Vec::new())?;
                    frame.stack.push(exit);
                    frame.stack.push(value);
                }
                Op::Exit => {
                    let exit = pop!();
                    self.call(&exit, vec![Object::None, Object::None, Object::None])?;
                }
                Op::ExitWithExc => {
                    let exit = pop!();
                    let exception = frame.handled.last().cloned();
                    let arguments = match exception {
                        Some(exception) => {
                            vec![Object::Class(exception.class()), Object::Instance(exception), Object::None]
                        }
                        None => vec![Object::None; 3],
                    };
                    let swallowed = self.call(&exit, arguments)?;
                    let swallowed = self.truth(&swallowed)?;
                    frame.stack.push(Object::Bool(swallowed));
                }
                Op::Import(place) => {
                    let module = self.import(&code.names[place as usize].text)?;
                    frame.stack.push(module);
                }
                Op::ImportFrom(place) => {
                    let name = &code.names[place as usize].text;
                    let module = pop!();
                    let value = self.import_from(&module, name)?;
                    frame.stack.push(value);
                }
                Op::ImportStar => {
                    if let Object::Module(module) = pop!() {
                        let names = module.space.names.borrow().clone();
                        for (name, value) in names.iter().filter(|(name, _)| !name.starts_with('_')) {
                            frame.globals.set(name, value.clone());
                        }
                    }
                }
                Op::Format(conversion) => {
                    let value = pop!();
                    let text = match conversion {
                        0 => self.format(&value, "")?,
                        b's' => self.str(&value)?,
                        b'a' => super::text::ascii(&self.repr(&value)?),
                        _ => self.repr(&value)?,
                    };
                    frame.stack.push(Object::str(text));
                }
                Op::FormatSpec(conversion) => {
                    let (spec, value) = (pop!(), pop!());
                    let value = match conversion {
                        0 => value,
                        b's' => Object::str(self.str(&value)?),
                        b'a' => Object::str(super::text::ascii(&self.repr(&value)?)),
                        _ => Object::str(self.repr(&value)?),
                    };
                    let spec = spec.as_str().cloned().unwrap_or_else(|| "".into());
                    let text = self.format(&value, &spec)?;
                    frame.stack.push(Object::str(text));
                }
                Op::MatchSequence(before, after) => {
                    let len = match top!().inner() {
                        Object::List(list) => Some(list.items.borrow().len()),
                        Object::Tuple(tuple) => Some(tuple.items.len()),
                        Object::Range(range) => Some(range.len()),
                        _ => None,
                    };
                    let fits = len.is_some_and(|len| match after {
                        u16::MAX => len == before as usize,
                        after => len >= before as usize + after as usize,
                    });
                    frame.stack.push(Object::Bool(fits));
                }
                Op::MatchMapping => {
                    let fits = matches!(top!().inner(), Object::Dict(_));
                    frame.stack.push(Object::Bool(fits));
                }
                Op::MatchKeys => {
                    let (keys, subject) = (pop!(), pop!());
                    let mut values = Some(Vec::new());
                    if let (Object::Dict(dict), Object::Tuple(keys)) = (subject.inner(), &keys) {
                        for key in &keys.items {
                            let found = dict.items.borrow().get(&Key::new(key)?).cloned();
                            match (found, &mut values) {
                                (Some(value), Some(values)) => values.push(value),
                                _ => values = None,
                            }
                        }
                    }
                    frame.stack.push(values.map_or(Object::None, Object::tuple));
                }
                Op::MatchRest => {
                    let (keys, subject) = (pop!(), pop!());
                    if let (Object::Dict(dict), Object::Tuple(keys)) = (subject.inner(), &keys) {
                        let mut rest = dict.items.borrow().clone();
                        for key in &keys.items {
                            rest.shift_remove(&Key::new(key)?);
                        }
                        frame.stack.push(Object::dict(rest));
                    }
                }
                Op::Note(place) => {
                    let value = pop!();
                    self.note(code.lines[frame.pc - 1], &code.names[place as usize].text, &value);
                }
                Op::Begun(line) => self.begun(line),
                Op::Ended(line) => self.ended(line)?,
                Op::MatchClass(by_position) => {
                    let (names, class, subject) = (pop!(), pop!(), pop!());
                    let value = self.match_class(&subject, &class, by_position as usize, &names)?;
                    frame.stack.push(value);
                }
            }
        }
    }
}

fn unbound<T>(name: &str) -> R<T> {
    Halt::new(
        "UnboundLocalError",
        format!("cannot access local variable '{name}' where it is not associated with a value"),
    )
}
