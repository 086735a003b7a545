//! `GruCell`, `RnnCell` and `LstmCell`: one step of a module of one layer.

use api::cell;

use super::prelude::*;
use super::recurrent::Recorded;
use super::{hidden, lstm_states};
use gru_playground::rnn::RecurrentCell;

pub type LstmStep = cell::LstmStep<Floats>;

/// `nn.GRUCell`: one step.
#[wasm_bindgen]
pub struct GruCell(RecurrentCell<f32>);

/// `nn.RNNCell`: one step.
#[wasm_bindgen]
pub struct RnnCell(RecurrentCell<f32>);

/// `nn.LSTMCell`: one step.
#[wasm_bindgen]
pub struct LstmCell(RecurrentCell<f32>);

made!(GruCell, CellOptions, cell::gru_config);
made!(RnnCell, CellOptions, cell::rnn_config);
made!(LstmCell, CellOptions, cell::lstm_config);

/// How a cell is called: what goes in beside the input, how it is read, and what comes out.
macro_rules! called {
    ($class:ident, $states:ident: $type:ident by $read:ident, $step:ident) => {
        #[wasm_bindgen]
        impl $class {
            /// `h_1 = cell(input, h_0)`, or of an LSTM `h_1, c_1 = cell(input, (h_0, c_0))`: (N, I) to (N, H), or (I)
            /// to (H); without a state it is zero.
            ///
            /// # Errors
            /// `ShapeError` in `PyTorch`'s words, `ArgumentError`.
            pub fn forward(
                &self,
                input: &ts::TensorData,
                $states: Option<ts::$type>,
            ) -> Result<ts::$step, Thrown> {
                let (states, input) = ($read($states)?, from_js::<TensorData>("input", input)?);
                Ok(to_js(&$step::from(cell::forward(&self.0, &input, &states)?)))
            }

            /// The same, kept for its gates and its backward pass.
            ///
            /// # Errors
            /// As `forward`; what is kept counts against the limit of 512 MB.
            pub fn record(
                &self,
                input: &ts::TensorData,
                $states: Option<ts::$type>,
            ) -> Result<Recorded, Thrown> {
                let (states, input) = ($read($states)?, from_js::<TensorData>("input", input)?);
                Ok(Recorded(cell::record(&self.0, &input, states)?))
            }
        }
    };
}

called!(GruCell, h_0: TensorData by hidden, TensorData);
called!(RnnCell, h_0: TensorData by hidden, TensorData);
called!(LstmCell, states: LstmState by lstm_states, LstmStep);
