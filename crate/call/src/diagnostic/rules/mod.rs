//! What `nn.GRU` refuses: a file for each mistake, and one table of the order in which `PyTorch` looks.
//!
//! A row answers for a call when the release lies in its range and its rule applies; the first row
//! that answers is the exception raised. Where two releases look in another order, the rows of each
//! stand where that release looks.
//!
//! Rows without a recorded run say what they were reasoned from.

use super::rule::Rule;
use super::view::View;
use crate::call::Release;

mod batch_first_type;
mod bias_type;
mod device_differs;
mod device_kind;
mod dropout_range;
mod dropout_type;
mod empty_features;
mod empty_sequence;
mod h_0_dtype;
mod h_0_negative;
mod h_0_not_a_tensor;
mod h_0_rank;
mod h_0_shape;
mod h_0_too_large;
mod hidden_size_sign;
mod hidden_size_type;
mod input_dtype;
mod input_features;
mod input_negative;
mod input_not_a_tensor;
mod input_rank;
mod input_size_sign;
mod input_size_type;
mod input_too_large;
mod missing_option;
mod module_dtype;
mod module_half;
mod module_too_large;
mod num_layers_sign;
mod num_layers_type;
mod option_kind;
mod proj_size;
mod repeated_option;
mod unexpected_option;
mod zeros_too_large;

/// The releases from `since` to before `until` that follow a rule.
pub(super) struct Row {
    pub(super) since: Release,
    pub(super) until: Release,
    pub(super) rule: &'static Rule,
}

/// The place in [`ORDER`] of the first row that answers for a call.
pub(super) fn first_index(view: &View) -> Option<usize> {
    let release = view.call.release;
    ORDER.iter().position(|row| row.since <= release && release < row.until && (row.rule.applies)(view))
}

/// Whether the constructor has warned of an idle dropout before the row at an index refuses.
pub(super) fn warns_before(index: usize) -> bool {
    ORDER[..index].iter().any(|row| std::ptr::eq(row.rule, &raw const dropout_range::RULE))
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
const V2_11: Release = Release::new(2, 11, 0);
const END: Release = Release::new(Release::NEWEST.major, Release::NEWEST.minor + 1, 0);

const fn row(since: Release, until: Release, rule: &'static Rule) -> Row {
    Row { since, until, rule }
}

pub(super) static ORDER: &[Row] = &[
    // Python reads the call.
    row(V1_7, END, &repeated_option::RULE),
    row(V1_7, END, &unexpected_option::NAMES_SELF),
    // GRU.__init__, then Python binds the arguments of RNNBase.__init__.
    row(V1_8, END, &proj_size::RULE),
    row(V1_7, END, &unexpected_option::NAMES_MODE),
    row(V1_7, END, &unexpected_option::UNKNOWN),
    row(V1_7, END, &missing_option::RULE),
    // RNNBase.__init__: `self.dropout = float(dropout)`, then its range, the same in every release.
    row(V1_7, END, &dropout_type::NO_NUMBER),
    row(V1_7, END, &dropout_type::TEXT),
    row(V1_7, END, &dropout_range::RULE),
    // Types and signs, as far as a release looks at them.
    row(V2_11, END, &bias_type::RULE),
    row(V2_11, END, &batch_first_type::RULE),
    row(V2_11, END, &input_size_type::ASKED),
    row(V2_11, END, &input_size_sign::COMPARED),
    row(V2_1, END, &hidden_size_type::ASKED),
    row(V2_1, END, &hidden_size_sign::COMPARED),
    row(V2_2, END, &num_layers_type::COMPARED),
    row(V2_2, END, &num_layers_sign::COMPARED),
    // 1.8 to 2.0 compare proj_size, which is 0, with hidden_size; 1.7 multiplies it by 3.
    row(V1_8, V2_1, &hidden_size_type::COMPARED),
    row(V1_8, V2_1, &hidden_size_sign::PROJECTED),
    row(V1_7, V1_8, &hidden_size_type::MULTIPLIED),
    // `for layer in range(num_layers)`.
    row(V1_7, END, &num_layers_type::COUNTED),
    row(V1_7, V2_2, &num_layers_sign::NO_WEIGHT),
    // The weights: `torch.Tensor(3 * hidden_size, input_size)`, since 1.9 `torch.empty((..., ...))`.
    row(V1_7, V1_9, &hidden_size_type::NEW),
    row(V1_7, V1_9, &input_size_type::NEW),
    row(V1_9, V2_1, &hidden_size_type::EMPTY),
    row(V1_9, END, &module_dtype::NO_DTYPE),
    row(V1_9, END, &device_kind::RULE),
    // Each argument is looked at for its type before sizes are read, since 2.11 too, where one signature is left.
    row(V1_7, END, &module_too_large::ROWS),
    row(V1_9, V2_1, &input_size_type::EMPTY),
    row(V2_1, V2_11, &input_size_type::UNPACKED),
    // Negative and immense sizes. Before 1.12 a number of bytes beyond 2^63 wraps around, and anything may
    // follow, even a crash: 1.12's exception stands for it.
    row(V1_7, END, &module_too_large::SIZES),
    row(V1_7, V1_8, &hidden_size_sign::CREATED),
    row(V1_7, V2_11, &input_size_sign::CREATED),
    row(V1_7, END, &module_too_large::BYTES),
    row(V1_9, END, &module_dtype::INTEGERS),
    row(V1_7, V1_8, &hidden_size_sign::DRAWN),
    // The tensors are created before the call, and arrays by NumPy, whose words no release changes.
    row(V1_7, END, &input_too_large::SIZES),
    row(V1_7, END, &input_negative::RULE),
    row(V1_7, END, &input_too_large::BYTES),
    row(V2_1, END, &input_too_large::STRIDES),
    row(V1_7, END, &input_too_large::ARRAY),
    row(V1_7, END, &input_negative::ARRAY),
    row(V1_7, END, &h_0_too_large::SIZES),
    row(V1_7, END, &h_0_negative::RULE),
    row(V1_7, END, &h_0_too_large::BYTES),
    row(V2_1, END, &h_0_too_large::STRIDES),
    row(V1_7, END, &h_0_too_large::ARRAY),
    row(V1_7, END, &h_0_negative::ARRAY),
    // GRU.forward: the input's rank. Up to 1.10 it asks for `input.size(batch axis)` first.
    row(V1_7, V1_11, &input_not_a_tensor::SIZE),
    row(V1_7, V1_11, &input_not_a_tensor::ARRAY_SIZE),
    row(V1_7, V1_11, &input_rank::NO_AXES),
    row(V1_7, V1_11, &input_rank::ONE_AXIS),
    row(V1_7, V1_11, &input_rank::NOT_THREE),
    row(V1_11, END, &input_not_a_tensor::DIM),
    row(V2_0, V2_1, &input_rank::ASSERTED),
    row(V2_1, END, &input_rank::LOOKED_AT),
    // 1.11 to 1.13 take every rank but 3 for unbatched, and unsqueeze it at the batch axis.
    row(V1_11, V2_0, &input_rank::UNSQUEEZED),
    // GRU.forward: the rank of h_0.
    row(V1_11, END, &h_0_not_a_tensor::DIM),
    row(V1_11, END, &h_0_rank::UNBATCHED),
    row(V1_11, END, &h_0_rank::BATCHED),
    row(V1_11, V2_0, &input_rank::UNSQUEEZED_NOT_THREE),
    // `torch.zeros`, where no h_0 is given.
    row(V1_7, END, &zeros_too_large::RULE),
    // RNNBase.check_forward_args.
    row(V2_1, V2_11, &input_dtype::COMPARED),
    row(V2_11, END, &input_dtype::COMPARED_WITH_HELP),
    row(V1_7, END, &input_features::RULE),
    row(V1_7, V1_11, &h_0_not_a_tensor::SIZE),
    row(V1_7, V1_11, &h_0_not_a_tensor::ARRAY_SIZE),
    row(V1_7, END, &h_0_shape::RULE),
    // _VF.gru reads its arguments.
    row(V1_7, END, &option_kind::RULE),
    // The native function compares devices, and on a GPU types; as its source says, for no GPU was there.
    row(V1_7, END, &device_differs::HIDDEN),
    row(V1_7, END, &h_0_dtype::ON_GPU),
    row(V1_7, END, &device_differs::PARAMETER),
    row(V1_7, V1_10, &empty_features::RULE),
    // W_ih x of all steps at once. Up to 2.0 the types meet in `mm`, which goes by x, or, where the bias is
    // added in one go, in `addmm`, which goes by the weights; neither looks at them when nothing is multiplied.
    row(V1_7, V2_1, &input_dtype::UNMULTIPLIED),
    row(V1_7, V2_1, &input_dtype::MULTIPLIED),
    row(V1_7, V2_1, &input_dtype::NO_GRADIENT),
    row(V1_13, V2_1, &input_dtype::ADDED),
    row(V1_12, V2_2, &module_half::INPUT_PRODUCT),
    row(V1_12, V1_13, &input_dtype::ADDED_BY_WEIGHT),
    row(V1_7, V1_10, &empty_sequence::STACKED),
    row(V1_10, END, &empty_sequence::LOOKED_AT),
    // W_hh h of each step, in the same two ways.
    row(V1_7, V2_1, &h_0_dtype::UNMULTIPLIED),
    row(V1_7, V2_1, &h_0_dtype::MULTIPLIED),
    row(V1_7, V2_1, &h_0_dtype::NO_GRADIENT),
    row(V1_13, V2_1, &h_0_dtype::ADDED),
    row(V2_1, END, &h_0_dtype::ADDED_WITH_TYPES),
    row(V2_1, END, &h_0_dtype::COMPARED),
    row(V1_12, V2_2, &module_half::HIDDEN_PRODUCT),
    row(V1_7, V1_13, &h_0_dtype::ADDED_BY_WEIGHT),
    // The gates: made in W_hh h, they have its type, and meet it where no number is multiplied.
    row(V1_7, V2_1, &h_0_dtype::SIGMOID),
    row(V1_7, V2_1, &module_half::GATES),
    row(V1_7, V1_13, &h_0_dtype::SUBTRACTED),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_mistake_of_the_table_has_the_file_of_its_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/rules");
        let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
        let names = files.filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()));
        let codes: BTreeSet<String> =
            ORDER.iter().map(|row| row.rule.mistake.code.replace('-', "_")).collect();
        assert_eq!(names.filter(|name| name != "mod").collect::<BTreeSet<_>>(), codes);
    }

    #[test]
    fn every_row_answers_in_some_release() {
        assert!(ORDER.iter().all(|row| row.since < row.until && row.until <= END));
    }
}
