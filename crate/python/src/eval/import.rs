//! Modules: those that the crate brings along, and Python's words for the others.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::Vm;
use crate::builtins::library;
use crate::syntax::code::CodeObject;
use crate::syntax::{self, SyntaxFault};
use crate::value::{Halt, Object, PyModule, R};

impl Vm {
    /// `import a.b.c`: loads all three, gives the first.
    pub fn import(&mut self, path: &str) -> R<Object> {
        let mut known = String::new();
        let mut first = None;
        for part in path.split('.') {
            let outer = known.clone();
            if !known.is_empty() {
                known.push('.');
            }
            known.push_str(part);
            if !library::is_module(&known) {
                return missing(&outer, &known);
            }
            let module = self.load(&known)?;
            if !outer.is_empty()
                && let Some(parent) = self.modules.get(&outer)
            {
                parent.space.set(part, Object::Module(module.clone()));
            }
            first.get_or_insert(module);
        }
        first.map_or_else(|| Halt::refuse("this import"), |module| Ok(Object::Module(module)))
    }

    pub fn load(&mut self, path: &str) -> R<Rc<PyModule>> {
        if let Some(module) = self.modules.get(path) {
            return Ok(module.clone());
        }
        if path == "builtins" {
            return Ok(Rc::new(PyModule { name: path.into(), space: self.builtins.clone() }));
        }
        let module = Rc::new(PyModule { name: path.into(), space: Rc::default() });
        module.space.set("__name__", Object::str(path));
        self.modules.insert(path.to_owned(), module.clone());
        crate::builtins::fill(self, path, &module.space);
        if let Some(source) = library::source(path) {
            let code = compiled(path, source)?;
            self.run_code(code, &module.space)?;
        }
        Ok(module)
    }

    pub fn import_from(&mut self, module: &Object, name: &str) -> R<Object> {
        if let Some(value) = self.find_attr(module, name)? {
            return Ok(value);
        }
        let Object::Module(module) = module else { return Halt::refuse("importing from this") };
        Halt::new(
            "ImportError",
            format!("cannot import name '{name}' from '{}' (unknown location)", module.name),
        )
    }
}

thread_local! {
    /// The library's modules as instructions: they are the same for every program.
    static COMPILED: RefCell<HashMap<String, Rc<CodeObject>>> = RefCell::default();
}

/// A module of the library as instructions.
fn compiled(path: &str, source: &str) -> R<Rc<CodeObject>> {
    if let Some(code) = COMPILED.with_borrow(|all| all.get(path).cloned()) {
        code.forget_places();
        return Ok(code);
    }
    match syntax::compile(source, syntax::Purpose::default()) {
        Ok(code) => {
            let code = Rc::new(code);
            COMPILED.with_borrow_mut(|all| all.insert(path.to_owned(), code.clone()));
            Ok(code)
        }
        Err(SyntaxFault::Refused { what, .. } | SyntaxFault::Error { message: what, .. }) => {
            Halt::refuse(what)
        }
    }
}

fn missing<T>(outer: &str, path: &str) -> R<T> {
    let top = path.split('.').next().unwrap_or(path);
    if library::exists_elsewhere(top) {
        return Halt::refuse(format!("the module {path}"));
    }
    if outer.is_empty() {
        return Halt::new("ModuleNotFoundError", format!("No module named '{path}'"));
    }
    if library::source(outer).is_some_and(|_| library::is_package(outer)) {
        return Halt::new("ModuleNotFoundError", format!("No module named '{path}'"));
    }
    Halt::new("ModuleNotFoundError", format!("No module named '{path}'; '{outer}' is not a package"))
}
