/** The work of the worker for code, by name; how each is done stands in `tasks.ts`. */
import type { PastedAnswer, ProgramRun } from '../../../pkg/gru_code.js';

export type {
  NamedSize,
  NamedValue,
  PastedAnswer,
  PrintedTensor,
  ProgramDiagnosis,
  ProgramEnd,
  ProgramFix,
  ProgramRun,
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
  /** Runs a program; tells how many steps have been done. */
  readonly run: {
    readonly request: { readonly source: string; readonly bounds: RunBounds };
    readonly progress: number;
    readonly result: ProgramRun;
  };
}
