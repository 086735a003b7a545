//! Operators, comparisons and truth.

use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigInt;

use super::Vm;
use crate::syntax::code::{Binary, Compare, Unary};
use crate::torch::operators;
use crate::value::fault::{type_error, value_error};
use crate::value::{Ceiling, Halt, Key, Object, R};

/// An operator's sign, and the names of its methods.
pub fn names(op: Binary) -> (&'static str, &'static str, &'static str, &'static str) {
    match op {
        Binary::Add => ("+", "__add__", "__radd__", "__iadd__"),
        Binary::Sub => ("-", "__sub__", "__rsub__", "__isub__"),
        Binary::Mul => ("*", "__mul__", "__rmul__", "__imul__"),
        Binary::MatMul => ("@", "__matmul__", "__rmatmul__", "__imatmul__"),
        Binary::Div => ("/", "__truediv__", "__rtruediv__", "__itruediv__"),
        Binary::Mod => ("%", "__mod__", "__rmod__", "__imod__"),
        Binary::Pow => ("** or pow()", "__pow__", "__rpow__", "__ipow__"),
        Binary::LShift => ("<<", "__lshift__", "__rlshift__", "__ilshift__"),
        Binary::RShift => (">>", "__rshift__", "__rrshift__", "__irshift__"),
        Binary::Or => ("|", "__or__", "__ror__", "__ior__"),
        Binary::Xor => ("^", "__xor__", "__rxor__", "__ixor__"),
        Binary::And => ("&", "__and__", "__rand__", "__iand__"),
        Binary::FloorDiv => ("//", "__floordiv__", "__rfloordiv__", "__ifloordiv__"),
    }
}

impl Vm {
    pub fn truth(&mut self, value: &Object) -> R<bool> {
        Ok(match value {
            Object::None => false,
            Object::Bool(truth) => *truth,
            Object::Int(number) => *number != 0,
            Object::Float(number) => *number != 0.0,
            Object::Str(text) => !text.is_empty(),
            Object::Bytes(bytes) => !bytes.is_empty(),
            Object::Tuple(tuple) => !tuple.items.is_empty(),
            Object::List(list) => !list.items.borrow().is_empty(),
            Object::Dict(dict) => !dict.items.borrow().is_empty(),
            Object::Set(set) => !set.items.borrow().is_empty(),
            Object::Range(range) => range.len() > 0,
            Object::View(view) => !view.dict.items.borrow().is_empty(),
            Object::Tensor(tensor) => self.cx.truth(tensor)?,
            Object::Instance(instance) => {
                if let Some(method) = self.special(value, "__bool__")? {
                    let truth = self.call(&method, Vec::new())?;
                    return match truth {
                        Object::Bool(truth) => Ok(truth),
                        other => type_error(format!(
                            "__bool__ should return bool, returned {}",
                            self.type_name(&other)
                        )),
                    };
                }
                if let Some(method) = self.special(value, "__len__")?
                    && instance.payload.get().is_none()
                {
                    let len = self.call(&method, Vec::new())?;
                    return Ok(len.as_int() != Some(0));
                }
                match instance.payload.get().cloned() {
                    Some(payload) => self.truth(&payload)?,
                    None => true,
                }
            }
            _ => true,
        })
    }

    pub fn unary(&mut self, op: Unary, value: &Object) -> R<Object> {
        if let Object::Tensor(tensor) = value {
            return operators::unary(&self.cx, op, tensor);
        }
        if let Object::Instance(_) = value {
            let name = match op {
                Unary::Neg => "__neg__",
                Unary::Pos => "__pos__",
                Unary::Invert => "__invert__",
            };
            if let Some(method) = self.special(value, name)? {
                return self.call(&method, Vec::new());
            }
        }
        match (op, value.inner()) {
            (Unary::Neg, Object::Float(number)) => Ok(Object::Float(-number)),
            (Unary::Pos, Object::Float(number)) => Ok(Object::Float(*number)),
            (_, number) if number.as_big().is_some() => {
                let big = number.as_big().unwrap_or_default();
                Ok(Object::big(match op {
                    Unary::Neg => -big,
                    Unary::Pos => big,
                    Unary::Invert => -big - 1,
                }))
            }
            _ => {
                let sign = match op {
                    Unary::Neg => "-",
                    Unary::Pos => "+",
                    Unary::Invert => "~",
                };
                type_error(format!("bad operand type for unary {sign}: '{}'", self.type_name(value)))
            }
        }
    }

    pub fn binary(&mut self, op: Binary, a: &Object, b: &Object) -> R<Object> {
        match (a, b) {
            (Object::Int(x), Object::Int(y)) => {
                if let Some(value) = small(op, *x, *y) {
                    return Ok(value);
                }
            }
            (Object::Float(x), Object::Float(y)) => {
                if let Some(value) = floats(op, *x, *y) {
                    return Ok(value);
                }
            }
            (Object::Tensor(_), _) | (_, Object::Tensor(_)) => {
                if let Some(value) = self.tensor_binary(op, a, b)? {
                    return Ok(value);
                }
            }
            _ => {}
        }
        if (matches!(a, Object::Instance(_)) || matches!(b, Object::Instance(_)))
            && let Some(value) = self.special_binary(op, a, b)?
        {
            return Ok(value);
        }
        if let Some(value) = self.builtin_binary(op, a.inner(), b.inner())? {
            return Ok(value);
        }
        self.unsupported(names(op).0, a, b)
    }

    fn unsupported<T>(&mut self, sign: &str, a: &Object, b: &Object) -> R<T> {
        let (x, y) = (self.type_name(a), self.type_name(b));
        if sign == "+" {
            match a.inner() {
                Object::Str(_) => {
                    return type_error(format!("can only concatenate str (not \"{y}\") to str"));
                }
                Object::List(_) => {
                    return type_error(format!("can only concatenate list (not \"{y}\") to list"));
                }
                Object::Tuple(_) => {
                    return type_error(format!("can only concatenate tuple (not \"{y}\") to tuple"));
                }
                _ => {}
            }
        }
        if sign == "*" {
            let is_sequence = |v: &Object| {
                matches!(v.inner(), Object::Str(_) | Object::List(_) | Object::Tuple(_) | Object::Bytes(_))
            };
            if is_sequence(a) || is_sequence(b) {
                let other = if is_sequence(a) { y } else { x };
                return type_error(format!("can't multiply sequence by non-int of type '{other}'"));
            }
        }
        type_error(format!("unsupported operand type(s) for {sign}: '{x}' and '{y}'"))
    }

    fn tensor_binary(&mut self, op: Binary, a: &Object, b: &Object) -> R<Option<Object>> {
        let fits = |v: &Object| {
            matches!(
                v,
                Object::Tensor(_) | Object::Int(_) | Object::Float(_) | Object::Bool(_) | Object::Big(_)
            )
        };
        if fits(a) && fits(b) {
            return operators::binary(&self.cx, op, a, b).map(Some);
        }
        Ok(None)
    }

    fn special_binary(&mut self, op: Binary, a: &Object, b: &Object) -> R<Option<Object>> {
        let (_, own, reflected, _) = names(op);
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let mut tries = vec![(a, b, own), (b, a, reflected)];
        if !Rc::ptr_eq(&class_a, &class_b) && class_b.is_subclass(&class_a) {
            tries.swap(0, 1);
        }
        for (object, other, name) in tries {
            if !matches!(object, Object::Instance(_)) {
                continue;
            }
            if let Some(method) = self.special(object, name)? {
                let value = self.call(&method, vec![other.clone()])?;
                if !matches!(value, Object::NotImplemented) {
                    return Ok(Some(value));
                }
            }
        }
        Ok(None)
    }

    pub fn in_place(&mut self, op: Binary, a: &Object, b: &Object) -> R<Object> {
        match (a, b) {
            (Object::Int(_), Object::Int(_)) | (Object::Float(_), Object::Float(_)) => {
                return self.binary(op, a, b);
            }
            (
                Object::Tensor(tensor),
                Object::Tensor(_) | Object::Int(_) | Object::Float(_) | Object::Bool(_),
            ) => {
                return operators::in_place(&self.cx, op, tensor, b);
            }
            (Object::Instance(_), _) => {
                if let Some(method) = self.special(a, names(op).3)? {
                    let value = self.call(&method, vec![b.clone()])?;
                    if !matches!(value, Object::NotImplemented) {
                        return Ok(value);
                    }
                }
            }
            (Object::Dict(dict), _) if op == Binary::Or && matches!(b.inner(), Object::Dict(_)) => {
                let Object::Dict(other) = b.inner() else { return Ok(a.clone()) };
                let items = other.items.borrow().clone();
                dict.items.borrow_mut().extend(items);
                return Ok(a.clone());
            }
            (Object::List(list), _) if op == Binary::Add => {
                if !self.is_iterable(b) {
                    return type_error(format!("'{}' object is not iterable", self.type_name(b)));
                }
                let more = self.collect(b)?;
                self.bounded(list.items.borrow().len() + more.len())?;
                list.items.borrow_mut().extend(more);
                return Ok(a.clone());
            }
            (Object::List(list), _) if op == Binary::Mul => {
                let value = self.binary(op, a, b)?;
                let items = value.items().unwrap_or_default();
                *list.items.borrow_mut() = items;
                return Ok(a.clone());
            }
            (Object::Dict(dict), Object::Dict(more)) if op == Binary::Or => {
                let more = more.items.borrow().clone();
                dict.items.borrow_mut().extend(more);
                return Ok(a.clone());
            }
            (Object::Set(set), Object::Set(more)) if !set.frozen => {
                let value = self.builtin_binary(op, a, &Object::Set(more.clone()))?;
                if let Some(Object::Set(result)) = value {
                    let items = result.items.borrow().clone();
                    *set.items.borrow_mut() = items;
                    return Ok(a.clone());
                }
            }
            _ => {}
        }
        match self.binary(op, a, b) {
            Err(Halt::New("TypeError", message)) if message.starts_with("unsupported operand") => {
                let sign = names(op).0.split(' ').next().unwrap_or_default();
                let (x, y) = (self.type_name(a), self.type_name(b));
                type_error(format!("unsupported operand type(s) for {sign}=: '{x}' and '{y}'"))
            }
            other => other,
        }
    }

    fn builtin_binary(&mut self, op: Binary, a: &Object, b: &Object) -> R<Option<Object>> {
        if let (Some(x), Some(y)) = (a.as_big(), b.as_big()) {
            if let (Object::Bool(x), Object::Bool(y)) = (a, b) {
                match op {
                    Binary::And => return Ok(Some(Object::Bool(x & y))),
                    Binary::Or => return Ok(Some(Object::Bool(x | y))),
                    Binary::Xor => return Ok(Some(Object::Bool(x ^ y))),
                    _ => {}
                }
            }
            return self.integers(op, &x, &y).map(Some);
        }
        if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
            let is_too_large = |value: &Object, float: f64| float.is_infinite() && value.as_big().is_some();
            if is_too_large(a, x) || is_too_large(b, y) {
                return Halt::new("OverflowError", "int too large to convert to float");
            }
            return match (op, y) {
                (Binary::Div, 0.0) => {
                    let both_ints = a.as_int().is_some() && b.as_int().is_some();
                    let message = if both_ints { "division by zero" } else { "float division by zero" };
                    Halt::new("ZeroDivisionError", message)
                }
                (Binary::FloorDiv, 0.0) => Halt::new("ZeroDivisionError", "float floor division by zero"),
                (Binary::Mod, 0.0) => Halt::new("ZeroDivisionError", "float modulo"),
                (Binary::Pow, _) if x == 0.0 && y < 0.0 => {
                    Halt::new("ZeroDivisionError", "0.0 cannot be raised to a negative power")
                }
                (Binary::Pow, _) if x < 0.0 && y.fract() != 0.0 && y.is_finite() => {
                    Halt::refuse("complex numbers")
                }
                (Binary::Pow, _) if x.is_finite() && y.is_finite() && x.powf(y).is_infinite() => {
                    Halt::new("OverflowError", "(34, 'Numerical result out of range')")
                }
                _ => Ok(floats(op, x, y)),
            };
        }
        Ok(match (op, a, b) {
            (Binary::Add, Object::Str(x), Object::Str(y)) => {
                self.bounded((x.len() + y.len()) / 8)?;
                Some(Object::str(format!("{x}{y}")))
            }
            (Binary::Add, Object::Bytes(x), Object::Bytes(y)) => {
                Some(Object::Bytes([&**x, &**y].concat().into()))
            }
            (Binary::Add, Object::List(x), Object::List(y)) => {
                self.bounded(x.items.borrow().len() + y.items.borrow().len())?;
                let mut items = x.items.borrow().clone();
                items.extend(y.items.borrow().iter().cloned());
                Some(Object::list(items))
            }
            (Binary::Add, Object::Tuple(x), Object::Tuple(y)) => {
                let items = [x.items.as_slice(), y.items.as_slice()].concat();
                let class = x.class.clone().filter(|class| &*class.name == "Size");
                Some(Object::Tuple(Rc::new(crate::value::PyTuple { items, class })))
            }
            (Binary::Mul, sequence, count) | (Binary::Mul, count, sequence)
                if count.as_int().is_some()
                    && matches!(
                        sequence,
                        Object::Str(_) | Object::List(_) | Object::Tuple(_) | Object::Bytes(_)
                    ) =>
            {
                Some(self.repeat(sequence, count.as_int().unwrap_or(0))?)
            }
            (Binary::Mod, Object::Str(format), _) => Some(Object::str(self.percent(format, b)?)),
            (Binary::Or, Object::Dict(x), Object::Dict(y)) => {
                let mut items = x.items.borrow().clone();
                items.extend(y.items.borrow().iter().map(|(k, v)| (k.clone(), v.clone())));
                Some(Object::dict(items))
            }
            (Binary::Or, Object::Class(_) | Object::None, Object::Class(_) | Object::None) => Some(a.clone()),
            (_, Object::Set(_) | Object::View(_), Object::Set(_) | Object::View(_)) => {
                let (Some(x), Some(y)) = (self.members(a), self.members(b)) else { return Ok(None) };
                let frozen = matches!(a, Object::Set(set) if set.frozen);
                let items = match op {
                    Binary::Or => x.union(&y).cloned().collect(),
                    Binary::And => x.intersection(&y).cloned().collect(),
                    Binary::Sub => x.difference(&y).cloned().collect(),
                    Binary::Xor => x.symmetric_difference(&y).cloned().collect(),
                    _ => return Ok(None),
                };
                Some(Object::set(items, frozen))
            }
            _ => None,
        })
    }

    /// Refuses what would have more items than a program may make.
    fn bounded(&mut self, len: usize) -> R<()> {
        if len > self.limits.items {
            return Halt::stop(Ceiling::Memory, format!("a sequence of {len} items"));
        }
        self.charge(len as u64 / 8);
        Ok(())
    }

    fn members(&self, value: &Object) -> Option<indexmap::IndexSet<Key>> {
        Some(match value {
            Object::Set(set) => set.items.borrow().clone(),
            Object::View(view) if view.kind == crate::value::ViewKind::Keys => {
                view.dict.items.borrow().keys().cloned().collect()
            }
            _ => return None,
        })
    }

    fn repeat(&mut self, sequence: &Object, count: i64) -> R<Object> {
        let count = count.max(0) as usize;
        let len = match sequence {
            Object::Str(text) => text.len() / 16 + 1,
            Object::List(list) => list.items.borrow().len(),
            Object::Tuple(tuple) => tuple.items.len(),
            _ => 1,
        };
        if len.saturating_mul(count) > self.limits.items {
            return Halt::stop(
                Ceiling::Memory,
                format!("a sequence of {} items", len as u128 * count as u128),
            );
        }
        self.charge((len * count) as u64 / 8);
        Ok(match sequence {
            Object::Str(text) => Object::str(text.repeat(count)),
            Object::Bytes(bytes) => Object::Bytes(bytes.repeat(count).into()),
            other => {
                let items = other.items().unwrap_or_default();
                let mut all = Vec::with_capacity(items.len() * count);
                for _ in 0..count {
                    all.extend(items.iter().cloned());
                }
                if matches!(other, Object::List(_)) { Object::list(all) } else { Object::tuple(all) }
            }
        })
    }

    fn integers(&mut self, op: Binary, x: &BigInt, y: &BigInt) -> R<Object> {
        let zero = BigInt::from(0);
        let is_zero = *y == zero;
        Ok(Object::big(match op {
            Binary::Add => x + y,
            Binary::Sub => x - y,
            Binary::Mul => {
                if x.bits() + y.bits() > 4_000_000 {
                    return Halt::refuse("an int of so many digits");
                }
                x * y
            }
            Binary::Div => {
                if is_zero {
                    return Halt::new("ZeroDivisionError", "division by zero");
                }
                return match (i64::try_from(x), i64::try_from(y)) {
                    (Ok(x), Ok(y)) if x.abs() < 1 << 53 && y.abs() < 1 << 53 => {
                        Ok(Object::Float(x as f64 / y as f64))
                    }
                    _ => Ok(Object::Float(crate::value::big_to_float(x) / crate::value::big_to_float(y))),
                };
            }
            Binary::FloorDiv | Binary::Mod => {
                if is_zero {
                    let message = if op == Binary::Mod {
                        "integer modulo by zero"
                    } else {
                        "integer division or modulo by zero"
                    };
                    return Halt::new("ZeroDivisionError", message);
                }
                let (mut quotient, mut rest) = (x / y, x % y);
                if rest != zero && (rest < zero) != (*y < zero) {
                    quotient -= 1;
                    rest += y;
                }
                if op == Binary::Mod { rest } else { quotient }
            }
            Binary::Pow => {
                let Ok(power) = u32::try_from(y) else {
                    if *y < zero {
                        let (x, y) = (crate::value::big_to_float(x), crate::value::big_to_float(y));
                        if x == 0.0 {
                            return Halt::new(
                                "ZeroDivisionError",
                                "0.0 cannot be raised to a negative power",
                            );
                        }
                        return Ok(Object::Float(x.powf(y)));
                    }
                    return Halt::refuse("an int of so many digits");
                };
                if x.bits().saturating_mul(u64::from(power)) > 4_000_000 {
                    return Halt::refuse("an int of so many digits");
                }
                x.pow(power)
            }
            Binary::LShift | Binary::RShift => {
                if *y < zero {
                    return value_error("negative shift count");
                }
                let by = u64::try_from(y).unwrap_or(u64::MAX);
                if op == Binary::RShift {
                    if by > x.bits() { BigInt::from(if *x < zero { -1 } else { 0 }) } else { x >> by }
                } else if by > 4_000_000 {
                    return Halt::refuse("an int of so many digits");
                } else {
                    x << by
                }
            }
            Binary::Or => x | y,
            Binary::Xor => x ^ y,
            Binary::And => x & y,
            Binary::MatMul => return type_error("unsupported operand type(s) for @: 'int' and 'int'"),
        }))
    }

    pub fn equal(&mut self, a: &Object, b: &Object) -> R<bool> {
        let value = self.compare(Compare::Eq, a, b)?;
        self.truth(&value)
    }

    pub fn compare(&mut self, op: Compare, a: &Object, b: &Object) -> R<Object> {
        if let (Object::Int(x), Object::Int(y)) = (a, b) {
            return Ok(Object::Bool(ordered(op, x.cmp(y))));
        }
        match op {
            Compare::In => return Ok(Object::Bool(self.contains(b, a)?)),
            Compare::NotIn => return Ok(Object::Bool(!self.contains(b, a)?)),
            _ => {}
        }
        if matches!(a, Object::Tensor(_)) || matches!(b, Object::Tensor(_)) {
            return self.tensor_compare(op, a, b);
        }
        if matches!(a, Object::Instance(_)) || matches!(b, Object::Instance(_)) {
            let (own, reflected) = match op {
                Compare::Eq => ("__eq__", "__eq__"),
                Compare::NotEq => ("__ne__", "__ne__"),
                Compare::Lt => ("__lt__", "__gt__"),
                Compare::LtE => ("__le__", "__ge__"),
                Compare::Gt => ("__gt__", "__lt__"),
                _ => ("__ge__", "__le__"),
            };
            for (object, other, name) in [(a, b, own), (b, a, reflected)] {
                if !matches!(object, Object::Instance(_)) {
                    continue;
                }
                if let Some(method) = self.special(object, name)? {
                    let value = self.call(&method, vec![other.clone()])?;
                    if !matches!(value, Object::NotImplemented) {
                        return Ok(value);
                    }
                } else if op == Compare::NotEq
                    && let Some(method) = self.special(object, "__eq__")?
                {
                    let value = self.call(&method, vec![other.clone()])?;
                    if !matches!(value, Object::NotImplemented) {
                        return Ok(Object::Bool(!self.truth(&value)?));
                    }
                }
            }
        }
        let (x, y) = (a.inner(), b.inner());
        match op {
            Compare::Eq => return Ok(Object::Bool(self.same(x, y)?)),
            Compare::NotEq => return Ok(Object::Bool(!self.same(x, y)?)),
            _ => {}
        }
        if let (Some(x), Some(y)) = (x.as_float(), y.as_float()) {
            return Ok(Object::Bool(x.partial_cmp(&y).is_some_and(|order| ordered(op, order))));
        }
        if let (Some(x), Some(y)) = (self.members(x), self.members(y)) {
            let (below, above) = (x.is_subset(&y), y.is_subset(&x));
            return Ok(Object::Bool(match op {
                Compare::Lt => below && !above,
                Compare::LtE => below,
                Compare::Gt => above && !below,
                _ => above,
            }));
        }
        let order = match (x, y) {
            (Object::Str(x), Object::Str(y)) => Some(x.cmp(y)),
            (Object::Bytes(x), Object::Bytes(y)) => Some(x.cmp(y)),
            (Object::List(_), Object::List(_)) | (Object::Tuple(_), Object::Tuple(_)) => {
                let (x, y) = (x.items().unwrap_or_default(), y.items().unwrap_or_default());
                for (x, y) in x.iter().zip(&y) {
                    if !self.equal(x, y)? {
                        return self.compare(op, x, y);
                    }
                }
                Some(x.len().cmp(&y.len()))
            }
            _ => None,
        };
        if let Some(order) = order {
            Ok(Object::Bool(ordered(op, order)))
        } else {
            let sign = match op {
                Compare::Lt => "<",
                Compare::LtE => "<=",
                Compare::Gt => ">",
                _ => ">=",
            };
            type_error(format!(
                "'{sign}' not supported between instances of '{}' and '{}'",
                self.type_name(a),
                self.type_name(b)
            ))
        }
    }

    fn tensor_compare(&mut self, op: Compare, a: &Object, b: &Object) -> R<Object> {
        let fits =
            |v: &Object| matches!(v, Object::Tensor(_) | Object::Int(_) | Object::Float(_) | Object::Bool(_));
        if fits(a) && fits(b) {
            return operators::compare(&self.cx, op, a, b);
        }
        match op {
            Compare::Eq => Ok(Object::Bool(false)),
            Compare::NotEq => Ok(Object::Bool(true)),
            _ => Halt::refuse(format!(
                "the message for comparing {} with {}",
                self.type_name(a),
                self.type_name(b)
            )),
        }
    }

    fn same(&mut self, x: &Object, y: &Object) -> R<bool> {
        Ok(match (x, y) {
            (Object::List(a), Object::List(b)) if Rc::ptr_eq(a, b) => true,
            (Object::List(_), Object::List(_)) | (Object::Tuple(_), Object::Tuple(_)) => {
                let (x, y) = (x.items().unwrap_or_default(), y.items().unwrap_or_default());
                if x.len() != y.len() {
                    return Ok(false);
                }
                for (x, y) in x.iter().zip(&y) {
                    if !x.is(y) && !self.equal(x, y)? {
                        return Ok(false);
                    }
                }
                true
            }
            (Object::Dict(a), Object::Dict(b)) => {
                let (a, b) = (a.items.borrow().clone(), b.items.borrow().clone());
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (key, value) in &a {
                    match b.get(key) {
                        Some(other) if value.is(other) || self.equal(value, other)? => {}
                        _ => return Ok(false),
                    }
                }
                true
            }
            (Object::View(_), _) | (_, Object::View(_)) => match (self.members(x), self.members(y)) {
                (Some(x), Some(y)) => x == y,
                _ => x.is(y),
            },
            (Object::Slice(a), Object::Slice(b)) => a.iter().zip(b.iter()).all(|(a, b)| a.is(b)),
            (Object::Device(a), Object::Str(b)) | (Object::Str(b), Object::Device(a)) => {
                let _ = (a, b);
                false
            }
            _ => Key::same(x, y),
        })
    }

    pub fn contains(&mut self, container: &Object, item: &Object) -> R<bool> {
        if let Object::Instance(_) | Object::Class(_) = container
            && let Some(method) = self.special(container, "__contains__")?
        {
            let found = self.call(&method, vec![item.clone()])?;
            return self.truth(&found);
        }
        match container.inner() {
            Object::Str(text) => match item.as_str() {
                Some(part) => Ok(text.contains(&**part)),
                None => type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    self.type_name(item)
                )),
            },
            Object::Dict(dict) => Ok(dict.items.borrow().contains_key(&Key::new(item)?)),
            Object::Set(set) => Ok(set.items.borrow().contains(&Key::new(item)?)),
            Object::View(view) if view.kind == crate::value::ViewKind::Keys => {
                Ok(view.dict.items.borrow().contains_key(&Key::new(item)?))
            }
            Object::Range(range) => Ok(item.as_int().is_some_and(|number| {
                let past = number - range.start;
                past % range.step == 0 && past / range.step >= 0 && (past / range.step) < range.len() as i64
            })),
            Object::Tensor(tensor) => {
                let tensor = tensor.clone();
                let equal = operators::compare(&self.cx, Compare::Eq, &Object::Tensor(tensor), item)?;
                match equal {
                    Object::Tensor(equal) => Ok(self.cx.any(&equal)),
                    _ => Ok(false),
                }
            }
            other if self.is_iterable(other) => {
                let iter = self.iterator(container)?;
                while let Some(next) = self.next(&iter)? {
                    if next.is(item) || self.equal(&next, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => type_error(format!("argument of type '{}' is not iterable", self.type_name(container))),
        }
    }
}

fn ordered(op: Compare, order: Ordering) -> bool {
    match op {
        Compare::Eq => order.is_eq(),
        Compare::NotEq => order.is_ne(),
        Compare::Lt => order.is_lt(),
        Compare::LtE => order.is_le(),
        Compare::Gt => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// Two small ints, where the result is one too.
fn small(op: Binary, x: i64, y: i64) -> Option<Object> {
    Some(Object::Int(match op {
        Binary::Add => x.checked_add(y)?,
        Binary::Sub => x.checked_sub(y)?,
        Binary::Mul => x.checked_mul(y)?,
        Binary::FloorDiv if y != 0 => {
            let quotient = x.checked_div(y)?;
            if x % y != 0 && (x < 0) != (y < 0) { quotient - 1 } else { quotient }
        }
        Binary::Mod if y != 0 => {
            let rest = x.checked_rem(y)?;
            if rest != 0 && (rest < 0) != (y < 0) { rest + y } else { rest }
        }
        Binary::Div if y != 0 && x.abs() < 1 << 53 && y.abs() < 1 << 53 => {
            return Some(Object::Float(x as f64 / y as f64));
        }
        Binary::And => x & y,
        Binary::Or => x | y,
        Binary::Xor => x ^ y,
        _ => return None,
    }))
}

fn floats(op: Binary, x: f64, y: f64) -> Option<Object> {
    Some(Object::Float(match op {
        Binary::Add => x + y,
        Binary::Sub => x - y,
        Binary::Mul => x * y,
        Binary::Div if y != 0.0 => x / y,
        Binary::Mod if y != 0.0 => float_mod(x, y),
        Binary::FloorDiv if y != 0.0 => {
            let rest = float_mod(x, y);
            ((x - rest) / y).round()
        }
        Binary::Pow if !(x < 0.0 && y.fract() != 0.0 || x == 0.0 && y < 0.0) => {
            let power = x.powf(y);
            if power.is_infinite() && x.is_finite() && y.is_finite() {
                return None;
            }
            power
        }
        _ => return None,
    }))
}

fn float_mod(x: f64, y: f64) -> f64 {
    let rest = x % y;
    if rest != 0.0 && (rest < 0.0) != (y < 0.0) { rest + y } else { rest }
}
