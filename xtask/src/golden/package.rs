//! The built package, running in Node.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::check::Engine;
use super::check::record::{Kind, Record, Rng, RngAnswer, Tensor};
use super::check::rng_call::{Drawn, RngCall, Width};
use crate::process::node;
use crate::root;
use crate::wasm::Flavour;

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
    /// Starts Node on the package in `www/pkg/`, on the builds of this flavour where there are two.
    pub fn start(flavour: Flavour) -> Result<Self> {
        let mut command = node();
        if flavour == Flavour::Relaxed {
            command.env("GRU_BUILD", "relaxed");
        }
        command.arg(root().join("tests/node/golden.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
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

    fn answer(&mut self, record: &Record) -> Result<Vec<(String, Tensor)>, String> {
        let question = match &record.kind {
            Kind::Forward(forward) => json!({ "forward": {
                "config": forward.config,
                "state_dict": forward.state_dict,
                "input": forward.input,
                "h_0": forward.h_0,
            }}),
            Kind::Backward(_) => {
                return Err("the package has no backward pass, only the native core has".to_owned());
            }
            Kind::Cells(_) | Kind::Packed(_) | Kind::Variants(_) => {
                return Err("the package has no such module, only the native core has".to_owned());
            }
            Kind::Dropout(_) => {
                return Err("the package has no training mode, only the native core has".to_owned());
            }
            Kind::Train(_) => {
                return Err("the package does not train, only the native core does".to_owned());
            }
            Kind::Rng(rng) => json!({ "rng": rng_question(rng)? }),
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
fn rng_question(rng: &Rng) -> Result<Vec<Value>, String> {
    let mut calls = vec![json!({ "manual_seed": rng.seed })];
    for (i, RngAnswer { call, .. }) in rng.calls.iter().enumerate() {
        let name = RngAnswer::name(i, call, "");
        calls.push(match RngCall::parse(call)? {
            RngCall::ManualSeed(seed) => json!({ "manual_seed": seed }),
            RngCall::Rand(Drawn { shape, width: Width::Single }) => json!({ "name": name, "rand": shape }),
            RngCall::Randn(Drawn { shape, width: Width::Single }) => json!({ "name": name, "randn": shape }),
            RngCall::Gru(config, Width::Single) => json!({ "name": name, "gru": config }),
            RngCall::Rand(_)
            | RngCall::Randn(_)
            | RngCall::Uniform(..)
            | RngCall::Gru(..)
            | RngCall::Native(_) => {
                return Err(format!("{name}: the package does not offer this, only the native core does"));
            }
        });
    }
    Ok(calls)
}
