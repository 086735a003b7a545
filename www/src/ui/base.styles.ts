import { unsafeCSS } from 'lit';
import styles from './base.css?inline';

/** What every shadow root needs again: box model, focus ring, text for screen readers only. */
export const baseStyles = unsafeCSS(styles);
