import { unsafeCSS } from 'lit';
import styles from './axis.css?inline';

/**
 * Colours whatever carries `data-axis="L"`: inside it, `--axis` is the axis' colour and `--axis-lit` is 1 while that axis is
 * pointed at anywhere on the page, else 0. Text with the class `axis` takes the colour, and a tint while lit.
 */
export const axisStyles = unsafeCSS(styles);
