// What of the sales is open: the last piece of the address, "deposits", a sale, or the days of a list:
// "2026-11-01.2026-11-30".

import { href } from '../../shell/router.svelte';

export interface Days {
  from: string;
  to: string;
}

export function daysOf(id: string | null): Days | null {
  const [, from, to] = /^(\d{4}-\d\d-\d\d)\.(\d{4}-\d\d-\d\d)$/.exec(id ?? '') ?? [];
  return from && to ? { from, to } : null;
}

export function daysName({ from, to }: Days): string {
  return `${from}.${to}`;
}

export function daysHref(days: Days): string {
  return href('sales', daysName(days));
}
