// What Rust counted for a month, gathered for looking at.

import type { Reply } from '../../door/ask';

export type MonthReview = Reply<'activity.review'>;

export interface Bar {
  name: string;
  count: number;
  /** What it is made of, the commonest first. */
  detail: string;
}

/** One bar a name: counts added up, the kinds behind them in words. */
export function bars<Row extends { count: number }>(
  rows: Row[],
  name: (row: Row) => string,
  kind?: (row: Row) => string,
): Bar[] {
  const found = new Map<string, { count: number; kinds: Map<string, number> }>();
  for (const row of rows) {
    const bar = found.get(name(row)) ?? { count: 0, kinds: new Map<string, number>() };
    bar.count += row.count;
    if (kind) bar.kinds.set(kind(row), (bar.kinds.get(kind(row)) ?? 0) + row.count);
    found.set(name(row), bar);
  }
  return [...found]
    .map(([each, { count, kinds }]) => ({
      name: each,
      count,
      detail: [...kinds]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, 3)
        .map(([text, times]) => (kinds.size > 1 ? `${text} ${times}` : text))
        .join(' · '),
    }))
    .toSorted((a, b) => b.count - a.count);
}

/** "2026-11" a number of months later or, below zero, earlier. */
export function addMonths(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * 12 + (number - 1) + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}
