// The products that are asked for most at this counter: up to nine, because there are nine digits.

import { ask, type Reply } from '../../door/ask';
import { session } from '../../door/session.svelte';
import { dayOf } from '../../words/format';

type Item = Reply<'inventory.list'>[number];

const DIGITS = 9;
const DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;

/** What was sold most in the last three months first; what nobody bought yet after it, by name. */
export async function usual(items: Item[]): Promise<Item[]> {
  const now = Date.now();
  const sold = session.can('reports.view')
    ? (
        await ask('reports.period', {
          from: dayOf(now - DAYS * DAY),
          to: dayOf(now),
        })
      ).items
    : [];
  const pieces = (item: Item) => sold.find((each) => each.id === item.id)?.quantity ?? 0;
  return items
    .filter((item) => item.active && item.for_sale && item.on_hand > 0)
    .toSorted((a, b) => pieces(b) - pieces(a))
    .slice(0, DIGITS);
}
