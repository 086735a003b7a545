//! Operations on each element, with their gradients.

use super::Context;
use super::dtype::ScalarType;
use super::tensor::TorchTensor;
use crate::value::fault::runtime_error;
use crate::value::{Halt, Object, R};

/// The shape that two shapes broadcast to.
pub fn broadcast(a: &[usize], b: &[usize]) -> R<Vec<usize>> {
    let rank = a.len().max(b.len());
    let mut shape = vec![0; rank];
    for i in (0..rank).rev() {
        let size = |sizes: &[usize]| (i + sizes.len()).checked_sub(rank).map_or(1, |at| sizes[at]);
        let (x, y) = (size(a), size(b));
        shape[i] = match (x, y) {
            (1, y) => y,
            (x, 1) => x,
            (x, y) if x == y => x,
            _ => {
                return runtime_error(format!(
                    "The size of tensor a ({x}) must match the size of tensor b ({y}) at non-singleton dimension {i}"
                ));
            }
        };
    }
    Ok(shape)
}

/// The error function, to double precision.
pub fn erf(x: f64) -> f64 {
    let size = x.abs();
    if size > 6.0 {
        return 1f64.copysign(x);
    }
    if size < 3.0 {
        // The series of Maclaurin, which converges here.
        let (mut term, mut sum, square) = (size, size, size * size);
        for n in 1..120 {
            term *= -square / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        return (sum * std::f64::consts::FRAC_2_SQRT_PI).copysign(x);
    }
    // A continued fraction of the complement.
    let mut fraction = 0.0;
    for n in (1..80).rev() {
        fraction = f64::from(n) / 2.0 / (size + fraction);
    }
    let complement = (-size * size).exp() / ((size + fraction) * std::f64::consts::PI.sqrt());
    (1.0 - complement).copysign(x)
}

fn function(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "neg" => |x| -x,
        "abs" => f64::abs,
        "exp" => f64::exp,
        "expm1" => f64::exp_m1,
        "log" => f64::ln,
        "log2" => f64::log2,
        "log10" => f64::log10,
        "log1p" => f64::ln_1p,
        "sqrt" => f64::sqrt,
        "rsqrt" => |x| 1.0 / x.sqrt(),
        "sin" => f64::sin,
        "cos" => f64::cos,
        "tan" => f64::tan,
        "asin" => f64::asin,
        "acos" => f64::acos,
        "atan" => f64::atan,
        "sinh" => f64::sinh,
        "cosh" => f64::cosh,
        "tanh" => f64::tanh,
        "sigmoid" => |x| 1.0 / (1.0 + (-x).exp()),
        "relu" => |x| if x > 0.0 || x.is_nan() { x } else { 0.0 },
        "sign" => |x| {
            if x > 0.0 {
                1.0
            } else if x < 0.0 {
                -1.0
            } else {
                0.0
            }
        },
        "floor" => f64::floor,
        "ceil" => f64::ceil,
        "round" => f64::round_ties_even,
        "trunc" => f64::trunc,
        "reciprocal" => |x| 1.0 / x,
        "erf" => erf,
        "silu" => |x| x / (1.0 + (-x).exp()),
        "gelu" => |x| x * 0.5 * (1.0 + erf(x / std::f64::consts::SQRT_2)),
        "softplus" => |x| if x > 20.0 { x } else { x.exp().ln_1p() },
        "log_sigmoid" => |x| x.min(0.0) - (-x.abs()).exp().ln_1p(),
        _ => return None,
    })
}

/// The same in float32, rounded at each step where `PyTorch` rounds.
fn single(name: &str) -> Option<fn(f32) -> f32> {
    fn exp(x: f32) -> f32 {
        f64::from(x).exp() as f32
    }
    fn log1p(x: f32) -> f32 {
        f64::from(x).ln_1p() as f32
    }
    Some(match name {
        "sigmoid" => |x| 1.0 / (1.0 + exp(-x)),
        "silu" => |x| x / (1.0 + exp(-x)),
        "rsqrt" => |x| 1.0 / x.sqrt(),
        "gelu" => |x| x * 0.5 * (1.0 + erf(f64::from(x * std::f32::consts::FRAC_1_SQRT_2)) as f32),
        "softplus" => |x| if x > 20.0 { x } else { log1p(exp(x)) },
        "log_sigmoid" => |x| x.min(0.0) - log1p(exp(-x.abs())),
        _ => return None,
    })
}

impl Context {
    pub fn map(&self, x: &TorchTensor, dtype: ScalarType, f: impl Fn(f64) -> f64) -> R<TorchTensor> {
        self.room(&x.shape(), dtype)?;
        if x.dtype() == ScalarType::F32 && dtype == ScalarType::F32 {
            let values = x.f32s().into_iter().map(|x| f(f64::from(x)) as f32).collect();
            return self.laid_as(&[x], self.of_f32(values, &x.shape())?);
        }
        self.laid_as(&[x], self.of_floats(x.floats().into_iter().map(f).collect(), &x.shape(), dtype)?)
    }

    /// Two tensors, broadcast.
    pub fn zip(
        &self,
        a: &TorchTensor,
        b: &TorchTensor,
        dtype: ScalarType,
        f: impl Fn(f64, f64) -> f64,
    ) -> R<TorchTensor> {
        let shape = broadcast(&a.shape(), &b.shape())?;
        self.room(&shape, dtype)?;
        if a.dtype() == ScalarType::F32 && b.dtype() == ScalarType::F32 && dtype == ScalarType::F32 {
            let (x, y) = (self.expanded(a, &shape).f32s(), self.expanded(b, &shape).f32s());
            let values = x.iter().zip(&y).map(|(&x, &y)| f(f64::from(x), f64::from(y)) as f32).collect();
            return self.laid_as(&[a, b], self.of_f32(values, &shape)?);
        }
        let (x, y) = (self.expanded(a, &shape).floats(), self.expanded(b, &shape).floats());
        let values = x.iter().zip(&y).map(|(&x, &y)| f(x, y)).collect();
        self.laid_as(&[a, b], self.of_floats(values, &shape, dtype)?)
    }

    pub fn zip_ints(
        &self,
        a: &TorchTensor,
        b: &TorchTensor,
        dtype: ScalarType,
        f: impl Fn(i64, i64) -> i64,
    ) -> R<TorchTensor> {
        let shape = broadcast(&a.shape(), &b.shape())?;
        self.room(&shape, dtype)?;
        let (x, y) = (self.expanded(a, &shape).ints(), self.expanded(b, &shape).ints());
        let values = x.iter().zip(&y).map(|(&x, &y)| f(x, y)).collect();
        self.laid_as(&[a, b], self.of_ints(values, &shape, dtype)?)
    }

    /// The type that a function of floats gives.
    pub fn float_type(&self, dtype: ScalarType) -> ScalarType {
        if dtype.is_float() { dtype } else { self.default_dtype.get() }
    }

    pub fn unary(&self, name: &str, x: &TorchTensor) -> R<TorchTensor> {
        let dtype = x.dtype();
        let keeps = matches!(name, "neg" | "abs" | "relu" | "sign" | "floor" | "ceil" | "round" | "trunc");
        if keeps && !dtype.is_float() {
            if dtype == ScalarType::Bool && matches!(name, "abs" | "floor" | "ceil" | "round" | "trunc") {
                let kernel = if name == "abs" { "abs" } else { &format!("{name}_vml") };
                return Halt::new(
                    "NotImplementedError",
                    format!("\"{kernel}_cpu\" not implemented for 'Bool'"),
                );
            }
            if dtype == ScalarType::Bool && name == "relu" {
                return Halt::new("NotImplementedError", "Boolean inputs not supported for relu");
            }
            if dtype == ScalarType::Bool && name == "neg" {
                return Halt::new(
                    "NotImplementedError",
                    "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
                );
            }
            let values = x.ints().into_iter().map(|x| match name {
                "neg" => x.wrapping_neg(),
                "abs" => x.wrapping_abs(),
                "relu" => x.max(0),
                "sign" => x.signum(),
                _ => x,
            });
            return self.laid_as(&[x], self.of_ints(values.collect(), &x.shape(), dtype)?);
        }
        let Some(f) = function(name) else { return Halt::refuse(format!("torch.{name}")) };
        let out = match single(name) {
            Some(single) if self.float_type(dtype) == ScalarType::F32 => {
                self.room(&x.shape(), ScalarType::F32)?;
                self.laid_as(&[x], self.of_f32(x.f32s().into_iter().map(single).collect(), &x.shape())?)?
            }
            _ => self.map(x, self.float_type(dtype), f)?,
        };
        let title = format!("{}Backward0", title(name));
        let by_output =
            matches!(name, "exp" | "sqrt" | "rsqrt" | "tanh" | "sigmoid" | "reciprocal" | "expm1" | "tan");
        let saved = match name {
            "neg" | "sign" | "floor" | "ceil" | "round" | "trunc" => vec![],
            "relu" => vec![out.clone()],
            _ if by_output => vec![out.clone()],
            _ => vec![x.clone()],
        };
        let name = name.to_owned();
        let result = out.clone();
        let shown = if name == "log_sigmoid" { "LogSigmoidBackward0" } else { &title };
        self.record_many(shown, &[result], &[x], saved, move |cx, saved, grads| {
            let Some(grad) = &grads[0] else { return Ok(vec![None]) };
            if saved.is_empty() {
                return Ok(vec![Some(match name.as_str() {
                    "neg" => cx.unary("neg", grad)?,
                    _ => cx.full(&grad.shape(), 0.0, grad.dtype())?,
                })]);
            }
            let t = &saved[0];
            let one = cx.scalar(1.0, t.dtype())?;
            let factor = match name.as_str() {
                "abs" => cx.unary("sign", t)?,
                "exp" => t.clone(),
                "expm1" => cx.add(t, &one)?,
                "log" => return Ok(vec![Some(cx.div(grad, t)?)]),
                "log2" => return Ok(vec![Some(cx.div(grad, &cx.scale(t, std::f64::consts::LN_2)?)?)]),
                "log10" => return Ok(vec![Some(cx.div(grad, &cx.scale(t, std::f64::consts::LN_10)?)?)]),
                "log1p" => return Ok(vec![Some(cx.div(grad, &cx.add(t, &one)?)?)]),
                "sqrt" => return Ok(vec![Some(cx.div(grad, &cx.scale(t, 2.0)?)?)]),
                "rsqrt" => cx.scale(&cx.mul(t, &cx.mul(t, t)?)?, -0.5)?,
                "sin" => cx.unary("cos", t)?,
                "cos" => cx.unary("neg", &cx.unary("sin", t)?)?,
                "tan" => cx.add(&cx.mul(t, t)?, &one)?,
                "asin" => cx.unary("rsqrt", &cx.sub(&one, &cx.mul(t, t)?)?)?,
                "acos" => cx.unary("neg", &cx.unary("rsqrt", &cx.sub(&one, &cx.mul(t, t)?)?)?)?,
                "atan" => return Ok(vec![Some(cx.div(grad, &cx.add(&cx.mul(t, t)?, &one)?)?)]),
                "sinh" => cx.unary("cosh", t)?,
                "cosh" => cx.unary("sinh", t)?,
                "tanh" => cx.sub(&one, &cx.mul(t, t)?)?,
                "sigmoid" => return Ok(vec![Some(cx.mul(&cx.mul(grad, &cx.sub(&one, t)?)?, t)?)]),
                "relu" => cx.map(t, t.dtype(), |y| if y > 0.0 { 1.0 } else { 0.0 })?,
                "reciprocal" => cx.unary("neg", &cx.mul(t, t)?)?,
                "erf" => {
                    let square = cx.unary("neg", &cx.mul(t, t)?)?;
                    cx.scale(&cx.unary("exp", &square)?, std::f64::consts::FRAC_2_SQRT_PI)?
                }
                "silu" => {
                    let s = cx.unary("sigmoid", t)?;
                    let inner = cx.add(&cx.mul(t, &cx.sub(&one, &s)?)?, &one)?;
                    return Ok(vec![Some(cx.mul(&cx.mul(grad, &s)?, &inner)?)]);
                }
                "gelu" => cx.never_twice("gelu").and_then(|()| {
                    cx.map(t, t.dtype(), |x| {
                        let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
                        0.5 * (1.0 + erf(x / std::f64::consts::SQRT_2)) + x * density
                    })
                })?,
                "softplus" => cx.unary("sigmoid", t)?,
                "log_sigmoid" => cx.unary("sigmoid", &cx.unary("neg", t)?)?,
                other => return Halt::refuse(format!("the gradient of {other}")),
            };
            Ok(vec![Some(cx.mul(grad, &factor)?)])
        });
        Ok(out)
    }

    pub fn scale(&self, x: &TorchTensor, factor: f64) -> R<TorchTensor> {
        let factor = self.scalar(factor, x.dtype())?;
        self.mul(x, &factor)
    }

    /// Sums what broadcasting has repeated.
    pub fn sum_to(&self, grad: &TorchTensor, shape: &[usize]) -> R<TorchTensor> {
        let own = grad.shape();
        if own == shape {
            return Ok(grad.clone());
        }
        let extra = own.len() - shape.len();
        let mut dims: Vec<usize> = (0..extra).collect();
        dims.extend((0..shape.len()).filter(|&i| shape[i] == 1 && own[i + extra] != 1).map(|i| i + extra));
        let summed = self.sum_dims(grad, &dims, true)?;
        self.reshape(&summed, shape)
    }

    fn arithmetic(
        &self,
        name: &'static str,
        a: &TorchTensor,
        b: &TorchTensor,
        f: impl Fn(f64, f64) -> f64,
        g: impl Fn(i64, i64) -> i64,
    ) -> R<TorchTensor> {
        let dtype = a.dtype().promote(b.dtype());
        if dtype.is_float() {
            self.zip(a, b, dtype, f)
        } else if name == "sub" && (a.dtype() == ScalarType::Bool) != (b.dtype() == ScalarType::Bool) {
            Halt::new(
                "NotImplementedError",
                "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
            )
        } else if dtype == ScalarType::Bool && name == "sub" {
            Halt::new(
                "NotImplementedError",
                "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.",
            )
        } else {
            self.zip_ints(a, b, dtype, g)
        }
    }

    pub fn add(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let out = self.arithmetic("add", a, b, |x, y| x + y, i64::wrapping_add)?;
        let (sa, sb) = (a.shape(), b.shape());
        Ok(self.record("AddBackward0", out, &[a, b], &[], move |cx, _, grad| {
            Ok(vec![Some(cx.sum_to(grad, &sa)?), Some(cx.sum_to(grad, &sb)?)])
        }))
    }

    pub fn sub(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let out = self.arithmetic("sub", a, b, |x, y| x - y, i64::wrapping_sub)?;
        let (sa, sb) = (a.shape(), b.shape());
        Ok(self.record("SubBackward0", out, &[a, b], &[], move |cx, _, grad| {
            let other = cx.unary("neg", grad)?;
            Ok(vec![Some(cx.sum_to(grad, &sa)?), Some(cx.sum_to(&other, &sb)?)])
        }))
    }

    pub fn mul(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let out = self.arithmetic("mul", a, b, |x, y| x * y, i64::wrapping_mul)?;
        let (sa, sb) = (a.shape(), b.shape());
        let (wa, wb) = (a.requires_grad(), b.requires_grad());
        Ok(self.record("MulBackward0", out, &[a, b], &[a, b], move |cx, saved, grad| {
            let to_a = if wa { Some(cx.sum_to(&cx.mul(grad, &saved[1])?, &sa)?) } else { None };
            let to_b = if wb { Some(cx.sum_to(&cx.mul(grad, &saved[0])?, &sb)?) } else { None };
            Ok(vec![to_a, to_b])
        }))
    }

    pub fn div(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let dtype = self.float_type(a.dtype().promote(b.dtype()));
        let out = self.zip(a, b, dtype, |x, y| x / y)?;
        let (sa, sb) = (a.shape(), b.shape());
        let (wa, wb) = (a.requires_grad(), b.requires_grad());
        Ok(self.record("DivBackward0", out, &[a, b], &[a, b], move |cx, saved, grad| {
            let (x, y) = (&saved[0], &saved[1]);
            let to_a = if wa { Some(cx.sum_to(&cx.div(grad, y)?, &sa)?) } else { None };
            let to_b = if wb {
                let inner = cx.div(&cx.div(x, y)?, y)?;
                Some(cx.sum_to(&cx.mul(&cx.unary("neg", grad)?, &inner)?, &sb)?)
            } else {
                None
            };
            Ok(vec![to_a, to_b])
        }))
    }

    pub fn pow(&self, a: &TorchTensor, b: &TorchTensor, name: &str) -> R<TorchTensor> {
        let dtype = a.dtype().promote(b.dtype());
        let out = if dtype.is_float() {
            self.zip(a, b, dtype, |x, y| if y == 2.0 { x * x } else { x.powf(y) })?
        } else if dtype == ScalarType::Bool {
            return Halt::new("NotImplementedError", "\"pow\" not implemented for 'Bool'");
        } else {
            self.zip_ints(a, b, dtype, |x, y| match (x, y) {
                (1, _) => 1,
                (-1, y) => {
                    if y % 2 == 0 {
                        1
                    } else {
                        -1
                    }
                }
                (_, y) if y < 0 => 0,
                (x, y) => x.wrapping_pow(y.min(4096) as u32),
            })?
        };
        let (sa, sb) = (a.shape(), b.shape());
        let (wa, wb) = (a.requires_grad(), b.requires_grad());
        Ok(self.record(name, out.clone(), &[a, b], &[a, b, &out], move |cx, saved, grad| {
            let (x, y, out) = (&saved[0], &saved[1], &saved[2]);
            let to_a = if wa {
                let less = cx.sub(y, &cx.scalar(1.0, y.dtype())?)?;
                let power = cx.pow(x, &less, "PowBackward0")?;
                let factor = cx.mul(&power, y)?;
                // Where the exponent is 0, so is the gradient.
                let zero = cx.zip(&factor, y, factor.dtype(), |_, y| if y == 0.0 { 0.0 } else { 1.0 })?;
                let factor = if y.floats().contains(&0.0) {
                    cx.zip(&factor, &zero, factor.dtype(), |f, z| if z == 0.0 { 0.0 } else { f })?
                } else {
                    factor
                };
                Some(cx.sum_to(&cx.mul(grad, &factor)?, &sa)?)
            } else {
                None
            };
            let to_b = if wb {
                cx.never_twice("an exponent")?;
                let log = cx.unary("log", x)?;
                let factor = cx.zip(out, &log, out.dtype(), |p, l| if p == 0.0 { 0.0 } else { p * l })?;
                Some(cx.sum_to(&cx.mul(grad, &factor)?, &sb)?)
            } else {
                None
            };
            Ok(vec![to_a, to_b])
        }))
    }

    /// The larger or the smaller; where both are equal, each has half of the gradient.
    pub fn extreme(&self, a: &TorchTensor, b: &TorchTensor, larger: bool) -> R<TorchTensor> {
        let pick = move |x: f64, y: f64| {
            if x.is_nan() || y.is_nan() {
                f64::NAN
            } else if larger {
                x.max(y)
            } else {
                x.min(y)
            }
        };
        let out = self.arithmetic("max", a, b, pick, |x, y| if larger { x.max(y) } else { x.min(y) })?;
        let (sa, sb) = (a.shape(), b.shape());
        let name = if larger { "MaximumBackward0" } else { "MinimumBackward0" };
        Ok(self.record(name, out, &[a, b], &[a, b], move |cx, saved, grad| {
            let share = |x: f64, y: f64| {
                let wins = if larger { x > y } else { x < y };
                if x == y { 0.5 } else { f64::from(u8::from(wins)) }
            };
            let to_a = cx.zip(&saved[0], &saved[1], grad.dtype(), share)?;
            let to_b = cx.zip(&saved[1], &saved[0], grad.dtype(), share)?;
            Ok(vec![
                Some(cx.sum_to(&cx.mul(grad, &to_a)?, &sa)?),
                Some(cx.sum_to(&cx.mul(grad, &to_b)?, &sb)?),
            ])
        }))
    }

    /// Kept between two numbers, either of which may be left out; their type counts as in an operator.
    pub fn clamp(&self, x: &TorchTensor, low: &Object, high: &Object) -> R<TorchTensor> {
        let dtype = [low, high].into_iter().fold(x.dtype(), |dtype, bound| match bound {
            Object::Float(_) => self.float_type(dtype),
            Object::Int(_) if dtype == ScalarType::Bool => ScalarType::I64,
            _ => dtype,
        });
        let low = low.as_float().unwrap_or(f64::NEG_INFINITY);
        let high = high.as_float().unwrap_or(f64::INFINITY);
        let out = self.map(x, dtype, |x| if x.is_nan() { x } else { x.max(low).min(high) })?;
        Ok(self.record("ClampBackward1", out, &[x], &[x], move |cx, saved, grad| {
            let inside = cx.map(&saved[0], grad.dtype(), |x| f64::from(u8::from(x > low && x < high)))?;
            Ok(vec![Some(cx.mul(grad, &inside)?)])
        }))
    }

    /// `x` where it is positive, else `slope * x` or `alpha * (exp(x) - 1)`.
    pub fn leaky(&self, x: &TorchTensor, slope: f64, exponential: bool) -> R<TorchTensor> {
        let f = move |x: f64| {
            if x > 0.0 {
                x
            } else if exponential {
                slope * x.exp_m1()
            } else {
                slope * x
            }
        };
        let out = self.map(x, x.dtype(), f)?;
        let name = if exponential { "EluBackward0" } else { "LeakyReluBackward0" };
        Ok(self.record(name, out, &[x], &[x], move |cx, saved, grad| {
            if exponential {
                cx.never_twice("elu")?;
            }
            let factor = cx.map(&saved[0], grad.dtype(), |x| {
                if x > 0.0 {
                    1.0
                } else if exponential {
                    slope * x.exp()
                } else {
                    slope
                }
            })?;
            Ok(vec![Some(cx.mul(grad, &factor)?)])
        }))
    }

    /// `a` where the condition holds, else `b`.
    pub fn choose(&self, condition: &TorchTensor, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let dtype = a.dtype().promote(b.dtype());
        let shape = broadcast(&broadcast(&condition.shape(), &a.shape())?, &b.shape())?;
        self.room(&shape, dtype)?;
        let keep = self.expanded(condition, &shape).bools();
        let out = if dtype.is_float() {
            let (x, y) = (self.expanded(a, &shape).floats(), self.expanded(b, &shape).floats());
            let values =
                keep.iter().zip(x.iter().zip(&y)).map(|(&keep, (&x, &y))| if keep { x } else { y }).collect();
            self.of_floats(values, &shape, dtype)?
        } else {
            let (x, y) = (self.expanded(a, &shape).ints(), self.expanded(b, &shape).ints());
            let values =
                keep.iter().zip(x.iter().zip(&y)).map(|(&keep, (&x, &y))| if keep { x } else { y }).collect();
            self.of_ints(values, &shape, dtype)?
        };
        let out = self.laid_as(&[condition, a, b], out)?;
        let (sa, sb) = (a.shape(), b.shape());
        Ok(self.record("WhereBackward0", out, &[a, b], &[condition], move |cx, saved, grad| {
            let zero = cx.scalar(0.0, grad.dtype())?;
            let to_a = cx.choose(&saved[0], grad, &zero)?;
            let to_b = cx.choose(&saved[0], &zero, grad)?;
            Ok(vec![Some(cx.sum_to(&to_a, &sa)?), Some(cx.sum_to(&to_b, &sb)?)])
        }))
    }

    /// Another type; of two floats with a gradient.
    pub fn cast(&self, x: &TorchTensor, dtype: ScalarType) -> R<TorchTensor> {
        if x.dtype() == dtype {
            return Ok(x.clone());
        }
        let shape = x.shape();
        let out = if x.dtype().is_float() {
            self.of_floats(x.floats(), &shape, dtype)?
        } else {
            self.of_ints(x.ints(), &shape, dtype)?
        };
        let out = self.laid_as(&[x], out)?;
        let from = x.dtype();
        Ok(self.record("ToCopyBackward0", out, &[x], &[], move |cx, _, grad| {
            Ok(vec![Some(cx.cast(grad, from)?)])
        }))
    }
}

/// `log_sigmoid` in the names of operations: `LogSigmoid`.
pub fn title(name: &str) -> String {
    if name == "log1p" {
        return "Log1P".to_owned();
    }
    name.split('_')
        .map(|part| {
            let mut chars = part.chars();
            chars.next().map_or(String::new(), |c| c.to_uppercase().collect::<String>() + chars.as_str())
        })
        .collect()
}
