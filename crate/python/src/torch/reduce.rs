//! Sums and their like along axes.

use super::Context;
use super::dtype::ScalarType;
use super::shape::axis;
use super::sums;
use super::tensor::{Geometry, TorchTensor};
use crate::value::fault::{index_error, runtime_error};
use crate::value::{Halt, R};

/// A tensor with the axes that stay before those that go: rows of what is reduced together.
struct ReducedRows {
    view: TorchTensor,
    len: usize,
    kept: Vec<usize>,
    shape: Vec<usize>,
}

pub fn axes(dims: &[i64], rank: usize) -> R<Vec<usize>> {
    let mut out = Vec::new();
    for &dim in dims {
        let dim = axis(dim, rank)?;
        if out.contains(&dim) {
            return runtime_error(format!("dim {dim} appears multiple times in the list of dims"));
        }
        out.push(dim);
    }
    Ok(out)
}

impl Context {
    fn rows(&self, x: &TorchTensor, dims: &[usize], keep: bool) -> ReducedRows {
        let geometry = x.geometry();
        let rank = geometry.shape.len();
        let stays: Vec<usize> = (0..rank).filter(|i| !dims.contains(i)).collect();
        let order: Vec<usize> = stays.iter().chain(dims.iter().filter(|&&dim| dim < rank)).copied().collect();
        let view = x.view(Geometry {
            shape: order.iter().map(|&i| geometry.shape[i]).collect(),
            strides: order.iter().map(|&i| geometry.strides[i]).collect(),
            offset: geometry.offset,
        });
        let kept = stays.iter().map(|&i| geometry.shape[i]).collect();
        let shape = (0..rank)
            .filter(|i| keep || !dims.contains(i))
            .map(|i| if dims.contains(&i) { 1 } else { geometry.shape[i] })
            .collect();
        let len = dims.iter().filter(|&&dim| dim < rank).map(|&i| geometry.shape[i]).product();
        ReducedRows { view, len, kept, shape }
    }

    /// The shape that a reduced gradient has before it is spread again.
    fn spread(&self, grad: &TorchTensor, shape: &[usize], dims: &[usize]) -> R<TorchTensor> {
        let with: Vec<usize> =
            shape.iter().enumerate().map(|(i, &size)| if dims.contains(&i) { 1 } else { size }).collect();
        let grad = self.reshape(grad, &with)?;
        let sizes: Vec<i64> = shape.iter().map(|&size| size as i64).collect();
        self.expand(&grad, &sizes)
    }

    fn sums(&self, x: &TorchTensor, dims: &[usize], shape: &[usize]) -> R<TorchTensor> {
        if x.dtype() == ScalarType::F64 {
            return self.of_floats(sums::over::<f64>(x, dims), shape, ScalarType::F64);
        }
        let sums = sums::over::<f32>(x, dims).into_iter().map(f64::from).collect();
        self.of_floats(sums, shape, x.dtype())
    }

    pub fn sum_dims(&self, x: &TorchTensor, dims: &[usize], keep: bool) -> R<TorchTensor> {
        let rows = self.rows(x, dims, keep);
        let count: usize = rows.kept.iter().product();
        let out = if x.dtype().is_float() {
            self.sums(x, dims, &rows.shape)?
        } else {
            let values = rows.view.ints();
            let sums = (0..count)
                .map(|i| {
                    values[i * rows.len..(i + 1) * rows.len].iter().fold(0_i64, |s, &x| s.wrapping_add(x))
                })
                .collect();
            self.of_ints(sums, &rows.shape, ScalarType::I64)?
        };
        let (shape, gone) = (x.shape(), dims.to_vec());
        let name = if dims.len() == x.rank() && !keep { "SumBackward0" } else { "SumBackward1" };
        Ok(self
            .record(name, out, &[x], &[], move |cx, _, grad| Ok(vec![Some(cx.spread(grad, &shape, &gone)?)])))
    }

    pub fn sum_all(&self, x: &TorchTensor) -> R<TorchTensor> {
        let dims: Vec<usize> = (0..x.rank()).collect();
        self.sum_dims(x, &dims, false)
    }

    pub fn mean_dims(&self, x: &TorchTensor, dims: &[usize], keep: bool, all: bool) -> R<TorchTensor> {
        if !x.dtype().is_float() {
            return Halt::new(
                "NotImplementedError",
                format!(
                    "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {}",
                    x.dtype().word()
                ),
            );
        }
        let rows = self.rows(x, dims, keep);
        let sums = self.sums(x, dims, &rows.shape)?;
        let means = sums.floats().into_iter().map(|sum| sum / rows.len as f64).collect();
        let out = self.of_floats(means, &rows.shape, x.dtype())?;
        let (shape, gone, len) = (x.shape(), dims.to_vec(), rows.len);
        let name = if all { "MeanBackward0" } else { "MeanBackward1" };
        Ok(self.record(name, out, &[x], &[], move |cx, _, grad| {
            let spread = cx.spread(grad, &shape, &gone)?;
            Ok(vec![Some(cx.div(&spread, &cx.scalar(len as f64, grad.dtype())?)?)])
        }))
    }

    /// Variance with so many degrees of freedom taken off, or its root.
    pub fn variance(
        &self,
        x: &TorchTensor,
        dims: &[usize],
        keep: bool,
        correction: f64,
        root: bool,
    ) -> R<TorchTensor> {
        if !x.dtype().is_float() {
            return Halt::new(
                "NotImplementedError",
                "std and var only support floating point and complex dtypes",
            );
        }
        let rows = self.rows(x, dims, keep);
        let count: usize = rows.kept.iter().product();
        let values = rows.view.floats();
        let free = (rows.len as f64 - correction).max(0.0);
        if free == 0.0 {
            self.note(
                "UserWarning",
                &format!(
                    "{}(): degrees of freedom is <= 0. Correction should be strictly less than the reduction factor (input numel divided by output numel).",
                    if root { "std" } else { "var" }
                ),
            );
        }
        let of = |row: &[f64]| {
            let mean = row.iter().sum::<f64>() / row.len() as f64;
            let sum: f64 = row.iter().map(|x| (x - mean) * (x - mean)).sum();
            let variance = sum / free;
            if root { variance.sqrt() } else { variance }
        };
        let all = (0..count).map(|i| of(&values[i * rows.len..(i + 1) * rows.len])).collect();
        let out = self.of_floats(all, &rows.shape, x.dtype())?;
        let (shape, gone) = (x.shape(), dims.to_vec());
        let name = if root { "StdBackward0" } else { "VarBackward0" };
        let result = out.clone();
        Ok(self.record(name, out, &[x], &[x, &result], move |cx, saved, grad| {
            let (x, out) = (&saved[0], &saved[1]);
            let mean = cx.mean_dims(x, &gone, true, false)?;
            let apart = cx.sub(x, &mean)?;
            // Where nothing spreads, so does no gradient.
            let grad = if root {
                let grad = cx.div(grad, &cx.scale(out, 2.0)?)?;
                let flat = out.floats().into_iter().map(|root| root == 0.0).collect();
                cx.choose(&cx.of_bools(flat, &out.shape())?, &cx.scalar(0.0, grad.dtype())?, &grad)?
            } else {
                grad.clone()
            };
            let spread = cx.spread(&grad, &shape, &gone)?;
            Ok(vec![Some(cx.mul(&cx.scale(&apart, 2.0 / free)?, &spread)?)])
        }))
    }

    pub fn prod(&self, x: &TorchTensor, dims: &[usize], keep: bool) -> R<TorchTensor> {
        let rows = self.rows(x, dims, keep);
        let count: usize = rows.kept.iter().product();
        if !x.dtype().is_float() {
            let values = rows.view.ints();
            let all = (0..count)
                .map(|i| {
                    values[i * rows.len..(i + 1) * rows.len].iter().fold(1_i64, |p, &x| p.wrapping_mul(x))
                })
                .collect();
            return self.of_ints(all, &rows.shape, ScalarType::I64);
        }
        let out = if x.dtype() == ScalarType::F32 {
            let values = rows.view.f32s();
            let all = (0..count).map(|i| sums::product(&values[i * rows.len..(i + 1) * rows.len])).collect();
            self.of_f32(all, &rows.shape)?
        } else {
            let values = rows.view.floats();
            let all = (0..count).map(|i| values[i * rows.len..(i + 1) * rows.len].iter().product()).collect();
            self.of_floats(all, &rows.shape, x.dtype())?
        };
        let (shape, gone) = (x.shape(), dims.to_vec());
        let result = out.clone();
        Ok(self.record("ProdBackward0", out, &[x], &[x, &result], move |cx, saved, grad| {
            if saved[0].floats().contains(&0.0) {
                return Halt::refuse("the gradient of a product with zeros");
            }
            let spread = cx.spread(&cx.mul(grad, &saved[1])?, &shape, &gone)?;
            Ok(vec![Some(cx.div(&spread, &saved[0])?)])
        }))
    }

    /// The largest or smallest along an axis, and where it is.
    pub fn extreme_dim(
        &self,
        x: &TorchTensor,
        dim: i64,
        keep: bool,
        largest: bool,
    ) -> R<(TorchTensor, TorchTensor)> {
        let dim = axis(dim, x.rank())?;
        let rows = self.rows(x, &[dim], keep);
        if rows.len == 0 {
            return index_error(format!(
                "{}(): Expected reduction dim {dim} to have non-zero size.",
                if largest { "max" } else { "min" }
            ));
        }
        let at = positions(&rows.view, rows.len, rows.kept.iter().product(), largest);
        let indices = self.of_ints(at, &rows.shape, ScalarType::I64)?;
        let with =
            if keep || x.rank() == 0 { indices.clone() } else { self.unsqueeze(&indices, dim as i64)? };
        let values = self.with_grad(false, || -> R<TorchTensor> {
            let picked = if x.rank() == 0 { self.copied(x)? } else { self.gather(x, dim as i64, &with)? };
            if keep || x.rank() == 0 {
                Ok(picked)
            } else {
                self.copied(&self.squeeze(&picked, Some(&[dim as i64]))?)
            }
        })?;
        let shape = x.shape();
        let name = if largest { "MaxBackward0" } else { "MinBackward0" };
        let values = self.record(name, values, &[x], &[&with], move |cx, saved, grad| {
            if shape.is_empty() {
                return Ok(vec![Some(grad.clone())]);
            }
            let grad = cx.reshape(grad, &saved[0].shape())?;
            let zeros = cx.full(&shape, 0.0, grad.dtype())?;
            Ok(vec![Some(cx.scatter(&zeros, dim as i64, &saved[0], &grad, true)?)])
        });
        Ok((values, indices))
    }

    pub fn extreme_all(&self, x: &TorchTensor, largest: bool) -> R<TorchTensor> {
        if x.len() == 0 {
            return runtime_error(format!(
                "{}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.",
                if largest { "max" } else { "min" }
            ));
        }
        let best = positions(x, x.len(), 1, largest)[0] as usize;
        let out = if x.dtype().is_float() {
            self.of_floats(vec![x.floats()[best]], &[], x.dtype())?
        } else {
            self.of_ints(vec![x.ints()[best]], &[], x.dtype())?
        };
        let name = if largest { "MaxBackward1" } else { "MinBackward1" };
        let result = out.clone();
        Ok(self.record(name, out, &[x], &[x, &result], |cx, saved, grad| {
            let same = cx.zip(&saved[0], &saved[1], grad.dtype(), |x, y| f64::from(u8::from(x == y)))?;
            let count = same.floats().iter().sum::<f64>();
            Ok(vec![Some(cx.mul(grad, &cx.scale(&same, 1.0 / count)?)?)])
        }))
    }

    pub fn arg_extreme(
        &self,
        x: &TorchTensor,
        dim: Option<i64>,
        keep: bool,
        largest: bool,
    ) -> R<TorchTensor> {
        let name = if largest { "argmax" } else { "argmin" };
        match dim {
            None => {
                if x.len() == 0 {
                    return index_error(format!(
                        "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument."
                    ));
                }
                self.of_ints(positions(x, x.len(), 1, largest), &[], ScalarType::I64)
            }
            Some(dim) => {
                let dim = axis(dim, x.rank())?;
                let rows = self.rows(x, &[dim], keep);
                if rows.len == 0 {
                    return index_error(format!(
                        "{name}(): Expected reduction dim {dim} to have non-zero size."
                    ));
                }
                let at = positions(&rows.view, rows.len, rows.kept.iter().product(), largest);
                self.of_ints(at, &rows.shape, ScalarType::I64)
            }
        }
    }

    pub fn truths(&self, x: &TorchTensor, dims: &[usize], keep: bool, all: bool) -> R<TorchTensor> {
        let rows = self.rows(x, dims, keep);
        let count: usize = rows.kept.iter().product();
        let values = rows.view.bools();
        let out = (0..count)
            .map(|i| {
                let mut row = values[i * rows.len..(i + 1) * rows.len].iter();
                if all { row.all(|x| *x) } else { row.any(|x| *x) }
            })
            .collect();
        self.of_bools(out, &rows.shape)
    }

    pub fn cumsum(&self, x: &TorchTensor, dim: i64, product: bool) -> R<TorchTensor> {
        let dim = axis(dim, x.rank())?;
        let dtype = if x.dtype().is_float() { x.dtype() } else { ScalarType::I64 };
        if x.rank() == 0 {
            let out = if dtype == x.dtype() { self.clone_of(x)? } else { self.cast(x, dtype)? };
            self.rename(&out, if product { "CumprodBackward0" } else { "CumsumBackward0" });
            return Ok(out);
        }
        let out = self.full(&x.shape(), 0.0, dtype)?;
        let (from, to) = (self.rows(x, &[dim], false), self.rows(&out, &[dim], false));
        if dtype.is_float() {
            let mut values = from.view.floats();
            for row in values.chunks_mut(from.len.max(1)) {
                let mut total = if product { 1.0 } else { 0.0 };
                for value in row {
                    total = if product { total * *value } else { total + *value };
                    *value = total;
                }
            }
            to.view.write_floats(&values);
        } else {
            let mut values = from.view.ints();
            for row in values.chunks_mut(from.len.max(1)) {
                let mut total = i64::from(product);
                for value in row {
                    total = if product { total.wrapping_mul(*value) } else { total.wrapping_add(*value) };
                    *value = total;
                }
            }
            to.view.write_ints(&values);
        }
        let name = if product { "CumprodBackward0" } else { "CumsumBackward0" };
        Ok(self.record(name, out, &[x], &[], move |cx, _, grad| {
            if product {
                return Halt::refuse("the gradient of cumprod");
            }
            let flipped = cx.flip(grad, &[dim])?;
            let sums = cx.cumsum(&flipped, dim as i64, false)?;
            Ok(vec![Some(cx.flip(&sums, &[dim])?)])
        }))
    }

    pub fn softmax(&self, x: &TorchTensor, dim: i64, log: bool) -> R<TorchTensor> {
        let dim = axis(dim, x.rank())?;
        let name = if log { "log_softmax" } else { "softmax" };
        if !x.dtype().is_float() {
            return Halt::new(
                "NotImplementedError",
                format!(
                    "\"{name}{}_kernel_impl\" not implemented for '{}'",
                    if dim + 1 >= x.rank() { "_lastdim" } else { "" },
                    x.dtype().word()
                ),
            );
        }
        let out = self.full(&x.shape(), 0.0, x.dtype())?;
        let (from, to) = (self.rows(x, &[dim], false), self.rows(&out, &[dim], false));
        let mut values = from.view.floats();
        let last = dim + 1 >= x.rank();
        for row in values.chunks_mut(from.len.max(1)) {
            if x.dtype() == ScalarType::F32 {
                sums::softmax(row, last, log);
                continue;
            }
            let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if log {
                let sum: f64 = row.iter().map(|x| (x - top).exp()).sum();
                let shift = top + sum.ln();
                for x in row.iter_mut() {
                    *x -= shift;
                }
            } else {
                for x in row.iter_mut() {
                    *x = (*x - top).exp();
                }
                let sum: f64 = row.iter().sum();
                for x in row.iter_mut() {
                    *x /= sum;
                }
            }
        }
        to.view.write_floats(&values);
        let result = out.clone();
        let name = if log { "LogSoftmaxBackward0" } else { "SoftmaxBackward0" };
        Ok(self.record(name, out, &[x], &[&result], move |cx, saved, grad| {
            let y = &saved[0];
            let rank = y.rank();
            let dims: Vec<usize> = if rank == 0 { vec![] } else { vec![dim] };
            if log {
                let sum = cx.sum_dims(grad, &dims, true)?;
                let part = cx.mul(&cx.unary("exp", y)?, &sum)?;
                return Ok(vec![Some(cx.sub(grad, &part)?)]);
            }
            let sum = cx.sum_dims(&cx.mul(grad, y)?, &dims, true)?;
            Ok(vec![Some(cx.mul(&cx.sub(grad, &sum)?, y)?)])
        }))
    }

    pub fn logsumexp(&self, x: &TorchTensor, dims: &[usize], keep: bool) -> R<TorchTensor> {
        let rows = self.rows(x, dims, keep);
        let values = rows.view.floats();
        let of = |row: &[f64]| {
            let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if top.is_infinite() { top } else { top + row.iter().map(|x| (x - top).exp()).sum::<f64>().ln() }
        };
        let count: usize = rows.kept.iter().product();
        let all = (0..count).map(|i| of(&values[i * rows.len..(i + 1) * rows.len])).collect();
        let out = self.of_floats(all, &rows.shape, self.float_type(x.dtype()))?;
        let (shape, gone) = (x.shape(), dims.to_vec());
        let result = out.clone();
        Ok(self.record("LogsumexpBackward0", out, &[x], &[x, &result], move |cx, saved, grad| {
            let top = cx.spread(&saved[1], &shape, &gone)?;
            let share = cx.unary("exp", &cx.sub(&saved[0], &top)?)?;
            Ok(vec![Some(cx.mul(&cx.spread(grad, &shape, &gone)?, &share)?)])
        }))
    }

    /// The p-norm over axes.
    pub fn norm(&self, x: &TorchTensor, p: f64, dims: &[usize], keep: bool) -> R<TorchTensor> {
        let rows = self.rows(x, dims, keep);
        let values = rows.view.floats();
        let of = |row: &[f64]| {
            if p == 2.0 {
                row.iter().fold(0.0, |sum, x| sum + x * x).sqrt()
            } else if p.is_infinite() {
                row.iter().fold(0.0, |top: f64, x| top.max(x.abs()))
            } else if p == 1.0 {
                row.iter().fold(0.0, |sum, x| sum + x.abs())
            } else if p == 0.0 {
                row.iter().filter(|x| **x != 0.0).count() as f64
            } else {
                row.iter().fold(0.0, |sum, x| sum + x.abs().powf(p)).powf(1.0 / p)
            }
        };
        let count: usize = rows.kept.iter().product();
        let all = (0..count).map(|i| of(&values[i * rows.len..(i + 1) * rows.len])).collect();
        let out = self.of_floats(all, &rows.shape, x.dtype())?;
        let (shape, gone) = (x.shape(), dims.to_vec());
        let result = out.clone();
        Ok(self.record("LinalgVectorNormBackward0", out, &[x], &[x, &result], move |cx, saved, grad| {
            let x = &saved[0];
            let grad = cx.spread(grad, &shape, &gone)?;
            if p == 1.0 {
                return Ok(vec![Some(cx.mul(&grad, &cx.unary("sign", x)?)?)]);
            }
            if p != 2.0 {
                return Halt::refuse("the gradient of this norm");
            }
            let norm = cx.spread(&saved[1], &shape, &gone)?;
            let share = cx.zip(x, &norm, x.dtype(), |x, n| if n == 0.0 { 0.0 } else { x / n })?;
            let share = if cx.grad_enabled.get() { cx.div(x, &norm)? } else { share };
            Ok(vec![Some(cx.mul(&grad, &share)?)])
        }))
    }

    /// A warning for the program; it is fetched by whoever called.
    pub fn note(&self, category: &str, message: &str) {
        self.notes.borrow_mut().push((category.to_owned(), message.to_owned()));
    }
}

/// Where the extreme of each row is: the first of equals, and a NaN before all.
fn positions(view: &TorchTensor, len: usize, count: usize, largest: bool) -> Vec<i64> {
    let values = view.floats();
    let exact = if view.dtype().is_float() { None } else { Some(view.ints()) };
    (0..count)
        .map(|i| {
            let range = i * len..(i + 1) * len;
            if let Some(ints) = &exact {
                let row = &ints[range];
                let mut best = 0;
                for (j, x) in row.iter().enumerate() {
                    if (largest && *x > row[best]) || (!largest && *x < row[best]) {
                        best = j;
                    }
                }
                return best as i64;
            }
            let row = &values[range];
            let mut best = 0;
            for (j, x) in row.iter().enumerate() {
                let better = if largest { *x > row[best] } else { *x < row[best] };
                if better || x.is_nan() && !row[best].is_nan() {
                    best = j;
                }
            }
            best as i64
        })
        .collect()
}
