import { unsafeCSS } from 'lit';
import styles from './flow.css?inline';

/** The looks of the shape flow's SVG; positions are attributes. */
export const flowStyles = unsafeCSS(styles);
