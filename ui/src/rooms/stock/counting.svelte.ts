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
  /** By item, of whatever kind: another kind may be shown meanwhile. */
  lines: Record<string, Line>;
  /** What was typed for an item when it was first shown what to expect of it: another number is not a blind one. */
  shown: Record<string, string>;
  reason: string;
}

const fresh = (): Body => ({ blind: true, category: '', lines: {}, shown: {}, reason: '' });

class Counting {
  current = $state<Body | null>(null);

  begin() {
    this.current = fresh();
  }

  /** What is expected of `ids` stands on the screen. */
  show(ids: string[]) {
    const count = this.current;
    if (!count) return;
    const now = Object.fromEntries(ids.map((id) => [id, count.lines[id]?.typed ?? '']));
    count.shown = { ...now, ...count.shown };
  }

  /** Whether the numbers of `ids` were all typed by somebody who did not know what was expected. */
  blindFor(ids: string[]): boolean {
    const count = this.current;
    return (
      count !== null &&
      count.blind &&
      ids.every((id) => !(id in count.shown) || count.shown[id] === (count.lines[id]?.typed ?? ''))
    );
  }

  /** `ids` were posted. The numbers of `rest` go on as a count of `category`; without any the count is over. */
  posted(ids: string[], rest: string[], category: string) {
    const count = this.current;
    if (!count) return;
    if (rest.length === 0) {
      this.current = null;
      return;
    }
    count.lines = Object.fromEntries(Object.entries(count.lines).filter(([id]) => !ids.includes(id)));
    // Whoever counts one of them again knows what is there.
    count.shown = { ...count.shown, ...Object.fromEntries(ids.map((id) => [id, ''])) };
    count.category = category;
    count.reason = '';
  }

  /** A count that was stopped goes on; what was typed in a later one stays beside it. */
  bringBack(stopped: Body) {
    const now = this.current;
    this.current = {
      ...stopped,
      lines: { ...stopped.lines, ...now?.lines },
      shown: { ...now?.shown, ...stopped.shown },
      reason: now?.reason || stopped.reason,
    };
  }
}

export const counting = new Counting();

unfinished<Body>('stock.count', {
  read: () => counting.current,
  restore: (body) => (counting.current = body && { ...fresh(), ...body }),
  place: () => ({ page: 'stock' }),
});
