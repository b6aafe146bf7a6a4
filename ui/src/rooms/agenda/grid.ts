// What the grid is given to draw, and where each thing goes. Pure arithmetic: nothing here reads the page.

import { elapsed, type Axis } from './axis';
import { lanes } from './lanes';
import type { Status } from './status';

export interface Column {
  id: string;
  name: string;
  fullName: string;
  /** "9.0 h", and the word after it where there is room. */
  hours: string;
  note: string;
  /** Hatched: off, closed, breaks. Instants. */
  off: { id: string; start: number; end: number; label: string }[];
}

export interface GridCard {
  id: string;
  column: string;
  start: number;
  end: number;
  client: string;
  /** Null where a colleague's booking shows only its time and the client's name. */
  status: Status | null;
  service: string | null;
  /** "14:30–15:30" on the wall of its own day. */
  when: string;
  /** "2/3": which session of its project. */
  mark: string;
  reminded: boolean;
  /** "No consent · Deposit due"; empty when nothing is missing. */
  lacks: string;
  /** Not what is looked for; its time is taken all the same. */
  faded: boolean;
  /** Minutes for setting up before it and cleaning after. */
  setup: number;
  cleanup: number;
  /** The whole card in words. */
  label: string;
  movable: boolean;
}

export interface Place {
  top: number;
  height: number;
  /** Percent of the width of all columns. */
  left: number;
  width: number;
  /** How many lines of text fit. */
  lines: 1 | 2 | 3 | 4;
}

/** The card's own share of a quarter: the rest is air between two cards. */
const AIR = 1;

export function heightOf(minutes: number, quarter: number): number {
  return (minutes / 15) * quarter;
}

/** Where every card goes. `quarter` is the height of fifteen minutes in pixels, `line` that of a line of text. */
export function places(
  columns: readonly Column[],
  cards: readonly GridCard[],
  axis: Axis,
  quarter: number,
  line: number,
): Map<string, Place> {
  const result = new Map<string, Place>();
  const byColumn = new Map<string, GridCard[]>(columns.map((column) => [column.id, []]));
  for (const card of cards) byColumn.get(card.column)?.push(card);
  columns.forEach((column, at) => {
    const own = byColumn.get(column.id) ?? [];
    const laid = lanes(own);
    for (const card of own) {
      const { lane, of } = laid.get(card.id) ?? { lane: 0, of: 1 };
      // A booking over midnight is cut at the ends of the day.
      const start = Math.max(axis.from, elapsed(axis, card.start));
      const end = Math.min(axis.to, elapsed(axis, card.end));
      const height = Math.max(heightOf(end - start, quarter) - AIR, quarter - AIR);
      result.set(card.id, {
        top: heightOf(start - axis.from, quarter),
        height,
        left: ((at + lane / of) / columns.length) * 100,
        width: (1 / of / columns.length) * 100,
        lines: height >= 3.9 * line ? 4 : height >= 2.9 * line ? 3 : height >= 1.85 * line ? 2 : 1,
      });
    }
  });
  return result;
}
