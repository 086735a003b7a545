import { unsafeCSS } from 'lit';
import styles from './progress.css?inline';

/** How far a run is: a thin line across its row. */
export const progressStyles = unsafeCSS(styles);
