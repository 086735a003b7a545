import { unsafeCSS } from 'lit';
import { buttonStyles } from '../ui/button.styles.js';
import tokens from '../ui/tokens.css?inline';
import styles from './embedded.css?inline';

/**
 * What an embedded element wears: the tokens on itself, where a page can set them otherwise, and around its content a box that
 * takes nothing over from the page but its colour scheme.
 */
export const embeddedStyles = [unsafeCSS(tokens), buttonStyles, unsafeCSS(styles)];
