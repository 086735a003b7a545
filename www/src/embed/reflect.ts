/** Attributes as properties, as HTML's own elements have them: frameworks set a property where there is one. */
import { ATTRIBUTES, OWN_FLAGS, type Kind } from './names.js';

/** `seq-len` is `seqLen`, as `tabindex` is `tabIndex`. */
export function propertyName(attribute: string): string {
  return attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A value as an attribute says it, true and false in Python's words or in ours; undefined where there is none. */
export function attributeText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return OWN_FLAGS.includes(name) ? String(Number(value)) : value ? 'True' : 'False';
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return JSON.stringify(value);
}

/** What a property reads where its attribute is one of few words or a number, and not just any text. */
const READ: Readonly<Record<string, (text: string | null) => unknown>> = {
  loading: (text) => (text?.toLowerCase() === 'eager' ? 'eager' : 'lazy'),
  theme: (text) => (text === 'light' || text === 'dark' ? text : 'auto'),
  number: (text) => Number(text ?? 1),
  // There at all, as HTML's own, but for a plain no.
  readonly: (text) => text !== null && !/^(?:0|false)$/i.test(text),
};

function namesOf(kind: Kind): readonly string[] {
  return ['loading', 'theme', ...ATTRIBUTES[kind]];
}

/** Gives a class of elements a property for each attribute. */
export function reflect(prototype: HTMLElement, kind: Kind): void {
  for (const name of namesOf(kind)) {
    Object.defineProperty(prototype, propertyName(name), {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        const text = this.getAttribute(name);
        return name in READ ? READ[name]?.(text) : text;
      },
      set(this: HTMLElement, value: unknown) {
        const text = attributeText(name, value);
        if (text === undefined) this.removeAttribute(name);
        else this.setAttribute(name, text);
      },
    });
  }
}

/** Takes up what was set before the element was defined: it would hide the property of that name for good. */
export function takeUp(element: HTMLElement, kind: Kind): void {
  for (const property of namesOf(kind).map(propertyName)) {
    if (!Object.hasOwn(element, property)) continue;
    const value: unknown = Reflect.get(element, property);
    Reflect.deleteProperty(element, property);
    Reflect.set(element, property, value);
  }
}
