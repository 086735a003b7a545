import { unsafeCSS } from 'lit';
import styles from './train.css?inline';

/** Narrow: one column. Wide: the settings beside what they lead to. */
export const trainStyles = unsafeCSS(styles);
