import 'gru-playground';
import type { GruPlaygroundProps } from 'gru-playground';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

/** Every attribute, by its own name and by that of its property. */
const BY_ATTRIBUTE: GruPlaygroundProps = {
  'seq-len': 7, batch: 4, unbatched: false, 'input-size': 6, 'hidden-size': 16, 'num-layers': 3, bias: false, 'batch-first': true,
  dropout: 0.25, bidirectional: true, dtype: 'float32', input: '(4, 7, 6)', 'input-dtype': 'float32',
  'input-on': 'tensor', 'give-h-0': true, 'h-0': '(6, 4, 16)', 'h-0-dtype': 'float32', 'h-0-on': 'tensor', seed: 3, release: '2.4', keep: 'num_layers=1', edit: 'input,0,0.5', hide: 'parameters', sample: 1, layer: 2, reverse: true,
  step: 3, other: '', theme: 'dark', loading: 'eager',
};
const BY_PROPERTY: GruPlaygroundProps = {
  seqLen: 7, batch: 4, unbatched: false, inputSize: 6, hiddenSize: 16, numLayers: 3, bias: false, batchFirst: true,
  dropout: 0.25, bidirectional: true, dtype: 'float32', input: '(4, 7, 6)', inputDtype: 'float32',
  inputOn: 'tensor', giveH0: true, h0: '(6, 4, 16)', h0Dtype: 'float32', h0On: 'tensor', seed: 3, release: '2.4', keep: 'num_layers=1', edit: 'input,0,0.5', hide: ['parameters'], sample: 1, layer: 2, reverse: true,
  step: 3, other: '', theme: 'dark', loading: 'eager',
};

function Props() {
  const [props, setProps] = useState<GruPlaygroundProps>({ seqLen: 7, batch: 4 });
  return (
    <>
      <button onClick={() => setProps({ seqLen: 9 })}>Change</button>
      <gru-playground id="changed" loading="eager" {...props} />
      <gru-playground id="attributes" {...BY_ATTRIBUTE} />
      <gru-playground id="properties" {...BY_PROPERTY} />
      <gru-challenge mode="no_limit" loading="eager" theme="light" />
    </>
  );
}

const main = document.querySelector('main');
if (main) createRoot(main).render(<Props />);
