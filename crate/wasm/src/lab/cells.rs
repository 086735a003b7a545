//! `GruCell`, `RnnCell` and `LstmCell`: one step of a module of one layer.

use api::cell;

use super::prelude::*;
use super::recurrent::Recorded;
use super::{hidden, lstm_states};
use gru_playground::rnn::RecurrentCell;

pub type LstmStep = cell::LstmStep<Floats>;

/// A cell: how it is made, what goes in beside the input, how it is read, and what comes out.
macro_rules! cell {
    ($name:literal $class:ident, $config:ident, $states:ident: $type:ident by $read:ident, $step:ident) => {
        #[doc = concat!("`nn.", $name, "`: one step.")]
        #[wasm_bindgen]
        pub struct $class(RecurrentCell<f32>);

        made!($class, CellOptions, cell::$config);

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

cell!("GRUCell" GruCell, gru_config, h_0: TensorData by hidden, TensorData);
cell!("RNNCell" RnnCell, rnn_config, h_0: TensorData by hidden, TensorData);
cell!("LSTMCell" LstmCell, lstm_config, states: LstmState by lstm_states, LstmStep);
