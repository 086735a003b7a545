import { unsafeCSS } from 'lit';
import styles from './button.css?inline';

/** Native buttons and links that look like them: `button` plain, `.primary` filled, `.quiet` without a border. */
export const buttonStyles = unsafeCSS(styles);
