import { unsafeCSS } from 'lit';
import styles from './controls.css?inline';

export const controlsStyles = unsafeCSS(styles);
