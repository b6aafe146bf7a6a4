// What the desk reads off an item.

import type { Item, Lot, SupplyRequest } from '../../../bindings';
import { fold } from '../../words/fold';
import { t } from '../../words/index.svelte';

/** The item that a scanned or typed code names, by its barcode or by its own code. */
export function byCode<T extends Pick<Item, 'sku' | 'barcode'>>(items: T[], code: string): T | undefined {
  const wanted = code.trim().toLowerCase();
  return items.find((item) => item.barcode?.toLowerCase() === wanted || item.sku.toLowerCase() === wanted);
}

/** What is on hand and still good. */
export const good = (item: Pick<Item, 'on_hand' | 'expired'>) => item.on_hand - item.expired;

export const below = (item: Item) => item.active && good(item) < item.minimum;

/** Asked for and not there yet. */
export const waits = (request: SupplyRequest) => request.state === 'open' || request.state === 'ordered';

/** Every different word that stands in one field of the items, in order. */
export function known(items: Item[], field: 'category' | 'supplier'): string[] {
  const words = items.flatMap((item) => item[field] ?? []);
  return [...new Set(words)].toSorted((a, b) => fold(a).localeCompare(fold(b)));
}

/** What a lot is called: its number, or that it has none. */
export function lotName(lot: Pick<Lot, 'number'>): string {
  return lot.number ?? t.stock.lots.noNumber;
}

/** A whole number as it was typed; null for anything else. */
export function whole(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

/** Days from one day to another, both as "2026-11-20". */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

/** After this many days nothing of it should be left: the lists look no further ahead. */
export const SOON = 30;
