import 'gru-playground';
import type { RenderProps } from 'gru-playground/widget';
import widget from 'gru-playground/widget';

const progress = document.querySelector('#progress');

// The events tell what a learner does; their details are typed.
document.querySelector('gru-question')?.addEventListener('gru-complete', ({ detail }) => {
  if (detail.kind === 'question') progress?.append(`question ${detail.number}: ${detail.solved ? 'solved' : 'not solved'}`);
});

// The anywidget module is given a model by a notebook; here it is a map.
const traits = new Map<string, unknown>([['view', 'question'], ['number', 2]]);
const model: RenderProps['model'] = {
  get: (name) => traits.get(name),
  set: (name, value) => traits.set(name, value),
  on: () => undefined,
};
const el = document.querySelector<HTMLElement>('#widget');
if (el) widget.render({ model, el });
