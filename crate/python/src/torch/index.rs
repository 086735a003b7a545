//! `tensor[...]`: numbers, slices, None, Ellipsis, tensors of integers and of bools.

use super::Context;
use super::dtype::ScalarType;
use super::elementwise::broadcast;
use super::overlap;
use super::tensor::{TorchTensor, strides_of};
use crate::eval::Vm;
use crate::value::fault::{index_error, runtime_error, type_error, value_error};
use crate::value::{Halt, Object, R};

/// A view, and the tensors that pick from its axes.
struct Parsed {
    view: TorchTensor,
    picks: Vec<(usize, TorchTensor)>,
}

fn is_list(value: &Object) -> bool {
    matches!(value, Object::List(_))
}

fn parse(vm: &mut Vm, x: &TorchTensor, index: &Object) -> R<Parsed> {
    let items = match index {
        Object::Tuple(tuple) => tuple.items.clone(),
        other => vec![other.clone()],
    };
    let rank = x.rank();
    let mut used = 0;
    for item in &items {
        used += match item {
            Object::None | Object::Ellipsis | Object::Bool(_) => 0,
            Object::Tensor(mask) if mask.dtype() == ScalarType::Bool => mask.rank(),
            _ => 1,
        };
    }
    if used > rank {
        if rank == 0 && matches!(items.as_slice(), [Object::Int(_)]) {
            return index_error(
                "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
            );
        }
        if rank == 0 && items.iter().any(|item| matches!(item, Object::Slice(_))) {
            return index_error("slice() cannot be applied to a 0-dim tensor.");
        }
        return index_error(format!("too many indices for tensor of dimension {rank}"));
    }
    let mut view = x.clone();
    let mut dim = 0;
    let mut picks = Vec::new();
    for (position, item) in items.into_iter().enumerate() {
        match item {
            Object::None => {
                view = vm.cx.unsqueeze(&view, dim as i64)?;
                dim += 1;
            }
            Object::Ellipsis => {
                let skipped = rank - used;
                dim += skipped;
            }
            Object::Slice(parts) => {
                let size = view.shape()[dim];
                if matches!(parts[2].as_int(), Some(step) if step < 0) {
                    return value_error("step must be greater than zero");
                }
                let (start, step, count) = crate::eval::slice_places(&parts, size)?;
                let whole = start == 0 && step == 1 && count == size;
                if !whole || parts.iter().any(|part| !part.is_none()) {
                    view = vm.cx.narrow(&view, dim, start, step, count, "SliceBackward0");
                } else if view.is_same(x) {
                    view = vm.cx.narrow(&view, dim, 0, 1, size, "SliceBackward0");
                }
                dim += 1;
            }
            Object::Bool(keep) => {
                let _ = keep;
                return Halt::refuse("a bool as a subscript of a tensor");
            }
            Object::Int(at) => {
                let size = view.shape()[dim] as i64;
                if !(-size..size).contains(&at) {
                    return index_error(format!(
                        "index {at} is out of bounds for dimension {position} with size {size}"
                    ));
                }
                view = vm.cx.select(&view, dim, (if at < 0 { at + size } else { at }) as usize);
            }
            Object::Tensor(pick) => {
                if pick.dtype() == ScalarType::Bool || pick.dtype() == ScalarType::U8 {
                    let (own, mask) = (view.shape(), pick.shape());
                    for (i, &size) in mask.iter().enumerate() {
                        if own[dim + i] != size {
                            return index_error(format!(
                                "The shape of the mask {} at index {i} does not match the shape of the indexed tensor {} at index {}",
                                super::list_of(&mask),
                                super::list_of(&own),
                                dim + i
                            ));
                        }
                    }
                    let hits: Vec<usize> =
                        pick.bools().iter().enumerate().filter(|(_, hit)| **hit).map(|(i, _)| i).collect();
                    let steps = strides_of(&mask);
                    for (axis, (&step, &size)) in steps.iter().zip(&mask).enumerate() {
                        let at = hits.iter().map(|&i| (i / step as usize % size) as i64).collect();
                        picks.push((dim + axis, vm.cx.of_ints(at, &[hits.len()], ScalarType::I64)?));
                    }
                    if mask.is_empty() {
                        // An axis of one entry, taken or not.
                        view = vm.cx.unsqueeze(&view, dim as i64)?;
                        let at = vec![0; hits.len()];
                        picks.push((dim, vm.cx.of_ints(at, &[hits.len()], ScalarType::I64)?));
                        dim += 1;
                    }
                    dim += mask.len();
                } else if pick.dtype().is_float() {
                    return index_error("tensors used as indices must be long, int, byte or bool tensors");
                } else if pick.rank() == 0 {
                    let at = pick.get_i64(0);
                    let size = view.shape()[dim] as i64;
                    if !(-size..size).contains(&at) {
                        return index_error(format!(
                            "index {at} is out of bounds for dimension {position} with size {size}"
                        ));
                    }
                    view = vm.cx.select(&view, dim, (if at < 0 { at + size } else { at }) as usize);
                } else {
                    picks.push((dim, pick));
                    dim += 1;
                }
            }
            other if is_list(&other) || matches!(other, Object::Range(_) | Object::Tuple(_)) => {
                let pick = super::create::of_value(vm, &other, None)?;
                let pick =
                    if pick.len() == 0 { vm.cx.full(&pick.shape(), 0.0, ScalarType::I64)? } else { pick };
                if pick.dtype() == ScalarType::Bool {
                    let hits: Vec<i64> = pick
                        .bools()
                        .iter()
                        .enumerate()
                        .filter(|(_, hit)| **hit)
                        .map(|(i, _)| i as i64)
                        .collect();
                    let count = hits.len();
                    if pick.rank() != 1 || pick.len() != view.shape()[dim] {
                        return Halt::refuse("this list of bools as a subscript");
                    }
                    picks.push((dim, vm.cx.of_ints(hits, &[count], ScalarType::I64)?));
                } else {
                    picks.push((dim, pick));
                }
                dim += 1;
            }
            other => {
                if matches!(other, Object::Str(_) | Object::Float(_)) {
                    return type_error(format!(
                        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {})",
                        vm.type_name(&other)
                    ));
                }
                return Halt::refuse(format!("a subscript of type {}", vm.type_name(&other)));
            }
        }
    }
    Ok(Parsed { view, picks })
}

/// The places that the picks take of a view, in row-major order of the result, and the result's shape.
fn picked(cx: &Context, view: &TorchTensor, picks: &[(usize, TorchTensor)]) -> R<(Vec<usize>, Vec<usize>)> {
    let own = view.shape();
    let mut shape = Vec::new();
    for (_, pick) in picks {
        shape = if let Ok(shape) = broadcast(&shape, &pick.shape()) {
            shape
        } else {
            let shapes: Vec<String> = picks.iter().map(|(_, pick)| super::list_of(&pick.shape())).collect();
            return index_error(format!(
                "shape mismatch: indexing tensors could not be broadcast together with shapes {}",
                shapes.join(", ")
            ));
        };
    }
    let strides = strides_of(&own);
    let count: usize = shape.iter().product();
    let mut starts = vec![0_usize; count];
    for (dim, pick) in picks {
        let size = own[*dim] as i64;
        for (start, at) in starts.iter_mut().zip(cx.expanded(pick, &shape).ints()) {
            if !(-size..size).contains(&at) {
                return index_error(format!(
                    "index {at} is out of bounds for dimension {dim} with size {size}"
                ));
            }
            *start += (if at < 0 { at + size } else { at }) as usize * strides[*dim] as usize;
        }
    }
    let dims: Vec<usize> = picks.iter().map(|(dim, _)| *dim).collect();
    let together = dims.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let first = if together { dims[0] } else { 0 };
    let rest: Vec<usize> = (0..own.len()).filter(|dim| !dims.contains(dim)).collect();
    let before: Vec<usize> = rest.iter().copied().filter(|&dim| dim < first).collect();
    let after: Vec<usize> = rest.iter().copied().filter(|&dim| dim >= first).collect();
    let all = |dims: &[usize]| {
        let order: Vec<Vec<i64>> = dims.iter().map(|&dim| (0..own[dim] as i64).collect()).collect();
        let steps: Vec<isize> = dims.iter().map(|&dim| strides[dim]).collect();
        super::select_places(&order, &steps)
    };
    let (outer, inner) = (all(&before), all(&after));
    let mut result: Vec<usize> = before.iter().map(|&dim| own[dim]).collect();
    result.extend(&shape);
    result.extend(after.iter().map(|&dim| own[dim]));
    cx.room(&result, view.dtype())?;
    let mut places = Vec::with_capacity(outer.len() * starts.len() * inner.len());
    for &a in &outer {
        for &b in &starts {
            places.extend(inner.iter().map(|&c| a + b + c));
        }
    }
    Ok((places, result))
}

pub fn get(vm: &mut Vm, x: &TorchTensor, index: &Object) -> R<Object> {
    let Parsed { view, picks } = parse(vm, x, index)?;
    if picks.is_empty() {
        let view = if view.is_same(x) {
            vm.cx.as_view("AliasBackward0", x, x.geometry(), |_, grad| Ok(grad.clone()))
        } else {
            view
        };
        return Ok(Object::Tensor(view));
    }
    let (places, shape) = picked(&vm.cx, &view, &picks)?;
    Ok(Object::Tensor(vm.cx.picked("IndexBackward0", &view, places, &shape)?))
}

pub fn set(vm: &mut Vm, x: &TorchTensor, index: &Object, value: &Object) -> R<()> {
    let is_list = matches!(index, Object::List(_))
        || matches!(index, Object::Tensor(at) if at.rank() > 0 || at.dtype() == ScalarType::Bool);
    if vm.cx.grad_enabled.get()
        && x.is_leaf()
        && x.requires_grad()
        && !is_list
        && !matches!(index, Object::Ellipsis)
    {
        return runtime_error(
            "a view of a leaf Variable that requires grad is being used in an in-place operation.",
        );
    }
    vm.cx.check_in_place(x)?;
    let source = match value {
        Object::Tensor(tensor) => tensor.clone(),
        other => match other.as_float() {
            Some(number) => {
                vm.cx.scalar(number, if x.dtype().is_float() { x.dtype() } else { ScalarType::F64 })?
            }
            None => {
                return type_error(format!(
                    "can't assign a {} to a torch.{}Tensor",
                    vm.type_name(other),
                    x.dtype().word()
                ));
            }
        },
    };
    let Parsed { view, picks } = vm_parse(vm, x, index)?;
    let (shape, places) = if picks.is_empty() {
        (view.shape(), None)
    } else {
        let (places, shape) = picked(&vm.cx, &view, &picks)?;
        (shape, Some(places))
    };
    if places.is_some() {
        overlap::check_between(x, &source, true)?;
    }
    let fitted = fit(&vm.cx, &source, &shape)?;
    if places.is_none() {
        overlap::check_within(&view)?;
        overlap::check_between(&view, &fitted, false)?;
    }
    let tracked = vm.cx.grad_enabled.get() && (source.requires_grad() || x.requires_grad());
    if places.is_none() {
        view.write(&fitted);
    } else if let Some(places) = &places {
        let mut all = view.floats();
        for (&at, value) in places.iter().zip(fitted.floats()) {
            all[at] = value;
        }
        view.write_floats(&all);
    }
    x.touch();
    if !tracked {
        return Ok(());
    }
    // The history: what was there keeps its gradient elsewhere, what was written has its own.
    let whole = {
        let mut numbers: Vec<f64> = (0..x.len()).map(|i| i as f64).collect();
        let marks = vm.cx.of_floats(std::mem::take(&mut numbers), &x.shape(), ScalarType::F64)?;
        let Parsed { view, picks } = vm_parse(vm, &marks, index)?;
        if picks.is_empty() {
            view.floats().into_iter().map(|x| x as usize).collect::<Vec<_>>()
        } else {
            let (places, _) = picked(&vm.cx, &view, &picks)?;
            let all = view.floats();
            places.into_iter().map(|at| all[at] as usize).collect()
        }
    };
    let before = vm.cx.snapshot(x)?;
    let edges = vec![super::autograd::edge_of(&before), super::autograd::edge_of(&source)];
    let (own, from) = (x.shape(), source.shape());
    let out = vm.cx.alias(x);
    vm.cx.record_edges("CopySlices", std::slice::from_ref(&out), edges, Vec::new(), move |cx, _, grads| {
        let Some(grad) = &grads[0] else { return Ok(vec![None, None]) };
        cx.once(grad, "a change in place")?;
        let mut kept = grad.floats();
        let taken: Vec<f64> = whole.iter().map(|&at| kept[at]).collect();
        for &at in &whole {
            kept[at] = 0.0;
        }
        let part = cx.of_floats(taken, &shape, grad.dtype())?;
        let part = if part.shape().len() >= from.len() {
            cx.sum_to(&part, &from)?
        } else {
            cx.reshape(&part, &from)?
        };
        Ok(vec![Some(cx.of_floats(kept, &own, grad.dtype())?), Some(part)])
    });
    vm.cx.rebase(x, &out);
    Ok(())
}

fn vm_parse(vm: &mut Vm, x: &TorchTensor, index: &Object) -> R<Parsed> {
    let before = vm.cx.grad_enabled.replace(false);
    let parsed = parse(vm, x, index);
    vm.cx.grad_enabled.set(before);
    parsed
}

/// A source as it is assigned to a shape: axes of size 1 in front of it are passed over.
fn fit(cx: &Context, source: &TorchTensor, shape: &[usize]) -> R<TorchTensor> {
    let mut own = source.shape();
    let mut from = cx.alias(source);
    while own.len() > shape.len() && own[0] == 1 {
        own.remove(0);
        from = cx.with_grad(false, || cx.reshape(&from, &own))?;
    }
    let fits = broadcast(&own, shape).is_ok_and(|whole| whole == shape);
    if !fits {
        if own.len() <= shape.len() {
            let extra = shape.len() - own.len();
            for i in (0..own.len()).rev() {
                if own[i] != 1 && own[i] != shape[i + extra] {
                    return runtime_error(format!(
                        "The expanded size of the tensor ({}) must match the existing size ({}) at non-singleton dimension {}.  Target sizes: {}.  Tensor sizes: {}",
                        shape[i + extra],
                        own[i],
                        i + extra,
                        super::list_of(shape),
                        super::list_of(&own)
                    ));
                }
            }
        }
        return runtime_error(format!(
            "shape mismatch: value tensor of shape {} cannot be broadcast to indexing result of shape {}",
            super::list_of(&own),
            super::list_of(shape)
        ));
    }
    Ok(cx.expanded(&from, shape))
}
