//! `Gru`, `Rnn`, `Lstm`: `nn.GRU`, `nn.RNN` and `nn.LSTM`; and `MinGru`, which `PyTorch` has not. What their calls leave
//! for a backward pass, and the packed sequences of `torch.nn.utils.rnn`.

use api::Fault;
use api::packed::{self, PackedData};
use api::recorded::{self, UpstreamData};
use api::recurrent::{self, CallOptionsData, GruInit, VariantInit};
use api::tensor::{elements, views};
use js_sys::Float32Array;

use super::prelude::*;
use super::{hidden, lstm_states};
use gru_playground::gru::{self, Keep};
use gru_playground::rnn;

/// What the classes have in common; `$states` is what goes in beside the input, `$read` how it is read.
macro_rules! recurrent {
    ($($(#[$doc:meta])* $class:ident($room:ident::$module:ident), $states:ident: $type:ident by $read:ident, $output:ident, $packed:ident;)*) => {
        $($(#[$doc])*
        #[wasm_bindgen]
        pub struct $class($room::$module<f32>);

        #[wasm_bindgen]
        impl $class {
            /// Replaces every parameter, or, on an error, none.
            ///
            /// # Errors
            /// `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
            #[wasm_bindgen(js_name = loadStateDict)]
            pub fn load_state_dict(&mut self, state_dict: &ts::StateDict) -> Result<(), Thrown> {
                Ok(self.0.load_state_dict(views(&parameters(state_dict)?)).map_err(Fault::from)?)
            }

            /// The module's call, as in `PyTorch`; without a state it is zero.
            ///
            /// # Errors
            /// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
            pub fn forward(
                &self,
                input: &ts::TensorData,
                $states: Option<ts::$type>,
                options: Option<ts::CallOptions>,
            ) -> Result<ts::$output, Thrown> {
                let (states, input) = ($read($states)?, from_js::<TensorData>("input", input)?);
                let options: CallOptionsData<Generator> = or_default("options", options)?;
                let call = recurrent::call(&self.0, &input, states, options, Keep::Nothing)?;
                Ok(to_js(&call.output::<Floats>()))
            }

            /// The same, kept for its gates and its backward pass.
            ///
            /// # Errors
            /// As `forward`; what is kept counts against the limit.
            pub fn record(
                &self,
                input: &ts::TensorData,
                $states: Option<ts::$type>,
                options: Option<ts::CallOptions>,
            ) -> Result<Recorded, Thrown> {
                let (states, input) = ($read($states)?, from_js::<TensorData>("input", input)?);
                let options: CallOptionsData<Generator> = or_default("options", options)?;
                Ok(Recorded(recurrent::call(&self.0, &input, states, options, Keep::Every)?))
            }

            /// The same over a packed sequence: every sample ends at its true last step.
            ///
            /// # Errors
            /// `PackedError` in `PyTorch`'s words, `TooLargeError` beyond 512 MB, `ArgumentError`.
            #[wasm_bindgen(js_name = forwardPacked)]
            pub fn forward_packed(
                &self,
                input: &ts::PackedSequence,
                $states: Option<ts::$type>,
            ) -> Result<ts::$packed, Thrown> {
                let (states, input) = ($read($states)?, from_js::<PackedData<Floats>>("input", input)?);
                Ok(to_js(&recurrent::call_packed(&self.0, input, &states)?))
            }

            /// The same, kept: its output is the data of the sequence that it gives.
            ///
            /// # Errors
            /// As `forwardPacked`; what is kept counts against the limit.
            #[wasm_bindgen(js_name = recordPacked)]
            pub fn record_packed(
                &self,
                input: &ts::PackedSequence,
                $states: Option<ts::$type>,
            ) -> Result<Recorded, Thrown> {
                let (states, input) = ($read($states)?, from_js::<PackedData<Floats>>("input", input)?);
                Ok(Recorded(recurrent::record_packed(&self.0, input, states)?))
            }
        })*
    };
}

recurrent! {
    /// `nn.RNN`: `output, h_n = rnn(input, h_0)`.
    Rnn(rnn::Rnn), h_0: TensorData by hidden, Output, PackedOutput;
    /// `nn.LSTM`: `output, (h_n, c_n) = lstm(input, (h_0, c_0))`.
    Lstm(rnn::Rnn), states: LstmState by lstm_states, LstmOutput, PackedLstmOutput;
    /// minGRU (Feng et al., 2024), whose gate and candidate read the input alone: `output, h_n = min_gru(input, h_0)`.
    MinGru(rnn::Rnn), h_0: TensorData by hidden, Output, PackedOutput;
    /// `nn.GRU`: `output, h_n = gru(input, h_0)`.
    Gru(gru::Gru), h_0: TensorData by hidden, Output, PackedOutput;
}

made!(Rnn, RnnOptions, recurrent::rnn_config);
made!(Lstm, LstmOptions, recurrent::lstm_config);
made!(MinGru, GruConfig, recurrent::min_gru_config);

#[wasm_bindgen]
impl Gru {
    /// `nn.GRU(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &ts::GruConfig, init: Option<ts::GruInit>) -> Result<Gru, Thrown> {
        let (config, init) = (from_js("options", config)?, or_default::<GruInit<Generator>>("init", init)?);
        Ok(Gru(recurrent::drawn_gru(config, init)?))
    }

    /// `nn.GRU(...)` with given parameters; `init` may name the variant.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        config: &ts::GruConfig,
        state_dict: &ts::StateDict,
        init: Option<ts::VariantInit>,
    ) -> Result<Gru, Thrown> {
        let config = from_js("options", config)?;
        let VariantInit { variant } = or_default("init", init)?;
        let gru = recurrent::from_state_dict(config, &parameters(state_dict)?)?;
        Ok(Gru(gru.with_variant(variant.unwrap_or_default())))
    }

    /// The GRU of a Keras layer, which reads (N, L, I) as it does there.
    ///
    /// # Errors
    /// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = fromKeras)]
    pub fn from_keras(weights: &ts::KerasWeights) -> Result<Gru, Thrown> {
        Ok(Gru(recurrent::keras_gru::<Floats>(from_js("weights", weights)?)?))
    }

    /// The GRU of an ONNX node, bidirectional if D is 2.
    ///
    /// # Errors
    /// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = fromOnnx)]
    pub fn from_onnx(weights: &ts::OnnxWeights) -> Result<Gru, Thrown> {
        Ok(Gru(recurrent::onnx_gru::<Floats>(from_js("weights", weights)?)?))
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict)]
    pub fn state_dict(&self) -> ts::StateDict {
        to_js(&StateDict::of(self.0.state_dict()))
    }

    /// The options.
    #[wasm_bindgen(getter)]
    pub fn config(&self) -> ts::AllOfGruConfig {
        to_js(self.0.config())
    }

    /// Which GRU it is.
    #[wasm_bindgen(getter)]
    pub fn variant(&self) -> ts::Variant {
        to_js(&self.0.variant())
    }

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
        let h_0 = state.as_ref().map(Float32Array::to_vec);
        let result =
            recurrent::forward_flat(&self.0, input.to_vec(), [steps, batch], h_0, output.length() as usize)?;
        output.copy_from(elements(&result.output.view()));
        if let Some(state) = &state {
            state.copy_from(elements(&result.h_n.view()));
        }
        Ok(())
    }
}

/// A call of a module or a cell with all that its backward pass needs; of a cell, output and `h_n` are `h_1`.
#[wasm_bindgen]
pub struct Recorded(pub(super) recorded::Recorded);

#[wasm_bindgen]
impl Recorded {
    /// What the call gave: a copy.
    #[wasm_bindgen(getter)]
    pub fn output(&self) -> ts::TensorData {
        to_js(&TensorData::of(&self.0.outcome().output.view()))
    }

    /// The last hidden states: a copy.
    #[wasm_bindgen(getter)]
    pub fn h_n(&self) -> ts::TensorData {
        to_js(&TensorData::of(&self.0.outcome().h_n.view()))
    }

    /// An LSTM's last cell states: a copy; else null.
    #[wasm_bindgen(getter)]
    pub fn c_n(&self) -> ts::TensorOrNull {
        to_js(&self.0.outcome().c_n.as_ref().map(|c_n| TensorData::of(&c_n.view())))
    }

    /// Every gate of every layer and direction.
    ///
    /// # Errors
    /// `BackwardError` after `backward`.
    pub fn trace(&self) -> Result<ts::Traces, Thrown> {
        Ok(to_js(&self.0.trace::<Floats>()?))
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states, from the gradients of the loss by
    /// what the call gave. As in `PyTorch`, once.
    ///
    /// # Errors
    /// `BackwardError` the second time, `ShapeError` for gradients that do not fit,
    /// `TooLargeError` beyond 512 MB.
    pub fn backward(&mut self, upstream: &ts::Upstream) -> Result<ts::Gradients, Thrown> {
        let upstream: Option<UpstreamData<Floats>> = from_js("upstream", upstream)?;
        Ok(to_js(&self.0.backward(upstream.unwrap_or_default())?))
    }
}

/// `pack_padded_sequence(input, lengths, batch_first, enforce_sorted)`.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`.
#[wasm_bindgen(js_name = packPaddedSequence)]
pub fn pack_padded(
    input: &ts::TensorData,
    lengths: &ts::Integers,
    options: Option<ts::PackOptions>,
) -> Result<ts::PackedSequence, Thrown> {
    let (input, lengths) = (from_js("input", input)?, from_js::<Vec<i64>>("lengths", lengths)?);
    Ok(to_js(&packed::pack_padded::<Floats>(&input, &lengths, &or_default("options", options)?)?))
}

/// `pack_sequence(sequences, enforce_sorted)`, each of shape (its length, *).
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` if they would not fit when padded.
#[wasm_bindgen(js_name = packSequence)]
pub fn pack(sequences: &ts::Tensors, options: Option<ts::PackOptions>) -> Result<ts::PackedSequence, Thrown> {
    let sequences: Vec<TensorData> = from_js("sequences", sequences)?;
    Ok(to_js(&packed::pack(&sequences, &or_default("options", options)?)?))
}

/// `pad_packed_sequence(packed, batch_first, padding_value, total_length)`: the padded samples in their order before
/// sorting, and their lengths.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `ArgumentError`, `TooLargeError` beyond 512 MB.
#[wasm_bindgen(js_name = padPackedSequence)]
pub fn pad_packed(
    packed: &ts::PackedSequence,
    options: Option<ts::PadOptions>,
) -> Result<ts::PaddedData, Thrown> {
    let options = or_default("options", options)?;
    Ok(to_js(&packed::pad_packed::<Floats>(from_js("packed", packed)?, &options)?))
}
