// A scanner's code reaches the room; what is typed into a secret's field never does, however fast.

import { afterEach, expect, test, vi } from 'vitest';
import { listenForScans, onScan } from './scans';

listenForScans();
let stop = () => {};
afterEach(() => stop());

/** The keys of a scanner, or of a password manager. */
function type(into: HTMLElement, text: string): boolean {
  let stopped = false;
  for (const key of [...text, 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    into.dispatchEvent(event);
    stopped = event.defaultPrevented;
  }
  return stopped;
}

function field(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
}

test('a code scanned into an ordinary field is the room’s', () => {
  const take = vi.fn();
  stop = onScan(take);
  expect(type(field('<input>'), '7501001')).toBe(true);
  expect(take).toHaveBeenCalledWith('7501001');
});

test.each(['<input type="password">', '<input type="text" data-secret>'])(
  'a secret typed fast is taken for no barcode: %s',
  (html) => {
    const take = vi.fn();
    stop = onScan(take);
    expect(type(field(html), 'K7M4Q2PXD9')).toBe(false);
    expect(take).not.toHaveBeenCalled();
  },
);
