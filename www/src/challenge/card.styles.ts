import { unsafeCSS } from 'lit';
import styles from './card.css?inline';

/** The card that every step of the challenge is drawn on. */
export const cardStyles = unsafeCSS(styles);
