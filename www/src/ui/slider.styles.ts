import { unsafeCSS } from 'lit';
import styles from './slider.css?inline';

/** A slider: filled in `--axis` up to `--filled`, a percentage. */
export const sliderStyles = unsafeCSS(styles);
