//! The methods that change a tensor in place, and what is drawn of the stream.

use super::Context;
use super::dtype::ScalarType;
use super::methods::tensor;
use super::operators;
use super::overlap;
use super::tensor::TorchTensor;
use crate::builtins::NativeEntry;
use crate::eval::Vm;
use crate::syntax::code::Binary;
use crate::value::fault::runtime_error;
use crate::value::{Halt, Object, R};

macro_rules! in_place {
    ($name:literal, $op:expr) => {
        ($name, "self, other, *, alpha?", |vm, a| {
            let x = tensor(vm, &a[0], $name, "self", 1)?;
            let mut other = a[1].clone();
            if let Some(alpha) = a[2].clone().given() {
                other = operators::binary(&vm.cx, Binary::Mul, &other, &alpha)?;
            }
            operators::in_place(&vm.cx, $op, &x, &other)
        })
    };
}

macro_rules! unary_in_place {
    ($name:literal, $of:literal) => {
        ($name, "self", |vm, a| {
            let x = tensor(vm, &a[0], $name, "self", 1)?;
            vm.cx.assign_in_place(&x, &[], |x| vm.cx.unary($of, x))?;
            Ok(a[0].clone())
        })
    };
}

/// Draws of floats are for floats.
fn floats_alone(x: &TorchTensor, kernel: &str) -> R<()> {
    if x.dtype().is_float() {
        return Ok(());
    }
    Halt::new("NotImplementedError", format!("\"{kernel}\" not implemented for '{}'", x.dtype().word()))
}

/// Writes values where an index says, or adds them.
fn scattered(
    vm: &Vm,
    x: &TorchTensor,
    dim: i64,
    index: &TorchTensor,
    source: &TorchTensor,
    adds: bool,
) -> R<()> {
    vm.cx.check_in_place(x)?;
    vm.cx.check_scatter(x, dim, index)?;
    overlap::check_within(x)?;
    overlap::check_between(x, index, true)?;
    overlap::check_between(x, source, true)?;
    vm.cx.replace_in_place(x, |x| vm.cx.scatter(x, dim, index, source, adds))
}

/// Gives a tensor another shape over the same elements.
fn turned(
    vm: &mut Vm,
    a: &[Object],
    name: &str,
    turn: impl FnOnce(&Context, &TorchTensor) -> R<TorchTensor>,
) -> R<Object> {
    let x = tensor(vm, &a[0], name, "self", 1)?;
    vm.cx.check_in_place(&x)?;
    if vm.cx.wants(&[&x]) && x.0.meta.borrow().base.is_some() {
        return Halt::refuse("another shape in place of a view with a gradient");
    }
    let before = vm.cx.alias(&x);
    {
        let (from, mut to) = (x.0.meta.borrow(), before.0.meta.borrow_mut());
        (to.node, to.output) = (from.node.clone(), from.output);
    }
    let out = turn(&vm.cx, &before)?;
    if vm.cx.wants(&[&x]) {
        vm.cx.rename(&out, name);
        let (from, mut to) = (out.0.meta.borrow(), x.0.meta.borrow_mut());
        (to.node, to.output) = (from.node.clone(), from.output);
    }
    *x.0.geometry.borrow_mut() = out.geometry();
    x.touch();
    Ok(a[0].clone())
}

/// Fills a tensor with what is drawn.
fn drawn(
    vm: &mut Vm,
    a: &[Object],
    name: &str,
    draw: impl FnOnce(&mut rng::TorchGenerator, &TorchTensor) -> R<Vec<f64>>,
) -> R<Object> {
    let x = tensor(vm, &a[0], "random", "self", 1)?;
    vm.cx.check_in_place(&x)?;
    if x.len() > 0 {
        overlap::check_within(&x)?;
    }
    let values = draw(&mut vm.cx.generator.borrow_mut(), &x)?;
    let values = vm.cx.of_floats(values, &x.shape(), x.dtype())?;
    vm.cx.overwrite(&x, &values, name)?;
    Ok(a[0].clone())
}

pub fn normals(
    generator: &mut rng::TorchGenerator,
    len: usize,
    dtype: ScalarType,
    mean: f64,
    std: f64,
) -> R<Vec<f64>> {
    let result = if dtype == ScalarType::F64 {
        let mut values = vec![0.0_f64; len];
        generator.fill_normal_by(mean, std, &mut values).map(|()| values)
    } else {
        let mut values = vec![0.0_f32; len];
        generator.fill_normal_by(mean, std, &mut values).map(|()| values.into_iter().map(f64::from).collect())
    };
    result.or_else(|error| runtime_error(error.to_string()))
}

pub fn uniforms(
    generator: &mut rng::TorchGenerator,
    len: usize,
    dtype: ScalarType,
    low: f64,
    high: f64,
) -> R<Vec<f64>> {
    let result = if dtype == ScalarType::F64 {
        let mut values = vec![0.0_f64; len];
        generator.fill_uniform(low, high, &mut values).map(|()| values)
    } else {
        let mut values = vec![0.0_f32; len];
        generator.fill_uniform(low, high, &mut values).map(|()| values.into_iter().map(f64::from).collect())
    };
    result.or_else(|error| runtime_error(error.to_string()))
}

pub const IN_PLACE: &[NativeEntry] = &[
    in_place!("add_", Binary::Add),
    in_place!("sub_", Binary::Sub),
    in_place!("mul_", Binary::Mul),
    in_place!("div_", Binary::Div),
    in_place!("pow_", Binary::Pow),
    unary_in_place!("neg_", "neg"),
    unary_in_place!("exp_", "exp"),
    unary_in_place!("log_", "log"),
    unary_in_place!("sqrt_", "sqrt"),
    unary_in_place!("abs_", "abs"),
    unary_in_place!("tanh_", "tanh"),
    unary_in_place!("sigmoid_", "sigmoid"),
    unary_in_place!("relu_", "relu"),
    unary_in_place!("round_", "round"),
    unary_in_place!("floor_", "floor"),
    ("clamp_", "self, min?, max?", |vm, a| {
        let x = tensor(vm, &a[0], "clamp_", "self", 1)?;
        vm.cx.assign_in_place(&x, &[], |x| vm.cx.clamp(x, &a[1], &a[2]))?;
        Ok(a[0].clone())
    }),
    ("copy_", "self, src, non_blocking?", |vm, a| {
        let (x, source) = (tensor(vm, &a[0], "copy_", "self", 1)?, tensor(vm, &a[1], "copy_", "other", 1)?);
        vm.cx.check_in_place(&x)?;
        overlap::check_within(&x)?;
        overlap::check_between(&x, &source, false)?;
        let sizes: Vec<i64> = x.shape().into_iter().map(|size| size as i64).collect();
        if super::elementwise::broadcast(&x.shape(), &source.shape()).is_ok_and(|shape| shape == x.shape()) {
            let spread = vm.cx.expand(&source, &sizes)?;
            x.write(&spread);
            x.touch();
            let cast = vm.cx.cast(&spread, x.dtype())?;
            if cast.requires_grad() {
                vm.cx.rebase(&x, &cast);
                vm.cx.rename(&x, "CopyBackwards");
            } else if x.requires_grad() {
                vm.cx.overwrite(&x, &cast, "CopyBackwards")?;
            }
            return Ok(a[0].clone());
        }
        let shape = super::elementwise::broadcast(&x.shape(), &source.shape())?;
        runtime_error(format!(
            "output with shape {} doesn't match the broadcast shape {}",
            super::list_of(&x.shape()),
            super::list_of(&shape)
        ))
    }),
    ("fill_", "self, value", |vm, a| {
        let x = tensor(vm, &a[0], "fill_", "self", 1)?;
        let Some(value) = a[1].as_float().or_else(|| a[1].as_tensor().map(|t| t.floats()[0])) else {
            return Halt::refuse("fill_() with this");
        };
        constant(vm, &x, value, if a[1].as_tensor().is_some() { "FillBackward3" } else { "FillBackward2" })
    }),
    ("zero_", "self", |vm, a| {
        let x = tensor(vm, &a[0], "zero_", "self", 1)?;
        constant(vm, &x, 0.0, "ZeroBackward0")
    }),
    ("masked_fill_", "self, mask, value", |vm, a| {
        let (x, mask) =
            (tensor(vm, &a[0], "masked_fill_", "self", 1)?, tensor(vm, &a[1], "masked_fill_", "mask", 1)?);
        let value = vm.cx.scalar(x.dtype().checked(a[2].as_float().unwrap_or(0.0))?, x.dtype())?;
        overlap::check_between(&x, &mask, false)?;
        vm.cx.replace_in_place(&x, |x| vm.cx.choose(&mask, &value, x))?;
        vm.cx.rename(&x, "MaskedFillBackward0");
        Ok(a[0].clone())
    }),
    ("scatter_", "self, dim, index, src?, *, value?", |vm, a| {
        let x = tensor(vm, &a[0], "scatter_", "self", 1)?;
        let dim = a[1].as_int().unwrap_or(0);
        let index = tensor(vm, &a[2], "scatter_", "index", 2)?;
        let source = match a[3].clone().given().or_else(|| a[4].clone().given()) {
            Some(Object::Tensor(source)) => source,
            Some(other) => vm.cx.scalar(other.as_float().unwrap_or(0.0), x.dtype())?,
            None => return Halt::refuse("scatter_ without a source"),
        };
        scattered(vm, &x, dim, &index, &source, false)?;
        Ok(a[0].clone())
    }),
    ("scatter_add_", "self, dim, index, src", |vm, a| {
        let x = tensor(vm, &a[0], "scatter_add_", "self", 1)?;
        let dim = a[1].as_int().unwrap_or(0);
        let (index, source) =
            (tensor(vm, &a[2], "scatter_add_", "index", 2)?, tensor(vm, &a[3], "scatter_add_", "src", 3)?);
        scattered(vm, &x, dim, &index, &source, true)?;
        Ok(a[0].clone())
    }),
    ("addcmul_", "self, tensor1, tensor2, *, value?", |vm, a| {
        let x = tensor(vm, &a[0], "addcmul_", "self", 1)?;
        let (y, z) =
            (tensor(vm, &a[1], "addcmul_", "tensor1", 1)?, tensor(vm, &a[2], "addcmul_", "tensor2", 2)?);
        let value = a[3].as_float().unwrap_or(1.0);
        vm.cx.assign_in_place(&x, &[&y, &z], |x| vm.cx.add(x, &vm.cx.mul(&vm.cx.scale(&y, value)?, &z)?))?;
        Ok(a[0].clone())
    }),
    ("addcdiv_", "self, tensor1, tensor2, *, value?", |vm, a| {
        let x = tensor(vm, &a[0], "addcdiv_", "self", 1)?;
        let (y, z) =
            (tensor(vm, &a[1], "addcdiv_", "tensor1", 1)?, tensor(vm, &a[2], "addcdiv_", "tensor2", 2)?);
        let value = a[3].as_float().unwrap_or(1.0);
        vm.cx.assign_in_place(&x, &[&y, &z], |x| vm.cx.add(x, &vm.cx.div(&vm.cx.scale(&y, value)?, &z)?))?;
        Ok(a[0].clone())
    }),
    ("lerp_", "self, end, weight", |vm, a| {
        let (x, end) = (tensor(vm, &a[0], "lerp_", "self", 1)?, tensor(vm, &a[1], "lerp_", "end", 1)?);
        let weight = a[2].as_float().unwrap_or(0.0);
        vm.cx.assign_in_place(&x, &[&end], |x| vm.cx.add(x, &vm.cx.scale(&vm.cx.sub(&end, x)?, weight)?))?;
        Ok(a[0].clone())
    }),
    ("uniform_", "self, from?, to?", |vm, a| {
        let (low, high) = (a[1].as_float().unwrap_or(0.0), a[2].as_float().unwrap_or(1.0));
        drawn(vm, a, "UniformBackward0", |generator, x| {
            floats_alone(x, "check_uniform_bounds")?;
            uniforms(generator, x.len(), x.dtype(), low, high)
        })
    }),
    ("normal_", "self, mean?, std?", |vm, a| {
        let (mean, std) = (a[1].as_float().unwrap_or(0.0), a[2].as_float().unwrap_or(1.0));
        drawn(vm, a, "NormalBackward0", |generator, x| {
            if x.len() > 0 {
                floats_alone(x, "normal_kernel_cpu")?;
            }
            if !x.is_contiguous() {
                return Halt::refuse("normal_ of a tensor that is not contiguous");
            }
            normals(generator, x.len(), x.dtype(), mean, std)
        })
    }),
    ("bernoulli_", "self, p?", |vm, a| {
        let p = a[1].as_float().unwrap_or(0.5);
        drawn(vm, a, "BernoulliBackward2", |generator, x| {
            let mut values = vec![0.0_f64; x.len()];
            match generator.fill_bernoulli(p, &mut values) {
                Ok(()) => Ok(values),
                Err(error) => runtime_error(error.to_string()),
            }
        })
    }),
    ("exponential_", "self, lambd?", |vm, a| {
        let rate = a[1].as_float().unwrap_or(1.0);
        drawn(vm, a, "ExponentialBackward0", |generator, x| {
            let mut values = vec![0.0_f64; x.len()];
            match generator.fill_exponential(rate, &mut values) {
                Ok(()) => Ok(values),
                Err(error) => runtime_error(error.to_string()),
            }
        })
    }),
    ("unsqueeze_", "self, dim", |vm, a| {
        let dim = a[1].as_int().unwrap_or(0);
        turned(vm, a, "UnsqueezeBackward1", |cx, x| cx.unsqueeze(x, dim))
    }),
    ("squeeze_", "self, dim?", |vm, a| {
        let dims = a[1].as_int().map(|dim| [dim]);
        let name = if dims.is_some() { "SqueezeBackward4" } else { "SqueezeBackward3" };
        turned(vm, a, name, |cx, x| cx.squeeze(x, dims.as_ref().map(<[i64; 1]>::as_slice)))
    }),
    ("t_", "self", |vm, a| {
        let rank = a[0].as_tensor().map_or(0, TorchTensor::rank);
        if rank > 2 {
            return runtime_error(format!("t_() expects a tensor with <= 2 dimensions, but self is {rank}D"));
        }
        turned(vm, a, "TBackward1", Context::t)
    }),
    ("transpose_", "self, dim0, dim1", |vm, a| {
        let (first, second) = (a[1].as_int().unwrap_or(0), a[2].as_int().unwrap_or(1));
        turned(vm, a, "TransposeBackward1", |cx, x| cx.transpose(x, first, second))
    }),
    ("fill_diagonal_", "self, value", |vm, a| {
        let x = tensor(vm, &a[0], "fill_diagonal_", "self", 1)?;
        let value = a[1].as_float().unwrap_or(0.0);
        if x.rank() < 2 {
            return runtime_error("dimensions must larger than 1");
        }
        let columns = x.shape().last().copied().unwrap_or(1);
        let mut values = x.floats();
        let count = values.len().checked_div(columns).unwrap_or(0).min(columns);
        (0..count).for_each(|i| values[i * columns + i] = value);
        let shape = x.shape();
        let new = vm.cx.of_floats(values, &shape, x.dtype())?;
        if vm.cx.grad_enabled.get() && x.requires_grad() {
            return Halt::refuse("fill_diagonal_ with gradients");
        }
        x.write(&new);
        x.touch();
        Ok(a[0].clone())
    }),
];

/// Fills with a number.
fn constant(vm: &mut Vm, x: &TorchTensor, value: f64, name: &str) -> R<Object> {
    vm.cx.check_in_place(x)?;
    let values = vm.cx.full(&x.shape(), value, x.dtype())?;
    vm.cx.overwrite(x, &values, name)?;
    Ok(Object::Tensor(x.clone()))
}
