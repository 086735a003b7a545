//! Gradients of single cells, of packed calls and of the GRUs of others, against real `loss.backward()` in double: every record of
//! `tests/golden/gradients/`.

use std::collections::BTreeMap;
use std::path::Path;

use gru_playground::gru::{
    BackwardRun, CallOptions, ForwardRun, Gradients, Gru, GruConfig, Keep, Options, Recurrent, Upstream,
    Variant,
};
use gru_playground::packed::pack_padded_sequence;
use gru_playground::rng::TorchGenerator;
use gru_playground::rnn::{CellConfig, CellKind, Mode, RecurrentCell, Rnn, RnnConfig};
use ndarray::{ArrayD, ArrayViewD};
use serde::Deserialize;

use crate::check::record::Tensor;

type Tensors = BTreeMap<String, Tensor>;
type Named = Vec<(String, ArrayD<f64>)>;

/// A call, a loss that weighs its outputs, and the gradients by all that went in.
#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    /// The equations, if it is no GRU.
    mode: Option<Mode>,
    config: Config,
    /// Which single cell, if it is one.
    cell: Option<CellKind>,
    variant: Option<Variant>,
    /// The samples' lengths, where the input is packed.
    lengths: Option<Vec<i64>>,
    state_dict: Tensors,
    /// `input`, `h_0` and, in an LSTM, `c_0`.
    tensors: Tensors,
    outputs: Tensors,
    #[serde(rename = "R")]
    r: Tensors,
    grads: Tensors,
}

#[derive(Debug, Deserialize)]
struct Config {
    #[serde(flatten)]
    base: GruConfig,
    #[serde(default)]
    proj_size: u64,
}

fn array(tensor: &Tensor) -> ArrayD<f64> {
    ArrayD::from_shape_vec(tensor.shape.clone(), tensor.data.clone()).expect("as many as the shape has")
}

fn arrays(tensors: &Tensors) -> BTreeMap<String, ArrayD<f64>> {
    tensors.iter().map(|(name, tensor)| (name.clone(), array(tensor))).collect()
}

fn view<'a>(arrays: &'a BTreeMap<String, ArrayD<f64>>, name: &str) -> Option<ArrayViewD<'a, f64>> {
    arrays.get(name).map(|array| array.view())
}

/// What was computed, under the names of a record.
struct Answer {
    outputs: Vec<(&'static str, Option<ArrayD<f64>>)>,
    gradients: Gradients<f64>,
}

impl Record {
    fn answer(&self) -> Answer {
        let (parameters, tensors, r) = (arrays(&self.state_dict), arrays(&self.tensors), arrays(&self.r));
        let named = parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let Config { base, proj_size } = &self.config;
        let upstream = Upstream { output: view(&r, "out"), h_n: view(&r, "h_n"), c_n: view(&r, "c_n") };
        let [h_0, c_0] = ["h_0", "c_0"].map(|name| view(&tensors, name));
        let options = CallOptions { h_0, c_0, keep: Keep::Every, ..CallOptions::default() };
        let input = tensors["input"].view();
        match (self.cell, self.mode) {
            (Some(kind), _) => {
                let GruConfig { input_size, hidden_size, bias, .. } = *base;
                let config = CellConfig { kind, input_size, hidden_size, bias };
                let cell = RecurrentCell::from_state_dict(config, named).expect("its own parameters");
                let CallOptions { h_0, c_0, .. } = options;
                let output =
                    cell.forward_traced(input.clone(), h_0.clone(), c_0.clone()).expect("a legal call");
                let trace = output.trace.expect("asked for");
                let gradients = cell.backward(input, (h_0, c_0), trace, (upstream.h_n, upstream.c_n));
                Answer {
                    outputs: vec![("h_n", Some(output.h)), ("c_n", output.c)],
                    gradients: gradients.expect("its trace"),
                }
            }
            (None, None) => {
                let gru = Gru::from_state_dict(base.clone(), named).expect("its own parameters");
                self.call(&gru.with_variant(self.variant.unwrap_or_default()), input, &options, upstream)
            }
            (None, Some(mode)) => {
                let config = RnnConfig { mode, base: base.clone(), proj_size: *proj_size };
                let rnn = Rnn::from_state_dict(config, named).expect("its own parameters");
                self.call(&rnn, input, &options, upstream)
            }
        }
    }

    fn call<C: Options>(
        &self,
        module: &Recurrent<f64, C>,
        input: ArrayViewD<'_, f64>,
        options: &CallOptions<'_, f64>,
        upstream: Upstream<'_, f64>,
    ) -> Answer {
        let Some(lengths) = &self.lengths else {
            let output =
                ForwardRun::new(module, input.clone(), options.clone()).expect("a legal call").finish();
            let trace = output.trace.expect("asked for");
            let gradients = BackwardRun::new(module, input, options.clone(), trace, upstream);
            let gradients = gradients.expect("its trace").finish();
            let outputs = vec![("out", Some(output.output)), ("h_n", Some(output.h_n)), ("c_n", output.c_n)];
            return Answer { outputs, gradients };
        };
        // Only the order is asked of it: the data is the record's own.
        let steps = lengths.iter().max().copied().unwrap_or(0) as usize;
        let padded = ArrayD::<f64>::zeros(vec![steps, lengths.len(), 1]);
        let mut packed =
            pack_padded_sequence(padded.view(), lengths, false, false).expect("lengths that fit");
        packed.data = input.to_owned();
        let output = module.call_packed(&packed, options).expect("a legal call");
        let trace = output.trace.expect("asked for");
        let gradients = module.backward_packed(&packed, options, trace, upstream).expect("its trace");
        let outputs = vec![("out", Some(output.output.data)), ("h_n", Some(output.h_n)), ("c_n", output.c_n)];
        Answer { outputs, gradients }
    }

    fn check(&self) {
        let Answer { outputs, gradients } = self.answer();
        let near = |what: &str, got: &ArrayD<f64>, expected: &Tensor| {
            let expected = array(expected);
            assert_eq!(got.shape(), expected.shape(), "{what} of {}", self.id);
            for ((place, got), expected) in got.indexed_iter().zip(&expected) {
                let distance = (got - expected).abs();
                assert!(
                    distance < 1e-12 * expected.abs().max(1.0),
                    "{what}{place:?} of {}: {got}, not {expected}",
                    self.id
                );
            }
        };
        let outputs: Named =
            outputs.into_iter().filter_map(|(name, array)| Some((name.to_owned(), array?))).collect();
        assert_eq!(outputs.len(), self.outputs.len(), "{}", self.id);
        for (name, array) in &outputs {
            near(name, array, &self.outputs[name]);
        }
        let Gradients { mut parameters, input, h_0, c_0 } = gradients;
        parameters.extend([("input".to_owned(), input), ("h_0".to_owned(), h_0)]);
        parameters.extend(c_0.map(|c_0| ("c_0".to_owned(), c_0)));
        assert_eq!(parameters.len(), self.grads.len(), "{}", self.id);
        for (name, gradient) in &parameters {
            near(name, gradient, &self.grads[name]);
        }
    }
}

#[test]
fn what_the_package_does_not_offer_has_the_gradients_of_pytorch_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/gradients");
    let mut records = 0;
    for file in std::fs::read_dir(folder).expect("the records") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in std::fs::read_to_string(path).expect("the records").lines() {
            serde_json::from_str::<Record>(line).expect("a record").check();
            records += 1;
        }
    }
    assert!(records >= 14, "{records}");
}

#[test]
fn gradients_of_other_shapes_are_refused_before_a_packed_call_is_inverted() {
    let gru: Gru<f64> = Gru::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("it fits");
    let padded = ArrayD::zeros(vec![4, 3, 3]);
    let packed = pack_padded_sequence(padded.view(), &[2, 4, 1], false, false).expect("lengths that fit");
    let options = CallOptions::default().traced();
    let trace = gru.call_packed(&packed, &options).expect("a legal call").trace.expect("asked for");
    let refused = |upstream| gru.backward_packed(&packed, &options, trace.clone(), upstream).map(|_| ());
    let (data, state) = (ArrayD::zeros(vec![6, 2]), ArrayD::zeros(vec![1, 2, 2]));
    let error =
        refused(Upstream { output: Some(data.view()), ..Upstream::default() }).expect_err("6 of 7 rows");
    assert_eq!(error.to_string(), "the gradient of output must have shape [7, 2], got [6, 2]");
    let error =
        refused(Upstream { h_n: Some(state.view()), ..Upstream::default() }).expect_err("2 of 3 samples");
    assert_eq!(error.to_string(), "the gradient of h_n must have shape [1, 3, 2], got [1, 2, 2]");
    let right = ArrayD::zeros(vec![1, 3, 2]);
    let error =
        refused(Upstream { c_n: Some(right.view()), ..Upstream::default() }).expect_err("no cell state");
    assert_eq!(error.to_string(), "only an LSTM has a cell state");
}
