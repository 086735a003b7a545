//! The built package, running in Node.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::check::Engine;
use crate::check::record::{Kind, Record, Rng, RngAnswer, Tensor};
use crate::check::rng_call::{Drawn, RngCall, Width};
use crate::check::rng_lab::{Draw, LabCall, Module};
use crate::root;

/// The builds of what computes, as `tests/node/golden.mjs` names them.
pub const BUILDS: [&str; 2] = ["simd128", "relaxed"];

/// `tests/node/golden.mjs`: a question a line in, an answer a line out; it ends when its input does.
pub struct Package {
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What the script says to a question.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// Names, shapes and elements; JSON's null is no number.
    Tensors(Vec<(String, Vec<usize>, Vec<Option<f64>>)>),
    /// What the package threw.
    Error(String),
}

impl Package {
    /// Starts Node on the package in `www/pkg/`, on this one of the builds.
    pub fn start(build: &str) -> Result<Self> {
        let mut command = Command::new("node");
        command.env("GRU_BUILD", build).current_dir(root()?.join("www"));
        command.arg(root()?.join("tests/node/golden.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut node = command.spawn().context("cannot start `node`")?;
        let questions = node.stdin.take().context("standard input is piped")?;
        let answers = BufReader::new(node.stdout.take().context("standard output is piped")?);
        Ok(Package { questions, answers })
    }

    fn ask(&mut self, question: &Value) -> Result<Answer> {
        writeln!(self.questions, "{question}")?;
        self.questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        serde_json::from_str(&line).context("its answer is not JSON")
    }
}

impl Engine for Package {
    const IN_DOUBLE: bool = false;

    fn answer(&mut self, record: &Record, line: &str) -> Result<Vec<(String, Tensor)>, String> {
        let kind = match &record.kind {
            Kind::Forward(_) => "forward",
            Kind::Backward(_) => "backward",
            Kind::Cells(_) => "cells",
            Kind::Dropout(_) => "dropout",
            Kind::Packed(_) => "packed",
            Kind::Train(_) => "train",
            Kind::Variants(_) => "variants",
            Kind::Rng(_) => "rng",
        };
        let source = || serde_json::from_str::<Value>(line).map_err(|error| error.to_string());
        let question = match &record.kind {
            Kind::Rng(rng) => rng_question(rng)?,
            Kind::Dropout(dropout) => {
                json!({ "kind": kind, "record": source()?, "drew_its_own": dropout.drew_its_own()? })
            }
            _ => json!({ "kind": kind, "record": source()? }),
        };
        match self.ask(&question).map_err(|error| format!("the package in Node: {error:#}"))? {
            Answer::Error(error) => Err(error),
            Answer::Tensors(tensors) => Ok(tensors
                .into_iter()
                .map(|(name, shape, data)| {
                    let data = data.into_iter().map(|element| element.unwrap_or(f64::NAN)).collect();
                    (name, Tensor { shape, data })
                })
                .collect()),
        }
    }
}

/// The calls of a record for the script, the first seed among them.
fn rng_question(rng: &Rng) -> Result<Value, String> {
    let mut calls = vec![json!({ "call": "manual_seed", "seed": rng.seed.to_string() })];
    for (i, RngAnswer { call, .. }) in rng.calls.iter().enumerate() {
        let mut question = call_question(RngCall::parse(call)?);
        question["name"] = RngAnswer::name(i, call, "").into();
        calls.push(question);
    }
    Ok(json!({ "kind": "rng", "calls": calls }))
}

/// One call; whole numbers that JSON's readers would round are texts.
fn call_question(call: RngCall) -> Value {
    match call {
        RngCall::ManualSeed(seed) => json!({ "call": "manual_seed", "seed": seed.to_string() }),
        RngCall::Rand(drawn) => numbers("rand", &drawn, &json!([])),
        RngCall::Randn(drawn) => numbers("randn", &drawn, &json!([])),
        RngCall::Uniform(drawn, bounds) => numbers("uniform_", &drawn, &json!(bounds)),
        RngCall::Gru(config, width) => {
            json!({ "call": "module", "modules": [["", "GRU", config]], "dtype": dtype(width) })
        }
        RngCall::Lab(LabCall::Numbers(drawn, draw)) => draw_question(&drawn, draw),
        RngCall::Lab(LabCall::Modules(modules)) => {
            let modules: Vec<Value> =
                modules.into_iter().map(|(prefix, module)| module_question(&prefix, module)).collect();
            json!({ "call": "module", "modules": modules, "dtype": dtype(Width::Single) })
        }
    }
}

fn draw_question(drawn: &Drawn, draw: Draw) -> Value {
    match draw {
        Draw::Normal(mean, std) => numbers("normal_", drawn, &json!([mean, std])),
        Draw::NormalOf(means, stds) => made_of("normal", drawn, &json!([means, stds]), &json!([])),
        Draw::Randint(low, high) => numbers("randint", drawn, &json!([low.to_string(), high.to_string()])),
        Draw::Randperm => numbers("randperm", drawn, &json!([])),
        Draw::Bernoulli(p) => numbers("bernoulli_", drawn, &json!([p])),
        Draw::BernoulliOf(p) => made_of("bernoulli", drawn, &json!([p]), &json!([])),
        Draw::Exponential(rate) => numbers("exponential_", drawn, &json!([rate])),
        Draw::Multinomial(weights, samples, replacement) => {
            let row = Drawn { shape: vec![weights.len()], width: drawn.width };
            made_of("multinomial", &row, &json!([weights]), &json!([samples, { "replacement": replacement }]))
        }
        Draw::Dropout(input, p) => made_of("dropout", drawn, &json!([input]), &json!([p])),
    }
}

fn numbers(call: &str, drawn: &Drawn, arguments: &Value) -> Value {
    json!({ "call": call, "shape": drawn.shape, "dtype": dtype(drawn.width), "arguments": arguments })
}

/// A call on tensors of that shape.
fn made_of(call: &str, drawn: &Drawn, tensors: &Value, arguments: &Value) -> Value {
    let mut question = numbers(call, drawn, arguments);
    question["tensors"] = tensors.clone();
    question
}

/// The prefix of a module's parameters, its class and its options.
fn module_question(prefix: &str, module: Module) -> Value {
    match module {
        Module::Linear(shape, bias) => json!([prefix, "Linear", { "shape": shape, "bias": bias }]),
        Module::Embedding(rows, dim, padding) => {
            let options = json!({ "num_embeddings": rows, "embedding_dim": dim, "padding_idx": padding });
            json!([prefix, "Embedding", options])
        }
        Module::Recurrent(recurrent) => json!([prefix, recurrent.class, recurrent.options]),
    }
}

fn dtype(width: Width) -> &'static str {
    match width {
        Width::Single => "float32",
        Width::Double => "float64",
    }
}
