// Keys as the desk writes them ("$mod+K", "Shift+N", "N"), how they read on screen, and what reaches them when.

import { t } from '../words/index.svelte';

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const names: Record<string, string> = {
  $mod: mac ? '⌘' : 'Ctrl',
  Control: 'Ctrl',
  Alt: mac ? '⌥' : 'Alt',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** Ctrl K, for the eye. */
export function keyLabel(keys: string): string {
  return keys
    .split('+')
    .map((key) => (key === 'Enter' ? t.common.enterKey : (names[key] ?? key.replace(/^Digit/, ''))))
    .join(' ');
}

/** Control+K, for aria-keyshortcuts. */
export function ariaKeys(keys: string): string {
  return keys.replace('$mod', mac ? 'Meta' : 'Control');
}

/** Whether a key by itself would be typed into whatever has the focus. */
export function isLetter(keys: string): boolean {
  const key = keys.replace(/^Shift\+/, '');
  return !key.includes('+') && key.length === 1;
}

/** Whether the element takes letters: then single-letter keys stay quiet. */
export function takesText(element: EventTarget | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element.tagName === 'TEXTAREA' || element.tagName === 'SELECT') return true;
  if (element.getAttribute('role') === 'combobox' || element.closest('[role="listbox"], [role="menu"]')) return true;
  return (
    element instanceof HTMLInputElement &&
    !['button', 'checkbox', 'radio', 'range', 'submit', 'reset'].includes(element.type)
  );
}

/** Reload would drop a half-made sale, and the engine's own menu offers it. */
export function isReload(event: KeyboardEvent): boolean {
  return event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'r');
}

/**
 * Tells a barcode scanner from a person: its keys come less than `gap` ms apart and end with Enter.
 * Feed it every keydown; it answers what the key turned out to be.
 */
export class ScanListener {
  #typed = '';
  #last = -Infinity;
  readonly gap: number;

  constructor(gap = 35) {
    this.gap = gap;
  }

  /** What was typed so far belongs to no scan. */
  forget() {
    this.#typed = '';
    this.#last = -Infinity;
  }

  /** The scanned text when this key ends a scan; `true` while one seems to run; false for a person's key. */
  feed(key: string, at: number): string | boolean {
    // Shift is pressed together with its letter by people, too: it says nothing about speed.
    if (key.length !== 1 && key !== 'Enter') return false;
    const quick = at - this.#last < this.gap;
    this.#last = at;
    if (key === 'Enter') {
      const text = this.#typed;
      this.#typed = '';
      return quick && text.length >= 4 ? text : false;
    }
    this.#typed = quick ? this.#typed + key : key;
    return quick;
  }
}
