//! An input of another element type than the module's.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "input-dtype", stage: Stage::Call, why, fixes };

/// `RNNBase.check_input` compares them.
pub(super) static COMPARED: Rule = MISTAKE.raises("ValueError", differs, |view| {
    let [input, weight] = dtypes(view);
    format!("input must have the type {weight}, got type {input}")
});

/// The same, and how to convert one of them.
pub(super) static COMPARED_WITH_HELP: Rule = MISTAKE.raises("ValueError", differs, |view| {
    let [input, weight] = dtypes(view);
    format!(
        "RNN input dtype ({input}) does not match weight dtype ({weight}). Convert input: input.to({weight}), or convert model: model.to({input})"
    )
});

/// `mm`, which goes by x, has no product of that type.
pub(super) static UNMULTIPLIED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| is_multiplied(view) && is_unmultiplied(view.input_dtype(), view.call.release),
    |view| unmultiplied(view.input_dtype()),
);

/// `mm`, which goes by x, finds weights of another type.
pub(super) static MULTIPLIED: Rule = MISTAKE
    .raises("RuntimeError", is_multiplied, |view| other_scalar(view.input_dtype(), view.weight_dtype()));

/// Autograd, where nothing is multiplied.
pub(super) static NO_GRADIENT: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| {
        !view.fuses_input()
            && view.is_input_empty()
            && view.input().is_some_and(|input| !input.dtype.is_differentiable())
    },
    no_gradient,
);

/// `addmm`, where the bias is added in one go.
pub(super) static ADDED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| differs(view) && view.fuses_input(),
    |_| "mat1 and mat2 must have the same dtype".to_owned(),
);

/// `addmm`, which goes by the weights, finds an input of another type.
pub(super) static ADDED_BY_WEIGHT: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| differs(view) && view.fuses_input() && !view.is_input_empty(),
    |view| other_scalar(view.weight_dtype(), view.input_dtype()),
);

fn differs(view: &View) -> bool {
    view.input().is_some_and(|input| input.dtype != view.weight_dtype())
}

fn dtypes(view: &View) -> [Dtype; 2] {
    [view.input_dtype(), view.weight_dtype()]
}

/// Whether numbers of two types meet in `mm`.
fn is_multiplied(view: &View) -> bool {
    differs(view) && !view.fuses_input() && !view.is_input_empty()
}

/// Whether the CPU's matrix product refuses an element type by name, up to 2.0.
pub(super) fn is_unmultiplied(dtype: Dtype, release: Release) -> bool {
    dtype == Dtype::Bool || dtype == Dtype::Float16 && release >= Release::new(1, 12, 0)
}

/// What the CPU's matrix product says of a type that it refuses.
pub(super) fn unmultiplied(dtype: Dtype) -> String {
    format!("\"addmm_impl_cpu_\" not implemented for '{}'", dtype.scalar_type())
}

/// What the CPU's matrix product says of two types.
pub(super) fn other_scalar(expected: Dtype, found: Dtype) -> String {
    format!("expected scalar type {} but found {}", expected.scalar_type(), found.scalar_type())
}

/// What autograd says of a product that is no floating type.
pub(super) fn no_gradient(view: &View) -> String {
    let (space, line) = match (view.call.release.major, view.call.release.minor) {
        (1, ..12) => ("", "65"),
        (1, 12) => (" ", "65"),
        _ => (" ", "75"),
    };
    format!(
        "isDifferentiableType(variable.scalar_type()){space}INTERNAL ASSERT FAILED at \
         \"../torch/csrc/autograd/functions/utils.h\":{line}, please report a bug to PyTorch. "
    )
}

pub(super) fn why(view: &View) -> Explanation {
    let [given, weight] = dtypes(view);
    let explanation = Explanation::new(format!(
        "x is {given} and the module's weights are {weight}; PyTorch multiplies numbers of one type only."
    ))
    .at(X, given.to_string())
    .at_option("dtype", weight.to_string());
    if given == Dtype::Float64 {
        explanation
            .note("NumPy's floats are 64 bits: torch.from_numpy keeps them, .float() makes them float32")
    } else if given.is_differentiable() {
        explanation
    } else if given == Dtype::Uint8 {
        explanation.note("pictures are 0 to 255 in 8 bits: x.to(torch.float32) / 255 brings them to 0 to 1")
    } else {
        explanation.note("word or token numbers go through nn.Embedding first, which makes features of them")
    }
}

pub(super) fn fixes(view: &View) -> Vec<Candidate> {
    let [given, weight] = dtypes(view);
    if given == Dtype::Complex64 {
        return real_parts(view);
    }
    let mut list: Vec<Candidate> = embedded(view).into_iter().collect();
    list.push(Candidate::new(format!("convert x to {weight}"), [convert_x(weight)]));
    if given.is_floating_point() {
        list.push(Candidate::new(
            format!("convert the module to {given}"),
            [Edit::SetModuleDtype { dtype: given }],
        ));
    }
    list
}

/// The real part of a tensor, in the module's type.
pub(super) fn real_part(weight: Dtype) -> String {
    if weight == Dtype::Float32 { "{}.real".to_owned() } else { format!("{{}}.real.to({weight})") }
}

/// Both parts of complex numbers side by side, or one alone.
fn real_parts(view: &View) -> Vec<Candidate> {
    let [_, weight] = dtypes(view);
    let converted = |expression| FixStep { expression: Some(expression), ..convert_x(weight) };
    let mut shape = view.input_shape();
    let mut list = Vec::new();
    if let Some(last) = shape.0.last_mut() {
        *last = Dim(last.0.saturating_mul(2));
        let size = positive(last.0);
        let both = FixStep {
            edit: input(shape.clone()),
            expression: Some("torch.view_as_real({}).flatten(-2)".to_owned()),
        };
        let same = if weight == Dtype::Float32 { "{}".to_owned() } else { format!("{{}}.to({weight})") };
        let mut changes = vec![both, converted(same)];
        changes.extend(size.map(|size| option("input_size", size).into()));
        let statement = format!("read x as real numbers, two for each: {shape}");
        list.extend(size.map(|_| Candidate::new(statement, changes)));
    }
    let real =
        Candidate::new("keep the real part of x: the imaginary part is lost", [converted(real_part(weight))]);
    list.push(real.losing());
    list
}

/// Two axes of word numbers, each with features of its own.
fn embedded(view: &View) -> Option<Candidate> {
    let [given, weight] = dtypes(view);
    let features = view.int("input_size").filter(|_| !given.is_floating_point() && given != Dtype::Uint8)?;
    let [first, second] = view.input_shape().0[..] else { return None };
    let shape = Shape::new([first.0, second.0, features]);
    let statement = format!("give each number {}, as nn.Embedding does: {shape}", count(features, "feature"));
    // Without a number none is the largest.
    let has_numbers = first.0 > 0 && second.0 > 0;
    let numbers = if given == Dtype::Bool { "{}.long()" } else { "{}" };
    let expression = format!("nn.Embedding(int(x.max()) + 1, {features})({numbers})");
    let embedded = FixStep { edit: input(shape), expression: has_numbers.then_some(expression) };
    // An embedding is float32 already.
    let converted = FixStep { expression: Some("{}".to_owned()), ..convert_x(weight) };
    let converted = if weight == Dtype::Float32 { converted } else { convert_x(weight) };
    Some(Candidate::new(statement, [embedded, converted]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_has_words_for_64_bits() {
        let double = example().x_dtype(Dtype::Float64).refused_as(&MISTAKE);
        double.says("1.11", "expected scalar type Double but found Float");
        double.says("1.12", "expected scalar type Float but found Double");
        double.says("1.13", "mat1 and mat2 must have the same dtype");
        double.says("2.1", "input must have the type torch.float32, got type torch.float64");
        double
            .says(
                "2.15",
                "RNN input dtype (torch.float64) does not match weight dtype (torch.float32). Convert input: input.to(torch.float32), or convert model: model.to(torch.float64)",
            )
            .is_mended_by("convert x to torch.float32")
            .by_code(&[
                "x = x.to(torch.float32)",
                "gru = nn.GRU(input_size=10, hidden_size=20, dtype=torch.float64)",
            ]);
    }

    #[test]
    fn only_64_bits_are_said_to_come_from_numpy() {
        let says_numpy = |dtype| {
            let error = example().x_dtype(dtype).refused_as(&MISTAKE).error();
            error.notes.iter().any(|note| note.contains("NumPy"))
        };
        for dtype in Dtype::ALL.into_iter().filter(|dtype| *dtype != Dtype::Float32) {
            assert_eq!(says_numpy(dtype), dtype == Dtype::Float64, "{dtype}");
        }
    }

    #[test]
    fn complex_numbers_are_read_as_two_real_ones() {
        let complex = example().x_dtype(Dtype::Complex64).refused_as(&MISTAKE);
        complex.says("1.11", "expected scalar type ComplexFloat but found Float");
        complex
            .says(
                "2.15",
                "RNN input dtype (torch.complex64) does not match weight dtype (torch.float32). Convert input: input.to(torch.float32), or convert model: model.to(torch.complex64)",
            )
            .is_mended_by("read x as real numbers, two for each: (5, 3, 20)")
            .by_code(&[
                "gru = nn.GRU(input_size=20, hidden_size=20)\nx = torch.view_as_real(x).flatten(-2)",
                "x = x.real",
            ]);
    }

    #[test]
    fn bytes_are_converted_and_not_embedded() {
        let bytes = example().x([5, 10]).x_dtype(Dtype::Uint8).refused_as(&MISTAKE);
        bytes
            .says("2.10", "input must have the type torch.float32, got type torch.uint8")
            .is_mended_by("convert x to torch.float32");
        assert!(bytes.error().notes[0].contains("/ 255"));
    }

    #[test]
    fn token_numbers_are_embedded() {
        let tokens = example().x([5, 10]).x_dtype(Dtype::Int64).refused_as(&MISTAKE);
        tokens
            .says("2.10", "input must have the type torch.float32, got type torch.int64")
            .is_mended_by("give each number 10 features, as nn.Embedding does: (5, 10, 10)")
            .by_code(&["x = nn.Embedding(int(x.max()) + 1, 10)(x)", "x = x.to(torch.float32)"]);
        let flags = |batch| example().x([5, batch, 10]).x_dtype(Dtype::Bool).option("bias", false);
        let multiplied = flags(3).refused_as(&MISTAKE);
        multiplied.says("2.0", "\"addmm_impl_cpu_\" not implemented for 'Bool'");
        flags(0).refused_as(&MISTAKE).says_among_others("2.0", "utils.h\":75");
    }
}
