// An object after free() is told by name, whatever is asked of it; a class that is new fails here until it has a maker.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as code from '../../www/pkg/gru_code.js';
import * as quiz from '../../www/pkg/gru_quiz.js';
import { goldens, lab, page, runs } from './core.mjs';

for (const [module, name] of [[code, 'gru_code'], [quiz, 'gru_quiz']]) {
  module.initSync({ module: readFileSync(new URL(`../../www/pkg/${name}_bg.wasm`, import.meta.url)) });
}

const tensor = (...shape) => ({ shape, data: new Float32Array(shape.reduce((size, axis) => size * axis, 1)) });
const sizes = { input_size: 3, hidden_size: 4 };
const plan = page.runPlan({ config: sizes, input: { shape: [5, 2, 3] } });
const training = {
  task: 'adding', seq_len: 10, batch: 64, fresh: true, hidden_size: 16, num_layers: 1, dropout: 0, optimizer: 'Adam', lr: 0.02,
  momentum: 0, nesterov: false, beta_1: 0.9, beta_2: 0.999, alpha: 0.99, lr_decay: 0, weight_decay: 0, clip_grad_norm: null,
  steps: 200, seed: 0,
};
const memory = { seq_len: 4, steps: 5, gate_bias: 3, bias_all: false, seeds: 1, seed: 0 };
const text = {
  seq_len: 4, hidden_size: 3, embedding_dim: 2, batch: 2, lr: 0.01, steps: 2, sample_every: 1, length: 3, temperature: 1, prompt: '', sample_seed: 0,
  seed: 0,
};
const series = { seq_len: 5, hidden_size: 3, batch: 4, lr: 0.01, steps: 2, horizon: 2, season: 0, difference: false, seed: 0 };
const setupOf = (room) => goldens('lab/rooms.jsonl').find((record) => record.room === room).setup;
const model = () => new lab.Model({ gru: sizes, out_features: 1 });
const trainer = (of) => new lab.Trainer(of, { x: tensor(5, 2, 3), y: tensor(2, 1) }, { loss: 'mse_loss', optimizer: { name: 'SGD' }, steps: 1 });

/** An object of each class, by a module that exports it. */
const MAKERS = {
  Embedding: ({ Embedding }) => new Embedding({ num_embeddings: 2, embedding_dim: 1 }),
  Experiment: ({ Experiment }) => new Experiment(plan, 0),
  Generator: ({ Generator }) => new Generator(0),
  GradientsRun: ({ GradientsRun }) => new GradientsRun(setupOf('gradients')),
  Gru: ({ Gru }) => new Gru(sizes),
  GruCell: ({ GruCell }) => new GruCell(sizes),
  Linear: ({ Linear }) => new Linear({ in_features: 1, out_features: 1 }),
  Lstm: ({ Lstm }) => new Lstm(sizes),
  LstmCell: ({ LstmCell }) => new LstmCell(sizes),
  MemoryRun: ({ MemoryRun }) => new MemoryRun(memory, 'gru_open', 0),
  MinGru: ({ MinGru }) => new MinGru(sizes),
  Model: model,
  Quiz: ({ Quiz }) => new Quiz(),
  Recorded: ({ Gru }) => new Gru(sizes).record(tensor(5, 2, 3)),
  Rnn: ({ Rnn }) => new Rnn(sizes),
  RnnCell: ({ RnnCell }) => new RnnCell(sizes),
  SeriesTraining: ({ SeriesTraining }) => new SeriesTraining(Float64Array.from({ length: 60 }, (_, at) => Math.sin(at)), series),
  TextTraining: ({ TextTraining }) => new TextTraining('a text of some words. '.repeat(5), text),
  Trainer: () => trainer(model()),
  Training: ({ Training }) => new Training(training),
  VariantsRun: ({ VariantsRun }) => new VariantsRun(setupOf('variants')),
};

/** All that can be asked of an object, as functions of the object. */
function asked({ prototype }) {
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  return members.flatMap(([name, { get }]) => {
    if (get) return [[name, (object) => object[name]]];
    if (name === 'constructor' || name.startsWith('__')) return [];
    // What is told of the object comes before what is told of arguments, once JavaScript has them in their kinds.
    const numbers = new Float32Array(1);
    const given = { forwardInto: [numbers, 1, 1, numbers], dispatch: [{ type: 'tick' }, 0] }[name] ?? [];
    return [[`${name}()`, (object) => object[name](...given)]];
  });
}

for (const [title, module] of Object.entries({ page, runs, quiz, code, lab })) {
  const classes = Object.entries(module).filter(([, value]) => typeof value === 'function' && 'free' in (value.prototype ?? {}));
  for (const [name, of] of classes) {
    test(`${title}: what is asked of a ${name} after free() is told by name`, () => {
      assert.ok(name in MAKERS, `${name} has no maker here`);
      const questions = asked(of);
      assert.ok(questions.length > 1);
      for (const [question, ask] of questions) {
        const object = MAKERS[name](module);
        object.free();
        assert.throws(() => ask(object), { name: 'FreedError', message: /free\(\)/ }, `${name}.${question}`);
      }
      assert.ok(MAKERS[name](module), 'the module goes on working');
    });
  }
}

test('every maker makes an object of a class that is exported', () => {
  for (const name of Object.keys(MAKERS)) assert.ok(MAKERS[name](lab) instanceof lab[name], name);
});

test('an object that was freed, or used up, is no argument and has no more to say', () => {
  const freed = model();
  freed.free();
  assert.throws(() => trainer(freed), { name: 'FreedError' });
  const finished = MAKERS.VariantsRun(lab);
  finished.finish();
  assert.throws(() => finished.advance(), { name: 'FreedError' });
});
