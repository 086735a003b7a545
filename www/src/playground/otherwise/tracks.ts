/** What is heard of a unit: its gates and its state, step by step in the order in which they are read. */
import type { GateTrace } from '../../engine/engine.js';
import type { Track } from '../../ui/sound/tones.js';
import { placeInTrace, type Layout, type Selection } from '../values/matrix.js';

/** r in the left ear, z in the right one, the state in between; each gate with a timbre of its own. */
const VOICES = [
  { name: 'r', low: 0, high: 1, wave: 'sine', pan: -0.9 },
  { name: 'z', low: 0, high: 1, wave: 'triangle', pan: 0.9 },
  { name: 'h', low: -1, high: 1, wave: 'square', pan: 0 },
] as const;

export type VoiceName = (typeof VOICES)[number]['name'];

/** The voices that are asked for, of one unit of a sample in a layer and direction. */
export function tracksOf(trace: GateTrace, { steps }: Layout, { sample, reverse, unit }: Selection, asked: readonly VoiceName[]): readonly Track[] {
  const order = Array.from({ length: steps }, (_, index) => (reverse ? steps - 1 - index : index));
  return VOICES.filter(({ name }) => asked.includes(name)).map((voice) => ({
    ...voice,
    values: order.map((step) => trace[voice.name][placeInTrace(trace, step, sample, unit)] ?? NaN),
  }));
}
