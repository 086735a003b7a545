//! Which releases answer alike.

use super::ReleaseRange;
use crate::call::Release;

/// What changed with a release from which on some call is answered otherwise.
const CHANGES: &[(Release, &[&str])] = &[
    (
        Release::new(1, 7, 0),
        &[
            "The oldest release known here: an input has three axes, and options of the wrong kind are found late.",
        ],
    ),
    (
        Release::new(1, 8, 0),
        &["hidden_size=0 is refused, by the words 'proj_size has to be smaller than hidden_size'."],
    ),
    (
        Release::new(1, 9, 0),
        &[
            "nn.GRU gains device and dtype.",
            "A size of the wrong kind is refused by torch.empty, no longer by torch.Tensor.",
        ],
    ),
    (Release::new(1, 10, 0), &["An empty sequence has its own message.", "input_size=0 can be called."]),
    (
        Release::new(1, 11, 0),
        &[
            "An input of two axes is one unbatched sequence, (L, H_in).",
            "The number of axes of h_0 has its own messages.",
            "The first release for Python 3.10, which names the class too where it refuses an argument: RNNBase.__init__().",
        ],
    ),
    (Release::new(1, 12, 0), &["The message of a wrong dtype names the two types in the other order."]),
    (Release::new(1, 13, 0), &["A wrong dtype says 'mat1 and mat2 must have the same dtype'."]),
    (
        Release::new(2, 0, 0),
        &["An input that has neither two nor three axes is refused at once, by an AssertionError."],
    ),
    (
        Release::new(2, 1, 0),
        &[
            "An input that has neither two nor three axes is a ValueError.",
            "The dtype is compared before the shape.",
            "hidden_size must be an int above 0.",
        ],
    ),
    (Release::new(2, 2, 0), &["num_layers must be above 0; before, an IndexError said so."]),
    (
        Release::new(2, 11, 0),
        &[
            "bias and batch_first must be True or False, input_size an int above 0.",
            "The message of a wrong dtype says how to convert the input or the model.",
        ],
    ),
];

/// The last release of each run of releases that were run and answer alike, by its first.
const LAST_RUN: &[(u16, u16, u16)] = &[
    (1, 7, 1),
    (1, 8, 1),
    (1, 9, 1),
    (1, 10, 2),
    (1, 11, 0),
    (1, 12, 1),
    (1, 13, 1),
    (2, 0, 1),
    (2, 1, 2),
    (2, 10, 0),
    (2, 15, 0),
];

/// The runs of releases that answer every call alike, the newest first.
pub fn release_ranges() -> Vec<ReleaseRange> {
    let ends = LAST_RUN.iter().map(|(major, minor, patch)| Release::new(*major, *minor, *patch));
    let ranges = CHANGES.iter().zip(ends).map(|((from, changes), to)| ReleaseRange {
        from: *from,
        to,
        label: label(*from, to),
        changes: changes.iter().map(|change| (*change).to_owned()).collect(),
    });
    ranges.rev().collect()
}

/// `2.11 to 2.15`, or `1.11` alone.
fn label(from: Release, to: Release) -> String {
    let first = format!("{}.{}", from.major, from.minor);
    let last = format!("{}.{}", to.major, to.minor);
    if first == last { first } else { format!("{first} to {last}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::rules::ORDER;

    #[test]
    fn every_boundary_of_the_table_begins_a_range() {
        let begins: BTreeSet<Release> = release_ranges().iter().map(|range| range.from).collect();
        let ends_within = |release: &Release| *release <= Release::NEWEST;
        let boundaries = ORDER.iter().flat_map(|row| [row.since, row.until]).filter(ends_within);
        assert_eq!(begins, boundaries.collect());
    }
}
