//! Options that the constructor takes and the call does not.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "option-kind", stage: Stage::Call, why, fixes };

/// `_VF.gru` reads its arguments.
pub(super) static RULE: Rule =
    MISTAKE.raises("TypeError", |view| wrong(view).next().is_some(), |view| {
        let list = parameter_list(view);
        let given = gru_arguments(view).each_ref().map(Value::qualified_type_name).join(", ");
        let [packed, padded] = [&PACKED, &PADDED].map(|expected| marked_types(view, expected));
        format!(
            "gru() received an invalid combination of arguments - got (Tensor, Tensor, list, {given}), but expected one of:\n \
             * (Tensor data, Tensor batch_sizes, Tensor hx, tuple of Tensors params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional)\n      \
             didn't match because some of the arguments have invalid types: (Tensor, Tensor, !{list}!, {packed})\n \
             * (Tensor input, Tensor hx, tuple of Tensors params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)\n      \
             didn't match because some of the arguments have invalid types: (Tensor, Tensor, !{list}!, {padded})\n"
        )
    });

/// The options that `_VF.gru` takes only in their own kind, and what that is.
const OPTIONS_READ: [(&str, &str); 4] =
    [("bias", "bool"), ("num_layers", "int"), ("bidirectional", "bool"), ("batch_first", "bool")];

/// What the overload of `_VF.gru` for packed input takes in the places of bias and what follows.
const PACKED: [&str; 6] = ["tuple of Tensors", "bool", "int", "float", "bool", "bool"];
/// What the overload for padded input takes there.
const PADDED: [&str; 6] = ["bool", "int", "float", "bool", "bool", "bool"];

/// Whether C++ reads a value as this kind; an int of `NumPy` is one to it.
fn is_read_as(value: &Value, kind: &str) -> bool {
    value.type_name() == kind || kind == "int" && matches!(value, Value::Int64(_))
}

/// Those of another kind.
fn wrong(view: &View) -> impl Iterator<Item = &'static str> {
    let is_wrong = |(name, kind): &(&str, &str)| !is_read_as(&view.value(name), kind);
    OPTIONS_READ.into_iter().filter(is_wrong).map(|(name, _)| name)
}

/// What `_VF.gru` is given after its tensors: its dropout is a float and whether it trains a bool.
fn gru_arguments(view: &View) -> [Value; 6] {
    let [dropout, training] = [Value::Float(0.0), Value::Bool(true)];
    let value = |option| view.value(option);
    [value("bias"), value("num_layers"), dropout, training, value("bidirectional"), value("batch_first")]
}

/// Whether a message about a list says what is in it.
fn lists_types(view: &View) -> bool {
    view.call.release >= Release::new(2, 0, 0)
}

/// The types given to `_VF.gru`, those in exclamation marks that an overload does not take.
fn marked_types(view: &View, expected: &[&str; 6]) -> String {
    let type_names =
        |values: &[Value]| values.iter().map(Value::qualified_type_name).collect::<Vec<_>>().join(", ");
    let arguments = gru_arguments(view);
    let marked = arguments.iter().zip(expected).map(|(given, expected)| match given {
        // The message marks an int of NumPy too, though it would be read.
        _ if given.type_name() == *expected => given.type_name().to_owned(),
        Value::List(items) if lists_types(view) => format!("!list of [{}]!", type_names(items)),
        Value::Tuple(items) if lists_types(view) => {
            let comma = if items.len() == 1 { "," } else { "" };
            format!("!tuple of ({}{comma})!", type_names(items))
        }
        _ => format!("!{}!", given.qualified_type_name()),
    });
    marked.collect::<Vec<_>>().join(", ")
}

/// `list of [Parameter, Parameter]`, cut where no person reads on.
fn parameter_list(view: &View) -> String {
    const MOST: i128 = 4096;
    if !lists_types(view) {
        return "list".to_owned();
    }
    let count = view.states() * if view.is_true("bias") { 4 } else { 2 };
    let mut names = vec!["Parameter"; count.clamp(0, MOST) as usize];
    names.extend((count > MOST).then_some("..."));
    format!("list of [{}]", names.join(", "))
}

fn why(view: &View) -> Explanation {
    let first = wrong(view).next().unwrap_or_default();
    let value = view.value(first);
    let kind = if first == "num_layers" { "an int" } else { "True or False" };
    let explanation = Explanation::new(format!(
        "The constructor takes {first}={value}, but the call hands it on to C++, which takes only {kind} there."
    ));
    wrong(view).fold(explanation, |explanation, name| {
        explanation.at_option(name, format!("{}, not {kind}", article(view.value(name).type_name())))
    })
}

fn fixes(view: &View) -> Vec<Candidate> {
    let sets = wrong(view).map(|name| match name {
        "num_layers" => Candidate::set(name, view.int(name).and_then(positive).unwrap_or(1)),
        name => flag::fix(view, name),
    });
    Candidate::all(sets).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_reads_options_only_in_their_own_kind() {
        let number = example().option("bidirectional", 1).option("bias", 0).refused_as(&MISTAKE);
        number.says_among_others("1.13", "(Tensor, Tensor, !list!, ");
        number.says_among_others(
            "2.10",
            "gru() received an invalid combination of arguments - got (Tensor, Tensor, list, int, int, float, bool, int, bool), but",
        );
        number
            .says_among_others(
                "2.10",
                "(Tensor, Tensor, !list of [Parameter, Parameter, Parameter, Parameter]!, !int!, !int!, ",
            )
            .is_mended_by("set bias=False and bidirectional=True");
        let tuple = example().option("bidirectional", Value::Tuple(vec![Value::Int(1)])).refused_as(&MISTAKE);
        tuple.says_among_others("2.10", "!tuple of (int,)!").is_mended_by("set bidirectional=True");
    }
}
