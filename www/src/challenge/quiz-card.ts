import { LitElement } from 'lit';
import { KeepFocus } from '../ui/keep-focus.js';

/** A step of the challenge, drawn on a card. */
export abstract class QuizCard extends LitElement {
  constructor() {
    super();
    new KeepFocus(this, () => { this.focusFirst(); });
  }

  /** Leads the focus to where reading goes on: when this card has just come, or when what had the focus is gone. */
  abstract focusFirst(): void;
}
