//! The kinds of mistakes, a file each; first those that raise, then the silent traps.

mod batch_first_forgotten;
mod batch_missing;
mod detach_missing;
mod directions_linear;
mod double_input;
mod eval_forgotten;
mod features_axis;
mod h_0_batch_first;
mod h_0_layers;
mod last_sample_for_last_step;
mod lengths_sorted;
mod loss_axes;
mod packed_output;
mod softmax_twice;
mod target_dtype;
mod tuple_linear;
mod view_for_transpose;
mod wrong_direction;
mod zero_grad_forgotten;

use super::recipe::Recipe;

/// All kinds, in the order in which they are listed. A link says a kind by its place, so that it tells nothing: a new one stands at the end.
pub(super) const KINDS: &[&Recipe] = &[
    &features_axis::KIND,
    &batch_missing::KIND,
    &h_0_layers::KIND,
    &h_0_batch_first::KIND,
    &directions_linear::KIND,
    &tuple_linear::KIND,
    &loss_axes::KIND,
    &detach_missing::KIND,
    &packed_output::KIND,
    &lengths_sorted::KIND,
    &double_input::KIND,
    &target_dtype::KIND,
    &view_for_transpose::KIND,
    &batch_first_forgotten::KIND,
    &last_sample_for_last_step::KIND,
    &wrong_direction::KIND,
    &softmax_twice::KIND,
    &zero_grad_forgotten::KIND,
    &eval_forgotten::KIND,
];
