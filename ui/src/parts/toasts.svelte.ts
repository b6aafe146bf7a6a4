// Short messages at the bottom left. A toast never holds the only copy of an error: the control it came from says it too.

import { createToaster } from '@ark-ui/svelte/toast';
import { sentence } from '../words/index.svelte';
import { Failure } from '../door/failure';

/** More than these would cover the work they speak about. */
const MOST = 2;

export const toaster = createToaster({ placement: 'bottom-start', overlap: false, gap: 8 });

/** On screen, the latest last. */
let shown: { id: string; matters: boolean }[] = [];

/** The older ones make room, and first what only informs: not the way to undo, nor why something was refused. */
function show(toast: Parameters<typeof toaster.create>[0], matters: boolean): string {
  const { onStatusChange } = toast;
  while (shown.length >= MOST) {
    const [oldest] = [...shown.filter((each) => !each.matters), ...shown];
    if (!oldest) break;
    gone(oldest.id);
    toaster.dismiss(oldest.id);
  }
  const id: string = toaster.create({
    ...toast,
    onStatusChange: (change) => {
      if (change.status !== 'visible') gone(id);
      onStatusChange?.(change);
    },
  });
  shown.push({ id, matters });
  return id;
}

function gone(id: string) {
  shown = shown.filter((each) => each.id !== id);
}

interface Undoable {
  toast: string;
  run: () => void;
}

let latest: Undoable | null = null;

/**
 * Says what happened; with `undo`, offers for ten seconds to take it back. `remarks` are what speaks against it all the
 * same, a sentence each.
 */
export function tell(text: string, undo?: () => void, remarks: string[] = []) {
  // Only the last change can be taken back: an older offer to do so would be a button that does nothing.
  if (undo && latest) toaster.dismiss(latest.toast);
  const matters = undo !== undefined || remarks.length > 0;
  const id = show(
    {
      title: text,
      type: 'info',
      duration: matters ? 10_000 : 5_000,
      meta: { undo: undo ? () => undoLatest(id) : undefined, remarks },
      onStatusChange: ({ status }) => {
        if (status === 'unmounted' && latest?.toast === id) latest = null;
      },
    },
    matters,
  );
  latest = undo ? { toast: id, run: undo } : latest;
}

/** Says why a command was refused, with the number its cause is logged under where that helps. */
export function tellFailure(cause: unknown) {
  const failure = Failure.from(cause);
  if (failure.late) return;
  show(
    {
      title: sentence(failure),
      type: 'error',
      duration: 12_000,
      meta: { code: failure.code === 'internal' || failure.code === 'damaged' ? failure.correlation : undefined },
    },
    true,
  );
}

/** Takes every message off the screen, and the way to undo with it. */
export function forgetToasts() {
  latest = null;
  shown = [];
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
