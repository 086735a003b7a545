import { unsafeCSS } from 'lit';
import styles from './choice.css?inline';

/** Radio buttons as rows that are easy to hit: `label.choice` around an input and its text. */
export const choiceStyles = unsafeCSS(styles);
