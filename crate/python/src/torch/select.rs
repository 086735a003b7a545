//! Joining, picking, sorting.

use super::Context;
use super::dtype::ScalarType;
use super::shape::axis;
use super::tensor::{Geometry, TorchTensor};
use crate::value::fault::{index_error, runtime_error};
use crate::value::{Halt, R};

impl Context {
    pub fn cat(&self, tensors: &[TorchTensor], dim: i64) -> R<TorchTensor> {
        if tensors.is_empty() {
            return Halt::new("ValueError", "expected a non-empty list of Tensors");
        }
        // An empty vector is passed over, as it always was.
        let real: Vec<&TorchTensor> = tensors.iter().filter(|tensor| tensor.shape() != [0]).collect();
        let Some(first) = real.first() else { return self.copied(&tensors[0]) };
        let rank = first.rank();
        if rank == 0 {
            return runtime_error("zero-dimensional tensor (at position 0) cannot be concatenated");
        }
        let dim = axis(dim, rank)?;
        let mut shape = first.shape();
        let mut dtype = first.dtype();
        shape[dim] = 0;
        for (i, tensor) in tensors.iter().enumerate() {
            let own = tensor.shape();
            if own == [0] {
                continue;
            }
            if own.len() != rank {
                return runtime_error(format!(
                    "Tensors must have same number of dimensions: got {rank} and {}",
                    own.len()
                ));
            }
            for (j, (&x, &y)) in first.shape().iter().zip(&own).enumerate() {
                if j != dim && x != y {
                    return runtime_error(format!(
                        "Sizes of tensors must match except in dimension {dim}. Expected size {x} but got size {y} for tensor number {i} in the list."
                    ));
                }
            }
            shape[dim] += own[dim];
            dtype = dtype.promote(tensor.dtype());
        }
        let out = self.full(&shape, 0.0, dtype)?;
        let mut start = 0;
        for tensor in &real {
            let size = tensor.shape()[dim];
            let place = self.with_grad(false, || self.narrow(&out, dim, start as i64, 1, size, ""));
            place.write(tensor);
            start += size;
        }
        let inputs: Vec<&TorchTensor> = tensors.iter().collect();
        let sizes: Vec<(usize, bool)> = tensors
            .iter()
            .map(|t| if t.shape() == [0] { (0, false) } else { (t.shape()[dim], true) })
            .collect();
        Ok(self.record("CatBackward0", out, &inputs, &[], move |cx, _, grad| {
            let mut start = 0;
            sizes
                .iter()
                .map(|&(size, real)| {
                    let piece = cx.narrow(grad, dim, start as i64, 1, size, "SliceBackward0");
                    start += size;
                    Ok(real.then_some(piece))
                })
                .collect()
        }))
    }

    pub fn stack(&self, tensors: &[TorchTensor], dim: i64) -> R<TorchTensor> {
        let Some(first) = tensors.first() else {
            return runtime_error("stack expects a non-empty TensorList");
        };
        let shape = first.shape();
        for (i, tensor) in tensors.iter().enumerate() {
            if tensor.shape() != shape {
                return runtime_error(format!(
                    "stack expects each tensor to be equal size, but got {} at entry 0 and {} at entry {i}",
                    super::list_of(&shape),
                    super::list_of(&tensor.shape())
                ));
            }
        }
        let dim = axis(dim, shape.len() + 1)?;
        let dtype = tensors.iter().fold(first.dtype(), |dtype, tensor| dtype.promote(tensor.dtype()));
        let mut whole = shape.clone();
        whole.insert(dim, tensors.len());
        let out = self.full(&whole, 0.0, dtype)?;
        for (i, tensor) in tensors.iter().enumerate() {
            self.with_grad(false, || self.select(&out, dim, i)).write(tensor);
        }
        let inputs: Vec<&TorchTensor> = tensors.iter().collect();
        let count = tensors.len();
        Ok(self.record("StackBackward0", out, &inputs, &[], move |cx, _, grad| {
            Ok((0..count).map(|i| Some(cx.select(grad, dim, i))).collect())
        }))
    }

    pub fn flip(&self, x: &TorchTensor, dims: &[usize]) -> R<TorchTensor> {
        let geometry = x.geometry();
        let mut order: Vec<Vec<i64>> = Vec::new();
        for (dim, &size) in geometry.shape.iter().enumerate() {
            let all = 0..size as i64;
            order.push(if dims.contains(&dim) { all.rev().collect() } else { all.collect() });
        }
        let places = places(&order, &Geometry::contiguous(&geometry.shape).strides);
        let out = self.taken(x, &places, &geometry.shape)?;
        let dims = dims.to_vec();
        Ok(self.record("FlipBackward0", out, &[x], &[], move |cx, _, grad| {
            Ok(vec![Some(cx.flip(grad, &dims)?)])
        }))
    }

    /// A new tensor of the elements at these places of the row-major order.
    pub fn taken(&self, x: &TorchTensor, places: &[usize], shape: &[usize]) -> R<TorchTensor> {
        self.room(shape, x.dtype())?;
        if x.dtype().is_float() {
            let values = x.floats();
            return self.of_floats(places.iter().map(|&at| values[at]).collect(), shape, x.dtype());
        }
        let values = x.ints();
        self.of_ints(places.iter().map(|&at| values[at]).collect(), shape, x.dtype())
    }

    /// The same with a way back: gradients are added where the elements were.
    pub fn picked(&self, name: &str, x: &TorchTensor, places: Vec<usize>, shape: &[usize]) -> R<TorchTensor> {
        let out = self.taken(x, &places, shape)?;
        let own = x.shape();
        Ok(self.record(name, out, &[x], &[], move |cx, _, grad| {
            Ok(vec![Some(cx.dropped(grad, &places, &own)?)])
        }))
    }

    /// Zeros with the elements of `grad` added at these places; its own way back picks them again.
    fn dropped(&self, grad: &TorchTensor, places: &[usize], shape: &[usize]) -> R<TorchTensor> {
        let mut all = vec![0.0; shape.iter().product()];
        for (&at, value) in places.iter().zip(grad.floats()) {
            all[at] += value;
        }
        let out = self.of_floats(all, shape, grad.dtype())?;
        let (places, own) = (places.to_vec(), grad.shape());
        Ok(self.record("IndexPutBackward0", out, &[grad], &[], move |cx, _, outer| {
            Ok(vec![Some(cx.picked("IndexBackward0", outer, places.clone(), &own)?)])
        }))
    }

    fn gather_places(&self, shape: &[usize], dim: usize, index: &TorchTensor) -> R<Vec<usize>> {
        let strides = super::tensor::strides_of(shape);
        let own = index.shape();
        let steps = super::tensor::strides_of(&own);
        index
            .ints()
            .into_iter()
            .enumerate()
            .map(|(i, at)| {
                let size = shape[dim] as i64;
                if !(0..size).contains(&at) {
                    return runtime_error(format!(
                        "index {at} is out of bounds for dimension {dim} with size {size}"
                    ));
                }
                let mut place = at as usize * strides[dim] as usize;
                for (j, (&step, &size)) in steps.iter().zip(&own).enumerate() {
                    if j != dim {
                        place += i / step as usize % size * strides[j] as usize;
                    }
                }
                Ok(place)
            })
            .collect()
    }

    pub fn gather(&self, x: &TorchTensor, dim: i64, index: &TorchTensor) -> R<TorchTensor> {
        let dim = axis(dim, x.rank())?;
        if index.dtype() != ScalarType::I64 {
            return runtime_error("gather(): Expected dtype int32/int64 for index");
        }
        let (own, at) = (x.shape(), index.shape());
        if own.len() != at.len() {
            return runtime_error("Index tensor must have the same number of dimensions as input tensor");
        }
        for (i, (&x, &y)) in own.iter().zip(&at).enumerate() {
            if i != dim && y > x {
                return runtime_error(format!(
                    "Size does not match at dimension {i} expected index {} to be no larger than self {} apart from dimension {dim}",
                    super::list_of(&at),
                    super::list_of(&own)
                ));
            }
        }
        if own.is_empty() {
            return self.clone_of(x);
        }
        let places = self.gather_places(&own, dim, index)?;
        self.picked("GatherBackward0", x, places, &at)
    }

    /// Whether an index of `scatter` fits; gives the axis.
    pub fn check_scatter(&self, x: &TorchTensor, dim: i64, index: &TorchTensor) -> R<usize> {
        let dim = axis(dim, x.rank())?;
        if index.len() == 0 {
            return Ok(dim);
        }
        if index.dtype() != ScalarType::I64 {
            return runtime_error("scatter(): Expected dtype int32/int64 for index");
        }
        if x.rank() != index.rank() {
            return runtime_error("Index tensor must have the same number of dimensions as self tensor");
        }
        Ok(dim)
    }

    pub fn scatter(
        &self,
        x: &TorchTensor,
        dim: i64,
        index: &TorchTensor,
        source: &TorchTensor,
        adds: bool,
    ) -> R<TorchTensor> {
        let dim = self.check_scatter(x, dim, index)?;
        if index.len() == 0 {
            return self.copied(x);
        }
        let own = x.shape();
        if own.is_empty() {
            // One number is one place.
            let out = self.scatter(&self.reshape(x, &[1])?, 0, &self.reshape(index, &[1])?, source, adds)?;
            return self.reshape(&out, &[]);
        }
        let places = self.gather_places(&own, dim, index)?;
        let mut values = x.floats();
        let source = if source.rank() == 0 { self.expanded(source, &index.shape()) } else { source.clone() };
        if source.shape() != index.shape() {
            return Halt::refuse("scatter of a source that is larger than its index");
        }
        for (&at, value) in places.iter().zip(source.floats()) {
            values[at] = if adds { values[at] + value } else { value };
        }
        let out = self.of_floats(values, &own, x.dtype())?;
        let name = if adds { "ScatterAddBackward0" } else { "ScatterBackward0" };
        Ok(self.record(name, out, &[x, &source], &[index], move |cx, saved, grad| {
            let to_source = cx.gather(grad, dim as i64, &saved[0])?;
            let to_x = if adds {
                grad.clone()
            } else {
                let zero = cx.scalar(0.0, grad.dtype())?;
                cx.scatter(grad, dim as i64, &saved[0], &zero, false)?
            };
            Ok(vec![Some(to_x), Some(to_source)])
        }))
    }

    pub fn index_select(&self, x: &TorchTensor, dim: i64, index: &TorchTensor) -> R<TorchTensor> {
        if index.rank() > 1 {
            return index_error("index_select(): Index is supposed to be a vector");
        }
        if !matches!(index.dtype(), ScalarType::I64 | ScalarType::I32) {
            return runtime_error("index_select(): Expected dtype int32 or int64 for index");
        }
        let dim = axis(dim, x.rank())?;
        if x.rank() == 0 {
            if index.ints().iter().any(|&at| at != 0) {
                return index_error("index out of range in self");
            }
            return self.clone_of(x);
        }
        let mut shape = x.shape();
        let mut order: Vec<Vec<i64>> = shape.iter().map(|&size| (0..size as i64).collect()).collect();
        for at in index.ints() {
            if !(0..shape[dim] as i64).contains(&at) {
                return index_error("index out of range in self");
            }
        }
        order[dim] = index.ints();
        let places = places(&order, &super::tensor::strides_of(&shape));
        shape[dim] = index.len();
        self.picked("IndexSelectBackward0", x, places, &shape)
    }

    pub fn repeat(&self, x: &TorchTensor, counts: &[i64]) -> R<TorchTensor> {
        let own = x.shape();
        let Some(extra) = counts.len().checked_sub(own.len()) else {
            return runtime_error(
                "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
            );
        };
        let mut shape = Vec::new();
        let mut order = Vec::new();
        for (i, &count) in counts.iter().enumerate() {
            let size = i.checked_sub(extra).map_or(1, |i| own[i]);
            if count < 0 {
                return runtime_error(format!("Trying to create tensor with negative dimension {count}"));
            }
            shape.push((count as usize).saturating_mul(size));
            order.push(size);
        }
        self.room(&shape, x.dtype())?;
        let order: Vec<Vec<i64>> = shape
            .iter()
            .zip(&order)
            .map(|(&whole, &size)| (0..whole as i64).map(|i| i % size.max(1) as i64).collect())
            .collect();
        let padded: Vec<usize> = std::iter::repeat_n(1, extra).chain(own).collect();
        let places = places(&order, &super::tensor::strides_of(&padded));
        self.picked("RepeatBackward0", x, places, &shape)
    }

    pub fn repeat_interleave(&self, x: &TorchTensor, counts: &[i64], dim: Option<i64>) -> R<TorchTensor> {
        let x = if dim.is_none() { self.reshape(x, &[x.len()])? } else { x.clone() };
        if x.rank() == 0 {
            return index_error("Dimension out of range (expected to be in range of [-1, 0], but got 1)");
        }
        let dim = axis(dim.unwrap_or(0), x.rank())?;
        let size = x.shape()[dim];
        let mut at = Vec::new();
        for i in 0..size {
            let count = if counts.len() == 1 { counts[0] } else { counts.get(i).copied().unwrap_or(0) };
            at.extend(std::iter::repeat_n(i as i64, count.max(0) as usize));
        }
        let index = self.of_ints(at.clone(), &[at.len()], ScalarType::I64)?;
        self.index_select(&x, dim as i64, &index)
    }

    /// Sorted along an axis, and where each was.
    pub fn sort(&self, x: &TorchTensor, dim: i64, descending: bool) -> R<(TorchTensor, TorchTensor)> {
        let dim = axis(dim, x.rank())?;
        if x.rank() == 0 {
            let values = self.clone_of(x)?;
            self.rename(&values, "SortBackward0");
            return Ok((values, self.of_ints(vec![0], &[], ScalarType::I64)?));
        }
        let shape = x.shape();
        let indices = self.full(&shape, 0.0, ScalarType::I64)?;
        let last = x.rank() - 1;
        let turned =
            |tensor: &TorchTensor| self.with_grad(false, || self.transpose(tensor, dim as i64, last as i64));
        let (from, to) = (turned(x)?, turned(&indices)?);
        let values = from.floats();
        let exact = from.ints();
        let mut all = Vec::with_capacity(values.len());
        let size = shape[dim].max(1);
        for start in (0..values.len()).step_by(size) {
            let mut order: Vec<usize> = (0..size).collect();
            order.sort_by(|&i, &j| {
                let compared = if x.dtype().is_float() {
                    let (a, b) = (values[start + i], values[start + j]);
                    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
                } else {
                    exact[start + i].cmp(&exact[start + j])
                };
                if descending { compared.reverse() } else { compared }
            });
            all.extend(order.into_iter().map(|i| i as i64));
        }
        to.write_ints(&all);
        let sorted = self.gather(x, dim as i64, &indices)?;
        self.rename(&sorted, "SortBackward0");
        Ok((sorted, indices))
    }

    pub fn topk(&self, x: &TorchTensor, k: i64, dim: i64, largest: bool) -> R<(TorchTensor, TorchTensor)> {
        let dim = axis(dim, x.rank())?;
        if x.dtype() == ScalarType::Bool {
            return Halt::new("NotImplementedError", "topk does not support bool dtypes on CPU");
        }
        if x.rank() == 0 && (0..=1).contains(&k) {
            let values = self.clone_of(x)?;
            self.rename(&values, "TopkBackward0");
            return Ok((values, self.of_ints(vec![0], &[], ScalarType::I64)?));
        }
        let size = x.shape().get(dim).copied().unwrap_or(1);
        if k < 0 || k as usize > size {
            return runtime_error("selected index k out of range");
        }
        let (_, indices) = self.with_grad(false, || self.sort(x, dim as i64, largest))?;
        let indices = self.copied(&self.narrow(&indices, dim, 0, 1, k as usize, ""))?;
        let values = self.gather(x, dim as i64, &indices)?;
        self.rename(&values, "TopkBackward0");
        Ok((values, indices))
    }

    pub fn tri(&self, x: &TorchTensor, diagonal: i64, upper: bool) -> R<TorchTensor> {
        let shape = x.shape();
        if shape.len() < 2 {
            let name = if upper { "triu" } else { "tril" };
            return runtime_error(format!("{name}: input tensor must have at least 2 dimensions"));
        }
        let (rows, columns) = (shape[shape.len() - 2], shape[shape.len() - 1]);
        let keep: Vec<bool> = (0..x.len())
            .map(|i| {
                let (row, column) = ((i / columns % rows) as i64, (i % columns) as i64);
                if upper { column - row >= diagonal } else { column - row <= diagonal }
            })
            .collect();
        let mask = self.of_bools(keep, &shape)?;
        let zero = self.full(&[], 0.0, x.dtype())?;
        let out = self.choose(&mask, x, &zero)?;
        self.rename(&out, if upper { "TriuBackward0" } else { "TrilBackward0" });
        Ok(out)
    }

    /// Windows of an axis as a new last one.
    pub fn unfold(&self, x: &TorchTensor, dim: i64, size: i64, step: i64) -> R<TorchTensor> {
        let dim = axis(dim, x.rank())?;
        let mut geometry = x.geometry();
        if x.rank() == 0 {
            // A number is one window, of itself.
            if size == 1 && step > 0 {
                let out = self.unsqueeze(x, 0)?;
                self.rename(&out, "UnfoldBackward0");
                return Ok(out);
            }
            geometry.shape.push(1);
            geometry.strides.push(1);
        }
        let len = geometry.shape.get(dim).copied().unwrap_or(1) as i64;
        if size > len {
            return runtime_error(format!(
                "maximum size for tensor at dimension {dim} is {len} but size is {size}"
            ));
        }
        if step <= 0 {
            return runtime_error(format!("step is {step} but must be > 0"));
        }
        let stride = geometry.strides[dim];
        geometry.shape[dim] = ((len - size) / step + 1) as usize;
        geometry.strides[dim] = stride * step as isize;
        geometry.shape.push(size as usize);
        geometry.strides.push(stride);
        let shape = x.shape();
        let windows = geometry.shape[dim];
        Ok(self.as_view("UnfoldBackward0", x, geometry, move |cx, grad| {
            cx.once(grad, "unfold")?;
            // Each element's gradient is the sum over the windows that it is in.
            let whole = super::tensor::strides_of(&shape);
            let own = grad.shape();
            let steps = super::tensor::strides_of(&own);
            let mut all = vec![0.0; shape.iter().product()];
            for (i, value) in grad.floats().into_iter().enumerate() {
                let mut place = 0;
                for j in 0..shape.len() {
                    let at = i / steps[j] as usize % own[j];
                    place += whole[j] as usize
                        * if j == dim { at * step as usize + i % size as usize } else { at };
                }
                all[place] += value;
            }
            let _ = windows;
            cx.of_floats(all, &shape, grad.dtype())
        }))
    }
}

/// The places of all combinations of indices along the axes.
pub fn places(order: &[Vec<i64>], strides: &[isize]) -> Vec<usize> {
    let mut all = vec![0_usize];
    for (indices, &stride) in order.iter().zip(strides) {
        all = all
            .into_iter()
            .flat_map(|start| indices.iter().map(move |&i| start + i as usize * stride as usize))
            .collect();
    }
    all
}
