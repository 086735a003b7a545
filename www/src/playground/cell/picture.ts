/** The picture of one step: bars that fill as they are computed, and a blend that slides from the old state towards the new one. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import { formatValue } from '../../ui/numbers.js';
import type { UnitStep } from '../values/unit.js';
import type { StepNumbers } from './numbers.js';
import { STAGE_OF, type Box, type Name, type Plan } from './plan.js';

/** A colour of the maps for a value, and whether it runs from 0 or from both sides. */
export type Paint = (map: 'sequential' | 'diverging', value: number) => string;

export interface Scene {
  readonly plan: Plan;
  readonly numbers: StepNumbers;
  /** How far the step is. */
  readonly stage: number;
  /** Whether it is under way: then what is being computed is lit. */
  readonly isWalking: boolean;
  readonly unit: number;
  readonly names: Readonly<Record<'x' | 'before' | 'h', string>>;
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

/** For each unit a scale from -1 to 1: a ring where the old state lies, a diamond for the new one, a disc that slides between them. */
function blends(at: Box, units: StepNumbers['units'], chosen: number, stage: number, choose: Scene['choose']): SVGTemplateResult {
  const { x, y, w, h } = at;
  const each = (w - 2 * PAD) / Math.max(1, units.length);
  const half = h / 2 - 9;
  const place = (value: number) => y + h / 2 - clamp(Number.isFinite(value) ? value : 0, -1) * half;
  return svg`
    <path class="ground" d="M${x + PAD} ${y + h / 2}H${x + w - PAD}" />
    ${units.map(({ unit, at: { n, h_prev = 0, h: after } }, index) => {
      const middle = x + PAD + (index + 0.5) * each;
      const [old, fresh] = [place(h_prev), place(n)];
      return svg`
        ${unit === chosen ? svg`<rect class="chosen" x=${middle - each / 2} y=${y + 1} width=${each} height=${h - 2} rx="3" />` : nothing}
        ${stage < STAGE_OF.mix
          ? nothing
          : svg`<path class="span" d="M${middle} ${old}V${fresh}" />
            <circle class="old" cx=${middle} cy=${old} r="4.5" />
            <path class="fresh" d="M${middle} ${fresh - 5}l5 5l-5 5l-5 -5z" />`}
        <circle class="blend ${stage < STAGE_OF.mix ? 'away' : ''}" cx=${middle} cy=${stage < STAGE_OF.mix ? old : place(after)} r="3.5" />
        <rect class="hit" x=${middle - each / 2} y=${y} width=${each} height=${h} @click=${() => { choose(unit); }} />`;
    })}`;
}

const TITLES: Readonly<Record<'r' | 'z' | 'n' | 'mix', string>> = { r: 'r  reset', z: 'z  update', n: 'n  new', mix: 'mix by z' };
const OF: Readonly<Record<Exclude<Name, 'x' | 'mix'>, (at: UnitStep) => number | undefined>> = {
  before: ({ h_prev }) => h_prev,
  r: ({ r }) => r,
  z: ({ z }) => z,
  n: ({ n }) => n,
  h: ({ h }) => h,
};

function drawn(name: Name, scene: Scene): SVGTemplateResult {
  const { plan, numbers, stage, isWalking, unit, names } = scene;
  const at = plan.boxes[name];
  const isThere = stage >= STAGE_OF[name];
  const title = name === 'r' || name === 'z' || name === 'n' || name === 'mix' ? TITLES[name] : names[name];
  const states = `${isThere ? '' : 'waits'} ${isWalking && stage === STAGE_OF[name] ? 'now' : ''}`;
  let inside: SVGTemplateResult;
  let told: string;
  if (name === 'mix') {
    const { z } = numbers.chosen;
    inside = blends(at, numbers.units, unit, stage, scene.choose);
    told = isThere ? `keeps ${Math.round(100 * z)}\u202f%` : '';
  } else if (name === 'x') {
    const { values, from, of } = numbers.x;
    inside = bars(at, (values ?? []).map((value): Bar => ({ value, isThere, isChosen: false, unit: undefined })), 'diverging', scene);
    const last = from + (values?.length ?? 0) - 1;
    told = values ? (of > values.length ? `${from} to ${last} of ${of}` : `${of} numbers`) : `${of}, not kept`;
  } else {
    const map = name === 'r' || name === 'z' ? 'sequential' : 'diverging';
    const all = numbers.units.map(({ unit: index, at: values }): Bar => ({ value: OF[name](values), isThere, isChosen: index === unit, unit: index }));
    const value = OF[name](numbers.chosen);
    inside = bars(at, all, map, scene);
    told = !isThere ? '' : value === undefined ? 'not kept' : formatValue(value);
  }
  const centre = at.x + at.w / 2;
  const isAside = plan.titles === 'start' && name in TITLES;
  return svg`<g class="node ${name} ${states}" data-axis=${name === 'x' ? 'H_in' : 'H_out'}>
    <rect class="box" x=${at.x} y=${at.y} width=${at.w} height=${at.h} rx="8" />
    ${inside}
    <text class="title" x=${isAside ? at.x + 2 : centre} y=${at.y - 6} text-anchor=${isAside ? 'start' : 'middle'}>${title}</text>
    <text class="told" x=${centre} y=${at.y + at.h + 15} text-anchor="middle">${told}</text>
  </g>`;
}

const NAMES: readonly Name[] = ['x', 'before', 'r', 'z', 'n', 'mix', 'h'];

export function cellPicture(scene: Scene): SVGTemplateResult {
  const { plan, stage, isWalking } = scene;
  return svg`
    ${plan.ways.map(
      ({ d, stage: when, kind }) =>
        svg`<path class="way ${kind} ${isWalking && when === stage ? 'now' : when <= stage ? 'gone' : ''}" d=${d} pathLength="100" marker-end="url(#tip)" />
          ${isWalking && when === stage ? svg`<path class="pulse ${kind}" d=${d} pathLength="100" />` : nothing}`,
    )}
    <text class="times" x=${plan.times[0]} y=${plan.times[1]} text-anchor="middle">r \u2217</text>
    ${NAMES.map((name) => drawn(name, scene))}`;
}
