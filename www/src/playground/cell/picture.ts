/** The picture of one step: bars that fill as they are computed, and a mix that slides from the state before towards the candidate. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import { formatShare, formatValue } from '../../ui/numbers.js';
import type { Kind, Shown } from './kinds.js';
import type { StepNumbers } from './numbers.js';
import type { Box, Plan } from './plan.js';

/** A colour of the maps for a value, and whether it runs from 0 or from both sides. */
export type Paint = (map: 'sequential' | 'diverging', value: number) => string;

export interface Scene {
  readonly kind: Kind;
  readonly plan: Plan;
  readonly numbers: StepNumbers;
  /** How far the step is. */
  readonly stage: number;
  /** Whether it is under way: then what is being computed is lit. */
  readonly isWalking: boolean;
  readonly unit: number;
  /** What is added to the names of what comes in and what leaves: where it is from. */
  readonly places: Readonly<Partial<Record<string, string>>>;
  readonly paint: Paint;
  readonly choose: (unit: number) => void;
}

interface Bar {
  readonly value: number | undefined;
  /** Whether it is there yet: else it has no height, so that it grows. */
  readonly isThere: boolean;
  readonly isChosen: boolean;
  readonly unit: number | undefined;
}

const PAD = 5;

/** The share of the way from -1 to 1, or from 0 to 1; what lies beyond stands at the end. */
function clamp(value: number, low: number): number {
  return Math.max(low, Math.min(1, value));
}

/** Bars side by side in a box. */
function bars(at: Box, all: readonly Bar[], map: 'sequential' | 'diverging', { paint, choose }: Scene): SVGTemplateResult {
  const { x, y, w, h } = at;
  const each = (w - 2 * PAD) / Math.max(1, all.length);
  const reach = map === 'sequential' ? h - 2 * PAD : (h - 2 * PAD) / 2;
  const ground = y + PAD + reach;
  return svg`
    <path class="ground" d="M${x + PAD} ${ground}H${x + w - PAD}" />
    ${all.map(({ value, isThere, isChosen, unit }, index) => {
      const height = !isThere || value === undefined || !Number.isFinite(value) ? 0 : Math.abs(clamp(value, -1)) * reach;
      const left = x + PAD + index * each;
      const top = (value ?? 0) >= 0 ? ground - height : ground;
      return svg`
        ${isChosen ? svg`<rect class="chosen" x=${left} y=${y + 1} width=${each} height=${h - 2} rx="3" />` : nothing}
        <rect class="bar" x=${left + 2} width=${Math.max(1, each - 4)} y=${top} height=${height} fill=${paint(map, value ?? 0)} />
        ${unit === undefined ? nothing : svg`<rect class="hit" x=${left} y=${y} width=${each} height=${h} @click=${() => { choose(unit); }} />`}`;
    })}`;
}

/** For each unit a scale from -1 to 1: a ring where h_prev lies, a diamond for the candidate, a disc that slides between them. */
function blends(at: Box, units: StepNumbers['units'], chosen: number, stage: number, when: number, choose: Scene['choose']): SVGTemplateResult {
  const { x, y, w, h } = at;
  const each = (w - 2 * PAD) / Math.max(1, units.length);
  const half = h / 2 - 9;
  const place = (value: number) => y + h / 2 - clamp(Number.isFinite(value) ? value : 0, -1) * half;
  return svg`
    <path class="ground" d="M${x + PAD} ${y + h / 2}H${x + w - PAD}" />
    ${units.map(({ unit, at: { n = NaN, h_prev = 0, h: after = NaN } }, index) => {
      const middle = x + PAD + (index + 0.5) * each;
      const [old, fresh] = [place(h_prev), place(n)];
      return svg`
        ${unit === chosen ? svg`<rect class="chosen" x=${middle - each / 2} y=${y + 1} width=${each} height=${h - 2} rx="3" />` : nothing}
        ${stage < when
          ? nothing
          : svg`<path class="span" d="M${middle} ${old}V${fresh}" />
            <circle class="old" cx=${middle} cy=${old} r="4.5" />
            <path class="fresh" d="M${middle} ${fresh - 5}l5 5l-5 5l-5 -5z" />`}
        <circle class="blend ${stage < when ? 'away' : ''}" cx=${middle} cy=${stage < when ? old : place(after)} r="3.5" />
        <rect class="hit" x=${middle - each / 2} y=${y} width=${each} height=${h} @click=${() => { choose(unit); }} />`;
    })}`;
}

function drawn(part: Shown, at: Box, scene: Scene): SVGTemplateResult {
  const { plan, numbers, stage, isWalking, unit, places } = scene;
  const { name, map, draws } = part;
  const isThere = stage >= part.stage;
  const states = `${isThere ? '' : 'waits'} ${isWalking && stage === part.stage ? 'now' : ''}`;
  let inside: SVGTemplateResult;
  let told: string;
  if (draws === 'mix') {
    inside = blends(at, numbers.units, unit, stage, part.stage, scene.choose);
    told = isThere ? `keeps ${formatShare(numbers.chosen['z'] ?? NaN)}` : '';
  } else if (draws === 'input') {
    const { values, from, of } = numbers.x;
    inside = bars(at, (values ?? []).map((value): Bar => ({ value, isThere, isChosen: false, unit: undefined })), 'diverging', scene);
    const last = from + (values?.length ?? 0) - 1;
    told = values ? (of > values.length ? `x ${from}\u2013${last} of ${of}` : `${of} numbers`) : `${of}, not kept`;
  } else {
    const all = numbers.units.map(({ unit: index, at: values }): Bar => ({ value: values[name], isThere, isChosen: index === unit, unit: index }));
    const value = numbers.chosen[name];
    inside = bars(at, all, map, scene);
    told = !isThere ? '' : value === undefined ? 'not kept' : formatValue(value);
  }
  const centre = at.x + at.w / 2;
  const place = places[name];
  const isAside = plan.titles === 'start' && part.stage > 0;
  return svg`<g class="node ${name} ${states}" data-axis=${draws === 'input' ? 'H_in' : 'H_out'}>
    <rect class="box" x=${at.x} y=${at.y} width=${at.w} height=${at.h} rx="8" />
    ${inside}
    <text class="title" x=${isAside ? at.x + 2 : centre} y=${at.y - 6} text-anchor=${isAside ? 'start' : 'middle'}>${part.title}${place ?? ''}</text>
    <text class="told" x=${centre} y=${at.y + at.h + 15} text-anchor="middle">${told}</text>
  </g>`;
}

export function cellPicture(scene: Scene): SVGTemplateResult {
  const { kind, plan, stage, isWalking } = scene;
  return svg`
    ${plan.ways.map(
      ({ d, stage: when, kind: what }) =>
        svg`<path class="way ${what} ${isWalking && when === stage ? 'now' : when <= stage ? 'gone' : ''}" d=${d} pathLength="100" marker-end="url(#tip)" />
          ${isWalking && when === stage ? svg`<path class="pulse ${what}" d=${d} pathLength="100" />` : nothing}`,
    )}
    ${plan.notes.map(([text, x, y]) => svg`<text class="times" x=${x} y=${y} text-anchor="middle">${text}</text>`)}
    ${kind.parts.map((part) => {
      const at = plan.boxes[part.name];
      return at ? drawn(part, at, scene) : nothing;
    })}`;
}
