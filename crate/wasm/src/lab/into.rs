//! `Gru` over arrays that are there, for calls that follow each other fast: nothing is made that crosses.

use js_sys::Float32Array;
use ndarray::ArrayViewD;
use wasm_bindgen::prelude::wasm_bindgen;

use super::gru::Gru;
use super::tensors::filled;
use crate::fault::{Thrown, argument_error};
use gru_playground::gru::{CallOptions, ForwardRun};

#[wasm_bindgen]
impl Gru {
    /// `output, h_n = gru(input, h_0)`, written into arrays that are there.
    ///
    /// `input` and `output` are row-major: (L, N, `H_in`) and (L, N, D*`H_out`), or with `batch_first` (N, L, `H_in`)
    /// and (N, L, D*`H_out`). `state`, (D*`num_layers`, N, `H_out`), is `h_0` and becomes `h_n`; without it `h_0` is
    /// zero.
    ///
    /// # Errors
    /// `ArgumentError` for arrays of another length, `ShapeError` for an empty sequence, `TooLargeError` beyond
    /// 512 MB; then nothing has been written.
    #[wasm_bindgen(js_name = forwardInto)]
    pub fn forward_into(
        &self,
        input: &Float32Array,
        steps: usize,
        batch: usize,
        output: &Float32Array,
        state: Option<Float32Array>,
    ) -> Result<(), Thrown> {
        let config = self.0.config();
        let [outer, inner] = if config.batch_first { [batch, steps] } else { [steps, batch] };
        let cells = (config.directions() * config.num_layers) as usize;
        let x = filled("input", &[outer, inner, config.input_size as usize], input.to_vec())?;
        let h_0 = state
            .as_ref()
            .map(|state| filled("state", &[cells, batch, config.hidden_size as usize], state.to_vec()));
        let h_0 = h_0.transpose()?;
        let options = CallOptions::of(h_0.as_ref().map(|h_0| h_0.view()));
        let run = ForwardRun::new(&self.0, x, options)?;
        let width = (config.directions() * config.hidden_size) as usize;
        if output.length() as usize != outer * inner * width {
            let given = output.length();
            let problem = format_args!("{given} elements do not hold ({outer}, {inner}, {width})");
            return Err(argument_error("output", problem));
        }
        let result = run.finish();
        write(output, &result.output.view());
        if let Some(state) = &state {
            write(state, &result.h_n.view());
        }
        Ok(())
    }
}

/// What the core gives is contiguous.
fn write(array: &Float32Array, values: &ArrayViewD<'_, f32>) {
    array.copy_from(values.to_slice().expect("what the core gives is contiguous"));
}
