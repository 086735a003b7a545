/** Where everything in the shape flow stands: from left to right where there is room, else from top to bottom. */
import type { Joint } from '../../engine/engine.js';
import { shapeLabel, textWidth, NUMBER_SIZE } from './label.js';
import type { FlowLayer, FlowModel, FlowTensor, Form } from './model.js';

/** Numbers that may be interpolated while a scene turns into another. */
export interface Geometry {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Sheets drawn of a tensor, the front one included. */
  readonly sheets: number;
  readonly opacity: number;
}

export type Part = { readonly key: string; readonly at: Geometry; readonly dimmed: boolean } & (
  | { readonly kind: 'tensor'; readonly tensor: FlowTensor }
  | { readonly kind: 'layer'; readonly layer: FlowLayer }
  | { readonly kind: 'fold'; readonly hidden: number }
  | { readonly kind: 'joint'; readonly joint: Joint }
);

/** A line between two parts; `state` lines carry hidden states, `data` lines what goes from layer to layer. */
export interface Wire {
  readonly key: string;
  readonly kind: 'data' | 'state';
  readonly from: string;
  readonly to: string;
  /** What it carries, such as `h_0[1]`; set beside the layer that it belongs to. */
  readonly label: string;
  readonly dimmed: boolean;
}

export interface Scene {
  readonly orientation: 'across' | 'down';
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Part[];
  readonly wires: readonly Wire[];
  /** Room for cells in a layer's lane. */
  readonly cells: number;
}

/** How far the hindmost of some sheets stands behind the front one: the more there are, the closer they stand. */
export function sheetsBehind(sheets: number): { x: number; y: number } {
  const x = sheets <= 4 ? 6 * Math.max(0, sheets - 1) : 18 + 2 * (sheets - 4);
  return { x, y: (x * 5) / 6 };
}

/** The lines of a block's label. */
export const NAME_HEIGHT = 20;
export const LABEL_HEIGHT = 36;
export const LAYER_HEADER = 26;
export const LANE_CAPTION = 15;
export const CELL = 18;
export const CELL_GAP = 10;

/** Sizes grow with the logarithm, so that 1000 is clearly more than 10 and still fits. */
function grown(size: number, base: number, each: number, most: number): number {
  return Math.min(most, base + each * Math.log2(1 + Math.max(0, size)));
}

/** Sheets drawn for a batch: each one up to four, then ever fewer for more. */
export function sheetsDrawn(batch: number): number {
  return batch <= 4 ? Math.max(1, batch) : Math.min(7, 3 + Math.log2(batch / 2));
}

interface Extent {
  readonly w: number;
  readonly h: number;
  readonly sheets: number;
}

function extentOf(form: Form): Extent {
  const state = form.rowAxis === 'D';
  return {
    w: grown(form.columns, 14, 8, 92),
    h: state ? grown(form.rows, 8, 6, 26) : grown(form.rows, 14, 11, 76),
    sheets: form.sheets === 0 ? 0 : sheetsDrawn(form.sheets),
  };
}

/** How far something reaches to both sides of its column's middle. */
interface Reach {
  readonly left: number;
  readonly right: number;
}

/** The reach of a block with its sheets, name and label. */
function reachOf(tensor: FlowTensor): Reach {
  const { w, sheets } = extentOf(tensor.form);
  const { width, centre } = shapeLabel(tensor);
  const name = tensor.role === 'between' ? 0 : textWidth(shownName(tensor), NUMBER_SIZE);
  const half = Math.max(w + sheetsBehind(sheets).x, name) / 2;
  return { left: Math.max(half, centre), right: Math.max(half, width - centre) };
}

/** The name that stands above a block. */
export function shownName({ name, given }: FlowTensor): string {
  return given ? name : `${name} (zeros)`;
}

export function pillWidth(text: string): number {
  return textWidth(text, NUMBER_SIZE) + 16;
}

const PILL_HEIGHT = 26;
const PILL_GAP = 34;

function jointSize({ given, expected }: Joint, across: boolean): { w: number; h: number } {
  const widths = [given, expected].filter(Boolean).map(pillWidth);
  const pills = widths.length;
  return across
    ? { w: widths.reduce((sum, width) => sum + width, 0) + (pills - 1) * PILL_GAP, h: PILL_HEIGHT }
    : { w: Math.max(...widths), h: pills * PILL_HEIGHT + (pills - 1) * PILL_GAP };
}

export interface Pill {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly text: string;
}

/** The two pills of a joint within its box, drawn apart. */
export function pillsOf(joint: Joint, at: Geometry, across: boolean): Pill[] {
  const texts = [joint.given, joint.expected].filter(Boolean);
  let offset = 0;
  return texts.map((text, index) => {
    const w = pillWidth(text);
    const shift = texts.length === 1 ? 0 : index === 0 ? -5 : 5;
    const pill = across
      ? { x: at.x + offset, y: at.y + shift, w, h: PILL_HEIGHT, text }
      : { x: at.x + at.w / 2 - w / 2 + shift, y: at.y + offset, w, h: PILL_HEIGHT, text };
    offset += (across ? w : PILL_HEIGHT) + PILL_GAP;
    return pill;
  });
}

function stateLabel(name: string, index: number, directions: 1 | 2): string {
  return directions === 1 ? `${name}[${index}]` : `${name}[${2 * index}:${2 * index + 2}]`;
}

/** The layers to show when at most `count` fit: the first ones and the last; the rest is folded. */
export function visibleLayers(model: FlowModel, count: number): { shown: readonly FlowLayer[]; hidden: number } {
  const { layers, num_layers } = model;
  const last = layers.at(-1);
  if (!last || (layers.length <= count && layers.length === num_layers)) return { shown: layers, hidden: 0 };
  const shown = count === 1 ? [last] : [...layers.slice(0, Math.min(count, layers.length) - 1), last];
  return { shown, hidden: num_layers - shown.length };
}

/** One thing along the main line of the flow. */
type Stop =
  | { readonly kind: 'tensor'; readonly tensor: FlowTensor }
  | { readonly kind: 'layer'; readonly layer: FlowLayer }
  | { readonly kind: 'fold'; readonly hidden: number }
  | { readonly kind: 'joint'; readonly joint: Joint };

function stopsOf(model: FlowModel, count: number): Stop[] {
  const { shown, hidden } = visibleLayers(model, count);
  const stops: Stop[] = [{ kind: 'tensor', tensor: model.input }];
  if (model.joint && model.joint.at !== 'h_0') stops.push({ kind: 'joint', joint: model.joint });
  shown.forEach((layer, index) => {
    const last = index === shown.length - 1;
    if (last && hidden > 0) stops.push({ kind: 'fold', hidden });
    stops.push({ kind: 'layer', layer }, { kind: 'tensor', tensor: last ? model.output : layer.gives });
  });
  return stops;
}

function stopKey(stop: Stop): string {
  switch (stop.kind) {
    case 'tensor':
      return stop.tensor.key;
    case 'layer':
      return stop.layer.key;
    case 'fold':
    case 'joint':
      return stop.kind;
  }
}

/** `short` leaves the names out of the labels, which stand beside the lines from h_0 and to h_n. */
function wiresOf(stops: readonly Stop[], model: FlowModel, short: boolean): Wire[] {
  const { joint, directions } = model;
  const wires: Wire[] = [];
  stops.forEach((stop, index) => {
    const next = stops[index + 1];
    if (!next) return;
    const [from, to] = [stopKey(stop), stopKey(next)];
    const dimmed = joint !== undefined && from !== 'input' && from !== 'joint';
    wires.push({ key: `${from}>${to}`, kind: 'data', from, to, label: '', dimmed });
  });
  if (joint?.at === 'h_0') {
    wires.push({ key: 'h_0>joint', kind: 'state', from: 'h_0', to: 'joint', label: '', dimmed: false });
  }
  for (const stop of stops) {
    if (stop.kind !== 'layer') continue;
    const { key, index } = stop.layer;
    const from = joint?.at === 'h_0' ? 'joint' : 'h_0';
    const dimmed = joint !== undefined;
    wires.push(
      { key: `h_0>${key}`, kind: 'state', from, to: key, label: stateLabel(short ? '' : 'h_0', index, directions), dimmed },
      { key: `${key}>h_n`, kind: 'state', from: key, to: 'h_n', label: stateLabel(short ? '' : 'h_n', index, directions), dimmed },
    );
  }
  return wires;
}

function part(stop: Stop, at: Geometry, broken: boolean): Part {
  const key = stopKey(stop);
  const dimmed = broken && key !== 'input' && stop.kind !== 'joint';
  return { ...stop, key, at, dimmed };
}

function box(x: number, y: number, w: number, h: number, sheets = 1): Geometry {
  return { x, y, w, h, sheets, opacity: 1 };
}

/** A tensor's block around a centre, the sheets behind it counted in. */
function block(tensor: FlowTensor, centreX: number, centreY: number): Geometry {
  const { w, h, sheets } = extentOf(tensor.form);
  const { x, y } = sheetsBehind(sheets);
  return box(centreX - (w + x) / 2, centreY - (h - y) / 2, w, h, sheets);
}

/** From left to right. */
const ACROSS = { height: 354, centre: 166, lane: 5, fold: 64, arrow: 20, mostArrow: 64, railTop: 40, railBottom: 298 };

export function layerWidth(directions: 1 | 2): number {
  return directions === 1 ? 84 : 110;
}

function laneLength(cells: number): number {
  return cells * CELL + (cells - 1) * CELL_GAP + 2 * (CELL_GAP + 3);
}

function acrossWidth(stops: readonly Stop[], model: FlowModel, arrow: number): number {
  const widths = stops.map((stop) => acrossStop(stop, model)).map(({ left, right }) => left + right);
  return widths.reduce((sum, width) => sum + width, 0) + (stops.length - 1) * arrow + stateGap(model);
}

/** Room before the first layer for a joint of h_0, which lies on the line above it. */
function stateGap({ joint }: FlowModel): number {
  return joint?.at === 'h_0' ? jointSize(joint, true).w : 0;
}

function acrossStop(stop: Stop, model: FlowModel): Reach {
  const half = (width: number): Reach => ({ left: width / 2, right: width / 2 });
  switch (stop.kind) {
    case 'tensor': {
      const reach = reachOf(stop.tensor);
      if (stop.tensor.role === 'between') return reach;
      // Outer letters of h_n may reach back below the last arrow, where nothing stands.
      const state = reachOf(stop.tensor.role === 'input' ? model.h_0 : model.h_n);
      const left = stop.tensor.role === 'input' ? Math.max(reach.left, state.left) : reach.left;
      return { left, right: Math.max(reach.right, state.right) };
    }
    case 'layer':
      return half(layerWidth(model.directions));
    case 'fold':
      return half(ACROSS.fold);
    case 'joint':
      return half(jointSize(stop.joint, true).w);
  }
}

function across(model: FlowModel, width: number): Scene | undefined {
  // Two layers at least, where there are two: what one gives is what the next one takes.
  const least = Math.min(2, model.layers.length);
  let count = Math.min(6, model.layers.length);
  while (count > least && acrossWidth(stopsOf(model, count), model, ACROSS.arrow) > width) count -= 1;
  const stops = stopsOf(model, count);
  const needed = acrossWidth(stops, model, ACROSS.arrow);
  if (needed > width) return undefined;
  const spare = (width - needed) / (stops.length - 1);
  const arrow = Math.min(ACROSS.mostArrow, ACROSS.arrow + spare);
  let x = Math.max(0, (width - acrossWidth(stops, model, arrow)) / 2);
  const broken = model.joint !== undefined;
  const layerHeight = LAYER_HEADER + laneLength(ACROSS.lane) + (model.directions === 2 ? LANE_CAPTION : 0);
  const parts: Part[] = [];
  stops.forEach((stop, index) => {
    const { left, right } = acrossStop(stop, model);
    const w = left + right;
    const middle = x + left;
    switch (stop.kind) {
      case 'tensor': {
        parts.push(part(stop, block(stop.tensor, middle, ACROSS.centre), broken));
        const { role } = stop.tensor;
        const state = role === 'input' ? model.h_0 : role === 'output' ? model.h_n : undefined;
        if (state) {
          const y = role === 'input' ? ACROSS.railTop : ACROSS.railBottom;
          const dimmed = broken && role === 'output';
          parts.push({ kind: 'tensor', key: state.key, at: block(state, middle, y), dimmed, tensor: state });
        }
        break;
      }
      case 'layer':
        parts.push(part(stop, box(x, ACROSS.centre - layerHeight / 2, w, layerHeight), broken));
        break;
      case 'fold':
        parts.push(part(stop, box(x, ACROSS.centre - 44, w, 88), broken));
        break;
      case 'joint':
        parts.push(part(stop, box(x, ACROSS.centre - PILL_HEIGHT / 2, w, PILL_HEIGHT), broken));
        break;
    }
    x += w + arrow;
    if (index === 0 && model.joint?.at === 'h_0') {
      const size = jointSize(model.joint, true);
      const at = box(x - arrow / 2, ACROSS.railTop - size.h / 2, size.w, size.h);
      parts.push({ kind: 'joint', key: 'joint', at, dimmed: false, joint: model.joint });
      x += stateGap(model);
    }
  });
  return { orientation: 'across', width, height: ACROSS.height, parts, wires: wiresOf(stops, model, false), cells: ACROSS.lane };
}

/** From top to bottom. */
const DOWN = { most: 560, arrow: 26, layers: 3, rail: 30, side: 78, mostLayer: 300, fold: 34 };

/** In the column a tensor's label stands beside its block. */
function rowHeight(tensor: FlowTensor): number {
  const { h, sheets } = extentOf(tensor.form);
  return Math.max(h + sheetsBehind(sheets).y, tensor.role === 'between' ? LABEL_HEIGHT : NAME_HEIGHT + LABEL_HEIGHT);
}

function down(model: FlowModel, room: number): Scene {
  const width = Math.min(room, DOWN.most);
  const stops = stopsOf(model, Math.min(DOWN.layers, model.layers.length));
  const broken = model.joint !== undefined;
  const layer = Math.max(112, Math.min(DOWN.mostLayer, width - 2 * DOWN.side));
  const centre = width / 2;
  const lane = CELL + 20;
  const layerHeight = LAYER_HEADER + model.directions * lane + (model.directions === 2 ? 2 * LANE_CAPTION : 0) + 10;
  const parts: Part[] = [];
  let y = 2;
  const { h_0, h_n } = model;
  const atRail = (tensor: FlowTensor, x: number): Geometry => {
    const { h, sheets } = extentOf(tensor.form);
    return block(tensor, x, y + Math.max(rowHeight(tensor), h + sheetsBehind(sheets).y) / 2);
  };
  const start = atRail(h_0, DOWN.rail);
  parts.push({ kind: 'tensor', key: 'h_0', at: { ...start, x: Math.max(2, start.x) }, dimmed: false, tensor: h_0 });
  y += rowHeight(h_0) + 14;
  if (model.joint?.at === 'h_0') {
    const size = jointSize(model.joint, false);
    parts.push({ kind: 'joint', key: 'joint', at: box(2, y, size.w, size.h), dimmed: false, joint: model.joint });
    y += size.h + 14;
  }
  stops.forEach((stop, index) => {
    if (index > 0) y += DOWN.arrow;
    switch (stop.kind) {
      case 'tensor': {
        const h = rowHeight(stop.tensor);
        parts.push(part(stop, block(stop.tensor, centre, y + h / 2), broken));
        y += h;
        break;
      }
      case 'layer':
        parts.push(part(stop, box(centre - layer / 2, y, layer, layerHeight), broken));
        y += layerHeight;
        break;
      case 'fold':
        parts.push(part(stop, box(centre - layer / 2, y, layer, DOWN.fold), broken));
        y += DOWN.fold;
        break;
      case 'joint': {
        const size = jointSize(stop.joint, false);
        parts.push(part(stop, box(centre - size.w / 2, y, size.w, size.h), broken));
        y += size.h;
        break;
      }
    }
  });
  y += 14;
  const end = atRail(h_n, width - DOWN.rail);
  const overhang = Math.max(0, end.x + end.w + sheetsBehind(end.sheets).x - (width - 2));
  parts.push({ kind: 'tensor', key: 'h_n', at: { ...end, x: end.x - overhang }, dimmed: broken, tensor: h_n });
  y += rowHeight(h_n);
  const cells = Math.max(2, Math.min(6, Math.floor((layer - 24 + CELL_GAP) / (CELL + CELL_GAP + 3))));
  return { orientation: 'down', width, height: Math.ceil(y + 4), parts, wires: wiresOf(stops, model, layer < 200), cells };
}

/** The scene of a flow in a box of the given width. */
export function layout(model: FlowModel, width: number): Scene {
  return (width >= 480 ? across(model, width) : undefined) ?? down(model, width);
}

/** The steps that a lane shows: all, or the first and the last with a gap between, as `undefined`. */
export function cellsOf(steps: number, room: number): (number | undefined)[] {
  if (steps <= room) return Array.from({ length: steps }, (_, step) => step);
  const front = Math.ceil((room - 1) / 2);
  const back = room - 1 - front;
  const first = Array.from({ length: front }, (_, step) => step);
  const last = Array.from({ length: back }, (_, index) => steps - back + index);
  return [...first, undefined, ...last];
}
