//! Heatmaps as the browser's `ImageData`.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ImageData;

use crate::fault::error;
use crate::js::from_js;
use gru_playground::picture::{self, Map, MatrixView, Theme};

/// `diverging` for values in [-1, 1], `sequential` for gates in [0, 1].
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ColorMap {
    /// For values in [-1, 1].
    Diverging,
    /// For gates in [0, 1].
    Sequential,
}

fn map_named(name: &JsValue) -> Result<Map, JsValue> {
    Ok(match from_js("map", name)? {
        ColorMap::Diverging => Map::Diverging,
        ColorMap::Sequential => Map::Sequential,
    })
}

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
) -> Result<ImageData, JsValue> {
    let view = MatrixView { offset, rows, row_stride, columns, column_stride };
    let pixels = picture::paint(values, view, map_named(map)?, Theme::of(dark))
        .map_err(|problem| error("ArgumentError", &problem.to_string()))?;
    // An ImageData over the wasm memory itself would change once `pixels` is freed: it gets an array of its own.
    let pixels = js_sys::Uint8ClampedArray::from(pixels.as_slice());
    ImageData::new_with_js_u8_clamped_array_and_sh(&pixels, columns as u32, rows as u32)
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
) -> Result<Vec<u8>, JsValue> {
    Ok(picture::scale(map_named(map)?, Theme::of(dark), steps).into_flattened())
}
