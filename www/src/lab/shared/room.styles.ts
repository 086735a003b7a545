import { unsafeCSS, type CSSResultGroup } from 'lit';
import { frameStyles } from './frame.styles.js';
import styles from './room.css?inline';

/** A room: controls beside the stage where there is room, else above it. */
export const roomStyles: CSSResultGroup = [frameStyles, unsafeCSS(styles)];
