/** Tells React's JSX of the elements and their props: `import type {} from 'gru-playground/react'`. */
import type { ClassAttributes, HTMLAttributes } from 'react';
import type { GruChallengeProps, GruCodeProps, GruPlaygroundProps, GruQuestionProps } from './types/src/embed/api.js';

type Custom<Props> = Props & Omit<HTMLAttributes<HTMLElement>, keyof Props> & ClassAttributes<HTMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'gru-playground': Custom<GruPlaygroundProps>;
      'gru-challenge': Custom<GruChallengeProps>;
      'gru-question': Custom<GruQuestionProps>;
      'gru-code': Custom<GruCodeProps>;
    }
  }
}
