use std::ops::Range;

use crate::parameters::Plan;

/// The order of a pass: layers, in each its directions, in each the steps, in each the units. A forward pass takes layers
/// from below and steps as a direction reads them; a backward pass takes both from the other end.
#[derive(Debug)]
pub struct Walk {
    is_backward: bool,
    layers: usize,
    directions: usize,
    steps: usize,
    /// The steps of each sample, at least 1; all of them where this is empty.
    lengths: Vec<usize>,
    /// The current layer.
    pub layer: usize,
    /// The current direction: 1 reads from the end.
    pub direction: usize,
    /// How many steps the direction reads before the current one.
    step: usize,
    /// Units complete in this step.
    pub units_done: usize,
}

impl Walk {
    /// The walk of a forward pass over so many steps, at least 1, of samples that are as long or as these lengths say.
    pub fn forward(plan: &Plan, steps: usize, lengths: Vec<usize>) -> Self {
        let [layers, directions] = [plan.num_layers, plan.directions].map(|size| size as usize);
        Walk {
            is_backward: false,
            layers,
            directions,
            steps,
            lengths,
            layer: 0,
            direction: 0,
            step: 0,
            units_done: 0,
        }
    }

    /// That of a backward pass.
    pub fn backward(plan: &Plan, steps: usize, lengths: Vec<usize>) -> Self {
        let walk = Walk::forward(plan, steps, lengths);
        Walk { is_backward: true, layer: walk.layers - 1, step: steps - 1, ..walk }
    }

    /// Whether the current step is the last one of its direction.
    pub fn is_last_step(&self) -> bool {
        self.step == if self.is_backward { 0 } else { self.steps - 1 }
    }

    /// Leaves a step: whether that ends a layer.
    pub fn end_step(&mut self) -> bool {
        self.units_done = 0;
        if !self.is_last_step() {
            self.step = if self.is_backward { self.step - 1 } else { self.step + 1 };
            return false;
        }
        self.step = if self.is_backward { self.steps - 1 } else { 0 };
        self.direction += 1;
        if self.direction < self.directions {
            return false;
        }
        self.direction = 0;
        self.layer = if self.is_backward { self.layer.saturating_sub(1) } else { self.layer + 1 };
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

    /// The step of sample `b` that the forward pass reads here, or none where it has ended.
    pub fn time(&self, b: usize) -> Option<usize> {
        (self.step < self.length(b)).then(|| self.time_after(self.step, b))
    }

    /// The step it reads before, or none at the first.
    pub fn time_before(&self, b: usize) -> Option<usize> {
        Some(self.time_after(self.step.checked_sub(1)?, b))
    }

    /// The step it reads last.
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
