// Runs every engine on every call, interleaved: what disturbs one round disturbs all engines in it.
import { ENGINES, call } from './engines/all.js';
import { load as tensorflow } from './engines/tfjs.js';
import { flat, start } from './engines/wasm.js';

/** A reading of the clock is good to 0.1 ms: a measurement takes at least this long. */
const BATCH_MS = 20;
/** PyTorch's own builds differ from each other by this much and less. */
const AGREE = 1e-5;

/** Tells the driver what is being done. */
const say = (text) => { console.info(text); };

/** Runs something so often and tells how many milliseconds once took; what answers by promise is waited for. */
async function time(run, count) {
  const before = performance.now();
  for (let i = 0; i < count; i += 1) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return (performance.now() - before) / count;
}

/** How often a run is repeated to fill a measurement; the engine is warm afterwards. */
async function repeats(run, ms = BATCH_MS) {
  let count = 1;
  for (;;) {
    // The better of two: the first call compiles, and any may be disturbed.
    const took = Math.min(await time(run, count), await time(run, count)) * count;
    if (took >= ms) return count;
    count = Math.ceil(count * Math.min(10, (1.2 * ms) / Math.max(took, 0.5)));
  }
}

/** One number an entry and round: entries take turns, each round begins with another. */
async function interleaved(entries, rounds) {
  const names = Object.keys(entries);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < names.length; i += 1) {
      const name = names[(i + round) % names.length];
      samples[name].push(await entries[name]());
      // Lets the browser do what it has put off, outside of what is timed.
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  }
  return samples;
}

function difference(output, expected) {
  if (output.length !== expected.length) return Infinity;
  return output.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
}

function agree(name, engine, worst) {
  if (!(worst <= AGREE)) throw new Error(`${name}: ${engine} differs by ${worst}`);
}

/** Multiply-adds a second that each flavour can do at best, whichever way is faster here. */
async function peaks(inside) {
  const ROUNDS = 100_000;
  const entries = {};
  for (const [flavour, { peakOfRegisters, peakOfTile }] of Object.entries(inside)) {
    const ways = [];
    for (const way of [peakOfRegisters, peakOfTile]) {
      const rounds = (await repeats(() => way(ROUNDS))) * ROUNDS;
      ways.push(async () => (way(1) * rounds) / ((await time(() => way(rounds), 1)) / 1000));
    }
    entries[flavour] = async () => Math.max(await ways[0](), await ways[1]());
  }
  return entries;
}

const insides = async () => ({
  relaxed: await start('/peers/bench_inside.js', 'relaxed'),
  simd128: await start('/peers/bench_inside.js', 'simd128'),
});

/** A pass of every engine, and of ours without the boundary. */
export async function forward({ calls, rounds, engines: wanted }) {
  const inside = await insides();
  const peak = await peaks(inside);
  const engines = {};
  for (const name of wanted ?? Object.keys(ENGINES)) engines[name] = await ENGINES[name]();
  const report = [];
  for (const name of calls) {
    say(`forward ${name}`);
    const of = await call(name);
    const entries = {};
    const models = [];
    const differences = {};
    for (const [engine, { model }] of Object.entries(engines)) {
      const { run, order = (output) => output, free } = await model(of);
      models.push({ free });
      differences[engine] = difference(order(await run()), of.expected);
      agree(name, engine, differences[engine]);
      const count = await repeats(run);
      entries[engine] = () => time(run, count);
    }
    for (const [flavour, { Inside }] of Object.entries(inside)) {
      const model = new Inside(of.input, of.hidden, of.layers, flat(of.parameters), of.data, of.steps, of.batch);
      models.push(model);
      for (const what of ['passes', 'traced']) {
        const count = await repeats(() => model[what](1));
        entries[`${what}, ${flavour}`] = async () => (await time(() => model[what](count), 1)) / count;
      }
      entries[`peak, ${flavour}`] = peak[flavour];
    }
    const milliseconds = await interleaved(entries, rounds);
    const peakOf = {};
    for (const flavour of Object.keys(inside)) {
      peakOf[flavour] = milliseconds[`peak, ${flavour}`];
      delete milliseconds[`peak, ${flavour}`];
    }
    report.push({ call: name, sizes: sizesOf(of), differences, milliseconds, peak: peakOf });
    for (const { free } of models.filter((model) => !model.passes)) await free();
    for (const model of models.filter(({ passes }) => passes)) model.free();
  }
  return report;
}

function sizesOf({ input, hidden, layers, steps, batch }) {
  return { input, hidden, layers, steps, batch };
}

/** Numbers that look random and are always the same. */
function numbers(count, scale) {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}

/** A step of training, ours against that of tfjs. */
export async function train({ calls, rounds }) {
  const inside = await insides();
  const tfjs = await tensorflow({ gradients: true });
  const report = [];
  for (const name of calls) {
    say(`training ${name}`);
    const of = await call(name);
    const { input, hidden, layers, steps, batch, parameters, data } = of;
    const out = 8;
    const rate = 0.01;
    const head = { weight: numbers(out * hidden, 1 / Math.sqrt(hidden)), bias: numbers(out, 0.1) };
    const targets = numbers(batch * out, 1);
    const all = [...parameters, { data: head.weight }, { data: head.bias }];
    const runs = { 'tfjs wasm': () => tfjs.training({ ...of, head, targets, rate }) };
    for (const [flavour, { Training }] of Object.entries(inside)) {
      runs[`this project, ${flavour}`] = () =>
        new Training(Uint32Array.of(input, hidden, layers, steps, batch, out), flat(all), data, targets, rate);
    }
    const losses = {};
    const entries = {};
    const training = [];
    for (const [engine, make] of Object.entries(runs)) {
      const run = make();
      training.push(run);
      losses[engine] = run.steps(4);
      const worst = Math.abs(losses[engine] / losses['tfjs wasm'] - 1);
      if (!(worst <= 1e-4)) throw new Error(`${name}: the loss of ${engine} differs by ${worst}`);
      const count = await repeats(() => run.steps(1));
      entries[engine] = async () => (await time(() => run.steps(count), 1)) / count;
    }
    report.push({ call: name, sizes: sizesOf(of), losses, milliseconds: await interleaved(entries, rounds) });
    for (const run of training) run.free();
  }
  return report;
}

/** The time of a pass while one size grows: what the plot of the report shows. */
export async function growth({ series, rounds }) {
  const inside = await insides();
  const { Inside } = inside.relaxed;
  const report = [];
  for (const { axis, points } of series) {
    say(`growth of ${axis}`);
    for (const { value, sizes } of points) {
      const { input, hidden, layers, steps, batch } = sizes;
      let count = 0;
      for (let k = 0; k < layers; k += 1) count += 3 * hidden * ((k === 0 ? input : hidden) + hidden + 2);
      const parameters = numbers(count, 1 / Math.sqrt(hidden));
      const model = new Inside(input, hidden, layers, parameters, numbers(steps * batch * input, 1), steps, batch);
      const passes = await repeats(() => model.passes(1));
      const { it } = await interleaved({ it: async () => (await time(() => model.passes(passes), 1)) / passes }, rounds);
      report.push({ axis, value, sizes, milliseconds: it });
      model.free();
    }
  }
  return report;
}

window.bench = { forward, train, growth };
