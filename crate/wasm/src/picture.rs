//! Heatmaps as the browser's `ImageData`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ImageData;

use super::convert::error;
use gru_playground::picture::{self, Map, MatrixView, Theme};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** `diverging` for values in [-1, 1], `sequential` for gates in [0, 1]. */
export type ColorMap = "diverging" | "sequential";
"#;

fn map_named(name: &str) -> Result<Map, JsValue> {
    match name {
        "diverging" => Ok(Map::Diverging),
        "sequential" => Ok(Map::Sequential),
        _ => Err(error("ArgumentError", &format!("map: \"{name}\" is neither diverging nor sequential"))),
    }
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
    #[wasm_bindgen(unchecked_param_type = "ColorMap")] map: &str,
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
    #[wasm_bindgen(unchecked_param_type = "ColorMap")] map: &str,
    dark: bool,
    steps: usize,
) -> Result<Vec<u8>, JsValue> {
    Ok(picture::scale(map_named(map)?, Theme::of(dark), steps).into_flattened())
}
