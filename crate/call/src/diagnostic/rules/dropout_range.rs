//! A dropout that is no probability.

use crate::diagnostic::prelude::*;
use num::float;

static MISTAKE: Mistake = Mistake { code: "dropout-range", stage: Stage::Constructor, why, fixes };

/// `RNNBase.__init__` compares it: a number from 0 to 1 that is no bool.
pub(super) static RULE: Rule = MISTAKE.raises(
    "ValueError",
    |view| {
        let value = view.value("dropout");
        let is_probability = value.as_number().is_some_and(|number| (0.0..=1.0).contains(&number));
        matches!(value, Value::Bool(_)) || !is_probability
    },
    |_| words::DROPOUT.to_owned(),
);

pub(super) fn why(view: &View) -> Explanation {
    let value = view.value("dropout");
    let why = match &value {
        Value::Bool(true) => {
            "dropout is a probability, such as 0.5; True says only that there should be some.".to_owned()
        }
        Value::Bool(false) => "dropout is a probability; for none, write 0 or leave it out.".to_owned(),
        Value::Int(_) | Value::Float(_) => {
            format!(
                "dropout is a probability from 0 to 1: how likely an element is zeroed while training. {value} is outside."
            )
        }
        _ => {
            format!("dropout is a probability, a number from 0 to 1; this is {}.", article(value.type_name()))
        }
    };
    Explanation::new(why).at_option("dropout", "not a number from 0 to 1")
}

pub(super) fn fixes(view: &View) -> Vec<Candidate> {
    let value = match view.value("dropout") {
        Value::Str(text) => float::read(text.trim().trim_end_matches('%')),
        Value::Bool(_) => None,
        value => value.as_number(),
    };
    let probability = value.map(f64::abs).and_then(|value| match value {
        0.0..=1.0 => Some(value),
        // 20 for 20 %.
        1.0..=100.0 => Some(value / 100.0),
        _ => None,
    });
    let some = (view.value("dropout") == Value::Bool(true)).then_some(0.5);
    let mut list: Vec<Candidate> =
        probability.into_iter().chain(some).map(|value| Candidate::set("dropout", value)).collect();
    list.push(Candidate::new("leave dropout out: nothing is dropped", [without_option("dropout")]));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropout_is_a_probability() {
        let message = "dropout should be a number in range [0, 1] representing the probability of an element being zeroed";
        let percent = example().option("dropout", 20).refused_as(&MISTAKE);
        percent.says("1.7", message);
        percent.says("2.15", message).is_mended_by("set dropout=0.2");
        example()
            .option("dropout", true)
            .refused_as(&MISTAKE)
            .says("2.15", message)
            .is_mended_by("set dropout=0.5");
    }

    #[test]
    fn why_it_is_none_is_said_of_the_value_that_was_given() {
        let why = |value: Value| example().option("dropout", value).refused_as(&MISTAKE).error().why;
        assert!(why(Value::Bool(true)).contains("True says only that there should be some"));
        assert!(why(Value::Bool(false)).contains("for none, write 0 or leave it out"));
        assert!(why(Value::Float(1.5)).ends_with("1.5 is outside."));
    }
}
