//! A call under way.

use std::rc::Rc;

use crate::syntax::code::CodeObject;
use crate::value::{Instance, Namespace, Object, PyFunction, Variable};

/// Where to go on when something is raised, with so much of the stack.
#[derive(Clone, Copy)]
pub struct Block {
    pub handler: u32,
    pub depth: u32,
}

pub struct Frame {
    pub code: Rc<CodeObject>,
    pub function: Option<Rc<PyFunction>>,
    pub globals: Rc<Namespace>,
    /// A class body's own names.
    pub own: Option<Rc<Namespace>>,
    pub pc: usize,
    pub stack: Vec<Object>,
    pub locals: Vec<Object>,
    pub cells: Vec<Variable>,
    pub blocks: Vec<Block>,
    /// The exceptions being handled, the innermost last.
    pub handled: Vec<Rc<Instance>>,
}

impl Frame {
    pub fn new(code: Rc<CodeObject>, globals: Rc<Namespace>) -> Self {
        let locals = vec![Object::Undefined; code.locals.len()];
        Frame {
            code,
            function: None,
            globals,
            own: None,
            pc: 0,
            stack: Vec::with_capacity(8),
            locals,
            cells: Vec::new(),
            blocks: Vec::new(),
            handled: Vec::new(),
        }
    }

    /// Makes the cells, with the parameters that begin in one, and takes those of the closure.
    pub fn open_cells(&mut self, closure: &[Variable]) {
        let code = self.code.clone();
        self.cells = code
            .cells
            .iter()
            .map(|(_, parameter)| {
                let value = parameter.map_or(Object::Undefined, |place| self.locals[place as usize].clone());
                Variable::new(value.into())
            })
            .chain(closure.iter().cloned())
            .collect();
    }

    /// The line that runs.
    pub fn line(&self) -> u32 {
        self.code.lines.get(self.pc.saturating_sub(1)).copied().unwrap_or(0)
    }
}
