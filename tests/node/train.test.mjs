// Training through the package: the losses of real PyTorch, and what it does with nonsense.
import assert from 'node:assert/strict';
import test from 'node:test';
import { goldens, lab } from './core.mjs';

/** The core's default setup, which the page's opening repeats. */
const OPENING = {
  task: 'adding', seq_len: 10, batch: 64, fresh: true, hidden_size: 16, num_layers: 1, dropout: 0, optimizer: 'Adam', lr: 0.02,
  momentum: 0, nesterov: false, beta_1: 0.9, beta_2: 0.999, alpha: 0.99, lr_decay: 0, weight_decay: 0, clip_grad_norm: null,
  steps: 200, seed: 0,
};

function closeTo(got, expected, what) {
  assert.equal(got.length, expected.length, what);
  expected.forEach((value, index) => {
    assert.ok(Math.abs(got[index] / value - 1) <= 1e-4, `${what}[${index}]: ${got[index]}, not ${value}`);
  });
}

const text = ({ segments }) => segments.map((segment) => segment.text).join('');

for (const record of goldens('scripts/training.jsonl')) {
  test(`${record.id} learns as PyTorch does`, () => {
    const setup = { ...OPENING, ...record.setup };
    const plan = lab.trainingPlan(setup);
    assert.deepEqual(plan.code.map(text), record.script);
    assert.deepEqual([plan.trouble, plan.y.length], [null, 8]);

    const training = new lab.Training(setup);
    // In slices of odd length: where they end must not matter.
    const slices = [];
    while (training.steps < setup.steps && !slices.at(-1)?.stopped_early) slices.push(training.advance(Math.min(7, setup.steps - training.steps)));
    closeTo(slices.flatMap(({ losses }) => [...losses]), record.losses, 'losses');
    const validation = slices.flatMap((slice) => slice.validation);
    assert.deepEqual(validation.map(({ steps }) => steps), record.validation.map((_, index) => 5 * (index + 1)));
    closeTo(validation.map(({ loss }) => loss), record.validation, 'validation');
    const { accuracy } = validation.at(-1);
    assert.equal(accuracy, record.accuracy);
    if (record.best) {
      const { best } = slices.at(-1);
      assert.equal(best.steps, record.best[0]);
      closeTo([best.loss], [record.best[1]], 'best');
      // From here on the model of the best step answers, not the last that the record has.
      training.free();
      return;
    }
    const { predictions } = slices.findLast((slice) => slice.predictions);
    record.predictions.flat().forEach((value, index) => assert.ok(Math.abs(predictions[index] - value) < 2e-4));
    training.free();
  });
}

test('a run that diverges ends with its step, a reason and fixes', () => {
  const setup = { ...OPENING, optimizer: 'SGD', lr: 10 };
  const training = new lab.Training(setup);
  const slice = training.advance(100);
  assert.ok(slice.losses.length > 3 && slice.losses.length < 30);
  assert.equal(slice.grad_norms.length, slice.losses.length);
  assert.equal(slice.trouble.message, `the loss is inf at step ${slice.losses.length}`);
  assert.deepEqual(slice.trouble.help.map(({ change }) => change), [{ lr: 0.1 }, { clip_grad_norm: 1 }]);
  assert.equal(training.advance(1).losses.length, 0);
  training.free();
});

test('what cannot be run has a plan that says why, and no run', () => {
  const { trouble, code, x, parameters } = lab.trainingPlan({ ...OPENING, hidden_size: 0 });
  assert.deepEqual([trouble.exception, trouble.message], ['ValueError', 'hidden_size must be greater than zero']);
  assert.ok(code.length > 20);
  assert.deepEqual([x, parameters], [[], null]);
  assert.throws(() => new lab.Training({ ...OPENING, hidden_size: 0 }), { name: 'SetupError' });
  assert.throws(() => lab.trainingPlan({ ...OPENING, task: 'chess' }), { name: 'ArgumentError' });
  assert.throws(() => lab.trainingPlan(null), { name: 'ArgumentError' });
});
