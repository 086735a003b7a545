/** The traced values as a tree: layer, direction, step, unit and what the unit computed; only what is opened is made. */
import type { GateTrace, RunResult } from '../../engine/engine.js';
import { formatValue } from '../../ui/numbers.js';
import type { Layout } from '../values/matrix.js';
import { unitStep } from '../values/unit.js';

/** Where in the run a node stands: as far as its level says. */
export interface Place {
  readonly layer: number;
  readonly reverse?: boolean;
  readonly step?: number;
  readonly unit?: number;
}

/** A node as a row of the tree. */
export interface Node {
  readonly id: string;
  readonly level: number;
  /** What is seen of it, below its parents. */
  readonly text: string;
  /** The number that it has, where it has one. */
  readonly value: number | undefined;
  /** All that is said of it: where it stands, and its number. */
  readonly name: string;
  readonly place: Place;
  readonly children: boolean;
  /** Its place among those beside it, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}

export interface Traced {
  readonly result: RunResult;
  readonly layout: Layout;
  readonly sample: number;
}

/** More than this in one place are opened by the hundred. */
export const MOST = 100;

const QUANTITIES = [
  ['r', 'reset gate r'],
  ['z', 'update gate z'],
  ['n', 'new state n'],
  ['h_prev', 'state before'],
] as const;

type Draft = Omit<Node, 'position' | 'siblings' | 'level'>;

/** The trace of a place, where its gates were kept. */
export function traceOf({ result }: Traced, { layer, reverse = false }: Place): GateTrace | undefined {
  return result.trace.find((trace) => trace.layer === layer && trace.reverse === reverse);
}

/** Where a node stands, in words from the outside in. */
function named({ layer, reverse, step, unit }: Place, { directions }: Layout): string {
  const parts = [`layer ${layer}`];
  if (directions === 2 && reverse !== undefined) parts.push(reverse ? 'reverse' : 'forward');
  if (step !== undefined) parts.push(`step ${step}`);
  if (unit !== undefined) parts.push(`unit ${unit}`);
  return parts.join(', ');
}

/** What stands directly below a node; below none, the layers. */
function below(traced: Traced, node: Node | undefined): readonly Draft[] {
  const { layout, result, sample } = traced;
  if (!node) return many(undefined, layout.layers, 'layers', (layer) => inner(layout, `l${layer}`, `layer ${layer}`, { layer }));
  const { id, place } = node;
  // A hundred of many: what it holds is told by its numbers.
  const range = /:(\w+)=(\d+)-(\d+)$/.exec(id);
  if (range) {
    const [, what = '', from = '0', to = '0'] = range;
    const numbers = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
    return numbers.map((number) => one(traced, what, place, number));
  }
  if (place.reverse === undefined) {
    if (layout.directions === 2) {
      return [false, true].map((reverse) => inner(layout, `${id}${reverse ? 'r' : 'f'}`, reverse ? 'reverse' : 'forward', { ...place, reverse }));
    }
    return below(traced, { ...node, place: { ...place, reverse: false } });
  }
  if (place.step === undefined) return many(node, layout.steps, 'steps', (step) => one(traced, 'steps', place, step));
  if (place.unit === undefined) return many(node, layout.hidden, 'units', (unit) => one(traced, 'units', place, unit));
  const trace = traceOf(traced, place);
  if (!trace) return [];
  const { layer, reverse, step, unit } = place as Required<Place>;
  const numbers = unitStep(trace, layout, { layer, reverse, step, unit, sample }, result.h_0);
  return QUANTITIES.map(([key, words]) => {
    const value = numbers[key];
    return { id: `${id}.${key}`, text: words, value, name: `${named(place, layout)}, ${words}: ${said(value)}`, place, children: false };
  });
}

/** One of the steps or units of a place. */
function one(traced: Traced, what: string, place: Place, number: number): Draft {
  const { layout } = traced;
  if (what === 'layers') return inner(layout, `l${number}`, `layer ${number}`, { layer: number });
  const id = idOf(place);
  if (what === 'steps') return inner(layout, `${id}t${number}`, `step ${number}`, { ...place, step: number });
  const at = { ...place, unit: number };
  const value = stateOf(traced, at);
  return { id: `${id}u${number}`, text: `unit ${number}`, value, name: `${named(at, layout)}: ${said(value)}`, place: at, children: value !== undefined };
}

function inner(layout: Layout, id: string, text: string, place: Place): Draft {
  return { id, text, value: undefined, name: named(place, layout), place, children: true };
}

/** All of them, or, where they are many, the hundreds that they stand in. */
function many(parent: Node | undefined, count: number, what: string, each: (number: number) => Draft): readonly Draft[] {
  if (count <= MOST) return Array.from({ length: count }, (_, number) => each(number));
  return Array.from({ length: Math.ceil(count / MOST) }, (_, hundred) => {
    const [from, to] = [hundred * MOST, Math.min(count, (hundred + 1) * MOST) - 1];
    const text = `${what} ${from} to ${to}`;
    const name = parent ? `${parent.name}, ${text}` : text;
    return { id: `${parent?.id ?? ''}:${what}=${from}-${to}`, text, value: undefined, name, place: parent?.place ?? { layer: 0 }, children: true };
  });
}

function idOf({ layer, reverse, step }: Place): string {
  return `l${layer}${reverse === undefined ? '' : reverse ? 'r' : 'f'}${step === undefined ? '' : `t${step}`}`;
}

/** The state of a unit after a step; none where its trace was not kept. */
function stateOf(traced: Traced, place: Place): number | undefined {
  const trace = traceOf(traced, place);
  const { layer, reverse = false, step = 0, unit = 0 } = place;
  return trace && unitStep(trace, traced.layout, { layer, reverse, step, unit, sample: traced.sample }, null).h;
}

function said(value: number | undefined): string {
  return value === undefined ? 'not kept' : formatValue(value);
}

/** The rows that are seen while these nodes are open, from the top to the bottom. */
export function rowsOf(traced: Traced, open: ReadonlySet<string>): Node[] {
  const rows: Node[] = [];
  const add = (parent: Node | undefined, level: number): void => {
    const drafts = below(traced, parent);
    drafts.forEach((draft, index) => {
      const node: Node = { ...draft, level, position: index + 1, siblings: drafts.length };
      rows.push(node);
      if (node.children && open.has(node.id)) add(node, level + 1);
    });
  };
  add(undefined, 1);
  return rows;
}

/** What a key does in a tree: the row that it leads to, and what it opens or shuts. */
export interface Move {
  readonly to: number;
  readonly open?: string;
  readonly shut?: string;
}

/** By the rules of WAI-ARIA for a tree. */
export function moved(rows: readonly Node[], at: number, key: string, open: ReadonlySet<string>): Move | undefined {
  const node = rows[at];
  if (!node) return undefined;
  const isOpen = node.children && open.has(node.id);
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(rows.length - 1, at + 1) };
    case 'ArrowUp':
      return { to: Math.max(0, at - 1) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'ArrowRight':
      return isOpen ? { to: at + 1 } : node.children ? { to: at, open: node.id } : { to: at };
    case 'ArrowLeft': {
      if (isOpen) return { to: at, shut: node.id };
      const parent = rows.slice(0, at).findLastIndex(({ level }) => level < node.level);
      return { to: Math.max(0, parent) };
    }
    default:
      return undefined;
  }
}

/** The next row whose text, or the number in it, begins with what was typed. */
export function typedTo(rows: readonly Node[], at: number, typed: string): number | undefined {
  const begins = ({ text }: Node) => text.toLowerCase().startsWith(typed) || text.split(' ').some((word) => word === typed || (/^\d/.test(typed) && word.startsWith(typed)));
  const order = [...rows.keys()].map((index) => (at + index + (typed.length > 1 ? 0 : 1)) % rows.length);
  return order.find((index) => {
    const row = rows[index];
    return row && begins(row);
  });
}
