import { unsafeCSS } from 'lit';
import styles from './playground.css?inline';

/** Narrow: one column, the result stays on top. Wide: controls beside the stage. */
export const playgroundStyles = unsafeCSS(styles);
