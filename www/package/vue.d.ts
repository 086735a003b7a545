/** Tells Vue's templates of the elements, their props and events: `import type {} from 'gru-playground/vue'`. */
import type { HTMLAttributes } from 'vue';
import type { GruChallengeProps, GruCodeProps, GruPlaygroundProps, GruQuestionProps } from './types/src/embed/api.js';

/** Vue's name of the listener `ongru-state` is `onGruState`. */
type Listeners<Props> = {
  [Name in keyof Props as Name extends `ongru-${infer Event}` ? `onGru${Capitalize<Event>}` : never]: Props[Name];
};

type Custom<Props> = new () => { $props: Omit<Props, `ongru-${string}`> & Listeners<Props> & Omit<HTMLAttributes, keyof Props> };

declare module 'vue' {
  interface GlobalComponents {
    'gru-playground': Custom<GruPlaygroundProps>;
    'gru-challenge': Custom<GruChallengeProps>;
    'gru-question': Custom<GruQuestionProps>;
    'gru-code': Custom<GruCodeProps>;
  }
}
