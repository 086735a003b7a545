//! Programs that nobody would write: none makes the runner panic.
//!
//! `cargo xtask test --all` sets `GRU_INPUTS`; by default there are few, for they are run at every change.

#![allow(clippy::too_many_lines, reason = "lists of what programs are made of, a word a line")]

use std::fmt::Write as _;
use std::path::Path;

use gru_playground_python::{compiles, run};
use serde_json::Value;

/// Xorshift: the same inputs in every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }
}

/// How many inputs each test takes.
fn inputs() -> usize {
    std::env::var("GRU_INPUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(6_000)
}

/// Spreads inputs over threads with stacks of their own.
fn spread(test: fn(&mut Draws, usize)) {
    const THREADS: usize = 2;
    let each = inputs() / THREADS;
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let work = move || test(&mut Draws(0x9e37_79b9_7f4a_7c15 + thread as u64), each);
            std::thread::Builder::new().stack_size(1 << 28).spawn(work).expect("a thread")
        })
        .collect();
    for thread in threads {
        thread.join().expect("no input makes it panic");
    }
}

fn programs() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/snippets.jsonl");
    let text = std::fs::read_to_string(file).expect("the answers are committed");
    let code = |line: &str| {
        let record: Value = serde_json::from_str(line).expect("a record a line");
        record["code"].as_str().expect("a program").to_owned()
    };
    text.lines().map(code).collect()
}

#[test]
fn no_text_makes_the_parser_or_the_compiler_panic() {
    spread(|draws, count| {
        const STREWN: [&str; 40] = [
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "'''",
            "f'{",
            "}'",
            ":",
            "=",
            "==",
            ":=",
            "\n",
            "\n    ",
            "\t",
            "\r",
            "\\",
            "*",
            "**",
            "->",
            "@",
            ",",
            ";",
            "lambda ",
            " if ",
            " else ",
            " for x in ",
            "match x:\n    case ",
            "def f(",
            "class A:",
            "yield ",
            "0x",
            "1e",
            "\u{1f600}",
            "\u{e9}",
            "\0",
            "é = 1\n",
        ];
        let programs = programs();
        for _ in 0..count {
            let program = &programs[draws.below(programs.len())];
            let mut text: String = {
                let from = draws.below(program.len());
                let to = from + draws.below(400);
                program.chars().skip(from).take(to - from).collect()
            };
            for _ in 0..draws.below(6) {
                let mut at = draws.below(text.len() + 1);
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                text.insert_str(at, draws.of(&STREWN));
            }
            compiles(&text);
        }
    });
}

/// Statements that each raise or do not, with what they are made of; one that is refused ends its program.
fn statements(draws: &mut Draws, count: usize, head: &str, made: fn(&mut Draws, &mut String)) {
    const TOGETHER: usize = 20;
    for _ in 0..count.div_ceil(TOGETHER) {
        let mut code = head.to_owned();
        for _ in 0..TOGETHER {
            code.push_str("try:\n    r = ");
            made(draws, &mut code);
            code.push_str("\n    s = repr(r)[:50]\nexcept Exception as e:\n    s = str(e)\n");
        }
        run(&code, 200_000);
    }
}

fn expression(draws: &mut Draws, depth: usize, text: &mut String) {
    const VALUES: [&str; 28] = [
        "0",
        "1",
        "-1",
        "3",
        "2**63",
        "10**30",
        "0.5",
        "1e308",
        "float('inf')",
        "float('nan')",
        "True",
        "None",
        "''",
        "'abc'",
        "'é😀'",
        "b'ab'",
        "[]",
        "[1, 2, 3]",
        "[[1], 'x']",
        "()",
        "(1, 'a')",
        "{}",
        "{'a': 1}",
        "{1, 2}",
        "range(5)",
        "slice(1, None)",
        "(lambda x: x)",
        "int",
    ];
    const OPERATORS: [&str; 20] = [
        "+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@", "<", "==", ">=", "in", "is",
        "and", "or",
    ];
    const FUNCTIONS: [&str; 30] = [
        "len",
        "str",
        "repr",
        "int",
        "float",
        "bool",
        "list",
        "tuple",
        "dict",
        "set",
        "sum",
        "min",
        "max",
        "sorted",
        "abs",
        "round",
        "divmod",
        "pow",
        "hash",
        "chr",
        "ord",
        "hex",
        "bin",
        "enumerate",
        "zip",
        "reversed",
        "any",
        "all",
        "iter",
        "range",
    ];
    const METHODS: [&str; 26] = [
        "upper",
        "split",
        "join",
        "format",
        "replace",
        "find",
        "count",
        "strip",
        "zfill",
        "center",
        "encode",
        "append",
        "pop",
        "index",
        "sort",
        "insert",
        "get",
        "items",
        "keys",
        "update",
        "add",
        "union",
        "copy",
        "startswith",
        "real",
        "bit_length",
    ];
    match draws.below(if depth == 0 { 2 } else { 9 }) {
        0 | 1 => text.push_str(draws.of(&VALUES)),
        2 | 3 => {
            text.push('(');
            expression(draws, depth - 1, text);
            let _ = write!(text, " {} ", draws.of(&OPERATORS));
            expression(draws, depth - 1, text);
            text.push(')');
        }
        4 => {
            let _ = write!(text, "{}(", draws.of(&FUNCTIONS));
            for i in 0..draws.below(3) {
                text.push_str(if i > 0 { ", " } else { "" });
                expression(draws, depth - 1, text);
            }
            text.push(')');
        }
        5 => {
            text.push('(');
            expression(draws, depth - 1, text);
            let _ = write!(text, ").{}(", draws.of(&METHODS));
            for i in 0..draws.below(3) {
                text.push_str(if i > 0 { ", " } else { "" });
                expression(draws, depth - 1, text);
            }
            text.push(')');
        }
        6 => {
            text.push('(');
            expression(draws, depth - 1, text);
            text.push_str(")[");
            expression(draws, depth - 1, text);
            text.push(']');
        }
        7 => {
            let _ = write!(
                text,
                "'%{}' % (",
                draws.of(&["d", "5.2f", "s", "x", "-8r", "05d", "e", "c", "%", "*d"])
            );
            expression(draws, depth - 1, text);
            text.push_str(",)");
        }
        _ => {
            text.push_str("format(");
            expression(draws, depth - 1, text);
            let _ = write!(
                text,
                ", '{}')",
                draws.of(&["", ">8", "05d", ".3f", "^10", ",", "%", "x", "+.2e", "s", "q", "08.3f"])
            );
        }
    }
}

#[test]
fn no_expression_makes_evaluation_panic() {
    spread(|draws, count| statements(draws, count, "", |draws, text| expression(draws, 3, text)));
}

fn tensor_call(draws: &mut Draws, text: &mut String) {
    const FUNCTIONS: [&str; 74] = [
        "add",
        "sub",
        "mul",
        "div",
        "pow",
        "matmul",
        "mm",
        "bmm",
        "cat",
        "stack",
        "split",
        "chunk",
        "gather",
        "where",
        "topk",
        "sort",
        "argsort",
        "argmax",
        "argmin",
        "max",
        "min",
        "sum",
        "mean",
        "std",
        "var",
        "prod",
        "cumsum",
        "cumprod",
        "softmax",
        "log_softmax",
        "exp",
        "log",
        "sqrt",
        "abs",
        "sign",
        "floor",
        "round",
        "clamp",
        "relu",
        "sigmoid",
        "tanh",
        "flatten",
        "reshape",
        "transpose",
        "permute",
        "squeeze",
        "unsqueeze",
        "index_select",
        "masked_select",
        "tril",
        "triu",
        "diag",
        "eye",
        "zeros",
        "ones",
        "full",
        "arange",
        "linspace",
        "randint",
        "randperm",
        "rand",
        "randn",
        "tensor",
        "zeros_like",
        "allclose",
        "equal",
        "einsum",
        "norm",
        "dot",
        "outer",
        "roll",
        "flip",
        "broadcast_to",
        "unique",
    ];
    const METHODS: [&str; 44] = [
        "view",
        "reshape",
        "permute",
        "transpose",
        "expand",
        "repeat",
        "unfold",
        "narrow",
        "select",
        "squeeze",
        "unsqueeze",
        "t",
        "T",
        "float",
        "long",
        "bool",
        "half",
        "item",
        "tolist",
        "numpy",
        "backward",
        "detach",
        "clone",
        "add_",
        "mul_",
        "zero_",
        "fill_",
        "scatter_",
        "index_fill_",
        "masked_fill",
        "gather",
        "topk",
        "sum",
        "mean",
        "max",
        "argmax",
        "size",
        "dim",
        "numel",
        "stride",
        "contiguous",
        "requires_grad_",
        "softmax",
        "split",
    ];
    const VALUES: [&str; 34] = [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "a",
        "b",
        "c",
        "0",
        "1",
        "-1",
        "2",
        "-3",
        "7",
        "0.5",
        "float('nan')",
        "None",
        "True",
        "(2, 3)",
        "(3, -1)",
        "(-1,)",
        "()",
        "[a, b]",
        "[a, a]",
        "(b, c)",
        "'ij,jk->ik'",
        "'x'",
        "torch.long",
        "torch.float64",
        "-2**63",
        "10**12",
        "[0, 1]",
    ];
    let arguments = |draws: &mut Draws, text: &mut String| {
        for i in 0..draws.below(4) {
            text.push_str(if i > 0 { ", " } else { "" });
            if draws.below(4) == 0 {
                let _ = write!(
                    text,
                    "{}=",
                    draws.of(&["dim", "keepdim", "dtype", "dim0", "size", "index", "src"])
                );
            }
            text.push_str(draws.of(&VALUES));
        }
        // A keyword may stand before a position: that is a mistake of the program's.
        text.push(')');
    };
    match draws.below(5) {
        0 | 1 => {
            let _ = write!(text, "torch.{}(", draws.of(&FUNCTIONS));
            arguments(draws, text);
        }
        2 | 3 => {
            let _ = write!(text, "{}.{}(", draws.of(&VALUES[..7]), draws.of(&METHODS));
            arguments(draws, text);
        }
        _ => {
            let _ = write!(text, "{}[", draws.of(&VALUES[..7]));
            for i in 0..=draws.below(3) {
                text.push_str(if i > 0 { ", " } else { "" });
                text.push_str(draws.of(&[
                    "0", "-1", "5", ":", "1:", "::2", "None", "...", "a", "c", "d", "f > 0", "[0, 1]",
                    "True", "1.5",
                ]));
            }
            text.push(']');
        }
    }
}

#[test]
fn no_call_makes_a_tensor_function_panic() {
    const HEAD: &str = "import torch\na = torch.arange(6.).reshape(2, 3)\nb = torch.ones(3, 2, requires_grad=True)\nc = torch.tensor([0, 2, 1])\nd = torch.tensor(1.5)\ne = torch.zeros(0, 3)\nf = torch.randn(2, 2, 2)\ng = torch.tensor([True, False])\n";
    spread(|draws, count| statements(draws, count, HEAD, tensor_call));
}
