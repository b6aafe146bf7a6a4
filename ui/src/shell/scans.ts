// The barcode scanner types like a very fast person. Rooms that can use a code listen here; letters of it reach no key.

import { ScanListener } from './keys';

const listener = new ScanListener();
const rooms = new Set<(code: string) => void>();
let running = false;

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
      const answer = listener.feed(event.key, event.timeStamp);
      running = answer !== false;
      if (typeof answer !== 'string' || rooms.size === 0) return;
      event.preventDefault();
      rooms.forEach((take) => take(answer));
    },
    { capture: true },
  );
}
