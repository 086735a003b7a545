/** What a run leaves in the editor: shapes beside lines, the line that raised, the places that do not fit. */
import { StateEffect, StateField, type EditorState, type Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import type { NamedValue, ProgramRun } from '../engine/engine.js';
import { endingOf } from './words.js';
import { beside } from './named.js';

/** Shows what a run left; null takes it away. */
export const showRun = StateEffect.define<ProgramRun | null>();

/** Shapes at the end of a line, for eyes alone: the table below the code says the same. */
class Made extends WidgetType {
  readonly #values: readonly NamedValue[];
  readonly #runs: number;
  readonly #key: string;

  constructor(values: readonly NamedValue[], runs: number) {
    super();
    this.#values = values;
    this.#runs = runs;
    this.#key = JSON.stringify([runs, values.map(({ name, shape, axes }) => [name, shape, axes])]);
  }

  override eq(other: Made): boolean {
    return other.#key === this.#key;
  }

  override toDOM(): HTMLElement {
    const box = span('made');
    box.setAttribute('aria-hidden', 'true');
    const { shown, more } = beside(this.#values);
    for (const { name, shape, axes } of shown) {
      const one = span('one', `${name} (`);
      for (const [index, size] of (shape ?? []).entries()) {
        if (index > 0) one.append(', ');
        const axis = axes?.[index];
        if (axis) {
          const number = span('axis', String(size));
          number.dataset['axis'] = axis;
          one.append(number);
        } else one.append(String(size));
      }
      one.append(shape?.length === 1 ? ',)' : ')');
      box.append(one);
    }
    if (more > 0) box.append(span('one', `+ ${more}`));
    if (this.#runs > 1) box.append(span('one', `\u00d7 ${this.#runs}`));
    return box;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

function span(name: string, text = ''): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}

function decorationsOf(run: ProgramRun, state: EditorState): DecorationSet {
  const { doc } = state;
  const ranges: Range<Decoration>[] = [];
  const mark = (line: number | undefined, name: string): void => {
    if (line !== undefined && line >= 1 && line <= doc.lines) ranges.push(Decoration.line({ class: name }).range(doc.line(line).from));
  };
  for (const { line } of run.warnings) mark(line, 'warned');
  const ending = endingOf(run);
  if (ending === 'raised') mark(run.raised?.line, 'raised');
  else if (ending !== 'ran') mark((run.refused ?? run.stopped)?.line, 'halted');
  for (const { from, to, text } of run.explanation?.labels ?? []) {
    if (from < to && to <= doc.length) ranges.push(Decoration.mark({ class: 'wrong', attributes: { 'data-tip': text } }).range(from, to));
  }
  for (const { line, runs, values } of run.lines) {
    if (line < 1 || line > doc.lines || !values.some(({ shape }) => shape)) continue;
    ranges.push(Decoration.widget({ widget: new Made(values, runs), side: 1 }).range(doc.line(line).to));
  }
  return Decoration.set(ranges, true);
}

export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    let next = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(showRun)) next = effect.value ? decorationsOf(effect.value, transaction.state) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
