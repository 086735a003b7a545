//! How a file's tensors fit a module: name by name, in `PyTorch`'s words, with why and the fix.

mod explain;
mod infer;
mod keras;
mod propose;
mod reading;
mod survey;

use std::collections::BTreeMap;

use ndarray::ArrayD;
use serde::Serialize;

use super::{Format, MOST_TENSORS, RnnEquations, WeightFile};
use crate::script::{Origin, loading_code};
use call::Call;
use call::diagnostic::{Diagnostic, diagnose};
use call::py::CodeLine;
use nn::cost::{Cost, LIMIT_BYTES};
use nn::gru::layout::Named;
use nn::gru::{GruConfig, Options, ShapeMismatch, StateDictError};
use reading::{Local, ModuleReading, Numbers};

pub use infer::FoundModule;
pub(crate) use reading::names_weights;
pub use survey::{Survey, survey};

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

/// A place in a file where a recurrent module's weights are.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ModulePlace {
    /// What chooses it: one of [`Report::prefixes`].
    pub prefix: String,
    /// Keys, places in lists and what the names begin with, joined by dots.
    pub at: String,
    /// The module, if its weights are all there.
    pub module: Option<FoundModule>,
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
    /// The same places, and what is at each.
    pub places: Vec<ModulePlace>,
    /// Whether only shapes suggest that the tensors are such a module's: the learner is to agree before they are used.
    pub proposed: bool,
    /// Which GRU the nodes of an ONNX model compute that are read.
    pub equations: Option<RnnEquations>,
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
    let places: Vec<String> = readings.iter().map(|reading| place(file, &readings, reading)).collect();
    let chosen = places.iter().position(|place| Some(place.as_str()) == prefix);
    let best = || {
        let fits = |reading: &ModuleReading<'_>| {
            module.is_some_and(|module| {
                // As many tensors first: a file may name very many places.
                module.parameter_tensors() == reading.locals.len() as u128
                    && Fitting::new(module, file, reading).error.is_empty()
            })
        };
        readings.iter().position(fits)
    };
    let read = chosen.or_else(best).unwrap_or(0);
    let nothing = ModuleReading::default();
    let reading = readings.get(read).unwrap_or(&nothing);

    let found = readings.iter().zip(&places).map(|(reading, prefix)| {
        let at = reading.at(file);
        let module = infer::found(reading, at.clone());
        ModulePlace { prefix: prefix.clone(), at, module }
    });
    let mut report = Report {
        format: file.format,
        tensors: file.tensors.len(),
        numbers: file.tensors.iter().map(super::FileTensor::count).sum(),
        places: found.collect(),
        prefix: places.get(read).cloned().unwrap_or_default(),
        prefixes: places,
        proposed: reading.is_proposed(),
        equations: survey::equations(file, &reading.prefix),
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
    let fitting = Fitting::new(module, file, reading);
    report.entries = fitting.entries(file, reading);
    report.usable = fitting.is_usable();
    if let Some(said) = explain::whole(module, file, reading) {
        report.diagnostics.push(said);
    }
    if readings.is_empty() {
        report.diagnostics.push(explain::no_recurrent_weights(module));
    } else if !fitting.is_fitting() {
        report.diagnostics.push(explain::misfit(call, module, file, reading, &fitting.error));
    } else if !fitting.wrong_types.is_empty() {
        report.diagnostics.push(explain::wrong_types(&fitting.wrong_types));
    } else if !fitting.error.is_empty() {
        report.diagnostics.push(explain::beside(file, reading, &fitting.error));
    }
    report.diagnostics.extend(explain::notes(file, reading, &fitting));
    if !report.usable {
        return (report, None);
    }
    let origin = Origin {
        file: file_name,
        format: file.format,
        path: &file.groups[reading.group].path,
        prefix: &reading.prefix,
        is_cell: reading.is_cell(),
        is_among_others: !fitting.error.is_empty(),
        is_converted: reading.is_reordered() || !file.refused.is_empty() || file.format.is_foreign(),
    };
    report.load = loading_code(&origin, call.release);
    let weights = fitting.weights();
    report.diagnostics.extend(explain::oddities(&fitting));
    (report, Some(weights))
}

/// What chooses a module of a file: what its names begin with, behind the keys of its dict where there are several dicts.
fn place(file: &WeightFile<'_>, readings: &[ModuleReading<'_>], reading: &ModuleReading<'_>) -> String {
    if reading.is_proposed() && readings.len() > 1 {
        let sources: Vec<String> = reading.locals.iter().take(2).map(Local::source).collect();
        return sources.join(", ");
    }
    let at = match file.groups.as_slice() {
        [] | [_] => String::new(),
        groups => groups[reading.group].at(),
    };
    let dot = if at.is_empty() { "" } else { "." };
    format!("{at}{dot}{}", reading.prefix)
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
    /// How many of the unexpected entries are no tensors: the code leaves them out.
    besides: usize,
    /// Parameters whose tensors hold no floats.
    wrong_types: Vec<(String, String)>,
}

impl<'r, 'a> Fitting<'r, 'a> {
    fn new(module: &GruConfig, file: &WeightFile<'_>, reading: &'r ModuleReading<'a>) -> Self {
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
        let mut besides = 0;
        if reading.is_reordered() {
            let unexpected = reading.locals.iter().filter(|local| plan.place(&local.name).is_none());
            error.unexpected.extend(unexpected.map(|local| local.name.clone()));
        } else if file.groups.len() > reading.group {
            // In the order of the dict, as PyTorch names them.
            for (name, tensor) in reading::entries(file, reading.group) {
                let Some(local) = name.strip_prefix(reading.prefix.as_str()) else { continue };
                let suffix = if reading.is_cell() && !reading.strays.contains(&name) { "_l0" } else { "" };
                if plan.place(&format!("{local}{suffix}")).is_none() {
                    error.unexpected.push(local.to_owned());
                    besides += usize::from(tensor.is_none());
                }
            }
        }
        Fitting { parameters, error, besides, wrong_types }
    }

    /// Whether every parameter has its tensor, and no other tensor is among them.
    fn is_fitting(&self) -> bool {
        let StateDictError { missing, unexpected, mismatched, .. } = &self.error;
        missing.is_empty() && mismatched.is_empty() && unexpected.len() == self.besides
    }

    fn is_usable(&self) -> bool {
        self.is_fitting() && self.wrong_types.is_empty()
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
        let tensors = file.tensors_of(reading.group).iter().filter(|tensor| {
            let is_of = |local: &&Local<'_>| local.sources.contains(&tensor.name.as_str());
            !self.parameters.iter().filter_map(|(_, _, local)| *local).any(|local| is_of(&local))
        });
        let tensors = tensors.map(|tensor| {
            let name = tensor.name.as_str();
            let is_unexpected = reading.strays.contains(&name)
                || reading.locals.iter().any(|local| local.sources.contains(&name));
            let state = if is_unexpected { EntryState::Unexpected } else { EntryState::Elsewhere };
            Entry { state, ..elsewhere(tensor) }
        });
        let others = file.groups.get(reading.group).map(|group| group.others.as_slice()).unwrap_or_default();
        let others = others.iter().filter(|other| reading.strays.contains(&other.name.as_str()));
        let others = others.map(|other| Entry {
            name: Some(other.name.clone()),
            parameter: None,
            state: EntryState::Unexpected,
            dtype: Some(other.what.clone()),
            shape: None,
            expected: None,
        });
        of_parameters.chain(tensors).chain(others).collect()
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
