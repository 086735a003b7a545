//! Which names are whose: what each function binds, what it takes from around it.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, ExprContext, Pattern, Stmt};
use ruff_text_size::TextRange;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ScopeKind {
    Module,
    Class,
    Function,
}

/// Where a name is kept.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Home {
    Fast,
    Cell,
    Global,
    /// A class body's own dict, then the globals.
    Name,
}

#[derive(Debug)]
pub struct Scope {
    pub kind: ScopeKind,
    pub bound: IndexSet<String>,
    pub used: HashSet<String>,
    pub globals: HashSet<String>,
    pub nonlocals: HashSet<String>,
    pub cells: IndexSet<String>,
    pub free: IndexSet<String>,
    pub is_generator: bool,
    is_comprehension: bool,
    parent: Option<usize>,
}

impl Scope {
    pub fn home(&self, name: &str) -> Home {
        if self.globals.contains(name) {
            Home::Global
        } else if self.cells.contains(name) || self.free.contains(name) {
            Home::Cell
        } else {
            match self.kind {
                ScopeKind::Class => Home::Name,
                ScopeKind::Function if self.bound.contains(name) => Home::Fast,
                ScopeKind::Function | ScopeKind::Module => Home::Global,
            }
        }
    }
}

/// The scopes of a module by the place of what opens each.
pub struct Scopes {
    pub all: Vec<Scope>,
    pub by_range: HashMap<TextRange, usize>,
    /// What Python refuses: a message and where.
    pub error: Option<(String, TextRange)>,
    current: usize,
}

impl Scopes {
    pub fn of_module(body: &[Stmt]) -> Self {
        let mut scopes = Scopes { all: Vec::new(), by_range: HashMap::new(), error: None, current: 0 };
        scopes.all.push(Scopes::fresh(ScopeKind::Module, None));
        for statement in body {
            scopes.visit_stmt(statement);
        }
        scopes.resolve();
        scopes
    }

    fn fresh(kind: ScopeKind, parent: Option<usize>) -> Scope {
        Scope {
            kind,
            bound: IndexSet::new(),
            used: HashSet::new(),
            globals: HashSet::new(),
            nonlocals: HashSet::new(),
            cells: IndexSet::new(),
            free: IndexSet::new(),
            is_generator: false,
            is_comprehension: false,
            parent,
        }
    }

    fn scope(&mut self) -> &mut Scope {
        &mut self.all[self.current]
    }

    fn bind(&mut self, name: &str) {
        self.scope().bound.insert(name.to_owned());
    }

    fn inside(&mut self, kind: ScopeKind, range: TextRange, visit: impl FnOnce(&mut Self)) {
        let outer = self.current;
        self.all.push(Scopes::fresh(kind, Some(outer)));
        self.current = self.all.len() - 1;
        self.by_range.insert(range, self.current);
        visit(self);
        self.current = outer;
    }

    fn parameters(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters {
            self.bind(parameter.name().as_str());
        }
    }

    fn defaults(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
    }

    fn comprehension(&mut self, range: TextRange, parts: &[&Expr], generators: &[ast::Comprehension]) {
        self.visit_expr(&generators[0].iter);
        self.inside(ScopeKind::Function, range, |scopes| {
            scopes.scope().is_comprehension = true;
            for (i, generator) in generators.iter().enumerate() {
                if i > 0 {
                    scopes.visit_expr(&generator.iter);
                }
                scopes.visit_expr(&generator.target);
                for condition in &generator.ifs {
                    scopes.visit_expr(condition);
                }
            }
            for part in parts {
                scopes.visit_expr(part);
            }
        });
    }

    /// Decides cells and free names from the inside outwards.
    fn resolve(&mut self) {
        for i in (0..self.all.len()).rev() {
            let scope = &self.all[i];
            let mut wanted: Vec<String> = scope.nonlocals.iter().cloned().collect();
            wanted.extend(
                scope
                    .used
                    .iter()
                    .filter(|name| {
                        !scope.bound.contains(*name)
                            && !scope.globals.contains(*name)
                            && !scope.nonlocals.contains(*name)
                    })
                    .cloned(),
            );
            wanted.extend(scope.free.iter().cloned());
            wanted.sort();
            wanted.dedup();
            for name in wanted {
                self.find_outside(i, &name);
            }
        }
    }

    fn find_outside(&mut self, from: usize, name: &str) {
        let mut passed = vec![from];
        let mut at = self.all[from].parent;
        while let Some(i) = at {
            let scope = &self.all[i];
            if scope.kind == ScopeKind::Function {
                if scope.globals.contains(name) {
                    return;
                }
                if scope.bound.contains(name) && !scope.nonlocals.contains(name) {
                    self.all[i].cells.insert(name.to_owned());
                    for &inner in &passed {
                        self.all[inner].free.insert(name.to_owned());
                    }
                    return;
                }
            }
            passed.push(i);
            at = scope.parent;
        }
    }
}

impl<'a> Visitor<'a> for Scopes {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(def) => {
                for decorator in &def.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
                self.bind(def.name.as_str());
                self.defaults(&def.parameters);
                self.inside(ScopeKind::Function, def.range, |scopes| {
                    scopes.parameters(&def.parameters);
                    def.body.iter().for_each(|statement| scopes.visit_stmt(statement));
                });
            }
            Stmt::ClassDef(def) => {
                for decorator in &def.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
                self.bind(def.name.as_str());
                if let Some(arguments) = &def.arguments {
                    self.visit_arguments(arguments);
                }
                self.inside(ScopeKind::Class, def.range, |scopes| {
                    def.body.iter().for_each(|statement| scopes.visit_stmt(statement));
                });
            }
            Stmt::Global(names) => {
                for name in &names.names {
                    if self.scope().bound.contains(name.as_str()) && self.scope().kind == ScopeKind::Function
                    {
                        let message = format!("name '{name}' is assigned to before global declaration");
                        self.error.get_or_insert((message, names.range));
                    }
                    self.scope().globals.insert(name.to_string());
                }
            }
            Stmt::Nonlocal(names) => {
                for name in &names.names {
                    self.scope().nonlocals.insert(name.to_string());
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bind(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            Stmt::AnnAssign(assign) => {
                self.visit_expr(&assign.target);
                if self.scope().kind == ScopeKind::Class {
                    self.visit_expr(&assign.annotation);
                }
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                if name.ctx != ExprContext::Load {
                    self.bind(&name.id);
                }
                self.scope().used.insert(name.id.to_string());
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                }
                self.inside(ScopeKind::Function, lambda.range, |scopes| {
                    if let Some(parameters) = &lambda.parameters {
                        scopes.parameters(parameters);
                    }
                    scopes.visit_expr(&lambda.body);
                });
            }
            Expr::ListComp(c) => self.comprehension(c.range, &[&c.elt], &c.generators),
            Expr::SetComp(c) => self.comprehension(c.range, &[&c.elt], &c.generators),
            Expr::Generator(c) => self.comprehension(c.range, &[&c.elt], &c.generators),
            Expr::DictComp(c) => {
                let mut parts: Vec<&Expr> = c.key.iter().map(|key| &**key).collect();
                parts.push(&c.value);
                self.comprehension(c.range, &parts, &c.generators);
            }
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                if let Expr::Name(name) = &*named.target {
                    // In a comprehension it is bound outside.
                    let mut at = self.current;
                    while self.all[at].is_comprehension {
                        self.all[at].nonlocals.insert(name.id.to_string());
                        at = self.all[at].parent.unwrap_or(0);
                    }
                    if at != self.current && self.all[at].kind == ScopeKind::Module {
                        let mut inner = self.current;
                        while inner != at {
                            self.all[inner].nonlocals.remove(name.id.as_str());
                            self.all[inner].globals.insert(name.id.to_string());
                            inner = self.all[inner].parent.unwrap_or(at);
                        }
                    }
                    self.all[at].bound.insert(name.id.to_string());
                    self.scope().used.insert(name.id.to_string());
                }
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.scope().is_generator = true;
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.bind(name.as_str());
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchStar(star) => star.name.as_ref(),
            Pattern::MatchAs(named) => named.name.as_ref(),
            Pattern::MatchMapping(mapping) => mapping.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name.as_str());
        }
        visitor::walk_pattern(self, pattern);
    }
}
