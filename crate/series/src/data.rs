use ndarray::ArrayD;
use serde::Serialize;
use train::{Criterion, Input};

use crate::{Naive, SeriesSetup};

/// At most so many windows are judged, evenly spaced.
pub(crate) const MOST_JUDGED: usize = 256;

/// Where the parts of a series end, and what standardises it. Places count what is learned: where that is the change, the first
/// value of the series has none and is left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeriesParts {
    /// How many values at the beginning of the series are left out: 1 where changes are learned, else 0.
    pub offset: u64,
    /// How many values there are.
    pub count: u64,
    /// Where the training part ends: 70 % of them.
    pub train: u64,
    /// Where the validation part ends and the test part begins: 85 % of them.
    pub test: u64,
    /// The windows whose target lies in each part: training, validation, test.
    pub windows: [u64; 3],
    /// The mean of the training part of what is learned.
    pub mean: f64,
    /// Its standard deviation, over n - 1 as `torch.std` has it.
    pub std: f64,
}

/// A series, split in time and standardised by its training part.
///
/// The target of a window lies in one part alone; what is read before it may reach back into the part before, which is past
/// by then.
#[derive(Debug, Clone)]
pub struct SeriesData {
    /// The values themselves, `offset` left out.
    pub levels: Vec<f64>,
    /// What is learned, standardised, of the same length.
    pub scaled: Vec<f32>,
    /// Where the parts end.
    pub parts: SeriesParts,
    seq_len: usize,
    season: usize,
    difference: bool,
}

impl SeriesParts {
    /// The parts of so many values, without what standardises them.
    pub(crate) fn of(values: usize, setup: &SeriesSetup) -> Self {
        let offset = u64::from(setup.difference);
        let count = (values as u64).saturating_sub(offset);
        let (train, test) = (count * 7 / 10, count * 17 / 20);
        let first = setup.seq_len;
        let windows = [
            train.saturating_sub(first),
            test.saturating_sub(train.max(first)),
            count.saturating_sub(test.max(first)),
        ];
        SeriesParts { offset, count, train, test, windows, mean: f64::NAN, std: f64::NAN }
    }
}

impl SeriesData {
    /// The data of a setup that was found to fit the values.
    pub(crate) fn new(values: &[f64], setup: &SeriesSetup) -> Self {
        let mut parts = SeriesParts::of(values.len(), setup);
        let learned: Vec<f64> = if setup.difference {
            values.windows(2).map(|pair| pair[1] - pair[0]).collect()
        } else {
            values.to_vec()
        };
        // The training part alone: what is later is not known when the model is made.
        let train = &learned[..parts.train as usize];
        let mean = train.iter().sum::<f64>() / train.len() as f64;
        let squares = train.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
        let std = (squares / (train.len() as f64 - 1.0)).sqrt();
        (parts.mean, parts.std) = (mean, std);
        SeriesData {
            levels: values[parts.offset as usize..].to_vec(),
            scaled: learned.iter().map(|value| ((value - mean) / std) as f32).collect(),
            seq_len: setup.seq_len as usize,
            season: setup.season as usize,
            difference: setup.difference,
            parts,
        }
    }

    /// The windows before some targets, (N, L, 1).
    pub fn windows(&self, targets: &[usize]) -> Input<f32> {
        let elements = targets.iter().flat_map(|&target| &self.scaled[target - self.seq_len..target]);
        Self::input(self.seq_len, elements.copied().collect())
    }

    /// The elements of windows as the model reads them.
    pub(crate) fn input(seq_len: usize, elements: Vec<f32>) -> Input<f32> {
        let shape = vec![elements.len() / seq_len.max(1), seq_len, 1];
        let array = ArrayD::from_shape_vec(shape, elements);
        Input::Features(array.unwrap_or_else(|_| unreachable!("whole windows")))
    }

    /// What is to be told of some targets.
    pub fn targets(&self, targets: &[usize]) -> Criterion<f32> {
        Criterion::Mse(targets.iter().map(|&target| self.scaled[target]).collect())
    }

    /// The targets from one place to another, every so many, at most [`MOST_JUDGED`] of them.
    fn spaced(from: usize, to: usize) -> Vec<usize> {
        (from..to).step_by(stride(to - from, MOST_JUDGED)).collect()
    }

    /// The targets of the validation part that are judged.
    pub fn validation(&self) -> Vec<usize> {
        Self::spaced(self.parts.train as usize, self.parts.test as usize)
    }

    /// The targets of the test part that are judged.
    pub fn test(&self) -> Vec<usize> {
        Self::spaced(self.parts.test as usize, self.parts.count as usize)
    }

    /// The value that is meant by what the model says of the next one after `before`.
    pub(crate) fn level(&self, told: f32, before: f64) -> f64 {
        let learned = f64::from(told) * self.parts.std + self.parts.mean;
        if self.difference { before + learned } else { learned }
    }

    /// The season in values.
    pub(crate) fn season(&self) -> usize {
        self.season
    }

    /// How far a naive forecast of the next value is off, for each target.
    pub(crate) fn naive_errors<'a>(
        &'a self,
        naive: Naive,
        targets: &'a [usize],
    ) -> impl Iterator<Item = f64> + 'a {
        targets
            .iter()
            .map(move |&target| naive.next(&self.levels[..target], self.season) - self.levels[target])
    }
}

/// After how many the next is taken, so that of so many at most `most` are.
pub(crate) fn stride(count: usize, most: usize) -> usize {
    count.div_ceil(most).max(1)
}
