import { unsafeCSS } from 'lit';
import styles from './weights.css?inline';

export const weightsStyles = unsafeCSS(styles);
