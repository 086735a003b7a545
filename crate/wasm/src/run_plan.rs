//! From a call to what the worker is to compute.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{error, from_value};
use super::write::{ToJs, Writer};
use gru_playground::call::{Argument, Call, Dtype};
use gru_playground::diagnostic;

/// What a run of a legal call needs.
///
/// # Errors
/// `ArgumentError` for what is no call, `IllegalCallError` where `PyTorch` raises, `DtypeError` for a module
/// that is not float32, `TooLargeError` for sizes that this machine cannot address.
#[wasm_bindgen(js_name = runPlan, unchecked_return_type = "RunPlan")]
pub fn run_plan(#[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = from_value::<Call>("call", &call)?;
    let diagnosis = diagnostic::diagnose(&call);
    let (Some(config), Argument::Tensor(input)) = (diagnosis.module.as_ref(), &call.input) else {
        return Err(illegal(&diagnosis));
    };
    if diagnosis.trace.is_none() {
        return Err(illegal(&diagnosis));
    }
    if call.config.dtype != Dtype::Float32 {
        let dtype = call.config.dtype;
        return Err(error("DtypeError", &format!("Values are computed in torch.float32, not in {dtype}.")));
    }
    let h_0 = match &call.h_0 {
        Some(Argument::Tensor(h_0)) => Some(&h_0.shape),
        _ => None,
    };
    for shape in [Some(&input.shape), h_0].into_iter().flatten() {
        if shape.0.iter().any(|dim| usize::try_from(dim.0).is_err()) {
            let problem = format!("a tensor of shape {shape} is too large for this machine");
            return Err(error("TooLargeError", &problem));
        }
    }
    let mut writer = Writer::new("config input_shape h_0_shape ");
    writer.next(config.to_js());
    writer.next(input.shape.to_js());
    writer.next(h_0.map_or(JsValue::NULL, ToJs::to_js));
    Ok(writer.end())
}

fn illegal(diagnosis: &diagnostic::Diagnosis) -> JsValue {
    error("IllegalCallError", diagnosis.error().map_or("", |error| error.message.as_str()))
}
