//! Loss curves in words, for those who do not see the picture.

use super::schema::Curves;
use num::float;

/// Where the curves begin, turn and end; says nothing of what it means.
pub fn description(curves: &Curves) -> String {
    format!("Training loss: {}. Validation loss: {}.", course(&curves.training), course(&curves.validation))
}

/// `2.38 at epoch 1, 0.33 at epoch 20`, with the lowest point between them if there is one.
fn course(losses: &[f64]) -> String {
    let at = |index: usize| {
        losses
            .get(index)
            .map(|&loss| format!("{} at epoch {}", float::plain(loss), index + 1))
            .unwrap_or_default()
    };
    let last = losses.len().saturating_sub(1);
    let lowest = (0..losses.len()).min_by(|a, b| losses[*a].total_cmp(&losses[*b])).unwrap_or(last);
    let turn =
        if lowest == 0 || lowest == last { String::new() } else { format!(", lowest with {}", at(lowest)) };
    format!("{}{turn}, {}", at(0), at(last))
}
