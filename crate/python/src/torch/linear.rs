//! Products of matrices, and the layers that are made of them.

use super::Context;
use super::dtype::ScalarType;
use super::products::{self, Adding};
use super::tensor::TorchTensor;
use crate::value::fault::{index_error, runtime_error};
use crate::value::{Halt, R};

/// Whether a matrix lies in memory column by column.
fn is_turned(x: &TorchTensor) -> bool {
    let geometry = x.geometry();
    geometry.strides[0] == 1
        && geometry.strides[1] == geometry.shape[0].max(1) as isize
        && geometry.shape[1] > 1
        || geometry.shape[1] == 1 && geometry.strides[1] == geometry.shape[0].max(1) as isize
}

fn adding(a: &TorchTensor, b: &TorchTensor) -> Adding {
    Adding::of(a.shape()[0], a.shape()[1], b.shape()[1], is_turned(b))
}

impl Context {
    fn same_type(&self, a: &TorchTensor, b: &TorchTensor, words: &str) -> R<()> {
        if a.dtype() == b.dtype() {
            return Ok(());
        }
        runtime_error(format!("{words}, but got {} and {}", a.dtype().word(), b.dtype().word()))
    }

    /// (n, k) by (k, m), without a history; float32 is added in this order.
    fn product(&self, a: &TorchTensor, b: &TorchTensor, adding: Adding) -> R<TorchTensor> {
        let (n, k, m) = (a.shape()[0], a.shape()[1], b.shape()[1]);
        self.room(&[n, m], a.dtype())?;
        match a.dtype() {
            ScalarType::F32 => {
                let (x, y) = (a.f32s(), b.f32s());
                let out = products::of_matrices(&x, &y, [n, k, m], adding);
                self.of_f32(out, &[n, m])
            }
            dtype if dtype.is_float() => {
                let (x, y) = (a.floats(), b.floats());
                let mut out = vec![0_f64; n * m];
                for i in 0..n {
                    for j in 0..k {
                        let factor = x[i * k + j];
                        for l in 0..m {
                            out[i * m + l] += factor * y[j * m + l];
                        }
                    }
                }
                self.of_floats(out, &[n, m], dtype)
            }
            ScalarType::Bool => {
                Halt::new("NotImplementedError", "\"addmm_impl_cpu_\" not implemented for 'Bool'")
            }
            dtype => {
                let (x, y) = (a.ints(), b.ints());
                let mut out = vec![0_i64; n * m];
                for i in 0..n {
                    for j in 0..k {
                        for l in 0..m {
                            out[i * m + l] =
                                out[i * m + l].wrapping_add(x[i * k + j].wrapping_mul(y[j * m + l]));
                        }
                    }
                }
                self.of_ints(out, &[n, m], dtype)
            }
        }
    }

    pub fn mm(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        for (tensor, name) in [(a, "self"), (b, "mat2")] {
            if tensor.rank() != 2 {
                return runtime_error(format!("mm: {name} must be a matrix, got {}-D tensor", tensor.rank()));
            }
        }
        let (x, y) = (a.shape(), b.shape());
        if x[1] != y[0] {
            return runtime_error(format!(
                "mm: mat1 and mat2 shapes cannot be multiplied ({}x{} and {}x{})",
                x[0], x[1], y[0], y[1]
            ));
        }
        self.same_type(a, b, "expected m1 and m2 to have the same dtype")?;
        let out = self.product(a, b, adding(a, b))?;
        let (wa, wb) = (a.requires_grad(), b.requires_grad());
        Ok(self.record("MmBackward0", out, &[a, b], &[a, b], move |cx, saved, grad| {
            let to_a = if wa { Some(cx.mm(grad, &cx.t(&saved[1])?)?) } else { None };
            let to_b = if wb { Some(cx.mm(&cx.t(&saved[0])?, grad)?) } else { None };
            Ok(vec![to_a, to_b])
        }))
    }

    pub fn bmm(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        for (tensor, name) in [(a, "batch1"), (b, "batch2")] {
            if tensor.rank() != 3 {
                return runtime_error(format!("{name} must be a 3D tensor"));
            }
        }
        let (x, y) = (a.shape(), b.shape());
        if x[0] != y[0] || x[2] != y[1] {
            return runtime_error(format!(
                "Expected size for first two dimensions of batch2 tensor to be: [{}, {}] but got: [{}, {}].",
                x[0], x[2], y[0], y[1]
            ));
        }
        self.same_type(a, b, "expected scalar type")?;
        if a.dtype() == ScalarType::Bool {
            return Halt::new("NotImplementedError", "\"bmm\" not implemented for 'Bool'");
        }
        let out = self.full(&[x[0], x[1], y[2]], 0.0, a.dtype())?;
        // PyTorch multiplies the smallest by itself.
        let adding =
            if x[1] * x[2] * y[2] < 400 { Adding::Plainly } else { Adding::of(x[1], x[2], y[2], false) };
        self.with_grad(false, || -> R<()> {
            for i in 0..x[0] {
                let piece = self.product(&self.select(a, 0, i), &self.select(b, 0, i), adding)?;
                self.select(&out, 0, i).write(&piece);
            }
            Ok(())
        })?;
        let (wa, wb) = (a.requires_grad(), b.requires_grad());
        Ok(self.record("BmmBackward0", out, &[a, b], &[a, b], move |cx, saved, grad| {
            let to_a = if wa { Some(cx.bmm(grad, &cx.transpose(&saved[1], 1, 2)?)?) } else { None };
            let to_b = if wb { Some(cx.bmm(&cx.transpose(&saved[0], 1, 2)?, grad)?) } else { None };
            Ok(vec![to_a, to_b])
        }))
    }

    pub fn dot(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        if a.rank() != 1 || b.rank() != 1 {
            return runtime_error(format!(
                "1D tensors expected, but got {}D and {}D tensors",
                a.rank(),
                b.rank()
            ));
        }
        self.same_type(a, b, "dot : expected both vectors to have same dtype")?;
        if a.len() != b.len() {
            return runtime_error(format!(
                "inconsistent tensor size, expected tensor [{}] and src [{}] to have the same number of elements, but got {} and {} elements respectively",
                a.len(),
                b.len(),
                a.len(),
                b.len()
            ));
        }
        if a.dtype() == ScalarType::Bool {
            return Halt::new("NotImplementedError", "\"dot\" not implemented for 'Bool'");
        }
        let out = if a.dtype() == ScalarType::F32 {
            self.of_f32(vec![products::of_vectors(&a.f32s(), &b.f32s())], &[])?
        } else {
            self.with_grad(false, || self.cast(&self.sum_all(&self.mul(a, b)?)?, a.dtype()))?
        };
        Ok(self.record("DotBackward0", out, &[a, b], &[a, b], |cx, saved, grad| {
            Ok(vec![Some(cx.mul(grad, &saved[1])?), Some(cx.mul(grad, &saved[0])?)])
        }))
    }

    pub fn mv(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let (x, y) = (a.shape(), b.shape());
        if x.is_empty() || y.is_empty() {
            return index_error("Dimension specified as 0 but tensor has no dimensions");
        }
        if x.len() != 2 || y.len() != 1 {
            return runtime_error(format!(
                "vector + matrix @ vector expected, got {}, {}, {}",
                1,
                x.len(),
                y.len()
            ));
        }
        if x[1] != y[0] {
            return runtime_error(format!(
                "size mismatch, got input ({}), mat ({}x{}), vec ({})",
                x[0], x[0], x[1], y[0]
            ));
        }
        if a.dtype() != b.dtype() {
            let (a, b) = (a.dtype().word(), b.dtype().word());
            return runtime_error(format!(
                "addmv input tensors must have the same dtype, but got {b}, {a}, and {b}"
            ));
        }
        let out = self.with_grad(false, || -> R<TorchTensor> {
            let column = self.reshape(b, &[y[0], 1])?;
            self.copied(&self.reshape(&self.product(a, &column, Adding::AsRows)?, &[x[0]])?)
        })?;
        Ok(self.record("MvBackward0", out, &[a, b], &[a, b], |cx, saved, grad| {
            let to_a = cx.mm(&cx.unsqueeze(grad, 1)?, &cx.unsqueeze(&saved[1], 0)?)?;
            let to_b = cx.mv(&cx.t(&saved[0])?, grad)?;
            Ok(vec![Some(to_a), Some(to_b)])
        }))
    }

    pub fn matmul(&self, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let (p, q) = (a.rank(), b.rank());
        if p == 0 || q == 0 {
            return runtime_error(format!(
                "both arguments to matmul need to be at least 1D, but they are {p}D and {q}D"
            ));
        }
        match (p, q) {
            (1, 1) => self.dot(a, b),
            (2, 1) => self.mv(a, b),
            (1, 2) => {
                let out = self.squeeze(&self.mm(&self.unsqueeze(a, 0)?, b)?, Some(&[0]))?;
                self.rename(&out, "SqueezeBackward4");
                Ok(out)
            }
            (2, 2) => {
                let (x, y) = (a.shape(), b.shape());
                if x[1] != y[0] {
                    return mismatch(x[0], x[1], y[0], y[1], "mm: ");
                }
                self.mm(a, b)
            }
            (_, 1) => {
                let mut shape = a.shape();
                let last = shape.pop().unwrap_or(1);
                let flat = self.reshape(a, &[a.len() / last.max(1), last])?;
                self.reshape(&self.mv(&flat, b)?, &shape)
            }
            (_, 2) => {
                let mut shape = a.shape();
                let last = shape.pop().unwrap_or(1);
                let rows: usize = shape.iter().product();
                let y = b.shape();
                if last != y[0] {
                    return mismatch(rows, last, y[0], y[1], "mm: ");
                }
                let flat = self.reshape(a, &[rows, last])?;
                shape.push(y[1]);
                let out = self.reshape(&self.mm(&flat, b)?, &shape)?;
                self.rename(&out, "UnsafeViewBackward0");
                Ok(out)
            }
            _ => {
                let a = if p == 1 { self.unsqueeze(a, 0)? } else { a.clone() };
                let (x, y) = (a.shape(), b.shape());
                let batch = super::elementwise::broadcast(&x[..x.len() - 2], &y[..y.len() - 2])?;
                let (n, k, m) = (x[x.len() - 2], x[x.len() - 1], y[y.len() - 1]);
                let spread = |tensor: &TorchTensor, sizes: [usize; 2]| -> R<TorchTensor> {
                    let mut shape: Vec<i64> = batch.iter().map(|&s| s as i64).collect();
                    shape.extend(sizes.map(|s| s as i64));
                    let whole = self.expand(tensor, &shape)?;
                    self.reshape(&whole, &[batch.iter().product(), sizes[0], sizes[1]])
                };
                let out = self.bmm(&spread(&a, [n, k])?, &spread(b, [y[y.len() - 2], m])?)?;
                let mut shape = batch.clone();
                if p > 1 {
                    shape.push(n);
                }
                shape.push(m);
                let made = out.shape();
                if made == shape {
                    return Ok(out);
                }
                let out = self.reshape(&out, &shape)?;
                self.rename(&out, if p > 1 { "UnsafeViewBackward0" } else { "SqueezeBackward1" });
                Ok(out)
            }
        }
    }

    /// `bias + a @ b`.
    pub fn addmm(&self, bias: &TorchTensor, a: &TorchTensor, b: &TorchTensor) -> R<TorchTensor> {
        let (x, y) = (a.shape(), b.shape());
        for (name, rank) in [("self", x.len()), ("mat2", y.len())] {
            if rank != 2 {
                return runtime_error(format!("addmm: {name} must be a matrix, got {rank}-D tensor"));
            }
        }
        self.same_type(a, b, "mat1 and mat2 must have the same dtype")?;
        if x[1] != y[0] {
            return mismatch(x[0], x[1], y[0], y[1], "addmm: ");
        }
        let out = self.with_grad(false, || self.add(&self.product(a, b, adding(a, b))?, bias))?;
        let shape = bias.shape();
        let (wa, wb) = (a.requires_grad(), b.requires_grad());
        Ok(self.record("AddmmBackward0", out, &[bias, a, b], &[a, b], move |cx, saved, grad| {
            let to_a = if wa { Some(cx.mm(grad, &cx.t(&saved[1])?)?) } else { None };
            let to_b = if wb { Some(cx.mm(&cx.t(&saved[0])?, grad)?) } else { None };
            Ok(vec![Some(cx.sum_to(grad, &shape)?), to_a, to_b])
        }))
    }

    /// `x @ weight.T + bias`.
    pub fn linear(
        &self,
        x: &TorchTensor,
        weight: &TorchTensor,
        bias: Option<&TorchTensor>,
    ) -> R<TorchTensor> {
        if x.rank() == 0 || weight.rank() == 0 {
            let (p, q) = (x.rank(), weight.rank());
            return runtime_error(format!(
                "both arguments to linear need to be at least 1D, but they are {p}D and {q}D"
            ));
        }
        let turned = self.t(weight)?;
        let Some(bias) = bias else {
            if x.rank() >= 2 && x.dtype() != weight.dtype() {
                return self
                    .same_type(x, weight, "expected m1 and m2 to have the same dtype")
                    .map(|()| x.clone());
            }
            return self.matmul(x, &turned);
        };
        match x.rank() {
            2 => self.addmm(bias, x, &turned),
            1 => {
                let row = self.addmm(bias, &self.unsqueeze(x, 0)?, &turned)?;
                let out = self.reshape(&row, &[weight.shape()[0]])?;
                self.rename(&out, "UnsafeViewBackward0");
                Ok(out)
            }
            _ => {
                self.same_type(x, weight, "mat1 and mat2 must have the same dtype")?;
                let mut shape = x.shape();
                let last = shape.pop().unwrap_or(1);
                if !x.is_contiguous() {
                    return self.add(&self.matmul(x, &turned)?, bias);
                }
                let flat = self.reshape(x, &[shape.iter().product(), last])?;
                let out = self.addmm(bias, &flat, &turned)?;
                shape.push(weight.shape()[0]);
                let out = self.reshape(&out, &shape)?;
                self.rename(&out, "UnsafeViewBackward0");
                Ok(out)
            }
        }
    }

    pub fn embedding(
        &self,
        weight: &TorchTensor,
        indices: &TorchTensor,
        padding: Option<i64>,
    ) -> R<TorchTensor> {
        if !matches!(indices.dtype(), ScalarType::I64 | ScalarType::I32) {
            return runtime_error(format!(
                "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.{}Tensor instead (while checking arguments for embedding)",
                indices.dtype().word()
            ));
        }
        let shape = weight.shape();
        let width = shape.get(1).copied().unwrap_or(1);
        let rows = indices.ints();
        if rows.iter().any(|&row| row < 0 || row as usize >= shape[0]) {
            return index_error("index out of range in self");
        }
        let mut out_shape = indices.shape();
        out_shape.push(width);
        self.room(&out_shape, weight.dtype())?;
        let values = weight.f32s();
        let out = if weight.dtype() == ScalarType::F32 {
            self.of_f32(
                rows.iter()
                    .flat_map(|&row| values[row as usize * width..][..width].iter().copied())
                    .collect(),
                &out_shape,
            )?
        } else {
            let values = weight.floats();
            let all = rows
                .iter()
                .flat_map(|&row| values[row as usize * width..][..width].iter().copied())
                .collect();
            self.of_floats(all, &out_shape, weight.dtype())?
        };
        Ok(self.record("EmbeddingBackward0", out, &[weight], &[], move |cx, _, grad| {
            cx.once(grad, "an embedding")?;
            let values = grad.floats();
            let mut sums = vec![0.0; shape.iter().product()];
            for (i, &row) in rows.iter().enumerate() {
                if Some(row) != padding {
                    for j in 0..width {
                        sums[row as usize * width + j] += values[i * width + j];
                    }
                }
            }
            Ok(vec![Some(cx.of_floats(sums, &shape, grad.dtype())?)])
        }))
    }

    /// A convolution along the last axis of (N, C, L).
    pub fn conv1d(
        &self,
        x: &TorchTensor,
        weight: &TorchTensor,
        bias: Option<&TorchTensor>,
        steps: [usize; 4],
    ) -> R<TorchTensor> {
        let [stride, padding, dilation, groups] = steps;
        let batched = x.rank() == 3;
        if !matches!(x.rank(), 2 | 3) {
            return runtime_error(format!(
                "Expected 2D (unbatched) or 3D (batched) input to conv1d, but got input of size: {}",
                super::list_of(&x.shape())
            ));
        }
        let x = if batched { x.clone() } else { self.unsqueeze(x, 0)? };
        let (own, w) = (x.shape(), weight.shape());
        if own[1] != w[1] * groups {
            let shown = if batched { own.clone() } else { own[1..].to_vec() };
            let shown = if batched { super::list_of(&shown) } else { super::list_of(&own) };
            return runtime_error(format!(
                "Given groups={groups}, weight of size {}, expected input{shown} to have {} channels, but got {} channels instead",
                super::list_of(&w),
                w[1] * groups,
                own[1]
            ));
        }
        if x.dtype() != weight.dtype() {
            return runtime_error(format!(
                "Input type ({}) and weight type ({}) should be the same",
                kind(x.dtype()),
                kind(weight.dtype())
            ));
        }
        if groups != 1 {
            return Halt::refuse("convolutions in groups");
        }
        let [n, channels, len] = [own[0], own[1], own[2]];
        let span = dilation * (w[2] - 1) + 1;
        if len + 2 * padding < span {
            return runtime_error(format!(
                "Calculated padded input size per channel: ({}). Kernel size: ({span}). Kernel size can't be greater than actual input size",
                len + 2 * padding
            ));
        }
        let out_len = (len + 2 * padding - span) / stride + 1;
        let (outs, width) = (w[0], w[2]);
        self.room(&[n, outs, out_len], x.dtype())?;
        let place =
            move |t: usize, k: usize| (t * stride + k * dilation).checked_sub(padding).filter(|&at| at < len);
        let (a, b) = (x.floats(), weight.floats());
        let add = bias.map(TorchTensor::floats);
        let mut out = vec![0.0; n * outs * out_len];
        for i in 0..n {
            for o in 0..outs {
                for t in 0..out_len {
                    let mut sum = add.as_ref().map_or(0.0, |add| add[o]);
                    for c in 0..channels {
                        for k in 0..width {
                            if let Some(at) = place(t, k) {
                                sum += a[(i * channels + c) * len + at] * b[(o * channels + c) * width + k];
                            }
                        }
                    }
                    out[(i * outs + o) * out_len + t] = sum;
                }
            }
        }
        let out = self.of_floats(out, &[n, outs, out_len], x.dtype())?;
        let mut inputs = vec![&x, weight];
        inputs.extend(bias);
        let has_bias = bias.is_some();
        let out = self.record("ConvolutionBackward0", out, &inputs, &[&x, weight], move |cx, saved, grad| {
            cx.never_twice("a convolution")?;
            let (a, b, g) = (saved[0].floats(), saved[1].floats(), grad.floats());
            let (mut to_x, mut to_w, mut to_b) = (vec![0.0; a.len()], vec![0.0; b.len()], vec![0.0; outs]);
            for i in 0..n {
                for o in 0..outs {
                    for t in 0..out_len {
                        let g = g[(i * outs + o) * out_len + t];
                        to_b[o] += g;
                        for c in 0..channels {
                            for k in 0..width {
                                if let Some(at) = place(t, k) {
                                    let (p, q) =
                                        ((i * channels + c) * len + at, (o * channels + c) * width + k);
                                    to_x[p] += g * b[q];
                                    to_w[q] += g * a[p];
                                }
                            }
                        }
                    }
                }
            }
            let dtype = grad.dtype();
            let mut all = vec![
                Some(cx.of_floats(to_x, &saved[0].shape(), dtype)?),
                Some(cx.of_floats(to_w, &saved[1].shape(), dtype)?),
            ];
            if has_bias {
                all.push(Some(cx.of_floats(to_b, &[outs], dtype)?));
            }
            Ok(all)
        });
        if batched { Ok(out) } else { self.squeeze(&out, Some(&[0])) }
    }

    /// The negative log likelihood of classes: (N, C) or (N, C, d) with weights, and a class that does not count.
    pub fn nll(
        &self,
        x: &TorchTensor,
        target: &TorchTensor,
        weight: Option<&TorchTensor>,
        ignore: i64,
        reduction: &str,
    ) -> R<TorchTensor> {
        let (own, wanted) = (x.shape(), target.shape());
        let (n, classes, inner) = match own.as_slice() {
            [classes] => (1, *classes, 1),
            [n, classes] => (*n, *classes, 1),
            [n, classes, rest @ ..] => (*n, *classes, rest.iter().product()),
            [] => return Halt::refuse("a loss of a tensor without axes"),
        };
        let flat = target.ints();
        if flat.len() != n * inner {
            return Halt::refuse(format!("a loss of {own:?} with a target of {wanted:?}"));
        }
        for &class in &flat {
            if class != ignore && !(0..classes as i64).contains(&class) {
                return index_error(format!("Target {class} is out of bounds."));
            }
        }
        let weights = weight.map_or_else(|| vec![1.0; classes], TorchTensor::floats);
        let values = x.floats();
        let place = move |i: usize, class: i64| (i / inner * classes + class as usize) * inner + i % inner;
        let of = |i: usize| if flat[i] == ignore { 0.0 } else { weights[flat[i] as usize] };
        let losses: Vec<f64> = (0..flat.len())
            .map(|i| if flat[i] == ignore { 0.0 } else { -values[place(i, flat[i])] * of(i) })
            .collect();
        let total: f64 = (0..flat.len()).map(of).sum();
        let factors: Vec<f64> = (0..flat.len()).map(of).collect();
        let (out, divisor) = match reduction {
            "none" => (self.of_floats(losses, &wanted, x.dtype())?, 1.0),
            "sum" => (self.scalar(losses.iter().sum(), x.dtype())?, 1.0),
            _ => (self.scalar(losses.iter().sum::<f64>() / total, x.dtype())?, total),
        };
        let name = if own.len() > 2 { "NllLoss2DBackward0" } else { "NllLossBackward0" };
        Ok(self.record(name, out, &[x], &[target], move |cx, saved, grad| {
            cx.once(grad, "this loss")?;
            let flat = saved[0].ints();
            let grads = grad.floats();
            let mut all = vec![0.0; own.iter().product()];
            for (i, &class) in flat.iter().enumerate() {
                if class != ignore {
                    let grad = if grads.len() == flat.len() { grads[i] } else { grads[0] };
                    all[place(i, class)] = -grad * factors[i] / divisor;
                }
            }
            Ok(vec![Some(cx.of_floats(all, &own, grad.dtype())?)])
        }))
    }
}

fn kind(dtype: ScalarType) -> String {
    match dtype {
        ScalarType::F32 => "float".into(),
        ScalarType::F64 => "double".into(),
        ScalarType::I64 => "long long".into(),
        ScalarType::I32 => "int".into(),
        ScalarType::Bool => "bool".into(),
        other => other.name().into(),
    }
}

fn mismatch<T>(a: usize, b: usize, c: usize, d: usize, prefix: &str) -> R<T> {
    runtime_error(format!("{prefix}mat1 and mat2 shapes cannot be multiplied ({a}x{b} and {c}x{d})"))
}
