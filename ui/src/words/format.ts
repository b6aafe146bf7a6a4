// Numbers, money and times as the studio writes them. Every call names a locale and a zone: the machine's never matter.

import { studio } from '../door/studio.svelte';
import { language } from './index.svelte';

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

// Building an Intl object costs more than drawing a card with it.
function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale}${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.NumberFormat(locale, options);
  made.set(key, known);
  return known as Intl.NumberFormat;
}

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${locale}${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, known);
  return known as Intl.DateTimeFormat;
}

function studioLocale(): string {
  return studio.settings?.locale ?? language();
}

/** Dates follow the words around them; the studio's own region of that language where it has one. */
function wordLocale(): string {
  const own = studio.settings?.locale;
  const spoken = language();
  return own && own.split('-')[0] === spoken.split('-')[0] ? own : spoken;
}

/** Rust's choice: the studio's zone, or one that this engine's own, perhaps older, zone data cannot get wrong. */
export function zone(): string {
  return studio.card?.clock_zone ?? 'UTC';
}

/** An amount of minor units with the studio's currency sign. A nothing that was subtracted is no less than nothing. */
export function money(minor: number): string {
  const { currency = 'USD', exponent = 2 } = studio.settings ?? {};
  return numbers(studioLocale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format((minor || 0) / 10 ** exponent);
}

export function decimal(value: number, digits = 0): string {
  return numbers(studioLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** Basis points as a percentage. */
export function percent(basisPoints: number): string {
  return numbers(studioLocale(), { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}

// Asked for hundreds of times for one day of the agenda: the last formatter is kept at hand.
let face = { locale: '', zone: '', format: (_: number) => '' };

/** The time of day of an instant, in the studio's zone: 14:30. */
export function time(instant: number): string {
  const locale = wordLocale();
  const timeZone = zone();
  if (face.locale !== locale || face.zone !== timeZone) {
    const { format } = dates(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    face = { locale, zone: timeZone, format };
  }
  return face.format(instant);
}

/** 14:30:05, where the order of things matters. */
export function timeToSecond(instant: number): string {
  return dates(wordLocale(), {
    timeZone: zone(),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
}

/** Minutes since midnight as 14:30. */
export function minuteOfDay(minute: number): string {
  return `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function timeRange(start: number, end: number): string {
  return `${time(start)}–${time(end)}`;
}

function midday(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** "2026-11-20" as Friday 20 November 2026. */
export function longDay(day: string): string {
  const parts = dates(wordLocale(), {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const text = wordLocale().startsWith('en') ? plain(parts.formatToParts(midday(day))) : parts.format(midday(day));
  return text.charAt(0).toLocaleUpperCase(wordLocale()) + text.slice(1);
}

// English regions disagree about order and commas; the desk writes day before month everywhere.
function plain(parts: Intl.DateTimeFormatPart[]): string {
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
}

/** Fri 20 Nov */
export function shortDay(day: string): string {
  const date = midday(day);
  const part = (options: Intl.DateTimeFormatOptions) =>
    dates(wordLocale(), { timeZone: 'UTC', ...options }).format(date);
  return `${part({ weekday: 'short' })} ${part({ day: 'numeric' })} ${part({ month: 'short' })}`;
}

/** 20 Nov 2026: a day far off, where its weekday tells nobody anything. */
export function dateOf(day: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    dates(wordLocale(), { timeZone: 'UTC', ...options }).format(midday(day));
  return `${part({ day: 'numeric' })} ${part({ month: 'short' })} ${part({ year: 'numeric' })}`;
}

export function monthAndYear(day: string): string {
  const text = dates(wordLocale(), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(midday(day));
  return text.charAt(0).toLocaleUpperCase(wordLocale()) + text.slice(1);
}

/** The twelve months by name, January first. */
export function monthNames(): string[] {
  return Array.from({ length: 12 }, (_, month) =>
    dates(wordLocale(), { timeZone: 'UTC', month: 'long' }).format(new Date(Date.UTC(2024, month, 1, 12))),
  );
}

/** The seven short weekday names, beginning with `first` (0 = Monday). */
export function weekdays(first: number): { short: string; long: string }[] {
  return Array.from({ length: 7 }, (_, offset) => {
    // 2024-01-01 was a Monday.
    const day = new Date(Date.UTC(2024, 0, 1 + ((first + offset) % 7), 12));
    return {
      short: dates(wordLocale(), { timeZone: 'UTC', weekday: 'short' }).format(day),
      long: dates(wordLocale(), { timeZone: 'UTC', weekday: 'long' }).format(day),
    };
  });
}

/** The day an instant falls on in the studio's zone, as "2026-11-20". */
export function dayOf(instant: number): string {
  // Swedish days are ISO days in every engine; Canadian ones changed between versions of the locale data.
  return dates('sv-SE', { timeZone: zone(), year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** 272,000 ms as 4:32, rounded up so that it reaches 0:00 only at the end. */
export function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How many days an instant lies from now: 41 days ago, today, in 49 days. */
export function ago(instant: number, now = Date.now()): string {
  const day = (each: number) => Date.parse(`${dayOf(each)}T00:00:00Z`) / 86_400_000;
  return new Intl.RelativeTimeFormat(wordLocale(), { numeric: 'auto' }).format(day(instant) - day(now), 'day');
}

/** Lena, Teo and Mara */
export function listed(names: string[]): string {
  return new Intl.ListFormat(wordLocale()).format(names);
}

/** 131,072 bytes as 131 kB: as drives and their makers count. */
export function fileSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const digits = step > 1 ? 1 : 0;
  return numbers(studioLocale(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(bytes / 1000 ** step);
}
