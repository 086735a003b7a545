/** What the anywidget module exports, and what it is given. */

/** The part of an anywidget model that is used; MyST's has no more. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(name: string, listener: () => void): void;
  off?(name: string, listener: () => void): void;
  save_changes?(): void;
}

export interface RenderProps {
  readonly model: Model;
  readonly el: HTMLElement;
}

declare const widget: {
  /** Shows an element in `el` and keeps it and the model alike; returns how to end it. */
  render(props: RenderProps): () => void;
};

export default widget;
