use ndarray::{CowArray, IxDyn};

use super::{Input, Model};
use crate::{LinearGradients, TrainError};
use nn::gru::memory::Memory;
use nn::gru::sequence::{Layout, shaped};
use nn::gru::{
    BackwardRun, CallOptions, DropoutMask, ForwardRun, Keep, Real, StateDict, Trace, Upstream, contiguous,
};

/// What a pass of a [`Model`] gave and what its backward pass needs.
#[derive(Debug)]
pub struct ModelPass<T> {
    /// What the head gave: (N, `out_features`), row-major, or (N, L, `out_features`) where it reads every step; N is 1 for
    /// unbatched input.
    pub predictions: Vec<T>,
    /// What the head read: (N, D*H), or (N, L, D*H).
    last: Vec<T>,
    trace: Trace<T>,
}

/// What the passes of one step work in, kept for those of the next.
#[derive(Debug)]
pub(crate) struct Workspace<T> {
    /// The recurrent module's passes, and the gradients by its parameters.
    memory: Memory<T>,
    /// By the embedding's weight, if there is one.
    embedding: Option<Vec<T>>,
    fc: LinearGradients<T>,
}

impl<T> Default for Workspace<T> {
    fn default() -> Self {
        Workspace { memory: Memory::default(), embedding: None, fc: LinearGradients::default() }
    }
}

impl<T: Real> Workspace<T> {
    /// The gradient by every parameter, in the order of the state dict, as the last backward pass left it.
    pub fn gradients(&self) -> impl Iterator<Item = &[T]> {
        let recurrent = self.memory.gradients.iter().flat_map(StateDict::all);
        let embedding = self.embedding.iter().map(Vec::as_slice);
        embedding.chain(recurrent).chain([&self.fc.weight[..], &self.fc.bias])
    }

    fn into_gradients(self) -> Vec<Vec<T>> {
        let recurrent = self.memory.gradients.into_iter().flat_map(StateDict::into_tensors);
        let recurrent = recurrent.map(|gradient| contiguous(gradient.into()));
        self.embedding.into_iter().chain(recurrent).chain([self.fc.weight, self.fc.bias]).collect()
    }
}

impl<T: Real> Model<T> {
    /// `model(input)`, in training mode if there is a mask.
    ///
    /// # Errors
    /// A [`TrainError`] for an input that does not fit, an empty sequence, or more memory than
    /// [`LIMIT_BYTES`](nn::cost::LIMIT_BYTES).
    pub fn forward(
        &self,
        input: &Input<T>,
        mask: Option<&DropoutMask<T>>,
    ) -> Result<ModelPass<T>, TrainError> {
        self.forward_in(&mut Workspace::default(), input, mask)
    }

    /// The gradient of a loss by every parameter, in the order of the state dict, from that by the predictions of a
    /// pass over the same input with the same mask.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn backward(
        &self,
        input: &Input<T>,
        mask: Option<&DropoutMask<T>>,
        pass: ModelPass<T>,
        grad_predictions: &[T],
    ) -> Result<Vec<Vec<T>>, TrainError> {
        let mut workspace = Workspace::default();
        self.backward_in(&mut workspace, input, mask, pass, grad_predictions)?;
        Ok(workspace.into_gradients())
    }

    /// [`Model::forward`] in the memory of earlier passes.
    pub(crate) fn forward_in(
        &self,
        workspace: &mut Workspace<T>,
        input: &Input<T>,
        mask: Option<&DropoutMask<T>>,
    ) -> Result<ModelPass<T>, TrainError> {
        let memory = &mut workspace.memory;
        let (x, layout) = self.embedded(memory, input)?;
        let mut run = ForwardRun::new_in(
            memory,
            &self.recurrent,
            x,
            CallOptions { keep: Keep::Every, mask, ..CallOptions::default() },
        )?;
        run.advance(u64::MAX);
        let judged = self.judged_steps(&layout);
        let mut last = memory.room(layout.batch * judged.len() * run.output().features());
        for b in 0..layout.batch {
            for t in judged.clone() {
                last.extend_from_slice(run.output().row(t, b));
            }
        }
        let Some(trace) = run.leave_vectors(memory) else { unreachable!("a traced run keeps its trace") };
        Ok(ModelPass { predictions: self.fc.forward(&last), last, trace })
    }

    /// [`Model::backward`] in the memory of earlier passes, where it leaves the gradients.
    pub(crate) fn backward_in(
        &self,
        workspace: &mut Workspace<T>,
        input: &Input<T>,
        mask: Option<&DropoutMask<T>>,
        ModelPass { last, trace, .. }: ModelPass<T>,
        grad_predictions: &[T],
    ) -> Result<(), TrainError> {
        let Workspace { memory, embedding: grad_embedding, fc } = workspace;
        // predictions = last W^T + b
        self.fc.backward_into(&last, grad_predictions, fc);
        memory.keep_vectors([last]);
        // output, h_n = gru(x)
        let (x, layout) = self.embedded(memory, input)?;
        let mut run = BackwardRun::new_in(
            memory,
            &self.recurrent,
            x,
            CallOptions { mask, ..CallOptions::default() },
            trace,
            Upstream::default(),
        )?;
        if self.embedding.is_none() {
            // Nothing is learned from what is given.
            run = run.without_input();
        }
        // last = output[:, -1], or all of it
        let judged = self.judged_steps(&layout);
        let grad_output = run.grad_output_mut();
        for (place, grad_last) in fc.x.chunks_exact(grad_output.features()).enumerate() {
            let (b, t) = (place / judged.len(), judged.start + place % judged.len());
            grad_output.row_mut(t, b).copy_from_slice(grad_last);
        }
        run.advance(u64::MAX);
        // x = embedding(tokens)
        if let (Some(embedding), Input::Tokens { tokens, .. }) = (&self.embedding, input) {
            embedding.backward_into(tokens, run.grad_input(), grad_embedding.get_or_insert_default());
        }
        run.leave_vectors(memory);
        Ok(())
    }

    /// What the recurrent module reads.
    pub(super) fn embedded<'a>(
        &self,
        memory: &mut Memory<T>,
        input: &'a Input<T>,
    ) -> Result<(CowArray<'a, T, IxDyn>, Layout), TrainError> {
        let (shape, layout) = self.check(input, None)?;
        match (&self.embedding, input) {
            (Some(embedding), Input::Tokens { tokens, .. }) => {
                let mut rows = memory.room(shape.iter().product());
                embedding.forward_into(tokens, &mut rows).ok_or(TrainError::Token)?;
                Ok((shaped(shape, rows).into(), layout))
            }
            (None, Input::Features(features)) => Ok((features.view().into(), layout)),
            _ => Err(TrainError::Input),
        }
    }
}
