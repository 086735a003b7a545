/** What an element is once it is near the window: the engine, which all elements of a page share, and a view of its kind. */
import { EngineUnavailable, loadEngine, type Engine } from '../engine/engine.js';
import { isForbidden } from '../engine/trusted.js';
import { NoSuchQuestion } from '../challenge/question-session.js';
import { announcer } from '../ui/announcer.js';
import { followAxes } from '../ui/axis-light.js';
import '../ui/gru-tooltip.js';
import { catchFaults, onFault } from '../ui/faults.js';
import { schemeChanged } from '../ui/theme.js';
import { ChallengePart, QuestionPart } from './challenge-part.js';
import { CodePart } from './code-part.js';
import { embeddedStyles } from './embedded.styles.js';
import type { Cause } from './failure.js';
import { followHostScheme } from './host-scheme.js';
import type { Kind } from './names.js';
import type { Part } from './part.js';
import { PlaygroundPart } from './playground-part.js';
import { registerUnit } from './unit.js';
import { wallIn } from './walls.js';

export interface Mounted {
  attributeChanged(name: string): void;
  unmount(): void;
}

/** To whoever runs the page. */
const UNTRUSTED =
  "This page's content security policy requires Trusted Types and does not allow ours. Whoever runs the page can allow it with trusted-types gru-playground.";

const PARTS = { playground: PlaygroundPart, challenge: ChallengePart, question: QuestionPart, code: CodePart } as const;

/**
 * Loads what a kind needs and draws it; tells `failed` where it cannot, or where it stops later. Whatever does not arrive is
 * thrown.
 *
 * Nothing of the small part that is loaded first is imported here but its types: that part stays one file.
 */
export async function mount(kind: Kind, host: HTMLElement, shadow: ShadowRoot, failed: (cause: Cause) => void): Promise<Mounted | undefined> {
  if (isForbidden()) {
    failed({ reason: 'blocked', cause: undefined, message: UNTRUSTED });
    return undefined;
  }
  const Kind = PARTS[kind];
  const loading = Kind.load();
  // It is awaited below; until then, a page around must not hear of it as of nobody's failure.
  loading.catch(() => undefined);
  let engine: Engine;
  try {
    engine = await loadEngine();
    await Kind.prepare(engine);
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    failed({ reason: error.reason, cause: error, message: error.message });
    return undefined;
  } finally {
    await loading;
  }
  catchFaults();
  registerUnit();

  const root = document.createElement('div');
  root.className = 'root';
  root.setAttribute('part', 'root');
  const ground = document.createElement('div');
  ground.className = 'ground';
  root.append(ground);

  const undo = [wallIn(root), followAxes(root), followHostScheme(), announcer(root, root)];
  const unmount = (): void => {
    part?.disconnect();
    for (const step of undo.splice(0)) step();
  };
  const fault = (error: unknown): void => {
    part?.stopped();
    unmount();
    if (error instanceof NoSuchQuestion) failed({ reason: 'attribute', cause: error, message: error.message });
    else failed({ reason: 'script', cause: error, message: undefined });
  };
  onFault(root, fault);

  let part: Part | undefined;
  shadow.adoptedStyleSheets = embeddedStyles.map(({ styleSheet }) => styleSheet).filter((sheet) => sheet !== undefined);
  shadow.replaceChildren(root, document.createElement('gru-tooltip'));
  try {
    part = new Kind(host, ground, engine);
    part.draw();
  } catch (error) {
    fault(error);
  }
  return {
    attributeChanged(name) {
      if (name === 'theme') schemeChanged();
      else part?.attributeChanged(name);
    },
    unmount,
  };
}
