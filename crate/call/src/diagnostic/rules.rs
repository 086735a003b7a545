//! What `nn.GRU` refuses: one table, in the order in which `PyTorch` looks.
//!
//! A row answers for a call when the release lies in its range and its condition holds; the first
//! row that answers is the exception raised. Where two releases look in another order, the rows of
//! each stand where that release looks.
//!
//! Rows without a recorded run say what they were reasoned from.

use std::borrow::Cow;

use super::view::{View, drawn_dtype, negative, overflows, strides_overflow, unpackable};
use crate::call::{Dtype, Release, Value};

/// Where in the code an exception is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// `gru = nn.GRU(...)`.
    Constructor,
    /// `x = torch.randn(...)`.
    Input,
    /// `h_0 = torch.randn(...)`.
    H0,
    /// `out, h_n = gru(x, h_0)`.
    Call,
}

/// One thing that releases from `since` to before `until` refuse.
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    pub(crate) stage: Stage,
    pub(crate) since: Release,
    pub(crate) until: Release,
    pub(crate) exception: &'static str,
    pub(crate) when: fn(&View) -> bool,
    /// The message, its `{words}` filled by [`View::word`].
    pub(crate) message: &'static str,
}

/// The place in [`RULES`] of the first row that answers for a call.
pub(crate) fn first_index(view: &View) -> Option<usize> {
    let release = view.call.release;
    RULES.iter().position(|rule| rule.since <= release && release < rule.until && (rule.when)(view))
}

/// Whether the constructor has warned of an idle dropout before the row at an index refuses.
pub(crate) fn warns_before(index: usize) -> bool {
    RULES[..index].iter().any(|rule| rule.code == "dropout-range")
}

/// How much of a message fitted up to 2.8.
const BUFFER: usize = 1023;

impl Rule {
    /// What `PyTorch` says of a call that this row refuses.
    pub(crate) fn says(&self, view: &View) -> String {
        let mut message = fill(self.message, view);
        // PyTorch once wrote its TypeErrors into a buffer of 1024 bytes; only ASCII is as long as that.
        if self.exception == "TypeError"
            && view.call.release < V2_9
            && message.is_char_boundary(BUFFER.min(message.len()))
        {
            message.truncate(BUFFER);
        }
        message
    }
}

/// Puts a call's words into a message; an unknown word is left as it stands.
fn fill(template: &str, view: &View) -> String {
    let mut message = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        message.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        message.push_str(&view.word(name).map_or_else(|| Cow::from(format!("{{{name}}}")), Cow::from));
        rest = after;
    }
    message + rest
}

const V1_7: Release = Release::OLDEST;
const V1_8: Release = Release::new(1, 8, 0);
const V1_9: Release = Release::new(1, 9, 0);
const V1_10: Release = Release::new(1, 10, 0);
const V1_11: Release = Release::new(1, 11, 0);
const V1_12: Release = Release::new(1, 12, 0);
const V1_13: Release = Release::new(1, 13, 0);
const V2_0: Release = Release::new(2, 0, 0);
const V2_1: Release = Release::new(2, 1, 0);
const V2_2: Release = Release::new(2, 2, 0);
const V2_9: Release = Release::new(2, 9, 0);
const V2_11: Release = Release::new(2, 11, 0);
const END: Release = Release::new(Release::NEWEST.major, Release::NEWEST.minor + 1, 0);

#[allow(clippy::too_many_arguments)] // the columns of the table
const fn row(
    code: &'static str,
    stage: Stage,
    since: Release,
    until: Release,
    exception: &'static str,
    when: fn(&View) -> bool,
    message: &'static str,
) -> Rule {
    Rule { code, stage, since, until, exception, when, message }
}

use Stage::{Call, Constructor, H0, Input};

#[allow(clippy::redundant_closure_for_method_calls)] // a method's path has one lifetime too few
#[rustfmt::skip] // a row is one line of what, when and who, and one of what is said
pub(crate) static RULES: &[Rule] = &[
    // Python reads the call.
    row("repeated-option", Constructor, V1_7, END, "SyntaxError", |v| v.repeated_keyword().is_some(),
        "keyword argument repeated: {repeated}"),
    row("unexpected-option", Constructor, V1_7, END, "TypeError", |v| v.names_self(),
        "{GRU.}__init__() got multiple values for argument 'self'"),

    // GRU.__init__, then Python binds the arguments of RNNBase.__init__.
    row("proj-size", Constructor, V1_8, END, "ValueError", |v| v.option("proj_size").is_some(),
        "proj_size argument is only supported for LSTM, not RNN or GRU"),
    row("unexpected-option", Constructor, V1_7, END, "TypeError", |v| v.filled_keyword().is_some(),
        "{RNNBase.}__init__() got multiple values for argument 'mode'"),
    row("unexpected-option", Constructor, V1_7, END, "TypeError", |v| v.unexpected_keyword().is_some(),
        "{RNNBase.}__init__() got an unexpected keyword argument '{unexpected}'"),
    row("missing-option", Constructor, V1_7, END, "TypeError", |v| !v.missing().is_empty(),
        "{RNNBase.}__init__() missing {missing}"),

    // RNNBase.__init__: `self.dropout = float(dropout)`, then its range, the same in every release.
    row("dropout-type", Constructor, V1_7, END, "TypeError", |v| matches!(v.value("dropout"), Value::None | Value::List(_) | Value::Tuple(_)),
        "float() argument must be a string or a {real }number, not '{dropout:type}'"),
    row("dropout-type", Constructor, V1_7, END, "ValueError", |v| matches!(v.value("dropout"), Value::Str(text) if !is_python_float(&text)),
        "could not convert string to float: {dropout}"),
    row("dropout-range", Constructor, V1_7, END, "ValueError", |v| !is_probability(&v.value("dropout")),
        "dropout should be a number in range [0, 1] representing the probability of an element being zeroed"),

    // Types and signs, as far as a release looks at them.
    row("bias-type", Constructor, V2_11, END, "TypeError", |v| !v.is_bool("bias"),
        "bias should be of type bool, got: {bias:type}"),
    row("batch-first-type", Constructor, V2_11, END, "TypeError", |v| !v.is_bool("batch_first"),
        "batch_first should be of type bool, got: {batch_first:type}"),
    row("input-size-type", Constructor, V2_11, END, "TypeError", |v| v.int("input_size").is_none(),
        "input_size should be of type int, got: {input_size:type}"),
    row("input-size-sign", Constructor, V2_11, END, "ValueError", |v| v.is_at_most_zero("input_size"),
        "input_size must be greater than zero"),
    row("hidden-size-type", Constructor, V2_1, END, "TypeError", |v| v.int("hidden_size").is_none(),
        "hidden_size should be of type int, got: {hidden_size:type}"),
    row("hidden-size-sign", Constructor, V2_1, END, "ValueError", |v| v.is_at_most_zero("hidden_size"),
        "hidden_size must be greater than zero"),
    row("num-layers-type", Constructor, V2_2, END, "TypeError", |v| !v.is_number("num_layers"),
        "'<=' not supported between instances of '{num_layers:type}' and 'int'"),
    row("num-layers-sign", Constructor, V2_2, END, "ValueError", |v| v.is_at_most_zero("num_layers"),
        "num_layers must be greater than zero"),

    // 1.8 to 2.0 compare proj_size, which is 0, with hidden_size: `0 >= hidden_size`.
    row("hidden-size-type", Constructor, V1_8, V2_1, "TypeError", |v| !v.is_number("hidden_size"),
        "'>=' not supported between instances of 'int' and '{hidden_size:type}'"),
    row("hidden-size-sign", Constructor, V1_8, V2_1, "ValueError", |v| v.is_at_most_zero("hidden_size"),
        "proj_size has to be smaller than hidden_size"),
    // 1.7: `3 * hidden_size`, which Python also does with a str, a list or a tuple.
    row("hidden-size-type", Constructor, V1_7, V1_8, "TypeError", |v| v.value("hidden_size") == Value::None,
        "unsupported operand type(s) for *: 'int' and 'NoneType'"),

    // `for layer in range(num_layers)`; with no layer at all, the first weight is then missing.
    row("num-layers-type", Constructor, V1_7, END, "TypeError", |v| v.int("num_layers").is_none(),
        "'{num_layers:type}' object cannot be interpreted as an integer"),
    row("num-layers-sign", Constructor, V1_7, V2_2, "IndexError", |v| v.is_at_most_zero("num_layers"),
        "list index out of range"),

    // The weights: `torch.Tensor(3 * hidden_size, input_size)`, since 1.9 `torch.empty((..., ...))`.
    row("hidden-size-type", Constructor, V1_7, V1_9, "TypeError", |v| v.int("hidden_size").is_none(),
        "new() received an invalid combination of arguments - got ({hidden_size:type}, {input_size:type}), but expected one of:\n * (*, torch.device device)\n      didn't match because some of the arguments have invalid types: (!{hidden_size:type}!, !{input_size:type}!)\n * (torch.Storage storage)\n * (Tensor other)\n * (tuple of ints size, *, torch.device device)\n * (object data, *, torch.device device)\n"),
    row("input-size-type", Constructor, V1_7, V1_9, "TypeError", |v| v.int("input_size").is_none(),
        "new(): argument 'size' must be tuple of ints, but found element of type {input_size:type} at pos 2"),
    row("hidden-size-type", Constructor, V1_9, V2_1, "TypeError", |v| v.int("hidden_size").is_none(),
        "{empty.combination}"),
    // Since 2.11 one signature is left, and its first argument is read first.
    row("module-too-large", Constructor, V2_11, END, "TypeError", |v| v.int("hidden_size").is_some_and(|hidden| i64::try_from(3 * hidden).is_err()),
        "{size_of_weight.overflow}"),
    // A dtype or device of another kind, as no value but a torch.dtype is.
    row("module-dtype", Constructor, V1_9, END, "TypeError", |v| v.dtype_value().is_some(),
        "{dtype.refusal}"),
    row("device-kind", Constructor, V1_9, END, "TypeError", |v| v.device_value().is_some_and(|device| !matches!(device, Value::Str(_) | Value::Int(_))),
        "{device.refusal}"),
    row("module-too-large", Constructor, V1_7, V2_11, "TypeError", |v| v.int("hidden_size").is_some_and(|hidden| i64::try_from(3 * hidden).is_err()),
        "{size_of_weight.overflow}"),
    row("input-size-type", Constructor, V1_9, V1_13, "TypeError", |v| v.int("input_size").is_none(),
        "empty(): argument 'size' must be tuple of ints, but found element of type {input_size:type} at pos 2"),
    row("input-size-type", Constructor, V1_13, V2_0, "TypeError", |v| v.int("input_size").is_none(),
        "empty(): argument 'size' must be tuple of SymInts, but found element of type {input_size:type} at pos 2"),
    row("input-size-type", Constructor, V2_0, V2_1, "TypeError", |v| v.int("input_size").is_none(),
        "empty(): argument 'size' must be tuple of ints, but found element of type {input_size:type} at pos 2"),
    row("input-size-type", Constructor, V2_1, V2_11, "TypeError", |v| v.int("input_size").is_none(),
        "empty(): argument 'size' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but got {input_size:type}\""),
    // Negative and immense sizes. Before 1.12 a number of bytes beyond 2^63 wraps around, and anything may
    // follow, even a crash: 1.12's exception stands for it.
    row("module-too-large", Constructor, V1_7, END, "TypeError", |v| v.unpackable_weight().is_some(),
        "{size_of_weight.overflow}"),
    row("hidden-size-sign", Constructor, V1_7, V1_8, "RuntimeError", |v| v.int("hidden_size").is_some_and(|hidden| hidden < 0),
        "Trying to create tensor with negative dimension {3*hidden_size}: [{3*hidden_size}, {input_size}]"),
    row("input-size-sign", Constructor, V1_7, V2_11, "RuntimeError", |v| v.int("input_size").is_some_and(|input| input < 0),
        "Trying to create tensor with negative dimension {input_size}: [{3*hidden_size}, {input_size}]"),
    row("module-too-large", Constructor, V1_7, END, "RuntimeError", |v| v.overflowing_weight().is_some(),
        "Storage size calculation overflowed with sizes={overflowing_weight}"),
    row("module-dtype", Constructor, V1_9, END, "RuntimeError", |v| !v.weight_dtype().is_floating_point(),
        "Only Tensors of floating point and complex dtype can require gradients"),
    // 1.7: `1.0 / math.sqrt(self.hidden_size)` when the weights are drawn.
    row("hidden-size-sign", Constructor, V1_7, V1_8, "ZeroDivisionError", |v| v.is_at_most_zero("hidden_size"),
        "float division by zero"),

    // The tensors are created before the call.
    row("input-too-large", Input, V1_7, END, "TypeError", |v| v.input().is_some_and(|input| unpackable(&input.shape).is_some()),
        "{size_of_input.overflow}"),
    row("input-negative", Input, V1_7, END, "RuntimeError", |v| v.input().is_some_and(|input| negative(&input.shape).is_some()),
        "Trying to create tensor with negative dimension {input.negative}: {input.list}"),
    row("input-too-large", Input, V1_7, END, "RuntimeError", |v| v.input().is_some_and(|input| overflows(&input.shape, drawn_dtype(input))),
        "Storage size calculation overflowed with sizes={input.list}"),
    row("input-too-large", Input, V2_1, END, "RuntimeError", |v| v.input().is_some_and(|input| strides_overflow(&input.shape)),
        "Stride calculation overflowed"),
    row("h-0-too-large", H0, V1_7, END, "TypeError", |v| v.h_0().is_some_and(|h_0| unpackable(&h_0.shape).is_some()),
        "{size_of_h_0.overflow}"),
    row("h-0-negative", H0, V1_7, END, "RuntimeError", |v| v.h_0().is_some_and(|h_0| negative(&h_0.shape).is_some()),
        "Trying to create tensor with negative dimension {h_0.negative}: {h_0.given}"),
    row("h-0-too-large", H0, V1_7, END, "RuntimeError", |v| v.h_0().is_some_and(|h_0| overflows(&h_0.shape, drawn_dtype(h_0))),
        "Storage size calculation overflowed with sizes={h_0.given}"),
    row("h-0-too-large", H0, V2_1, END, "RuntimeError", |v| v.h_0().is_some_and(|h_0| strides_overflow(&h_0.shape)),
        "Stride calculation overflowed"),

    // GRU.forward: the input's rank. Up to 1.10 it asks for `input.size(batch axis)` first.
    row("input-not-a-tensor", Call, V1_7, V1_11, "AttributeError", |v| v.input().is_none(),
        "'{input:type}' object has no attribute 'size'"),
    row("input-rank", Call, V1_7, V1_11, "IndexError", |v| v.rank() == Some(0),
        "dimension specified as {batch_axis} but tensor has no dimensions"),
    row("input-rank", Call, V1_7, V1_11, "IndexError", |v| v.rank() == Some(1) && v.batch_axis() == 1,
        "Dimension out of range (expected to be in range of [-1, 0], but got 1)"),
    row("input-rank", Call, V1_7, V1_11, "RuntimeError", |v| v.rank() != Some(3),
        "input must have 3 dimensions, got {rank}"),
    row("input-not-a-tensor", Call, V1_11, END, "AttributeError", |v| v.input().is_none(),
        "'{input:type}' object has no attribute 'dim'"),
    row("input-rank", Call, V2_0, V2_1, "AssertionError", |v| !matches!(v.rank(), Some(2 | 3)),
        "GRU: Expected input to be 2-D or 3-D but received {rank}-D tensor"),
    row("input-rank", Call, V2_1, END, "ValueError", |v| !matches!(v.rank(), Some(2 | 3)),
        "GRU: Expected input to be 2D or 3D, got {rank}D instead"),
    // 1.11 to 1.13 take every rank but 3 for unbatched, and unsqueeze it at the batch axis.
    row("input-rank", Call, V1_11, V2_0, "IndexError", |v| v.rank() == Some(0) && v.batch_axis() == 1,
        "Dimension out of range (expected to be in range of [-1, 0], but got 1)"),

    // GRU.forward: the rank of h_0.
    row("h-0-not-a-tensor", Call, V1_11, END, "AttributeError", |v| v.h_0_argument().is_some() && v.h_0().is_none(),
        "'{h_0:type}' object has no attribute 'dim'"),
    row("h-0-rank", Call, V1_11, END, "RuntimeError", |v| v.rank() != Some(3) && v.h_0_rank().is_some_and(|rank| rank != 2),
        "For unbatched 2-D input, hx should also be 2-D but got {h_0.rank}-D tensor"),
    row("h-0-rank", Call, V1_11, END, "RuntimeError", |v| v.rank() == Some(3) && v.h_0_rank().is_some_and(|rank| rank != 3),
        "For batched 3-D input, hx should also be 3-D but got {h_0.rank}-D tensor"),
    row("input-rank", Call, V1_11, V2_0, "RuntimeError", |v| !matches!(v.rank(), Some(2 | 3)),
        "input must have 3 dimensions, got {rank+1}"),

    // `torch.zeros`, where no h_0 is given.
    row("zeros-too-large", Call, V1_7, END, "RuntimeError", |v| v.overflowing_zeros().is_some(),
        "Storage size calculation overflowed with sizes={overflowing_zeros}"),

    // RNNBase.check_forward_args.
    row("input-dtype", Call, V2_1, V2_11, "ValueError", |v| v.input_dtype_differs(),
        "input must have the type {weight.dtype}, got type {input.dtype}"),
    row("input-dtype", Call, V2_11, END, "ValueError", |v| v.input_dtype_differs(),
        "RNN input dtype ({input.dtype}) does not match weight dtype ({weight.dtype}). Convert input: input.to({weight.dtype}), or convert model: model.to({input.dtype})"),
    row("input-features", Call, V1_7, END, "RuntimeError", |v| v.features() != v.int("input_size"),
        "input.size(-1) must be equal to input_size. Expected {input_size}, got {features}"),
    row("h-0-not-a-tensor", Call, V1_7, V1_11, "AttributeError", |v| v.h_0_argument().is_some() && v.h_0().is_none(),
        "'{h_0:type}' object has no attribute 'size'"),
    row("h-0-shape", Call, V1_7, END, "RuntimeError", |v| v.h_0_differs(),
        "Expected hidden size {expected_h_0}, got {h_0.list}"),

    // _VF.gru reads its arguments.
    row("option-kind", Call, V1_7, END, "TypeError", |v| OPTIONS_READ.iter().any(|(name, kind)| v.value(name).type_name() != *kind),
        "gru() received an invalid combination of arguments - got (Tensor, Tensor, list, {gru.types}), but expected one of:\n * (Tensor data, Tensor batch_sizes, Tensor hx, tuple of Tensors params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional)\n      didn't match because some of the arguments have invalid types: (Tensor, Tensor, !{parameter_list}!, {gru.packed_types})\n * (Tensor input, Tensor hx, tuple of Tensors params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)\n      didn't match because some of the arguments have invalid types: (Tensor, Tensor, !{parameter_list}!, {gru.padded_types})\n"),

    row("empty-features", Call, V1_7, V1_10, "RuntimeError", |v| v.features() == Some(0),
        "cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1 can be any value and is ambiguous"),
    // W_ih x of all steps at once. Up to 2.0 the types meet in `mm`, which goes by x, or, where the bias is
    // added in one go, in `addmm`, which goes by the weights; neither looks at them when nothing is multiplied.
    row("input-dtype", Call, V1_7, V2_1, "RuntimeError", |v| v.input_dtype_differs() && !v.fuses_input() && !v.is_input_empty() && v.input().is_some_and(|x| is_unmultiplied(x.dtype, v.call.release)),
        "\"addmm_impl_cpu_\" not implemented for '{input.Scalar}'"),
    row("input-dtype", Call, V1_7, V2_1, "RuntimeError", |v| v.input_dtype_differs() && !v.fuses_input() && !v.is_input_empty(),
        "expected scalar type {input.Scalar} but found {weight.Scalar}"),
    row("input-dtype", Call, V1_7, V2_1, "RuntimeError", |v| !v.fuses_input() && v.is_input_empty() && v.input().is_some_and(|x| !x.dtype.is_floating_point()),
        "{differentiable.assert}"),
    row("input-dtype", Call, V1_13, V2_1, "RuntimeError", |v| v.input_dtype_differs() && v.fuses_input(),
        "mat1 and mat2 must have the same dtype"),
    row("module-half", Call, V1_12, V2_2, "RuntimeError", |v| v.weight_dtype() == Dtype::Float16 && !v.is_input_empty(),
        "\"addmm_impl_cpu_\" not implemented for 'Half'"),
    row("input-dtype", Call, V1_12, V1_13, "RuntimeError", |v| v.input_dtype_differs() && v.fuses_input() && !v.is_input_empty(),
        "expected scalar type {weight.Scalar} but found {input.Scalar}"),
    row("empty-sequence", Call, V1_7, V1_10, "RuntimeError", |v| v.steps() == Some(0),
        "stack expects a non-empty TensorList"),
    row("empty-sequence", Call, V1_10, END, "RuntimeError", |v| v.steps() == Some(0),
        "Expected sequence length to be larger than 0 in RNN"),
    // W_hh h of each step, in the same two ways.
    row("h-0-dtype", Call, V1_7, V2_1, "RuntimeError", |v| v.h_0_dtype_differs() && !v.is_true("bias") && !v.is_empty() && v.state_dtype().is_some_and(|it| is_unmultiplied(it, v.call.release)),
        "\"addmm_impl_cpu_\" not implemented for '{h_0.Scalar}'"),
    row("h-0-dtype", Call, V1_7, V2_1, "RuntimeError", |v| v.h_0_dtype_differs() && !v.is_true("bias") && !v.is_empty(),
        "expected scalar type {h_0.Scalar} but found {weight.Scalar}"),
    row("h-0-dtype", Call, V1_7, V2_1, "RuntimeError", |v| !v.is_true("bias") && v.state_dtype().is_some_and(|it| !it.is_floating_point()),
        "{differentiable.assert}"),
    row("h-0-dtype", Call, V1_13, V2_1, "RuntimeError", |v| v.h_0_dtype_differs() && v.is_true("bias"),
        "mat1 and mat2 must have the same dtype"),
    row("h-0-dtype", Call, V2_1, END, "RuntimeError", |v| v.h_0_dtype_differs() && v.is_true("bias"),
        "mat1 and mat2 must have the same dtype, but got {h_0.Scalar} and {weight.Scalar}"),
    row("h-0-dtype", Call, V2_1, END, "RuntimeError", |v| v.h_0_dtype_differs(),
        "expected m1 and m2 to have the same dtype, but got: {h_0.cpp} != {weight.cpp}"),
    row("module-half", Call, V1_12, V2_2, "RuntimeError", |v| v.weight_dtype() == Dtype::Float16 && !v.is_empty(),
        "\"addmm_impl_cpu_\" not implemented for 'Half'"),
    row("h-0-dtype", Call, V1_7, V1_13, "RuntimeError", |v| v.h_0_dtype_differs() && v.is_true("bias") && !v.is_empty(),
        "expected scalar type {weight.Scalar} but found {h_0.Scalar}"),
    // The gates: made in W_hh h, they have its type, and meet it where no number is multiplied.
    row("h-0-dtype", Call, V1_7, V2_1, "RuntimeError", |v| v.h_0_dtype_differs() && !v.is_true("bias") && v.state_dtype() == Some(Dtype::Float16),
        "\"sigmoid_cpu\" not implemented for 'Half'"),
    row("module-half", Call, V1_7, V2_1, "RuntimeError", |v| v.weight_dtype() == Dtype::Float16 && (v.is_true("bias") || !v.h_0_dtype_differs()),
        "\"sigmoid_cpu\" not implemented for 'Half'"),
    row("h-0-dtype", Call, V1_7, V1_13, "RuntimeError", |v| v.state_dtype() == Some(Dtype::Bool),
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."),
];

/// The options that `_VF.gru` takes only in their own kind, and what that is.
pub(crate) const OPTIONS_READ: [(&str, &str); 4] =
    [("bias", "bool"), ("num_layers", "int"), ("bidirectional", "bool"), ("batch_first", "bool")];

/// Whether the CPU's matrix product refuses an element type by name, up to 2.0.
fn is_unmultiplied(dtype: Dtype, release: Release) -> bool {
    dtype == Dtype::Bool || dtype == Dtype::Float16 && release >= V1_12
}

/// A number from 0 to 1 that is no bool.
fn is_probability(value: &Value) -> bool {
    !matches!(value, Value::Bool(_)) && value.as_number().is_some_and(|value| (0.0..=1.0).contains(&value))
}

/// Whether Python's `float(text)` succeeds: as Rust reads floats, but single underscores may part digits.
fn is_python_float(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('_').collect();
    let is_digit = |character: char| character.is_ascii_digit();
    let are_between_digits =
        parts.windows(2).all(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit));
    are_between_digits && parts.concat().parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Argument, Call, Config};

    #[test]
    fn floats_are_read_as_python_reads_them() {
        for text in ["0.5", " 1 ", "-.5", "5.", "+1e-3", "1_0.2_5", "inf", "-Infinity", "NaN", "1E5"] {
            assert!(is_python_float(text), "{text}");
        }
        for text in ["", ".", "e5", "1e", "1__0", "_1", "1_", "0x1", "half", "1.2.3", "--1", "1e+", "1_.5"] {
            assert!(!is_python_float(text), "{text}");
        }
    }

    #[test]
    fn every_word_of_every_message_is_known() {
        let call = Call {
            config: Config::default(),
            input: Argument::tensor([5, 3, 10]),
            h_0: None,
            release: Release::NEWEST,
        };
        let view = View::new(&call);
        for rule in RULES {
            for name in rule.message.split('{').skip(1) {
                let name = name.split('}').next().unwrap_or_default();
                assert!(view.word(name).is_some(), "{{{name}}} in the message of {}", rule.code);
            }
        }
    }

    #[test]
    fn every_row_answers_in_some_release() {
        assert!(RULES.iter().all(|rule| rule.since < rule.until && rule.until <= END));
    }
}
