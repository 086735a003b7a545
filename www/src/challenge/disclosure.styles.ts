import { unsafeCSS } from 'lit';
import styles from './disclosure.css?inline';

/** A `details` whose summary has a mark that turns. */
export const disclosureStyles = unsafeCSS(styles);
