// The barcode scanner types like a very fast person. Rooms that can use a code listen here; letters of it reach no key.

import { ScanListener } from './keys';

const listener = new ScanListener();
const rooms = new Set<(code: string) => void>();
let running = false;
/** The field that had the focus when the keys of now began, and what stood in it: a scan leaves nothing there. */
let before: { field: HTMLInputElement | HTMLTextAreaElement; value: string } | null = null;

/** What stands in a secret's field is nobody else's to read, shown or not: a password typed fast is no barcode. */
function keepsSecret(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && (target.type === 'password' || target.dataset.secret !== undefined);
}

/** Whether the key of now looks like part of a scan. */
export function scanning(): boolean {
  return running;
}

/** Calls `take` with each scanned code until the returned function is called. */
export function onScan(take: (code: string) => void): () => void {
  rooms.add(take);
  return () => rooms.delete(take);
}

/** Puts the listener in front of every other key handler of the window. */
export function listenForScans() {
  addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (keepsSecret(event.target)) {
        listener.forget();
        running = false;
        return;
      }
      const answer = listener.feed(event.key, event.timeStamp);
      running = answer !== false;
      if (typeof answer !== 'string') {
        const { target } = event;
        if (!running)
          before =
            target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
              ? { field: target, value: target.value }
              : null;
        return;
      }
      if (rooms.size === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (before) {
        before.field.value = before.value;
        before.field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      rooms.forEach((take) => take(answer));
    },
    { capture: true },
  );
}
