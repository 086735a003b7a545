//! `PyTorch`'s other recurrent modules, `nn.RNN` and `nn.LSTM`, and the three single cells.
//!
//! Letters as in [`crate::gru`], whose walk through layers, directions and steps, sequences and parameters they
//! share; the equations are their own. Besides:
//!
//! | letter | size |
//! |---|---|
//! | G | gates: 1 in an RNN, 4 in an LSTM, packed i, f, g, o |
//! | R | features of the state that is handed on: `proj_size` of an LSTM that projects, else H |

mod backward;
mod cell;
mod config;
mod forward;
mod model;
mod single;
mod trace;

pub use backward::{RnnArguments, RnnBackwardRun, RnnGradients, RnnUpstream};
pub use config::{Mode, RnnConfig};
pub use forward::{RnnOutput, RnnRun};
pub use model::Rnn;
pub use single::{CellConfig, CellError, CellKind, CellOutput, RecurrentCell};
pub use trace::{RnnQuantity, RnnTrace};
