// A dialog hides everything outside itself from screen readers. What opens from within it has to stay within it.

import { hasContext, setContext } from 'svelte';

const layer = Symbol('layer');

/** Called by a dialog for everything it holds. */
export function holdLayer() {
  setContext(layer, true);
}

/** Whether this part stands in a dialog. */
export function insideLayer(): boolean {
  return hasContext(layer);
}
