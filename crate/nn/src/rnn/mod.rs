//! `PyTorch`'s other recurrent modules, `nn.RNN` and `nn.LSTM`, and the three single cells.
//!
//! Letters as in [`crate::gru`]. Besides:
//!
//! | letter | size |
//! |---|---|
//! | G | gates: 1 in an RNN, 4 in an LSTM, packed i, f, g, o |
//! | R | features of the state that is handed on: `proj_size` of an LSTM that projects, else H |

mod config;
mod model;
mod single;

pub use crate::cells::Mode;
pub use config::RnnConfig;
pub use model::Rnn;
pub use single::{CellConfig, CellError, CellKind, CellOutput, RecurrentCell};

pub use crate::gru::{
    BackwardRun as RnnBackwardRun, ForwardRun as RnnRun, Gradients as RnnGradients, Output as RnnOutput,
    Quantity as RnnQuantity, Trace as RnnTrace, Upstream as RnnUpstream,
};
