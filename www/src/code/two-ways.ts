/** Code and the controls beside it: who moves a control finds its numbers in the code, who edits the code finds them in the controls. */
import type { Call, Engine, ProgramCall, SourceEdit } from '../engine/engine.js';
import type { ShownCall } from '../ui/editing.js';

/** What of a call controls and code have in common, each part by itself, as text. */
type Parts = Readonly<Record<string, string>>;

const DEFAULTS = { num_layers: 1, bias: true, batch_first: false, dropout: { float: 0 }, bidirectional: false, dtype: 'float32' };

/** The parts of a call: options by name, and of a tensor each size by itself. */
function partsOf({ call: { config, input, h_0 }, seed }: ShownCall): Parts {
  const parts: Record<string, string> = { seed: String(seed) };
  for (const [name, value] of Object.entries({ ...DEFAULTS, ...config })) {
    if (name !== 'other' || config.other?.length) parts[name] = JSON.stringify(value);
  }
  for (const [name, argument] of [['input', input], ['h_0', h_0]] as const) {
    if (argument && 'shape' in argument) {
      const { shape, ...rest } = argument;
      parts[name] = JSON.stringify([shape.length, { dtype: 'float32', ...rest }]);
      for (const [axis, size] of shape.entries()) parts[`${name}[${axis}]`] = String(size);
    } else if (argument) parts[name] = JSON.stringify(argument);
  }
  return parts;
}

/** Whether two calls say the same. */
export function saysSame(a: ShownCall, b: ShownCall): boolean {
  const [one, other] = [partsOf(a), partsOf(b)];
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** What both have made of a call: of each part the change of `last`, where that has one, and else that of `first`. */
export function merged(before: ShownCall, first: ShownCall, last: ShownCall): ShownCall {
  const [was, now] = [partsOf(before), partsOf(last)];
  const changed = (name: string): boolean => was[name] !== now[name];
  const config: Record<string, unknown> = { ...first.call.config };
  const of: Readonly<Record<string, unknown>> = { ...last.call.config };
  for (const name of new Set([...Object.keys(was), ...Object.keys(now), 'other'])) {
    if (!(name in { ...of, ...first.call.config }) || !changed(name)) continue;
    if (name in of) config[name] = of[name];
    else Reflect.deleteProperty(config, name);
  }
  const argument = (name: 'input' | 'h_0'): Call['input'] | undefined => {
    const [old, mine] = [first.call[name], last.call[name]];
    if (changed(name)) return mine;
    if (!old || !mine || !('shape' in old) || !('shape' in mine) || old.shape.length !== mine.shape.length) return old;
    return { ...old, shape: old.shape.map((size, axis) => (changed(`${name}[${axis}]`) ? (mine.shape[axis] ?? size) : size)) };
  };
  const { release } = last.call;
  const h_0 = argument('h_0');
  return {
    call: {
      config,
      input: argument('input') ?? first.call.input,
      ...(h_0 !== undefined && { h_0 }),
      ...(release !== undefined && { release }),
    },
    seed: changed('seed') ? last.seed : first.seed,
  };
}

/** A source after edits, which go from its start to its end. */
export function edited(source: string, edits: readonly SourceEdit[]): string {
  let at = 0;
  let text = '';
  for (const { from, to, insert } of edits) {
    text += source.slice(at, from) + insert;
    at = to;
  }
  return text + source.slice(at);
}

/** How controls and code stand to each other. */
export type Standing =
  /** The controls show the call of the code; what else it has is said in words. */
  | { readonly kind: 'shown'; readonly beyond: string | null }
  /** The code has no one call that controls can show. */
  | { readonly kind: 'none' }
  /** What the controls show cannot be written into the code. */
  | { readonly kind: 'unwritten' }
  /** The code's call is none that the controls can show as it is. */
  | { readonly kind: 'unshown' };

/** Who has code beside controls. */
export interface TwoSided {
  /** The code and what the controls show, as they are now. */
  now(): { readonly code: string; readonly shown: ShownCall | undefined };
  /** Writes into the code. */
  rewrite(edits: readonly SourceEdit[]): void;
  /** Asks for controls that show a call; they show it in this very task, as far as they can. */
  show(call: ShownCall): void;
  /** Hears how they stand to each other. */
  stands(standing: Standing): void;
}

/**
 * Holds the code and the controls to each other.
 *
 * A control's move is written into the code, and an edit of the code is shown by the controls; what follows from one of them is
 * never sent back. Where both were changed since they agreed, each keeps its changes, and of one number the last change counts.
 */
export class TwoWays {
  readonly #host: TwoSided;
  readonly #engine: Promise<Pick<Engine, 'code'>>;
  /** What both said when they agreed last. */
  #agreed: ShownCall;
  /** The code that was read last, and what it says. */
  #source: string | undefined;
  #said: ProgramCall | null = null;
  /** Who was changed last. */
  #last: 'code' | 'controls' = 'code';
  #isBusy = false;
  #isDue = false;
  /** Whether the controls follow the code just now. */
  #isFollowed = false;

  constructor(host: TwoSided, engine: Promise<Pick<Engine, 'code'>>, agreed: ShownCall) {
    this.#host = host;
    this.#engine = engine;
    this.#agreed = agreed;
  }

  /** The code rests after it was edited. */
  codeEdited(): void {
    this.#last = 'code';
    void this.#settle();
  }

  /** The controls show something else. */
  controlsMoved(): void {
    if (this.#isFollowed) return;
    this.#last = 'controls';
    void this.#settle();
  }

  async #settle(): Promise<void> {
    this.#isDue = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (this.#isDue) {
        this.#isDue = false;
        await this.#step();
      }
    } catch {
      // The core failed, and was renewed: both stay as they are.
      this.#host.stands({ kind: 'none' });
    } finally {
      this.#isBusy = false;
    }
  }

  async #step(): Promise<void> {
    const host = this.#host;
    const { code } = await this.#engine;
    const source = host.now().code;
    if (source !== this.#source) {
      const said = await code.ask('read', source);
      this.#source = source;
      this.#said = said;
    }
    const { code: now, shown } = host.now();
    const said = this.#said;
    if (!shown) return;
    if (now !== source) {
      this.#isDue ||= this.#last === 'controls';
      return;
    }
    if (!said) {
      host.stands({ kind: 'none' });
      return;
    }
    const read: ShownCall = { call: said.call, seed: said.seed ?? shown.seed };
    const isCode = this.#last === 'code';
    let due = isCode ? merged(this.#agreed, shown, read) : merged(this.#agreed, read, shown);
    if (!saysSame(due, read)) {
      const edits = await code.ask('rewrite', { source, call: due.call, seed: said.seed === null ? null : due.seed });
      if (host.now().code !== source) {
        this.#isDue = true;
        return;
      }
      if (edits) {
        host.rewrite(edits);
        this.#source = host.now().code;
        this.#said = { ...said, call: due.call, seed: said.seed === null ? null : due.seed };
      } else if (isCode) {
        due = read;
      } else {
        host.stands({ kind: 'unwritten' });
        return;
      }
    }
    this.#agreed = due;
    // Where they have been moved again meanwhile, that is next.
    if (host.now().shown === shown) this.#show(shown, due, said.beyond);
  }

  #show(shown: ShownCall, due: ShownCall, beyond: string | null): void {
    const host = this.#host;
    if (saysSame(due, shown)) {
      host.stands({ kind: 'shown', beyond });
      return;
    }
    this.#isFollowed = true;
    host.show(due);
    // The controls have followed before the next task.
    setTimeout(() => {
      this.#isFollowed = false;
      const followed = host.now().shown;
      if (!followed) return;
      if (saysSame(due, followed)) host.stands({ kind: 'shown', beyond });
      else {
        host.stands({ kind: 'unshown' });
        this.#agreed = followed;
      }
    });
  }
}
