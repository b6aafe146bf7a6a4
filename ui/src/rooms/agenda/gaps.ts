// Where of the shown columns somebody would fit in: what is neither off nor taken, as long as they need.

import type { Column, GridCard } from './grid';

export interface Gap {
  column: string;
  /** When the visit could begin at the earliest, and end at the latest. Instants of the drawing. */
  start: number;
  end: number;
  /** When it could begin at the latest. */
  latest: number;
}

export interface Wanted {
  minutes: number;
  setup: number;
  cleanup: number;
}

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

/** `from` is when now is in a column: nothing before it helps anybody. */
export function gapsOf(
  columns: readonly Column[],
  cards: readonly GridCard[],
  { minutes, setup, cleanup }: Wanted,
  [opens, closes]: [number, number],
  from: (column: string) => number,
): Gap[] {
  return columns.flatMap((column) => {
    const taken = [
      ...column.off.map((off): [number, number] => [off.start, off.end]),
      ...cards
        .filter((card) => card.column === column.id && card.status !== 'no_show')
        .map((card): [number, number] => [card.start - card.setup * MINUTE, card.end + card.cleanup * MINUTE]),
    ].sort((a, b) => a[0] - b[0]);
    const found: Gap[] = [];
    let free = Math.max(opens, Math.ceil(from(column.id) / QUARTER) * QUARTER);
    for (const [start, end] of [...taken, [closes, closes] as [number, number]]) {
      const gap = { column: column.id, start: free + setup * MINUTE, end: start - cleanup * MINUTE };
      const latest = gap.end - minutes * MINUTE;
      if (latest >= gap.start) found.push({ ...gap, latest });
      free = Math.max(free, end);
    }
    return found;
  });
}
