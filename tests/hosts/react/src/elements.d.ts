import type { GruChallengeProps, GruPlaygroundProps, GruQuestionProps } from 'gru-playground';
import type { ClassAttributes, HTMLAttributes } from 'react';

type Custom<Props> = Props & Omit<HTMLAttributes<HTMLElement>, keyof Props> & ClassAttributes<HTMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'gru-playground': Custom<GruPlaygroundProps>;
      'gru-challenge': Custom<GruChallengeProps>;
      'gru-question': Custom<GruQuestionProps>;
    }
  }
}
