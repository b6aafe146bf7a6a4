// Short messages at the bottom left. A toast never holds the only copy of an error: the control it came from says it too.

import { createToaster } from '@ark-ui/svelte/toast';
import { sentence } from '../words/index.svelte';
import { Failure } from '../door/failure';

export const toaster = createToaster({ placement: 'bottom-start', overlap: false, gap: 8, max: 4 });

interface Undoable {
  toast: string;
  run: () => void;
}

let latest: Undoable | null = null;

/** Says what happened; with `undo`, offers for ten seconds to take it back. */
export function tell(text: string, undo?: () => void) {
  // Only the last change can be taken back: an older offer to do so would be a button that does nothing.
  if (undo && latest) toaster.dismiss(latest.toast);
  const id = toaster.create({
    title: text,
    type: 'info',
    duration: undo ? 10_000 : 5_000,
    meta: { undo: undo ? () => undoLatest(id) : undefined },
    onStatusChange: ({ status }) => {
      if (status === 'unmounted' && latest?.toast === id) latest = null;
    },
  });
  latest = undo ? { toast: id, run: undo } : latest;
}

/** Says why a command was refused, with the number its cause is logged under where that helps. */
export function tellFailure(cause: unknown) {
  const failure = Failure.from(cause);
  if (failure.late) return;
  toaster.create({
    title: sentence(failure),
    type: 'error',
    duration: 12_000,
    meta: { code: failure.code === 'internal' || failure.code === 'damaged' ? failure.correlation : undefined },
  });
}

/** Takes every message off the screen, and the way to undo with it. */
export function forgetToasts() {
  latest = null;
  toaster.remove();
}

/** Takes back the last change while its toast is still there. */
export function undoLatest(toast = latest?.toast) {
  if (!latest || latest.toast !== toast) return;
  const { run } = latest;
  latest = null;
  toaster.dismiss(toast);
  run();
}
