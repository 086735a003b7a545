//! An initial hidden state that is no tensor.

use super::h_0_shape::fixes;
use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "h-0-not-a-tensor", stage: Stage::Call, why, fixes };

/// `GRU.forward` asks for `hx.dim()`.
pub(super) static DIM: Rule = MISTAKE.raises("AttributeError", is_no_tensor, |view| {
    format!("'{}' object has no attribute 'dim'", given_type(view))
});

/// `RNNBase.check_hidden_size` asks for `hx.size()`.
pub(super) static SIZE: Rule = MISTAKE.raises(
    "AttributeError",
    |view| is_no_tensor(view) && !is_array(view),
    |view| format!("'{}' object has no attribute 'size'", given_type(view)),
);

/// The same of an array of `NumPy`, whose size is a number.
pub(super) static ARRAY_SIZE: Rule =
    MISTAKE.raises("TypeError", is_array, |_| "'int' object is not callable".to_owned());

fn is_array(view: &View) -> bool {
    matches!(view.h_0_argument(), Some(Argument::Array { .. }))
}

fn is_no_tensor(view: &View) -> bool {
    view.h_0_argument().is_some() && view.h_0().is_none()
}

fn given_type(view: &View) -> &'static str {
    view.h_0_argument().map_or("NoneType", Argument::type_name)
}

fn why(view: &View) -> Explanation {
    let why = match given_type(view) {
        "tuple" => {
            "A GRU has one state, h_0: a tensor. The pair (h_0, c_0) is what nn.LSTM takes.".to_owned()
        }
        kind => format!("h_0 must be a tensor, and this is {}; left out, it is zeros.", article(kind)),
    };
    Explanation::new(why).at(H_0, "not a tensor")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_made_a_tensor() {
        let array = example().h_0_array([1, 3, 20], Dtype::Float64).refused_as(&MISTAKE);
        array.says("1.10", "'int' object is not callable");
        array
            .says("2.15", "'numpy.ndarray' object has no attribute 'dim'")
            .is_mended_by("make a tensor of it: its shape is (1, 3, 20), then convert h_0 to torch.float32")
            .by_code(&["h_0 = torch.from_numpy(h_0).to(torch.float32)"]);
    }

    #[test]
    fn a_pair_is_an_lstm_s() {
        let pair = example().h_0_value(Value::Tuple(vec![Value::None; 2])).refused_as(&MISTAKE);
        pair.says("1.10", "'tuple' object has no attribute 'size'");
        pair.says("2.15", "'tuple' object has no attribute 'dim'")
            .is_mended_by("make h_0 anew of zeros, with the N of x: (1, 3, 20)");
    }
}
