// A count that is going on. What was typed outlives the desk's lock, for the person who began it.

import { unfinished } from '../../door/drafts.svelte';

interface Line {
  typed: string;
  /** What Inkpoint held when the number was typed: another quantity at the end has moved meanwhile. */
  seen: number;
}

interface Body {
  blind: boolean;
  /** Empty: every kind. */
  category: string;
  lines: Record<string, Line>;
  reason: string;
}

class Counting {
  current = $state<Body | null>(null);

  begin() {
    this.current = { blind: true, category: '', lines: {}, reason: '' };
  }
}

export const counting = new Counting();

unfinished<Body>('stock.count', {
  read: () => counting.current,
  restore: (body) => (counting.current = body),
  place: () => ({ page: 'stock' }),
});
