import { LitElement } from 'lit';

/** A step of the challenge, drawn on a card. */
export abstract class QuizCard extends LitElement {
  /** Leads the focus to where reading goes on when this card has just come. */
  abstract focusFirst(): void;
}
