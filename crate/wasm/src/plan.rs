//! What a run needs of a call: read by the page's module, handed to the worker's.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::read::{Fields, FromJs, Reader};
use gru_playground::gru::{GruConfig, TracePlace};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** What a run needs of a legal call. */
export interface RunPlan {
    config: GruConfig;
    input_shape: number[];
    /** Null where the call leaves `h_0` out, so that it is zero. */
    h_0_shape: number[] | null;
}

/** A sample in a layer and direction, each counted from 0; of unbatched input the sample is 0. */
export interface TracePlace { layer: number; reverse: boolean; sample: number }
";

impl FromJs for TracePlace {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let mut fields = Fields::of(value, "struct TracePlace", reader);
        TracePlace {
            layer: fields.required("layer"),
            reverse: fields.required("reverse"),
            sample: fields.required("sample"),
        }
    }
}

/// What a run needs of a legal call.
pub(super) struct RunPlan {
    pub(super) config: GruConfig,
    pub(super) input_shape: Vec<usize>,
    pub(super) h_0_shape: Option<Vec<usize>>,
}

impl FromJs for RunPlan {
    fn read(value: &JsValue, reader: &mut Reader) -> Self {
        let mut fields = Fields::of(value, "struct RunPlan", reader);
        RunPlan {
            config: fields.required("config"),
            input_shape: fields.required("input_shape"),
            h_0_shape: fields.optional("h_0_shape"),
        }
    }
}
