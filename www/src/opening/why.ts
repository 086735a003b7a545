/** Why a step of the sentence looks as it does, in words. */
import type { SentenceReading, SentenceWord } from '../engine/engine.js';
import { pending, quoted } from './words.js';

/** What the unit that remembers is about in a step; empty where its gate does not do what the story says. */
export function whySentence({ steps, unit }: SentenceReading, index: number): string {
  const step = steps[index];
  if (!step) return '';
  const { word } = step;
  const keeps = (step.z[unit] ?? NaN) >= 0.5;
  const negation = pending(steps, index);
  switch (word.kind) {
    case 'negation':
      if (keeps) return '';
      return `Unit ${unit} is the one that remembers. Here its z is near 0: the candidate n takes the place of what was there, and is kept from now on until an opinion comes.`;
    case 'filler':
    case 'unknown':
      if (!keeps) return '';
      return `Unit ${unit} is the one that remembers. Its z is near 1: it keeps ${negation ? `what ${quoted(negation)} left` : 'its state'}, whatever the candidate n says.`;
    case 'good':
    case 'bad':
      return `Unit ${unit} is the one that remembers. All units read its h_prev here, which says that ${told(negation)}.`;
  }
}

function told(negation: SentenceWord | undefined): string {
  return negation ? `${quoted(negation)} waits` : 'no negation waits';
}
