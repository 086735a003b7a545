//! `nn.GRU`, `nn.RNN`, `nn.LSTM` and the cells: calls of the core's modules, as one operation each.

use std::cell::RefCell;

use ndarray::{ArrayD, IxDyn};
use nn::gru::{CallOptions, DropoutMask, GruConfig, Keep, Options, Recurrent, Trace, Upstream};
use nn::rnn::{CellConfig, CellKind, Mode, RecurrentCell, RnnConfig};
use num::Real;
use rng::TorchGenerator;

use super::Context;
use super::dtype::ScalarType;
use super::tensor::TorchTensor;
use crate::eval::Vm;
use crate::value::{Halt, Object, R};

/// What a call is of, besides its tensors.
pub struct RecurrentCall {
    pub kind: String,
    pub layers: u64,
    pub bidirectional: bool,
    pub bias: bool,
    pub dropout: f64,
    pub projection: u64,
    pub lengths: Option<Vec<usize>>,
}

/// A type of elements that the core computes with.
trait Element: Real {
    fn array(x: &TorchTensor) -> ArrayD<Self>;
    fn tensor(cx: &Context, array: &ArrayD<Self>) -> R<TorchTensor>;
}

fn shaped<T>(shape: &[usize], data: Vec<T>) -> ArrayD<T> {
    ArrayD::from_shape_vec(IxDyn(shape), data).expect("a tensor's elements fit its shape")
}

impl Element for f32 {
    fn array(x: &TorchTensor) -> ArrayD<f32> {
        shaped(&x.shape(), x.f32s())
    }

    fn tensor(cx: &Context, array: &ArrayD<f32>) -> R<TorchTensor> {
        cx.of_f32(array.iter().copied().collect(), array.shape())
    }
}

impl Element for f64 {
    fn array(x: &TorchTensor) -> ArrayD<f64> {
        shaped(&x.shape(), x.floats())
    }

    fn tensor(cx: &Context, array: &ArrayD<f64>) -> R<TorchTensor> {
        cx.of_floats(array.iter().copied().collect(), array.shape(), ScalarType::F64)
    }
}

fn refused<T>(error: &impl std::fmt::Display) -> R<T> {
    Halt::refuse(format!("this call of a recurrent module ({error})"))
}

/// Runs a module over (L, N, I) with its states; gives the output, `h_n` and an LSTM's `c_n`.
pub fn run(
    cx: &Context,
    call: &RecurrentCall,
    input: &TorchTensor,
    states: &[TorchTensor],
    parameters: &[TorchTensor],
) -> R<Vec<TorchTensor>> {
    match input.dtype() {
        ScalarType::F32 => run_of::<f32>(cx, call, input, states, parameters),
        ScalarType::F64 => run_of::<f64>(cx, call, input, states, parameters),
        other => Halt::refuse(format!("recurrent modules of {}", other.name())),
    }
}

fn base(call: &RecurrentCall, input: u64, hidden: u64) -> GruConfig {
    GruConfig {
        num_layers: call.layers,
        bias: call.bias,
        bidirectional: call.bidirectional,
        dropout: call.dropout,
        ..GruConfig::new(input, hidden)
    }
}

fn run_of<T: Element>(
    cx: &Context,
    call: &RecurrentCall,
    input: &TorchTensor,
    states: &[TorchTensor],
    parameters: &[TorchTensor],
) -> R<Vec<TorchTensor>> {
    let (features, gates) = (parameters[0].shape()[1] as u64, parameters[0].shape()[0] as u64);
    match call.kind.as_str() {
        "GRU" => {
            let config = base(call, features, gates / 3);
            call_of::<T, _>(cx, call, &config, input, states, parameters)
        }
        kind => {
            let (mode, gates_each) = match kind {
                "LSTM" => (Mode::Lstm, 4),
                "RNN_RELU" => (Mode::Relu, 1),
                _ => (Mode::Tanh, 1),
            };
            let config = RnnConfig {
                mode,
                base: base(call, features, gates / gates_each),
                proj_size: call.projection,
            };
            call_of::<T, _>(cx, call, &config, input, states, parameters)
        }
    }
}

fn call_of<T: Element, C: Options + Clone + 'static>(
    cx: &Context,
    call: &RecurrentCall,
    config: &C,
    input: &TorchTensor,
    states: &[TorchTensor],
    parameters: &[TorchTensor],
) -> R<Vec<TorchTensor>> {
    let arrays: Vec<ArrayD<T>> = parameters.iter().map(T::array).collect();
    let names: Vec<String> = config.plan().parameters().map(|spec| spec.name()).collect();
    let module = Recurrent::from_state_dict(
        config.clone(),
        names.into_iter().zip(arrays.iter().map(|array| array.view())),
    );
    let module = match module {
        Ok(module) => module,
        Err(error) => return refused(&error),
    };
    let x = T::array(input);
    let held: Vec<ArrayD<T>> = states.iter().map(T::array).collect();
    let mask = if call.dropout > 0.0 && call.layers > 1 {
        let mut generator = cx.generator.borrow_mut();
        match DropoutMask::<T>::draw(config, x.shape(), &mut generator) {
            Ok(mask) => Some(mask),
            Err(error) => return refused(&error),
        }
    } else {
        None
    };
    let mut inputs: Vec<&TorchTensor> = vec![input];
    inputs.extend(states);
    inputs.extend(parameters);
    let keep = if cx.wants(&inputs) { Keep::Every } else { Keep::Nothing };
    let options = CallOptions {
        h_0: held.first().map(|array| array.view()),
        c_0: held.get(1).map(|array| array.view()),
        keep,
        mask: mask.as_ref(),
        lengths: call.lengths.clone(),
    };
    let output = match module.call(x.view(), options) {
        Ok(output) => output,
        Err(error) => return refused(&error),
    };
    let mut outs = vec![T::tensor(cx, &output.output)?, T::tensor(cx, &output.h_n)?];
    if let Some(c_n) = &output.c_n {
        outs.push(T::tensor(cx, c_n)?);
    }
    let mut saved = vec![input.clone()];
    saved.extend(states.iter().cloned());
    saved.extend(parameters.iter().cloned());
    let trace: RefCell<Option<Trace<T>>> = RefCell::new(output.trace);
    let lengths = call.lengths.clone();
    let count = states.len();
    cx.record_many("RecurrentBackward0", &outs, &inputs, saved, move |cx, saved, grads| {
        if cx.grad_enabled.get() {
            return Halt::refuse("a gradient of a gradient through a recurrent module (create_graph=True)");
        }
        let x = T::array(&saved[0]);
        let held: Vec<ArrayD<T>> = saved[1..=count].iter().map(T::array).collect();
        let options = CallOptions {
            h_0: held.first().map(|array| array.view()),
            c_0: held.get(1).map(|array| array.view()),
            keep: Keep::Nothing,
            mask: mask.as_ref(),
            lengths: lengths.clone(),
        };
        let Some(trace) = trace.borrow().clone() else { return Halt::refuse("this way back") };
        let arrays: Vec<Option<ArrayD<T>>> = grads.iter().map(|grad| grad.as_ref().map(T::array)).collect();
        let view = |i: usize| arrays.get(i).and_then(|array| array.as_ref().map(|array| array.view()));
        let upstream = Upstream { output: view(0), h_n: view(1), c_n: view(2) };
        let gradients = match module.backward_call(x.view(), options, trace, upstream) {
            Ok(gradients) => gradients,
            Err(error) => return refused(&error),
        };
        let mut all = vec![Some(T::tensor(cx, &gradients.input)?)];
        if count > 0 {
            all.push(Some(T::tensor(cx, &gradients.h_0)?));
        }
        if count > 1 {
            all.push(match &gradients.c_0 {
                Some(c_0) => Some(T::tensor(cx, c_0)?),
                None => None,
            });
        }
        for (_, array) in &gradients.parameters {
            all.push(Some(T::tensor(cx, array)?));
        }
        Ok(all)
    });
    Ok(outs)
}

/// One step of a cell, checked as `PyTorch` does.
pub fn check_cell(kind: &str, sizes: [u64; 2], input: &TorchTensor, states: &[TorchTensor]) -> R<()> {
    let kind = match kind {
        "GRU" => CellKind::Gru,
        "LSTM" => CellKind::Lstm,
        "RNN_RELU" => CellKind::RnnRelu,
        _ => CellKind::RnnTanh,
    };
    let config = CellConfig { kind, input_size: sizes[0], hidden_size: sizes[1], bias: false };
    let mut generator = TorchGenerator::new(0);
    let Ok(cell) = RecurrentCell::<f32>::new(config, &mut generator) else {
        return Halt::refuse("a cell of this size");
    };
    let zeros = |x: &TorchTensor| ArrayD::<f32>::zeros(IxDyn(&x.shape()));
    let held: Vec<ArrayD<f32>> = states.iter().map(zeros).collect();
    let x = zeros(input);
    let result =
        cell.forward(x.view(), held.first().map(|array| array.view()), held.get(1).map(|array| array.view()));
    match result {
        Ok(_) => Ok(()),
        Err(error) => {
            let text = error.to_string();
            let kind = if text.contains("to be 1D or 2D") { "ValueError" } else { "RuntimeError" };
            Halt::new(kind, text)
        }
    }
}

/// `_recurrent(kind, input, states, parameters, layers, bidirectional, dropout, projection, lengths)`.
pub fn call(vm: &mut Vm, a: &[Object]) -> R<Object> {
    let tensors = |value: &Object| -> Vec<TorchTensor> {
        value.items().unwrap_or_default().iter().filter_map(|item| item.as_tensor().cloned()).collect()
    };
    let Some(input) = a[1].as_tensor().cloned() else { return Halt::refuse("this input") };
    let (states, parameters) = (tensors(&a[2]), tensors(&a[3]));
    let layers = a[4].as_int().unwrap_or(1) as u64;
    let directions = if vm.truth(&a[5])? { 2 } else { 1 };
    let projection = a[7].as_int().unwrap_or(0) as u64;
    let each = parameters.len() as u64 / (layers * directions);
    let call = RecurrentCall {
        kind: vm.str(&a[0])?,
        layers,
        bidirectional: directions == 2,
        bias: each - u64::from(projection > 0) > 2,
        dropout: a[6].as_float().unwrap_or(0.0),
        projection,
        lengths: a[8].items().map(|items| items.iter().map(|n| n.as_int().unwrap_or(0) as usize).collect()),
    };
    let outs = run(&vm.cx, &call, &input, &states, &parameters)?;
    Ok(Object::tuple(outs.into_iter().map(Object::Tensor).collect()))
}
