// An artist's day as one column: visits, time off and what is free between them.

import type { Block, Card, Item } from '../../../bindings';
import { below, good } from '../stock/items';

export type Row =
  | { kind: 'visit'; id: string; start: number; end: number; card: Card }
  | { kind: 'off'; id: string; start: number; end: number; block: Block }
  | { kind: 'free'; id: string; start: number; end: number };

/** Shorter than this is air, not a gap. */
const GAP = 30 * 60_000;

/** `hours` are the artist's own of today; what is free is told from now on. */
export function rowsOf(
  cards: readonly Card[],
  blocks: readonly Block[],
  hours: [number, number] | null,
  now: number,
): Row[] {
  const taken: Row[] = [
    ...cards
      .filter((card) => card.detail?.status !== 'cancelled')
      .map((card): Row => ({ kind: 'visit', id: card.id, start: card.starts_at, end: card.ends_at, card })),
    ...blocks.map((block): Row => ({
      kind: 'off',
      id: block.id,
      start: hours ? Math.max(block.starts_at, hours[0]) : block.starts_at,
      end: hours ? Math.min(block.ends_at, hours[1]) : block.ends_at,
      block,
    })),
  ]
    .filter((row) => row.end > row.start)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  if (!hours) return taken;
  const rows: Row[] = [];
  let free = Math.max(hours[0], now);
  for (const row of taken) {
    const holds = row.kind !== 'visit' || row.card.detail?.status !== 'no_show';
    if (holds && Math.min(row.start, hours[1]) - free >= GAP)
      rows.push({ kind: 'free', id: `free ${free}`, start: free, end: Math.min(row.start, hours[1]) });
    rows.push(row);
    if (holds) free = Math.max(free, row.end);
  }
  if (hours[1] - free >= GAP) rows.push({ kind: 'free', id: `free ${free}`, start: free, end: hours[1] });
  return rows;
}

/** Whom the artist thinks of now: who is in the chair, then who waits, then who comes next. */
export function inFocus(cards: readonly Card[]): Card | null {
  const byTime = cards.toSorted((a, b) => a.starts_at - b.starts_at);
  const first = (...states: string[]) => byTime.find((card) => card.detail && states.includes(card.detail.status));
  return first('in_session') ?? first('arrived') ?? first('booked', 'confirmed') ?? null;
}

/** What has to be ordered, the emptiest first. */
export function low(items: readonly Item[]): Item[] {
  return items.filter(below).toSorted((a, b) => good(a) / a.minimum - good(b) / b.minimum);
}
