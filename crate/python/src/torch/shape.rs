//! Views, and the sizes that `PyTorch` takes for them.

use super::Context;
use super::tensor::{Geometry, TorchTensor};
use crate::value::R;
use crate::value::fault::{index_error, runtime_error};

/// An axis as it may be counted from the end.
pub fn axis(dim: i64, rank: usize) -> R<usize> {
    let span = rank.max(1) as i64;
    if (-span..span).contains(&dim) {
        return Ok((if dim < 0 { dim + span } else { dim }) as usize);
    }
    index_error(format!(
        "Dimension out of range (expected to be in range of [{}, {}], but got {dim})",
        -span,
        span - 1
    ))
}

/// Sizes with one of them -1, which is whatever is left.
pub fn inferred(sizes: &[i64], len: usize) -> R<Vec<usize>> {
    let shown = || format!("[{}]", sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    let invalid = || runtime_error(format!("shape '{}' is invalid for input of size {len}", shown()));
    if let Some(bad) = sizes.iter().find(|&&size| size < -1) {
        return runtime_error(format!(
            "invalid shape dimension {bad} at index {} of shape {}",
            sizes.iter().position(|s| s == bad).unwrap_or(0),
            shown()
        ));
    }
    if sizes.iter().filter(|&&size| size == -1).count() > 1 {
        return runtime_error("only one dimension can be inferred");
    }
    let known =
        sizes.iter().filter(|&&size| size != -1).try_fold(1_usize, |n, &size| n.checked_mul(size as usize));
    let Some(known) = known else { return invalid() };
    if sizes.contains(&-1) {
        if known == 0 {
            return runtime_error(format!(
                "cannot reshape tensor of 0 elements into shape {} because the unspecified dimension size -1 can be any value and is ambiguous",
                shown()
            ));
        }
        if !len.is_multiple_of(known) {
            return invalid();
        }
        return Ok(sizes.iter().map(|&size| if size == -1 { len / known } else { size as usize }).collect());
    }
    if known == len { Ok(sizes.iter().map(|&size| size as usize).collect()) } else { invalid() }
}

/// The strides of a shape over the same elements, if there are such.
fn viewed(geometry: &Geometry, shape: &[usize]) -> Option<Vec<isize>> {
    if geometry.len() == 0 {
        return Some(super::tensor::strides_of(shape));
    }
    let mut strides = vec![0_isize; shape.len()];
    let mut at = shape.len();
    let mut chunk = 1_usize;
    let mut wanted = 1_usize;
    let mut step = *geometry.strides.last().unwrap_or(&1);
    let rank = geometry.shape.len();
    for dim in (0..rank.max(1)).rev() {
        let size = geometry.shape.get(dim).copied().unwrap_or(1);
        chunk *= size;
        let ends =
            dim == 0 || geometry.shape[dim - 1] != 1 && geometry.strides[dim - 1] != chunk as isize * step;
        if ends {
            while at > 0 && (wanted < chunk || shape[at - 1] == 1) {
                strides[at - 1] = wanted as isize * step;
                wanted *= shape[at - 1];
                at -= 1;
            }
            if wanted != chunk {
                return None;
            }
            if dim > 0 {
                step = geometry.strides[dim - 1];
                chunk = 1;
                wanted = 1;
            }
        }
    }
    (at == 0).then_some(strides)
}

impl Context {
    /// A view with its way back: the gradient is laid into zeros by the same steps.
    pub fn as_view(
        &self,
        name: &str,
        x: &TorchTensor,
        geometry: Geometry,
        back: impl Fn(&Context, &TorchTensor) -> R<TorchTensor> + 'static,
    ) -> TorchTensor {
        let out = x.view(geometry);
        let base = {
            let meta = x.0.meta.borrow();
            meta.base.clone().unwrap_or_else(|| x.clone())
        };
        out.0.meta.borrow_mut().base = Some(base);
        self.record(name, out, &[x], &[], move |cx, _, grad| Ok(vec![Some(back(cx, grad)?)]))
    }

    /// A new tensor laid in memory as the first of those that it was computed of, place by place, and that has its shape.
    pub fn laid_as(&self, models: &[&TorchTensor], out: TorchTensor) -> R<TorchTensor> {
        let shape = out.shape();
        let Some(model) = models.iter().find(|model| model.0.geometry.borrow().shape == shape) else {
            return Ok(out);
        };
        if model.is_contiguous() || !super::overlap::is_dense(&model.geometry()) {
            return Ok(out);
        }
        let theirs = model.geometry().strides;
        let mut order: Vec<usize> = (0..shape.len()).collect();
        order.sort_by_key(|&dim| std::cmp::Reverse(theirs[dim]));
        let mut strides = vec![1_isize; shape.len()];
        let mut step = 1;
        for &dim in order.iter().rev() {
            strides[dim] = step;
            step *= shape[dim].max(1) as isize;
        }
        let turned = self.full(&shape, 0.0, out.dtype())?.view(Geometry { shape, strides, offset: 0 });
        turned.write(&out);
        Ok(turned)
    }

    pub fn expanded(&self, x: &TorchTensor, shape: &[usize]) -> TorchTensor {
        let geometry = x.geometry();
        if geometry.shape == shape {
            return self.alias(x);
        }
        let extra = shape.len() - geometry.shape.len();
        let strides = (0..shape.len())
            .map(|i| {
                if i < extra || geometry.shape[i - extra] != shape[i] {
                    0
                } else {
                    geometry.strides[i - extra]
                }
            })
            .collect();
        x.view(Geometry { shape: shape.to_vec(), strides, offset: geometry.offset })
    }

    pub fn expand(&self, x: &TorchTensor, sizes: &[i64]) -> R<TorchTensor> {
        let own = x.shape();
        let Some(extra) = sizes.len().checked_sub(own.len()) else {
            return runtime_error(format!(
                "expand({}{{{}}}, size={}): the number of sizes provided ({}) must be greater or equal to the number of dimensions in the tensor ({})",
                format_args!("torch.{}Tensor", x.dtype().word()),
                super::list_of(&own),
                list(sizes),
                sizes.len(),
                own.len()
            ));
        };
        let mut shape = Vec::new();
        for (i, &size) in sizes.iter().enumerate() {
            let old = i.checked_sub(extra).map(|i| own[i]);
            shape.push(match (size, old) {
                (-1, Some(old)) => old,
                (-1, None) => {
                    return runtime_error(format!(
                        "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension {i}"
                    ));
                }
                (size, Some(old)) if old == 1 || old as i64 == size => size as usize,
                (size, None) if size >= 0 => size as usize,
                (size, Some(old)) => {
                    return runtime_error(format!(
                        "The expanded size of the tensor ({size}) must match the existing size ({old}) at non-singleton dimension {i}.  Target sizes: {}.  Tensor sizes: {}",
                        list(sizes),
                        super::list_of(&own)
                    ));
                }
                (size, None) => return runtime_error(format!("Trying to create tensor with negative dimension {size}: {}", list(sizes))),
            });
        }
        self.room_of_view(&shape)?;
        let geometry = self.expanded(x, &shape).geometry();
        Ok(self.as_view("ExpandBackward0", x, geometry, move |cx, grad| cx.sum_to(grad, &own)))
    }

    /// A view takes no room, but what reads it does.
    fn room_of_view(&self, shape: &[usize]) -> R<usize> {
        let len = shape.iter().try_fold(1_usize, |n, &size| n.checked_mul(size));
        match len {
            Some(len) if len <= 1 << 26 => Ok(len),
            _ => crate::value::Halt::refuse(format!("a view of shape {}", super::list_of(shape))),
        }
    }

    pub fn view(&self, x: &TorchTensor, sizes: &[i64]) -> R<TorchTensor> {
        let shape = inferred(sizes, x.len())?;
        let geometry = x.geometry();
        match viewed(&geometry, &shape) {
            Some(strides) => {
                let own = x.shape();
                let new = Geometry { shape, strides, offset: geometry.offset };
                Ok(self.as_view("ViewBackward0", x, new, move |cx, grad| cx.reshape(grad, &own)))
            }
            None => runtime_error(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
            ),
        }
    }

    pub fn reshape_to(&self, x: &TorchTensor, sizes: &[i64]) -> R<TorchTensor> {
        let shape = inferred(sizes, x.len())?;
        if viewed(&x.geometry(), &shape).is_some() {
            return self.view(x, sizes);
        }
        let copy = self.contiguous(x)?;
        let out = self.view(&copy, sizes)?;
        self.rename(&out, "UnsafeViewBackward0");
        out.0.meta.borrow_mut().base = None;
        Ok(out)
    }

    pub fn reshape(&self, x: &TorchTensor, shape: &[usize]) -> R<TorchTensor> {
        let sizes: Vec<i64> = shape.iter().map(|&size| size as i64).collect();
        self.reshape_to(x, &sizes)
    }

    pub fn clone_of(&self, x: &TorchTensor) -> R<TorchTensor> {
        let out = self.laid_as(&[x], self.copied(x)?)?;
        Ok(self.record("CloneBackward0", out, &[x], &[], |_, _, grad| Ok(vec![Some(grad.clone())])))
    }

    pub fn contiguous(&self, x: &TorchTensor) -> R<TorchTensor> {
        if x.is_contiguous() {
            return Ok(x.clone());
        }
        let out = self.copied(x)?;
        Ok(self.record("CloneBackward0", out, &[x], &[], |_, _, grad| Ok(vec![Some(grad.clone())])))
    }

    pub fn permute(&self, x: &TorchTensor, dims: &[usize], name: &str) -> TorchTensor {
        let geometry = x.geometry();
        let shape = dims.iter().map(|&dim| geometry.shape[dim]).collect();
        let strides = dims.iter().map(|&dim| geometry.strides[dim]).collect();
        let mut inverse = vec![0; dims.len()];
        for (i, &dim) in dims.iter().enumerate() {
            inverse[dim] = i;
        }
        let new = Geometry { shape, strides, offset: geometry.offset };
        let title = name.to_owned();
        self.as_view(name, x, new, move |cx, grad| Ok(cx.permute(grad, &inverse, &title)))
    }

    pub fn transpose(&self, x: &TorchTensor, a: i64, b: i64) -> R<TorchTensor> {
        let (a, b) = (axis(a, x.rank())?, axis(b, x.rank())?);
        let mut dims: Vec<usize> = (0..x.rank()).collect();
        if x.rank() > 0 {
            dims.swap(a, b);
        }
        Ok(self.permute(x, &dims, "TransposeBackward0"))
    }

    /// `t()` and, of a matrix, `.T`.
    pub fn t(&self, x: &TorchTensor) -> R<TorchTensor> {
        match x.rank() {
            0 | 1 => Ok(self.as_view("TBackward0", x, x.geometry(), |_, grad| Ok(grad.clone()))),
            2 => Ok(self.permute(x, &[1, 0], "TBackward0")),
            rank => runtime_error(format!("t() expects a tensor with <= 2 dimensions, but self is {rank}D")),
        }
    }

    pub fn unsqueeze(&self, x: &TorchTensor, dim: i64) -> R<TorchTensor> {
        let dim = axis(dim, x.rank() + 1)?;
        let mut geometry = x.geometry();
        let stride = match geometry.shape.get(dim) {
            Some(&size) => geometry.strides[dim] * size as isize,
            None => 1,
        };
        geometry.shape.insert(dim, 1);
        geometry.strides.insert(dim, stride);
        Ok(self.as_view("UnsqueezeBackward0", x, geometry, move |cx, grad| {
            cx.squeeze(grad, Some(&[dim as i64]))
        }))
    }

    pub fn squeeze(&self, x: &TorchTensor, dims: Option<&[i64]>) -> R<TorchTensor> {
        let mut geometry = x.geometry();
        let own = geometry.shape.clone();
        let chosen: Vec<usize> = match dims {
            None => (0..own.len()).collect(),
            Some(dims) => dims.iter().map(|&dim| axis(dim, own.len())).collect::<R<_>>()?,
        };
        for dim in (0..own.len()).rev() {
            if own[dim] == 1 && chosen.contains(&dim) {
                geometry.shape.remove(dim);
                geometry.strides.remove(dim);
            }
        }
        let name = match dims {
            None => "SqueezeBackward0",
            Some(dims) if dims.len() == 1 => "SqueezeBackward1",
            Some(_) => "SqueezeBackward2",
        };
        Ok(self.as_view(name, x, geometry, move |cx, grad| cx.reshape(grad, &own)))
    }

    /// Lays a gradient into zeros where a view was.
    pub fn scatter_view(&self, grad: &TorchTensor, shape: &[usize], geometry: &Geometry) -> R<TorchTensor> {
        let whole = self.full(shape, 0.0, grad.dtype())?;
        whole.view(geometry.clone()).write(grad);
        let kept = geometry.clone();
        Ok(self.record("SelectBackward0", whole, &[grad], &[], move |cx, _, outer| {
            let outer = cx.copied(outer)?;
            Ok(vec![Some(cx.copied(&outer.view(kept.clone()))?)])
        }))
    }

    /// A part of a tensor by steps along each axis; the way back fills the rest with zeros.
    pub fn part(&self, name: &str, x: &TorchTensor, geometry: Geometry) -> TorchTensor {
        let own = x.geometry();
        let shape = own.shape.clone();
        // Where the part lies in a contiguous tensor of the same shape.
        let place = relative(&own, &geometry);
        self.as_view(name, x, geometry, move |cx, grad| match &place {
            Some(place) => cx.scatter_view(grad, &shape, place),
            None => crate::value::Halt::refuse("the gradient of this view"),
        })
    }

    pub fn narrow(
        &self,
        x: &TorchTensor,
        dim: usize,
        start: i64,
        step: i64,
        count: usize,
        name: &str,
    ) -> TorchTensor {
        let mut geometry = x.geometry();
        geometry.offset = (geometry.offset as isize + start as isize * geometry.strides[dim]) as usize;
        geometry.strides[dim] *= step as isize;
        geometry.shape[dim] = count;
        if count == 0 {
            geometry.offset = x.geometry().offset;
        }
        self.part(name, x, geometry)
    }

    pub fn select(&self, x: &TorchTensor, dim: usize, at: usize) -> TorchTensor {
        let mut geometry = x.geometry();
        geometry.offset = (geometry.offset as isize + at as isize * geometry.strides[dim]) as usize;
        geometry.shape.remove(dim);
        geometry.strides.remove(dim);
        self.part("SelectBackward0", x, geometry)
    }

    pub fn unbind(&self, x: &TorchTensor, dim: usize) -> R<Vec<TorchTensor>> {
        let count = x.shape()[dim];
        if !self.wants(&[x]) {
            return Ok((0..count).map(|at| self.select(x, dim, at)).collect());
        }
        let outs: Vec<TorchTensor> =
            self.with_grad(false, || (0..count).map(|at| self.select(x, dim, at)).collect());
        let shape = x.shape();
        self.record_many("UnbindBackward0", &outs, &[x], Vec::new(), move |cx, _, grads| {
            let dtype = grads.iter().flatten().next().map_or(cx.default_dtype.get(), TorchTensor::dtype);
            let mut piece = shape.clone();
            piece.remove(dim);
            let zero = cx.full(&piece, 0.0, dtype)?;
            let parts: Vec<TorchTensor> =
                grads.iter().map(|grad| grad.clone().unwrap_or_else(|| zero.clone())).collect();
            if parts.is_empty() {
                Ok(vec![Some(cx.full(&shape, 0.0, dtype)?)])
            } else {
                Ok(vec![Some(cx.stack(&parts, dim as i64)?)])
            }
        });
        Ok(outs)
    }

    /// Pieces of these sizes along an axis.
    pub fn split(&self, x: &TorchTensor, sizes: &[usize], dim: usize) -> R<Vec<TorchTensor>> {
        let cut = |cx: &Context| {
            let mut start = 0;
            sizes
                .iter()
                .map(|&size| {
                    start += size;
                    cx.narrow(x, dim, (start - size) as i64, 1, size, "SplitBackward0")
                })
                .collect::<Vec<TorchTensor>>()
        };
        if !self.wants(&[x]) {
            return Ok(cut(self));
        }
        let outs = self.with_grad(false, || cut(self));
        let shape = x.shape();
        let sizes = sizes.to_vec();
        self.record_many("SplitBackward0", &outs, &[x], Vec::new(), move |cx, _, grads| {
            let dtype = grads.iter().flatten().next().map_or(cx.default_dtype.get(), TorchTensor::dtype);
            let mut parts = Vec::new();
            for (grad, &size) in grads.iter().zip(&sizes) {
                let mut piece = shape.clone();
                piece[dim] = size;
                parts.push(match grad {
                    Some(grad) => grad.clone(),
                    None => cx.full(&piece, 0.0, dtype)?,
                });
            }
            Ok(vec![Some(cx.cat(&parts, dim as i64)?)])
        });
        Ok(outs)
    }
}

/// Where a view's elements lie in a contiguous copy of what it is a view of.
fn relative(own: &Geometry, part: &Geometry) -> Option<Geometry> {
    let copy = Geometry::contiguous(&own.shape);
    if own.is_contiguous() {
        return Some(Geometry { offset: part.offset - own.offset, ..part.clone() });
    }
    // Each step of the view is a step of one of the axes.
    let find = |stride: isize| {
        own.strides.iter().enumerate().find_map(|(i, &s)| {
            (s != 0 && own.shape[i] > 1 && stride % s == 0 && stride / s < own.shape[i] as isize)
                .then(|| copy.strides[i] * (stride / s))
        })
    };
    let mut strides = Vec::new();
    for (&stride, &size) in part.strides.iter().zip(&part.shape) {
        strides.push(if size == 1 { 0 } else { exact(own, &copy, stride).or_else(|| find(stride))? });
    }
    let mut rest = part.offset as isize - own.offset as isize;
    let mut order: Vec<usize> = (0..own.shape.len()).filter(|&i| own.strides[i] > 0).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(own.strides[i]));
    let mut offset = 0;
    for i in order {
        let steps = (rest / own.strides[i]).min(own.shape[i] as isize - 1);
        rest -= steps * own.strides[i];
        offset += steps * copy.strides[i];
    }
    (rest == 0).then(|| Geometry { shape: part.shape.clone(), strides, offset: offset as usize })
}

fn exact(own: &Geometry, copy: &Geometry, stride: isize) -> Option<isize> {
    own.strides
        .iter()
        .enumerate()
        .find_map(|(i, &s)| (s == stride && own.shape[i] > 1).then_some(copy.strides[i]))
}

fn list(sizes: &[i64]) -> String {
    format!("[{}]", sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}
