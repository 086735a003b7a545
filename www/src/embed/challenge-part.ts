import { html, type TemplateResult } from 'lit';
import type { Call, Engine, Mode } from '../engine/engine.js';
import { Part, Tried } from './part.js';

const MODES: readonly Mode[] = ['standard', 'x1.5', 'x2', 'x10', 'no_limit'];

/** What the challenge and its single questions share: a call is tried below them. */
abstract class QuizPart extends Part {
  protected readonly tried: Tried;

  /** Loads what it needs of the engine beside everyone's. */
  static async prepare(engine: Engine): Promise<void> {
    await engine.loadQuizzes();
  }

  constructor(host: HTMLElement, place: HTMLElement, engine: Engine) {
    super(host, place, engine);
    this.tried = new Tried(engine, () => { this.draw(); });
  }

  attributeChanged(): void {
    this.draw();
  }

  protected readonly try = ({ detail }: CustomEvent<Call>): void => {
    this.tried.open(detail);
  };
}

/** `<gru-challenge mode="no_limit">` */
export class ChallengePart extends QuizPart {
  static async load(): Promise<void> {
    await import('../challenge/gru-challenge-view.js');
  }

  protected content(): TemplateResult {
    const mode = MODES.find((mode) => mode === this.host.getAttribute('mode'));
    return html`<gru-challenge-view embedded .engine=${this.engine} .mode=${mode} @gru-try=${this.try}></gru-challenge-view>
      ${this.tried.draw()}`;
  }
}

/** `<gru-question number="5">` */
export class QuestionPart extends QuizPart {
  static async load(): Promise<void> {
    await import('../challenge/gru-question-view.js');
  }

  protected content(): TemplateResult {
    const number = Number(this.host.getAttribute('number') ?? '1');
    return html`<gru-question-view .engine=${this.engine} .number=${number} @gru-try=${this.try}></gru-question-view>
      ${this.tried.draw()}`;
  }
}
