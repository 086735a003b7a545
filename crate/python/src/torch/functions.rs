//! The functions of `torch` that are no methods, and what the library in Python calls.

use std::rc::Rc;

use super::dtype::ScalarType;
use super::in_place::{normals, uniforms};
use super::methods::{self, dtype_of, ints, tensor};
use super::operators;
use super::overlap;
use super::print::PrintOptions;
use super::tensor::TorchTensor;
use super::tensor_methods::device;
use crate::builtins::{NativeEntry, add};
use crate::eval::native::Words;
use crate::eval::{Type, Vm};
use crate::value::fault::{runtime_error, type_error};
use crate::value::{Halt, Namespace, Object, R};

pub fn install(_: &mut Vm, space: &Rc<Namespace>) {
    add(space, methods::COMMON, Words::Torch);
    add(space, methods::UNARY, Words::Torch);
    add(space, ALL, Words::Torch);
}

fn out(tensor: TorchTensor) -> R<Object> {
    Ok(Object::Tensor(tensor))
}

/// Sizes of a new tensor.
fn sizes(vm: &Vm, function: &str, value: &Object) -> R<Vec<usize>> {
    let items = match value.items() {
        Some(items) if items.len() == 1 && items[0].items().is_some() => items[0].items().unwrap_or_default(),
        Some(items) => items,
        None => vec![value.clone()],
    };
    let mut all = Vec::new();
    for (i, item) in items.iter().enumerate() {
        match item {
            Object::Tensor(x) if x.len() == 1 && !x.dtype().is_float() => all.push(x.get_i64(0)),
            Object::Int(size) => all.push(*size),
            other => {
                let name = vm.type_name(other);
                return type_error(if i == 0 && items.len() == 1 {
                    format!(
                        "{function}(): argument 'size' must be tuple of ints, but found element of type {name} at pos 0"
                    )
                } else {
                    format!(
                        "{function}(): argument 'size' must be tuple of ints, but found element of type {name} at pos {i}"
                    )
                });
            }
        }
    }
    if let Some(bad) = all.iter().find(|size| **size < 0) {
        let shown: Vec<String> = all.iter().map(ToString::to_string).collect();
        return runtime_error(format!(
            "Trying to create tensor with negative dimension {bad}: [{}]",
            shown.join(", ")
        ));
    }
    Ok(all.into_iter().map(|size| size as usize).collect())
}

/// A new tensor with the options that all of them take: dtype, device, `requires_grad`.
fn finished(vm: &mut Vm, x: TorchTensor, device_: &Object, requires: &Object) -> R<Object> {
    device(vm, device_)?;
    if !requires.is_undefined() && vm.truth(requires)? {
        super::attributes::require(&x, true)?;
    }
    out(x)
}

fn filled(vm: &mut Vm, a: &[Object], name: &str, value: f64) -> R<Object> {
    let shape = sizes(vm, name, &a[0])?;
    let x = vm.cx.full(&shape, value, dtype_of(&a[1]).unwrap_or(vm.cx.default_dtype.get()))?;
    finished(vm, x, &a[2], &a[3])
}

fn like(vm: &mut Vm, a: &[Object], name: &str, value: f64) -> R<Object> {
    let x = tensor(vm, &a[0], name, "input", 1)?;
    let new = vm.cx.full(&x.shape(), value, dtype_of(&a[1]).unwrap_or(x.dtype()))?;
    let new = vm.cx.laid_as(&[&x], new)?;
    finished(vm, new, &a[2], &a[3])
}

/// Draws with a generator of the program's, or with the shared one.
fn with_generator<T>(
    vm: &mut Vm,
    generator: &Object,
    draw: impl FnOnce(&mut rng::TorchGenerator) -> R<T>,
) -> R<T> {
    match generator.clone().given() {
        None => draw(&mut vm.cx.generator.borrow_mut()),
        Some(Object::Instance(own)) => {
            let at = own.get("_at").and_then(|at| at.as_int()).unwrap_or(-1);
            match usize::try_from(at)
                .ok()
                .and_then(|at| vm.cx.kept_generators.borrow_mut().get_mut(at).map(draw))
            {
                Some(drawn) => drawn,
                None => Halt::refuse("this generator"),
            }
        }
        Some(_) => Halt::refuse("this generator"),
    }
}

/// Keeps a stream for the program, which knows it by a number.
fn kept(vm: &mut Vm, generator: rng::TorchGenerator) -> R<Object> {
    const MOST: usize = 10_000;
    let mut all = vm.cx.kept_generators.borrow_mut();
    if all.len() == MOST {
        return Halt::refuse("more than 10,000 generators or states of them");
    }
    all.push(generator);
    Ok(Object::Int(all.len() as i64 - 1))
}

fn random(
    vm: &mut Vm,
    shape: &[usize],
    dtype: ScalarType,
    normal: bool,
    generator: &Object,
) -> R<TorchTensor> {
    let len = vm.cx.room(shape, dtype)?;
    if !(dtype.is_float() || normal && len == 0) {
        let name = if normal { "normal_kernel_cpu" } else { "check_uniform_bounds" };
        return Halt::new(
            "NotImplementedError",
            format!("\"{name}\" not implemented for '{}'", dtype.word()),
        );
    }
    let values = with_generator(vm, generator, |generator| {
        if normal {
            normals(generator, len, dtype, 0.0, 1.0)
        } else {
            uniforms(generator, len, dtype, 0.0, 1.0)
        }
    })?;
    vm.cx.of_floats(values, shape, dtype)
}

fn integers(
    vm: &mut Vm,
    low: i64,
    high: i64,
    shape: &[usize],
    dtype: ScalarType,
    generator: &Object,
) -> R<TorchTensor> {
    let len = vm.cx.room(shape, dtype)?;
    let values = with_generator(vm, generator, |generator| {
        let mut values = vec![0; len];
        match generator.fill_randint(low, high, &mut values) {
            Ok(()) => Ok(values),
            Err(error) => runtime_error(error.to_string()),
        }
    })?;
    vm.cx.of_ints(values, shape, dtype)
}

fn tensors(vm: &mut Vm, value: &Object, name: &str) -> R<Vec<TorchTensor>> {
    let items = match value {
        Object::Tensor(_) | Object::Undefined => None,
        other => other.items(),
    };
    let Some(items) = items else {
        return type_error(format!(
            "{name}(): argument 'tensors' (position 1) must be tuple of Tensors, not {}",
            vm.type_name(value)
        ));
    };
    let mut all = Vec::new();
    for (i, item) in items.iter().enumerate() {
        match item {
            Object::Tensor(tensor) => all.push(tensor.clone()),
            other => {
                return type_error(format!(
                    "expected Tensor as element {i} in argument 0, but got {}",
                    vm.type_name(other)
                ));
            }
        }
    }
    Ok(all)
}

pub const ALL: &[NativeEntry] = &[
    ("tensor", "data, *, dtype?, device?, requires_grad?", |vm, a| {
        if let Object::Tensor(_) = &a[0] {
            vm.warn(
                "UserWarning",
                "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor).",
            );
        }
        let x = super::create::of_value(vm, &a[0], dtype_of(&a[1]))?;
        finished(vm, x, &a[2], &a[3])
    }),
    ("as_tensor", "data, dtype?, device?", |vm, a| match (&a[0], dtype_of(&a[1])) {
        (Object::Tensor(x), Some(dtype)) => out(vm.cx.cast(x, dtype)?),
        (Object::Tensor(_), None) => Ok(a[0].clone()),
        (value, dtype) => out(super::create::of_value(vm, value, dtype)?),
    }),
    ("zeros", "*size, dtype?, device?, requires_grad?, out?", |vm, a| filled(vm, a, "zeros", 0.0)),
    ("ones", "*size, dtype?, device?, requires_grad?, out?", |vm, a| filled(vm, a, "ones", 1.0)),
    ("empty", "*size, dtype?, device?, requires_grad?, out?", |vm, a| filled(vm, a, "empty", 0.0)),
    ("full", "size, fill_value, *, dtype?, device?, requires_grad?", |vm, a| {
        let shape = sizes(vm, "full", &a[0])?;
        let default = match &a[1] {
            Object::Bool(_) => ScalarType::Bool,
            Object::Int(_) => ScalarType::I64,
            _ => vm.cx.default_dtype.get(),
        };
        let value = match &a[1] {
            Object::Tensor(value) => value.floats()[0],
            other => other.as_float().unwrap_or(0.0),
        };
        let x = vm.cx.full(&shape, value, dtype_of(&a[2]).unwrap_or(default))?;
        finished(vm, x, &a[3], &a[4])
    }),
    ("zeros_like", "input, *, dtype?, device?, requires_grad?", |vm, a| like(vm, a, "zeros_like", 0.0)),
    ("ones_like", "input, *, dtype?, device?, requires_grad?", |vm, a| like(vm, a, "ones_like", 1.0)),
    ("empty_like", "input, *, dtype?, device?, requires_grad?", |vm, a| like(vm, a, "empty_like", 0.0)),
    ("full_like", "input, fill_value, *, dtype?, device?, requires_grad?", |vm, a| {
        let x = tensor(vm, &a[0], "full_like", "input", 1)?;
        let new =
            vm.cx.full(&x.shape(), a[1].as_float().unwrap_or(0.0), dtype_of(&a[2]).unwrap_or(x.dtype()))?;
        let new = vm.cx.laid_as(&[&x], new)?;
        finished(vm, new, &a[3], &a[4])
    }),
    ("arange", "start, end?, step?, *, dtype?, device?, requires_grad?", |vm, a| {
        let number = |value: &Object| match value {
            Object::Tensor(x) if x.len() == 1 => Some(x.floats()[0]),
            other => other.as_float(),
        };
        let whole = |value: &Object| match value {
            Object::Undefined => true,
            Object::Tensor(x) => !x.dtype().is_float(),
            other => !matches!(other, Object::Float(_)),
        };
        let (start, end) = match number(&a[1]) {
            Some(end) => (number(&a[0]).unwrap_or(0.0), end),
            None => (0.0, number(&a[0]).unwrap_or(0.0)),
        };
        let step = number(&a[2]).unwrap_or(1.0);
        let default = if a[..3].iter().all(whole) { ScalarType::I64 } else { vm.cx.default_dtype.get() };
        let x = vm.cx.arange(start, end, step, dtype_of(&a[3]).unwrap_or(default))?;
        finished(vm, x, &a[4], &a[5])
    }),
    ("linspace", "start, end, steps, *, dtype?, device?, requires_grad?", |vm, a| {
        let number = |value: &Object| match value {
            Object::Tensor(x) if x.len() == 1 => x.floats()[0],
            other => other.as_float().unwrap_or(0.0),
        };
        let dtype = dtype_of(&a[3]).unwrap_or(vm.cx.default_dtype.get());
        let steps = a[2].as_int().unwrap_or(0).max(0) as usize;
        let x = vm.cx.linspace(number(&a[0]), number(&a[1]), steps, dtype)?;
        finished(vm, x, &a[4], &a[5])
    }),
    ("eye", "n, m?, *, dtype?, device?, requires_grad?", |vm, a| {
        let n = a[0].as_int().unwrap_or(0).max(0) as usize;
        let m = a[1].as_int().map_or(n, |m| m.max(0) as usize);
        let dtype = dtype_of(&a[2]).unwrap_or(vm.cx.default_dtype.get());
        vm.cx.room(&[n, m], dtype)?;
        let values = (0..n * m).map(|i| f64::from(u8::from(i / m == i % m))).collect();
        let x = vm.cx.of_floats(values, &[n, m], dtype)?;
        finished(vm, x, &a[3], &a[4])
    }),
    ("rand", "*size, dtype?, device?, requires_grad?, generator?", |vm, a| {
        let shape = sizes(vm, "rand", &a[0])?;
        let x = random(vm, &shape, dtype_of(&a[1]).unwrap_or(vm.cx.default_dtype.get()), false, &a[4])?;
        finished(vm, x, &a[2], &a[3])
    }),
    ("randn", "*size, dtype?, device?, requires_grad?, generator?", |vm, a| {
        let shape = sizes(vm, "randn", &a[0])?;
        let x = random(vm, &shape, dtype_of(&a[1]).unwrap_or(vm.cx.default_dtype.get()), true, &a[4])?;
        finished(vm, x, &a[2], &a[3])
    }),
    ("rand_like", "input, *, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "rand_like", "input", 1)?;
        let drawn = random(vm, &x.shape(), dtype_of(&a[1]).unwrap_or(x.dtype()), false, &Object::Undefined)?;
        out(vm.cx.laid_as(&[&x], drawn)?)
    }),
    ("randn_like", "input, *, dtype?", |vm, a| {
        let x = tensor(vm, &a[0], "randn_like", "input", 1)?;
        let drawn = random(vm, &x.shape(), dtype_of(&a[1]).unwrap_or(x.dtype()), true, &Object::Undefined)?;
        out(vm.cx.laid_as(&[&x], drawn)?)
    }),
    ("randint", "low, high?, size?, *, dtype?, device?, generator?", |vm, a| {
        let (low, high, size) = match (&a[1], &a[2]) {
            (size, Object::Undefined) if size.items().is_some() => (0, a[0].as_int(), size.clone()),
            (Object::Undefined, size) => (0, a[0].as_int(), size.clone()),
            (high, size) => (a[0].as_int().unwrap_or(0), high.as_int(), size.clone()),
        };
        let (Some(high), false) = (high, size.is_undefined()) else {
            return Halt::refuse("the message for these arguments of randint()");
        };
        let shape = sizes(vm, "randint", &size)?;
        device(vm, &a[4])?;
        out(integers(vm, low, high, &shape, dtype_of(&a[3]).unwrap_or(ScalarType::I64), &a[5])?)
    }),
    ("randperm", "n, *, dtype?, device?, generator?", |vm, a| {
        let n = a[0].as_int().unwrap_or(0).max(0) as usize;
        vm.cx.room(&[n], ScalarType::I64)?;
        let values = with_generator(vm, &a[3], |generator| {
            let mut values = vec![0; n];
            generator.fill_randperm(&mut values);
            Ok(values)
        })?;
        out(vm.cx.of_ints(values, &[n], dtype_of(&a[1]).unwrap_or(ScalarType::I64))?)
    }),
    ("normal", "mean, std?, size?", |vm, a| match (&a[0], &a[1]) {
        (Object::Tensor(_), _) | (_, Object::Tensor(_)) => {
            let (mean, std) = (a[0].clone(), a[1].clone().or(Object::Float(1.0)));
            let shape = match (&mean, &std) {
                (Object::Tensor(x), _) | (_, Object::Tensor(x)) => x.shape(),
                _ => Vec::new(),
            };
            let z = random(vm, &shape, vm.cx.default_dtype.get(), true, &Object::Undefined)?;
            let scaled =
                operators::binary(&vm.cx, crate::syntax::code::Binary::Mul, &Object::Tensor(z), &std)?;
            operators::binary(&vm.cx, crate::syntax::code::Binary::Add, &scaled, &mean)
        }
        (mean, std) => {
            let shape = sizes(vm, "normal", &a[2])?;
            let dtype = vm.cx.default_dtype.get();
            let len = vm.cx.room(&shape, dtype)?;
            let (mean, std) = (mean.as_float().unwrap_or(0.0), std.as_float().unwrap_or(1.0));
            let values = with_generator(vm, &Object::Undefined, |generator| {
                normals(generator, len, dtype, mean, std)
            })?;
            out(vm.cx.of_floats(values, &shape, dtype)?)
        }
    }),
    ("bernoulli", "input, *, generator?", |vm, a| {
        let x = tensor(vm, &a[0], "bernoulli", "input", 1)?;
        let mut values = x.f32s();
        with_generator(vm, &a[1], |generator| match generator.bernoulli_of(&mut values) {
            Ok(()) => Ok(()),
            Err(error) => runtime_error(error.to_string()),
        })?;
        out(vm.cx.of_floats(values.into_iter().map(f64::from).collect(), &x.shape(), x.dtype())?)
    }),
    ("multinomial", "input, num_samples, replacement?, *, generator?", multinomial),
    ("manual_seed", "seed", |vm, a| {
        let Some(seed) = a[0].as_int() else {
            return match a[0].as_big() {
                Some(_) => Halt::new("ValueError", "Overflow when unpacking long long"),
                None => Halt::refuse("manual_seed() of this"),
            };
        };
        vm.cx.seed.set(seed);
        *vm.cx.generator.borrow_mut() = rng::TorchGenerator::new(seed as u64);
        Ok(Object::None)
    }),
    ("initial_seed", "", |vm, _| Ok(Object::Int(vm.cx.seed.get()))),
    ("_draw_seed", "generator?", |vm, a| {
        // `torch.empty((), dtype=torch.int64).random_()`: what a DataLoader and its sampler take of the stream, 63 bits.
        const HALF: i64 = 1 << 62;
        let mut words = [0_i64; 1];
        with_generator(vm, &a[0], |generator| match generator.fill_randint(-HALF, HALF, &mut words) {
            Ok(()) => Ok(()),
            Err(error) => runtime_error(error.to_string()),
        })?;
        Ok(Object::Int(words[0] + HALF))
    }),
    ("_written_function", "name, outputs, inputs, saved, back", |vm, a| {
        let outputs: Vec<TorchTensor> =
            a[1].items().unwrap_or_default().iter().filter_map(|x| x.as_tensor().cloned()).collect();
        let inputs = a[2].items().unwrap_or_default();
        let all: Vec<&TorchTensor> = inputs.iter().filter_map(Object::as_tensor).collect();
        if !vm.cx.wants(&all) {
            return Ok(Object::None);
        }
        let edges = inputs
            .iter()
            .map(|x| x.as_tensor().map_or(super::autograd::Edge::Nowhere, super::autograd::edge_of))
            .collect();
        let saved = a[3].items().unwrap_or_default().iter().filter_map(|x| x.as_tensor().cloned()).collect();
        let name = vm.str(&a[0])?;
        vm.cx.record_edges(&name, &outputs, edges, saved, |_, _, _| Ok(Vec::new()));
        if let Some(node) = outputs.first().and_then(TorchTensor::node) {
            *node.written.borrow_mut() = Some(a[4].clone());
        }
        Ok(Object::None)
    }),
    ("_in_place", "target, function", |vm, a| {
        let x = tensor(vm, &a[0], "", "self", 1)?;
        vm.cx.check_in_place(&x)?;
        let before = vm.cx.snapshot(&x)?;
        if let Object::Tensor(out) = vm.call(&a[1], vec![Object::Tensor(before)])? {
            vm.cx.finish_in_place(&x, &out)?;
        }
        Ok(a[0].clone())
    }),
    ("_check_apart", "target, *others", |_, a| {
        // What is written in place by what it must not share elements with.
        if let Object::Tensor(target) = &a[0] {
            for other in a[1].items().unwrap_or_default() {
                if let Object::Tensor(other) = other {
                    overlap::check_between(target, &other, true)?;
                }
            }
        }
        Ok(Object::None)
    }),
    ("_add_method", "name, function", |vm, a| {
        if let Some(name) = a[0].as_str() {
            vm.types.get(Type::Tensor).attrs.borrow_mut().insert(name.clone(), a[1].clone());
        }
        Ok(Object::None)
    }),
    ("_new_generator", "seed", |vm, a| kept(vm, rng::TorchGenerator::new(a[0].as_int().unwrap_or(0) as u64))),
    ("_get_rng_state", "", |vm, _| {
        let state = vm.cx.generator.borrow().clone();
        kept(vm, state)
    }),
    ("_set_rng_state", "state", |vm, a| {
        let at = a[0].as_int().unwrap_or(0) as usize;
        let state = vm.cx.kept_generators.borrow().get(at).cloned();
        if let Some(state) = state {
            *vm.cx.generator.borrow_mut() = state;
        }
        Ok(Object::None)
    }),
    ("cat", "tensors, dim?, *, out?", |vm, a| {
        let all = tensors(vm, &a[0], "cat")?;
        out(vm.cx.cat(&all, a[1].as_int().unwrap_or(0))?)
    }),
    ("concat", "tensors, dim?", |vm, a| {
        let all = tensors(vm, &a[0], "concat")?;
        out(vm.cx.cat(&all, a[1].as_int().unwrap_or(0))?)
    }),
    ("stack", "tensors, dim?, *, out?", |vm, a| {
        let all = tensors(vm, &a[0], "stack")?;
        out(vm.cx.stack(&all, a[1].as_int().unwrap_or(0))?)
    }),
    ("where", "condition, input?, other?", |vm, a| {
        let condition = tensor(vm, &a[0], "where", "condition", 1)?;
        if a[1].is_undefined() {
            let nonzero =
                vm.modules.get("torch").and_then(|torch| torch.space.get("nonzero")).unwrap_or(Object::None);
            return vm.call_with(&nonzero, vec![a[0].clone()], vec![("as_tuple".into(), Object::Bool(true))]);
        }
        let (x, y, _) = operators::pair(&vm.cx, &a[1], &a[2])?;
        out(vm.cx.choose(&condition, &x, &y)?)
    }),
    ("is_tensor", "obj", |_, a| Ok(Object::Bool(matches!(a[0], Object::Tensor(_))))),
    ("is_grad_enabled", "", |vm, _| Ok(Object::Bool(vm.cx.grad_enabled.get()))),
    ("_set_grad", "enabled", |vm, a| {
        let enabled = vm.truth(&a[0])?;
        Ok(Object::Bool(vm.cx.grad_enabled.replace(enabled)))
    }),
    ("get_default_dtype", "", |vm, _| Ok(Object::Dtype(vm.cx.default_dtype.get()))),
    ("set_default_dtype", "d", |vm, a| {
        match dtype_of(&a[0]) {
            Some(dtype) if dtype.is_float() => vm.cx.default_dtype.set(dtype),
            _ => return type_error("only floating-point types are supported as the default type"),
        }
        Ok(Object::None)
    }),
    ("set_printoptions", "precision?, threshold?, edgeitems?, linewidth?, profile?, sci_mode?", |vm, a| {
        let mut options = vm.cx.print.borrow_mut();
        if let Some(profile) = a[4].as_str() {
            let usual = PrintOptions::default();
            *options = match &**profile {
                "default" => usual,
                "short" => PrintOptions { precision: 2, edge: 2, ..usual },
                "full" => PrintOptions { threshold: usize::MAX, ..usual },
                _ => return Halt::refuse("set_printoptions() with this profile"),
            };
        }
        let set = |place: &mut usize, value: &Object| {
            if let Some(number) = value.as_float() {
                *place = if number.is_finite() { number.max(0.0) as usize } else { usize::MAX };
            }
        };
        set(&mut options.precision, &a[0]);
        set(&mut options.threshold, &a[1]);
        set(&mut options.edge, &a[2]);
        set(&mut options.width, &a[3]);
        options.scientific = match a[5] {
            Object::Bool(scientific) => Some(scientific),
            _ => None,
        };
        Ok(Object::None)
    }),
    ("result_type", "a, b", |vm, a| match (operators::Operand::of(&a[0]), operators::Operand::of(&a[1])) {
        (Some(x), Some(y)) => Ok(Object::Dtype(operators::result_type(&vm.cx, &x, &y))),
        _ => Halt::refuse("result_type of these"),
    }),
    ("_device", "name", |vm, a| match &a[0] {
        Object::Device(_) => Ok(a[0].clone()),
        Object::Str(name) => {
            let kind = name.split(':').next().unwrap_or_default();
            if !["cpu", "cuda", "mps", "meta", "xla", "xpu"].contains(&kind) {
                return runtime_error(no_such_device(name));
            }
            Ok(Object::Device(name.clone()))
        }
        other => Halt::refuse(format!("a device of type {}", vm.type_name(other))),
    }),
    // What the library alone calls.
    ("_linear", "input, weight, bias?", |vm, a| {
        let x = tensor(vm, &a[0], "linear", "input", 1)?;
        let weight = tensor(vm, &a[1], "linear", "weight", 2)?;
        let bias = a[2].as_tensor().cloned();
        out(vm.cx.linear(&x, &weight, bias.as_ref())?)
    }),
    ("_embedding", "weight, indices, padding?", |vm, a| {
        let weight = tensor(vm, &a[0], "embedding", "weight", 1)?;
        let indices = tensor(vm, &a[1], "embedding", "indices", 2)?;
        out(vm.cx.embedding(&weight, &indices, a[2].as_int())?)
    }),
    ("_conv1d", "input, weight, bias, stride, padding, dilation, groups", |vm, a| {
        let x = tensor(vm, &a[0], "conv1d", "input", 1)?;
        let weight = tensor(vm, &a[1], "conv1d", "weight", 2)?;
        let bias = a[2].as_tensor().cloned();
        let steps = [3, 4, 5, 6].map(|i| a[i].as_int().unwrap_or(1).max(0) as usize);
        out(vm.cx.conv1d(&x, &weight, bias.as_ref(), steps)?)
    }),
    ("_nll", "input, target, weight, ignore, reduction", |vm, a| {
        let (x, target) =
            (tensor(vm, &a[0], "nll_loss", "input", 1)?, tensor(vm, &a[1], "nll_loss", "target", 2)?);
        let weight = a[2].as_tensor().cloned();
        let reduction = vm.str(&a[4])?;
        out(vm.cx.nll(&x, &target, weight.as_ref(), a[3].as_int().unwrap_or(-100), &reduction)?)
    }),
    ("_unary", "name, input", |vm, a| {
        let name = vm.str(&a[0])?;
        let x = tensor(vm, &a[1], &name, "input", 1)?;
        out(vm.cx.unary(&name, &x)?)
    }),
    ("_leaky", "input, slope, exponential", |vm, a| {
        let exponential = vm.truth(&a[2])?;
        let x = tensor(vm, &a[0], if exponential { "elu" } else { "leaky_relu" }, "input", 1)?;
        out(vm.cx.leaky(&x, a[1].as_float().unwrap_or(0.01), exponential)?)
    }),
    ("_dropout_mask", "input, p", |vm, a| {
        let x = tensor(vm, &a[0], "dropout", "input", 1)?;
        let mut values = vec![0.0_f32; x.len()];
        let p = a[1].as_float().unwrap_or(0.5);
        if let Err(error) = vm.cx.generator.borrow_mut().fill_dropout(p, &mut values) {
            return runtime_error(error.to_string());
        }
        out(vm.cx.of_floats(values.into_iter().map(f64::from).collect(), &x.shape(), x.dtype())?)
    }),
    ("_rename", "tensor, name, values?", |vm, a| {
        if let Object::Tensor(x) = &a[0] {
            let name = vm.str(&a[1])?;
            vm.cx.rename(x, &name);
            if let Object::Tensor(values) = &a[2] {
                x.write(values);
            }
        }
        Ok(a[0].clone())
    }),
    ("_same", "tensor, name", |vm, a| {
        let x = tensor(vm, &a[0], "", "input", 1)?;
        let name = vm.str(&a[1])?;
        out(vm.cx.as_view(&name, &x, x.geometry(), |_, grad| Ok(grad.clone())))
    }),
    ("_parameter", "data, requires_grad", |vm, a| {
        let x = tensor(vm, &a[0], "Parameter", "data", 1)?;
        let parameter = vm.cx.alias(&x);
        parameter.0.meta.borrow_mut().is_parameter = true;
        let wants = vm.truth(&a[1])?;
        super::attributes::require(&parameter, wants)?;
        out(parameter)
    }),
    ("_axes", "tensor, letters", |vm, a| {
        if let (Object::Tensor(x), Some(letters), true) = (&a[0], a[1].as_str(), vm.recorder.is_some()) {
            x.0.meta.borrow_mut().axes = Some(letters.clone());
        }
        Ok(Object::None)
    }),
    (
        "_recurrent",
        "kind, input, states, parameters, layers, bidirectional, dropout, projection, lengths",
        super::recurrent::call,
    ),
    ("_check_cell", "kind, input_size, hidden_size, input, states", |vm, a| {
        let kind = vm.str(&a[0])?;
        let Object::Tensor(x) = &a[3] else { return Halt::refuse("this input of a cell") };
        let states: Vec<TorchTensor> =
            a[4].items().unwrap_or_default().iter().filter_map(|state| state.as_tensor().cloned()).collect();
        let sizes = [a[1].as_int().unwrap_or(0) as u64, a[2].as_int().unwrap_or(0) as u64];
        super::recurrent::check_cell(&kind, sizes, x, &states)?;
        Ok(Object::None)
    }),
    ("_backward", "tensors, grads, inputs, retain_graph, create_graph, allow_unused", |vm, a| {
        let roots = a[0].items().unwrap_or_else(|| vec![a[0].clone()]);
        let grads = match &a[1] {
            Object::None => vec![Object::None; roots.len()],
            other => other.items().unwrap_or_else(|| vec![other.clone()]),
        };
        let mut pairs = Vec::new();
        for (i, (root, grad)) in roots.iter().zip(&grads).enumerate() {
            let x = tensor(vm, root, "grad", "outputs", 1)?;
            if !x.requires_grad() {
                return runtime_error(format!(
                    "element {i} of tensors does not require grad and does not have a grad_fn"
                ));
            }
            let seed = super::autograd::seed_of(&vm.cx, &x, Some(grad))?;
            pairs.push((x, seed));
        }
        let create = vm.truth(&a[4])?;
        let retain = if a[3].is_none() { create } else { vm.truth(&a[3])? };
        if a[2].is_none() {
            let cx = vm.cx.clone();
            cx.backward(&pairs, None, retain, create, &mut |function, all| vm.call(function, all))?;
            return Ok(Object::None);
        }
        let inputs = a[2].items().unwrap_or_else(|| vec![a[2].clone()]);
        let mut wanted = Vec::new();
        for (i, input) in inputs.iter().enumerate() {
            let x = tensor(vm, input, "grad", "inputs", 2)?;
            if !x.requires_grad() {
                return runtime_error("One of the differentiated Tensors does not require grad");
            }
            let _ = i;
            wanted.push(x);
        }
        let found = {
            let cx = vm.cx.clone();
            cx.backward(&pairs, Some(&wanted), retain, create, &mut |function, all| vm.call(function, all))?
        };
        let unused = vm.truth(&a[5])?;
        if !unused && let Some(at) = found.iter().position(Option::is_none) {
            return runtime_error(format!(
                "The differentiated Tensor at index {at} appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior."
            ));
        }
        Ok(Object::tuple(found.into_iter().map(|grad| grad.map_or(Object::None, Object::Tensor)).collect()))
    }),
    ("_size", "items", |vm, a| {
        let shape: Vec<usize> = ints(vm, &a[0])?.into_iter().map(|size| size as usize).collect();
        Ok(super::attributes::size(vm, &shape))
    }),
    ("_permuted_name", "input, dims, name", |vm, a| {
        let x = tensor(vm, &a[0], "", "input", 1)?;
        let dims: Vec<usize> = ints(vm, &a[1])?.into_iter().map(|dim| dim as usize).collect();
        let name = vm.str(&a[2])?;
        out(vm.cx.permute(&x, &dims, &name))
    }),
    ("_share", "target, source", |_, a| {
        // The target is now over the source's elements.
        if let (Object::Tensor(x), Object::Tensor(y)) = (&a[0], &a[1]) {
            *x.0.storage.borrow_mut() = y.storage();
            *x.0.geometry.borrow_mut() = y.geometry();
            x.0.dtype.set(y.dtype());
        }
        Ok(a[0].clone())
    }),
    ("_is_leaf_storage", "a, b", |_, a| match (&a[0], &a[1]) {
        (Object::Tensor(x), Object::Tensor(y)) => Ok(Object::Bool(Rc::ptr_eq(&x.storage(), &y.storage()))),
        _ => Ok(Object::Bool(false)),
    }),
];

fn multinomial(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let x = tensor(vm, &a[0], "multinomial", "input", 1)?;
    let count = a[1].as_int().unwrap_or(0);
    let replacement = !a[2].is_undefined() && vm.truth(&a[2])?;
    let shape = x.shape();
    let (rows, classes) = match shape.as_slice() {
        [classes] => (1, *classes),
        [rows, classes] => (*rows, *classes),
        _ => return runtime_error("prob_dist must be 1 or 2 dim"),
    };
    if count <= 0 {
        return runtime_error("cannot sample n_sample <= 0 samples");
    }
    if !replacement && count as usize > classes {
        return runtime_error("cannot sample n_sample > prob_dist.size(-1) samples without replacement");
    }
    if !x.dtype().is_float() {
        return runtime_error(format!(
            "multinomial only supports floating-point dtypes for input, got: {}",
            x.dtype().word()
        ));
    }
    let weights = x.floats();
    if weights.chunks(classes.max(1)).any(|row| row.iter().all(|w| *w == 0.0)) {
        return runtime_error("invalid multinomial distribution (sum of probabilities <= 0)");
    }
    if weights.iter().any(|w| *w < 0.0 || !w.is_finite()) {
        return runtime_error("probability tensor contains either `inf`, `nan` or element < 0");
    }
    let mut all = Vec::new();
    let count = count as usize;
    if replacement && count > 1 {
        let mut uniforms = vec![0.0_f64; rows * count];
        let _ = vm.cx.generator.borrow_mut().fill_uniform(0.0, 1.0, &mut uniforms);
        for row in 0..rows {
            let weights = &weights[row * classes..(row + 1) * classes];
            let total: f64 = weights.iter().sum();
            let mut sums: Vec<f64> = Vec::new();
            let mut sum = 0.0;
            for w in weights {
                sum += w / total;
                sums.push(sum);
            }
            for i in 0..count {
                let u = uniforms[row * count + i];
                all.push(sums.iter().position(|s| u < *s).unwrap_or(classes - 1) as i64);
            }
        }
    } else {
        // The largest of weights over exponentials.
        let mut draws = vec![0.0_f64; weights.len()];
        let _ = vm.cx.generator.borrow_mut().fill_exponential(1.0, &mut draws);
        for row in 0..rows {
            let mut order: Vec<(f64, usize)> =
                (0..classes).map(|i| (weights[row * classes + i] / draws[row * classes + i], i)).collect();
            order.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(std::cmp::Ordering::Equal));
            all.extend(order.into_iter().take(count).map(|(_, i)| i as i64));
        }
    }
    let mut result = shape;
    result.pop();
    result.push(count);
    out(vm.cx.of_ints(all, &result, ScalarType::I64)?)
}

/// `PyTorch`'s word of a device that nothing is called.
pub fn no_such_device(name: &str) -> String {
    format!(
        "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, privateuseone device type at start of device string: {name}"
    )
}
