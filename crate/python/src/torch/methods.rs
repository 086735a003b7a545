//! The functions of `torch` that are methods of tensors too, and the methods alone.

use super::division;
use super::dtype::ScalarType;
use super::operators;
use super::reduce::axes;
use super::shape::axis;
use super::tensor::TorchTensor;
use crate::builtins::NativeEntry;
use crate::eval::Vm;
use crate::syntax::code::{Binary, Compare};
use crate::value::fault::{index_error, runtime_error, type_error};
use crate::value::{Halt, Object, R};

/// An argument that must be a tensor.
pub fn tensor(vm: &Vm, value: &Object, function: &str, name: &str, position: usize) -> R<TorchTensor> {
    match value {
        Object::Tensor(tensor) => Ok(tensor.clone()),
        other => type_error(format!(
            "{function}(): argument '{name}' (position {position}) must be Tensor, not {}",
            vm.type_name(other)
        )),
    }
}

/// An int or ints, given one by one or in a list.
pub fn ints(vm: &Vm, value: &Object) -> R<Vec<i64>> {
    let items = match value {
        Object::Undefined | Object::None => Vec::new(),
        other => match other.items() {
            Some(items) if items.len() == 1 && items[0].items().is_some() => {
                items[0].items().unwrap_or_default()
            }
            Some(items) => items,
            None => vec![other.clone()],
        },
    };
    items
        .iter()
        .map(|item| match item {
            Object::Tensor(tensor) if tensor.len() == 1 && !tensor.dtype().is_float() => {
                Ok(tensor.get_i64(0))
            }
            Object::Bool(_) | Object::Int(_) => Ok(item.as_int().unwrap_or(0)),
            other => type_error(format!(
                "argument must be tuple of ints, but found element of type {}",
                vm.type_name(other)
            )),
        })
        .collect()
}

pub fn flag(vm: &mut Vm, value: &Object, default: bool) -> R<bool> {
    if value.is_undefined() { Ok(default) } else { vm.truth(value) }
}

pub fn out(tensor: TorchTensor) -> R<Object> {
    Ok(Object::Tensor(tensor))
}

fn many(tensors: Vec<TorchTensor>) -> R<Object> {
    Ok(Object::tuple(tensors.into_iter().map(Object::Tensor).collect()))
}

/// The dims that are reduced: those given, or all.
fn reduced(vm: &Vm, dim: &Object, rank: usize) -> R<(Vec<usize>, bool)> {
    match dim {
        Object::Undefined | Object::None => Ok(((0..rank).collect(), true)),
        dim => {
            let dims = ints(vm, dim)?;
            if dims.is_empty() { Ok(((0..rank).collect(), true)) } else { Ok((axes(&dims, rank)?, false)) }
        }
    }
}

pub fn dtype_of(value: &Object) -> Option<ScalarType> {
    match value {
        Object::Dtype(dtype) => Some(*dtype),
        _ => None,
    }
}

/// `torch.return_types.max` and its like.
fn returned(vm: &mut Vm, kind: &str, tensors: [TorchTensor; 2]) -> R<Object> {
    let class = match vm.modules.get("torch").and_then(|torch| torch.space.get("_return_types")) {
        Some(Object::Dict(kinds)) => kinds.items.borrow().get(&crate::value::Key::str(kind)).cloned(),
        _ => None,
    };
    let items = tensors.into_iter().map(Object::Tensor).collect();
    match class {
        Some(Object::Class(class)) => Ok(crate::builtins::named_tuple(class, items)),
        _ => Ok(Object::tuple(items)),
    }
}

macro_rules! unary {
    ($($name:literal),*) => {
        &[$((
            $name,
            "input, *, out?",
            |vm, a| {
                let x = tensor(vm, &a[0], $name, "input", 1)?;
                out(vm.cx.unary($name, &x)?)
            },
        )),*]
    };
}

pub const UNARY: &[NativeEntry] = unary!(
    "abs",
    "neg",
    "exp",
    "expm1",
    "log",
    "log2",
    "log10",
    "log1p",
    "sqrt",
    "rsqrt",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "sigmoid",
    "relu",
    "sign",
    "floor",
    "ceil",
    "round",
    "trunc",
    "reciprocal",
    "erf"
);

macro_rules! binary {
    ($name:literal, $op:expr) => {
        ($name, "input, other, *, alpha?, out?, rounding_mode?", |vm, a| operate(vm, $name, $op, a))
    };
}

macro_rules! comparison {
    ($name:literal, $op:expr) => {
        ($name, "input, other", |vm, a| {
            tensor(vm, &a[0], $name, "input", 1)?;
            operators::compare(&vm.cx, $op, &a[0], &a[1])
        })
    };
}

fn operate(vm: &mut Vm, name: &str, op: Binary, a: &[Object]) -> R<Object> {
    if !matches!(a[0], Object::Tensor(_)) && !matches!(a[1], Object::Tensor(_)) {
        tensor(vm, &a[0], name, "input", 1)?;
    }
    if operators::Operand::of(&a[1]).is_none() || operators::Operand::of(&a[0]).is_none() {
        let (at, which) = if operators::Operand::of(&a[0]).is_none() { (0, "input") } else { (1, "other") };
        return type_error(format!(
            "{name}(): argument '{which}' (position {}) must be Tensor, not {}",
            at + 1,
            vm.type_name(&a[at])
        ));
    }
    let mut other = a[1].clone();
    if let Some(alpha) = a[2].clone().given() {
        other = operators::binary(&vm.cx, Binary::Mul, &other, &alpha)?;
    }
    if let Some(mode) = a[4].as_str().cloned() {
        if !["floor", "trunc"].contains(&&*mode) {
            return runtime_error(format!(
                "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{mode}'"
            ));
        }
        return out(division::rounded(&vm.cx, &a[0], &other, &*mode == "floor")?);
    }
    operators::binary(&vm.cx, op, &a[0], &other)
}

fn extreme(vm: &mut Vm, a: &[Object], largest: bool) -> R<Object> {
    let name = if largest { "max" } else { "min" };
    let x = tensor(vm, &a[0], name, "input", 1)?;
    match &a[1] {
        Object::Undefined => out(vm.cx.extreme_all(&x, largest)?),
        Object::Tensor(other) => {
            let (x, y, _) = operators::pair(&vm.cx, &a[0], &Object::Tensor(other.clone()))?;
            out(vm.cx.extreme(&x, &y, largest)?)
        }
        dim => {
            let keep = flag(vm, &a[2], false)?;
            let (values, indices) = vm.cx.extreme_dim(&x, dim.as_int().unwrap_or(0), keep, largest)?;
            returned(vm, name, [values, indices])
        }
    }
}

fn variance(vm: &mut Vm, a: &[Object], root: bool) -> R<Object> {
    let x = tensor(vm, &a[0], if root { "std" } else { "var" }, "input", 1)?;
    // `dim` may be the flag `unbiased`, as it once was alone.
    let (dim, mut correction) = match &a[1] {
        Object::Bool(unbiased) => (Object::Undefined, f64::from(u8::from(*unbiased))),
        dim => (dim.clone(), 1.0),
    };
    if let Some(unbiased) = a[2].clone().given() {
        correction = f64::from(u8::from(vm.truth(&unbiased)?));
    }
    if let Some(given) = a[4].clone().given() {
        correction = given.as_float().unwrap_or(1.0);
    }
    let (dims, _) = reduced(vm, &dim, x.rank())?;
    let keep = flag(vm, &a[3], false)?;
    let result = vm.cx.variance(&x, &dims, keep, correction, root)?;
    notes(vm);
    out(result)
}

/// Hands the warnings of operations on.
pub fn notes(vm: &mut Vm) {
    let notes = std::mem::take(&mut *vm.cx.notes.borrow_mut());
    for (category, message) in notes {
        vm.warn(&category, message);
    }
}

pub const COMMON: &[NativeEntry] = &[
    binary!("add", Binary::Add),
    binary!("sub", Binary::Sub),
    binary!("subtract", Binary::Sub),
    binary!("mul", Binary::Mul),
    binary!("multiply", Binary::Mul),
    binary!("div", Binary::Div),
    binary!("divide", Binary::Div),
    binary!("true_divide", Binary::Div),
    binary!("floor_divide", Binary::FloorDiv),
    binary!("remainder", Binary::Mod),
    binary!("pow", Binary::Pow),
    binary!("bitwise_and", Binary::And),
    binary!("bitwise_or", Binary::Or),
    binary!("bitwise_xor", Binary::Xor),
    comparison!("eq", Compare::Eq),
    comparison!("ne", Compare::NotEq),
    comparison!("lt", Compare::Lt),
    comparison!("le", Compare::LtE),
    comparison!("gt", Compare::Gt),
    comparison!("ge", Compare::GtE),
    ("fmod", "input, other", |vm, a| {
        tensor(vm, &a[0], "fmod", "input", 1)?;
        out(division::fmod(&vm.cx, &a[0], &a[1])?)
    }),
    ("square", "input", |vm, a| {
        tensor(vm, &a[0], "square", "input", 1)?;
        operators::binary(&vm.cx, Binary::Pow, &a[0], &Object::Int(2))
    }),
    ("maximum", "input, other", |vm, a| {
        let (x, y, _) = operators::pair(&vm.cx, &a[0], &a[1])?;
        out(vm.cx.extreme(&x, &y, true)?)
    }),
    ("minimum", "input, other", |vm, a| {
        let (x, y, _) = operators::pair(&vm.cx, &a[0], &a[1])?;
        out(vm.cx.extreme(&x, &y, false)?)
    }),
    ("logical_not", "input", |vm, a| {
        let x = tensor(vm, &a[0], "logical_not", "input", 1)?;
        out(vm.cx.of_bools(x.bools().into_iter().map(|x| !x).collect(), &x.shape())?)
    }),
    ("bitwise_not", "input", |vm, a| {
        let x = tensor(vm, &a[0], "bitwise_not", "input", 1)?;
        operators::unary(&vm.cx, crate::syntax::code::Unary::Invert, &x)
    }),
    ("logical_and", "input, other", |vm, a| logical(vm, a, Binary::And)),
    ("logical_or", "input, other", |vm, a| logical(vm, a, Binary::Or)),
    ("logical_xor", "input, other", |vm, a| logical(vm, a, Binary::Xor)),
    ("isnan", "input", |vm, a| test(vm, a, "isnan", f64::is_nan)),
    ("isinf", "input", |vm, a| test(vm, a, "isinf", f64::is_infinite)),
    ("isfinite", "input", |vm, a| test(vm, a, "isfinite", f64::is_finite)),
    ("clamp", "input, min?, max?", |vm, a| {
        let x = tensor(vm, &a[0], "clamp", "input", 1)?;
        if matches!(a[1], Object::Tensor(_)) || matches!(a[2], Object::Tensor(_)) {
            return Halt::refuse("clamp with tensors as bounds");
        }
        if a[1].clone().given().is_none() && a[2].clone().given().is_none() {
            return runtime_error("torch.clamp: At least one of 'min' or 'max' must not be None");
        }
        out(vm.cx.clamp(&x, &a[1], &a[2])?)
    }),
    ("clip", "input, min?, max?", |vm, a| {
        let x = tensor(vm, &a[0], "clip", "input", 1)?;
        out(vm.cx.clamp(&x, &a[1], &a[2])?)
    }),
    ("sum", "input, dim?, keepdim?, *, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "sum", "input", 1)?;
        let x = match dtype_of(&a[3]) {
            Some(dtype) => vm.cx.cast(&x, dtype)?,
            None => x,
        };
        let (dims, all) = reduced(vm, &a[1], x.rank())?;
        let keep = flag(vm, &a[2], false)?;
        let sum = vm.cx.sum_dims(&x, &dims, keep)?;
        vm.cx.rename(&sum, if all { "SumBackward0" } else { "SumBackward1" });
        out(sum)
    }),
    ("mean", "input, dim?, keepdim?, *, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "mean", "input", 1)?;
        let x = match dtype_of(&a[3]) {
            Some(dtype) => vm.cx.cast(&x, dtype)?,
            None => x,
        };
        let (dims, all) = reduced(vm, &a[1], x.rank())?;
        let keep = flag(vm, &a[2], false)?;
        out(vm.cx.mean_dims(&x, &dims, keep, all)?)
    }),
    ("var", "input, dim?, unbiased?, keepdim?, *, correction?", |vm, a| variance(vm, a, false)),
    ("std", "input, dim?, unbiased?, keepdim?, *, correction?", |vm, a| variance(vm, a, true)),
    ("prod", "input, dim?, keepdim?", |vm, a| {
        let x = tensor(vm, &a[0], "prod", "input", 1)?;
        let (dims, all) = reduced(vm, &a[1], x.rank())?;
        let keep = flag(vm, &a[2], false)?;
        let result = vm.cx.prod(&x, &dims, keep)?;
        vm.cx.rename(&result, if all { "ProdBackward0" } else { "ProdBackward1" });
        out(result)
    }),
    ("max", "input, dim?, keepdim?", |vm, a| extreme(vm, a, true)),
    ("min", "input, dim?, keepdim?", |vm, a| extreme(vm, a, false)),
    ("amax", "input, dim?, keepdim?", |vm, a| amax(vm, a, true)),
    ("amin", "input, dim?, keepdim?", |vm, a| amax(vm, a, false)),
    ("argmax", "input, dim?, keepdim?", |vm, a| {
        let x = tensor(vm, &a[0], "argmax", "input", 1)?;
        not_for_bool(&x, "argmax(): does not support bool input")?;
        let keep = flag(vm, &a[2], false)?;
        out(vm.cx.arg_extreme(&x, a[1].as_int(), keep, true)?)
    }),
    ("argmin", "input, dim?, keepdim?", |vm, a| {
        let x = tensor(vm, &a[0], "argmin", "input", 1)?;
        not_for_bool(&x, "argmin(): does not support bool input")?;
        let keep = flag(vm, &a[2], false)?;
        out(vm.cx.arg_extreme(&x, a[1].as_int(), keep, false)?)
    }),
    ("all", "input, dim?, keepdim?", |vm, a| truths(vm, a, true)),
    ("any", "input, dim?, keepdim?", |vm, a| truths(vm, a, false)),
    ("cumsum", "input, dim", |vm, a| {
        let x = tensor(vm, &a[0], "cumsum", "input", 1)?;
        out(vm.cx.cumsum(&x, a[1].as_int().unwrap_or(0), false)?)
    }),
    ("cumprod", "input, dim", |vm, a| {
        let x = tensor(vm, &a[0], "cumprod", "input", 1)?;
        out(vm.cx.cumsum(&x, a[1].as_int().unwrap_or(0), true)?)
    }),
    ("softmax", "input, dim, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "softmax", "input", 1)?;
        out(vm.cx.softmax(&x, a[1].as_int().unwrap_or(0), false)?)
    }),
    ("log_softmax", "input, dim, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "log_softmax", "input", 1)?;
        out(vm.cx.softmax(&x, a[1].as_int().unwrap_or(0), true)?)
    }),
    ("logsumexp", "input, dim, keepdim?", |vm, a| {
        let x = tensor(vm, &a[0], "logsumexp", "input", 1)?;
        let (dims, _) = reduced(vm, &a[1], x.rank())?;
        let keep = flag(vm, &a[2], false)?;
        out(vm.cx.logsumexp(&x, &dims, keep)?)
    }),
    ("norm", "input, p?, dim?, keepdim?", |vm, a| {
        let x = tensor(vm, &a[0], "norm", "input", 1)?;
        let p = match &a[1] {
            Object::Str(name) if &**name == "fro" => 2.0,
            value => value.as_float().unwrap_or(2.0),
        };
        let (dims, _) = reduced(vm, &a[2], x.rank())?;
        let keep = flag(vm, &a[3], false)?;
        if !x.dtype().is_float() {
            return Halt::new(
                "NotImplementedError",
                format!(
                    "linalg.vector_norm: Expected a floating point or complex tensor as input. Got {}",
                    x.dtype().word()
                ),
            );
        }
        out(vm.cx.norm(&x, p, &dims, keep)?)
    }),
    ("matmul", "input, other", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "matmul", "input", 1)?, tensor(vm, &a[1], "matmul", "other", 2)?);
        out(vm.cx.matmul(&x, &y)?)
    }),
    ("mm", "input, mat2", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "mm", "input", 1)?, tensor(vm, &a[1], "mm", "mat2", 2)?);
        out(vm.cx.mm(&x, &y)?)
    }),
    ("bmm", "input, mat2", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "bmm", "input", 1)?, tensor(vm, &a[1], "bmm", "mat2", 2)?);
        out(vm.cx.bmm(&x, &y)?)
    }),
    ("dot", "input, tensor", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "dot", "input", 1)?, tensor(vm, &a[1], "dot", "tensor", 2)?);
        out(vm.cx.dot(&x, &y)?)
    }),
    ("mv", "input, vec", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "mv", "input", 1)?, tensor(vm, &a[1], "mv", "vec", 2)?);
        out(vm.cx.mv(&x, &y)?)
    }),
    ("outer", "input, vec2", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "outer", "input", 1)?, tensor(vm, &a[1], "outer", "vec2", 2)?);
        for (tensor, name) in [(&x, "self"), (&y, "vec2")] {
            if tensor.rank() != 1 {
                let rank = tensor.rank();
                return runtime_error(format!("outer: Expected 1-D argument {name}, but got {rank}-D"));
            }
        }
        out(vm.cx.mul(&vm.cx.unsqueeze(&x, 1)?, &y)?)
    }),
    ("addmm", "input, mat1, mat2", |vm, a| {
        let x = tensor(vm, &a[0], "addmm", "input", 1)?;
        let (y, z) = (tensor(vm, &a[1], "addmm", "mat1", 2)?, tensor(vm, &a[2], "addmm", "mat2", 3)?);
        out(vm.cx.addmm(&x, &y, &z)?)
    }),
    ("transpose", "input, dim0, dim1", |vm, a| {
        let x = tensor(vm, &a[0], "transpose", "input", 1)?;
        out(vm.cx.transpose(&x, a[1].as_int().unwrap_or(0), a[2].as_int().unwrap_or(1))?)
    }),
    ("swapaxes", "input, axis0, axis1", |vm, a| {
        let x = tensor(vm, &a[0], "swapaxes", "input", 1)?;
        out(vm.cx.transpose(&x, a[1].as_int().unwrap_or(0), a[2].as_int().unwrap_or(1))?)
    }),
    ("t", "input", |vm, a| {
        let x = tensor(vm, &a[0], "t", "input", 1)?;
        out(vm.cx.t(&x)?)
    }),
    ("unsqueeze", "input, dim", |vm, a| {
        let x = tensor(vm, &a[0], "unsqueeze", "input", 1)?;
        out(vm.cx.unsqueeze(&x, a[1].as_int().unwrap_or(0))?)
    }),
    ("squeeze", "input, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "squeeze", "input", 1)?;
        let dims = ints(vm, &a[1])?;
        out(vm.cx.squeeze(&x, (!a[1].is_undefined()).then_some(dims.as_slice()))?)
    }),
    ("flatten", "input, start_dim?, end_dim?", |vm, a| {
        let x = tensor(vm, &a[0], "flatten", "input", 1)?;
        let rank = x.rank();
        let (start, end) =
            (axis(a[1].as_int().unwrap_or(0), rank)?, axis(a[2].as_int().unwrap_or(-1), rank)?);
        if rank == 0 {
            return out(vm.cx.reshape(&x, &[1])?);
        }
        if start > end {
            return runtime_error("flatten() has invalid args: start_dim cannot come after end_dim");
        }
        if start == end {
            return Ok(a[0].clone());
        }
        let own = x.shape();
        let mut shape = own[..start].to_vec();
        shape.push(own[start..=end].iter().product());
        shape.extend(&own[end + 1..]);
        out(vm.cx.reshape(&x, &shape)?)
    }),
    ("unflatten", "input, dim, sizes", |vm, a| {
        let x = tensor(vm, &a[0], "unflatten", "input", 1)?;
        if x.rank() == 0 {
            return runtime_error(
                "unflatten got an unexpected error:\nDimension specified as 0 but tensor has no dimensions",
            );
        }
        let dim = axis(a[1].as_int().unwrap_or(0), x.rank())?;
        let own = x.shape();
        let sizes = ints(vm, &a[2])?;
        let Ok(inner) = super::shape::inferred(&sizes, own[dim]) else {
            let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
            return runtime_error(format!(
                "unflatten: Provided sizes [{}] don't multiply up to the size of dim {dim} ({}) in the input tensor",
                sizes.join(", "),
                own[dim]
            ));
        };
        let mut shape = own[..dim].to_vec();
        shape.extend(inner);
        shape.extend(&own[dim + 1..]);
        out(vm.cx.reshape(&x, &shape)?)
    }),
    ("flip", "input, *dims", |vm, a| {
        let x = tensor(vm, &a[0], "flip", "input", 1)?;
        let dims = axes(&ints(vm, &a[1])?, x.rank())?;
        out(vm.cx.flip(&x, &dims)?)
    }),
    ("roll", "input, shifts, dims?", |vm, a| {
        let x = tensor(vm, &a[0], "roll", "input", 1)?;
        let (shifts, dims) = (ints(vm, &a[1])?, ints(vm, &a[2])?);
        let shape = x.shape();
        if x.rank() == 0 && !dims.is_empty() {
            return index_error("Dimension specified as 0 but tensor has no dimensions");
        }
        let mut y = if dims.is_empty() { vm.cx.reshape(&x, &[x.len()])? } else { x };
        for (i, &shift) in shifts.iter().enumerate() {
            let dim = axis(dims.get(i).copied().unwrap_or(0), y.rank())?;
            let size = y.shape()[dim] as i64;
            let order: Vec<i64> = (0..size).map(|i| (i - shift).rem_euclid(size)).collect();
            let index = vm.cx.of_ints(order, &[size as usize], ScalarType::I64)?;
            y = vm.cx.index_select(&y, dim as i64, &index)?;
        }
        let y = if dims.is_empty() { vm.cx.reshape(&y, &shape)? } else { y };
        vm.cx.rename(&y, "RollBackward0");
        out(y)
    }),
    ("split", "input, split_size_or_sections, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "split", "input", 1)?;
        if x.rank() == 0 {
            return runtime_error("split expects at least a 1-dimensional tensor");
        }
        let dim = axis(a[2].as_int().unwrap_or(0), x.rank())?;
        let whole = x.shape()[dim];
        let sizes: Vec<usize> = match a[1].as_int() {
            Some(size) if size > 0 => {
                let size = size as usize;
                (0..whole.div_ceil(size).max(1)).map(|i| size.min(whole - i * size)).collect()
            }
            Some(size) => {
                return runtime_error(format!(
                    "split expects split_size be non-negative, but got split_size={size}"
                ));
            }
            None => {
                let sizes = ints(vm, &a[1])?;
                if sizes.iter().sum::<i64>() != whole as i64 {
                    let shown: Vec<String> = sizes.iter().map(ToString::to_string).collect();
                    return runtime_error(format!(
                        "split_with_sizes expects split_sizes to sum exactly to {whole} (input tensor's size at dimension {dim}), but got split_sizes=[{}]",
                        shown.join(", ")
                    ));
                }
                sizes.into_iter().map(|size| size as usize).collect()
            }
        };
        many(vm.cx.split(&x, &sizes, dim)?)
    }),
    ("chunk", "input, chunks, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "chunk", "input", 1)?;
        if x.rank() == 0 {
            return runtime_error("chunk expects at least a 1-dimensional tensor");
        }
        let dim = axis(a[2].as_int().unwrap_or(0), x.rank())?;
        let whole = x.shape()[dim];
        let Some(chunks) = a[1].as_int().filter(|chunks| *chunks > 0) else {
            return runtime_error(format!(
                "chunk expects `chunks` to be greater than 0, got: {}",
                a[1].as_int().unwrap_or(0)
            ));
        };
        let size = whole.div_ceil(chunks as usize).max(1);
        let sizes: Vec<usize> =
            (0..whole.div_ceil(size).max(1)).map(|i| size.min(whole - i * size)).collect();
        many(vm.cx.split(&x, &sizes, dim)?)
    }),
    ("unbind", "input, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "unbind", "input", 1)?;
        if x.rank() == 0 {
            return index_error("Dimension specified as 0 but tensor has no dimensions");
        }
        let dim = axis(a[1].as_int().unwrap_or(0), x.rank())?;
        many(vm.cx.unbind(&x, dim)?)
    }),
    ("gather", "input, dim, index", |vm, a| {
        let (x, index) = (tensor(vm, &a[0], "gather", "input", 1)?, tensor(vm, &a[2], "gather", "index", 3)?);
        out(vm.cx.gather(&x, a[1].as_int().unwrap_or(0), &index)?)
    }),
    ("scatter", "input, dim, index, src?, *, value?", |vm, a| scatter(vm, a, false)),
    ("scatter_add", "input, dim, index, src", |vm, a| scatter(vm, a, true)),
    ("index_select", "input, dim, index", |vm, a| {
        let (x, index) =
            (tensor(vm, &a[0], "index_select", "input", 1)?, tensor(vm, &a[2], "index_select", "index", 3)?);
        out(vm.cx.index_select(&x, a[1].as_int().unwrap_or(0), &index)?)
    }),
    ("masked_select", "input, mask", |vm, a| {
        let mut x = tensor(vm, &a[0], "masked_select", "input", 1)?;
        let mut mask = tensor(vm, &a[1], "masked_select", "mask", 2)?;
        if mask.dtype() != ScalarType::Bool {
            return runtime_error("masked_select: expected BoolTensor for mask");
        }
        let shape = super::elementwise::broadcast(&x.shape(), &mask.shape())?;
        let sizes: Vec<i64> = shape.iter().map(|&size| size as i64).collect();
        if shape.is_empty() {
            (x, mask) = (vm.cx.unsqueeze(&x, 0)?, vm.cx.unsqueeze(&mask, 0)?);
        } else {
            (x, mask) = (vm.cx.expand(&x, &sizes)?, vm.cx.expand(&mask, &sizes)?);
        }
        let picked = super::index::get(vm, &x, &Object::Tensor(mask))?;
        if let Object::Tensor(picked) = &picked {
            vm.cx.rename(picked, "MaskedSelectBackward0");
        }
        Ok(picked)
    }),
    ("masked_fill", "input, mask, value", |vm, a| {
        let (x, mask) =
            (tensor(vm, &a[0], "masked_fill", "input", 1)?, tensor(vm, &a[1], "masked_fill", "mask", 2)?);
        if mask.dtype() != ScalarType::Bool {
            return runtime_error(format!(
                "masked_fill_ only supports boolean masks, but got mask with dtype {}",
                mask.dtype().name()
            ));
        }
        let value = match &a[2] {
            Object::Tensor(value) => value.clone(),
            other => vm.cx.scalar(x.dtype().checked(other.as_float().unwrap_or(0.0))?, x.dtype())?,
        };
        let filled = vm.cx.choose(&mask, &value, &x)?;
        let filled = vm.cx.contiguous(&filled)?;
        vm.cx.rename(&filled, "MaskedFillBackward0");
        out(filled)
    }),
    ("sort", "input, dim?, descending?, stable?", |vm, a| {
        let x = tensor(vm, &a[0], "sort", "input", 1)?;
        let descending = flag(vm, &a[2], false)?;
        let (values, indices) = vm.cx.sort(&x, a[1].as_int().unwrap_or(-1), descending)?;
        returned(vm, "sort", [values, indices])
    }),
    ("argsort", "input, dim?, descending?, stable?", |vm, a| {
        let x = tensor(vm, &a[0], "argsort", "input", 1)?;
        let descending = flag(vm, &a[2], false)?;
        out(vm.cx.sort(&x, a[1].as_int().unwrap_or(-1), descending)?.1)
    }),
    ("topk", "input, k, dim?, largest?, sorted?", |vm, a| {
        let x = tensor(vm, &a[0], "topk", "input", 1)?;
        let largest = flag(vm, &a[3], true)?;
        let (values, indices) =
            vm.cx.topk(&x, a[1].as_int().unwrap_or(1), a[2].as_int().unwrap_or(-1), largest)?;
        returned(vm, "topk", [values, indices])
    }),
    ("median", "input, dim?, keepdim?", |vm, a| {
        let x = tensor(vm, &a[0], "median", "input", 1)?;
        if !a[1].is_undefined() {
            not_for_bool(&x, "\"median_out\" not implemented for 'Bool'")?;
            let dim = axis(a[1].as_int().unwrap_or(0), x.rank())?;
            if x.rank() == 0 {
                let (values, places) = vm.cx.sort(&x, 0, false)?;
                vm.cx.rename(&values, "MedianBackward1");
                return returned(vm, "median", [values, places]);
            }
            if x.shape()[dim] == 0 {
                return index_error(format!("median(): Expected reduction dim {dim} to have non-zero size."));
            }
            let (values, places) = vm.cx.sort(&x, dim as i64, false)?;
            let middle = (x.shape().get(dim).copied().unwrap_or(1).max(1) - 1) / 2;
            let keep = flag(vm, &a[2], false)?;
            let [values, places] = [values, places].map(|x| vm.cx.select(&x, dim, middle));
            if !keep {
                return returned(vm, "median", [values, places]);
            }
            let (values, places) =
                (vm.cx.unsqueeze(&values, dim as i64)?, vm.cx.unsqueeze(&places, dim as i64)?);
            return returned(vm, "median", [values, places]);
        }
        not_for_bool(&x, "\"median_cpu\" not implemented for 'Bool'")?;
        if x.len() == 0 {
            let none = if x.dtype().is_float() { f64::NAN } else { f64::NEG_INFINITY };
            return out(vm.cx.full(&[], none, x.dtype())?);
        }
        let flat = vm.cx.reshape(&x, &[x.len()])?;
        let (sorted, _) = vm.cx.sort(&flat, 0, false)?;
        let middle = vm.cx.select(&sorted, 0, (x.len().max(1) - 1) / 2);
        vm.cx.rename(&middle, "MedianBackward0");
        out(middle)
    }),
    ("nonzero", "input, *, as_tuple?", |vm, a| {
        let x = tensor(vm, &a[0], "nonzero", "input", 1)?;
        let shape = x.shape();
        let strides = super::tensor::strides_of(&shape);
        let hits: Vec<usize> =
            x.bools().iter().enumerate().filter(|(_, hit)| **hit).map(|(i, _)| i).collect();
        let at = |i: usize, dim: usize| (i / strides[dim] as usize % shape[dim]) as i64;
        if flag(vm, &a[1], false)? {
            let parts: R<Vec<TorchTensor>> = (0..shape.len())
                .map(|dim| {
                    vm.cx.of_ints(hits.iter().map(|&i| at(i, dim)).collect(), &[hits.len()], ScalarType::I64)
                })
                .collect();
            return many(parts?);
        }
        let all = hits
            .iter()
            .flat_map(|&i| (0..shape.len()).map(move |dim| (i, dim)))
            .map(|(i, dim)| at(i, dim))
            .collect();
        out(vm.cx.of_ints(all, &[hits.len(), shape.len()], ScalarType::I64)?)
    }),
    ("tril", "input, diagonal?", |vm, a| {
        let x = tensor(vm, &a[0], "tril", "input", 1)?;
        out(vm.cx.tri(&x, a[1].as_int().unwrap_or(0), false)?)
    }),
    ("triu", "input, diagonal?", |vm, a| {
        let x = tensor(vm, &a[0], "triu", "input", 1)?;
        out(vm.cx.tri(&x, a[1].as_int().unwrap_or(0), true)?)
    }),
    ("repeat_interleave", "input, repeats, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "repeat_interleave", "input", 1)?;
        let counts = match &a[1] {
            Object::Tensor(counts) => counts.ints(),
            other => ints(vm, other)?,
        };
        let repeated = vm.cx.repeat_interleave(&x, &counts, a[2].as_int())?;
        if !matches!(&a[1], Object::Tensor(_)) {
            vm.cx.rename(&repeated, "ViewBackward0");
        }
        out(repeated)
    }),
    ("clone", "input, *, memory_format?", |vm, a| {
        let x = tensor(vm, &a[0], "clone", "input", 1)?;
        out(vm.cx.clone_of(&x)?)
    }),
    ("detach", "input", |vm, a| {
        let x = tensor(vm, &a[0], "detach", "input", 1)?;
        out(vm.cx.alias(&x))
    }),
    ("numel", "input", |vm, a| Ok(Object::Int(tensor(vm, &a[0], "numel", "input", 1)?.len() as i64))),
    ("permute", "input, *dims", |vm, a| {
        let x = tensor(vm, &a[0], "permute", "input", 1)?;
        let dims = ints(vm, &a[1])?;
        if dims.len() != x.rank() {
            let shown: Vec<String> = dims.iter().map(ToString::to_string).collect();
            return runtime_error(format!(
                "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = {} is not equal to len(dims) = {}",
                x.rank(),
                shown.len()
            ));
        }
        let mut order = Vec::new();
        for dim in dims {
            let dim = axis(dim, x.rank())?;
            if order.contains(&dim) {
                return runtime_error("permute(): duplicate dims are not allowed.");
            }
            order.push(dim);
        }
        out(vm.cx.permute(&x, &order, "PermuteBackward0"))
    }),
    ("reshape", "input, *shape", |vm, a| {
        let x = tensor(vm, &a[0], "reshape", "input", 1)?;
        out(vm.cx.reshape_to(&x, &ints(vm, &a[1])?)?)
    }),
    ("equal", "input, other", |vm, a| {
        let (x, y) = (tensor(vm, &a[0], "equal", "input", 1)?, tensor(vm, &a[1], "equal", "other", 2)?);
        if x.shape() != y.shape() {
            return Ok(Object::Bool(false));
        }
        Ok(Object::Bool(if x.dtype().is_float() || y.dtype().is_float() {
            x.floats() == y.floats()
        } else {
            x.ints() == y.ints()
        }))
    }),
    ("allclose", "input, other, rtol?, atol?, equal_nan?", |vm, a| {
        let close = close(vm, a, "allclose")?;
        Ok(Object::Bool(close.bools().into_iter().all(|x| x)))
    }),
    ("isclose", "input, other, rtol?, atol?, equal_nan?", |vm, a| out(close(vm, a, "isclose")?)),
    ("diff", "input, n?, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "diff", "input", 1)?;
        if x.rank() == 0 {
            return runtime_error("diff expects input to be at least one-dimensional");
        }
        let dim = axis(a[2].as_int().unwrap_or(-1), x.rank())?;
        let size = x.shape()[dim];
        let (late, early) = (
            vm.cx.narrow(&x, dim, 1, 1, size.saturating_sub(1), "SliceBackward0"),
            vm.cx.narrow(&x, dim, 0, 1, size.saturating_sub(1), "SliceBackward0"),
        );
        out(vm.cx.sub(&late, &early)?)
    }),
    ("narrow", "input, dim, start, length", |vm, a| {
        let x = tensor(vm, &a[0], "narrow", "input", 1)?;
        if x.rank() == 0 {
            return runtime_error("narrow() cannot be applied to a 0-dim tensor.");
        }
        let dim = axis(a[1].as_int().unwrap_or(0), x.rank())?;
        let (start, len) = (a[2].as_int().unwrap_or(0), a[3].as_int().unwrap_or(0));
        let size = x.shape()[dim] as i64;
        let start = if start < 0 { start + size } else { start };
        if start < 0 || len < 0 || start + len > size {
            return runtime_error(format!(
                "start ({start}) + length ({len}) exceeds dimension size ({size})."
            ));
        }
        out(vm.cx.narrow(&x, dim, start, 1, len as usize, "SliceBackward0"))
    }),
    ("select", "input, dim, index", |vm, a| {
        let x = tensor(vm, &a[0], "select", "input", 1)?;
        if x.rank() == 0 {
            return index_error("select() cannot be applied to a 0-dim tensor.");
        }
        let dim = axis(a[1].as_int().unwrap_or(0), x.rank())?;
        let size = x.shape()[dim] as i64;
        let at = a[2].as_int().unwrap_or(0);
        if !(-size..size).contains(&at) {
            return index_error(format!(
                "select(): index {at} out of range for tensor of size {} at dimension {dim}",
                super::list_of(&x.shape())
            ));
        }
        out(vm.cx.select(&x, dim, (if at < 0 { at + size } else { at }) as usize))
    }),
    ("bincount", "input, weights?, minlength?", |vm, a| {
        let x = tensor(vm, &a[0], "bincount", "input", 1)?;
        not_for_bool(&x, "\"bincount_cpu\" not implemented for 'Bool'")?;
        let values = x.ints();
        if values.iter().any(|&x| x < 0) {
            return runtime_error("bincount only supports 1-d non-negative integral inputs.");
        }
        let len = values.iter().max().map_or(0, |top| top + 1).max(a[2].as_int().unwrap_or(0)) as usize;
        vm.cx.room(&[len], ScalarType::I64)?;
        let mut counts = vec![0; len];
        for x in values {
            counts[x as usize] += 1;
        }
        out(vm.cx.of_ints(counts, &[len], ScalarType::I64)?)
    }),
    ("unique", "input, sorted?, return_inverse?, return_counts?, dim?", |vm, a| {
        let x = tensor(vm, &a[0], "unique", "input", 1)?;
        if vm.cx.wants(&[&x]) {
            return Halt::new("NotImplementedError", "the derivative for '_unique2' is not implemented.");
        }
        if a[4].clone().given().is_some() {
            return Halt::refuse("unique() along an axis");
        }
        let (sorted, _) = vm.cx.sort(&vm.cx.reshape(&vm.cx.alias(&x), &[x.len()])?, 0, false)?;
        let values = sorted.floats();
        let firsts: Vec<usize> =
            (0..values.len()).filter(|&i| i == 0 || values[i] != values[i - 1]).collect();
        let kept = vm.cx.taken(&sorted, &firsts, &[firsts.len()])?;
        let mut all = vec![kept.clone()];
        if flag(vm, &a[2], false)? {
            let unique = kept.floats();
            let places = x.floats().iter().map(|x| unique.partition_point(|y| y < x) as i64).collect();
            all.push(vm.cx.of_ints(places, &x.shape(), ScalarType::I64)?);
        }
        if flag(vm, &a[3], false)? {
            let mut counts: Vec<i64> = firsts.windows(2).map(|pair| (pair[1] - pair[0]) as i64).collect();
            if let Some(last) = firsts.last() {
                counts.push((values.len() - last) as i64);
            }
            let counts = vm.cx.of_ints(counts, &[firsts.len()], ScalarType::I64)?;
            all.push(counts);
        }
        if all.len() > 1 { many(all) } else { out(kept) }
    }),
];

/// Refuses bools, in these words.
fn not_for_bool(x: &TorchTensor, words: &str) -> R<()> {
    if x.dtype() == ScalarType::Bool { Halt::new("NotImplementedError", words) } else { Ok(()) }
}

fn close(vm: &mut Vm, a: &[Object], name: &str) -> R<TorchTensor> {
    let (x, y) = (tensor(vm, &a[0], name, "input", 1)?, tensor(vm, &a[1], name, "other", 2)?);
    if x.dtype() != y.dtype() {
        return runtime_error(format!("{} did not match {}", x.dtype().word(), y.dtype().word()));
    }
    let (relative, absolute) = (a[2].as_float().unwrap_or(1e-5), a[3].as_float().unwrap_or(1e-8));
    let nans = flag(vm, &a[4], false)?;
    vm.cx.zip(&vm.cx.alias(&x), &vm.cx.alias(&y), ScalarType::Bool, |x, y| {
        let close = x == y
            || (x - y).abs() <= absolute + relative * y.abs() && y.is_finite()
            || nans && x.is_nan() && y.is_nan();
        f64::from(u8::from(close))
    })
}

fn test(vm: &mut Vm, a: &[Object], name: &str, f: impl Fn(f64) -> bool) -> R<Object> {
    let x = tensor(vm, &a[0], name, "input", 1)?;
    let truths = vm.cx.of_bools(x.floats().into_iter().map(f).collect(), &x.shape())?;
    out(vm.cx.laid_as(&[&x], truths)?)
}

fn logical(vm: &mut Vm, a: &[Object], op: Binary) -> R<Object> {
    let (x, y) = (tensor(vm, &a[0], "logical", "input", 1)?, tensor(vm, &a[1], "logical", "other", 2)?);
    let truths = |x: &TorchTensor| vm.cx.of_bools(x.bools(), &x.shape());
    operators::binary(&vm.cx, op, &Object::Tensor(truths(&x)?), &Object::Tensor(truths(&y)?))
}

fn truths(vm: &mut Vm, a: &[Object], all: bool) -> R<Object> {
    let x = tensor(vm, &a[0], if all { "all" } else { "any" }, "input", 1)?;
    let (dims, _) = reduced(vm, &a[1], x.rank())?;
    let keep = flag(vm, &a[2], false)?;
    let truths = vm.cx.truths(&x, &dims, keep, all)?;
    // Bytes stay bytes, as they once were PyTorch's bools.
    out(if x.dtype() == ScalarType::U8 { vm.cx.cast(&truths, ScalarType::U8)? } else { truths })
}

fn amax(vm: &mut Vm, a: &[Object], largest: bool) -> R<Object> {
    let name = if largest { "amax" } else { "amin" };
    let x = tensor(vm, &a[0], name, "input", 1)?;
    let (mut dims, all) = reduced(vm, &a[1], x.rank())?;
    if all && x.len() == 0 {
        return runtime_error(format!(
            "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument."
        ));
    }
    if let Some(dim) = dims.iter().find(|&&dim| x.shape().get(dim) == Some(&0)) {
        return index_error(format!("{name}(): Expected reduction dim {dim} to have non-zero size."));
    }
    let keep = flag(vm, &a[2], false)?;
    dims.sort_unstable();
    let mut y = x;
    for dim in dims.into_iter().rev() {
        y = vm.cx.extreme_dim(&y, dim as i64, keep, largest)?.0;
    }
    vm.cx.rename(&y, if largest { "AmaxBackward0" } else { "AminBackward0" });
    out(y)
}

fn scatter(vm: &mut Vm, a: &[Object], adds: bool) -> R<Object> {
    let (x, index) = (tensor(vm, &a[0], "scatter", "input", 1)?, tensor(vm, &a[2], "scatter", "index", 3)?);
    let source = a[3].clone().given().or_else(|| a.get(4).cloned().and_then(Object::given));
    let source = match source {
        Some(Object::Tensor(source)) => source,
        Some(other) => vm.cx.scalar(other.as_float().unwrap_or(0.0), x.dtype())?,
        None => return Halt::refuse("scatter without a source"),
    };
    out(vm.cx.scatter(&x, a[1].as_int().unwrap_or(0), &index, &source, adds)?)
}
