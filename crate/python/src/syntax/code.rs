//! What the interpreter runs: a list of instructions for each function, each with its line.

use std::cell::Cell;
use std::rc::Rc;

use crate::value::Object;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binary {
    Add,
    Sub,
    Mul,
    MatMul,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    Or,
    Xor,
    And,
    FloorDiv,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unary {
    Neg,
    Pos,
    Invert,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compare {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// An instruction; what it takes from the stack is noted from below to above.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    Const(u32),
    LoadFast(u32),
    StoreFast(u32),
    DeleteFast(u32),
    LoadGlobal(u32),
    StoreGlobal(u32),
    DeleteGlobal(u32),
    LoadName(u32),
    StoreName(u32),
    DeleteName(u32),
    LoadCell(u32),
    StoreCell(u32),
    DeleteCell(u32),
    /// The cell itself, for a closure.
    PushCell(u32),
    Pop,
    Dup,
    Dup2,
    Rot2,
    Rot3,
    Binary(Binary),
    InPlace(Binary),
    Unary(Unary),
    Not,
    Compare(Compare),
    Jump(u32),
    JumpIfFalse(u32),
    JumpIfTrue(u32),
    JumpIfFalseOrPop(u32),
    JumpIfTrueOrPop(u32),
    GetIter,
    /// Pushes the next item, or pops the iterator and jumps.
    ForIter(u32),
    BuildTuple(u32),
    BuildList(u32),
    BuildSet(u32),
    BuildDict(u32),
    BuildSlice,
    BuildString(u32),
    /// Container at this depth below the item.
    ListAppend(u32),
    SetAdd(u32),
    MapAdd(u32),
    ListExtend,
    SetUpdate,
    DictUpdate,
    /// As `DictUpdate`, for the keywords of a call.
    DictMerge,
    ListToTuple,
    Attr(u32),
    StoreAttr(u32),
    DeleteAttr(u32),
    Index,
    StoreIndex,
    DeleteIndex,
    Unpack(u32),
    /// Before and after the star.
    UnpackStar(u16, u16),
    /// Positional arguments; the names of keywords are a constant tuple, or `u16::MAX`.
    Call(u16, u16),
    /// Callable, list of positional arguments, dict of keywords.
    CallMany,
    /// Defaults (a tuple), keyword defaults (a tuple), then the cells (a tuple).
    MakeFunction(u32),
    /// Body function, bases, keywords.
    BuildClass(u32),
    Return,
    Yield,
    YieldFrom,
    Try(u32),
    /// The same below the value on top.
    TryWith(u32),
    PopBlock,
    PushExc,
    LoadExc,
    PopExc,
    /// Class to be compared with the exception at hand.
    ExcMatch,
    Raise,
    RaiseFrom,
    Reraise,
    /// Raises what is on the stack, unchanged.
    Throw,
    Enter,
    Exit,
    /// Exits with the exception at hand; pushes whether it is swallowed.
    ExitWithExc,
    Import(u32),
    ImportFrom(u32),
    ImportStar,
    /// 0, or the conversion's letter.
    Format(u8),
    FormatSpec(u8),
    MatchSequence(u16, u16),
    MatchMapping,
    /// Subject and keys: a tuple of values, or None.
    MatchKeys,
    /// Subject without the keys, as a dict.
    MatchRest,
    /// What was assigned, under this name; only in a program that is traced.
    Note(u32),
    /// The statement of this line begins, and ends.
    Begun(u32),
    Ended(u32),
    /// Class and keyword names are above the subject; so many patterns by position.
    MatchClass(u32),
}

/// A name that a function reads by: its place in the globals, once known.
pub struct Name {
    pub text: Rc<str>,
    pub place: Cell<u32>,
}

/// The parameters of a function, which are its first locals.
#[derive(Default)]
pub struct CodeParameters {
    /// Those by position only are the first of `positional`.
    pub position_only: usize,
    pub positional: usize,
    pub keyword_only: usize,
    pub has_rest: bool,
    pub has_keywords: bool,
}

pub struct CodeObject {
    pub name: Rc<str>,
    pub qualname: Rc<str>,
    pub ops: Vec<Op>,
    pub lines: Vec<u32>,
    pub constants: Vec<Object>,
    pub names: Vec<Name>,
    pub locals: Vec<Rc<str>>,
    pub parameters: CodeParameters,
    /// Cells that it makes, with the parameter that begins in each; then those that it is handed.
    pub cells: Vec<(Rc<str>, Option<u32>)>,
    pub free: Vec<Rc<str>>,
    pub is_generator: bool,
    pub doc: Option<Rc<str>>,
    /// Whether the program wrote it, and not the library.
    pub of_program: bool,
}

impl CodeObject {
    /// Forgets where names stood in the globals of another run, here and in all functions within.
    pub fn forget_places(&self) {
        self.names.iter().for_each(|name| name.place.set(u32::MAX));
        for constant in &self.constants {
            if let Object::Code(inner) = constant {
                inner.forget_places();
            }
        }
    }
}
