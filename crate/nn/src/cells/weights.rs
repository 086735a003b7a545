use num::{Real, dot, dot_backward};

/// Which of the tensors of one layer and direction; the rows of each are a module's gates in their order: r,
/// z, n in a GRU; i, f, g, o in an LSTM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// (`W_ir`, `W_iz`, `W_in`), shape (3H, I).
    WeightIh,
    /// (`W_hr`, `W_hz`, `W_hn`), shape (3H, H).
    WeightHh,
    /// (`b_ir`, `b_iz`, `b_in`), shape (3H).
    BiasIh,
    /// (`b_hr`, `b_hz`, `b_hn`), shape (3H).
    BiasHh,
    /// `W_hr` of an LSTM with projections, shape (`proj_size`, H).
    WeightHr,
}

impl ParameterKind {
    /// Those of a GRU, in the order of `PyTorch`'s state dict.
    pub const ALL: [ParameterKind; 4] =
        [ParameterKind::WeightIh, ParameterKind::WeightHh, ParameterKind::BiasIh, ParameterKind::BiasHh];

    /// The name without layer and direction: `weight_ih`.
    pub fn name(self) -> &'static str {
        match self {
            ParameterKind::WeightIh => "weight_ih",
            ParameterKind::WeightHh => "weight_hh",
            ParameterKind::BiasIh => "bias_ih",
            ParameterKind::BiasHh => "bias_hh",
            ParameterKind::WeightHr => "weight_hr",
        }
    }
}

/// The parameters of one layer and direction, G gates of H rows packed in their order; a weight that the module has not is
/// empty.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'a, T> {
    pub hidden_size: usize,
    /// `W_i`, shape (G*H, I).
    pub weight_ih: &'a [T],
    /// `W_h`, shape (G*H, R).
    pub weight_hh: &'a [T],
    /// `b_i`, shape (G*H); none is zero.
    pub bias_ih: Option<&'a [T]>,
    /// `b_h`, shape (G*H); none is zero.
    pub bias_hh: Option<&'a [T]>,
    /// `W_hr`, shape (R, H), where the hidden state is projected.
    pub weight_hr: &'a [T],
}

/// Where a backward pass adds up what [`Weights`] get.
#[derive(Debug)]
pub struct WeightGradients<'a, T> {
    pub weight_ih: &'a mut [T],
    pub weight_hh: &'a mut [T],
    pub bias_ih: Option<&'a mut [T]>,
    pub bias_hh: Option<&'a mut [T]>,
    pub weight_hr: &'a mut [T],
}

/// What the units of one step of one sample read.
pub struct Read<'a, T> {
    pub weights: Weights<'a, T>,
    /// I features.
    pub x: &'a [T],
    /// R features.
    pub h_prev: &'a [T],
    /// H numbers that a stage before has made, where there is one: `r * h` of a variant, the state to be projected.
    pub made: &'a [T],
}

impl<T: Real> Read<'_, T> {
    /// Unit `j`'s row of each of so many gates.
    pub fn rows<const G: usize>(&self, j: usize) -> [usize; G] {
        std::array::from_fn(|gate| gate * self.weights.hidden_size + j)
    }

    /// A row of `W_i x + b_i`.
    pub fn ih(&self, row: usize) -> T {
        product(self.weights.weight_ih, row, self.x) + at(self.weights.bias_ih, row)
    }

    /// A row of `W_h h + b_h`.
    pub fn hh(&self, row: usize) -> T {
        self.hh_of(row, self.h_prev)
    }

    /// The same of another vector in h's place.
    pub fn hh_of(&self, row: usize, h: &[T]) -> T {
        product(self.weights.weight_hh, row, h) + at(self.weights.bias_hh, row)
    }

    /// A row of `W_hr h`, h being what the units made.
    pub fn hr(&self, row: usize) -> T {
        product(self.weights.weight_hr, row, self.made)
    }
}

fn product<T: Real>(weights: &[T], row: usize, x: &[T]) -> T {
    dot(&weights[row * x.len()..][..x.len()], x)
}

fn at<T: Real>(bias: Option<&[T]>, row: usize) -> T {
    bias.map_or(T::zero(), |bias| bias[row])
}

/// Where the inverse of a step of one sample adds up gradients: by all that [`Read`] has.
pub struct Inverse<'a, 'b, T> {
    pub read: Read<'a, T>,
    pub grad_weights: &'a mut WeightGradients<'b, T>,
    pub grad_x: &'a mut [T],
    pub grad_h_prev: &'a mut [T],
    pub grad_made: &'a mut [T],
}

impl<T: Real> Inverse<'_, '_, T> {
    /// Inverts [`Read::ih`]: from the gradient of a row.
    pub fn ih(&mut self, row: usize, grad: T) {
        let Inverse { read, grad_weights, grad_x, .. } = self;
        dot_backward(grad, row, (read.weights.weight_ih, grad_weights.weight_ih), (read.x, grad_x));
        add(&mut grad_weights.bias_ih, row, grad);
    }

    /// Inverts [`Read::hh`].
    pub fn hh(&mut self, row: usize, grad: T) {
        let Inverse { read, grad_weights, grad_h_prev, .. } = self;
        let weights = (read.weights.weight_hh, &mut *grad_weights.weight_hh);
        dot_backward(grad, row, weights, (read.h_prev, grad_h_prev));
        add(&mut grad_weights.bias_hh, row, grad);
    }

    /// Inverts [`Read::hh_of`] what a stage before has made.
    pub fn hh_of_made(&mut self, row: usize, grad: T) {
        let Inverse { read, grad_weights, grad_made, .. } = self;
        let weights = (read.weights.weight_hh, &mut *grad_weights.weight_hh);
        dot_backward(grad, row, weights, (read.made, grad_made));
        add(&mut grad_weights.bias_hh, row, grad);
    }

    /// Inverts [`Read::hr`].
    pub fn hr(&mut self, row: usize, grad: T) {
        let Inverse { read, grad_weights, grad_made, .. } = self;
        let weights = (read.weights.weight_hr, &mut *grad_weights.weight_hr);
        dot_backward(grad, row, weights, (read.made, grad_made));
    }
}

fn add<T: Real>(bias: &mut Option<&mut [T]>, row: usize, grad: T) {
    if let Some(bias) = bias {
        bias[row] += grad;
    }
}
