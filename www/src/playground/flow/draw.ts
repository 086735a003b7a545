/** The parts of the shape flow as SVG. Positions are attributes, looks are in flow.styles.ts. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { Joint } from '../../engine/engine.js';
import { shapeLabel, LETTER_SIZE, NUMBER_SIZE, type LabelToken } from './label.js';
import {
  CELL,
  CELL_GAP,
  LABEL_HEIGHT,
  LANE_CAPTION,
  LAYER_HEADER,
  cellsOf,
  pillsOf,
  sheetsBehind,
  shownName,
  type Geometry,
  type Part,
  type Scene,
  type Wire,
} from './layout.js';
import type { FlowModel, FlowStep, FlowTensor } from './model.js';

/** The letters of an axis: a raised dot for times, `in` and `out` lowered. */
export function letters(text: string): SVGTemplateResult {
  const [, base = text, index] = /^(.*H)_(in|out)$/.exec(text) ?? [];
  const shown = base.replaceAll('*', '\u00b7');
  return index ? svg`${shown}<tspan dy="3">${index}</tspan>` : svg`${shown}`;
}

type Side = 'left' | 'right' | 'top' | 'bottom';

function port(at: Geometry, side: Side): { x: number; y: number } {
  const { x, y } = sheetsBehind(at.sheets);
  const middle = { x: at.x + (at.w + x) / 2, y: at.y + (at.h - y) / 2 };
  switch (side) {
    case 'left':
      return { x: at.x, y: middle.y };
    case 'right':
      return { x: at.x + at.w + x, y: middle.y };
    case 'top':
      return { x: middle.x, y: at.y - y };
    case 'bottom':
      return { x: middle.x, y: at.y + at.h };
  }
}

const CLEAR = 5;
const BEND = 7;
/** How far from the edge of a block a line to many layers begins. */
const RAIL = 8;

/** Two lines and the bend between them. */
function elbow(fromX: number, fromY: number, toX: number, toY: number, firstAcross: boolean): string {
  const [dx, dy] = [Math.sign(toX - fromX), Math.sign(toY - fromY)];
  const bend = Math.min(BEND, Math.abs(toX - fromX), Math.abs(toY - fromY));
  return firstAcross
    ? `M${fromX} ${fromY}H${toX - dx * bend}q${dx * bend} 0 ${dx * bend} ${dy * bend}V${toY}`
    : `M${fromX} ${fromY}V${toY - dy * bend}q0 ${dy * bend} ${dx * bend} ${dy * bend}H${toX}`;
}

/** An arrow's head at a point, pointing to a side. */
function head(x: number, y: number, to: Side, size = 4): string {
  const [w, h] = [size, size + 1];
  switch (to) {
    case 'right':
      return `M${x - h} ${y - w}L${x} ${y}L${x - h} ${y + w}`;
    case 'left':
      return `M${x + h} ${y - w}L${x} ${y}L${x + h} ${y + w}`;
    case 'bottom':
      return `M${x - w} ${y - h}L${x} ${y}L${x + w} ${y - h}`;
    case 'top':
      return `M${x - w} ${y + h}L${x} ${y}L${x + w} ${y + h}`;
  }
}

interface Drawn {
  readonly path: string;
  readonly head: string;
  /** Where the label stands, and which end of it. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' };
}

function route(wire: Wire, from: Geometry, to: Geometry, across: boolean): Drawn {
  if (wire.kind === 'data') {
    const [a, b] = across ? [port(from, 'right'), port(to, 'left')] : [port(from, 'bottom'), port(to, 'top')];
    const label = { x: 0, y: 0, anchor: 'start' } as const;
    return across
      ? { path: `M${a.x + CLEAR} ${a.y}L${b.x - CLEAR} ${b.y}`, head: head(b.x - CLEAR, b.y, 'right'), label }
      : { path: `M${a.x} ${a.y + CLEAR}L${b.x} ${b.y - CLEAR}`, head: head(b.x, b.y - CLEAR, 'bottom'), label };
  }
  if (wire.to === 'joint') {
    const top = { x: from.x + RAIL, y: port(to, 'top').y };
    const [a, b] = across ? [port(from, 'right'), port(to, 'left')] : [{ x: top.x, y: port(from, 'bottom').y }, top];
    const label = { x: 0, y: 0, anchor: 'start' } as const;
    return across
      ? { path: `M${a.x + CLEAR} ${a.y}H${b.x - CLEAR}`, head: '', label }
      : { path: `M${a.x} ${a.y + CLEAR}V${b.y - CLEAR}`, head: '', label };
  }
  const into = wire.to !== 'h_n';
  if (across) {
    if (into) {
      const [a, b] = [port(from, 'right'), port(to, 'top')];
      const end = b.y - CLEAR;
      const label = { x: b.x + 9, y: end - 8, anchor: 'start' } as const;
      return { path: elbow(a.x + CLEAR, a.y, b.x, end, true), head: head(b.x, end, 'bottom'), label };
    }
    const [a, b] = [port(from, 'bottom'), port(to, 'left')];
    const label = { x: a.x + 9, y: a.y + 20, anchor: 'start' } as const;
    return { path: elbow(a.x, a.y + CLEAR, b.x - CLEAR, b.y, false), head: head(b.x - CLEAR, b.y, 'right'), label };
  }
  // The lines keep to the outer edges of h_0 and h_n, so that labels have the room between.
  if (into) {
    const [a, b] = [{ x: from.x + RAIL, y: port(from, 'bottom').y }, port(to, 'left')];
    const end = b.x - CLEAR;
    const label = { x: end - 8, y: b.y - 9, anchor: 'end' } as const;
    return { path: elbow(a.x, a.y + CLEAR, end, b.y, false), head: head(end, b.y, 'right'), label };
  }
  const [a, b] = [port(from, 'right'), { x: to.x + to.w + sheetsBehind(to.sheets).x - RAIL, y: port(to, 'top').y }];
  const label = { x: a.x + 8, y: a.y - 9, anchor: 'start' } as const;
  return { path: elbow(a.x + CLEAR, a.y, b.x, b.y - CLEAR, true), head: head(b.x, b.y - CLEAR, 'bottom'), label };
}

export function drawWire(wire: Wire, parts: ReadonlyMap<string, Part>, across: boolean, pulse: number | undefined) {
  const [from, to] = [parts.get(wire.from), parts.get(wire.to)];
  if (!from || !to) return nothing;
  const { path, head: tip, label } = route(wire, from.at, to.at, across);
  const opacity = Math.min(from.at.opacity, to.at.opacity);
  return svg`<g class="wire ${wire.kind} ${wire.dimmed ? 'dimmed' : ''}" opacity=${opacity}>
    <path class="line" d=${path} />
    ${wire.from === 'joint' && wire.kind === 'data' ? nothing : svg`<path class="head" d=${tip} />`}
    ${pulse === undefined || wire.dimmed ? nothing : svg`<path class="pulse turn-${pulse}" d=${path} pathLength="100" />`}
    ${wire.label ? svg`<text class="port" x=${label.x} y=${label.y} text-anchor=${label.anchor}>${wire.label}</text>` : nothing}
  </g>`;
}

function drawToken({ x, lettersX, size, letters: text, axis, wrong }: LabelToken) {
  return svg`<g class="token ${wrong ? 'wrong' : ''}" data-axis=${axis ?? nothing}>
    ${
      size === undefined
        ? nothing
        : svg`<text class="size" x=${x} y="14" font-size=${NUMBER_SIZE} text-anchor="middle">${size}</text>`
    }
    ${
      text === undefined
        ? nothing
        : svg`<text class="letters" x=${lettersX} y=${size === undefined ? 14 : 29} font-size=${LETTER_SIZE}
            text-anchor="middle">${letters(text)}</text>`
    }
    ${wrong ? svg`<path class="wave" d=${wave(x, 18, 7)} />` : nothing}
  </g>`;
}

/** A short wavy line, as under a misspelt word. */
function wave(x: number, y: number, half: number): string {
  return `M${x - half} ${y}q${half / 4} -3 ${half / 2} 0t${half / 2} 0t${half / 2} 0t${half / 2} 0`;
}

/** The shape below or beside a block, with its top left at a point. */
function drawLabel(tensor: FlowTensor, left: number, top: number, scale = 1) {
  const { tokens, marks } = shapeLabel(tensor);
  return svg`<g class="label" transform="translate(${left} ${top + ((1 - scale) * LABEL_HEIGHT) / 2}) scale(${scale})">
    ${marks.map(({ x, text }) => svg`<text class="mark" x=${x} y="14" font-size=${NUMBER_SIZE}>${text}</text>`)}
    ${tokens.map(drawToken)}
  </g>`;
}

/** Row lines are drawn while each row can be told from the next. */
const ROW_LINES = 12;

function drawSheets({ at, tensor }: { at: Geometry; tensor: FlowTensor }) {
  const { form, shape, given } = tensor;
  const whole = Math.max(0, Math.ceil(at.sheets));
  const { x: dx, y: dy } = sheetsBehind(at.sheets);
  const { x, y, w, h } = at;
  // The hindmost sheet follows the fraction, so that a new one unfolds from the one before it.
  const offset = (index: number) => sheetsBehind(Math.min(index + 1, at.sheets));
  const rows = form.rows > 1 && form.rows <= ROW_LINES ? Array.from({ length: form.rows - 1 }, (_, row) => row + 1) : [];
  return svg`
    ${Array.from({ length: whole }, (_, index) => whole - 1 - index).map(
      (index) => svg`<rect class="sheet ${shape && given ? '' : 'hollow'}" rx="2"
        x=${x + offset(index).x} y=${y - offset(index).y} width=${w} height=${h} />`,
    )}
    ${rows.map((row) => svg`<path class="row" d="M${x} ${y + (row * h) / form.rows}h${w}" />`)}
    ${form.split ? svg`<path class="split" d="M${x + w / 2} ${y}v${h}" />` : nothing}
    ${form.rowAxis ? svg`<path class="edge" data-axis=${form.rowAxis} d="M${x} ${y}v${h}" />` : nothing}
    ${form.columnAxis ? svg`<path class="edge" data-axis=${form.columnAxis} d="M${x} ${y + h}h${w}" />` : nothing}
    ${
      form.sheetAxis
        ? svg`<path class="edge" data-axis=${form.sheetAxis}
            d="M${x + w} ${y}l${Math.max(3, dx)} ${-Math.max(2.5, dy)}" />`
        : nothing
    }`;
}

function drawTensor(part: Part & { kind: 'tensor' }, scene: Scene) {
  const across = scene.orientation === 'across';
  const { at, tensor } = part;
  const { x: dx, y: dy } = sheetsBehind(at.sheets);
  const { width, centre: labelCentre } = shapeLabel(tensor);
  const named = tensor.role !== 'between';
  const centre = at.x + (at.w + dx) / 2;
  if (across) {
    return svg`
      ${drawSheets(part)}
      ${named ? svg`<text class="name" x=${centre} y=${at.y - dy - 8} text-anchor="middle">${shownName(tensor)}</text>` : nothing}
      ${drawLabel(tensor, centre - labelCentre, at.y + at.h + 3)}`;
  }
  const before = tensor.role === 'h_n';
  const edge = before ? at.x - 14 : at.x + at.w + dx + 14;
  // Numbers of many digits are set smaller rather than beyond the edge.
  const scale = Math.min(1, (before ? edge : scene.width - edge) / width);
  const left = before ? edge - width * scale : edge;
  const middle = at.y + (at.h - dy) / 2;
  const top = named ? middle - 8 : middle - 17;
  return svg`
    ${drawSheets(part)}
    ${
      named
        ? svg`<text class="name" x=${edge} y=${middle - 13} text-anchor=${before ? 'end' : 'start'}
            >${shownName(tensor)}</text>`
        : nothing
    }
    ${drawLabel(tensor, left, top, scale)}`;
}

/** One lane of a layer: a cell for each step and the hidden state going from one to the next. */
function drawLane(at: Geometry, lane: number, model: FlowModel, scene: Scene, now: number | undefined) {
  const across = scene.orientation === 'across';
  const { directions, seq_len } = model;
  const reverse = lane === 1;
  const caption = directions === 2 ? LANE_CAPTION : 0;
  const steps = cellsOf(seq_len ?? 3, scene.cells);
  // Along the lane, then across it.
  const start = across ? at.y + LAYER_HEADER + caption : at.x;
  const end = across ? at.y + at.h : at.x + at.w;
  const laneHeight = (at.h - LAYER_HEADER - 10) / directions;
  const middle = across
    ? at.x + (at.w * (2 * lane + 1)) / (2 * directions)
    : at.y + LAYER_HEADER + laneHeight * lane + (laneHeight + caption) / 2;
  const gap = across ? CELL_GAP : Math.min(24, (end - start - 24 - scene.cells * CELL) / Math.max(1, scene.cells - 1));
  const used = steps.length * CELL + Math.max(0, steps.length - 1) * gap;
  const first = (start + end - used) / 2;
  const to: Side = across ? (reverse ? 'top' : 'bottom') : reverse ? 'left' : 'right';
  const line = (a: number, b: number) => {
    const [from, tip] = reverse ? [b, a] : [a, b];
    return across
      ? svg`<path class="carry" d="M${middle} ${from}V${tip}${head(middle, tip, to, 3)}" />`
      : svg`<path class="carry" d="M${from} ${middle}H${tip}${head(tip, middle, to, 3)}" />`;
  };
  const cell = (step: number | undefined, index: number) => {
    const along = first + index * (CELL + gap);
    const [x, y] = across ? [middle - CELL / 2, along] : [along, middle - CELL / 2];
    const text = step === undefined ? '\u22ef' : seq_len === undefined ? '' : String(step);
    const small = text.length > 2;
    // A step that is not drawn lies in the gap.
    const isNow = now !== undefined && (step === undefined ? !steps.includes(now) : step === now);
    return svg`<g class="cell ${isNow ? 'now' : ''}" data-axis="L">
      ${isNow && step === undefined ? svg`<rect x=${x} y=${y} width=${CELL} height=${CELL} rx="4" />` : nothing}
      ${step === undefined ? nothing : svg`<path class="feed" d=${feeds(x, y)} />`}
      ${step === undefined ? nothing : svg`<rect x=${x} y=${y} width=${CELL} height=${CELL} rx="4" />`}
      ${
        small
          ? nothing
          : svg`<text class=${step === undefined ? 'gap' : ''} x=${x + CELL / 2} y=${y + CELL / 2 + 4} text-anchor="middle">${text}</text>`
      }
    </g>`;
  };
  // What a step takes on the side where the layer takes it, and what it gives on the other.
  const feeds = (x: number, y: number): string =>
    across
      ? `M${x - 12} ${y + CELL / 2}h9M${x + CELL + 3} ${y + CELL / 2}h9`
      : `M${x + CELL / 2} ${y - 8}v6M${x + CELL / 2} ${y + CELL + 2}v6`;
  return svg`
    ${
      caption
        ? svg`<text class="direction" text-anchor=${across ? 'middle' : 'start'} x=${across ? middle : at.x + 10}
            y=${across ? at.y + LAYER_HEADER + 10 : middle - CELL / 2 - 9}>${reverse ? 'reverse' : 'forward'}</text>`
        : nothing
    }
    ${line(start + (across ? 0 : 1), first - 1)}
    ${steps.slice(1).map((_, index) => line(first + CELL + index * (CELL + gap) + 1, first + (index + 1) * (CELL + gap) - 1))}
    ${line(first + used + 1, end - 1)}
    ${steps.map(cell)}`;
}

function drawLayer(part: Part & { kind: 'layer' }, model: FlowModel, scene: Scene, open: boolean, now: FlowStep | undefined) {
  const { at, layer } = part;
  const arrowX = at.x + at.w - 14;
  const arrowY = at.y + 13;
  return svg`
    <rect class="box" x=${at.x} y=${at.y} width=${at.w} height=${at.h} rx="8" />
    <text class="title" x=${at.x + 10} y=${at.y + 18}>layer ${layer.index}</text>
    <path class="more" d=${open ? `M${arrowX - 4} ${arrowY + 2}l4 -4l4 4` : `M${arrowX - 4} ${arrowY - 2}l4 4l4 -4`} />
    ${Array.from({ length: model.directions }, (_, lane) => drawLane(at, lane, model, scene, now?.reverse === (lane === 1) ? now.step : undefined))}`;
}

function drawFold(part: Part & { kind: 'fold' }, across: boolean) {
  const { at, hidden } = part;
  const text = `+ ${hidden.toLocaleString('en').replaceAll(',', '\u2009')}`;
  const centre = at.x + at.w / 2;
  const cards = [2, 1, 0];
  const noun = hidden === 1 ? 'layer' : 'layers';
  return svg`
    ${cards.map(
      (card) => svg`<rect class="card" rx="6" x=${at.x + card * 4} y=${at.y + (across ? (2 - card) * 4 : card * 2)}
        width=${at.w - 8} height=${at.h - 8} />`,
    )}
    ${
      across
        ? svg`<text class="folded" x=${centre - 4} y=${at.y + at.h / 2} text-anchor="middle">${text}</text>
          <text class="folded" x=${centre - 4} y=${at.y + at.h / 2 + 17} text-anchor="middle">${noun}</text>`
        : svg`<text class="folded" x=${centre - 4} y=${at.y + at.h / 2 + 1} text-anchor="middle">${text} ${noun}</text>`
    }`;
}

function drawJoint(at: Geometry, joint: Joint, across: boolean) {
  const pills = pillsOf(joint, at, across);
  const [first, second] = pills;
  return svg`
    ${pills.map(
      ({ x, y, w, h, text }) => svg`<g class="pill" data-axis=${joint.axis ?? nothing}>
        <rect x=${x} y=${y} width=${w} height=${h} rx="6" />
        <text class="size" x=${x + w / 2} y=${y + h / 2 + 5} font-size=${NUMBER_SIZE} text-anchor="middle">${text}</text>
      </g>`,
    )}
    ${first && second ? unequal(first, second, across) : nothing}`;
}

/** The sign between two things that should be equal. */
function unequal(first: { x: number; y: number; w: number; h: number }, second: typeof first, across: boolean) {
  const x = across ? (first.x + first.w + second.x) / 2 : (first.x + second.x + (first.w + second.w) / 2) / 2;
  const y = across ? (first.y + second.y + first.h) / 2 : (first.y + first.h + second.y) / 2;
  return svg`<path class="unequal" d="M${x - 6} ${y - 3}h12M${x - 6} ${y + 3}h12M${x + 4} ${y - 8}l-8 16" />`;
}

/** The drawing of a part, without what makes it a control. */
export function drawPart(part: Part, model: FlowModel, scene: Scene, open: string | undefined, now?: FlowStep): SVGTemplateResult {
  const across = scene.orientation === 'across';
  switch (part.kind) {
    case 'tensor':
      return drawTensor(part, scene);
    case 'layer':
      return drawLayer(part, model, scene, open === part.key, now?.layer === part.layer.index ? now : undefined);
    case 'fold':
      return drawFold(part, across);
    case 'joint':
      return drawJoint(part.at, part.joint, across);
  }
}
