//! Expressions, comprehensions and patterns as instructions.

use num_bigint::BigInt;
use ruff_python_ast::{
    self as ast, BoolOp, CmpOp, ConversionFlag, Expr, Number, Pattern, Singleton, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange};

use super::code::{Compare, Op, Unary};
use super::compile::{C, Compiler, binary};
use crate::value::Object;

impl<'a> Compiler<'a> {
    pub(super) fn expression(&mut self, expression: &'a Expr) -> C<()> {
        let outer = self.unit().line;
        match expression {
            Expr::Name(it) => {
                self.at(it.range);
                self.load(&it.id);
            }
            Expr::NumberLiteral(it) => {
                let value = match &it.value {
                    Number::Float(number) => Object::Float(*number),
                    Number::Int(number) => match number.as_i64() {
                        Some(small) => Object::Int(small),
                        None => Object::big(big(&number.to_string())),
                    },
                    Number::Complex { .. } => return self.refuse("complex numbers", it.range),
                };
                self.constant(value);
            }
            Expr::StringLiteral(it) => self.constant(Object::str(it.value.to_str())),
            Expr::BytesLiteral(it) => {
                let bytes: Vec<u8> = it.value.iter().flat_map(|part| part.value.iter().copied()).collect();
                self.constant(Object::Bytes(bytes.into()));
            }
            Expr::BooleanLiteral(it) => self.constant(Object::Bool(it.value)),
            Expr::NoneLiteral(_) => self.constant(Object::None),
            Expr::EllipsisLiteral(_) => self.constant(Object::Ellipsis),
            Expr::FString(it) => self.f_string(it)?,
            Expr::Attribute(it) => {
                self.expression(&it.value)?;
                self.at(it.attr.range());
                let name = self.mangled(&it.attr);
                let name = self.name(&name);
                self.emit(Op::Attr(name));
            }
            Expr::Subscript(it) => {
                self.expression(&it.value)?;
                self.expression(&it.slice)?;
                self.at(it.range);
                self.emit(Op::Index);
            }
            Expr::Slice(it) => {
                for part in [&it.lower, &it.upper, &it.step] {
                    match part {
                        Some(part) => self.expression(part)?,
                        None => self.constant(Object::None),
                    }
                }
                self.emit(Op::BuildSlice);
            }
            Expr::Call(it) => self.call(it)?,
            Expr::BinOp(it) => {
                self.expression(&it.left)?;
                self.expression(&it.right)?;
                self.at(it.range);
                self.emit(Op::Binary(binary(it.op)));
            }
            Expr::UnaryOp(it) => {
                self.expression(&it.operand)?;
                self.at(it.range);
                self.emit(match it.op {
                    UnaryOp::Not => Op::Not,
                    UnaryOp::USub => Op::Unary(Unary::Neg),
                    UnaryOp::UAdd => Op::Unary(Unary::Pos),
                    UnaryOp::Invert => Op::Unary(Unary::Invert),
                });
            }
            Expr::BoolOp(it) => {
                let mut ends = Vec::new();
                for (i, value) in it.values.iter().enumerate() {
                    self.expression(value)?;
                    if i + 1 < it.values.len() {
                        ends.push(self.emit(match it.op {
                            BoolOp::And => Op::JumpIfFalseOrPop(0),
                            BoolOp::Or => Op::JumpIfTrueOrPop(0),
                        }));
                    }
                }
                for jump in ends {
                    self.patch(jump);
                }
            }
            Expr::Compare(it) => self.comparison(it)?,
            Expr::If(it) => {
                self.expression(&it.test)?;
                let other = self.emit(Op::JumpIfFalse(0));
                self.expression(&it.body)?;
                let end = self.emit(Op::Jump(0));
                self.patch(other);
                self.expression(&it.orelse)?;
                self.patch(end);
            }
            Expr::Tuple(it) => {
                if it.elts.iter().any(Expr::is_starred_expr) {
                    self.starred_list(&it.elts)?;
                    self.emit(Op::ListToTuple);
                } else {
                    it.elts.iter().try_for_each(|element| self.expression(element))?;
                    self.emit(Op::BuildTuple(it.elts.len() as u32));
                }
            }
            Expr::List(it) => {
                if it.elts.iter().any(Expr::is_starred_expr) {
                    self.starred_list(&it.elts)?;
                } else {
                    it.elts.iter().try_for_each(|element| self.expression(element))?;
                    self.emit(Op::BuildList(it.elts.len() as u32));
                }
            }
            Expr::Set(it) => {
                self.emit(Op::BuildSet(0));
                for element in &it.elts {
                    if let Expr::Starred(star) = element {
                        self.expression(&star.value)?;
                        self.emit(Op::SetUpdate);
                    } else {
                        self.expression(element)?;
                        self.emit(Op::SetAdd(1));
                    }
                }
            }
            Expr::Dict(it) => {
                self.emit(Op::BuildDict(0));
                for item in &it.items {
                    if let Some(key) = &item.key {
                        self.expression(key)?;
                        self.expression(&item.value)?;
                        self.emit(Op::MapAdd(1));
                    } else {
                        self.expression(&item.value)?;
                        self.emit(Op::DictUpdate);
                    }
                }
            }
            Expr::Lambda(it) => {
                let scope = self.scopes.by_range[&it.range];
                self.begin("<lambda>", scope, it.parameters.as_deref());
                self.expression(&it.body)?;
                self.emit(Op::Return);
                let inner = self.end();
                self.make(it.parameters.as_deref(), inner)?;
            }
            Expr::ListComp(it) => {
                self.comprehension(
                    it.range,
                    "<listcomp>",
                    &it.generators,
                    Some(Op::BuildList(0)),
                    |c, depth| {
                        c.expression(&it.elt)?;
                        c.emit(Op::ListAppend(depth + 1));
                        Ok(())
                    },
                )?;
            }
            Expr::SetComp(it) => {
                self.comprehension(
                    it.range,
                    "<setcomp>",
                    &it.generators,
                    Some(Op::BuildSet(0)),
                    |c, depth| {
                        c.expression(&it.elt)?;
                        c.emit(Op::SetAdd(depth + 1));
                        Ok(())
                    },
                )?;
            }
            Expr::DictComp(it) => {
                let Some(key) = it.key.as_deref() else {
                    return self.refuse("** in a comprehension", it.range);
                };
                self.comprehension(
                    it.range,
                    "<dictcomp>",
                    &it.generators,
                    Some(Op::BuildDict(0)),
                    |c, depth| {
                        c.expression(key)?;
                        c.expression(&it.value)?;
                        c.emit(Op::MapAdd(depth + 1));
                        Ok(())
                    },
                )?;
            }
            Expr::Generator(it) => {
                self.comprehension(it.range, "<genexpr>", &it.generators, None, |c, _| {
                    c.expression(&it.elt)?;
                    c.emit(Op::Yield);
                    c.emit(Op::Pop);
                    Ok(())
                })?;
            }
            Expr::Named(it) => {
                self.expression(&it.value)?;
                self.emit(Op::Dup);
                self.assign(&it.target)?;
            }
            Expr::Yield(it) => {
                match &it.value {
                    Some(value) => self.expression(value)?,
                    None => self.constant(Object::None),
                }
                self.emit(Op::Yield);
            }
            Expr::YieldFrom(it) => {
                self.expression(&it.value)?;
                self.emit(Op::GetIter);
                self.constant(Object::None);
                self.emit(Op::YieldFrom);
            }
            Expr::Starred(it) => return self.error("can't use starred expression here", it.range),
            Expr::Await(it) => return self.refuse("await", it.range),
            Expr::TString(it) => return self.refuse("t-strings", it.range),
            Expr::IpyEscapeCommand(it) => return self.refuse("notebook magics", it.range),
        }
        self.unit().line = outer;
        Ok(())
    }

    fn starred_list(&mut self, elements: &'a [Expr]) -> C<()> {
        self.emit(Op::BuildList(0));
        for element in elements {
            if let Expr::Starred(star) = element {
                self.expression(&star.value)?;
                self.emit(Op::ListExtend);
            } else {
                self.expression(element)?;
                self.emit(Op::ListAppend(1));
            }
        }
        Ok(())
    }

    fn call(&mut self, it: &'a ast::ExprCall) -> C<()> {
        self.expression(&it.func)?;
        let arguments = &it.arguments;
        let many = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        if many {
            self.starred_list(&arguments.args)?;
            self.emit(Op::BuildDict(0));
            for keyword in &arguments.keywords {
                if let Some(name) = &keyword.arg {
                    self.constant(Object::str(name.as_str()));
                    self.expression(&keyword.value)?;
                    self.emit(Op::MapAdd(1));
                } else {
                    self.expression(&keyword.value)?;
                    self.emit(Op::DictMerge);
                }
            }
            self.call_line(it);
            self.emit(Op::CallMany);
            return Ok(());
        }
        for argument in &arguments.args {
            self.expression(argument)?;
        }
        let mut names = Vec::new();
        for keyword in &arguments.keywords {
            let name = keyword.arg.as_ref().map(ast::Identifier::as_str).unwrap_or_default();
            if names.iter().any(|other: &Object| other.as_str().is_some_and(|other| &**other == name)) {
                return self.error(&format!("keyword argument repeated: {name}"), keyword.range);
            }
            names.push(Object::str(name));
            self.expression(&keyword.value)?;
        }
        let keywords =
            if names.is_empty() { u16::MAX } else { self.constant_place(Object::tuple(names)) as u16 };
        self.call_line(it);
        self.emit(Op::Call(arguments.args.len() as u16, keywords));
        Ok(())
    }

    /// A call of a method stands, for Python, where the method's name does.
    fn call_line(&mut self, it: &'a ast::ExprCall) {
        match &*it.func {
            Expr::Attribute(attribute) => self.at(attribute.attr.range()),
            _ => self.at(it.range()),
        }
    }

    fn comparison(&mut self, it: &'a ast::ExprCompare) -> C<()> {
        self.expression(&it.left)?;
        let last = it.ops.len() - 1;
        let mut ends = Vec::new();
        for (i, (op, right)) in it.ops.iter().zip(&it.comparators).enumerate() {
            self.expression(right)?;
            if i < last {
                self.emit(Op::Dup);
                self.emit(Op::Rot3);
            }
            self.at(it.range);
            self.emit(Op::Compare(comparison(*op)));
            if i < last {
                ends.push(self.emit(Op::JumpIfFalseOrPop(0)));
            }
        }
        if !ends.is_empty() {
            let end = self.emit(Op::Jump(0));
            for jump in ends {
                self.patch(jump);
            }
            self.emit(Op::Rot2);
            self.emit(Op::Pop);
            self.patch(end);
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        range: TextRange,
        name: &str,
        generators: &'a [ast::Comprehension],
        container: Option<Op>,
        element: impl FnOnce(&mut Self, u32) -> C<()>,
    ) -> C<()> {
        let scope = self.scopes.by_range[&range];
        let first = &generators[0];
        if generators.iter().any(|generator| generator.is_async) {
            return self.refuse("async", range);
        }
        self.begin(name, scope, None);
        self.unit().code.parameters.positional = 1;
        self.unit().code.locals.push(".0".into());
        self.unit().code.is_generator |= container.is_none();
        let made = container.is_some();
        if let Some(op) = container {
            self.emit(op);
        }
        let mut loops = Vec::new();
        for (i, generator) in generators.iter().enumerate() {
            if i == 0 {
                self.emit(Op::LoadFast(0));
            } else {
                self.expression(&generator.iter)?;
                self.emit(Op::GetIter);
            }
            let start = self.here();
            let end = self.emit(Op::ForIter(0));
            let outer = std::mem::replace(&mut self.in_comprehension, true);
            self.assign(&generator.target)?;
            self.in_comprehension = outer;
            for condition in &generator.ifs {
                self.expression(condition)?;
                self.emit(Op::JumpIfFalse(start));
            }
            loops.push((start, end));
        }
        element(self, loops.len() as u32)?;
        for (start, end) in loops.into_iter().rev() {
            self.emit(Op::Jump(start));
            self.patch(end);
        }
        if !made {
            self.constant(Object::None);
        }
        self.emit(Op::Return);
        let inner = self.end();
        self.make(None, inner)?;
        self.expression(&first.iter)?;
        self.emit(Op::GetIter);
        self.emit(Op::Call(1, u16::MAX));
        Ok(())
    }

    fn f_string(&mut self, it: &'a ast::ExprFString) -> C<()> {
        let mut parts = 0;
        for part in &it.value {
            match part {
                ast::FStringPart::Literal(text) => {
                    self.constant(Object::str(&text.value));
                    parts += 1;
                }
                ast::FStringPart::FString(inner) => parts += self.elements(&inner.elements)?,
            }
        }
        self.emit(Op::BuildString(parts));
        Ok(())
    }

    fn elements(&mut self, elements: &'a [ast::InterpolatedStringElement]) -> C<u32> {
        let mut parts = 0;
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(text) => {
                    self.constant(Object::str(&text.value));
                    parts += 1;
                }
                ast::InterpolatedStringElement::Interpolation(inner) => {
                    let mut conversion = match inner.conversion {
                        ConversionFlag::None => 0,
                        ConversionFlag::Str => b's',
                        ConversionFlag::Ascii => b'a',
                        ConversionFlag::Repr => b'r',
                    };
                    if let Some(debug) = &inner.debug_text {
                        self.constant(Object::str(debug.as_str()));
                        parts += 1;
                        if conversion == 0 && inner.format_spec.is_none() {
                            conversion = b'r';
                        }
                    }
                    self.expression(&inner.expression)?;
                    match &inner.format_spec {
                        None => self.emit(Op::Format(conversion)),
                        Some(spec) => {
                            let count = self.elements(&spec.elements)?;
                            self.emit(Op::BuildString(count));
                            self.emit(Op::FormatSpec(conversion))
                        }
                    };
                    parts += 1;
                }
            }
        }
        Ok(parts)
    }

    pub(super) fn match_statement(&mut self, it: &'a ast::StmtMatch) -> C<()> {
        self.expression(&it.subject)?;
        let mut ends = Vec::new();
        for case in &it.cases {
            self.at(case.pattern.range());
            self.emit(Op::Dup);
            let mut fails = Vec::new();
            self.pattern(&case.pattern, 0, &mut fails)?;
            if let Some(guard) = &case.guard {
                self.expression(guard)?;
                fails.push((self.emit(Op::JumpIfFalse(0)), 0));
            }
            self.emit(Op::Pop);
            self.body(&case.body)?;
            ends.push(self.emit(Op::Jump(0)));
            self.fail_pads(fails);
        }
        self.emit(Op::Pop);
        for jump in ends {
            self.patch(jump);
        }
        Ok(())
    }

    /// A failed pattern leaves so many values above the subject; each is popped in turn.
    fn fail_pads(&mut self, mut fails: Vec<(usize, u32)>) {
        let deepest = fails.iter().map(|(_, extra)| *extra).max().unwrap_or(0);
        let over = (!fails.iter().any(|(_, extra)| *extra == deepest)).then(|| self.emit(Op::Jump(0)));
        for depth in (0..=deepest).rev() {
            for (jump, _) in fails.extract_if(.., |(_, extra)| *extra == depth) {
                self.patch(jump);
            }
            if depth > 0 {
                self.emit(Op::Pop);
            }
        }
        if let Some(jump) = over {
            self.patch(jump);
        }
    }

    /// Consumes the value on top; where it does not fit it jumps with `extra` values left above the subject.
    fn pattern(&mut self, pattern: &'a Pattern, extra: u32, fails: &mut Vec<(usize, u32)>) -> C<()> {
        match pattern {
            Pattern::MatchValue(it) => {
                self.expression(&it.value)?;
                self.emit(Op::Compare(Compare::Eq));
                fails.push((self.emit(Op::JumpIfFalse(0)), extra));
            }
            Pattern::MatchSingleton(it) => {
                self.constant(match it.value {
                    Singleton::None => Object::None,
                    Singleton::True => Object::Bool(true),
                    Singleton::False => Object::Bool(false),
                });
                self.emit(Op::Compare(Compare::Is));
                fails.push((self.emit(Op::JumpIfFalse(0)), extra));
            }
            Pattern::MatchAs(it) => {
                if let Some(inner) = &it.pattern {
                    self.emit(Op::Dup);
                    self.pattern(inner, extra + 1, fails)?;
                }
                match &it.name {
                    Some(name) => self.store(name),
                    None => {
                        self.emit(Op::Pop);
                    }
                }
            }
            Pattern::MatchOr(it) => {
                let mut ends = Vec::new();
                for (i, inner) in it.patterns.iter().enumerate() {
                    let last = i + 1 == it.patterns.len();
                    if last {
                        self.pattern(inner, extra, fails)?;
                    } else {
                        self.emit(Op::Dup);
                        let mut own = Vec::new();
                        self.pattern(inner, 0, &mut own)?;
                        self.emit(Op::Pop);
                        ends.push(self.emit(Op::Jump(0)));
                        self.fail_pads(own);
                    }
                }
                for jump in ends {
                    self.patch(jump);
                }
            }
            Pattern::MatchSequence(it) => {
                let star = it.patterns.iter().position(Pattern::is_match_star);
                let (before, after) = match star {
                    None => (it.patterns.len() as u16, u16::MAX),
                    Some(star) => (star as u16, (it.patterns.len() - star - 1) as u16),
                };
                self.emit(Op::MatchSequence(before, after));
                fails.push((self.emit(Op::JumpIfFalse(0)), extra + 1));
                match star {
                    None => self.emit(Op::Unpack(u32::from(before))),
                    Some(_) => self.emit(Op::UnpackStar(before, after)),
                };
                let count = it.patterns.len() as u32;
                for (i, inner) in it.patterns.iter().enumerate() {
                    let left = count - 1 - i as u32;
                    if let Pattern::MatchStar(star) = inner {
                        match &star.name {
                            Some(name) => self.store(name),
                            None => {
                                self.emit(Op::Pop);
                            }
                        }
                    } else {
                        self.pattern(inner, extra + left, fails)?;
                    }
                }
            }
            Pattern::MatchMapping(it) => {
                self.emit(Op::MatchMapping);
                fails.push((self.emit(Op::JumpIfFalse(0)), extra + 1));
                self.pattern_keys(it, extra, fails)?;
            }
            Pattern::MatchClass(it) => {
                self.expression(&it.cls)?;
                let names: Vec<Object> =
                    it.arguments.keywords.iter().map(|keyword| Object::str(keyword.attr.as_str())).collect();
                self.constant(Object::tuple(names));
                self.emit(Op::MatchClass(it.arguments.patterns.len() as u32));
                self.emit(Op::Dup);
                self.constant(Object::None);
                self.emit(Op::Compare(Compare::IsNot));
                fails.push((self.emit(Op::JumpIfFalse(0)), extra + 1));
                let inner: Vec<&Pattern> = it
                    .arguments
                    .patterns
                    .iter()
                    .chain(it.arguments.keywords.iter().map(|keyword| &keyword.pattern))
                    .collect();
                self.emit(Op::Unpack(inner.len() as u32));
                for (i, pattern) in inner.iter().enumerate() {
                    self.pattern(pattern, extra + (inner.len() - 1 - i) as u32, fails)?;
                }
            }
            Pattern::MatchStar(it) => return self.error("can't use starred expression here", it.range),
        }
        Ok(())
    }

    fn pattern_keys(
        &mut self,
        it: &'a ast::PatternMatchMapping,
        extra: u32,
        fails: &mut Vec<(usize, u32)>,
    ) -> C<()> {
        if let Some(rest) = &it.rest {
            self.emit(Op::Dup);
            it.keys.iter().try_for_each(|key| self.expression(key))?;
            self.emit(Op::BuildTuple(it.keys.len() as u32));
            self.emit(Op::MatchRest);
            self.store(rest);
        }
        it.keys.iter().try_for_each(|key| self.expression(key))?;
        self.emit(Op::BuildTuple(it.keys.len() as u32));
        self.emit(Op::MatchKeys);
        self.emit(Op::Dup);
        self.constant(Object::None);
        self.emit(Op::Compare(Compare::IsNot));
        fails.push((self.emit(Op::JumpIfFalse(0)), extra + 1));
        self.emit(Op::Unpack(it.keys.len() as u32));
        for (i, inner) in it.patterns.iter().enumerate() {
            self.pattern(inner, extra + (it.patterns.len() - 1 - i) as u32, fails)?;
        }
        Ok(())
    }
}

/// An int beyond 64 bits as it is written: in any base.
fn big(text: &str) -> BigInt {
    let text = text.replace('_', "").to_lowercase();
    let (digits, radix) = match text.get(..2) {
        Some("0x") => (&text[2..], 16),
        Some("0b") => (&text[2..], 2),
        Some("0o") => (&text[2..], 8),
        _ => (&text[..], 10),
    };
    BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default()
}

fn comparison(op: CmpOp) -> Compare {
    match op {
        CmpOp::Eq => Compare::Eq,
        CmpOp::NotEq => Compare::NotEq,
        CmpOp::Lt => Compare::Lt,
        CmpOp::LtE => Compare::LtE,
        CmpOp::Gt => Compare::Gt,
        CmpOp::GtE => Compare::GtE,
        CmpOp::Is => Compare::Is,
        CmpOp::IsNot => Compare::IsNot,
        CmpOp::In => Compare::In,
        CmpOp::NotIn => Compare::NotIn,
    }
}
