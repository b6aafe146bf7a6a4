// Which days a report is about: a kind of period and any day in it.

import { parseDate, type CalendarDate } from '@internationalized/date';

export type RangeKind = 'today' | 'week' | 'month' | 'quarter' | 'year' | 'custom';

export interface Range {
  from: string;
  to: string;
}

/** Days back to the first of the week; `weekStart` 1 is Monday. */
function intoWeek(day: CalendarDate, weekStart: number): number {
  const weekday = ((day.toDate('UTC').getUTCDay() + 6) % 7) + 1;
  return (weekday - weekStart + 7) % 7;
}

/** The whole period of that kind around `day`. */
export function around(kind: RangeKind, day: string, weekStart: number): Range {
  const here = parseDate(day);
  const text = (from: CalendarDate, to: CalendarDate) => ({ from: from.toString(), to: to.toString() });
  switch (kind) {
    case 'week': {
      const from = here.subtract({ days: intoWeek(here, weekStart) });
      return text(from, from.add({ days: 6 }));
    }
    case 'month': {
      const from = here.set({ day: 1 });
      return text(from, from.add({ months: 1 }).subtract({ days: 1 }));
    }
    case 'quarter': {
      const from = here.set({ day: 1, month: here.month - ((here.month - 1) % 3) });
      return text(from, from.add({ months: 3 }).subtract({ days: 1 }));
    }
    case 'year': {
      const from = here.set({ day: 1, month: 1 });
      return text(from, from.add({ years: 1 }).subtract({ days: 1 }));
    }
    default:
      return { from: day, to: day };
  }
}

/** The same kind of period, `by` further on (or back). */
export function moved(kind: RangeKind, day: string, by: number): string {
  const here = parseDate(day);
  switch (kind) {
    case 'week':
      return here.add({ weeks: by }).toString();
    case 'month':
      return here.set({ day: 1 }).add({ months: by }).toString();
    case 'quarter':
      return here
        .set({ day: 1 })
        .add({ months: 3 * by })
        .toString();
    case 'year':
      return here.set({ day: 1 }).add({ years: by }).toString();
    default:
      return here.add({ days: by }).toString();
  }
}
