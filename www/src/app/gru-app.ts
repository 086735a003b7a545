import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { EngineUnavailable, loadEngine, type Call, type Engine } from '../engine/engine.js';
import { withCall } from '../state/call.js';
import { without } from '../state/drafts.js';
import { OPENING, type PlaygroundState } from '../state/playground-state.js';
import type { AttemptMade } from '../state/attempt.js';
import type { Notice } from '../state/codec.js';
import { fromQuery, toQuery } from '../state/url.js';
import { afterPaint } from '../ui/after-paint.js';
import { announcer } from '../ui/announcer.js';
import { followAxes } from '../ui/axis-light.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { offerEditor } from '../ui/editing.js';
import { catchFaults, onFault, standIn } from '../ui/faults.js';
import '../ui/gru-tooltip.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { PrintController } from '../ui/printing.js';
import { restoreTheme } from '../ui/theme.js';
import './gru-header.js';
import './gru-unavailable.js';
import '../opening/gru-opening.js';
import type { GruPlayView } from '../playground/gru-play-view.js';
import { COME_BACK_KEY } from '../practice/keys.js';
import { Pace } from './pace.js';
import { Steps } from './steps.js';
import { NEW_LEARNER_KEY } from './new-learner.js';
import { parseRoute, routeHash, sharedAddress, titleOf, type Room, type View } from '../state/route.js';
import styles from './gru-app.css?inline';

/** What a history entry keeps beside its address. */
interface Kept {
  /** Typed texts that could not be read, by field. */
  readonly drafts?: Readonly<Record<string, string>>;
  /** The playground as it was left for another view. */
  readonly query?: string;
  /** How many steps of ours lie behind it. */
  readonly depth?: number;
}

/** So many steps of ours lie behind one another at most: beyond, changes are written in place, and what was before stays in reach. */
const MOST_STEPS = 50;
/** What is looked at, and not what is set: no step to go back from. */
const LOOKS: ReadonlySet<string> = new Set(['sample', 'layer', 'reverse', 'step', 'edit'] satisfies (keyof PlaygroundState)[]);

interface Failure {
  readonly heading: string;
  readonly explanation: string;
  readonly cause: string;
}

/** Storing the page for use without a network waits this long, so that it takes nothing from its start. */
const SETTLED_MS = 3000;

/** The whole page: owns the route and the playground's state, and hands down what each view needs. */
@customElement('gru-app')
export class GruApp extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @state() private _view: View = 'play';
  @state() private _room: Room = 'train';
  /** What the rooms of the lab keep in the address, by room. */
  @state() private _rooms: Partial<Readonly<Record<Room, string>>> = {};
  /** What the code view keeps in the address. */
  @state() private _code = '';
  /** The term that the glossary is asked for, as its part of the address. */
  @state() private _glossary = '';
  /** The claim that is led to, as its part of the address. */
  @state() private _claims = '';
  /** The topics and the question of practice, as its part of the address. */
  @state() private _practice = '';
  /** Whether something was missed that comes back: its line is there. */
  @state() private _comesBack = false;
  /** The broken program that is mended, as its part of the address. */
  @state() private _mending = '';
  @state() private _state: PlaygroundState = OPENING;
  @state() private _drafts: Readonly<Record<string, string>> = {};
  @state() private _notices: readonly Notice[] = [];
  @state() private _engine: Engine | undefined;
  @state() private _failure: Failure | undefined;
  /** How often the page was drawn from what the address says alone, after a part of it had failed. */
  @state() private _renewals = 0;
  /** Takes the newer version that waits. */
  @state() private _update: (() => void) | undefined;
  /** Whether the challenge led here, and waits. */
  @state() private _fromChallenge = false;
  /** Views whose code is there. */
  @state() private _loaded: ReadonlySet<View> = new Set();

  readonly #print = new PrintController(this);
  readonly #address = new Pace(() => this.#writeAddress());
  readonly #steps = new Steps();
  /** Whether the next change of the address is a step to go back from. */
  #begins = false;
  /** Whether the learner has done anything since the address was read: what a view repairs in it by itself is no step. */
  #touched = false;
  /** What ends with the page. */
  #undo: readonly (() => void)[] = [];
  /** The code of the view that was asked for last. */
  #loading: Promise<void> | undefined;
  /** The query that the address says, so that our own changes are told from others'. */
  #query: string | undefined;
  /** The address as it was last read or written: another one is yet to be read, and must not be written over. */
  #href = '';

  constructor() {
    super();
    catchFaults();
    onFault(this, (error, element) => {
      reportError(error);
      standIn(element, this.#renew);
    });
    new KeepFocus(this);
    offerEditor(() => import('../code/gru-program.js'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    restoreTheme();
    this.#undo = [followAxes(document.documentElement), announcer(this, this.renderRoot)];
    addEventListener('hashchange', this.#navigate);
    addEventListener('pagehide', this.#leave);
    addEventListener('keydown', this.#searchKey);
    addEventListener('storage', this.#storage);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const step of this.#undo) step();
    removeEventListener('hashchange', this.#navigate);
    removeEventListener('pagehide', this.#leave);
    removeEventListener('keydown', this.#searchKey);
    removeEventListener('storage', this.#storage);
  }

  async #start(): Promise<void> {
    const route = parseRoute(location.hash);
    this._view = route.view;
    this._room = route.room;
    this.#loading = this.#loadView(route.view);
    try {
      const engine = await loadEngine();
      this._engine = engine;
      this.#readAddress(engine);
      setTimeout(() => void this.#keepOffline(), SETTLED_MS);
      void this.#comeBack();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #keepOffline(): Promise<void> {
    // The single file is offline by itself.
    if (!import.meta.env.PROD || import.meta.env.MODE === 'single') return;
    try {
      const { keepOffline } = await import('./offline.js');
      keepOffline((take) => (this._update = take));
    } catch {
      // The page works without.
    }
  }

  /** The line of what comes back is loaded where something was missed: nobody else waits for it. */
  async #comeBack(): Promise<void> {
    try {
      if (localStorage.getItem(COME_BACK_KEY) === null) return;
      await import('../practice/gru-come-back.js');
      this._comesBack = true;
    } catch {
      // Practice offers it too.
    }
  }

  /** In another tab a new learner began: what this one has of the last learner goes too. */
  readonly #storage = ({ key, newValue }: StorageEvent): void => {
    if (key === NEW_LEARNER_KEY && newValue !== null) void this.#forget();
  };

  async #forget(): Promise<void> {
    try {
      const { clear, storeOf } = await import('./privacy/kept.js');
      clear(storeOf('this tab'));
    } finally {
      location.replace(location.pathname + location.search);
    }
  }

  readonly #takeUpdate = (): void => {
    this.#leave();
    this._update?.();
  };

  /** Takes up what the address and its history entry say. */
  #readAddress(engine: Engine): void {
    const { view, room, query, unknown } = parseRoute(location.hash);
    this.#href = location.href;
    this.#begins = this.#touched = false;
    this.#steps.settle();
    const kept = (history.state ?? {}) as Kept;
    const notices: Notice[] = [];
    if (unknown !== undefined) notices.push({ given: `#${unknown}`, problem: 'is no view of this page', instead: '#play' });
    const said = view === 'play' ? query : (kept.query ?? this.#query ?? '');
    if (said !== this.#query) {
      const read = fromQuery(said, engine.releases());
      this._state = read.state;
      notices.push(...read.notices);
      this._drafts = kept.drafts ?? {};
      this.#query = toQuery(read.state);
    }
    // A bare address of a room leads back to what is set there, but for a step back to where nothing was set.
    if (view === 'lab' && (query !== '' || kept.depth !== undefined)) this._rooms = { ...this._rooms, [room]: query };
    // So does that of the code.
    if (view === 'code' && (query !== '' || kept.depth !== undefined)) this._code = query;
    if (view === 'glossary') this._glossary = query;
    if (view === 'claims') this._claims = query;
    if (view === 'practice') this._practice = query;
    if (view === 'mending' && query !== '') this._mending = query;
    if (view === 'challenge') this._fromChallenge = false;
    this._view = view;
    if (view === 'lab') this._room = room;
    this._notices = notices;
    this.#address.now();
  }

  readonly #navigate = (): void => {
    const before = `${this._view} ${this._room}`;
    if (this._engine) this.#readAddress(this._engine);
    else ({ view: this._view, room: this._room } = parseRoute(location.hash));
    this.#loading = this.#loadView(this._view);
    if (`${this._view} ${this._room}` !== before) void this.#focusView(this._view === 'play' && this.#query !== '');
  };

  /** The code of a view is loaded when it is first looked at. */
  async #loadView(view: View): Promise<void> {
    try {
      if (view === 'play') await import('../playground/gru-play-view.js');
      else if (view === 'lab') await import('../lab/gru-lab.js');
      else if (view === 'code') await import('../code/gru-code-view.js');
      else if (view === 'challenge') {
        const [engine] = await Promise.all([loadEngine(), import('../challenge/gru-challenge-view.js')]);
        await engine.loadQuizzes();
      }
      else if (view === 'practice') {
        const [engine] = await Promise.all([loadEngine(), import('../practice/gru-practice-view.js')]);
        await engine.practice();
      }
      else if (view === 'claims') await import('../claims/gru-claims.js');
      else if (view === 'log') {
        const [engine] = await Promise.all([loadEngine(), import('./log/gru-log.js')]);
        await engine.loadQuizzes();
      }
      else if (view === 'measure') await import('../practice/gru-measure.js');
      else if (view === 'bank') await import('./bank/gru-bank.js');
      else if (view === 'mending') await import('../path/mending/gru-mending-view.js');
      else if (view === 'glossary') await import('./glossary/gru-glossary.js');
      else if (view === 'privacy') await import('./privacy/gru-privacy.js');
      else await import('./gru-about.js');
      // Its code has just been run: drawing it is another task, so that a slow device answers in between.
      await new Promise((resolve) => setTimeout(resolve));
      this._loaded = new Set([...this._loaded, view]);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    if (error instanceof EngineUnavailable) {
      this._failure = { heading: 'The engine cannot run here', explanation: error.message, cause };
    } else {
      const message = error instanceof Error ? error.message : String(error);
      const explanation = 'It may have been replaced by a newer version, or the connection was lost. Reload the page.';
      this._failure = { heading: 'A part of the page did not load', explanation, cause: message };
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_view') || changed.has('_room')) document.title = titleOf(this._view, this._room);
    // Few links say what cannot be meant: what tells of it comes when one does.
    if (this._notices.length > 0) void import('../ui/gru-notices.js').catch((error: unknown) => { this.#fail(error); });
    if (this._view !== 'play') document.documentElement.classList.remove('first');
    if (this.childElementCount > 0 && !this.renderRoot.querySelector('slot')) this.replaceChildren();
  }

  protected override render() {
    return keyed(this._renewals, this.#page());
  }

  #page(): TemplateResult {
    return html`<gru-header
        .view=${this._view}
        .room=${this._room}
        .query=${toQuery(this._state)}
        @gru-share=${this.#leave}
        @gru-embed=${this.#embed}
        @gru-search=${this.#search}
        @gru-skip=${this.#skip}
      ></gru-header>
      <main tabindex="-1" @input=${this.#touch} @click=${this.#touch} @keydown=${this.#touch} @gru-change=${this.#change} @gru-draft=${this.#draft} @gru-try=${this.#try} @gru-go=${this.#open} @gru-attempt=${this.#attempt}>
        <p class="on-paper"><strong>GRU Playground</strong> <span>${this.#print.printing ? sharedAddress(location.href) : nothing}</span></p>
        ${this._update && html`<gru-update @gru-update=${this.#takeUpdate} @gru-dismiss=${() => (this._update = undefined)}></gru-update>`}
        <gru-notices .notices=${this._notices} @gru-dismiss=${() => (this._notices = [])}></gru-notices>
        ${this._fromChallenge && this._view !== 'challenge' ? html`<p class="back"><a class="button" href="#challenge">Back to the challenge</a> It waits where you left it.</p>` : nothing}
        ${this.#view()}
      </main>
      <gru-search></gru-search>
      <gru-embed-dialog .releases=${this._engine?.releases() ?? []}></gru-embed-dialog>
      <gru-tooltip></gru-tooltip>`;
  }

  #view(): TemplateResult | typeof nothing {
    const { _failure: failure, _engine: engine } = this;
    if (failure) {
      const { heading, explanation, cause } = failure;
      return html`<gru-unavailable heading=${heading} explanation=${explanation} cause=${cause}></gru-unavailable>`;
    }
    // Until then, what the page began with stays.
    if (!engine || !this._loaded.has(this._view)) return html`<slot></slot>`;
    switch (this._view) {
      case 'play':
        return html`${this._comesBack ? html`<gru-come-back .engine=${engine}></gru-come-back>` : nothing}<gru-opening .engine=${engine} @gru-to-controls=${this.#toControls}></gru-opening>
          <gru-play-view .engine=${engine} .state=${this._state} .drafts=${this._drafts}></gru-play-view>`;
      case 'lab':
        return html`<gru-lab .engine=${engine} .room=${this._room} .queries=${this._rooms} @gru-query=${this.#roomQuery}></gru-lab>`;
      case 'code':
        return html`<gru-code-view .engine=${engine} .query=${this._code} @gru-query=${this.#codeQuery}></gru-code-view>`;
      case 'challenge':
        return html`<gru-challenge-view .engine=${engine}></gru-challenge-view>`;
      case 'practice':
        return html`<gru-practice-view .engine=${engine} .query=${this._practice} @gru-query=${this.#practiceQuery}></gru-practice-view>`;
      case 'claims':
        return html`<gru-claims .engine=${engine} .query=${this._claims}></gru-claims>`;
      case 'log':
        return html`<gru-log .engine=${engine}></gru-log>`;
      case 'measure':
        return html`<gru-measure .engine=${engine}></gru-measure>`;
      case 'bank':
        return html`<gru-bank .engine=${engine}></gru-bank>`;
      case 'mending':
        return html`<gru-mending-view .engine=${engine} .query=${this._mending} @gru-query=${this.#mendingQuery}></gru-mending-view>`;
      case 'glossary':
        return html`<gru-glossary .query=${this._glossary}></gru-glossary>`;
      case 'privacy':
        return html`<gru-privacy></gru-privacy>`;
      case 'about':
        return html`<gru-about .engine=${engine}></gru-about>`;
    }
  }

  /** A part has failed: all is made anew, and has nothing but what the address says. */
  readonly #renew = (): void => {
    this.#address.now();
    this._renewals += 1;
    void this.#focusView();
  };

  readonly #touch = (): void => {
    this.#touched = true;
  };

  readonly #change = ({ detail }: CustomEvent<Partial<PlaygroundState>>): void => {
    const differs = (key: string): boolean => JSON.stringify(detail[key as keyof PlaygroundState]) !== JSON.stringify(this._state[key as keyof PlaygroundState]);
    if (Object.keys(detail).some((key) => !LOOKS.has(key) && differs(key)) && this.#steps.begins()) this.#begins = true;
    this._state = { ...this._state, ...detail };
    this._drafts = without(this._drafts, Object.keys(detail));
    this._notices = [];
    this.#remember();
  };

  readonly #draft = ({ detail: { name, text } }: HTMLElementEventMap['gru-draft']): void => {
    this._drafts = { ...without(this._drafts, [name]), ...(text !== undefined && { [name]: text }) };
    this.#remember();
  };

  /** What is set in a room of the lab. */
  readonly #roomQuery = ({ detail }: HTMLElementEventMap['gru-query']): void => {
    if (this.#touched && detail !== this._rooms[this._room] && this.#steps.begins()) this.#begins = true;
    this._rooms = { ...this._rooms, [this._room]: detail };
    this.#remember();
  };

  /** The code that the code view shows. */
  readonly #codeQuery = ({ detail }: HTMLElementEventMap['gru-query']): void => {
    if (this.#touched && detail !== this._code && this.#steps.begins()) this.#begins = true;
    this._code = detail;
    this.#remember();
  };

  /** The topics and the question of practice: a question is no step to go back from. */
  readonly #practiceQuery = ({ detail }: HTMLElementEventMap['gru-query']): void => {
    this._practice = detail;
    this.#remember();
  };

  /** The broken program that is mended. */
  readonly #mendingQuery = ({ detail }: HTMLElementEventMap['gru-query']): void => {
    this._mending = detail;
    this.#remember();
  };

  /** The address follows once the change itself is seen. */
  #remember(): void {
    afterPaint(() => { this.#address.changed(); });
  }

  /** The dialogue that writes snippets; its code is loaded when it is first asked for. */
  readonly #embed = async (): Promise<void> => {
    try {
      await import('./embed/gru-embed-dialog.js');
      const text = this._view === 'code' ? this.renderRoot.querySelector('gru-code-view')?.program : undefined;
      const code = text === undefined ? undefined : { text, query: this._code };
      const kind = code ? 'code' : this._view === 'challenge' ? 'challenge' : 'playground';
      await this.renderRoot.querySelector('gru-embed-dialog')?.open(kind, this._state, code);
    } catch (error) {
      this.#fail(error);
    }
  };

  /** The search; its code is loaded when it is first asked for. */
  readonly #search = async (): Promise<void> => {
    try {
      await import('./search/gru-search.js');
      await this.renderRoot.querySelector('gru-search')?.open();
    } catch (error) {
      this.#fail(error);
    }
  };

  /** The keys that other sites have for it too. */
  readonly #searchKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.defaultPrevented) return;
    event.preventDefault();
    void this.#search();
  };

  /** An answer is kept, and comes back where it was wrong; what does so is loaded with the first one. */
  readonly #attempt = async ({ detail }: CustomEvent<AttemptMade>): Promise<void> => {
    try {
      const [engine, { takeAttempt }] = await Promise.all([loadEngine(), import('./log/take.js')]);
      await takeAttempt(this, engine, detail);
    } catch (error) {
      reportError(error);
    }
  };

  /** Opens a call in the playground, as a step to go back from. */
  readonly #try = (event: CustomEvent<Call>): void => {
    const { detail } = event;
    this._fromChallenge = event.composedPath().some((element) => element instanceof Element && element.localName === 'gru-challenge-view');
    if (this._engine) location.hash = routeHash('play', toQuery(withCall(this._engine, OPENING, detail)));
  };

  /** Goes to a place of the page, as a step to go back from. */
  readonly #open = ({ detail: place }: CustomEvent<string>): void => {
    this._fromChallenge = true;
    location.hash = place;
  };

  /** Brings the address up to date: in place, or as a step to go back from where a change begins one. */
  #writeAddress(): void {
    if (!this._engine || location.href !== this.#href) return;
    this.#query = toQuery(this._state);
    const { depth = 0 } = (history.state ?? {}) as Kept;
    const begins = this.#begins && depth < MOST_STEPS;
    const kept: Kept = { drafts: this._drafts, query: this.#query, depth: begins ? depth + 1 : depth };
    const bare = this._view === 'play' && this.#query === '' && location.hash === '';
    const queries: Partial<Record<View, string>> = { play: this.#query, lab: this._rooms[this._room] ?? '', code: this._code, claims: this._claims, practice: this._practice, mending: this._mending, glossary: this._glossary };
    const hash = bare ? location.pathname + location.search : routeHash(this._view, queries[this._view], this._room);
    try {
      if (begins && new URL(hash, location.href).href !== location.href) history.pushState(kept, '', hash);
      else history.replaceState({ ...kept, depth }, '', hash);
      this.#begins = false;
      this.#href = location.href;
    } catch {
      // A browser that has had enough changes for now: the next one brings the address up to date.
    }
  }

  /** The address is about to be read: it is brought up to date. */
  readonly #leave = (): void => {
    this.#address.now();
  };

  /** After a change of view, reading goes on at the new view's heading; who comes for settings of Play is led to them, past the opening. */
  async #focusView(toControls = false): Promise<void> {
    await this.updateComplete;
    const main = this.renderRoot.querySelector('main');
    main?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
    await this.#loading;
    await this.updateComplete;
    const view = main?.lastElementChild;
    if (view instanceof LitElement) await view.updateComplete;
    const heading = main && headingIn(main);
    // Who has gone on meanwhile is left alone.
    if (!heading || this.shadowRoot?.activeElement !== main) return;
    if (toControls) {
      this.#toControls();
      return;
    }
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  readonly #toControls = (): void => {
    this.renderRoot.querySelector<GruPlayView>('gru-play-view')?.lead();
  };

  readonly #skip = (): void => {
    const main = this.renderRoot.querySelector('main');
    main?.focus({ preventScroll: true });
    main?.scrollIntoView();
  };
}

/** The first heading of a view, through all shadow roots. */
function headingIn(root: ParentNode): HTMLElement | undefined {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const heading = element.localName === 'h1' ? element : element.shadowRoot && headingIn(element.shadowRoot);
    if (heading) return heading;
  }
  return undefined;
}
