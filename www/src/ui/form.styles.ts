import { unsafeCSS } from 'lit';
import styles from './form.css?inline';

/** Native form controls: text fields, selects, checkboxes. */
export const formStyles = unsafeCSS(styles);
