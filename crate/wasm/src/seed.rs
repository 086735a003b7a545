//! Seeds: as in `PyTorch` any number of 64 bits, a negative one standing for its two's complement.

use serde::{Deserialize, Deserializer, de};
use std::fmt;
use wasm_bindgen::JsValue;

use crate::fault::Thrown;
use crate::js::from_js;
use gru_playground::rng::TorchGenerator;

/// A seed, in the numbers from -2^63 to 2^63 - 1.
pub struct Seed(pub(crate) i64);

#[cfg(test)]
crate::tests::name!(Seed, "number | bigint");

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Seed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number of 64 bits, beyond 2^53 a bigint")
            }

            fn visit_i64<E>(self, seed: i64) -> Result<Seed, E> {
                Ok(Seed(seed))
            }

            fn visit_u64<E>(self, seed: u64) -> Result<Seed, E> {
                Ok(Seed(seed as i64))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// The stream after `torch.manual_seed(seed)`.
///
/// # Errors
/// `ArgumentError` for what is no seed.
pub(crate) fn seeded(value: &JsValue) -> Result<TorchGenerator, Thrown> {
    let Seed(seed) = from_js("seed", value)?;
    Ok(TorchGenerator::new(seed as u64))
}
