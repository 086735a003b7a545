//! The builtin functions, and what the library in Python calls.

use std::rc::Rc;

use crate::eval::iter::Iter;
use crate::eval::{Type, Vm};
use crate::syntax::code::{Binary, Compare};
use crate::value::fault::{type_error, value_error};
use crate::value::{Class, Halt, Key, Object, Property, R};

pub const ALL: &[super::NativeEntry] = &[
    ("print", "*values, sep?, end?, file?, flush?", print),
    ("len", "obj", |vm, a| Ok(Object::Int(vm.len(&a[0])? as i64))),
    ("repr", "obj", |vm, a| Ok(Object::str(vm.repr(&a[0])?))),
    ("ascii", "obj", |vm, a| Ok(Object::str(crate::eval::text::ascii(&vm.repr(&a[0])?)))),
    ("format", "value, spec?", |vm, a| {
        let spec = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        Ok(Object::str(vm.format(&a[0], &spec)?))
    }),
    ("abs", "x", abs),
    ("sum", "iterable, start?", sum),
    ("min", "*args, key?, default?", |vm, a| extreme(vm, a, true)),
    ("max", "*args, key?, default?", |vm, a| extreme(vm, a, false)),
    ("sorted", "iterable, *, key?, reverse?", |vm, a| {
        let mut items = vm.collect(&a[0])?;
        sort(vm, &mut items, &a[1], &a[2])?;
        Ok(Object::list(items))
    }),
    ("any", "iterable", |vm, a| {
        let iter = vm.iterator(&a[0])?;
        while let Some(item) = vm.next(&iter)? {
            if vm.truth(&item)? {
                return Ok(Object::Bool(true));
            }
        }
        Ok(Object::Bool(false))
    }),
    ("all", "iterable", |vm, a| {
        let iter = vm.iterator(&a[0])?;
        while let Some(item) = vm.next(&iter)? {
            if !vm.truth(&item)? {
                return Ok(Object::Bool(false));
            }
        }
        Ok(Object::Bool(true))
    }),
    ("iter", "object, sentinel?", |vm, a| match &a[1] {
        Object::Undefined => vm.iterator(&a[0]),
        end => Ok(Object::iter(Iter::Until(a[0].clone(), end.clone()))),
    }),
    ("next", "iterator, default?", next),
    ("isinstance", "obj, class_or_tuple", |vm, a| Ok(Object::Bool(is_instance(vm, &a[0], &a[1])?))),
    ("issubclass", "cls, class_or_tuple", |vm, a| match &a[0] {
        Object::Class(class) => Ok(Object::Bool(is_subclass(vm, class, &a[1])?)),
        _ => type_error("issubclass() arg 1 must be a class"),
    }),
    ("callable", "obj", |vm, a| {
        Ok(Object::Bool(match &a[0] {
            Object::Function(_) | Object::Native(_) | Object::Bound(_) | Object::Class(_) => true,
            other => vm.special(other, "__call__")?.is_some(),
        }))
    }),
    ("hasattr", "obj, name", |vm, a| {
        let Some(name) = a[1].as_str().cloned() else { return type_error("attribute name must be string") };
        match vm.find_attr(&a[0], &name) {
            Ok(found) => Ok(Object::Bool(found.is_some())),
            Err(fault) if vm.is_fault(&fault, "AttributeError") => Ok(Object::Bool(false)),
            Err(fault) => Err(fault),
        }
    }),
    ("getattr", "obj, name, default?", |vm, a| {
        let Some(name) = a[1].as_str().cloned() else { return type_error("attribute name must be string") };
        if a[2].is_undefined() {
            return vm.attr(&a[0], &name);
        }
        match vm.find_attr(&a[0], &name) {
            Ok(found) => Ok(found.unwrap_or_else(|| a[2].clone())),
            Err(fault) if vm.is_fault(&fault, "AttributeError") => Ok(a[2].clone()),
            Err(fault) => Err(fault),
        }
    }),
    ("setattr", "obj, name, value", |vm, a| {
        let Some(name) = a[1].as_str().cloned() else { return type_error("attribute name must be string") };
        vm.set_attr(&a[0], &name, a[2].clone())?;
        Ok(Object::None)
    }),
    ("delattr", "obj, name", |vm, a| {
        let Some(name) = a[1].as_str().cloned() else { return type_error("attribute name must be string") };
        vm.delete_attr(&a[0], &name)?;
        Ok(Object::None)
    }),
    ("id", "obj", |_, a| Ok(Object::Int(a[0].identity().map_or(4_096, |at| at as i64)))),
    ("hash", "obj", |vm, a| {
        use std::hash::{Hash, Hasher};
        if let Object::Instance(_) = &a[0]
            && let Some(method) = vm.special(&a[0], "__hash__")?
        {
            return vm.call(&method, Vec::new());
        }
        let key = Key::new(&a[0])?;
        if let Some(number) = a[0].as_int() {
            return Ok(Object::Int(if number == -1 { -2 } else { number }));
        }
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        key.hash(&mut hasher);
        Ok(Object::Int(hasher.finish() as i64))
    }),
    ("ord", "c", |vm, a| match a[0].as_str() {
        Some(text) if text.chars().count() == 1 => {
            Ok(Object::Int(text.chars().next().map_or(0, |c| i64::from(c as u32))))
        }
        Some(text) => type_error(format!(
            "ord() expected a character, but string of length {} found",
            text.chars().count()
        )),
        None => type_error(format!("ord() expected string of length 1, but {} found", vm.type_name(&a[0]))),
    }),
    ("chr", "i", |vm, a| match a[0].as_int() {
        Some(code) => match u32::try_from(code).ok().and_then(char::from_u32) {
            Some(c) => Ok(Object::str(c.to_string())),
            None => value_error("chr() arg not in range(0x110000)"),
        },
        None => type_error(format!("'{}' object cannot be interpreted as an integer", vm.type_name(&a[0]))),
    }),
    ("bin", "x", |vm, a| Ok(Object::str(vm.format(&a[0], "#b")?))),
    ("hex", "x", |vm, a| Ok(Object::str(vm.format(&a[0], "#x")?))),
    ("oct", "x", |vm, a| Ok(Object::str(vm.format(&a[0], "#o")?))),
    ("divmod", "x, y", |vm, a| {
        let quotient = vm.binary(Binary::FloorDiv, &a[0], &a[1])?;
        let rest = vm.binary(Binary::Mod, &a[0], &a[1])?;
        Ok(Object::tuple(vec![quotient, rest]))
    }),
    ("pow", "base, exp, mod?", |vm, a| match (&a[2], a[0].as_big(), a[1].as_big()) {
        (Object::Undefined | Object::None, ..) => vm.binary(Binary::Pow, &a[0], &a[1]),
        (modulus, Some(base), Some(power)) => match modulus.as_big() {
            Some(modulus) if modulus != 0.into() && power >= 0.into() => {
                Ok(Object::big(base.modpow(&power, &modulus)))
            }
            Some(modulus) if modulus != 0.into() => match base.modinv(&modulus) {
                Some(inverse) => Ok(Object::big(inverse.modpow(&-power, &modulus))),
                None => value_error("base is not invertible for the given modulus"),
            },
            _ => value_error("pow() 3rd argument cannot be 0"),
        },
        _ => type_error("pow() 3rd argument not allowed unless all arguments are integers"),
    }),
    ("round", "number, ndigits?", round),
    ("vars", "object?", |vm, a| match &a[0] {
        Object::Undefined => Halt::refuse("vars() without an object"),
        object => vm.attr(object, "__dict__"),
    }),
    ("dir", "object?", |vm, a| match &a[0] {
        Object::Undefined => Halt::refuse("dir() without an object"),
        object => Ok(Object::list(vm.names_of(object).into_iter().map(Object::str).collect())),
    }),
    ("_nothing", "*args, **kwargs", |_, _| Ok(Object::None)),
    ("_property_setter", "property, function", |_, a| match &a[0] {
        Object::Property(property) => {
            Ok(Object::Property(Rc::new(Property { setter: a[1].clone(), ..(**property).clone() })))
        }
        _ => Ok(Object::None),
    }),
    ("_property_getter", "property, function", |_, a| match &a[0] {
        Object::Property(property) => {
            Ok(Object::Property(Rc::new(Property { getter: a[1].clone(), ..(**property).clone() })))
        }
        _ => Ok(Object::None),
    }),
    // What the library alone calls.
    ("_refuse", "what", |vm, a| Halt::refuse(vm.str(&a[0])?)),
    ("_warn", "category, message", |vm, a| {
        let (category, message) = (vm.str(&a[0])?, vm.str(&a[1])?);
        vm.warn(&category, message);
        Ok(Object::None)
    }),
    ("_set_plainly", "obj, name, value", |vm, a| {
        let name = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        vm.set_plainly(&a[0], &name, a[2].clone())?;
        Ok(Object::None)
    }),
    ("_get_plainly", "obj, name, default?", |_, a| {
        let name = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        match &a[0] {
            Object::Instance(instance) => {
                Ok(instance.get(&name).unwrap_or_else(|| a[2].clone().or(Object::None)))
            }
            _ => Ok(Object::None),
        }
    }),
    ("_has_plainly", "obj, name", |_, a| {
        let name = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        Ok(Object::Bool(matches!(&a[0], Object::Instance(instance) if instance.get(&name).is_some())))
    }),
    ("_delete_plainly", "obj, name", |_, a| {
        let name = a[1].as_str().cloned().unwrap_or_else(|| "".into());
        if let Object::Instance(instance) = &a[0] {
            instance.attrs.borrow_mut().shift_remove(&name);
        }
        Ok(Object::None)
    }),
    ("_bare", "cls, value?", |vm, a| match &a[0] {
        Object::Class(class) => vm.bare(class, &a[1].clone().given().into_iter().collect::<Vec<_>>()),
        _ => Ok(Object::None),
    }),
    ("_payload", "obj", |_, a| Ok(a[0].inner().clone())),
    ("_send", "generator, value", |vm, a| match &a[0] {
        Object::Generator(generator) => match vm.resume(generator, a[1].clone())? {
            Ok(item) => Ok(Object::tuple(vec![Object::Bool(true), item])),
            Err(result) => Ok(Object::tuple(vec![Object::Bool(false), result])),
        },
        _ => type_error("not a generator"),
    }),
    ("_named", "cls, items", |vm, a| match &a[0] {
        Object::Class(class) => {
            let items = vm.collect(&a[1])?;
            Ok(super::construct::named(class.clone(), items))
        }
        _ => Ok(Object::None),
    }),
    ("_make_class", "name, bases, attrs, module", |vm, a| {
        let bases: Vec<Rc<Class>> = a[1]
            .items()
            .unwrap_or_default()
            .into_iter()
            .filter_map(|base| match base {
                Object::Class(class) => Some(class),
                _ => None,
            })
            .collect();
        let mut attrs = crate::value::Attrs::new();
        if let Object::Dict(dict) = &a[2] {
            for (key, value) in dict.items.borrow().iter() {
                if let Some(name) = key.0.as_str() {
                    attrs.insert(name.clone(), value.clone());
                }
            }
        }
        let name = Rc::from(vm.str(&a[0])?);
        Ok(Object::Class(Rc::new(Class {
            name,
            module: Rc::from(vm.str(&a[3])?),
            ancestors: Class::linearise(&bases).unwrap_or_default(),
            bases,
            attrs: std::cell::RefCell::new(attrs),
            builtin: false,
        })))
    }),
    ("_node_name", "node", |_, a| match &a[0] {
        Object::Node(node) => Ok(Object::str(node.name.borrow().to_string())),
        _ => Ok(Object::None),
    }),
    ("_type_name", "obj", |vm, a| Ok(Object::str(vm.type_name(&a[0])))),
    ("_parameters_of", "function", |_, a| {
        let function = match &a[0] {
            Object::Bound(bound) => &bound.function,
            other => other,
        };
        match function {
            Object::Function(function) => {
                let p = &function.code.parameters;
                let names = function.code.locals[..p.positional + p.keyword_only].iter();
                Ok(Object::list(names.map(|name| Object::Str(name.clone())).collect()))
            }
            _ => Ok(Object::list(Vec::new())),
        }
    }),
];

fn print(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let separator = match &a[1] {
        Object::Undefined | Object::None => " ".to_owned(),
        value => match value.as_str() {
            Some(text) => text.to_string(),
            None => return type_error(format!("sep must be None or a string, not {}", vm.type_name(value))),
        },
    };
    let end = match &a[2] {
        Object::Undefined | Object::None => "\n".to_owned(),
        value => match value.as_str() {
            Some(text) => text.to_string(),
            None => return type_error(format!("end must be None or a string, not {}", vm.type_name(value))),
        },
    };
    let mut parts = Vec::new();
    let values = a[0].items().unwrap_or_default();
    for value in &values {
        parts.push(vm.str(value)?);
    }
    let text = parts.join(&separator) + &end;
    if let Object::Instance(file) = &a[3] {
        // Only sys.stdout and sys.stderr are there.
        if file.class().name.as_ref() == "_Stderr" {
            return Ok(Object::None);
        }
    }
    if vm.recorder.is_some() {
        let mut from = vm.output.len();
        for (value, part) in values.iter().zip(&parts) {
            if let Object::Tensor(tensor) = value {
                vm.prints(from, from + part.len(), tensor);
            }
            from += part.len() + separator.len();
        }
    }
    vm.print(&text)?;
    Ok(Object::None)
}

fn abs(vm: &mut Vm, a: &[Object]) -> R<Object> {
    match a[0].inner() {
        Object::Float(number) => Ok(Object::Float(number.abs())),
        Object::Tensor(tensor) => Ok(Object::Tensor(vm.cx.unary("abs", tensor)?)),
        other => {
            if let Some(number) = other.as_big() {
                Ok(Object::big(if number < 0.into() { -number } else { number }))
            } else {
                if let Some(method) = vm.special(&a[0], "__abs__")? {
                    return vm.call(&method, Vec::new());
                }
                type_error(format!("bad operand type for abs(): '{}'", vm.type_name(&a[0])))
            }
        }
    }
}

fn sum(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let mut total = a[1].clone().or(Object::Int(0));
    if total.as_str().is_some() {
        return type_error("sum() can't sum strings [use ''.join(seq) instead]");
    }
    let iter = vm.iterator(&a[0])?;
    // CPython 3.12 adds floats with compensation.
    let mut lost = 0.0_f64;
    while let Some(item) = vm.next(&iter)? {
        if let (Object::Float(x), Some(y)) = (&total, item.as_float())
            && !matches!(item, Object::Big(_) | Object::Instance(_))
        {
            let sum = x + y;
            if matches!(item, Object::Float(_)) {
                lost += if x.abs() >= y.abs() { (x - sum) + y } else { (y - sum) + x };
            }
            total = Object::Float(sum);
            continue;
        }
        total = vm.binary(Binary::Add, &total, &item)?;
    }
    if let Object::Float(number) = total
        && lost != 0.0
        && lost.is_finite()
    {
        return Ok(Object::Float(number + lost));
    }
    Ok(total)
}

fn extreme(vm: &mut Vm, a: &[Object], least: bool) -> R<Object> {
    let name = if least { "min" } else { "max" };
    let given = a[0].items().unwrap_or_default();
    let items = match given.as_slice() {
        [] => return type_error(format!("{name} expected at least 1 argument, got 0")),
        [one] => vm.collect(one)?,
        many => many.to_vec(),
    };
    let key = a[1].clone().given();
    let mut best: Option<(Object, Object)> = None;
    for item in items {
        let weight = match &key {
            Some(key) => vm.call(key, vec![item.clone()])?,
            None => item.clone(),
        };
        let better = match &best {
            None => true,
            Some((_, other)) => {
                let op = if least { Compare::Lt } else { Compare::Gt };
                let truth = vm.compare(op, &weight, other)?;
                vm.truth(&truth)?
            }
        };
        if better {
            best = Some((item, weight));
        }
    }
    match best {
        Some((item, _)) => Ok(item),
        None if !a[2].is_undefined() => Ok(a[2].clone()),
        None => value_error(format!("{name}() iterable argument is empty")),
    }
}

/// Sorts as Python does: in place, equal items in their order.
/// What `CPython`, which inserts each into the run before it, raises first; of what a program compares by itself nothing.
fn first_fault(vm: &mut Vm, weighed: &[(Object, Object)]) -> Option<Halt> {
    if weighed.iter().any(|(weight, _)| matches!(weight, Object::Instance(_))) {
        return None;
    }
    let mut less = |a: &Object, b: &Object| -> R<bool> {
        let truth = vm.compare(Compare::Lt, a, b)?;
        vm.truth(&truth)
    };
    let mut run: Vec<Object> = Vec::new();
    let (mut is_run, mut is_falling) = (true, false);
    let mut insert = |new: &Object, at: usize| -> R<()> {
        if at == 0 {
            run.push(new.clone());
            return Ok(());
        }
        if is_run {
            let falls = less(new, &run[at - 1])?;
            if at == 1 {
                is_falling = falls;
            }
            if falls == is_falling {
                run.push(new.clone());
                return Ok(());
            }
            is_run = false;
            if is_falling {
                run.reverse();
            }
        }
        let (mut low, mut high) = (0, run.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if less(new, &run[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        run.insert(low, new.clone());
        Ok(())
    };
    weighed.iter().enumerate().find_map(|(at, (weight, _))| insert(weight, at).err())
}

pub fn sort(vm: &mut Vm, items: &mut Vec<Object>, key: &Object, reverse: &Object) -> R<()> {
    let reverse = !reverse.is_undefined() && vm.truth(reverse)?;
    let key = key.clone().given();
    let mut weighed = Vec::with_capacity(items.len());
    for item in items.iter() {
        let weight = match &key {
            Some(key) => vm.call(key, vec![item.clone()])?,
            None => item.clone(),
        };
        weighed.push((weight, item.clone()));
    }
    if reverse {
        weighed.reverse();
    }
    let mut fault = None;
    // A merge sort, for the order may be the program's own, and need not be one.
    let mut width = 1;
    while width < weighed.len() {
        let mut next = Vec::with_capacity(weighed.len());
        for pair in weighed.chunks(2 * width) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            let (mut i, mut j) = (0, 0);
            while i < left.len() && j < right.len() {
                let less =
                    match vm.compare(Compare::Lt, &right[j].0, &left[i].0).and_then(|truth| vm.truth(&truth))
                    {
                        Ok(less) => less,
                        Err(error) => {
                            fault.get_or_insert(first_fault(vm, &weighed).unwrap_or(error));
                            false
                        }
                    };
                if fault.is_some() {
                    break;
                }
                if less {
                    next.push(right[j].clone());
                    j += 1;
                } else {
                    next.push(left[i].clone());
                    i += 1;
                }
            }
            next.extend_from_slice(&left[i..]);
            next.extend_from_slice(&right[j..]);
        }
        if let Some(fault) = fault {
            return Err(fault);
        }
        weighed = next;
        width *= 2;
    }
    if reverse {
        weighed.reverse();
    }
    *items = weighed.into_iter().map(|(_, item)| item).collect();
    Ok(())
}

fn next(vm: &mut Vm, a: &[Object]) -> R<Object> {
    if let Object::Instance(_) = &a[0]
        && let Some(method) = vm.special(&a[0], "__next__")?
    {
        return match vm.call(&method, Vec::new()) {
            Err(fault) if !a[1].is_undefined() && vm.is_fault(&fault, "StopIteration") => Ok(a[1].clone()),
            other => other,
        };
    }
    if let Object::Generator(generator) = &a[0] {
        return match vm.resume(generator, Object::None)? {
            Ok(item) => Ok(item),
            Err(_) if !a[1].is_undefined() => Ok(a[1].clone()),
            Err(Object::None) => Halt::new("StopIteration", ""),
            Err(result) => {
                let exception = vm.exception("StopIteration", "");
                exception.set("args", Object::tuple(vec![result.clone()]));
                exception.set("value", result);
                Err(Halt::Raise(exception))
            }
        };
    }
    match vm.next(&a[0])? {
        Some(item) => Ok(item),
        None if !a[1].is_undefined() => Ok(a[1].clone()),
        None => Halt::new("StopIteration", ""),
    }
}

pub fn is_instance(vm: &mut Vm, value: &Object, class: &Object) -> R<bool> {
    let own = vm.class_of(value);
    is_subclass(vm, &own, class)
}

fn is_subclass(vm: &mut Vm, own: &Rc<Class>, class: &Object) -> R<bool> {
    match class {
        Object::Class(class) => {
            // A protocol of `collections.abc` is answered by its methods.
            if let Some(Object::Tuple(names)) = class.attrs.borrow().get("_protocol").cloned() {
                return Ok(names
                    .items
                    .iter()
                    .all(|name| name.as_str().is_some_and(|name| has(vm, own, name))));
            }
            Ok(own.is_subclass(class))
        }
        Object::Tuple(tuple) => {
            for class in &tuple.items {
                if is_subclass(vm, own, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Object::None => Ok(own.name.as_ref() == "NoneType"),
        _ => type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
    }
}

fn has(vm: &Vm, class: &Rc<Class>, name: &str) -> bool {
    let builtin = |kinds: &[Type]| vm.types.base_of(class).is_some_and(|own| kinds.contains(&own));
    class.lookup(name).is_some()
        || match name {
            "__iter__" => builtin(&[
                Type::List,
                Type::Tuple,
                Type::Dict,
                Type::Set,
                Type::FrozenSet,
                Type::Str,
                Type::Range,
                Type::Iterator,
                Type::Generator,
                Type::Tensor,
                Type::Bytes,
                Type::DictKeys,
                Type::DictValues,
                Type::DictItems,
            ]),
            "__next__" => builtin(&[Type::Iterator, Type::Generator]),
            "__getitem__" => builtin(&[Type::List, Type::Tuple, Type::Str, Type::Range, Type::Dict]),
            "__call__" => builtin(&[Type::Function, Type::Method, Type::Builtin, Type::Type]),
            "keys" => builtin(&[Type::Dict]),
            "_sequence" => builtin(&[Type::List, Type::Tuple, Type::Str, Type::Range, Type::Bytes]),
            _ => false,
        }
}

fn round(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let digits = a[1].clone().given().and_then(|digits| digits.as_int());
    match a[0].inner() {
        Object::Float(number) => match digits {
            None => {
                if !number.is_finite() {
                    let message = if number.is_nan() {
                        return value_error("cannot convert float NaN to integer");
                    } else {
                        "cannot convert float infinity to integer"
                    };
                    return Halt::new("OverflowError", message);
                }
                Ok(Object::big(crate::eval::text::whole(number.round_ties_even())))
            }
            Some(digits) => Ok(Object::Float(rounded(*number, digits))),
        },
        Object::Tensor(tensor) => match digits {
            None => Ok(Object::Tensor(vm.cx.unary("round", tensor)?)),
            Some(_) => Halt::refuse("round() of a tensor to digits"),
        },
        other => {
            if let Some(number) = other.as_big() {
                match digits {
                    Some(digits) if digits < 0 => {
                        let unit = num_bigint::BigInt::from(10).pow((-digits).min(1000) as u32);
                        let half = Object::big(number.clone());
                        let _ = half;
                        let (mut quotient, rest) = (&number / &unit, &number % &unit);
                        let twice: num_bigint::BigInt = rest * 2;
                        let up = twice > unit || twice == unit && &quotient % 2 != 0.into();
                        if up {
                            quotient += 1;
                        }
                        Ok(Object::big(quotient * unit))
                    }
                    _ => Ok(Object::big(number)),
                }
            } else {
                if let Some(method) = vm.special(&a[0], "__round__")? {
                    return vm.call(&method, Vec::new());
                }
                type_error(format!("type {} doesn't define __round__ method", vm.type_name(&a[0])))
            }
        }
    }
}

/// A float to so many decimals, as its exact value rounds.
fn rounded(number: f64, digits: i64) -> f64 {
    if !number.is_finite() || digits > 300 {
        return number;
    }
    if digits >= 0 {
        return format!("{number:.*}", digits as usize).parse().unwrap_or(number);
    }
    let unit = 10f64.powi(-digits as i32);
    (number / unit).round_ties_even() * unit
}
