import { unsafeCSS } from 'lit';
import styles from './table.css?inline';

/** The table twins of pictures: a quiet disclosure, and a table that scrolls within itself. */
export const tableStyles = unsafeCSS(styles);
