/** Tells Svelte's templates of the elements, their props and events: `import type {} from 'gru-playground/svelte'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { GruChallengeProps, GruCodeProps, GruPlaygroundProps, GruQuestionProps } from './types/src/embed/api.js';

type Custom<Props> = Props & Omit<HTMLAttributes<HTMLElement>, keyof Props>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'gru-playground': Custom<GruPlaygroundProps>;
    'gru-challenge': Custom<GruChallengeProps>;
    'gru-question': Custom<GruQuestionProps>;
    'gru-code': Custom<GruCodeProps>;
  }
}
