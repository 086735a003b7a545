//! The code of a call that keeps the numbers of another, as a learner would write it.

use super::code::{application, creations, heading, prints};
use super::highlight::highlight;
use super::writer::CodeLine;
use crate::call::Call;
use crate::diagnostic::RunPlan;

/// The code of a call whose module, input and `h_0` keep the numbers of another call's: the other call is drawn first, then this one,
/// then what both have a place for is copied.
///
/// The plans are those of the calls.
pub fn kept_code(before: (&Call, &RunPlan), now: (&Call, &RunPlan), seed: Option<i64>) -> Vec<CodeLine> {
    let mut lines = heading(now.0, seed);
    lines.extend(creations(before.0, ["before", "x_before", "h_0_before"]));
    lines.extend(creations(now.0, ["gru", "x", "h_0"]));
    let copies = copies(before.1, now.1);
    lines.extend(copies.iter().map(|line| highlight(line)));
    lines.push(application(now.0));
    lines.extend(prints());
    lines
}

/// The lines that copy.
fn copies(before: &RunPlan, now: &RunPlan) -> Vec<String> {
    let mut lines: Vec<String> = [
        "",
        "def keep(old, new):",
        "    both = tuple(slice(min(sizes)) for sizes in zip(old.shape, new.shape))",
        "    new[both] = old[both]",
        "",
        "state = gru.state_dict()",
        "for name, old in before.state_dict().items():",
        "    if name in state:",
    ]
    .map(str::to_owned)
    .into();
    let (old, new) = (&before.config, &now.config);
    let [h, h_new] = [old.hidden_size, new.hidden_size];
    let [d, d_new] = [old.directions(), new.directions()];
    let by_gate = if h == h_new {
        "keep(old, state[name])".to_owned()
    } else {
        format!("keep(old.view(3, {h}, -1), state[name].view(3, {h_new}, -1))  # r, z and n apart")
    };
    let columns = d != d_new || (d == 2 && h != h_new);
    if columns && old.num_layers.min(new.num_layers) > 1 {
        lines.extend([
            "        if name.startswith(\"weight_ih\") and \"_l0\" not in name:".to_owned(),
            "            # The directions of the layer below stand beside each other in the columns."
                .to_owned(),
            format!(
                "            keep(old.view(3, {h}, {d}, {h}), state[name].view(3, {h_new}, {d_new}, {h_new}))"
            ),
            "        else:".to_owned(),
            format!("            {by_gate}"),
        ]);
    } else {
        lines.push(format!("        {by_gate}"));
    }
    lines.push("gru.load_state_dict(state)".to_owned());
    let [x, x_new] = if order(before) == order(now) { [""; 2] } else { [order(before), order(now)] };
    lines.push(format!("keep(x_before{x}, x{x_new})"));
    if let (Some(states), Some(states_new)) = (&before.h_0_shape, &now.h_0_shape) {
        let (mut old, mut new) = (String::new(), String::new());
        if d != d_new || states.len() != states_new.len() {
            (old, new) = (apart(before, states), apart(now, states_new));
        }
        lines.push(format!("keep(h_0_before{old}, h_0{new})"));
    }
    lines
}

/// What makes an input (L, N, F).
fn order(plan: &RunPlan) -> &'static str {
    match plan.input_shape.len() {
        2 => ".unsqueeze(1)",
        _ if plan.config.batch_first => ".transpose(0, 1)",
        _ => "",
    }
}

/// What makes states (layers, directions, N, H).
fn apart(RunPlan { config, .. }: &RunPlan, states: &[usize]) -> String {
    let batch = if let [_, batch, _] = *states { batch } else { 1 };
    format!(".view({}, {}, {batch}, {})", config.num_layers, config.directions(), config.hidden_size)
}
