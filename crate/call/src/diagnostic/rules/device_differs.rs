//! A module, an input and a state that are not all in one place.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "device-differs", stage: Stage::Call, why, fixes };

/// The state is looked at first; zeros are made where the input is.
pub(super) static HIDDEN: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| other_than_input(view, view.h_0_device()).is_some(),
    |view| words(view, "hidden", view.h_0_device()),
);

/// Then the parameters.
pub(super) static PARAMETER: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| other_than_input(view, view.module_device()).is_some(),
    |view| words(view, "parameter", view.module_device()),
);

/// A place that is not the input's; none where one of them is not known.
fn other_than_input(view: &View, place: Option<String>) -> Option<String> {
    let input = view.input_device()?;
    place.filter(|place| *place != input)
}

fn words(view: &View, name: &str, place: Option<String>) -> String {
    let (input, place) = (view.input_device().unwrap_or_default(), place.unwrap_or_default());
    format!(
        "Input and {name} tensors are not at the same device, found input tensor at {input} and {name} tensor at {place}"
    )
}

fn why(view: &View) -> Explanation {
    let input = view.input_device().unwrap_or_default();
    let explanation = Explanation::new(
        "A GPU has memory of its own. What is multiplied must lie in one memory, and PyTorch moves nothing by itself: x, h_0 and the module are each moved with .to(device).",
    )
    .at(X, format!("at {input}"));
    match other_than_input(view, view.h_0_device()) {
        Some(place) => explanation.at(H_0, format!("at {place}")),
        None => explanation
            .at_option("device", format!("parameters at {}", view.module_device().unwrap_or_default()))
            .note("gru.to(device) moves a module in place; x.to(device) gives another tensor: write x = x.to(device)"),
    }
}

fn fixes(view: &View) -> Vec<Candidate> {
    let input = view.input().and_then(|x| x.device);
    if other_than_input(view, view.h_0_device()).is_some() {
        let device = input.unwrap_or(if view.module_device().as_deref() == Some("cpu") {
            Device::Cpu
        } else {
            Device::Cuda
        });
        let moved =
            FixStep { edit: Edit::SetH0Device { device }, expression: Some("{}.to(x.device)".to_owned()) };
        return vec![Candidate::new("move h_0 to where x is", [moved]), Candidate::leave_h_0_out()];
    }
    let moved = |device: Device| {
        let expression = Some(format!("{{}}.to('{}')", device.name()));
        Candidate::new(
            format!("move x to the {}", if device == Device::Cpu { "CPU" } else { "GPU" }),
            [FixStep { edit: Edit::SetInputDevice { device }, expression }],
        )
    };
    let with_option = |value: &str| option("device", value);
    if input == Some(Device::Cuda) {
        let mut list = Vec::new();
        if view.has_factory() {
            list.push(Candidate::new("make the module on the GPU", [with_option("cuda")]));
        }
        list.push(moved(Device::Cpu));
        list
    } else {
        vec![moved(Device::Cuda), Candidate::new("make the module on the CPU", [without_option("device")])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_on_a_gpu_needs_its_module_there() {
        let input = example().x_device(Device::Cuda).refused_as(&MISTAKE);
        let message = "Input and parameter tensors are not at the same device, found input tensor at cuda:0 and parameter tensor at cpu";
        input.says("1.8", message).is_mended_by("move x to the CPU").by_code(&["x = x.to('cpu')"]);
        input
            .says("2.15", message)
            .is_mended_by("make the module on the GPU")
            .by_code(&["gru = nn.GRU(input_size=10, hidden_size=20, device='cuda')", "x = x.to('cpu')"]);
        let module = example().x_device(Device::Cpu).other("device", "cuda:1").refused_as(&MISTAKE);
        module.says_among_others("2.15", "found input tensor at cpu and parameter tensor at cuda:1");
    }

    #[test]
    fn a_state_is_moved_to_its_input() {
        let state = example().other("device", "cuda").x_device(Device::Cuda).h_0([1, 3, 20]);
        let state = state.h_0_device(Device::Cpu).refused_as(&MISTAKE);
        state
            .says(
                "2.15",
                "Input and hidden tensors are not at the same device, found input tensor at cuda:0 and hidden tensor at cpu",
            )
            .is_mended_by("move h_0 to where x is")
            .by_code(&["h_0 = h_0.to(x.device)"]);
    }

    #[test]
    fn a_state_that_is_made_beside_an_input_on_a_gpu_is_not_there() {
        let state = example().x_device(Device::Cuda).h_0([1, 3, 20]).refused_as(&MISTAKE);
        state
            .says_among_others("2.15", "Input and hidden tensors are not at the same device")
            .by_code(&["gru = nn.GRU(input_size=10, hidden_size=20, device='cuda')\nh_0 = h_0.to(x.device)"]);
    }

    #[test]
    fn what_is_not_said_is_in_one_place() {
        let legal = example().other("device", "cuda").call();
        assert!(crate::diagnostic::diagnose(&legal).is_legal());
    }
}
