/** The work of the worker for code, by name; how each is done stands in `tasks.ts`. */
import type { Call, ClaimJudgement, PastedAnswer, ProgramCall, ProgramRun, SourceEdit } from '../../../pkg/gru_code.js';

export type {
  ClaimCase,
  ClaimJudgement,
  ClaimVerdict,
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

export interface CodeTasks {
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
