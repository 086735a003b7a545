/** Where practice is kept in localStorage; a later form gets another number. */

/** What was missed and comes back. */
export const COME_BACK_KEY = 'gru-playground:come-back:1';
/** The two forms that measure what was learned: which came first, and what was answered. */
export const MEASURE_KEY = 'gru-playground:measure:1';
/** The level, and how sure the learner was against how often they were right. */
export const PROGRESS_KEY = 'gru-playground:practice:1';
