//! Tensors that cannot be created, and what the functions that create them say.

use super::candidate::{Candidate, example_shape, h_0, input};
use super::explanation::{Explanation, H_0, X, x};
use crate::call::{Argument, Dtype, Place, Release, Tensor, Value};
use crate::diagnostic::Edit;
use crate::diagnostic::view::View;
use crate::py::takes_dtype;
use crate::shape::{Dim, Shape};

/// A tensor that the code creates before the call.
pub(crate) struct Created {
    name: &'static str,
    /// The tensor, where one is given.
    pub(crate) tensor: for<'a> fn(&View<'a>) -> Option<&'a Tensor>,
    /// What stands for it, a tensor or not.
    argument: for<'a> fn(&View<'a>) -> Option<&'a Argument>,
    place: fn(usize) -> Place,
    whole: Place,
    set_shape: fn(Shape) -> Edit,
    /// The shape that the module takes.
    right_shape: fn(&View) -> Option<Shape>,
    may_be_left_out: bool,
}

pub(crate) static INPUT: Created = Created {
    name: "x",
    tensor: |view| view.input(),
    argument: |view| Some(&view.call.input),
    place: x,
    whole: X,
    set_shape: input,
    right_shape: |view| Some(example_shape(view)),
    may_be_left_out: false,
};

pub(crate) static INITIAL_STATE: Created = Created {
    name: "h_0",
    tensor: |view| view.h_0(),
    argument: |view| view.h_0_argument(),
    place: |axis| Place::H0 { axis: Some(axis) },
    whole: H_0,
    set_shape: h_0,
    right_shape: |view| view.right_h_0(),
    may_be_left_out: true,
};

impl Created {
    fn shape(&self, view: &View) -> Shape {
        (self.tensor)(view).map(|tensor| tensor.shape.clone()).unwrap_or_default()
    }

    /// The shape of the tensor, or of the array that stands for it.
    fn written_shape(&self, view: &View) -> Shape {
        (self.argument)(view).and_then(Argument::shape).cloned().unwrap_or_default()
    }

    fn is_array(&self, view: &View) -> bool {
        matches!((self.argument)(view), Some(Argument::Array { .. }))
    }

    /// What `NumPy` says of an array that it does not make.
    pub(crate) fn array_words(&self, view: &View) -> Option<&'static str> {
        match (self.argument)(view) {
            Some(Argument::Array { array, dtype }) => numpy_words(array, *dtype),
            _ => None,
        }
    }

    /// Whether a size is negative.
    pub(crate) fn is_negative(&self, view: &View) -> bool {
        negative(&self.shape(view)).is_some()
    }

    /// What is said of a negative size.
    pub(crate) fn negative_words(&self, view: &View) -> String {
        let shape = self.shape(view);
        negative_words(negative(&shape).unwrap_or_default(), &shape)
    }

    /// Whether a size is no 64-bit int.
    pub(crate) fn is_unpackable(&self, view: &View) -> bool {
        unpackable(&self.shape(view)).is_some()
    }

    /// What is said of a size that is no 64-bit int.
    pub(crate) fn unpackable_words(&self, view: &View) -> String {
        // The function that creates such a tensor in the code shown.
        let function = match (self.tensor)(view).map(|tensor| tensor.dtype) {
            Some(Dtype::Int64 | Dtype::Int32 | Dtype::Uint8) => "randint",
            Some(Dtype::Bool) => "ones",
            _ => "randn",
        };
        unpackable_words(view, function, unpackable(&self.shape(view)))
    }

    /// Whether its bytes are too many, in the type in which the code shown draws it before it converts it.
    pub(crate) fn overflows(&self, view: &View) -> bool {
        (self.tensor)(view).is_some_and(|tensor| {
            let is_half = matches!(tensor.dtype, Dtype::Float16 | Dtype::Bfloat16);
            overflows(&tensor.shape, if is_half { Dtype::Float32 } else { tensor.dtype })
        })
    }

    /// What is said of too many bytes.
    pub(crate) fn overflow_words(&self, view: &View) -> String {
        overflow_words(&self.shape(view))
    }

    /// Whether a tensor without elements has more elements between the starts of two rows than a
    /// 64-bit int counts.
    pub(crate) fn strides_overflow(&self, view: &View) -> bool {
        let mut stride = Some(1_i64);
        for size in self.shape(view).0.iter().skip(1) {
            let Ok(size) = i64::try_from(size.0) else { return false };
            stride = stride.and_then(|stride| stride.checked_mul(size.max(1)));
        }
        stride.is_none()
    }

    /// Why no size is negative.
    pub(crate) fn why_negative(&self, view: &View) -> Explanation {
        let shape = self.written_shape(view);
        let mut explanation = Explanation::new(format!(
            "Each number of {shape} is how many elements {} has along an axis, and nothing has fewer than 0.",
            self.name
        ));
        for (axis, size) in shape.0.iter().enumerate().filter(|(_, size)| size.0 < 0) {
            explanation = explanation.at((self.place)(axis), format!("{size} elements"));
        }
        explanation.note("only .view and .reshape take -1, for the axis that follows from the others")
    }

    /// Why it is too large.
    pub(crate) fn why_too_large(&self, view: &View) -> Explanation {
        let shape = self.written_shape(view);
        let explanation = Explanation::new(format!(
            "{} of the shape {shape} has more bytes than a 64-bit address reaches, so {} cannot be created.",
            if self.is_array(view) { "An array" } else { "A tensor" },
            self.name
        ));
        let largest = (0..shape.rank()).max_by_key(|axis| shape.0[*axis]);
        match largest {
            Some(axis) if overflows(&shape, Dtype::default()) || unpackable(&shape).is_some() => {
                explanation.at((self.place)(axis), "too long")
            }
            _ => explanation.at(self.whole.clone(), "too large"),
        }
    }

    /// The shape without signs, and one that the module takes.
    pub(crate) fn fixes(&self, view: &View) -> Vec<Candidate> {
        let is_array = self.is_array(view);
        let give = |shape: Shape| {
            let name = self.name;
            let statement = if is_array {
                format!("make {name} a tensor of the shape {shape}")
            } else {
                format!("give {name} the shape {shape}")
            };
            Candidate::new(statement, [(self.set_shape)(shape)])
        };
        let shape = self.written_shape(view);
        let unsigned = || Shape(shape.0.iter().map(|size| Dim(size.0.saturating_abs())).collect());
        let mut list: Vec<Candidate> = negative(&shape).map(|_| give(unsigned())).into_iter().collect();
        list.extend((self.right_shape)(view).map(give));
        list.extend(self.may_be_left_out.then(Candidate::leave_h_0_out));
        list
    }
}

/// The first negative size.
fn negative(shape: &Shape) -> Option<i128> {
    shape.0.iter().map(|size| size.0).find(|size| *size < 0)
}

/// The place, counted from 1, of the first size that is no 64-bit int.
pub(crate) fn unpackable(shape: &Shape) -> Option<usize> {
    shape.0.iter().position(|size| i64::try_from(size.0).is_err()).map(|index| index + 1)
}

/// Whether a tensor's bytes are more than a 64-bit int counts, as `PyTorch` multiplies them: in
/// order, so that a later 0 does not help.
pub(crate) fn overflows(shape: &Shape, dtype: Dtype) -> bool {
    let mut product = Some(1_u64);
    for size in &shape.0 {
        let Ok(size) = u64::try_from(size.0) else { return false };
        product = product.and_then(|product| product.checked_mul(size));
    }
    product
        .and_then(|product| product.checked_mul(dtype.bytes()))
        .is_none_or(|bytes| i64::try_from(bytes).is_err())
}

/// What `NumPy` says of a negative size.
pub(crate) const NEGATIVE_ARRAY: &str = "negative dimensions are not allowed";

/// What `NumPy` says of an array that it does not make: it goes over the sizes in order, so that neither a 0 before nor
/// a negative size behind helps.
fn numpy_words(shape: &Shape, dtype: Dtype) -> Option<&'static str> {
    if unpackable(shape).is_some() {
        return Some("Maximum allowed dimension exceeded");
    }
    // The type in which the code shown draws it before it converts it.
    let drawn = match dtype {
        Dtype::Bool | Dtype::Uint8 | Dtype::Int32 => dtype,
        _ => Dtype::Float64,
    };
    let mut bytes = i128::from(drawn.bytes());
    for size in shape.0.iter().map(|size| size.0).filter(|size| *size != 0) {
        if size < 0 {
            return Some(NEGATIVE_ARRAY);
        }
        bytes *= size;
        if bytes > i128::from(i64::MAX) {
            return Some(
                "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
            );
        }
    }
    None
}

/// What is said of a negative size.
pub(crate) fn negative_words(size: i128, shape: &Shape) -> String {
    format!("Trying to create tensor with negative dimension {size}: {}", shape.list())
}

/// What is said of too many bytes.
pub(crate) fn overflow_words(shape: &Shape) -> String {
    format!("Storage size calculation overflowed with sizes={}", shape.list())
}

/// What a release calls the type of a list of sizes.
pub(crate) fn ints(release: Release) -> &'static str {
    if (release.major, release.minor) == (1, 13) { "SymInts" } else { "ints" }
}

/// What a function says of a size that is no 64-bit int.
pub(crate) fn unpackable_words(view: &View, function: &str, position: Option<usize>) -> String {
    let position = position.unwrap_or(1);
    let release = view.call.release;
    if release < Release::new(2, 1, 0) {
        let ints = ints(release);
        return format!(
            "{function}(): argument 'size' must be tuple of {ints}, but found element of type int at pos {position}"
        );
    }
    let long = if release < Release::new(2, 9, 0) { "long" } else { "long long" };
    format!(
        "{function}(): argument 'size' failed to unpack the object at pos {position} with error \"Overflow when unpacking {long}\""
    )
}

/// What `torch.empty` says of the arguments that no signature takes.
pub(crate) fn refused_combination(view: &View) -> String {
    let release = view.call.release;
    let named = |name: &str, absent: &'static str| view.option(name).map_or(absent, Value::type_name);
    let has_dtype = takes_dtype(view.weight_dtype(), release);
    let dtype = named("dtype", if has_dtype { "torch.dtype" } else { "NoneType" });
    let device = named("device", "NoneType");
    let ints = ints(release);
    // Since 2.4 a signature shows the defaults.
    let (none, no) = if release < Release::new(2, 4, 0) { ("", "") } else { (" = None", " = False") };
    let shared = format!(
        "torch.dtype dtype{none}, torch.layout layout{none}, torch.device device{none}, bool pin_memory{no}, bool requires_grad{no})\n"
    );
    let format = format!("torch.memory_format memory_format{none}");
    format!(
        "empty() received an invalid combination of arguments - got (tuple, dtype={dtype}, device={device}), but expected one of:\n \
         * (tuple of ints size, *, tuple of names names, {format}, {shared} \
         * (tuple of {ints} size, *, {format}, Tensor out{none}, {shared}"
    )
}

/// What `torch.empty` says of a `dtype` or `device` that is none.
pub(crate) fn refused_factory(view: &View, name: &str) -> String {
    if view.call.release < Release::new(2, 11, 0) {
        return refused_combination(view);
    }
    format!("empty(): argument '{name}' must be torch.{name}, not {}", view.value(name).type_name())
}
