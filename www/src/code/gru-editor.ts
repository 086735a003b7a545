import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, lineNumbers, type ViewUpdate } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { LitElement, html, nothing, render, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NamedValue, ProgramFix, ProgramRun, SourceEdit } from '../engine/engine.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { marks, showRun } from './marks.js';
import { valueOf } from './named.js';
import { shapeOf } from './shapes.js';
import styles from './gru-editor.css?inline';

/** A change that we made, which is no news to whoever made it. */
const ours = Annotation.define<boolean>();

/** Where a name is no variable's. */
const NO_NAMES = ['String', 'FormatString', 'Comment', 'PropertyName'];

/**
 * Python to be edited, with what a run left beside it.
 *
 * @fires gru-edited - the code, after every change of the learner's
 * @fires gru-run-now - Ctrl+Enter or Shift+Enter
 */
@customElement('gru-editor')
export class GruEditor extends LitElement {
  static override styles = [baseStyles, axisStyles, unsafeCSS(styles)];

  @property() code = '';
  @property({ attribute: false }) run: ProgramRun | undefined;
  /** Its name for screen readers. */
  @property() name = 'Code';
  @property({ type: Boolean }) readonly = false;

  /** What the name at the cursor stands for. */
  @state() private _named: NamedValue | undefined;

  #view: EditorView | undefined;
  readonly #readOnly = new Compartment();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Where it is moved, it begins anew with what it has.
    if (this.hasUpdated) this.#open();
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view) return;
    if (changed.has('code') && this.code !== view.state.doc.toString()) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: this.code }, annotations: ours.of(true), scrollIntoView: false });
    }
    if (changed.has('run')) this.#show();
    if (changed.has('readonly')) view.dispatch({ effects: this.#readOnly.reconfigure(this.#locked()) });
  }

  override focus(options?: FocusOptions): void {
    if (options?.preventScroll) this.#view?.contentDOM.focus(options);
    else this.#view?.focus();
  }

  /** Puts the cursor where the code ends. */
  goBehind(): void {
    const view = this.#view;
    view?.dispatch({ selection: { anchor: view.state.doc.length } });
  }

  /** Leads to a line. */
  goTo(line: number): void {
    const view = this.#view;
    if (!view || line < 1 || line > view.state.doc.lines) return;
    view.dispatch({ selection: { anchor: view.state.doc.line(line).from }, effects: EditorView.scrollIntoView(view.state.doc.line(line).from, { y: 'center' }) });
    view.focus();
    view.dom.scrollIntoView({ block: 'nearest' });
  }

  /** Takes over what was written elsewhere: the learner's cursor stays where it is, and they can undo it. */
  rewrite(edits: readonly SourceEdit[]): void {
    this.#view?.dispatch({ changes: edits.map(({ from, to, insert }) => ({ from, to, insert })), annotations: ours.of(true), scrollIntoView: false });
  }

  /** Applies the edits of a fix, as one step that can be undone. */
  mend({ edits }: ProgramFix): void {
    this.#view?.dispatch({ changes: edits.map(({ from, to, insert }) => ({ from, to, insert })), userEvent: 'input.mend' });
  }

  undo(): void {
    if (this.#view) undo(this.#view);
  }

  #locked(): Extension {
    return EditorState.readOnly.of(this.readonly);
  }

  #open(): void {
    const runNow = (): boolean => {
      this.dispatchEvent(new CustomEvent('gru-run-now'));
      return true;
    };
    const parent = this.renderRoot.querySelector('.place');
    if (!parent) return;
    this.#view?.destroy();
    this.#view = new EditorView({
      parent,
      root: this.renderRoot as ShadowRoot,
      state: EditorState.create({
        doc: this.code,
        extensions: [
          keymap.of([
            { key: 'Mod-Enter', run: runNow },
            { key: 'Shift-Enter', run: runNow },
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          history(),
          lineNumbers(),
          python(),
          indentUnit.of('    '),
          EditorState.tabSize.of(4),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(classHighlighter),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': this.name, 'aria-describedby': 'keys', spellcheck: 'false', autocapitalize: 'off' }),
          EditorView.updateListener.of((update) => { this.#follow(update); }),
          EditorView.domEventHandlers({ beforeinput: replaceSelected }),
          marks,
          hoverTooltip((view, at) => this.#tip(view, at), { hoverTime: 200 }),
          this.#readOnly.of(this.#locked()),
        ],
      }),
    });
    this.#show();
  }

  #show(): void {
    const view = this.#view;
    if (!view) return;
    view.dispatch({ effects: showRun.of(this.run ?? null) });
    this.#name(view.state);
  }

  #follow({ state, docChanged, selectionSet, transactions }: ViewUpdate): void {
    if (docChanged && !transactions.some((transaction) => transaction.annotation(ours))) {
      this.code = state.doc.toString();
      this.dispatchEvent(new CustomEvent('gru-edited', { detail: this.code }));
    }
    if (docChanged || selectionSet) this.#name(state);
  }

  #name(state: EditorState): void {
    this._named = this.#at(state, state.selection.main.head)?.value;
  }

  /** The name at a place, and what it stood for there. */
  #at(state: EditorState, at: number): { readonly value: NamedValue; readonly from: number; readonly to: number } | undefined {
    const word = this.run && state.wordAt(at);
    if (!this.run || !word || NO_NAMES.includes(syntaxTree(state).resolveInner(at, -1).name)) return undefined;
    const value = valueOf(this.run, state.sliceDoc(word.from, word.to), state.doc.lineAt(at).number);
    return value && { value, from: word.from, to: word.to };
  }

  #tip(view: EditorView, at: number) {
    const found = this.#at(view.state, at);
    if (!found) return null;
    return {
      pos: found.from,
      end: found.to,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'named';
        render(valueView(found.value), dom);
        return { dom };
      },
    };
  }

  protected override render() {
    const { _named: named } = this;
    return html`<div class="place"></div>
      <div class="foot">
        <p class="at-cursor named">${named ? valueView(named) : html`<span class="hint">Point at a name, or put the cursor on it, to see what it is.</span>`}</p>
        <p id="keys" class="hint">${this.readonly ? nothing : html`Tab indents: press <kbd>Escape</kbd>, then <kbd>Tab</kbd>, to leave. <kbd>Ctrl</kbd>+<kbd>Enter</kbd> runs at once.`}</p>
      </div>`;
  }
}

/** What is typed over a selection: a browser would keep the look of what it deletes by an inline style, which our policy forbids. */
function replaceSelected({ inputType, data, isComposing }: InputEvent, view: EditorView): boolean {
  const { state } = view;
  if (inputType !== 'insertText' || data === null || isComposing || state.readOnly || state.selection.main.empty) return false;
  view.dispatch(state.update(state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true }));
  return true;
}

/** A name with its shape, type and value. */
function valueView({ name, type, text, shape, axes, dtype, grad_fn, requires_grad }: NamedValue): TemplateResult {
  return html`<code class="name">${name}</code> <span class="type">${type}</span> ${shape ? shapeOf({ shape, axes }) : nothing}
    ${dtype === null ? nothing : html`<code>${dtype.replace(/^torch\./, '')}</code>`}
    ${grad_fn === null ? (requires_grad ? html`<code>requires_grad=True</code>` : nothing) : html`<code>grad_fn=${grad_fn}</code>`}
    <code class="value">${text}</code>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-editor': GruEditor;
  }
}
