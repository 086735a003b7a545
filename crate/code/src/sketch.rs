//! What stands where in a program: its statements, calls and operators, with their bytes.

use std::ops::Range;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Number, Operator, Stmt, UnaryOp};
use ruff_python_parser::parse_module;
use ruff_text_size::Ranged;

/// A piece of a source.
pub(crate) type SourceBytes = Range<usize>;

/// A statement, compound or not.
#[derive(Debug, Clone)]
pub(crate) struct StatementPlace {
    pub(crate) bytes: SourceBytes,
    /// Whether no other statement stands in it.
    pub(crate) is_simple: bool,
    /// The names that it assigns.
    pub(crate) assigns: Vec<String>,
}

/// One argument of a call.
#[derive(Debug, Clone)]
pub(crate) struct ArgumentPlace {
    pub(crate) name: Option<String>,
    /// The value alone.
    pub(crate) value: SourceBytes,
    /// With its name.
    pub(crate) whole: SourceBytes,
    /// Whether the value is a call.
    pub(crate) is_call: bool,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct CallPlace {
    pub(crate) bytes: SourceBytes,
    /// The callee as written: `nn.GRU`.
    pub(crate) callee: String,
    pub(crate) arguments: Vec<ArgumentPlace>,
    /// Where the closing bracket stands.
    pub(crate) close: usize,
}

/// `target = value`, or `target op= value` where there is an operator.
#[derive(Debug, Clone)]
pub(crate) struct AssignmentPlace {
    pub(crate) target: SourceBytes,
    /// The target's elements, where it is a tuple.
    pub(crate) elements: Vec<SourceBytes>,
    pub(crate) value: SourceBytes,
    pub(crate) operator: Option<&'static str>,
    pub(crate) whole: SourceBytes,
}

/// `left op right`.
#[derive(Debug, Clone)]
pub(crate) struct OperatorPlace {
    pub(crate) left: SourceBytes,
    pub(crate) right: SourceBytes,
    pub(crate) is_matmul: bool,
}

/// `value[a, b]`.
#[derive(Debug, Clone)]
pub(crate) struct SubscriptPlace {
    pub(crate) elements: Vec<SourceBytes>,
}

/// A whole number.
#[derive(Debug, Clone)]
pub(crate) struct NumberPlace {
    pub(crate) bytes: SourceBytes,
    pub(crate) value: i64,
}

/// A list as written.
#[derive(Debug, Clone)]
pub(crate) struct ListPlace {
    pub(crate) bytes: SourceBytes,
    pub(crate) elements: Vec<SourceBytes>,
}

/// A program, without its values.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    pub(crate) text: String,
    pub(crate) statements: Vec<StatementPlace>,
    pub(crate) calls: Vec<CallPlace>,
    pub(crate) assignments: Vec<AssignmentPlace>,
    pub(crate) operators: Vec<OperatorPlace>,
    pub(crate) subscripts: Vec<SubscriptPlace>,
    pub(crate) numbers: Vec<NumberPlace>,
    pub(crate) lists: Vec<ListPlace>,
    /// What `if`, `while` and `assert` ask.
    pub(crate) conditions: Vec<SourceBytes>,
}

fn bytes(node: &impl Ranged) -> SourceBytes {
    node.range().start().to_usize()..node.range().end().to_usize()
}

impl Sketch {
    /// Of a program; none of a text that is not Python.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if !python::parses(text) {
            return None;
        }
        let module = parse_module(text).ok()?.into_syntax();
        let mut sketch = Sketch { text: text.to_owned(), ..Sketch::default() };
        module.body.iter().for_each(|statement| sketch.visit_stmt(statement));
        Some(sketch)
    }

    pub(crate) fn text(&self, bytes: &SourceBytes) -> &str {
        &self.text[bytes.clone()]
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, byte: usize) -> u32 {
        self.text[..byte].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1
    }

    /// The innermost statement on a line.
    pub(crate) fn statement(&self, line: u32) -> Option<&StatementPlace> {
        let holds = |statement: &&StatementPlace| {
            (self.line(statement.bytes.start)..=self.line(statement.bytes.end)).contains(&line)
        };
        self.statements.iter().filter(holds).min_by_key(|statement| statement.bytes.len())
    }

    pub(crate) fn calls_in(&self, within: &SourceBytes) -> impl Iterator<Item = &CallPlace> {
        let within = within.clone();
        self.calls.iter().filter(move |call| holds(&within, &call.bytes))
    }

    /// Calls of a class of `torch.nn`: `nn.Linear(...)`.
    pub(crate) fn constructed<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a CallPlace> {
        self.calls.iter().filter(move |call| call.callee.rsplit('.').next() == Some(class))
    }

    /// The number that an expression is, or the one that its name was given, with the place where it is written.
    pub(crate) fn number(&self, value: &SourceBytes) -> Option<(i64, SourceBytes)> {
        if let Some(number) = self.numbers.iter().find(|number| number.bytes == *value) {
            return Some((number.value, value.clone()));
        }
        let name = self.text(value);
        if !is_name(name) {
            return None;
        }
        let mut given = self.assigned(name).filter_map(|value| {
            let number = self.numbers.iter().find(|number| number.bytes == value)?;
            Some((number.value, value))
        });
        // A name that is given twice may be either.
        given.next().filter(|_| self.assigned(name).count() == 1)
    }

    /// What a name is assigned, wherever that stands; of tuples the element in its place.
    pub(crate) fn assigned<'a>(&'a self, name: &'a str) -> impl Iterator<Item = SourceBytes> + 'a {
        self.assignments.iter().filter(|it| it.operator.is_none()).filter_map(move |it| {
            if self.text(&it.target) == name {
                return Some(it.value.clone());
            }
            let place = it.elements.iter().position(|element| self.text(element) == name)?;
            let list = self.lists.iter().find(|list| list.bytes == it.value)?;
            (list.elements.len() == it.elements.len()).then(|| list.elements[place].clone())
        })
    }
}

pub(crate) fn holds(outer: &SourceBytes, inner: &SourceBytes) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|letter: char| letter.is_ascii_digit())
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

fn names(target: &Expr, text: &str, names_of: &mut Vec<String>) {
    match target {
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| names(element, text, names_of)),
        Expr::List(list) => list.elts.iter().for_each(|element| names(element, text, names_of)),
        Expr::Starred(starred) => names(&starred.value, text, names_of),
        other => names_of.push(text[bytes(other)].to_owned()),
    }
}

impl<'a> Visitor<'a> for Sketch {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let mut assigns = Vec::new();
        let mut is_simple = true;
        match statement {
            Stmt::Assign(it) => {
                for target in &it.targets {
                    names(target, &self.text, &mut assigns);
                    let elements = match target {
                        Expr::Tuple(tuple) => tuple.elts.iter().map(bytes).collect(),
                        _ => Vec::new(),
                    };
                    self.assignments.push(AssignmentPlace {
                        target: bytes(target),
                        elements,
                        value: bytes(&*it.value),
                        operator: None,
                        whole: bytes(it),
                    });
                }
            }
            Stmt::AugAssign(it) => {
                names(&it.target, &self.text, &mut assigns);
                self.assignments.push(AssignmentPlace {
                    target: bytes(&*it.target),
                    elements: Vec::new(),
                    value: bytes(&*it.value),
                    operator: Some(it.op.as_str()),
                    whole: bytes(it),
                });
            }
            Stmt::If(it) => {
                is_simple = false;
                self.conditions.push(bytes(&*it.test));
            }
            Stmt::While(it) => {
                is_simple = false;
                self.conditions.push(bytes(&*it.test));
            }
            Stmt::Assert(it) => self.conditions.push(bytes(&*it.test)),
            Stmt::For(it) => {
                is_simple = false;
                names(&it.target, &self.text, &mut assigns);
            }
            Stmt::With(_) | Stmt::Try(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Match(_) => {
                is_simple = false;
            }
            _ => {}
        }
        self.statements.push(StatementPlace { bytes: bytes(statement), is_simple, assigns });
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(it) => {
                let arguments = it.arguments.args.iter().map(|value| ArgumentPlace {
                    name: None,
                    value: bytes(value),
                    whole: bytes(value),
                    is_call: value.is_call_expr(),
                });
                let keywords = it.arguments.keywords.iter().map(|keyword| ArgumentPlace {
                    name: keyword.arg.as_ref().map(ToString::to_string),
                    value: bytes(&keyword.value),
                    whole: bytes(keyword),
                    is_call: keyword.value.is_call_expr(),
                });
                let arguments = arguments.chain(keywords).collect();
                let whole = bytes(it);
                self.calls.push(CallPlace {
                    callee: self.text[bytes(&*it.func)].to_owned(),
                    arguments,
                    close: whole.end - 1,
                    bytes: whole,
                });
            }
            Expr::BinOp(it) => self.operators.push(OperatorPlace {
                left: bytes(&*it.left),
                right: bytes(&*it.right),
                is_matmul: it.op == Operator::MatMult,
            }),
            Expr::Subscript(it) => {
                let elements = match &*it.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().map(bytes).collect(),
                    other => vec![bytes(other)],
                };
                self.subscripts.push(SubscriptPlace { elements });
            }
            Expr::List(it) => {
                self.lists
                    .push(ListPlace { bytes: bytes(it), elements: it.elts.iter().map(bytes).collect() });
            }
            Expr::Tuple(it) => {
                self.lists
                    .push(ListPlace { bytes: bytes(it), elements: it.elts.iter().map(bytes).collect() });
            }
            Expr::NumberLiteral(it) => {
                if let Number::Int(number) = &it.value
                    && let Some(value) = number.as_i64()
                {
                    self.numbers.push(NumberPlace { bytes: bytes(it), value });
                }
            }
            Expr::UnaryOp(it) if it.op == UnaryOp::USub => {
                if let Expr::NumberLiteral(number) = &*it.operand
                    && let Number::Int(number) = &number.value
                    && let Some(value) = number.as_i64()
                {
                    self.numbers.push(NumberPlace { bytes: bytes(it), value: -value });
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
