// Steps of training.
import { lab } from '../core.mjs';
import { OPTIONS, answeredDict, answeredList, pick, stateDict, tensor } from './tensors.mjs';

/** Targets: classes, or rows of numbers. */
function targets(loss, y) {
  if (loss === 'cross_entropy') return y;
  const rows = y.map((row) => [row].flat());
  return tensor({ shape: [rows.length, rows[0].length], data: rows.flat() });
}

export function train({ record }) {
  const { gru, fc, embedding, loss, optimizer, opt_kwargs, clip_grad_norm, seed, x, y, losses } = record;
  const config = {
    embedding: embedding ? pick(embedding, ['num_embeddings', 'padding_idx']) : null,
    gru: pick(gru, OPTIONS.GRU),
    out_features: fc[1],
  };
  const trainer = new lab.Trainer(
    lab.Model.fromStateDict(config, stateDict(record.initial)),
    { x: embedding ? x : tensor(x), y: targets(loss, y) },
    { loss, optimizer: { name: optimizer, ...opt_kwargs }, clip_grad_norm, steps: losses.length },
    { seed: seed ?? 0 },
  );
  const told = trainer.run();
  const answers = [
    answeredList('losses', told.losses),
    answeredList('grad_norms', told.grad_norms),
    ...answeredDict('final', trainer.stateDict()),
  ];
  if (typeof record.init_seed === 'number') {
    answers.push(...answeredDict('initial', new lab.Model(config, { seed: record.init_seed }).stateDict()));
  }
  return answers;
}
