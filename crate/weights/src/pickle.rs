//! The part of Python's pickle that a saved state dict is written in, read without executing anything.
//!
//! Pickle is a program for a machine with a stack. Here it may make texts, numbers, tuples, lists and dicts, and
//! name the few functions in [`Global`], whose results are described, never computed. Whatever else it names or
//! does is refused. Every value takes at least a byte of pickle, so memory is bounded by its length; no
//! value is walked by recursion, so depth costs nothing.

use std::collections::BTreeMap;

use super::{ElementKind, FileError, MOST_VALUES};

/// The place of a value among those that a pickle made.
pub(super) type Id = usize;

/// A value that a pickle made.
#[derive(Debug)]
pub(super) enum PickleValue<'a> {
    None,
    Bool,
    Int(i64),
    Float,
    Text(&'a str),
    Tuple(Vec<Id>),
    List(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    Global(Global),
    Storage(Storage<'a>),
    Tensor(Box<StorageView<'a>>),
}

/// What a pickle may name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Global {
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    Storage(ElementKind),
}

/// Where numbers lie: a file of the archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Storage<'a> {
    pub kind: ElementKind,
    pub key: &'a str,
    /// How many it says there are.
    pub elements: u64,
}

/// A tensor over a storage.
#[derive(Debug, Clone)]
pub(super) struct StorageView<'a> {
    pub storage: Storage<'a>,
    pub offset: u64,
    pub shape: Vec<u64>,
    pub strides: Vec<u64>,
}

/// What a pickle made.
#[derive(Debug)]
pub(super) struct Pickled<'a> {
    values: Vec<PickleValue<'a>>,
    root: Id,
}

impl<'a> Pickled<'a> {
    pub fn root(&self) -> &PickleValue<'a> {
        &self.values[self.root]
    }

    pub fn get(&self, id: Id) -> &PickleValue<'a> {
        &self.values[id]
    }
}

impl PickleValue<'_> {
    /// What it is in Python's words.
    pub fn class(&self) -> &'static str {
        match self {
            PickleValue::None => "None",
            PickleValue::Bool => "a bool",
            PickleValue::Int(_) => "an int",
            PickleValue::Float => "a float",
            PickleValue::Text(_) => "a str",
            PickleValue::Tuple(_) => "a tuple",
            PickleValue::List(_) => "a list",
            PickleValue::Dict(_) => "a dict",
            PickleValue::Global(_) => "a class",
            PickleValue::Storage(_) => "a storage",
            PickleValue::Tensor(_) => "a tensor",
        }
    }
}

/// Reads a pickle.
pub(super) fn read(pickle: &[u8]) -> Result<Pickled<'_>, FileError> {
    let mut machine = PickleMachine { rest: pickle, ..PickleMachine::default() };
    loop {
        let opcode = machine.take_bytes(1)?[0];
        if opcode == b'.' {
            let root = machine.pop()?;
            return Ok(Pickled { values: machine.values, root });
        }
        machine.execute(opcode)?;
    }
}

#[derive(Default)]
struct PickleMachine<'a> {
    rest: &'a [u8],
    values: Vec<PickleValue<'a>>,
    stack: Vec<Id>,
    marks: Vec<usize>,
    memo: BTreeMap<u32, Id>,
}

fn malformed(problem: &str) -> FileError {
    FileError::Damaged { problem: format!("its pickle {problem}") }
}

impl<'a> PickleMachine<'a> {
    /// One instruction, in the order of `pickletools`.
    fn execute(&mut self, opcode: u8) -> Result<(), FileError> {
        match opcode {
            // PROTO, FRAME: how it is written.
            0x80 => self.take_bytes(1).map(drop),
            0x95 => self.take_bytes(8).map(drop),
            // Constants.
            b'N' => self.push(PickleValue::None),
            0x88 | 0x89 => self.push(PickleValue::Bool),
            b'K' => self.int(1),
            b'M' => self.int(2),
            b'J' => self.signed(4),
            0x8a => {
                let length = self.number(1)? as usize;
                self.signed(length)
            }
            b'G' => {
                self.take_bytes(8)?;
                self.push(PickleValue::Float)
            }
            b'X' => self.text(4),
            0x8c => self.text(1),
            // Containers.
            b')' => self.push(PickleValue::Tuple(Vec::new())),
            b']' => self.push(PickleValue::List(Vec::new())),
            b'}' => self.push(PickleValue::Dict(Vec::new())),
            b'(' => {
                self.marks.push(self.stack.len());
                Ok(())
            }
            b't' => {
                let items = self.since_mark()?;
                self.push(PickleValue::Tuple(items))
            }
            0x85..=0x87 => {
                let items = self.last(usize::from(opcode - 0x84))?;
                self.push(PickleValue::Tuple(items))
            }
            b'a' => {
                let items = self.last(1)?;
                self.append(items)
            }
            b'e' => {
                let items = self.since_mark()?;
                self.append(items)
            }
            b's' => {
                let items = self.last(2)?;
                self.set(&items)
            }
            b'u' => {
                let items = self.since_mark()?;
                self.set(&items)
            }
            // The memo.
            b'q' => self.memoize_top(1),
            b'r' => self.memoize_top(4),
            0x94 => {
                let place = self.memo.len() as u32;
                let top = self.top()?;
                self.memo.insert(place, top);
                Ok(())
            }
            b'h' => self.recall_memo(1),
            b'j' => self.recall_memo(4),
            // Unpickling would call this function; here it is only described.
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.global(module, name)
            }
            0x93 => {
                let pair = self.last(2)?;
                match (&self.values[pair[0]], &self.values[pair[1]]) {
                    (&PickleValue::Text(module), &PickleValue::Text(name)) => self.global(module, name),
                    _ => Err(malformed("names a class by what is no text")),
                }
            }
            b'R' => self.reduce(),
            b'Q' => self.persistent(),
            // BUILD hands an object its attributes: those of a state dict are versions of its modules.
            b'b' => {
                let state = self.last(2)?;
                self.stack.push(state[0]);
                match &self.values[state[0]] {
                    PickleValue::Dict(_) => Ok(()),
                    _ => Err(malformed("gives attributes to what is no dict")),
                }
            }
            _ => Err(FileError::Instruction { opcode }),
        }
    }

    fn take_bytes(&mut self, count: usize) -> Result<&'a [u8], FileError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(|| malformed("ends early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<u64, FileError> {
        Ok(self.take_bytes(bytes)?.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    fn int(&mut self, bytes: usize) -> Result<(), FileError> {
        let number = self.number(bytes)?;
        self.push(PickleValue::Int(number as i64))
    }

    /// In two's complement.
    fn signed(&mut self, bytes: usize) -> Result<(), FileError> {
        if bytes > 8 {
            return Err(malformed("has an int of more than 64 bits"));
        }
        let number = self.number(bytes)?;
        let unused = 64 - 8 * bytes as u32;
        let number = (number.checked_shl(unused).unwrap_or(0) as i64).checked_shr(unused).unwrap_or(0);
        self.push(PickleValue::Int(number))
    }

    fn text(&mut self, length_bytes: usize) -> Result<(), FileError> {
        let length = self.number(length_bytes)?;
        let bytes = self.take_bytes(usize::try_from(length).unwrap_or(usize::MAX))?;
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("has a text that is not UTF-8"))?;
        self.push(PickleValue::Text(text))
    }

    /// A text up to the end of a line.
    fn line(&mut self) -> Result<&'a str, FileError> {
        let end = self.rest.iter().position(|&byte| byte == b'\n');
        let line = self.take_bytes(end.ok_or_else(|| malformed("ends early"))?)?;
        self.take_bytes(1)?;
        std::str::from_utf8(line).map_err(|_| malformed("has a name that is not UTF-8"))
    }

    fn push(&mut self, value: PickleValue<'a>) -> Result<(), FileError> {
        if self.values.len() == MOST_VALUES {
            return Err(FileError::TooMany { what: "values in the pickle", limit: MOST_VALUES });
        }
        self.stack.push(self.values.len());
        self.values.push(value);
        Ok(())
    }

    /// The top of the stack; what lies below a mark is not to be had.
    fn top(&self) -> Result<Id, FileError> {
        let bottom = self.marks.last().copied().unwrap_or(0);
        let top = self.stack.get(bottom..).and_then(<[Id]>::last);
        top.copied().ok_or_else(|| malformed("takes more than there is"))
    }

    fn pop(&mut self) -> Result<Id, FileError> {
        let top = self.top()?;
        self.stack.pop();
        Ok(top)
    }

    fn last(&mut self, count: usize) -> Result<Vec<Id>, FileError> {
        let bottom = self.marks.last().copied().unwrap_or(0);
        let from = self.stack.len().checked_sub(count).filter(|&from| from >= bottom);
        Ok(self.stack.split_off(from.ok_or_else(|| malformed("takes more than there is"))?))
    }

    fn since_mark(&mut self) -> Result<Vec<Id>, FileError> {
        let mark = self.marks.pop().ok_or_else(|| malformed("takes more than there is"))?;
        Ok(self.stack.split_off(mark.min(self.stack.len())))
    }

    fn append(&mut self, items: Vec<Id>) -> Result<(), FileError> {
        let list = self.top()?;
        match &mut self.values[list] {
            PickleValue::List(list) => {
                list.extend(items);
                Ok(())
            }
            _ => Err(malformed("appends to what is no list")),
        }
    }

    fn set(&mut self, items: &[Id]) -> Result<(), FileError> {
        let dict = self.top()?;
        match (&mut self.values[dict], items.as_chunks::<2>()) {
            (PickleValue::Dict(dict), (pairs, [])) => {
                dict.extend(pairs.iter().map(|&[key, value]| (key, value)));
                Ok(())
            }
            _ => Err(malformed("sets items of what is no dict")),
        }
    }

    fn memoize_top(&mut self, bytes: usize) -> Result<(), FileError> {
        let (place, top) = (self.number(bytes)? as u32, self.top()?);
        self.memo.insert(place, top);
        Ok(())
    }

    fn recall_memo(&mut self, bytes: usize) -> Result<(), FileError> {
        let place = self.number(bytes)? as u32;
        let id = *self.memo.get(&place).ok_or_else(|| malformed("recalls what it never made"))?;
        // Every recall takes two bytes of pickle or more: the stack is bounded as the values are.
        self.stack.push(id);
        Ok(())
    }

    fn global(&mut self, module: &str, name: &str) -> Result<(), FileError> {
        let global = match (module, name) {
            ("collections", "OrderedDict") => Some(Global::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Some(Global::RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => Some(Global::RebuildParameter),
            ("torch", class) => ElementKind::of_storage(class).map(Global::Storage),
            _ => None,
        };
        let named = || FileError::Forbidden {
            name: [module, name].map(|part| part.chars().take(80).collect::<String>()).join("."),
        };
        self.push(PickleValue::Global(global.ok_or_else(named)?))
    }

    /// `function(*arguments)`, for the functions that are known.
    fn reduce(&mut self) -> Result<(), FileError> {
        let call = self.last(2)?;
        let (PickleValue::Global(function), PickleValue::Tuple(arguments)) =
            (&self.values[call[0]], &self.values[call[1]])
        else {
            return Err(malformed("calls what is no function"));
        };
        let made = match (function, arguments.as_slice()) {
            (Global::OrderedDict, []) => Some(PickleValue::Dict(Vec::new())),
            (Global::RebuildTensor, [storage, offset, shape, strides, _, _, ..]) => {
                self.view(*storage, *offset, *shape, *strides).map(|view| PickleValue::Tensor(Box::new(view)))
            }
            (Global::RebuildParameter, [data, _, _]) => match &self.values[*data] {
                PickleValue::Tensor(view) => Some(PickleValue::Tensor(view.clone())),
                _ => None,
            },
            _ => None,
        };
        self.push(made.ok_or_else(|| malformed("builds a tensor or dict of what makes none"))?)
    }

    fn view(&self, storage: Id, offset: Id, shape: Id, strides: Id) -> Option<StorageView<'a>> {
        let &PickleValue::Storage(storage) = &self.values[storage] else { return None };
        let (shape, strides) = (self.sizes(shape)?, self.sizes(strides)?);
        let view = StorageView { storage, offset: self.size(offset)?, shape, strides };
        (view.shape.len() == view.strides.len() && view.shape.len() <= super::MOST_AXES).then_some(view)
    }

    fn size(&self, id: Id) -> Option<u64> {
        match self.values[id] {
            PickleValue::Int(size) => u64::try_from(size).ok(),
            _ => None,
        }
    }

    fn sizes(&self, id: Id) -> Option<Vec<u64>> {
        match &self.values[id] {
            PickleValue::Tuple(sizes) if sizes.len() <= super::MOST_AXES => {
                sizes.iter().map(|&size| self.size(size)).collect()
            }
            _ => None,
        }
    }

    fn persistent(&mut self) -> Result<(), FileError> {
        let id = self.pop()?;
        let storage =
            self.storage(id).ok_or_else(|| malformed("points outside itself at what is no storage"))?;
        self.push(PickleValue::Storage(storage))
    }

    /// `('storage', torch.FloatStorage, '0', 'cpu', 480)`: a storage by the name of its file.
    fn storage(&self, id: Id) -> Option<Storage<'a>> {
        let PickleValue::Tuple(parts) = &self.values[id] else { return None };
        let [what, class, key, _, elements] = *parts.as_slice() else { return None };
        match (&self.values[what], &self.values[class], &self.values[key]) {
            (
                PickleValue::Text("storage"),
                &PickleValue::Global(Global::Storage(kind)),
                &PickleValue::Text(key),
            ) => Some(Storage { kind, key, elements: self.size(elements)? }),
            _ => None,
        }
    }
}
