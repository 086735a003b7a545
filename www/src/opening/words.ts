/** What the opening says of a sentence that was read, in words. */
import { plural } from '../ui/numbers.js';
import type { SentenceReading, SentenceStep, SentenceWord } from '../engine/engine.js';

export const FIRST = 'The film that my friend found was not all that good';

/** Sentences to press, by what each shows. */
export const EXAMPLES: readonly (readonly [name: string, sentence: string])[] = [
  ['The first one', FIRST],
  ['With “bad”', 'The film that my friend found was not all that bad'],
  ['Twenty words between', 'They never said that the actor who was in the play on the evening with all the music was really so very good'],
  ['Two opinions', 'The plot was dull but the music was lovely'],
];

/** What a word is, in a word and a sign. */
export const KINDS: Readonly<Record<SentenceWord['kind'], readonly [sign: string, name: string]>> = {
  unknown: ['?', 'unknown'],
  filler: ['\u00b7', 'filler'],
  negation: ['\u00ac', 'negation'],
  good: ['+', 'good'],
  bad: ['\u2212', 'bad'],
};

/** What the head says, as a word of a column and of a table. */
export const OPINIONS: Readonly<Record<SentenceStep['opinion'], string>> = { bad: 'bad', none: 'neither', good: 'good' };

const CLASSES = ['bad', 'none', 'good'] as const;

/** The longest word that a sentence quotes whole. */
const LONGEST_QUOTED = 20;

/** A share in hundredths; one that is nearly all, or nearly none, is not rounded to all or none. */
export function hundredths(share: number, more = '> ', less = '< '): string {
  const whole = Math.round(100 * share);
  if (whole === 100 && share < 1) return `${more}99\u202f%`;
  if (whole === 0 && share > 0) return `${less}1\u202f%`;
  return `${whole}\u202f%`;
}

const inWords = (share: number): string => hundredths(share, 'more than ', 'less than ');

/** How likely the head holds what it says to be. */
export function certainty({ opinion, probabilities }: SentenceStep): number {
  return probabilities[CLASSES.indexOf(opinion)] ?? NaN;
}

export function quoted({ text }: SentenceWord): string {
  const letters = Array.from(text);
  return `\u201c${letters.length > LONGEST_QUOTED ? `${letters.slice(0, LONGEST_QUOTED).join('')}\u2026` : text}\u201d`;
}

/** A value of a state, with its sign. */
function stateText(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? '0.00' : text.replace('-', '\u2212');
}

/** The negation that waits for an opinion before a step. */
export function pending(steps: readonly SentenceStep[], index: number): SentenceWord | undefined {
  let negation: SentenceWord | undefined;
  for (const { word } of steps.slice(0, index)) {
    if (word.kind === 'negation') negation = word;
    else if (word.kind === 'good' || word.kind === 'bad') negation = undefined;
  }
  return negation;
}

/** What the remembering unit did in a step: what is kept of its state, or what replaces it. */
function memory({ steps, unit }: SentenceReading, index: number): string {
  const z = steps[index]?.z[unit] ?? NaN;
  const before = steps[index - 1];
  const gate = `z of unit ${unit}`;
  if (z >= 0.5) return `${gate} is ${z.toFixed(2)}, so ${inWords(z)} of its state is kept`;
  const falls = before !== undefined && (before.z[unit] ?? 0) >= 0.5 ? 'falls to' : 'is';
  const [from, to] = [before?.h[unit] ?? 0, steps[index]?.h[unit] ?? NaN].map(stateText);
  return `${gate} ${falls} ${z.toFixed(2)}, so its state is replaced: from ${from} to ${to}`;
}

/** What a step did. */
export function stepSentence(reading: SentenceReading, index: number): string {
  const { steps, unit } = reading;
  const step = steps[index];
  if (!step) return '';
  const { word, opinion } = step;
  const negation = pending(steps, index);
  const says = `${quoted(word)}: `;
  switch (word.kind) {
    case 'unknown': {
      const z = step.z[unit] ?? NaN;
      const changes = z < 0.5 || opinion !== (steps[index - 1]?.opinion ?? 'none');
      return `${quoted(word)} is no word that it knows: ${changes ? memory(reading, index) : `it changes nothing (z of unit ${unit} is ${z.toFixed(2)})`}.`;
    }
    case 'filler':
      return `${says}${memory(reading, index)}${negation && (step.z[unit] ?? 0) >= 0.5 ? `: ${quoted(negation)} is remembered` : ''}.`;
    case 'negation':
      return `${says}${memory(reading, index)}.`;
    case 'good':
    case 'bad': {
      const share = `${OPINIONS[opinion]}, ${inWords(certainty(step))}`;
      const turned = word.kind === 'good' ? 'bad' : 'good';
      if (negation && opinion === turned) return `${says}unit ${unit} still remembers ${quoted(negation)}, so it counts as ${turned}: the GRU is ${inWords(certainty(step))} sure.`;
      if (!negation && opinion === word.kind) return `${says}no negation waits, so it counts as it is: ${share}.`;
      return `${says}the GRU says ${share}.`;
    }
  }
}

/** What the sentence says, as the GRU reads it: after its last word, or if it ended after another. */
export function answer({ steps }: SentenceReading, index = steps.length - 1): string {
  const step = steps[index];
  if (!step) return 'No words yet.';
  const { opinion } = step;
  const share = inWords(certainty(step));
  if (index < steps.length - 1) return `If it ended here: ${opinion === 'none' ? 'neither good nor bad' : opinion}, ${share}.`;
  return opinion === 'none' ? `It was neither good nor bad, says the GRU: ${share}.` : `It was ${opinion}, says the GRU: ${share}.`;
}

/** What the remembering unit kept, from the last negation to the opinion after it. */
export function memorySentence({ steps, unit }: SentenceReading): string {
  const name = `Unit ${unit}, outlined,`;
  const start = steps.findLastIndex(({ word }) => word.kind === 'negation');
  const negation = steps[start]?.word;
  if (!negation) return `${name} remembers a \u201cnot\u201d; this sentence has none.`;
  const after = steps.slice(start + 1);
  const opinion = after.findIndex(({ word }) => word.kind === 'good' || word.kind === 'bad');
  const between = opinion < 0 ? after : after.slice(0, opinion);
  if (between.length === 0) return `${name} remembers the ${quoted(negation)}.`;
  const kept = between.reduce((product, { z }) => product * (z[unit] ?? NaN), 1);
  return `${name} remembers the ${quoted(negation)}: over the ${plural(between.length, 'word')} after it, ${inWords(kept)} of its state is kept.`;
}
