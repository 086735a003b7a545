//! Divisions that round, and what is left of them.

use super::Context;
use super::dtype::ScalarType;
use super::operators;
use super::tensor::TorchTensor;
use crate::value::fault::runtime_error;
use crate::value::{Halt, Object, R};

fn refuse_zero(y: &TorchTensor) -> R<()> {
    if y.ints().contains(&0) { runtime_error("ZeroDivisionError") } else { Ok(()) }
}

fn refuse_bool(dtype: ScalarType, kernel: &str) -> R<()> {
    if dtype == ScalarType::Bool {
        return Halt::new("NotImplementedError", format!("\"{kernel}_cpu\" not implemented for 'Bool'"));
    }
    Ok(())
}

fn floored_float(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        return x / y;
    }
    let rest = x % y;
    let rest = if rest != 0.0 && (rest < 0.0) != (y < 0.0) { rest + y } else { rest };
    ((x - rest) / y).round()
}

/// `x // y`, without a history.
pub fn floored(cx: &Context, x: &TorchTensor, y: &TorchTensor, dtype: ScalarType) -> R<TorchTensor> {
    if dtype.is_float() {
        return cx.zip(x, y, dtype, floored_float);
    }
    refuse_bool(dtype, "div_floor")?;
    refuse_zero(y)?;
    cx.zip_ints(x, y, dtype, |x, y| {
        let quotient = x.wrapping_div(y);
        if x.wrapping_rem(y) != 0 && (x < 0) != (y < 0) { quotient - 1 } else { quotient }
    })
}

fn truncated(cx: &Context, x: &TorchTensor, y: &TorchTensor, dtype: ScalarType) -> R<TorchTensor> {
    if dtype.is_float() {
        let quotient = cx.zip(x, y, dtype, |x, y| x / y)?;
        return cx.map(&quotient, dtype, f64::trunc);
    }
    refuse_bool(dtype, "div_trunc")?;
    refuse_zero(y)?;
    cx.zip_ints(x, y, dtype, i64::wrapping_div)
}

/// `torch.div(a, b, rounding_mode=...)`: its gradients are zeros.
pub fn rounded(cx: &Context, a: &Object, b: &Object, floor: bool) -> R<TorchTensor> {
    let (x, y, dtype) = operators::pair(cx, a, b)?;
    let round = if floor { floored } else { truncated };
    let out = round(cx, &x, &y, dtype)?;
    let (own, other) = (x.shape(), y.shape());
    Ok(cx.record("DivBackward2", out, &[&x, &y], &[&x, &y], move |cx, _, grad| {
        Ok(vec![Some(cx.full(&own, 0.0, grad.dtype())?), Some(cx.full(&other, 0.0, grad.dtype())?)])
    }))
}

/// What is left of a division that is rounded by `round`; `between` tensors, or of a tensor and a number.
fn left(
    cx: &Context,
    name: &str,
    (x, y): (&TorchTensor, &TorchTensor),
    out: TorchTensor,
    round: fn(&Context, &TorchTensor, &TorchTensor, ScalarType) -> R<TorchTensor>,
    between: bool,
) -> TorchTensor {
    let (own, other) = (x.shape(), y.shape());
    let title = format!("{name}Backward{}", u8::from(between));
    let wanted = between && y.requires_grad();
    let saved: &[&TorchTensor] = if wanted { &[x, y] } else { &[] };
    cx.record(&title, out, &[x, y], saved, move |cx, saved, grad| {
        let to_other = if wanted {
            let quotient = cx.with_grad(false, || round(cx, &saved[0], &saved[1], grad.dtype()))?;
            Some(cx.sum_to(&cx.mul(&cx.unary("neg", grad)?, &quotient)?, &other)?)
        } else {
            None
        };
        Ok(vec![Some(cx.sum_to(grad, &own)?), to_other])
    })
}

/// `x % y`, with the sign of `y`.
pub fn remainder(
    cx: &Context,
    x: &TorchTensor,
    y: &TorchTensor,
    dtype: ScalarType,
    between: bool,
) -> R<TorchTensor> {
    if dtype.is_float() {
        let out = cx.zip(x, y, dtype, |x, y| {
            let rest = x % y;
            if rest != 0.0 && (rest < 0.0) != (y < 0.0) { rest + y } else { rest }
        })?;
        return Ok(left(cx, "Remainder", (x, y), out, floored, between));
    }
    refuse_bool(dtype, "remainder")?;
    refuse_zero(y)?;
    cx.zip_ints(x, y, dtype, |x, y| {
        let rest = x.wrapping_rem(y);
        if rest != 0 && (rest < 0) != (y < 0) { rest + y } else { rest }
    })
}

/// `torch.fmod(a, b)`, with the sign of `a`.
pub fn fmod(cx: &Context, a: &Object, b: &Object) -> R<TorchTensor> {
    let (x, y, dtype) = operators::pair(cx, a, b)?;
    if dtype.is_float() {
        let out = cx.zip(&x, &y, dtype, |x, y| x % y)?;
        return Ok(left(cx, "Fmod", (&x, &y), out, truncated, matches!(b, Object::Tensor(_))));
    }
    refuse_bool(dtype, "fmod")?;
    refuse_zero(&y)?;
    cx.zip_ints(&x, &y, dtype, i64::wrapping_rem)
}
