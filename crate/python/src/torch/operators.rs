//! Python's operators on tensors: which type numbers take, and how each is named.

use super::Context;
use super::division;
use super::dtype::ScalarType;
use super::overlap;
use super::tensor::TorchTensor;
use crate::syntax::code::{Binary, Compare, Unary};
use crate::value::fault::runtime_error;
use crate::value::{Halt, Object, R};

/// What an operator is given: a tensor, or a number that takes the type of the other.
pub enum Operand {
    Tensor(TorchTensor),
    Number(Object),
}

impl Operand {
    pub fn of(value: &Object) -> Option<Operand> {
        match value {
            Object::Tensor(tensor) => Some(Operand::Tensor(tensor.clone())),
            Object::Int(_) | Object::Float(_) | Object::Bool(_) | Object::Big(_) => {
                Some(Operand::Number(value.clone()))
            }
            _ => None,
        }
    }

    /// The type, and how much it counts: tensors with axes before those without, and these before numbers.
    fn rank(&self, cx: &Context) -> (ScalarType, u8) {
        match self {
            Operand::Tensor(tensor) => (tensor.dtype(), if tensor.rank() > 0 { 2 } else { 1 }),
            Operand::Number(Object::Float(_)) => (cx.default_dtype.get(), 0),
            Operand::Number(Object::Bool(_)) => (ScalarType::Bool, 0),
            Operand::Number(_) => (ScalarType::I64, 0),
        }
    }

    fn tensor(&self, cx: &Context, dtype: ScalarType) -> R<TorchTensor> {
        match self {
            Operand::Tensor(tensor) => Ok(tensor.clone()),
            Operand::Number(number) => match number {
                Object::Float(number) => {
                    cx.scalar(*number, if dtype.is_float() { dtype } else { cx.default_dtype.get() })
                }
                Object::Big(_) => runtime_error("Overflow when unpacking long long"),
                other => {
                    let number = other.as_int().unwrap_or(0);
                    if dtype.is_float() {
                        cx.scalar(number as f64, dtype)
                    } else {
                        cx.of_ints(vec![number], &[], dtype)
                    }
                }
            },
        }
    }
}

/// The type that two operands become.
pub fn result_type(cx: &Context, a: &Operand, b: &Operand) -> ScalarType {
    let ((x, p), (y, q)) = (a.rank(cx), b.rank(cx));
    if p == q {
        return x.promote(y);
    }
    let (high, low) = if p > q { (x, y) } else { (y, x) };
    if low.category() > high.category() {
        return if low.is_float() && p.min(q) == 0 { cx.default_dtype.get() } else { low };
    }
    high
}

/// Two operands as tensors, both of the type that they become, unless they are compared.
pub fn pair(cx: &Context, a: &Object, b: &Object) -> R<(TorchTensor, TorchTensor, ScalarType)> {
    let (Some(a), Some(b)) = (Operand::of(a), Operand::of(b)) else {
        return Halt::refuse("an operator on these");
    };
    let dtype = result_type(cx, &a, &b);
    let (x, y) = (a.tensor(cx, dtype)?, b.tensor(cx, dtype)?);
    Ok((fit(cx, &x, dtype)?, fit(cx, &y, dtype)?, dtype))
}

/// As `cast`, unnamed: what is only widened on the way into an operation is not shown.
fn fit(cx: &Context, x: &TorchTensor, dtype: ScalarType) -> R<TorchTensor> {
    if x.dtype() == dtype { Ok(x.clone()) } else { cx.cast(x, dtype) }
}

pub fn unary(cx: &Context, op: Unary, x: &TorchTensor) -> R<Object> {
    Ok(Object::Tensor(match op {
        Unary::Neg => cx.unary("neg", x)?,
        Unary::Pos => x.clone(),
        Unary::Invert => match x.dtype() {
            ScalarType::Bool => {
                cx.laid_as(&[x], cx.of_bools(x.bools().into_iter().map(|x| !x).collect(), &x.shape())?)?
            }
            dtype if dtype.is_float() => {
                return crate::value::fault::type_error(
                    "~ (operator.invert) is only implemented on integer and Boolean-type tensors",
                );
            }
            dtype => cx.of_ints(x.ints().into_iter().map(|x| !x).collect(), &x.shape(), dtype)?,
        },
    }))
}

pub fn binary(cx: &Context, op: Binary, a: &Object, b: &Object) -> R<Object> {
    if op == Binary::MatMul {
        return if let (Object::Tensor(a), Object::Tensor(b)) = (a, b) {
            Ok(Object::Tensor(cx.matmul(a, b)?))
        } else {
            let other = if matches!(a, Object::Tensor(_)) { b } else { a };
            let name = match other {
                Object::Int(_) => "int",
                Object::Bool(_) => "bool",
                _ => "float",
            };
            let (x, y) = if matches!(a, Object::Tensor(_)) { ("Tensor", name) } else { (name, "Tensor") };
            crate::value::fault::type_error(format!("unsupported operand type(s) for @: '{x}' and '{y}'"))
        };
    }
    if op == Binary::Div
        && !matches!(a, Object::Tensor(_))
        && let Object::Tensor(y) = b
    {
        // Python's number divided by a tensor is its reciprocal, multiplied.
        let inverse = cx.unary("reciprocal", y)?;
        return binary(cx, Binary::Mul, &Object::Tensor(inverse), a);
    }
    let (x, y, dtype) = pair(cx, a, b)?;
    let out = match op {
        Binary::Add => cx.add(&x, &y)?,
        Binary::Sub => {
            let out = cx.sub(&x, &y)?;
            if !matches!(a, Object::Tensor(_)) {
                cx.rename(&out, "RsubBackward1");
            }
            out
        }
        Binary::Mul => cx.mul(&x, &y)?,
        Binary::Div => cx.div(&x, &y)?,
        Binary::Pow => {
            let name = match (a, b) {
                (Object::Tensor(_), Object::Tensor(_)) => "PowBackward1",
                (Object::Tensor(_), _) => "PowBackward0",
                _ => "PowBackward2",
            };
            if !dtype.is_float() && b.as_int().is_some_and(|power| power < 0) {
                return runtime_error("Integers to negative integer powers are not allowed.");
            }
            cx.pow(&x, &y, name)?
        }
        Binary::FloorDiv => {
            let out = division::floored(cx, &x, &y, dtype)?;
            // PyTorch has no way back through it.
            cx.record("NotImplemented", out, &[&x, &y], &[], |_, _, _| {
                runtime_error("derivative for aten::floor_divide is not implemented")
            })
        }
        Binary::Mod => {
            if matches!(a, Object::Tensor(_)) {
                division::remainder(cx, &x, &y, dtype, matches!(b, Object::Tensor(_)))?
            } else {
                // Of a number by a tensor PyTorch has no way back.
                let rest = division::remainder(cx, &x, &cx.alias(&y), dtype, true)?;
                cx.record("NotImplemented", rest, &[&y], &[], |_, _, _| {
                    runtime_error("derivative for aten::remainder is not implemented")
                })
            }
        }
        Binary::And | Binary::Or | Binary::Xor => {
            if dtype.is_float() {
                let name = match op {
                    Binary::And => "bitwise_and",
                    Binary::Or => "bitwise_or",
                    _ => "bitwise_xor",
                };
                return Halt::new(
                    "NotImplementedError",
                    format!("\"{name}_cpu\" not implemented for '{}'", dtype.word()),
                );
            }
            cx.zip_ints(&x, &y, dtype, |x, y| match op {
                Binary::And => x & y,
                Binary::Or => x | y,
                _ => x ^ y,
            })?
        }
        Binary::LShift | Binary::RShift => {
            if dtype.is_float() {
                return Halt::refuse("shifts of float tensors");
            }
            cx.zip_ints(&x, &y, dtype, |x, y| match op {
                Binary::LShift => x.wrapping_shl(y as u32),
                _ => x.wrapping_shr(y as u32),
            })?
        }
        Binary::MatMul => unreachable!("taken above"),
    };
    Ok(Object::Tensor(out))
}

pub fn compare(cx: &Context, op: Compare, a: &Object, b: &Object) -> R<Object> {
    let (x, y, dtype) = pair(cx, a, b)?;
    let (x, y) = (cx.alias(&x), cx.alias(&y));
    let test = move |order: Option<std::cmp::Ordering>| match op {
        Compare::Eq => order.is_some_and(std::cmp::Ordering::is_eq),
        Compare::NotEq => order.is_none_or(std::cmp::Ordering::is_ne),
        Compare::Lt => order.is_some_and(std::cmp::Ordering::is_lt),
        Compare::LtE => order.is_some_and(std::cmp::Ordering::is_le),
        Compare::Gt => order.is_some_and(std::cmp::Ordering::is_gt),
        _ => order.is_some_and(std::cmp::Ordering::is_ge),
    };
    let out = if dtype.is_float() {
        cx.zip(&x, &y, ScalarType::Bool, move |x, y| f64::from(u8::from(test(x.partial_cmp(&y)))))?
    } else {
        cx.zip_ints(&x, &y, ScalarType::Bool, move |x, y| i64::from(test(Some(x.cmp(&y)))))?
    };
    Ok(Object::Tensor(out))
}

pub fn in_place(cx: &Context, op: Binary, target: &TorchTensor, b: &Object) -> R<Object> {
    let result = |target: &TorchTensor| -> R<TorchTensor> {
        // Computed on what the target was, then written into it.
        match binary(cx, op, &Object::Tensor(target.clone()), b)? {
            Object::Tensor(tensor) => Ok(tensor),
            _ => Halt::refuse("this in place"),
        }
    };
    let sources: Vec<&TorchTensor> = b.as_tensor().into_iter().collect();
    cx.assign_in_place(target, &sources, result)?;
    Ok(Object::Tensor(target.clone()))
}

impl Context {
    /// Lets a tensor become what is computed of it and of sources: its elements are overwritten, its history goes on.
    pub fn assign_in_place(
        &self,
        target: &TorchTensor,
        sources: &[&TorchTensor],
        compute: impl FnOnce(&TorchTensor) -> R<TorchTensor>,
    ) -> R<()> {
        self.check_in_place(target)?;
        overlap::check_within(target)?;
        sources.iter().try_for_each(|source| overlap::check_between(target, source, false))?;
        self.replace_in_place(target, compute)
    }

    /// The same of what may hold an element in several places.
    pub fn replace_in_place(
        &self,
        target: &TorchTensor,
        compute: impl FnOnce(&TorchTensor) -> R<TorchTensor>,
    ) -> R<()> {
        self.check_in_place(target)?;
        // The tensor as it was, under autograd's eyes, with elements of its own where they are saved.
        let before = self.snapshot(target)?;
        let out = compute(&before)?;
        self.finish_in_place(target, &out)
    }

    /// Writes what was computed of a snapshot, with its history.
    pub fn finish_in_place(&self, target: &TorchTensor, out: &TorchTensor) -> R<()> {
        if out.shape() != target.shape() {
            return runtime_error(format!(
                "output with shape {} doesn't match the broadcast shape {}",
                super::list_of(&target.shape()),
                super::list_of(&out.shape())
            ));
        }
        if out.dtype().category() > target.dtype().category() {
            return runtime_error(format!(
                "result type {} can't be cast to the desired output type {}",
                out.dtype().word(),
                target.dtype().word()
            ));
        }
        target.write(out);
        target.touch();
        self.rebase(target, out);
        Ok(())
    }

    /// Overwrites all elements with what does not depend on them: their gradient is zero from there on.
    pub fn overwrite(&self, target: &TorchTensor, values: &TorchTensor, name: &str) -> R<()> {
        let before = self.snapshot(target)?;
        target.write(values);
        target.touch();
        let shape = target.shape();
        let out = self.record(name, self.alias(values), &[&before], &[], move |cx, _, grad| {
            Ok(vec![Some(cx.full(&shape, 0.0, grad.dtype())?)])
        });
        self.rebase(target, &out);
        Ok(())
    }

    /// Whether autograd allows a change.
    pub fn check_in_place(&self, target: &TorchTensor) -> R<()> {
        if !self.grad_enabled.get() {
            return Ok(());
        }
        let (is_leaf, requires, base) = {
            let meta = target.0.meta.borrow();
            (meta.node.is_none(), meta.requires_grad, meta.base.clone())
        };
        if is_leaf && requires {
            return runtime_error(
                "a leaf Variable that requires grad is being used in an in-place operation.",
            );
        }
        if let Some(base) = base
            && base.is_leaf()
            && base.requires_grad()
        {
            return runtime_error(
                "a view of a leaf Variable that requires grad is being used in an in-place operation.",
            );
        }
        Ok(())
    }

    /// A tensor with the history of another, and its own elements.
    pub fn snapshot(&self, target: &TorchTensor) -> R<TorchTensor> {
        let before = self.copied(target)?;
        if self.grad_enabled.get() && target.requires_grad() {
            let edge = super::autograd::edge_of(target);
            if let super::autograd::Edge::Node(node, output) = edge {
                let mut meta = before.0.meta.borrow_mut();
                meta.node = Some(node);
                meta.output = output;
            }
        }
        Ok(before)
    }

    /// After a change in place, a tensor has the history of what was written; the rest of a view's base keeps its own.
    pub fn rebase(&self, target: &TorchTensor, out: &TorchTensor) {
        if !self.grad_enabled.get() {
            return;
        }
        let base = target.0.meta.borrow().base.clone();
        if let Some(base) = base {
            if !out.requires_grad() && !base.requires_grad() {
                return;
            }
            let geometry = target.geometry();
            let edges = vec![super::autograd::edge_of(&base), super::autograd::edge_of(out)];
            let kept = geometry.clone();
            let dtype = target.dtype();
            self.record_edges(
                "CopySlices",
                std::slice::from_ref(&base),
                edges,
                Vec::new(),
                move |cx, _, grads| {
                    let Some(grad) = &grads[0] else { return Ok(vec![None, None]) };
                    cx.once(grad, "a change in place")?;
                    let grad = cx.copied(grad)?;
                    let part = cx.copied(&grad.view(kept.clone()))?;
                    let hole = grad.view(kept.clone());
                    hole.write_floats(&vec![0.0; hole.len()]);
                    Ok(vec![Some(grad), Some(cx.cast(&part, dtype)?)])
                },
            );
            // The view is now one of the new base.
            let again = geometry.clone();
            let base_shape = base.shape();
            self.record_edges(
                "AsStridedBackward0",
                std::slice::from_ref(target),
                vec![super::autograd::edge_of(&base)],
                Vec::new(),
                move |cx, _, grads| {
                    let Some(grad) = &grads[0] else { return Ok(vec![None]) };
                    cx.once(grad, "a change in place")?;
                    let whole = cx.full(&base_shape, 0.0, grad.dtype())?;
                    whole.view(again.clone()).write(grad);
                    Ok(vec![Some(whole)])
                },
            );
            return;
        }
        let (node, output) = {
            let meta = out.0.meta.borrow();
            (meta.node.clone(), meta.output)
        };
        let mut meta = target.0.meta.borrow_mut();
        if node.is_some() {
            meta.requires_grad = false;
        }
        meta.node = node;
        meta.output = output;
        drop(meta);
        if target.node().is_none() && out.requires_grad() {
            // What was written is a leaf: its history is a copy.
            let edges = vec![super::autograd::edge_of(out)];
            self.record_edges(
                "CopyBackwards",
                std::slice::from_ref(target),
                edges,
                Vec::new(),
                |_, _, grads| Ok(vec![grads[0].clone()]),
            );
        }
    }
}
