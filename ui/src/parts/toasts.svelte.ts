// Short messages at the bottom left. A toast never holds the only copy of an error: the control it came from says it too.

import { createToaster } from '@ark-ui/svelte/toast';
import { sentence } from '../words/index.svelte';
import { Failure } from '../door/failure';

/** More than these would cover the work they speak about. */
const MOST = 2;

/** Beside the rail, whose pages stay in reach. */
const SIDE = 'calc(var(--rail) + 1rem)';

export const toaster = createToaster({
  placement: 'bottom-start',
  overlap: false,
  gap: 8,
  offsets: { top: '1rem', right: SIDE, bottom: 'var(--toast-lift, 1rem)', left: SIDE },
});

/** As far as messages reach from the lower left corner, in rem. */
const REACH = { wide: 36, high: 12 };

/** Where the last press was: by the time something is said of it, its button may have moved on with its card. */
let pressed: { place: DOMRect; at: number; dialog: HTMLElement | null } | null = null;
addEventListener(
  'click',
  ({ target }) => {
    const button = target instanceof Element ? target.closest('button, a') : null;
    pressed = button && {
      place: button.getBoundingClientRect(),
      at: Date.now(),
      dialog: button.closest<HTMLElement>('[role="dialog"]'),
    };
  },
  { capture: true },
);

/** Whoever presses the same button again must see it: the messages stand above it where it is at the lower left. */
function standClear() {
  const root = document.documentElement;
  const rem = parseFloat(getComputedStyle(root).fontSize) || 16;
  const place = pressed && Date.now() - pressed.at < 10_000 ? pressed.place : null;
  // Nobody presses a button again that went with its dialog.
  const there = !pressed?.dialog || (pressed.dialog.isConnected && pressed.dialog.dataset.state !== 'closed');
  const under =
    there &&
    place &&
    place.height > 0 &&
    place.left < REACH.wide * rem &&
    place.bottom > innerHeight - REACH.high * rem;
  root.style.setProperty('--toast-lift', under ? `${Math.round(innerHeight - place.top + rem / 2)}px` : '1rem');
}

/** On screen, the latest last. */
let shown: { id: string; matters: boolean; refusal?: string }[] = [];

/** The older ones make room, and first what only informs: not the way to undo, nor why something was refused. */
function show(toast: Parameters<typeof toaster.create>[0], matters: boolean, refusal?: string): string {
  standClear();
  // Most dialogs say what they did and close then: two frames later they are gone.
  if (pressed?.dialog) requestAnimationFrame(() => requestAnimationFrame(standClear));
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
  shown.push({ id, matters, refusal });
  return id;
}

function gone(id: string) {
  shown = shown.filter((each) => each.id !== id);
}

interface Undoable {
  toast: string;
  run: () => void;
  /** The dialogs it was done in, or that were closing then. */
  dialogs: Element[];
  /** Fields something was typed into since: their own undo comes first. */
  typed: WeakSet<EventTarget>;
}

let latest: Undoable | null = null;
addEventListener('input', ({ target }) => target && latest?.typed.add(target), { capture: true });

const openDialogs = () => [...document.querySelectorAll('[role="dialog"][data-state="open"]')];

/** Whether the key takes back the last change: not from a dialog that opened since, which knows nothing of it. */
function inReach(change: Undoable | null): change is Undoable {
  return change !== null && openDialogs().every((dialog) => change.dialogs.includes(dialog));
}

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
  latest = undo ? { toast: id, run: undo, dialogs: openDialogs(), typed: new WeakSet() } : latest;
}

/** Says why a command was refused, with the number its cause is logged under where that helps. */
export function tellFailure(cause: unknown) {
  const failure = Failure.from(cause);
  if (failure.late) return;
  const title = sentence(failure);
  const meta = { code: failure.code === 'internal' || failure.code === 'damaged' ? failure.correlation : undefined };
  // The same thing said twice is one message, with the latest code.
  const same = shown.find((each) => each.refusal === title);
  if (same) toaster.update(same.id, { title, type: 'error', duration: 12_000, meta });
  else show({ title, type: 'error', duration: 12_000, meta }, true, title);
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

/** The same by its key, where the last change was made in what is in front. */
export function undoByKey() {
  if (inReach(latest)) undoLatest();
}

/** Whether the key is left to a field: it was typed into last, or there is nothing else to take back. */
export function undoesItself(field: EventTarget | null): boolean {
  return !inReach(latest) || (field !== null && latest.typed.has(field));
}
