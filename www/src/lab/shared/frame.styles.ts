import { unsafeCSS } from 'lit';
import styles from './frame.css?inline';

/** What every room has: a heading, and where there is room what is set beside what comes of it. */
export const frameStyles = unsafeCSS(styles);
