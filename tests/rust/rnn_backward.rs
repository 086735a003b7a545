//! The backward passes of `nn.RNN` and `nn.LSTM` against finite differences.

use gru_playground::gru::{CallOptions, DropoutMask, GruConfig, RecurrentError};
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::rnn::{
    Mode, Rnn, RnnBackwardRun, RnnConfig, RnnGradients, RnnRun, RnnTrace, RnnUpstream,
};
use ndarray::{ArrayD, ArrayViewD};

/// A call, and a loss of it: the sum of `output`, `h_n` and `c_n`, each element weighed.
struct Loss {
    config: RnnConfig,
    parameters: Vec<(String, ArrayD<f64>)>,
    input: ArrayD<f64>,
    /// `h_0`, and an LSTM's `c_0`.
    states: Vec<Option<ArrayD<f64>>>,
    /// The weights of `output`, `h_n` and an LSTM's `c_n`.
    weights: Vec<ArrayD<f64>>,
}

fn view(tensor: Option<&ArrayD<f64>>) -> Option<ArrayViewD<'_, f64>> {
    tensor.map(|tensor| tensor.view())
}

impl Loss {
    fn draw(config: &RnnConfig, shape: &[usize], give_states: bool) -> Loss {
        let mut generator = TorchGenerator::new(7);
        let rnn: Rnn<f64> = Rnn::new(config.clone(), &mut generator).expect("a small module");
        let mut normal = |shape: &[usize]| {
            let mut elements = vec![0.0; shape.iter().product()];
            generator.fill_normal(&mut elements);
            ArrayD::from_shape_vec(shape, elements).expect("as many elements as the shape has")
        };
        let input = normal(shape);
        let given = rnn.forward(input.view(), None, None).expect("a legal call");
        let last: Vec<&ArrayD<f64>> = [&given.h_n].into_iter().chain(&given.c_n).collect();
        Loss {
            config: config.clone(),
            parameters: rnn.state_dict().map(|(name, tensor)| (name, tensor.to_owned())).collect(),
            states: last.iter().map(|state| give_states.then(|| normal(state.shape()))).collect(),
            weights: [&given.output].into_iter().chain(last).map(|output| normal(output.shape())).collect(),
            input,
        }
    }

    fn rnn(&self) -> Rnn<f64> {
        let tensors = self.parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        Rnn::from_state_dict(self.config.clone(), tensors).expect("its own parameters")
    }

    fn state(&self, place: usize) -> Option<ArrayViewD<'_, f64>> {
        self.states.get(place).and_then(|state| view(state.as_ref()))
    }

    fn value(&self) -> f64 {
        let given =
            self.rnn().forward(self.input.view(), self.state(0), self.state(1)).expect("a legal call");
        let outputs = [given.output, given.h_n].into_iter().chain(given.c_n);
        outputs.zip(&self.weights).map(|(output, weights)| (output * weights).sum()).sum()
    }

    fn options(&self) -> CallOptions<'_, f64> {
        CallOptions { c_0: self.state(1), ..CallOptions::of(self.state(0)) }
    }

    fn trace(&self) -> RnnTrace<f64> {
        let given = self.rnn().forward_traced(self.input.view(), self.state(0), self.state(1));
        given.expect("a legal call").trace.expect("a trace was asked for")
    }

    fn upstream(&self) -> RnnUpstream<'_, f64> {
        let [output, h_n, c_n] = [0, 1, 2].map(|place| view(self.weights.get(place)));
        RnnUpstream { output, h_n, c_n }
    }

    fn gradients(&self) -> RnnGradients<f64> {
        let input = self.input.view();
        self.rnn().backward_call(input, self.options(), self.trace(), self.upstream()).expect("its trace")
    }

    /// Compares every element of a gradient with the slope of the loss along it.
    fn check(&mut self, name: &str, gradient: &ArrayD<f64>, of: impl Fn(&mut Loss) -> &mut ArrayD<f64>) {
        const STEP: f64 = 1e-5;
        assert_eq!(gradient.shape(), of(self).shape(), "{name}");
        for (i, &got) in gradient.iter().enumerate() {
            let before = of(self).as_slice().expect("standard layout")[i];
            let mut at = |element: f64| {
                of(self).as_slice_mut().expect("standard layout")[i] = element;
                self.value()
            };
            let slope = (at(before + STEP) - at(before - STEP)) / (2.0 * STEP);
            at(before);
            let config = &self.config;
            assert!(
                (slope - got).abs() < 1e-8 * slope.abs().max(1.0),
                "{name}[{i}] of {config:?}: {got}, slope {slope}"
            );
        }
    }

    fn check_all(&mut self) {
        let RnnGradients { parameters, input, h_0, c_0 } = self.gradients();
        assert_eq!(parameters.len(), self.parameters.len());
        for (i, (name, gradient)) in parameters.iter().enumerate() {
            assert_eq!(*name, self.parameters[i].0);
            self.check(name, gradient, |loss| &mut loss.parameters[i].1);
        }
        self.check("input", &input, |loss| &mut loss.input);
        let states: Vec<ArrayD<f64>> = [h_0].into_iter().chain(c_0).collect();
        assert_eq!(states.len(), self.states.len());
        // The gradient by a state that was not given is that by zero.
        for (state, gradient) in self.states.iter_mut().zip(&states) {
            state.get_or_insert_with(|| ArrayD::zeros(gradient.shape()));
        }
        for (i, gradient) in states.iter().enumerate() {
            self.check("a state", gradient, |loss| loss.states[i].as_mut().expect("one is there now"));
        }
    }
}

#[test]
fn every_gradient_is_the_slope_of_the_loss_for_every_option() {
    let flags = |bits: u32| [0, 1, 2, 3, 4].map(|bit| bits >> bit & 1 == 1);
    for (mode, proj_size) in Mode::ALL.map(|mode| (mode, 0)).into_iter().chain([(Mode::Lstm, 2)]) {
        for num_layers in [1, 2] {
            for [bias, batch_first, bidirectional, unbatched, give_states] in (0..32).map(flags) {
                // With neither, a sum of zeros stands where relu has no slope.
                if mode == Mode::Relu && !bias && !give_states {
                    continue;
                }
                let base = GruConfig { num_layers, bias, batch_first, bidirectional, ..GruConfig::new(2, 3) };
                let shape = match (unbatched, batch_first) {
                    (true, _) => vec![3, 2],
                    (false, false) => vec![3, 2, 2],
                    (false, true) => vec![2, 3, 2],
                };
                Loss::draw(&RnnConfig { mode, base, proj_size }, &shape, give_states).check_all();
            }
        }
    }
}

#[test]
fn three_layers_hand_their_gradients_down() {
    for (mode, proj_size) in Mode::ALL.map(|mode| (mode, 0)).into_iter().chain([(Mode::Lstm, 3)]) {
        let base = GruConfig { num_layers: 3, bidirectional: true, ..GruConfig::new(3, 4) };
        Loss::draw(&RnnConfig { mode, base, proj_size }, &[4, 2, 3], true).check_all();
    }
}

#[test]
fn a_run_in_pieces_gives_what_a_run_at_once_gives() {
    for (mode, proj_size) in [(Mode::Relu, 0), (Mode::Lstm, 0), (Mode::Lstm, 3)] {
        let base = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 5) };
        let config = RnnConfig { mode, base, proj_size };
        let loss = Loss::draw(&config, &[4, 2, 3], true);
        for piece in [1, 100, 777, u64::MAX] {
            let run = RnnBackwardRun::new(
                &loss.rnn(),
                loss.input.view(),
                CallOptions { c_0: loss.state(1), ..CallOptions::of(loss.state(0)) },
                loss.trace(),
                loss.upstream(),
            );
            let mut run = run.expect("its trace");
            let total = config.cost(4, 2, 8).multiply_adds.total().to_u64().map(|total| 2 * total);
            assert_eq!(Some(run.progress().total), total);
            while !run.progress().is_complete() {
                let before = run.progress();
                let after = run.advance(piece);
                assert!(after.done > before.done && after.done <= after.total);
            }
            assert_eq!(run.finish(), loss.gradients());
        }
    }
}

#[test]
fn an_empty_batch_gives_gradients_of_zero() {
    let base = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 4) };
    let loss = Loss::draw(&RnnConfig { mode: Mode::Lstm, base, proj_size: 2 }, &[5, 0, 3], true);
    let RnnGradients { parameters, input, h_0, c_0 } = loss.gradients();
    assert_eq!(input.shape(), [5, 0, 3]);
    assert_eq!(h_0.shape(), [4, 0, 2]);
    assert_eq!(c_0.expect("an LSTM").shape(), [4, 0, 4]);
    assert!(parameters.iter().all(|(_, gradient)| gradient.iter().all(|&element| element == 0.0)));
}

#[test]
fn what_does_not_belong_to_the_call_is_refused() {
    let draw = |mode, proj_size, steps| {
        let config = RnnConfig { proj_size, ..RnnConfig::new(mode, 3, 4) };
        Loss::draw(&config, &[steps, 2, 3], true)
    };
    let lstm = draw(Mode::Lstm, 0, 5);
    for other in [draw(Mode::Lstm, 0, 6), draw(Mode::Lstm, 2, 5), draw(Mode::Tanh, 0, 5)] {
        let result =
            lstm.rnn().backward_call(lstm.input.view(), lstm.options(), other.trace(), lstm.upstream());
        assert!(matches!(result, Err(RecurrentError::TraceShape { .. })), "{result:?}");
    }
    let wrong = ArrayD::zeros(vec![1, 2, 3]);
    for of in ["output", "h_n", "c_n"] {
        let given = |name| (of == name).then(|| wrong.view());
        let upstream = RnnUpstream { output: given("output"), h_n: given("h_n"), c_n: given("c_n") };
        let result = lstm.rnn().backward_call(lstm.input.view(), lstm.options(), lstm.trace(), upstream);
        let error = result.expect_err("not 4 features");
        assert!(matches!(error, RecurrentError::GradientShape { of: named, .. } if named == of), "{error}");
    }
    let backward = |h_0: Option<&ArrayD<f64>>, c_0: Option<&ArrayD<f64>>| {
        let states = (view(h_0), view(c_0));
        let result = lstm.rnn().backward(lstm.input.view(), states, lstm.trace(), lstm.upstream());
        result.expect_err("not 4 features")
    };
    assert!(matches!(backward(Some(&wrong), None), RecurrentError::StateShape { state: "hidden[0]", .. }));
    assert!(matches!(backward(None, Some(&wrong)), RecurrentError::StateShape { state: "hidden[1]", .. }));

    let rnn = draw(Mode::Tanh, 0, 5);
    let upstream = RnnUpstream { c_n: Some(wrong.view()), ..rnn.upstream() };
    let result = rnn.rnn().backward_call(rnn.input.view(), rnn.options(), rnn.trace(), upstream);
    assert_eq!(result, Err(RecurrentError::NoCellState));
}

#[test]
fn all_that_is_dropped_leaves_the_layers_below_without_gradients() {
    for (mode, proj_size) in [(Mode::Tanh, 0), (Mode::Relu, 0), (Mode::Lstm, 0), (Mode::Lstm, 3)] {
        let base = GruConfig { num_layers: 3, bidirectional: true, dropout: 1.0, ..GruConfig::new(3, 4) };
        let loss = Loss::draw(&RnnConfig { mode, base, proj_size }, &[4, 2, 3], true);
        let draw = |shape| DropoutMask::draw(&loss.config, shape, &mut TorchGenerator::new(1));
        let (mask, rnn) = (draw(&[4, 2, 3]).expect("a small mask"), loss.rnn());
        let run = RnnRun::new(&rnn, loss.input.view(), loss.options().traced().training(&mask));
        let trace = run.expect("its mask").finish().trace.expect("a trace was asked for");
        let gradients = rnn.backward_call(
            loss.input.view(),
            loss.options().training(&mask),
            trace,
            RnnUpstream { h_n: None, c_n: None, ..loss.upstream() },
        );
        let RnnGradients { parameters, input, .. } = gradients.expect("its trace and mask");
        assert!(input.iter().all(|&element| element == 0.0));
        for (name, gradient) in parameters {
            // The last layer still learns from its own states and biases, but reads zeros alone.
            let none = !name.contains("_l2") || name.starts_with("weight_ih");
            assert_eq!(gradient.iter().all(|&element| element == 0.0), none, "{name}");
        }

        let other = draw(&[5, 2, 3]).expect("a small mask");
        let result = rnn.call(loss.input.view(), CallOptions::default().training(&other));
        assert!(matches!(result, Err(RecurrentError::MaskShape { .. })), "{result:?}");
    }
}
