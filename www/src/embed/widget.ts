/**
 * The elements as an anywidget module, for notebooks, Jupyter Book and MyST: `render({ model, el })`.
 *
 * The model's traits are the attributes by PyTorch's names (`seq_len`, `num_layers`, `number`), and `view`, which says what to
 * show. What the learner sets goes back into them; `query` holds all of it, `answer` and `completion` what became of a question, `run`
 * what became of code.
 */
import './embed.js';
import type { StateDetail } from './api.js';
import type { Kind } from './names.js';
import { attributeText } from './reflect.js';
import type widget from './widget-types.js';
import type { RenderProps } from './widget-types.js';

/** In the place of an element that the page does not let us define. */
const UNDEFINED = 'This exercise cannot be shown here: the page does not let its elements be defined.';

function traitOf(attribute: string): string {
  return attribute.replaceAll('-', '_');
}

/**
 * The attributes of an element as it is defined, by this version or by one that was there first. The frame's page has the same
 * (`defined.ts`): what both imported would be a file of its own, whose name changes, and this script may be cached when it is gone.
 */
function attributesOf(kind: Kind): readonly string[] {
  const defined = customElements.get(`gru-${kind}`) as { readonly observedAttributes?: readonly string[] } | undefined;
  return (defined?.observedAttributes ?? []).filter((name) => name !== 'loading');
}

function kindOf(view: unknown): Kind {
  return view === 'challenge' || view === 'question' || view === 'code' ? view : 'playground';
}

/** Shows an element in `el` and keeps it and the model alike; returns how to end it. */
function render({ model, el }: RenderProps): () => void {
  const kind = kindOf(model.get('view'));
  const element = document.createElement(`gru-${kind}`);
  // Notebooks take letters for commands.
  element.setAttribute('data-lm-suppress-shortcuts', 'true');
  const attributes = attributesOf(kind);
  const names = ['loading', ...attributes];
  /** While the model is told of a change, its own change is no news. */
  let telling = false;

  const show = (name: string): void => {
    const text = attributeText(name, model.get(traitOf(name)));
    if (text === undefined) element.removeAttribute(name);
    else if (text !== element.getAttribute(name)) element.setAttribute(name, text);
  };
  const listeners = names.map((name) => {
    const listener = (): void => {
      if (!telling) show(name);
    };
    show(name);
    model.on(`change:${traitOf(name)}`, listener);
    return { event: `change:${traitOf(name)}`, listener };
  });
  const tell = (changes: Readonly<Record<string, unknown>>): void => {
    telling = true;
    for (const [trait, value] of Object.entries(changes)) model.set(trait, value);
    model.save_changes?.();
    telling = false;
  };

  element.addEventListener('gru-state', ({ detail }: CustomEvent<StateDetail>) => {
    // Only the traits that the model has: a notebook's may be any of them.
    const changes: Record<string, unknown> = { query: detail.query };
    for (const name of attributes) {
      if (model.get(traitOf(name)) !== undefined) changes[traitOf(name)] = element.getAttribute(name);
    }
    tell(changes);
  });
  element.addEventListener('gru-answer', ({ detail }) => { tell({ answer: detail }); });
  element.addEventListener('gru-complete', ({ detail }) => { tell({ completion: detail }); });
  element.addEventListener('gru-run', ({ detail }) => { tell({ run: detail }); });
  el.append(element);
  if (!customElements.get(element.localName)) element.append(UNDEFINED);

  return () => {
    for (const { event, listener } of listeners) model.off?.(event, listener);
    element.remove();
  };
}

export default { render } satisfies typeof widget;
