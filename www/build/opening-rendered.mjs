// What the opening shows before anything is pressed, as one JSON object on standard output: `node opening-rendered.mjs`.
//
// The page's own elements are drawn here by the core in a document of happy-dom; in a process of its own, for that document's
// names stand in for the global ones.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Window } from 'happy-dom';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const window = new Window({ url: 'https://page.invalid/', width: 1280, height: 800 });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}
for (const name of ['window', 'document', 'Event', 'EventTarget', 'CustomEvent', 'MutationObserver']) globalThis[name] = window[name] ?? window;
globalThis.matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} });
// All that the core asks of it is to hold what it painted.
globalThis.ImageData = class {
  constructor(data, width) {
    this.data = data;
    this.width = width;
  }
};

const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
const load = async (path) => server.ssrLoadModule(`/${path}`);
const core = await load('pkg/gru_page.js');
core.initSync({ module: readFileSync(`${root}pkg/gru_page_bg.wasm`) });

/** Draws an element and gives it back once it, and all that stands in it, is drawn. */
async function drawn(tag, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  document.body.append(element);
  await element.updateComplete;
  await new Promise((done) => setTimeout(done, 50));
  return element;
}

/** Custom properties are set by scripts, and the policy allows no style in an attribute: each becomes a rule. */
function rulesOf(shadow, host) {
  const rules = [];
  const declared = (element) => (element.getAttribute('style') ?? '').trim();
  if (declared(host) !== '') rules.push(`:host { ${declared(host)} }`);
  for (const [index, element] of [...shadow.querySelectorAll('[style]')].entries()) {
    rules.push(`.styled-${index} { ${declared(element)} }`);
    element.classList.add(`styled-${index}`);
    element.removeAttribute('style');
  }
  return rules;
}

/** The markup of a shadow root: as it was drawn, but for what Lit leaves for itself and what fields hold as properties. */
function markupOf(shadow) {
  for (const field of shadow.querySelectorAll('input')) {
    field.setAttribute('value', field.value);
    if (field.type === 'checkbox' || field.type === 'radio') field.toggleAttribute('checked', field.checked);
  }
  for (const word of shadow.querySelectorAll('gru-term')) {
    // As it looks before it is explained.
    const span = document.createElement('span');
    span.className = 'term';
    span.textContent = word.textContent;
    word.replaceWith(span);
  }
  return shadow.innerHTML.replaceAll(/<!--.*?-->/gs, '').replaceAll(/>\s+</g, (space) => (space.includes('\n') ? '>\n<' : '> <'));
}

const hex = (data, at) => `#${[0, 1, 2].map((part) => data[4 * at + part].toString(16).padStart(2, '0')).join('')}`;

/** The picture of the states, which a script paints on the page: a path a colour, in the colours of both themes. */
function paint(shadow, { steps }) {
  const units = steps[0].h.length;
  const values = Float32Array.from(steps.flatMap(({ h }) => [...h]));
  const [light, dark] = [false, true].map((isDark) => core.heatmap(values, 0, units, 1, steps.length, units, 'diverging', isDark).data);
  const classes = new Map();
  for (const [column, canvas] of [...shadow.querySelectorAll('.state canvas')].entries()) {
    const paths = new Map();
    for (let unit = 0; unit < units; unit += 1) {
      const at = unit * steps.length + column;
      const colour = `light-dark(${hex(light, at)}, ${hex(dark, at)})`;
      if (!classes.has(colour)) classes.set(colour, `c${classes.size}`);
      paths.set(colour, `${paths.get(colour) ?? ''}M0 ${unit}h1v1h-1z`);
    }
    const drawing = [...paths].map(([colour, path]) => `<path class="${classes.get(colour)}" d="${path}"/>`).join('');
    const box = document.createElement('div');
    box.innerHTML = `<svg viewBox="0 0 1 ${units}" preserveAspectRatio="none" shape-rendering="crispEdges" aria-hidden="true">${drawing}</svg>`;
    canvas.replaceWith(box.firstElementChild);
  }
  return [...classes].map(([colour, name]) => `.${name} { fill: ${colour}; }`);
}

const { FIRST } = await load('src/opening/words.ts');
await load('src/opening/gru-opening.ts');
await load('src/app/gru-header.ts');
const reading = core.readSentence(FIRST);
const opening = await drawn('gru-opening', { engine: { readSentence: () => reading, heatmap: core.heatmap } });
const header = await drawn('gru-header', {});
const colours = paint(opening.shadowRoot, reading);
// Nothing can be pressed yet, and so nothing takes the focus; links lead where they lead.
for (const part of opening.shadowRoot.querySelectorAll('button, input, summary')) part.setAttribute('inert', '');
for (const part of header.shadowRoot.querySelectorAll('button, select')) part.setAttribute('inert', '');
const HOSTS = { opening: ':host(.first-opening)', header: ':host(.first-header)' };

/** Each sheet once; what it says of its host, it says of the one it is of. */
function sheets() {
  const seen = new Set();
  const texts = [];
  for (const [element, host] of [[opening, HOSTS.opening], [header, HOSTS.header]]) {
    for (const { cssText } of element.constructor.elementStyles) {
      if (seen.has(cssText)) continue;
      seen.add(cssText);
      texts.push(cssText.replaceAll(/:host(?![\w(-])/g, host).replaceAll(/\bcanvas\b/g, ':is(canvas, svg)'));
    }
  }
  return texts;
}

const rules = [...rulesOf(opening.shadowRoot, opening).map((rule) => rule.replace(':host', HOSTS.opening)), ...rulesOf(header.shadowRoot, header), ...colours];
const term = '.term { text-decoration: underline dotted 1px; text-underline-offset: 0.25em; }\n.state > svg { width: 100%; height: 100%; }';
const styles = [...sheets(), term, ...rules].join('\n').replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\n\s*/g, '\n');
console.log(JSON.stringify({ styles, header: markupOf(header.shadowRoot), opening: markupOf(opening.shadowRoot) }));
process.exit(0);
