//! From the tree to instructions: scopes, statements, functions and classes.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::code::{Binary, CodeObject, CodeParameters, Name, Op};
use super::scope::{Home, ScopeKind, Scopes};
use super::{Purpose, SyntaxFault};
use crate::value::Object;

/// What must be left in order by `return`, `break` and `continue`.
#[derive(Clone)]
pub(super) enum Around<'a> {
    /// Where `continue` goes, and whether an iterator is on the stack; its breaks are patched.
    Loop {
        start: u32,
        has_iterator: bool,
    },
    Try,
    /// A handler's body: a block, an exception at hand, perhaps a name.
    Handler(Option<&'a str>),
    Finally(&'a [Stmt]),
    With,
}

pub(super) struct UnitUnderWay<'a> {
    pub scope: usize,
    pub code: CodeObject,
    pub around: Vec<Around<'a>>,
    pub breaks: Vec<Vec<usize>>,
    locals: HashMap<String, u32>,
    names: HashMap<String, u32>,
    pub line: u32,
}

pub(super) struct Compiler<'a> {
    pub scopes: &'a Scopes,
    pub lines: &'a Lines,
    pub units: Vec<UnitUnderWay<'a>>,
    pub purpose: Purpose,
    /// Whether a comprehension's own names are assigned, which are nobody's business.
    pub in_comprehension: bool,
}

/// Where lines begin.
pub struct Lines(Vec<u32>);

impl Lines {
    pub fn new(source: &str) -> Self {
        let ends = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(i, _)| i as u32 + 1);
        Lines(std::iter::once(0).chain(ends).collect())
    }

    pub fn of(&self, offset: TextSize) -> u32 {
        self.0.partition_point(|&start| start <= offset.to_u32()) as u32
    }
}

pub(super) type C<T> = Result<T, SyntaxFault>;

impl<'a> Compiler<'a> {
    pub fn module(scopes: &'a Scopes, lines: &'a Lines, body: &'a [Stmt], purpose: Purpose) -> C<CodeObject> {
        let mut compiler = Compiler { scopes, lines, units: Vec::new(), purpose, in_comprehension: false };
        compiler.begin("<module>", 0, None);
        compiler.body(body)?;
        compiler.constant(Object::None);
        compiler.emit(Op::Return);
        Ok(compiler.end())
    }

    pub fn refuse<T>(&self, what: &str, range: TextRange) -> C<T> {
        Err(SyntaxFault::Refused { what: what.to_owned(), line: self.lines.of(range.start()) })
    }

    pub fn error<T>(&self, message: &str, range: TextRange) -> C<T> {
        let line = self.lines.of(range.start());
        Err(SyntaxFault::Error { kind: "SyntaxError", message: message.to_owned(), line })
    }

    pub fn begin(&mut self, name: &str, scope: usize, parameters: Option<&ast::Parameters>) {
        let outer = self.units.last();
        let qualname = match outer {
            None => name.to_owned(),
            Some(unit) if self.scopes.all[unit.scope].kind == ScopeKind::Module => name.to_owned(),
            Some(unit) if self.scopes.all[unit.scope].kind == ScopeKind::Class => {
                format!("{}.{name}", unit.code.qualname)
            }
            Some(unit) => format!("{}.<locals>.{name}", unit.code.qualname),
        };
        let code = CodeObject {
            name: name.into(),
            qualname: qualname.into(),
            ops: Vec::new(),
            lines: Vec::new(),
            constants: Vec::new(),
            names: Vec::new(),
            locals: Vec::new(),
            parameters: CodeParameters::default(),
            cells: Vec::new(),
            free: self.scopes.all[scope].free.iter().map(|name| Rc::from(name.as_str())).collect(),
            is_generator: self.scopes.all[scope].is_generator,
            doc: None,
            of_program: self.purpose.of_program,
        };
        let line = outer.map_or(0, |unit| unit.line);
        let unit = UnitUnderWay {
            scope,
            code,
            around: Vec::new(),
            breaks: Vec::new(),
            locals: HashMap::new(),
            names: HashMap::new(),
            line,
        };
        self.units.push(unit);
        if let Some(parameters) = parameters {
            self.unit().code.parameters = CodeParameters {
                position_only: parameters.posonlyargs.len(),
                positional: parameters.posonlyargs.len() + parameters.args.len(),
                keyword_only: parameters.kwonlyargs.len(),
                has_rest: parameters.vararg.is_some(),
                has_keywords: parameters.kwarg.is_some(),
            };
            let named = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
            for parameter in named {
                self.local(parameter.name());
            }
            for parameter in parameters.vararg.iter().chain(&parameters.kwarg) {
                self.local(&parameter.name);
            }
        }
        let scope = &self.scopes.all[scope];
        for name in &scope.cells {
            let parameter = self.unit().locals.get(name).copied();
            self.unit().code.cells.push((name.as_str().into(), parameter));
        }
    }

    pub fn end(&mut self) -> CodeObject {
        self.units.pop().expect("a unit was begun").code
    }

    pub fn unit(&mut self) -> &mut UnitUnderWay<'a> {
        self.units.last_mut().expect("a unit was begun")
    }

    pub fn emit(&mut self, op: Op) -> usize {
        let unit = self.unit();
        unit.code.ops.push(op);
        let line = unit.line;
        unit.code.lines.push(line);
        unit.code.ops.len() - 1
    }

    pub fn here(&mut self) -> u32 {
        self.unit().code.ops.len() as u32
    }

    /// Lets a jump that was emitted go to here.
    pub fn patch(&mut self, jump: usize) {
        let to = self.here();
        let op = &mut self.unit().code.ops[jump];
        *op = match *op {
            Op::Jump(_) => Op::Jump(to),
            Op::JumpIfFalse(_) => Op::JumpIfFalse(to),
            Op::JumpIfTrue(_) => Op::JumpIfTrue(to),
            Op::JumpIfFalseOrPop(_) => Op::JumpIfFalseOrPop(to),
            Op::JumpIfTrueOrPop(_) => Op::JumpIfTrueOrPop(to),
            Op::ForIter(_) => Op::ForIter(to),
            Op::Try(_) => Op::Try(to),
            Op::TryWith(_) => Op::TryWith(to),
            other => other,
        };
    }

    pub fn at(&mut self, range: TextRange) {
        let line = self.lines.of(range.start());
        self.unit().line = line;
    }

    pub fn constant(&mut self, value: Object) {
        let place = self.constant_place(value);
        self.emit(Op::Const(place));
    }

    pub fn constant_place(&mut self, value: Object) -> u32 {
        let constants = &mut self.unit().code.constants;
        constants.push(value);
        constants.len() as u32 - 1
    }

    fn local(&mut self, name: &str) -> u32 {
        let unit = self.unit();
        if let Some(place) = unit.locals.get(name) {
            return *place;
        }
        let place = unit.code.locals.len() as u32;
        unit.code.locals.push(name.into());
        unit.locals.insert(name.to_owned(), place);
        place
    }

    pub fn name(&mut self, name: &str) -> u32 {
        let unit = self.unit();
        if let Some(place) = unit.names.get(name) {
            return *place;
        }
        let place = unit.code.names.len() as u32;
        unit.code.names.push(Name { text: name.into(), place: Cell::new(u32::MAX) });
        unit.names.insert(name.to_owned(), place);
        place
    }

    fn cell(&mut self, name: &str) -> u32 {
        let code = &self.unit().code;
        let made = code.cells.iter().position(|(cell, _)| &**cell == name);
        let place =
            made.or_else(|| code.free.iter().position(|free| &**free == name).map(|i| code.cells.len() + i));
        place.unwrap_or(0) as u32
    }

    /// A private name of a class has the class's name before it.
    pub fn mangled(&self, name: &str) -> String {
        if name.starts_with("__") && !name.ends_with("__") {
            let class =
                self.units.iter().rev().find(|unit| self.scopes.all[unit.scope].kind == ScopeKind::Class);
            if let Some(class) = class {
                return format!("_{}{name}", class.code.name.trim_start_matches('_'));
            }
        }
        name.to_owned()
    }

    pub fn load(&mut self, name: &str) {
        let scope = self.unit().scope;
        let op = match self.scopes.all[scope].home(name) {
            Home::Fast => Op::LoadFast(self.local(name)),
            Home::Cell => Op::LoadCell(self.cell(name)),
            Home::Global => Op::LoadGlobal(self.name(name)),
            Home::Name => Op::LoadName(self.name(name)),
        };
        self.emit(op);
    }

    pub fn store(&mut self, name: &str) {
        let scope = self.unit().scope;
        let op = match self.scopes.all[scope].home(name) {
            Home::Fast => Op::StoreFast(self.local(name)),
            Home::Cell => Op::StoreCell(self.cell(name)),
            Home::Global => Op::StoreGlobal(self.name(name)),
            Home::Name => Op::StoreName(self.name(name)),
        };
        self.emit(op);
    }

    fn delete(&mut self, name: &str) {
        let scope = self.unit().scope;
        let op = match self.scopes.all[scope].home(name) {
            Home::Fast => Op::DeleteFast(self.local(name)),
            Home::Cell => Op::DeleteCell(self.cell(name)),
            Home::Global => Op::DeleteGlobal(self.name(name)),
            Home::Name => Op::DeleteName(self.name(name)),
        };
        self.emit(op);
    }

    pub fn body(&mut self, body: &'a [Stmt]) -> C<()> {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &'a Stmt) -> C<()> {
        if !self.purpose.counted {
            return self.whole_statement(statement);
        }
        let line = self.lines.of(statement.range().start());
        self.at(statement.range());
        self.emit(Op::Begun(line));
        self.whole_statement(statement)?;
        self.emit(Op::Ended(line));
        Ok(())
    }

    fn whole_statement(&mut self, statement: &'a Stmt) -> C<()> {
        self.at(statement.range());
        match statement {
            Stmt::Expr(it) => {
                self.expression(&it.value)?;
                self.emit(Op::Pop);
            }
            Stmt::Assign(it) => {
                self.expression(&it.value)?;
                for (i, target) in it.targets.iter().enumerate() {
                    if i + 1 < it.targets.len() {
                        self.emit(Op::Dup);
                    }
                    self.assign(target)?;
                }
            }
            Stmt::AugAssign(it) => self.augmented(it)?,
            Stmt::AnnAssign(it) => self.annotated(it)?,
            Stmt::If(it) => self.condition(it)?,
            Stmt::For(it) => {
                if it.is_async {
                    return self.refuse("async", it.range);
                }
                self.expression(&it.iter)?;
                self.emit(Op::GetIter);
                let start = self.here();
                let end = self.emit(Op::ForIter(0));
                self.assign(&it.target)?;
                self.around(Around::Loop { start, has_iterator: true }, |c| c.body(&it.body))?;
                self.at(it.range);
                self.emit(Op::Jump(start));
                self.patch(end);
                self.body(&it.orelse)?;
                self.patch_breaks();
            }
            Stmt::While(it) => {
                let start = self.here();
                self.at(it.range);
                self.expression(&it.test)?;
                let end = self.emit(Op::JumpIfFalse(0));
                self.around(Around::Loop { start, has_iterator: false }, |c| c.body(&it.body))?;
                self.at(it.range);
                self.emit(Op::Jump(start));
                self.patch(end);
                self.body(&it.orelse)?;
                self.patch_breaks();
            }
            Stmt::Break(it) => {
                let Some(at) = self.unit().around.iter().rposition(|a| matches!(a, Around::Loop { .. }))
                else {
                    return self.error("'break' outside loop", it.range);
                };
                self.unwind(at + 1, false)?;
                if let Around::Loop { has_iterator: true, .. } = self.unit().around[at] {
                    self.emit(Op::Pop);
                }
                let jump = self.emit(Op::Jump(0));
                self.unit().breaks.last_mut().expect("a loop has its list").push(jump);
            }
            Stmt::Continue(it) => {
                let Some(at) = self.unit().around.iter().rposition(|a| matches!(a, Around::Loop { .. }))
                else {
                    return self.error("'continue' not properly in loop", it.range);
                };
                self.unwind(at + 1, false)?;
                if let Around::Loop { start, .. } = self.unit().around[at] {
                    self.emit(Op::Jump(start));
                }
            }
            Stmt::Return(it) => {
                let scope = self.unit().scope;
                if self.scopes.all[scope].kind != ScopeKind::Function {
                    return self.error("'return' outside function", it.range);
                }
                match &it.value {
                    Some(value) => self.expression(value)?,
                    None => self.constant(Object::None),
                }
                if self.purpose.noted {
                    self.emit(Op::Dup);
                    let name = self.name("return");
                    self.emit(Op::Note(name));
                }
                if self.purpose.counted {
                    let line = self.lines.of(it.range.start());
                    self.emit(Op::Ended(line));
                }
                self.unwind(0, true)?;
                self.emit(Op::Return);
            }
            Stmt::FunctionDef(it) => self.function(it)?,
            Stmt::ClassDef(it) => self.class(it)?,
            Stmt::Try(it) => self.try_statement(it)?,
            Stmt::With(it) => {
                if it.is_async {
                    return self.refuse("async", it.range);
                }
                self.with_items(&it.items, &it.body)?;
            }
            Stmt::Raise(it) => {
                match (&it.exc, &it.cause) {
                    (None, _) => self.emit(Op::Reraise),
                    (Some(exception), None) => {
                        self.expression(exception)?;
                        self.at(it.range);
                        self.emit(Op::Raise)
                    }
                    (Some(exception), Some(cause)) => {
                        self.expression(exception)?;
                        self.expression(cause)?;
                        self.emit(Op::RaiseFrom)
                    }
                };
            }
            Stmt::Assert(it) => {
                self.expression(&it.test)?;
                let end = self.emit(Op::JumpIfTrue(0));
                let name = self.name("AssertionError");
                self.emit(Op::LoadGlobal(name));
                if let Some(message) = &it.msg {
                    self.expression(message)?;
                    self.emit(Op::Call(1, u16::MAX));
                }
                self.at(it.range);
                self.emit(Op::Raise);
                self.patch(end);
            }
            Stmt::Delete(it) => it.targets.iter().try_for_each(|target| self.delete_target(target))?,
            Stmt::Import(it) => self.import(it),
            Stmt::ImportFrom(it) => self.import_from(it)?,
            Stmt::Match(it) => self.match_statement(it)?,
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) => {}
            Stmt::TypeAlias(it) => return self.refuse("type statements", it.range),
            Stmt::IpyEscapeCommand(it) => return self.refuse("notebook magics", it.range),
        }
        Ok(())
    }

    pub fn around(&mut self, around: Around<'a>, body: impl FnOnce(&mut Self) -> C<()>) -> C<()> {
        if matches!(around, Around::Loop { .. }) {
            self.unit().breaks.push(Vec::new());
        }
        self.unit().around.push(around);
        let result = body(self);
        self.unit().around.pop();
        result
    }

    fn patch_breaks(&mut self) {
        for jump in self.unit().breaks.pop().unwrap_or_default() {
            self.patch(jump);
        }
    }

    /// Leaves everything around that lies further in than `to`; a value to be returned stays on the stack.
    fn unwind(&mut self, to: usize, has_value: bool) -> C<()> {
        let all = self.unit().around.clone();
        for i in (to..all.len()).rev() {
            match &all[i] {
                Around::Loop { has_iterator, .. } => {
                    if *has_iterator {
                        if has_value {
                            self.emit(Op::Rot2);
                        }
                        self.emit(Op::Pop);
                    }
                }
                Around::Try => {
                    self.emit(Op::PopBlock);
                }
                Around::Handler(name) => {
                    self.emit(Op::PopBlock);
                    self.emit(Op::PopExc);
                    self.forget(*name);
                }
                Around::With => {
                    self.emit(Op::PopBlock);
                    if has_value {
                        self.emit(Op::Rot2);
                    }
                    self.emit(Op::Exit);
                }
                Around::Finally(body) => {
                    self.emit(Op::PopBlock);
                    self.unit().around.truncate(i);
                    self.body(body)?;
                }
            }
        }
        self.unit().around = all;
        Ok(())
    }

    /// After a handler its name is gone.
    pub(super) fn forget(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.constant(Object::None);
            self.store(name);
            self.delete(name);
        }
    }

    fn condition(&mut self, it: &'a ast::StmtIf) -> C<()> {
        let mut ends = Vec::new();
        self.expression(&it.test)?;
        let mut next = Some(self.emit(Op::JumpIfFalse(0)));
        self.body(&it.body)?;
        for clause in &it.elif_else_clauses {
            ends.push(self.emit(Op::Jump(0)));
            if let Some(jump) = next.take() {
                self.patch(jump);
            }
            if let Some(test) = &clause.test {
                self.at(test.range());
                self.expression(test)?;
                next = Some(self.emit(Op::JumpIfFalse(0)));
            }
            self.body(&clause.body)?;
        }
        for jump in next.into_iter().chain(ends) {
            self.patch(jump);
        }
        Ok(())
    }

    pub fn assign(&mut self, target: &'a Expr) -> C<()> {
        let shown = match target {
            Expr::Name(name) => Some(name.id.to_string()),
            Expr::Attribute(it) => match &*it.value {
                Expr::Name(object) => Some(format!("{}.{}", object.id, it.attr)),
                _ => None,
            },
            _ => None,
        };
        let shown = shown.filter(|_| self.purpose.noted && !self.in_comprehension);
        if shown.is_some() {
            self.emit(Op::Dup);
        }
        self.stored(target)?;
        if let Some(shown) = shown {
            self.noted(&shown, target.range());
        }
        Ok(())
    }

    /// Notes what is on the stack, under a name, at the line where it is named.
    fn noted(&mut self, shown: &str, range: TextRange) {
        let line = self.unit().line;
        self.at(range);
        let name = self.name(shown);
        self.emit(Op::Note(name));
        self.unit().line = line;
    }

    fn stored(&mut self, target: &'a Expr) -> C<()> {
        match target {
            Expr::Name(name) => self.store(&name.id),
            Expr::Attribute(it) => {
                self.expression(&it.value)?;
                let name = self.mangled(&it.attr);
                let name = self.name(&name);
                self.emit(Op::StoreAttr(name));
            }
            Expr::Subscript(it) => {
                self.expression(&it.value)?;
                self.expression(&it.slice)?;
                self.emit(Op::StoreIndex);
            }
            Expr::Starred(it) => self.assign(&it.value)?,
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                match elts.iter().position(Expr::is_starred_expr) {
                    None => self.emit(Op::Unpack(elts.len() as u32)),
                    Some(star) => self.emit(Op::UnpackStar(star as u16, (elts.len() - star - 1) as u16)),
                };
                elts.iter().try_for_each(|element| self.assign(element))?;
            }
            other => return self.error("cannot assign to expression", other.range()),
        }
        Ok(())
    }

    fn augmented(&mut self, it: &'a ast::StmtAugAssign) -> C<()> {
        let op = Op::InPlace(binary(it.op));
        match &*it.target {
            Expr::Name(name) => {
                self.load(&name.id);
                self.expression(&it.value)?;
                self.at(it.range);
                self.emit(op);
                if self.purpose.noted {
                    self.emit(Op::Dup);
                }
                self.store(&name.id);
                if self.purpose.noted {
                    self.noted(&name.id, it.range);
                }
            }
            Expr::Attribute(target) => {
                self.expression(&target.value)?;
                let name = self.mangled(&target.attr);
                let name = self.name(&name);
                self.emit(Op::Dup);
                self.emit(Op::Attr(name));
                self.expression(&it.value)?;
                self.emit(op);
                self.emit(Op::Rot2);
                self.emit(Op::StoreAttr(name));
            }
            Expr::Subscript(target) => {
                self.expression(&target.value)?;
                self.expression(&target.slice)?;
                self.emit(Op::Dup2);
                self.emit(Op::Index);
                self.expression(&it.value)?;
                self.emit(op);
                self.emit(Op::Rot3);
                self.emit(Op::StoreIndex);
            }
            other => return self.error("illegal expression for augmented assignment", other.range()),
        }
        Ok(())
    }

    /// The fields of a class are what its `__annotations__` list: names and types in their order.
    fn annotated(&mut self, it: &'a ast::StmtAnnAssign) -> C<()> {
        if let Some(value) = &it.value {
            self.expression(value)?;
            self.assign(&it.target)?;
        }
        let scope = self.unit().scope;
        if let (ScopeKind::Class, Expr::Name(name)) = (self.scopes.all[scope].kind, &*it.target) {
            let annotations = self.name("__annotations__");
            self.emit(Op::LoadName(annotations));
            self.constant(Object::str(name.id.as_str()));
            self.expression(&it.annotation)?;
            self.emit(Op::MapAdd(1));
            self.emit(Op::Pop);
        }
        Ok(())
    }

    fn delete_target(&mut self, target: &'a Expr) -> C<()> {
        match target {
            Expr::Name(name) => self.delete(&name.id),
            Expr::Attribute(it) => {
                self.expression(&it.value)?;
                let name = self.mangled(&it.attr);
                let name = self.name(&name);
                self.emit(Op::DeleteAttr(name));
            }
            Expr::Subscript(it) => {
                self.expression(&it.value)?;
                self.expression(&it.slice)?;
                self.emit(Op::DeleteIndex);
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                elts.iter().try_for_each(|element| self.delete_target(element))?;
            }
            other => return self.error("cannot delete expression", other.range()),
        }
        Ok(())
    }

    fn import(&mut self, it: &'a ast::StmtImport) {
        for alias in &it.names {
            let name = self.name(&alias.name);
            self.emit(Op::Import(name));
            let mut parts = alias.name.split('.');
            let first = parts.next().unwrap_or_default();
            if let Some(as_name) = &alias.asname {
                for part in parts {
                    let part = self.name(part);
                    self.emit(Op::Attr(part));
                }
                self.store(as_name);
            } else {
                self.store(first);
            }
        }
    }

    fn import_from(&mut self, it: &'a ast::StmtImportFrom) -> C<()> {
        let module = match &it.module {
            Some(module) if it.level == 0 => module,
            _ => return self.refuse("imports from the same folder", it.range),
        };
        if module.as_str() == "__future__" {
            return Ok(());
        }
        let mut parts = module.split('.');
        let name = self.name(module);
        self.emit(Op::Import(name));
        parts.next();
        for part in parts {
            let part = self.name(part);
            self.emit(Op::Attr(part));
        }
        for alias in &it.names {
            if alias.name.as_str() == "*" {
                self.emit(Op::ImportStar);
                return Ok(());
            }
            self.emit(Op::Dup);
            let name = self.name(&alias.name);
            self.emit(Op::ImportFrom(name));
            self.store(alias.asname.as_ref().unwrap_or(&alias.name));
        }
        self.emit(Op::Pop);
        Ok(())
    }

    /// Pushes the cells that an inner code takes from here, as a tuple.
    pub fn closure(&mut self, inner: &CodeObject) {
        for name in &inner.free {
            let place = self.cell(name);
            self.emit(Op::PushCell(place));
        }
        self.emit(Op::BuildTuple(inner.free.len() as u32));
    }

    /// Pushes what `def` evaluates at once, and then the function.
    pub fn make(&mut self, parameters: Option<&'a ast::Parameters>, inner: CodeObject) -> C<()> {
        let (mut positional, mut keyword) = (0, 0);
        if let Some(parameters) = parameters {
            for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
                if let Some(default) = parameter.default() {
                    self.expression(default)?;
                    positional += 1;
                }
            }
        }
        self.emit(Op::BuildTuple(positional));
        if let Some(parameters) = parameters {
            for parameter in &parameters.kwonlyargs {
                match parameter.default() {
                    Some(default) => self.expression(default)?,
                    None => self.constant(Object::Undefined),
                }
                keyword += 1;
            }
        }
        self.emit(Op::BuildTuple(keyword));
        self.closure(&inner);
        let place = self.constant_place(Object::Code(Rc::new(inner)));
        self.emit(Op::MakeFunction(place));
        Ok(())
    }

    fn function(&mut self, it: &'a ast::StmtFunctionDef) -> C<()> {
        if it.is_async {
            return self.refuse("async", it.range);
        }
        for decorator in &it.decorator_list {
            self.expression(&decorator.expression)?;
        }
        self.at(it.name.range());
        let scope = self.scopes.by_range[&it.range];
        let name = it.name.as_str();
        self.begin(name, scope, Some(&it.parameters));
        self.unit().code.doc = docstring(&it.body);
        self.body(&it.body)?;
        self.constant(Object::None);
        self.emit(Op::Return);
        let inner = self.end();
        self.make(Some(&it.parameters), inner)?;
        for _ in &it.decorator_list {
            self.emit(Op::Call(1, u16::MAX));
        }
        let name = self.mangled(name);
        self.store(&name);
        Ok(())
    }

    fn class(&mut self, it: &'a ast::StmtClassDef) -> C<()> {
        for decorator in &it.decorator_list {
            self.expression(&decorator.expression)?;
        }
        let scope = self.scopes.by_range[&it.range];
        self.begin(&it.name, scope, None);
        self.emit(Op::BuildDict(0));
        let annotations = self.name("__annotations__");
        self.emit(Op::StoreName(annotations));
        let doc = docstring(&it.body);
        if let Some(doc) = doc {
            self.constant(Object::Str(doc));
            let name = self.name("__doc__");
            self.emit(Op::StoreName(name));
        }
        self.body(&it.body)?;
        self.constant(Object::None);
        self.emit(Op::Return);
        let inner = self.end();
        self.make(None, inner)?;
        let mut bases = 0;
        if let Some(arguments) = &it.arguments {
            for base in &arguments.args {
                self.expression(base)?;
                bases += 1;
            }
        }
        self.emit(Op::BuildTuple(bases));
        let mut keywords = 0;
        if let Some(arguments) = &it.arguments {
            for keyword in &arguments.keywords {
                let Some(name) = &keyword.arg else {
                    return self.refuse("** in the bases of a class", it.range);
                };
                self.constant(Object::str(name.as_str()));
                self.expression(&keyword.value)?;
                keywords += 1;
            }
        }
        self.emit(Op::BuildDict(keywords));
        let name = self.name(&it.name);
        self.emit(Op::BuildClass(name));
        for _ in &it.decorator_list {
            self.emit(Op::Call(1, u16::MAX));
        }
        self.store(&it.name);
        Ok(())
    }
}

fn docstring(body: &[Stmt]) -> Option<Rc<str>> {
    match body.first() {
        Some(Stmt::Expr(ast::StmtExpr { value, .. })) => match &**value {
            Expr::StringLiteral(text) => Some(Rc::from(text.value.to_str())),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn binary(op: ast::Operator) -> Binary {
    match op {
        ast::Operator::Add => Binary::Add,
        ast::Operator::Sub => Binary::Sub,
        ast::Operator::Mult => Binary::Mul,
        ast::Operator::MatMult => Binary::MatMul,
        ast::Operator::Div => Binary::Div,
        ast::Operator::Mod => Binary::Mod,
        ast::Operator::Pow => Binary::Pow,
        ast::Operator::LShift => Binary::LShift,
        ast::Operator::RShift => Binary::RShift,
        ast::Operator::BitOr => Binary::Or,
        ast::Operator::BitXor => Binary::Xor,
        ast::Operator::BitAnd => Binary::And,
        ast::Operator::FloorDiv => Binary::FloorDiv,
    }
}
