//! Taking values apart: assignments to several targets, patterns of classes.

use super::Vm;
use crate::value::fault::{type_error, value_error};
use crate::value::{Object, R};

impl Vm {
    pub(super) fn match_class(
        &mut self,
        subject: &Object,
        class: &Object,
        by_position: usize,
        names: &Object,
    ) -> R<Object> {
        let Object::Class(class) = class else { return type_error("called match pattern must be a class") };
        if !self.class_of(subject).is_subclass(class) {
            return Ok(Object::None);
        }
        let mut values = Vec::new();
        if by_position > 0 {
            if class.builtin && by_position == 1 {
                values.push(subject.clone());
            } else {
                let fields =
                    class.lookup("__match_args__").and_then(|fields| fields.items()).unwrap_or_default();
                if fields.len() < by_position {
                    return type_error(format!(
                        "{}() accepts {} positional sub-patterns ({by_position} given)",
                        class.name,
                        fields.len()
                    ));
                }
                for field in &fields[..by_position] {
                    values.push(self.attr(subject, field.as_str().map_or("", |name| name))?);
                }
            }
        }
        for name in names.items().unwrap_or_default() {
            match self.attr(subject, name.as_str().map_or("", |name| name)) {
                Ok(value) => values.push(value),
                Err(fault) if self.is_fault(&fault, "AttributeError") => return Ok(Object::None),
                Err(fault) => return Err(fault),
            }
        }
        Ok(Object::tuple(values))
    }

    /// The items that an assignment to several targets takes; with a star, those before, a list, those after.
    pub fn unpack(&mut self, value: &Object, before: usize, after: Option<usize>) -> R<Vec<Object>> {
        if !self.is_iterable(value) {
            return type_error(format!("cannot unpack non-iterable {} object", self.type_name(value)));
        }
        let Some(after) = after else {
            let items = match value.inner() {
                Object::Tuple(tuple) => tuple.items.clone(),
                Object::List(list) => list.items.borrow().clone(),
                _ => {
                    let iter = self.iterator(value)?;
                    let mut items = Vec::new();
                    while items.len() <= before {
                        match self.next(&iter)? {
                            Some(item) => items.push(item),
                            None => break,
                        }
                    }
                    items
                }
            };
            return match items.len() {
                len if len == before => Ok(items),
                len if len > before => value_error(format!("too many values to unpack (expected {before})")),
                len => value_error(format!("not enough values to unpack (expected {before}, got {len})")),
            };
        };
        let mut items = self.collect(value)?;
        if items.len() < before + after {
            return value_error(format!(
                "not enough values to unpack (expected at least {}, got {})",
                before + after,
                items.len()
            ));
        }
        let tail = items.split_off(items.len() - after);
        let middle = items.split_off(before);
        items.push(Object::list(middle));
        items.extend(tail);
        Ok(items)
    }
}
