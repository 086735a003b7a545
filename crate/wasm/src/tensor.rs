//! Tensors across the boundary: `{shape, data}`, each typed array copied once.

use ndarray::ArrayViewD;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::fault::{Thrown, error};
use gru_playground::gru::{Gru, Trace, TracePlace};

/// Typed arrays, which cross as they are.
macro_rules! typed_arrays {
    ($($name:ident($array:ident, $element:ty);)*) => {
        $(#[doc = concat!("A `", stringify!($array), "`, which crosses as it is.")]
        pub struct $name(pub(crate) js_sys::$array);

        impl From<&[$element]> for $name {
            fn from(elements: &[$element]) -> Self {
                $name(js_sys::$array::from(elements))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_wasm_bindgen::preserve::serialize(&self.0, serializer)
            }
        }

        #[cfg(test)]
        crate::tests::name!($name, stringify!($array));)*
    };
}
#[cfg(feature = "lab")]
pub(crate) use typed_arrays;

typed_arrays! {
    Floats(Float32Array, f32);
}

impl Floats {
    /// The elements of a contiguous array.
    pub(crate) fn of(array: &ArrayViewD<'_, f32>) -> Self {
        Floats::from(array.to_slice().expect("what the core gives is contiguous"))
    }
}

/// What was kept of every unit of one layer and direction, each quantity of shape (L, N, H), in the input's order of
/// steps; where one sample was kept, of shape (L, 1, H).
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UnitTrace<'a> {
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
    pub quantities: Vec<(&'a str, &'a [f32])>,
}

impl Serialize for UnitTrace<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("layer", &self.layer)?;
        map.serialize_entry("reverse", &self.reverse)?;
        map.serialize_entry("sample", &self.sample)?;
        map.serialize_entry("shape", &self.shape)?;
        for &(name, values) in &self.quantities {
            map.serialize_entry(name, &Floats::from(values))?;
        }
        map.end()
    }
}

/// A trace by layer and direction.
pub(crate) fn unit_traces(trace: &Trace<f32>) -> Vec<UnitTrace<'_>> {
    let TracePlace { layer, reverse, sample } = trace.first();
    let (_, directions, _, steps, batch, hidden) = trace.values().dim();
    let elements = trace.values().to_slice().expect("what the core gives is contiguous");
    let names = || trace.quantities().iter().map(|quantity| quantity.name());
    // An empty batch has a trace of nothing: one chunk at least, so that the sizes below are never zero.
    let of_one_quantity = (steps * batch * hidden).max(1);
    let of_one_cell = of_one_quantity * names().len();
    let trace = |(index, cell): (usize, _)| UnitTrace {
        layer: layer + index / directions,
        reverse: reverse || index % directions == 1,
        sample,
        shape: [steps, batch, hidden],
        quantities: names().zip(<[f32]>::chunks(cell, of_one_quantity)).collect(),
    };
    elements.chunks(of_one_cell).enumerate().map(trace).collect()
}

/// Gives a module other weights, one tensor after the other in `PyTorch`'s order.
pub(crate) fn replace_parameters(gru: &mut Gru<f32>, weights: &[f32]) -> Result<(), Thrown> {
    let mut rest = weights;
    for parameter in gru.parameters_mut() {
        let Some((numbers, after)) = rest.split_at_checked(parameter.len()) else {
            return Err(error("ShapeError", "the weights given are fewer than the module's"));
        };
        parameter.copy_from_slice(numbers);
        rest = after;
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(error("ShapeError", "the weights given are more than the module's"))
    }
}
