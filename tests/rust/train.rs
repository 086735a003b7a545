//! The model and its training: gradients against finite differences, and how a run goes, stops and refuses.

use gru_playground::cost::LIMIT_BYTES;
use gru_playground::gru::{DropoutMask, GruConfig, Progress, Real, RecurrentError};
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::train::{
    Adam, Criterion, EmbeddingConfig, Input, LossError, Model, ModelConfig, NotFinite, NotFinitePlace,
    Optimizer, OptimizerError, OptimizerState, Sgd, TrainError, TrainOptions, TrainRun, TrainStep,
    clip_grad_norm,
};
use ndarray::ArrayD;

const BATCH: usize = 3;
const OUT: usize = 2;
const WORDS: Option<EmbeddingConfig> = Some(EmbeddingConfig { num_embeddings: 4, padding_idx: Some(1) });

fn gru() -> GruConfig {
    GruConfig { num_layers: 2, bidirectional: true, batch_first: true, ..GruConfig::new(3, 2) }
}

fn config(embedding: Option<EmbeddingConfig>) -> ModelConfig {
    ModelConfig { embedding, ..ModelConfig::new(gru(), OUT as u64) }
}

fn model<T: Real>(config: &ModelConfig) -> Model<T>
where
    TorchGenerator: Generator<T>,
{
    Model::new(config, &mut TorchGenerator::new(5)).expect("a small model")
}

fn features(scale: f64) -> Input<f64> {
    let element = |i: usize| scale * (i as f64 * 0.7 - 3.0).sin();
    let elements = (0..BATCH * 4 * 3).map(element).collect();
    Input::Features(ArrayD::from_shape_vec(vec![BATCH, 4, 3], elements).expect("its shape"))
}

/// Every token, the padding and a repetition among them.
fn tokens() -> Input<f64> {
    Input::Tokens { shape: vec![BATCH, 4], tokens: vec![0, 1, 2, 3, 3, 3, 1, 0, 2, 2, 0, 1] }
}

fn mse() -> Criterion<f64> {
    Criterion::Mse(vec![0.5, -1.0, 0.25, 2.0, -0.75, 1.5])
}

fn options(lr: f64) -> TrainOptions<f64> {
    let optimizer = Optimizer::Sgd(Sgd { lr, ..Sgd::default() });
    TrainOptions { criterion: mse(), optimizer, clip_grad_norm: None, steps: 4 }
}

fn run(lr: f64) -> TrainRun<f64> {
    TrainRun::new(model(&config(None)), features(1.0), options(lr), TorchGenerator::new(0)).expect("it fits")
}

fn loss(model: &Model<f64>, input: &Input<f64>, mask: Option<&DropoutMask<f64>>, by: &Criterion<f64>) -> f64 {
    let pass = model.forward(input, mask).expect("an input that fits");
    by.judge_predictions(&pass.predictions, OUT).expect("targets that fit").value
}

/// Compares every entry of every gradient; gives how many there are.
fn compare_gradients(config: &ModelConfig, input: &Input<f64>, by: &Criterion<f64>, train: bool) -> usize {
    const STEP: f64 = 1e-5;
    let mut model = model::<f64>(config);
    let draw = || DropoutMask::draw(&config.gru, &[BATCH, 4, 3], &mut TorchGenerator::new(2));
    let mask = train.then(|| draw().expect("a small mask"));
    let mask = mask.as_ref();
    let pass = model.forward(input, mask).expect("an input that fits");
    let grad = by.judge_predictions(&pass.predictions, OUT).expect("targets that fit").gradient;
    let gradients = model.backward(input, mask, pass, &grad).expect("the pass's own input");
    let names: Vec<_> = model.state_dict().map(|(name, tensor)| (name, tensor.len())).collect();
    assert_eq!(gradients.len(), names.len());
    let mut compared = 0;
    for (place, (name, len)) in names.iter().enumerate() {
        assert_eq!(gradients[place].len(), *len, "{name}");
        for (i, &gradient) in gradients[place].iter().enumerate() {
            let mut at = |shift: f64| {
                let element = |model: &mut Model<f64>, by: f64| {
                    model.parameters_mut().nth(place).expect("as many as names")[i] += by;
                };
                element(&mut model, shift);
                let loss = loss(&model, input, mask, by);
                element(&mut model, -shift);
                loss
            };
            let expected = (at(STEP) - at(-STEP)) / (2.0 * STEP);
            // The padding row is read, but never learnt.
            let expected = if name == "embedding.weight" && i / 3 == 1 { 0.0 } else { expected };
            assert!((gradient - expected).abs() < 1e-8, "{name}[{i}]: {gradient}, not {expected}");
            compared += 1;
        }
    }
    compared
}

#[test]
fn gradients_are_those_of_finite_differences() {
    let classes = Criterion::CrossEntropy(vec![1, 0, 1]);
    let all = compare_gradients(&config(None), &features(1.0), &mse(), false);
    // Per direction 3H(I + H) + 6H, I being 3 and then 4; the head (4 + 1) * 2.
    assert_eq!(all, 2 * (6 * 5 + 12) + 2 * (6 * 6 + 12) + 10);
    assert_eq!(compare_gradients(&config(WORDS), &tokens(), &classes, false), all + 4 * 3);
    let dropping = ModelConfig { gru: GruConfig { dropout: 0.4, ..gru() }, ..config(WORDS) };
    compare_gradients(&dropping, &tokens(), &mse(), true);
}

#[test]
fn the_head_reads_the_last_step_whatever_the_order_of_axes() {
    let mut config = config(None);
    let batch_first = model::<f64>(&config).forward(&features(1.0), None).expect("it fits").predictions;
    assert_eq!(batch_first.len(), BATCH * OUT);
    config.gru.batch_first = false;
    let model = model::<f64>(&config);
    let Input::Features(features) = features(1.0) else { unreachable!() };
    let step_first = Input::Features(features.clone().permuted_axes(vec![1, 0, 2]));
    assert_eq!(model.forward(&step_first, None).expect("it fits").predictions, batch_first);
    let first = features.index_axis_move(ndarray::Axis(0), 0);
    let unbatched = model.forward(&Input::Features(first), None).expect("it fits").predictions;
    assert_eq!(unbatched, batch_first[..OUT]);
}

#[test]
fn a_model_is_rebuilt_from_its_state_dict() {
    let config = config(WORDS);
    let model = model::<f32>(&config);
    let names: Vec<String> = model.state_dict().map(|(name, _)| name).collect();
    assert_eq!(names[0], "embedding.weight");
    assert_eq!(names[1], "gru.weight_ih_l0");
    assert_eq!(names[names.len() - 2..], ["fc.weight", "fc.bias"]);
    assert_eq!(Model::from_state_dict(&config, model.state_dict()), Ok(model.clone()));

    let wrong = model.state_dict().filter_map(|(name, tensor)| match name.as_str() {
        "gru.bias_hh_l1" => None,
        "fc.bias" => Some(("head.bias".to_owned(), tensor)),
        "embedding.weight" => Some((name, tensor.reversed_axes())),
        _ => Some((name, tensor)),
    });
    let Err(TrainError::Gru(RecurrentError::StateDict(error))) = Model::from_state_dict(&config, wrong)
    else {
        panic!("a state dict that does not fit")
    };
    assert_eq!(error.missing, ["gru.bias_hh_l1", "fc.bias"]);
    assert_eq!(error.unexpected, ["head.bias"]);
    assert_eq!(error.mismatched[0].name, "embedding.weight");
}

#[test]
fn a_run_tells_every_step_and_leaves_the_clones_of_its_model_alone() {
    let mut run = run(0.1);
    let before = run.model().clone();
    let mut steps: Vec<TrainStep<f64>> = Vec::new();
    while let Some(step) = run.step().expect("finite numbers") {
        steps.push(step);
        assert_eq!(run.progress(), Progress { done: steps.len() as u64, total: 4 });
    }
    assert_eq!(steps.iter().map(|step| step.step).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert!(steps.windows(2).all(|pair| pair[1].loss < pair[0].loss));
    assert_eq!(before, model(&config(None)));
    assert_ne!(*run.model(), before);
    assert_eq!(run.step(), Ok(None));
    assert!((loss(&before, &features(1.0), None, &mse()) - steps[0].loss).abs() < 1e-15);
}

/// What `PyTorch`'s usual loop does with each batch, nothing kept of the one before: losses, norms and the model.
fn fresh<T: Real>(config: &ModelConfig, batches: &[Batch<T>], optimizer: &Optimizer) -> Trained<T>
where
    TorchGenerator: Generator<T>,
{
    let mut model = model::<T>(config);
    let mut optimizer = OptimizerState::new(optimizer.clone()).expect("an optimiser");
    let mut generator = TorchGenerator::new(7);
    let mut told = Vec::new();
    for (shape, input, criterion) in batches {
        let mask = DropoutMask::draw(&config.gru, shape, &mut generator).expect("a small mask");
        let mask = (config.gru.dropout > 0.0).then_some(mask);
        let pass = model.forward(input, mask.as_ref()).expect("it fits");
        let loss = criterion.judge_predictions(&pass.predictions, OUT).expect("targets that fit");
        let mut gradients = model.backward(input, mask.as_ref(), pass, &loss.gradient).expect("its own pass");
        let mut slices: Vec<&mut [T]> = gradients.iter_mut().map(Vec::as_mut_slice).collect();
        let norm = clip_grad_norm(&mut slices, 0.2);
        let slices: Vec<&[T]> = gradients.iter().map(Vec::as_slice).collect();
        optimizer.step(&mut model.parameters_mut().collect::<Vec<_>>(), &slices);
        told.push((loss.value, norm));
    }
    (told, model)
}

/// The shape of what the GRU reads, the model's input and the targets.
type Batch<T> = ([usize; 3], Input<T>, Criterion<T>);
type Trained<T> = (Vec<(T, T)>, Model<T>);

fn kept<T: Real>(config: &ModelConfig, batches: &[Batch<T>], optimizer: &Optimizer) -> Trained<T>
where
    TorchGenerator: Generator<T>,
{
    let (_, input, criterion) = batches[0].clone();
    let options = TrainOptions {
        criterion,
        optimizer: optimizer.clone(),
        clip_grad_norm: Some(0.2),
        steps: batches.len() as u64,
    };
    let run = TrainRun::new(model::<T>(config), input, options, TorchGenerator::new(7));
    let mut run = run.expect("it fits");
    let mut told = Vec::new();
    for (_, input, criterion) in batches {
        run.draw_batch(|_| (input.clone(), criterion.clone())).expect("it fits");
        let step = run.step().expect("finite numbers").expect("a step");
        told.push((step.loss, step.grad_norm));
    }
    (told, run.into_model())
}

/// In the memory of the steps before, of other steps and samples, all is what it would be in new memory.
fn compare_memory<T: Real>(config: &ModelConfig, optimizer: &Optimizer)
where
    TorchGenerator: Generator<T>,
{
    let batch = |&(n, steps): &(usize, usize)| {
        let features = config.gru.input_size as usize;
        let input = match config.embedding {
            Some(_) => {
                let tokens = (0..n * steps).map(|i| (i * i + n) % 4).collect();
                Input::Tokens { shape: vec![n, steps], tokens }
            }
            None => Input::Features(ArrayD::from_shape_fn(vec![n, steps, features], |at| {
                T::from_f64((at[0] as f64 * 0.9 + at[1] as f64 * 1.7 + at[2] as f64 * 0.3).sin())
            })),
        };
        let targets = (0..n * OUT).map(|i| T::from_f64((i as f64).cos())).collect();
        ([n, steps, features], input, Criterion::Mse(targets))
    };
    let batches: Vec<Batch<T>> =
        [(3, 5), (3, 5), (3, 5), (2, 6), (2, 6), (3, 5), (110, 3), (110, 3)].iter().map(batch).collect();
    let (told, trained) = kept(config, &batches, optimizer);
    let (expected, of_fresh) = fresh(config, &batches, optimizer);
    assert_eq!(told, expected, "{config:?}");
    assert_eq!(trained, of_fresh, "{config:?}");
    assert_ne!(trained, model(config));
}

#[test]
fn steps_in_the_memory_of_others_give_the_same_to_the_last_bit() {
    let gru = |input_size, hidden_size, num_layers| GruConfig {
        num_layers,
        batch_first: true,
        dropout: if num_layers > 1 { 0.4 } else { 0.0 },
        ..GruConfig::new(input_size, hidden_size)
    };
    let sgd = Optimizer::Sgd(Sgd { lr: 0.1, momentum: 0.9, ..Sgd::default() });
    let adam = Optimizer::Adam(Adam { lr: 0.01, ..Adam::default() });
    let narrow = GruConfig { bidirectional: true, ..gru(2, 13, 3) };
    let no_bias = GruConfig { bias: false, ..gru(30, 5, 2) };
    for gru in [gru(4, 14, 1), gru(30, 5, 3), narrow, no_bias] {
        for embedding in [None, WORDS] {
            let config = ModelConfig { embedding, ..ModelConfig::new(gru.clone(), OUT as u64) };
            for optimizer in [&sgd, &adam] {
                compare_memory::<f32>(&config, optimizer);
                compare_memory::<f64>(&config, optimizer);
            }
        }
    }
}

#[test]
fn without_clipping_the_norm_is_told_and_changes_nothing() {
    let clipped = |max_norm| {
        let options = TrainOptions { clip_grad_norm: max_norm, ..options(0.1) };
        let run = TrainRun::new(model(&config(None)), features(1.0), options, TorchGenerator::new(0));
        let mut run = run.expect("it fits");
        let step = run.step().expect("finite numbers").expect("a step");
        (step.grad_norm, run.into_model())
    };
    let (norm, plain) = clipped(None);
    assert!(norm > 0.0);
    assert_eq!(clipped(Some(2.0 * norm)), (norm, plain.clone()));
    assert_ne!(clipped(Some(0.5 * norm)).1, plain);
}

/// Why a run stops; it says so again when asked for more.
fn stop(mut run: TrainRun<f64>) -> NotFinite {
    loop {
        match run.step() {
            Ok(Some(_)) => {}
            Err(TrainError::NotFinite(stopped)) => {
                // NaN is not equal to itself.
                let again = run.step().expect_err("it has stopped");
                assert_eq!(again.to_string(), stopped.to_string());
                return stopped;
            }
            other => panic!("{other:?}"),
        }
    }
}

fn changed(name: &str, value: f64) -> TrainRun<f64> {
    let mut model = model(&config(None));
    let place = model.state_dict().position(|(of_model, _)| of_model == name).expect("a parameter");
    model.parameters_mut().nth(place).expect("as many as names")[1] = value;
    TrainRun::new(model, features(1.0), options(0.1), TorchGenerator::new(0)).expect("it fits")
}

#[test]
fn a_number_that_is_not_finite_stops_the_run_where_it_began() {
    let input = TrainRun::new(model(&config(None)), features(f64::NAN), options(0.1), TorchGenerator::new(0));
    let stopped = stop(input.expect("it fits"));
    assert_eq!((stopped.step, &stopped.place), (0, &NotFinitePlace::Input));
    assert_eq!(stopped.to_string(), "the input holds nan at step 0");

    let stopped = stop(changed("gru.weight_hh_l1", f64::NEG_INFINITY));
    assert_eq!((stopped.step, &stopped.place), (0, &NotFinitePlace::Start("gru.weight_hh_l1".to_owned())));
    assert_eq!(stopped.to_string(), "gru.weight_hh_l1 starts with -inf at step 0");

    // Finite, and its square is not.
    let stopped = stop(changed("fc.bias", 1e200));
    assert_eq!((stopped.step, &stopped.place, stopped.value), (0, &NotFinitePlace::Loss, f64::INFINITY));
    assert_eq!(stopped.to_string(), "the loss is inf at step 0");

    // Whatever the sign of the states' sum, one of the two predictions overflows.
    let mut model = model::<f64>(&config(None));
    let mut from_end: Vec<&mut [f64]> = model.parameters_mut().collect();
    from_end.pop().expect("fc.bias").copy_from_slice(&[f64::MAX, f64::MIN]);
    from_end.pop().expect("fc.weight").fill(f64::MAX);
    let run_of = TrainRun::new(model, features(1.0), options(0.1), TorchGenerator::new(0));
    let stopped = stop(run_of.expect("it fits"));
    assert_eq!((stopped.step, &stopped.place), (0, &NotFinitePlace::Predictions));
    assert!(stopped.to_string().starts_with("the predictions hold "));

    let stopped = stop(run(f64::INFINITY));
    assert_eq!(stopped.step, 0);
    assert!(
        matches!(&stopped.place, NotFinitePlace::Parameter(name) if name.starts_with("gru.weight_ih_l0"))
    );
    assert!(stopped.to_string().starts_with("gru.weight_ih_l0, as the optimizer left it, holds"));

    // It diverges, and the step is the first without a finite loss.
    let stopped = stop(run(1e150));
    assert!(
        stopped.step >= 1 && matches!(stopped.place, NotFinitePlace::Loss | NotFinitePlace::Predictions),
        "{stopped:?}"
    );
}

#[test]
fn a_gradient_that_explodes_stops_the_run_and_names_its_parameter() {
    // Nothing comes in, so that every state is zero and the loss is small; but each step back in time multiplies
    // the gradient by 1e120 / 4.
    let mut model = model::<f64>(&config(None));
    let names: Vec<String> = model.state_dict().map(|(name, _)| name).collect();
    for (name, elements) in names.iter().zip(model.parameters_mut()) {
        let value = match name.as_str() {
            "fc.weight" => 1.0,
            _ if name.starts_with("gru.weight_hh") => 1e120,
            _ => 0.0,
        };
        elements.fill(value);
    }
    let before = model.clone();
    let run = TrainRun::new(model, features(0.0), options(0.1), TorchGenerator::new(0));
    let mut run = run.expect("it fits");
    let error = run.step().expect_err("an exploded gradient");
    assert_eq!(error.to_string(), "the gradient of gru.weight_ih_l0 holds nan at step 0");
    assert_eq!((run.progress().done, run.model()), (0, &before));
    assert_eq!(stop(run).place, NotFinitePlace::Gradient("gru.weight_ih_l0".to_owned()));
}

#[test]
fn what_does_not_fit_is_refused_before_the_first_step() {
    let refused = |config: &ModelConfig, input, criterion, lr| {
        let options = TrainOptions { criterion, ..options(lr) };
        TrainRun::new(model(config), input, options, TorchGenerator::new(0)).expect_err("it does not fit")
    };
    let (plain, reads_words) = (config(None), config(WORDS));
    assert_eq!(refused(&plain, tokens(), mse(), 0.1), TrainError::Input);
    assert_eq!(refused(&reads_words, features(1.0), mse(), 0.1), TrainError::Input);
    let unknown = Input::Tokens { shape: vec![1, 1], tokens: vec![4] };
    assert_eq!(refused(&reads_words, unknown, mse(), 0.1).to_string(), "index out of range in self");
    let few = Input::Tokens { shape: vec![2, 3], tokens: vec![0; 5] };
    assert_eq!(refused(&reads_words, few, mse(), 0.1).to_string(), "5 tokens cannot have shape [2, 3]");
    let none = Input::Tokens { shape: vec![2, 0], tokens: Vec::new() };
    assert_eq!(refused(&reads_words, none, mse(), 0.1), TrainError::Gru(RecurrentError::EmptySequence));
    let classes = Criterion::CrossEntropy(vec![0, 1, 2]);
    let class = TrainError::Loss(LossError::Class { target: 2 });
    assert_eq!(refused(&plain, features(1.0), classes, 0.1), class);
    let one = TrainError::Loss(LossError::Count { predictions: 6, targets: 1 });
    assert_eq!(refused(&plain, features(1.0), Criterion::Mse(vec![1.0]), 0.1), one);
    assert!(matches!(
        refused(&plain, features(1.0), mse(), -1.0),
        TrainError::Optimizer(OptimizerError::Option { .. })
    ));

    let built = |config: ModelConfig| Model::<f32>::new(&config, &mut TorchGenerator::new(0));
    let padding = Some(EmbeddingConfig { num_embeddings: 4, padding_idx: Some(4) });
    let error = built(config(padding)).expect_err("no such row");
    assert_eq!(error.to_string(), "Padding_idx must be within num_embeddings");
    let zero = built(ModelConfig { out_features: 0, ..config(None) }).expect_err("no head");
    assert_eq!(zero.to_string(), "out_features must be greater than zero");
    for huge in [LIMIT_BYTES, u64::MAX] {
        let rows = Some(EmbeddingConfig { num_embeddings: huge, padding_idx: None });
        for config in [config(rows), ModelConfig { out_features: huge, ..config(None) }] {
            assert!(matches!(built(config), Err(TrainError::Gru(RecurrentError::TooLarge(_)))));
        }
    }
}

#[test]
fn a_run_that_would_not_fit_is_refused() {
    // 12 MB of parameters; five times that, and a trace, are within the limit; a batch of many steps is not.
    let config = ModelConfig { embedding: WORDS, ..ModelConfig::new(GruConfig::new(3, 1000), 1) };
    let model: Model<f32> = model(&config);
    let run = |steps: usize| {
        let input = Input::Tokens { shape: vec![steps, 1], tokens: vec![0; steps] };
        let options = TrainOptions {
            criterion: Criterion::Mse(vec![0.0]),
            optimizer: Optimizer::Sgd(Sgd::default()),
            clip_grad_norm: None,
            steps: 1,
        };
        TrainRun::new(model.clone(), input, options, TorchGenerator::new(0)).map(|_| ())
    };
    assert_eq!(run(10), Ok(()));
    assert!(matches!(run(20_000), Err(TrainError::Gru(RecurrentError::TooLarge(_)))));
}
