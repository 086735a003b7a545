/**
 * The page of a frame: `embed.html?view=playground|challenge|question|code&...` is one element, alone.
 *
 * What follows `view` is what a link of the page has after `#play?`; `number`, `mode`, `theme`, and `code` with what
 * belongs to it are attributes. The height is told to the page around as often as it changes, in our own words, in Canvas' and in those of H5P's resizer.
 */
import '../ui/page.css';
import './frame.css';
import './embed.js';
import { attributesOf } from './defined.js';
import type { Kind } from './names.js';
import { whenResized } from '../ui/resized.js';
import { heardByFrame, heardFromResizer, originAround, type FromFrame } from './frame-messages.js';

const EVENTS = ['gru-state', 'gru-answer', 'gru-complete', 'gru-run', 'gru-error'];

const query = new URLSearchParams(location.search);
const around = originAround(query, document.referrer);

function kindOf(view: string | null): Kind {
  return view === 'challenge' || view === 'question' || view === 'code' ? view : 'playground';
}

function attributeOf(key: string): string {
  return key.replaceAll('_', '-');
}

/** Sets what a query names. */
function set(element: HTMLElement, settings: URLSearchParams): void {
  const other: string[] = [];
  for (const [key, value] of settings) {
    const name = attributeOf(key);
    if (key.startsWith('other.')) other.push(`${key.slice('other.'.length)}=${value}`);
    else if (attributes.includes(name)) element.setAttribute(name, value);
  }
  if (other.length > 0) element.setAttribute('other', other.join(', '));
}

const kind = kindOf(query.get('view'));
const attributes = attributesOf(kind);
const element = document.createElement(`gru-${kind}`);
element.setAttribute('loading', 'eager');
set(element, query);
// Where it could not be defined, what stands there names the way to the full page.
if (customElements.get(element.localName)) document.querySelector('main')?.replaceChildren(element);
// The ground around the element is the element's.
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;

function say(message: object, to: string): void {
  if (parent !== window) parent.postMessage(message, to);
}

let said = 0;

/** Everyone may know the height, whoever it is that holds the frame. */
function sayHeight(): void {
  const { height } = document.body.getBoundingClientRect();
  said = Math.ceil(height);
  say({ type: 'gru-height', height: said } satisfies FromFrame, '*');
  say({ subject: 'lti.frameResize', height: said }, '*');
  say({ context: 'h5p', action: 'prepareResize', scrollHeight: said, clientHeight: innerHeight }, '*');
}

whenResized(() => {
  if (Math.ceil(document.body.getBoundingClientRect().height) !== said) sayHeight();
}).observe(document.body);

// What a learner does is told to nobody but the page that is known to hold the frame.
for (const name of EVENTS) {
  element.addEventListener(name, (event) => {
    // What was thrown cannot always be told to another page.
    const detail = { ...(event as CustomEvent<Record<string, unknown>>).detail, cause: undefined };
    if (around !== undefined) say({ type: 'gru-event', name, detail } satisfies FromFrame, around);
  });
}

addEventListener('message', ({ data, source, origin }: MessageEvent<unknown>) => {
  if (source !== parent || parent === window) return;
  // The resizer learns what everyone may know.
  const resizer = heardFromResizer(data);
  if (resizer === 'resizePrepared') say({ context: 'h5p', action: 'resize', scrollHeight: said }, '*');
  else if (resizer !== undefined) sayHeight();
  if (origin !== around) return;
  const message = heardByFrame(data);
  if (message?.type === 'gru-ask-height') sayHeight();
  else if (message?.type === 'gru-set') {
    for (const name of attributes.filter((name) => name !== 'theme')) element.removeAttribute(name);
    set(element, new URLSearchParams(message.query));
  }
});

say({ context: 'h5p', action: 'hello' }, '*');
