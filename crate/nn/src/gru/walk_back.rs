use std::ops::Range;

/// The order of a backward pass: layers from above, in each its directions, in each the steps from the one that
/// the forward pass took last, in each the units.
#[derive(Debug)]
pub struct WalkBack {
    directions: usize,
    steps: usize,
    units: usize,
    /// The current layer.
    pub layer: usize,
    /// The current direction: 1 reads from the end.
    pub direction: usize,
    /// Steps that the forward pass had done before the current one.
    steps_before: usize,
    /// Units complete in this step.
    units_done: usize,
}

impl WalkBack {
    /// The walk through layers and directions over `steps` steps, at least 1, of `units` pieces each.
    pub fn new([layers, directions]: [u64; 2], steps: usize, units: usize) -> Self {
        WalkBack {
            directions: directions as usize,
            steps,
            units,
            layer: layers as usize - 1,
            direction: 0,
            steps_before: steps - 1,
            units_done: 0,
        }
    }

    /// At most so many units that come next in this step, and one at least.
    pub fn units(&self, wanted: u64) -> Range<usize> {
        let left = self.units - self.units_done;
        let wanted = usize::try_from(wanted).unwrap_or(left).clamp(1, left);
        self.units_done..self.units_done + wanted
    }

    /// The units before `end` are done: whether the step is, to be left by `end_step`.
    pub fn end_units(&mut self, end: usize) -> bool {
        self.units_done = end;
        end == self.units
    }

    /// Leaves a step: whether its layer is complete and there is one below.
    pub fn end_step(&mut self) -> bool {
        self.units_done = 0;
        if let Some(steps_before) = self.steps_before.checked_sub(1) {
            self.steps_before = steps_before;
            return false;
        }
        self.steps_before = self.steps - 1;
        self.direction += 1;
        if self.direction < self.directions || self.layer == 0 {
            return false;
        }
        self.direction = 0;
        self.layer -= 1;
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

    /// The input's step that the forward pass read here.
    pub fn time(&self) -> usize {
        self.time_after(self.steps_before)
    }

    /// The step it read before, or none at the first.
    pub fn time_before(&self) -> Option<usize> {
        Some(self.time_after(self.steps_before.checked_sub(1)?))
    }

    fn time_after(&self, steps: usize) -> usize {
        if self.direction == 0 { steps } else { self.steps - 1 - steps }
    }
}
