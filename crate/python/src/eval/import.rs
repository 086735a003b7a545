//! Modules: those that the crate brings along, and Python's words for the others.

use std::rc::Rc;

use super::Vm;
use crate::builtins::library;
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
            self.execute(source, &module.space, false)?;
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
