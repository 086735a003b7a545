//! Tensors from values, and values from tensors.

use super::Context;
use super::dtype::ScalarType;
use super::tensor::TorchTensor;
use crate::eval::Vm;
use crate::value::fault::{type_error, value_error};
use crate::value::{Halt, Object, R};

/// What nested lists hold, flat, and their shape.
#[derive(Default)]
struct Flat {
    values: Vec<Object>,
    shape: Vec<usize>,
}

fn flatten(vm: &mut Vm, value: &Object, depth: usize, flat: &mut Flat) -> R<()> {
    let items = match value.inner() {
        Object::List(_) | Object::Tuple(_) => value.items(),
        Object::Range(range) => Some((0..range.len()).map(|i| Object::Int(range.get(i))).collect()),
        Object::Tensor(tensor) if depth > 0 && tensor.len() != 1 => {
            return value_error("only one element tensors can be converted to Python scalars");
        }
        Object::Tensor(tensor) if depth > 0 && tensor.rank() > 0 => {
            let rows = vm.cx.with_grad(false, || vm.cx.unbind(tensor, 0))?;
            Some(rows.into_iter().map(Object::Tensor).collect())
        }
        _ => None,
    };
    let Some(items) = items else {
        if depth < flat.shape.len() {
            return type_error("not a sequence");
        }
        flat.values.push(match value {
            Object::Tensor(tensor) => vm.cx.item(tensor)?,
            other => other.clone(),
        });
        return Ok(());
    };
    if flat.shape.len() == depth {
        if !flat.values.is_empty() {
            return value_error(format!(
                "expected sequence of length 0 at dim {depth} (got {})",
                items.len()
            ));
        }
        flat.shape.push(items.len());
    } else if flat.shape[depth] != items.len() {
        return value_error(format!(
            "expected sequence of length {} at dim {depth} (got {})",
            flat.shape[depth],
            items.len()
        ));
    }
    for item in &items {
        flatten(vm, item, depth + 1, flat)?;
    }
    Ok(())
}

/// `torch.tensor(value)`.
pub fn of_value(vm: &mut Vm, value: &Object, dtype: Option<ScalarType>) -> R<TorchTensor> {
    if let Object::Tensor(tensor) = value {
        let copy = vm.cx.copied(tensor)?;
        return match dtype {
            Some(dtype) => vm.cx.with_grad(false, || vm.cx.cast(&copy, dtype)),
            None => Ok(copy),
        };
    }
    if let Object::Instance(instance) = value
        && let Some(Object::Tensor(inner)) = instance.get("_tensor")
    {
        return of_value(vm, &Object::Tensor(inner), dtype);
    }
    let mut flat = Flat::default();
    if let Object::List(_) | Object::Tuple(_) = value.inner() {
        // Lists of arrays and of objects with a number are taken apart first.
        let items = value.items().unwrap_or_default();
        if let Some(Object::Instance(_)) = items.first() {
            let mut inner = Vec::new();
            for item in &items {
                inner.push(match item {
                    Object::Instance(instance) => instance.get("_tensor").unwrap_or_else(|| item.clone()),
                    other => other.clone(),
                });
            }
            let arrays: Vec<TorchTensor> =
                inner.iter().filter_map(|item| item.as_tensor().cloned()).collect();
            if arrays.len() == inner.len() {
                if arrays.iter().any(|array| array.shape() != arrays[0].shape()) {
                    return Halt::refuse("a tensor of arrays of several shapes");
                }
                let stacked = vm.cx.with_grad(false, || vm.cx.stack(&arrays, 0))?;
                return of_value(vm, &Object::Tensor(stacked), dtype);
            }
        }
    }
    flatten(vm, value, 0, &mut flat)?;
    let mut found = ScalarType::Bool;
    for item in &flat.values {
        let own = match item.inner() {
            Object::Bool(_) => ScalarType::Bool,
            Object::Int(_) => ScalarType::I64,
            Object::Float(_) => vm.cx.default_dtype.get(),
            Object::Big(_) => return Halt::new("RuntimeError", "Overflow when unpacking long long"),
            Object::Str(_) => {
                return Halt::new("TypeError", "new(): invalid data type 'str'");
            }
            other => {
                let name = vm.type_name(other);
                return Halt::new("RuntimeError", format!("Could not infer dtype of {name}"));
            }
        };
        found = found.promote(own);
    }
    if flat.values.is_empty() {
        found = vm.cx.default_dtype.get();
    }
    let dtype = dtype.unwrap_or(found);
    if dtype.is_float() || found.is_float() {
        let values = flat.values.iter().map(|item| item.as_float().unwrap_or(0.0)).collect();
        vm.cx.of_floats(values, &flat.shape, dtype)
    } else {
        let values = flat.values.iter().map(|item| item.as_int().unwrap_or(0)).collect();
        vm.cx.of_ints(values, &flat.shape, dtype)
    }
}

/// `tensor.tolist()`.
pub fn to_list(x: &TorchTensor) -> Object {
    let shape = x.shape();
    let flat: Vec<Object> = match x.dtype() {
        ScalarType::Bool => x.bools().into_iter().map(Object::Bool).collect(),
        dtype if dtype.is_float() => x.floats().into_iter().map(Object::Float).collect(),
        _ => x.ints().into_iter().map(Object::Int).collect(),
    };
    nest(&flat, &shape)
}

fn nest(flat: &[Object], shape: &[usize]) -> Object {
    match shape {
        [] => flat[0].clone(),
        [_] => Object::list(flat.to_vec()),
        [size, rest @ ..] => {
            let step: usize = rest.iter().product();
            Object::list((0..*size).map(|i| nest(&flat[i * step..(i + 1) * step], rest)).collect())
        }
    }
}

impl Context {
    /// How many numbers `arange` gives, before they are made.
    pub fn arange(&self, start: f64, end: f64, step: f64, dtype: ScalarType) -> R<TorchTensor> {
        if dtype == ScalarType::Bool {
            return Halt::new("NotImplementedError", "\"arange_cpu\" not implemented for 'Bool'");
        }
        if step == 0.0 {
            return Halt::new("RuntimeError", "step must be nonzero");
        }
        if (step > 0.0 && start > end) || (step < 0.0 && start < end) {
            return Halt::new("RuntimeError", "upper bound and lower bound inconsistent with step sign");
        }
        let count = ((end - start) / step).ceil().max(0.0);
        self.room(&[count.min(1e15) as usize], dtype)?;
        let values = (0..count as usize).map(|i| start + step * i as f64).collect();
        self.of_floats(values, &[count as usize], dtype)
    }

    /// Counted from both ends, as `PyTorch` does.
    pub fn linspace(&self, start: f64, end: f64, steps: usize, dtype: ScalarType) -> R<TorchTensor> {
        self.room(&[steps], dtype)?;
        let value = |i: usize| -> f64 {
            if steps == 1 {
                return start;
            }
            if dtype == ScalarType::F32 {
                let (start, end) = (start as f32, end as f32);
                let step = (end - start) / (steps - 1) as f32;
                let at = if i < steps / 2 {
                    step.mul_add(i as f32, start)
                } else {
                    (-step).mul_add((steps - i - 1) as f32, end)
                };
                return f64::from(at);
            }
            let step = (end - start) / (steps - 1) as f64;
            if i < steps / 2 { start + step * i as f64 } else { end - step * (steps - i - 1) as f64 }
        };
        self.of_floats((0..steps).map(value).collect(), &[steps], dtype)
    }
}
