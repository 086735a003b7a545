//! Heatmaps as the browser's `ImageData`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ImageData;

use crate::fault::Thrown;
use crate::js::from_js;
use gru_playground::picture::{self, MatrixView, Theme};

/// A rectangle of values as an image of one pixel a cell.
///
/// # Errors
/// `ArgumentError` for an unknown map or a rectangle outside the values.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)] // JavaScript passes numbers cheaply, objects dearly; this runs at every frame.
pub fn heatmap(
    values: &[f32],
    offset: usize,
    rows: usize,
    #[wasm_bindgen(js_name = rowStride)] row_stride: usize,
    columns: usize,
    #[wasm_bindgen(js_name = columnStride)] column_stride: usize,
    #[wasm_bindgen(unchecked_param_type = "ColorMap")] map: &JsValue,
    dark: bool,
) -> Result<ImageData, Thrown> {
    let view = MatrixView { offset, rows, row_stride, columns, column_stride };
    let pixels = picture::paint(values, view, from_js("map", map)?, Theme::of(dark))?;
    // An ImageData over the wasm memory itself would change once `pixels` is freed: it gets an array of its own.
    let pixels = js_sys::Uint8ClampedArray::from(pixels.as_slice());
    Ok(ImageData::new_with_js_u8_clamped_array_and_sh(&pixels, columns as u32, rows as u32)?)
}

/// The colours of a map from its low to its high end, as `steps` RGBA quadruples.
///
/// # Errors
/// `ArgumentError` for an unknown map.
#[wasm_bindgen(js_name = colorScale)]
pub fn color_scale(
    #[wasm_bindgen(unchecked_param_type = "ColorMap")] map: &JsValue,
    dark: bool,
    steps: usize,
) -> Result<Vec<u8>, Thrown> {
    Ok(picture::scale(from_js("map", map)?, Theme::of(dark), steps).into_flattened())
}
