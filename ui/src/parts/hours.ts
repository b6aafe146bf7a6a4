// A week of opening hours as a person edits it, and as Rust keeps it: a weekday without a row is closed.

import type { Hours } from '../../bindings';

export interface DayHours {
  open: boolean;
  /** Minutes since midnight; null while the field names no time. */
  opens: number | null;
  closes: number | null;
}

/** Seven days, Monday first. A closed day keeps usual times for when it is opened. */
export function editable(hours: Hours[]): DayHours[] {
  return Array.from({ length: 7 }, (_, at) => {
    const day = hours.find((each) => each.weekday === at + 1);
    return { open: day !== undefined, opens: day?.opens ?? 600, closes: day?.closes ?? 1200 };
  });
}

/** The week for Rust, or null while a time is missing or a day closes before it opens. */
export function kept(days: DayHours[]): Hours[] | null {
  const hours: Hours[] = [];
  for (const [at, day] of days.entries()) {
    if (!day.open) continue;
    if (day.opens === null || day.closes === null || day.closes <= day.opens) return null;
    hours.push({ weekday: at + 1, opens: day.opens, closes: day.closes });
  }
  return hours;
}
