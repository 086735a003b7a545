/** What is written where a new learner begins, so that other tabs hear it. */
export const NEW_LEARNER_KEY = 'gru-playground.new-learner';
