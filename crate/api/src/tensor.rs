//! Tensors as `{shape, data}`, each typed array copied once; states and parameters made of them.

use ndarray::{ArrayD, ArrayViewD};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::fault::Fault;
use gru_playground::cost::{Count, LIMIT_BYTES};
use gru_playground::gru::sequence::{row_major, shaped};
use gru_playground::gru::{Trace, TracePlace};
use num::list;

/// A typed array of the caller's.
pub trait TypedArray<T> {
    /// One with a copy of these elements.
    fn of(elements: &[T]) -> Self;

    /// A copy of its elements.
    fn to_vec(&self) -> Vec<T>;
}

/// A float32 tensor, row-major.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct TensorData<A> {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: A,
}

impl<A: TypedArray<f32>> TensorData<A> {
    /// An array, whatever its layout.
    pub fn of(array: &ArrayViewD<'_, f32>) -> Self {
        // What is contiguous already is not copied.
        let data = match array.as_slice() {
            Some(elements) => A::of(elements),
            None => A::of(&row_major(array)),
        };
        TensorData { shape: array.shape().to_vec(), data }
    }

    /// An array that owns its elements.
    ///
    /// # Errors
    /// `ArgumentError` where the elements do not fill the shape.
    pub fn to_array(&self, argument: &str) -> Result<ArrayD<f32>, Fault> {
        filled(argument, &self.shape, self.data.to_vec())
    }
}

/// Elements in row-major order as an array of a shape.
///
/// # Errors
/// `ArgumentError` when their numbers differ.
pub fn filled(argument: &str, shape: &[usize], data: Vec<f32>) -> Result<ArrayD<f32>, Fault> {
    let given = data.len();
    ArrayD::from_shape_vec(shape, data).map_err(|_| {
        Fault::argument(argument, format_args!("{given} elements do not fill shape {}", list(shape)))
    })
}

/// The elements of an array that the core made.
///
/// # Panics
/// Never: what the core gives is contiguous.
pub fn elements<'a>(array: &'a ArrayViewD<'_, f32>) -> &'a [f32] {
    array.as_slice().expect("what the core gives is contiguous")
}

/// How many elements a shape has.
///
/// # Errors
/// `TooLargeError` where they do not fit.
pub fn count(shape: &[usize], element_bytes: u64) -> Result<usize, Fault> {
    let count = shape.iter().fold(Count::from(1_u64), |count, &size| count * Count::from(size as u64));
    (count * Count::from(element_bytes)).within(LIMIT_BYTES)?;
    Ok(shape.iter().product())
}

/// A float64 tensor, row-major.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float64Array)))]
pub struct DoubleTensor<A> {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: A,
}

/// A tensor of whole numbers, `torch.int64`, row-major.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::BigInt64Array)))]
pub struct IntegerTensor<A> {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: A,
}

/// What goes in beside the input; an absent state is zero.
#[derive(Default)]
pub struct States {
    /// The hidden states.
    pub h_0: Option<ArrayD<f32>>,
    /// An LSTM's cell states.
    pub c_0: Option<ArrayD<f32>>,
}

impl States {
    /// A GRU's or RNN's.
    ///
    /// # Errors
    /// `ArgumentError` where the elements do not fill the shape.
    pub fn hidden(h_0: Option<TensorData<impl TypedArray<f32>>>) -> Result<Self, Fault> {
        Ok(States { h_0: optional_array("h_0", h_0)?, c_0: None })
    }

    /// An LSTM's, which come as a list of two.
    ///
    /// # Errors
    /// As [`States::hidden`].
    pub fn of_lstm<A: TypedArray<f32>>(states: Option<LstmStates<A>>) -> Result<Self, Fault> {
        let (h_0, c_0) = states.unwrap_or((None, None));
        Ok(States { h_0: optional_array("h_0", h_0)?, c_0: optional_array("c_0", c_0)? })
    }

    /// Both, to look at.
    pub fn views(&self) -> [Option<ArrayViewD<'_, f32>>; 2] {
        [self.h_0.as_ref(), self.c_0.as_ref()].map(view)
    }
}

/// An LSTM's hidden and cell states.
pub type LstmStates<A> = (Option<TensorData<A>>, Option<TensorData<A>>);

/// An array where there is a tensor.
pub(crate) fn optional_array(
    argument: &str,
    tensor: Option<TensorData<impl TypedArray<f32>>>,
) -> Result<Option<ArrayD<f32>>, Fault> {
    tensor.map(|tensor| tensor.to_array(argument)).transpose()
}

/// A tensor where there is an array.
pub(crate) fn optional_tensor<A: TypedArray<f32>>(array: Option<&ArrayD<f32>>) -> Option<TensorData<A>> {
    array.map(|array| TensorData::of(&array.view()))
}

/// An array, if there is one, to look at.
pub(crate) fn view(array: Option<&ArrayD<f32>>) -> Option<ArrayViewD<'_, f32>> {
    array.map(|array| array.view())
}

/// Parameters by name, in their order.
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "StateDict", type = "{ [name: string]: TensorData }", concrete(A = crate::tests::Float32Array)))]
pub struct StateDictData<A>(Vec<(String, TensorData<A>)>);

impl<A: TypedArray<f32>> StateDictData<A> {
    /// Those of a module.
    pub fn of<'a>(parameters: impl IntoIterator<Item = (String, ArrayViewD<'a, f32>)>) -> Self {
        StateDictData(parameters.into_iter().map(|(name, array)| (name, TensorData::of(&array))).collect())
    }
}

impl<A: Serialize> Serialize for StateDictData<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, tensor)| (name, tensor)))
    }
}

/// Parameters by name, as they were given.
pub type NamedArrays = [(String, ArrayD<f32>)];

/// What was read, as the core takes it.
pub fn views(parameters: &NamedArrays) -> impl Iterator<Item = (String, ArrayViewD<'_, f32>)> {
    parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()))
}

/// What was kept of every unit of one layer and direction, each quantity of shape (L, N, H), in the input's order of
/// steps; where one sample was kept, of shape (L, 1, H).
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct UnitTrace<A> {
    /// The layer.
    pub layer: usize,
    /// Whether it is the reverse direction.
    pub reverse: bool,
    /// The sample that comes first: 0, or the one that was kept.
    pub sample: usize,
    /// (L, N, H).
    #[cfg_attr(test, ts(type = "number[]"))]
    pub shape: [usize; 3],
    /// The quantities by name.
    #[cfg_attr(test, ts(skip))]
    pub quantities: Vec<(&'static str, A)>,
}

impl<A: Serialize> Serialize for UnitTrace<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("layer", &self.layer)?;
        map.serialize_entry("reverse", &self.reverse)?;
        map.serialize_entry("sample", &self.sample)?;
        map.serialize_entry("shape", &self.shape)?;
        for (name, values) in &self.quantities {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}

/// A trace by layer and direction.
///
/// # Panics
/// Never: what the core gives is contiguous.
pub fn unit_traces<A: TypedArray<f32>>(trace: &Trace<f32>) -> Vec<UnitTrace<A>> {
    let TracePlace { layer, reverse, sample } = trace.first();
    let (_, directions, _, steps, batch, hidden) = trace.values().dim();
    let elements = trace.values().to_slice().expect("what the core gives is contiguous");
    let names = || trace.quantities().iter().map(|quantity| quantity.name());
    // An empty batch has a trace of nothing: one chunk at least, so that the sizes below are never zero.
    let of_one_quantity = (steps * batch * hidden).max(1);
    let of_one_cell = of_one_quantity * names().len();
    let trace = |(index, cell): (usize, &[f32])| UnitTrace {
        layer: layer + index / directions,
        reverse: reverse || index % directions == 1,
        sample,
        shape: [steps, batch, hidden],
        quantities: names().zip(cell.chunks(of_one_quantity).map(A::of)).collect(),
    };
    elements.chunks(of_one_cell).enumerate().map(trace).collect()
}

/// Predictions and the like, made of their elements.
pub(crate) fn tensor_of<A: TypedArray<f32>>(shape: Vec<usize>, elements: Vec<f32>) -> TensorData<A> {
    TensorData::of(&shaped(shape, elements).view())
}
