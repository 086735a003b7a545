//! `try` and `with` as instructions.

use ruff_python_ast::{self as ast, ExceptHandler, Stmt};
use ruff_text_size::Ranged;

use super::code::Op;
use super::compile::{Around, C, Compiler};

impl<'a> Compiler<'a> {
    pub(super) fn try_statement(&mut self, it: &'a ast::StmtTry) -> C<()> {
        if it.is_star {
            return self.refuse("except*", it.range);
        }
        if it.finalbody.is_empty() {
            return self.handlers(it);
        }
        let handler = self.emit(Op::Try(0));
        self.around(Around::Finally(&it.finalbody), |c| c.handlers(it))?;
        self.emit(Op::PopBlock);
        self.body(&it.finalbody)?;
        let end = self.emit(Op::Jump(0));
        self.patch(handler);
        self.emit(Op::PushExc);
        let failed = self.emit(Op::Try(0));
        self.around(Around::Handler(None), |c| c.body(&it.finalbody))?;
        self.emit(Op::PopBlock);
        self.emit(Op::LoadExc);
        self.emit(Op::PopExc);
        self.emit(Op::Throw);
        self.patch(failed);
        self.emit(Op::PopExc);
        self.emit(Op::Throw);
        self.patch(end);
        Ok(())
    }

    fn handlers(&mut self, it: &'a ast::StmtTry) -> C<()> {
        if it.handlers.is_empty() {
            return self.body(&it.body);
        }
        let handler = self.emit(Op::Try(0));
        self.around(Around::Try, |c| c.body(&it.body))?;
        self.emit(Op::PopBlock);
        self.body(&it.orelse)?;
        let mut ends = vec![self.emit(Op::Jump(0))];
        self.patch(handler);
        self.emit(Op::PushExc);
        for ExceptHandler::ExceptHandler(clause) in &it.handlers {
            let mut next = None;
            if let Some(kind) = &clause.type_ {
                self.at(kind.range());
                self.expression(kind)?;
                self.emit(Op::ExcMatch);
                next = Some(self.emit(Op::JumpIfFalse(0)));
            }
            let name = clause.name.as_ref().map(ast::Identifier::as_str);
            if let Some(name) = name {
                self.emit(Op::LoadExc);
                self.store(name);
            }
            let failed = self.emit(Op::Try(0));
            self.around(Around::Handler(name), |c| c.body(&clause.body))?;
            self.emit(Op::PopBlock);
            self.emit(Op::PopExc);
            self.forget(name);
            ends.push(self.emit(Op::Jump(0)));
            self.patch(failed);
            self.emit(Op::PopExc);
            self.forget(name);
            self.emit(Op::Throw);
            if let Some(jump) = next {
                self.patch(jump);
            }
        }
        self.emit(Op::LoadExc);
        self.emit(Op::PopExc);
        self.emit(Op::Throw);
        for jump in ends {
            self.patch(jump);
        }
        Ok(())
    }

    pub(super) fn with_items(&mut self, items: &'a [ast::WithItem], body: &'a [Stmt]) -> C<()> {
        let Some((item, rest)) = items.split_first() else { return self.body(body) };
        self.expression(&item.context_expr)?;
        self.emit(Op::Enter);
        let handler = self.emit(Op::TryWith(0));
        // What was entered lies above the way out, and is gone before an exception can be caught.
        self.around(Around::With, |c| {
            match &item.optional_vars {
                Some(target) => c.assign(target)?,
                None => {
                    c.emit(Op::Pop);
                }
            }
            c.with_items(rest, body)
        })?;
        self.emit(Op::PopBlock);
        self.emit(Op::Exit);
        let end = self.emit(Op::Jump(0));
        self.patch(handler);
        self.emit(Op::PushExc);
        self.emit(Op::ExitWithExc);
        let swallowed = self.emit(Op::JumpIfTrue(0));
        self.emit(Op::LoadExc);
        self.emit(Op::PopExc);
        self.emit(Op::Throw);
        self.patch(swallowed);
        self.emit(Op::PopExc);
        self.patch(end);
        Ok(())
    }
}
