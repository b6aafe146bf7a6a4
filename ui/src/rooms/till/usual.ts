// The products that are asked for most at this counter: up to nine, because there are nine digits.

import type { Reply } from '../../door/ask';

type Item = Reply<'inventory.list'>[number];

const DIGITS = 9;

export async function usual(items: Item[]): Promise<Item[]> {
  return items.filter((item) => item.active && item.for_sale && item.on_hand > 0).slice(0, DIGITS);
}
