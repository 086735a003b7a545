/** The worker: owns one wasm instance and computes runs in slices, so that it hears a cancel in between. */
import { initSync, Experiment } from '../../pkg/gru_playground.js';
import type { FromWorker, RunRequest, ToWorker } from './protocol.js';

/** How long a slice should take: short enough that a cancel is heard at once. */
const SLICE_MS = 25;
/** The first slice's size in multiply-adds; later ones follow the measured speed. */
const FIRST_SLICE = 2_000_000;

const cancelled = new Set<number>();
const channel = new MessageChannel();

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Lets waiting messages in; unlike a timer it is not slowed down when nested. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => {
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

async function run(id: number, request: RunRequest): Promise<void> {
  const started = performance.now();
  const experiment = new Experiment(request.call, request.seed);
  try {
    let slice = FIRST_SLICE;
    for (;;) {
      const before = performance.now();
      const progress = experiment.advance(slice);
      if (progress.done >= progress.total) break;
      const took = Math.max(performance.now() - before, 0.1);
      slice = Math.max(1, Math.round(slice * Math.min(4, SLICE_MS / took)));
      post({ kind: 'progress', id, progress });
      await nextTask();
      if (cancelled.delete(id)) {
        post({ kind: 'cancelled', id });
        return;
      }
    }
    const values = experiment.finish();
    const milliseconds = performance.now() - started;
    const arrays = [values.input, values.output, values.h_n];
    if (values.h_0) arrays.push(values.h_0);
    for (const gates of values.trace) {
      arrays.push(gates.r, gates.z, gates.n, gates.h, gates.pre_r, gates.pre_z, gates.n_input, gates.n_hidden);
    }
    post({ kind: 'result', id, result: { ...values, milliseconds } }, arrays.map((array) => array.buffer));
  } finally {
    experiment.free();
  }
}

self.onmessage = (event: MessageEvent<ToWorker>): void => {
  const message = event.data;
  switch (message.kind) {
    case 'start':
      initSync({ module: message.module });
      post({ kind: 'ready' });
      break;
    case 'cancel':
      cancelled.add(message.id);
      break;
    case 'run': {
      const { id } = message;
      run(id, message.request)
        .catch((error: unknown) => {
          // After a panic or a failed allocation the instance is unusable: the page starts a new worker.
          const fatal = error instanceof WebAssembly.RuntimeError;
          const { name, message: text } = error instanceof Error ? error : new Error(String(error));
          post({ kind: 'error', id, name, message: text, fatal });
        })
        .finally(() => cancelled.delete(id));
      break;
    }
  }
};
