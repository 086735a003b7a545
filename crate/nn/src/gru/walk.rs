use std::ops::Range;

use super::plan::Plan;

/// The order of a forward pass: layers from below, in each its directions, in each the steps, in each the units.
#[derive(Debug)]
pub struct Walk {
    directions: usize,
    steps: usize,
    units: usize,
    /// The steps of each sample, at least 1; all of them where this is empty.
    lengths: Vec<usize>,
    /// The current layer.
    pub layer: usize,
    /// The current direction: 1 reads from the end.
    pub direction: usize,
    /// Steps complete in this layer and direction.
    steps_done: usize,
    /// Units complete in this step.
    units_done: usize,
}

impl Walk {
    /// The walk through a module over `steps` steps of `units` pieces each.
    pub fn new(plan: &Plan, steps: usize, units: usize) -> Self {
        Walk {
            directions: plan.directions as usize,
            steps,
            units,
            lengths: Vec::new(),
            layer: 0,
            direction: 0,
            steps_done: 0,
            units_done: 0,
        }
    }

    /// The same over samples of so many steps each; those behind are left out.
    pub fn with_lengths(mut self, lengths: Vec<usize>) -> Self {
        self.lengths = lengths;
        self
    }

    /// At most so many units that come next in this step.
    pub fn units(&self, wanted: u64) -> Range<usize> {
        let left = self.units - self.units_done;
        let wanted = usize::try_from(wanted).unwrap_or(left).clamp(1, left);
        self.units_done..self.units_done + wanted
    }

    /// The units before `end` are done: whether the direction is complete, to be left by `end_direction`.
    pub fn end_units(&mut self, end: usize) -> bool {
        self.units_done = end;
        if end == self.units {
            self.units_done = 0;
            self.steps_done += 1;
        }
        self.steps_done == self.steps
    }

    /// Leaves a direction: whether its layer is complete.
    pub fn end_direction(&mut self) -> bool {
        self.steps_done = 0;
        self.direction += 1;
        if self.direction < self.directions {
            return false;
        }
        self.direction = 0;
        self.layer += 1;
        true
    }

    /// The place of the current layer and direction in a state's first axis.
    pub fn cell(&self) -> usize {
        self.layer * self.directions + self.direction
    }

    /// The current direction's part of an output row.
    pub fn side(&self, features: usize) -> Range<usize> {
        self.direction * features..(self.direction + 1) * features
    }

    /// The step of sample `b` that is read now, or none where it has ended.
    pub fn time(&self, b: usize) -> Option<usize> {
        (self.steps_done < self.length(b)).then(|| self.time_after(self.steps_done, b))
    }

    /// The step read before it, or none at the first.
    pub fn time_before(&self, b: usize) -> Option<usize> {
        Some(self.time_after(self.steps_done.checked_sub(1)?, b))
    }

    /// The step read last.
    pub fn time_last(&self, b: usize) -> usize {
        self.time_after(self.length(b) - 1, b)
    }

    /// The step that the current direction reads after `steps` others.
    fn time_after(&self, steps: usize, b: usize) -> usize {
        if self.direction == 0 { steps } else { self.length(b) - 1 - steps }
    }

    fn length(&self, b: usize) -> usize {
        self.lengths.get(b).copied().unwrap_or(self.steps)
    }
}
