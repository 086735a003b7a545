//! A stream of random numbers that handles share, and where a module's weights are drawn from.

use std::cell::{RefCell, RefMut};
use std::fmt;
use std::rc::Rc;

use serde::{Deserialize, Deserializer, de};

use gru_playground::rng::TorchGenerator;

/// A seed, in the numbers from -2^63 to 2^63 - 1: as in `PyTorch` any number of 64 bits, a negative one standing for its
/// two's complement.
pub struct Seed(pub i64);

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

impl Seed {
    /// The stream after `torch.manual_seed(seed)`.
    pub fn stream(self) -> TorchGenerator {
        TorchGenerator::new(self.0 as u64)
    }
}

/// `torch.manual_seed`'s stream of random numbers on a CPU, bit for bit; a clone is another handle on the same stream.
#[derive(Clone)]
pub struct SharedStream(Rc<RefCell<TorchGenerator>>);

impl SharedStream {
    /// The stream after `torch.manual_seed(seed)`.
    pub fn new(seed: Seed) -> Self {
        SharedStream(Rc::new(RefCell::new(seed.stream())))
    }

    /// The stream, to draw from.
    pub fn borrow(&self) -> RefMut<'_, TorchGenerator> {
        self.0.borrow_mut()
    }
}

/// Where random numbers come from: `torch.manual_seed(seed)`, by default 0, or a stream that goes on afterwards.
#[derive(Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, concrete(G = crate::tests::Generator)))]
pub struct Init<G> {
    /// The seed of a new stream.
    pub seed: Option<Seed>,
    /// A stream that is there.
    pub generator: Option<G>,
}

impl<G> Default for Init<G> {
    fn default() -> Self {
        Init { seed: None, generator: None }
    }
}

impl<G: Into<SharedStream>> Init<G> {
    /// The stream.
    pub fn stream(self) -> SharedStream {
        match self.generator {
            Some(generator) => generator.into(),
            None => SharedStream::new(self.seed.unwrap_or(Seed(0))),
        }
    }
}
