/** What the arithmetic is opened of: a call, and a number in it. */
import type { AskOptions, InsideView, NumberEdit, UnitPlace } from '../../engine/engine.js';

/** A gate, a cell state or a state. */
export type Part = 'r' | 'z' | 'n' | 'i' | 'f' | 'g' | 'o' | 'c' | 'h';

/** A number of the call that can be another. */
export interface Editable {
  readonly tensor: string;
  /** Counted row-major. */
  readonly index: number;
  /** As PyTorch indexes it: `weight_ih_l0[3, 1]`. */
  readonly name: string;
  readonly value: number;
}

/** What is opened: a part of a unit, or a number of the input. */
export interface Subject {
  readonly what: Part | 'input';
  readonly at: UnitPlace;
  /** The number of the input. */
  readonly input?: Editable | undefined;
}

/** The call whose numbers are opened. */
export interface Source {
  /** The same call has the same key. */
  readonly key: string;
  /** What no key can hold, compared as it is. */
  readonly beside?: unknown;
  /** How one unit's state comes about; with an edit, after it, with what it changes. */
  readonly open: (at: UnitPlace, edit: NumberEdit | undefined, options: AskOptions<never>) => Promise<InsideView>;
  /** Where a number of the input comes from, in a sentence. */
  readonly origin: string;
  /** What is meant by a changed number, in a sentence. */
  readonly fate: string;
}

export type EditedValues = NonNullable<InsideView['edited']>['values'];

/** What another number changes. */
export interface Edited {
  readonly values: EditedValues;
  /** Computed by the same module: another may round the last bit otherwise. */
  readonly before: EditedValues;
  readonly sentences: readonly string[];
}

/** Where a term leads: a feature of the input at the step, or a part of a unit. */
export type TermLink =
  | { readonly to: 'input'; readonly feature: number }
  | { readonly to: 'unit'; readonly what: 'h' | 'c'; readonly at: UnitPlace };

/** The equation of a part, of those of a module. */
export function equationOf(equations: readonly string[], part: Part | 'input'): string | undefined {
  return equations.find((text) => text.startsWith(`${part} = `));
}

/** The equations of some parts, as far as there are. */
export function equationsOf(equations: readonly string[], ...parts: Part[]): readonly string[] {
  return parts.flatMap((part) => equationOf(equations, part) ?? []);
}
