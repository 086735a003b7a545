//! What a module and a call of it cost, from sizes alone: exact for any sizes, nothing allocated.
//!
//! Letters as in [`crate::gru`]; `B` is the bytes of one number.

pub use num::{Count, Refusal, in_words};

pub use crate::kernel_bytes::KernelBytes;
use crate::parameters::{Options, ParameterKind, Plan};

/// What one playground may hold at once: 512 MB (millions of bytes).
pub const LIMIT_BYTES: u64 = 512_000_000;

/// The cost of a module and of one forward pass of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Numbers in all parameters: the sum over layers and directions of `3H * (I + H)`, and `+ 6H` with biases.
    pub parameters: Count,
    /// Bytes of the parameters.
    pub parameter_bytes: Count,
    /// The matrix products of one pass.
    pub multiply_adds: MultiplyAdds,
    /// Sigmoids and tanhs of one pass: `3H` for each layer, direction, step and sample.
    pub gate_activations: Count,
    /// The most bytes that a pass holds at once beside the parameters: `h_0` (which becomes `h_n`), and what
    /// one layer reads and writes.
    pub activation_bytes: Count,
    /// Bytes of a trace: nine numbers for each unit of each layer, direction, step and sample.
    pub trace_bytes: Count,
    /// Those of one sample in one layer and direction.
    pub trace_at_bytes: Count,
    sizes: CostSizes,
}

/// What training follows from; counted when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CostSizes {
    plan: Plan,
    batch: Count,
    /// L*N.
    steps: Count,
    /// D*`num_layers`*N rows, as wide as hidden and cell state.
    state: Count,
    /// What the units of a step make for one another: in an LSTM, what is yet to be projected.
    made: Count,
    element_bytes: Count,
}

impl CostSizes {
    /// The features of a layer's output: D times the state's.
    fn output_size(&self) -> Count {
        Count::from(self.plan.directions) * Count::from(self.plan.state_size)
    }
}

/// Multiply-adds, one for each weight that meets a feature; biases and gates are not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MultiplyAdds {
    /// `W_i x`: `3H * I` for each layer, direction, step and sample.
    pub input_products: Count,
    /// `W_h h`: `3H * H` for each layer, direction, step and sample.
    pub hidden_products: Count,
}

impl MultiplyAdds {
    /// Both kinds: the sum over layers and directions of `L * N * 3H * (I + H)`.
    pub fn total(&self) -> Count {
        self.input_products + self.hidden_products
    }
}

impl Cost {
    /// The cost of a module and of one pass over `seq_len` steps of `batch` samples (1 if unbatched), in
    /// numbers of `element_bytes` bytes each.
    pub fn of(config: &impl Options, seq_len: u64, batch: u64, element_bytes: u64) -> Self {
        Cost::of_plan(&config.plan(), seq_len, batch, element_bytes)
    }

    /// The same from what the module follows from.
    pub(crate) fn of_plan(plan: &Plan, seq_len: u64, batch: u64, element_bytes: u64) -> Self {
        let count = |size: u64| Count::from(size);
        let (hidden, layers) = (count(plan.hidden_size), count(plan.num_layers));
        let (directions, state_size) = (count(plan.directions), count(plan.state_size));
        let (steps, bytes) = (count(seq_len) * count(batch), count(element_bytes));
        let cells = layers * directions;
        let has = |kind: ParameterKind| plan.kinds.contains(&kind);

        let input_columns = if plan.num_layers == 0 {
            Count::ZERO
        } else {
            count(plan.input_size) + count(plan.num_layers - 1) * directions * state_size
        };
        let rows = count(plan.gates) * hidden;
        let weights_ih = directions * rows * input_columns;
        let if_has = |kind, size: Count| if has(kind) { size } else { Count::ZERO };
        let weights_hh = if_has(ParameterKind::WeightHh, cells * rows * state_size);
        let projected = if_has(ParameterKind::WeightHr, state_size);
        let biases = [ParameterKind::BiasIh, ParameterKind::BiasHh].map(|kind| if_has(kind, cells * rows));
        let biases = biases[0] + biases[1];
        let weights_hr = cells * projected * hidden;
        let parameters = weights_ih + weights_hh + weights_hr + biases;

        let input = steps * count(plan.input_size);
        let output = steps * directions * state_size;
        let first_layer = input + output;
        let later_layers = if plan.num_layers > 1 { output + output } else { Count::ZERO };
        // An LSTM has a cell state beside its hidden state.
        let cell_state = count(plan.cell_state_size());
        let made = count(batch) * count(plan.made_size());
        let kept = plan.equations.quantities().len() as u64;
        let state = cells * count(batch) * (state_size + cell_state);

        let trace_at_bytes = count(seq_len) * (hidden * count(kept) + projected) * bytes;
        Cost {
            parameters,
            parameter_bytes: parameters * bytes,
            multiply_adds: MultiplyAdds {
                input_products: steps * weights_ih,
                hidden_products: steps * (weights_hh + weights_hr),
            },
            gate_activations: steps * cells * (rows + cell_state),
            activation_bytes: (state + made + first_layer.max(later_layers)) * bytes,
            trace_bytes: cells * count(batch) * trace_at_bytes,
            trace_at_bytes,
            sizes: CostSizes { plan: *plan, batch: count(batch), steps, state, made, element_bytes: bytes },
        }
    }

    /// Bytes of the dropout mask of a pass in training mode: D*H for each layer but the last, step and sample.
    pub fn dropout_bytes(&self) -> Count {
        let sizes = &self.sizes;
        let masked_layers = Count::from(sizes.plan.num_layers.saturating_sub(1));
        masked_layers * sizes.steps * sizes.output_size() * sizes.element_bytes
    }

    /// The most bytes that a backward pass holds at once beside the parameters and the trace: the gradients of
    /// parameters and states, copies of input and `h_0`, and the gradients of what one layer reads and writes.
    pub fn backward_bytes(&self) -> Count {
        let CostSizes { plan, batch, steps, state, made, element_bytes } = &self.sizes;
        let input_size = Count::from(plan.input_size);
        // The widest that a layer reads.
        let below = if plan.num_layers > 1 { self.sizes.output_size() } else { Count::ZERO };
        let reads = input_size.max(below);
        let states = Count::from(2_u64) * (*state + *made);
        let of_a_step = *batch * (Count::from(plan.state_size) + reads);
        let sequences = *steps * (input_size + self.sizes.output_size() + reads);
        (self.parameters + states + of_a_step + sequences) * *element_bytes
    }

    /// What a plain pass holds at once: parameters and activations.
    pub fn forward_bytes(&self) -> Count {
        self.parameter_bytes + self.activation_bytes
    }

    /// What a backward pass holds at once: parameters, trace and what it adds.
    pub fn trained_bytes(&self) -> Count {
        self.parameter_bytes + self.trace_bytes + self.backward_bytes()
    }

    /// What a traced pass holds at once: parameters, activations and trace.
    pub fn traced_bytes(&self) -> Count {
        self.forward_bytes() + self.trace_bytes
    }

    /// The same where one sample in one layer and direction is traced.
    pub fn traced_at_bytes(&self) -> Count {
        self.forward_bytes() + self.trace_at_bytes
    }
}
