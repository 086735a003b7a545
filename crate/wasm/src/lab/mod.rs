//! Everything of `PyTorch`'s that is here, for the lab's worker and for scripts: one class or family a file.
//!
//! Tensors are `{shape, data}`; what draws takes `{ seed }` or `{ generator }`.

/// How a module is drawn, and its parameters; `$made` has how, `$config` reads the options.
macro_rules! drawn {
    ($class:ident, $options:ident, $made:ident::$config:ident) => {
        #[wasm_bindgen]
        impl $class {
            /// A module whose parameters are drawn as `PyTorch` draws them.
            ///
            /// # Errors
            /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond
            /// 512 MB.
            #[wasm_bindgen(constructor)]
            pub fn new(options: &ts::$options, init: Option<ts::Init>) -> Result<$class, Thrown> {
                let config = api::$made::$config(Js::from(options))?;
                Ok($class(api::$made::drawn(config, super::init(init)?)?))
            }

            /// The parameters by name.
            #[wasm_bindgen(js_name = stateDict)]
            pub fn state_dict(&self) -> ts::StateDict {
                to_js(&StateDict::of(self.0.state_dict()))
            }
        }
    };
}

/// The same, and how a module is made of given parameters.
macro_rules! made {
    ($class:ident, $options:ident, $made:ident::$config:ident) => {
        drawn!($class, $options, $made::$config);

        #[wasm_bindgen]
        impl $class {
            /// A module with given parameters.
            ///
            /// # Errors
            /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
            #[wasm_bindgen(js_name = fromStateDict)]
            pub fn from_state_dict(
                options: &ts::$options,
                state_dict: &ts::StateDict,
            ) -> Result<$class, Thrown> {
                let config = api::$made::$config(Js::from(options))?;
                Ok($class(api::$made::from_state_dict(config, &parameters(state_dict)?)?))
            }
        }
    };
}

mod cells;
mod generator;
mod layers;
mod memory;
mod recurrent;
mod rooms;
mod series;
mod text;
mod trainer;
mod weights;

/// What every file here needs.
mod prelude {
    pub(super) use super::{StateDict, TensorData, generator::Generator, parameters};
    pub(super) use crate::arrays::Floats;
    pub(super) use crate::fault::Thrown;
    pub(super) use crate::js::{Js, from_js, or_default, to_js};
    pub(super) use crate::ts;
    pub(super) use wasm_bindgen::prelude::wasm_bindgen;
}

use api::Fault;
use api::generator::Init;
use api::read::Readable as _;
use api::tensor::{self, States};
use ndarray::ArrayD;

use prelude::*;

/// The lab's types that no other module knows; and overloads and type parameters, which wasm-bindgen does not write.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = concat!(include_str!("../../lab.d.ts"), include_str!("../../generator.d.ts"));

pub type TensorData = tensor::TensorData<Floats>;
pub type StateDict = tensor::StateDictData<Floats>;

/// Reads where random numbers come from.
fn init(value: Option<ts::Init>) -> Result<Init<Generator>, Thrown> {
    or_default("init", value)
}

/// Reads the state of a GRU or RNN.
fn hidden(h_0: Option<ts::TensorData>) -> Result<States, Thrown> {
    Ok(States::hidden(or_default::<Option<TensorData>>("h_0", h_0)?)?)
}

/// Reads the states of an LSTM.
fn lstm_states(states: Option<ts::LstmState>) -> Result<States, Thrown> {
    Ok(States::of_lstm::<Floats>(or_default("states", states)?)?)
}

/// Reads parameters by name, in the order given.
fn parameters(state_dict: &ts::StateDict) -> Result<Vec<(String, ArrayD<f32>)>, Thrown> {
    let entries = Js::from(state_dict).entries();
    let entries = entries.ok_or_else(|| Fault::argument("state_dict", "expected an object"))?;
    let read = |(name, Js(value)): (String, Js)| {
        let argument = format!("state_dict.{name}");
        let tensor: TensorData = from_js(&argument, &value)?;
        Ok((name, tensor.to_array(&argument)?))
    };
    entries.into_iter().map(read).collect()
}
