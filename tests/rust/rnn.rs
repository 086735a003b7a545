//! `nn.RNN`, `nn.LSTM` and the single cells beyond their numbers, which `goldens.rs` holds to `PyTorch`.

use gru_playground::gru::{CallOptions, Gru, GruConfig, Keep, Options, RecurrentError};
use gru_playground::rng::TorchGenerator;
use gru_playground::rnn::{
    CellConfig, CellError, CellKind, Mode, RecurrentCell, Rnn, RnnConfig, RnnQuantity, RnnRun,
};
use ndarray::{ArrayD, ArrayViewD, Axis, Ix3};

const MODES: [Mode; 3] = [Mode::Tanh, Mode::Relu, Mode::Lstm];

fn deep(mode: Mode) -> RnnConfig {
    let base = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 4) };
    RnnConfig { mode, base, proj_size: if mode == Mode::Lstm { 2 } else { 0 } }
}

fn module(config: RnnConfig) -> Rnn<f64> {
    Rnn::new(config, &mut TorchGenerator::new(7)).expect("it fits")
}

/// Numbers without a pattern in [-1, 1].
fn numbers(shape: &[usize]) -> ArrayD<f64> {
    let mut i = 0.0_f64;
    ArrayD::from_shape_simple_fn(shape, || {
        i += 1.0;
        (i * i * 0.37).sin()
    })
}

fn zeros(shape: &[usize]) -> ArrayD<f64> {
    ArrayD::zeros(shape)
}

#[test]
fn a_run_in_pieces_is_the_run_at_once() {
    for mode in MODES {
        let rnn = module(deep(mode));
        let input = numbers(&[5, 2, 3]);
        let state = rnn.config().state_size() as usize;
        let h_0 = numbers(&[4, 2, state]);
        let c_0 = (mode == Mode::Lstm).then(|| numbers(&[4, 2, 4]));
        let c_0 = c_0.as_ref().map(|state| state.view());
        let whole = rnn.forward_traced(input.view(), Some(h_0.view()), c_0.clone()).expect("it fits");
        let mut run = RnnRun::new(
            &rnn,
            input.view(),
            CallOptions { h_0: Some(h_0.view()), c_0, keep: Keep::Every, ..CallOptions::default() },
        )
        .expect("it fits");
        let total = run.progress().total;
        assert_eq!(total, rnn.config().cost(5, 2, 8).multiply_adds.total().to_u64().expect("small"));
        let mut done = 0;
        while !run.progress().is_complete() {
            let progress = run.advance(1);
            assert!(progress.done > done && progress.done <= total);
            done = progress.done;
        }
        assert_eq!(run.finish(), whole);
    }
}

#[test]
fn a_trace_has_the_states_that_the_output_has() {
    for mode in MODES {
        let rnn = module(deep(mode));
        let input = numbers(&[5, 2, 3]);
        let result = rnn.forward_traced(input.view(), None, None).expect("it fits");
        let trace = result.trace.expect("it was asked for");
        let states = |layer, reverse| match mode {
            Mode::Lstm => trace.projected(layer, reverse),
            _ => trace.get(layer, reverse, RnnQuantity::H),
        };
        let output = result.output.into_dimensionality::<Ix3>().expect("three axes");
        let features = rnn.config().state_size() as usize;
        for (side, reverse) in [(0, false), (1, true)] {
            let kept = states(1, reverse).expect("it is kept");
            let side = output.slice(ndarray::s![.., .., side * features..(side + 1) * features]);
            assert_eq!(kept, side);
        }
        // h_n is of the step that each direction read last.
        let last = states(0, true).expect("it is kept");
        assert_eq!(result.h_n.index_axis(Axis(0), 1), last.index_axis(Axis(0), 0).into_dyn());
        if let Some(c_n) = &result.c_n {
            let c = trace.get(1, false, RnnQuantity::C).expect("an LSTM keeps it");
            assert_eq!(c_n.index_axis(Axis(0), 2), c.index_axis(Axis(0), 4).into_dyn());
        }
        assert!(trace.get(2, false, RnnQuantity::H).is_none());
        assert_eq!(trace.get(0, false, RnnQuantity::F).is_some(), mode == Mode::Lstm);
        assert_eq!(trace.values().shape()[2], trace.quantities().len());
    }
}

#[test]
fn a_projection_says_what_it_needs() {
    let projecting = |mode, proj_size| RnnConfig { proj_size, ..RnnConfig::new(mode, 3, 4) };
    let error = |config: RnnConfig| config.validate().expect_err("no such module").to_string();
    // Printed by torch 2.15.
    assert_eq!(error(projecting(Mode::Lstm, 4)), "proj_size has to be smaller than hidden_size");
    assert_eq!(
        error(projecting(Mode::Tanh, 1)),
        "proj_size argument is only supported for LSTM, not RNN or GRU"
    );
    let names: Vec<String> = module(projecting(Mode::Lstm, 2)).state_dict().map(|(name, _)| name).collect();
    assert_eq!(names, ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_hr_l0"]);
}

#[test]
fn a_call_is_refused_in_pytorch_s_words_and_order() {
    let words = |mode, input: &[usize], h_0: Option<&[usize]>, c_0: Option<&[usize]>| {
        let states = [h_0, c_0].map(|state| state.map(zeros));
        let [h_0, c_0] = states.each_ref().map(|state| state.as_ref().map(|state| state.view()));
        module(RnnConfig::new(mode, 3, 4))
            .forward(zeros(input).view(), h_0, c_0)
            .expect_err("it does not fit")
            .to_string()
    };
    let lstm = |input: &[usize], h_0: &[usize], c_0: &[usize]| words(Mode::Lstm, input, Some(h_0), Some(c_0));
    let rnn = |input: &[usize], h_0: &[usize]| words(Mode::Tanh, input, Some(h_0), None);
    // Raised by torch 2.15 for nn.LSTM(10, 20, 2), nn.LSTM(10, 20) and nn.LSTM(8, 16, proj_size=4).
    let large = |config: RnnConfig, features: usize, h_0: &[usize], c_0: &[usize]| {
        let states = [h_0, c_0].map(zeros);
        let [h_0, c_0] = states.each_ref().map(|state| Some(state.view()));
        module(config)
            .forward(zeros(&[5, 3, features]).view(), h_0, c_0)
            .expect_err("it does not fit")
            .to_string()
    };
    let config = RnnConfig::new(Mode::Lstm, 10, 20);
    let deep = RnnConfig { base: GruConfig { num_layers: 2, ..config.base.clone() }, ..config.clone() };
    assert_eq!(
        large(deep, 10, &[1, 3, 20], &[1, 3, 20]),
        "Expected hidden[0] size (2, 3, 20), got [1, 3, 20]"
    );
    assert_eq!(
        large(config, 10, &[3, 20], &[3, 20]),
        "For batched 3-D input, hx and cx should also be 3-D but got (2-D, 2-D) tensors"
    );
    let projecting = RnnConfig { proj_size: 4, ..RnnConfig::new(Mode::Lstm, 8, 16) };
    assert_eq!(
        large(projecting, 8, &[1, 3, 16], &[1, 3, 16]),
        "Expected hidden[0] size (1, 3, 4), got [1, 3, 16]"
    );
    // The others as its nn/modules/rnn.py has them.
    assert_eq!(rnn(&[3], &[1, 4]), "RNN: Expected input to be 2D or 3D, got 1D instead");
    assert_eq!(lstm(&[1; 4], &[1, 4], &[1, 4]), "LSTM: Expected input to be 2D or 3D, got 4D instead");
    assert_eq!(rnn(&[5, 2, 8], &[1, 4]), "For batched 3-D input, hx should also be 3-D but got 2-D tensor");
    assert_eq!(
        lstm(&[5, 2, 3], &[2, 2, 4], &[1, 4]),
        "For batched 3-D input, hx and cx should also be 3-D but got (3-D, 2-D) tensors"
    );
    assert_eq!(
        lstm(&[5, 3], &[1, 1, 4], &[1, 4]),
        "For unbatched 2-D input, hx and cx should also be 2-D but got (3-D, 2-D) tensors"
    );
    let features = "input.size(-1) must be equal to input_size. Expected 3, got 8";
    assert_eq!(lstm(&[5, 2, 8], &[2, 2, 4], &[1, 2, 4]), features);
    assert_eq!(rnn(&[5, 2, 3], &[1, 3, 4]), "Expected hidden size (1, 2, 4), got [1, 3, 4]");
    assert_eq!(lstm(&[5, 2, 3], &[2, 2, 4], &[2, 2, 4]), "Expected hidden[0] size (1, 2, 4), got [2, 2, 4]");
    assert_eq!(lstm(&[5, 3], &[1, 4], &[1, 5]), "Expected hidden[1] size (1, 1, 4), got [1, 1, 5]");
    let empty = "Expected sequence length to be larger than 0 in RNN";
    assert_eq!(lstm(&[0, 2, 3], &[1, 2, 4], &[1, 2, 4]), empty);
}

#[test]
fn states_of_other_shapes_are_refused() {
    let lstm = module(deep(Mode::Lstm));
    let input = zeros(&[5, 2, 3]);
    let call = |h_0: &[usize], c_0: &[usize]| {
        lstm.forward(input.view(), Some(zeros(h_0).view()), Some(zeros(c_0).view()))
            .expect_err("it does not fit")
    };
    let shape = |state, expected: [usize; 3], got: [usize; 3]| RecurrentError::StateShape {
        state,
        expected: expected.to_vec(),
        got: got.to_vec(),
    };
    assert_eq!(call(&[4, 2, 4], &[4, 2, 4]), shape("hidden[0]", [4, 2, 2], [4, 2, 4]));
    assert_eq!(call(&[4, 2, 2], &[4, 2, 2]), shape("hidden[1]", [4, 2, 4], [4, 2, 2]));
    let rnn = module(RnnConfig::new(Mode::Relu, 3, 4));
    let c_0 = zeros(&[1, 2, 4]);
    assert_eq!(rnn.forward(input.view(), None, Some(c_0.view())), Err(RecurrentError::NoCellState));
    assert_eq!(rnn.forward(zeros(&[0, 2, 3]).view(), None, None), Err(RecurrentError::EmptySequence));
    let empty = lstm.forward(zeros(&[5, 0, 3]).view(), None, None).expect("an empty batch is legal");
    assert_eq!((empty.output.shape(), empty.h_n.shape()), ([5, 0, 4].as_slice(), [4, 0, 2].as_slice()));
}

#[test]
fn what_would_not_fit_is_refused_before_it_is_made() {
    let huge = RnnConfig::new(Mode::Lstm, u64::MAX, u64::MAX);
    let refused = Rnn::<f32>::new(huge, &mut TorchGenerator::new(0));
    assert!(matches!(refused, Err(RecurrentError::TooLarge(_))));
    let cell = CellConfig { kind: CellKind::Gru, input_size: 1 << 40, hidden_size: 1 << 40, bias: true };
    let refused = RecurrentCell::<f32>::new(cell, &mut TorchGenerator::new(0));
    assert!(matches!(refused, Err(CellError::Module(RecurrentError::TooLarge(_)))));
}

fn cell(kind: CellKind) -> RecurrentCell<f64> {
    let config = CellConfig { kind, input_size: 4, hidden_size: 5, bias: true };
    RecurrentCell::new(config, &mut TorchGenerator::new(3)).expect("it fits")
}

type Shape = &'static [usize];
/// The cell, the shapes of input, hidden state and cell state, and the message.
type Case = (CellKind, Shape, Option<Shape>, Option<Shape>, &'static str);

#[test]
fn cells_say_what_pytorch_says() {
    // Printed by torch 2.15 for nn.GRUCell(4, 5), nn.RNNCell(4, 5) and nn.LSTMCell(4, 5).
    let none = None;
    let cases: [Case; 15] = [
        (CellKind::Gru, &[1, 2, 4], none, none, "GRUCell: Expected input to be 1D or 2D, got 3D instead"),
        (CellKind::Gru, &[], none, none, "GRUCell: Expected input to be 1D or 2D, got 0D instead"),
        (
            CellKind::RnnTanh,
            &[2, 4],
            Some(&[1, 2, 5]),
            none,
            "RNNCell: Expected hidden to be 1D or 2D, got 3D instead",
        ),
        (CellKind::Gru, &[6], none, none, "input has inconsistent input_size: got 6 expected 4"),
        (CellKind::Gru, &[2, 6], Some(&[3, 6]), none, "input has inconsistent input_size: got 6 expected 4"),
        (
            CellKind::Gru,
            &[2, 4],
            Some(&[5]),
            none,
            "Expected 2D hidden0 (batch x hidden_size), but got 1D tensor",
        ),
        (
            CellKind::Gru,
            &[4],
            Some(&[1, 5]),
            none,
            "Expected 2D hidden0 (batch x hidden_size), but got 3D tensor",
        ),
        (
            CellKind::RnnRelu,
            &[2, 4],
            Some(&[3, 5]),
            none,
            "Input batch size 2 doesn't match hidden0 batch size 3",
        ),
        (
            CellKind::Gru,
            &[2, 4],
            Some(&[2, 6]),
            none,
            "hidden0 has inconsistent hidden_size: got 6, expected 5",
        ),
        (CellKind::Gru, &[4], Some(&[6]), none, "hidden0 has inconsistent hidden_size: got 6, expected 5"),
        (
            CellKind::Lstm,
            &[2, 4],
            Some(&[2, 5]),
            Some(&[1, 2, 5]),
            "LSTMCell: Expected hx[1] to be 1D or 2D, got 3D instead",
        ),
        (
            CellKind::Lstm,
            &[2, 4],
            Some(&[2, 5]),
            Some(&[3, 5]),
            "Input batch size 2 doesn't match hidden1 batch size 3",
        ),
        (
            CellKind::Lstm,
            &[2, 4],
            Some(&[2, 5]),
            Some(&[2, 6]),
            "hidden1 has inconsistent hidden_size: got 6, expected 5",
        ),
        (
            CellKind::Lstm,
            &[4],
            Some(&[5]),
            Some(&[1, 5]),
            "Expected 2D hidden1 (batch x hidden_size), but got 3D tensor",
        ),
        (
            CellKind::Lstm,
            &[2, 4],
            Some(&[2, 5]),
            Some(&[5]),
            "Expected 2D hidden1 (batch x hidden_size), but got 1D tensor",
        ),
    ];
    for (kind, input, hx, cx, message) in cases {
        let [hx, cx] = [hx, cx].map(|shape| shape.map(zeros));
        let states = (hx.as_ref().map(|state| state.view()), cx.as_ref().map(|state| state.view()));
        let error = cell(kind).forward(zeros(input).view(), states.0, states.1).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
    let fits =
        cell(CellKind::Gru).forward(zeros(&[0, 4]).view(), None, None).expect("an empty batch is legal");
    assert_eq!(fits.h.shape(), [0, 5]);
}

/// One step of a sequence.
fn step(array: &ArrayD<f64>) -> ArrayViewD<'_, f64> {
    array.view().insert_axis(Axis(0))
}

#[test]
fn a_cell_is_one_step_of_its_module_and_names_its_parameters_plainly() {
    let cell = cell(CellKind::Gru);
    let names: Vec<String> = cell.state_dict().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]);
    let gru = Gru::<f64>::new(GruConfig::new(4, 5), &mut TorchGenerator::new(3)).expect("it fits");
    let (input, hx) = (numbers(&[3, 4]), numbers(&[3, 5]));
    let module = gru.forward(step(&input), Some(step(&hx))).expect("it fits");
    let h = cell.forward(input.view(), Some(hx.view()), None).expect("it fits").h;
    assert_eq!(module.h_n.index_axis(Axis(0), 0), h);

    let config = cell.config().clone();
    let layered = gru.state_dict();
    let Err(CellError::Module(RecurrentError::StateDict(error))) =
        RecurrentCell::from_state_dict(config, layered)
    else {
        panic!("names of layers were taken");
    };
    assert_eq!(error.unexpected.len(), 4);
    assert!(error.to_string().starts_with("Error(s) in loading state_dict for GRUCell:"));
    let cx = zeros(&[3, 5]);
    let refused = cell.forward(input.view(), None, Some(cx.view()));
    assert_eq!(refused, Err(CellError::Module(RecurrentError::NoCellState)));
}
