/** The work of the worker for code, by name; how each is done stands in `tasks.ts`. */
import type { Call, ClaimJudgement, DeckCase, DeckJudgement, DeckKindName, PastedAnswer, ProgramCall, ProgramRun, SourceEdit } from '../../../pkg/gru_code.js';

export type {
  ClaimCase,
  ClaimJudgement,
  ClaimVerdict,
  DeckCase,
  DeckCheck,
  DeckChoice,
  DeckJudgement,
  DeckKindName,
  NamedSize,
  NamedValue,
  PastedAnswer,
  PrintedTensor,
  ProgramCall,
  ProgramDiagnosis,
  ProgramEnd,
  ProgramFix,
  ProgramRun,
  SourceEdit,
  TensorSample,
  TracedLine,
} from '../../../pkg/gru_code.js';

/** How far a program is run at most. */
export interface RunBounds {
  readonly steps: number;
  readonly milliseconds: number;
}

/** A broken program of the deck: its kind and its seed. */
export interface DeckDraw {
  readonly kind: string;
  readonly seed: number;
}

export interface CodeTasks {
  /** The kinds of mistakes that the deck has, in their order, which stays. */
  readonly deckKinds: { readonly request: null; readonly progress: never; readonly result: readonly DeckKindName[] };
  /** A broken program, what is asked of it, and what is wrong with it as it shows itself; null for what is no kind. */
  readonly deckCase: {
    readonly request: DeckDraw;
    readonly progress: never;
    readonly result: { readonly drawn: DeckCase; readonly symptom: string } | null;
  };
  /** Whether a learner's program mends a broken one. */
  readonly deckJudge: {
    readonly request: DeckDraw & { readonly source: string; readonly bounds: RunBounds };
    readonly progress: never;
    readonly result: DeckJudgement | null;
  };
  /** What a pasted text is. */
  readonly explain: { readonly request: string; readonly progress: never; readonly result: PastedAnswer };
  /** What a program found that puts a claim to the test, by what it printed. */
  readonly judge: { readonly request: string; readonly progress: never; readonly result: ClaimJudgement };
  /** The call of nn.GRU in a program that controls can show. */
  readonly read: { readonly request: string; readonly progress: never; readonly result: ProgramCall | null };
  /** The edits that write a call into a program; null where they cannot be written there. */
  readonly rewrite: {
    readonly request: { readonly source: string; readonly call: Call; readonly seed: number | null };
    readonly progress: never;
    readonly result: readonly SourceEdit[] | null;
  };
  /** Runs a program; tells how many steps have been done. */
  readonly run: {
    readonly request: { readonly source: string; readonly bounds: RunBounds };
    readonly progress: number;
    readonly result: ProgramRun;
  };
}
