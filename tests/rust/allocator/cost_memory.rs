//! The cost model's bytes against what a run really allocates.

use gru_playground::cost::{Cost, Count};
use gru_playground::gru::{
    CallOptions, ForwardRun, Gru, GruConfig, Keep, KernelBytes, Real, TracePlace, Upstream,
};
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::rnn::{Mode, Rnn, RnnConfig, RnnUpstream};
use gru_playground::train::{
    Adam, Criterion, Input, Model, ModelConfig, Optimizer, RmsProp, Sgd, TrainOptions, TrainRun,
};
use ndarray::ArrayD;

use crate::HEAP;

/// The value of a function and the most bytes that were allocated at once for it.
fn measure<R>(f: impl FnOnce() -> R) -> (R, usize) {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let value = f();
    (value, HEAP.peak_usage() - before)
}

/// Besides the numbers there are names, shapes and lists.
#[track_caller]
fn assert_is(measured: usize, cost: Count, bookkeeping: usize) {
    let cost = cost.to_u64().expect("a small cost") as usize;
    assert!((cost..cost + bookkeeping).contains(&measured), "{measured} bytes measured, {cost} costed");
}

fn check<T: Real>(config: &GruConfig, steps: usize, batch: usize)
where
    TorchGenerator: Generator<T>,
{
    let tensors = config.parameter_tensors() as usize;
    let cost = Cost::of(config, steps as u64, batch as u64, T::BYTES);
    let (gru, built) =
        measure(|| Gru::<T>::new(config.clone(), &mut TorchGenerator::new(0)).expect("a small module"));
    assert_is(built, cost.parameter_bytes, 512 * tensors);

    let leading = if config.batch_first { [batch, steps] } else { [steps, batch] };
    let input = ArrayD::<T>::ones(vec![leading[0], leading[1], config.input_size as usize]);
    let kernels = KernelBytes::of(config, steps, batch);
    // They are there for float32 alone; the first pass packs the weights.
    let [panels, scratch, of_backward] =
        [kernels.panels, kernels.scratch, kernels.backward_panels + kernels.backward_scratch]
            .map(|bytes| Count::from(if T::BYTES == f32::BYTES { bytes } else { 0 }));
    let (_, plain) = measure(|| {
        ForwardRun::new(&gru, input.view(), CallOptions::default()).expect("a legal call").finish()
    });
    assert_is(plain, cost.activation_bytes + panels + scratch, 1024 + 128 * tensors);

    let (output, traced) = measure(|| {
        ForwardRun::new(&gru, input.view(), CallOptions::default().traced()).expect("a legal call").finish()
    });
    assert_is(traced, cost.activation_bytes + cost.trace_bytes + scratch, 1024);
    let last = TracePlace {
        layer: config.num_layers as usize - 1,
        reverse: config.bidirectional,
        sample: batch - 1,
    };
    let (_, at_one_place) = measure(|| {
        ForwardRun::new(&gru, input.view(), CallOptions { keep: Keep::One(last), ..CallOptions::default() })
            .expect("a legal call")
            .finish()
    });
    assert_is(at_one_place, cost.activation_bytes + cost.trace_at_bytes + scratch, 1024);
    let trace = output.trace.expect("a trace was asked for");
    let upstream = Upstream { output: Some(output.output.view()), h_n: Some(output.h_n.view()), c_n: None };
    let (_, backward) = measure(|| gru.backward(input.view(), None, trace, upstream).expect("its own trace"));
    assert_is(backward, cost.backward_bytes() + of_backward, 1024 + 640 * tensors);
}

fn check_backward(config: &RnnConfig, steps: usize, batch: usize) {
    let tensors = config.parameters().count();
    let cost = config.cost(steps as u64, batch as u64, 4);
    let rnn: Rnn<f32> = Rnn::new(config.clone(), &mut TorchGenerator::new(0)).expect("a small module");
    let input = ArrayD::ones(vec![steps, batch, config.base.input_size as usize]);
    let output = rnn.forward_traced(input.view(), None, None).expect("a legal call");
    let trace = output.trace.expect("a trace was asked for");
    let upstream = RnnUpstream { output: Some(output.output.view()), h_n: None, c_n: None };
    let (_, backward) =
        measure(|| rnn.backward(input.view(), (None, None), trace, upstream).expect("its own trace"));
    assert_is(backward, cost.backward_bytes(), 1024 + 512 * tensors);
}

/// The steps of a training run after the second allocate nothing that is large, and never is more held than is costed.
fn check_training<T: Real>(gru: &GruConfig, optimizer: &Optimizer, steps: usize, batch: usize)
where
    TorchGenerator: Generator<T>,
{
    let config = ModelConfig::new(gru.clone(), 2);
    let cost = config.training_bytes(optimizer, steps as u64, batch as u64, T::BYTES);
    let cost = cost.to_u64().expect("a small cost") as usize;
    let input = ArrayD::<T>::ones(vec![steps, batch, gru.input_size as usize]);
    let mut options = Some(TrainOptions {
        criterion: Criterion::Mse(vec![T::zero(); batch * 2]),
        optimizer: optimizer.clone(),
        clip_grad_norm: Some(1.0),
        steps: 6,
    });
    let (mut run, first) = measure(|| {
        let mut generator = TorchGenerator::new(0);
        let model = Model::<T>::new(&config, &mut generator).expect("a small model");
        let options = options.take().expect("one call");
        let mut run =
            TrainRun::new(model, Input::Features(input.clone()), options, generator).expect("it fits");
        for _ in 0..3 {
            run.step().expect("finite numbers");
        }
        run
    });
    // The input is the caller's.
    let first = first - input.len() * T::BYTES as usize;
    let bookkeeping = 2048 + 512 * gru.parameter_tensors() as usize;
    assert!(first <= cost + bookkeeping, "{first} bytes measured, {cost} costed");
    // Forward and backward pass are costed apart, but share what they can.
    assert!(first * 3 > cost * 2, "{first} bytes measured, {cost} costed");
    let ((), later) = measure(|| {
        for _ in 0..3 {
            run.step().expect("finite numbers");
        }
    });
    assert!(later < 8 * 1024, "{later} bytes measured beside what a run keeps");
}

pub fn a_run_allocates_what_it_costs() {
    let wide_input = GruConfig::new(200, 30);
    let narrow_input = GruConfig { num_layers: 3, bidirectional: true, ..GruConfig::new(2, 40) };
    let no_bias = GruConfig { bias: false, batch_first: true, num_layers: 2, ..GruConfig::new(90, 40) };
    for config in [wide_input, narrow_input, no_bias] {
        check::<f32>(&config, 10, 12);
        check::<f64>(&config, 20, 5);
    }
    let dropping = GruConfig { num_layers: 3, dropout: 0.3, bidirectional: true, ..GruConfig::new(2, 40) };
    let sgd = Optimizer::Sgd(Sgd::default());
    let adam = Optimizer::Adam(Adam { amsgrad: true, ..Adam::default() });
    let rms = Optimizer::RmsProp(RmsProp::default());
    let narrowing = |num_layers| GruConfig { num_layers, ..GruConfig::new(150, 20) };
    let configs = [GruConfig::new(2, 90), GruConfig::new(90, 200), dropping, narrowing(1), narrowing(2)];
    for config in configs.into_iter().chain([narrowing(3)]) {
        for optimizer in [&sgd, &adam, &rms] {
            // Mostly parameters, then mostly what is kept of the steps.
            check_training::<f32>(&config, optimizer, 2, 2);
            check_training::<f32>(&config, optimizer, 10, 12);
        }
        check_training::<f64>(&config, &adam, 8, 3);
    }
    for (mode, proj_size) in [(Mode::Tanh, 0), (Mode::Lstm, 0), (Mode::Lstm, 30)] {
        let base = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(70, 40) };
        check_backward(&RnnConfig { mode, base, proj_size }, 10, 12);
    }
}
