/** What is said of a claim once it was tried. */
import type { ClaimJudgement, ClaimVerdict } from '../engine/engine.js';
import { plural } from '../ui/numbers.js';

/** What a learner says before the program has run. */
export type Opinion = 'holds' | 'fails' | 'depends';

export const OPINIONS: readonly { readonly opinion: Opinion; readonly name: string }[] = [
  { opinion: 'holds', name: 'It is true' },
  { opinion: 'fails', name: 'It is false' },
  { opinion: 'depends', name: 'It depends' },
];

/** The verdict with its conditions in one sentence. */
export function verdictWords({ verdict, cases }: ClaimJudgement): string {
  const holding = cases.filter(({ holds }) => holds).length;
  switch (verdict) {
    case 'holds':
      return `It is true in ${every(cases.length)} here.`;
    case 'fails':
      return `It is false in ${every(cases.length)} here.`;
    case 'depends':
      return `It depends: it holds in ${String(holding)} of ${plural(cases.length, 'case')} that were tried here.`;
    case 'open':
      return 'Nothing can be said: the program did not come to its end, or tried no case.';
  }
}

function every(cases: number): string {
  return cases === 1 ? 'the one case that was tried' : `all ${String(cases)} cases that were tried`;
}

/** What was said before, beside what was found. */
export function opinionWords(opinion: Opinion, verdict: ClaimVerdict): string {
  if (verdict === 'open') return '';
  if (opinion === verdict) return 'You were right.';
  if (opinion === 'depends') return 'You said that it depends; here it does not.';
  const said = opinion === 'holds' ? 'You said that it is true' : 'You said that it is false';
  if (verdict === 'depends') return `${said}; it is not always.`;
  return opinion === 'holds' ? `${said}; it is not.` : `${said}; it is true.`;
}

/** How often a learner was right; nothing before the first verdict. */
export function tallyWords(right: number, judged: number): string {
  return judged === 0 ? '' : `You were right about ${String(right)} of ${plural(judged, 'claim')}.`;
}

/** A claim with its verdict, its cases and the way to them, to be pasted elsewhere. */
export function quoteOf(claim: string, judgement: ClaimJudgement, address: string): string {
  const cases = judgement.cases.map(({ holds, words }) => `- ${holds ? 'holds' : 'fails'}: ${words}`);
  return [`“${claim}”`, verdictWords(judgement), ...cases, address].join('\n');
}
