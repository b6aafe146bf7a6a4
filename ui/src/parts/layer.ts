// A dialog hides everything outside itself from screen readers. What opens from within it has to stay within it.

import { hasContext, setContext } from 'svelte';

const layer = Symbol('layer');

/** Called by a dialog for everything it holds. */
export function holdLayer() {
  setContext(layer, true);
}

/**
 * Where lists open that stand in no dialog: a landmark of its own, so that nothing on the page lies outside of all. The
 * body, before anybody has signed in.
 */
export function openLists(): HTMLElement {
  return document.getElementById('lists') ?? document.body;
}

/** Whether this part stands in a dialog. */
export function insideLayer(): boolean {
  return hasContext(layer);
}

/** Where a dialog begins: the first thing to fill in, else the first button, not the one that closes. */
export function firstControl(body: HTMLElement | null): HTMLElement | null {
  return (
    body?.querySelector<HTMLElement>(
      'input:not([tabindex="-1"], [type="radio"]), fieldset input[type="radio"], textarea, select, button, [tabindex="0"]',
    ) ?? null
  );
}
