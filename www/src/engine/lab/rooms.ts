/** How the lab's worker computes the rooms beside training. */
import {
  GradientsRun,
  VariantsRun,
  insideModule as openModule,
  moduleCard,
  moduleValues as valuesOf,
  packing as pack,
  type GradientsSetup,
  type GradientsView,
  type InsideView,
  type ModuleSetup,
  type ModuleView,
  type NumberEdit,
  type PackingSetup,
  type PackingView,
  type RunValues,
  type UnitPlace,
  type VariantsSetup,
  type VariantsView,
} from '../../../pkg/gru_lab.js';
import { SLICE_MS, type Job } from '../worker-shell.js';

/** A kind of work that tells how much of it is done, in [0, 1]. */
interface Shared<Request, Result> {
  readonly request: Request;
  readonly progress: number;
  readonly result: Result;
}

export type GradientsTask = Shared<GradientsSetup, GradientsView>;
export type VariantsTask = Shared<VariantsSetup, VariantsView>;
export type ModuleTask = Shared<ModuleSetup, ModuleView>;
export type PackingTask = Shared<PackingSetup, PackingView>;

/** A unit of a module's call, and a number of it that is to be another. */
export interface ModuleInside {
  readonly setup: ModuleSetup;
  readonly at: UnitPlace;
  readonly edit: NumberEdit | undefined;
}

export interface ModuleValuesTask {
  readonly request: ModuleSetup;
  readonly progress: never;
  readonly result: RunValues;
}

export interface InsideModuleTask {
  readonly request: ModuleInside;
  readonly progress: never;
  readonly result: InsideView;
}

/** The first slice's size in multiply-adds; later ones follow the measured speed. */
const FIRST_SLICE = 2_000_000;

export const gradients: Job<GradientsTask> = async (setup, { report, breathe }) => {
  const run = new GradientsRun(setup);
  try {
    let began = performance.now();
    for (let share = 0; share < 1; ) {
      share = run.step();
      if (performance.now() - began < SLICE_MS) continue;
      report(share);
      await breathe();
      began = performance.now();
    }
  } catch (error) {
    run.free();
    throw error;
  }
  // This uses the run up.
  return { result: run.finish(), transfer: [] };
};

export const variants: Job<VariantsTask> = async (setup, { report, breathe }) => {
  const run = new VariantsRun(setup);
  try {
    let slice = FIRST_SLICE;
    for (;;) {
      const before = performance.now();
      const share = run.advance(slice);
      if (share >= 1) break;
      const took = Math.max(performance.now() - before, 0.1);
      slice = Math.max(1, Math.min(2 ** 31, Math.round(slice * Math.min(4, SLICE_MS / took))));
      report(share);
      await breathe();
    }
  } catch (error) {
    run.free();
    throw error;
  }
  return { result: run.finish(), transfer: [] };
};

export const module: Job<ModuleTask> = (setup) => ({ result: moduleCard(setup), transfer: [] });

export const moduleValues: Job<ModuleValuesTask> = (setup) => ({ result: valuesOf(setup), transfer: [] });

/** The bounds of the room keep this short. */
export const insideModule: Job<InsideModuleTask> = ({ setup, at, edit }) => ({ result: openModule(setup, at, edit), transfer: [] });

export const packing: Job<PackingTask> = (setup) => ({ result: pack(setup), transfer: [] });
