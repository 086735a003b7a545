import { unsafeCSS } from 'lit';
import styles from './dialog.css?inline';

export const dialogStyles = unsafeCSS(styles);
