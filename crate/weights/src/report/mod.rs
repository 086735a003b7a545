//! How a file's tensors fit a module: name by name, in `PyTorch`'s words, with why and the fix.

mod explain;
mod infer;
mod keras;
mod reading;

use std::collections::BTreeMap;

use ndarray::ArrayD;
use serde::Serialize;

use super::{Format, MOST_TENSORS, WeightFile};
use crate::script::{Origin, loading_code};
use call::Call;
use call::diagnostic::{Diagnostic, diagnose};
use call::py::CodeLine;
use nn::cost::{Cost, LIMIT_BYTES};
use nn::gru::layout::Named;
use nn::gru::{GruConfig, Options, ShapeMismatch, StateDictError};
use reading::{Local, ModuleReading, Numbers};

/// What became of a tensor or a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum EntryState {
    /// The tensor is the parameter.
    Fits,
    /// The tensor becomes the parameter by reordering its rows, or by another name.
    Converted,
    /// The parameter has no tensor.
    Missing,
    /// The tensor is no parameter of this module.
    Unexpected,
    /// The shapes differ.
    WrongShape,
    /// The numbers are no floats.
    WrongType,
    /// The tensor belongs to another part of the model, and is left alone.
    Elsewhere,
}

/// One line of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Entry {
    /// The tensor's name in the file; none where a parameter is missing.
    pub name: Option<String>,
    /// The parameter's name in the module; none where it has no such parameter.
    pub parameter: Option<String>,
    /// What became of it.
    pub state: EntryState,
    /// The tensor's element type: `torch.float32`.
    pub dtype: Option<String>,
    /// The tensor's shape, as a parameter of the module.
    pub shape: Option<Vec<usize>>,
    /// The parameter's shape.
    pub expected: Option<Vec<usize>>,
}

/// What was found in a file, and how it fits.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Report {
    /// The format.
    pub format: Format,
    /// How many tensors the file holds.
    pub tensors: usize,
    /// How many numbers they hold.
    pub numbers: usize,
    /// Every place in the file where a recurrent module's weights are: `encoder.gru.`; empty for names without
    /// a prefix.
    pub prefixes: Vec<String>,
    /// The place that is read.
    pub prefix: String,
    /// Every parameter in the module's order, then the other tensors.
    pub entries: Vec<Entry>,
    /// What `load_state_dict` raises, why, and fixes; then notes.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the weights can be used as they are read.
    pub usable: bool,
    /// The Python that loads them; empty unless they can be used.
    pub load: Vec<CodeLine>,
}

/// Reads a file for the module of a call: what fits and what does not, and, where all of it fits, the weights.
///
/// `prefix` chooses one of [`Report::prefixes`]; by default the first that fits. `file_name` is what the code calls the
/// file.
///
/// ```
/// use call::{Argument, Call, Config, Release, Value};
/// use gru_playground_weights::{open, report, to_safetensors};
/// use nn::gru::{Gru, GruConfig};
/// use rng::TorchGenerator;
///
/// let gru = Gru::<f32>::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
/// let bytes = to_safetensors(gru.state_dict());
///
/// let int = |size| Some(Value::Int(size));
/// let config = Config { input_size: int(3), hidden_size: int(2), ..Config::default() };
/// let call = Call { config, input: Argument::tensor([5, 1, 3]), h_0: None, release: Release::NEWEST };
/// let (report, weights) = report(&open(&bytes).expect("it was just written"), &call, None, "gru.safetensors");
/// assert!(report.usable);
/// assert_eq!(weights.map(|weights| weights.len()), Some(4));
/// ```
pub fn report(
    file: &WeightFile<'_>,
    call: &Call,
    prefix: Option<&str>,
    file_name: &str,
) -> (Report, Option<Named<f32>>) {
    let module = diagnose(call).module;
    let module = module.as_ref();
    let readings = reading::readings(file);
    let chosen = readings.iter().find(|reading| Some(reading.prefix.as_str()) == prefix);
    let best = || {
        let fits = |reading: &&ModuleReading<'_>| {
            module.is_some_and(|module| {
                // As many tensors first: a file may name very many places.
                module.parameter_tensors() == reading.locals.len() as u128
                    && Fitting::new(module, reading).error.is_empty()
            })
        };
        readings.iter().find(fits).or(readings.first())
    };
    let nothing = ModuleReading::default();
    let reading = chosen.or_else(best).unwrap_or(&nothing);

    let mut report = Report {
        format: file.format,
        tensors: file.tensors.len(),
        numbers: file.tensors.iter().map(super::FileTensor::count).sum(),
        prefixes: readings.iter().map(|reading| reading.prefix.clone()).collect(),
        prefix: reading.prefix.clone(),
        entries: Vec::new(),
        diagnostics: Vec::new(),
        usable: false,
        load: Vec::new(),
    };
    let Some(module) = module.filter(|module| can_be_held(module)) else {
        report.diagnostics.push(explain::no_module(module.is_some()));
        report.entries = file.tensors.iter().map(elsewhere).collect();
        return (report, None);
    };
    let fitting = Fitting::new(module, reading);
    report.entries = fitting.entries(file, reading);
    report.usable = fitting.is_usable();
    if readings.is_empty() {
        report.diagnostics.push(explain::no_recurrent_weights(module));
    } else if !fitting.error.is_empty() {
        report.diagnostics.push(explain::misfit(call, module, reading, &fitting.error));
    } else if !fitting.wrong_types.is_empty() {
        report.diagnostics.push(explain::wrong_types(&fitting.wrong_types));
    }
    report.diagnostics.extend(explain::notes(file, reading, &fitting));
    if !report.usable {
        return (report, None);
    }
    let origin = Origin {
        file: file_name,
        format: file.format,
        key: file.key,
        prefix: &reading.prefix,
        is_cell: reading.is_cell(),
        is_converted: reading.is_reordered(),
    };
    report.load = loading_code(&origin, call.release);
    let weights = fitting.weights();
    report.diagnostics.extend(explain::oddities(&fitting));
    (report, Some(weights))
}

/// Whether a module has no more tensors, and no larger ones, than a file that is read.
fn can_be_held(module: &GruConfig) -> bool {
    let bytes = Cost::of(module, 0, 0, 4).parameter_bytes;
    module.parameter_tensors() <= MOST_TENSORS as u128 && bytes.within(LIMIT_BYTES).is_ok()
}

fn elsewhere(tensor: &super::FileTensor<'_>) -> Entry {
    Entry {
        name: Some(tensor.name.clone()),
        parameter: None,
        state: EntryState::Elsewhere,
        dtype: Some(tensor.kind.to_string()),
        shape: Some(tensor.shape.clone()),
        expected: None,
    }
}

/// A reading held against a module.
struct Fitting<'r, 'a> {
    /// Every parameter, its shape, and the tensor of its name.
    parameters: Vec<(String, Vec<usize>, Option<&'r Local<'a>>)>,
    /// What `load_state_dict` would say of the reading.
    error: StateDictError,
    /// Parameters whose tensors hold no floats.
    wrong_types: Vec<(String, String)>,
}

impl<'r, 'a> Fitting<'r, 'a> {
    fn new(module: &GruConfig, reading: &'r ModuleReading<'a>) -> Self {
        let mut error = StateDictError { module: "GRU", ..StateDictError::default() };
        let mut wrong_types = Vec::new();
        let by_name: BTreeMap<&str, &Local<'a>> =
            reading.locals.iter().map(|local| (local.name.as_str(), local)).collect();
        let plan = module.plan();
        let mut parameters = Vec::new();
        for spec in plan.parameters().take(MOST_TENSORS) {
            let name = spec.name();
            let expected: Vec<usize> = spec.shape().into_iter().map(|size| size as usize).collect();
            let local = by_name.get(name.as_str()).copied();
            match local {
                None => error.missing.push(name.clone()),
                Some(local) if local.shape != expected => {
                    let mismatch = ShapeMismatch {
                        name: name.clone(),
                        expected: expected.clone(),
                        got: local.shape.clone(),
                    };
                    error.mismatched.push(mismatch);
                }
                Some(local) if !local.is_float() => wrong_types.push((name.clone(), local.dtype())),
                Some(_) => {}
            }
            parameters.push((name, expected, local));
        }
        let unexpected = reading.locals.iter().filter(|local| plan.place(&local.name).is_none());
        error.unexpected.extend(unexpected.map(|local| local.name.clone()));
        Fitting { parameters, error, wrong_types }
    }

    fn is_usable(&self) -> bool {
        self.error.is_empty() && self.wrong_types.is_empty()
    }

    fn weights(&self) -> Named<f32> {
        let local = |(name, _, local): &(String, Vec<usize>, Option<&'r Local<'a>>)| {
            local.map(|local| (name.clone(), local.to_array()))
        };
        self.parameters.iter().filter_map(local).collect()
    }

    fn entries(&self, file: &WeightFile<'_>, reading: &ModuleReading<'_>) -> Vec<Entry> {
        let of_parameters = self.parameters.iter().map(|(name, expected, local)| {
            let state = match local {
                None => EntryState::Missing,
                Some(local) if local.shape != *expected => EntryState::WrongShape,
                Some(local) if !local.is_float() => EntryState::WrongType,
                Some(local) if local.is_renamed(&reading.prefix) => EntryState::Converted,
                Some(_) => EntryState::Fits,
            };
            let (name, expected) = (name.clone(), expected.clone());
            Entry {
                name: local.map(Local::source),
                parameter: Some(name),
                state,
                dtype: local.map(Local::dtype),
                shape: local.map(|local| local.shape.clone()),
                expected: Some(expected),
            }
        });
        let others = file.tensors.iter().filter(|tensor| {
            let is_of = |local: &&Local<'_>| local.sources.contains(&tensor.name.as_str());
            !self.parameters.iter().filter_map(|(_, _, local)| *local).any(|local| is_of(&local))
        });
        let others = others.map(|tensor| {
            let is_unexpected =
                reading.locals.iter().any(|local| local.sources.contains(&tensor.name.as_str()));
            let state = if is_unexpected { EntryState::Unexpected } else { EntryState::Elsewhere };
            Entry { state, ..elsewhere(tensor) }
        });
        of_parameters.chain(others).collect()
    }
}

impl Local<'_> {
    fn to_array(&self) -> ArrayD<f32> {
        match &self.numbers {
            Numbers::Of(tensor) => tensor.to_array(),
            Numbers::Reordered(array) => array.clone(),
        }
    }
}
