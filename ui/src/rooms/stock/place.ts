// What of the stock is open: the last piece of the address, an item's id, "id.ledger", a view, or "counts.id".

import { href } from '../../shell/router.svelte';

export const views = ['items', 'expiring', 'order', 'counts', 'requests'] as const;
export type View = (typeof views)[number];

export interface Place {
  view: View;
  item: string | null;
  /** The item's movements fill the page. */
  ledger: boolean;
  count: string | null;
}

export function placeOf(id: string | null): Place {
  const [first = '', rest] = (id ?? '').split('.');
  const view = views.find((each) => each === first);
  return {
    view: view ?? 'items',
    item: view ? null : first || null,
    ledger: !view && rest === 'ledger',
    count: view === 'counts' ? (rest ?? null) : null,
  };
}

export function viewHref(view: View): string {
  return view === 'items' ? href('stock') : href('stock', view);
}
