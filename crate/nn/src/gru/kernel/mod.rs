//! `nn.GRU` in float32 as fast as the machine allows: the same numbers as [`super::cell`] to within rounding.
//!
//! - [`panels`] packs the weights once, in the order in which they are read: four hidden units to a panel, with
//!   their three gates side by side.
//! - [`tile`] multiplies up to three rows by a panel, the sums in registers. All products are made of it.
//! - [`forward`] is the pass: the input's product for a block of steps at once, then step by step the hidden
//!   state's, and on the sums while they are still in registers the gates.
//! - [`backward`] is its inverse: the state's gradient step by step, those of the weights and of the input as
//!   products over a chunk of steps, all in [`gradients`].
//! - [`sweep`] is the order of both: layers, directions, blocks of samples; and how work is cut into pieces.
//! - [`activation`] is sigmoid and tanh; [`simd`] a vector of four numbers, and all that is unsafe.
//!
//! Nothing is allocated between a pass's beginning and its end. A pass that is over can be begun anew, and weights that
//! change are packed where the old ones were.
// A vector that crosses a call goes through memory; at opt-level "s" and below the compiler would let it.
#![allow(clippy::inline_always)]

mod activation;
mod backward;
mod bytes;
mod forward;
mod gradients;
mod panels;
mod sweep;
mod tile;

use std::sync::{Arc, Mutex, OnceLock};

pub(super) use backward::{BackwardCall, BackwardPass};
pub use bytes::KernelBytes;
pub(super) use forward::{Call, Pass};
use gradients::BackwardPanels;
use panels::Panels;

use super::Gru;

/// Whether they are compiled: the page's own module goes without, for what it loads first must be small.
pub(super) const COMPILED: bool = cfg!(feature = "kernels");

/// A module's panels, made when they are first needed; clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Packed {
    forward: Arc<Lazy<Panels>>,
    backward: Arc<Lazy<BackwardPanels>>,
}

impl Packed {
    /// Those of a forward pass.
    fn forward(&self, gru: &Gru<f32>) -> &Panels {
        self.forward.get(|panels| panels.pack(gru.parameters(), gru.config()))
    }

    /// Those of a backward pass.
    fn backward(&self, gru: &Gru<f32>) -> &BackwardPanels {
        self.backward.get(|panels| panels.pack(gru.parameters(), gru.config()))
    }

    /// Tells that the weights change; clones keep what they have.
    pub fn outdate(&mut self) {
        Lazy::outdate(&mut self.forward);
        Lazy::outdate(&mut self.backward);
    }
}

/// What is made when it is first needed, in the memory of what has become outdated.
#[derive(Debug, Default)]
struct Lazy<P> {
    made: OnceLock<P>,
    outdated: Mutex<Option<P>>,
}

impl<P: Default> Lazy<P> {
    fn get(&self, make: impl FnOnce(&mut P)) -> &P {
        self.made.get_or_init(|| {
            let outdated = self.outdated.lock().ok().and_then(|mut outdated| outdated.take());
            let mut made = outdated.unwrap_or_default();
            make(&mut made);
            made
        })
    }

    fn outdate(shared: &mut Arc<Self>) {
        let Some(lazy) = Arc::get_mut(shared) else {
            *shared = Arc::default();
            return;
        };
        if let Some(made) = lazy.made.take() {
            lazy.outdated = Mutex::new(Some(made));
        }
    }
}

impl PartialEq for Packed {
    /// Whether they are made tells nothing of a module.
    fn eq(&self, _: &Packed) -> bool {
        true
    }
}
