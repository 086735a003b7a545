// What the page asks the package for, held to what PyTorch did with the very code that the page shows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { maxDifference, page as core, runs } from './core.mjs';

const { records } = JSON.parse(readFileSync(new URL('../golden/page.json', import.meta.url), 'utf8'));

/** The calls of the records, as the page builds them. */
const OPENING = { config: { input_size: 10, hidden_size: 20, num_layers: 2 }, input: { shape: [5, 3, 10] } };
const option = (options) => ({ ...OPENING, config: { ...OPENING.config, ...options } });
const CALLS = {
  opening: OPENING,
  everything: {
    config: { input_size: 6, hidden_size: 3, num_layers: 2, batch_first: true, bidirectional: true },
    input: { shape: [2, 4, 6] },
    h_0: { shape: [4, 2, 3] },
  },
  'missing batch': { ...option({ input_size: 8 }), input: { shape: [4, 10] } },
  'rank 1': { ...OPENING, input: { shape: [10] } },
  'rank 4': { ...OPENING, input: { shape: [1, 5, 3, 10] } },
  features: { ...OPENING, input: { shape: [5, 3, 7] } },
  'h_0 shape': { ...OPENING, h_0: { shape: [1, 3, 20] } },
  'h_0 rank': { ...OPENING, h_0: { shape: [3, 20] } },
  'h_0 rank, unbatched': { ...OPENING, input: { shape: [5, 10] }, h_0: { shape: [2, 1, 20] } },
  'input dtype': { ...OPENING, input: { shape: [5, 3, 10], dtype: 'float64' } },
  'h_0 dtype': { ...OPENING, h_0: { shape: [2, 3, 20], dtype: 'float64' } },
  dropout: option({ dropout: 1.5 }),
  'hidden_size 0': option({ hidden_size: 0 }),
  'hidden_size float': option({ hidden_size: 2.5 }),
  'num_layers 0': option({ num_layers: 0 }),
  'empty sequence': { ...OPENING, input: { shape: [0, 3, 10] } },
  'dropout, one layer': { ...OPENING, config: { input_size: 10, hidden_size: 20, dropout: 0.5 } },
};

/** The seed that a record's code sets. */
const seedOf = ({ code }) => Number(/manual_seed\((\d+)\)/.exec(code)[1]);

test('every record has its call', () => {
  assert.deepEqual(records.map(({ id }) => id).sort(), Object.keys(CALLS).sort());
});

for (const record of records) {
  test(`${record.id}: the code, and what PyTorch said of it`, () => {
    const call = CALLS[record.id];
    const lines = core.code(call, seedOf(record)).map(({ segments }) => segments.map(({ text }) => text).join(''));
    assert.equal(lines.join('\n'), record.code);

    const { trace, diagnostics } = core.diagnose(call);
    const said = (severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    assert.deepEqual(
      said('error').map(({ exception, message }) => [exception, message]),
      record.exception === null ? [] : [[record.exception, record.message]],
    );
    assert.deepEqual(said('warning').map(({ exception, message }) => `${exception}: ${message}`), record.warnings);
    const shapes = ['output', 'h_n'].map((role) => trace?.tensors.find((tensor) => tensor.role === role)?.shape);
    const printed = trace ? shapes.map((shape) => `torch.Size([${shape.join(', ')}])`) : [];
    assert.deepEqual(printed, record.printed);
    assert.equal(core.cost(call) === undefined || core.cost(call) === null, record.exception !== null);
  });
}

/** A run as the page starts it: the call is read by its own module, and computed there if it is small, else by the worker's. */
const experiment = (call, seed, { Experiment } = runs) => new Experiment(core.runPlan(call), seed);

for (const record of records.filter(({ out }) => out)) {
  for (const [where, module] of [['the page', core], ['the worker', runs]]) {
    test(`${record.id}: a run in small steps on ${where} gives PyTorch's numbers`, () => {
      const run = experiment(CALLS[record.id], seedOf(record), module);
      let steps = 0;
      let progress;
      do {
        progress = run.advance(1000);
        steps += 1;
      } while (progress.done < progress.total);
      assert.ok(steps > 1);
      const { output, output_shape, h_n, h_n_shape, trace, h_0 } = run.finish();
      assert.deepEqual([output_shape, h_n_shape], [record.out.shape, record.h_n.shape]);
      assert.ok(maxDifference(output, record.out.data) <= 5e-6);
      assert.ok(maxDifference(h_n, record.h_n.data) <= 5e-6);
      assert.equal(h_0 === null, CALLS[record.id].h_0 === undefined);
      assert.equal(trace.length, record.h_n.shape[0]);
    });
  }
}

test('what cannot be run is refused by name before anything is drawn', () => {
  for (const [call, name] of [
    [CALLS.features, 'IllegalCallError'],
    [{ ...option({ dtype: 'float64' }), input: { shape: [5, 3, 10], dtype: 'float64' } }, 'DtypeError'],
    [option({ hidden_size: 20000 }), 'TooLargeError'],
    [{ ...OPENING, input: { shape: [2 ** 40, 3, 10] } }, 'TooLargeError'],
    ['nonsense', 'ArgumentError'],
  ]) {
    assert.throws(() => experiment(call, 0), { name }, JSON.stringify(call));
  }
  assert.throws(() => experiment(OPENING, 0.5), { name: 'ArgumentError' });
});

/** A statement on a tensor that the learner has: `x = x.unsqueeze(1)`, `h_0 = torch.zeros(1, x.size(1), 20)`. */
const onTheirs = /^(x|h_0) = .*\b(x|h_0)\b/;

test('every fix of every mistake gives a call that PyTorch takes, and is a statement on what is there or code that says so', () => {
  for (const record of records.filter(({ exception }) => exception !== null)) {
    const call = CALLS[record.id];
    const [error] = core.diagnose(call).diagnostics;
    assert.ok(error.help.length > 0, record.id);
    for (const fix of error.help) {
      const fixed = core.applyFix(call, fix);
      assert.ok(core.diagnose(fixed).trace, `${record.id}: ${fix.statement}`);
      const code = core.code(fixed, 0).map(({ segments }) => segments.map(({ text }) => text).join('').split('  #')[0]);
      for (const line of fix.code.split('\n')) assert.ok(onTheirs.test(line) || code.includes(line), `${record.id}: ${line}`);
    }
  }
});

test('a minor version names one range of releases: addresses carry no more', () => {
  const minor = (release) => release.split('.').slice(0, 2).map(Number);
  const ranges = core.releases();
  assert.ok(ranges.length > 1);
  for (const [index, { from, to }] of ranges.entries()) {
    assert.match(from, /^\d+\.\d+\.0$/);
    const older = ranges[index + 1];
    if (older) assert.ok(minor(older.to)[0] < minor(from)[0] || minor(older.to)[1] < minor(from)[1], `${older.to} and ${from}`);
    assert.ok(minor(from)[0] === minor(to)[0], `${from} to ${to} crosses a major version`);
  }
});
