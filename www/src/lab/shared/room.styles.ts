import { unsafeCSS } from 'lit';
import styles from './room.css?inline';

/** A room: controls beside the stage where there is room, else above it. */
export const roomStyles = unsafeCSS(styles);
