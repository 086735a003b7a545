//! `Gru`: `nn.GRU` in evaluation and training mode, and the GRUs of others.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::from_value;
use super::super::pass::{read_state_dict, thrown, views};
use super::super::write::ToJs as _;
use super::generator::Generator;
use super::module::{Module, field};
use super::options::{GruOptions, read_or_default};
use super::recorded::Recorded;
use super::tensor::States;
use super::value::write;
use gru_playground::gru::{self, Variant};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** Where the weights of a GRU are drawn from, and which GRU it is: PyTorch's by default. */
export interface GruInit extends Init { variant?: Partial<Variant> }
";

/// `nn.GRU`.
#[wasm_bindgen]
pub struct Gru(pub(super) Module);

#[wasm_bindgen]
impl Gru {
    /// `nn.GRU(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GruConfig")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "GruInit")] init: JsValue,
    ) -> Result<Gru, JsValue> {
        let GruOptions(config) = from_value("options", &options)?;
        let generator = Generator::of_init(&init)?;
        let gru = gru::Gru::new(config, &mut *generator.stream()).map_err(thrown)?;
        Gru::of_variant(gru, &init)
    }

    /// `nn.GRU(...)` with given parameters; `init` may name the variant.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        #[wasm_bindgen(unchecked_param_type = "GruConfig")] options: JsValue,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
        #[wasm_bindgen(unchecked_optional_param_type = "{ variant?: Partial<Variant> }")] init: JsValue,
    ) -> Result<Gru, JsValue> {
        let GruOptions(config) = from_value("options", &options)?;
        let tensors = read_state_dict(state_dict)?;
        let gru = gru::Gru::from_state_dict(config, views(&tensors)).map_err(thrown)?;
        Gru::of_variant(gru, &init)
    }

    /// The options.
    #[wasm_bindgen(getter, unchecked_return_type = "GruConfig")]
    pub fn config(&self) -> JsValue {
        self.gru().config().to_js()
    }

    /// Which GRU it is.
    #[wasm_bindgen(getter, unchecked_return_type = "Variant")]
    pub fn variant(&self) -> JsValue {
        write(&self.gru().variant())
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        self.0.state_dict()
    }

    /// Replaces every parameter, or, on an error, none.
    ///
    /// # Errors
    /// `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = loadStateDict)]
    pub fn load_state_dict(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<(), JsValue> {
        self.0.load_state_dict(state_dict)
    }

    /// `output, h_n = gru(input, h_0)`; without `h_0` it is zero.
    ///
    /// # Errors
    /// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(unchecked_return_type = "Output")]
    pub fn forward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.0.forward(&input, &States::hidden("h_0", &h_0)?, &options)
    }

    /// The same, kept for its gates and its backward pass.
    ///
    /// # Errors
    /// As `forward`; the gates count against the limit.
    pub fn record(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TensorData")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Result<Recorded, JsValue> {
        self.0.record(&input, States::hidden("h_0", &h_0)?, &options)
    }

    /// The same over a packed sequence: every sample ends at its true last step.
    ///
    /// # Errors
    /// `PackedError` in `PyTorch`'s words, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = forwardPacked, unchecked_return_type = "PackedOutput")]
    pub fn forward_packed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PackedSequence")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.0.forward_packed(&input, &States::hidden("h_0", &h_0)?)
    }
}

impl Gru {
    fn of_variant(gru: gru::Gru<f32>, init: &JsValue) -> Result<Gru, JsValue> {
        let variant: Variant = read_or_default("variant", &field(init, "variant"))?;
        Ok(Gru(Module::Gru(gru.with_variant(variant))))
    }

    pub(super) fn gru(&self) -> &gru::Gru<f32> {
        let Module::Gru(gru) = &self.0 else { unreachable!("a Gru is made of one") };
        gru
    }
}
