//! Which releases answer alike.

use super::ReleaseRange;
use crate::call::Release;

/// A release from which on some call is answered otherwise, the last that was run of those that answer like it, and what
/// changed.
type AlikeReleases = (Release, Release, &'static [&'static str]);

const fn run(from: (u16, u16), to: (u16, u16, u16), changes: &'static [&'static str]) -> AlikeReleases {
    (Release::new(from.0, from.1, 0), Release::new(to.0, to.1, to.2), changes)
}

const RANGES: &[AlikeReleases] = &[
    run(
        (1, 7),
        (1, 7, 1),
        &[
            "The oldest release known here: an input has three axes, and options of the wrong kind are found late.",
        ],
    ),
    run(
        (1, 8),
        (1, 8, 1),
        &["hidden_size=0 is refused, by the words 'proj_size has to be smaller than hidden_size'."],
    ),
    run(
        (1, 9),
        (1, 9, 1),
        &[
            "nn.GRU gains device and dtype.",
            "A size of the wrong kind is refused by torch.empty, no longer by torch.Tensor.",
        ],
    ),
    run((1, 10), (1, 10, 2), &["An empty sequence has its own message.", "input_size=0 can be called."]),
    run(
        (1, 11),
        (1, 11, 0),
        &[
            "An input of two axes is one unbatched sequence, (L, H_in).",
            "The number of axes of h_0 has its own messages.",
            "The first release for Python 3.10, which names the class too where it refuses an argument: RNNBase.__init__().",
        ],
    ),
    run((1, 12), (1, 12, 1), &["The message of a wrong dtype names the two types in the other order."]),
    run((1, 13), (1, 13, 1), &["A wrong dtype says 'mat1 and mat2 must have the same dtype'."]),
    run(
        (2, 0),
        (2, 0, 1),
        &["An input that has neither two nor three axes is refused at once, by an AssertionError."],
    ),
    run(
        (2, 1),
        (2, 1, 2),
        &[
            "An input that has neither two nor three axes is a ValueError.",
            "The dtype is compared before the shape.",
            "hidden_size must be an int above 0.",
        ],
    ),
    run((2, 2), (2, 10, 0), &["num_layers must be above 0; before, an IndexError said so."]),
    run(
        (2, 11),
        (2, 15, 0),
        &[
            "bias and batch_first must be True or False, input_size an int above 0.",
            "The message of a wrong dtype says how to convert the input or the model.",
        ],
    ),
];

/// The runs of releases that answer every call alike, the newest first.
pub fn release_ranges() -> Vec<ReleaseRange> {
    let range = |(from, to, changes): &AlikeReleases| ReleaseRange {
        from: *from,
        to: *to,
        label: label(*from, *to),
        changes: changes.iter().map(|change| (*change).to_owned()).collect(),
    };
    RANGES.iter().rev().map(range).collect()
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
