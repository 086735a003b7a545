//! The part of Python's pickle that a saved state dict is written in, read without executing anything.
//!
//! Pickle is a program for a machine with a stack. Here it may make texts, numbers, tuples, lists, dicts and sets, and
//! name functions and classes, whose results are described, never computed: those of `PyTorch`'s own safe loader as what
//! they are, all others as opaque values that have a name. Every value takes at least a byte of pickle, so memory is
//! bounded by its length; no value is walked by recursion, so depth costs nothing.

use std::collections::BTreeMap;

use super::{ElementKind, FileError, MOST_VALUES};

/// The place of a value among those that a pickle made.
pub(super) type Id = usize;

/// A value that a pickle made.
#[derive(Debug)]
pub(super) enum PickleValue<'a> {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'a str),
    Tuple(Vec<Id>),
    List(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    Global(Global),
    Storage(Storage<'a>),
    Tensor(Box<StorageView<'a>>),
    /// What `PyTorch`'s safe loader makes and nothing here needs, in Python's words: `a set`.
    Other(&'static str),
    /// What it refuses too: the place of the name among [`Pickled::refused`].
    Opaque(usize),
}

/// What a pickle may name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Global {
    OrderedDict,
    Counter,
    RebuildTensor,
    /// With the element type as its seventh argument.
    RebuildTensorOfType,
    RebuildParameter,
    RebuildFromType,
    Storage(ElementKind),
    Dtype(ElementKind),
    /// A function or class of the safe loader, by what it makes.
    Makes(&'static str),
    /// A class of dicts that the safe loader refuses: the place of its name.
    RefusedDict(usize),
    /// A function or class that the safe loader refuses too: the place of its name.
    Refused(usize),
}

impl Global {
    /// The function or class of a name that `torch.load(weights_only=True)` follows.
    fn of_name(module: &str, name: &str) -> Option<Self> {
        Some(match (module, name) {
            ("collections", "OrderedDict") => Global::OrderedDict,
            ("collections", "Counter") => Global::Counter,
            ("torch._utils", "_rebuild_tensor" | "_rebuild_tensor_v2") => Global::RebuildTensor,
            ("torch._utils", "_rebuild_tensor_v3") => Global::RebuildTensorOfType,
            ("torch._utils", "_rebuild_parameter" | "_rebuild_parameter_with_state") => {
                Global::RebuildParameter
            }
            ("torch._tensor", "_rebuild_from_type_v2") => Global::RebuildFromType,
            ("torch._utils", "_rebuild_sparse_tensor") => Global::Makes("a sparse tensor"),
            ("torch._utils", "_rebuild_qtensor") => Global::Makes("a quantized tensor"),
            ("torch._utils", "_rebuild_meta_tensor_no_storage") => Global::Makes("a tensor without numbers"),
            (
                "torch._utils",
                "_rebuild_wrapper_subclass"
                | "_rebuild_device_tensor_from_numpy"
                | "_rebuild_device_tensor_from_cpu_tensor",
            ) => Global::Makes("a tensor of another device"),
            ("torch", "Size") => Global::Makes("a torch.Size"),
            ("torch", "device") => Global::Makes("a torch.device"),
            ("torch", "Tensor") | ("torch.nn.parameter", "Parameter") => Global::Makes("a tensor"),
            (
                "torch",
                "per_tensor_affine"
                | "per_tensor_symmetric"
                | "per_channel_affine"
                | "per_channel_symmetric"
                | "per_channel_affine_float_qparams",
            ) => Global::Makes("a torch.qscheme"),
            ("torch.serialization", "_get_layout") => Global::Makes("a torch.layout"),
            ("_codecs", "encode") => Global::Makes("bytes"),
            ("builtins" | "__builtin__", "bytearray") => Global::Makes("a bytearray"),
            ("builtins" | "__builtin__", "complex") => Global::Makes("a complex"),
            ("builtins" | "__builtin__", "set") => Global::Makes("a set"),
            ("torch" | "torch.cuda" | "torch.sparse", class) if class.ends_with("Tensor") => {
                Global::Makes("a tensor")
            }
            // Types of fewer bits than a byte, which no storage has.
            (
                "torch",
                "int1" | "int2" | "int3" | "int4" | "int5" | "int6" | "int7" | "uint1" | "uint2" | "uint3"
                | "uint4" | "uint5" | "uint6" | "uint7",
            ) => Global::Makes("a torch.dtype"),
            ("torch" | "torch.cuda" | "torch.storage", class) => ElementKind::of_storage(class)
                .map(Global::Storage)
                .or_else(|| ElementKind::of_dtype(class).map(Global::Dtype))?,
            _ => return None,
        })
    }
}

/// Where numbers lie: a file of the archive, or a part of a file without one.
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
    /// What it names that the safe loader refuses, in its order.
    pub refused: Vec<String>,
}

impl<'a> Pickled<'a> {
    pub fn root(&self) -> Id {
        self.root
    }

    pub fn get(&self, id: Id) -> &PickleValue<'a> {
        &self.values[id]
    }

    /// Every storage that is named.
    pub fn storages(&self) -> impl Iterator<Item = &Storage<'a>> {
        self.values.iter().filter_map(|value| match value {
            PickleValue::Storage(storage) => Some(storage),
            _ => None,
        })
    }
}

impl Pickled<'_> {
    /// What a value is in Python's words; an opaque one by the name that made it.
    pub fn class(&self, id: Id) -> String {
        match &self.values[id] {
            PickleValue::Opaque(name)
            | PickleValue::Global(Global::Refused(name) | Global::RefusedDict(name)) => {
                self.refused.get(*name).cloned().unwrap_or_default()
            }
            value => value.class().to_owned(),
        }
    }
}

impl PickleValue<'_> {
    /// What it is in Python's words.
    fn class(&self) -> &'static str {
        match self {
            PickleValue::None => "None",
            PickleValue::Bool(_) => "a bool",
            PickleValue::Int(_) => "an int",
            PickleValue::Float(_) => "a float",
            PickleValue::Text(_) => "a str",
            PickleValue::Tuple(_) => "a tuple",
            PickleValue::List(_) => "a list",
            PickleValue::Dict(_) => "a dict",
            PickleValue::Global(Global::Dtype(_)) => "a torch.dtype",
            PickleValue::Global(_) => "a class",
            PickleValue::Storage(_) => "a storage",
            PickleValue::Tensor(_) => "a tensor",
            PickleValue::Other(what) => what,
            PickleValue::Opaque(_) => "an object",
        }
    }
}

/// Reads a pickle.
pub(super) fn read(pickle: &[u8]) -> Result<Pickled<'_>, FileError> {
    read_first(pickle).map(|(pickled, _)| pickled)
}

/// Reads the first of several pickles, and gives what follows it.
pub(super) fn read_first(pickle: &[u8]) -> Result<(Pickled<'_>, &[u8]), FileError> {
    let mut machine = PickleMachine { rest: pickle, ..PickleMachine::default() };
    loop {
        let opcode = machine.take_bytes(1)?[0];
        if opcode == b'.' {
            let root = machine.pop()?;
            let pickled = Pickled { values: machine.values, root, refused: machine.refused };
            return Ok((pickled, machine.rest));
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
    refused: Vec<String>,
    /// The entries of dicts that were made of others: a short pickle must not copy a long one again and again.
    copied: usize,
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
            // NEWOBJ makes an object of a class as a call does.
            b'R' | 0x81 => {
                let call = self.last(2)?;
                self.reduce(call[0], call[1])
            }
            // The same with named arguments, which no class of the safe loader takes.
            0x92 => {
                let call = self.last(3)?;
                self.reduce(call[0], call[1])
            }
            b'Q' => self.persistent(),
            // BUILD hands an object its attributes: those of a state dict are versions of its modules.
            b'b' => {
                let state = self.last(2)?;
                self.stack.push(state[0]);
                match &self.values[state[0]] {
                    PickleValue::Dict(_)
                    | PickleValue::Tensor(_)
                    | PickleValue::Other(_)
                    | PickleValue::Opaque(_) => Ok(()),
                    _ => Err(malformed("gives attributes to what is no dict")),
                }
            }
            _ => self.constant(opcode),
        }
    }

    /// An instruction that pushes a value of its own: a number, a text, bytes, a set.
    fn constant(&mut self, opcode: u8) -> Result<(), FileError> {
        match opcode {
            b'N' => self.push(PickleValue::None),
            0x88 | 0x89 => self.push(PickleValue::Bool(opcode == 0x88)),
            b'K' => self.int(1),
            b'M' => self.int(2),
            b'J' => self.signed(4),
            0x8a => {
                let length = self.number(1)? as usize;
                self.signed(length)
            }
            b'G' => {
                // The first byte is the highest.
                let bits = self.take_bytes(8)?.iter().fold(0, |bits, &byte| bits << 8 | u64::from(byte));
                self.push(PickleValue::Float(f64::from_bits(bits)))
            }
            b'X' => self.text(4),
            0x8c | b'U' => self.text(1),
            0x8d => self.text(8),
            b'C' => self.binary(1),
            b'B' => self.binary(4),
            0x8e | 0x96 => self.binary(8),
            0x8f => self.push(PickleValue::Other("a set")),
            0x90 => self.since_mark().and_then(|_| self.top()).map(drop),
            0x91 => {
                self.since_mark()?;
                self.push(PickleValue::Other("a frozenset"))
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
            self.take_bytes(bytes)?;
            return self.push(PickleValue::Other("an int"));
        }
        let number = self.number(bytes)?;
        let unused = 64 - 8 * bytes as u32;
        let number = (number.checked_shl(unused).unwrap_or(0) as i64).checked_shr(unused).unwrap_or(0);
        self.push(PickleValue::Int(number))
    }

    fn text(&mut self, length_bytes: usize) -> Result<(), FileError> {
        let length = self.number(length_bytes)?;
        let bytes = self.take_bytes(usize::try_from(length).unwrap_or(usize::MAX))?;
        // Python's texts may hold halves of characters, which no name of a tensor has.
        self.push(std::str::from_utf8(bytes).map_or(PickleValue::Other("a str"), PickleValue::Text))
    }

    fn binary(&mut self, length_bytes: usize) -> Result<(), FileError> {
        let length = self.number(length_bytes)?;
        self.take_bytes(usize::try_from(length).unwrap_or(usize::MAX))?;
        self.push(PickleValue::Other("bytes"))
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
            PickleValue::Other(_) | PickleValue::Opaque(_) => Ok(()),
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
            (PickleValue::Other(_) | PickleValue::Opaque(_), (_, [])) => Ok(()),
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
        let global = Global::of_name(module, name).unwrap_or_else(|| {
            let named = [module, name].map(|part| part.chars().take(80).collect::<String>()).join(".");
            let place = self.refused.len();
            let is_dict = (module, name) == ("collections", "defaultdict");
            self.refused.push(named);
            if is_dict { Global::RefusedDict(place) } else { Global::Refused(place) }
        });
        self.push(PickleValue::Global(global))
    }

    /// `function(*arguments)`, described.
    fn reduce(&mut self, function: Id, arguments: Id) -> Result<(), FileError> {
        let (function, arguments) = match (&self.values[function], &self.values[arguments]) {
            // What an opaque value makes is as opaque.
            (&PickleValue::Opaque(name), _) => return self.push(PickleValue::Opaque(name)),
            (&PickleValue::Global(Global::Refused(name)), _) => {
                return self.push(PickleValue::Opaque(name));
            }
            (&PickleValue::Global(function), PickleValue::Tuple(arguments)) => {
                (function, arguments.as_slice())
            }
            _ => return Err(malformed("calls what is no function")),
        };
        // A tensor of a class of its own, or with attributes: how it is rebuilt, its class, and how that is called.
        let (function, arguments) = match (function, arguments) {
            (Global::RebuildFromType, &[rebuild, class, inner, _]) => {
                match (&self.values[rebuild], &self.values[class], &self.values[inner]) {
                    (_, &PickleValue::Global(Global::Refused(name)), _) => {
                        return self.push(PickleValue::Opaque(name));
                    }
                    (&PickleValue::Global(rebuild), _, PickleValue::Tuple(inner))
                        if rebuild != Global::RebuildFromType =>
                    {
                        (rebuild, inner.as_slice())
                    }
                    _ => return Err(malformed("builds a tensor or dict of what makes none")),
                }
            }
            called => called,
        };
        let made = match (function, arguments) {
            // A defaultdict's argument is what makes the values that it lacks; its entries follow.
            (Global::OrderedDict | Global::Counter, []) | (Global::RefusedDict(_), _) => {
                Some(PickleValue::Dict(Vec::new()))
            }
            (Global::OrderedDict | Global::Counter, &[of]) => {
                let entries = self.entries(of);
                self.copied += entries.as_ref().map_or(0, Vec::len);
                if self.copied > MOST_VALUES {
                    return Err(FileError::TooMany { what: "values in the pickle", limit: MOST_VALUES });
                }
                entries.map(PickleValue::Dict)
            }
            (Global::RebuildTensor, &[storage, offset, shape, strides, ..]) => self
                .view(storage, offset, shape, strides, None)
                .map(|view| PickleValue::Tensor(Box::new(view))),
            (Global::RebuildTensorOfType, &[storage, offset, shape, strides, _, _, dtype, ..]) => {
                match self.values[dtype] {
                    PickleValue::Global(Global::Dtype(kind)) => self
                        .view(storage, offset, shape, strides, Some(kind))
                        .map(|view| PickleValue::Tensor(Box::new(view))),
                    _ => None,
                }
            }
            // A parameter is its tensor.
            (Global::RebuildParameter, &[data, _, _, ..]) => match &self.values[data] {
                PickleValue::Tensor(view) => Some(PickleValue::Tensor(view.clone())),
                &PickleValue::Other(what) => Some(PickleValue::Other(what)),
                &PickleValue::Opaque(name) => Some(PickleValue::Opaque(name)),
                _ => None,
            },
            (Global::Makes(what), _) => Some(PickleValue::Other(what)),
            _ => None,
        };
        self.push(made.ok_or_else(|| malformed("builds a tensor or dict of what makes none"))?)
    }

    /// What a dict is made of: another one, or a list of pairs.
    fn entries(&self, of: Id) -> Option<Vec<(Id, Id)>> {
        match &self.values[of] {
            PickleValue::Dict(entries) => Some(entries.clone()),
            PickleValue::List(pairs) => {
                let pair = |&pair: &Id| match &self.values[pair] {
                    PickleValue::List(pair) | PickleValue::Tuple(pair) => match *pair.as_slice() {
                        [key, value] => Some((key, value)),
                        _ => None,
                    },
                    _ => None,
                };
                pairs.iter().map(pair).collect()
            }
            _ => None,
        }
    }

    /// A tensor over a storage: of its element type, or over plain bytes of the type that is given.
    fn view(
        &self,
        storage: Id,
        offset: Id,
        shape: Id,
        strides: Id,
        kind: Option<ElementKind>,
    ) -> Option<StorageView<'a>> {
        let &PickleValue::Storage(storage) = &self.values[storage] else { return None };
        let storage = kind.map_or(storage, |kind| {
            let bytes = storage.elements.saturating_mul(storage.kind.bytes() as u64);
            Storage { kind, elements: bytes / kind.bytes() as u64, ..storage }
        });
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
        // Before 1.6 a class of modules stood with its source.
        if let PickleValue::Tuple(parts) = &self.values[id]
            && let [what, class, ..] = *parts.as_slice()
            && matches!(self.values[what], PickleValue::Text("module"))
        {
            self.stack.push(class);
            return Ok(());
        }
        let storage =
            self.storage(id).ok_or_else(|| malformed("points outside itself at what is no storage"))?;
        self.push(PickleValue::Storage(storage))
    }

    /// `('storage', torch.FloatStorage, '0', 'cpu', 480)`: a storage by the name of its file.
    fn storage(&self, id: Id) -> Option<Storage<'a>> {
        let PickleValue::Tuple(parts) = &self.values[id] else { return None };
        // Before 1.6 there was one more, for a view of another storage.
        let [what, class, key, _, elements, ..] = *parts.as_slice() else { return None };
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
