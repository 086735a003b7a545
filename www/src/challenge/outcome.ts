/** What the challenge and single questions tell those who listen: answers and ends. */
import type { FinishedView, QuizEvent, QuizView, ResultView, VerdictView } from '../engine/engine.js';

/** An option was chosen. */
export interface Answer {
  /** The question's number, counted from 1. */
  readonly number: number;
  /** Its name in the bank. */
  readonly question: string;
  /** The name of the chosen option. */
  readonly option: string;
  readonly correct: boolean;
  /** 0 once the question has its verdict. */
  readonly attempts_left: number;
}

/** A question, or a whole run, has its verdict. */
export type Completion =
  | {
      readonly kind: 'question';
      readonly number: number;
      readonly question: string;
      readonly solved: boolean;
      /** How many options were chosen. */
      readonly attempts: number;
      readonly hint: boolean;
    }
  | {
      readonly kind: 'challenge';
      readonly solved: number;
      readonly of: number;
      /** Whether the badge is earned. */
      readonly badge: boolean;
      readonly results: readonly Pick<ResultView, 'kind' | 'solved' | 'attempts' | 'time_outs' | 'hint'>[];
    };

/** What an event was as an answer; none where it was none, or came too late. */
export function answerOf(before: QuizView, event: QuizEvent, after: QuizView): Answer | undefined {
  if (event.type !== 'answer' || before.phase !== 'open') return undefined;
  if (after.phase !== 'open' && after.phase !== 'closed') return undefined;
  const { number, id } = before.question;
  const left = after.phase === 'open' ? after.attempts_left : 0;
  if (after.phase === 'open' && left === before.attempts_left) return undefined;
  const correct = after.phase === 'closed' && after.verdict.solved;
  return { number, question: id, option: event.option, correct, attempts_left: left };
}

export function completionOf({ solved, results, badge }: FinishedView): Completion {
  return {
    kind: 'challenge',
    solved,
    of: results.length,
    badge: badge !== null,
    results: results.map(({ kind, solved, attempts, time_outs, hint }) => ({ kind, solved, attempts, time_outs, hint })),
  };
}

/** What a verdict is called: what was solved after a wrong choice is not simply right. */
export function verdictName({ solved, wrong }: VerdictView): string {
  if (!solved) return 'Not solved';
  return wrong.length === 0 ? 'Right' : 'Right, after a wrong choice';
}

/** A verdict as it is said. */
export function verdictWords(verdict: VerdictView): string {
  const { right, wrong } = verdict;
  return [`${verdictName(verdict)}.`, right, ...wrong].join(' ').replaceAll('`', '');
}

declare global {
  interface HTMLElementEventMap {
    'gru-answer': CustomEvent<Answer>;
    'gru-complete': CustomEvent<Completion>;
  }
}

/** Tells one of them to whoever listens, on the page and in the pages around it. */
export function tell<K extends 'gru-answer' | 'gru-complete'>(from: HTMLElement, type: K, detail: HTMLElementEventMap[K]['detail']): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}
