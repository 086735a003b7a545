import { unsafeCSS, type CSSResultGroup } from 'lit';
import { frameStyles } from '../shared/frame.styles.js';
import styles from './train.css?inline';

/** Narrow: one column. Wide: the settings beside what they lead to. */
export const trainStyles: CSSResultGroup = [frameStyles, unsafeCSS(styles)];
