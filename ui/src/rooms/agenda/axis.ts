// The day as a line of elapsed minutes. Instants sit on it by subtraction alone, so a day of 23 or 25 hours needs no
// special case: only the labels know what the clocks on the wall say.

import { fromAbsolute, parseDate, Time, toCalendarDateTime, toZoned } from '@internationalized/date';

const MINUTE = 60_000;
/** Bookings start and end on quarters of an hour. */
export const QUARTER = 15;

export interface Axis {
  /** The instant the day begins in the studio's zone, and the one it ends. */
  dayStart: number;
  dayEnd: number;
  /** The part that is drawn, in elapsed minutes; it begins on a whole hour and ends on a half one. */
  from: number;
  to: number;
  /** The lines of the hours, with the wall's own reading. */
  hours: { at: number; label: string }[];
}

interface Bounds {
  start: number;
  end: number;
  /** The wall runs evenly from one midnight to the next: no clock is changed on this day. */
  even: boolean;
}

// Asking for a zone's rules is the dearest thing here, and the same few days are asked for again and again.
const known = new Map<string, Bounds>();

function bounds(day: string, zone: string): Bounds {
  const key = `${zone} ${day}`;
  const kept = known.get(key);
  if (kept) return kept;
  if (known.size > 100) known.clear();
  const date = parseDate(day);
  const [start, end] = [date, date.add({ days: 1 })].map((each) => toZoned(each, zone).toDate().getTime()) as [
    number,
    number,
  ];
  const made = { start, end, even: end - start === 24 * 60 * MINUTE };
  known.set(key, made);
  return made;
}

/** Whether the text is a day as the wire writes it, "2026-11-20". */
export function isDay(text: string): boolean {
  try {
    return parseDate(text).toString() === text;
  } catch {
    return false;
  }
}

export function addDays(day: string, days: number): string {
  return parseDate(day).add({ days }).toString();
}

/** Elapsed minutes of an instant since the day began. */
export function elapsed(axis: Pick<Axis, 'dayStart'>, instant: number): number {
  return (instant - axis.dayStart) / MINUTE;
}

export function instant(axis: Pick<Axis, 'dayStart'>, minutes: number): number {
  return axis.dayStart + minutes * MINUTE;
}

/** The instant at which the wall shows `minuteOfDay`; a skipped time counts as the next that exists. */
export function wallInstant(day: string, zone: string, minuteOfDay: number): number {
  const { start, end, even } = bounds(day, zone);
  if (minuteOfDay >= 24 * 60) return end;
  if (even) return start + minuteOfDay * MINUTE;
  const time = new Time(Math.floor(minuteOfDay / 60), minuteOfDay % 60);
  return toZoned(toCalendarDateTime(parseDate(day), time), zone)
    .toDate()
    .getTime();
}

/** Minutes since midnight as the wall shows them at `instant`. */
export function wallMinute(zone: string, instant: number): number {
  const { hour, minute } = fromAbsolute(instant, zone);
  return hour * 60 + minute;
}

/**
 * The axis of `day`, drawn from the earliest to the latest of `shown` (pairs of instants), never less than an hour.
 * `label` writes the wall time of an instant.
 */
export function axisOf(
  day: string,
  zone: string,
  shown: readonly (readonly [number, number])[],
  label: (instant: number) => string,
): Axis {
  const { start: dayStart, end: dayEnd } = bounds(day, zone);
  const whole = (dayEnd - dayStart) / MINUTE;
  let from = whole;
  let to = 0;
  for (const [start, end] of shown) {
    from = Math.min(from, (start - dayStart) / MINUTE);
    to = Math.max(to, (end - dayStart) / MINUTE);
  }
  if (from >= to) [from, to] = [9 * 60, 18 * 60];
  from = Math.max(0, Math.floor(from / 60) * 60);
  to = Math.min(whole, Math.ceil(to / 30) * 30);
  const hours = [];
  for (let at = from; at <= to; at += 60) hours.push({ at, label: label(dayStart + at * MINUTE) });
  return { dayStart, dayEnd, from, to, hours };
}

/** The nearest quarter of an hour. */
export function snap(minutes: number): number {
  return Math.round(minutes / QUARTER) * QUARTER;
}

/** Keeps a span of `length` minutes inside the day. */
export function keepInside(axis: Axis, start: number, length: number): number {
  const whole = (axis.dayEnd - axis.dayStart) / MINUTE;
  return Math.max(0, Math.min(start, whole - length));
}
